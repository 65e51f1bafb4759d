//! Seals that are made day by day, and given to those who keep them elsewhere: by mail, posted to an address, stamped by an authority.
//! What a seal is: [`super::ledger::Seal`].

use serde::{Deserialize, Serialize};

use super::id::Id;
use super::ledger::Seal;
use super::moment::Stamp;
use super::outbox::Queued;
use super::text_enum::text_enum;

/// How many seals a page of the list shows.
pub const SEALS_PER_PAGE: i64 = 50;

/// Who keeps the seal that is made each day.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sealing {
    /// To which address it is mailed.
    pub mail: Option<String>,
    /// To which address it is posted; empty for none.
    pub post: String,
    /// Which authority stamps it; empty for none.
    pub authority: String,
}

text_enum! {
    /// Why a seal has not reached everybody yet.
    pub enum SealTrouble {
        /// The address to which it is posted did not take it.
        Post = "post",
        /// The authority did not answer, or refused.
        Authority = "authority",
        /// What the authority answered is no stamp over this seal.
        Answer = "answer",
    }
}

/// The stamp of an authority over a seal.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TimeStamp {
    /// When the authority says that it saw the seal.
    pub at: Stamp,
    /// Its answer (RFC 3161, `TimeStampResp` in DER), in base64.
    pub answer: String,
}

/// A seal as it is kept in a file, with the stamp over it, if it has one.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SealFile {
    /// The seal.
    #[serde(flatten)]
    pub seal: Seal,
    /// The stamp.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub time_stamp: Option<TimeStamp>,
}

/// A seal that was made by the day's plan.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DailySeal {
    /// Key.
    pub id: Id<DailySeal>,
    /// The seal.
    pub seal: Seal,
    /// The mail by which it went out, if it is mailed.
    pub mail: Option<Id<Queued>>,
    /// Whether that mail has gone.
    pub is_mailed: bool,
    /// To which address it is posted; empty for none.
    pub to_post: String,
    /// When it was taken there.
    pub posted_at: Option<Stamp>,
    /// Which authority stamps it; empty for none.
    pub to_stamp: String,
    /// The stamp.
    pub stamp: Option<TimeStamp>,
    /// How often it was tried.
    pub attempts: i64,
    /// When it is tried next; none where it is not.
    pub next_at: Option<Stamp>,
    /// Why the last try failed, and what was said.
    pub trouble: Option<(SealTrouble, String)>,
}

impl DailySeal {
    /// Whether it is still to be posted.
    pub const fn waits_for_post(&self) -> bool {
        !self.to_post.is_empty() && self.posted_at.is_none()
    }

    /// Whether it is still to be stamped.
    pub const fn waits_for_stamp(&self) -> bool {
        !self.to_stamp.is_empty() && self.stamp.is_none()
    }
}
