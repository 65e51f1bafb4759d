//! Everything, day by day.

use std::collections::HashMap;

use crate::domain::call::{Direction, WaitWhy};
use crate::domain::entry::EntryKind;
use crate::domain::id::Uid;
use crate::domain::moment::Stamp;
use crate::domain::view::{Attempts, Audience, CallView, EntryView, LegView, StatementView, TimelineItem, Who};
use crate::render::words::Args;

use super::super::sheet::{Day, Line, Record, Said, Section, Shape, Step};
use super::Press;

/// The numbers that promises and contradictions have on this paper.
struct Numbers {
    promises: HashMap<Uid, usize>,
    contradictions: HashMap<Uid, usize>,
    /// How often the story had been told to the same company, this time included, by entry and leg.
    tellings: HashMap<(Uid, usize), usize>,
    /// Whether entries have to say who recorded them: not where one person recorded all.
    authors: bool,
}

impl<A: Audience> Press<'_, A> {
    pub(super) fn timeline(&self) -> Option<Section<Day>> {
        let numbers = Numbers {
            promises: self.view.promises.iter().map(|promise| promise.uid).zip(1..).collect(),
            contradictions: self.view.contradictions.iter().map(|item| item.uid).zip(1..).collect(),
            tellings: self.tellings(),
            authors: self.only_author().is_none(),
        };
        let mut days: Vec<Day> = Vec::new();
        for item in self.view.timeline() {
            let (day, record) = match &item {
                TimelineItem::One(entry) => (self.when.heading(&entry.occurred), self.record(entry, &numbers)),
                TimelineItem::Attempts(attempts) => (self.when.day(attempts.from), self.attempts(attempts)),
            };
            match days.last_mut() {
                Some(last) if last.day == day => last.records.push(record),
                _ => days.push(Day { day, records: vec![record] }),
            }
        }
        let author = self.only_author().map(|name| self.put("paper-recorded-by-one", "name", name)).unwrap_or_default();
        let note = [self.words.get("paper-timeline-note"), author].join(&self.words.get("paper-sentence-space"));
        self.section(self.words.get("paper-timeline"), note, &[], days)
    }

    /// The one person who recorded everything, if it was one.
    fn only_author(&self) -> Option<&str> {
        let mut authors = self.view.entries.iter().map(|entry| entry.author.as_deref());
        let first = authors.next()??;
        authors.all(|author| author == Some(first)).then_some(first)
    }

    fn tellings(&self) -> HashMap<(Uid, usize), usize> {
        let mut so_far: HashMap<Option<&str>, usize> = HashMap::new();
        let mut tellings = HashMap::new();
        for entry in self.view.entries.iter().filter(|entry| entry.struck.is_none()) {
            let legs = entry.call.iter().flat_map(|call| call.legs.iter().enumerate());
            for (leg, _) in legs.filter(|(_, leg)| leg.told_from_start) {
                let n = so_far.entry(entry.company.as_deref()).or_default();
                *n += 1;
                tellings.insert((entry.uid, leg), *n);
            }
        }
        tellings
    }

    fn record(&self, entry: &EntryView, numbers: &Numbers) -> Record {
        let (time, range) = self.when.moment_of_day(&entry.occurred);
        let (head, title) = self.head_and_title(entry);
        Record {
            time,
            range,
            shape: shape(entry),
            kind: if entry.call.is_some() { String::new() } else { self.value("entry-kind", entry.kind.as_str()) },
            head,
            meta: self.meta(entry, numbers),
            body: [title, entry.body.clone()].into_iter().filter(|text| !text.is_empty()).collect::<Vec<_>>().join("\n"),
            course: entry.call.as_ref().map(|call| self.course(entry, call, numbers)).unwrap_or_default(),
            said: self.said(entry, numbers),
            notes: self.notes(entry),
            struck: entry.struck.as_ref().map(|why| self.put("paper-struck", "reason", why)).unwrap_or_default(),
        }
    }

    /// What it is, and the title where the head is not the title already.
    fn head_and_title(&self, entry: &EntryView) -> (String, String) {
        match &entry.call {
            Some(call) => (self.call_head(entry, call), entry.title.clone()),
            None if entry.title.is_empty() => (self.value("entry-kind", entry.kind.as_str()), String::new()),
            None => (entry.title.clone(), String::new()),
        }
    }

    fn call_head(&self, entry: &EntryView, call: &CallView) -> String {
        let direction = match call.direction {
            Direction::In => "in",
            Direction::Out => "out",
        };
        match &entry.company {
            _ if call.own_colleague => self.words.get(&format!("paper-call-{direction}-colleague")),
            Some(company) => self.put(&format!("paper-call-{direction}"), "company", company),
            None => self.words.get(&format!("paper-call-{direction}-unknown")),
        }
    }

    fn meta(&self, entry: &EntryView, numbers: &Numbers) -> String {
        let company = entry.company.clone().filter(|_| entry.call.is_none()).unwrap_or_default();
        let with = entry.with.as_ref().map(|who| self.desk(who)).unwrap_or_default();
        let call = entry.call.as_ref().map(|call| self.call_meta(call)).unwrap_or_default();
        let reached = entry.call.as_ref().and_then(|call| self.only_reached(entry, call, numbers)).unwrap_or_default();
        let author = entry.author.as_ref().filter(|_| numbers.authors);
        let author = author.map(|name| self.put("paper-recorded-by", "name", name)).unwrap_or_default();
        self.dotted([company, with, reached, call, entry.place.clone(), author])
    }

    fn call_meta(&self, call: &CallView) -> String {
        let outcome = self.value("outcome", call.outcome.as_str());
        let length = call.length_seconds.map(|seconds| self.when.duration(seconds)).unwrap_or_default();
        let from_to = match (call.answered, call.ended) {
            (Some(answered), Some(ended)) => {
                let args = Args::new().text("from", self.when.clock(answered)).text("to", self.when.clock(ended));
                self.words.with("paper-range", &args)
            }
            _ => String::new(),
        };
        let outcome = if call.outcome.connected() && call.answered.is_some() && call.ended.is_some() { String::new() } else { outcome };
        self.dotted([outcome, from_to, length])
    }

    /// The one person reached in a call without waiting: its course needs no steps.
    fn only_reached(&self, entry: &EntryView, call: &CallView, numbers: &Numbers) -> Option<String> {
        let [leg] = call.legs.as_slice() else { return None };
        (call.waits.is_empty() && call.before_answer_seconds == 0)
            .then(|| self.reached(leg, numbers.tellings.get(&(entry.uid, 0)).copied()))
    }

    fn course(&self, entry: &EntryView, call: &CallView, numbers: &Numbers) -> Vec<Step> {
        if self.only_reached(entry, call, numbers).is_some() {
            return Vec::new();
        }
        let mut steps: Vec<(Stamp, Step)> = Vec::new();
        let begin = call.answered.unwrap_or(call.dialled);
        for (n, leg) in call.legs.iter().enumerate() {
            let at = leg.from.unwrap_or(begin);
            let telling = numbers.tellings.get(&(entry.uid, n)).copied();
            steps.push((at, self.step(at, false, self.reached(leg, telling))));
        }
        for wait in &call.waits {
            let key = match wait.why {
                WaitWhy::Transfer => "paper-wait-transfer",
                WaitWhy::Hold => "paper-wait-hold",
            };
            steps.push((wait.from, self.step(wait.from, true, self.put(key, "time", self.when.duration(wait.seconds)))));
        }
        if call.before_answer_seconds > 0 && !steps.is_empty() {
            let waited = self.put("paper-wait-answer", "time", self.when.duration(call.before_answer_seconds));
            steps.push((call.dialled, self.step(call.dialled, true, waited)));
        }
        steps.sort_by_key(|(at, _)| *at);
        steps.into_iter().map(|(_, step)| step).collect()
    }

    fn step(&self, at: Stamp, waiting: bool, text: String) -> Step {
        Step { time: self.when.clock(at), waiting, text }
    }

    /// Somebody reached; where the story was told to them from the start, for which time and how long that took.
    fn reached(&self, leg: &LegView, telling: Option<usize>) -> String {
        let told = telling.map(|n| {
            let told = self.count("paper-told", n);
            let time = leg.telling_seconds.map(|seconds| self.when.duration(seconds)).unwrap_or_default();
            [told, time].into_iter().filter(|text| !text.is_empty()).collect::<Vec<_>>().join(" ")
        });
        self.dotted([self.desk(&leg.who), told.unwrap_or_default()])
    }

    fn said(&self, entry: &EntryView, numbers: &Numbers) -> Vec<Said> {
        let mut before: Option<&Who> = None;
        let mut said = Vec::with_capacity(entry.statements.len());
        for statement in &entry.statements {
            let again = before == Some(&statement.who);
            before = Some(&statement.who);
            said.push(Said {
                who: if again { String::new() } else { self.speaker(entry, &statement.who) },
                ours: matches!(statement.who, Who::Ours { .. }),
                words: self.quoted(&statement.words, statement.verbatim),
                kind: statement.kind.map(|kind| self.value("statement-kind", kind.as_str())).unwrap_or_default(),
                see: self.see(statement, numbers),
            });
        }
        said
    }

    fn speaker(&self, entry: &EntryView, who: &Who) -> String {
        match who {
            Who::Theirs { company, .. } if entry.company.as_ref() != Some(company) => self.who(who),
            _ => self.desk(who),
        }
    }

    fn see(&self, statement: &StatementView, numbers: &Numbers) -> String {
        let promise = statement.promise.and_then(|uid| numbers.promises.get(&uid));
        let promise = promise.map(|n| self.count("paper-see-promise", *n));
        let contradictions = statement.contradictions.iter().filter_map(|uid| numbers.contradictions.get(uid));
        let contradictions = contradictions.map(|n| {
            let key = if self.outward { "paper-see-contradiction-outward" } else { "paper-see-contradiction" };
            self.count(key, *n)
        });
        self.dotted(promise.into_iter().chain(contradictions))
    }

    fn notes(&self, entry: &EntryView) -> Vec<String> {
        let late = entry.recorded_late.then(|| self.put("paper-recorded-late", "time", self.when.full(entry.recorded_at)));
        let revised = usize::try_from(entry.revision).ok().filter(|revision| *revision > 0);
        let revised = revised.map(|n| self.count("paper-revised", n));
        let files = entry.files.iter().map(|file| {
            let short = file.sha256.get(..12).unwrap_or(&file.sha256);
            self.words.with("paper-file", &Args::new().text("name", &file.name).text("sha256", short))
        });
        late.into_iter().chain(revised).chain(files).collect()
    }

    fn attempts(&self, attempts: &Attempts<'_>) -> Record {
        let count = i64::try_from(attempts.entries.len()).unwrap_or(i64::MAX);
        let head = match attempts.company {
            Some(company) => self.words.with("paper-attempts", &Args::new().text("company", company).number("n", count)),
            None => self.count("paper-attempts-unknown", attempts.entries.len()),
        };
        let range = Args::new().text("from", self.when.clock(attempts.from)).text("to", self.when.clock(attempts.to));
        let each = attempts.entries.iter().filter_map(|entry| entry.call.as_ref()).map(|call| {
            format!("{} {}", self.when.clock(call.dialled), self.value("outcome", call.outcome.as_str()))
        });
        Record {
            time: Line::new().plain(self.when.clock(attempts.from)),
            range: String::new(),
            shape: Shape::Attempt,
            kind: String::new(),
            head,
            meta: self.dotted([self.words.with("paper-range", &range), self.put("paper-in-all", "time", self.when.duration(attempts.seconds))]),
            body: each.collect::<Vec<_>>().join(&self.words.get("paper-comma")),
            course: Vec::new(),
            said: Vec::new(),
            notes: Vec::new(),
            struck: String::new(),
        }
    }
}

fn shape(entry: &EntryView) -> Shape {
    match entry.kind {
        EntryKind::Call => Shape::Call,
        EntryKind::FailedAttempt => Shape::Attempt,
        EntryKind::Email | EntryKind::Letter | EntryKind::PortalMessage | EntryKind::Visit | EntryKind::Notice => Shape::Exchange,
        EntryKind::Observation | EntryKind::Action | EntryKind::Decision | EntryKind::Note => Shape::Own,
    }
}
