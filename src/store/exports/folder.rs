//! The folder in which exports are made and lie until they are fetched; with several machines they lie in the bucket of the files.

use std::fs::{self, File};
use std::io::{self, Seek};
use std::path::PathBuf;

use crate::domain::id::Uid;
use crate::store::bucket::Bucket;
use crate::store::files;

/// The end of the name of a file that is not whole yet.
const PARTIAL: &str = ".partial";

/// Their folder within the bucket.
const WITHIN: &str = "exports";

/// The folder of exports. A file in it is called by its order's uid.
#[derive(Clone, Debug)]
pub struct ExportFolder {
    root: PathBuf,
    /// Where they are brought once they are whole, for whichever machine is asked for them.
    bucket: Option<Bucket>,
}

impl ExportFolder {
    /// The exports in `root`; the folder is made when the first one is.
    pub const fn new(root: PathBuf, bucket: Option<Bucket>) -> Self {
        Self { root, bucket }
    }

    fn name(uid: Uid) -> String {
        format!("{WITHIN}/{uid}")
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
        match &self.bucket {
            None => {
                file.sync_all()?;
                fs::rename(self.partial(uid), self.path(uid))?;
            }
            Some(bucket) => {
                bucket.put_file(&Self::name(uid), &mut File::open(self.partial(uid))?)?;
                fs::remove_file(self.partial(uid))?;
            }
        }
        Ok(file.metadata()?.len())
    }

    /// An export that is whole, at its beginning, and its length in bytes.
    ///
    /// # Errors
    /// [`io::Error`].
    pub fn open(&self, uid: Uid) -> io::Result<(File, u64)> {
        let file = match &self.bucket {
            None => File::open(self.path(uid))?,
            Some(bucket) => self.fetched(bucket, uid)?,
        };
        let length = file.metadata()?.len();
        Ok((file, length))
    }

    /// What lies in the bucket, in a file without a name: it is gone once it is closed.
    fn fetched(&self, bucket: &Bucket, uid: Uid) -> io::Result<File> {
        fs::create_dir_all(&self.root)?;
        let mut file = files::scratch(&self.root)?;
        bucket.get_file(&Self::name(uid), &mut file)?;
        file.rewind()?;
        Ok(file)
    }

    /// The orders of which there is a file, whole or not. What else lies there is not ours.
    ///
    /// # Errors
    /// [`io::Error`] where the folder cannot be read.
    pub fn there(&self) -> io::Result<Vec<Uid>> {
        let mut names = match &self.bucket {
            Some(bucket) => bucket.list(WITHIN)?,
            None => Vec::new(),
        };
        match fs::read_dir(&self.root) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => {}
            files => {
                for file in files? {
                    names.extend(file?.file_name().into_string());
                }
            }
        }
        Ok(names.iter().filter_map(|name| name.strip_suffix(PARTIAL).unwrap_or(name).parse().ok()).collect())
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
        self.bucket.as_ref().map_or(Ok(()), |bucket| bucket.forget(&Self::name(uid)))
    }
}
