//! The desk, where a call is recorded while it happens, and the page on which it is checked before it is saved.

pub mod review;
#[cfg(test)]
mod samples;

use std::collections::BTreeMap;

use serde::Serialize;

use super::incident::brief::Brief;
use super::reader::Reader;
use super::shares::{Said, short_page};
use crate::domain::call::live::{LiveState, Tap};
use crate::domain::call::{Call, WaitWhy};
use crate::domain::dossier::Dossier;
use crate::domain::id::Uid;
use crate::domain::moment::Stamp;
use crate::domain::party::Contact;
use crate::domain::phrases::Teller;
use crate::domain::share::{Given, Share, USUAL_DAYS};
use crate::domain::statement::PromiseState;
use crate::domain::view::{Internal, View, Who};
use crate::render::frame::Frame;
use crate::render::say;
use crate::render::tera::Page;
use crate::render::words::{Args, Words};

/// How many of the things that they said stand beside the call, the latest first.
const SAID_BEFORE: usize = 12;
/// The texts that the desk's script says.
const SCRIPT: &[&str] = &[
    "desk-after-failure",
    "desk-against-offer",
    "desk-another",
    "desk-clock-wrong",
    "desk-closed",
    "desk-line-add",
    "desk-logout",
    "desk-tie-none",
    "desk-too-late",
    "desk-elsewhere",
    "desk-idle",
    "desk-line-ours",
    "desk-new-login",
    "desk-ringing",
    "desk-ringing-in",
    "desk-talking",
    "desk-holding",
    "desk-transferring",
    "desk-over",
    "desk-refused",
    "desk-told",
    "desk-told-times",
    "desk-undone",
    "desk-unknown",
    "desk-unsent",
    "desk-unsent-offline",
    "desk-waited",
    "desk-review",
    "desk-due",
    "desk-line-edit",
    "desk-line-take-back",
    "desk-due-now",
    "statement-kind-explanation",
    "statement-kind-claim",
    "statement-kind-admission",
    "statement-kind-refusal",
    "statement-kind-question",
    "statement-kind-promise",
    "wait-hold",
    "wait-transfer",
    "outcome-answered",
    "outcome-no_answer",
    "outcome-busy",
    "outcome-voicemail",
    "outcome-refused",
    "outcome-cut_off",
];

/// A call that is not saved yet, at some desk.
#[derive(Clone, Debug, Serialize)]
pub struct OpenCall {
    /// In URLs.
    pub uid: Uid,
    /// Whose desk.
    pub person: String,
    /// Whether that is who looks.
    pub mine: bool,
    /// Where it stands.
    #[serde(serialize_with = "as_word")]
    pub state: LiveState,
    /// What was tapped and typed.
    pub taps: Vec<Tap>,
}

fn as_word<S: serde::Serializer>(state: &LiveState, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_str(state.as_str())
}

/// The desk.
#[derive(Clone, Debug, Serialize)]
pub struct DeskPage {
    /// The incident's address.
    pub url: String,
    /// Number and title.
    pub name: String,
    /// The latest of what it shows was recorded then, in microseconds since 1970.
    pub seen: i64,
    /// What the script knows, as JSON.
    pub data: String,
    /// The companies to speak with.
    pub companies: Vec<CompanyChoice>,
    /// The first minute, to read aloud.
    pub brief: Brief,
    /// What is promised and not settled.
    pub promises: Vec<PromiseLine>,
    /// What they said before.
    pub said: Vec<SaidLine>,
    /// What to give instead of the story; none where no share is good.
    pub share: Option<Spoken>,
    /// The form of the usual share, filled in: with the phone at the ear nobody chooses.
    pub new_share: Vec<(&'static str, String)>,
    /// Nothing is edited from here.
    pub may_edit: bool,
}

impl Page for DeskPage {
    const TEMPLATE: &'static str = "desk/page.html";
}

/// An empty sheet, to be printed and written on when no screen works.
#[derive(Clone, Copy, Debug, Serialize)]
pub struct CallSheetPage {}

impl Page for CallSheetPage {
    const TEMPLATE: &'static str = "desk/sheet.html";
}

/// A company to speak with.
#[derive(Clone, Debug, Serialize)]
pub struct CompanyChoice {
    /// In the script.
    pub uid: Uid,
    /// Its name.
    pub name: String,
    /// Whether it is the one answerable.
    pub chosen: bool,
}

/// A promise.
#[derive(Clone, Debug, Serialize)]
pub struct PromiseLine {
    /// The words.
    pub words: String,
    /// Whether they are verbatim.
    pub verbatim: bool,
    /// Who, and by when.
    pub about: String,
    /// Where it stands, where it is late.
    pub state: String,
}

/// Something they said.
#[derive(Clone, Debug, Serialize)]
pub struct SaidLine {
    /// In the script.
    pub uid: Uid,
    /// The words.
    pub words: String,
    /// Whether they are verbatim.
    pub verbatim: bool,
    /// Who and when.
    pub source: String,
}

/// A share, to be spoken.
#[derive(Clone, Debug, Serialize)]
pub struct Spoken {
    /// The short page.
    pub short: String,
    /// The number.
    pub number: Said,
    /// The code.
    pub code: Said,
}

#[derive(Serialize)]
struct Data<'a> {
    url: &'a str,
    #[serde(with = "chrono::serde::ts_milliseconds")]
    now: Stamp,
    reached: &'a str,
    zone: &'a str,
    calls: &'a [OpenCall],
    company: Option<Uid>,
    companies: Vec<CompanyData<'a>>,
    contacts: Vec<ContactData>,
    said: &'a [SaidLine],
    dues: Vec<DueData>,
    cites: Vec<Named>,
    asks: Vec<Named>,
    waited: i64,
    told: usize,
    words: BTreeMap<&'static str, String>,
}

