//! The agreements beside contracts. They belong to the contract's chain, and are written under its permit.

use diesel::prelude::*;

use super::rows::{self, noun_of, row};
use super::schema::agreements;
use super::types::{JsonText, Micros, TermText, YesNo, ZoneName};
use super::{Result, StoreError};
use crate::domain::contract::{Agreement, AgreementHow, Clause, Contract, Standing};
use crate::domain::entry::Entry;
use crate::domain::id::{Id, Uid};
use crate::domain::party::Contact;
use crate::domain::visibility::Visibility;

row! {
    /// A row of `agreements`.
    Row in agreements {
        id: Id<Agreement>,
        uid: Uid,
        revision: i64,
        contract_id: Id<Contract>,
        made_from: Micros,
        made_to: Micros,
        made_words: Option<String>,
        made_zone: ZoneName,
        made_with: String,
        contact_id: Option<Id<Contact>>,
        how: AgreementHow,
        words: String,
        verbatim: YesNo,
        evidence: String,
        standing: Standing,
        before_clause: Option<Id<Clause>>,
        visibility: Visibility,
        struck_at: Option<Micros>,
        struck_reason: Option<String>,
        term: Option<TermText>,
        confirmed_in: Option<Id<Entry>>,
    }
}

noun_of!(Contract, Agreement in agreements by contract_id, its contract, of_contract);

impl From<&Agreement> for Row {
    fn from(agreement: &Agreement) -> Self {
        let (struck_at, struck_reason) = rows::struck_columns(agreement.struck.as_ref());
        Self {
            id: agreement.id,
            uid: agreement.uid,
            revision: agreement.revision,
            contract_id: agreement.contract,
            made_from: Micros(agreement.made.from),
            made_to: Micros(agreement.made.to),
            made_words: agreement.made.words.clone(),
            made_zone: ZoneName(agreement.made.zone),
            made_with: agreement.made_with.clone(),
            contact_id: agreement.contact,
            how: agreement.how,
            words: agreement.words.clone(),
            verbatim: YesNo(agreement.verbatim),
            evidence: agreement.evidence.clone(),
            standing: agreement.standing,
            before_clause: agreement.before_clause,
            visibility: agreement.visibility,
            struck_at,
            struck_reason,
            term: agreement.term.clone().map(JsonText),
            confirmed_in: agreement.confirmed_in,
        }
    }
}

impl TryFrom<Row> for Agreement {
    type Error = StoreError;

    fn try_from(row: Row) -> Result<Self> {
        Ok(Self {
            id: row.id,
            uid: row.uid,
            revision: row.revision,
            contract: row.contract_id,
            made: rows::moment(row.made_from, row.made_to, row.made_words, row.made_zone),
            made_with: row.made_with,
            contact: row.contact_id,
            how: row.how,
            words: row.words,
            verbatim: row.verbatim.0,
            evidence: row.evidence,
            standing: row.standing,
            confirmed_in: row.confirmed_in,
            before_clause: row.before_clause,
            term: row.term.map(|term| term.0),
            visibility: row.visibility,
            struck: rows::struck(row.struck_at, row.struck_reason)
                .map_err(|what| rows::broken("agreements", row.id.raw(), what))?,
        })
    }
}
