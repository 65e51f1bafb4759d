//! The folder in which exports are made and lie until they are fetched.

use std::fs::{self, File};
use std::io;
use std::path::PathBuf;

use crate::domain::id::Uid;

/// The end of the name of a file that is not whole yet.
const PARTIAL: &str = ".partial";

/// The folder of exports. A file in it is called by its order's uid.
#[derive(Clone, Debug)]
pub struct ExportFolder {
    root: PathBuf,
}

impl ExportFolder {
    /// The exports in `root`; the folder is made when the first one is.
    pub const fn new(root: PathBuf) -> Self {
        Self { root }
    }

    fn path(&self, uid: Uid) -> PathBuf {
        self.root.join(uid.to_string())
    }

    fn partial(&self, uid: Uid) -> PathBuf {
        self.root.join(format!("{uid}{PARTIAL}"))
    }

    /// An empty file for that export. What somebody began before is given up.
    ///
    /// # Errors
    /// [`io::Error`] where the folder cannot be written.
    pub fn begin(&self, uid: Uid) -> io::Result<File> {
        fs::create_dir_all(&self.root)?;
        // A file of its own, not the same one emptied: a process that lost its hold may still write to that.
        self.forget(uid)?;
        File::options().read(true).write(true).create_new(true).open(self.partial(uid))
    }

    /// The file that was begun is whole. Answers with its length in bytes.
    ///
    /// # Errors
    /// [`io::Error`].
    pub fn finish(&self, uid: Uid, file: &File) -> io::Result<u64> {
        file.sync_all()?;
        fs::rename(self.partial(uid), self.path(uid))?;
        Ok(file.metadata()?.len())
    }

    /// An export that is whole, at its beginning, and its length in bytes.
    ///
    /// # Errors
    /// [`io::Error`].
    pub fn open(&self, uid: Uid) -> io::Result<(File, u64)> {
        let file = File::open(self.path(uid))?;
        let length = file.metadata()?.len();
        Ok((file, length))
    }

    /// The orders of which there is a file, whole or not. What else lies there is not ours.
    ///
    /// # Errors
    /// [`io::Error`] where the folder cannot be read.
    pub fn there(&self) -> io::Result<Vec<Uid>> {
        let files = match fs::read_dir(&self.root) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
            files => files?,
        };
        let uid = |file: io::Result<fs::DirEntry>| {
            let name = file?.file_name();
            Ok(name.to_str().and_then(|name| name.strip_suffix(PARTIAL).unwrap_or(name).parse().ok()))
        };
        files.map(uid).filter_map(Result::transpose).collect()
    }

    /// Takes the files of that order away.
    ///
    /// # Errors
    /// [`io::Error`].
    pub fn forget(&self, uid: Uid) -> io::Result<()> {
        for path in [self.path(uid), self.partial(uid)] {
            match fs::remove_file(path) {
                Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
                _ => {}
            }
        }
        Ok(())
    }
}
