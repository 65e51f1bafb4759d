//! The list of backups: which were made, by the plan or by the command, and what came of them.

use chrono::Duration;
use diesel::prelude::*;

use super::permit::Permit;
use super::schema::{aux_backups, ledger};
use super::types::{Micros, YesNo};
use super::{Result, Tx, dialect};
use crate::domain::backup::{BackupRun, BackupTrouble, Care, Plan};
use crate::domain::id::Id;
use crate::domain::ledger::Chain;
use crate::domain::moment::Stamp;
use crate::domain::person::House;

/// A row of `aux_backups`, but for the hold.
#[derive(Queryable, Selectable)]
#[diesel(table_name = aux_backups)]
struct Row {
    id: Id<BackupRun>,
    began_at: Micros,
    ended_at: Option<Micros>,
    by_plan: YesNo,
    file: String,
    with_key: YesNo,
    size: Option<i64>,
    changes: Option<i64>,
    files: Option<i64>,
    trouble: Option<BackupTrouble>,
    gone_at: Option<Micros>,
}

impl From<Row> for BackupRun {
    fn from(row: Row) -> Self {
        Self {
            id: row.id,
            began_at: row.began_at.0,
            ended_at: row.ended_at.map(|at| at.0),
            by_plan: row.by_plan.0,
            file: row.file,
            with_key: row.with_key.0,
            size: row.size,
            changes: row.changes,
            files: row.files,
            trouble: row.trouble,
            gone_at: row.gone_at.map(|at| at.0),
        }
    }
}

/// A backup that is about to be made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Begun {
    /// Whether the plan asks for it.
    pub by_plan: bool,
    /// Where it will lie.
    pub file: String,
    /// Whether the key goes along.
    pub with_key: bool,
}

/// What is in a backup.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Contents {
    /// Its length in bytes.
    pub size: i64,
    /// How many changes of the ledger.
    pub changes: i64,
    /// How many files of the record.
    pub files: i64,
    /// Whether the key is in it: there may be none yet.
    pub with_key: bool,
}

/// Lets nobody else begin one until the transaction ends.
///
/// # Errors
/// [`super::StoreError::Database`].
pub fn alone(tx: &mut Tx<'_>) -> Result<()> {
    Ok(dialect::write_alone(tx.conn(), "aux_backups")?)
}

/// Puts on the list that one is being made; whoever makes it holds it for so long.
///
/// # Errors
/// [`super::StoreError::Database`].
pub fn begin(tx: &mut Tx<'_>, begun: Begun, hold: Duration) -> Result<Id<BackupRun>> {
    let id: Id<BackupRun> = tx.fresh_id()?;
    let row = (
        aux_backups::id.eq(id),
        aux_backups::began_at.eq(Micros(tx.now())),
        aux_backups::held_until.eq(Micros(tx.now() + hold)),
        aux_backups::by_plan.eq(YesNo(begun.by_plan)),
        aux_backups::file.eq(begun.file),
        aux_backups::with_key.eq(YesNo(begun.with_key)),
    );
    diesel::insert_into(aux_backups::table).values(row).execute(tx.conn())?;
    Ok(id)
}

/// It goes on: whoever makes it holds it for so long from now.
///
/// # Errors
/// [`super::StoreError::Database`].
pub fn hold(tx: &mut Tx<'_>, id: Id<BackupRun>, hold: Duration) -> Result<()> {
    let until = Micros(tx.now() + hold);
    diesel::update(aux_backups::table.find(id)).set(aux_backups::held_until.eq(until)).execute(tx.conn())?;
    Ok(())
}

