//! The rows of the seals that are made day by day; what is to be posted and stamped is claimed by one process, one row or none.

use chrono::Duration;
use diesel::prelude::*;

use super::permit::Permit;
use super::rows::broken;
use super::schema::{aux_outbox, aux_seals};
use super::types::Micros;
use super::{Result, Tx, dialect, outbox, verify};
use crate::domain::id::Id;
use crate::domain::ledger::{Digest, Seal};
use crate::domain::moment::Stamp;
use crate::domain::outbox::{Mail, Queued};
use crate::domain::person::House;
use crate::domain::sealing::{DailySeal, SealTrouble, TimeStamp};

/// A row of `aux_seals`, but for the claim.
#[derive(Queryable, Selectable)]
#[diesel(table_name = aux_seals)]
struct Row {
    id: Id<DailySeal>,
    seal: String,
    mail_id: Option<Id<Queued>>,
    to_post: String,
    posted_at: Option<Micros>,
    to_stamp: String,
    stamped_at: Option<Micros>,
    stamp: Option<String>,
    attempts: i64,
    next_at: Option<Micros>,
    trouble: Option<SealTrouble>,
    trouble_words: Option<String>,
}

fn read(row: Row, sent: Option<Micros>) -> Result<DailySeal> {
    let seal = serde_json::from_str(&row.seal).map_err(|error| broken("aux_seals", row.id.raw(), &error.to_string()))?;
    let stamp = row.stamped_at.zip(row.stamp).map(|(at, answer)| TimeStamp { at: at.0, answer });
    Ok(DailySeal {
        id: row.id,
        seal,
        mail: row.mail_id,
        is_mailed: sent.is_some(),
        to_post: row.to_post,
        posted_at: row.posted_at.map(|at| at.0),
        to_stamp: row.to_stamp,
        stamp,
        attempts: row.attempts,
        next_at: row.next_at.map(|at| at.0),
        trouble: row.trouble.map(|trouble| (trouble, row.trouble_words.unwrap_or_default())),
    })
}

/// To whom a seal goes; empty where it does not.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Keepers {
    /// To which address it is posted.
    pub post: String,
    /// Which authority stamps it.
    pub stamp: String,
}

/// When the last one was made.
///
/// # Errors
/// [`super::StoreError::Database`].
pub fn last_at(tx: &mut Tx<'_>) -> Result<Option<Stamp>> {
    let last: Option<Micros> = aux_seals::table.select(diesel::dsl::max(aux_seals::at)).first(tx.conn())?;
    Ok(last.map(|at| at.0))
}

/// Lets nobody else make one until the transaction ends.
///
/// # Errors
/// [`super::StoreError::Database`].
pub fn alone(tx: &mut Tx<'_>) -> Result<()> {
    Ok(dialect::write_alone(tx.conn(), "aux_seals")?)
}

/// Seals the record as it stands, for these keepers; `mail` writes the mail by which it goes out, if it does.
///
/// # Errors
/// [`super::StoreError`].
pub fn make(tx: &mut Tx<'_>, keepers: Keepers, mail: impl FnOnce(&Seal) -> Option<Mail>) -> Result<()> {
    let seal = verify::seal(tx)?;
    let mail = mail(&seal).map(|mail| outbox::queue_of_house(tx, mail)).transpose()?;
    let id: Id<DailySeal> = tx.fresh_id()?;
    let waits = !keepers.post.is_empty() || !keepers.stamp.is_empty();
    let row = (
        aux_seals::id.eq(id),
        aux_seals::at.eq(Micros(seal.at)),
        aux_seals::digest.eq(seal.digest),
        aux_seals::seal.eq(serde_json::to_string(&seal)?),
        aux_seals::mail_id.eq(mail),
        aux_seals::to_post.eq(keepers.post),
        aux_seals::to_stamp.eq(keepers.stamp),
        aux_seals::attempts.eq(0),
        aux_seals::next_at.eq(waits.then_some(Micros(tx.now()))),
    );
    diesel::insert_into(aux_seals::table).values(row).execute(tx.conn())?;
    Ok(())
}

