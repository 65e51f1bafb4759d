//! What stands beside the timeline: figures, promises, asks, changes, people, files.

use super::reply::{ReplyLink, links};
use serde::Serialize;

use super::super::reader::{Reader, number};
use super::drawing::{Strip, stacked};
use super::entry::FileLine;
use crate::domain::export::is_long;
use crate::domain::figures::Figures;
use crate::domain::id::Uid;
use crate::domain::incident::Downtime;
use crate::domain::moment::show::Shown;
use crate::domain::phrases::Teller;
use crate::domain::statement::PromiseState;
use crate::domain::view::{ChangeView, Internal, NoticeView, PromiseView, View};
use crate::render::cost;
use crate::render::words::Args;

/// The side column.
#[derive(Clone, Debug, Serialize)]
pub struct Side {
    /// What it cost; none where nothing was counted yet.
    pub figures: Option<FiguresLines>,
    /// What it cost us, as far as somebody entered it.
    pub cost: Option<CostLines>,
    /// The promises: the late first, then the open, then the rest.
    pub promises: Vec<PromiseLine>,
    /// What one of us took on in a decision, in the same order.
    pub steps: Vec<PromiseLine>,
    /// What we ask.
    pub asks: Vec<AskLine>,
    /// The changes, with the notices of them.
    pub changes: Vec<ChangeLine>,
    /// The people reached.
    pub people: Vec<PersonLine>,
    /// All files of the incident.
    pub files: Vec<FileLine>,
    /// Whether taking it out takes so long that it is ordered.
    pub long: bool,
}

/// What it cost.
#[derive(Clone, Debug, Serialize)]
pub struct FiguresLines {
    /// The company to which the first figures belong.
    pub provider: String,
    /// Calls with it.
    pub calls: String,
    /// Failed attempts at it.
    pub attempts: String,
    /// All waiting.
    pub waiting: String,
    /// What waiting is made of, drawn.
    pub drawn: Strip,
    /// What waiting is made of.
    pub parts: Vec<WaitingPart>,
    /// Time on the line.
    pub talking: String,
    /// Distinct people.
    pub people: String,
    /// How often it was told from the start, and how long that took.
    pub told: String,
    /// How often of these it was told again.
    pub retold: String,
    /// Calls with other companies.
    pub others: String,
    /// Calls among ourselves.
    pub own: String,
    /// How long it was down, by each definition.
    pub downs: Vec<Measured>,
}

/// How long it was down by one definition.
#[derive(Clone, Debug, Serialize)]
pub struct Measured {
    /// From what to what.
    pub label: String,
    /// How long.
    pub length: String,
}

/// What it cost us.
#[derive(Clone, Debug, Serialize)]
pub struct CostLines {
    /// The sum.
    pub total: String,
    /// What it is reckoned from.
    pub reckoning: String,
    /// Who may see it.
    pub visibility: String,
}

/// A part of the waiting.
#[derive(Clone, Debug, Serialize)]
pub struct WaitingPart {
    /// What for.
    pub label: String,
    /// How long.
    pub length: String,
    /// Its class in the drawing.
    pub class: &'static str,
}

/// A promise.
#[derive(Clone, Debug, Serialize)]
pub struct PromiseLine {
    /// In URLs.
    pub uid: Uid,
    /// The entry in which it was given.
    pub entry: Uid,
    /// Its words.
    pub words: String,
    /// Whether they are verbatim.
    pub verbatim: bool,
    /// Who gave it.
    pub who: String,
    /// When it falls due, in words.
    pub due: String,
    /// What became of it, in words.
    pub state: String,
    /// When it was settled; may be empty.
    pub settled: String,
    /// Whether it is broken or overdue.
    pub late: bool,
    /// Whether it waits to be settled.
    pub open: bool,
    /// Why it was struck out, if it was.
    pub struck: Option<String>,
}

/// An ask.
#[derive(Clone, Debug, Serialize)]
pub struct AskLine {
    /// In URLs.
    pub uid: Uid,
    /// What.
    pub words: String,
    /// Of whom, how often, and whether there is an answer.
    pub standing: String,
    /// The answer; may be empty.
    pub answer: String,
    /// The entry in which it was answered.
    pub answered_in: Option<Uid>,
    /// What they replied to it.
    pub replies: Vec<ReplyLink>,
    /// Why it was struck out, if it was.
    pub struck: Option<String>,
}

