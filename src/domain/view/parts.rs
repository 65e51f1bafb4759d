//! The parts of a view. Each holds what its audience may see, names resolved, and nothing else.

use serde::Serialize;

use super::{ReplyNote, ReplyView};
use crate::domain::call::{Direction, Outcome, WaitWhy};
use crate::domain::contract::{AgreementHow, NoticeForm, Standing};
use crate::domain::entry::EntryKind;
use crate::domain::id::Uid;
use crate::domain::incident::{PartyRole, Which};
use crate::domain::matter::RuledOutKind;
use crate::domain::moment::{Moment, Stamp};
use crate::domain::statement::{DueBy, PromiseState, StatementKind, StatementStanding};
use crate::domain::visibility::Visibility;

/// A company's part.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(feature = "app", derive(utoipa::ToSchema))]
pub struct PartyView {
    /// Its name.
    pub name: String,
    /// Its part.
    pub role: PartyRole,
    /// Its short sign; may be empty.
    pub sign: String,
}

/// One of the six times.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(feature = "app", derive(utoipa::ToSchema))]
pub struct TimeView {
    /// Which.
    pub which: Which,
    /// When.
    pub at: Moment,
    /// Whose doing it was.
    pub by: Option<String>,
}

/// Somebody: as much of them as the audience is told.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize)]
#[cfg_attr(feature = "app", derive(utoipa::ToSchema), schema(as = Speaker))]
#[serde(tag = "side", rename_all = "snake_case")]
pub enum Who {
    /// Somebody of a company.
    Theirs {
        /// The company.
        company: String,
        /// Department, role or description; may be empty.
        desk: String,
        /// Their name, where it is known and told.
        name: Option<String>,
    },
    /// One of us.
    Ours {
        /// Their name, where it is known and told.
        name: Option<String>,
    },
}

/// An agreement.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(feature = "app", derive(utoipa::ToSchema))]
pub struct AgreementView {
    /// In URLs.
    pub uid: Uid,
    /// When it was made.
    pub made: Moment,
    /// With whom, as told.
    pub made_with: String,
    /// How.
    pub how: AgreementHow,
    /// In which words.
    pub words: String,
    /// Whether they are verbatim.
    pub verbatim: bool,
    /// What proof there is; not for the provider.
    pub evidence: String,
    /// How well it is proved.
    pub standing: Standing,
    /// What they replied about it.
    pub replies: Vec<ReplyNote>,
    /// The number of the clause it comes before.
    pub before_clause: Option<String>,
    /// The contract beside which it stands.
    pub contract: String,
    /// Its files.
    pub files: Vec<FileView>,
    /// Why it was struck out, if it was.
    pub struck: Option<String>,
}

/// A clause, quoted.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(feature = "app", derive(utoipa::ToSchema))]
pub struct ClauseView {
    /// In URLs.
    pub uid: Uid,
    /// Of which contract.
    pub contract: String,
    /// Its number as printed.
    pub number: String,
    /// Its heading.
    pub heading: String,
    /// Its words.
    pub quote: String,
}

/// What was ruled out.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(feature = "app", derive(utoipa::ToSchema))]
pub struct RuledOutView {
    /// In URLs.
    pub uid: Uid,
    /// Checked, or a remedy that cannot be taken.
    pub kind: RuledOutKind,
    /// What.
    pub what: String,
    /// How, or why.
    pub why: String,
    /// Who may read it.
    pub visibility: Visibility,
    /// Why it was struck out, if it was.
    pub struck: Option<String>,
}

/// An ask.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(feature = "app", derive(utoipa::ToSchema))]
pub struct AskView {
    /// In URLs.
    pub uid: Uid,
    /// Of whom.
    pub company: String,
    /// What.
    pub words: String,
    /// How often it was asked, in entries that the audience sees.
    pub times_asked: usize,
    /// The answer, if there is one.
    pub answer: Option<Quote>,
    /// The agreement that it wants confirmed, if it does.
    pub agreement: Option<Uid>,
    /// What they replied to it.
    pub replies: Vec<ReplyNote>,
    /// Who may read it.
    pub visibility: Visibility,
    /// Why it was struck out, if it was.
    pub struck: Option<String>,
}

