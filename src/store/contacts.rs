//! The people of companies. They belong to the company's chain, and are written under its permit.

use diesel::prelude::*;

use super::dialect::AnyConnection;
use super::evidence::Evidence;
use super::ledger;
use super::permit::{Allows, Permit};
use super::rows::{Pick, numbered, parts, row, save, save_parts, wholes, writes};
use super::schema::{contact_numbers, contacts};
use super::{Denied, Result, StoreError, Tx};
use crate::domain::id::{Id, Uid};
use crate::domain::ledger::Chain;
use crate::domain::party::{Contact, PhoneNumber, Provider};
use crate::domain::person::House;

row! {
    /// A row of `contacts`.
    Row in contacts {
        id: Id<Contact>,
        uid: Uid,
        revision: i64,
        provider_id: Id<Provider>,
        name: Option<String>,
        department: String,
        role: String,
        email: String,
        note: String,
        merged_into: Option<Id<Contact>>,
    }
}

row! {
    /// A row of `contact_numbers`.
    NumberRow in contact_numbers of contact_id {
        contact_id: Id<Contact>,
        position: i64,
        label: String,
        written: String,
        digits: String,
    }
}

/// All people of all companies, in the order in which they were added.
///
/// # Errors
/// [`StoreError::Database`].
pub fn all<D: Allows>(tx: &mut Tx<'_>, _house: &Permit<'_, D, House>) -> Result<Vec<Contact>> {
    load(tx.conn(), Pick::All)
}

/// All people of the permit's company, in the order in which they were added.
///
/// # Errors
/// [`StoreError::Database`].
pub fn of_provider<D: Allows>(tx: &mut Tx<'_>, permit: &Permit<'_, D, Provider>) -> Result<Vec<Contact>> {
    load(tx.conn(), Pick::Of(permit.id().raw()))
}

/// One of the permit's company's people.
///
/// # Errors
/// [`Denied::NotFound`].
pub fn get<D: Allows>(tx: &mut Tx<'_>, permit: &Permit<'_, D, Provider>, uid: Uid) -> Result<Contact> {
    let key: Option<i64> = contacts::table
        .filter(contacts::uid.eq(uid))
        .filter(contacts::provider_id.eq(permit.id()))
        .select(contacts::id)
        .first(tx.conn())
        .optional()?;
    let key = key.ok_or(Denied::NotFound)?;
    load(tx.conn(), Pick::Keys(&[key]))?.pop().ok_or(StoreError::Denied(Denied::NotFound))
}

writes!(Provider, Contact, |tx, permit, action, contact| {
    super::same(permit.id(), contact.provider)?;
    let Contact { id, uid, revision, provider: provider_id, name, department, role, email, note, numbers, merged_into } =
        contact.clone();
    let row = Row { id, uid, revision, provider_id, name, department, role, email, note, merged_into };
    save!(tx, row => contacts where provider_id = permit.id());
    let numbers = numbered(&numbers).map(|(position, number)| NumberRow {
        contact_id: id,
        position,
        label: number.label.clone(),
        written: number.written.clone(),
        digits: number.digits.clone(),
    });
    save_parts!(tx, numbers => contact_numbers.contact_id = id);
    ledger::append(tx, permit, action, contact)
});

pub(super) fn load(conn: &mut AnyConnection, pick: Pick<'_>) -> Result<Vec<Contact>> {
    let rows = wholes!(conn, pick, Row: contacts by provider_id);
    let mut numbers = parts!(conn, pick, NumberRow: contact_numbers.contact_id of contacts by provider_id);
    let whole = |row: Row| {
        let numbers = numbers.take(row.id.raw()).into_iter();
        Contact {
            id: row.id,
            uid: row.uid,
            revision: row.revision,
            provider: row.provider_id,
            name: row.name,
            department: row.department,
            role: row.role,
            email: row.email,
            note: row.note,
            numbers: numbers.map(|row| PhoneNumber { label: row.label, written: row.written, digits: row.digits }).collect(),
            merged_into: row.merged_into,
        }
    };
    Ok(rows.into_iter().map(whole).collect())
}

impl Evidence for Contact {
    const TABLES: &'static [&'static str] = &["contacts", "contact_numbers"];

    fn load(conn: &mut AnyConnection, keys: &[i64]) -> Result<Vec<(Chain, Self)>> {
        let all = load(conn, Pick::Keys(keys))?;
        Ok(all.into_iter().map(|contact| (Chain::Provider(contact.provider), contact)).collect())
    }

    fn rows(&self) -> Vec<usize> {
        vec![1, self.numbers.len()]
    }
}
