//! Whether this process is alive, and whether it is ready to be sent requests: for whoever watches over it or spreads requests over
//! several. Both say nothing about the record.

use std::time::Duration;

use actix_web::http::StatusCode;
use actix_web::http::header::ContentType;
use actix_web::rt::time::timeout;
use actix_web::web::{Data, block};
use actix_web::{HttpResponse, Responder};

use crate::app::App;
use crate::store;

/// How long the database may take to answer.
const PATIENCE: Duration = Duration::from_secs(3);

/// `GET /livez`: it answers, so it is alive. Whether the database is, is no reason to start this process anew.
pub async fn live() -> impl Responder {
    said(StatusCode::OK, "alive")
}

/// `GET /readyz`: whether a request sent here would be answered.
pub async fn ready(app: Data<App>) -> impl Responder {
    if app.stopping.is_told() {
        return said(StatusCode::SERVICE_UNAVAILABLE, "stopping");
    }
    let store = app.store.clone();
    let now = app.now();
    match timeout(PATIENCE, block(move || store.read(now, store::house::front).map(drop))).await {
        Ok(Ok(Ok(()))) => said(StatusCode::OK, "ready"),
        _ => said(StatusCode::SERVICE_UNAVAILABLE, "the database does not answer"),
    }
}

fn said(status: StatusCode, words: &'static str) -> HttpResponse {
    HttpResponse::build(status).content_type(ContentType::plaintext()).body(format!("{words}\n"))
}
