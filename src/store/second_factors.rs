//! Secrets of second steps, sealed, and the hashes of recovery codes.

use diesel::prelude::*;

use super::permit::{Permit, Writes};
use super::schema::{aux_recovery_codes, aux_second_factors};
use super::types::Micros;
use super::{Result, Tx};
use crate::domain::account::SecondStep;
use crate::domain::id::Id;
use crate::domain::moment::Stamp;
use crate::domain::person::Person;

/// The secret of a person's second step.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Factor {
    /// Whose.
    pub person: Id<Person>,
    /// The secret, sealed.
    pub sealed: String,
    /// Since when it counts; none before its first code was confirmed.
    pub confirmed_at: Option<Stamp>,
    /// Of which stretch of 30 seconds since 1970 a code was accepted last.
    pub last_step: i64,
}

type Row = (Id<Person>, String, Option<Micros>, i64);

/// The secret of that person's second step, if they have one.
///
/// # Errors
/// [`super::StoreError::Database`].
pub fn of(tx: &mut Tx<'_>, person: Id<Person>) -> Result<Option<Factor>> {
    let columns = (
        aux_second_factors::person_id,
        aux_second_factors::sealed,
        aux_second_factors::confirmed_at,
        aux_second_factors::last_step,
    );
    let row: Option<Row> = aux_second_factors::table.find(person).select(columns).first(tx.conn()).optional()?;
    Ok(row.map(|(person, sealed, confirmed_at, last_step)| Factor {
        person,
        sealed,
        confirmed_at: confirmed_at.map(|at| at.0),
        last_step,
    }))
}

/// Where that person's second step stands.
///
/// # Errors
/// [`super::StoreError::Database`].
pub fn step_of(tx: &mut Tx<'_>, person: Id<Person>) -> Result<SecondStep> {
    Ok(match of(tx, person)? {
        None => SecondStep::Off,
        Some(Factor { confirmed_at: None, .. }) => SecondStep::Begun,
        Some(Factor { confirmed_at: Some(since), .. }) => {
            let left = aux_recovery_codes::table.filter(aux_recovery_codes::person_id.eq(person)).count();
            SecondStep::On { since, codes: left.get_result(tx.conn())? }
        }
    })
}

/// Keeps a new secret of the permit's person, which does not count yet; what they had before is gone.
///
/// # Errors
/// [`super::StoreError::Database`].
pub fn begin<D: Writes>(tx: &mut Tx<'_>, permit: &Permit<'_, D, Person>, sealed: &str) -> Result<()> {
    remove(tx, permit)?;
    let row = (
        aux_second_factors::person_id.eq(permit.id()),
        aux_second_factors::sealed.eq(sealed),
        aux_second_factors::made_at.eq(Micros(tx.now())),
        aux_second_factors::last_step.eq(0),
    );
    diesel::insert_into(aux_second_factors::table).values(row).execute(tx.conn())?;
    Ok(())
}

/// From now on the secret counts.
///
/// # Errors
/// [`super::StoreError::Database`].
pub fn confirm<D: Writes>(tx: &mut Tx<'_>, permit: &Permit<'_, D, Person>) -> Result<()> {
    let now = Some(Micros(tx.now()));
    let theirs = aux_second_factors::table.find(permit.id());
    super::one_row(diesel::update(theirs).set(aux_second_factors::confirmed_at.eq(now)).execute(tx.conn())?)
}

/// Takes the code of that stretch, unless one of it or of a later one was taken already. Of two at once, one is taken.
///
/// # Errors
/// [`super::StoreError::Database`].
pub fn take_step(tx: &mut Tx<'_>, person: Id<Person>, step: i64) -> Result<bool> {
    let earlier = aux_second_factors::table.find(person).filter(aux_second_factors::last_step.lt(step));
    Ok(diesel::update(earlier).set(aux_second_factors::last_step.eq(step)).execute(tx.conn())? == 1)
}

/// Keeps the hashes of new recovery codes of the permit's person; those before are good no more.
///
/// # Errors
/// [`super::StoreError::Database`].
pub fn renew_codes<D: Writes>(tx: &mut Tx<'_>, permit: &Permit<'_, D, Person>, hashes: &[String]) -> Result<()> {
    let theirs = aux_recovery_codes::table.filter(aux_recovery_codes::person_id.eq(permit.id()));
    diesel::delete(theirs).execute(tx.conn())?;
    for hash in hashes {
        let row = (aux_recovery_codes::code_hash.eq(hash), aux_recovery_codes::person_id.eq(permit.id()));
        diesel::insert_into(aux_recovery_codes::table).values(row).execute(tx.conn())?;
    }
    Ok(())
}

/// Takes a recovery code of that person, which is then good no more; false where it is not good.
///
/// # Errors
/// [`super::StoreError::Database`].
pub fn take_code(tx: &mut Tx<'_>, person: Id<Person>, hash: &str) -> Result<bool> {
    let code = aux_recovery_codes::table.find(hash).filter(aux_recovery_codes::person_id.eq(person));
    Ok(diesel::delete(code).execute(tx.conn())? == 1)
}

/// From now on the permit's person has no second step.
///
/// # Errors
/// [`super::StoreError::Database`].
pub fn remove<D: Writes>(tx: &mut Tx<'_>, permit: &Permit<'_, D, Person>) -> Result<()> {
    let person = permit.id();
    diesel::delete(aux_recovery_codes::table.filter(aux_recovery_codes::person_id.eq(person))).execute(tx.conn())?;
    diesel::delete(aux_second_factors::table.find(person)).execute(tx.conn())?;
    Ok(())
}