/// The next one that is due to be posted or stamped, if nobody has it in hand.
///
/// # Errors
/// [`super::StoreError::Database`].
pub fn due(tx: &mut Tx<'_>) -> Result<Option<Id<DailySeal>>> {
    let now = Micros(tx.now());
    let free = aux_seals::claimed_until.is_null().or(aux_seals::claimed_until.le(now));
    let due = aux_seals::table.filter(aux_seals::next_at.le(now)).filter(free);
    Ok(due.order(aux_seals::id).select(aux_seals::id).first(tx.conn()).optional()?)
}

/// Takes it in hand for so long; none where somebody else was quicker.
///
/// # Errors
/// [`super::StoreError`].
pub fn claim(tx: &mut Tx<'_>, id: Id<DailySeal>, hold: Duration) -> Result<Option<DailySeal>> {
    let now = Micros(tx.now());
    let free = aux_seals::claimed_until.is_null().or(aux_seals::claimed_until.le(now));
    let mine = aux_seals::table.filter(aux_seals::id.eq(id)).filter(aux_seals::next_at.le(now)).filter(free);
    let what = (aux_seals::claimed_until.eq(Micros(tx.now() + hold)), aux_seals::attempts.eq(aux_seals::attempts + 1));
    if diesel::update(mine).set(what).execute(tx.conn())? == 0 {
        return Ok(None);
    }
    let row: Row = aux_seals::table.find(id).select(Row::as_select()).first(tx.conn())?;
    read(row, None).map(Some)
}

/// How far it has come, and when it is tried next.
///
/// # Errors
/// [`super::StoreError::Database`].
pub fn note(tx: &mut Tx<'_>, seal: &DailySeal) -> Result<()> {
    let what = (
        aux_seals::posted_at.eq(seal.posted_at.map(Micros)),
        aux_seals::stamped_at.eq(seal.stamp.as_ref().map(|stamp| Micros(stamp.at))),
        aux_seals::stamp.eq(seal.stamp.as_ref().map(|stamp| &stamp.answer)),
        aux_seals::next_at.eq(seal.next_at.map(Micros)),
        aux_seals::claimed_until.eq(None::<Micros>),
        aux_seals::trouble.eq(seal.trouble.as_ref().map(|(trouble, _)| *trouble)),
        aux_seals::trouble_words.eq(seal.trouble.as_ref().map(|(_, words)| words)),
    );
    diesel::update(aux_seals::table.find(seal.id)).set(what).execute(tx.conn())?;
    Ok(())
}

/// Those of one page of the list, newest first, and how many there are.
///
/// # Errors
/// [`super::StoreError`].
pub fn page<D>(tx: &mut Tx<'_>, _: &Permit<'_, D, House>, offset: i64, limit: i64) -> Result<(Vec<DailySeal>, i64)> {
    let newest_first = aux_seals::table.order(aux_seals::id.desc()).offset(offset).limit(limit);
    let rows: Vec<Row> = newest_first.select(Row::as_select()).load(tx.conn())?;
    let all = aux_seals::table.count().get_result(tx.conn())?;
    let seals = rows.into_iter().map(|row| with_mail(tx, row)).collect::<Result<_>>()?;
    Ok((seals, all))
}

/// The seal with that digest.
///
/// # Errors
/// [`super::StoreError`].
pub fn find<D>(tx: &mut Tx<'_>, _: &Permit<'_, D, House>, digest: Digest) -> Result<Option<DailySeal>> {
    let row: Option<Row> =
        aux_seals::table.filter(aux_seals::digest.eq(digest)).select(Row::as_select()).first(tx.conn()).optional()?;
    row.map(|row| with_mail(tx, row)).transpose()
}

fn with_mail(tx: &mut Tx<'_>, row: Row) -> Result<DailySeal> {
    let sent: Option<Option<Micros>> = match row.mail_id {
        Some(mail) => aux_outbox::table.find(mail).select(aux_outbox::sent_at).first(tx.conn()).optional()?,
        None => None,
    };
    read(row, sent.flatten())
}
