//! The outbox: mail is queued in the transaction of the use case that wants it sent, and goes out by `jobs`.

use chrono::Duration;

use super::{Outcome, unfit};
use crate::domain::id::Id;
use crate::domain::incident::Incident;
use crate::domain::outbox::{Mail, Queued, Trouble, wait_after};
use crate::domain::share::Share;
use crate::store::permit::{Permit, Writes};
use crate::store::{StoreError, Tx, outbox};

/// How long one process may have a mail in hand: longer than a server that stalls at every step is waited for.
const HOLD: Duration = Duration::minutes(5);

/// The most characters of what a server said that are kept.
const WORDS: usize = 200;

/// Queues a mail about the permit's incident.
///
/// # Errors
/// [`super::Refused`] where it has no text.
pub fn queue<'tx, D: Writes>(
    tx: &mut Tx<'tx>,
    permit: Permit<'tx, D, Incident>,
    share: Option<Id<Share>>,
    mail: Mail,
) -> Outcome<Id<Queued>> {
    if mail.body.trim().is_empty() {
        return unfit("", "text-error-empty");
    }
    Ok(outbox::queue(tx, &permit, share, mail)?)
}

/// Whether there is anything to do now. Asking writes nothing.
///
/// # Errors
/// [`StoreError`].
pub fn is_due(tx: &mut Tx<'_>) -> Result<bool, StoreError> {
    Ok(outbox::due(tx)?.is_some())
}

/// Takes the next mail that is due in hand.
///
/// # Errors
/// [`StoreError`].
pub fn take(tx: &mut Tx<'_>) -> Result<Option<Queued>, StoreError> {
    match outbox::due(tx)? {
        Some(id) => outbox::claim(tx, id, HOLD),
        None => Ok(None),
    }
}

/// Notes what came of it.
///
/// # Errors
/// [`StoreError`].
pub fn note(tx: &mut Tx<'_>, queued: &Queued, outcome: Result<(), (Trouble, String)>) -> Result<(), StoreError> {
    match outcome {
        Ok(()) => outbox::sent(tx, queued.id),
        Err((trouble, words)) => {
            let words: String = words.chars().filter(|c| !c.is_control()).take(WORDS).collect();
            outbox::failed(tx, queued.id, trouble, &words, wait_after(queued.attempts))
        }
    }
}
