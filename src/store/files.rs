//! Files, kept by the SHA-256 of their bytes beside the database, or in a bucket: written once, never altered, checked when they are read.

use std::fs::{self, File};
use std::io::{self, Cursor, Read, Write};
use std::path::{Path, PathBuf};

use sha2::{Digest, Sha256};

use super::bucket::Bucket;

/// Where the files are. What is kept there is evidence as far as a row of `attachments` names it.
#[derive(Clone, Debug)]
pub enum Files {
    /// A folder beside the database; it is made when the first one is kept.
    Folder(PathBuf),
    /// A bucket, for several machines.
    Bucket(Bucket),
}

/// A file could not be kept or read.
#[derive(Debug, thiserror::Error)]
pub enum FileError {
    /// The disk refused.
    #[error("{path}: {source}")]
    Disk {
        /// Which file.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },
    /// The bytes are not those that were kept.
    #[error("the file {sha256} has been altered")]
    Altered {
        /// What its bytes should hash to.
        sha256: String,
    },
    /// What was asked for is no SHA-256.
    #[error("“{0}” is no SHA-256")]
    BadName(String),
}

impl Files {
    /// The name under which `bytes` are kept: their SHA-256.
    pub fn name_of(bytes: &[u8]) -> String {
        format!("{:x}", Sha256::digest(bytes))
    }

    /// The name of what `from` gives, read piece by piece.
    ///
    /// # Errors
    /// [`io::Error`] where it does not give it.
    pub fn hash(from: &mut dyn Read, piece: &mut [u8]) -> io::Result<String> {
        let mut hash = Sha256::new();
        loop {
            match from.read(piece)? {
                0 => return Ok(format!("{:x}", hash.finalize())),
                read => hash.update(&piece[..read]),
            }
        }
    }

    /// Keeps `bytes` and answers with their SHA-256. It is on the disk when this returns. Keeping the same bytes again changes
    /// nothing; bytes whose record was then never written are harmless.
    ///
    /// # Errors
    /// [`FileError::Disk`].
    pub fn keep(&self, bytes: &[u8]) -> Result<String, FileError> {
        let sha256 = Self::name_of(bytes);
        match self {
            Self::Folder(root) => keep_in(root, &sha256, bytes)?,
            Self::Bucket(bucket) => {
                let (name, at) = (name_in_bucket(&sha256)?, |source| in_bucket(bucket, &sha256, source));
                if !bucket.has(&name).map_err(at)? {
                    bucket.put(&name, bytes).map_err(at)?;
                }
            }
        }
        Ok(sha256)
    }

    /// The bytes that hash to `sha256`.
    ///
    /// # Errors
    /// [`FileError::Altered`] where the file's bytes no longer do.
    pub fn read(&self, sha256: &str) -> Result<Vec<u8>, FileError> {
        let bytes = match self {
            Self::Folder(root) => {
                let path = path_in(root, sha256)?;
                fs::read(&path).map_err(|source| FileError::Disk { path, source })?
            }
            Self::Bucket(bucket) => bucket.get(&name_in_bucket(sha256)?).map_err(|source| in_bucket(bucket, sha256, source))?,
        };
        if Self::name_of(&bytes) == sha256 { Ok(bytes) } else { Err(FileError::Altered { sha256: sha256.to_owned() }) }
    }

    /// The file whose bytes hash to `sha256`, to be read piece by piece. Whoever reads it checks the hash.
    ///
    /// # Errors
    /// [`FileError`] within.
    pub fn open(&self, sha256: &str) -> io::Result<Box<dyn Read>> {
        match self {
            Self::Folder(root) => {
                let path = path_in(root, sha256).map_err(io::Error::other)?;
                let file = File::open(&path).map_err(|source| io::Error::new(source.kind(), FileError::Disk { path, source }))?;
                Ok(Box::new(file))
            }
            Self::Bucket(bucket) => Ok(Box::new(Cursor::new(bucket.get(&name_in_bucket(sha256).map_err(io::Error::other)?)?))),
        }
    }

