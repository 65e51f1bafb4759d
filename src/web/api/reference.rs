//! The reference of the API, as a page: made of the same document that machines read.

use super::document::{DOCUMENT, id};
use super::problem::KINDS;
use super::table::operations;
use crate::render::pages::reference::{Called, ReferencePage};
use crate::render::words::Words;
use crate::web::extract::Visit;
use crate::web::visit::Answer;

/// `GET /api/v1/reference`
pub async fn show(visit: Visit) -> Answer {
    let words = Words::new(visit.asked.unwrap_or(visit.app.locale));
    let called = |operation| Called { id: id(&operation), noun: operation.noun, verb: operation.verb };
    let called: Vec<Called> = operations().into_iter().map(called).collect();
    let page = ReferencePage::new(&DOCUMENT, &called, KINDS, words);
    visit.door_page(200, move |_| Ok(page)).await
}
