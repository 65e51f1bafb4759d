//! The openings of shares, in the order in which they happened.

use diesel::prelude::*;

use super::rows::{noun_of, row};
use super::schema::share_openings;
use super::types::Micros;
use super::{Result, StoreError, Tx};
use crate::domain::id::{Id, Uid};
use crate::domain::incident::Incident;
use crate::domain::share::{Opening, Share, Way};

row! {
    /// A row of `share_openings`.
    Row in share_openings {
        id: Id<Opening>,
        uid: Uid,
        revision: i64,
        incident_id: Id<Incident>,
        share_id: Id<Share>,
        at: Micros,
        way: Way,
        name: String,
        department: String,
        address: String,
        version: Option<i64>,
        fingerprint: String,
    }
}

impl From<&Opening> for Row {
    fn from(opening: &Opening) -> Self {
        let Opening { id, uid, revision, incident, share, at, way, name, department, address, version, fingerprint } =
            opening.clone();
        Self {
            id,
            uid,
            revision,
            incident_id: incident,
            share_id: share,
            at: Micros(at),
            way,
            name,
            department,
            address,
            version,
            fingerprint,
        }
    }
}

impl TryFrom<Row> for Opening {
    type Error = StoreError;

    fn try_from(row: Row) -> Result<Self> {
        let Row { id, uid, revision, incident_id, share_id, at, way, name, department, address, version, fingerprint } = row;
        Ok(Self {
            id,
            uid,
            revision,
            incident: incident_id,
            share: share_id,
            at: at.0,
            way,
            name,
            department,
            address,
            version,
            fingerprint,
        })
    }
}

noun_of!(Incident, Opening in share_openings by incident_id, its incident, of_incident);

/// How often that share was opened.
///
/// # Errors
/// [`StoreError::Database`].
pub fn count(tx: &mut Tx<'_>, share: Id<Share>) -> Result<i64> {
    Ok(share_openings::table.filter(share_openings::share_id.eq(share)).count().get_result(tx.conn())?)
}
