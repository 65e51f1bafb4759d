//! An entry 記録: one thing on the timeline 経緯.
//!
//! The entry is the unit that is kept and revised: with its call, that call's legs and waits, and its statements.

use serde::{Deserialize, Serialize};

use super::call::Call;
use super::contract::NoticeForm;
use super::id::{Id, Uid};
use super::incident::Incident;
use super::moment::{Moment, Stamp};
use super::notice::Change;
use super::party::{Contact, Provider};
use super::person::Person;
use super::reply::Reply;
use super::statement::Statement;
use super::text_enum::text_enum;
use super::visibility::Visibility;

/// One thing on the timeline, as the ledger keeps it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entry {
    /// Key.
    pub id: Id<Entry>,
    /// In URLs.
    pub uid: Uid,
    /// How often the record was corrected since it was made.
    pub revision: i64,
    /// On whose timeline.
    pub incident: Id<Incident>,
    /// What it is.
    pub kind: EntryKind,
    /// When it happened, as far as known.
    pub occurred: Moment,
    /// When it was recorded; for a call, when the record was made, not when the phone rang.
    pub recorded_at: Stamp,
    /// Who of us recorded it; none for the house.
    pub author: Option<Id<Person>>,
    /// The company it is with or from; none where it is ours alone.
    pub provider: Option<Id<Provider>>,
    /// The person or desk it is with, where the whole entry has one (a letter's sender; a call has legs).
    pub contact: Option<Id<Contact>>,
    /// A line that says what it is; empty where the kind and the call say it.
    pub title: String,
    /// The rest.
    pub body: String,
    /// Where it was seen: a web address, a building; empty if that says nothing.
    pub place: String,
    /// For which forms of notice somebody looked in it and found nothing.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub looked_for: Vec<NoticeForm>,
    /// The change it is about ("we looked, nothing came" points to the change).
    pub change: Option<Id<Change>>,
    /// What the meeting was to decide, where this is the decision on it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub settles: Option<Id<Entry>>,
    /// Who may read it. The statements have their own.
    pub visibility: Visibility,
    /// Struck out, with the reason, if it is.
    pub struck: Option<Struck>,
    /// The call, where it is one (or an attempt at one).
    pub call: Option<Call>,
    /// The reply, where it was left through a share: it is theirs, and nobody corrects it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reply: Option<Reply>,
    /// What was said or written in it, in order.
    pub statements: Vec<Statement>,
}

impl Entry {
    /// Whether it was put on record so late (over an hour after it ended) that the page has to say so.
    pub fn recorded_late(&self) -> bool {
        let ended = self.call.as_ref().and_then(|call| call.ended).unwrap_or(self.occurred.to);
        (self.recorded_at - ended).num_seconds() > LATE_AFTER_SECONDS
    }
}

/// An hour: what is written down within it is made from fresh memory.
pub const LATE_AFTER_SECONDS: i64 = 3600;

text_enum! {
    /// The kinds of entries.
    pub enum EntryKind {
        /// A call that connected.
        Call = "call",
        /// A call that did not connect.
        FailedAttempt = "failed_attempt",
        /// An e-mail.
        Email = "email",
        /// A letter or fax.
        Letter = "letter",
        /// A message in the provider's portal.
        PortalMessage = "portal_message",
        /// Somebody came.
        Visit = "visit",
        /// What was seen: a screenshot, a web page, an empty letter-box.
        Observation = "observation",
        /// What we did.
        Action = "action",
        /// A notice of theirs.
        Notice = "notice",
        /// What the meeting is to decide.
        Agenda = "agenda",
        /// What we decided.
        Decision = "decision",
        /// A note.
        Note = "note",
        /// What they left through a share.
        Reply = "reply",
    }
}

/// Struck out 取消: it stays readable, with the reason.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Struck {
    /// When.
    pub at: Stamp,
    /// Why.
    pub reason: String,
}