#[derive(Serialize)]
struct CompanyData<'a> {
    uid: Uid,
    name: &'a str,
    numbers: Vec<[&'a str; 2]>,
}

#[derive(Serialize)]
struct ContactData {
    uid: Uid,
    label: String,
    company: Option<Uid>,
    numbers: Vec<String>,
}

/// A promise that may fall due while the desk is open.
#[derive(Serialize)]
struct DueData {
    uid: Uid,
    who: String,
    words: String,
    /// The latest that can be meant.
    #[serde(with = "chrono::serde::ts_milliseconds")]
    due: Stamp,
}

#[derive(Serialize)]
struct Named {
    uid: Uid,
    name: String,
}

/// What the form of a share usually says: for the company answerable, with its files.
fn usual_share(dossier: &Dossier, answerable: Option<Uid>) -> Vec<(&'static str, String)> {
    let answerable = answerable.map(|uid| uid.to_string()).unwrap_or_default();
    vec![
        ("company", answerable),
        ("days", USUAL_DAYS.to_string()),
        ("call", dossier.house.company.clone()),
        ("files", "yes".to_owned()),
        ("then", "desk".to_owned()),
    ]
}

impl DeskPage {
    /// The desk of the incident of `dossier` (with the whole phone book), as `view` shows it, with the calls that are not saved yet.
    pub fn new(
        (dossier, view): (&Dossier, &View<Internal>),
        (calls, reached): (Vec<OpenCall>, String),
        given: Option<&(Share, Given)>,
        site: &str,
        frame: &Frame,
        now: Stamp,
    ) -> Self {
        let reader = Reader::new(frame, now);
        let url = format!("/incidents/{}", view.number);
        let brief = Brief::of(view, reader);
        let said = said_before(view, reader);
        let asks = brief.asks.iter().map(|ask| Named { uid: ask.uid, name: ask.words.clone() });
        // What nobody has cited yet may be what is spoken of now.
        let clauses = dossier.clauses.iter().filter(|clause| clause.struck.is_none());
        let clauses = clauses.map(|clause| Named { uid: clause.uid, name: say::clause(&clause.number, &clause.heading) });
        let agreed = brief.agreements.iter().map(|agreement| Named { uid: agreement.uid, name: agreement.words.clone() });
        let data = Data {
            url: &url,
            now,
            reached: &reached,
            zone: frame.zone.name(),
            calls: &calls,
            company: dossier.provider(dossier.incident.provider).map(|company| company.uid),
            companies: companies(dossier),
            contacts: contacts(dossier),
            said: &said,
            dues: dues(view, reader),
            cites: agreed.chain(clauses).collect(),
            asks: asks.collect(),
            waited: waited_today(dossier, frame, now),
            told: view.figures.as_ref().map_or(0, |figures| figures.provider.told_from_start),
            words: script_words(reader),
        };
        let answerable = data.company;
        Self {
            data: serde_json::to_string(&data).unwrap_or_default(),
            companies: choices(dossier, answerable),
            promises: promises(view, reader),
            new_share: usual_share(dossier, answerable),
            share: given.map(|(share, secrets)| Spoken {
                short: short_page(site),
                number: Said::of(&share.number, Words::new(frame.locale)),
                code: Said::of(&secrets.code, Words::new(frame.locale)),
            }),
            name: format!("{} {}", view.number, view.title),
            seen: view.seen(),
            may_edit: false,
            brief,
            said,
            url,
        }
    }
}

