//! An entry's own row, and entries put together from all their rows.

use diesel::prelude::*;

use super::calls::{self, Calls};
use super::replies::{self, Replies};
use super::scoped;
use super::statements::{self, Statements};
use crate::domain::entry::{Entry, EntryKind};
use crate::domain::id::{Id, Uid};
use crate::domain::incident::Incident;
use crate::domain::notice::Change;
use crate::domain::party::{Contact, Provider};
use crate::domain::person::Person;
use crate::domain::visibility::Visibility;
use crate::store::dialect::AnyConnection;
use crate::store::rows::{Pick, broken, moment, row, save, struck, struck_columns};
use crate::store::schema::entries;
use crate::store::types::{FormsText, JsonText, Micros, ZoneName};
use crate::store::{Result, Tx};

row! {
    /// A row of `entries`.
    Row in entries {
        id: Id<Entry>,
        uid: Uid,
        revision: i64,
        incident_id: Id<Incident>,
        kind: EntryKind,
        occurred_from: Micros,
        occurred_to: Micros,
        occurred_words: Option<String>,
        occurred_zone: ZoneName,
        recorded_at: Micros,
        author_id: Option<Id<Person>>,
        provider_id: Option<Id<Provider>>,
        contact_id: Option<Id<Contact>>,
        title: String,
        body: String,
        place: String,
        change_id: Option<Id<Change>>,
        visibility: Visibility,
        struck_at: Option<Micros>,
        struck_reason: Option<String>,
        looked_for: Option<FormsText>,
        settles_id: Option<Id<Entry>>,
    }
}

impl From<&Entry> for Row {
    fn from(entry: &Entry) -> Self {
        let Entry {
            id,
            uid,
            revision,
            incident,
            kind,
            occurred,
            recorded_at,
            author,
            provider,
            contact,
            title,
            body,
            place,
            looked_for,
            change,
            settles,
            visibility,
            struck,
            call: _,
            reply: _,
            statements: _,
        } = entry.clone();
        let (struck_at, struck_reason) = struck_columns(struck.as_ref());
        Self {
            id,
            uid,
            revision,
            incident_id: incident,
            kind,
            occurred_from: Micros(occurred.from),
            occurred_to: Micros(occurred.to),
            occurred_words: occurred.words,
            occurred_zone: ZoneName(occurred.zone),
            recorded_at: Micros(recorded_at),
            author_id: author,
            provider_id: provider,
            contact_id: contact,
            title,
            body,
            place,
            change_id: change,
            visibility,
            struck_at,
            struck_reason,
            looked_for: (!looked_for.is_empty()).then_some(JsonText(looked_for)),
            settles_id: settles,
        }
    }
}

/// Writes an entry's rows: its own, and its parts in the place of those that were there.
pub(super) fn save(tx: &mut Tx<'_>, entry: &Entry) -> Result<()> {
    save!(tx, Row::from(entry) => entries where incident_id = entry.incident);
    calls::save(tx, entry.id, entry.call.as_ref())?;
    statements::save(tx, entry.id, &entry.statements)?;
    replies::save(tx, entry.id, entry.reply.as_ref())
}

/// Takes an entry's rows away.
pub(super) fn erase(tx: &mut Tx<'_>, entry: Id<Entry>) -> Result<()> {
    replies::save(tx, entry, None)?;
    calls::save(tx, entry, None)?;
    statements::save(tx, entry, &[])?;
    diesel::delete(entries::table.find(entry)).execute(tx.conn())?;
    Ok(())
}

/// Loads entries, as the timeline shows them: by the earliest time they can have been, then by when they were recorded.
///
/// # Errors
/// Whatever cannot be read as what we write.
pub(in crate::store) fn load(conn: &mut AnyConnection, pick: Pick<'_>) -> Result<Vec<Entry>> {
    let rows: Vec<Row> = scoped!(entries::table.select(Row::as_select()), pick)
        .order((entries::occurred_from, entries::recorded_at, entries::id))
        .load(conn)?;
    let mut calls = Calls::load(conn, pick)?;
    let mut replies = Replies::load(conn, pick)?;
    let mut statements = Statements::load(conn, pick)?;
    rows.into_iter().map(|row| assemble(row, &mut calls, &mut replies, &mut statements)).collect()
}

fn assemble(row: Row, calls: &mut Calls, replies: &mut Replies, statements: &mut Statements) -> Result<Entry> {
    let id = row.id;
    Ok(Entry {
        id,
        uid: row.uid,
        revision: row.revision,
        incident: row.incident_id,
        kind: row.kind,
        occurred: moment(row.occurred_from, row.occurred_to, row.occurred_words, row.occurred_zone),
        recorded_at: row.recorded_at.0,
        author: row.author_id,
        provider: row.provider_id,
        contact: row.contact_id,
        title: row.title,
        body: row.body,
        place: row.place,
        looked_for: row.looked_for.map(|forms| forms.0).unwrap_or_default(),
        change: row.change_id,
        settles: row.settles_id,
        visibility: row.visibility,
        struck: struck(row.struck_at, row.struck_reason).map_err(|what| broken("entries", id.raw(), what))?,
        call: calls.take(id)?,
        reply: replies.take(id)?,
        statements: statements.take(id)?,
    })
}
