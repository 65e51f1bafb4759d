//! Calls while they happen: a row for each, and its taps, appended.

use diesel::prelude::*;

use super::dialect::both;
use super::permit::{Allows, Permit, Writes};
use super::schema::{aux_live_calls, aux_live_taps, incidents};
use super::types::Micros;
use super::{Denied, Result, Tx, dialect, news};
use crate::domain::call::live::{LiveCall, LiveState, Tap};
use crate::domain::entry::Entry;
use crate::domain::id::{Id, Uid};
use crate::domain::incident::{Incident, IncidentNumber};
use crate::domain::person::Person;

/// A row of `aux_live_calls`.
#[derive(Queryable, Selectable, Insertable)]
#[diesel(table_name = aux_live_calls)]
struct Row {
    id: Id<LiveCall>,
    uid: Uid,
    incident_id: Id<Incident>,
    person_id: Id<Person>,
    began_at: Micros,
    state: LiveState,
    entry_id: Option<Id<Entry>>,
}

fn with_taps(tx: &mut Tx<'_>, row: Row) -> Result<LiveCall> {
    let mine = aux_live_taps::table.filter(aux_live_taps::call_id.eq(row.id)).order(aux_live_taps::id);
    let taps: Vec<String> = mine.select(aux_live_taps::tap).load(tx.conn())?;
    let broken = |error: serde_json::Error| super::rows::broken("aux_live_taps", row.id.raw(), &error.to_string());
    let taps = taps.iter().map(|tap| serde_json::from_str(tap).map_err(broken)).collect::<Result<_>>()?;
    Ok(LiveCall {
        id: row.id,
        uid: row.uid,
        incident: row.incident_id,
        person: row.person_id,
        began_at: row.began_at.0,
        state: row.state,
        entry: row.entry_id,
        taps,
    })
}

/// The calls about the permit's incident that are not saved yet, of all desks, the earliest first.
///
/// # Errors
/// [`super::StoreError::Database`].
pub fn unsaved<D: Allows>(tx: &mut Tx<'_>, permit: &Permit<'_, D, Incident>) -> Result<Vec<LiveCall>> {
    let open = aux_live_calls::state.eq_any([LiveState::Running, LiveState::Over]);
    let mine = aux_live_calls::table.filter(aux_live_calls::incident_id.eq(permit.id())).filter(open);
    let rows: Vec<Row> = mine.order(aux_live_calls::id).select(Row::as_select()).load(tx.conn())?;
    rows.into_iter().map(|row| with_taps(tx, row)).collect()
}

/// Forgets the taps of the call that became that entry: what was typed while it went on.
///
/// # Errors
/// [`super::StoreError::Database`].
pub(super) fn forget_call_of<D: Writes>(tx: &mut Tx<'_>, permit: &Permit<'_, D, Incident>, entry: Id<Entry>) -> Result<()> {
    let calls =
        aux_live_calls::table.filter(aux_live_calls::incident_id.eq(permit.id())).filter(aux_live_calls::entry_id.eq(entry));
    let calls: Vec<Id<LiveCall>> = calls.select(aux_live_calls::id).load(tx.conn())?;
    diesel::delete(aux_live_taps::table.filter(aux_live_taps::call_id.eq_any(calls))).execute(tx.conn())?;
    Ok(())
}

/// About which incident a person's call goes on, if one does.
///
/// # Errors
/// [`super::StoreError::Database`].
pub fn running_about(tx: &mut Tx<'_>, person: Id<Person>) -> Result<Option<IncidentNumber>> {
    let mine = aux_live_calls::table.inner_join(incidents::table).filter(aux_live_calls::person_id.eq(person));
    let latest = mine.filter(aux_live_calls::state.eq(LiveState::Running)).order(aux_live_calls::id.desc());
    let found: Option<(i64, i64)> = latest.select((incidents::year, incidents::count)).first(tx.conn()).optional()?;
    Ok(found.and_then(|(year, count)| Some(IncidentNumber { year: i32::try_from(year).ok()?, count })))
}

