//! What can go wrong between us and the database.

use diesel::result::{DatabaseErrorKind, Error as DieselError};

use super::dialect;
use super::files::FileError;
use super::url::BadDatabaseUrl;
use crate::domain::ledger::NotCanonical;

/// Why a look-up gave no permit.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Denied {
    /// There is no such thing, or the actor may not know that there is.
    #[error("not found")]
    NotFound,
    /// The actor may know of it, but not do this.
    #[error("not allowed")]
    Forbidden,
}

/// A read or a write that did not come about. The transaction is rolled back whenever a use case returns one. Its text is for
/// logs, never for the screen.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// The database's address cannot be used.
    #[error(transparent)]
    Url(#[from] BadDatabaseUrl),
    /// The database cannot be opened or reached.
    #[error("the database cannot be opened: {0}")]
    Open(String),
    /// The tables could not be brought up to date.
    #[error("the tables cannot be brought up to date: {0}")]
    Migrate(String),
    /// A later version of Tellonce has been here; this one does not know what it would break.
    #[error("the tables are those of a later version (step {0})")]
    Newer(String),
    /// The record has moved; whither, without passwords.
    #[error("this record has moved to {0}; name that with --database")]
    Moved(String),
    /// What is here is not whole yet; from where it comes.
    #[error("what is here is not whole: it is being filled from {0}, or that was broken off; do it again to its end")]
    Unfinished(String),
    /// No permit.
    #[error(transparent)]
    Denied(#[from] Denied),
    /// A value that must be unique is there already; the constraint, as the database names it.
    #[error("{0} is taken")]
    Taken(String),
    /// Somebody else changed it meanwhile.
    #[error("changed by somebody else meanwhile")]
    Stale,
    /// Something else points to it, so it cannot be taken away.
    #[error("something points to it")]
    InUse,
    /// An idempotency key came back with another form.
    #[error("the key of one form was used for another")]
    KeyReused,
    /// Somebody else holds what this needs; it may be tried again.
    #[error("busy: {0}")]
    Busy(String),
    /// The database was there and is not now; whether it took what was last sent is not known.
    #[error("the database does not answer: {0}")]
    Away(String),
    /// What stands in the database is not what we write there.
    #[error("{table} {key}: {what}")]
    Broken {
        /// The table.
        table: &'static str,
        /// The row, by its key.
        key: String,
        /// What is wrong.
        what: String,
    },
    /// It has no canonical spelling and cannot be ledgered.
    #[error(transparent)]
    NotCanonical(#[from] NotCanonical),
    /// It could not be written as JSON.
    #[error("not writable as JSON: {0}")]
    Json(#[from] serde_json::Error),
    /// A file beside the database could not be read or taken away.
    #[error(transparent)]
    Files(#[from] FileError),
    /// The machine gives no randomness.
    #[error("no random bytes: {0}")]
    Random(getrandom::Error),
    /// Any other answer of the database.
    #[error("database: {0}")]
    Database(DieselError),
}

impl From<DieselError> for StoreError {
    fn from(error: DieselError) -> Self {
        match error {
            DieselError::DatabaseError(DatabaseErrorKind::UniqueViolation, info) => {
                Self::Taken(info.constraint_name().unwrap_or_else(|| info.message()).to_owned())
            }
            DieselError::DatabaseError(kind, info) if dialect::is_contention(&kind, info.message()) => {
                Self::Busy(info.message().to_owned())
            }
            DieselError::DatabaseError(kind, info) if dialect::is_away(&kind, info.message()) => {
                Self::Away(info.message().to_owned())
            }
            // The transaction could not be ended, since the connection broke.
            DieselError::BrokenTransactionManager => Self::Away("the connection broke".to_owned()),
            other => Self::Database(other),
        }
    }
}
