//! The page on which a call is checked before it is saved, or dropped.

use serde::Serialize;

use super::label;
use crate::domain::call::WaitWhy;
use crate::domain::call::live::{Line, Live, LiveCall, LiveLeg, LiveState};
use crate::domain::dossier::Dossier;
use crate::domain::incident::Which;
use crate::domain::moment::Stamp;
use crate::domain::statement::{DueBy, StatementKind};
use crate::render::form::FormView;
use crate::render::frame::Frame;
use crate::render::pages::noun_form::{Choice, Link};
use crate::render::pages::reader::Reader;
use crate::render::tera::Page;

/// The page on which a call is checked and saved, or dropped.
#[derive(Clone, Debug, Serialize)]
pub struct ReviewPage {
    /// The way back to the desk.
    pub back: Link,
    /// The page's own address.
    pub href: String,
    /// The incident.
    pub incident: String,
    /// With whom.
    pub with: String,
    /// What happened, in order.
    pub steps: Vec<Step>,
    /// The promises in it.
    pub promises: Vec<Asked>,
    /// Who may have set when they fall due.
    pub due_by: Vec<Choice>,
    /// Whether something is asked before it is saved: then the save button does not draw the eye.
    pub asks_first: bool,
    /// Whether it can be said that the provider learned of the matter now.
    pub may_report: bool,
    /// Whether it is asked whether to drop it.
    pub dropping: bool,
    /// What became of it, where it is saved or dropped already; else empty.
    pub closed: String,
    /// What was typed.
    pub form: FormView,
}

impl Page for ReviewPage {
    const TEMPLATE: &'static str = "desk/review.html";
}

/// Something that happened in a call.
#[derive(Clone, Debug, Serialize)]
pub struct Step {
    /// When.
    pub time: String,
    /// What, or who.
    pub head: String,
    /// The words; may be empty.
    pub words: String,
    /// Whether they are verbatim.
    pub verbatim: bool,
    /// What a line is tied to.
    pub ties: Vec<String>,
}

/// A promise, asked about after hang-up.
#[derive(Clone, Debug, Serialize)]
pub struct Asked {
    /// Which, from 0: names its fields.
    pub n: usize,
    /// The words.
    pub words: String,
    /// Whether they are verbatim.
    pub verbatim: bool,
    /// Whether it is the first for which nothing was said: there one begins to type.
    pub first: bool,
}

impl ReviewPage {
    /// Of a call at the desk of the incident of `dossier` (with the whole phone book).
    pub fn new(dossier: &Dossier, call: &LiveCall, mut form: FormView, frame: &Frame, now: Stamp) -> Self {
        let reader = Reader::new(frame, now);
        let live = Live::of(&call.taps);
        let url = format!("/incidents/{}/desk", dossier.incident.number);
        let company = match live.with {
            Some(Some(uid)) => dossier.providers.iter().find(|company| company.uid == uid).map(|company| company.name.clone()),
            Some(None) => None,
            None => dossier.provider(dossier.incident.provider).map(|company| company.name.clone()),
        };
        let reported = dossier.incident.time(Which::Reported).is_some();
        let may_report = !reported && !live.failed() && live.with.is_none();
        // The first call in which the company answerable was reached is the one in which it learned of the matter.
        if may_report && form.values.is_empty() {
            form = form.with("reports", "yes");
        }
        let promises: Vec<_> = live.lines.iter().filter(|line| line.line.kind == StatementKind::Promise).collect();
        for (n, line) in promises.iter().enumerate() {
            let field = format!("due{n}");
            if !form.values.contains_key(&field) {
                form = form.with(field, &*line.line.due);
            }
        }
        let asked_first = promises.iter().position(|line| line.line.due.is_empty());
        Self {
            href: format!("{url}/calls/{}", call.uid),
            // There it can be undone that it is over.
            back: Link {
                href: format!("{url}?call={}", call.uid),
                text: format!("{} {}", dossier.incident.number, dossier.incident.title),
            },
            with: company.clone().unwrap_or_else(|| reader.get("call-with-own_colleague")),
            steps: steps(dossier, &live, reader),
            promises: (promises.iter().enumerate())
                .map(|(n, line)| Asked {
                    n,
                    words: line.line.words.clone(),
                    verbatim: line.line.verbatim,
                    first: Some(n) == asked_first,
                })
                .collect(),
            due_by: (DueBy::ALL.iter()).map(|by| Choice { value: by.to_string(), label: reader.value("due-by", by) }).collect(),
            asks_first: asked_first.is_some(),
            may_report,
            dropping: false,
            closed: match call.state {
                LiveState::Saved => reader.get("review-saved"),
                LiveState::Dropped => reader.get("desk-dropped"),
                LiveState::Running | LiveState::Over => String::new(),
            },
            incident: format!("/incidents/{}", dossier.incident.number),
            form,
        }
    }

