//! Replies as they are sent: under which key each form came, so that one sent twice is one reply, and how many came by a share.
//! Their rows are part of their entries'.

use chrono::Duration;
use diesel::prelude::*;

use super::permit::{Allows, Look, Permit};
use super::schema::{aux_reply_keys, entries, replies};
use super::types::Micros;
use super::{Result, Tx, entries as all_entries};
use crate::domain::entry::Entry;
use crate::domain::id::{Id, Uid};
use crate::domain::incident::Incident;
use crate::domain::permit::Actor;
use crate::domain::share::Share;

/// How long a key is remembered: as long as a reader may have the share open.
const REMEMBERED: Duration = Duration::hours(12);

/// May `actor` look at the reply whose entry has that key? With the permit for its incident, its uid.
///
/// # Errors
/// [`super::Denied`].
pub fn to_look<'tx>(tx: &mut Tx<'tx>, actor: Actor, reply: Id<Entry>) -> Result<(Permit<'tx, Look, Incident>, Uid)> {
    let permit = all_entries::to_look(tx, actor, reply)?;
    Ok((permit, entries::table.find(reply).select(entries::uid).first(tx.conn())?))
}

/// How many replies stand on the permit's timeline that came by that share.
///
/// # Errors
/// [`super::StoreError::Database`].
pub fn count_by<D: Allows>(tx: &mut Tx<'_>, permit: &Permit<'_, D, Incident>, share: Id<Share>) -> Result<i64> {
    let mine = replies::table.inner_join(entries::table).filter(replies::share_id.eq(share));
    Ok(mine.filter(entries::incident_id.eq(permit.id())).count().get_result(tx.conn())?)
}

/// The reply that came under that key. Ask with the incident's permit to write in hand: nobody else leaves one meanwhile.
///
/// # Errors
/// [`super::StoreError::Database`].
pub fn under(tx: &mut Tx<'_>, key: &str) -> Result<Option<Uid>> {
    Ok(aux_reply_keys::table.find(key).select(aux_reply_keys::result).first(tx.conn()).optional()?)
}

/// Remembers under which key a reply came, and forgets old ones.
///
/// # Errors
/// [`super::StoreError::Database`].
pub fn remember(tx: &mut Tx<'_>, key: &str, entry: Uid) -> Result<()> {
    let now = tx.now();
    diesel::delete(aux_reply_keys::table.filter(aux_reply_keys::at.lt(Micros(now - REMEMBERED)))).execute(tx.conn())?;
    let row = (aux_reply_keys::key.eq(key), aux_reply_keys::result.eq(entry), aux_reply_keys::at.eq(Micros(now)));
    diesel::insert_into(aux_reply_keys::table).values(row).execute(tx.conn())?;
    Ok(())
}