/// How far the taps about the permit's incident have come: grows with each of them, and with each call that is saved or dropped.
///
/// # Errors
/// [`super::StoreError::Database`].
pub fn reached<D: Allows>(tx: &mut Tx<'_>, permit: &Permit<'_, D, Incident>) -> Result<(i64, i64)> {
    let calls = aux_live_calls::table.filter(aux_live_calls::incident_id.eq(permit.id()));
    let taps = aux_live_taps::table.inner_join(aux_live_calls::table).filter(aux_live_calls::incident_id.eq(permit.id()));
    let last: Option<i64> = taps.select(diesel::dsl::max(aux_live_taps::id)).first(tx.conn())?;
    let closed: i64 =
        calls.filter(aux_live_calls::state.eq_any([LiveState::Saved, LiveState::Dropped])).count().get_result(tx.conn())?;
    Ok((last.unwrap_or_default(), closed))
}

/// The call of that uid, if it is about the permit's incident.
///
/// # Errors
/// [`super::StoreError::Database`].
pub fn find<D: Allows>(tx: &mut Tx<'_>, permit: &Permit<'_, D, Incident>, uid: Uid) -> Result<Option<LiveCall>> {
    let mine = aux_live_calls::table.filter(aux_live_calls::uid.eq(uid)).filter(aux_live_calls::incident_id.eq(permit.id()));
    let row: Option<Row> = mine.select(Row::as_select()).first(tx.conn()).optional()?;
    row.map(|row| with_taps(tx, row)).transpose()
}

/// The call of that uid at the desk of the permit's person.
///
/// # Errors
/// [`Denied::NotFound`], also where it is somebody else's.
pub fn own<D: Allows>(tx: &mut Tx<'_>, permit: &Permit<'_, D, Incident>, uid: Uid) -> Result<LiveCall> {
    let found = find(tx, permit, uid)?.filter(|found| Some(found.person) == permit.actor().person());
    Ok(found.ok_or(Denied::NotFound)?)
}

/// Begins a call at the desk of the permit's person.
///
/// # Errors
/// [`Denied::Forbidden`] where nobody is at the desk.
pub fn begin<D: Writes>(tx: &mut Tx<'_>, permit: &Permit<'_, D, Incident>, uid: Uid) -> Result<LiveCall> {
    let person = permit.actor().person().ok_or(Denied::Forbidden)?;
    let row = Row {
        id: tx.fresh_id()?,
        uid,
        incident_id: permit.id(),
        person_id: person,
        began_at: Micros(tx.now()),
        state: LiveState::Running,
        entry_id: None,
    };
    diesel::insert_into(aux_live_calls::table).values(&row).execute(tx.conn())?;
    with_taps(tx, row)
}

/// Appends taps; what is there already stays as it is.
///
/// # Errors
/// [`super::StoreError::Database`].
pub fn append(tx: &mut Tx<'_>, call: &mut LiveCall, taps: Vec<Tap>) -> Result<()> {
    for tap in taps {
        let text = serde_json::to_string(&tap)?;
        let row = (
            aux_live_taps::id.eq(dialect::next_id(tx.conn())?),
            aux_live_taps::call_id.eq(call.id),
            aux_live_taps::uid.eq(tap.uid),
            aux_live_taps::tap.eq(text),
        );
        let added = both!(tx.conn(), |conn| diesel::insert_into(aux_live_taps::table)
            .values(row)
            .on_conflict_do_nothing()
            .execute(conn))?;
        if added == 1 {
            call.taps.push(tap);
        }
    }
    news::tell(tx, call.incident)
}

/// Notes what became of a call. Once it is saved or dropped, its taps are gone.
///
/// # Errors
/// [`super::StoreError::Database`].
pub fn turn(tx: &mut Tx<'_>, call: &mut LiveCall, state: LiveState, entry: Option<Id<Entry>>) -> Result<()> {
    let mine = aux_live_calls::table.find(call.id);
    diesel::update(mine).set((aux_live_calls::state.eq(state), aux_live_calls::entry_id.eq(entry))).execute(tx.conn())?;
    if matches!(state, LiveState::Saved | LiveState::Dropped) {
        diesel::delete(aux_live_taps::table.filter(aux_live_taps::call_id.eq(call.id))).execute(tx.conn())?;
        call.taps.clear();
    }
    (call.state, call.entry) = (state, entry);
    news::tell(tx, call.incident)
}
