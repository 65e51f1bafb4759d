//! Our people: added, changed, shut out and let in again, given a password.

use crate::domain::account::{Client, SecurityKind};
use crate::domain::id::Id;
use crate::domain::locale::{Locale, Zone};
use crate::domain::permit::Role;
use crate::domain::person::{House, Login, Person};
use crate::domain::text::Line;
use crate::store::permit::{Edit, Manage, Permit, Writes};
use crate::store::security::{self, Whose};
use crate::store::{StoreError, Tx, people, sessions, tickets};

/// Why a person was not changed.
#[derive(Debug, thiserror::Error)]
pub enum PeopleError {
    /// Somebody has this login.
    #[error("the login is taken")]
    LoginTaken,
    /// There would be no admin left who can log in.
    #[error("this is the last admin")]
    LastAdmin,
    /// Nobody shuts themselves out.
    #[error("nobody can suspend themselves")]
    Oneself,
    /// The store did not do it.
    #[error(transparent)]
    Store(StoreError),
}

impl From<StoreError> for PeopleError {
    fn from(error: StoreError) -> Self {
        match error {
            StoreError::Taken(_) => Self::LoginTaken,
            other => Self::Store(other),
        }
    }
}

/// A person to be added.
#[derive(Clone, Debug)]
pub struct NewPerson {
    /// What they log in with.
    pub login: Login,
    /// Their name.
    pub name: Line,
    /// What they may do.
    pub role: Role,
    /// The language of their screens.
    pub locale: Locale,
    /// The zone of their times.
    pub zone: Zone,
    /// The hash of their first password.
    pub password_hash: String,
}

/// Adds a person.
///
/// # Errors
/// [`PeopleError::LoginTaken`]; [`PeopleError::Store`].
pub fn add(tx: &mut Tx<'_>, house: &Permit<'_, Manage, House>, new: NewPerson) -> Result<Person, PeopleError> {
    let person = Person {
        id: tx.fresh_id()?,
        uid: tx.fresh_uid()?,
        revision: 0,
        login: new.login.into(),
        name: new.name.into(),
        role: new.role,
        locale: new.locale,
        zone: new.zone,
        disabled_at: None,
    };
    people::add(tx, house, "people::add", &person)?;
    let added = people::for_edit(tx, house.actor(), person.uid)?;
    people::set_password(tx, &added, &new.password_hash)?;
    Ok(person)
}

/// What an admin changes of a person.
#[derive(Clone, Debug)]
pub struct Change {
    /// The revision that the admin had before them.
    pub revision: i64,
    /// Their name.
    pub name: Line,
    /// What they may do.
    pub role: Role,
    /// The language of their screens.
    pub locale: Locale,
    /// The zone of their times.
    pub zone: Zone,
}

/// Changes a person's name, role, language and zone.
///
/// # Errors
/// [`PeopleError::LastAdmin`]; [`StoreError::Stale`] where somebody else changed the person meanwhile.
pub fn change(tx: &mut Tx<'_>, permit: &Permit<'_, Manage, Person>, change: Change) -> Result<(), PeopleError> {
    let before = at_revision(people::get(tx, permit)?, change.revision)?;
    if before.role == Role::Admin && change.role != Role::Admin && before.disabled_at.is_none() {
        leave_an_admin(tx)?;
    }
    let after = Person {
        revision: before.revision + 1,
        name: change.name.into(),
        role: change.role,
        locale: change.locale,
        zone: change.zone,
        ..before
    };
    Ok(people::change(tx, permit, "people::change", &after)?)
}

/// Changes the language of a person's screens and the zone of their times: what everybody may do for themselves.
///
/// # Errors
/// [`StoreError::Stale`] where the record was changed meanwhile.
pub fn adjust(
    tx: &mut Tx<'_>,
    permit: &Permit<'_, Edit, Person>,
    revision: i64,
    locale: Locale,
    zone: Zone,
) -> Result<(), StoreError> {
    let before = at_revision(people::get(tx, permit)?, revision)?;
    let after = Person { revision: before.revision + 1, locale, zone, ..before };
    people::change(tx, permit, "people::adjust", &after)
}

/// Shuts a person out: they can log in no more, and their sessions end at once. Nothing changes for who is out already.
///
/// # Errors
/// [`PeopleError::Oneself`]; [`PeopleError::LastAdmin`].
pub fn suspend(tx: &mut Tx<'_>, permit: &Permit<'_, Manage, Person>, client: &Client) -> Result<(), PeopleError> {
    if permit.actor().person() == Some(permit.id()) {
        return Err(PeopleError::Oneself);
    }
    let before = people::get(tx, permit)?;
    if before.disabled_at.is_some() {
        return Ok(());
    }
    if before.role == Role::Admin {
        leave_an_admin(tx)?;
    }
    let after = Person { revision: before.revision + 1, disabled_at: Some(permit.at()), ..before };
    people::change(tx, permit, "people::suspend", &after)?;
    note(tx, permit, SecurityKind::Suspended, client)?;
    Ok(shut(tx, permit.id(), None)?)
}

/// Lets a person in again, with the password they had. Nothing changes for who is not out.
///
/// # Errors
/// [`StoreError`].
pub fn reinstate(tx: &mut Tx<'_>, permit: &Permit<'_, Manage, Person>, client: &Client) -> Result<(), StoreError> {
    let before = people::get(tx, permit)?;
    if before.disabled_at.is_none() {
        return Ok(());
    }
    let after = Person { revision: before.revision + 1, disabled_at: None, ..before };
    people::change(tx, permit, "people::reinstate", &after)?;
    note(tx, permit, SecurityKind::Reinstated, client)
}

/// Gives a person a new password and ends their sessions, but for `kept_session` (the hash of a token), in which they act themselves.
/// That it happened is ledgered with a new revision; the hash is not.
///
/// # Errors
/// [`StoreError`].
pub fn set_password<D: Writes>(
    tx: &mut Tx<'_>,
    permit: &Permit<'_, D, Person>,
    hash: &str,
    kept_session: Option<&str>,
    client: &Client,
) -> Result<(), StoreError> {
    let before = people::get(tx, permit)?;
    let after = Person { revision: before.revision + 1, ..before };
    people::change(tx, permit, "people::set_password", &after)?;
    people::set_password(tx, permit, hash)?;
    note(tx, permit, SecurityKind::PasswordSet, client)?;
    shut(tx, permit.id(), kept_session)
}

/// Ends the person's sessions, but for the one with the token of that hash, and everything that leads to one.
fn shut(tx: &mut Tx<'_>, person: Id<Person>, but: Option<&str>) -> Result<(), StoreError> {
    tickets::drop_all_of(tx, person)?;
    sessions::end_all_of(tx, person, but)
}

/// Notes what happened to the permit's person by its actor.
pub(super) fn note<D: Writes>(
    tx: &mut Tx<'_>,
    permit: &Permit<'_, D, Person>,
    kind: SecurityKind,
    client: &Client,
) -> Result<(), StoreError> {
    security::note(tx, kind, Whose::By(permit.id(), permit.actor().person()), client)
}

fn at_revision(person: Person, revision: i64) -> Result<Person, StoreError> {
    if person.revision == revision { Ok(person) } else { Err(StoreError::Stale) }
}

fn leave_an_admin(tx: &mut Tx<'_>) -> Result<(), PeopleError> {
    if people::active_admins(tx)? > 1 { Ok(()) } else { Err(PeopleError::LastAdmin) }
}
