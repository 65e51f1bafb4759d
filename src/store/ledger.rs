//! The rows of the ledger: appended in the transaction of the change they are about, and read as histories.

use std::collections::BTreeMap;

use diesel::prelude::*;
use serde_json::Value;

use super::permit::{Permit, Writes};
use super::schema::{ledger, ledger_heads};
use super::types::Micros;
use super::webhook_deliveries::Written;
use super::{Denied, Result, StoreError, Tx, dialect, random, search, verdicts, webhook_deliveries};
use crate::domain::erasure::Erasure;
use crate::domain::ledger::{Aggregate, Author, Chain, Digest, Header, ObjectKind, Salt, canonical};
use crate::domain::moment::Stamp;
use crate::domain::permit::Actor;
use crate::domain::view::Touched;

/// The name of a use case, as the ledger keeps it: `calls::log`.
pub type Action = &'static str;

/// The action by which a chain is opened in the house chain.
pub(super) const OPEN: Action = "chain::open";

/// A row of `ledger`.
#[derive(Clone, Debug, Queryable, Selectable, Insertable)]
#[diesel(table_name = ledger)]
pub(super) struct Row {
    pub chain: Chain,
    pub seq: i64,
    pub at: Micros,
    pub actor: Author,
    pub action: String,
    pub object_kind: ObjectKind,
    pub object_id: i64,
    pub revision: i64,
    pub payload: Option<String>,
    pub salt: Option<Salt>,
    pub payload_digest: Digest,
    pub prev: Digest,
    pub hash: Digest,
}

/// The last row of a chain: how many there are, and the hash that stands for them all.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Head {
    /// How many rows the chain has.
    pub count: i64,
    /// The hash of the last one.
    pub hash: Digest,
}

/// One revision of a thing, as its history shows it.
#[derive(Clone, Debug, PartialEq)]
pub struct Revision {
    /// When it was made.
    pub at: Stamp,
    /// Who made it.
    pub author: Author,
    /// By which use case.
    pub action: String,
    /// Its number, from 0.
    pub revision: i64,
    /// The thing as it then was; none where it was erased.
    pub payload: Option<Value>,
}

/// One row of a chain, without its payload: for a list of what was done.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Deed {
    /// Its place in the chain, from 1.
    pub seq: i64,
    /// When it was done.
    pub at: Stamp,
    /// Who did it.
    pub author: Author,
    /// What was done: `calls::log`.
    pub action: String,
    /// To what kind of thing.
    pub kind: ObjectKind,
    /// To which.
    pub id: i64,
}

/// Lets no other writer past until this transaction ends. Look-ups for writing do this before they read anything.
pub(super) fn lock(tx: &mut Tx<'_>, chain: Chain) -> Result<()> {
    dialect::lock_head(tx.conn(), chain)?;
    Ok(())
}

/// Appends one row about `thing` to the permit's chain, as written by the permit's actor at the transaction's time. Only for
/// the functions that write a noun's rows.
pub(super) fn append<D, T, A: Aggregate>(tx: &mut Tx<'_>, permit: &Permit<'_, D, T>, action: Action, thing: &A) -> Result<()> {
    let (actor, chain) = (permit.actor(), permit.chain());
    let head = match dialect::lock_head(tx.conn(), chain)? {
        Some((count, hash)) => Head { count, hash },
        None => open(tx, actor, chain)?,
    };
    let payload = serde_json::to_value(thing)?;
    search::put(tx, chain, A::KIND, thing.id(), &payload)?;
    // A verdict rests on what others write, and on no verdict.
    if A::KIND != ObjectKind::Verdict {
        verdicts::queue_for(tx, chain)?;
    }
    let (kind, revision) = (A::KIND, thing.revision());
    webhook_deliveries::queue_for(tx, &Written { chain, actor, action, kind, revision, payload: &payload })?;
    write_row(tx, head, Entry { chain, actor, action, kind, id: thing.id(), revision, payload })
}

