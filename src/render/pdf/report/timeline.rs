//! Everything, day by day.

use std::collections::HashMap;

use crate::domain::call::Direction;
use crate::domain::entry::EntryKind;
use crate::domain::id::Uid;
use crate::domain::moment::Stamp;
use crate::domain::phrases::{Phrase, Teller};
use crate::domain::reply::ActKind;
use crate::domain::view::{
    ActOfKind, ActView, Attempts, Audience, CallView, EntryView, FileView, StatementView, TimelineItem, WaitView, Who,
};
use crate::render::words::Args;

use super::super::sheet::{Day, Line, Record, Said, Section, Shape};
use super::Press;

/// The numbers that promises and contradictions have on this paper.
struct Numbers {
    promises: HashMap<Uid, usize>,
    contradictions: HashMap<Uid, usize>,
    /// How often the story had been told to the same company, this time included.
    tellings: HashMap<Uid, usize>,
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

    /// How often each company had been told from the start, by the end of each call in which it was.
    fn tellings(&self) -> HashMap<Uid, usize> {
        let mut so_far: HashMap<Option<&str>, usize> = HashMap::new();
        let mut tellings = HashMap::new();
        for entry in self.view.entries.iter().filter(|entry| entry.struck.is_none()) {
            let told = entry.call.iter().flat_map(|call| &call.legs).filter(|leg| leg.told_from_start).count();
            let n = so_far.entry(entry.company.as_deref()).or_default();
            *n += told;
            if told > 0 {
                tellings.insert(entry.uid, *n);
            }
        }
        tellings
    }

    fn record(&self, entry: &EntryView, numbers: &Numbers) -> Record {
        let (time, range) = self.when.moment_of_day(&entry.occurred);
        let headline = self.teller.headline(entry);
        // Where there is no title, the headline gives the first line of the body: it is not printed twice.
        let body = if entry.call.is_none() && entry.title.is_empty() {
            entry.body.split_once('\n').map_or("", |(_, rest)| rest)
        } else {
            &entry.body
        };
        Record {
            time,
            range,
            shape: shape(entry),
            head: self.say(&headline.lead),
            rest: headline.rest.as_ref().map(|rest| self.say(rest)).unwrap_or_default(),
            tags: self.dotted(headline.tags.iter().map(|tag| self.say(tag))),
            course: self.course_and_count(entry, numbers),
            detail: self.detail(entry, numbers),
            body: body.to_owned(),
            said: self.said(entry, numbers),
            acts: self.acts(entry, None),
            files: self.short_files(entry),
            struck: entry.struck.is_some(),
        }
    }

    fn detail(&self, entry: &EntryView, numbers: &Numbers) -> String {
        let author = entry.author.as_ref().filter(|_| numbers.authors);
        let author = author.map(|name| self.put("paper-recorded-by", "name", name));
        self.dotted([entry.place.clone(), author.unwrap_or_default()])
    }

    /// How a call went, and which telling to that company it was.
    fn course_and_count(&self, entry: &EntryView, numbers: &Numbers) -> Vec<String> {
        let course = entry.call.as_ref().map(|call| self.course(call)).unwrap_or_default();
        let again = numbers.tellings.get(&entry.uid).filter(|n| **n > 1).map(|n| self.count("paper-told-again", *n));
        course.into_iter().chain(again).collect()
    }

    /// How a call that connected went, by the clock.
    fn course(&self, call: &CallView) -> Vec<String> {
        if !call.outcome.connected() {
            return Vec::new();
        }
        let begin = call.began();
        let mut steps: Vec<(Stamp, String)> = vec![(call.dialled, self.words.get(direction_key(call.direction)))];
        if call.waits.is_empty() && call.legs.len() < 2 {
            steps.extend(call.answered.filter(|at| *at != call.dialled).map(|at| (at, self.words.get("paper-answered"))));
        } else {
            steps.extend(call.legs.iter().map(|leg| (leg.from.unwrap_or(begin), self.who(&leg.who))));
        }
        steps.extend(call.waits.iter().map(|wait| (wait.from, self.wait(wait))));
        steps.extend(call.ended.map(|at| (at, self.words.get("paper-ended"))));
        // Stable: what began in the same minute stays in its order.
        steps.sort_by_key(|(at, _)| *at);
        let step = |(at, what): (Stamp, String)| format!("{} {what}", self.when.clock(at));
        steps.into_iter().map(step).collect()
    }

    fn wait(&self, wait: &WaitView) -> String {
        format!("{} {}", self.value("wait", wait.why.as_str()), self.when.duration(wait.seconds))
    }

