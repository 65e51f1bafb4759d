//! Verify: is the record what was written?
//!
//! Recomputes every chain, compares the head of each with what is kept apart, and compares every evidence row with the last
//! ledger row about it. It stops at the first thing that differs and says where. What it cannot parse is a difference.

mod chains;

use std::collections::BTreeMap;

use diesel::prelude::*;
use diesel::sql_types::BigInt;
use serde_json::Value;

use super::dialect::bulk;
use super::evidence::{Found, NOUNS, Noun};
use super::files::FileError;
use super::schema::{ledger as rows, ledger_heads};
use super::{Result, Store, StoreError, Tx, attachments, dialect};
use crate::domain::ledger::{Chain, Difference, Digest, ObjectKind, Place, Report, Seal, SealedHead, What, canonical};
use crate::domain::moment::Stamp;

/// How many rows are held in memory at a time.
const PAGE: i64 = 500;

/// How far it has come: how many rows and things, and how many there are.
pub type Tell<'a> = &'a mut dyn FnMut(i64, i64);

struct Telling<'a> {
    done: i64,
    whole: i64,
    tell: Tell<'a>,
}

impl Telling<'_> {
    fn went_on(&mut self, by: usize) {
        self.done += i64::try_from(by).unwrap_or(0);
        (self.tell)(self.done, self.whole);
    }
}

/// Why the going through ended before its end.
enum Stop {
    Difference(Difference),
    Failed(StoreError),
}

impl From<StoreError> for Stop {
    fn from(error: StoreError) -> Self {
        Self::Failed(error)
    }
}

impl From<diesel::result::Error> for Stop {
    fn from(error: diesel::result::Error) -> Self {
        Self::Failed(error.into())
    }
}

type Step<T = ()> = std::result::Result<T, Stop>;

fn differs<T>(place: Place, what: What) -> Step<T> {
    Err(Stop::Difference(Difference { place, what }))
}

/// Whether the bytes of a file, named by their SHA-256, are what they were.
pub type Checks<'a> = &'a dyn Fn(&str) -> std::result::Result<(), FileError>;

/// What else the record is held against.
#[derive(Clone, Copy, Default)]
pub struct Beside<'a> {
    /// Whether the bytes of a file are there and hash to its name.
    pub files: Option<Checks<'a>>,
    /// A seal that was made of the record earlier.
    pub seal: Option<&'a Seal>,
}

/// Goes through the whole record, and what it is held against, in one read transaction, so that what is written meanwhile does
/// not disturb it. Where all is as it was written, the record's seal as it now stands comes with the report.
///
/// # Errors
/// [`StoreError`] where the database does not answer; whatever it answers wrongly is a difference in the report.
pub fn verify(store: &Store, now: Stamp, beside: Beside<'_>) -> Result<(Report, Option<Seal>)> {
    verify_telling(store, now, beside, &mut |_, _| ())
}

/// The same, telling how far it has come.
///
/// # Errors
/// As for [`verify`].
pub fn verify_telling(store: &Store, now: Stamp, beside: Beside<'_>, tell: Tell<'_>) -> Result<(Report, Option<Seal>)> {
    store.read(now, |tx| {
        let mut report = Report::default();
        report.first_difference = match go_through(tx, &mut report, tell) {
            Ok(()) => held_against(tx, beside)?,
            Err(Stop::Difference(difference)) => Some(difference),
            Err(Stop::Failed(error)) => return Err(error),
        };
        let seal = if report.first_difference.is_none() { Some(seal(tx)?) } else { None };
        Ok((report, seal))
    })
}

fn held_against(tx: &mut Tx<'_>, beside: Beside<'_>) -> Result<Option<Difference>> {
    let altered = beside.files.map(|files| attachments::first_altered(tx, files)).transpose()?.flatten();
    match beside.seal {
        _ if altered.is_some() => Ok(altered),
        None => Ok(None),
        Some(seal) if seal.is_whole() => unsealed(tx, seal),
        Some(_) => Ok(Some(Difference { place: Place::Seal, what: What::SealBroken })),
    }
}