/// Erases every payload about `thing` from the permit's chain, and appends the row that says so: the thing as nothing. Only for
/// the functions that take a noun's rows away.
pub(super) fn erase<D: Writes, T, A: Aggregate>(
    tx: &mut Tx<'_>,
    permit: &Permit<'_, D, T>,
    action: Action,
    thing: &A,
) -> Result<()> {
    let (actor, chain) = (permit.actor(), permit.chain());
    let (count, hash) = dialect::lock_head(tx.conn(), chain)?.ok_or_else(|| broken(chain, "it has no head".to_owned()))?;
    search::take(tx, A::KIND, thing.id())?;
    let about = ledger::table
        .filter(ledger::chain.eq(chain))
        .filter(ledger::object_kind.eq(A::KIND))
        .filter(ledger::object_id.eq(thing.id()));
    diesel::update(about).set((ledger::payload.eq(None::<String>), ledger::salt.eq(None::<Salt>))).execute(tx.conn())?;
    let entry =
        Entry { chain, actor, action, kind: A::KIND, id: thing.id(), revision: thing.revision() + 1, payload: Value::Null };
    write_row(tx, Head { count, hash }, entry)
}

/// Takes the contents of all revisions of that thing but the last out of the permit's chain, and appends the row that says so.
///
/// # Errors
/// [`Denied::NotFound`] where there is none.
pub(super) fn erase_earlier<D: Writes, T>(
    tx: &mut Tx<'_>,
    permit: &Permit<'_, D, T>,
    action: Action,
    (of, thing): (ObjectKind, i64),
    reason: &str,
) -> Result<()> {
    let last: Option<i64> = about(permit.chain(), of, thing).select(diesel::dsl::max(ledger::revision)).first(tx.conn())?;
    let last = last.ok_or(Denied::NotFound)?;
    let earlier = about(permit.chain(), of, thing).filter(ledger::revision.lt(last)).filter(ledger::payload.is_not_null());
    let seqs: Vec<i64> = earlier.select(ledger::seq).load(tx.conn())?;
    if seqs.is_empty() {
        return Err(Denied::NotFound.into());
    }
    let gone = ledger::table.filter(ledger::chain.eq(permit.chain())).filter(ledger::seq.eq_any(seqs));
    diesel::update(gone).set((ledger::payload.eq(None::<String>), ledger::salt.eq(None::<Salt>))).execute(tx.conn())?;
    let said = Erasure { id: tx.fresh_id()?, revision: 0, of, thing, through: last - 1, reason: reason.to_owned() };
    append(tx, permit, action, &said)
}

/// When what was written last was written; none where nothing was.
///
/// # Errors
/// [`super::StoreError::Database`].
pub fn latest(tx: &mut Tx<'_>) -> Result<Option<Stamp>> {
    let last = ledger::table
        .inner_join(ledger_heads::table.on(ledger_heads::chain.eq(ledger::chain).and(ledger_heads::count.eq(ledger::seq))));
    let latest: Option<Micros> = last.select(diesel::dsl::max(ledger::at)).first(tx.conn())?;
    Ok(latest.map(|at| at.0))
}

/// The erasures of that thing, the first one first.
///
/// # Errors
/// [`StoreError::Broken`] where a payload is not what we wrote.
pub fn erasures<D, T>(
    tx: &mut Tx<'_>,
    permit: &Permit<'_, D, T>,
    of: ObjectKind,
    thing: i64,
) -> Result<Vec<(Revision, Erasure)>> {
    let rows: Vec<Row> = ledger::table
        .filter(ledger::chain.eq(permit.chain()))
        .filter(ledger::object_kind.eq(ObjectKind::Erasure))
        .order(ledger::seq)
        .select(Row::as_select())
        .load(tx.conn())?;
    let mut all = Vec::new();
    for row in rows {
        let read = row.payload.as_deref().and_then(|text| serde_json::from_str::<Erasure>(text).ok());
        let erasure = read.ok_or_else(|| broken(row.chain, format!("row {}: it says of no erasure", row.seq)))?;
        if erasure.of == of && erasure.thing == thing {
            all.push((revision(row)?, erasure));
        }
    }
    Ok(all)
}

/// The rows about a thing.
#[diesel::dsl::auto_type(no_type_alias)]
fn about(chain: Chain, of: ObjectKind, thing: i64) -> _ {
    ledger::table.filter(ledger::chain.eq(chain)).filter(ledger::object_kind.eq(of)).filter(ledger::object_id.eq(thing))
}

