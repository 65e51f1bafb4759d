//! The nouns whose rows are evidence. What is not named here, and not `aux_…`, `verify` takes for a difference.

use serde_json::Value;

use super::Result;
use super::dialect::AnyConnection;
use crate::domain::contract::{Agreement, Clause, Contract};
use crate::domain::credit_claim::CreditClaim;
use crate::domain::entry::Entry;
use crate::domain::incident::Incident;
use crate::domain::ledger::{Aggregate, Chain, ObjectKind};
use crate::domain::matter::{Ask, Contradiction, RuledOut};
use crate::domain::notice::{Change, Notice};
use crate::domain::paper::Paper;
use crate::domain::party::{Attachment, Contact, Provider};
use crate::domain::person::{House, Person};
use crate::domain::share::{Opening, Share};
use crate::domain::statement::Promise;
use crate::domain::verdict::Verdict;

/// A noun whose rows are evidence.
pub(super) trait Evidence: Aggregate {
    /// Its tables; the first has one row for each, with its key in the column `id`.
    const TABLES: &'static [&'static str];

    /// The things with those keys, each with the chain it must be ledgered in; those that are not there are left out.
    ///
    /// # Errors
    /// Whatever cannot be read as what we write.
    fn load(conn: &mut AnyConnection, keys: &[i64]) -> Result<Vec<(Chain, Self)>>;

    /// How many rows it has in each of [`Self::TABLES`].
    fn rows(&self) -> Vec<usize> {
        vec![1]
    }
}

/// One thing, as its rows say it is.
pub(super) struct Found {
    /// In which chain it must be ledgered.
    pub chain: Chain,
    /// Its key.
    pub id: i64,
    /// The whole of it.
    pub value: Value,
    /// How many rows it has in each table of its noun.
    pub rows: Vec<usize>,
}

/// A noun, for going through all of them.
pub(super) struct Noun {
    /// Its name in the ledger.
    pub kind: ObjectKind,
    /// Its tables.
    pub tables: &'static [&'static str],
    /// Loads things by their keys.
    pub load: fn(&mut AnyConnection, &[i64]) -> Result<Vec<Found>>,
}

impl Noun {
    const fn of<E: Evidence>() -> Self {
        Self { kind: E::KIND, tables: E::TABLES, load: load::<E> }
    }
}

fn load<E: Evidence>(conn: &mut AnyConnection, keys: &[i64]) -> Result<Vec<Found>> {
    let things = E::load(conn, keys)?;
    let found = things
        .into_iter()
        .map(|(chain, thing)| Ok(Found { chain, id: thing.id(), value: serde_json::to_value(&thing)?, rows: thing.rows() }));
    found.collect()
}

/// Every noun there is.
pub(super) const NOUNS: &[Noun] = &[
    Noun::of::<House>(),
    Noun::of::<Person>(),
    Noun::of::<Provider>(),
    Noun::of::<Contact>(),
    Noun::of::<Contract>(),
    Noun::of::<Clause>(),
    Noun::of::<Agreement>(),
    Noun::of::<Incident>(),
    Noun::of::<Entry>(),
    Noun::of::<Promise>(),
    Noun::of::<Ask>(),
    Noun::of::<RuledOut>(),
    Noun::of::<Contradiction>(),
    Noun::of::<Change>(),
    Noun::of::<Notice>(),
    Noun::of::<Attachment>(),
    Noun::of::<Share>(),
    Noun::of::<Opening>(),
    Noun::of::<Verdict>(),
    Noun::of::<CreditClaim>(),
    Noun::of::<Paper>(),
];
