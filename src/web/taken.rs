//! Whether a form that a browser has sent was taken: asked where the page that would have said so was never seen.

use actix_web::HttpResponse;
use actix_web::web::Query;
use serde::{Deserialize, Serialize};

use super::extract::Visit;
use super::visit::{Answer, key_of_form};
use crate::store::idempotency;

/// Which form: where it was sent, and the idempotency key that it bore.
#[derive(Debug, Deserialize)]
pub struct Sent {
    path: String,
    key: String,
}

/// What became of it.
#[derive(Serialize)]
struct Fate {
    taken: bool,
}

/// Says whether it was taken.
pub async fn ask(visit: Visit, sent: Query<Sent>) -> Answer {
    let key = key_of_form(&sent.path, &sent.key);
    let taken = visit.read(move |tx, me| Ok(idempotency::was_done(tx, &key, me.person.id)?)).await?;
    Ok(HttpResponse::Ok().json(Fate { taken }))
}
