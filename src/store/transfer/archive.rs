//! A record in one file: a zip that any tool opens, with a file of rows for each table (one JSON object a line), the files of the
//! record under their SHA-256, perhaps the key, and `backup.json`, which says what there is.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::{self, BufRead, BufReader, BufWriter, Read, Write};
use std::path::Path;

use serde::{Deserialize, Serialize};
use serde_json::Value;
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipArchive, ZipWriter};

use super::{Extent, Layout, Live, Origin, Progress, RawRow, Rows, TOLD_EVERY, Tell, TransferError};
use crate::domain::ledger::Seal;
use crate::domain::moment::Stamp;
use crate::store::files::{FileError, Files};
use crate::store::{Store, StoreError, attachments, verify};

/// What the format is called.
const FORMAT: &str = "tellonce-backup/1";
const LIST: &str = "backup.json";
const KEY: &str = "secret.key";
const CLOCK: &str = "clock.json";

/// How long the list may be.
const LIST_LIMIT: u64 = 64 << 20;

/// How much of a file is in memory at once.
const PIECE: usize = 64 << 10;

/// What stands in a backup.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Manifest {
    format: String,
    /// Which version of Tellonce made it.
    pub made_by: String,
    /// When it was made, by the record's clock.
    pub made_at: Stamp,
    /// The steps that the tables have taken.
    steps: Vec<String>,
    /// The last key that was given.
    last_id: i64,
    /// How many rows of each table there are.
    pub tables: BTreeMap<String, i64>,
    /// How many files of the record there are.
    pub files: i64,
    /// The files that the record names and that were not there, or altered, by their SHA-256.
    pub missing: Vec<String>,
    /// Whether the key is in it, under which secrets are kept that must be shown again.
    pub with_key: bool,
    /// The heads of all chains.
    pub seal: Seal,
}

impl Manifest {
    /// How many changes the ledger holds.
    pub fn changes(&self) -> i64 {
        self.tables.get("ledger").copied().unwrap_or_default()
    }
}

/// What lies in the data folder beside the files, and goes along.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Belongings {
    /// The key, where it is to go along.
    pub key: Option<Vec<u8>>,
    /// The folder's clock, where it has one.
    pub clock: Option<Vec<u8>>,
}

fn table_path(table: &str) -> String {
    format!("tables/{table}.jsonl")
}

fn file_path(sha256: &str) -> String {
    format!("files/{sha256}")
}

/// Rows pack well, and quickly at the lowest level; files mostly are packed already.
fn packed() -> SimpleFileOptions {
    SimpleFileOptions::default().compression_method(CompressionMethod::Deflated).compression_level(Some(1)).large_file(true)
}

fn stored() -> SimpleFileOptions {
    SimpleFileOptions::default().compression_method(CompressionMethod::Stored).large_file(true)
}

/// Writes a backup of the record as it is now, while others go on. The files come after the rows: they are never altered.
///
/// # Errors
/// [`TransferError`]; what was written until then is of no use.
pub fn write(
    store: &Store,
    files: &Files,
    belongings: &Belongings,
    now: Stamp,
    out: File,
    tell: Tell<'_>,
) -> Result<Manifest, TransferError> {
    let mut zip = ZipWriter::new(BufWriter::new(out));
    let (mut manifest, named) = store.read(now, |tx| write_tables(tx, now, &mut zip, tell))?;
    for sha256 in &named {
        let hash = files.open(sha256).and_then(|mut file| Files::hash(&mut file, &mut [0; PIECE]));
        match hash {
            Ok(hash) if hash == *sha256 => {
                zip.start_file(file_path(sha256), stored())?;
                io::copy(&mut files.open(sha256)?, &mut zip)?;
                manifest.files += 1;
            }
            // What was altered is no file of the record any more. Where a record needs it, the trial says so.
            Ok(_) => manifest.missing.push(sha256.clone()),
            Err(error) if error.kind() == io::ErrorKind::NotFound => manifest.missing.push(sha256.clone()),
            Err(error) => return Err(error.into()),
        }
    }
    let mut put = |path: &str, bytes: &[u8]| -> Result<(), TransferError> {
        zip.start_file(path, stored())?;
        Ok(zip.write_all(bytes)?)
    };
    if let Some(key) = &belongings.key {
        put(KEY, key)?;
        manifest.with_key = true;
    }
    if let Some(clock) = &belongings.clock {
        put(CLOCK, clock)?;
    }
    put(LIST, &serde_json::to_vec_pretty(&manifest).map_err(StoreError::from)?)?;
    zip.finish()?.into_inner().map_err(io::IntoInnerError::into_error)?.sync_all()?;
    Ok(manifest)
}

