//! Verify: is the record what was written?
//!
//! Recomputes every chain, compares the head of each with what is kept apart, and compares every evidence row with the last
//! ledger row about it. It stops at the first thing that differs and says where. What it cannot parse is a difference.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use diesel::prelude::*;
use diesel::sql_types::{BigInt, Text};
use serde_json::Value;

use super::dialect::bulk;
use super::evidence::{Found, NOUNS, Noun};
use super::files::FileError;
use super::ledger::Head;
use super::schema::{ledger as rows, ledger_heads};
use super::{Result, Store, StoreError, Tx, attachments, dialect};
use crate::domain::erasure::Erasure;
use crate::domain::ledger::{
    Author, Chain, Difference, Digest, Header, ObjectKind, Place, Report, Salt, Seal, SealedHead, What, canonical,
};
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
    chains(tx, report, &mut telling)?;
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

/// A row of `ledger`, as it stands there, parsed no further.
#[derive(QueryableByName)]
#[diesel(table_name = rows)]
struct Raw {
    chain: String,
    seq: i64,
    at: i64,
    actor: String,
    action: String,
    object_kind: String,
    object_id: i64,
    revision: i64,
    payload: Option<String>,
    salt: Option<String>,
    payload_digest: String,
    prev: String,
    hash: String,
}

impl Raw {
    fn place(&self) -> Place {
        Place::LedgerRow { chain: self.chain.clone(), seq: self.seq }
    }

    fn parse<T: std::str::FromStr<Err: fmt::Display>>(&self, text: &str) -> Step<T> {
        text.parse().or_else(|error| differs(self.place(), What::Unreadable(format!("{error}"))))
    }

    fn header(&self) -> Step<Header> {
        let Some(at) = chrono::DateTime::from_timestamp_micros(self.at) else {
            return differs(self.place(), What::Unreadable(format!("{} is no time", self.at)));
        };
        Ok(Header {
            chain: self.parse(&self.chain)?,
            seq: self.seq,
            at,
            author: self.parse::<Author>(&self.actor)?,
            action: self.action.clone(),
            kind: self.parse(&self.object_kind)?,
            id: self.object_id,
            revision: self.revision,
            payload_digest: self.parse(&self.payload_digest)?,
        })
    }
}

/// What the house chain says about other chains, and what was found of them.
#[derive(Default)]
struct Chains {
    opened: BTreeMap<String, i64>,
    found: BTreeMap<String, Head>,
}

/// The chain in hand.
struct Current {
    name: String,
    head: Head,
    gaps: Gaps,
}

impl Current {
    fn begin(name: &str) -> Self {
        Self { name: name.to_owned(), head: Head { count: 0, hash: Digest::GENESIS }, gaps: Gaps::default() }
    }

    /// Its end: what was taken out of it was said to be.
    fn end(self, chains: &mut Chains) -> Step {
        self.gaps.are_said(&self.name)?;
        chains.found.insert(self.name, self.head);
        Ok(())
    }
}

/// What was taken out of a chain, and what it says of that.
#[derive(Default)]
struct Gaps {
    taken: Vec<(i64, String, i64, i64)>,
    said: Vec<Erasure>,
    gone: BTreeSet<(String, i64)>,
}

impl Gaps {
    fn note(&mut self, row: &Raw) -> Step {
        match row.payload.as_deref() {
            None => self.taken.push((row.seq, row.object_kind.clone(), row.object_id, row.revision)),
            Some("null") => drop(self.gone.insert((row.object_kind.clone(), row.object_id))),
            Some(payload) if row.object_kind == ObjectKind::Erasure.as_str() => match serde_json::from_str(payload) {
                Ok(erasure) => self.said.push(erasure),
                Err(error) => return differs(row.place(), What::Unreadable(error.to_string())),
            },
            Some(_) => {}
        }
        Ok(())
    }

    fn are_said(&self, chain: &str) -> Step {
        let is_said = |kind: &str, id: i64, revision: i64| {
            let by_law = self.said.iter().any(|said| said.of.as_str() == kind && said.covers(said.of, id, revision));
            by_law || self.gone.contains(&(kind.to_owned(), id))
        };
        match self.taken.iter().find(|(_, kind, id, revision)| !is_said(kind, *id, *revision)) {
            Some((seq, ..)) => differs(Place::LedgerRow { chain: chain.to_owned(), seq: *seq }, What::TakenOut),
            None => Ok(()),
        }
    }
}

