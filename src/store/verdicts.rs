//! Verdicts, and the incidents whose verdicts are to be computed again.

use diesel::prelude::*;
use diesel::sql_types::BigInt;

use super::permit::{Edit, Permit};
use super::rows::{noun_of, row};
use super::schema::{aux_recomputations, incident_contracts, verdicts};
use super::types::{FactsText, JsonText, Micros, NamesText};
use super::{Result, StoreError, Tx, incidents};
use crate::domain::contract::{Agreement, Clause, Contract};
use crate::domain::id::{Id, Uid};
use crate::domain::incident::Incident;
use crate::domain::ledger::Chain;
use crate::domain::notice::Change;
use crate::domain::permit::Actor;
use crate::domain::term::Finding;
use crate::domain::verdict::Verdict;

row! {
    /// A row of `verdicts`.
    Row in verdicts {
        id: Id<Verdict>,
        uid: Uid,
        revision: i64,
        incident_id: Id<Incident>,
        clause_id: Option<Id<Clause>>,
        agreement_id: Option<Id<Agreement>>,
        change_id: Option<Id<Change>>,
        finding: Finding,
        of_clause: Finding,
        of_agreement: Option<Finding>,
        found_at: Micros,
        facts: FactsText,
        because: NamesText,
    }
}

noun_of!(Incident, Verdict in verdicts by incident_id, its incident, of_incident);

impl From<&Verdict> for Row {
    fn from(verdict: &Verdict) -> Self {
        Self {
            id: verdict.id,
            uid: verdict.uid,
            revision: verdict.revision,
            incident_id: verdict.incident,
            clause_id: verdict.clause,
            agreement_id: verdict.agreement,
            change_id: verdict.change,
            finding: verdict.finding,
            of_clause: verdict.of_clause,
            of_agreement: verdict.of_agreement,
            found_at: Micros(verdict.found_at),
            facts: JsonText(verdict.facts.clone()),
            because: JsonText(verdict.because.clone()),
        }
    }
}

impl TryFrom<Row> for Verdict {
    type Error = StoreError;

    fn try_from(row: Row) -> Result<Self> {
        Ok(Self {
            id: row.id,
            uid: row.uid,
            revision: row.revision,
            incident: row.incident_id,
            clause: row.clause_id,
            agreement: row.agreement_id,
            change: row.change_id,
            finding: row.finding,
            of_clause: row.of_clause,
            of_agreement: row.of_agreement,
            found_at: row.found_at.0,
            facts: row.facts.0,
            because: row.because.0,
        })
    }
}

/// Queues the incidents whose verdicts rest on what was written to the chain: its own, or all that a contract touches.
pub(super) fn queue_for(tx: &mut Tx<'_>, chain: Chain) -> Result<()> {
    // `ON CONFLICT` is the same in both databases; two writers may queue one incident at a time. One that is queued already is written
    // as it is, which locks it: whoever takes it off the queue meanwhile waits for what we write, and computes with it. SQLite
    // numbers `$1` and `$2` by where they stand first.
    let query = match chain {
        Chain::Incident(_) => {
            "INSERT INTO aux_recomputations (queued_at, incident_id) VALUES ($1, $2) \
             ON CONFLICT (incident_id) DO UPDATE SET queued_at = aux_recomputations.queued_at"
        }
        Chain::Contract(_) => {
            "INSERT INTO aux_recomputations (queued_at, incident_id) SELECT DISTINCT $1, incident_id FROM incident_contracts \
             WHERE contract_id = $2 ORDER BY incident_id \
             ON CONFLICT (incident_id) DO UPDATE SET queued_at = aux_recomputations.queued_at"
        }
        Chain::House | Chain::Provider(_) => return Ok(()),
    };
    let (key, now) = (chain.key().unwrap_or_default(), tx.now().timestamp_micros());
    diesel::sql_query(query).bind::<BigInt, _>(now).bind::<BigInt, _>(key).execute(tx.conn())?;
    Ok(())
}

/// Queues every incident that is not closed: time may have changed what its clauses come to.
///
/// # Errors
/// [`StoreError::Database`].
pub fn queue_open(tx: &mut Tx<'_>) -> Result<()> {
    let query = "INSERT INTO aux_recomputations (incident_id, queued_at) SELECT DISTINCT incident_id, $1 FROM incident_contracts \
                 WHERE NOT EXISTS (SELECT 1 FROM incident_times WHERE incident_times.incident_id = incident_contracts.incident_id \
                 AND which = 'closed') ORDER BY incident_id ON CONFLICT DO NOTHING";
    diesel::sql_query(query).bind::<BigInt, _>(tx.now().timestamp_micros()).execute(tx.conn())?;
    Ok(())
}

/// The incident that has waited longest, if one waits.
///
/// # Errors
/// [`StoreError::Database`].
pub fn waiting(tx: &mut Tx<'_>) -> Result<Option<Id<Incident>>> {
    let first = aux_recomputations::table.order((aux_recomputations::queued_at, aux_recomputations::incident_id));
    Ok(first.select(aux_recomputations::incident_id).first(tx.conn()).optional()?)
}

/// Lets those that wait go before an incident that could not be computed.
///
/// # Errors
/// [`StoreError::Database`].
pub fn put_back(tx: &mut Tx<'_>, id: Id<Incident>) -> Result<()> {
    let last: Option<Micros> =
        aux_recomputations::table.select(diesel::dsl::max(aux_recomputations::queued_at)).first(tx.conn())?;
    let behind = last.map_or(tx.now(), |last| last.0) + chrono::Duration::microseconds(1);
    diesel::update(aux_recomputations::table.find(id))
        .set(aux_recomputations::queued_at.eq(Micros(behind)))
        .execute(tx.conn())?;
    Ok(())
}

/// Takes that incident off the queue, and gives the permit to write its verdicts; none where somebody else was faster.
///
/// # Errors
/// As for [`incidents::to_look`].
pub fn take<'tx>(tx: &mut Tx<'tx>, id: Id<Incident>) -> Result<Option<Permit<'tx, Edit, Incident>>> {
    let permit = incidents::for_edit_by_id(tx, Actor::House, id)?;
    let taken = diesel::delete(aux_recomputations::table.find(id)).execute(tx.conn())?;
    Ok((taken > 0).then_some(permit))
}

/// How many of the incidents that the contract touches wait, and how many it touches.
///
/// # Errors
/// [`StoreError::Database`].
pub fn waiting_for(tx: &mut Tx<'_>, contract: Id<Contract>) -> Result<(i64, i64)> {
    let touched = || incident_contracts::table.filter(incident_contracts::contract_id.eq(contract));
    let keys = touched().select(incident_contracts::incident_id);
    let waiting = aux_recomputations::table.filter(aux_recomputations::incident_id.eq_any(keys)).count();
    Ok((waiting.get_result(tx.conn())?, touched().count().get_result(tx.conn())?))
}
