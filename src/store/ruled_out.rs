//! What was ruled out: checked already, or a remedy that we cannot take.

use diesel::prelude::*;

use super::rows::{broken, noun_of, row, struck, struck_columns};
use super::schema::ruled_out;
use super::types::Micros;
use super::{Result, StoreError};
use crate::domain::id::{Id, Uid};
use crate::domain::incident::Incident;
use crate::domain::matter::{RuledOut, RuledOutKind};
use crate::domain::visibility::Visibility;

row! {
    /// A row of `ruled_out`.
    Row in ruled_out {
        id: Id<RuledOut>,
        uid: Uid,
        revision: i64,
        incident_id: Id<Incident>,
        kind: RuledOutKind,
        what: String,
        why: String,
        visibility: Visibility,
        struck_at: Option<Micros>,
        struck_reason: Option<String>,
    }
}

impl TryFrom<Row> for RuledOut {
    type Error = StoreError;

    fn try_from(row: Row) -> Result<Self> {
        let Row { id, uid, revision, incident_id, kind, what, why, visibility, struck_at, struck_reason } = row;
        let struck = struck(struck_at, struck_reason).map_err(|what| broken("ruled_out", id.raw(), what))?;
        Ok(Self { id, uid, revision, incident: incident_id, kind, what, why, visibility, struck })
    }
}

impl From<&RuledOut> for Row {
    fn from(item: &RuledOut) -> Self {
        let RuledOut { id, uid, revision, incident, kind, what, why, visibility, struck } = item.clone();
        let (struck_at, struck_reason) = struck_columns(struck.as_ref());
        Self { id, uid, revision, incident_id: incident, kind, what, why, visibility, struck_at, struck_reason }
    }
}

noun_of!(Incident, RuledOut in ruled_out by incident_id, its incident, of_incident);
