//! Where each incident stands: derived from its rows, and written with them, for the lists over all incidents (`aux_standing`). Whatever
//! is written to an incident's chain of the ledger makes it anew at the end of the same transaction, so that no noun can forget to.

use diesel::prelude::*;
use diesel::sql_types::BigInt;

use super::Result;
use super::dialect::AnyConnection;
use crate::domain::id::Id;
use crate::domain::incident::Incident;

/// Makes it anew for one incident. Nobody else writes to that incident's chain until this transaction ends.
pub(super) fn refresh(conn: &mut AnyConnection, incident: Id<Incident>) -> Result<()> {
    diesel::sql_query("DELETE FROM aux_standing WHERE incident_id = $1").bind::<BigInt, _>(incident.raw()).execute(conn)?;
    let sql = "INSERT INTO aux_standing (incident_id, provider_id, year, count, goes_on, started_from, started_to, news_at) \
        SELECT i.id, i.provider_id, i.year, i.count, \
        CASE WHEN EXISTS (SELECT 1 FROM incident_times t WHERE t.incident_id = i.id AND t.which IN ('restored', 'closed')) \
        THEN 0 ELSE 1 END, COALESCE(s.at_from, -9000000000000000000), COALESCE(s.at_to, -9000000000000000000), \
        COALESCE((SELECT e.recorded_at FROM entries e WHERE e.incident_id = i.id AND e.struck_at IS NULL \
        AND e.visibility <> 'private' ORDER BY e.recorded_at DESC LIMIT 1), 0) \
        FROM incidents i LEFT JOIN incident_times s ON s.incident_id = i.id AND s.which = 'started' WHERE i.id = $1";
    diesel::sql_query(sql).bind::<BigInt, _>(incident.raw()).execute(conn)?;
    Ok(())
}
