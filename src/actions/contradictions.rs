//! Contradictions: a statement set against something that does not fit with it.

use crate::domain::id::{Id, Uid};
use crate::domain::incident::Incident;
use crate::domain::matter::{Against, Contradiction};
use crate::domain::statement::Statement;
use crate::domain::visibility::Visibility;
use crate::store::permit::{Permit, Writes};
use crate::store::{Tx, contradictions};

use super::{Outcome, check_open, next_revision, strikes, unfit};

/// A contradiction, as it is put down or as it shall stand.
#[derive(Clone, Debug)]
pub struct ContradictionInput {
    /// What was said.
    pub statement: Id<Statement>,
    /// What it does not fit with.
    pub against: Against,
    /// Why, where it does not show.
    pub note: String,
    /// Who may read it.
    pub visibility: Visibility,
}

/// Sets a statement against something.
///
/// # Errors
/// [`super::Refused`].
pub fn set_against<'tx, D: Writes>(
    tx: &mut Tx<'tx>,
    permit: Permit<'tx, D, Incident>,
    new: ContradictionInput,
) -> Outcome<Contradiction> {
    let item = Contradiction {
        id: tx.fresh_id()?,
        uid: tx.fresh_uid()?,
        revision: 0,
        incident: permit.id(),
        statement: new.statement,
        against: new.against,
        note: new.note,
        visibility: new.visibility,
        struck: None,
    };
    check(&item)?;
    contradictions::add(tx, &permit, "contradictions::set_against", &item)?;
    Ok(item)
}

/// Changes a contradiction.
///
/// # Errors
/// [`super::Refused::Stale`] where `seen` is not the revision that stands.
pub fn correct<'tx, D: Writes>(
    tx: &mut Tx<'tx>,
    permit: Permit<'tx, D, Incident>,
    uid: Uid,
    seen: i64,
    new: ContradictionInput,
) -> Outcome<Contradiction> {
    let mut item = contradictions::get(tx, &permit, uid)?;
    item.revision = next_revision(seen, item.revision)?;
    item.statement = new.statement;
    item.against = new.against;
    item.note = new.note;
    item.visibility = new.visibility;
    check(&item)?;
    contradictions::change(tx, &permit, "contradictions::correct", &item)?;
    Ok(item)
}

strikes! {
    /// Strikes it out, with a reason: they fit together after all.
    strike_out: Contradiction of Incident in contradictions, "contradictions::strike_out"
}

fn check(item: &Contradiction) -> Outcome<()> {
    check_open(item.visibility)?;
    if item.against == Against::Statement(item.statement) {
        return unfit("against", "contradiction-with-itself");
    }
    Ok(())
}
