//! Backups: made online, tried by restoring them before they count, kept as the plan says; and a record restored from one.

mod restore;

use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use chrono::Timelike;

pub use restore::{RestoreError, Restored, restore};

use crate::actions::backups as actions;
use crate::app::{App, make_folder};
use crate::clock;
use crate::domain::backup::{BackupRun, BackupTrouble};
use crate::domain::id::Id;
use crate::domain::ledger::Report;
use crate::domain::locale::{DEFAULT_ZONE, Zone};
use crate::domain::moment::Stamp;
use crate::error::AppError;
use crate::store::backups::{self, Contents};
use crate::store::transfer::archive::{self, Backup, Belongings, Manifest, is_among};
use crate::store::transfer::{Filling, Progress, Tell, TransferError};
use crate::store::verify::{Beside, verify};
use crate::store::{DatabaseUrl, Store, StoreError, house};

/// How often it is said that it goes on: each time is a write.
const SAY_EVERY: Duration = Duration::from_secs(60);

/// Why there is no good backup.
#[derive(Debug, thiserror::Error)]
pub enum BackupError {
    /// There is a file already.
    #[error("{0} is there already")]
    Exists(PathBuf),
    /// The folder in which it should lie is not there: a disk may not be mounted, and another one must not be filled in its place.
    #[error("the folder {0} is not there")]
    NoFolder(PathBuf),
    /// It could not be written.
    #[error(transparent)]
    Transfer(#[from] TransferError),
    /// What was written could not be restored.
    #[error("what was written cannot be restored: {0}")]
    Trial(TransferError),
    /// It is written, as the record is; and the record is not as it was written.
    #[error("the record is not as it was written")]
    Record(Box<Report>),
}

impl BackupError {
    const fn trouble(&self) -> BackupTrouble {
        match self {
            Self::Exists(_) | Self::NoFolder(_) | Self::Transfer(TransferError::Io(_)) => BackupTrouble::Disk,
            Self::Transfer(_) => BackupTrouble::Database,
            Self::Trial(_) => BackupTrouble::Damaged,
            Self::Record(_) => BackupTrouble::Record,
        }
    }
}

impl From<io::Error> for BackupError {
    fn from(error: io::Error) -> Self {
        Self::Transfer(error.into())
    }
}

impl From<StoreError> for BackupError {
    fn from(error: StoreError) -> Self {
        Self::Transfer(error.into())
    }
}

/// Makes a backup that somebody asked for, and puts it on the list.
///
/// # Errors
/// [`BackupError`]; of [`BackupError::Record`] the file is there.
pub fn make(app: &App, file: &Path, with_key: bool, tell: Tell<'_>) -> Result<Manifest, BackupError> {
    is_free(file)?;
    let name = std::path::absolute(file)?.display().to_string();
    let id = app.store.write(app.now(), |tx| actions::begin(tx, name, with_key))?;
    make_listed(app, id, file, with_key, tell)
}

/// Makes the plan's next backup, if it is due; and lets those go that are too many.
///
/// # Errors
/// [`AppError`]; what came of the backup itself is on the list.
pub fn work_off(app: &App) -> Result<(), AppError> {
    let Some(backups) = &app.backups else { return Ok(()) };
    let now = app.now();
    // Asked first by reading: it is looked every half second.
    if !app.store.read(now, |tx| Ok::<_, StoreError>(backups.plan.is_due(backups::last_planned(tx)?.as_ref(), tx.now())))? {
        return Ok(());
    }
    let zone = app.store.read(now, house::front)?.map_or(DEFAULT_ZONE, |house| house.zone);
    let file = backups.folder.join(file_name(now, zone));
    let name = std::path::absolute(&file).unwrap_or_else(|_| file.clone()).display().to_string();
    let begun = app.store.write(now, |tx| actions::begin_planned(tx, backups.plan, name, backups.with_key))?;
    let Some(id) = begun else { return Ok(()) };
    match make_listed(app, id, &file, backups.with_key, &mut |_| ()) {
        Ok(manifest) => tracing::info!(file = %file.display(), changes = manifest.changes(), "backed up"),
        Err(error) => tracing::error!(file = %file.display(), %error, "there is no good backup"),
    }
    sweep(app, zone)
}

/// Takes those of the plan's backups away that are too many, what those that were broken off have left, and those of an altered record
/// but for the newest, which would fill the disk an hour at a time.
fn sweep(app: &App, zone: Zone) -> Result<(), AppError> {
    let Some(backups) = &app.backups else { return Ok(()) };
    let (there, of_no_use) = app.store.read(app.now(), |tx| {
        let of_no_use = [backups::broken_off(tx)?, backups::of_an_altered_record(tx)?].concat();
        Ok::<_, StoreError>((backups::kept(tx)?, of_no_use))
    })?;
    let times: Vec<Stamp> = there.iter().map(|run| run.began_at).collect();
    let too_many = backups.plan.keep.too_many(&times, zone);
    let old = there.iter().filter(|run| too_many.contains(&run.began_at));
    for run in old.chain(&of_no_use) {
        let file = PathBuf::from(&run.file);
        match remove(&partial_of(&file)).and_then(|()| remove(&file)) {
            Err(error) => tracing::warn!(file = run.file, %error, "a backup that goes cannot be taken away; it is tried again"),
            Ok(()) => app.store.write(app.now(), |tx| backups::gone(tx, run.id))?,
        }
    }
    Ok(())
}

/// Takes a file away, if it is there.
fn remove(file: &Path) -> io::Result<()> {
    match fs::remove_file(file) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
        _ => Ok(()),
    }
}

