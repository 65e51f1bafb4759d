//! The outbox's rows: queued in the transaction of the use case, claimed by one process, one row or none.

use chrono::Duration;
use diesel::prelude::*;

use super::permit::{Allows, Permit, Writes};
use super::schema::aux_outbox;
use super::types::Micros;
use super::{Result, Tx};
use crate::domain::entry::Entry;
use crate::domain::id::{Id, Uid};
use crate::domain::incident::Incident;
use crate::domain::outbox::{Mail, Queued, Trouble};
use crate::domain::person::Person;
use crate::domain::share::Share;

/// A row of `aux_outbox`, but for the claim.
#[derive(Queryable, Selectable, Insertable)]
#[diesel(table_name = aux_outbox)]
struct Row {
    id: Id<Queued>,
    uid: Uid,
    incident_id: Option<Id<Incident>>,
    share_id: Option<Id<Share>>,
    recipient: String,
    subject: String,
    body: String,
    queued_at: Micros,
    queued_by: Option<Id<Person>>,
    attempts: i64,
    next_at: Option<Micros>,
    sent_at: Option<Micros>,
    trouble: Option<Trouble>,
    trouble_words: Option<String>,
    reminds: Option<Id<Person>>,
    reply_id: Option<Id<Entry>>,
}

impl Row {
    /// Of a mail that is due at once.
    fn fresh(tx: &mut Tx<'_>, mail: Mail) -> Result<Self> {
        Ok(Self {
            id: tx.fresh_id()?,
            uid: tx.fresh_uid()?,
            incident_id: None,
            share_id: None,
            recipient: mail.to,
            subject: mail.subject,
            body: mail.body,
            queued_at: Micros(tx.now()),
            queued_by: None,
            attempts: 0,
            next_at: Some(Micros(tx.now())),
            sent_at: None,
            trouble: None,
            trouble_words: None,
            reminds: None,
            reply_id: None,
        })
    }
}

impl From<Row> for Queued {
    fn from(row: Row) -> Self {
        let words = row.trouble_words.unwrap_or_default();
        Self {
            id: row.id,
            uid: row.uid,
            incident: row.incident_id,
            share: row.share_id,
            reminds: row.reminds,
            reply: row.reply_id,
            mail: Mail { to: row.recipient, subject: row.subject, body: row.body },
            queued_at: row.queued_at.0,
            queued_by: row.queued_by,
            attempts: row.attempts,
            next_at: row.next_at.map(|at| at.0),
            sent_at: row.sent_at.map(|at| at.0),
            trouble: row.trouble.map(|trouble| (trouble, words)),
        }
    }
}

/// Queues a mail about the permit's incident, to be sent at once.
///
/// # Errors
/// [`super::StoreError::Database`].
pub fn queue<D: Writes>(
    tx: &mut Tx<'_>,
    permit: &Permit<'_, D, Incident>,
    share: Option<Id<Share>>,
    mail: Mail,
) -> Result<Id<Queued>> {
    let row =
        Row { incident_id: Some(permit.id()), share_id: share, queued_by: permit.actor().person(), ..Row::fresh(tx, mail)? };
    diesel::insert_into(aux_outbox::table).values(&row).execute(tx.conn())?;
    Ok(row.id)
}

/// Queues a mail of the house itself, about no incident.
///
/// # Errors
/// [`super::StoreError::Database`].
pub(super) fn queue_of_house(tx: &mut Tx<'_>, mail: Mail) -> Result<Id<Queued>> {
    let row = Row::fresh(tx, mail)?;
    diesel::insert_into(aux_outbox::table).values(&row).execute(tx.conn())?;
    Ok(row.id)
}

/// What a mail that somebody gets on their own wish is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Told {
    /// Deadlines.
    Deadlines,
    /// Replies.
    Replies,
}

/// Queues a mail that reminds that person, to be sent at once; its text is made then. One that waits still makes way for it.
///
/// # Errors
/// [`super::StoreError::Database`].
pub fn queue_reminder(tx: &mut Tx<'_>, person: Id<Person>, to: String) -> Result<()> {
    drop_told(tx, person, Told::Deadlines)?;
    put_told(tx, person, to, None)
}

