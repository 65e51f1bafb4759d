//! Figures: what an incident cost in calls, attempts and waiting. Computed once, here, for every page and paper.
//!
//! - *waiting* = failed attempts + before answer + transfers + holds, on calls that we made or answered;
//! - *talking* = answered to ended, less transfers and holds;
//! - *people reached* = distinct people over all legs;
//! - *retold* = told from the start, less the first telling to that company.
//!
//! The provider stands apart from other companies, and both apart from our own colleagues. What is struck out or private
//! does not count.

use std::collections::{BTreeMap, HashMap, HashSet};

use chrono::Duration;
use serde::{Serialize, Serializer};

use super::call::{Call, CallWith, WaitWhy};
use super::dossier::Dossier;
use super::entry::Entry;
use super::id::{Id, Uid};
use super::incident::Which;
use super::matter::Contradiction;
use super::moment::Span;
use super::party::{Contact, Provider};
use super::statement::{Promise, PromiseState};
use super::text_enum::text_enum;
use super::visibility::Visibility;

/// The figures of one incident. The keys and units are those of the JSON export.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "app", derive(utoipa::ToSchema))]
pub struct Figures {
    /// From the start to the makeshift, whole minutes, at both readings; none while either is not known.
    pub down_until_mitigated_minutes: Option<Minutes>,
    /// Calls with the answerable provider.
    pub provider: CallFigures,
    /// Calls with everybody else.
    pub others: OtherFigures,
    /// Promises of all parties.
    pub promises: PromiseFigures,
    /// Contradictions of all parties.
    pub contradictions: usize,
    /// Whose doing the restoration was: the company's sign, or its name.
    pub restored_by: Option<String>,
    /// Whose doing the makeshift was: the company's sign, or its name.
    pub mitigated_by: Option<String>,
}

/// A duration in whole minutes, at both readings.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "app", derive(utoipa::ToSchema))]
pub struct Minutes {
    /// At the least.
    pub min: i64,
    /// At the most.
    pub max: i64,
}

impl From<Minutes> for Span {
    fn from(minutes: Minutes) -> Self {
        Self { min: Duration::minutes(minutes.min), max: Duration::minutes(minutes.max) }
    }
}

impl From<Span> for Minutes {
    fn from(span: Span) -> Self {
        Self { min: span.min.num_minutes(), max: span.max.num_minutes() }
    }
}

text_enum! {
    /// The figures of the calls with the company answerable, each of which counts certain entries.
    pub enum Counted {
        /// Calls in which somebody was on the line.
        Calls = "calls",
        /// Attempts in which nobody was.
        Attempts = "attempts",
        /// Calls and attempts in which we waited.
        Waiting = "waiting",
        /// Calls in which we talked.
        Talking = "talking",
        /// Calls in which somebody new was reached, or one known again.
        People = "people",
        /// Calls in which the story was told from the start.
        Told = "told",
        /// Those of them in which it was told again.
        Retold = "retold",
    }
}

/// Which entries each figure counts, by when they occurred; a figure that counts none is not in it.
pub type Counts = BTreeMap<Counted, Vec<Uid>>;

/// What the calls with one company cost. Durations in seconds.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "app", derive(utoipa::ToSchema))]
pub struct CallFigures {
    /// Calls in which somebody was on the line.
    pub calls_connected: usize,
    /// Attempts in which nobody was.
    pub attempts_failed: usize,
    /// All waiting.
    pub waiting_seconds: i64,
    /// What the waiting is made of.
    pub waiting_of_which: Waiting,
    /// Time on the line, less transfers and holds.
    pub talking_seconds: i64,
    /// Distinct people reached.
    pub people_reached: usize,
    /// How often the whole story was told.
    pub told_from_start: usize,
    /// How long that took.
    pub telling_seconds: i64,
    /// How often it was told to a company that had heard it.
    pub retold: usize,
    /// How long that took.
    pub retelling_seconds: i64,
}

/// What waiting is made of, in seconds.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "app", derive(utoipa::ToSchema))]
pub struct Waiting {
    /// Attempts in which nobody was reached.
    pub failed_attempts: i64,
    /// From dialling to the answer.
    pub before_answer: i64,
    /// Being put through.
    pub transfer: i64,
    /// On hold.
    pub hold: i64,
}

