//! The chains: every one recomputed from its first row, in one going through the ledger.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use diesel::prelude::*;
use diesel::sql_types::{BigInt, Text};
use serde_json::Value;

use super::{PAGE, Step, Telling, differs};
use crate::domain::erasure::Erasure;
use crate::domain::ledger::{Author, Chain, Digest, Header, ObjectKind, Place, Report, Salt, What};
use crate::store::Tx;
use crate::store::ledger::Head;
use crate::store::schema::{ledger as rows, ledger_heads};

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
pub(super) fn chains(tx: &mut Tx<'_>, report: &mut Report, telling: &mut Telling<'_>) -> Step {
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