fn write_tables(
    tx: &mut crate::store::Tx<'_>,
    now: Stamp,
    zip: &mut ZipWriter<BufWriter<File>>,
    tell: Tell<'_>,
) -> Result<(Manifest, Vec<String>), TransferError> {
    let seal = verify::seal(tx)?;
    let named = attachments::named_anywhere(tx)?;
    let mut origin = Live::new(tx, Extent::Backup, String::new())?;
    let mut manifest = Manifest {
        format: FORMAT.to_owned(),
        made_by: env!("CARGO_PKG_VERSION").to_owned(),
        made_at: now,
        steps: origin.steps_taken(),
        last_id: origin.last_id(),
        tables: BTreeMap::new(),
        files: 0,
        missing: Vec::new(),
        with_key: false,
        seal,
    };
    let (mut done, mut whole) = (0, 0);
    for layout in origin.layouts() {
        whole += origin.count(&layout.table)?.unwrap_or_default();
    }
    for layout in origin.layouts() {
        zip.start_file(table_path(&layout.table), packed())?;
        let before = done;
        for row in origin.rows(&layout)? {
            zip.write_all(row?.row.as_bytes())?;
            zip.write_all(b"\n")?;
            done += 1;
            if done % TOLD_EVERY == 0 {
                tell(Progress { table: &layout.table, done, whole });
            }
        }
        manifest.tables.insert(layout.table.clone(), done - before);
    }
    Ok((manifest, named))
}

/// A backup, to be read.
pub struct Backup {
    zip: ZipArchive<BufReader<File>>,
    manifest: Manifest,
    name: String,
}

impl Backup {
    /// The backup in that file. Its list is read, nothing else.
    ///
    /// # Errors
    /// [`TransferError::Damaged`] where it is none, or not whole.
    pub fn open(path: &Path) -> Result<Self, TransferError> {
        let mut zip = ZipArchive::new(BufReader::new(File::open(path)?))?;
        let mut list = Vec::new();
        zip.by_name(LIST)?.take(LIST_LIMIT).read_to_end(&mut list)?;
        let manifest: Manifest =
            serde_json::from_slice(&list).map_err(|error| TransferError::Damaged(format!("{LIST}: {error}")))?;
        if manifest.format != FORMAT {
            return Err(TransferError::Damaged(format!("its format is {}, not {FORMAT}", manifest.format)));
        }
        let name = format!("backup:{}", manifest.seal.digest);
        Ok(Self { zip, manifest, name })
    }

    /// What stands in it.
    pub const fn manifest(&self) -> &Manifest {
        &self.manifest
    }

    /// What lay in the data folder beside the files.
    ///
    /// # Errors
    /// [`TransferError`].
    pub fn belongings(&mut self) -> Result<Belongings, TransferError> {
        let mut read = |path: &str| -> Result<Option<Vec<u8>>, TransferError> {
            let mut bytes = Vec::new();
            match self.zip.by_name(path) {
                Ok(file) => file.take(LIST_LIMIT).read_to_end(&mut bytes)?,
                Err(zip::result::ZipError::FileNotFound) => return Ok(None),
                Err(error) => return Err(error.into()),
            };
            Ok(Some(bytes))
        };
        Ok(Belongings { key: read(KEY)?, clock: read(CLOCK)? })
    }