    /// Takes the bytes away, if they are there. Only for those that no record names.
    ///
    /// # Errors
    /// [`FileError::Disk`].
    pub(super) fn forget(&self, sha256: &str) -> Result<(), FileError> {
        match self {
            Self::Folder(root) => {
                let path = path_in(root, sha256)?;
                match fs::remove_file(&path) {
                    Err(source) if source.kind() != io::ErrorKind::NotFound => Err(FileError::Disk { path, source }),
                    _ => Ok(()),
                }
            }
            Self::Bucket(bucket) => bucket.forget(&name_in_bucket(sha256)?).map_err(|source| in_bucket(bucket, sha256, source)),
        }
    }
}

/// A file without a name in that folder, for what is too long to be held in memory until it is handed on. It is gone once it is closed.
///
/// # Errors
/// [`io::Error`] where the folder cannot be written.
pub fn scratch(folder: &Path) -> io::Result<File> {
    let mut nonce = [0; 8];
    getrandom::fill(&mut nonce).map_err(io::Error::other)?;
    let path = folder.join(format!("{:016x}.partial", u64::from_be_bytes(nonce)));
    let file = File::options().read(true).write(true).create_new(true).open(&path)?;
    fs::remove_file(&path)?;
    Ok(file)
}

fn keep_in(root: &Path, sha256: &str, bytes: &[u8]) -> Result<(), FileError> {
    let path = path_in(root, sha256)?;
    let at = |source| FileError::Disk { path: path.clone(), source };
    if path.try_exists().map_err(at)? {
        return Ok(());
    }
    let folder = path.parent().unwrap_or(root);
    if !folder.try_exists().map_err(at)? {
        fs::create_dir_all(folder).map_err(at)?;
        // Else a loss of power may take the folder, and the file that was acknowledged with it.
        sync(root).map_err(at)?;
    }
    // Under another name until it is whole, so that a crash leaves no half file under a true name.
    let mut nonce = [0; 8];
    getrandom::fill(&mut nonce).map_err(|error| at(io::Error::other(error)))?;
    let partial = folder.join(format!("{sha256}.{:016x}.partial", u64::from_be_bytes(nonce)));
    let mut file = File::create_new(&partial).map_err(at)?;
    file.write_all(bytes).and_then(|()| file.sync_all()).map_err(at)?;
    fs::rename(&partial, &path).map_err(at)?;
    sync(folder).map_err(at)
}

/// Lets what a folder holds survive a loss of power.
fn sync(folder: &Path) -> io::Result<()> {
    File::open(folder)?.sync_all()
}

/// `ab/ab12…`: a folder a byte, so that none grows too large.
fn path_in(root: &Path, sha256: &str) -> Result<PathBuf, FileError> {
    if is_sha256(sha256) { Ok(root.join(&sha256[..2]).join(sha256)) } else { Err(FileError::BadName(sha256.to_owned())) }
}

fn name_in_bucket(sha256: &str) -> Result<String, FileError> {
    if is_sha256(sha256) { Ok(format!("files/{sha256}")) } else { Err(FileError::BadName(sha256.to_owned())) }
}

fn in_bucket(bucket: &Bucket, sha256: &str, source: io::Error) -> FileError {
    FileError::Disk { path: format!("{}/files/{sha256}", bucket.name()).into(), source }
}

fn is_sha256(text: &str) -> bool {
    text.len() == 64 && text.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn root(name: &str) -> PathBuf {
        std::env::temp_dir().join(format!("tellonce-files-{name}-{}", std::process::id()))
    }

    fn folder(name: &str) -> Files {
        Files::Folder(root(name))
    }

    #[test]
    fn what_is_kept_comes_back_and_the_same_bytes_are_kept_once() -> Result<(), FileError> {
        let files = folder("kept");
        let name = files.keep("髙﨑①㈱".as_bytes())?;
        assert_eq!(files.keep("髙﨑①㈱".as_bytes())?, name);
        assert_eq!(files.read(&name)?, "髙﨑①㈱".as_bytes());
        Ok(())
    }

    #[test]
    fn an_altered_file_is_not_served() -> Result<(), FileError> {
        let files = folder("altered");
        let name = files.keep(b"the letter")?;
        let path = path_in(&root("altered"), &name)?;
        fs::write(&path, b"another letter").map_err(|source| FileError::Disk { path, source })?;
        assert!(matches!(files.read(&name), Err(FileError::Altered { .. })));
        Ok(())
    }

    #[test]
    fn a_name_that_is_no_hash_reaches_no_file() {
        assert!(matches!(folder("name").read("../../etc/passwd"), Err(FileError::BadName(_))));
    }
}
