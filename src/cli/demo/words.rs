//! The demo's data as files: `story.json` (the events and their times), `words.json` (what was said and seen, in both
//! languages) and `smaller.json` (a dozen smaller incidents).

use chrono::{NaiveDate, NaiveDateTime, NaiveTime, TimeZone};
use serde::Deserialize;

use crate::domain::call::{Direction, Outcome};
use crate::domain::contract::{AgreementHow, NoticeForm, Standing};
use crate::domain::entry::EntryKind;
use crate::domain::incident::{IncidentKind, PartyRole, Severity, Which};
use crate::domain::locale::{DEFAULT_ZONE, Locale};
use crate::domain::matter::RuledOutKind;
use crate::domain::moment::{Moment, Stamp};
use crate::domain::permit::Role;
use crate::domain::statement::{PromiseState, StatementKind};
use crate::domain::term::Term;
use crate::domain::visibility::Visibility;

/// A text in both languages.
#[derive(Clone, Debug, Default, Deserialize)]
pub struct Text {
    ja: String,
    en: String,
}

impl Text {
    /// In one of them.
    pub fn get(&self, locale: Locale) -> String {
        match locale {
            Locale::Ja => self.ja.clone(),
            Locale::En => self.en.clone(),
        }
    }
}

/// A time of day or date in Tokyo, without its zone.
pub fn tokyo(text: &str) -> Result<Stamp, DemoData> {
    let bad = || DemoData::Time(text.to_owned());
    let parsed = NaiveDateTime::parse_from_str(text, "%Y-%m-%dT%H:%M:%S%.f");
    let local = parsed.or_else(|_| NaiveDateTime::parse_from_str(text, "%Y-%m-%dT%H:%M")).map_err(|_| bad())?;
    Ok(DEFAULT_ZONE.from_local_datetime(&local).earliest().ok_or_else(bad)?.to_utc())
}

/// A time of the story's Wednesday.
pub fn wednesday(text: &str) -> Result<Stamp, DemoData> {
    let bad = || DemoData::Time(text.to_owned());
    let time = NaiveTime::parse_from_str(text, "%H:%M").map_err(|_| bad())?;
    let day = NaiveDate::from_ymd_opt(2006, 11, 22).ok_or_else(bad)?;
    Ok(DEFAULT_ZONE.from_local_datetime(&day.and_time(time)).earliest().ok_or_else(bad)?.to_utc())
}

