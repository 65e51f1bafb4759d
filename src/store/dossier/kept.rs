//! Dossiers kept as they were last read.
//!
//! Every change appends to a chain of the ledger, and no hash of a chain comes twice (its payloads are salted). So a dossier is
//! good as long as the heads of all chains on which it rests stand where they stood when it was read; one query, in the
//! transaction that asks, tells. That holds for several processes on one database, and after a restore, without any word
//! from one to the other.

use std::collections::{BTreeMap, VecDeque};
use std::sync::{Arc, Mutex, PoisonError};

use crate::domain::dossier::Dossier;
use crate::domain::id::Id;
use crate::domain::incident::Incident;
use crate::domain::ledger::{Chain, Digest};

/// How many entries all kept dossiers may have together: some 10 MB.
const MOST_ENTRIES: usize = 4_000;

/// The heads of some chains.
pub type Heads = BTreeMap<Chain, Digest>;

/// A dossier, and where its chains stood.
#[derive(Clone)]
struct Read {
    incident: Id<Incident>,
    heads: Arc<Heads>,
    dossier: Arc<Dossier>,
}

/// The dossiers last read, the latest last.
#[derive(Default)]
pub struct Kept(Mutex<VecDeque<Read>>);

impl Kept {
    /// The dossier of this incident as it was last read, and where its chains stood.
    pub(super) fn of(&self, incident: Id<Incident>) -> Option<(Arc<Heads>, Arc<Dossier>)> {
        let all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let found = all.iter().find(|read| read.incident == incident)?;
        Some((Arc::clone(&found.heads), Arc::clone(&found.dossier)))
    }

    /// Keeps a dossier in the place of an earlier one; those longest unread go where it becomes too much.
    pub(super) fn put(&self, incident: Id<Incident>, heads: Heads, dossier: &Arc<Dossier>) {
        let mut all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        all.retain(|read| read.incident != incident);
        all.push_back(Read { incident, heads: Arc::new(heads), dossier: Arc::clone(dossier) });
        while all.iter().map(|read| read.dossier.entries.len()).sum::<usize>() > MOST_ENTRIES && all.len() > 1 {
            all.pop_front();
        }
    }
}
