//! Our own people, and the passwords they log in with.

use diesel::prelude::*;

use super::dialect::{AnyConnection, both};
use super::evidence::Evidence;
use super::ledger::{self, Action};
use super::permit::{Allows, Edit, Look, Manage, Permit, Writes};
use super::schema::{aux_credentials, people};
use super::types::{Micros, ZoneName};
use super::{Denied, Result, StoreError, Tx};
use crate::domain::id::{Id, Uid};
use crate::domain::ledger::Chain;
use crate::domain::locale::Locale;
use crate::domain::permit::{Actor, Deed, Role};
use crate::domain::person::{House, Person};

/// A row of `people`.
#[derive(Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(table_name = people, treat_none_as_null = true)]
pub(super) struct Row {
    id: Id<Person>,
    uid: Uid,
    revision: i64,
    login: String,
    name: String,
    role: Role,
    locale: Locale,
    zone: ZoneName,
    disabled_at: Option<Micros>,
}

impl From<Row> for Person {
    fn from(row: Row) -> Self {
        Self {
            id: row.id,
            uid: row.uid,
            revision: row.revision,
            login: row.login,
            name: row.name,
            role: row.role,
            locale: row.locale,
            zone: row.zone.0,
            disabled_at: row.disabled_at.map(|at| at.0),
        }
    }
}

impl From<&Person> for Row {
    fn from(person: &Person) -> Self {
        Self {
            id: person.id,
            uid: person.uid,
            revision: person.revision,
            login: person.login.clone(),
            name: person.name.clone(),
            role: person.role,
            locale: person.locale,
            zone: ZoneName(person.zone),
            disabled_at: person.disabled_at.map(Micros),
        }
    }
}

/// May `actor` change the record of the person called `uid`? An admin may change everybody's, everybody their own.
///
/// # Errors
/// [`Denied::NotFound`], [`Denied::Forbidden`].
pub fn for_edit<'tx>(tx: &mut Tx<'tx>, actor: Actor, uid: Uid) -> Result<Permit<'tx, Edit, Person>> {
    ledger::lock(tx, Chain::House)?;
    own_or_anybodys(tx, actor, uid)
}

/// May `actor` look at the account of the person called `uid`? An admin may look at everybody's, everybody at their own.
///
/// # Errors
/// [`Denied::NotFound`], [`Denied::Forbidden`].
pub fn to_look<'tx>(tx: &mut Tx<'tx>, actor: Actor, uid: Uid) -> Result<Permit<'tx, Look, Person>> {
    own_or_anybodys(tx, actor, uid)
}

fn own_or_anybodys<'tx, D: Allows>(tx: &mut Tx<'tx>, actor: Actor, uid: Uid) -> Result<Permit<'tx, D, Person>> {
    let id: Option<Id<Person>> = people::table.filter(people::uid.eq(uid)).select(people::id).first(tx.conn()).optional()?;
    let id = id.ok_or(Denied::NotFound)?;
    if actor.person() == Some(id) || actor.may(Deed::Manage) {
        Ok(Permit::unchecked(tx, actor, id, Chain::House))
    } else {
        Err(Denied::Forbidden.into())
    }
}

/// May `actor` rule over the person called `uid`: their role, and whether they are shut out?
///
/// # Errors
/// [`Denied::NotFound`], [`Denied::Forbidden`].
pub fn for_manage<'tx>(tx: &mut Tx<'tx>, actor: Actor, uid: Uid) -> Result<Permit<'tx, Manage, Person>> {
    let found = for_edit(tx, actor, uid)?;
    Ok(Permit::grant(tx, actor, found.id(), Chain::House)?)
}

/// The record of the permit's person.
///
/// # Errors
/// [`StoreError::Database`].
pub fn get<D: Allows>(tx: &mut Tx<'_>, permit: &Permit<'_, D, Person>) -> Result<Person> {
    by_id(tx, permit.id())?.ok_or(StoreError::Denied(Denied::NotFound))
}

/// Everybody, by name. Whoever may look at the house knows its people: their names stand on every entry.
///
/// # Errors
/// [`StoreError::Database`].
pub fn all<D: Allows>(tx: &mut Tx<'_>, _house: &Permit<'_, D, House>) -> Result<Vec<Person>> {
    let rows: Vec<Row> = people::table.order((people::name, people::id)).select(Row::as_select()).load(tx.conn())?;
    Ok(rows.into_iter().map(Person::from).collect())
}

