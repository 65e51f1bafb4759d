//! Incidents, and who may do what to them.
//!
//! An incident that is restricted to some of our people does not exist for the others: that is part of the look-up itself.

mod rows;

use diesel::dsl::{exists, not};
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Text};

use super::dialect::{AnyConnection, MultiBackend};
use super::evidence::Evidence;
use super::house::HOUSE;
use super::ledger::{self, Action};
use super::permit::{Allows, Edit, Look, Manage, Permit, Writes};
use super::rows::Pick;
use super::schema::{incident_people, incidents};
use super::{Denied, Result, StoreError, Tx};
use crate::domain::id::Id;
use crate::domain::incident::{Incident, IncidentNumber};
use crate::domain::ledger::Chain;
use crate::domain::permit::{Actor, Deed};
use crate::domain::person::{House, Person};

pub(super) use rows::load;

/// May `actor` look at the incident called `number`, and at everything on its timeline?
///
/// # Errors
/// [`Denied::NotFound`], also where it is restricted to others; [`Denied::Forbidden`].
pub fn to_look<'tx>(tx: &mut Tx<'tx>, actor: Actor, number: IncidentNumber) -> Result<Permit<'tx, Look, Incident>> {
    scoped(tx, actor, number)
}

/// May `actor` write to the incident called `number`? Nobody else writes to it until the transaction ends.
///
/// # Errors
/// As for [`to_look`].
pub fn for_edit<'tx>(tx: &mut Tx<'tx>, actor: Actor, number: IncidentNumber) -> Result<Permit<'tx, Edit, Incident>> {
    lock(tx, number)?;
    scoped(tx, actor, number)
}

/// As [`for_edit`], for showing what only those are shown who may write: keeps no writer waiting, and good for nothing that writes
/// to the chain.
///
/// # Errors
/// As for [`to_look`].
pub fn to_show<'tx>(tx: &mut Tx<'tx>, actor: Actor, number: IncidentNumber) -> Result<Permit<'tx, Edit, Incident>> {
    scoped(tx, actor, number)
}

/// May `actor` rule over the incident called `number`: who may know of it? Nobody else writes to it until the transaction ends.
///
/// # Errors
/// As for [`to_look`].
pub fn for_manage<'tx>(tx: &mut Tx<'tx>, actor: Actor, number: IncidentNumber) -> Result<Permit<'tx, Manage, Incident>> {
    lock(tx, number)?;
    scoped(tx, actor, number)
}

/// May `actor` open incidents? Nobody else opens one until the transaction ends.
///
/// # Errors
/// [`Denied::Forbidden`].
pub fn for_open<'tx>(tx: &mut Tx<'tx>, actor: Actor) -> Result<Permit<'tx, Edit, House>> {
    ledger::lock(tx, Chain::House)?;
    Ok(Permit::grant(tx, actor, HOUSE, Chain::House)?)
}

/// Locks before anything is read: what is read afterwards stays so until the transaction ends.
fn lock(tx: &mut Tx<'_>, number: IncidentNumber) -> Result<()> {
    let id: Option<Id<Incident>> = named(number).select(incidents::id).first(tx.conn()).optional()?;
    ledger::lock(tx, Chain::Incident(id.ok_or(Denied::NotFound)?))
}

#[diesel::dsl::auto_type]
fn named(number: IncidentNumber) -> _ {
    let (year, count): (i64, i64) = (number.year as i64, number.count);
    incidents::table.filter(incidents::year.eq(year)).filter(incidents::count.eq(count))
}

fn scoped<'tx, D: Allows>(tx: &mut Tx<'tx>, actor: Actor, number: IncidentNumber) -> Result<Permit<'tx, D, Incident>> {
    grant(tx, actor, named(number).select(incidents::id).into_boxed())
}

/// May `actor` look at the incident with that key?
///
/// # Errors
/// As for [`to_look`].
pub(super) fn to_look_by_id<'tx>(tx: &mut Tx<'tx>, actor: Actor, id: Id<Incident>) -> Result<Permit<'tx, Look, Incident>> {
    grant(tx, actor, incidents::table.filter(incidents::id.eq(id)).select(incidents::id).into_boxed())
}

/// May `actor` write to the incident with that key? Nobody else writes to it until the transaction ends.
///
/// # Errors
/// As for [`to_look`].
pub(super) fn for_edit_by_id<'tx>(tx: &mut Tx<'tx>, actor: Actor, id: Id<Incident>) -> Result<Permit<'tx, Edit, Incident>> {
    ledger::lock(tx, Chain::Incident(id))?;
    grant(tx, actor, incidents::table.filter(incidents::id.eq(id)).select(incidents::id).into_boxed())
}

