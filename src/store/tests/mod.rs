//! The store on both databases.

mod companies;
mod core;
mod given;
mod kept;
mod overview;
mod record;
mod samples;
mod schema;
mod tamper;
mod timeline;
mod torture;

use diesel::prelude::*;
use diesel::sql_types::BigInt;

use super::Result;
use super::dialect::AnyConnection;

#[derive(QueryableByName)]
struct Count {
    #[diesel(sql_type = BigInt)]
    count: i64,
}

/// How many rows there are of that.
fn count(conn: &mut AnyConnection, what: &str) -> Result<i64> {
    let count: Count = diesel::sql_query(format!("SELECT count(*) AS count FROM {what}")).get_result(conn)?;
    Ok(count.count)
}
