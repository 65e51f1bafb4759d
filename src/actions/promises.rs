//! Promises: settled, moved, withdrawn. A new date never replaces an old one.

use crate::domain::entry::{Entry, Struck};
use crate::domain::id::{Id, Uid};
use crate::domain::incident::Incident;
use crate::domain::moment::Moment;
use crate::domain::statement::{DueBy, Promise, PromiseState, Statement};
use crate::store::permit::{Permit, Writes};
use crate::store::{Tx, promises};

use super::{Outcome, next_revision, unfit};

/// What became of a promise.
#[derive(Clone, Debug)]
pub struct Settlement {
    /// Kept, broken, withdrawn, or open again.
    pub state: PromiseState,
    /// When that happened.
    pub at: Option<Moment>,
    /// The entry that shows it.
    pub shown_by: Option<Id<Entry>>,
}

/// Says what became of a promise.
///
/// # Errors
/// [`super::Refused::Stale`] where `seen` is not the revision that stands.
pub fn settle<'tx, D: Writes>(
    tx: &mut Tx<'tx>,
    permit: Permit<'tx, D, Incident>,
    uid: Uid,
    seen: i64,
    settlement: Settlement,
) -> Outcome<Promise> {
    if settlement.state == PromiseState::Moved {
        return unfit("state", "promise-moves-to-another");
    }
    let mut promise = promises::get(tx, &permit, uid)?;
    promise.revision = next_revision(seen, promise.revision)?;
    promise.state = settlement.state;
    promise.settled = settlement.at.filter(|_| settlement.state != PromiseState::Open);
    promise.settled_by = settlement.shown_by.filter(|_| settlement.state != PromiseState::Open);
    promise.moved_to = None;
    promises::change(tx, &permit, "promises::settle", &promise)?;
    Ok(promise)
}

/// Moves a promise to the one that follows it. Both stay on record, each with its own date.
///
/// # Errors
/// [`super::Refused::Stale`] where `seen` is not the revision that stands.
pub fn move_to<'tx, D: Writes>(
    tx: &mut Tx<'tx>,
    permit: Permit<'tx, D, Incident>,
    uid: Uid,
    seen: i64,
    follows: Uid,
) -> Outcome<Promise> {
    let mut promise = promises::get(tx, &permit, uid)?;
    promise.revision = next_revision(seen, promise.revision)?;
    let next = promises::get(tx, &permit, follows)?;
    // A chain of promises must end somewhere: it may only lead to one that was given later.
    if next.id <= promise.id {
        return unfit("moved_to", "promise-moves-to-a-later-one");
    }
    promise.state = PromiseState::Moved;
    promise.moved_to = Some(next.id);
    promise.settled = None;
    promise.settled_by = None;
    promises::change(tx, &permit, "promises::move_to", &promise)?;
    Ok(promise)
}

/// Gives a promise without a date the meaning that we had to give it ("at once": half an hour).
///
/// # Errors
/// [`super::Refused`] where it has a date: that one stays, and a new date is a new promise.
pub fn set_due<'tx, D: Writes>(
    tx: &mut Tx<'tx>,
    permit: Permit<'tx, D, Incident>,
    uid: Uid,
    seen: i64,
    (due, reason): (Moment, String),
) -> Outcome<Promise> {
    let mut promise = promises::get(tx, &permit, uid)?;
    promise.revision = next_revision(seen, promise.revision)?;
    if promise.due.is_some() {
        return unfit("due", "promise-has-a-date");
    }
    promise.due = Some(due);
    promise.due_by = DueBy::Ours;
    promise.due_reason = reason;
    promises::change(tx, &permit, "promises::set_due", &promise)?;
    Ok(promise)
}

/// Strikes the promises of a statement out with the entry it was made in.
pub(super) fn strike_with<'tx, D: Writes>(
    tx: &mut Tx<'tx>,
    permit: Permit<'tx, D, Incident>,
    statement: Id<Statement>,
    struck: &Struck,
) -> Outcome<()> {
    for mut promise in promises::of_statement(tx, &permit, statement)? {
        if promise.struck.is_none() {
            promise.revision += 1;
            promise.struck = Some(struck.clone());
            promises::change(tx, &permit, "promises::strike_out", &promise)?;
        }
    }
    Ok(())
}