/// Words with whose and when: a statement as it is cited elsewhere.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(feature = "app", derive(utoipa::ToSchema))]
pub struct Quote {
    /// The statement.
    pub uid: Uid,
    /// The entry it stands in.
    pub entry: Uid,
    /// Who said it.
    pub who: Who,
    /// When.
    pub at: Moment,
    /// The words.
    pub words: String,
    /// Whether they are verbatim.
    pub verbatim: bool,
}

/// A promise.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(feature = "app", derive(utoipa::ToSchema))]
pub struct PromiseView {
    /// In URLs.
    pub uid: Uid,
    /// How it was said.
    pub quote: Quote,
    /// When it falls due.
    pub due: Option<Moment>,
    /// Who set that.
    pub due_by: DueBy,
    /// Why it is so, where we set it.
    pub due_reason: String,
    /// What became of it.
    pub state: PromiseState,
    /// Open though its time has passed; never so for the provider.
    pub overdue: bool,
    /// When it was settled.
    pub settled: Option<Moment>,
    /// How late that was, or is by now, in seconds at the least; none where it is not late. Not for the provider.
    pub late_seconds: Option<i64>,
    /// Why it was struck out, if it was.
    pub struck: Option<String>,
}

/// A contradiction, side by side. For the provider: a point to confirm.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(feature = "app", derive(utoipa::ToSchema))]
pub struct ContradictionView {
    /// In URLs.
    pub uid: Uid,
    /// What was said.
    pub said: Quote,
    /// What it does not fit with.
    pub against: AgainstView,
    /// Why; not for the provider.
    pub note: String,
    /// Why it was struck out, if it was.
    pub struck: Option<String>,
}

/// The other side of a contradiction.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(feature = "app", derive(utoipa::ToSchema))]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum AgainstView {
    /// Another statement.
    Statement {
        /// The statement.
        quote: Quote,
    },
    /// A printed clause.
    Clause {
        /// Its number.
        number: String,
        /// Its words.
        quote: String,
    },
    /// An agreement.
    Agreement {
        /// When it was made.
        made: Moment,
        /// How.
        how: AgreementHow,
        /// In which words.
        words: String,
        /// How well it is proved.
        standing: Standing,
    },
    /// An entry.
    Entry {
        /// The entry.
        uid: Uid,
        /// What kind.
        entry_kind: EntryKind,
        /// When.
        at: Moment,
        /// What it says.
        text: String,
    },
}

/// A change, with the notices of it.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(feature = "app", derive(utoipa::ToSchema))]
pub struct ChangeView {
    /// In URLs.
    pub uid: Uid,
    /// Whose.
    pub company: String,
    /// What changes.
    pub what: String,
    /// From when.
    pub effective: Option<Moment>,
    /// The notices.
    pub notices: Vec<NoticeView>,
    /// Why it was struck out, if it was.
    pub struck: Option<String>,
}

/// A notice.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(feature = "app", derive(utoipa::ToSchema))]
pub struct NoticeView {
    /// In URLs.
    pub uid: Uid,
    /// How.
    pub form: NoticeForm,
    /// When it was sent.
    pub sent: Option<Moment>,
    /// When it arrived.
    pub received: Option<Moment>,
    /// Where to.
    pub address: String,
    /// Whether that is an address we registered.
    pub to_registered: Option<bool>,
    /// Who stands behind it.
    pub standing: Standing,
    /// What it says.
    pub note: String,
    /// Why it was struck out, if it was.
    pub struck: Option<String>,
}

/// One entry of the timeline.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(feature = "app", derive(utoipa::ToSchema))]
pub struct EntryView {
    /// In URLs.
    pub uid: Uid,
    /// What it is.
    pub kind: EntryKind,
    /// When it happened.
    pub occurred: Moment,
    /// When it was recorded.
    #[cfg_attr(feature = "app", schema(value_type = DateTime<Utc>))]
    pub recorded_at: Stamp,
    /// Whether that was late.
    pub recorded_late: bool,
    /// How often it was corrected.
    pub revision: i64,
    /// Who of us recorded it, where told.
    pub author: Option<String>,
    /// The company it is with.
    pub company: Option<String>,
    /// The person or desk it is with.
    pub with: Option<Who>,
    /// A line that says what it is.
    pub title: String,
    /// The rest.
    pub body: String,
    /// Where it was seen.
    pub place: String,
    /// What the meeting was to decide, where this is the decision on it.
    pub settles: Option<Uid>,
    /// Who may read it.
    pub visibility: Visibility,
    /// Why it was struck out, if it was.
    pub struck: Option<String>,
    /// The call.
    pub call: Option<CallView>,
    /// The reply, where it was left through a share.
    pub reply: Option<ReplyView>,
    /// What was said.
    pub statements: Vec<StatementView>,
    /// Its files.
    pub files: Vec<FileView>,
}

