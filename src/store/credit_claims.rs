//! Claims for credits, as they were sent and answered.

use diesel::prelude::*;

use super::rows::{broken, maybe_moment, moment, moment_columns, noun_of, row, struck, struck_columns};
use super::schema::credit_claims;
use super::types::{Day, Micros, ZoneName};
use super::{Result, StoreError};
use crate::domain::contract::{Agreement, Clause};
use crate::domain::credit_claim::{ClaimAnswer, ClaimWay, CreditClaim};
use crate::domain::entry::Entry;
use crate::domain::id::{Id, Uid};
use crate::domain::incident::Incident;
use crate::domain::party::Provider;
use crate::domain::person::Person;
use crate::domain::statement::Citation;
use crate::domain::visibility::Visibility;

row! {
    /// A row of `credit_claims`.
    Row in credit_claims {
        id: Id<CreditClaim>,
        uid: Uid,
        revision: i64,
        incident_id: Id<Incident>,
        clause_id: Option<Id<Clause>>,
        agreement_id: Option<Id<Agreement>>,
        provider_id: Id<Provider>,
        sent_from: Micros,
        sent_to: Micros,
        sent_words: Option<String>,
        sent_zone: ZoneName,
        way: ClaimWay,
        address: String,
        sent_by: Option<Id<Person>>,
        amount: Option<i64>,
        currency: String,
        answer_by: Option<Day>,
        answer: ClaimAnswer,
        answered_from: Option<Micros>,
        answered_to: Option<Micros>,
        answered_words: Option<String>,
        answered_zone: Option<ZoneName>,
        granted: Option<i64>,
        answer_words: String,
        entry_id: Option<Id<Entry>>,
        visibility: Visibility,
        struck_at: Option<Micros>,
        struck_reason: Option<String>,
    }
}

impl TryFrom<Row> for CreditClaim {
    type Error = StoreError;

    fn try_from(row: Row) -> Result<Self> {
        let misfit = |what| broken("credit_claims", row.id.raw(), what);
        let of = match (row.clause_id, row.agreement_id) {
            (Some(clause), None) => Citation::Clause(clause),
            (None, Some(agreement)) => Citation::Agreement(agreement),
            _ => return Err(misfit("it is under neither a clause nor an agreement, or under both")),
        };
        let answered = (row.answered_from, row.answered_to, row.answered_words, row.answered_zone);
        Ok(Self {
            id: row.id,
            uid: row.uid,
            revision: row.revision,
            incident: row.incident_id,
            of,
            provider: row.provider_id,
            sent: moment(row.sent_from, row.sent_to, row.sent_words, row.sent_zone),
            way: row.way,
            address: row.address,
            sent_by: row.sent_by,
            amount: row.amount,
            currency: row.currency,
            answer_by: row.answer_by.map(|day| day.0),
            answer: row.answer,
            answered: maybe_moment(answered).map_err(misfit)?,
            granted: row.granted,
            answer_words: row.answer_words,
            entry: row.entry_id,
            visibility: row.visibility,
            struck: struck(row.struck_at, row.struck_reason).map_err(misfit)?,
        })
    }
}

impl From<&CreditClaim> for Row {
    fn from(claim: &CreditClaim) -> Self {
        let claim = claim.clone();
        let (clause_id, agreement_id) = match claim.of {
            Citation::Clause(id) => (Some(id), None),
            Citation::Agreement(id) => (None, Some(id)),
        };
        let (answered_from, answered_to, answered_words, answered_zone) = moment_columns(claim.answered.as_ref());
        let (struck_at, struck_reason) = struck_columns(claim.struck.as_ref());
        Self {
            id: claim.id,
            uid: claim.uid,
            revision: claim.revision,
            incident_id: claim.incident,
            clause_id,
            agreement_id,
            provider_id: claim.provider,
            sent_from: Micros(claim.sent.from),
            sent_to: Micros(claim.sent.to),
            sent_words: claim.sent.words,
            sent_zone: ZoneName(claim.sent.zone),
            way: claim.way,
            address: claim.address,
            sent_by: claim.sent_by,
            amount: claim.amount,
            currency: claim.currency,
            answer_by: claim.answer_by.map(Day),
            answer: claim.answer,
            answered_from,
            answered_to,
            answered_words,
            answered_zone,
            granted: claim.granted,
            answer_words: claim.answer_words,
            entry_id: claim.entry,
            visibility: claim.visibility,
            struck_at,
            struck_reason,
        }
    }
}

noun_of!(Incident, CreditClaim in credit_claims by incident_id, its incident, of_incident);