/// Queues a mail that tells that person of a reply, to be sent at once; its text is made then.
///
/// # Errors
/// [`super::StoreError::Database`].
pub fn queue_reply(tx: &mut Tx<'_>, person: Id<Person>, to: String, reply: Id<Entry>) -> Result<()> {
    put_told(tx, person, to, Some(reply))
}

fn put_told(tx: &mut Tx<'_>, person: Id<Person>, to: String, reply_id: Option<Id<Entry>>) -> Result<()> {
    let mail = Mail { to, subject: String::new(), body: String::new() };
    let row = Row { reminds: Some(person), reply_id, ..Row::fresh(tx, mail)? };
    diesel::insert_into(aux_outbox::table).values(&row).execute(tx.conn())?;
    Ok(())
}

/// Holds back all mail that waits, in a record that was restored: whether it went out meanwhile is not known here, and somebody looks.
/// What reminds people is made anew, and dropped. Since none goes out any more, their texts are forgotten: a link in one is a secret.
/// Answers with how many mails are held back.
///
/// # Errors
/// [`super::StoreError::Database`].
pub(super) fn hold_back(tx: &mut Tx<'_>) -> Result<usize> {
    let waits = aux_outbox::table.filter(aux_outbox::next_at.is_not_null());
    diesel::delete(waits.filter(aux_outbox::reminds.is_not_null())).execute(tx.conn())?;
    let what = (
        aux_outbox::body.eq(""),
        aux_outbox::next_at.eq(None::<Micros>),
        aux_outbox::claimed_until.eq(None::<Micros>),
        aux_outbox::trouble.eq(Trouble::Restored),
    );
    Ok(diesel::update(waits).set(what).execute(tx.conn())?)
}

/// Drops the mails of that kind that wait to be sent to that person, but for one that somebody has in hand.
///
/// # Errors
/// [`super::StoreError::Database`].
pub fn drop_told(tx: &mut Tx<'_>, person: Id<Person>, told: Told) -> Result<()> {
    let free = aux_outbox::claimed_until.is_null().or(aux_outbox::claimed_until.le(Micros(tx.now())));
    let theirs = aux_outbox::table.filter(aux_outbox::reminds.eq(person)).filter(aux_outbox::next_at.is_not_null());
    let of_reply = aux_outbox::reply_id.is_not_null().eq(told == Told::Replies);
    diesel::delete(theirs.filter(free).filter(of_reply)).execute(tx.conn())?;
    Ok(())
}

/// Drops a mail that has become needless.
///
/// # Errors
/// [`super::StoreError::Database`].
pub fn drop_mail(tx: &mut Tx<'_>, id: Id<Queued>) -> Result<()> {
    diesel::delete(aux_outbox::table.find(id)).execute(tx.conn())?;
    Ok(())
}

/// The last mail of that kind to that person, if there was one.
///
/// # Errors
/// [`super::StoreError::Database`].
pub fn last_told(tx: &mut Tx<'_>, person: Id<Person>, told: Told) -> Result<Option<Queued>> {
    let theirs = aux_outbox::table.filter(aux_outbox::reminds.eq(person)).order(aux_outbox::id.desc());
    let of_reply = aux_outbox::reply_id.is_not_null().eq(told == Told::Replies);
    let row: Option<Row> = theirs.filter(of_reply).select(Row::as_select()).first(tx.conn()).optional()?;
    Ok(row.map(Queued::from))
}

/// The mails about the permit's incident, the latest first.
///
/// # Errors
/// [`super::StoreError::Database`].
pub fn of_incident<D: Allows>(tx: &mut Tx<'_>, permit: &Permit<'_, D, Incident>) -> Result<Vec<Queued>> {
    let mine = aux_outbox::table.filter(aux_outbox::incident_id.eq(permit.id())).order(aux_outbox::id.desc());
    let rows: Vec<Row> = mine.select(Row::as_select()).load(tx.conn())?;
    Ok(rows.into_iter().map(Queued::from).collect())
}

/// How many mails wait to be sent.
///
/// # Errors
/// [`super::StoreError::Database`].
pub fn waiting(tx: &mut Tx<'_>) -> Result<i64> {
    Ok(aux_outbox::table.filter(aux_outbox::next_at.is_not_null()).count().get_result(tx.conn())?)
}