impl Waiting {
    fn total(&self) -> i64 {
        self.failed_attempts + self.before_answer + self.transfer + self.hold
    }
}

/// Calls with everybody but the provider.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "app", derive(utoipa::ToSchema))]
pub struct OtherFigures {
    /// Calls with other companies in which somebody was on the line.
    pub calls_connected: usize,
    /// Calls among ourselves.
    pub own_colleagues: usize,
}

/// Promises by what became of them.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "app", derive(utoipa::ToSchema))]
pub struct PromiseFigures {
    /// All of them.
    pub given: usize,
    /// Kept.
    pub kept: usize,
    /// Broken.
    pub broken: usize,
    /// Not settled, overdue or not.
    pub open: usize,
    /// Put off to another promise.
    #[serde(skip_serializing_if = "is_zero")]
    pub moved: usize,
    /// Taken back.
    #[serde(skip_serializing_if = "is_zero")]
    pub withdrawn: usize,
}

// serde's `skip_serializing_if` hands a reference.
#[allow(clippy::trivially_copy_pass_by_ref)]
fn is_zero(count: &usize) -> bool {
    *count == 0
}

impl Figures {
    /// The figures of one incident, and which entries they count.
    pub fn of(dossier: &Dossier) -> (Self, Counts) {
        let incident = &dossier.incident;
        let entries: Vec<&Entry> = dossier.entries.iter().filter(|entry| counts(entry)).collect();
        let (provider, counted) = CallFigures::with(dossier, &entries);
        let started = incident.time(Which::Started);
        let mitigated = incident.time(Which::Mitigated);
        let by = |which| incident.time(which).and_then(|time| time.by).map(|company| dossier.sign_of(company));
        let figures = Self {
            down_until_mitigated_minutes: started
                .zip(mitigated)
                .map(|(started, mitigated)| started.at.until(&mitigated.at).into()),
            provider,
            others: OtherFigures::of(incident.provider, &entries),
            promises: PromiseFigures::of(dossier),
            contradictions: dossier.contradictions.iter().filter(|item| is_counted(dossier, item)).count(),
            restored_by: by(Which::Restored),
            mitigated_by: by(Which::Mitigated),
        };
        (figures, counted)
    }
}

fn counts(entry: &Entry) -> bool {
    entry.struck.is_none() && entry.visibility != Visibility::Private
}

/// Whether a contradiction counts: it stands, and so does what was said.
fn is_counted(dossier: &Dossier, item: &Contradiction) -> bool {
    let said = dossier.statement(item.statement);
    let is_said = said.is_some_and(|(entry, statement)| counts(entry) && statement.visibility != Visibility::Private);
    item.struck.is_none() && item.visibility != Visibility::Private && is_said
}

/// A person reached, as far as they can be told apart: by the phone book, else by how they were described.
#[derive(PartialEq, Eq, Hash)]
enum Reached<'a> {
    Known(Id<Contact>),
    Described(&'a str),
}

impl CallFigures {
    /// Those with the company answerable.
    fn with(dossier: &Dossier, entries: &[&Entry]) -> (Self, Counts) {
        let company = dossier.incident.provider;
        // Who was found to be somebody else is that one.
        let known = |id: Id<Contact>| dossier.contact(id).map_or(id, |contact| contact.id);
        let mut figures = Self::default();
        let mut counted = Counts::new();
        let mut reached = HashSet::new();
        let mut tellings = Vec::new();
        for (entry, call) in calls(entries).filter(|(entry, _)| entry.provider == Some(company)) {
            figures.add(call);
            for figure in in_figures(call) {
                counted.entry(figure).or_default().push(entry.uid);
            }
            for leg in &call.legs {
                reached.insert(leg.contact.map_or(Reached::Described(leg.who.as_str()), |id| Reached::Known(known(id))));
                if let Some(telling) = leg.told_from_start {
                    let seconds = telling.length().map_or(0, |length| length.num_seconds());
                    tellings.push((telling.from.or(leg.from).unwrap_or(entry.occurred.from), seconds, entry.uid));
                }
            }
        }
        figures.waiting_seconds = figures.waiting_of_which.total();
        figures.people_reached = reached.len();
        tellings.sort_unstable();
        figures.told_from_start = tellings.len();
        figures.telling_seconds = tellings.iter().map(|(_, seconds, _)| seconds).sum();
        figures.retold = tellings.len().saturating_sub(1);
        figures.retelling_seconds = tellings.iter().skip(1).map(|(_, seconds, _)| seconds).sum();
        let mut retold: Vec<Uid> = tellings.iter().skip(1).map(|(_, _, entry)| *entry).collect();
        retold.dedup();
        if !retold.is_empty() {
            counted.insert(Counted::Retold, retold);
        }
        (figures, counted)
    }

