//! Reminders of deadlines: chosen, stopped, and queued once a day.

use chrono::NaiveTime;

use crate::domain::id::Id;
use crate::domain::permit::Actor;
use crate::domain::person::Person;
use crate::domain::reminder::{Digest, Reminder};
use crate::store::permit::{Edit, Permit};
use crate::store::{Result, Tx, deadlines, outbox, people, reminders};

/// The most deadlines that a mail is made of: who has more finds them in the list.
const MOST: i64 = 500;

/// The permit's person wants to be reminded at that address, from that time of the day on. `site` is where they reach us.
///
/// # Errors
/// [`crate::store::StoreError`].
pub fn choose(tx: &mut Tx<'_>, permit: &Permit<'_, Edit, Person>, address: String, at: NaiveTime, site: String) -> Result<()> {
    let today = tx.now().with_timezone(&people::get(tx, permit)?.zone).date_naive();
    // A day that was taken while a clock went ahead would hold up all days until it.
    let looked_on = reminders::of(tx, permit.id())?.and_then(|before| before.looked_on).map(|day| day.min(today));
    reminders::choose(tx, permit, &Reminder { address, at, site, is_on: true, looked_on })
}

/// The permit's person wants to be reminded no more; what waits to be sent is dropped.
///
/// # Errors
/// [`crate::store::StoreError`].
pub fn stop(tx: &mut Tx<'_>, permit: &Permit<'_, Edit, Person>) -> Result<()> {
    if let Some(reminder) = reminders::of(tx, permit.id())? {
        reminders::choose(tx, permit, &Reminder { is_on: false, ..reminder })?;
    }
    outbox::drop_reminders(tx, permit.id())
}

/// The people for whom it is to be decided now whether they are reminded. Asking writes nothing.
///
/// # Errors
/// [`crate::store::StoreError`].
pub fn due(tx: &mut Tx<'_>) -> Result<Vec<Id<Person>>> {
    let now = tx.now();
    let wanted = reminders::wanted(tx)?.into_iter();
    Ok(wanted.filter(|(person, reminder)| reminder.due_day(now, person.zone).is_some()).map(|(person, _)| person.id).collect())
}

/// Decides for today whether that person is reminded, and queues the mail if they are. Of several who try, one does.
///
/// # Errors
/// [`crate::store::StoreError`].
pub fn remind(tx: &mut Tx<'_>, person: Id<Person>) -> Result<()> {
    let now = tx.now();
    let Some((person, reminder)) = wanted_by(tx, person)? else { return Ok(()) };
    let Some(day) = reminder.due_day(now, person.zone) else { return Ok(()) };
    if reminders::take(tx, person.id, day)? && digest(tx, &person)?.calls() {
        outbox::queue_reminder(tx, person.id, reminder.address)?;
    }
    Ok(())
}

/// What that person chose, while they want to be reminded and are not shut out.
///
/// # Errors
/// [`crate::store::StoreError`].
pub fn wanted_by(tx: &mut Tx<'_>, person: Id<Person>) -> Result<Option<(Person, Reminder)>> {
    let reminder = reminders::of(tx, person)?.filter(|reminder| reminder.is_on);
    let person = people::by_id(tx, person)?.filter(|person| person.disabled_at.is_none());
    Ok(person.zip(reminder))
}

/// What that person is to be reminded of now: of what they may know of, and of nothing else.
///
/// # Errors
/// [`crate::store::StoreError`].
pub fn digest(tx: &mut Tx<'_>, person: &Person) -> Result<Digest> {
    let now = tx.now();
    let actor = Actor::Person { id: person.id, role: person.role };
    let span = Digest::span(now);
    let (near, _) = deadlines::near(tx, actor, span, span.0, MOST)?;
    Ok(Digest::of(near, now, person.zone))
}
