//! Telling people that somebody replied through a share: queued with the reply, and written when the mail goes out, so that it says
//! what they may know of then.

use crate::actions::reminders;
use crate::app::App;
use crate::domain::entry::Entry;
use crate::domain::id::Id;
use crate::domain::outbox::{Mail, Queued};
use crate::domain::person::Person;
use crate::domain::view::Internal;
use crate::error::AppError;
use crate::render::mail::ReplyMail;
use crate::render::words::Words;
use crate::store::{Denied, StoreError, dossier, replies};

/// The mail in hand with its text as of now; none where the person wants none any more, may not know of the incident any more, or
/// where the reply was struck out meanwhile.
///
/// # Errors
/// [`AppError`].
pub fn write(app: &App, queued: Queued, person: Id<Person>, reply: Id<Entry>) -> Result<Option<Queued>, AppError> {
    let now = app.now();
    let found = app.store.read(now, |tx| {
        let Some((person, reminder)) = reminders::hears_of_replies(tx, person)? else { return Ok(None) };
        let actor = person.actor();
        let (permit, uid) = match replies::to_look(tx, actor, reply) {
            Err(StoreError::Denied(Denied::NotFound | Denied::Forbidden)) => return Ok(None),
            found => found?,
        };
        let view = dossier::kept(tx, &permit)?.view::<Internal>(&Some(person.id), now);
        Ok::<_, StoreError>(Some((person, reminder, uid, view)))
    })?;
    let Some((person, reminder, uid, view)) = found else { return Ok(None) };
    let words = Words::new(person.locale);
    let base = app.site().unwrap_or(reminder.site);
    let entry = view.entries.iter().find(|entry| entry.uid == uid && entry.struck.is_none());
    let Some(mail) = entry.and_then(|entry| ReplyMail::new(&view, entry, words, person.zone, base)) else { return Ok(None) };
    let text = mail.text(words)?;
    Ok(Some(Queued { mail: Mail { to: reminder.address, subject: text.subject, body: text.body }, ..queued }))
}
