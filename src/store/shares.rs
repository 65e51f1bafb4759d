//! Shares, their secrets, and who has one open. They belong to the incident's chain; the secrets are in no ledger.

use diesel::prelude::*;
use diesel::sql_types::Text;

use super::evidence::Evidence;
use super::incidents::Counted;
use super::permit::{Edit, Look, Permit, Writes};
use super::rows::{self, noun_of, row};
use super::schema::{aux_share_readers, aux_share_secrets, shares};
use super::types::{KeyList, Micros, YesNo};
use super::{Denied, Result, StoreError, Tx, ledger};
use crate::domain::id::{Id, Uid};
use crate::domain::incident::Incident;
use crate::domain::ledger::Chain;
use crate::domain::locale::Locale;
use crate::domain::moment::Stamp;
use crate::domain::party::{Contact, Provider};
use crate::domain::permit::Actor;
use crate::domain::person::Person;
use crate::domain::share::{Digits, Opening, Share, WRONG_CODES, Way};

row! {
    /// A row of `shares`.
    Row in shares {
        id: Id<Share>,
        uid: Uid,
        revision: i64,
        incident_id: Id<Incident>,
        provider_id: Id<Provider>,
        number: Digits,
        their_names: YesNo,
        our_names: YesNo,
        other_companies: KeyList,
        call: String,
        note: String,
        made_at: Micros,
        made_by: Option<Id<Person>>,
        expires_at: Micros,
        revoked_at: Option<Micros>,
        revoked_reason: Option<String>,
        without_files: YesNo,
        left_out: KeyList,
        let_in: KeyList,
        contact_id: Option<Id<Contact>>,
        locale: Option<Locale>,
        reach: String,
        holiday: String,
        most_openings: Option<i64>,
        paused_at: Option<Micros>,
    }
}

impl From<&Share> for Row {
    fn from(share: &Share) -> Self {
        let share = share.clone();
        let (revoked_at, revoked_reason) = rows::struck_columns(share.revoked.as_ref());
        Self {
            id: share.id,
            uid: share.uid,
            revision: share.revision,
            incident_id: share.incident,
            provider_id: share.provider,
            number: share.number,
            their_names: YesNo(share.their_names),
            our_names: YesNo(share.our_names),
            other_companies: keys(&share.other_companies),
            call: share.call,
            note: share.note,
            made_at: Micros(share.made_at),
            made_by: share.made_by,
            expires_at: Micros(share.expires_at),
            revoked_at,
            revoked_reason,
            without_files: YesNo(share.without_files),
            left_out: keys(&share.left_out),
            let_in: keys(&share.let_in),
            contact_id: share.contact,
            locale: share.locale,
            reach: share.reach,
            holiday: share.holiday,
            most_openings: share.most_openings,
            paused_at: share.paused.map(Micros),
        }
    }
}

fn keys<T>(ids: &[Id<T>]) -> KeyList {
    KeyList(ids.iter().map(|id| id.raw()).collect())
}

fn ids<T>(keys: KeyList) -> Vec<Id<T>> {
    keys.0.into_iter().map(Id::new).collect()
}

impl TryFrom<Row> for Share {
    type Error = StoreError;

    fn try_from(row: Row) -> Result<Self> {
        let revoked = rows::struck(row.revoked_at, row.revoked_reason);
        Ok(Self {
            id: row.id,
            uid: row.uid,
            revision: row.revision,
            incident: row.incident_id,
            provider: row.provider_id,
            number: row.number,
            their_names: row.their_names.0,
            our_names: row.our_names.0,
            other_companies: ids(row.other_companies),
            without_files: row.without_files.0,
            left_out: ids(row.left_out),
            let_in: ids(row.let_in),
            contact: row.contact_id,
            locale: row.locale,
            reach: row.reach,
            holiday: row.holiday,
            most_openings: row.most_openings,
            paused: row.paused_at.map(|at| at.0),
            call: row.call,
            note: row.note,
            made_at: row.made_at.0,
            made_by: row.made_by,
            expires_at: row.expires_at.0,
            revoked: revoked.map_err(|what| rows::broken("shares", row.id.raw(), what))?,
        })
    }
}

noun_of!(Incident, Share in shares by incident_id, its incident, of_incident);

