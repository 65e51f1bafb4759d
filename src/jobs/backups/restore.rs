//! A record restored from a backup into an empty place.

use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use crate::app::{UNFINISHED, make_folder};
use crate::clock;
use crate::domain::ledger::Report;
use crate::domain::moment::Stamp;
use crate::store::files::{FileError, Files};
use crate::store::keyring::Keyring;
use crate::store::transfer::archive::{Backup, Manifest};
use crate::store::transfer::{Filling, Origin, Tell, TransferError};
use crate::store::verify::{Beside, verify};
use crate::store::{DatabaseUrl, Store, StoreError};

/// Why nothing was restored.
#[derive(Debug, thiserror::Error)]
pub enum RestoreError {
    /// The folder is not empty.
    #[error("{0} is not empty")]
    FolderInUse(PathBuf),
    /// The key is none, or lies there already and is another.
    #[error("the key is none, or another one lies there")]
    Key,
    /// The database holds a record, the backup is damaged, or one of both could not be read or written.
    #[error(transparent)]
    Transfer(#[from] TransferError),
    /// All arrived, and it is not as it was written.
    #[error("what was restored is not as it was written")]
    Differs(Box<Report>),
}

impl RestoreError {
    /// Whether the same command would come to the same end again.
    const fn is_final(&self) -> bool {
        match self {
            Self::Key => true,
            Self::Transfer(error) => matches!(
                error,
                TransferError::Occupied
                    | TransferError::FillingFrom(_)
                    | TransferError::Damaged(_)
                    | TransferError::Store(StoreError::Newer(_) | StoreError::Open(_))
            ),
            Self::FolderInUse(_) | Self::Differs(_) => false,
        }
    }
}

impl From<io::Error> for RestoreError {
    fn from(error: io::Error) -> Self {
        Self::Transfer(error.into())
    }
}

impl From<StoreError> for RestoreError {
    fn from(error: StoreError) -> Self {
        Self::Transfer(error.into())
    }
}

/// What was restored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Restored {
    /// What stood in the backup.
    pub manifest: Manifest,
    /// What was found in going through it.
    pub report: Report,
    /// Whether the key is there.
    pub has_key: bool,
    /// How many mails waited in the backup, and are held back.
    pub held_back: usize,
}

/// Restores the backup in `file` into the folder `data`, which is empty or not there, and the database `url`, which is empty too; its
/// files into `files`.
/// Goes through the whole of it before it counts; until then nobody can work there. What was broken off goes on where it ended.
///
/// # Errors
/// [`RestoreError`].
pub fn restore(
    file: &Path,
    (data, url, files): (&Path, &DatabaseUrl, &Files),
    key: Option<&[u8]>,
    tell: Tell<'_>,
) -> Result<Restored, RestoreError> {
    let mut backup = Backup::open(file)?;
    let goes_on = enter(data, &backup)?;
    let restored = restore_into(&mut backup, goes_on, (data, url, files), key, tell);
    if let Err(error) = &restored
        && !goes_on
        && error.is_final()
    {
        // It was empty, and shall not be called half of something.
        leave(data)?;
    }
    restored
}

fn restore_into(
    backup: &mut Backup,
    goes_on: bool,
    (data, url, files): (&Path, &DatabaseUrl, &Files),
    key: Option<&[u8]>,
    tell: Tell<'_>,
) -> Result<Restored, RestoreError> {
    let manifest = backup.manifest().clone();
    let belongings = backup.belongings()?;
    if let Some(bytes) = &belongings.clock {
        clock::put_file(data, bytes)?;
    }
    let keyring = Keyring::new(data);
    if let Some(bytes) = key.or(belongings.key.as_deref()) {
        let laid = keyring.lay(bytes).map_err(|_| RestoreError::Key)?;
        if laid != bytes {
            return Err(RestoreError::Key);
        }
    }
    let now = clock::for_folder(data, None).map_err(io::Error::other)?.now();
    backup.each_file(|sha256, from| keep(files, sha256, from))?;
    let (report, held_back) = match fill(backup, url, files, now, tell) {
        // It may be whole, and only the folder does not say so yet.
        Err(RestoreError::Transfer(TransferError::Occupied)) if goes_on => match gone_through(backup, url, files, now)? {
            (report, true) => (report, 0),
            (_, false) => return Err(TransferError::Occupied.into()),
        },
        filled => filled?,
    };
    fs::remove_file(data.join(UNFINISHED))?;
    Ok(Restored { manifest, report, has_key: keyring.kept()?.is_some(), held_back })
}

/// Makes the folder, and says that it is not whole. Answers with whether that was said before.
fn enter(data: &Path, backup: &Backup) -> Result<bool, RestoreError> {
    make_folder(data)?;
    let (mark, begun) = (data.join(UNFINISHED), data.join(format!("{UNFINISHED}.partial")));
    let name = backup.name();
    let goes_on = fs::read_to_string(&mark).is_ok_and(|marked| marked == name);
    if goes_on {
        return Ok(true);
    }
    for entry in fs::read_dir(data)? {
        if entry?.path() != begun {
            return Err(RestoreError::FolderInUse(data.to_owned()));
        }
    }
    // Under another name until it is whole: half a mark would be taken for a file of somebody else.
    let mut file = fs::File::create(&begun)?;
    file.write_all(name.as_bytes())?;
    file.sync_all()?;
    fs::rename(&begun, &mark)?;
    Ok(false)
}

/// Takes away what was laid into a folder that was empty.
fn leave(data: &Path) -> io::Result<()> {
    for entry in fs::read_dir(data)? {
        let entry = entry?;
        if entry.file_type()?.is_dir() { fs::remove_dir_all(entry.path())? } else { fs::remove_file(entry.path())? }
    }
    Ok(())
}

/// Goes through the place; answers with what was found, and whether it is the backup's record, whole.
fn gone_through(backup: &Backup, url: &DatabaseUrl, files: &Files, now: Stamp) -> Result<(Report, bool), RestoreError> {
    let sealed = &backup.manifest().seal;
    let check = |sha256: &str| files.read(sha256).map(drop);
    let (report, seal) = verify(&Store::open(url)?, now, Beside { files: Some(&check), seal: Some(sealed) })?;
    Ok((report, seal.is_some_and(|seal| seal.heads == sealed.heads)))
}

fn keep(files: &Files, sha256: &str, from: &mut dyn io::Read) -> Result<(), TransferError> {
    let mut bytes = Vec::new();
    from.read_to_end(&mut bytes)?;
    let kept = files.keep(&bytes).map_err(|error| match error {
        FileError::Disk { path, source } => {
            TransferError::Io(io::Error::new(source.kind(), format!("{}: {source}", path.display())))
        }
        other => TransferError::Damaged(other.to_string()),
    })?;
    if kept == sha256 { Ok(()) } else { Err(TransferError::Damaged(format!("the file {sha256} has been altered"))) }
}

fn fill(
    backup: &mut Backup,
    url: &DatabaseUrl,
    files: &Files,
    now: Stamp,
    tell: Tell<'_>,
) -> Result<(Report, usize), RestoreError> {
    let mut filling = Filling::begin(url, backup, now)?;
    filling.pour(backup, tell)?;
    filling.bring_up_to_date()?;
    let held_back = filling.hold_back_mail()?;
    let (report, is_whole) = gone_through(backup, url, files, now)?;
    if !is_whole {
        return Err(RestoreError::Differs(Box::new(report)));
    }
    filling.end()?;
    Ok((report, held_back))
}
