//! The clauses of contracts. They belong to the contract's chain, and are written under its permit.

use diesel::prelude::*;

use super::rows::{self, noun_of, row};
use super::schema::clauses;
use super::types::{JsonText, Micros, TermText};
use super::{Result, StoreError};
use crate::domain::contract::{Clause, Contract};
use crate::domain::id::{Id, Uid};

row! {
    /// A row of `clauses`.
    Row in clauses {
        id: Id<Clause>,
        uid: Uid,
        revision: i64,
        contract_id: Id<Contract>,
        number: String,
        heading: String,
        quote: String,
        struck_at: Option<Micros>,
        struck_reason: Option<String>,
        term: Option<TermText>,
    }
}

noun_of!(Contract, Clause in clauses by contract_id, its contract, of_contract);

impl From<&Clause> for Row {
    fn from(clause: &Clause) -> Self {
        let (struck_at, struck_reason) = rows::struck_columns(clause.struck.as_ref());
        Self {
            id: clause.id,
            uid: clause.uid,
            revision: clause.revision,
            contract_id: clause.contract,
            number: clause.number.clone(),
            heading: clause.heading.clone(),
            quote: clause.quote.clone(),
            struck_at,
            struck_reason,
            term: clause.term.clone().map(JsonText),
        }
    }
}

impl TryFrom<Row> for Clause {
    type Error = StoreError;

    fn try_from(row: Row) -> Result<Self> {
        Ok(Self {
            id: row.id,
            uid: row.uid,
            revision: row.revision,
            contract: row.contract_id,
            number: row.number,
            heading: row.heading,
            quote: row.quote,
            term: row.term.map(|term| term.0),
            struck: rows::struck(row.struck_at, row.struck_reason).map_err(|what| rows::broken("clauses", row.id.raw(), what))?,
        })
    }
}