/// A query for the key of one incident.
type Asked<'a> = incidents::BoxedQuery<'a, MultiBackend, BigInt>;

fn grant<'tx, D: Allows>(tx: &mut Tx<'tx>, actor: Actor, asked: Asked<'_>) -> Result<Permit<'tx, D, Incident>> {
    let asked = match bound_by_restriction(actor) {
        None => asked,
        Some(me) => {
            let readers = incident_people::table.filter(incident_people::incident_id.eq(incidents::id));
            asked.filter(not(exists(readers)).or(exists(readers.filter(incident_people::person_id.eq(me)))))
        }
    };
    let id: Option<Id<Incident>> = asked.first(tx.conn()).optional()?;
    let id = id.ok_or(Denied::NotFound)?;
    Ok(Permit::grant(tx, actor, id, Chain::Incident(id))?)
}

/// Who knows only of unrestricted incidents and of those restricted to them; none for those who know of all.
pub(super) const fn bound_by_restriction(actor: Actor) -> Option<Id<Person>> {
    if actor.may(Deed::Manage) { None } else { actor.person() }
}

/// What a counter came to.
#[derive(QueryableByName)]
pub(super) struct Counted {
    /// Its value.
    #[diesel(sql_type = BigInt)]
    pub(super) value: i64,
}

/// The next number of a year. Counted on from what is there, should the counter be lost.
///
/// # Errors
/// [`StoreError::Database`].
pub fn next_number(tx: &mut Tx<'_>, year: i32) -> Result<IncidentNumber> {
    let last: Option<i64> = incidents::table
        .filter(incidents::year.eq(i64::from(year)))
        .select(diesel::dsl::max(incidents::count))
        .first(tx.conn())?;
    let counted: Counted = diesel::sql_query(
        "INSERT INTO aux_counters (name, value) VALUES ($1, $2 + 1) ON CONFLICT (name) DO UPDATE \
         SET value = CASE WHEN aux_counters.value < $2 THEN $2 ELSE aux_counters.value END + 1 RETURNING value",
    )
    .bind::<Text, _>(format!("incidents:{year}"))
    .bind::<BigInt, _>(last.unwrap_or(0))
    .get_result(tx.conn())?;
    Ok(IncidentNumber { year, count: counted.value })
}

/// Opens an incident, and its chain of the ledger.
///
/// # Errors
/// [`StoreError::Taken`] where the number is.
pub fn open<'tx, D: Writes>(
    tx: &mut Tx<'tx>,
    house: &Permit<'tx, D, House>,
    action: Action,
    incident: &Incident,
) -> Result<Permit<'tx, Edit, Incident>> {
    let permit = Permit::unchecked(tx, house.actor(), incident.id, Chain::Incident(incident.id));
    rows::save(tx, incident)?;
    ledger::append(tx, &permit, action, incident)?;
    Ok(permit)
}

/// The permit's incident.
///
/// # Errors
/// [`StoreError::Broken`] where it is not what we write.
pub fn get<D: Allows>(tx: &mut Tx<'_>, permit: &Permit<'_, D, Incident>) -> Result<Incident> {
    load(tx.conn(), Pick::Keys(&[permit.id().raw()]))?.pop().ok_or(StoreError::Denied(Denied::NotFound))
}

/// Changes the permit's incident; the revision follows the one before.
///
/// # Errors
/// [`StoreError::Stale`] where it does not; [`Denied::Forbidden`] where it is another incident.
pub fn change<D: Writes>(tx: &mut Tx<'_>, permit: &Permit<'_, D, Incident>, action: Action, incident: &Incident) -> Result<()> {
    super::same(permit.id(), incident.id)?;
    rows::save(tx, incident)?;
    ledger::append(tx, permit, action, incident)
}

impl Evidence for Incident {
    const TABLES: &'static [&'static str] =
        &["incidents", "incident_times", "incident_parties", "incident_contracts", "incident_people"];

    fn load(conn: &mut AnyConnection, keys: &[i64]) -> Result<Vec<(Chain, Self)>> {
        Ok(load(conn, Pick::Keys(keys))?.into_iter().map(|incident| (Chain::Incident(incident.id), incident)).collect())
    }

    fn rows(&self) -> Vec<usize> {
        vec![1, self.times.len(), self.parties.len(), self.contracts.len(), self.restricted_to.len()]
    }
}
