//! The addresses of calendars: an address holds a secret, the database its hash. A person has one at a time.

use diesel::prelude::*;

use super::people;
use super::permit::{Permit, Writes};
use super::schema::{aux_calendar_feeds, people as people_table};
use super::types::Micros;
use super::{Result, Tx};
use crate::domain::id::Id;
use crate::domain::moment::Stamp;
use crate::domain::person::Person;

/// Keeps a new address of the permit's person; the one before is good no more.
///
/// # Errors
/// [`super::StoreError::Database`].
pub fn renew<D: Writes>(tx: &mut Tx<'_>, permit: &Permit<'_, D, Person>, token_hash: &str) -> Result<()> {
    revoke(tx, permit)?;
    let row = (
        aux_calendar_feeds::token_hash.eq(token_hash),
        aux_calendar_feeds::person_id.eq(permit.id()),
        aux_calendar_feeds::created_at.eq(Micros(tx.now())),
    );
    diesel::insert_into(aux_calendar_feeds::table).values(row).execute(tx.conn())?;
    Ok(())
}

/// Takes back the address of the permit's person, if they have one.
///
/// # Errors
/// [`super::StoreError::Database`].
pub fn revoke<D: Writes>(tx: &mut Tx<'_>, permit: &Permit<'_, D, Person>) -> Result<()> {
    let theirs = aux_calendar_feeds::table.filter(aux_calendar_feeds::person_id.eq(permit.id()));
    let now = Some(Micros(tx.now()));
    diesel::update(theirs.filter(aux_calendar_feeds::revoked_at.is_null()))
        .set(aux_calendar_feeds::revoked_at.eq(now))
        .execute(tx.conn())?;
    Ok(())
}

/// Since when the person has an address, if they have one.
///
/// # Errors
/// [`super::StoreError::Database`].
pub fn since(tx: &mut Tx<'_>, person: Id<Person>) -> Result<Option<Stamp>> {
    let live = aux_calendar_feeds::table
        .filter(aux_calendar_feeds::person_id.eq(person))
        .filter(aux_calendar_feeds::revoked_at.is_null());
    let since: Option<Micros> = live.select(aux_calendar_feeds::created_at).first(tx.conn()).optional()?;
    Ok(since.map(|since| since.0))
}

/// Whose address that is, if it is good and they are not shut out.
///
/// # Errors
/// [`super::StoreError::Database`].
pub fn person_of(tx: &mut Tx<'_>, token_hash: &str) -> Result<Option<Person>> {
    let row: Option<people::Row> = aux_calendar_feeds::table
        .inner_join(people_table::table)
        .filter(aux_calendar_feeds::token_hash.eq(token_hash))
        .filter(aux_calendar_feeds::revoked_at.is_null())
        .filter(people_table::disabled_at.is_null())
        .select(people::Row::as_select())
        .first(tx.conn())
        .optional()?;
    Ok(row.map(Person::from))
}
