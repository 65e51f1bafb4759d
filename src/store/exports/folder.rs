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

/// Where a file lies that is not whole yet: no two that make the same export write to one. It is gone when this is dropped, unless it
/// was brought home.
#[derive(Debug)]
pub struct Partial(PathBuf);

impl Drop for Partial {
    fn drop(&mut self) {
        match fs::remove_file(&self.0) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => {
                tracing::warn!(file = %self.0.display(), %error, "what was made of an export cannot be taken away");
            }
            _ => {}
        }
    }
}

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

    /// An empty file for that export. What somebody began before is given up.
    ///
    /// # Errors
    /// [`io::Error`] where the folder cannot be written.
    pub fn begin(&self, uid: Uid) -> io::Result<(Partial, File)> {
        fs::create_dir_all(&self.root)?;
        // A file of its own name, not the same one emptied: a process that lost its hold may still write to that, and bring it home.
        self.forget(uid)?;
        let mut nonce = [0; 8];
        getrandom::fill(&mut nonce).map_err(io::Error::other)?;
        let path = self.root.join(format!("{uid}.{:016x}{PARTIAL}", u64::from_be_bytes(nonce)));
        let file = File::options().read(true).write(true).create_new(true).open(&path)?;
        Ok((Partial(path), file))
    }

    /// The file that was begun is whole. Answers with its length in bytes.
    ///
    /// # Errors
    /// [`io::Error`], also where somebody else has begun the same export meanwhile.
    pub fn finish(&self, uid: Uid, Partial(partial): &Partial, file: &File) -> io::Result<u64> {
        match &self.bucket {
            None => {
                file.sync_all()?;
                fs::rename(partial, self.path(uid))?;
            }
            Some(bucket) => {
                bucket.put_file(&Self::name(uid), &mut File::open(partial)?)?;
                fs::remove_file(partial)?;
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
        names.extend(self.lying_here()?);
        Ok(names.iter().filter_map(|name| of(name)).collect())
    }

    /// The names of the files in the folder.
    fn lying_here(&self) -> io::Result<Vec<String>> {
        let mut names = Vec::new();
        match fs::read_dir(&self.root) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => {}
            files => {
                for file in files? {
                    names.extend(file?.file_name().into_string());
                }
            }
        }
        Ok(names)
    }

    /// Takes the files of that order away.
    ///
    /// # Errors
    /// [`io::Error`].
    pub fn forget(&self, uid: Uid) -> io::Result<()> {
        for name in self.lying_here()?.iter().filter(|name| of(name) == Some(uid)) {
            match fs::remove_file(self.root.join(name)) {
                Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
                _ => {}
            }
        }
        self.bucket.as_ref().map_or(Ok(()), |bucket| bucket.forget(&Self::name(uid)))
    }
}

/// Of which order a file of that name is, whole or not.
fn of(name: &str) -> Option<Uid> {
    let uid = match name.strip_suffix(PARTIAL) {
        Some(begun) => begun.split('.').next()?,
        None => name,
    };
    uid.parse().ok()
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use super::*;

    #[test]
    fn who_lost_its_hold_brings_nothing_home_and_takes_nothing_of_who_goes_on() -> io::Result<()> {
        let folder = tempfile::tempdir()?;
        let exports = ExportFolder::new(folder.path().join("exports"), None);
        let uid = Uid::from_parts(1_164_326_400_000, [7; 10]);
        let (slow, mut slow_file) = exports.begin(uid)?;
        let (quick, mut quick_file) = exports.begin(uid)?;
        slow_file.write_all(b"slow")?;
        assert!(exports.finish(uid, &slow, &slow_file).is_err());
        quick_file.write_all(b"quick")?;
        assert_eq!((exports.there()?, exports.finish(uid, &quick, &quick_file)?), (vec![uid], 5));
        assert_eq!(exports.open(uid)?.1, 5);
        exports.forget(uid)?;
        assert_eq!((exports.there()?, exports.lying_here()?), (Vec::new(), Vec::new()));
        Ok(())
    }
}
