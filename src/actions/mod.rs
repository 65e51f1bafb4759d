//! Every write. One use case = one function = one transaction: rows, ledger and queued work together.
//!
//! A file per noun the user says; a function's path is its name in the ledger (`calls::log`). Each takes the transaction and
//! the permit that the scoped look-up gave, so that web, commands and jobs cannot forget to ask. What comes in is already
//! parsed; what is refused here is refused because it does not fit with what is on record.

pub mod api_tokens;
pub mod asks;
pub mod attachments;
pub mod backups;
pub mod calls;
pub mod changes;
pub mod companies;
pub mod contracts;
pub mod contradictions;
pub mod credit_claims;
pub mod decisions;
pub mod desk;
pub mod entries;
pub mod exports;
pub mod feeds;
pub mod history;
pub mod house;
pub mod incidents;
pub mod mail_files;
pub mod outbox;
pub mod papers;
pub mod passwords;
pub mod people;
pub mod promises;
pub mod reminders;
pub mod replies;
pub mod reset;
pub mod ruled_out;
pub mod sealing;
pub mod seals;
pub mod second_step;
pub mod secrets;
pub mod sessions;
pub mod setup;
pub mod shares;
pub mod statements;
pub mod verdicts;
pub mod webhooks;

use crate::domain::entry::Struck;
use crate::domain::moment::Stamp;
use crate::domain::visibility::Visibility;
use crate::store::StoreError;

/// Why a use case did not happen. Nothing was written.
#[derive(Debug, thiserror::Error)]
pub enum Refused {
    /// It does not fit with what is on record, or with itself.
    #[error("refused: {field}: {key}")]
    Unfit {
        /// The field of the form at which to say so.
        field: &'static str,
        /// What to say: a key of the catalogue.
        key: &'static str,
    },
    /// Somebody changed it since the form was opened.
    #[error("the record was changed meanwhile: revision {seen} was seen, {now} stands")]
    Stale {
        /// The revision on which the form was made.
        seen: i64,
        /// The one that stands.
        now: i64,
    },
    /// The store could not, or the actor may not.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// What a use case answers.
pub type Outcome<T> = Result<T, Refused>;

/// A refusal at one field.
fn unfit<T>(field: &'static str, key: &'static str) -> Outcome<T> {
    Err(Refused::Unfit { field, key })
}

/// The revision that a change makes, if the form was made on the one that stands.
fn next_revision(seen: i64, now: i64) -> Outcome<i64> {
    if seen == now { Ok(now + 1) } else { Err(Refused::Stale { seen, now }) }
}

/// Struck out, with a reason: without one it would be a deletion.
fn strike(at: Stamp, reason: String, already: Option<&Struck>) -> Outcome<Struck> {
    if already.is_some() {
        unfit("reason", "strike-already")
    } else if reason.is_empty() {
        unfit("reason", "strike-needs-reason")
    } else {
        Ok(Struck { at, reason })
    }
}

/// How a record is struck out: the one that stands, where it is the one that was seen, gets the reason and is written.
macro_rules! strikes {
    ($(#[$doc:meta])* $name:ident: $noun:ident of $whole:ident in $table:ident, $action:literal) => {
        $(#[$doc])*
        ///
        /// # Errors
        /// [`Refused::Stale`](crate::actions::Refused::Stale) where `seen` is not the revision that stands.
        pub fn $name<'tx, D: Writes>(
            tx: &mut Tx<'tx>,
            permit: Permit<'tx, D, $whole>,
            uid: Uid,
            seen: i64,
            reason: String,
        ) -> Outcome<$noun> {
            let mut record = $table::get(tx, &permit, uid)?;
            record.revision = super::next_revision(seen, record.revision)?;
            record.struck = Some(super::strike(tx.now(), reason, record.struck.as_ref())?);
            $table::change(tx, &permit, $action, &record)?;
            Ok(record)
        }
    };
}
use strikes;

/// What has no author is nobody's private matter: whoever hid it would hide it from themselves too.
fn check_open(visibility: Visibility) -> Outcome<()> {
    if visibility == Visibility::Private { unfit("visibility", "problem-choice") } else { Ok(()) }
}