/// The key of a mail that is due and that nobody has in hand.
///
/// # Errors
/// [`super::StoreError::Database`].
pub fn due(tx: &mut Tx<'_>) -> Result<Option<Id<Queued>>> {
    let now = Micros(tx.now());
    let free = aux_outbox::claimed_until.is_null().or(aux_outbox::claimed_until.le(now));
    let due = aux_outbox::table.filter(aux_outbox::next_at.le(now)).filter(free).order(aux_outbox::next_at);
    Ok(due.select(aux_outbox::id).first(tx.conn()).optional()?)
}

/// Takes that mail in hand for so long, and counts a try; none where somebody else was faster.
///
/// # Errors
/// [`super::StoreError::Database`].
pub fn claim(tx: &mut Tx<'_>, id: Id<Queued>, hold: Duration) -> Result<Option<Queued>> {
    let now = tx.now();
    let free = aux_outbox::claimed_until.is_null().or(aux_outbox::claimed_until.le(Micros(now)));
    let mine = aux_outbox::table.find(id).filter(aux_outbox::next_at.le(Micros(now))).filter(free);
    let claimed = diesel::update(mine)
        .set((aux_outbox::claimed_until.eq(Some(Micros(now + hold))), aux_outbox::attempts.eq(aux_outbox::attempts + 1)))
        .execute(tx.conn())?;
    if claimed == 0 {
        return Ok(None);
    }
    let row: Row = aux_outbox::table.find(id).select(Row::as_select()).first(tx.conn())?;
    Ok(Some(row.into()))
}

/// Notes that it was sent. Its text is forgotten: a link in it is a secret.
///
/// # Errors
/// [`super::StoreError::Database`].
pub fn sent(tx: &mut Tx<'_>, id: Id<Queued>) -> Result<()> {
    let now = Micros(tx.now());
    let done = (
        aux_outbox::sent_at.eq(Some(now)),
        aux_outbox::body.eq(""),
        aux_outbox::next_at.eq(None::<Micros>),
        aux_outbox::claimed_until.eq(None::<Micros>),
        aux_outbox::trouble.eq(None::<Trouble>),
        aux_outbox::trouble_words.eq(None::<String>),
    );
    diesel::update(aux_outbox::table.find(id)).set(done).execute(tx.conn())?;
    Ok(())
}

/// Notes why it was not sent, and how long until it is tried again; none where it is given up, and its text forgotten as in [`sent`].
///
/// # Errors
/// [`super::StoreError::Database`].
pub fn failed(tx: &mut Tx<'_>, id: Id<Queued>, trouble: Trouble, words: &str, wait: Option<Duration>) -> Result<()> {
    let now = tx.now();
    let again = (
        aux_outbox::next_at.eq(wait.map(|wait| Micros(now + wait))),
        aux_outbox::claimed_until.eq(None::<Micros>),
        aux_outbox::trouble.eq(Some(trouble)),
        aux_outbox::trouble_words.eq(Some(words)),
        wait.is_none().then_some(aux_outbox::body.eq("")),
    );
    diesel::update(aux_outbox::table.find(id)).set(again).execute(tx.conn())?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::testing::{at, on_each};

    #[test]
    fn the_text_of_a_mail_that_is_given_up_or_held_back_is_forgotten() -> Result<()> {
        on_each(|scene| {
            scene.store.write(at(0), |tx| {
                let mail = Mail { to: "sato@p.example".to_owned(), subject: "link".to_owned(), body: "a secret".to_owned() };
                let (first, second) = (queue_of_house(tx, mail.clone())?, queue_of_house(tx, mail)?);
                let body = |tx: &mut Tx<'_>, id: Id<Queued>| -> Result<String> {
                    Ok(aux_outbox::table.find(id).select(aux_outbox::body).first(tx.conn())?)
                };
                failed(tx, first, Trouble::Refused, "550", Some(Duration::minutes(1)))?;
                assert_eq!(body(tx, first)?, "a secret", "it is tried again");
                failed(tx, first, Trouble::Refused, "550", None)?;
                assert_eq!((body(tx, first)?, body(tx, second)?), (String::new(), "a secret".to_owned()));
                assert_eq!(hold_back(tx)?, 1);
                assert_eq!(body(tx, second)?, "");
                Ok(())
            })
        })
    }
}