/// The name under which a backup is written until it was tried.
fn partial_of(file: &Path) -> PathBuf {
    let mut partial = file.as_os_str().to_owned();
    partial.push(".partial");
    PathBuf::from(partial)
}

/// `tellonce-2006-11-24-030000.zip`, by the house's clock; with seconds, since a plan may be impatient.
fn file_name(now: Stamp, zone: Zone) -> String {
    let local = now.with_timezone(&zone);
    format!("tellonce-{}-{:02}{:02}{:02}.zip", local.date_naive(), local.hour(), local.minute(), local.second())
}

fn make_listed(app: &App, id: Id<BackupRun>, file: &Path, with_key: bool, tell: Tell<'_>) -> Result<Manifest, BackupError> {
    let mut said = Instant::now();
    let mut tell_all = |progress: Progress<'_>| {
        tell(progress);
        if said.elapsed() >= SAY_EVERY {
            said = Instant::now();
            // That it cannot be said is no reason to stop.
            if let Err(error) = app.store.write(app.now(), |tx| actions::go_on(tx, id)) {
                tracing::warn!(%error, "it cannot be noted that a backup goes on");
            }
        }
    };
    let made = write_and_try(app, file, with_key, &mut tell_all);
    let trouble = made.as_ref().err().map(BackupError::trouble);
    let contents = match &made {
        Ok(manifest) => Some(Contents {
            size: i64::try_from(fs::metadata(file)?.len()).unwrap_or(i64::MAX),
            changes: manifest.changes(),
            files: manifest.files,
            with_key: manifest.with_key,
        }),
        Err(_) => None,
    };
    app.store.write(app.now(), |tx| actions::end(tx, id, contents, trouble))?;
    made
}

/// Whether a backup can be begun there.
fn is_free(file: &Path) -> Result<(), BackupError> {
    if file.exists() {
        return Err(BackupError::Exists(file.to_owned()));
    }
    match folder_of(file) {
        Some(folder) if !folder.is_dir() => Err(BackupError::NoFolder(folder.to_owned())),
        _ => Ok(()),
    }
}

/// The folder in which a file lies, where it is not the one we are in.
fn folder_of(file: &Path) -> Option<&Path> {
    file.parent().filter(|folder| !folder.as_os_str().is_empty())
}

