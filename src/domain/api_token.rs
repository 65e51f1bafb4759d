//! Tokens: what lets a machine in as one of our people, for one purpose, no further than its scopes and no longer than its time.

use super::id::{Id, Uid};
use super::moment::Stamp;
use super::permit::Deed;
use super::person::Person;
use super::text_enum::text_enum;

text_enum! {
    /// What may be done with a token, as far as its person may do it at all.
    pub enum Scope {
        /// Look, search, and order exports.
        Read = "read",
        /// Write to incidents and their timelines.
        Record = "record",
        /// Write to the phone book and the contracts.
        Companies = "companies",
        /// Make and change links for the provider, and see their codes.
        Share = "share",
    }
}

impl Scope {
    /// What its person must be allowed to do for it to be of use.
    pub const fn deed(self) -> Deed {
        match self {
            Self::Read => Deed::Look,
            Self::Record | Self::Companies | Self::Share => Deed::Edit,
        }
    }
}

/// What every token begins with, so that whoever finds one knows whose door it opens, and tools that look for secrets find it.
pub const PREFIX: &str = "tellonce_";

/// How many tokens one person has at the most.
pub const MOST: usize = 50;

/// For how many days a token may be good.
pub const DAYS: &[i64] = &[7, 30, 90, 365];

/// A token as it is kept; the secret itself is not.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ApiToken {
    /// In URLs.
    pub uid: Uid,
    /// As whom it lets in.
    pub person: Id<Person>,
    /// What it is for, in a line.
    pub purpose: String,
    /// What may be done with it.
    pub scopes: Vec<Scope>,
    /// When it was made.
    pub made_at: Stamp,
    /// When it ends.
    pub expires_at: Stamp,
    /// When it was last used, to about a minute; none where it never was.
    pub used_at: Option<Stamp>,
}
