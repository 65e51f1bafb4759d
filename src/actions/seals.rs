//! Seals, made day by day for those who keep them elsewhere.

use chrono::Duration;

use crate::domain::ledger::Seal;
use crate::domain::outbox::{Mail, wait_after};
use crate::domain::sealing::{DailySeal, SealTrouble};
use crate::store::seals::{self, Keepers};
use crate::store::{StoreError, Tx};

/// How long after one the next is made.
const EVERY: Duration = Duration::days(1);

/// How long one process may have a seal in hand: longer than both who keep it are waited for.
const HOLD: Duration = Duration::minutes(5);

/// Whether a seal is due. Asking writes nothing.
///
/// # Errors
/// [`StoreError`].
pub fn is_due(tx: &mut Tx<'_>) -> Result<bool, StoreError> {
    Ok(seals::last_at(tx)?.is_none_or(|last| tx.now() >= last + EVERY))
}

/// Makes the day's seal, unless somebody else has.
///
/// # Errors
/// [`StoreError`].
pub fn make(tx: &mut Tx<'_>, keepers: Keepers, mail: impl FnOnce(&Seal) -> Option<Mail>) -> Result<(), StoreError> {
    seals::alone(tx)?;
    if is_due(tx)? { seals::make(tx, keepers, mail) } else { Ok(()) }
}

/// Takes the next seal in hand that is to be posted or stamped.
///
/// # Errors
/// [`StoreError`].
pub fn take(tx: &mut Tx<'_>) -> Result<Option<DailySeal>, StoreError> {
    match seals::due(tx)? {
        Some(id) => seals::claim(tx, id, HOLD),
        None => Ok(None),
    }
}

/// Notes what came of it: what is left is tried again later, ever more seldom.
///
/// # Errors
/// [`StoreError`].
pub fn note(tx: &mut Tx<'_>, mut seal: DailySeal, trouble: Option<(SealTrouble, String)>) -> Result<(), StoreError> {
    let waits = seal.waits_for_post() || seal.waits_for_stamp();
    seal.next_at = if waits { wait_after(seal.attempts).map(|wait| tx.now() + wait) } else { None };
    seal.trouble = trouble;
    seals::note(tx, &seal)
}
