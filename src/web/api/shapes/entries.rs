//! Entries of the timeline, calls, and what was said.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::Told;
use crate::domain::call::{CallWith, Direction, Outcome, WaitWhy};
use crate::domain::contract::NoticeForm;
use crate::domain::entry::EntryKind;
use crate::domain::id::Uid;
use crate::domain::statement::{DueBy, StatementKind, StatementStanding};
use crate::domain::visibility::Visibility;
use crate::web::api::body::Shape;

/// Something said: one assertion.
#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Said {
    /// What kind of assertion.
    pub kind: StatementKind,
    /// The words.
    #[schema(min_length = 1)]
    pub words: String,
    /// Whether they are verbatim.
    pub verbatim: Option<bool>,
    /// Whether one of us said it.
    pub ours: Option<bool>,
    /// The company of who said it; that of the entry where nothing is said.
    pub company: Option<Uid>,
    /// Who said it, of the phone book; the last person reached where nothing is said.
    pub contact: Option<Uid>,
    /// Who said it, as told.
    #[schema(max_length = 300)]
    pub who: Option<String>,
    /// When, exactly.
    pub said_at: Option<Told>,
    /// Of a promise: when it falls due.
    pub due: Option<Told>,
    /// Of a promise: who set that.
    pub due_by: Option<DueBy>,
    /// Of a promise: why it is so, where we set it.
    #[schema(max_length = 300)]
    pub due_reason: Option<String>,
    /// The clauses and agreements it is about.
    pub cites: Option<Vec<Uid>>,
}

impl Said {
    fn promise() -> Self {
        Self {
            kind: StatementKind::Promise,
            words: "We will call you back within 30 minutes".to_owned(),
            verbatim: Some(true),
            ours: None,
            company: None,
            contact: None,
            who: None,
            said_at: Some("2006-11-22T10:27:00+09:00".into()),
            due: Some("2006-11-22T10:57:00+09:00".into()),
            due_by: Some(DueBy::Theirs),
            due_reason: None,
            cites: None,
        }
    }
}

impl Shape for Said {
    fn example() -> Self {
        Self::promise()
    }
}

const STATEMENTS: (&str, &str) = ("statements", "s");
const LEGS: (&str, &str) = ("legs", "leg");
const WAITS: (&str, &str) = ("waits", "wait");

/// An entry that is no call.
#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewEntry {
    /// What it is.
    pub kind: EntryKind,
    /// When it happened.
    pub occurred: Told,
    /// A line that says what it is.
    #[schema(max_length = 300)]
    pub title: Option<String>,
    /// The rest.
    pub body: Option<String>,
    /// The company it is with or from.
    pub company: Option<Uid>,
    /// The person it is with.
    pub contact: Option<Uid>,
    /// Where it was seen.
    #[schema(max_length = 300)]
    pub place: Option<String>,
    /// The change it is about.
    pub change: Option<Uid>,
    /// For which forms of notice somebody looked in it and found nothing.
    pub looked_for: Option<Vec<NoticeForm>>,
    /// Who may read it; as is usual for its kind where nothing is said.
    pub visibility: Option<Visibility>,
    /// What was said in it.
    #[schema(max_items = 200)]
    pub statements: Option<Vec<Said>>,
}

impl Shape for NewEntry {
    const LISTS: &'static [(&'static str, &'static str)] = &[STATEMENTS];

    fn example() -> Self {
        Self {
            kind: EntryKind::Observation,
            occurred: "2006-11-22T08:40:00+09:00".into(),
            title: Some("The monitor reports that port 25 does not answer".to_owned()),
            body: None,
            company: None,
            contact: None,
            place: Some("monitor-2".to_owned()),
            change: None,
            looked_for: None,
            visibility: None,
            statements: None,
        }
    }
}

/// A person reached in a call.
#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewLeg {
    /// Who, of the phone book.
    pub contact: Option<Uid>,
    /// Who, as told.
    #[schema(max_length = 300)]
    pub who: Option<String>,
    /// From when, exactly.
    pub from: Option<Told>,
    /// Until when.
    pub to: Option<Told>,
    /// Whether the whole story was told from the start.
    pub told: Option<bool>,
    /// From when.
    pub told_from: Option<Told>,
    /// Until when.
    pub told_to: Option<Told>,
}

/// A wait in a call.
#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewWait {
    /// What for.
    pub why: WaitWhy,
    /// From when, exactly.
    pub from: Told,
    /// Until when.
    pub to: Told,
}