/// Opens a chain: a row in the house chain, and a head of nothing.
fn open(tx: &mut Tx<'_>, actor: Actor, chain: Chain) -> Result<Head> {
    let (count, hash) = dialect::lock_head(tx.conn(), Chain::House)?
        .ok_or_else(|| broken(Chain::House, "the house chain has no head".to_owned()))?;
    let opening = Entry {
        chain: Chain::House,
        actor,
        action: OPEN,
        kind: ObjectKind::Chain,
        id: chain.key().unwrap_or_default(),
        revision: 0,
        payload: serde_json::json!({ "chain": chain.to_string() }),
    };
    write_row(tx, Head { count, hash }, opening)?;
    diesel::insert_into(ledger_heads::table)
        .values((ledger_heads::chain.eq(chain), ledger_heads::count.eq(0), ledger_heads::head.eq(Digest::GENESIS)))
        .execute(tx.conn())?;
    Ok(Head { count: 0, hash: Digest::GENESIS })
}

/// What a new row says.
struct Entry {
    chain: Chain,
    actor: Actor,
    action: Action,
    kind: ObjectKind,
    id: i64,
    revision: i64,
    payload: Value,
}

fn write_row(tx: &mut Tx<'_>, head: Head, entry: Entry) -> Result<()> {
    if let Chain::Incident(incident) = entry.chain {
        tx.touch(incident);
    }
    let salt = Salt::new(random()?);
    let payload = canonical(&entry.payload)?;
    let header = Header {
        chain: entry.chain,
        seq: head.count + 1,
        at: tx.now(),
        author: entry.actor.into(),
        action: entry.action.to_owned(),
        kind: entry.kind,
        id: entry.id,
        revision: entry.revision,
        payload_digest: Digest::of_payload(&salt, &payload),
    };
    let hash = header.hash(&head.hash)?;
    let row = Row {
        chain: header.chain,
        seq: header.seq,
        at: Micros(header.at),
        actor: header.author,
        action: header.action,
        object_kind: header.kind,
        object_id: header.id,
        revision: header.revision,
        payload: Some(payload),
        salt: Some(salt),
        payload_digest: header.payload_digest,
        prev: head.hash,
        hash,
    };
    diesel::insert_into(ledger::table).values(&row).execute(tx.conn())?;
    diesel::update(ledger_heads::table.find(row.chain))
        .set((ledger_heads::count.eq(row.seq), ledger_heads::head.eq(hash)))
        .execute(tx.conn())?;
    Ok(())
}

/// The head of the permit's chain; none where nothing was written to it.
///
/// # Errors
/// [`StoreError::Database`].
pub fn head<D, T>(tx: &mut Tx<'_>, permit: &Permit<'_, D, T>) -> Result<Option<Head>> {
    head_of(tx, permit.chain())
}

/// The hash of one row of the permit's chain; none where it has no such row.
///
/// # Errors
/// [`StoreError::Database`].
pub fn hash_at<D, T>(tx: &mut Tx<'_>, permit: &Permit<'_, D, T>, seq: i64) -> Result<Option<Digest>> {
    Ok(ledger::table.find((permit.chain(), seq)).select(ledger::hash).first(tx.conn()).optional()?)
}

/// How many rows of the permit's chain came after row `seq`. That a final was frozen or struck out is no change of the matter.
///
/// # Errors
/// [`StoreError::Database`].
pub fn changes_since<D, T>(tx: &mut Tx<'_>, permit: &Permit<'_, D, T>, seq: i64) -> Result<i64> {
    let after = ledger::table.filter(ledger::chain.eq(permit.chain())).filter(ledger::seq.gt(seq));
    Ok(after.filter(ledger::object_kind.ne(ObjectKind::Paper)).count().get_result(tx.conn())?)
}

pub(super) fn head_of(tx: &mut Tx<'_>, chain: Chain) -> Result<Option<Head>> {
    let head: Option<(i64, Digest)> =
        ledger_heads::table.find(chain).select((ledger_heads::count, ledger_heads::head)).first(tx.conn()).optional()?;
    Ok(head.map(|(count, hash)| Head { count, hash }))
}

/// The hashes at the heads of these chains; a chain without rows has none.
pub(super) fn heads_of(tx: &mut Tx<'_>, chains: impl Iterator<Item = Chain>) -> Result<BTreeMap<Chain, Digest>> {
    let asked = ledger_heads::table.filter(ledger_heads::chain.eq_any(chains));
    let heads: Vec<(Chain, Digest)> = asked.select((ledger_heads::chain, ledger_heads::head)).load(tx.conn())?;
    Ok(heads.into_iter().collect())
}

