//! Idempotency keys: a form posted twice is done once, and answered twice alike.

use diesel::prelude::*;

use super::dialect::both;
use super::schema::aux_idempotency;
use super::types::Micros;
use super::{Result, StoreError, Tx};
use crate::domain::id::Id;
use crate::domain::moment::Stamp;
use crate::domain::person::Person;

/// Whether this is the first time a key comes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Claim {
    /// It is: do it, and [`finish`] in the same transaction.
    First,
    /// It was done already, with this result (where the answer leads to).
    Done(String),
}

/// Claims `key` for what `person` does by `form`. Whoever comes second waits until the first one's transaction has ended, and
/// then has its result, or, if it was rolled back, is the first.
///
/// # Errors
/// [`StoreError::KeyReused`] where the key was used for another form.
pub fn claim(tx: &mut Tx<'_>, key: &str, person: Id<Person>, form: &str) -> Result<Claim> {
    let row = (
        aux_idempotency::person_id.eq(person),
        aux_idempotency::key.eq(key),
        aux_idempotency::form.eq(form),
        aux_idempotency::at.eq(Micros(tx.now())),
    );
    let claimed =
        both!(tx.conn(), |conn| diesel::insert_into(aux_idempotency::table).values(row).on_conflict_do_nothing().execute(conn))?;
    if claimed == 1 {
        return Ok(Claim::First);
    }
    let (of_form, result): (String, Option<String>) =
        aux_idempotency::table.find((person, key)).select((aux_idempotency::form, aux_idempotency::result)).first(tx.conn())?;
    match result {
        _ if of_form != form => Err(StoreError::KeyReused),
        Some(result) => Ok(Claim::Done(result)),
        // Only a use case that claimed and never finished leaves this; it must not be taken for done.
        None => Ok(Claim::First),
    }
}

/// Notes the result of what was done under `key`.
///
/// # Errors
/// [`StoreError::Database`].
pub fn finish(tx: &mut Tx<'_>, key: &str, person: Id<Person>, result: &str) -> Result<()> {
    let claimed = aux_idempotency::table.find((person, key));
    super::one_row(diesel::update(claimed).set(aux_idempotency::result.eq(result)).execute(tx.conn())?)
}

/// Whether what `person` sent under `key` was done.
///
/// # Errors
/// [`StoreError::Database`].
pub fn was_done(tx: &mut Tx<'_>, key: &str, person: Id<Person>) -> Result<bool> {
    let done = aux_idempotency::table.find((person, key)).filter(aux_idempotency::result.is_not_null());
    Ok(diesel::select(diesel::dsl::exists(done)).get_result(tx.conn())?)
}

/// Forgets keys older than `before`.
///
/// # Errors
/// [`StoreError::Database`].
pub fn sweep(tx: &mut Tx<'_>, before: Stamp) -> Result<()> {
    diesel::delete(aux_idempotency::table.filter(aux_idempotency::at.lt(Micros(before)))).execute(tx.conn())?;
    Ok(())
}
