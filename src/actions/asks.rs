//! Asks: what we want to know or have.

use crate::domain::entry::Entry;
use crate::domain::id::{Id, Uid};
use crate::domain::incident::Incident;
use crate::domain::matter::Ask;
use crate::domain::party::Provider;
use crate::domain::statement::Statement;
use crate::domain::visibility::Visibility;
use crate::store::permit::{Permit, Writes};
use crate::store::{Tx, asks};

use super::{Outcome, check_open, next_revision, strikes, unfit};

/// An ask as it is put down, or as it shall stand.
#[derive(Clone, Debug)]
pub struct AskInput {
    /// The company asked.
    pub provider: Id<Provider>,
    /// What we ask.
    pub words: String,
    /// The name of the verdict's question that it was made of.
    pub about: Option<String>,
    /// The entries in which it was asked.
    pub asked_in: Vec<Id<Entry>>,
    /// The statement that answers it.
    pub answered_by: Option<Id<Statement>>,
    /// Who may read it.
    pub visibility: Visibility,
}

/// Puts down what we ask.
///
/// # Errors
/// [`super::Refused`].
pub fn put_down<'tx, D: Writes>(tx: &mut Tx<'tx>, permit: Permit<'tx, D, Incident>, new: AskInput) -> Outcome<Ask> {
    let ask = Ask {
        id: tx.fresh_id()?,
        uid: tx.fresh_uid()?,
        revision: 0,
        incident: permit.id(),
        provider: new.provider,
        words: new.words,
        about: new.about,
        asked_in: new.asked_in,
        answered_by: new.answered_by,
        visibility: new.visibility,
        struck: None,
    };
    check(&ask)?;
    asks::add(tx, &permit, "asks::put_down", &ask)?;
    Ok(ask)
}

/// Changes an ask: asked again in another entry, answered by a statement, worded better.
///
/// # Errors
/// [`super::Refused::Stale`] where `seen` is not the revision that stands.
pub fn correct<'tx, D: Writes>(
    tx: &mut Tx<'tx>,
    permit: Permit<'tx, D, Incident>,
    uid: Uid,
    seen: i64,
    new: AskInput,
) -> Outcome<Ask> {
    let mut ask = asks::get(tx, &permit, uid)?;
    ask.revision = next_revision(seen, ask.revision)?;
    ask.provider = new.provider;
    ask.words = new.words;
    ask.asked_in = new.asked_in;
    ask.answered_by = new.answered_by;
    ask.visibility = new.visibility;
    check(&ask)?;
    asks::change(tx, &permit, "asks::correct", &ask)?;
    Ok(ask)
}

strikes! {
    /// Strikes an ask out, with a reason.
    strike_out: Ask of Incident in asks, "asks::strike_out"
}

fn check(ask: &Ask) -> Outcome<()> {
    check_open(ask.visibility)?;
    if ask.words.is_empty() { unfit("words", "ask-says-nothing") } else { Ok(()) }
}