/// Whether a share has this number already.
///
/// # Errors
/// [`StoreError::Database`].
pub fn is_taken(tx: &mut Tx<'_>, number: &Digits) -> Result<bool> {
    let taken = diesel::select(diesel::dsl::exists(shares::table.filter(shares::number.eq(number))));
    Ok(taken.get_result(tx.conn())?)
}

/// What is kept of a share's secrets.
#[derive(Clone, Debug)]
pub struct Kept {
    /// SHA-256 of the link's secret, in hex.
    pub token_hash: String,
    /// The code, hashed by argon2id.
    pub code_hash: String,
    /// Both, encrypted.
    pub sealed: String,
}

/// Keeps the secrets of a share that was just added.
///
/// # Errors
/// [`StoreError::Database`].
pub fn keep<D: Writes>(tx: &mut Tx<'_>, permit: &Permit<'_, D, Incident>, share: &Share, kept: Kept) -> Result<()> {
    super::same(permit.id(), share.incident)?;
    let row = (
        aux_share_secrets::share_id.eq(share.id),
        aux_share_secrets::token_hash.eq(kept.token_hash),
        aux_share_secrets::code_hash.eq(kept.code_hash),
        aux_share_secrets::sealed.eq(kept.sealed),
        aux_share_secrets::wrong_numbers.eq(0),
        aux_share_secrets::wrong_links.eq(0),
    );
    diesel::insert_into(aux_share_secrets::table).values(row).execute(tx.conn())?;
    Ok(())
}

/// The secrets of one of the permit's shares, encrypted, and whether wrong codes have locked the short page and the link.
///
/// # Errors
/// [`Denied::NotFound`] where they are not there.
pub fn sealed<D: Writes>(tx: &mut Tx<'_>, permit: &Permit<'_, D, Incident>, share: &Share) -> Result<(String, [bool; 2])> {
    super::same(permit.id(), share.incident)?;
    let columns = (aux_share_secrets::sealed, aux_share_secrets::wrong_numbers, aux_share_secrets::wrong_links);
    let found: Option<(String, i64, i64)> =
        aux_share_secrets::table.find(share.id).select(columns).first(tx.conn()).optional()?;
    let (sealed, numbers, links) = found.ok_or(Denied::NotFound)?;
    Ok((sealed, [numbers, links].map(|wrong| wrong >= WRONG_CODES)))
}

/// By what somebody names a share.
#[derive(Clone, Debug)]
pub enum Name {
    /// Its number.
    Number(Digits),
    /// The hash of the link's secret.
    Link(String),
}

impl Name {
    /// By which way they come.
    pub const fn way(&self) -> Way {
        match self {
            Self::Number(_) => Way::Number,
            Self::Link(_) => Way::Link,
        }
    }
}

/// The share of that name.
///
/// # Errors
/// [`StoreError::Database`].
pub fn named(tx: &mut Tx<'_>, name: &Name) -> Result<Option<Share>> {
    let all = shares::table.select(Row::as_select());
    let row: Option<Row> = match name {
        Name::Number(number) => all.filter(shares::number.eq(number)).first(tx.conn()).optional()?,
        Name::Link(hash) => {
            all.inner_join(aux_share_secrets::table).filter(aux_share_secrets::token_hash.eq(hash)).first(tx.conn()).optional()?
        }
    };
    row.map(Share::try_from).transpose()
}

/// Counts a code as wrong *before* it is looked at, so that many at once do not all slip through; answers with what it is to be
/// held against, or nothing where this way is locked.
///
/// # Errors
/// [`StoreError::Database`].
pub fn count_try(tx: &mut Tx<'_>, share: Id<Share>, way: Way) -> Result<Option<String>> {
    let mine = aux_share_secrets::table.find(share);
    let hash = aux_share_secrets::code_hash;
    let counted: Option<String> = match way {
        Way::Number => diesel::update(mine.filter(aux_share_secrets::wrong_numbers.lt(WRONG_CODES)))
            .set(aux_share_secrets::wrong_numbers.eq(aux_share_secrets::wrong_numbers + 1))
            .returning(hash)
            .get_result(tx.conn())
            .optional()?,
        Way::Link => diesel::update(mine.filter(aux_share_secrets::wrong_links.lt(WRONG_CODES)))
            .set(aux_share_secrets::wrong_links.eq(aux_share_secrets::wrong_links + 1))
            .returning(hash)
            .get_result(tx.conn())
            .optional()?,
    };
    Ok(counted)
}

