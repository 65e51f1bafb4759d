//! Who is reminded of deadlines by mail, and for which day that was decided last; and who is told of replies.

use chrono::{NaiveTime, Timelike};
use diesel::prelude::*;

use super::incidents::bound_by_restriction;
use super::people;
use super::permit::{Permit, Writes};
use super::rows::row;
use super::schema::{aux_reminders, incident_people, people as people_table};
use super::types::{Day, Micros};
use super::{Result, Tx};
use crate::domain::id::Id;
use crate::domain::incident::Incident;
use crate::domain::permit::{Actor, Deed, Role};
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
        replies_since: Option<Micros>,
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
            replies: row.replies_since.is_some(),
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
        replies_since: reminder.replies.then_some(now),
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

/// Everybody who wants to be told of replies, and at which address: of those who are not shut out and may know of the permit's
/// incident, whoever holds the permit.
///
/// # Errors
/// [`super::StoreError::Database`].
pub fn who_hear_of_replies<D: Writes>(tx: &mut Tx<'_>, permit: &Permit<'_, D, Incident>) -> Result<Vec<(Id<Person>, String)>> {
    let wanted: Vec<(Id<Person>, Role, String)> = aux_reminders::table
        .inner_join(people_table::table)
        .filter(aux_reminders::replies_since.is_not_null())
        .filter(people_table::disabled_at.is_null())
        .order(people_table::id)
        .select((people_table::id, people_table::role, aux_reminders::address))
        .load(tx.conn())?;
    if wanted.is_empty() {
        return Ok(Vec::new());
    }
    let only: Vec<Id<Person>> = incident_people::table
        .filter(incident_people::incident_id.eq(permit.id()))
        .select(incident_people::person_id)
        .load(tx.conn())?;
    let may_know = |actor: Actor| {
        let named = bound_by_restriction(actor).is_none_or(|me| only.is_empty() || only.contains(&me));
        actor.may(Deed::Look) && named
    };
    let wanted = wanted.into_iter().filter(|(id, role, _)| may_know(Actor::Person { id: *id, role: *role }));
    Ok(wanted.map(|(id, _, address)| (id, address)).collect())
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