    /// Goes through the files of the record, in no order; none is in memory as a whole.
    ///
    /// # Errors
    /// [`TransferError`], and what `each` returns.
    pub fn each_file(
        &mut self,
        mut each: impl FnMut(&str, &mut dyn Read) -> Result<(), TransferError>,
    ) -> Result<(), TransferError> {
        let mut found = 0;
        for index in 0..self.zip.len() {
            let mut file = self.zip.by_index(index)?;
            let Some(sha256) = file.name()?.strip_prefix("files/").map(str::to_owned) else { continue };
            found += 1;
            each(&sha256, &mut file)?;
        }
        if found == self.manifest.files {
            Ok(())
        } else {
            Err(TransferError::Damaged(format!("{found} files of {} are there", self.manifest.files)))
        }
    }

    /// The SHA-256 of those files whose bytes are what they were.
    ///
    /// # Errors
    /// [`TransferError`].
    pub fn whole_files(&mut self) -> Result<Vec<String>, TransferError> {
        let mut whole = Vec::new();
        self.each_file(|sha256, file| {
            if Files::hash(file, &mut [0; PIECE])? == sha256 {
                whole.push(sha256.to_owned());
            }
            Ok(())
        })?;
        whole.sort_unstable();
        Ok(whole)
    }
}

/// Whether a file is among those whose bytes are what they were.
///
/// # Errors
/// [`FileError::Altered`] where it is not.
pub fn is_among(whole: &[String], sha256: &str) -> Result<(), FileError> {
    match whole.binary_search_by(|name| name.as_str().cmp(sha256)) {
        Ok(_) => Ok(()),
        Err(_) => Err(FileError::Altered { sha256: sha256.to_owned() }),
    }
}

impl Origin for Backup {
    fn name(&self) -> String {
        self.name.clone()
    }

    fn steps(&self) -> &[String] {
        &self.manifest.steps
    }

    fn last_id(&self) -> i64 {
        self.manifest.last_id
    }

    fn count(&mut self, table: &str) -> Result<Option<i64>, TransferError> {
        Ok(self.manifest.tables.get(table).copied())
    }

    fn rows(&mut self, layout: &Layout) -> Result<Rows<'_>, TransferError> {
        let path = table_path(&layout.table);
        let expected = self.manifest.tables.get(&layout.table).copied().unwrap_or_default();
        let file = self.zip.by_name(&path)?;
        let key: Vec<String> = layout.key.iter().map(|column| column.name.clone()).collect();
        Ok(Box::new(Lines { lines: BufReader::new(file), path, key, found: 0, expected, has_ended: false }))
    }
}

/// The rows of one table of a backup.
struct Lines<R> {
    lines: BufReader<R>,
    path: String,
    key: Vec<String>,
    found: i64,
    expected: i64,
    has_ended: bool,
}

impl<R: Read> Lines<R> {
    fn read(&mut self) -> Result<Option<RawRow>, TransferError> {
        let mut row = String::new();
        if self.lines.read_line(&mut row)? == 0 {
            return if self.found == self.expected {
                Ok(None)
            } else {
                Err(TransferError::Damaged(format!("{}: {} rows of {} are there", self.path, self.found, self.expected)))
            };
        }
        self.found += 1;
        let damaged = |what: String| TransferError::Damaged(format!("{}, line {}: {what}", self.path, self.found));
        let value: Value = serde_json::from_str(&row).map_err(|error| damaged(error.to_string()))?;
        let key: Option<Vec<&Value>> = self.key.iter().map(|column| value.get(column)).collect();
        let key = key.ok_or_else(|| damaged("it has no key".to_owned()))?;
        let key = serde_json::to_string(&key).map_err(StoreError::from)?;
        row.truncate(row.trim_end_matches('\n').len());
        Ok(Some(RawRow { key, row }))
    }
}

impl<R: Read> Iterator for Lines<R> {
    type Item = Result<RawRow, TransferError>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.has_ended {
            return None;
        }
        let row = self.read();
        self.has_ended = !matches!(row, Ok(Some(_)));
        row.transpose()
    }
}
