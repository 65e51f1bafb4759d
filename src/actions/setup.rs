//! Set-up: the one-time link, and what is made by it.

use chrono::Duration;

use super::people::{self, NewPerson, PeopleError};
use super::secrets;
use crate::domain::locale::{Locale, Zone};
use crate::domain::moment::Stamp;
use crate::domain::person::{House, Person};
use crate::domain::text::Line;
use crate::store::keyring::{self, Key};
use crate::store::{StoreError, Tx, house, people as people_store, setup};

/// How long a link is good.
const GOOD_FOR: Duration = Duration::hours(24);

/// A new token for the one-time link, if nobody is set up yet; older links are good no more.
///
/// # Errors
/// [`StoreError`].
pub fn invite(tx: &mut Tx<'_>) -> Result<Option<String>, StoreError> {
    if people_store::count(tx)? > 0 {
        return Ok(None);
    }
    let token = secrets::fresh()?;
    setup::invite(tx, &secrets::hash_of(&token))?;
    Ok(Some(token))
}

/// Whether the link with this token is good.
///
/// # Errors
/// [`StoreError`].
pub fn is_invited(tx: &mut Tx<'_>, token: &str) -> Result<bool, StoreError> {
    let since = not_before(tx);
    setup::is_invited(tx, &secrets::hash_of(token), since)
}

fn not_before(tx: &Tx<'_>) -> Stamp {
    tx.now() - GOOD_FOR
}

/// The key of this machine is not the one under which the secrets in the database are kept.
#[derive(Debug, thiserror::Error)]
pub enum KeyError {
    /// Another machine has it.
    #[error("another key")]
    Other,
    /// The store did not do it.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Sees to it that all machines on one database keep its secrets under the same key: the first one's is noted, unless it is to be
/// replaced `anew`.
///
/// # Errors
/// [`KeyError::Other`] where another is noted.
pub fn agree_on_key(tx: &mut Tx<'_>, key: &Key, anew: bool) -> Result<(), KeyError> {
    let digest = keyring::digest_of(key);
    match keyring::noted(tx)? {
        Some(noted) if noted == digest => Ok(()),
        Some(_) if !anew => Err(KeyError::Other),
        _ => Ok(keyring::note(tx, &digest)?),
    }
}

/// The settings with which a house begins.
#[derive(Clone, Debug)]
pub struct NewHouse {
    /// The company's name.
    pub company: Line,
    /// Its language.
    pub locale: Locale,
    /// Its zone.
    pub zone: Zone,
}

/// Sets up the house with its first admin, by a link that is then good no more.
///
/// # Errors
/// [`crate::store::Denied::NotFound`] where the link is not good.
pub fn begin(tx: &mut Tx<'_>, token: &str, new: NewHouse, admin: NewPerson) -> Result<Person, PeopleError> {
    let since = not_before(tx);
    let permit = setup::redeem(tx, &secrets::hash_of(token), since)?;
    let NewHouse { company, locale, zone } = new;
    let settings = House { id: house::HOUSE, revision: 0, company: company.into(), locale, zone };
    house::put(tx, &permit, "setup::begin", &settings)?;
    people::add(tx, &permit, admin)
}

/// Makes the settings, where a command adds the first person at the machine itself.
///
/// # Errors
/// [`StoreError`].
pub fn furnish(tx: &mut Tx<'_>, new: NewHouse) -> Result<(), StoreError> {
    if house::front(tx)?.is_some() {
        return Ok(());
    }
    let permit = house::to_manage(tx, crate::domain::permit::Actor::House)?;
    let NewHouse { company, locale, zone } = new;
    house::put(tx, &permit, "setup::furnish", &House { id: house::HOUSE, revision: 0, company: company.into(), locale, zone })
}
