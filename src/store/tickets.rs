//! Tickets: what a person may do once with a token, of which the database keeps the hash.

use diesel::prelude::*;

use super::people;
use super::schema::{aux_tickets, people as people_table};
use super::types::Micros;
use super::{Result, Tx};
use crate::domain::account::TicketKind;
use crate::domain::id::Id;
use crate::domain::moment::Stamp;
use crate::domain::person::Person;

/// Keeps a new ticket of that person; those of the same kinds that they had before are good no more.
///
/// # Errors
/// [`super::StoreError::Database`].
pub fn put(tx: &mut Tx<'_>, person: Id<Person>, kind: TicketKind, instead_of: &[TicketKind], token_hash: &str) -> Result<()> {
    let before = aux_tickets::table.filter(aux_tickets::person_id.eq(person)).filter(aux_tickets::kind.eq_any(instead_of));
    diesel::delete(before).execute(tx.conn())?;
    let row = (
        aux_tickets::token_hash.eq(token_hash),
        aux_tickets::person_id.eq(person),
        aux_tickets::kind.eq(kind),
        aux_tickets::made_at.eq(Micros(tx.now())),
    );
    diesel::insert_into(aux_tickets::table).values(row).execute(tx.conn())?;
    Ok(())
}

/// Whose ticket that is and of which kind, if it was made after `since`, and its person is not shut out.
///
/// # Errors
/// [`super::StoreError::Database`].
pub fn find(tx: &mut Tx<'_>, token_hash: &str, since: Stamp) -> Result<Option<(Person, TicketKind)>> {
    let row: Option<(people::Row, TicketKind)> = aux_tickets::table
        .inner_join(people_table::table)
        .filter(aux_tickets::token_hash.eq(token_hash))
        .filter(aux_tickets::made_at.gt(Micros(since)))
        .filter(people_table::disabled_at.is_null())
        .select((people::Row::as_select(), aux_tickets::kind))
        .first(tx.conn())
        .optional()?;
    Ok(row.map(|(person, kind)| (person.into(), kind)))
}

/// Takes the ticket, which is then good no more; false where somebody else was faster.
///
/// # Errors
/// [`super::StoreError::Database`].
pub fn take(tx: &mut Tx<'_>, token_hash: &str) -> Result<bool> {
    Ok(diesel::delete(aux_tickets::table.find(token_hash)).execute(tx.conn())? == 1)
}

/// No ticket of that person is good any more: their password was changed, or they were shut out.
///
/// # Errors
/// [`super::StoreError::Database`].
pub fn drop_all_of(tx: &mut Tx<'_>, person: Id<Person>) -> Result<()> {
    diesel::delete(aux_tickets::table.filter(aux_tickets::person_id.eq(person))).execute(tx.conn())?;
    Ok(())
}

/// Forgets those that were made before `before`.
///
/// # Errors
/// [`super::StoreError::Database`].
pub fn sweep(tx: &mut Tx<'_>, before: Stamp) -> Result<()> {
    diesel::delete(aux_tickets::table.filter(aux_tickets::made_at.le(Micros(before)))).execute(tx.conn())?;
    Ok(())
}
