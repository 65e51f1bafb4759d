//! Companies. Everybody of ours may look them up; members write them.

use diesel::prelude::*;

use super::dialect::AnyConnection;
use super::evidence::Evidence;
use super::ledger::{self, Action};
use super::permit::{Allows, Edit, Look, Permit, Writes};
use super::rows::{Pick, numbered, parts, row, save, save_parts, wholes};
use super::schema::{contact_numbers, contacts, provider_numbers, providers};
use super::{Denied, Result, StoreError, Tx};
use crate::domain::id::{Id, Uid};
use crate::domain::ledger::Chain;
use crate::domain::party::{Contact, PhoneNumber, Provider};
use crate::domain::permit::Actor;
use crate::domain::person::House;

row! {
    /// A row of `providers`.
    Row in providers {
        id: Id<Provider>,
        uid: Uid,
        revision: i64,
        name: String,
        trade: String,
        note: String,
    }
}

row! {
    /// A row of `provider_numbers`.
    NumberRow in provider_numbers of provider_id {
        provider_id: Id<Provider>,
        position: i64,
        label: String,
        written: String,
        digits: String,
    }
}

fn found(tx: &mut Tx<'_>, uid: Uid) -> Result<Id<Provider>> {
    let id = providers::table.filter(providers::uid.eq(uid)).select(providers::id).first(tx.conn()).optional()?;
    id.ok_or(StoreError::Denied(Denied::NotFound))
}

/// May `actor` look at that company?
///
/// # Errors
/// [`Denied::NotFound`].
pub fn to_look<'tx>(tx: &mut Tx<'tx>, actor: Actor, uid: Uid) -> Result<Permit<'tx, Look, Provider>> {
    let id = found(tx, uid)?;
    Ok(Permit::grant(tx, actor, id, Chain::Provider(id))?)
}

/// May `actor` write to that company and its contacts?
///
/// # Errors
/// [`Denied::NotFound`], [`Denied::Forbidden`].
pub fn for_edit<'tx>(tx: &mut Tx<'tx>, actor: Actor, uid: Uid) -> Result<Permit<'tx, Edit, Provider>> {
    let id = found(tx, uid)?;
    ledger::lock(tx, Chain::Provider(id))?;
    Ok(Permit::grant(tx, actor, id, Chain::Provider(id))?)
}

/// The permit's company.
///
/// # Errors
/// [`StoreError::Database`].
pub fn get<D: Allows>(tx: &mut Tx<'_>, permit: &Permit<'_, D, Provider>) -> Result<Provider> {
    load(tx.conn(), Pick::Keys(&[permit.id().raw()]))?.pop().ok_or(StoreError::Denied(Denied::NotFound))
}

/// The companies whose name, trade or people's names hold all of `words` (none: every company), by name.
///
/// # Errors
/// [`StoreError::Broken`] where one is not as we write it.
pub fn list<D: Allows>(tx: &mut Tx<'_>, _house: &Permit<'_, D, House>, words: &str) -> Result<Vec<Provider>> {
    let mut all = load(tx.conn(), Pick::All)?;
    let words: Vec<String> = words.split_whitespace().map(str::to_lowercase).collect();
    if !words.is_empty() {
        let people: Vec<(Id<Provider>, Option<String>, String)> =
            contacts::table.select((contacts::provider_id, contacts::name, contacts::department)).load(tx.conn())?;
        all.retain(|company| {
            let theirs = people.iter().filter(|(provider, ..)| *provider == company.id);
            let names = theirs.flat_map(|(_, name, department)| [name.as_deref().unwrap_or_default(), department]);
            let text: Vec<&str> = [company.name.as_str(), company.trade.as_str()].into_iter().chain(names).collect();
            let text = text.join("\n").to_lowercase();
            words.iter().all(|word| text.contains(word))
        });
    }
    all.sort_by(|a, b| (&a.name, a.id).cmp(&(&b.name, b.id)));
    Ok(all)
}

