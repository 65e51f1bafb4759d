//! What went wrong, for machines: problem details (RFC 9457), with the place in the body where something is wrong (RFC 6901).

use actix_web::HttpRequest;
use actix_web::HttpResponse;
use actix_web::http::header::{CONTENT_TYPE, HeaderValue, RETRY_AFTER, WWW_AUTHENTICATE};
use actix_web::http::{StatusCode, header};
use serde::Serialize;
use utoipa::ToSchema;

use super::BASE;
use crate::app::App;
use crate::domain::locale::Locale;
use crate::error::{AppError, FieldError};
use crate::render::form::Problem as Said;
use crate::render::words::{Args, Words};
use crate::web::answer::{TRY_AGAIN_AFTER, framework_kind, reference};
use crate::web::extract::asked_locale;
use crate::web::visit::Failure;

/// What went wrong (RFC 9457).
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Problem {
    /// Which kind of problem it is: an address that describes it.
    #[serde(rename = "type")]
    pub kind: String,
    /// The kind in a few words.
    pub title: String,
    /// The status of the answer.
    pub status: u16,
    /// What to do about it.
    pub detail: String,
    /// A number under which the log speaks of the same occurrence.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reference: Option<String>,
    /// What is wrong with which part of what was sent.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub errors: Vec<Misfit>,
}

/// What is wrong with one part of what was sent.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Misfit {
    /// Where it stands in the body (RFC 6901), empty for the whole; of the address or a header, its name.
    pub pointer: String,
    /// What is wrong, as a word that does not change.
    pub code: String,
    /// What is wrong, in the caller's language.
    pub detail: String,
}

/// The kinds, as `type` names them, with their status.
pub const KINDS: &[(&str, u16)] = &[
    ("unreadable", 400),
    ("token-needed", 401),
    ("scope-needed", 403),
    ("forbidden", 403),
    ("cross-site", 403),
    ("not-found", 404),
    ("method", 405),
    ("too-slow", 408),
    ("another-call", 409),
    ("not-ready", 409),
    ("changed", 412),
    ("too-large", 413),
    ("not-json", 415),
    ("invalid", 422),
    ("key-reused", 422),
    ("condition-needed", 428),
    ("fault", 500),
    ("busy", 503),
    ("away", 503),
    ("moved", 503),
];

/// What kind a failure is, for machines.
fn kind(error: &AppError) -> &'static str {
    match error {
        AppError::NotFound | AppError::LoginNeeded | AppError::SetupGone | AppError::ResetGone => "not-found",
        AppError::TokenNeeded => "token-needed",
        AppError::ScopeNeeded(_) => "scope-needed",
        AppError::Forbidden => "forbidden",
        AppError::CrossSite => "cross-site",
        AppError::TooLarge => "too-large",
        AppError::TooSlow => "too-slow",
        AppError::NotJson => "not-json",
        AppError::Unreadable(_) => "unreadable",
        AppError::Refused(_) => "invalid",
        AppError::Stale | AppError::OldForm => "changed",
        AppError::ConditionNeeded => "condition-needed",
        AppError::KeyReused => "key-reused",
        AppError::AnotherCall(_) => "another-call",
        AppError::NotReady => "not-ready",
        AppError::Busy(_) => "busy",
        AppError::Away(_) => "away",
        AppError::Moved(_) => "moved",
        AppError::Fault(_) => "fault",
    }
}

/// A status of the framework as one of our kinds.
fn of_status(status: u16) -> &'static str {
    match framework_kind(status) {
        (405, _) => "method",
        (_, "not-found") => "not-found",
        (_, "too-large") => "too-large",
        (_, "too-slow") => "too-slow",
        (_, "busy") => "busy",
        (400..=499, _) => "unreadable",
        _ => "fault",
    }
}

/// The answer for a failure, ours or the framework's.
pub fn answer(app: &App, req: &HttpRequest, bare: &HttpResponse) -> HttpResponse {
    let failure = bare.error().and_then(|error| error.as_error::<Failure>()).map(|failure| &failure.error);
    let locale = asked_locale(req).unwrap_or(app.locale);
    let mut problem = Problem::of(failure, bare.status().as_u16(), locale);
    if problem.status == 500 {
        problem.reference = Some(reference(failure));
    }
    let status = StatusCode::from_u16(problem.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    let mut answer = HttpResponse::build(status);
    answer.insert_header((CONTENT_TYPE, "application/problem+json"));
    match failure {
        Some(AppError::TokenNeeded) => {
            answer.insert_header((WWW_AUTHENTICATE, "Bearer realm=\"Tellonce\""));
        }
        Some(AppError::ScopeNeeded(scope)) => {
            answer.insert_header((WWW_AUTHENTICATE, format!("Bearer error=\"insufficient_scope\", scope=\"{scope}\"")));
        }
        Some(AppError::Busy(_) | AppError::Away(_)) => {
            answer.insert_header((RETRY_AFTER, TRY_AGAIN_AFTER.as_secs()));
        }
        _ => {}
    }
    if let Some(allow) = bare.headers().get(header::ALLOW).and_then(|allow| HeaderValue::from_bytes(allow.as_bytes()).ok()) {
        answer.insert_header((header::ALLOW, allow));
    }
    answer.body(serde_json::to_vec(&problem).unwrap_or_default())
}

impl Problem {
    fn of(failure: Option<&AppError>, status: u16, locale: Locale) -> Self {
        let kind = failure.map_or_else(|| of_status(status), kind);
        let status = KINDS.iter().find(|(name, _)| *name == kind).map_or(500, |(_, status)| *status);
        let words = Words::new(locale);
        let errors = match failure {
            Some(AppError::Refused(errors)) => errors.iter().map(|error| Misfit::of(error, words)).collect(),
            _ => Vec::new(),
        };
        let detail = match failure {
            Some(AppError::ScopeNeeded(scope)) => {
                words.with("problem-says-scope-needed", &Args::new().text("scope", scope.as_str()))
            }
            Some(AppError::Unreadable(what)) => words.with("problem-says-unreadable", &Args::new().text("what", what.as_str())),
            Some(AppError::AnotherCall(uid)) => {
                words.with("problem-says-another-call", &Args::new().text("uid", uid.to_string()))
            }
            // The framework does not say why.
            None if kind == "unreadable" => words.get("api-unreadable-request"),
            _ => words.get(&format!("problem-says-{kind}")),
        };
        let title = words.get(&format!("problem-kind-{kind}"));
        Self { kind: format!("{BASE}/reference#problem-{kind}"), title, status, detail, reference: None, errors }
    }
}

impl Misfit {
    fn of(error: &FieldError, words: Words) -> Self {
        let Said { key, args } = &error.problem;
        let put_in = args.iter().fold(Args::new(), |all, (name, value)| all.text(name.clone(), value.as_str()));
        Self { pointer: error.field.clone(), code: key.clone(), detail: words.with(key, &put_in) }
    }
}
