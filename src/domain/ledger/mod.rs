//! The ledger 変更履歴: the append-only, hash-chained record of every change. This is its arithmetic; the rows stand in
//! `store::ledger`.
//!
//! `hash = SHA-256(prev ‖ JCS header)` with the header `{chain, seq, at, actor, action, object, payload_digest}`, and
//! `payload_digest = SHA-256(salt ‖ JCS payload)`. The salt (32 bytes) keeps a short payload from being guessed once it is
//! erased: payload and salt can go where the law asks, the chain stays whole.
//!
//! `RULES.md` beside this file says all of it so that a stranger can write a checker of his own; `tests/support/check-backup` is one.

mod jcs;
mod objects;
mod report;
mod seal;

use std::fmt;
use std::str::FromStr;

use serde::Serialize;
use serde::de::DeserializeOwned;
use sha2::{Digest as _, Sha256};

pub use jcs::{NotCanonical, canonical};
pub use report::{Difference, Place, Report, What};
pub use seal::{Seal, SealedHead};

use super::contract::Contract;
use super::id::Id;
use super::incident::Incident;
use super::moment::Stamp;
use super::party::Provider;
use super::permit::Actor;
use super::person::Person;
use super::share::Share;
use super::text_enum::text_enum;

text_enum! {
    /// What a ledger row is about.
    pub enum ObjectKind {
        /// The opening of a chain; only in the house chain.
        Chain = "chain",
        /// The settings of the house.
        House = "house",
        /// One of our people.
        Person = "person",
        /// A company.
        Provider = "provider",
        /// One of its people.
        Contact = "contact",
        /// A contract.
        Contract = "contract",
        /// A clause of it.
        Clause = "clause",
        /// An agreement beside it.
        Agreement = "agreement",
        /// An incident.
        Incident = "incident",
        /// An entry, with its call and its statements.
        Entry = "entry",
        /// A promise.
        Promise = "promise",
        /// An ask.
        Ask = "ask",
        /// What was ruled out.
        RuledOut = "ruled_out",
        /// A contradiction.
        Contradiction = "contradiction",
        /// A change by a provider.
        Change = "change",
        /// A notice of a change.
        Notice = "notice",
        /// A file: its record, not its bytes.
        Attachment = "attachment",
        /// A share: what a company is shown by a link or a code.
        Share = "share",
        /// The opening of a share by somebody.
        Opening = "opening",
        /// What a clause came to.
        Verdict = "verdict",
        /// A claim for a credit that was sent.
        CreditClaim = "credit_claim",
        /// A final.
        Paper = "paper",
        /// That earlier contents of a thing were taken out of the ledger. It is nowhere but there.
        Erasure = "erasure",
    }
}

/// What is written to the database as one: its rows and one ledger row, in one transaction. Its JSON is the ledger's payload
/// and holds every column of all its rows; that is what `verify` compares.
pub trait Aggregate: Serialize + DeserializeOwned {
    /// Its name in the ledger.
    const KIND: ObjectKind;
    /// Its key.
    fn id(&self) -> i64;
    /// How often it was changed since it was made; 0 for the first writing.
    fn revision(&self) -> i64;
}

/// One line of rows, each holding the hash of the one before.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Chain {
    /// The house: people, settings, and the opening of every other chain.
    House,
    /// One provider, its contacts with it.
    Provider(Id<Provider>),
    /// One contract, its clauses and agreements with it.
    Contract(Id<Contract>),
    /// One incident, everything on its timeline with it.
    Incident(Id<Incident>),
}

impl Chain {
    /// The key of what the chain is about; none for the house.
    pub const fn key(self) -> Option<i64> {
        match self {
            Self::House => None,
            Self::Provider(id) => Some(id.raw()),
            Self::Contract(id) => Some(id.raw()),
            Self::Incident(id) => Some(id.raw()),
        }
    }
}

impl fmt::Display for Chain {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::House => f.write_str("house"),
            Self::Provider(id) => write!(f, "provider:{}", id.raw()),
            Self::Contract(id) => write!(f, "contract:{}", id.raw()),
            Self::Incident(id) => write!(f, "incident:{}", id.raw()),
        }
    }
}

/// The text names no chain.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("“{0}” names no chain")]
pub struct NotAChain(pub String);

impl FromStr for Chain {
    type Err = NotAChain;

    fn from_str(text: &str) -> Result<Self, NotAChain> {
        let refused = || NotAChain(text.to_owned());
        let chain = match text.split_once(':') {
            None if text == "house" => Self::House,
            Some(("provider", key)) => Self::Provider(Id::new(key.parse().map_err(|_| refused())?)),
            Some(("contract", key)) => Self::Contract(Id::new(key.parse().map_err(|_| refused())?)),
            Some(("incident", key)) => Self::Incident(Id::new(key.parse().map_err(|_| refused())?)),
            _ => return Err(refused()),
        };
        // "incident:007" would be a second spelling of one chain.
        if chain.to_string() == text { Ok(chain) } else { Err(refused()) }
    }
}

/// Who did it, as the ledger keeps it: the key of one of our people, that of the share by which somebody came, or the house itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Author {
    /// One of our people.
    Person(Id<Person>),
    /// Somebody of a company, who had the code of a share.
    Share(Id<Share>),
    /// Tellonce itself.
    House,
}

impl From<Actor> for Author {
    fn from(actor: Actor) -> Self {
        match actor {
            Actor::Person { id, .. } => Self::Person(id),
            Actor::Reader { share } => Self::Share(share),
            Actor::House => Self::House,
        }
    }
}

