//! The address under which a person's calendar reads the deadlines that they may know of.

use super::secrets;
use crate::domain::person::Person;
use crate::store::permit::{Edit, Permit};
use crate::store::{Result, Tx, feeds};

/// Makes an address for the permit's person, and answers with its secret; the one before is good no more.
///
/// # Errors
/// [`crate::store::StoreError`].
pub fn renew(tx: &mut Tx<'_>, permit: &Permit<'_, Edit, Person>) -> Result<String> {
    let secret = secrets::fresh()?;
    feeds::renew(tx, permit, &secrets::hash_of(&secret))?;
    Ok(secret)
}

/// Whose address has that secret, if it is good.
///
/// # Errors
/// [`crate::store::StoreError`].
pub fn person_of(tx: &mut Tx<'_>, secret: &str) -> Result<Option<Person>> {
    feeds::person_of(tx, &secrets::hash_of(secret))
}