/// How many people there are; with none, the house is not set up.
///
/// # Errors
/// [`StoreError::Database`].
pub fn count(tx: &mut Tx<'_>) -> Result<i64> {
    Ok(people::table.count().get_result(tx.conn())?)
}

/// How many admins can log in: the last one must not be shut out.
///
/// # Errors
/// [`StoreError::Database`].
pub fn active_admins(tx: &mut Tx<'_>) -> Result<i64> {
    let admins = people::table.filter(people::role.eq(Role::Admin)).filter(people::disabled_at.is_null());
    Ok(admins.count().get_result(tx.conn())?)
}

/// Who is behind a session or a command; before there is an actor, so without a permit.
///
/// # Errors
/// [`StoreError::Database`].
pub fn by_id(tx: &mut Tx<'_>, id: Id<Person>) -> Result<Option<Person>> {
    let row: Option<Row> = people::table.find(id).select(Row::as_select()).first(tx.conn()).optional()?;
    Ok(row.map(Person::from))
}

/// Who logs in as `login`, with their password's hash (none where they have no password); before there is an actor.
///
/// # Errors
/// [`StoreError::Database`].
pub fn by_login(tx: &mut Tx<'_>, login: &str) -> Result<Option<(Person, Option<String>)>> {
    let found: Option<(Row, Option<String>)> = people::table
        .left_join(aux_credentials::table)
        .filter(people::login.eq(login))
        .select((Row::as_select(), aux_credentials::hash.nullable()))
        .first(tx.conn())
        .optional()?;
    Ok(found.map(|(row, hash)| (row.into(), hash)))
}

/// Adds a person.
///
/// # Errors
/// [`StoreError::Taken`] where the login is.
pub fn add(tx: &mut Tx<'_>, house: &Permit<'_, Manage, House>, action: Action, person: &Person) -> Result<()> {
    diesel::insert_into(people::table).values(&Row::from(person)).execute(tx.conn())?;
    ledger::append(tx, house, action, person)
}

/// Changes the permit's person; the revision follows the one before.
///
/// # Errors
/// [`StoreError::Stale`] where it does not; [`Denied::Forbidden`] where the record is another person's.
pub fn change<D: Writes>(tx: &mut Tx<'_>, permit: &Permit<'_, D, Person>, action: Action, person: &Person) -> Result<()> {
    super::same(permit.id(), person.id)?;
    let before = people::table.find(person.id).filter(people::revision.eq(person.revision - 1));
    super::one_row(diesel::update(before).set(&Row::from(person)).execute(tx.conn())?)?;
    ledger::append(tx, permit, action, person)
}

/// Keeps the hash of the permit's person's new password.
///
/// # Errors
/// [`StoreError::Database`].
pub fn set_password<D: Writes>(tx: &mut Tx<'_>, permit: &Permit<'_, D, Person>, hash: &str) -> Result<()> {
    let person_id = permit.id();
    let now = (aux_credentials::hash.eq(hash), aux_credentials::changed_at.eq(Micros(permit.at())));
    both!(tx.conn(), |conn| diesel::insert_into(aux_credentials::table)
        .values((aux_credentials::person_id.eq(person_id), now))
        .on_conflict(aux_credentials::person_id)
        .do_update()
        .set(now)
        .execute(conn))?;
    Ok(())
}

/// The hash of the permit's person's password, if they have one.
///
/// # Errors
/// [`StoreError::Database`].
pub fn password<D: Writes>(tx: &mut Tx<'_>, permit: &Permit<'_, D, Person>) -> Result<Option<String>> {
    Ok(aux_credentials::table.find(permit.id()).select(aux_credentials::hash).first(tx.conn()).optional()?)
}

impl Evidence for Person {
    const TABLES: &'static [&'static str] = &["people"];

    fn load(conn: &mut AnyConnection, keys: &[i64]) -> Result<Vec<(Chain, Self)>> {
        let rows: Vec<Row> = people::table.filter(people::id.eq_any(keys)).select(Row::as_select()).load(conn)?;
        Ok(rows.into_iter().map(|row| (Chain::House, row.into())).collect())
    }
}