    /// The same, asking whether it shall be dropped.
    #[must_use]
    pub fn asking_to_drop(mut self) -> Self {
        self.dropping = true;
        self
    }
}

fn steps(dossier: &Dossier, live: &Live, reader: Reader) -> Vec<Step> {
    let mut steps: Vec<(Stamp, Step)> = Vec::new();
    let mut add = |at: Stamp, head: String, words: &str| {
        let step = Step { time: reader.time(at), head, words: words.to_owned(), verbatim: false, ties: Vec::new() };
        steps.push((at, step));
    };
    if let Some(at) = live.dialled {
        add(at, reader.value("desk-began", live.direction), &live.number);
    }
    for leg in &live.legs {
        add(leg.from, reader.get("desk-reached"), &who(dossier, leg, reader));
        if let Some(from) = leg.told_from {
            let length = leg.told_to.map(|to| reader.seconds((to - from).num_seconds())).unwrap_or_default();
            add(from, reader.get("desk-told"), &length);
        }
    }
    for wait in &live.waits {
        let length = wait.to.map(|to| reader.seconds((to - wait.from).num_seconds())).unwrap_or_default();
        let why = if wait.why == WaitWhy::Hold { "wait-hold" } else { "wait-transfer" };
        add(wait.from, reader.get(why), &length);
    }
    if let (Some(at), Some(outcome)) = (live.ended, live.outcome) {
        let length = live.dialled.map(|dialled| reader.seconds((at - live.answered.unwrap_or(dialled)).num_seconds()));
        let head = if outcome.connected() { reader.get("desk-over") } else { reader.value("outcome", outcome) };
        add(at, head, &length.unwrap_or_default());
    }
    for line in &live.lines {
        let kind = reader.value("statement-kind", line.line.kind);
        let head = if line.line.ours { [reader.get("desk-line-ours"), kind].join(" · ") } else { kind };
        let (words, verbatim, ties) = (line.line.words.clone(), line.line.verbatim, ties(dossier, &line.line));
        steps.push((line.at, Step { time: reader.time(line.at), head, words, verbatim, ties }));
    }
    steps.sort_by_key(|(at, _)| *at);
    steps.into_iter().map(|(_, step)| step).collect()
}

fn who(dossier: &Dossier, leg: &LiveLeg, reader: Reader) -> String {
    let known = leg.contact.and_then(|uid| dossier.contacts.iter().find(|contact| contact.uid == uid)).map(label);
    known.or_else(|| Some(leg.who.clone()).filter(|who| !who.is_empty())).unwrap_or_else(|| reader.get("desk-unknown"))
}

/// What a line is tied to: a clause or agreement, the ask that it answers, the statement that it is set against.
fn ties(dossier: &Dossier, line: &Line) -> Vec<String> {
    let clause = || dossier.clauses.iter().find(|one| Some(one.uid) == line.cites).map(|one| one.number.clone());
    let agreed = || dossier.agreements.iter().find(|one| Some(one.uid) == line.cites).map(|one| one.words.clone());
    let ask = dossier.asks.iter().find(|one| Some(one.uid) == line.answers).map(|one| one.words.clone());
    let mut all = dossier.entries.iter().flat_map(|entry| &entry.statements);
    let against = all.find(|one| Some(one.uid) == line.against).map(|one| format!("≠ {}", one.words));
    [clause().or_else(agreed), ask, against].into_iter().flatten().collect()
}