impl fmt::Display for Author {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Person(id) => write!(f, "person:{}", id.raw()),
            Self::Share(id) => write!(f, "share:{}", id.raw()),
            Self::House => f.write_str("house"),
        }
    }
}

/// The text names no author.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("“{0}” names no author")]
pub struct NotAnAuthor(pub String);

impl FromStr for Author {
    type Err = NotAnAuthor;

    fn from_str(text: &str) -> Result<Self, NotAnAuthor> {
        let refused = || NotAnAuthor(text.to_owned());
        let author = match text.split_once(':') {
            None if text == "house" => Self::House,
            Some(("person", key)) => Self::Person(Id::new(key.parse().map_err(|_| refused())?)),
            Some(("share", key)) => Self::Share(Id::new(key.parse().map_err(|_| refused())?)),
            _ => return Err(refused()),
        };
        if author.to_string() == text { Ok(author) } else { Err(refused()) }
    }
}

/// A SHA-256 value.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct Digest([u8; 32]);

impl Digest {
    /// What stands before the first row of every chain.
    pub const GENESIS: Self = Self([0; 32]);

    /// The digest of a payload in JCS form under its salt.
    pub fn of_payload(salt: &Salt, payload: &str) -> Self {
        Self(Sha256::new().chain_update(salt.0).chain_update(payload).finalize().into())
    }

    /// Its bytes.
    pub const fn bytes(&self) -> [u8; 32] {
        self.0
    }

    /// A fingerprint for paper and telephone: the first ten hex digits in groups, `7f3a-09c1-e4`.
    pub fn fingerprint(&self) -> String {
        let hex = self.to_string();
        format!("{}-{}-{}", &hex[..4], &hex[4..8], &hex[8..10])
    }
}

impl fmt::Display for Digest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write_hex(f, &self.0)
    }
}

impl fmt::Debug for Digest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

/// Values that stand as their text in JSON.
macro_rules! as_text {
    ($($value:ty),+) => {$(
        impl Serialize for $value {
            fn serialize<S: serde::Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
                s.collect_str(self)
            }
        }

        impl<'de> serde::Deserialize<'de> for $value {
            fn deserialize<D: serde::Deserializer<'de>>(d: D) -> Result<Self, D::Error> {
                let text = <String as serde::Deserialize>::deserialize(d)?;
                text.parse().map_err(serde::de::Error::custom)
            }
        }
    )+};
}
as_text!(Chain, Digest);

/// The text is not 64 hex digits in lower case.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not 64 lower-case hex digits")]
pub struct NotHex;

impl FromStr for Digest {
    type Err = NotHex;

    fn from_str(text: &str) -> Result<Self, NotHex> {
        read_hex(text).map(Self)
    }
}

/// 32 random bytes that stand before a payload when its digest is made.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Salt([u8; 32]);

impl Salt {
    /// A salt from random bytes.
    pub const fn new(random: [u8; 32]) -> Self {
        Self(random)
    }
}

impl fmt::Display for Salt {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write_hex(f, &self.0)
    }
}

impl FromStr for Salt {
    type Err = NotHex;

    fn from_str(text: &str) -> Result<Self, NotHex> {
        read_hex(text).map(Self)
    }
}

fn write_hex(f: &mut fmt::Formatter<'_>, bytes: &[u8]) -> fmt::Result {
    bytes.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
}

fn read_hex(text: &str) -> Result<[u8; 32], NotHex> {
    let mut bytes = [0; 32];
    if text.len() != 64 || !text.bytes().all(|b| matches!(b, b'0'..=b'9' | b'a'..=b'f')) {
        return Err(NotHex);
    }
    for (byte, pair) in bytes.iter_mut().zip(text.as_bytes().chunks_exact(2)) {
        let pair = std::str::from_utf8(pair).map_err(|_| NotHex)?;
        *byte = u8::from_str_radix(pair, 16).map_err(|_| NotHex)?;
    }
    Ok(bytes)
}

/// What a ledger row says, less its payload: the part that is hashed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Header {
    /// In which chain.
    pub chain: Chain,
    /// The place in the chain, from 1.
    pub seq: i64,
    /// When it was done, by our clock.
    pub at: Stamp,
    /// Who did it.
    pub author: Author,
    /// What was done, by the name of the use case: `calls::log`.
    pub action: String,
    /// To what kind of thing.
    pub kind: ObjectKind,
    /// To which thing.
    pub id: i64,
    /// Which revision of the thing this made.
    pub revision: i64,
    /// The digest of the thing as it then was.
    pub payload_digest: Digest,
}

impl Header {
    /// The hash of this row after a row whose hash is `prev`.
    ///
    /// # Errors
    /// [`NotCanonical`] where a key is too large to be written in canonical JSON (2^53 or more).
    pub fn hash(&self, prev: &Digest) -> Result<Digest, NotCanonical> {
        let header = canonical(&serde_json::json!({
            "chain": self.chain.to_string(),
            "seq": self.seq,
            "at": self.at.timestamp_micros(),
            "actor": self.author.to_string(),
            "action": self.action,
            "object": { "kind": self.kind, "id": self.id, "revision": self.revision },
            "payload_digest": self.payload_digest.to_string(),
        }))?;
        Ok(Digest(Sha256::new().chain_update(prev.0).chain_update(header).finalize().into()))
    }
}

#[cfg(test)]
mod tests;
