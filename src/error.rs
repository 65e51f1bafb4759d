//! What can go wrong in a use case, as far as it changes what is answered.

use crate::actions::Refused;
use crate::actions::passwords::HashError;
use crate::actions::people::PeopleError;
use crate::actions::second_step::StepError;
use crate::domain::api_token::Scope;
use crate::domain::id::Uid;
use crate::render::form::Problem;
use crate::render::tera::RenderError;
use crate::store::{Denied, StoreError};

/// A use case that did not come about. Its text is for the log; what people read is the page that the web room makes of
/// [`AppError::kind`].
#[derive(Debug, thiserror::Error)]
pub enum AppError {
    /// There is no such thing, or the actor may not know that there is.
    #[error("not found")]
    NotFound,
    /// The actor may know of it, but not do this.
    #[error("forbidden")]
    Forbidden,
    /// Nobody is logged in, or the session has ended.
    #[error("nobody is logged in")]
    LoginNeeded,
    /// No token was brought, or one that is not good.
    #[error("no good token")]
    TokenNeeded,
    /// The token does not allow this.
    #[error("the token lacks the scope {0}")]
    ScopeNeeded(Scope),
    /// The request does not say which revision it means to change.
    #[error("no revision was named")]
    ConditionNeeded,
    /// What was sent is not JSON by its own word.
    #[error("not application/json")]
    NotJson,
    /// Another call of the same person goes on.
    #[error("another call goes on: {0}")]
    AnotherCall(Uid),
    /// What was ordered is still being made.
    #[error("what was ordered is still being made")]
    NotReady,
    /// The form was made for another session: it waits until its sender has looked at it again.
    #[error("the form is of another session")]
    OldForm,
    /// The request came from another site.
    #[error("sent from another site")]
    CrossSite,
    /// What was sent is over the limit.
    #[error("larger than the limit")]
    TooLarge,
    /// What was sent did not arrive in time.
    #[error("did not arrive in time")]
    TooSlow,
    /// What was sent is not in the shape of a form.
    #[error("not a form: {0}")]
    Unreadable(String),
    /// The form is refused; it goes back with its values and these problems.
    #[error("refused: {0:?}")]
    Refused(Vec<FieldError>),
    /// Somebody else changed the thing meanwhile.
    #[error("changed meanwhile")]
    Stale,
    /// The key of one form came with another.
    #[error("the key of a form was used again")]
    KeyReused,
    /// Something else holds what this needs.
    #[error("busy: {0}")]
    Busy(String),
    /// The database does not answer.
    #[error("the database does not answer: {0}")]
    Away(String),
    /// The record has moved to another database; nothing is written here any more.
    #[error("the record has moved to {0}")]
    Moved(String),
    /// The one-time link is not good.
    #[error("the set-up link is not good")]
    SetupGone,
    /// The link by which a password is chosen is not good.
    #[error("the link to a new password is not good")]
    ResetGone,
    /// A fault of ours.
    #[error("{0}")]
    Fault(String),
}

/// What is wrong with one field of a form.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FieldError {
    /// The field's name; empty for the whole form.
    pub field: String,
    /// What is wrong.
    pub problem: Problem,
}

impl AppError {
    /// A form refused for one reason.
    pub fn refused(field: &str, key: &str) -> Self {
        Self::Refused(vec![FieldError { field: field.to_owned(), problem: Problem::new(key) }])
    }

    /// The status of the answer, and the kind of the message (see [`crate::render::pages::message::MessagePage`]).
    pub fn kind(&self) -> (u16, &'static str) {
        match self {
            Self::NotFound | Self::LoginNeeded => (404, "not-found"),
            // Those of machines, which are told in their own way (`web::api::problem`).
            Self::TokenNeeded => (401, "forbidden"),
            Self::ScopeNeeded(_) => (403, "forbidden"),
            Self::ConditionNeeded => (428, "stale"),
            Self::NotJson => (415, "unreadable"),
            Self::AnotherCall(_) | Self::NotReady => (409, "stale"),
            Self::Forbidden => (403, "forbidden"),
            Self::CrossSite => (403, "cross-site"),
            Self::TooLarge => (413, "too-large"),
            Self::TooSlow => (408, "too-slow"),
            Self::Unreadable(_) => (400, "unreadable"),
            Self::Refused(_) => (422, "unreadable"),
            Self::OldForm | Self::Stale => (409, "stale"),
            Self::KeyReused => (409, "key-reused"),
            Self::Busy(_) => (503, "busy"),
            Self::Away(_) => (503, "away"),
            Self::Moved(_) => (503, "moved"),
            Self::SetupGone => (404, "setup-gone"),
            Self::ResetGone => (404, "reset-gone"),
            Self::Fault(_) => (500, "fault"),
        }
    }
}

impl From<StoreError> for AppError {
    fn from(error: StoreError) -> Self {
        match error {
            StoreError::Denied(Denied::NotFound) => Self::NotFound,
            StoreError::Denied(Denied::Forbidden) => Self::Forbidden,
            StoreError::Stale => Self::Stale,
            StoreError::KeyReused => Self::KeyReused,
            StoreError::Busy(what) => Self::Busy(what),
            StoreError::Open(what) | StoreError::Away(what) => Self::Away(what),
            StoreError::Moved(there) => Self::Moved(there),
            other => Self::Fault(other.to_string()),
        }
    }
}

impl From<Refused> for AppError {
    fn from(refused: Refused) -> Self {
        match refused {
            Refused::Unfit { field, key } => Self::refused(field, key),
            Refused::Stale { .. } => Self::Stale,
            Refused::Store(error) => error.into(),
        }
    }
}

impl From<PeopleError> for AppError {
    fn from(error: PeopleError) -> Self {
        match error {
            PeopleError::LoginTaken => Self::refused("login", "problem-login-taken"),
            PeopleError::LastAdmin => Self::refused("", "problem-last-admin"),
            PeopleError::Oneself => Self::refused("", "problem-self"),
            PeopleError::Store(error) => error.into(),
        }
    }
}

impl From<RenderError> for AppError {
    fn from(error: RenderError) -> Self {
        Self::Fault(error.to_string())
    }
}

impl From<StepError> for AppError {
    fn from(error: StepError) -> Self {
        match error {
            StepError::Store(error) => error.into(),
            other => Self::Fault(other.to_string()),
        }
    }
}

impl From<HashError> for AppError {
    fn from(error: HashError) -> Self {
        Self::Fault(error.to_string())
    }
}
