//! The deadlines of all open incidents.

use actix_web::web::Query;
use serde::Deserialize;

use super::extract::Visit;
use super::incidents::eyes;
use super::visit::Answer;
use crate::render::pages::deadlines::DeadlinesPage;
use crate::store;

/// Which page of the list.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct ListQuery {
    page: i64,
}

/// `GET /deadlines`
pub async fn list(visit: Visit, query: Query<ListQuery>) -> Answer {
    let page = query.page;
    visit
        .page(move |tx, me| {
            let list = store::deadlines::list(tx, me.actor, page)?;
            Ok(DeadlinesPage::new(&list, &eyes(me), tx.now()))
        })
        .await
}
