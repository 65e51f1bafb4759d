//! The house: the one row of settings.

use diesel::prelude::*;

use super::dialect::AnyConnection;
use super::evidence::Evidence;
use super::ledger::{self, Action};
use super::permit::{Allows, Edit, Look, Manage, Permit};
use super::schema::house;
use super::types::ZoneName;
use super::{Denied, Result, StoreError, Tx};
use crate::domain::id::Id;
use crate::domain::ledger::Chain;
use crate::domain::locale::Locale;
use crate::domain::permit::Actor;
use crate::domain::person::House;

/// The key of the one row.
pub const HOUSE: Id<House> = Id::new(1);

/// A row of `house`.
#[derive(Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(table_name = house)]
struct Row {
    id: Id<House>,
    revision: i64,
    company: String,
    locale: Locale,
    zone: ZoneName,
}

impl From<Row> for House {
    fn from(row: Row) -> Self {
        let Row { id, revision, company, locale, zone: ZoneName(zone) } = row;
        Self { id, revision, company, locale, zone }
    }
}

impl From<&House> for Row {
    fn from(house: &House) -> Self {
        let House { id, revision, company, locale, zone } = house.clone();
        Self { id, revision, company, locale, zone: ZoneName(zone) }
    }
}

/// May `actor` look at the house: its settings, and the lists of what is in it?
///
/// # Errors
/// [`Denied::Forbidden`].
pub fn to_look<'tx>(tx: &Tx<'tx>, actor: Actor) -> Result<Permit<'tx, Look, House>> {
    permit(tx, actor)
}

/// May `actor` add to the house: companies and incidents?
///
/// # Errors
/// [`Denied::Forbidden`].
pub fn to_edit<'tx>(tx: &mut Tx<'tx>, actor: Actor) -> Result<Permit<'tx, Edit, House>> {
    ledger::lock(tx, Chain::House)?;
    permit(tx, actor)
}

/// May `actor` rule over the house: its settings and people?
///
/// # Errors
/// [`Denied::Forbidden`].
pub fn to_manage<'tx>(tx: &mut Tx<'tx>, actor: Actor) -> Result<Permit<'tx, Manage, House>> {
    ledger::lock(tx, Chain::House)?;
    permit(tx, actor)
}

fn permit<'tx, D: Allows>(tx: &Tx<'tx>, actor: Actor) -> Result<Permit<'tx, D, House>> {
    Ok(Permit::grant(tx, actor, HOUSE, Chain::House)?)
}

/// The settings.
///
/// # Errors
/// [`Denied::NotFound`] before set-up.
pub fn get<D: Allows>(tx: &mut Tx<'_>, permit: &Permit<'_, D, House>) -> Result<House> {
    find(tx, permit.id())?.ok_or(StoreError::Denied(Denied::NotFound))
}

/// The settings, for what is shown to everybody: the company's name and language on the login page. None before set-up.
///
/// # Errors
/// [`StoreError::Database`].
pub fn front(tx: &mut Tx<'_>) -> Result<Option<House>> {
    find(tx, HOUSE)
}

fn find(tx: &mut Tx<'_>, id: Id<House>) -> Result<Option<House>> {
    let row: Option<Row> = house::table.find(id).select(Row::as_select()).first(tx.conn()).optional()?;
    Ok(row.map(House::from))
}

/// Writes the settings: revision 0 makes them, each later one follows the one before.
///
/// # Errors
/// [`StoreError::Stale`] where the revision does not follow.
pub fn put(tx: &mut Tx<'_>, permit: &Permit<'_, Manage, House>, action: Action, settings: &House) -> Result<()> {
    let row = Row::from(settings);
    if settings.revision == 0 {
        diesel::insert_into(house::table).values(&row).execute(tx.conn())?;
    } else {
        let before = house::table.find(settings.id).filter(house::revision.eq(settings.revision - 1));
        super::one_row(diesel::update(before).set(&row).execute(tx.conn())?)?;
    }
    ledger::append(tx, permit, action, settings)
}

impl Evidence for House {
    const TABLES: &'static [&'static str] = &["house"];

    fn load(conn: &mut AnyConnection, keys: &[i64]) -> Result<Vec<(Chain, Self)>> {
        let rows: Vec<Row> = house::table.filter(house::id.eq_any(keys)).select(Row::as_select()).load(conn)?;
        Ok(rows.into_iter().map(|row| (Chain::House, row.into())).collect())
    }
}
