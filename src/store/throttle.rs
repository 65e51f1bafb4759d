//! Counters of failures (wrong passwords, per account and per address), kept in the database so that a restart or a second
//! process does not forget them. What count is too many is the caller's rule.

use chrono::Duration;
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Text};

use super::schema::aux_throttle;
use super::types::Micros;
use super::{Result, Tx};
use crate::domain::moment::Stamp;

/// What is known of one key.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Count {
    /// Failures in this window.
    pub count: i64,
    /// When the window began.
    pub since: Stamp,
    /// Until when the key is locked, if it is.
    pub locked_until: Option<Stamp>,
}

/// What is known of `key`, if anything.
///
/// # Errors
/// [`super::StoreError::Database`].
pub fn get(tx: &mut Tx<'_>, key: &str) -> Result<Option<Count>> {
    let row: Option<(i64, Micros, Option<Micros>)> = aux_throttle::table
        .find(key)
        .select((aux_throttle::count, aux_throttle::window_start, aux_throttle::locked_until))
        .first(tx.conn())
        .optional()?;
    Ok(row.map(|(count, since, locked)| Count { count, since: since.0, locked_until: locked.map(|until| until.0) }))
}

/// Counts one more failure of `key` and answers how many there are in this window; a window older than `window` begins anew.
///
/// # Errors
/// [`super::StoreError::Database`].
pub fn count(tx: &mut Tx<'_>, key: &str, window: Duration) -> Result<i64> {
    let now = tx.now();
    // One statement, so that in PostgreSQL nobody forgets or sweeps the key half-way.
    let counted: Counted = diesel::sql_query(
        "INSERT INTO aux_throttle (key, count, window_start, locked_until) VALUES ($1, 1, $2, NULL) \
         ON CONFLICT (key) DO UPDATE SET count = CASE WHEN aux_throttle.window_start < $3 THEN 1 ELSE aux_throttle.count + 1 END, \
         locked_until = CASE WHEN aux_throttle.window_start < $3 THEN NULL ELSE aux_throttle.locked_until END, \
         window_start = CASE WHEN aux_throttle.window_start < $3 THEN excluded.window_start ELSE aux_throttle.window_start END \
         RETURNING count",
    )
    .bind::<Text, _>(key)
    .bind::<BigInt, _>(now.timestamp_micros())
    .bind::<BigInt, _>((now - window).timestamp_micros())
    .get_result(tx.conn())?;
    Ok(counted.count)
}

/// What one failure came to.
#[derive(QueryableByName)]
struct Counted {
    #[diesel(sql_type = BigInt)]
    count: i64,
}

/// Takes back one failure of `key` that was none, and the lock where only that one brought it to `most`.
///
/// # Errors
/// [`super::StoreError::Database`].
pub fn take_back(tx: &mut Tx<'_>, key: &str, most: i64) -> Result<()> {
    let counted = aux_throttle::table.find(key).filter(aux_throttle::count.gt(0));
    let left: Option<i64> = diesel::update(counted)
        .set(aux_throttle::count.eq(aux_throttle::count - 1))
        .returning(aux_throttle::count)
        .get_result(tx.conn())
        .optional()?;
    if left.is_some_and(|left| left < most) {
        diesel::update(aux_throttle::table.find(key)).set(aux_throttle::locked_until.eq(None::<Micros>)).execute(tx.conn())?;
    }
    Ok(())
}

/// Locks `key` until then.
///
/// # Errors
/// [`super::StoreError::Database`].
pub fn lock(tx: &mut Tx<'_>, key: &str, until: Stamp) -> Result<()> {
    diesel::update(aux_throttle::table.find(key)).set(aux_throttle::locked_until.eq(Some(Micros(until)))).execute(tx.conn())?;
    Ok(())
}

/// Forgets `key`: after a success.
///
/// # Errors
/// [`super::StoreError::Database`].
pub fn forget(tx: &mut Tx<'_>, key: &str) -> Result<()> {
    diesel::delete(aux_throttle::table.find(key)).execute(tx.conn())?;
    Ok(())
}

/// Forgets every key whose window began before `before` and that is not locked now.
///
/// # Errors
/// [`super::StoreError::Database`].
pub fn sweep(tx: &mut Tx<'_>, before: Stamp) -> Result<()> {
    let now = Micros(tx.now());
    let old = aux_throttle::table
        .filter(aux_throttle::window_start.lt(Micros(before)))
        .filter(aux_throttle::locked_until.is_null().or(aux_throttle::locked_until.lt(now)));
    diesel::delete(old).execute(tx.conn())?;
    Ok(())
}