/// A call. Durations in seconds.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(feature = "app", derive(utoipa::ToSchema))]
pub struct CallView {
    /// Who called whom.
    pub direction: Direction,
    /// Whether it was among ourselves.
    pub own_colleague: bool,
    /// The number; not for the provider.
    pub number: String,
    /// How it went.
    pub outcome: Outcome,
    /// When it was dialled.
    #[cfg_attr(feature = "app", schema(value_type = DateTime<Utc>))]
    pub dialled: Stamp,
    /// When it was answered.
    #[cfg_attr(feature = "app", schema(value_type = Option<DateTime<Utc>>))]
    pub answered: Option<Stamp>,
    /// When it ended.
    #[cfg_attr(feature = "app", schema(value_type = Option<DateTime<Utc>>))]
    pub ended: Option<Stamp>,
    /// From the answer to the end, or, where nobody answered, from dialling to giving up.
    pub length_seconds: Option<i64>,
    /// From dialling to the answer.
    pub before_answer_seconds: i64,
    /// The people reached.
    pub legs: Vec<LegView>,
    /// The waits.
    pub waits: Vec<WaitView>,
}

impl CallView {
    /// From when somebody was spoken to; where nobody answered, when it was dialled.
    pub fn began(&self) -> Stamp {
        self.answered.unwrap_or(self.dialled)
    }
}

/// One person reached.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(feature = "app", derive(utoipa::ToSchema))]
pub struct LegView {
    /// Who.
    pub who: Who,
    /// From when.
    #[cfg_attr(feature = "app", schema(value_type = Option<DateTime<Utc>>))]
    pub from: Option<Stamp>,
    /// Until when.
    #[cfg_attr(feature = "app", schema(value_type = Option<DateTime<Utc>>))]
    pub to: Option<Stamp>,
    /// Whether the whole story was told to them; not for the provider.
    pub told_from_start: bool,
    /// How long that took.
    pub telling_seconds: Option<i64>,
}

/// Waiting within a call.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(feature = "app", derive(utoipa::ToSchema))]
pub struct WaitView {
    /// What for.
    pub why: WaitWhy,
    /// From when.
    #[cfg_attr(feature = "app", schema(value_type = DateTime<Utc>))]
    pub from: Stamp,
    /// How long.
    pub seconds: i64,
}

/// A statement in its entry.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(feature = "app", derive(utoipa::ToSchema))]
pub struct StatementView {
    /// In URLs.
    pub uid: Uid,
    /// What kind; not for the provider, to whom it is what they told us.
    pub kind: Option<StatementKind>,
    /// Who said it.
    pub who: Who,
    /// The words.
    pub words: String,
    /// Whether they are verbatim.
    pub verbatim: bool,
    /// When in the entry.
    #[cfg_attr(feature = "app", schema(value_type = Option<DateTime<Utc>>))]
    pub said_at: Option<Stamp>,
    /// What became of it; not for the provider.
    pub standing: Option<StatementStanding>,
    /// The promise made by it, if it is one.
    pub promise: Option<Uid>,
    /// The contradictions it stands in.
    pub contradictions: Vec<Uid>,
    /// The clauses and agreements it is tied to, as the contract names them.
    pub cites: Vec<String>,
    /// What they replied to it.
    pub replies: Vec<ReplyNote>,
    /// Who may read it.
    pub visibility: Visibility,
}

/// A file.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(feature = "app", derive(utoipa::ToSchema))]
pub struct FileView {
    /// In URLs.
    pub uid: Uid,
    /// Its name.
    pub name: String,
    /// What it is.
    pub media_type: String,
    /// How long, in bytes.
    pub size: i64,
    /// SHA-256 of its bytes.
    pub sha256: String,
    /// Where it came from outside and none of us has looked at it yet: the revision of its record. For our own people only.
    #[serde(skip)]
    pub held: Option<i64>,
}

/// Somebody reached in a call.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(feature = "app", derive(utoipa::ToSchema))]
pub struct PersonReached {
    /// Who.
    pub who: Who,
    /// In how many calls.
    pub calls: usize,
    /// How often the story was told to them; zero for the provider's eyes.
    pub told_from_start: usize,
}
