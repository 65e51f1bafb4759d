//! Set-up: the one-time token by which the first admin is made.

use diesel::prelude::*;

use super::ledger;
use super::permit::{Manage, Permit};
use super::schema::aux_setup;
use super::types::Micros;
use super::{Denied, Result, Tx, house, people};
use crate::domain::ledger::Chain;
use crate::domain::moment::Stamp;
use crate::domain::permit::Actor;
use crate::domain::person::House;

/// Keeps the hash of a new token; older ones are good no more.
///
/// # Errors
/// [`super::StoreError::Database`].
pub fn invite(tx: &mut Tx<'_>, token_hash: &str) -> Result<()> {
    diesel::delete(aux_setup::table).execute(tx.conn())?;
    let row = (aux_setup::token_hash.eq(token_hash), aux_setup::created_at.eq(Micros(tx.now())));
    diesel::insert_into(aux_setup::table).values(row).execute(tx.conn())?;
    Ok(())
}

/// Whether the token is good: it was made after `not_before`, and nobody has been set up yet.
///
/// # Errors
/// [`super::StoreError::Database`].
pub fn is_invited(tx: &mut Tx<'_>, token_hash: &str, not_before: Stamp) -> Result<bool> {
    let created: Option<Micros> = aux_setup::table.find(token_hash).select(aux_setup::created_at).first(tx.conn()).optional()?;
    Ok(created.is_some_and(|created| created.0 >= not_before) && people::count(tx)? == 0)
}

/// Takes the token, which is then good no more, for the right to set up the house.
///
/// # Errors
/// [`Denied::NotFound`] where it is not good.
pub fn redeem<'tx>(tx: &mut Tx<'tx>, token_hash: &str, not_before: Stamp) -> Result<Permit<'tx, Manage, House>> {
    ledger::lock(tx, Chain::House)?;
    if !is_invited(tx, token_hash, not_before)? {
        return Err(Denied::NotFound.into());
    }
    diesel::delete(aux_setup::table).execute(tx.conn())?;
    house::to_manage(tx, Actor::House)
}