fn go_through(tx: &mut Tx<'_>, report: &mut Report, tell: Tell<'_>) -> Step {
    tables(tx)?;
    let mut whole = bulk::count(tx.conn(), "ledger")?;
    for noun in NOUNS {
        whole += bulk::count(tx.conn(), noun.tables[0])?;
    }
    let mut telling = Telling { done: 0, whole, tell };
    chains::chains(tx, report, &mut telling)?;
    for noun in NOUNS {
        things(tx, noun, report, &mut telling)?;
        gone(tx, noun)?;
    }
    Ok(())
}

/// Every live table is known, and every known table is there.
fn tables(tx: &mut Tx<'_>) -> Step {
    let known =
        |table: &str| ["ledger", "ledger_heads"].contains(&table) || NOUNS.iter().any(|noun| noun.tables.contains(&table));
    let live = dialect::live_tables(tx.conn())?;
    for table in &live {
        if !table.starts_with("aux_") && !known(table) {
            return differs(Place::Table(table.clone()), What::UnknownTable);
        }
    }
    let ours = NOUNS.iter().flat_map(|noun| noun.tables).chain(&["ledger", "ledger_heads"]);
    for table in ours {
        if !live.iter().any(|name| name == table) {
            return differs(Place::Table((*table).to_owned()), What::NoTable);
        }
    }
    Ok(())
}

#[derive(QueryableByName)]
struct Number {
    #[diesel(sql_type = BigInt)]
    number: i64,
}

/// Compares every thing of one noun with the last ledger row about it.
fn things(tx: &mut Tx<'_>, noun: &Noun, report: &mut Report, telling: &mut Telling<'_>) -> Step {
    let mut counted = vec![0_usize; noun.tables.len()];
    let mut after = i64::MIN;
    loop {
        let keys = keys(tx, noun, after)?;
        let Some(end) = keys.last().copied() else { break };
        after = end;
        let last = last_said(tx, noun.kind, &keys)?;
        for found in load(tx, noun, &keys)? {
            compare(noun.kind, &found, last.get(&found.id))?;
            report.things += 1;
            for (sum, rows) in counted.iter_mut().zip(&found.rows) {
                *sum += rows;
            }
        }
        telling.went_on(keys.len());
    }
    for (table, counted) in noun.tables.iter().zip(counted) {
        if usize::try_from(bulk::count(tx.conn(), table)?) != Ok(counted) {
            return differs(Place::Table((*table).to_owned()), What::StrayRows);
        }
    }
    Ok(())
}

/// What the ledger said last of each of these things: in which chain, and what.
type Said = BTreeMap<i64, (String, Option<String>)>;

fn last_said(tx: &mut Tx<'_>, kind: ObjectKind, keys: &[i64]) -> Step<Said> {
    let about = rows::table.filter(rows::object_kind.eq(kind.as_str()));
    let revisions: Vec<(i64, Option<i64>)> = about
        .filter(rows::object_id.eq_any(keys))
        .group_by(rows::object_id)
        .select((rows::object_id, diesel::dsl::max(rows::revision)))
        .load(tx.conn())?;
    // Most things were changed as often as one another: one query for all of the same last revision.
    let mut alike: BTreeMap<i64, Vec<i64>> = BTreeMap::new();
    for (id, revision) in revisions {
        alike.entry(revision.unwrap_or_default()).or_default().push(id);
    }
    let mut said = Said::new();
    for (revision, ids) in alike {
        let last: Vec<(i64, String, Option<String>)> = about
            .filter(rows::object_id.eq_any(ids))
            .filter(rows::revision.eq(revision))
            .select((rows::object_id, rows::chain, rows::payload))
            .load(tx.conn())?;
        said.extend(last.into_iter().map(|(id, chain, payload)| (id, (chain, payload))));
    }
    Ok(said)
}

/// The next keys of a noun.
fn keys(tx: &mut Tx<'_>, noun: &Noun, after: i64) -> Step<Vec<i64>> {
    let table = noun.tables[0];
    let sql = format!("SELECT id AS number FROM {table} WHERE id > $1 ORDER BY id LIMIT {PAGE}");
    let keys: Vec<Number> = diesel::sql_query(sql).bind::<BigInt, _>(after).load(tx.conn())?;
    Ok(keys.into_iter().map(|key| key.number).collect())
}

