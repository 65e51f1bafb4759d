//! What is derived beside the record, held against the record after every test.

use diesel::pg::PgConnection;
use diesel::prelude::*;
use diesel::sql_types::BigInt;

use super::Kind;
use super::databases::open_sqlite;
use super::site::Site;

#[derive(QueryableByName)]
struct Count {
    #[diesel(sql_type = BigInt)]
    count: i64,
}

/// Where an incident stands, by its own rows.
const BY_ROWS: &str = "SELECT i.id, i.provider_id, \
    CASE WHEN (SELECT count(*) FROM incident_times t WHERE t.incident_id = i.id AND t.which IN ('restored', 'closed')) > 0 THEN 0 ELSE 1 END, \
    COALESCE((SELECT t.at_from FROM incident_times t WHERE t.incident_id = i.id AND t.which = 'started'), -9000000000000000000), \
    COALESCE((SELECT max(e.recorded_at) FROM entries e WHERE e.incident_id = i.id AND e.struck_at IS NULL \
    AND e.visibility <> 'private'), 0), \
    CASE WHEN EXISTS (SELECT 1 FROM incident_times t WHERE t.incident_id = i.id AND t.which = 'closed') THEN 'closed' \
    WHEN EXISTS (SELECT 1 FROM incident_times t WHERE t.incident_id = i.id AND t.which = 'restored') THEN 'restored' \
    WHEN EXISTS (SELECT 1 FROM incident_times t WHERE t.incident_id = i.id AND t.which = 'mitigated') THEN 'mitigated' ELSE 'open' END, \
    (SELECT t.at_to FROM incident_times t WHERE t.incident_id = i.id AND t.which IN ('mitigated', 'restored', 'closed') \
    ORDER BY CASE t.which WHEN 'mitigated' THEN 1 WHEN 'restored' THEN 2 ELSE 3 END LIMIT 1), \
    length(i.title) FROM incidents i";

/// The same, as it was kept.
const KEPT: &str = "SELECT incident_id, provider_id, goes_on, started_from, news_at, status, ended_to, \
    length(words) - length(' INC-') - length(CAST(year AS TEXT)) - 1 - CASE WHEN count > 9999 THEN length(CAST(count AS TEXT)) ELSE 4 END \
    FROM aux_standing";

/// How many incidents stand elsewhere than their rows say.
pub fn astray(site: &Site) -> i64 {
    let sql = format!(
        "SELECT (SELECT count(*) FROM ({BY_ROWS} EXCEPT {KEPT}) a) + (SELECT count(*) FROM ({KEPT} EXCEPT {BY_ROWS}) b) AS count"
    );
    let counted: Count = match site.kind {
        Kind::Sqlite => diesel::sql_query(sql).get_result(&mut open_sqlite(&site.data())),
        Kind::Postgres => {
            let mut conn = PgConnection::establish(&site.database_url()).expect("the site's database");
            diesel::sql_query(sql).get_result(&mut conn)
        }
    }
    .expect("it can be counted");
    counted.count
}