/// Counts a code at a number that no share has; whether another may be tried there. As with a share, it is counted for good.
///
/// # Errors
/// [`StoreError::Database`].
pub fn count_unknown(tx: &mut Tx<'_>, number: &Digits) -> Result<bool> {
    let counted: Counted = diesel::sql_query(
        "INSERT INTO aux_counters (name, value) VALUES ($1, 1) ON CONFLICT (name) DO UPDATE \
         SET value = aux_counters.value + 1 RETURNING value",
    )
    .bind::<Text, _>(format!("unknown-number:{number}"))
    .get_result(tx.conn())?;
    Ok(counted.value <= WRONG_CODES)
}

/// Forgets the wrong codes of one way: after the right one.
///
/// # Errors
/// [`StoreError::Database`].
pub fn forgive(tx: &mut Tx<'_>, share: Id<Share>, way: Way) -> Result<()> {
    let mine = diesel::update(aux_share_secrets::table.find(share));
    match way {
        Way::Number => mine.set(aux_share_secrets::wrong_numbers.eq(0)).execute(tx.conn())?,
        Way::Link => mine.set(aux_share_secrets::wrong_links.eq(0)).execute(tx.conn())?,
    };
    Ok(())
}

/// The permit of whoever gave the right code to leave word on the incident, of that or in reply: the caller has looked at the code.
/// Nobody else writes to the incident until the transaction ends.
///
/// # Errors
/// [`StoreError::Database`].
pub fn for_reader<'tx>(tx: &mut Tx<'tx>, share: &Share) -> Result<Permit<'tx, Edit, Incident>> {
    let chain = Chain::Incident(share.incident);
    ledger::lock(tx, chain)?;
    Ok(Permit::unchecked(tx, Actor::Reader { share: share.id }, share.incident, chain))
}

/// Keeps that somebody has the share open, until `expires_at`; forgets those whose time has passed.
///
/// # Errors
/// [`StoreError::Database`].
pub fn begin_reading(tx: &mut Tx<'_>, opening: &Opening, token_hash: &str, expires_at: Stamp) -> Result<()> {
    let now = Micros(tx.now());
    diesel::delete(aux_share_readers::table.filter(aux_share_readers::expires_at.le(now))).execute(tx.conn())?;
    let row = (
        aux_share_readers::token_hash.eq(token_hash),
        aux_share_readers::share_id.eq(opening.share),
        aux_share_readers::opening_id.eq(opening.id),
        aux_share_readers::expires_at.eq(Micros(expires_at)),
    );
    diesel::insert_into(aux_share_readers::table).values(row).execute(tx.conn())?;
    Ok(())
}

/// What somebody has open: the share, the opening by which they came, and the permit to look at its incident.
pub type OpenShare<'tx> = (Share, Opening, Permit<'tx, Look, Incident>);

/// The share that somebody has open, by which opening, and the permit to look at its incident. Whether it is still live is the
/// caller's question.
///
/// # Errors
/// [`StoreError::Database`].
pub fn open_by<'tx>(tx: &mut Tx<'tx>, token_hash: &str) -> Result<Option<OpenShare<'tx>>> {
    let found: Option<(Row, Option<Id<Opening>>)> = aux_share_readers::table
        .inner_join(shares::table)
        .filter(aux_share_readers::token_hash.eq(token_hash))
        .filter(aux_share_readers::expires_at.gt(Micros(tx.now())))
        .select((Row::as_select(), aux_share_readers::opening_id))
        .first(tx.conn())
        .optional()?;
    let Some((row, Some(opening))) = found else { return Ok(None) };
    let Some((chain, opening)) = Opening::load(tx.conn(), &[opening.raw()])?.pop() else { return Ok(None) };
    let share = Share::try_from(row)?;
    let permit = Permit::unchecked(tx, Actor::Reader { share: share.id }, share.incident, chain);
    Ok(Some((share, opening, permit)))
}
