//! The reply 回答: what somebody of a company left through a share, in one sending. It stands on the timeline as theirs; what of it
//! is taken over into our own record, one of us decides, piece by piece.

use serde::{Deserialize, Serialize};

use super::contract::Agreement;
use super::id::Id;
use super::matter::Ask;
use super::moment::Stamp;
use super::person::Person;
use super::share::{Opening, Share};
use super::statement::Statement;
use super::text_enum::text_enum;

/// A reply. Part of its entry's record; its words are the entry's statements and body.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reply {
    /// By which share.
    pub share: Id<Share>,
    /// By which opening of it: from which network, when.
    pub opening: Id<Opening>,
    /// Who, by their own word.
    pub name: String,
    /// Their department, by their own word.
    pub department: String,
    /// Whether they said that it is their company's formal answer; else it is theirs "as the person in charge".
    pub formal: bool,
    /// Whether they take the matter over.
    pub takes_over: bool,
    /// Where they can be called directly; empty if they gave no number.
    pub phone: String,
    /// What it says, one by one.
    pub acts: Vec<Act>,
    /// That one of us has looked at it.
    pub noted: Option<Noted>,
}

/// That one of us has looked at a reply.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Noted {
    /// When.
    pub at: Stamp,
    /// Who.
    pub by: Option<Id<Person>>,
}

/// One thing that a reply says.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Act {
    /// What it does.
    pub kind: ActKind,
    /// To what of the record; none where it stands for itself.
    pub about: Option<ActAbout>,
    /// Their words, among the entry's statements; none where a tick says it.
    pub statement: Option<Id<Statement>>,
}

text_enum! {
    /// What a part of a reply does.
    pub enum ActKind {
        /// What stands in the record is so.
        Confirms = "confirms",
        /// What stands in the record is not so, or not quite; it stays, with this beside it.
        Corrects = "corrects",
        /// Answers an ask.
        Answers = "answers",
        /// Commits to a time.
        Commits = "commits",
    }
}

/// What a part of a reply is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(tag = "kind", content = "id", rename_all = "snake_case")]
pub enum ActAbout {
    /// Something they were noted as saying.
    Statement(Id<Statement>),
    /// Something we ask.
    Ask(Id<Ask>),
    /// Something that was agreed, as we have it.
    Agreement(Id<Agreement>),
}

impl Reply {
    /// What it says of that thing, last word last.
    pub fn about(&self, thing: ActAbout) -> impl Iterator<Item = &Act> {
        self.acts.iter().filter(move |act| act.about == Some(thing))
    }
}