/// Whose number that is, in its one canonical spelling: companies, and their people with the company.
///
/// # Errors
/// [`StoreError::Database`].
pub fn by_number<D: Allows>(
    tx: &mut Tx<'_>,
    _house: &Permit<'_, D, House>,
    digits: &str,
) -> Result<Vec<(Provider, Option<Contact>)>> {
    let own: Vec<i64> = provider_numbers::table
        .filter(provider_numbers::digits.eq(digits))
        .select(provider_numbers::provider_id)
        .distinct()
        .load(tx.conn())?;
    let theirs: Vec<i64> = contact_numbers::table
        .filter(contact_numbers::digits.eq(digits))
        .select(contact_numbers::contact_id)
        .distinct()
        .load(tx.conn())?;
    let people = super::contacts::load(tx.conn(), Pick::Keys(&theirs))?;
    let keys: Vec<i64> = own.iter().copied().chain(people.iter().map(|contact| contact.provider.raw())).collect();
    let companies = load(tx.conn(), Pick::Keys(&keys))?;
    let company = |id: i64| companies.iter().find(|company| company.id.raw() == id).cloned();
    let of_people = people.into_iter().filter_map(|contact| Some((company(contact.provider.raw())?, Some(contact))));
    Ok(own.iter().filter_map(|id| Some((company(*id)?, None))).chain(of_people).collect())
}

/// Adds a company, and gives the permit to go on with it.
///
/// # Errors
/// [`StoreError::Database`].
pub fn add<'tx, D: Writes>(
    tx: &mut Tx<'tx>,
    house: &Permit<'tx, D, House>,
    action: Action,
    company: &Provider,
) -> Result<Permit<'tx, Edit, Provider>> {
    let permit = Permit::unchecked(tx, house.actor(), company.id, Chain::Provider(company.id));
    write(tx, &permit, action, company)?;
    Ok(permit)
}

/// Changes the permit's company.
///
/// # Errors
/// [`StoreError::Stale`] where its revision does not follow the one before.
pub fn change<D: Writes>(tx: &mut Tx<'_>, permit: &Permit<'_, D, Provider>, action: Action, company: &Provider) -> Result<()> {
    if company.revision > 0 { write(tx, permit, action, company) } else { Err(StoreError::Stale) }
}

fn write<D: Writes>(tx: &mut Tx<'_>, permit: &Permit<'_, D, Provider>, action: Action, company: &Provider) -> Result<()> {
    super::same(permit.id(), company.id)?;
    let Provider { id, uid, revision, name, trade, note, numbers } = company.clone();
    save!(tx, Row { id, uid, revision, name, trade, note } => providers);
    let numbers = numbered(&numbers).map(|(position, number)| NumberRow {
        provider_id: id,
        position,
        label: number.label.clone(),
        written: number.written.clone(),
        digits: number.digits.clone(),
    });
    save_parts!(tx, numbers => provider_numbers.provider_id = id);
    ledger::append(tx, permit, action, company)
}

pub(super) fn load(conn: &mut AnyConnection, pick: Pick<'_>) -> Result<Vec<Provider>> {
    let rows = wholes!(conn, pick, Row: providers by id);
    let mut numbers = parts!(conn, pick, NumberRow: provider_numbers.provider_id of providers by id);
    let whole = |row: Row| {
        let numbers = numbers.take(row.id.raw()).into_iter();
        Provider {
            id: row.id,
            uid: row.uid,
            revision: row.revision,
            name: row.name,
            trade: row.trade,
            note: row.note,
            numbers: numbers.map(|row| PhoneNumber { label: row.label, written: row.written, digits: row.digits }).collect(),
        }
    };
    Ok(rows.into_iter().map(whole).collect())
}

impl Evidence for Provider {
    const TABLES: &'static [&'static str] = &["providers", "provider_numbers"];

    fn load(conn: &mut AnyConnection, keys: &[i64]) -> Result<Vec<(Chain, Self)>> {
        let all = load(conn, Pick::Keys(keys))?;
        Ok(all.into_iter().map(|company| (Chain::Provider(company.id), company)).collect())
    }

    fn rows(&self) -> Vec<usize> {
        vec![1, self.numbers.len()]
    }
}