/// The texts of the script; where something is put in, the script does it.
fn script_words(reader: Reader) -> BTreeMap<&'static str, String> {
    let placed = ["call", "day", "due", "count", "name", "off"];
    let args = placed.iter().fold(Args::new(), |args, name| args.text(*name, format!("{{ ${name} }}")));
    SCRIPT.iter().map(|key| (*key, reader.with_args(key, &args))).collect()
}

/// The companies, the one answerable first, then those that play a part.
fn choices(dossier: &Dossier, answerable: Option<Uid>) -> Vec<CompanyChoice> {
    let mut all: Vec<_> = dossier.providers.iter().collect();
    let part = |id| dossier.incident.parties.iter().any(|party| party.provider == id);
    all.sort_by_key(|company| (Some(company.uid) != answerable, !part(company.id)));
    let choice = |company: &crate::domain::party::Provider| CompanyChoice {
        uid: company.uid,
        name: company.name.clone(),
        chosen: Some(company.uid) == answerable,
    };
    all.into_iter().map(choice).collect()
}

fn companies(dossier: &Dossier) -> Vec<CompanyData<'_>> {
    (dossier.providers.iter())
        .map(|company| CompanyData {
            uid: company.uid,
            name: &company.name,
            numbers: company.numbers.iter().map(|number| [number.label.as_str(), number.written.as_str()]).collect(),
        })
        .collect()
}

fn contacts(dossier: &Dossier) -> Vec<ContactData> {
    let living = dossier.contacts.iter().filter(|contact| contact.merged_into.is_none());
    living
        .map(|contact| ContactData {
            uid: contact.uid,
            label: label(contact),
            numbers: contact.numbers.iter().map(|number| number.written.clone()).collect(),
            company: dossier.provider(contact.provider).map(|company| company.uid),
        })
        .collect()
}

/// One of their people in one line: the desk, and the name where it is known.
fn label(contact: &Contact) -> String {
    contact.known().join(" ")
}

fn promises(view: &View<Internal>, reader: Reader) -> Vec<PromiseLine> {
    let teller = Teller::of(view);
    let open = view.promises.iter().filter(|promise| promise.state == PromiseState::Open && promise.struck.is_none());
    open.map(|promise| PromiseLine {
        words: promise.quote.words.clone(),
        verbatim: promise.quote.verbatim,
        about: [reader.say(&teller.who(&promise.quote.who)), reader.say(&teller.due(promise))].join(" · "),
        state: if promise.overdue { reader.say(&teller.state(promise)) } else { String::new() },
    })
    .collect()
}

fn dues(view: &View<Internal>, reader: Reader) -> Vec<DueData> {
    let teller = Teller::of(view);
    let open = view.promises.iter().filter(|promise| promise.state == PromiseState::Open && promise.struck.is_none());
    let due = open.filter_map(|promise| Some((promise, promise.due.as_ref()?.to)));
    due.map(|(promise, due)| DueData {
        uid: promise.uid,
        who: reader.say(&teller.who(&promise.quote.who)),
        words: promise.quote.words.clone(),
        due,
    })
    .collect()
}

fn said_before(view: &View<Internal>, reader: Reader) -> Vec<SaidLine> {
    let teller = Teller::of(view);
    let standing = view.entries.iter().rev().filter(|entry| entry.struck.is_none());
    let theirs = standing.flat_map(|entry| {
        let said = entry.statements.iter().rev().filter(|statement| matches!(statement.who, Who::Theirs { .. }));
        said.map(|statement| SaidLine {
            uid: statement.uid,
            words: statement.words.clone(),
            verbatim: statement.verbatim,
            source: [
                reader.say(&teller.who(&statement.who)),
                statement.said_at.map_or_else(|| reader.told(&entry.occurred), |at| reader.at(at)),
            ]
            .join(" · "),
        })
    });
    theirs.take(SAID_BEFORE).collect()
}

/// How long was waited today for the company answerable, in seconds, on calls that are on record.
fn waited_today(dossier: &Dossier, frame: &Frame, now: Stamp) -> i64 {
    let day = |at: Stamp| at.with_timezone(&frame.zone).date_naive();
    let answerable =
        dossier.entries.iter().filter(|entry| entry.struck.is_none() && entry.provider == Some(dossier.incident.provider));
    let calls = answerable.filter_map(|entry| entry.call.as_ref()).filter(|call| day(call.dialled) == day(now));
    let waited =
        |call: &Call| call.attempted_for() + call.before_answer() + call.waited(WaitWhy::Transfer) + call.waited(WaitWhy::Hold);
    calls.map(|call| waited(call).num_seconds()).sum()
}
