//! A new password by a one-time link, which an admin makes and gives by hand: no mail is needed, and the admin never knows the
//! password.

use chrono::Duration;

use super::people as actions;
use super::{second_step, secrets};
use crate::domain::account::{Client, SecurityKind, TicketKind};
use crate::domain::person::Person;
use crate::store::permit::{Manage, Permit};
use crate::store::security::{self, Whose};
use crate::store::{Denied, StoreError, Tx, people, tickets};

/// How long a link is good.
pub const GOOD_FOR: Duration = Duration::hours(24);

/// The kinds of tickets by which a password is chosen.
const KINDS: [TicketKind; 2] = [TicketKind::Password, TicketKind::Anew];

/// The token of a link by which the permit's person chooses a new password; `anew` takes their second step away as well. A link made
/// before is good no more. Until it is used, nothing changes for them.
///
/// # Errors
/// [`StoreError`].
pub fn make_link(
    tx: &mut Tx<'_>,
    permit: &Permit<'_, Manage, Person>,
    anew: bool,
    client: &Client,
) -> Result<String, StoreError> {
    let token = secrets::fresh()?;
    let kind = if anew { TicketKind::Anew } else { TicketKind::Password };
    tickets::put(tx, permit.id(), kind, &KINDS, &secrets::hash_of(&token))?;
    security::note(tx, SecurityKind::LinkMade, Whose::By(permit.id(), permit.actor().person()), client)?;
    Ok(token)
}

/// Whose link that is, if it is good.
///
/// # Errors
/// [`StoreError`].
pub fn person_of(tx: &mut Tx<'_>, token: &str) -> Result<Option<(Person, TicketKind)>, StoreError> {
    let since = tx.now() - GOOD_FOR;
    let found = tickets::find(tx, &secrets::hash_of(token), since)?;
    Ok(found.filter(|(_, kind)| KINDS.contains(kind)))
}

/// Sets the new password by the link, which is then good no more, and ends every session.
///
/// # Errors
/// [`Denied::NotFound`] where the link is not good.
pub fn set_password(tx: &mut Tx<'_>, token: &str, hash: &str, client: &Client) -> Result<(), StoreError> {
    let Some((person, kind)) = person_of(tx, token)? else { return Err(Denied::NotFound.into()) };
    if !tickets::take(tx, &secrets::hash_of(token))? {
        return Err(Denied::NotFound.into());
    }
    let permit = people::for_edit(tx, person.actor(), person.uid)?;
    actions::set_password(tx, &permit, hash, None, client)?;
    security::note(tx, SecurityKind::LinkUsed, Whose::Own(person.id), client)?;
    if kind == TicketKind::Anew {
        second_step::end(tx, &permit, client)?;
    }
    Ok(())
}
