//! Finals. Their bytes are kept by their hash, beside the files.

use diesel::prelude::*;

use super::ledger::{self, Action, Head};
use super::permit::{Allows, Permit, Writes};
use super::rows::{broken, noun_of, row, struck, struck_columns};
use super::schema::papers;
use super::types::Micros;
use super::{Denied, Result, StoreError, Tx};
use crate::domain::id::{Id, Uid};
use crate::domain::incident::Incident;
use crate::domain::ledger::Digest;
use crate::domain::locale::Locale;
use crate::domain::paper::{Paper, PaperForm};
use crate::domain::person::Person;
use crate::domain::view::AudienceName;

row! {
    /// A row of `papers`.
    Row in papers {
        id: Id<Paper>,
        uid: Uid,
        revision: i64,
        incident_id: Id<Incident>,
        number: i64,
        paper_form: PaperForm,
        audience: AudienceName,
        locale: Locale,
        as_of: Micros,
        made_by: Option<Id<Person>>,
        head_count: i64,
        head_hash: Digest,
        sha256: String,
        size: i64,
        note: String,
        struck_at: Option<Micros>,
        struck_reason: Option<String>,
    }
}

impl TryFrom<Row> for Paper {
    type Error = StoreError;

    fn try_from(row: Row) -> Result<Self> {
        let misfit = |what| broken("papers", row.id.raw(), what);
        Ok(Self {
            id: row.id,
            uid: row.uid,
            revision: row.revision,
            incident: row.incident_id,
            number: row.number,
            paper_form: row.paper_form,
            audience: row.audience,
            locale: row.locale,
            as_of: row.as_of.0,
            made_by: row.made_by,
            head_count: row.head_count,
            head_hash: row.head_hash,
            sha256: row.sha256,
            size: row.size,
            note: row.note,
            struck: struck(row.struck_at, row.struck_reason).map_err(misfit)?,
        })
    }
}

impl From<&Paper> for Row {
    fn from(paper: &Paper) -> Self {
        let Paper {
            id,
            uid,
            revision,
            incident,
            number,
            paper_form,
            audience,
            locale,
            as_of,
            made_by,
            head_count,
            head_hash,
            sha256,
            size,
            note,
            struck,
        } = paper.clone();
        let (struck_at, struck_reason) = struck_columns(struck.as_ref());
        Self {
            id,
            uid,
            revision,
            incident_id: incident,
            number,
            paper_form,
            audience,
            locale,
            as_of: Micros(as_of),
            made_by,
            head_count,
            head_hash,
            sha256,
            size,
            note,
            struck_at,
            struck_reason,
        }
    }
}

noun_of!(Incident, Paper in papers by incident_id, its incident, of_incident);

/// What the next final of the permit's incident rests on and is called, as it now stands: the head of the chain, and the number. Where
/// the head stays, so does the number.
///
/// # Errors
/// [`Denied::NotFound`] where nothing was written to the chain.
pub fn next<D: Allows>(tx: &mut Tx<'_>, permit: &Permit<'_, D, Incident>) -> Result<(Head, i64)> {
    let head = ledger::head(tx, permit)?.ok_or(Denied::NotFound)?;
    let last: Option<i64> =
        papers::table.filter(papers::incident_id.eq(permit.id())).select(diesel::dsl::max(papers::number)).first(tx.conn())?;
    Ok((head, last.unwrap_or(0) + 1))
}

/// Keeps a final that was printed while the chain's head was what the paper says.
///
/// # Errors
/// [`StoreError::Stale`] where something was written since, so that it would not say what is on record.
pub fn freeze<D: Writes>(tx: &mut Tx<'_>, permit: &Permit<'_, D, Incident>, action: Action, paper: &Paper) -> Result<()> {
    let (head, number) = next(tx, permit)?;
    if head != (Head { count: paper.head_count, hash: paper.head_hash }) || number != paper.number {
        return Err(StoreError::Stale);
    }
    add(tx, permit, action, paper)
}

/// Those of the bytes `sha256s` that a final has.
pub(super) fn naming(tx: &mut Tx<'_>, sha256s: &[String]) -> Result<Vec<String>> {
    Ok(papers::table.filter(papers::sha256.eq_any(sha256s)).select(papers::sha256).load(tx.conn())?)
}

/// The keys and hashes of all finals.
pub(super) fn hashes(tx: &mut Tx<'_>) -> Result<Vec<(Id<Paper>, String)>> {
    Ok(papers::table.order(papers::id).select((papers::id, papers::sha256)).load(tx.conn())?)
}