fn write_and_try(app: &App, file: &Path, with_key: bool, tell: Tell<'_>) -> Result<Manifest, BackupError> {
    is_free(file)?;
    let partial = partial_of(file);
    let made = write_partial(app, &partial, with_key, tell);
    if let Err(error) = &made
        && !matches!(error, BackupError::Record(_))
    {
        if let Err(error) = fs::remove_file(&partial) {
            tracing::debug!(%error, "half a backup is left, or none was begun");
        }
        return made;
    }
    fs::rename(&partial, file)?;
    if let Some(folder) = folder_of(file) {
        File::open(folder)?.sync_all()?;
    }
    made
}

fn write_partial(app: &App, partial: &Path, with_key: bool, tell: Tell<'_>) -> Result<Manifest, BackupError> {
    let belongings =
        Belongings { key: if with_key { app.keyring().kept()?.map(Vec::from) } else { None }, clock: clock::file_of(&app.data)? };
    let out = for_our_eyes(partial)?;
    let manifest = archive::write(&app.store, &app.files(), &belongings, app.now(), out, tell)?;
    let report = try_out(app, partial, tell).map_err(BackupError::Trial)?;
    if report.first_difference.is_some() { Err(BackupError::Record(Box::new(report))) } else { Ok(manifest) }
}

/// An empty file that nobody else may read. What somebody left there half made is given up.
fn for_our_eyes(path: &Path) -> io::Result<File> {
    let mut options = File::options();
    options.write(true).create(true).truncate(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path)
}

/// Restores a backup into a place of its own, which is gone afterwards, and goes through what is there.
fn try_out(app: &App, file: &Path, tell: Tell<'_>) -> Result<Report, TransferError> {
    let place = Trial::new(&app.data)?;
    let mut backup = Backup::open(file)?;
    let whole = backup.whole_files()?;
    let url = DatabaseUrl::file(&place.0.join("trial.db"));
    let mut filling = Filling::begin(&url, &backup, app.now())?;
    // Whoever makes it is still at it: who is silent too long counts as gone, and what they were making is swept away.
    filling.pour(&mut backup, tell)?;
    let check = |sha256: &str| is_among(&whole, sha256);
    let sealed = &backup.manifest().seal;
    let (report, seal) = verify(&Store::open(&url)?, app.now(), Beside { files: Some(&check), seal: Some(sealed) })?;
    match seal {
        Some(seal) if seal.heads != sealed.heads => {
            Err(TransferError::Differs("its chains do not end where they should".to_owned()))
        }
        _ => Ok(report),
    }
}

/// How the name of a folder begins in which a backup is tried.
const TRIAL: &str = "trial-";

/// After how long such a folder has nobody any more: its process was killed.
const LEFT: Duration = Duration::from_hours(24);

/// Takes the folders away that were left by processes that were killed.
fn forget_left(data: &Path) -> io::Result<()> {
    for entry in fs::read_dir(data)? {
        let entry = entry?;
        let is_trial = entry.file_name().to_string_lossy().starts_with(TRIAL);
        if is_trial && entry.metadata()?.modified()?.elapsed().is_ok_and(|age| age > LEFT) {
            fs::remove_dir_all(entry.path())?;
        }
    }
    Ok(())
}

/// A folder that is gone when it is dropped.
struct Trial(PathBuf);

impl Trial {
    fn new(data: &Path) -> io::Result<Self> {
        let mut nonce = [0; 8];
        getrandom::fill(&mut nonce).map_err(io::Error::other)?;
        forget_left(data)?;
        let folder = data.join(format!("{TRIAL}{:016x}", u64::from_be_bytes(nonce)));
        make_folder(&folder)?;
        Ok(Self(folder))
    }
}

impl Drop for Trial {
    fn drop(&mut self) {
        if let Err(error) = fs::remove_dir_all(&self.0) {
            tracing::warn!(folder = %self.0.display(), %error, "the folder in which a backup was tried is left");
        }
    }
}
