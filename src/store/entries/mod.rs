//! Entries: each with its call, that call's legs and waits, and its statements, written and revised as one.

mod calls;
mod replies;
mod rows;
mod statements;

use diesel::prelude::*;
use diesel::sql_types::BigInt;
use serde_json::Value;

use super::attachments;
use super::dialect::AnyConnection;
use super::evidence::Evidence;
use super::incidents;
use super::ledger::{self, Action};
use super::permit::{Allows, Look, Permit, Writes};
use super::rows::{Pick, writes};
use super::schema::entries;
use super::{Denied, Result, StoreError, Tx};
use crate::domain::entry::Entry;
use crate::domain::id::{Id, Uid};
use crate::domain::incident::Incident;
use crate::domain::ledger::{Chain, ObjectKind};
use crate::domain::party::Attachment;
use crate::domain::permit::Actor;
use crate::domain::person::Person;
use crate::domain::visibility::Visibility;

pub(super) use rows::load;

/// Picks from `entries`, or from what is joined with it.
macro_rules! scoped {
    ($query:expr, $pick:expr) => {{
        let query = $query.into_boxed();
        match $pick {
            $crate::store::rows::Pick::Of(incident) => query.filter($crate::store::schema::entries::incident_id.eq(incident)),
            $crate::store::rows::Pick::Keys([key]) => query.filter($crate::store::schema::entries::id.eq(*key)),
            $crate::store::rows::Pick::Keys(keys) => query.filter($crate::store::schema::entries::id.eq_any(keys)),
            $crate::store::rows::Pick::All => query,
        }
    }};
}
use scoped;

/// What is private is there for nobody but who wrote it.
pub fn is_private_to_others(actor: Actor, visibility: Visibility, author: Option<Id<Person>>) -> bool {
    visibility == Visibility::Private && author != actor.person()
}

/// May `actor` look at the entry with that key? The permit is for its incident.
///
/// # Errors
/// [`Denied::NotFound`], also where it is somebody else's private one or its incident is restricted to others;
/// [`Denied::Forbidden`].
pub(super) fn to_look<'tx>(tx: &mut Tx<'tx>, actor: Actor, id: Id<Entry>) -> Result<Permit<'tx, Look, Incident>> {
    let found: Option<(Id<Incident>, Visibility, Option<Id<Person>>)> = entries::table
        .find(id)
        .select((entries::incident_id, entries::visibility, entries::author_id))
        .first(tx.conn())
        .optional()?;
    let (incident, visibility, author) = found.ok_or(Denied::NotFound)?;
    if is_private_to_others(actor, visibility, author) {
        return Err(Denied::NotFound.into());
    }
    incidents::to_look_by_id(tx, actor, incident)
}

writes!(Incident, Entry, |tx, permit, action, entry| {
    super::same(permit.id(), entry.incident)?;
    rows::save(tx, entry)?;
    ledger::append(tx, permit, action, entry)
});

/// The entry called `uid` of the permit's incident.
///
/// # Errors
/// [`Denied::NotFound`], also where it is another incident's, or somebody else's private one.
pub fn get<D: Allows>(tx: &mut Tx<'_>, permit: &Permit<'_, D, Incident>, uid: Uid) -> Result<Entry> {
    let id: Option<Id<Entry>> = entries::table
        .filter(entries::uid.eq(uid))
        .filter(entries::incident_id.eq(permit.id()))
        .select(entries::id)
        .first(tx.conn())
        .optional()?;
    by_id(tx, permit, id.ok_or(Denied::NotFound)?)
}

/// The entry with that key, as far as the permit's actor may know of it.
pub(super) fn by_id<D: Allows>(tx: &mut Tx<'_>, permit: &Permit<'_, D, Incident>, id: Id<Entry>) -> Result<Entry> {
    let found = load(tx.conn(), Pick::Keys(&[id.raw()]))?.pop();
    let hidden = |entry: &Entry| is_private_to_others(permit.actor(), entry.visibility, entry.author);
    let known = found.filter(|entry| entry.incident == permit.id() && !hidden(entry));
    known.ok_or(StoreError::Denied(Denied::NotFound))
}

