//! Who is reminded of deadlines by mail, and for which day that was decided last.

use chrono::{NaiveTime, Timelike};
use diesel::prelude::*;

use super::people;
use super::permit::{Permit, Writes};
use super::rows::row;
use super::schema::{aux_reminders, people as people_table};
use super::types::{Day, Micros};
use super::{Result, Tx};
use crate::domain::id::Id;
use crate::domain::person::Person;
use crate::domain::reminder::{Reminder, USUAL_TIME};

row! {
    /// A row of `aux_reminders`.
    Row in aux_reminders {
        person_id: Id<Person>,
        address: String,
        at_minute: i64,
        site: String,
        chosen_at: Micros,
        stopped_at: Option<Micros>,
        looked_on: Option<Day>,
    }
}

impl From<Row> for Reminder {
    fn from(row: Row) -> Self {
        let seconds = u32::try_from(row.at_minute * 60).ok();
        let at = seconds.and_then(|seconds| NaiveTime::from_num_seconds_from_midnight_opt(seconds, 0));
        Self {
            address: row.address,
            at: at.unwrap_or(USUAL_TIME),
            site: row.site,
            is_on: row.stopped_at.is_none(),
            looked_on: row.looked_on.map(|day| day.0),
        }
    }
}

/// What the person chose, if they ever did.
///
/// # Errors
/// [`super::StoreError::Database`].
pub fn of(tx: &mut Tx<'_>, person: Id<Person>) -> Result<Option<Reminder>> {
    let row: Option<Row> = aux_reminders::table.find(person).select(Row::as_select()).first(tx.conn()).optional()?;
    Ok(row.map(Reminder::from))
}

/// Keeps what the permit's person chose, in the place of what they chose before.
///
/// # Errors
/// [`super::StoreError::Database`].
pub fn choose<D: Writes>(tx: &mut Tx<'_>, permit: &Permit<'_, D, Person>, reminder: &Reminder) -> Result<()> {
    let now = Micros(tx.now());
    let row = Row {
        person_id: permit.id(),
        address: reminder.address.clone(),
        at_minute: i64::from(reminder.at.num_seconds_from_midnight() / 60),
        site: reminder.site.clone(),
        chosen_at: now,
        stopped_at: (!reminder.is_on).then_some(now),
        looked_on: reminder.looked_on.map(Day),
    };
    diesel::delete(aux_reminders::table.find(permit.id())).execute(tx.conn())?;
    diesel::insert_into(aux_reminders::table).values(&row).execute(tx.conn())?;
    Ok(())
}

/// Everybody who wants to be reminded and is not shut out.
///
/// # Errors
/// [`super::StoreError::Database`].
pub fn wanted(tx: &mut Tx<'_>) -> Result<Vec<(Person, Reminder)>> {
    let rows: Vec<(people::Row, Row)> = aux_reminders::table
        .inner_join(people_table::table)
        .filter(aux_reminders::stopped_at.is_null())
        .filter(people_table::disabled_at.is_null())
        .select((people::Row::as_select(), Row::as_select()))
        .load(tx.conn())?;
    Ok(rows.into_iter().map(|(person, row)| (person.into(), row.into())).collect())
}

/// Takes that day, to decide whether the person is reminded on it; not where it, or a later one, was taken already.
///
/// # Errors
/// [`super::StoreError::Database`].
pub fn take(tx: &mut Tx<'_>, person: Id<Person>, day: chrono::NaiveDate) -> Result<bool> {
    let day = Some(Day(day));
    let free = aux_reminders::looked_on.is_null().or(aux_reminders::looked_on.lt(day));
    let mine = aux_reminders::table.find(person).filter(aux_reminders::stopped_at.is_null()).filter(free);
    Ok(diesel::update(mine).set(aux_reminders::looked_on.eq(day)).execute(tx.conn())? == 1)
}
