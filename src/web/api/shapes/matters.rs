//! What stands beside a timeline.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::Told;
use crate::domain::contract::{NoticeForm, Standing};
use crate::domain::id::Uid;
use crate::domain::matter::RuledOutKind;
use crate::domain::statement::PromiseState;
use crate::domain::visibility::Visibility;
use crate::web::api::body::Shape;

/// What we want to know or have.
#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct AskRecord {
    /// In which words.
    #[schema(min_length = 1)]
    pub words: String,
    /// Of whom; the company answerable where nothing is said.
    pub provider: Option<Uid>,
    /// In which entries it was asked.
    pub asked_in: Option<Vec<Uid>>,
    /// Which statement answers it.
    pub answered_by: Option<Uid>,
    /// What it is about.
    #[schema(max_length = 300)]
    pub about: Option<String>,
    /// Who may read it.
    pub visibility: Option<Visibility>,
}

impl Shape for AskRecord {
    fn example() -> Self {
        Self {
            words: "When was the notice sent, and to which address?".to_owned(),
            provider: None,
            asked_in: None,
            answered_by: None,
            about: None,
            visibility: None,
        }
    }
}

/// What was checked already, or which remedy cannot be taken.
#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct RuledOutRecord {
    /// Checked, or a remedy.
    pub kind: Option<RuledOutKind>,
    /// What.
    #[schema(min_length = 1)]
    pub what: String,
    /// How, or why not.
    pub why: Option<String>,
    /// Who may read it.
    pub visibility: Option<Visibility>,
}

impl Shape for RuledOutRecord {
    fn example() -> Self {
        Self { kind: None, what: "Our firewall".to_owned(), why: Some("Packets leave it".to_owned()), visibility: None }
    }
}

/// A statement that does not fit with something.
#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ContradictionRecord {
    /// The statement.
    pub statement: Uid,
    /// What it does not fit with: a statement, clause, agreement or entry.
    pub against: Uid,
    /// Why.
    pub note: Option<String>,
    /// Who may read it.
    pub visibility: Option<Visibility>,
}

impl Shape for ContradictionRecord {
    fn example() -> Self {
        Self { statement: Uid::NIL, against: Uid::NIL, note: None, visibility: None }
    }
}

/// What the provider does from when.
#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ChangeRecord {
    /// What changes.
    #[schema(min_length = 1)]
    pub what: String,
    /// Whose it is; of the company answerable where nothing is said.
    pub provider: Option<Uid>,
    /// From when.
    pub effective: Option<Told>,
    /// Who may read it.
    pub visibility: Option<Visibility>,
}

impl Shape for ChangeRecord {
    fn example() -> Self {
        Self {
            what: "The mail servers get new addresses".to_owned(),
            provider: None,
            effective: Some("2006-11-21".into()),
            visibility: None,
        }
    }
}

/// A notice of a change.
#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NoticeRecord {
    /// Of which change.
    pub change: Uid,
    /// From whom; the company answerable where nothing is said.
    pub provider: Option<Uid>,
    /// How it came.
    pub form: NoticeForm,
    /// When it was sent.
    pub sent: Option<Told>,
    /// When it arrived.
    pub received: Option<Told>,
    /// Where to.
    #[schema(max_length = 300)]
    pub address: Option<String>,
    /// Whether that is an address we registered.
    pub to_registered: Option<bool>,
    /// How well it is proved.
    pub standing: Standing,
    /// The entry it stands in.
    pub entry: Option<Uid>,
    /// What it says.
    pub note: Option<String>,
    /// Who may read it.
    pub visibility: Option<Visibility>,
}

impl Shape for NoticeRecord {
    fn example() -> Self {
        Self {
            change: Uid::NIL,
            provider: None,
            form: NoticeForm::Email,
            sent: Some("2006-07".into()),
            received: None,
            address: None,
            to_registered: None,
            standing: Standing::Theirs,
            entry: None,
            note: None,
            visibility: None,
        }
    }
}

/// What became of a promise.
#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SettlementRecord {
    /// What.
    pub state: PromiseState,
    /// When.
    pub settled: Option<Told>,
    /// The entry that shows it.
    pub settled_by: Option<Uid>,
    /// Where it was moved: the promise that follows it.
    pub moved_to: Option<Uid>,
    /// When it falls due, where that was not known before.
    pub due: Option<Told>,
    /// Why it is so.
    #[schema(max_length = 300)]
    pub due_reason: Option<String>,
}

impl Shape for SettlementRecord {
    fn example() -> Self {
        Self {
            state: PromiseState::Kept,
            settled: Some("2006-11-22T10:55:00+09:00".into()),
            settled_by: None,
            moved_to: None,
            due: None,
            due_reason: None,
        }
    }
}