    fn said(&self, entry: &EntryView, numbers: &Numbers) -> Vec<Said> {
        let mut before: Option<&Who> = None;
        let mut said = Vec::with_capacity(entry.statements.len());
        for statement in &entry.statements {
            let again = before == Some(&statement.who);
            before = Some(&statement.who);
            said.push(Said {
                uid: statement.uid,
                who: if again { String::new() } else { self.speaker(entry, &statement.who) },
                ours: matches!(statement.who, Who::Ours { .. }),
                theirs: self.is_reader(&statement.who),
                does: self.dotted(self.acts(entry, Some(statement.uid))),
                words: self.quoted(&statement.words, statement.verbatim),
                kind: statement.kind.map(|kind| self.value("statement-kind", kind.as_str())).unwrap_or_default(),
                see: self.see(statement, numbers),
            });
        }
        said
    }

    /// What a reply does in the words of that statement, or in none: "Corrects “The modem is broken” (22 Nov, 10:21)". That it
    /// commits to a time, its words and their due time say.
    fn acts(&self, entry: &EntryView, statement: Option<Uid>) -> Vec<String> {
        let acts = entry.reply.iter().flat_map(|reply| &reply.acts);
        let these = acts.filter(|act| act.statement == statement && act.kind != ActKind::Commits);
        these.map(|act| self.act(act)).collect()
    }

    /// What a part of a reply does, and when what it is about was said.
    fn act(&self, act: &ActView) -> String {
        let does = self.say(&self.teller.act(act));
        let about = act.of.as_ref().filter(|of| of.kind == ActOfKind::Statement);
        let said_in = |uid: Uid| self.view.entries.iter().find(|entry| entry.statements.iter().any(|said| said.uid == uid));
        match about.and_then(|of| said_in(of.uid)) {
            Some(entry) => {
                let at = self.say(&Phrase::new("phrase-at").moment("at", &entry.occurred));
                self.words.with("paper-act-at", &Args::new().text("does", does).text("at", at))
            }
            None => does,
        }
    }

    /// Who speaks: in an entry with a company, that company goes without saying.
    fn speaker(&self, entry: &EntryView, who: &Who) -> String {
        let with = entry.company.as_deref().unwrap_or(&self.view.provider);
        self.say(&Teller::inward(with).who(who))
    }

    fn see(&self, statement: &StatementView, numbers: &Numbers) -> String {
        let promise = statement.promise.and_then(|uid| numbers.promises.get(&uid));
        let promise = promise.map(|n| self.count("paper-see-promise", *n));
        let contradictions = statement.contradictions.iter().filter_map(|uid| numbers.contradictions.get(uid));
        let contradictions = contradictions.map(|n| {
            let key = if self.outward { "paper-see-contradiction-outward" } else { "paper-see-contradiction" };
            self.count(key, *n)
        });
        let replied = statement.replies.iter().filter_map(|note| {
            let key = match note.kind {
                ActKind::Corrects => "paper-corrected",
                ActKind::Confirms => "paper-confirmed",
                ActKind::Answers | ActKind::Commits => return None,
            };
            Some(self.put(key, "at", self.say(&Phrase::new("phrase-at").moment("at", &note.at))))
        });
        self.dotted(promise.into_iter().chain(contradictions).chain(replied))
    }

    fn short_files(&self, entry: &EntryView) -> Vec<String> {
        let file = |file: &FileView| {
            let short = file.sha256.get(..12).unwrap_or(&file.sha256);
            self.words.with("paper-file", &Args::new().text("name", &file.name).text("sha256", short))
        };
        entry.files.iter().map(file).collect()
    }

    fn attempts(&self, attempts: &Attempts<'_>) -> Record {
        let headline = self.teller.attempts(attempts);
        let each = attempts
            .entries
            .iter()
            .filter_map(|entry| entry.call.as_ref())
            .map(|call| format!("{} {}", self.when.clock(call.dialled), self.value("outcome", call.outcome.as_str())));
        Record {
            time: Line::new().plain(self.when.clock(attempts.from)),
            range: String::new(),
            shape: Shape::Attempt,
            head: self.say(&headline.lead),
            rest: headline.rest.as_ref().map(|rest| self.say(rest)).unwrap_or_default(),
            tags: self.dotted(headline.tags.iter().map(|tag| self.say(tag))),
            course: each.collect(),
            detail: String::new(),
            body: String::new(),
            said: Vec::new(),
            acts: Vec::new(),
            files: Vec::new(),
            struck: false,
        }
    }
}

const fn direction_key(direction: Direction) -> &'static str {
    match direction {
        Direction::In => "paper-rang",
        Direction::Out => "paper-dialled",
    }
}

fn shape(entry: &EntryView) -> Shape {
    match entry.kind {
        EntryKind::Call => Shape::Call,
        EntryKind::FailedAttempt => Shape::Attempt,
        EntryKind::Email
        | EntryKind::Letter
        | EntryKind::PortalMessage
        | EntryKind::Visit
        | EntryKind::Notice
        | EntryKind::Reply => Shape::Exchange,
        EntryKind::Observation | EntryKind::Action | EntryKind::Agenda | EntryKind::Decision | EntryKind::Note => Shape::Own,
    }
}
