//! Promises: what was said to be done by when, and what became of it.

use diesel::prelude::*;

use super::permit::{Allows, Permit};
use super::rows::{broken, maybe_moment, moment_columns, noun_in, row, struck, struck_columns};
use super::schema::promises;
use super::types::{Micros, ZoneName};
use super::{Denied, Result, StoreError, Tx, entries};
use crate::domain::entry::Entry;
use crate::domain::id::{Id, Uid};
use crate::domain::incident::Incident;
use crate::domain::statement::{DueBy, Promise, PromiseState, Statement};

row! {
    /// A row of `promises`.
    Row in promises {
        id: Id<Promise>,
        uid: Uid,
        revision: i64,
        incident_id: Id<Incident>,
        entry_id: Id<Entry>,
        statement_id: Id<Statement>,
        due_from: Option<Micros>,
        due_to: Option<Micros>,
        due_words: Option<String>,
        due_zone: Option<ZoneName>,
        due_by: DueBy,
        due_reason: String,
        state: PromiseState,
        settled_from: Option<Micros>,
        settled_to: Option<Micros>,
        settled_words: Option<String>,
        settled_zone: Option<ZoneName>,
        settled_by: Option<Id<Entry>>,
        moved_to: Option<Id<Promise>>,
        struck_at: Option<Micros>,
        struck_reason: Option<String>,
    }
}

impl TryFrom<Row> for Promise {
    type Error = StoreError;

    fn try_from(row: Row) -> Result<Self> {
        let misfit = |what| broken("promises", row.id.raw(), what);
        Ok(Self {
            id: row.id,
            uid: row.uid,
            revision: row.revision,
            incident: row.incident_id,
            entry: row.entry_id,
            statement: row.statement_id,
            due: maybe_moment((row.due_from, row.due_to, row.due_words, row.due_zone)).map_err(misfit)?,
            due_by: row.due_by,
            due_reason: row.due_reason,
            state: row.state,
            settled: maybe_moment((row.settled_from, row.settled_to, row.settled_words, row.settled_zone)).map_err(misfit)?,
            settled_by: row.settled_by,
            moved_to: row.moved_to,
            struck: struck(row.struck_at, row.struck_reason).map_err(misfit)?,
        })
    }
}

impl From<&Promise> for Row {
    fn from(promise: &Promise) -> Self {
        let Promise {
            id,
            uid,
            revision,
            incident,
            entry,
            statement,
            due,
            due_by,
            due_reason,
            state,
            settled,
            settled_by,
            moved_to,
            struck,
        } = promise.clone();
        let (due_from, due_to, due_words, due_zone) = moment_columns(due.as_ref());
        let (settled_from, settled_to, settled_words, settled_zone) = moment_columns(settled.as_ref());
        let (struck_at, struck_reason) = struck_columns(struck.as_ref());
        Self {
            id,
            uid,
            revision,
            incident_id: incident,
            entry_id: entry,
            statement_id: statement,
            due_from,
            due_to,
            due_words,
            due_zone,
            due_by,
            due_reason,
            state,
            settled_from,
            settled_to,
            settled_words,
            settled_zone,
            settled_by,
            moved_to,
            struck_at,
            struck_reason,
        }
    }
}

noun_in!(Incident, Promise in promises by incident_id, its incident, of_incident);

/// The promise called `uid` of the permit's incident.
///
/// # Errors
/// [`Denied::NotFound`], also where it is another incident's, or stands in somebody else's private entry.
pub fn get<D: Allows>(tx: &mut Tx<'_>, permit: &Permit<'_, D, Incident>, uid: Uid) -> Result<Promise> {
    let mine = promises::table.filter(promises::uid.eq(uid)).filter(promises::incident_id.eq(permit.id()));
    let row: Option<Row> = mine.select(Row::as_select()).first(tx.conn()).optional()?;
    let promise = Promise::try_from(row.ok_or(Denied::NotFound)?)?;
    entries::by_id(tx, permit, promise.entry)?;
    Ok(promise)
}

/// The promises given by one statement of the permit's incident, the first one first.
///
/// # Errors
/// [`StoreError::Broken`] where one is not what we write.
pub fn of_statement<D: Allows>(
    tx: &mut Tx<'_>,
    permit: &Permit<'_, D, Incident>,
    statement: Id<Statement>,
) -> Result<Vec<Promise>> {
    let rows: Vec<Row> = promises::table
        .filter(promises::incident_id.eq(permit.id()))
        .filter(promises::statement_id.eq(statement))
        .order(promises::id)
        .select(Row::as_select())
        .load(tx.conn())?;
    rows.into_iter().map(Promise::try_from).collect()
}
