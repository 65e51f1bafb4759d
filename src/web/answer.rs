//! Answers, and the pages of failures.

use std::time::Duration;

use actix_web::body::BoxBody;
use actix_web::cookie::Cookie;
use actix_web::http::header::{CONTENT_DISPOSITION, CONTENT_TYPE, ContentType, LOCATION, RETRY_AFTER};
use actix_web::http::{Method, StatusCode};
use actix_web::{HttpRequest, HttpResponse, ResponseError};

use super::extract::asked_locale;
use super::session::{Jar, sign_flash};
use super::turns::in_turn;
use super::visit::Failure;
use crate::actions::secrets;
use crate::app::App;
use crate::domain::locale::Locale;
use crate::error::AppError;
use crate::render::frame::Frame;
use crate::render::pages::message::MessagePage;
use crate::render::pdf::PdfError;
use crate::render::tera::render;

/// How long a client should wait where the database is busy.
pub(super) const TRY_AGAIN_AFTER: Duration = Duration::from_secs(2);

/// A page. What was to be said once has been said.
pub fn page_answer(status: u16, html: String, had_flash: bool, https: bool) -> HttpResponse {
    let status = StatusCode::from_u16(status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    let mut answer = HttpResponse::build(status).content_type(ContentType::html()).body(html);
    if status == StatusCode::SERVICE_UNAVAILABLE {
        answer.headers_mut().insert(RETRY_AFTER, TRY_AGAIN_AFTER.as_secs().into());
    }
    if had_flash { add_cookie(answer, Jar::Flash.away(https)) } else { answer }
}

/// Something of ours failed.
pub(super) fn fault(error: impl std::fmt::Display) -> AppError {
    AppError::Fault(error.to_string())
}

/// A paper, shown in the browser. Few are set at once: each takes a processor.
///
/// # Errors
/// [`AppError::Fault`] where it cannot be set.
pub async fn paper<F>(app: &App, name: &str, print: F) -> Result<HttpResponse, Failure>
where
    F: FnOnce() -> Result<Vec<u8>, PdfError> + Send + 'static,
{
    let bytes = in_turn(app.printing.clone(), print).await?.map_err(fault)?;
    Ok(HttpResponse::Ok()
        .insert_header((CONTENT_TYPE, "application/pdf"))
        .insert_header((CONTENT_DISPOSITION, format!("inline; filename=\"{name}\"")))
        .body(bytes))
}

/// To another path, by GET; `flash` is said there, to the session (or door) with that secret.
pub fn see_other(location: &str, flash: Option<&str>, secret: &str, https: bool) -> HttpResponse {
    let answer = HttpResponse::SeeOther().insert_header((LOCATION, location)).finish();
    match flash {
        Some(flash) => add_cookie(answer, Jar::Flash.with(sign_flash(flash, secret), https)),
        None => answer,
    }
}

/// To the login page, and back to `target` from there.
pub fn to_login(target: &str) -> HttpResponse {
    let query = serde_urlencoded::to_string([("next", target)]).unwrap_or_default();
    let location = if target == "/" { "/login".to_owned() } else { format!("/login?{query}") };
    HttpResponse::SeeOther().insert_header((LOCATION, location)).finish()
}

/// The answer with a cookie.
pub fn add_cookie(mut answer: HttpResponse, cookie: Cookie<'_>) -> HttpResponse {
    if let Err(error) = answer.add_cookie(&cookie) {
        tracing::error!(%error, cookie = cookie.name(), "a cookie cannot be set");
    }
    answer
}

impl ResponseError for Failure {
    fn status_code(&self) -> StatusCode {
        StatusCode::from_u16(self.error.kind().0).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR)
    }

    /// Only the status: the page is made by [`failure_page`], which knows the request.
    fn error_response(&self) -> HttpResponse<BoxBody> {
        HttpResponse::new(self.status_code())
    }
}

/// The page for an answer that says nothing but a status: a failure of ours, or one of the framework's own.
pub fn failure_page(app: &App, req: &HttpRequest, bare: &HttpResponse) -> HttpResponse {
    let failure = bare.error().and_then(|error| error.as_error::<Failure>());
    let needs_login = failure.is_some_and(|failure| matches!(failure.error, AppError::LoginNeeded));
    if needs_login && (req.method() == Method::GET || req.method() == Method::HEAD) {
        // What is no page (a paper, a file) is asked for again once somebody is logged in.
        return to_login(req.uri().path_and_query().map_or("/", |target| target.as_str()));
    }
    let (status, kind) = match failure {
        Some(failure) => failure.error.kind(),
        None => framework_kind(bare.status().as_u16()),
    };
    let reference = (status == 500).then(|| reference(failure.map(|failure| &failure.error)));
    let frame = failure.and_then(|failure| failure.frame.as_deref().cloned());
    let frame = frame.unwrap_or_else(|| Frame::anonymous(locale(app, req)));
    match render(&MessagePage { kind, reference }, &frame) {
        Ok(html) => page_answer(status, html, false, app.is_https()),
        Err(error) => {
            tracing::error!(%error, "the page of a failure cannot be made");
            HttpResponse::new(StatusCode::INTERNAL_SERVER_ERROR)
        }
    }
}

fn locale(app: &App, req: &HttpRequest) -> Locale {
    asked_locale(req).unwrap_or(app.locale)
}

/// A status of the framework as one of our messages.
pub(super) fn framework_kind(status: u16) -> (u16, &'static str) {
    match status {
        404 | 405 => (status, "not-found"),
        413 => (status, "too-large"),
        408 => (status, "too-slow"),
        400..=499 => (status, "unreadable"),
        503 => (status, "busy"),
        _ => (status, "fault"),
    }
}

/// A number by which the log and the person speak of the same occurrence.
pub(super) fn reference(error: Option<&AppError>) -> String {
    let reference: String = secrets::fresh().unwrap_or_default().chars().take(8).collect();
    match error {
        Some(error) => tracing::error!(reference, %error, "a use case failed"),
        None => tracing::error!(reference, "the framework answered with a failure"),
    }
    reference
}

/// Whether the answer has its page already.
pub fn is_page(answer: &HttpResponse) -> bool {
    answer.headers().contains_key(CONTENT_TYPE) && answer.error().is_none()
}
