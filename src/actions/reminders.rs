//! Mail that our own people want: reminders of deadlines, queued once a day, and of replies; chosen and stopped.

use chrono::NaiveTime;

use crate::domain::id::Id;
use crate::domain::person::Person;
use crate::domain::reminder::{Digest, Reminder, USUAL_TIME};
use crate::store::deadlines::Among;
use crate::store::outbox::Told;
use crate::store::permit::{Edit, Permit};
use crate::store::{Result, Tx, deadlines, outbox, people, reminders};

/// The most deadlines that a mail is made of: who has more finds them in the list.
const MOST: i64 = 500;

/// What somebody wants to be told of by mail.
#[derive(Clone, Debug)]
pub struct Wish {
    /// At which address.
    pub address: String,
    /// Whether of deadlines.
    pub deadlines: bool,
    /// From which time of the day on; none where it is to stay as it is.
    pub at: Option<NaiveTime>,
    /// Whether of replies through shares.
    pub replies: bool,
    /// Where they reach us.
    pub site: String,
}

/// The permit's person wants to be told of that from now on, and of nothing else; what else waits to be sent is dropped.
///
/// # Errors
/// [`crate::store::StoreError`].
pub fn choose(tx: &mut Tx<'_>, permit: &Permit<'_, Edit, Person>, wish: Wish) -> Result<()> {
    let today = tx.now().with_timezone(&people::get(tx, permit)?.zone).date_naive();
    let before = reminders::of(tx, permit.id())?;
    // A day that was taken while a clock went ahead would hold up all days until it.
    let looked_on = before.as_ref().and_then(|before| before.looked_on).map(|day| day.min(today));
    let Wish { address, deadlines, at, replies, site } = wish;
    let at = at.or_else(|| before.map(|before| before.at)).unwrap_or(USUAL_TIME);
    keep(tx, permit, &Reminder { address, at, site, is_on: deadlines, replies, looked_on })
}

/// The permit's person wants no more mail; what waits to be sent is dropped.
///
/// # Errors
/// [`crate::store::StoreError`].
pub fn stop(tx: &mut Tx<'_>, permit: &Permit<'_, Edit, Person>) -> Result<()> {
    match reminders::of(tx, permit.id())? {
        Some(before) => keep(tx, permit, &Reminder { is_on: false, replies: false, ..before }),
        None => Ok(()),
    }
}

fn keep(tx: &mut Tx<'_>, permit: &Permit<'_, Edit, Person>, reminder: &Reminder) -> Result<()> {
    reminders::choose(tx, permit, reminder)?;
    for (told, wanted) in [(Told::Deadlines, reminder.is_on), (Told::Replies, reminder.replies)] {
        if !wanted {
            outbox::drop_told(tx, permit.id(), told)?;
        }
    }
    Ok(())
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

/// What that person chose, while they want to be reminded of deadlines and are not shut out.
///
/// # Errors
/// [`crate::store::StoreError`].
pub fn wanted_by(tx: &mut Tx<'_>, person: Id<Person>) -> Result<Option<(Person, Reminder)>> {
    Ok(chosen_by(tx, person)?.filter(|(_, reminder)| reminder.is_on))
}

/// What that person chose, while they want to be told of replies and are not shut out.
///
/// # Errors
/// [`crate::store::StoreError`].
pub fn hears_of_replies(tx: &mut Tx<'_>, person: Id<Person>) -> Result<Option<(Person, Reminder)>> {
    Ok(chosen_by(tx, person)?.filter(|(_, reminder)| reminder.replies))
}

fn chosen_by(tx: &mut Tx<'_>, person: Id<Person>) -> Result<Option<(Person, Reminder)>> {
    let reminder = reminders::of(tx, person)?;
    let person = people::by_id(tx, person)?.filter(|person| person.disabled_at.is_none());
    Ok(person.zip(reminder))
}

/// What that person is to be reminded of now: of what they may know of, and of nothing else.
///
/// # Errors
/// [`crate::store::StoreError`].
pub fn digest(tx: &mut Tx<'_>, person: &Person) -> Result<Digest> {
    let now = tx.now();
    let actor = person.actor();
    let span = Digest::span(now);
    let (near, _) = deadlines::near(tx, actor, span, Among::All, MOST)?;
    Ok(Digest::of(near, now, person.zone))
}