    fn add(&mut self, call: &Call) {
        if call.failed() {
            self.attempts_failed += 1;
        } else {
            self.calls_connected += 1;
        }
        self.waiting_of_which.failed_attempts += call.attempted_for().num_seconds();
        self.waiting_of_which.before_answer += call.before_answer().num_seconds();
        self.waiting_of_which.transfer += call.waited(WaitWhy::Transfer).num_seconds();
        self.waiting_of_which.hold += call.waited(WaitWhy::Hold).num_seconds();
        self.talking_seconds += call.talked().num_seconds();
    }
}

/// The figures to which a call adds something.
fn in_figures(call: &Call) -> impl Iterator<Item = Counted> {
    let waited = call.attempted_for() + call.before_answer() + call.waited(WaitWhy::Transfer) + call.waited(WaitWhy::Hold);
    let told = call.legs.iter().any(|leg| leg.told_from_start.is_some());
    [
        (if call.failed() { Counted::Attempts } else { Counted::Calls }, true),
        (Counted::Waiting, !waited.is_zero()),
        (Counted::Talking, !call.talked().is_zero()),
        (Counted::People, !call.legs.is_empty()),
        (Counted::Told, told),
    ]
    .into_iter()
    .filter_map(|(figure, adds)| adds.then_some(figure))
}

impl OtherFigures {
    fn of(provider: Id<Provider>, entries: &[&Entry]) -> Self {
        let own = |call: &Call| call.with == CallWith::OwnColleague;
        Self {
            calls_connected: calls(entries)
                .filter(|(entry, call)| !own(call) && !call.failed() && entry.provider != Some(provider))
                .count(),
            own_colleagues: calls(entries).filter(|(_, call)| own(call)).count(),
        }
    }
}

fn calls<'a>(entries: &'a [&'a Entry]) -> impl Iterator<Item = (&'a Entry, &'a Call)> {
    entries.iter().filter_map(|entry| entry.call.as_ref().map(|call| (*entry, call)))
}

impl PromiseFigures {
    fn of(dossier: &Dossier) -> Self {
        Self::counted(dossier, |_| true)
    }

    /// Of those promises alone that `wanted` picks.
    pub(super) fn counted(dossier: &Dossier, wanted: impl Fn(&Promise) -> bool) -> Self {
        let mut states: HashMap<PromiseState, usize> = HashMap::new();
        let shown: HashSet<_> = dossier.entries.iter().filter(|entry| counts(entry)).map(|entry| entry.id).collect();
        let steps = dossier.steps();
        let given = |promise: &&Promise| promise.struck.is_none() && !steps.contains(&promise.statement) && wanted(promise);
        for promise in dossier.promises.iter().filter(given) {
            if shown.contains(&promise.entry) {
                *states.entry(promise.state).or_default() += 1;
            }
        }
        let of = |state| states.get(&state).copied().unwrap_or(0);
        Self {
            given: states.values().sum(),
            kept: of(PromiseState::Kept),
            broken: of(PromiseState::Broken),
            open: of(PromiseState::Open),
            moved: of(PromiseState::Moved),
            withdrawn: of(PromiseState::Withdrawn),
        }
    }
}

/// A [`Span`] in JSON: whole seconds at both readings.
pub fn span_seconds<S: Serializer>(span: &Option<Span>, s: S) -> Result<S::Ok, S::Error> {
    span.map(|span| Seconds { min: span.min.num_seconds(), max: span.max.num_seconds() }).serialize(s)
}

/// The same of a span that is known.
pub fn seconds_of<S: Serializer>(span: &Span, s: S) -> Result<S::Ok, S::Error> {
    span_seconds(&Some(*span), s)
}

#[derive(Serialize)]
#[cfg_attr(feature = "app", derive(utoipa::ToSchema))]
struct Seconds {
    min: i64,
    max: i64,
}

#[cfg(test)]
mod tests;
