//! A seal: the heads of all chains at one time, and one hash over them. Kept outside the house (printed, mailed, on another
//! machine), it shows later whether even somebody who could rewrite the whole database has done so.

use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};

use super::{Chain, Digest, NotCanonical, canonical};
use crate::domain::moment::Stamp;

/// The head of one chain, in a seal.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SealedHead {
    /// Which chain.
    pub chain: Chain,
    /// How many rows it had.
    pub count: i64,
    /// The hash of the last one.
    pub hash: Digest,
}

/// The heads of all chains at one time.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Seal {
    /// When it was made, by our clock.
    pub at: Stamp,
    /// The heads, in the order of their chains.
    pub heads: Vec<SealedHead>,
    /// SHA-256 over the canonical JSON of `at` and `heads`.
    pub digest: Digest,
}

impl Seal {
    /// The seal over these heads.
    ///
    /// # Errors
    /// [`NotCanonical`] where a count is 2^53 or more.
    pub fn over(at: Stamp, mut heads: Vec<SealedHead>) -> Result<Self, NotCanonical> {
        heads.sort_by_key(|head| head.chain);
        let text = canonical(&serde_json::json!({ "at": at, "heads": heads }))?;
        Ok(Self { at, heads, digest: Digest(Sha256::digest(text).into()) })
    }

    /// Whether its digest is that of its heads: whether nobody wrote in it.
    pub fn is_whole(&self) -> bool {
        Self::over(self.at, self.heads.clone()).as_ref() == Ok(self)
    }
}
