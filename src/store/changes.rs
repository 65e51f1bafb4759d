//! Changes by providers.

use diesel::prelude::*;

use super::rows::{broken, maybe_moment, moment_columns, noun_of, row, struck, struck_columns};
use super::schema::changes;
use super::types::{Micros, ZoneName};
use super::{Result, StoreError};
use crate::domain::id::{Id, Uid};
use crate::domain::incident::Incident;
use crate::domain::notice::Change;
use crate::domain::party::Provider;
use crate::domain::visibility::Visibility;

row! {
    /// A row of `changes`.
    Row in changes {
        id: Id<Change>,
        uid: Uid,
        revision: i64,
        incident_id: Id<Incident>,
        provider_id: Id<Provider>,
        what: String,
        effective_from: Option<Micros>,
        effective_to: Option<Micros>,
        effective_words: Option<String>,
        effective_zone: Option<ZoneName>,
        visibility: Visibility,
        struck_at: Option<Micros>,
        struck_reason: Option<String>,
    }
}

impl TryFrom<Row> for Change {
    type Error = StoreError;

    fn try_from(row: Row) -> Result<Self> {
        let misfit = |what| broken("changes", row.id.raw(), what);
        let effective = (row.effective_from, row.effective_to, row.effective_words, row.effective_zone);
        Ok(Self {
            id: row.id,
            uid: row.uid,
            revision: row.revision,
            incident: row.incident_id,
            provider: row.provider_id,
            what: row.what,
            effective: maybe_moment(effective).map_err(misfit)?,
            visibility: row.visibility,
            struck: struck(row.struck_at, row.struck_reason).map_err(misfit)?,
        })
    }
}

impl From<&Change> for Row {
    fn from(change: &Change) -> Self {
        let Change { id, uid, revision, incident, provider, what, effective, visibility, struck } = change.clone();
        let (effective_from, effective_to, effective_words, effective_zone) = moment_columns(effective.as_ref());
        let (struck_at, struck_reason) = struck_columns(struck.as_ref());
        Self {
            id,
            uid,
            revision,
            incident_id: incident,
            provider_id: provider,
            what,
            effective_from,
            effective_to,
            effective_words,
            effective_zone,
            visibility,
            struck_at,
            struck_reason,
        }
    }
}

noun_of!(Incident, Change in changes by incident_id, its incident, of_incident);
