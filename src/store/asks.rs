//! Asks, with the entries in which each was asked.

use diesel::prelude::*;

use super::dialect::AnyConnection;
use super::evidence::Evidence;
use super::ledger;
use super::permit::{Allows, Permit};
use super::rows::{Pick, broken, numbered, parts, row, save, save_parts, struck, struck_columns, wholes, writes};
use super::schema::{ask_entries, asks};
use super::types::Micros;
use super::{Denied, Result, StoreError, Tx};
use crate::domain::entry::Entry;
use crate::domain::id::{Id, Uid};
use crate::domain::incident::Incident;
use crate::domain::ledger::Chain;
use crate::domain::matter::Ask;
use crate::domain::party::Provider;
use crate::domain::statement::Statement;
use crate::domain::visibility::Visibility;

row! {
    /// A row of `asks`.
    Row in asks {
        id: Id<Ask>,
        uid: Uid,
        revision: i64,
        incident_id: Id<Incident>,
        provider_id: Id<Provider>,
        words: String,
        answered_by: Option<Id<Statement>>,
        visibility: Visibility,
        struck_at: Option<Micros>,
        struck_reason: Option<String>,
        about: Option<String>,
    }
}

row! {
    /// A row of `ask_entries`.
    EntryRow in ask_entries of ask_id {
        ask_id: Id<Ask>,
        position: i64,
        entry_id: Id<Entry>,
    }
}

impl Row {
    fn with(self, entries: Vec<EntryRow>) -> Result<Ask> {
        let Self { id, uid, revision, incident_id, provider_id, words, answered_by, visibility, struck_at, struck_reason, about } =
            self;
        Ok(Ask {
            id,
            uid,
            revision,
            incident: incident_id,
            provider: provider_id,
            words,
            about,
            asked_in: entries.into_iter().map(|row| row.entry_id).collect(),
            answered_by,
            visibility,
            struck: struck(struck_at, struck_reason).map_err(|what| broken("asks", id.raw(), what))?,
        })
    }
}

impl From<&Ask> for Row {
    fn from(ask: &Ask) -> Self {
        let Ask { id, uid, revision, incident, provider, words, about, asked_in: _, answered_by, visibility, struck } =
            ask.clone();
        let (struck_at, struck_reason) = struck_columns(struck.as_ref());
        Self {
            id,
            uid,
            revision,
            incident_id: incident,
            provider_id: provider,
            words,
            answered_by,
            visibility,
            struck_at,
            struck_reason,
            about,
        }
    }
}

/// The ask called `uid` of the permit's incident.
///
/// # Errors
/// [`Denied::NotFound`], also where it is another incident's.
pub fn get<D: Allows>(tx: &mut Tx<'_>, permit: &Permit<'_, D, Incident>, uid: Uid) -> Result<Ask> {
    let named = asks::table.filter(asks::uid.eq(uid)).filter(asks::incident_id.eq(permit.id()));
    let id: Option<Id<Ask>> = named.select(asks::id).first(tx.conn()).optional()?;
    let found = load(tx.conn(), Pick::Keys(&[id.ok_or(Denied::NotFound)?.raw()]))?.pop();
    found.ok_or(StoreError::Denied(Denied::NotFound))
}

writes!(Incident, Ask, |tx, permit, action, ask| {
    super::same(permit.id(), ask.incident)?;
    save!(tx, Row::from(ask) => asks where incident_id = permit.id());
    let entries = numbered(&ask.asked_in).map(|(position, entry_id)| EntryRow { ask_id: ask.id, position, entry_id: *entry_id });
    save_parts!(tx, entries => ask_entries.ask_id = ask.id);
    ledger::append(tx, permit, action, ask)
});

/// All of the permit's incident, in the order in which they were added.
///
/// # Errors
/// [`StoreError::Broken`] where one is not as we write it.
pub fn of_incident<D: Allows>(tx: &mut Tx<'_>, permit: &Permit<'_, D, Incident>) -> Result<Vec<Ask>> {
    load(tx.conn(), Pick::Of(permit.id().raw()))
}

fn load(conn: &mut AnyConnection, pick: Pick<'_>) -> Result<Vec<Ask>> {
    let rows = wholes!(conn, pick, Row: asks by incident_id);
    let mut entries = parts!(conn, pick, EntryRow: ask_entries.ask_id of asks by incident_id);
    let whole = |row: Row| {
        let key = row.id.raw();
        row.with(entries.take(key))
    };
    rows.into_iter().map(whole).collect()
}

impl Evidence for Ask {
    const TABLES: &'static [&'static str] = &["asks", "ask_entries"];

    fn load(conn: &mut AnyConnection, keys: &[i64]) -> Result<Vec<(Chain, Self)>> {
        Ok(load(conn, Pick::Keys(keys))?.into_iter().map(|ask| (Chain::Incident(ask.incident), ask)).collect())
    }

    fn rows(&self) -> Vec<usize> {
        vec![1, self.asked_in.len()]
    }
}
