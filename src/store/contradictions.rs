//! Contradictions: a statement against what does not fit with it.

use diesel::prelude::*;

use super::permit::{Allows, Permit};
use super::rows::{Fit, broken, noun_in, row, struck, struck_columns};
use super::schema::{contradictions, statements};
use super::types::Micros;
use super::{Denied, Result, StoreError, Tx, entries};
use crate::domain::id::{Id, Uid};
use crate::domain::incident::Incident;
use crate::domain::matter::{Against, Contradiction};
use crate::domain::statement::Statement;
use crate::domain::visibility::Visibility;

row! {
    /// A row of `contradictions`.
    Row in contradictions {
        id: Id<Contradiction>,
        uid: Uid,
        revision: i64,
        incident_id: Id<Incident>,
        statement_id: Id<Statement>,
        against_kind: String,
        against_id: i64,
        note: String,
        visibility: Visibility,
        struck_at: Option<Micros>,
        struck_reason: Option<String>,
    }
}

fn against(kind: &str, id: i64) -> Fit<Against> {
    match kind {
        "statement" => Ok(Against::Statement(Id::new(id))),
        "clause" => Ok(Against::Clause(Id::new(id))),
        "agreement" => Ok(Against::Agreement(Id::new(id))),
        "entry" => Ok(Against::Entry(Id::new(id))),
        _ => Err("it stands against nothing we know"),
    }
}

fn against_columns(against: Against) -> (&'static str, i64) {
    match against {
        Against::Statement(id) => ("statement", id.raw()),
        Against::Clause(id) => ("clause", id.raw()),
        Against::Agreement(id) => ("agreement", id.raw()),
        Against::Entry(id) => ("entry", id.raw()),
    }
}

impl TryFrom<Row> for Contradiction {
    type Error = StoreError;

    fn try_from(row: Row) -> Result<Self> {
        let misfit = |what| broken("contradictions", row.id.raw(), what);
        Ok(Self {
            id: row.id,
            uid: row.uid,
            revision: row.revision,
            incident: row.incident_id,
            statement: row.statement_id,
            against: against(&row.against_kind, row.against_id).map_err(misfit)?,
            note: row.note,
            visibility: row.visibility,
            struck: struck(row.struck_at, row.struck_reason).map_err(misfit)?,
        })
    }
}

impl From<&Contradiction> for Row {
    fn from(item: &Contradiction) -> Self {
        let Contradiction { id, uid, revision, incident, statement, against, note, visibility, struck } = item.clone();
        let (against_kind, against_id) = against_columns(against);
        let (struck_at, struck_reason) = struck_columns(struck.as_ref());
        Self {
            id,
            uid,
            revision,
            incident_id: incident,
            statement_id: statement,
            against_kind: against_kind.to_owned(),
            against_id,
            note,
            visibility,
            struck_at,
            struck_reason,
        }
    }
}

noun_in!(Incident, Contradiction in contradictions by incident_id, its incident, of_incident);

/// The contradiction called `uid` of the permit's incident.
///
/// # Errors
/// [`Denied::NotFound`], also where it is another incident's, or stands in somebody else's private entry.
pub fn get<D: Allows>(tx: &mut Tx<'_>, permit: &Permit<'_, D, Incident>, uid: Uid) -> Result<Contradiction> {
    let mine = contradictions::table.filter(contradictions::uid.eq(uid)).filter(contradictions::incident_id.eq(permit.id()));
    let row: Option<Row> = mine.select(Row::as_select()).first(tx.conn()).optional()?;
    let contradiction = Contradiction::try_from(row.ok_or(Denied::NotFound)?)?;
    let entry = statements::table.find(contradiction.statement).select(statements::entry_id).first(tx.conn())?;
    entries::by_id(tx, permit, entry)?;
    Ok(contradiction)
}