/// Takes away a private note of the actor's own, with its files, everything in it, and every earlier revision. The ledger keeps
/// that there was something, and who took it away when. The files' records are returned: their bytes are kept elsewhere.
///
/// # Errors
/// [`Denied::NotFound`] where there is no such note of the actor's own; [`Denied::Forbidden`] where it is not private, or was not
/// always; [`StoreError::InUse`] where something points to it.
pub fn erase_private<D: Writes>(
    tx: &mut Tx<'_>,
    permit: &Permit<'_, D, Incident>,
    action: Action,
    uid: Uid,
) -> Result<Vec<Attachment>> {
    let entry = get(tx, permit, uid)?;
    if entry.visibility != Visibility::Private || entry.author.is_none() || !was_always_private(tx, permit, &entry)? {
        return Err(Denied::Forbidden.into());
    }
    if is_pointed_to(tx, &entry)? {
        return Err(StoreError::InUse);
    }
    let files = attachments::of_entry(tx.conn(), entry.id)?;
    attachments::erase(tx.conn(), &files)?;
    for file in &files {
        ledger::erase(tx, permit, action, file)?;
    }
    rows::erase(tx, entry.id)?;
    ledger::erase(tx, permit, action, &entry)?;
    Ok(files)
}

/// Whether nobody else could ever read an entry: what others relied on stays on record, whoever may read it now. Of a revision whose
/// contents were taken out nobody can say so.
fn was_always_private<D>(tx: &mut Tx<'_>, permit: &Permit<'_, D, Incident>, entry: &Entry) -> Result<bool> {
    let history = ledger::history(tx, permit, ObjectKind::Entry, entry.id.raw())?;
    let is_private = |payload: &Value| payload["visibility"] == Visibility::Private.as_str();
    Ok(history.iter().all(|revision| revision.payload.as_ref().is_some_and(is_private)))
}

#[derive(QueryableByName)]
struct Pointers {
    #[diesel(sql_type = BigInt)]
    count: i64,
}

/// Whether a promise, an ask, a contradiction, a notice or a claim for a credit points to an entry or to one of its statements.
fn is_pointed_to(tx: &mut Tx<'_>, entry: &Entry) -> Result<bool> {
    let pointers: Pointers = diesel::sql_query(
        "WITH said AS (SELECT id FROM statements WHERE entry_id = $1) \
         SELECT (SELECT count(*) FROM promises WHERE entry_id = $1 OR settled_by = $1) \
         + (SELECT count(*) FROM ask_entries WHERE entry_id = $1) \
         + (SELECT count(*) FROM asks WHERE answered_by IN (SELECT id FROM said)) \
         + (SELECT count(*) FROM entries WHERE settles_id = $1) \
         + (SELECT count(*) FROM notices WHERE entry_id = $1) \
         + (SELECT count(*) FROM credit_claims WHERE entry_id = $1) \
         + (SELECT count(*) FROM contradictions WHERE statement_id IN (SELECT id FROM said) \
            OR (against_kind = 'statement' AND against_id IN (SELECT id FROM said)) \
            OR (against_kind = 'entry' AND against_id = $1)) AS count",
    )
    .bind::<BigInt, _>(entry.id.raw())
    .get_result(tx.conn())?;
    Ok(pointers.count > 0)
}

impl Evidence for Entry {
    const TABLES: &'static [&'static str] =
        &["entries", "calls", "call_legs", "call_waits", "replies", "reply_acts", "statements", "statement_cites"];

    fn load(conn: &mut AnyConnection, keys: &[i64]) -> Result<Vec<(Chain, Self)>> {
        Ok(load(conn, Pick::Keys(keys))?.into_iter().map(|entry| (Chain::Incident(entry.incident), entry)).collect())
    }

    fn rows(&self) -> Vec<usize> {
        let (legs, waits) = self.call.as_ref().map_or((0, 0), |call| (call.legs.len(), call.waits.len()));
        let cites = self.statements.iter().map(|statement| statement.cites.len()).sum();
        let acts = self.reply.as_ref().map_or(0, |reply| reply.acts.len());
        let (called, replied) = (usize::from(self.call.is_some()), usize::from(self.reply.is_some()));
        vec![1, called, legs, waits, replied, acts, self.statements.len(), cites]
    }
}
