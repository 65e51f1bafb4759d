//! What stands beside the timeline: asks, what was ruled out, and contradictions.

use serde::{Deserialize, Serialize};

use super::contract::{Agreement, Clause};
use super::entry::{Entry, Struck};
use super::id::{Id, Uid};
use super::incident::Incident;
use super::party::Provider;
use super::statement::Statement;
use super::text_enum::text_enum;
use super::visibility::Visibility;

/// An ask 質問・要求: what we want to know or have.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Ask {
    /// Key.
    pub id: Id<Ask>,
    /// In URLs.
    pub uid: Uid,
    /// How often the record was changed since it was made.
    pub revision: i64,
    /// On whose timeline.
    pub incident: Id<Incident>,
    /// The company asked.
    pub provider: Id<Provider>,
    /// What we ask, in words that can be read aloud.
    pub words: String,
    /// The name of a verdict's question that it was made of ([`super::phrases::Phrase::name`]); none where we thought of it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub about: Option<String>,
    /// The entries in which it was asked, in the order in which they were tied to it.
    pub asked_in: Vec<Id<Entry>>,
    /// The statement that answers it, if one does.
    pub answered_by: Option<Id<Statement>>,
    /// Who may read it.
    pub visibility: Visibility,
    /// Struck out, with the reason, if it is.
    pub struck: Option<Struck>,
}

/// Ruled out 切り分け済み: what was checked already, or a remedy that we cannot take.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RuledOut {
    /// Key.
    pub id: Id<RuledOut>,
    /// In URLs.
    pub uid: Uid,
    /// How often the record was changed since it was made.
    pub revision: i64,
    /// On whose timeline.
    pub incident: Id<Incident>,
    /// Which of the two it is.
    pub kind: RuledOutKind,
    /// What was checked, or which remedy it is.
    pub what: String,
    /// How it was found, or why it cannot be taken.
    pub why: String,
    /// Who may read it.
    pub visibility: Visibility,
    /// Struck out, with the reason, if it is.
    pub struck: Option<Struck>,
}

text_enum! {
    /// The two things every new technician asks first.
    pub enum RuledOutKind {
        /// 切り分け済み: checked, not the cause.
        Checked = "checked",
        /// 採れない対処: a remedy that we cannot take.
        Remedy = "remedy",
    }
}

/// A contradiction 食い違い: a statement set against something that does not fit with it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Contradiction {
    /// Key.
    pub id: Id<Contradiction>,
    /// In URLs.
    pub uid: Uid,
    /// How often the record was changed since it was made.
    pub revision: i64,
    /// On whose timeline.
    pub incident: Id<Incident>,
    /// What was said.
    pub statement: Id<Statement>,
    /// What it does not fit with.
    pub against: Against,
    /// Why they do not fit, where it does not show.
    pub note: String,
    /// Who may read it.
    pub visibility: Visibility,
    /// Struck out, with the reason, if it is.
    pub struck: Option<Struck>,
}

/// What a statement does not fit with.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", content = "id", rename_all = "snake_case")]
pub enum Against {
    /// Another statement, also another company's.
    Statement(Id<Statement>),
    /// A printed clause.
    Clause(Id<Clause>),
    /// An agreement.
    Agreement(Id<Agreement>),
    /// An entry: an observation, a letter.
    Entry(Id<Entry>),
}
