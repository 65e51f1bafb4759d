//! The whole record on its way: from a database into a file and back ([`archive`]), or from one database into the other.
//!
//! What is read is an [`Origin`]; what is written is a [`Filling`], which says in the place itself that it is not whole yet
//! (`aux_place`), so that nobody works with half a record. Rows are compared by their keys while both stream past, so that a filling
//! which was broken off goes on where it ended, and one that is whole changes nothing.

pub mod archive;
mod filling;
mod live;
mod relocation;

use serde::Deserialize;

pub use filling::{Filling, Poured};
pub use live::Live;
pub use relocation::relocate;

use super::StoreError;
use super::dialect::bulk::{Layout, RawRow};

/// Derived from the ledger, and made anew where a record arrives.
const DERIVED: &str = "aux_search";

/// What belongs to the place and not to the record: keys are handed over as a number, and a place knows itself where it is and what its
/// secrets are kept under.
const OF_THE_PLACE: [&str; 3] = ["aux_ids", "aux_keys", "aux_place"];

/// What a backup leaves out, since it must not come back: sessions, links for one use, exports that lie in another folder, and the list
/// of the backups there.
const PASSING: [&str; 6] = ["aux_backups", "aux_exports", "aux_sessions", "aux_setup", "aux_share_readers", "aux_tickets"];

/// How much of the record goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Extent {
    /// All of it: the house moves.
    Everything,
    /// What is to come back after a loss.
    Backup,
}

impl Extent {
    /// Whether that table goes.
    fn holds(self, table: &str) -> bool {
        let stays = table.starts_with(DERIVED) || OF_THE_PLACE.contains(&table);
        !stays && (self == Self::Everything || !PASSING.contains(&table))
    }
}

/// Why a record did not arrive whole.
#[derive(Debug, thiserror::Error)]
pub enum TransferError {
    /// The database did not do it.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// A file could not be read or written.
    #[error(transparent)]
    Io(std::io::Error),
    /// The backup is not one, or not whole.
    #[error("{0}")]
    Damaged(String),
    /// The place holds a record already.
    #[error("there is a record already")]
    Occupied,
    /// The place is being filled from elsewhere.
    #[error("it is being filled from {0}")]
    FillingFrom(String),
    /// The place holds what the origin does not know.
    #[error("it holds what is not in the record that is to go there")]
    Ahead,
    /// What arrived is not what was sent.
    #[error("{0}")]
    Differs(String),
}

impl From<diesel::result::Error> for TransferError {
    fn from(error: diesel::result::Error) -> Self {
        StoreError::from(error).into()
    }
}

impl From<std::io::Error> for TransferError {
    /// What is read from a zip and is not what was written there comes as such an error, too.
    fn from(error: std::io::Error) -> Self {
        match error.kind() {
            std::io::ErrorKind::UnexpectedEof | std::io::ErrorKind::InvalidData => Self::Damaged(error.to_string()),
            _ => Self::Io(error),
        }
    }
}

impl From<zip::result::ZipError> for TransferError {
    fn from(error: zip::result::ZipError) -> Self {
        match error {
            zip::result::ZipError::Io(error) => error.into(),
            other => Self::Damaged(other.to_string()),
        }
    }
}

/// A piece of a key. Numbers come before texts; texts are compared byte by byte.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(untagged)]
enum Part {
    Number(i64),
    Text(String),
}

/// A row on its way, and where it stands among its like.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Row {
    key: Vec<Part>,
    raw: RawRow,
}

impl TryFrom<RawRow> for Row {
    type Error = TransferError;

    fn try_from(raw: RawRow) -> Result<Self, TransferError> {
        let key = serde_json::from_str(&raw.key).map_err(|error| TransferError::Damaged(format!("{}: {error}", raw.key)))?;
        Ok(Self { key, raw })
    }
}

/// Rows as they come, in the order of their keys.
type Rows<'a> = Box<dyn Iterator<Item = Result<RawRow, TransferError>> + 'a>;

/// A record to be read whole.
pub trait Origin {
    /// What it is called, for people; without passwords.
    fn name(&self) -> String;
    /// The steps of the tables' history that it has taken, oldest first.
    fn steps(&self) -> &[String];
    /// The last key that was given.
    fn last_id(&self) -> i64;
    /// How many rows a table has; none if it is not there.
    ///
    /// # Errors
    /// [`TransferError`].
    fn count(&mut self, table: &str) -> Result<Option<i64>, TransferError>;
    /// The rows of a table.
    ///
    /// # Errors
    /// [`TransferError`].
    fn rows(&mut self, layout: &Layout) -> Result<Rows<'_>, TransferError>;
}

/// How far it has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Progress<'a> {
    /// The table in hand.
    pub table: &'a str,
    /// How many rows have gone, over all tables.
    pub done: i64,
    /// How many there are.
    pub whole: i64,
}

/// Who is told how far it has come.
pub type Tell<'a> = &'a mut dyn FnMut(Progress<'_>);

/// After how many rows it is told.
const TOLD_EVERY: i64 = 5_000;

/// Tables, those that others point to first.
///
/// # Errors
/// [`TransferError::Damaged`] where tables point to one another in a circle: there is none among ours (a test says so).
fn parents_first(layouts: Vec<Layout>) -> Result<Vec<Layout>, TransferError> {
    let (mut ordered, mut waiting): (Vec<Layout>, _) = (Vec::new(), layouts);
    while !waiting.is_empty() {
        let before = ordered.len();
        let names: Vec<String> = waiting.iter().map(|layout| layout.table.clone()).collect();
        let is_free = |layout: &Layout| layout.parents.iter().all(|parent| *parent == layout.table || !names.contains(parent));
        let (free, rest): (Vec<_>, Vec<_>) = waiting.into_iter().partition(is_free);
        ordered.extend(free);
        waiting = rest;
        if ordered.len() == before {
            return Err(TransferError::Damaged(format!("tables point to one another: {}", names.join(", "))));
        }
    }
    Ok(ordered)
}
