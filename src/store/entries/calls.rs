//! A call's rows.

use diesel::prelude::*;

use super::scoped;
use crate::domain::call::{Call, CallWith, Direction, Leg, Outcome, Telling, Wait, WaitWhy};
use crate::domain::entry::Entry;
use crate::domain::id::Id;
use crate::domain::party::Contact;
use crate::store::dialect::AnyConnection;
use crate::store::rows::{Parts, Pick, broken, numbered, row, save_parts};
use crate::store::schema::{call_legs, call_waits, calls, entries};
use crate::store::types::{Micros, YesNo};
use crate::store::{Result, StoreError, Tx};

/// A row of `calls`: there is one for an entry, or none.
#[derive(Queryable, Selectable, Insertable)]
#[diesel(table_name = calls, treat_none_as_default_value = false)]
struct CallRow {
    entry_id: Id<Entry>,
    direction: Direction,
    with_whom: CallWith,
    number: String,
    dialled: Micros,
    answered: Option<Micros>,
    ended: Option<Micros>,
    outcome: Outcome,
}

row! {
    /// A row of `call_legs`.
    LegRow in call_legs of entry_id {
        entry_id: Id<Entry>,
        position: i64,
        contact_id: Option<Id<Contact>>,
        who: String,
        from_at: Option<Micros>,
        to_at: Option<Micros>,
        told: YesNo,
        told_from: Option<Micros>,
        told_to: Option<Micros>,
    }
}

row! {
    /// A row of `call_waits`.
    WaitRow in call_waits of entry_id {
        entry_id: Id<Entry>,
        position: i64,
        why: WaitWhy,
        from_at: Micros,
        to_at: Micros,
    }
}

impl CallRow {
    fn new(entry_id: Id<Entry>, call: &Call) -> Self {
        let Call { direction, with, number, dialled, answered, ended, outcome, legs: _, waits: _ } = call;
        Self {
            entry_id,
            direction: *direction,
            with_whom: *with,
            number: number.clone(),
            dialled: Micros(*dialled),
            answered: answered.map(Micros),
            ended: ended.map(Micros),
            outcome: *outcome,
        }
    }
}

impl LegRow {
    fn new(entry_id: Id<Entry>, position: i64, leg: &Leg) -> Self {
        let Leg { contact: contact_id, who, from, to, told_from_start } = leg.clone();
        let (told, Telling { from: told_from, to: told_to }) =
            (YesNo(told_from_start.is_some()), told_from_start.unwrap_or(Telling { from: None, to: None }));
        Self {
            entry_id,
            position,
            contact_id,
            who,
            from_at: from.map(Micros),
            to_at: to.map(Micros),
            told,
            told_from: told_from.map(Micros),
            told_to: told_to.map(Micros),
        }
    }
}

impl TryFrom<LegRow> for Leg {
    type Error = StoreError;

    fn try_from(row: LegRow) -> Result<Self> {
        let LegRow { entry_id, position: _, contact_id, who, from_at, to_at, told, told_from, told_to } = row;
        let told_from_start = match (told, told_from, told_to) {
            (YesNo(true), from, to) => Some(Telling { from: from.map(|at| at.0), to: to.map(|at| at.0) }),
            (YesNo(false), None, None) => None,
            _ => return Err(broken("call_legs", entry_id.raw(), "its telling is not whole")),
        };
        Ok(Self { contact: contact_id, who, from: from_at.map(|at| at.0), to: to_at.map(|at| at.0), told_from_start })
    }
}

impl WaitRow {
    fn new(entry_id: Id<Entry>, position: i64, wait: Wait) -> Self {
        let Wait { why, from, to } = wait;
        Self { entry_id, position, why, from_at: Micros(from), to_at: Micros(to) }
    }
}

impl From<WaitRow> for Wait {
    fn from(row: WaitRow) -> Self {
        let WaitRow { entry_id: _, position: _, why, from_at: Micros(from), to_at: Micros(to) } = row;
        Self { why, from, to }
    }
}

/// Writes an entry's call, if it has one, in the place of what was there.
pub(super) fn save(tx: &mut Tx<'_>, entry_id: Id<Entry>, call: Option<&Call>) -> Result<()> {
    let (legs, waits) = call.map_or((&[][..], &[][..]), |call| (&call.legs, &call.waits));
    let legs = numbered(legs).map(|(position, leg)| LegRow::new(entry_id, position, leg));
    save_parts!(tx, legs => call_legs.entry_id = entry_id);
    let waits = numbered(waits).map(|(position, wait)| WaitRow::new(entry_id, position, *wait));
    save_parts!(tx, waits => call_waits.entry_id = entry_id);
    let call = call.into_iter().map(|call| CallRow::new(entry_id, call));
    save_parts!(tx, call => calls.entry_id = entry_id);
    Ok(())
}

/// Calls, by their entries.
pub(super) struct Calls {
    calls: std::collections::HashMap<Id<Entry>, CallRow>,
    legs: Parts<LegRow>,
    waits: Parts<WaitRow>,
}

impl Calls {
    /// Loads the calls of many entries, in three queries.
    pub(super) fn load(conn: &mut AnyConnection, pick: Pick<'_>) -> Result<Self> {
        let rows: Vec<CallRow> =
            scoped!(calls::table.inner_join(entries::table).select(CallRow::as_select()), pick).load(conn)?;
        let legs = scoped!(call_legs::table.inner_join(entries::table).select(LegRow::as_select()), pick);
        let waits = scoped!(call_waits::table.inner_join(entries::table).select(WaitRow::as_select()), pick);
        Ok(Self {
            calls: rows.into_iter().map(|row| (row.entry_id, row)).collect(),
            legs: Parts::new(legs.order((call_legs::entry_id, call_legs::position)).load(conn)?)?,
            waits: Parts::new(waits.order((call_waits::entry_id, call_waits::position)).load(conn)?)?,
        })
    }

    /// The call of one entry, if it has one.
    pub(super) fn take(&mut self, entry: Id<Entry>) -> Result<Option<Call>> {
        let Some(row) = self.calls.remove(&entry) else { return Ok(None) };
        let CallRow { entry_id: _, direction, with_whom, number, dialled, answered, ended, outcome } = row;
        Ok(Some(Call {
            direction,
            with: with_whom,
            number,
            dialled: dialled.0,
            answered: answered.map(|at| at.0),
            ended: ended.map(|at| at.0),
            outcome,
            legs: self.legs.take(entry.raw()).into_iter().map(Leg::try_from).collect::<Result<_>>()?,
            waits: self.waits.take(entry.raw()).into_iter().map(Wait::from).collect(),
        }))
    }
}