/// What came of it.
///
/// # Errors
/// [`super::StoreError::Database`].
pub fn end(tx: &mut Tx<'_>, id: Id<BackupRun>, contents: Option<Contents>, trouble: Option<BackupTrouble>) -> Result<()> {
    let now = Micros(tx.now());
    let what = (
        aux_backups::ended_at.eq(now),
        aux_backups::size.eq(contents.map(|contents| contents.size)),
        aux_backups::changes.eq(contents.map(|contents| contents.changes)),
        aux_backups::files.eq(contents.map(|contents| contents.files)),
        aux_backups::trouble.eq(trouble),
        contents.map(|contents| aux_backups::with_key.eq(YesNo(contents.with_key))),
    );
    diesel::update(aux_backups::table.find(id)).set(what).execute(tx.conn())?;
    Ok(())
}

/// Says of those that nobody holds any more that they were broken off.
///
/// # Errors
/// [`super::StoreError::Database`].
pub fn give_up_dropped(tx: &mut Tx<'_>) -> Result<()> {
    let now = Micros(tx.now());
    let dropped = aux_backups::table.filter(aux_backups::ended_at.is_null()).filter(aux_backups::held_until.le(now));
    let what = (aux_backups::ended_at.eq(now), aux_backups::trouble.eq(BackupTrouble::Interrupted));
    diesel::update(dropped).set(what).execute(tx.conn())?;
    Ok(())
}

/// Whether one is being made.
///
/// # Errors
/// [`super::StoreError::Database`].
pub fn is_running(tx: &mut Tx<'_>) -> Result<bool> {
    let now = Micros(tx.now());
    let running = aux_backups::table.filter(aux_backups::ended_at.is_null()).filter(aux_backups::held_until.gt(now));
    Ok(running.count().get_result::<i64>(tx.conn())? > 0)
}

/// The last one that the plan asked for, whatever came of it.
///
/// # Errors
/// [`super::StoreError::Database`].
pub fn last_planned(tx: &mut Tx<'_>) -> Result<Option<BackupRun>> {
    let planned = aux_backups::table.filter(aux_backups::by_plan.eq(YesNo(true)));
    let last: Option<Row> = planned
        .order((aux_backups::began_at.desc(), aux_backups::id.desc()))
        .select(Row::as_select())
        .first(tx.conn())
        .optional()?;
    Ok(last.map(BackupRun::from))
}

/// When the last good one was begun: what was recorded since then is in none.
///
/// # Errors
/// [`super::StoreError::Database`].
pub fn last_good(tx: &mut Tx<'_>) -> Result<Option<Stamp>> {
    let good = aux_backups::table.filter(aux_backups::ended_at.is_not_null()).filter(aux_backups::trouble.is_null());
    let last: Option<Micros> = good.select(diesel::dsl::max(aux_backups::began_at)).first(tx.conn())?;
    Ok(last.map(|at| at.0))
}

/// The good ones that the plan made and that are still there, oldest first.
///
/// # Errors
/// [`super::StoreError::Database`].
pub fn kept(tx: &mut Tx<'_>) -> Result<Vec<BackupRun>> {
    let there = aux_backups::table
        .filter(aux_backups::by_plan.eq(YesNo(true)))
        .filter(aux_backups::ended_at.is_not_null())
        .filter(aux_backups::trouble.is_null())
        .filter(aux_backups::gone_at.is_null());
    let rows: Vec<Row> = there.order(aux_backups::began_at).select(Row::as_select()).load(tx.conn())?;
    Ok(rows.into_iter().map(BackupRun::from).collect())
}

/// The plan's that were broken off, and of which something may lie there still.
///
/// # Errors
/// [`super::StoreError::Database`].
pub fn broken_off(tx: &mut Tx<'_>) -> Result<Vec<BackupRun>> {
    let left = aux_backups::table
        .filter(aux_backups::by_plan.eq(YesNo(true)))
        .filter(aux_backups::trouble.eq(BackupTrouble::Interrupted))
        .filter(aux_backups::gone_at.is_null());
    let rows: Vec<Row> = left.order(aux_backups::began_at).select(Row::as_select()).load(tx.conn())?;
    Ok(rows.into_iter().map(BackupRun::from).collect())
}

