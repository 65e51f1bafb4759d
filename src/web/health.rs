//! Whether this process is alive, and whether it is ready to be sent requests: for whoever watches over it or spreads requests over
//! several. Both say nothing about the record.

use std::time::Duration;

use actix_web::http::StatusCode;
use actix_web::http::header::{ContentType, HeaderName, HeaderValue};
use actix_web::rt::time::timeout;
use actix_web::web::{Data, block};
use actix_web::{HttpRequest, HttpResponse, Responder};

use crate::app::App;
use crate::store::StoreError;

/// How long the database may take to answer.
const PATIENCE: Duration = Duration::from_secs(3);

/// The header in which `/livez` says whether a proxy was believed.
pub const PROXY: &str = "x-tellonce-proxy";

/// `GET /livez`: it answers, so it is alive. Whether the database is, is no reason to start this process anew. It also says whether
/// what a proxy says of where the request comes from was believed, so that `doctor` can tell.
pub async fn live(req: HttpRequest, app: Data<App>) -> impl Responder {
    let peer = req.peer_addr().map(|peer| peer.ip().to_canonical());
    let believed = match (req.headers().contains_key("x-forwarded-for"), peer) {
        (false, _) => "none",
        (true, Some(peer)) if app.proxies.iter().any(|network| network.contains(&peer)) => "believed",
        (true, _) => "ignored",
    };
    let mut answer = said(StatusCode::OK, "alive");
    answer.headers_mut().insert(HeaderName::from_static(PROXY), HeaderValue::from_static(believed));
    answer
}

/// `GET /readyz`: whether a request sent here would be answered.
pub async fn ready(app: Data<App>) -> impl Responder {
    if app.stopping.is_told() {
        return said(StatusCode::SERVICE_UNAVAILABLE, "stopping");
    }
    let store = app.store.clone();
    let now = app.now();
    match timeout(PATIENCE, block(move || store.ready(now))).await {
        Ok(Ok(Ok(()))) => said(StatusCode::OK, "ready"),
        Ok(Ok(Err(StoreError::Moved(_)))) => said(StatusCode::SERVICE_UNAVAILABLE, "the record has moved"),
        _ => said(StatusCode::SERVICE_UNAVAILABLE, "the database does not answer"),
    }
}

fn said(status: StatusCode, words: &'static str) -> HttpResponse {
    HttpResponse::build(status).content_type(ContentType::plaintext()).body(format!("{words}\n"))
}
