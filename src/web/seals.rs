//! The seals made day by day, for those who manage the house.

use actix_web::HttpResponse;
use actix_web::http::header::{CACHE_CONTROL, CONTENT_DISPOSITION};
use actix_web::web::{Path, Query};

use super::events::PageQuery;
use super::extract::Visit;
use super::incidents::eyes;
use super::visit::Answer;
use crate::domain::sealing::{SEALS_PER_PAGE, SealFile};
use crate::error::AppError;
use crate::render::pages::reader::Reader;
use crate::render::pages::seals::SealsPage;
use crate::store::{house, seals};

/// `GET /house/seals`
pub async fn list(visit: Visit, query: Query<PageQuery>) -> Answer {
    let (page, is_planned) = (query.page(), visit.app.seals);
    visit
        .page(move |tx, me| {
            let permit = house::to_look(tx, me.actor)?;
            let found = seals::page(tx, &permit, (page - 1).saturating_mul(SEALS_PER_PAGE), SEALS_PER_PAGE)?;
            Ok(SealsPage::new(is_planned, &found, page, Reader::new(&eyes(me), tx.now())))
        })
        .await
}

/// `GET /house/seals/{digest}`: the file to keep, with the stamp over it, if it has one.
pub async fn file(visit: Visit, digest: Path<String>) -> Answer {
    let found = visit
        .read(move |tx, me| {
            let permit = house::to_look(tx, me.actor)?;
            let digest = digest.parse().map_err(|_| AppError::NotFound)?;
            seals::find(tx, &permit, digest)?.ok_or(AppError::NotFound)
        })
        .await?;
    let name = format!("tellonce-seal-{}.json", found.seal.at.format("%Y-%m-%d"));
    let file = SealFile { seal: found.seal, time_stamp: found.stamp };
    Ok(HttpResponse::Ok()
        .insert_header((CONTENT_DISPOSITION, format!("attachment; filename=\"{name}\"")))
        .insert_header((CACHE_CONTROL, "no-store"))
        .json(file))
}