/// The plan's of a record that was not as it was written, and that are still there, oldest first, but for the newest: what came last is
/// in that one, and each of them is as long as a good one.
///
/// # Errors
/// [`super::StoreError::Database`].
pub fn of_an_altered_record(tx: &mut Tx<'_>) -> Result<Vec<BackupRun>> {
    let there = aux_backups::table
        .filter(aux_backups::by_plan.eq(YesNo(true)))
        .filter(aux_backups::trouble.eq(BackupTrouble::Record))
        .filter(aux_backups::gone_at.is_null());
    let order = (aux_backups::began_at, aux_backups::id);
    let mut rows: Vec<Row> = there.order(order).select(Row::as_select()).load(tx.conn())?;
    rows.pop();
    Ok(rows.into_iter().map(BackupRun::from).collect())
}

/// That file was taken away.
///
/// # Errors
/// [`super::StoreError::Database`].
pub fn gone(tx: &mut Tx<'_>, id: Id<BackupRun>) -> Result<()> {
    let now = Micros(tx.now());
    diesel::update(aux_backups::table.find(id)).set(aux_backups::gone_at.eq(now)).execute(tx.conn())?;
    Ok(())
}

/// How well the record is looked after.
///
/// # Errors
/// [`super::StoreError::Database`].
pub fn care<D>(tx: &mut Tx<'_>, _: &Permit<'_, D, House>, plan: Option<Plan>) -> Result<Care> {
    let first: Option<Micros> = ledger::table.find((Chain::House, 1_i64)).select(ledger::at).first(tx.conn()).optional()?;
    Ok(Care { plan, last_good: last_good(tx)?, recorded_since: first.map(|at| at.0) })
}

/// Those of one page of the list, newest first, and how many there are.
///
/// # Errors
/// [`super::StoreError::Database`].
pub fn page<D>(tx: &mut Tx<'_>, _: &Permit<'_, D, House>, offset: i64, limit: i64) -> Result<(Vec<BackupRun>, i64)> {
    let newest_first = aux_backups::table.order((aux_backups::began_at.desc(), aux_backups::id.desc()));
    let rows: Vec<Row> = newest_first.offset(offset).limit(limit).select(Row::as_select()).load(tx.conn())?;
    let all = aux_backups::table.count().get_result(tx.conn())?;
    Ok((rows.into_iter().map(BackupRun::from).collect(), all))
}

/// Forgets those that are of no more use: gone or no good, and older than `before`.
///
/// # Errors
/// [`super::StoreError::Database`].
pub fn forget_old(tx: &mut Tx<'_>, before: Stamp) -> Result<()> {
    let of_no_use = aux_backups::gone_at.is_not_null().or(aux_backups::trouble.is_not_null());
    let old = aux_backups::table.filter(aux_backups::ended_at.lt(Micros(before))).filter(of_no_use);
    diesel::delete(old).execute(tx.conn())?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::testing::{at, on_each};

    #[test]
    fn of_an_altered_record_the_newest_planned_backup_stays_alone() -> Result<()> {
        on_each(|scene| {
            let make = |minute, by_plan, trouble| {
                scene.store.write(at(minute), |tx| {
                    let begun = Begun { by_plan, file: format!("{minute}.zip"), with_key: false };
                    let id = begin(tx, begun, Duration::minutes(15))?;
                    end(tx, id, None, trouble).map(|()| id)
                })
            };
            let first = make(0, true, Some(BackupTrouble::Record))?;
            make(1, false, Some(BackupTrouble::Record))?;
            make(2, true, None)?;
            make(3, true, Some(BackupTrouble::Record))?;
            make(4, true, Some(BackupTrouble::Record))?;
            scene.store.write(at(5), |tx| {
                let files = |tx: &mut Tx<'_>| -> Result<Vec<String>> {
                    Ok(of_an_altered_record(tx)?.into_iter().map(|run| run.file).collect())
                };
                assert_eq!(files(tx)?, ["0.zip", "3.zip"]);
                gone(tx, first)?;
                assert_eq!(files(tx)?, ["3.zip"]);
                Ok(())
            })
        })
    }
}
