//! The key in the data folder, under which what must be shown again is encrypted in the database: whoever has only the database
//! (a copy, a backup of it) cannot read it.

use std::fs;
use std::io::{self, Read, Write};
use std::path::PathBuf;

use diesel::prelude::*;
use sha2::{Digest, Sha256};

use super::schema::aux_keys;
use super::{Result, Tx};

/// The file of the key.
const FILE: &str = "secret.key";

/// A key of 256 bits.
pub type Key = [u8; 32];

/// Where the key is kept.
#[derive(Clone, Debug)]
pub struct Keyring(PathBuf);

impl Keyring {
    /// The keyring in this folder.
    pub fn new(folder: &std::path::Path) -> Self {
        Self(folder.join(FILE))
    }

    /// The key; the first time it is asked for it is made, for our own eyes only.
    ///
    /// # Errors
    /// Where the disk does not give or take it, or what is there is no key.
    pub fn key(&self) -> io::Result<Key> {
        match self.kept()? {
            Some(key) => Ok(key),
            None => self.make(),
        }
    }

    /// The key as it lies there, to be kept elsewhere; none if none was ever made.
    ///
    /// # Errors
    /// Where the disk does not give it, or what is there is no key.
    pub fn kept(&self) -> io::Result<Option<Key>> {
        match fs::File::open(&self.0) {
            Ok(file) => read(file).map(Some),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
            Err(error) => Err(error),
        }
    }

    /// Lays a key there that was kept elsewhere. One that lies there already stays, and is answered.
    ///
    /// # Errors
    /// Where the disk does not take it, or it is none.
    pub fn lay(&self, key: &[u8]) -> io::Result<Key> {
        self.put(read(key)?)
    }

    fn make(&self) -> io::Result<Key> {
        let mut key = [0; 32];
        getrandom::fill(&mut key).map_err(|error| io::Error::other(error.to_string()))?;
        self.put(key)
    }

    /// Written whole under another name and then given its own, so that nobody reads half of it. Who comes second takes the first
    /// one's.
    fn put(&self, key: Key) -> io::Result<Key> {
        let mut name = [0; 8];
        getrandom::fill(&mut name).map_err(|error| io::Error::other(error.to_string()))?;
        let new = self.0.with_extension(format!("{:x}", u64::from_be_bytes(name)));
        let mut options = fs::OpenOptions::new();
        options.write(true).create_new(true);
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        let mut file = options.open(&new)?;
        file.write_all(&key)?;
        file.sync_all()?;
        let linked = fs::hard_link(&new, &self.0);
        fs::remove_file(&new)?;
        match linked {
            Ok(()) => Ok(key),
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => read(fs::File::open(&self.0)?),
            Err(error) => Err(error),
        }
    }
}

/// The only row of `aux_keys`.
const ROW: i64 = 1;

/// What a key is known by in the database, from which nobody learns it.
pub fn digest_of(key: &Key) -> String {
    let mut hash = Sha256::new_with_prefix(b"tellonce key\n");
    hash.update(key);
    format!("{:x}", hash.finalize())
}

/// The digest of the key under which the secrets in this database are kept, if that was noted.
///
/// # Errors
/// [`super::StoreError::Database`].
pub fn noted(tx: &mut Tx<'_>) -> Result<Option<String>> {
    Ok(aux_keys::table.find(ROW).select(aux_keys::digest).first(tx.conn()).optional()?)
}

/// Notes it, in place of what was noted before.
///
/// # Errors
/// [`super::StoreError::Database`].
pub fn note(tx: &mut Tx<'_>, digest: &str) -> Result<()> {
    diesel::delete(aux_keys::table).execute(tx.conn())?;
    diesel::insert_into(aux_keys::table).values((aux_keys::id.eq(ROW), aux_keys::digest.eq(digest))).execute(tx.conn())?;
    Ok(())
}

fn read(mut file: impl Read) -> io::Result<Key> {
    let mut bytes = Vec::new();
    file.read_to_end(&mut bytes)?;
    let no_key = |_| io::Error::new(io::ErrorKind::InvalidData, format!("{FILE} in the data folder is no key of 32 bytes"));
    bytes.try_into().map_err(no_key)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_is_made_once_and_stays() {
        let folder = tempfile::tempdir().expect("a folder");
        let keyring = Keyring::new(folder.path());
        let keys: Vec<Key> = std::thread::scope(|scope| {
            let asked: Vec<_> = (0..8).map(|_| scope.spawn(|| keyring.key().expect("a key"))).collect();
            asked.into_iter().map(|asked| asked.join().expect("it is answered")).collect()
        });
        assert!(keys.iter().all(|key| *key == keys[0]));
        assert_ne!(keys[0], [0; 32]);
        assert_eq!(fs::read_dir(folder.path()).expect("a folder").count(), 1, "nothing else is left");
    }

    #[test]
    fn what_is_no_key_is_not_taken_for_one() {
        let folder = tempfile::tempdir().expect("a folder");
        fs::write(folder.path().join(FILE), b"short").expect("it is written");
        assert!(Keyring::new(folder.path()).key().is_err());
    }
}