/// Loads things; where some cannot be read, names the first of them.
fn load(tx: &mut Tx<'_>, noun: &Noun, keys: &[i64]) -> Step<Vec<Found>> {
    let all = (noun.load)(tx.conn(), keys);
    let Err(error) = all else { return Ok(all?) };
    for key in keys {
        if let Err(error) = (noun.load)(tx.conn(), &[*key]) {
            return differs(Place::Thing { kind: noun.kind, id: *key }, What::Unreadable(error.to_string()));
        }
    }
    Err(Stop::Failed(error))
}

fn compare(kind: ObjectKind, found: &Found, last: Option<&(String, Option<String>)>) -> Step {
    let place = || Place::Thing { kind, id: found.id };
    let Some((chain, payload)) = last else { return differs(place(), What::NotLedgered) };
    if *chain != found.chain.to_string() {
        return differs(place(), What::OtherChain);
    }
    let Some(payload) = payload else { return differs(place(), What::Erased) };
    let now = canonical(&found.value).or_else(|error| differs(place(), What::Unreadable(error.to_string())))?;
    if now == *payload {
        return Ok(());
    }
    let ledgered: Value = serde_json::from_str(payload).unwrap_or_default();
    differs(place(), What::Field(first_difference(&ledgered, &found.value).unwrap_or_default()))
}

/// The name of the first field that differs: `statements.2.words`; empty for the whole.
fn first_difference(then: &Value, now: &Value) -> Option<String> {
    let below = |name: &str, deeper: String| if deeper.is_empty() { name.to_owned() } else { format!("{name}.{deeper}") };
    match (then, now) {
        (Value::Object(then), Value::Object(now)) => then.keys().chain(now.keys()).find_map(|name| {
            let (then, now) = (then.get(name).unwrap_or(&Value::Null), now.get(name).unwrap_or(&Value::Null));
            first_difference(then, now).map(|deeper| below(name, deeper))
        }),
        (Value::Array(then), Value::Array(now)) => (0..then.len().max(now.len())).find_map(|index| {
            let (then, now) = (then.get(index).unwrap_or(&Value::Null), now.get(index).unwrap_or(&Value::Null));
            first_difference(then, now).map(|deeper| below(&index.to_string(), deeper))
        }),
        _ => (then != now).then(String::new),
    }
}

/// Nothing that the ledger knows of is gone, unless its last row says that it was erased.
fn gone(tx: &mut Tx<'_>, noun: &Noun) -> Step {
    let table = noun.tables[0];
    let sql = format!(
        "SELECT object_id AS number FROM ledger WHERE object_kind = '{}' \
         AND NOT EXISTS (SELECT 1 FROM {table} WHERE {table}.id = ledger.object_id) \
         AND NOT EXISTS (SELECT 1 FROM ledger AS later WHERE later.object_kind = ledger.object_kind \
         AND later.object_id = ledger.object_id AND later.revision > ledger.revision) \
         AND payload IS DISTINCT FROM 'null' ORDER BY object_id LIMIT 1",
        noun.kind
    );
    let missing: Option<Number> = diesel::sql_query(sql).get_result(tx.conn()).optional()?;
    match missing {
        Some(missing) => differs(Place::Thing { kind: noun.kind, id: missing.number }, What::Gone),
        None => Ok(()),
    }
}

/// The first sealed chain that does not go through its sealed row.
pub(super) fn unsealed(tx: &mut Tx<'_>, seal: &Seal) -> Result<Option<Difference>> {
    for head in &seal.heads {
        let hash: Option<String> =
            rows::table.find((head.chain.to_string(), head.count)).select(rows::hash).first(tx.conn()).optional()?;
        let holds = if head.count == 0 { head.hash == Digest::GENESIS } else { hash == Some(head.hash.to_string()) };
        if !holds {
            return Ok(Some(Difference { place: Place::Chain(head.chain.to_string()), what: What::NotAsSealed }));
        }
    }
    Ok(None)
}

/// Seals the record as it stands.
pub(super) fn seal(tx: &mut Tx<'_>) -> Result<Seal> {
    let heads: Vec<(Chain, i64, Digest)> = ledger_heads::table.load(tx.conn())?;
    let heads = heads.into_iter().map(|(chain, count, hash)| SealedHead { chain, count, hash }).collect();
    Ok(Seal::over(tx.now(), heads)?)
}
