//! The list of backups: who makes one says so first, and what came of it afterwards.

use chrono::Duration;

use crate::domain::backup::{BackupRun, BackupTrouble, Plan};
use crate::domain::id::Id;
use crate::store::backups::{self, Begun, Contents};
use crate::store::{StoreError, Tx};

/// How long whoever makes a backup may be silent before it counts as broken off.
const HOLD: Duration = Duration::minutes(15);

/// For how long those are listed that are of no more use.
const LISTED: Duration = Duration::days(90);

/// Begins a backup that somebody asked for by the command.
///
/// # Errors
/// [`StoreError`].
pub fn begin(tx: &mut Tx<'_>, file: String, with_key: bool) -> Result<Id<BackupRun>, StoreError> {
    backups::begin(tx, Begun { by_plan: false, file, with_key }, HOLD)
}

/// Begins the plan's next backup, if it is due and nobody else makes one.
///
/// # Errors
/// [`StoreError`].
pub fn begin_planned(tx: &mut Tx<'_>, plan: Plan, file: String, with_key: bool) -> Result<Option<Id<BackupRun>>, StoreError> {
    backups::alone(tx)?;
    backups::give_up_dropped(tx)?;
    if backups::is_running(tx)? || !plan.is_due(backups::last_planned(tx)?.as_ref(), tx.now()) {
        return Ok(None);
    }
    backups::begin(tx, Begun { by_plan: true, file, with_key }, HOLD).map(Some)
}

/// It goes on.
///
/// # Errors
/// [`StoreError`].
pub fn go_on(tx: &mut Tx<'_>, id: Id<BackupRun>) -> Result<(), StoreError> {
    backups::hold(tx, id, HOLD)
}

/// What came of it.
///
/// # Errors
/// [`StoreError`].
pub fn end(
    tx: &mut Tx<'_>,
    id: Id<BackupRun>,
    contents: Option<Contents>,
    trouble: Option<BackupTrouble>,
) -> Result<(), StoreError> {
    backups::end(tx, id, contents, trouble)?;
    let before = tx.now() - LISTED;
    backups::forget_old(tx, before)
}
