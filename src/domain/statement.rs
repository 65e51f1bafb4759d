//! Statements 発言, and the promises 約束 among them.

use serde::{Deserialize, Serialize};

use super::contract::{Agreement, Clause};
use super::entry::{Entry, Struck};
use super::id::{Id, Uid};
use super::incident::Incident;
use super::moment::{Moment, Stamp};
use super::notice::Change;
use super::party::{Contact, Provider};
use super::person::Person;
use super::text_enum::text_enum;
use super::visibility::Visibility;

/// One assertion in one entry. One fact each. Part of its entry's record.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Statement {
    /// Key.
    pub id: Id<Statement>,
    /// In URLs.
    pub uid: Uid,
    /// What kind of assertion it is.
    pub kind: StatementKind,
    /// Who made it.
    pub speaker: Speaker,
    /// The words.
    pub words: String,
    /// Whether `words` are theirs, as heard, or ours for what they said.
    pub verbatim: bool,
    /// When in the entry it was said, where noted.
    pub said_at: Option<Stamp>,
    /// What became of it.
    pub standing: StatementStanding,
    /// What it is about, in the contract.
    pub cites: Vec<Citation>,
    /// The change it is about.
    pub change: Option<Id<Change>>,
    /// Who may read it.
    pub visibility: Visibility,
}

text_enum! {
    /// The kinds of statements.
    pub enum StatementKind {
        /// 説明
        Explanation = "explanation",
        /// 主張
        Claim = "claim",
        /// 認めた
        Admission = "admission",
        /// 断り
        Refusal = "refusal",
        /// 質問
        Question = "question",
        /// 約束
        Promise = "promise",
    }
}

text_enum! {
    /// What became of a statement.
    pub enum StatementStanding {
        /// Nobody has taken it up.
        Open = "open",
        /// The other side accepts it.
        Accepted = "accepted",
        /// The other side disputes it.
        Disputed = "disputed",
    }
}

/// Who made a statement.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "side", rename_all = "snake_case")]
pub enum Speaker {
    /// Somebody of a company.
    Theirs {
        /// The company.
        provider: Id<Provider>,
        /// Who, in the phone book.
        contact: Option<Id<Contact>>,
        /// Who, as told ("desk 1"); empty where the phone book says it.
        who: String,
    },
    /// One of us.
    Ours {
        /// Who; none for "we".
        person: Option<Id<Person>>,
    },
}

impl Speaker {
    /// The company that spoke; none where it is we.
    pub fn provider(&self) -> Option<Id<Provider>> {
        match self {
            Self::Theirs { provider, .. } => Some(*provider),
            Self::Ours { .. } => None,
        }
    }
}

/// Words of a contract that a statement is tied to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", content = "id", rename_all = "snake_case")]
pub enum Citation {
    /// A printed clause.
    Clause(Id<Clause>),
    /// An agreement beside it.
    Agreement(Id<Agreement>),
}

/// What a promise is worth: its due moment and what became of it. A record of its own, since it is settled later than said.
/// A new date never replaces an old one: the promise is *moved* to the one that follows it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Promise {
    /// Key.
    pub id: Id<Promise>,
    /// In URLs.
    pub uid: Uid,
    /// How often the record was changed since it was made.
    pub revision: i64,
    /// On whose timeline.
    pub incident: Id<Incident>,
    /// The entry in which it was given.
    pub entry: Id<Entry>,
    /// The statement by which it was given.
    pub statement: Id<Statement>,
    /// When it falls due; none where nothing was said.
    pub due: Option<Moment>,
    /// Who set the due moment.
    pub due_by: DueBy,
    /// Why it is so, where we set it ("at once, taken as half an hour").
    pub due_reason: String,
    /// What became of it.
    pub state: PromiseState,
    /// When that happened: the call that came at last, for one broken; none where it is not known or still open.
    pub settled: Option<Moment>,
    /// The entry that shows it.
    pub settled_by: Option<Id<Entry>>,
    /// The promise it was moved to.
    pub moved_to: Option<Id<Promise>>,
    /// Struck out with the statement, if it was.
    pub struck: Option<Struck>,
}

text_enum! {
    /// Who gave a promise its due moment.
    pub enum DueBy {
        /// They said it.
        Theirs = "theirs",
        /// We had to give "at once" a meaning.
        Ours = "ours",
    }
}

text_enum! {
    /// What became of a promise.
    pub enum PromiseState {
        /// Not known yet.
        Open = "open",
        /// 履行
        Kept = "kept",
        /// 期限経過・未履行
        Broken = "broken",
        /// Put off to another promise.
        Moved = "moved",
        /// Taken back.
        Withdrawn = "withdrawn",
    }
}

impl Promise {
    /// Whether it is open though its due moment has passed at every reading.
    pub fn overdue(&self, now: Stamp) -> bool {
        self.state == PromiseState::Open && self.due.as_ref().is_some_and(|due| due.to < now)
    }

    /// How late it was settled, or is by now; none where it is not late. At the least: from the latest the due moment can have
    /// been to the earliest the settling can have been.
    pub fn late_seconds(&self, now: Stamp) -> Option<i64> {
        let due = self.due.as_ref()?;
        let until = match (&self.settled, self.state) {
            (_, PromiseState::Moved | PromiseState::Withdrawn) => return None,
            (Some(settled), _) => settled.from,
            (None, PromiseState::Open | PromiseState::Broken) => now,
            (None, PromiseState::Kept) => return None,
        };
        Some((until - due.to).num_seconds()).filter(|seconds| *seconds > 0)
    }
}
