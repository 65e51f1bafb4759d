//! Contracts. Everybody of ours may look them up; members write them.

use diesel::prelude::*;

use super::dialect::AnyConnection;
use super::evidence::Evidence;
use super::ledger::{self, Action};
use super::permit::{Allows, Edit, Look, Permit, Writes};
use super::rows::{Pick, numbered, parts, row, save, save_parts, wholes};
use super::schema::{contract_addresses, contracts};
use super::types::{Day, HoursText, JsonText, ZoneName};
use super::{Denied, Result, StoreError, Tx};
use crate::domain::contract::{Contract, NoticeAddress, NoticeForm};
use crate::domain::id::{Id, Uid};
use crate::domain::ledger::Chain;
use crate::domain::party::Provider;
use crate::domain::permit::Actor;
use crate::domain::person::House;

row! {
    /// A row of `contracts`.
    Row in contracts {
        id: Id<Contract>,
        uid: Uid,
        revision: i64,
        provider_id: Id<Provider>,
        title: String,
        number: String,
        starts_on: Option<Day>,
        ends_on: Option<Day>,
        monthly_fee: Option<i64>,
        currency: String,
        zone: ZoneName,
        note: String,
        calendar: Option<HoursText>,
    }
}

row! {
    /// A row of `contract_addresses`.
    AddressRow in contract_addresses of contract_id {
        contract_id: Id<Contract>,
        position: i64,
        form: NoticeForm,
        address: String,
    }
}

fn found(tx: &mut Tx<'_>, uid: Uid) -> Result<Id<Contract>> {
    let id = contracts::table.filter(contracts::uid.eq(uid)).select(contracts::id).first(tx.conn()).optional()?;
    id.ok_or(StoreError::Denied(Denied::NotFound))
}

/// May `actor` look at that contract?
///
/// # Errors
/// [`Denied::NotFound`].
pub fn to_look<'tx>(tx: &mut Tx<'tx>, actor: Actor, uid: Uid) -> Result<Permit<'tx, Look, Contract>> {
    let id = found(tx, uid)?;
    Ok(Permit::grant(tx, actor, id, Chain::Contract(id))?)
}

/// May `actor` write to that contract, its clauses and agreements?
///
/// # Errors
/// [`Denied::NotFound`], [`Denied::Forbidden`].
pub fn for_edit<'tx>(tx: &mut Tx<'tx>, actor: Actor, uid: Uid) -> Result<Permit<'tx, Edit, Contract>> {
    let id = found(tx, uid)?;
    ledger::lock(tx, Chain::Contract(id))?;
    Ok(Permit::grant(tx, actor, id, Chain::Contract(id))?)
}

/// The permit's contract.
///
/// # Errors
/// [`StoreError::Database`].
pub fn get<D: Allows>(tx: &mut Tx<'_>, permit: &Permit<'_, D, Contract>) -> Result<Contract> {
    load(tx.conn(), Pick::Keys(&[permit.id().raw()]))?.pop().ok_or(StoreError::Denied(Denied::NotFound))
}

/// All contracts, in the order in which they were added.
///
/// # Errors
/// [`StoreError::Database`].
pub fn all<D: Allows>(tx: &mut Tx<'_>, _house: &Permit<'_, D, House>) -> Result<Vec<Contract>> {
    load(tx.conn(), Pick::All)
}

/// All contracts with the permit's company.
///
/// # Errors
/// [`StoreError::Database`].
pub fn of_provider<D: Allows>(tx: &mut Tx<'_>, permit: &Permit<'_, D, Provider>) -> Result<Vec<Contract>> {
    load(tx.conn(), Pick::Of(permit.id().raw()))
}

/// Adds a contract with the permit's company, and gives the permit to go on with it.
///
/// # Errors
/// [`StoreError::Database`].
pub fn add<'tx, D: Writes>(
    tx: &mut Tx<'tx>,
    company: &Permit<'tx, D, Provider>,
    action: Action,
    contract: &Contract,
) -> Result<Permit<'tx, Edit, Contract>> {
    super::same(company.id(), contract.provider)?;
    let permit = Permit::unchecked(tx, company.actor(), contract.id, Chain::Contract(contract.id));
    write(tx, &permit, action, contract)?;
    Ok(permit)
}

/// Changes the permit's contract.
///
/// # Errors
/// [`StoreError::Stale`] where its revision does not follow the one before.
pub fn change<D: Writes>(tx: &mut Tx<'_>, permit: &Permit<'_, D, Contract>, action: Action, contract: &Contract) -> Result<()> {
    if contract.revision > 0 { write(tx, permit, action, contract) } else { Err(StoreError::Stale) }
}

fn write<D: Writes>(tx: &mut Tx<'_>, permit: &Permit<'_, D, Contract>, action: Action, contract: &Contract) -> Result<()> {
    super::same(permit.id(), contract.id)?;
    let row = Row {
        id: contract.id,
        uid: contract.uid,
        revision: contract.revision,
        provider_id: contract.provider,
        title: contract.title.clone(),
        number: contract.number.clone(),
        starts_on: contract.starts_on.map(Day),
        ends_on: contract.ends_on.map(Day),
        monthly_fee: contract.monthly_fee,
        currency: contract.currency.clone(),
        zone: ZoneName(contract.zone),
        note: contract.note.clone(),
        calendar: contract.hours.clone().map(JsonText),
    };
    save!(tx, row => contracts);
    let addresses = numbered(&contract.addresses).map(|(position, address)| AddressRow {
        contract_id: contract.id,
        position,
        form: address.form,
        address: address.address.clone(),
    });
    save_parts!(tx, addresses => contract_addresses.contract_id = contract.id);
    ledger::append(tx, permit, action, contract)
}

pub(super) fn load(conn: &mut AnyConnection, pick: Pick<'_>) -> Result<Vec<Contract>> {
    let rows = wholes!(conn, pick, Row: contracts by provider_id);
    let mut addresses = parts!(conn, pick, AddressRow: contract_addresses.contract_id of contracts by provider_id);
    let whole = |row: Row| {
        let addresses = addresses.take(row.id.raw()).into_iter();
        Contract {
            id: row.id,
            uid: row.uid,
            revision: row.revision,
            provider: row.provider_id,
            title: row.title,
            number: row.number,
            starts_on: row.starts_on.map(|day| day.0),
            ends_on: row.ends_on.map(|day| day.0),
            monthly_fee: row.monthly_fee,
            currency: row.currency,
            zone: row.zone.0,
            addresses: addresses.map(|row| NoticeAddress { form: row.form, address: row.address }).collect(),
            note: row.note,
            hours: row.calendar.map(|hours| hours.0),
        }
    };
    Ok(rows.into_iter().map(whole).collect())
}

impl Evidence for Contract {
    const TABLES: &'static [&'static str] = &["contracts", "contract_addresses"];

    fn load(conn: &mut AnyConnection, keys: &[i64]) -> Result<Vec<(Chain, Self)>> {
        let all = load(conn, Pick::Keys(keys))?;
        Ok(all.into_iter().map(|contract| (Chain::Contract(contract.id), contract)).collect())
    }

    fn rows(&self) -> Vec<usize> {
        vec![1, self.addresses.len()]
    }
}
