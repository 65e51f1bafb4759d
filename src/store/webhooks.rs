//! Webhooks: an admin's, and what a job needs of them to send.

use diesel::prelude::*;

use super::permit::{Allows, Manage, Permit};
use super::schema::{aux_webhook_deliveries, aux_webhooks};
use super::types::Micros;
use super::{Denied, Result, Tx, one_row};
use crate::domain::id::{Id, Uid};
use crate::domain::locale::Locale;
use crate::domain::person::House;
use crate::domain::webhook::{Event, Pause, Shape, Webhook};

/// A row of `aux_webhooks`.
#[derive(Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(table_name = aux_webhooks, treat_none_as_null = true)]
struct Row {
    id: Id<Webhook>,
    uid: Uid,
    name: String,
    shape: Shape,
    events: String,
    locale: Locale,
    host: String,
    site: String,
    sealed: String,
    made_at: Micros,
    paused: Option<Pause>,
    paused_at: Option<Micros>,
}

impl From<Row> for Webhook {
    fn from(row: Row) -> Self {
        Self {
            id: row.id,
            uid: row.uid,
            name: row.name,
            shape: row.shape,
            // A word that is no event (any more) tells of nothing.
            events: row.events.split(' ').filter_map(|event| event.parse().ok()).collect(),
            locale: row.locale,
            host: row.host,
            site: row.site,
            sealed: row.sealed,
            made_at: row.made_at.0,
            paused: row.paused.zip(row.paused_at.map(|at| at.0)),
        }
    }
}

impl From<&Webhook> for Row {
    fn from(webhook: &Webhook) -> Self {
        let events: Vec<&str> = webhook.events.iter().copied().map(Event::as_str).collect();
        Self {
            id: webhook.id,
            uid: webhook.uid,
            name: webhook.name.clone(),
            shape: webhook.shape,
            events: events.join(" "),
            locale: webhook.locale,
            host: webhook.host.clone(),
            site: webhook.site.clone(),
            sealed: webhook.sealed.clone(),
            made_at: Micros(webhook.made_at),
            paused: webhook.paused.map(|(why, _)| why),
            paused_at: webhook.paused.map(|(_, at)| Micros(at)),
        }
    }
}

/// All of them, by name. For showing: what only an admin is shown, and what keeps no writer waiting.
///
/// # Errors
/// [`Denied::Forbidden`] for whoever is no admin.
pub fn all<D: Allows>(tx: &mut Tx<'_>, permit: &Permit<'_, D, House>) -> Result<Vec<Webhook>> {
    admins(permit)?;
    let rows: Vec<Row> =
        aux_webhooks::table.order((aux_webhooks::name, aux_webhooks::id)).select(Row::as_select()).load(tx.conn())?;
    Ok(rows.into_iter().map(Webhook::from).collect())
}

/// The one with that uid.
///
/// # Errors
/// [`Denied`].
pub fn get<D: Allows>(tx: &mut Tx<'_>, permit: &Permit<'_, D, House>, uid: Uid) -> Result<Webhook> {
    admins(permit)?;
    let row: Option<Row> =
        aux_webhooks::table.filter(aux_webhooks::uid.eq(uid)).select(Row::as_select()).first(tx.conn()).optional()?;
    Ok(row.ok_or(Denied::NotFound)?.into())
}

/// What is read of the house may be read by everybody who may log in; webhooks are an admin's.
fn admins<D: Allows>(permit: &Permit<'_, D, House>) -> Result<()> {
    use crate::domain::permit::Deed;
    if permit.actor().may(Deed::Manage) { Ok(()) } else { Err(Denied::Forbidden.into()) }
}

/// Keeps a new one.
///
/// # Errors
/// [`super::StoreError::Database`].
pub fn put(tx: &mut Tx<'_>, _permit: &Permit<'_, Manage, House>, webhook: &Webhook) -> Result<()> {
    diesel::insert_into(aux_webhooks::table).values(Row::from(webhook)).execute(tx.conn())?;
    Ok(())
}

/// Keeps one as it is now.
///
/// # Errors
/// [`super::StoreError::Database`].
pub fn keep(tx: &mut Tx<'_>, _permit: &Permit<'_, Manage, House>, webhook: &Webhook) -> Result<()> {
    let row = Row::from(webhook);
    one_row(diesel::update(aux_webhooks::table.find(webhook.id)).set(row).execute(tx.conn())?)
}

/// Takes one away, and what it was told and was to be told.
///
/// # Errors
/// [`super::StoreError::Database`].
pub fn remove(tx: &mut Tx<'_>, _permit: &Permit<'_, Manage, House>, id: Id<Webhook>) -> Result<()> {
    let told = aux_webhook_deliveries::table.filter(aux_webhook_deliveries::webhook_id.eq(id));
    diesel::delete(told).execute(tx.conn())?;
    one_row(diesel::delete(aux_webhooks::table.find(id)).execute(tx.conn())?)
}

/// For a job: the one with that key, if it is still there.
///
/// # Errors
/// [`super::StoreError::Database`].
pub fn by_id(tx: &mut Tx<'_>, id: Id<Webhook>) -> Result<Option<Webhook>> {
    let row: Option<Row> = aux_webhooks::table.find(id).select(Row::as_select()).first(tx.conn()).optional()?;
    Ok(row.map(Webhook::from))
}

/// For a job: sends nothing more to that address, for that reason.
///
/// # Errors
/// [`super::StoreError::Database`].
pub fn pause(tx: &mut Tx<'_>, id: Id<Webhook>, why: Pause) -> Result<()> {
    let now = Micros(tx.now());
    let paused = (aux_webhooks::paused.eq(Some(why)), aux_webhooks::paused_at.eq(Some(now)));
    diesel::update(aux_webhooks::table.find(id).filter(aux_webhooks::paused.is_null())).set(paused).execute(tx.conn())?;
    Ok(())
}

/// The keys of those that are to be told of `event` now.
pub(super) fn told_of(tx: &mut Tx<'_>, event: Event) -> Result<Vec<Id<Webhook>>> {
    let live = aux_webhooks::table.filter(aux_webhooks::paused.is_null()).order(aux_webhooks::id);
    let rows: Vec<(Id<Webhook>, String)> = live.select((aux_webhooks::id, aux_webhooks::events)).load(tx.conn())?;
    let wants = |events: &str| events.split(' ').any(|word| word == event.as_str());
    Ok(rows.into_iter().filter(|(_, events)| wants(events)).map(|(id, _)| id).collect())
}
