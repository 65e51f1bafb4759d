//! What is new to a reader since they last looked.

use crate::domain::entry::EntryKind;
use crate::domain::ledger::ObjectKind;
use crate::domain::moment::{Moment, Stamp};

/// A thing that the ledger tells of since then.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Touched {
    /// What kind of thing.
    pub kind: ObjectKind,
    /// Its key.
    pub id: i64,
    /// Whether it was put on record since then.
    pub added: bool,
    /// When it was last written.
    pub at: Stamp,
}

/// What happened to a thing since then.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fate {
    /// It was put on record.
    Added,
    /// It was changed.
    Changed,
    /// It was struck out.
    Withdrawn,
}

/// A thing that the reader may see, and that is not as they last saw it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewsItem {
    /// What kind of thing.
    pub kind: ObjectKind,
    /// What kind of entry, where it is one.
    pub entry: Option<EntryKind>,
    /// When it happened, where it is something that happens.
    pub occurred: Option<Moment>,
    /// What happened to it.
    pub fate: Fate,
    /// When that was put on record.
    pub at: Stamp,
    /// Its words.
    pub words: String,
}