/// A call, or an attempt at one, as a whole.
#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewCall {
    /// With a company, or among ourselves; with a company where nothing is said.
    pub with: Option<CallWith>,
    /// The company; the one answerable where nothing is said.
    pub company: Option<Uid>,
    /// Who called whom; we called where nothing is said.
    pub direction: Option<Direction>,
    /// How it went.
    pub outcome: Outcome,
    /// When it was dialled, or rang, exactly.
    pub dialled: Told,
    /// When it was answered.
    pub answered: Option<Told>,
    /// When it ended.
    pub ended: Option<Told>,
    /// The number.
    #[schema(max_length = 300)]
    pub number: Option<String>,
    /// The people reached, in order.
    #[schema(max_items = 200)]
    pub legs: Option<Vec<NewLeg>>,
    /// The waits.
    #[schema(max_items = 200)]
    pub waits: Option<Vec<NewWait>>,
    /// What it was about, in a line.
    #[schema(max_length = 300)]
    pub title: Option<String>,
    /// What else there is to know.
    pub body: Option<String>,
    /// Whether the provider learned of the matter in it.
    pub reports: Option<bool>,
    /// When it was, as somebody remembers, where that is not known exactly.
    pub remembered: Option<Told>,
    /// Who may read it; as is usual for calls where nothing is said.
    pub visibility: Option<Visibility>,
    /// What was said in it.
    #[schema(max_items = 200)]
    pub statements: Option<Vec<Said>>,
}

impl Shape for NewCall {
    const LISTS: &'static [(&'static str, &'static str)] = &[LEGS, WAITS, STATEMENTS];

    fn example() -> Self {
        let leg = NewLeg {
            contact: None,
            who: Some("Technical desk".to_owned()),
            from: Some("2006-11-22T10:21:00+09:00".into()),
            to: Some("2006-11-22T10:28:00+09:00".into()),
            told: Some(true),
            told_from: None,
            told_to: None,
        };
        Self {
            with: Some(CallWith::Company),
            company: None,
            direction: Some(Direction::Out),
            outcome: Outcome::Answered,
            dialled: "2006-11-22T10:20:00+09:00".into(),
            answered: Some("2006-11-22T10:21:00+09:00".into()),
            ended: Some("2006-11-22T10:28:00+09:00".into()),
            number: Some("03-0000-0000".to_owned()),
            legs: Some(vec![leg]),
            waits: None,
            title: None,
            body: None,
            reports: Some(true),
            remembered: None,
            visibility: None,
            statements: Some(vec![Said::promise()]),
        }
    }
}

/// An entry, corrected; of a call also its stamps.
#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct EntryRecord {
    /// When it happened.
    pub occurred: Told,
    /// A line that says what it is.
    #[schema(max_length = 300)]
    pub title: Option<String>,
    /// The rest.
    pub body: Option<String>,
    /// The company it is with or from.
    pub company: Option<Uid>,
    /// The person it is with.
    pub contact: Option<Uid>,
    /// Where it was seen.
    #[schema(max_length = 300)]
    pub place: Option<String>,
    /// The change it is about.
    pub change: Option<Uid>,
    /// For which forms of notice somebody looked in it and found nothing.
    pub looked_for: Option<Vec<NoticeForm>>,
    /// Who may read it.
    pub visibility: Visibility,
    /// Of a call: who called whom.
    pub direction: Option<Direction>,
    /// Of a call: how it went.
    pub outcome: Option<Outcome>,
    /// Of a call: when it was dialled, or rang.
    pub dialled: Option<Told>,
    /// Of a call: when it was answered.
    pub answered: Option<Told>,
    /// Of a call: when it ended.
    pub ended: Option<Told>,
    /// Of a call: the number.
    #[schema(max_length = 300)]
    pub number: Option<String>,
    /// Of a call: the people reached, all of them.
    #[schema(max_items = 200)]
    pub legs: Option<Vec<NewLeg>>,
    /// Of a call: the waits, all of them.
    #[schema(max_items = 200)]
    pub waits: Option<Vec<NewWait>>,
}

impl Shape for EntryRecord {
    const LISTS: &'static [(&'static str, &'static str)] = &[LEGS, WAITS];

    fn example() -> Self {
        Self {
            occurred: "2006-11-22T08:40:00+09:00".into(),
            title: Some("The monitor reports that port 25 does not answer".to_owned()),
            body: None,
            company: None,
            contact: None,
            place: None,
            change: None,
            looked_for: None,
            visibility: Visibility::Meeting,
            direction: None,
            outcome: None,
            dialled: None,
            answered: None,
            ended: None,
            number: None,
            legs: None,
            waits: None,
        }
    }
}

/// A statement, corrected.
#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct StatementRecord {
    /// The words.
    #[schema(min_length = 1)]
    pub words: String,
    /// Whether they are verbatim.
    pub verbatim: Option<bool>,
    /// What became of it.
    pub standing: StatementStanding,
    /// The clauses and agreements it is about.
    pub cites: Option<Vec<Uid>>,
    /// Who may read it.
    pub visibility: Visibility,
}

impl Shape for StatementRecord {
    fn example() -> Self {
        Self {
            words: "It is our DNS".to_owned(),
            verbatim: Some(true),
            standing: StatementStanding::Disputed,
            cites: None,
            visibility: Visibility::Provider,
        }
    }
}

/// Who may read something.
#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Readers {
    /// Who.
    pub visibility: Visibility,
}

impl Shape for Readers {
    fn example() -> Self {
        Self { visibility: Visibility::Meeting }
    }
}