/// The demo's data are not what they should be: a defect of this program, not of its user.
#[derive(Debug, thiserror::Error)]
pub enum DemoData {
    /// A file cannot be read.
    #[error("the demo's data: {0}")]
    Json(#[from] serde_json::Error),
    /// A time cannot.
    #[error("the demo's data: “{0}” is no time")]
    Time(String),
    /// A name stands for nothing.
    #[error("the demo's data: nothing is called “{0}”")]
    Name(String),
}

/// A time as it is told in the files: exact, or between two ends with words.
#[derive(Clone, Debug, Deserialize)]
#[serde(untagged)]
pub enum When {
    /// Exact.
    At(String),
    /// Rough.
    Between {
        /// At the earliest.
        from: String,
        /// At the latest.
        to: String,
        /// How it was told.
        #[serde(default)]
        words: Option<Words>,
    },
}

/// How a rough time was told: by language, or as "日本語 / English".
#[derive(Clone, Debug, Deserialize)]
#[serde(untagged)]
pub enum Words {
    /// By language.
    Each(Text),
    /// Both in one.
    Both(String),
}

impl Words {
    fn get(&self, locale: Locale) -> String {
        match (self, locale) {
            (Self::Each(text), locale) => text.get(locale),
            (Self::Both(both), Locale::Ja) => both.split(" / ").next().unwrap_or_default().to_owned(),
            (Self::Both(both), Locale::En) => both.split(" / ").last().unwrap_or_default().to_owned(),
        }
    }
}

impl When {
    /// The moment it means.
    pub fn moment(&self, locale: Locale) -> Result<Moment, DemoData> {
        match self {
            Self::At(at) => Ok(Moment::exact(tokyo(at)?, DEFAULT_ZONE)),
            Self::Between { from, to, words } => {
                let words = words.as_ref().map(|words| words.get(locale));
                Moment::between(tokyo(from)?, tokyo(to)?, words, DEFAULT_ZONE).map_err(|_| DemoData::Time(from.clone()))
            }
        }
    }
}

/// `story.json`: what happened when.
#[derive(Debug, Deserialize)]
pub struct Story {
    pub kind: IncidentKind,
    pub started: When,
    pub detected: When,
    pub mitigated: When,
    pub calls: Vec<StoryCall>,
}

#[derive(Debug, Deserialize)]
pub struct StoryCall {
    pub at: String,
    pub direction: Direction,
    pub with: String,
    pub outcome: Option<Outcome>,
    pub answered: Option<String>,
    pub ended: String,
    #[serde(default)]
    pub legs: Vec<StoryLeg>,
    #[serde(default)]
    pub waiting: Vec<StoryWait>,
    #[serde(default)]
    pub promises: Vec<StoryPromise>,
}

#[derive(Debug, Deserialize)]
pub struct StoryLeg {
    pub from: Option<String>,
    pub to: Option<String>,
    pub told_from_start: Option<Between>,
}

#[derive(Debug, Deserialize)]
pub struct Between {
    pub from: String,
    pub to: String,
}

#[derive(Debug, Deserialize)]
pub struct StoryWait {
    pub from: String,
    pub to: String,
    pub why: crate::domain::call::WaitWhy,
}

#[derive(Debug, Deserialize)]
pub struct StoryPromise {
    pub due: String,
    pub due_is_ours: Option<String>,
}

/// `words.json`: what was said and seen.
#[derive(Debug, Deserialize)]
pub struct Wording {
    pub company: Text,
    /// Whom its provider calls.
    pub call: Text,
    pub people: Vec<PersonWords>,
    pub companies: Vec<CompanyWords>,
    pub contracts: Vec<ContractWords>,
    pub incident: IncidentWords,
    pub parties: Vec<(String, PartyRole)>,
    pub calls: Vec<CallWords>,
    pub failed_title: Text,
    pub tone: ToneWords,
    pub entries: Vec<EntryWords>,
    pub change: ChangeWords,
    pub notices: Vec<NoticeWords>,
    pub ruled_out: Vec<RuledOutWords>,
    pub asks: Vec<AskWords>,
    pub contradictions: Vec<ContradictionWords>,
}

#[derive(Debug, Deserialize)]
pub struct PersonWords {
    pub login: String,
    pub name: Text,
    pub role: Role,
}

#[derive(Debug, Deserialize)]
pub struct CompanyWords {
    pub key: String,
    pub name: Text,
    pub trade: Text,
    pub numbers: Vec<(Text, String)>,
    pub contacts: Vec<ContactWords>,
}

#[derive(Debug, Deserialize)]
pub struct ContactWords {
    pub key: String,
    pub department: Text,
    pub name: Option<Text>,
}

#[derive(Debug, Deserialize)]
pub struct ContractWords {
    pub key: String,
    pub provider: String,
    pub title: Text,
    pub number: String,
    pub starts_on: NaiveDate,
    pub monthly_fee: i64,
    pub addresses: Vec<(NoticeForm, Text)>,
    pub clauses: Vec<ClauseWords>,
    pub agreements: Vec<AgreementWords>,
}

#[derive(Debug, Deserialize)]
pub struct ClauseWords {
    pub key: String,
    pub number: Text,
    pub heading: Text,
    pub quote: Text,
    pub term: Option<Term>,
}

#[derive(Debug, Deserialize)]
pub struct AgreementWords {
    pub key: String,
    pub made: When,
    pub made_with: Text,
    pub how: AgreementHow,
    pub words: Text,
    pub evidence: Text,
    pub before: String,
    pub term: Option<Term>,
}

#[derive(Debug, Deserialize)]
pub struct IncidentWords {
    pub severity: Severity,
    pub opened: String,
    pub title: Text,
    pub title_outward: Text,
    pub what: Text,
    pub affected: Text,
    pub cause: Text,
}

#[derive(Debug, Deserialize)]
pub struct CallWords {
    pub call: usize,
    pub title: Text,
    #[serde(default)]
    pub body: Text,
    #[serde(default)]
    pub legs: Vec<String>,
    #[serde(default)]
    pub reports: bool,
    #[serde(default)]
    pub said: Vec<SaidWords>,
    #[serde(default)]
    pub promises: Vec<Text>,
    pub promised_at: Option<String>,
    #[serde(default)]
    pub due_reason: Text,
}

#[derive(Debug, Deserialize)]
pub struct SaidWords {
    pub key: Option<String>,
    pub at: String,
    #[serde(default)]
    pub ours: bool,
    pub kind: StatementKind,
    pub cites: Option<String>,
    pub words: Text,
}

#[derive(Debug, Deserialize)]
pub struct ToneWords {
    pub at: String,
    pub body: Text,
}

#[derive(Debug, Deserialize)]
pub struct EntryWords {
    pub key: String,
    pub kind: EntryKind,
    pub at: When,
    pub recorded: String,
    pub company: Option<String>,
    #[serde(default)]
    pub change: bool,
    pub visibility: Option<Visibility>,
    #[serde(default)]
    pub place: Text,
    #[serde(default)]
    pub looked_for: Vec<NoticeForm>,
    pub title: Text,
    #[serde(default)]
    pub body: Text,
}

#[derive(Debug, Deserialize)]
pub struct ChangeWords {
    pub what: Text,
    pub put_down: String,
}

#[derive(Debug, Deserialize)]
pub struct NoticeWords {
    pub company: String,
    pub form: NoticeForm,
    pub standing: Standing,
    pub to_registered: Option<bool>,
    pub sent: When,
    pub put_down: String,
    pub address: Text,
    pub note: Text,
}

#[derive(Debug, Deserialize)]
pub struct RuledOutWords {
    pub kind: RuledOutKind,
    pub put_down: String,
    pub what: Text,
    pub why: Text,
}

#[derive(Debug, Deserialize)]
pub struct AskWords {
    pub words: Text,
    pub confirms: Option<String>,
    pub asked_in: Vec<usize>,
}

#[derive(Debug, Deserialize)]
pub struct ContradictionWords {
    pub said: String,
    pub entry: Option<String>,
    pub agreement: Option<String>,
    pub note: Text,
}

/// One of `smaller.json`.
#[derive(Debug, Deserialize)]
pub struct Smaller {
    pub company: String,
    pub kind: IncidentKind,
    pub severity: Severity,
    pub title: Text,
    pub what: Text,
    pub affected: Text,
    pub times: std::collections::BTreeMap<String, When>,
    pub calls: Vec<SmallCall>,
}

impl Smaller {
    /// Its times, by name.
    pub fn time(&self, which: Which) -> Option<&When> {
        self.times.get(which.as_str())
    }
}

#[derive(Debug, Deserialize)]
pub struct SmallCall {
    pub direction: Direction,
    pub dialled: String,
    pub answered: Option<String>,
    pub ended: String,
    pub outcome: Option<Outcome>,
    #[serde(default)]
    pub said: Vec<SmallSaid>,
}

#[derive(Debug, Deserialize)]
pub struct SmallSaid {
    pub kind: StatementKind,
    pub words: Text,
    pub due: Option<String>,
    pub state: Option<PromiseState>,
    pub settled: Option<String>,
}

/// The three files, read.
pub struct Data {
    pub story: Story,
    pub words: Wording,
    pub smaller: Vec<Smaller>,
}

impl Data {
    /// Reads the files that are built in.
    ///
    /// # Errors
    /// [`DemoData::Json`].
    pub fn read() -> Result<Self, DemoData> {
        Ok(Self {
            story: serde_json::from_str(include_str!("story.json"))?,
            words: serde_json::from_str(include_str!("words.json"))?,
            smaller: serde_json::from_str(include_str!("smaller.json"))?,
        })
    }
}
