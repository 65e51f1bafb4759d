//! Reminding people of deadlines: decided for each person once a day, and written when the mail goes out, so that it says what is so
//! then and what they may know of then.

use crate::actions::reminders;
use crate::app::App;
use crate::domain::id::Id;
use crate::domain::outbox::{Mail, Queued};
use crate::domain::person::Person;
use crate::error::AppError;
use crate::render::mail::ReminderMail;
use crate::render::words::Words;
use crate::store::StoreError;

/// Queues the reminders that are due. Without a mail server nobody is reminded. Who cannot be, holds up no other, and is tried again
/// at the next look.
///
/// # Errors
/// [`StoreError`].
pub fn work_off(app: &App) -> Result<(), StoreError> {
    if !app.mails {
        return Ok(());
    }
    for person in app.store.read(app.now(), reminders::due)? {
        if let Err(error) = app.store.write(app.now(), |tx| reminders::remind(tx, person)) {
            tracing::warn!(person = person.raw(), %error, "somebody cannot be reminded; it is tried again");
        }
    }
    Ok(())
}

/// The reminder in hand with its text as of now; none where its day is over, where nothing is due any more, or where the person
/// wants none any more.
///
/// # Errors
/// [`AppError`].
pub fn write(app: &App, queued: Queued, person: Id<Person>) -> Result<Option<Queued>, AppError> {
    let now = app.now();
    let found = app.store.read(now, |tx| {
        let Some((person, reminder)) = reminders::wanted_by(tx, person)? else { return Ok(None) };
        let digest = reminders::digest(tx, &person)?;
        Ok::<_, StoreError>(Some((person, reminder, digest)))
    })?;
    let Some((person, reminder, digest)) = found else { return Ok(None) };
    let day = |at: chrono::DateTime<chrono::Utc>| at.with_timezone(&person.zone).date_naive();
    if !digest.calls() || day(queued.queued_at) != day(now) {
        return Ok(None);
    }
    let base = app.site().unwrap_or(reminder.site);
    let mail = ReminderMail::new(&digest, Words::new(person.locale), person.zone, base, now);
    let text = mail.text(Words::new(person.locale))?;
    Ok(Some(Queued { mail: Mail { to: reminder.address, subject: text.subject, body: text.body }, ..queued }))
}
