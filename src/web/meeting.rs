//! The meeting on screen.

use actix_web::HttpRequest;
use actix_web::web::Query;
use serde::Deserialize;

use super::extract::Visit;
use super::incidents::{eyes, load, number};
use super::visit::Answer;
use crate::domain::permit::Deed;
use crate::domain::view::Meeting;
use crate::render::pages::meeting::MeetingPage;

/// Which matter.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct MeetingQuery {
    page: usize,
    on: String,
}

/// One matter of the meeting.
pub async fn show(req: HttpRequest, visit: Visit, query: Query<MeetingQuery>) -> Answer {
    let at = number(&req)?;
    let (page, on) = (query.page, query.on.parse().ok());
    visit
        .page(move |tx, me| {
            let view = load(tx, me, at)?.view::<Meeting>(&(), tx.now());
            Ok(MeetingPage::new(&view, page, on, &eyes(me), me.actor.may(Deed::Edit)))
        })
        .await
}
