//! How a database is, for whoever looks after it. Changes nothing there, and wants no tables.

use super::dialect::{self, Purpose};
use super::url::DatabaseUrl;
use super::{Result, place};

/// How a database is.
#[derive(Clone, Debug)]
pub struct Condition {
    /// The program and its version.
    pub program: String,
    /// Whether it keeps what it acknowledges when its machine fails.
    pub keeps: bool,
    /// Whether it follows another server, and takes no writes.
    pub follows: bool,
    /// What time it is there, in microseconds since 1970.
    pub micros: i64,
    /// How many steps its tables have not taken yet, which the next start takes.
    pub steps_to_take: usize,
}

/// Asks the database at `url`. SQLite's file is not made where it is not there.
///
/// # Errors
/// [`super::StoreError`] where it does not answer; where its tables are those of a later version; where the record is elsewhere.
pub fn of(url: &DatabaseUrl) -> Result<Option<Condition>> {
    if let DatabaseUrl::Sqlite(path) = url
        && !path.exists()
    {
        return Ok(None);
    }
    let mut conn = dialect::connect(url, Purpose::Read)?;
    let (program, keeps, follows, micros) = dialect::condition(&mut conn)?;
    place::is_here(&mut conn)?;
    let steps_to_take = dialect::steps_to_take(&mut conn)?;
    Ok(Some(Condition { program, keeps, follows, micros, steps_to_take }))
}
