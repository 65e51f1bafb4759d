//! What happened to accounts, for its person and the admin to look at: kept for a year, and no evidence.

use chrono::Duration;
use diesel::prelude::*;

use super::permit::{Allows, Permit};
use super::schema::aux_security_events;
use super::types::Micros;
use super::{Denied, Result, Tx};
use crate::domain::account::{Client, EVENTS_PER_PAGE, SecurityEvent, SecurityKind};
use crate::domain::id::Id;
use crate::domain::permit::Deed;
use crate::domain::person::{House, Person};

/// For how long it is kept.
const KEPT: Duration = Duration::days(400);

/// A row of `aux_security_events`.
#[derive(Queryable, Selectable, Insertable)]
#[diesel(table_name = aux_security_events)]
struct Row {
    id: Id<SecurityEvent>,
    at: Micros,
    kind: SecurityKind,
    person_id: Option<Id<Person>>,
    by_id: Option<Id<Person>>,
    address: String,
    agent: String,
}

impl From<Row> for SecurityEvent {
    fn from(row: Row) -> Self {
        Self {
            id: row.id,
            at: row.at.0,
            kind: row.kind,
            person: row.person_id,
            by: row.by_id,
            client: Client { address: row.address, agent: row.agent },
        }
    }
}

/// Whose account something happens to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Whose {
    /// One of our people's, by themselves.
    Own(Id<Person>),
    /// One of our people's, by another of them, or by a command at the machine.
    By(Id<Person>, Option<Id<Person>>),
    /// Nobody has the login that was typed. It is not kept: people type passwords in its place.
    Nobodys,
}

/// Notes that something happened now, and forgets what is too old.
///
/// # Errors
/// [`super::StoreError::Database`].
pub fn note(tx: &mut Tx<'_>, kind: SecurityKind, whose: Whose, client: &Client) -> Result<()> {
    let now = tx.now();
    let (person_id, by_id) = match whose {
        Whose::Own(person) => (Some(person), None),
        Whose::By(person, by) => (Some(person), by.filter(|by| *by != person)),
        Whose::Nobodys => (None, None),
    };
    let Client { address, agent } = client.clone();
    let row = Row { id: tx.fresh_id()?, at: Micros(now), kind, person_id, by_id, address, agent };
    diesel::insert_into(aux_security_events::table).values(&row).execute(tx.conn())?;
    diesel::delete(aux_security_events::table.filter(aux_security_events::at.lt(Micros(now - KEPT)))).execute(tx.conn())?;
    Ok(())
}

/// A page of what happened, the latest first, and how much there is in all.
pub type Page = (Vec<SecurityEvent>, i64);

/// What happened to the permit's person.
///
/// # Errors
/// [`super::StoreError::Database`].
pub fn of_person<D: Allows>(tx: &mut Tx<'_>, permit: &Permit<'_, D, Person>, page: i64) -> Result<Page> {
    found(tx, Some(permit.id()), page)
}

/// What happened to anybody, for whoever rules the house.
///
/// # Errors
/// [`Denied::Forbidden`] for others.
pub fn of_house<D: Allows>(tx: &mut Tx<'_>, permit: &Permit<'_, D, House>, page: i64) -> Result<Page> {
    if !permit.actor().may(Deed::Manage) {
        return Err(Denied::Forbidden.into());
    }
    found(tx, None, page)
}

/// What happened to that person, or to anybody.
fn found(tx: &mut Tx<'_>, person: Option<Id<Person>>, page: i64) -> Result<Page> {
    let theirs = || {
        let all = aux_security_events::table.into_boxed();
        match person {
            Some(person) => all.filter(aux_security_events::person_id.eq(person)),
            None => all,
        }
    };
    let rows: Vec<Row> = theirs()
        .order(aux_security_events::id.desc())
        .limit(EVENTS_PER_PAGE)
        .offset((page.max(1) - 1).saturating_mul(EVENTS_PER_PAGE))
        .select(Row::as_select())
        .load(tx.conn())?;
    let all = theirs().count().get_result(tx.conn())?;
    Ok((rows.into_iter().map(SecurityEvent::from).collect(), all))
}
