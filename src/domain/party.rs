//! Companies and their people: the phone book.

use serde::{Deserialize, Serialize};

use super::id::{Id, Uid};
use super::moment::Stamp;

/// A company 契約先: a provider we have a contract with, or any other company that plays a part
/// (contractor, upstream provider, the one that came to the rescue).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Provider {
    /// Key.
    pub id: Id<Provider>,
    /// In URLs.
    pub uid: Uid,
    /// How often the record was changed since it was made.
    pub revision: i64,
    /// The company's name as printed.
    pub name: String,
    /// What it does for us, in a few words ("internet line").
    pub trade: String,
    /// Anything else worth knowing; ours alone.
    pub note: String,
    /// The company's own numbers, such as its support line.
    pub numbers: Vec<PhoneNumber>,
}

/// A person, or a desk, at a company 相手方担当者.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Contact {
    /// Key.
    pub id: Id<Contact>,
    /// In URLs.
    pub uid: Uid,
    /// How often the record was changed since it was made.
    pub revision: i64,
    /// Their company.
    pub provider: Id<Provider>,
    /// Their name, where we know it.
    pub name: Option<String>,
    /// The department or desk ("technical desk"); may be all that is known.
    pub department: String,
    /// Their role or title.
    pub role: String,
    /// A mail address, as they gave it; empty if none.
    pub email: String,
    /// Anything else worth knowing; ours alone.
    pub note: String,
    /// Their numbers.
    pub numbers: Vec<PhoneNumber>,
    /// The contact they were found to be; both spellings are kept, and what was recorded under this one stays so.
    pub merged_into: Option<Id<Contact>>,
}

impl Contact {
    /// What is known of them: department, role, name.
    pub fn known(&self) -> Vec<&str> {
        let parts = [Some(self.department.as_str()), Some(self.role.as_str()), self.name.as_deref()];
        parts.into_iter().flatten().filter(|part| !part.is_empty()).collect()
    }
}

/// A telephone number, as written and as dialled.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PhoneNumber {
    /// What it is for ("support", "mobile"); may be empty.
    pub label: String,
    /// As somebody wrote it.
    pub written: String,
    /// The one canonical spelling ([`super::phone::digits`]); by it the phone book finds a number however it is written.
    pub digits: String,
}

impl PhoneNumber {
    /// In one line, with what it is for before it: `support: 03-0000-0000`.
    pub fn line(&self) -> String {
        if self.label.is_empty() { self.written.clone() } else { format!("{}: {}", self.label, self.written) }
    }
}

/// A file kept with its hash: a screenshot, a letter, a recording. Never altered.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Attachment {
    /// Key.
    pub id: Id<Attachment>,
    /// In URLs.
    pub uid: Uid,
    /// How often the record (not the bytes) was changed since it was made.
    pub revision: i64,
    /// What it belongs to.
    pub owner: Owner,
    /// The file's name as it came, without any path.
    pub name: String,
    /// What its bytes were found to be (an IANA media type), whatever its name says.
    pub media_type: String,
    /// Length in bytes.
    pub size: i64,
    /// SHA-256 of the bytes, lower-case hexadecimal: also where they are stored.
    pub sha256: String,
    /// Who may read it.
    pub visibility: super::visibility::Visibility,
    /// When it was added.
    pub added_at: Stamp,
    /// Who of us added it; none for the house.
    pub added_by: Option<Id<super::person::Person>>,
    /// Struck out, with the reason, if it is.
    pub struck: Option<super::entry::Struck>,
    /// Whether it came from outside and none of us has looked at it yet: until then it is handed out to nobody but who does.
    #[serde(default, skip_serializing_if = "is_false")]
    pub held: bool,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "as serde calls it")]
const fn is_false(held: &bool) -> bool {
    !*held
}

/// What a file belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", content = "id", rename_all = "snake_case")]
pub enum Owner {
    /// An entry of a timeline.
    Entry(Id<super::entry::Entry>),
    /// A clause of a contract.
    Clause(Id<super::contract::Clause>),
    /// An agreement beside a contract.
    Agreement(Id<super::contract::Agreement>),
}
