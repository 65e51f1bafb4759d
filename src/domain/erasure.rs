//! Erasure 消去: earlier contents of a thing taken out of the ledger because the law asks for it (in Japan the Act on the Protection of
//! Personal Information, articles 34 and 35; in the European Union article 17 of the GDPR). That it was done, when, by whom and why
//! stays; so does the chain, which holds the digests of what is gone.

use serde::{Deserialize, Serialize};

use super::id::Id;
use super::ledger::ObjectKind;

/// Contents that were taken out of the ledger.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Erasure {
    /// Key.
    pub id: Id<Erasure>,
    /// Always 0: nothing is changed in it.
    pub revision: i64,
    /// Of what kind the thing is.
    pub of: ObjectKind,
    /// Which thing, by its key.
    pub thing: i64,
    /// Up to which revision; what it says now is a later one.
    pub through: i64,
    /// Why.
    pub reason: String,
}

impl Erasure {
    /// Whether it says that this revision of this thing is gone.
    pub fn covers(&self, of: ObjectKind, thing: i64, revision: i64) -> bool {
        self.of == of && self.thing == thing && revision <= self.through
    }
}