/// A change.
#[derive(Clone, Debug, Serialize)]
pub struct ChangeLine {
    /// In URLs.
    pub uid: Uid,
    /// What changes.
    pub what: String,
    /// Whose.
    pub company: String,
    /// From when.
    pub effective: Option<Shown>,
    /// The notices.
    pub notices: Vec<NoticeLine>,
    /// Why it was struck out, if it was.
    pub struck: Option<String>,
}

/// A notice.
#[derive(Clone, Debug, Serialize)]
pub struct NoticeLine {
    /// In URLs.
    pub uid: Uid,
    /// How, who stands behind it, where it went.
    pub facts: String,
    /// What it says; may be empty.
    pub note: String,
    /// Why it was struck out, if it was.
    pub struck: Option<String>,
}

/// Somebody reached.
#[derive(Clone, Debug, Serialize)]
pub struct PersonLine {
    /// Who.
    pub who: String,
    /// In how many calls, and how often it was told to them.
    pub calls: String,
}

impl Side {
    /// The side column of what `view` shows.
    pub fn of(view: &View<Internal>, reader: Reader) -> Self {
        let teller = Teller::of(view);
        let lines = |promises: &[PromiseView]| {
            let mut lines: Vec<PromiseLine> = promises.iter().map(|promise| PromiseLine::of(promise, &teller, reader)).collect();
            lines.sort_by_key(|promise| (promise.struck.is_some(), !promise.late, !promise.open));
            lines
        };
        Self {
            figures: view
                .figures
                .as_ref()
                .filter(|_| !view.entries.is_empty())
                .map(|f| FiguresLines::of(f, &view.provider, &view.downs, reader)),
            cost: view.cost.as_ref().map(|found| CostLines {
                total: cost::total(found, reader.words()),
                reckoning: cost::reckoning(found, reader.words()),
                visibility: reader.value("visibility", found.basis.visibility),
            }),
            promises: lines(&view.promises),
            steps: lines(&view.steps),
            asks: asks(view, &teller, reader),
            changes: view.changes.iter().map(|change| ChangeLine::of(change, reader)).collect(),
            people: people(view, &teller, reader),
            files: files(view),
            long: is_long(view),
        }
    }
}

impl FiguresLines {
    fn of(figures: &Figures, provider: &str, downs: &[Downtime], reader: Reader) -> Self {
        let with = &figures.provider;
        let of_which = &with.waiting_of_which;
        let waiting = [
            ("waiting-failed", of_which.failed_attempts, "s-w1"),
            ("waiting-answer", of_which.before_answer, "s-w2"),
            ("waiting-transfer", of_which.transfer, "s-w3"),
            ("waiting-hold", of_which.hold, "s-w4"),
        ];
        let told = [reader.count("times", number(with.told_from_start)), length(with.telling_seconds, reader)];
        let retold = [reader.count("times", number(with.retold)), length(with.retelling_seconds, reader)];
        Self {
            provider: provider.to_owned(),
            calls: reader.count("times", number(with.calls_connected)),
            attempts: reader.count("times", number(with.attempts_failed)),
            waiting: reader.seconds(with.waiting_seconds),
            drawn: stacked(&waiting.map(|(_, seconds, class)| (class, seconds))),
            parts: (waiting.into_iter().filter(|(_, seconds, _)| *seconds > 0))
                .map(|(key, seconds, class)| WaitingPart { label: reader.get(key), length: reader.seconds(seconds), class })
                .collect(),
            talking: reader.seconds(with.talking_seconds),
            people: reader.count("people-count", number(with.people_reached)),
            told: reader.line(&told),
            retold: if with.retold > 0 { reader.line(&retold) } else { String::new() },
            others: reader.count("times", number(figures.others.calls_connected)),
            own: reader.count("times", number(figures.others.own_colleagues)),
            downs: downs.iter().map(|down| Measured::of(down, reader)).collect(),
        }
    }
}

