//! What the law asks to be taken out of the ledger.

use super::Outcome;
use crate::domain::ledger::ObjectKind;
use crate::domain::permit::Actor;
use crate::domain::text::Line;
use crate::store::Tx;
use crate::store::history::{self, Home};

/// Takes all but the last contents of the thing of that kind called `name` out of the ledger, for a reason that stays there. Its chain
/// stays whole. What the thing says now stays, too: it is corrected or struck out first.
///
/// # Errors
/// [`super::Refused`] where there is nothing earlier, or the actor does not manage the house.
pub fn erase(tx: &mut Tx<'_>, actor: Actor, thing: (ObjectKind, &str), reason: &Line) -> Outcome<Home> {
    Ok(history::erase_earlier(tx, actor, "history::erase", thing, reason.as_str())?)
}