/// Recomputes every chain from its first row, in one going through the ledger.
fn chains(tx: &mut Tx<'_>, report: &mut Report, telling: &mut Telling<'_>) -> Step {
    let mut chains = Chains::default();
    let mut current: Option<Current> = None;
    let mut last = (String::new(), i64::MIN);
    loop {
        let page = page(tx, &last)?;
        let Some(end) = page.last() else { break };
        last = (end.chain.clone(), end.seq);
        for row in &page {
            let mut chain = match current.take() {
                Some(chain) if chain.name == row.chain => chain,
                other => {
                    if let Some(whole) = other {
                        whole.end(&mut chains)?;
                    }
                    Current::begin(&row.chain)
                }
            };
            chain.head = recompute_row(row, chain.head)?;
            chain.gaps.note(row)?;
            report.rows += 1;
            report.erased += i64::from(row.payload.is_none());
            if row.object_kind == ObjectKind::Chain.as_str() {
                note_opening(row, &mut chains)?;
            }
            current = Some(chain);
        }
        telling.went_on(page.len());
    }
    if let Some(whole) = current {
        whole.end(&mut chains)?;
    }
    heads(tx, &chains)?;
    report.chains = i64::try_from(chains.found.len()).unwrap_or(i64::MAX);
    Ok(())
}

/// The rows after that one, by chain and place. As SQL: the comparison of both at once follows the primary key in both databases.
fn page(tx: &mut Tx<'_>, (chain, seq): &(String, i64)) -> Step<Vec<Raw>> {
    let sql = format!("SELECT * FROM ledger WHERE (chain, seq) > ($1, $2) ORDER BY chain, seq LIMIT {PAGE}");
    Ok(diesel::sql_query(sql).bind::<Text, _>(chain).bind::<BigInt, _>(*seq).load(tx.conn())?)
}

fn recompute_row(row: &Raw, before: Head) -> Step<Head> {
    if row.seq != before.count + 1 {
        return differs(row.place(), What::Gap);
    }
    if row.parse::<Digest>(&row.prev)? != before.hash {
        return differs(row.place(), What::Prev);
    }
    let header = row.header()?;
    match (&row.salt, &row.payload) {
        (Some(salt), Some(payload)) => {
            let salt: Salt = row.parse(salt)?;
            if Digest::of_payload(&salt, payload) != header.payload_digest {
                return differs(row.place(), What::Payload);
            }
        }
        (None, None) => {}
        _ => return differs(row.place(), What::Payload),
    }
    let hash = header.hash(&before.hash).or_else(|error| differs(row.place(), What::Unreadable(error.to_string())))?;
    if row.parse::<Digest>(&row.hash)? != hash {
        return differs(row.place(), What::Hash);
    }
    Ok(Head { count: row.seq, hash })
}

/// A chain is opened once, in the house chain.
fn note_opening(row: &Raw, chains: &mut Chains) -> Step {
    let payload = row.payload.as_deref().unwrap_or_default();
    let opened = serde_json::from_str(payload).ok().and_then(|value: Value| value["chain"].as_str().map(str::to_owned));
    let Some(opened) = opened.filter(|_| row.chain == Chain::House.to_string()) else {
        return differs(row.place(), What::Unreadable("it opens no chain".to_owned()));
    };
    match chains.opened.insert(opened, row.seq) {
        None => Ok(()),
        Some(_) => differs(row.place(), What::Unreadable("it opens a chain again".to_owned())),
    }
}

/// What was recomputed, what is kept apart, and what the house chain opened are the same chains.
fn heads(tx: &mut Tx<'_>, chains: &Chains) -> Step {
    let house = Chain::House.to_string();
    let kept: Vec<(String, i64, String)> = ledger_heads::table.load(tx.conn())?;
    for (chain, count, hash) in &kept {
        let nothing = Head { count: 0, hash: Digest::GENESIS };
        let found = chains.found.get(chain).copied().unwrap_or(nothing);
        let place = Place::Chain(chain.clone());
        if found.count != *count {
            return differs(place, What::Count);
        }
        if found.hash.to_string() != *hash {
            return differs(place, What::HeadHash);
        }
        if *chain != house && !chains.opened.contains_key(chain) {
            return differs(place, What::NotOpened);
        }
    }
    let is_kept = |chain: &str| kept.iter().any(|(name, ..)| name == chain);
    match chains.found.keys().find(|chain| !is_kept(chain)) {
        Some(chain) => return differs(Place::Chain(chain.clone()), What::NoHead),
        None if !is_kept(&house) => return differs(Place::Chain(house), What::NoHead),
        None => {}
    }
    match chains.opened.keys().find(|chain| !chains.found.contains_key(*chain)) {
        Some(chain) => differs(Place::Chain(chain.clone()), What::NoChain),
        None => Ok(()),
    }
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