fn length(seconds: i64, reader: Reader) -> String {
    if seconds > 0 { reader.seconds(seconds) } else { String::new() }
}

impl Measured {
    fn of(down: &Downtime, reader: Reader) -> Self {
        let to = down.to.map_or_else(|| reader.get("down-now"), |which| reader.value("time", which));
        let args = Args::new().text("from", reader.value("time", down.from)).text("to", to);
        Self { label: reader.with_args("down-from-to", &args), length: reader.span(down.told()) }
    }
}

impl PromiseLine {
    /// As it stands in the words of `reader`.
    pub fn of(promise: &PromiseView, teller: &Teller<'_>, reader: Reader) -> Self {
        let settled = promise.settled.as_ref();
        Self {
            uid: promise.uid,
            entry: promise.quote.entry,
            words: promise.quote.words.clone(),
            verbatim: promise.quote.verbatim,
            who: reader.say(&teller.who(&promise.quote.who)),
            due: reader.line(&[reader.say(&teller.due(promise)), promise.due_reason.clone()]),
            state: reader.say(&teller.state(promise)),
            settled: settled.map(|at| reader.with("promise-settled-at", "at", reader.told(at))).unwrap_or_default(),
            late: promise.overdue || promise.state == PromiseState::Broken,
            open: promise.state == PromiseState::Open,
            struck: promise.struck.clone(),
        }
    }
}

fn asks(view: &View<Internal>, teller: &Teller<'_>, reader: Reader) -> Vec<AskLine> {
    let line = |ask: &crate::domain::view::AskView| {
        let company = if ask.company == view.provider { String::new() } else { ask.company.clone() };
        AskLine {
            uid: ask.uid,
            words: ask.words.clone(),
            standing: reader.line(&[company, reader.say(&teller.asked(ask))]),
            answer: ask.answer.as_ref().map(|answer| reader.quoted(&answer.words)).unwrap_or_default(),
            answered_in: ask.answer.as_ref().map(|answer| answer.entry),
            replies: if ask.answer.is_none() { links(&ask.replies, teller, reader) } else { Vec::new() },
            struck: ask.struck.clone(),
        }
    };
    view.asks.iter().map(line).collect()
}

impl ChangeLine {
    fn of(change: &ChangeView, reader: Reader) -> Self {
        Self {
            uid: change.uid,
            what: change.what.clone(),
            company: change.company.clone(),
            effective: change.effective.as_ref().map(|at| reader.moment(at)),
            notices: change.notices.iter().map(|notice| NoticeLine::of(notice, reader)).collect(),
            struck: change.struck.clone(),
        }
    }
}

impl NoticeLine {
    fn of(notice: &NoticeView, reader: Reader) -> Self {
        let when = |key, at: &Option<_>| at.as_ref().map(|at| reader.with(key, "at", reader.told(at))).unwrap_or_default();
        let registered = match notice.to_registered {
            Some(true) => reader.get("notice-registered"),
            Some(false) => reader.get("notice-not-registered"),
            None => String::new(),
        };
        let facts = [
            reader.value("notice-form", notice.form),
            reader.value("standing", notice.standing),
            when("notice-sent", &notice.sent),
            when("notice-received", &notice.received),
            notice.address.clone(),
            registered,
        ];
        Self { uid: notice.uid, facts: reader.line(&facts), note: notice.note.clone(), struck: notice.struck.clone() }
    }
}

fn people(view: &View<Internal>, teller: &Teller<'_>, reader: Reader) -> Vec<PersonLine> {
    let told = |times: usize| if times > 0 { reader.count("person-told", number(times)) } else { String::new() };
    let line = |person: &crate::domain::view::PersonReached| PersonLine {
        who: reader.say(&teller.who(&person.who)),
        calls: reader.line(&[reader.count("person-calls", number(person.calls)), told(person.told_from_start)]),
    };
    view.people.iter().map(line).collect()
}

fn files(view: &View<Internal>) -> Vec<FileLine> {
    let of_entries = view.entries.iter().flat_map(|entry| &entry.files);
    let of_agreements = view.agreements.iter().flat_map(|agreement| &agreement.files);
    of_entries.chain(of_agreements).map(FileLine::of).collect()
}
