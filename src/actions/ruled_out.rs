//! What was checked already, and which remedy cannot be taken.

use crate::domain::id::Uid;
use crate::domain::incident::Incident;
use crate::domain::matter::{RuledOut, RuledOutKind};
use crate::domain::visibility::Visibility;
use crate::store::permit::{Permit, Writes};
use crate::store::{Tx, ruled_out};

use super::{Outcome, check_open, next_revision, strikes, unfit};

/// What was ruled out, as it is put down or as it shall stand.
#[derive(Clone, Debug)]
pub struct RuledOutInput {
    /// Checked, or a remedy that cannot be taken.
    pub kind: RuledOutKind,
    /// What.
    pub what: String,
    /// How it was found, or why not.
    pub why: String,
    /// Who may read it.
    pub visibility: Visibility,
}

/// Puts down what was ruled out.
///
/// # Errors
/// [`super::Refused`].
pub fn put_down<'tx, D: Writes>(tx: &mut Tx<'tx>, permit: Permit<'tx, D, Incident>, new: RuledOutInput) -> Outcome<RuledOut> {
    let item = RuledOut {
        id: tx.fresh_id()?,
        uid: tx.fresh_uid()?,
        revision: 0,
        incident: permit.id(),
        kind: new.kind,
        what: new.what,
        why: new.why,
        visibility: new.visibility,
        struck: None,
    };
    check(&item)?;
    ruled_out::add(tx, &permit, "ruled_out::put_down", &item)?;
    Ok(item)
}

/// Changes what was put down.
///
/// # Errors
/// [`super::Refused::Stale`] where `seen` is not the revision that stands.
pub fn correct<'tx, D: Writes>(
    tx: &mut Tx<'tx>,
    permit: Permit<'tx, D, Incident>,
    uid: Uid,
    seen: i64,
    new: RuledOutInput,
) -> Outcome<RuledOut> {
    let mut item = ruled_out::get(tx, &permit, uid)?;
    item.revision = next_revision(seen, item.revision)?;
    item.kind = new.kind;
    item.what = new.what;
    item.why = new.why;
    item.visibility = new.visibility;
    check(&item)?;
    ruled_out::change(tx, &permit, "ruled_out::correct", &item)?;
    Ok(item)
}

strikes! {
    /// Strikes it out, with a reason: it was not ruled out after all.
    strike_out: RuledOut of Incident in ruled_out, "ruled_out::strike_out"
}

fn check(item: &RuledOut) -> Outcome<()> {
    check_open(item.visibility)?;
    if item.what.is_empty() { unfit("what", "ruled-out-says-nothing") } else { Ok(()) }
}
