//! The backups, for those who manage the house.

use actix_web::web::Query;

use super::events::PageQuery;
use super::extract::Visit;
use super::incidents::eyes;
use super::visit::Answer;
use crate::domain::backup::RUNS_PER_PAGE;
use crate::render::pages::backups::BackupsPage;
use crate::render::pages::reader::Reader;
use crate::store::{backups, house};

/// `GET /house/backups`
pub async fn list(visit: Visit, query: Query<PageQuery>) -> Answer {
    let (page, plan) = (query.page(), visit.app.backups.clone());
    visit
        .page(move |tx, me| {
            let permit = house::to_look(tx, me.actor)?;
            let care = backups::care(tx, &permit, plan.as_ref().map(|backups| backups.plan))?;
            let runs = backups::page(tx, &permit, (page - 1).saturating_mul(RUNS_PER_PAGE), RUNS_PER_PAGE)?;
            let folder = plan.map(|backups| backups.folder.display().to_string());
            let now = tx.now();
            Ok(BackupsPage::new(&care, folder, &runs, page, Reader::new(&eyes(me), now), now))
        })
        .await
}