/// The row by which a thing of the permit's chain was added: its place, and its hash.
///
/// # Errors
/// [`StoreError::Database`].
pub fn first_row<D, T>(tx: &mut Tx<'_>, permit: &Permit<'_, D, T>, kind: ObjectKind, id: i64) -> Result<Option<(i64, Digest)>> {
    let added = ledger::table
        .filter(ledger::chain.eq(permit.chain()))
        .filter(ledger::object_kind.eq(kind))
        .filter(ledger::object_id.eq(id))
        .filter(ledger::revision.eq(0));
    Ok(added.select((ledger::seq, ledger::hash)).first(tx.conn()).optional()?)
}

/// All revisions of one thing of the permit's chain, the first one first.
///
/// # Errors
/// [`StoreError::Broken`] where a payload is not what we wrote.
pub fn history<D, T>(tx: &mut Tx<'_>, permit: &Permit<'_, D, T>, kind: ObjectKind, id: i64) -> Result<Vec<Revision>> {
    let rows: Vec<Row> = ledger::table
        .filter(ledger::chain.eq(permit.chain()))
        .filter(ledger::object_kind.eq(kind))
        .filter(ledger::object_id.eq(id))
        .order(ledger::revision)
        .select(Row::as_select())
        .load(tx.conn())?;
    rows.into_iter().map(revision).collect()
}

fn revision(row: Row) -> Result<Revision> {
    let payload = match row.payload {
        Some(text) => serde_json::from_str(&text).map_err(|error| broken(row.chain, format!("row {}: {error}", row.seq)))?,
        None => Value::Null,
    };
    let payload = if payload.is_null() { None } else { Some(payload) };
    Ok(Revision { at: row.at.0, author: row.actor, action: row.action, revision: row.revision, payload })
}

/// What was done in the permit's chain before the row `before` (none: to the end), the latest first, at most `limit` rows.
///
/// # Errors
/// [`StoreError::Database`].
pub fn deeds<D, T>(tx: &mut Tx<'_>, permit: &Permit<'_, D, T>, before: Option<i64>, limit: i64) -> Result<Vec<Deed>> {
    let rows: Vec<(i64, Micros, Author, String, ObjectKind, i64)> = ledger::table
        .filter(ledger::chain.eq(permit.chain()))
        .filter(ledger::seq.lt(before.unwrap_or(i64::MAX)))
        .order(ledger::seq.desc())
        .limit(limit)
        .select((ledger::seq, ledger::at, ledger::actor, ledger::action, ledger::object_kind, ledger::object_id))
        .load(tx.conn())?;
    Ok(rows.into_iter().map(|(seq, Micros(at), author, action, kind, id)| Deed { seq, at, author, action, kind, id }).collect())
}

/// What the permit's chain tells of since its row `seq` (where that is not known: since `at`), and those of `others` since `at`:
/// each thing once, in the order in which they were last written.
///
/// # Errors
/// [`StoreError::Database`].
pub fn touched<D, T>(
    tx: &mut Tx<'_>,
    permit: &Permit<'_, D, T>,
    (seq, at): (Option<i64>, Stamp),
    others: impl Iterator<Item = Chain>,
) -> Result<Vec<Touched>> {
    type Written = (ObjectKind, i64, i64, Micros);
    let columns = (ledger::object_kind, ledger::object_id, ledger::revision, ledger::at);
    let own = ledger::table.filter(ledger::chain.eq(permit.chain())).order(ledger::seq).select(columns);
    let mut rows: Vec<Written> = match seq {
        Some(seq) => own.filter(ledger::seq.gt(seq)).load(tx.conn())?,
        None => own.filter(ledger::at.gt(Micros(at))).load(tx.conn())?,
    };
    let others = ledger::table.filter(ledger::chain.eq_any(others)).filter(ledger::at.gt(Micros(at)));
    rows.extend(others.order((ledger::chain, ledger::seq)).select(columns).load::<Written>(tx.conn())?);
    let mut things: Vec<Touched> = Vec::new();
    let mut places = BTreeMap::new();
    for (kind, id, revision, Micros(at)) in rows {
        let place = *places.entry((kind, id)).or_insert(things.len());
        match things.get_mut(place) {
            Some(thing) => thing.at = at,
            None => things.push(Touched { kind, id, added: revision == 0, at }),
        }
    }
    things.sort_by_key(|thing| thing.at);
    Ok(things)
}

fn broken(chain: Chain, what: String) -> StoreError {
    StoreError::Broken { table: "ledger", key: chain.to_string(), what }
}
