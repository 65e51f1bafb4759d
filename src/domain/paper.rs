//! A paper 経緯報告書: one incident as it is printed for one audience. What is printed as one goes is a draft 暫定版; a final 確定版 is
//! frozen: numbered, its bytes kept, and ledgered, so that it can be printed again years later, byte for byte.

use serde::{Deserialize, Serialize};

use super::entry::Struck;
use super::id::{Id, Uid};
use super::incident::Incident;
use super::ledger::Digest;
use super::locale::Locale;
use super::moment::Stamp;
use super::person::Person;
use super::text_enum::text_enum;
use super::view::AudienceName;

text_enum! {
    /// How much of it is printed.
    pub enum PaperForm {
        /// What one has to know, on one page.
        OnePage = "one-page",
        /// All that the audience may see.
        Report = "report",
    }
}

/// Whether what is printed stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Edition {
    /// As of now; tomorrow's may say something else.
    Draft,
    /// The final of that number.
    Final(i64),
}

/// A final.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Paper {
    /// Key.
    pub id: Id<Paper>,
    /// In URLs.
    pub uid: Uid,
    /// How often the record was changed since it was made; its bytes never are.
    pub revision: i64,
    /// Of which incident.
    pub incident: Id<Incident>,
    /// Which of the incident's finals it is, from 1.
    pub number: i64,
    /// How much of it is printed.
    pub paper_form: PaperForm,
    /// For whom.
    pub audience: AudienceName,
    /// In which language.
    pub locale: Locale,
    /// As of when.
    pub as_of: Stamp,
    /// Who froze it; none where a command did.
    pub made_by: Option<Id<Person>>,
    /// How many changes the incident's chain held.
    pub head_count: i64,
    /// The hash of the last of them.
    pub head_hash: Digest,
    /// What its bytes hash to.
    pub sha256: String,
    /// How many there are.
    pub size: i64,
    /// What it was made for; may be empty.
    pub note: String,
    /// Struck out, with the reason, if it is: then it does not stand for us any more, but it is still there to be read.
    pub struck: Option<Struck>,
}
