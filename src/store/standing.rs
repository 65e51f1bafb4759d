//! Where each incident stands: derived from its rows, and written with them, for the lists over all incidents (`aux_standing`). Whatever
//! is written to an incident's chain of the ledger makes it anew at the end of the same transaction, so that no noun can forget to.

use diesel::prelude::*;
use diesel::sql_types::BigInt;

use super::Result;
use super::dialect::{self, AnyConnection};
use super::overview::{INCIDENTS, STATUS};
use crate::domain::id::Id;
use crate::domain::incident::Incident;

/// When it started, in the table, where that is not known: before everything.
pub(super) const UNKNOWN: i64 = -9_000_000_000_000_000_000;

/// The text of [`crate::domain::incident::IncidentNumber`], in lower case.
const NUMBER: &str = "'inc-' || CAST(i.year AS TEXT) || '-' \
    || substr('0000', length(CAST(i.count AS TEXT)) + 1) || CAST(i.count AS TEXT)";

/// Makes it anew for one incident. Nobody else writes to that incident's chain until this transaction ends.
pub(super) fn refresh(conn: &mut AnyConnection, incident: Id<Incident>) -> Result<()> {
    diesel::sql_query("DELETE FROM aux_standing WHERE incident_id = $1").bind::<BigInt, _>(incident.raw()).execute(conn)?;
    // A collation by bytes makes `lower` touch ASCII alone in PostgreSQL, as it does in SQLite.
    let sql = format!(
        "INSERT INTO aux_standing \
         (incident_id, provider_id, year, count, goes_on, status, started_from, started_to, ended_to, news_at, words) \
         SELECT i.id, i.provider_id, i.year, i.count, CASE WHEN r.which IS NULL AND c.which IS NULL THEN 1 ELSE 0 END, {STATUS}, \
         COALESCE(s.at_from, {UNKNOWN}), COALESCE(s.at_to, {UNKNOWN}), COALESCE(m.at_to, r.at_to, c.at_to), \
         COALESCE((SELECT e.recorded_at FROM entries e WHERE e.incident_id = i.id AND e.struck_at IS NULL \
         AND e.visibility <> 'private' ORDER BY e.recorded_at DESC LIMIT 1), 0), \
         lower(i.title {}) || ' ' || {NUMBER} FROM {INCIDENTS} WHERE i.id = $1",
        dialect::bytewise(conn)
    );
    diesel::sql_query(sql).bind::<BigInt, _>(incident.raw()).execute(conn)?;
    Ok(())
}
