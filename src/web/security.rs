//! What stands on every answer, and what no request passes without.

use actix_web::HttpResponse;
use actix_web::body::{BoxBody, MessageBody};
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::http::header::{HeaderMap, HeaderName, HeaderValue};
use actix_web::http::{ConnectionType, Method};
use actix_web::middleware::Next;
use actix_web::web::Data;

use super::answer::{failure_page, is_page};
use super::api;
use super::csrf;
use super::visit::Failure;
use crate::app::App;
use crate::error::AppError;

/// Nothing but our own styles, scripts, pictures and forms; no frames, no inline code, no other site.
const POLICY: &str = "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; font-src 'self'; \
    connect-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'";

/// The headers of every answer.
const HEADERS: &[(&str, &str)] = &[
    ("x-content-type-options", "nosniff"),
    // The policy says so too; programs that know no policies know this (RFC 7034).
    ("x-frame-options", "DENY"),
    // `no-referrer` would make browsers send `Origin: null` with our own forms.
    ("referrer-policy", "same-origin"),
    (
        "permissions-policy",
        "accelerometer=(), camera=(), display-capture=(), geolocation=(), gyroscope=(), microphone=(), payment=(), usb=()",
    ),
    ("cross-origin-opener-policy", "same-origin"),
    ("cross-origin-resource-policy", "same-origin"),
    ("x-robots-tag", "noindex, nofollow"),
];

/// The outermost fence: refuses what comes from other sites, gives every failure its page, and every answer its headers.
///
/// # Errors
/// None of its own.
pub async fn fence<B: MessageBody + 'static>(
    req: ServiceRequest,
    next: Next<B>,
) -> Result<ServiceResponse<BoxBody>, actix_web::Error> {
    let app = req.app_data::<Data<App>>().cloned();
    let changes = !matches!(*req.method(), Method::GET | Method::HEAD);
    let base_url = app.as_ref().and_then(|app| app.base_url.as_ref());
    let answer = if changes && !csrf::is_from_here(req.request(), base_url) {
        req.error_response(Failure::from(AppError::CrossSite))
    } else {
        next.call(req).await?.map_into_boxed_body()
    };
    let Some(app) = app else {
        return Ok(answer);
    };
    let mut answer = with_page(&app, answer);
    if app.stopping.is_told() {
        // Whoever comes again comes by a new connection, which leads elsewhere.
        answer.response_mut().head_mut().set_connection_type(ConnectionType::Close);
    }
    guard(answer.headers_mut(), app.is_https());
    Ok(answer)
}

/// The answer, with a page where it is a bare failure.
fn with_page(app: &App, answer: ServiceResponse<BoxBody>) -> ServiceResponse<BoxBody> {
    let status = answer.status();
    if !(status.is_client_error() || status.is_server_error()) || is_page(answer.response()) {
        return answer;
    }
    let is_for_machines = answer.request().path().starts_with(api::BASE);
    let tell = if is_for_machines { api::problem::answer } else { failure_page };
    let page: HttpResponse = tell(app, answer.request(), answer.response());
    answer.into_response(page)
}

fn guard(headers: &mut HeaderMap, https: bool) {
    // A handler may ask for more than this, never for less: what it has set stays.
    let mut set = |name: &'static str, value: &'static str| {
        let name = HeaderName::from_static(name);
        if !headers.contains_key(&name) {
            headers.insert(name, HeaderValue::from_static(value));
        }
    };
    set("content-security-policy", POLICY);
    for (name, value) in HEADERS {
        set(name, value);
    }
    set("cache-control", "no-store");
    if https {
        set("strict-transport-security", "max-age=31536000");
    }
}
