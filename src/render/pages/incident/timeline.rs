//! The timeline 経緯 as the page shows it: by days, with what lies between, the incident's own times and what fell due.

use std::collections::HashSet;

use chrono::{Duration, NaiveDate};
use serde::Serialize;

use super::super::Choice;
use super::super::pager::Pager;
use super::super::reader::{Reader, number};
use super::drawing::Strip;
use super::entry::{AttemptsLine, EntryLine, Pen, When};
use super::hours::hours;
use crate::domain::entry::EntryKind;
use crate::domain::figures::Counted;
use crate::domain::id::Uid;
use crate::domain::incident::{IncidentNumber, Which};
use crate::domain::moment::{Moment, Span};
use crate::domain::statement::PromiseState;
use crate::domain::view::{EntryView, Internal, PromiseView, TimeView, TimelineItem, View};

/// What the timeline is narrowed to; by default nothing is left out.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TimelineFilter {
    /// Only this kind; a call is also an attempt at one.
    pub kind: Option<EntryKind>,
    /// Only what is with this company, by its name.
    pub company: String,
    /// Only what contains this, in any of its texts.
    pub words: String,
    /// Only what this figure counts.
    pub counted: Option<Counted>,
    /// Of what is long, this page; none: the last, where it goes on.
    pub page: Option<usize>,
    /// Of what is long, the page on which this entry stands.
    pub entry: Option<Uid>,
}

/// How many lines there are at the most before the timeline has pages: a line is some 2 KB of page, and telephones are slow to lay it out.
const LINES_PER_PAGE: usize = 300;

/// The timeline.
#[derive(Clone, Debug, Serialize)]
pub struct Timeline {
    /// Its days, the earliest first.
    pub days: Vec<Day>,
    /// The choices of kinds.
    pub kinds: Vec<Choice>,
    /// The choices of companies.
    pub companies: Vec<Choice>,
    /// The words that were looked for.
    pub words: String,
    /// The figure that counts what is shown, in words; may be empty.
    pub counted: String,
    /// Whether something may be left out.
    pub filtered: bool,
    /// How many entries there are, and are shown, in words.
    pub count: String,
    /// Whether there is none at all.
    pub empty: bool,
    /// Whether there are enough days to want a way to jump.
    pub long: bool,
    /// The zone in which the times are shown.
    pub zone: String,
    /// The way to its other pages.
    #[serde(flatten)]
    pub pager: Pager,
}

/// A day, or a longer time where only that is known.
#[derive(Clone, Debug, Serialize)]
pub struct Day {
    /// Its anchor.
    pub id: String,
    /// Its name.
    pub label: String,
    /// Its hours, drawn.
    pub hours: Option<Strip>,
    /// What happened.
    pub lines: Vec<Line>,
}

/// One line.
#[derive(Clone, Debug, Serialize)]
#[serde(tag = "is", rename_all = "snake_case")]
pub enum Line {
    /// An entry.
    Entry(Box<EntryLine>),
    /// A run of failed attempts.
    Attempts(Box<AttemptsLine>),
    /// One of the incident's own times, or of a promise falling due.
    Mile(Mile),
    /// Time in which nothing is on record.
    Gap(Gap),
}

/// A point that is no entry.
#[derive(Clone, Debug, Serialize)]
pub struct Mile {
    /// When.
    pub when: When,
    /// What it is, set strong.
    pub lead: String,
    /// The rest; may be empty.
    pub rest: String,
    /// How it went on, less loud; may be empty.
    pub note: String,
    /// Whether it ended the trouble.
    pub full: bool,
    /// Whether something was not done in time.
    pub late: bool,
}

/// Time in which nothing is on record.
#[derive(Clone, Debug, Serialize)]
pub struct Gap {
    /// How large it is drawn, 1 to 5.
    pub size: u8,
    /// How long it is, in words; empty for a short one.
    pub text: String,
}

/// A line with the time it takes.
struct Placed {
    at: Moment,
    /// When it ended.
    end: Moment,
    /// The entries that it shows.
    entries: Vec<Uid>,
    line: Line,
}

impl TimelineFilter {
    /// Whether it may leave something out.
    pub fn narrows(&self) -> bool {
        Self { page: None, entry: None, ..self.clone() } != Self::default()
    }

    /// What decides, for every entry of `view`.
    fn sieve<'a>(&'a self, view: &View<Internal>) -> Sieve<'a> {
        let of = |figure| view.counted.get(&figure).into_iter().flatten().copied().collect();
        Sieve { filter: self, counted: self.counted.map(of) }
    }
}

/// A filter, and the entries that its figure counts.
struct Sieve<'a> {
    filter: &'a TimelineFilter,
    counted: Option<HashSet<Uid>>,
}

impl Sieve<'_> {
    fn passes(&self, entry: &EntryView) -> bool {
        let Self { filter, counted } = self;
        filter.passes(entry) && counted.as_ref().is_none_or(|counted| counted.contains(&entry.uid))
    }
}

impl TimelineFilter {
    /// Where a page of what it leaves stands.
    fn address(&self, incident: &IncidentNumber, page: i64) -> String {
        let kind = self.kind.map(|kind| kind.to_string()).unwrap_or_default();
        let counted = self.counted.map(|counted| counted.to_string()).unwrap_or_default();
        let page = page.to_string();
        let all = [("kind", &kind), ("company", &self.company), ("q", &self.words), ("counted", &counted), ("page", &page)];
        let set: Vec<_> = all.into_iter().filter(|(_, value)| !value.is_empty()).collect();
        format!("/incidents/{incident}?{}#timeline", serde_urlencoded::to_string(set).unwrap_or_default())
    }

    fn passes(&self, entry: &EntryView) -> bool {
        let kind = self.kind.is_none_or(|kind| kind == entry.kind);
        let company = self.company.is_empty() || entry.company.as_deref() == Some(self.company.as_str());
        kind && company && (self.words.trim().is_empty() || contains(entry, &self.words.trim().to_lowercase()))
    }
}

fn contains(entry: &EntryView, words: &str) -> bool {
    let said = entry.statements.iter().map(|statement| statement.words.as_str());
    let own = [entry.title.as_str(), &entry.body, &entry.place, entry.company.as_deref().unwrap_or_default()];
    own.into_iter().chain(said).any(|text| text.to_lowercase().contains(words))
}

impl Timeline {
    /// The timeline of what `view` shows, narrowed by `filter`.
    pub fn of(view: &View<Internal>, reader: Reader, filter: &TimelineFilter) -> Self {
        let pen = Pen::new(view, reader);
        let filtered = filter.narrows();
        let sieve = filter.sieve(view);
        let mut placed: Vec<Placed> = items(view, &sieve).filter_map(|item| place(&item, &pen)).collect();
        let shown = view.entries.iter().filter(|entry| sieve.passes(entry)).count();
        if !filtered {
            placed.extend(view.times.iter().map(|time| mile_of_time(time, &pen)));
            placed.extend(view.promises.iter().filter_map(|promise| mile_of_promise(promise, &pen)));
            // What the incident itself says stands before what is on record for the same time: stable sorting keeps the rest.
            placed.sort_by_key(|placed| (placed.at.from, !matches!(placed.line, Line::Mile(Mile { late: false, .. }))));
        }
        let (page, pages) = window(&mut placed, filter);
        let days = days(placed, &pen, filtered);
        let count = if filtered { "timeline-count-filtered" } else { "timeline-count" };
        let args = crate::render::words::Args::new().number("count", number(view.entries.len())).number("shown", number(shown));
        Self {
            long: days.len() > 2,
            days,
            kinds: kinds(view, reader, filter),
            companies: companies(view, filter),
            words: filter.words.clone(),
            counted: filter.counted.map(|figure| reader.get(&format!("counted-{figure}"))).unwrap_or_default(),
            filtered,
            count: reader.with_args(count, &args),
            empty: view.entries.is_empty(),
            zone: reader.zone_name(view.as_of),
            pager: Pager::new(reader.words(), (number(page), number(pages)), |page| filter.address(&view.number, page)),
        }
    }
}

/// Leaves only the page that is asked for; answers with which it is, from 1, and how many there are. The last page, with which it begins,
/// is always a full one.
fn window(placed: &mut Vec<Placed>, filter: &TimelineFilter) -> (usize, usize) {
    let pages = placed.len().div_ceil(LINES_PER_PAGE).max(1);
    let of_entry = filter.entry.and_then(|uid| placed.iter().position(|line| line.entries.contains(&uid)));
    let page = of_entry.map(|line| pages - (placed.len() - 1 - line) / LINES_PER_PAGE);
    let page = page.or(filter.page).unwrap_or(pages).clamp(1, pages);
    let end = placed.len() - (pages - page) * LINES_PER_PAGE;
    placed.truncate(end);
    placed.drain(..end.saturating_sub(LINES_PER_PAGE));
    (page, pages)
}

/// The view's timeline; the runs are gathered before anything is left out, or a run of nine would become one of three.
fn items<'a>(view: &'a View<Internal>, sieve: &'a Sieve<'a>) -> impl Iterator<Item = TimelineItem<'a>> {
    view.timeline().into_iter().filter(|item| match item {
        TimelineItem::One(entry) => sieve.passes(entry),
        TimelineItem::Attempts(attempts) => attempts.entries.iter().any(|entry| sieve.passes(entry)),
    })
}

fn place(item: &TimelineItem<'_>, pen: &Pen<'_>) -> Option<Placed> {
    match item {
        TimelineItem::One(entry) => Some(Placed {
            at: entry.occurred.clone(),
            end: match entry.call.as_ref().and_then(|call| call.ended) {
                Some(ended) => Moment::exact(ended, entry.occurred.zone),
                None => entry.occurred.clone(),
            },
            entries: vec![entry.uid],
            line: Line::Entry(Box::new(pen.entry(entry))),
        }),
        TimelineItem::Attempts(attempts) => Some(Placed {
            at: Moment::exact(attempts.from, attempts.entries.first()?.occurred.zone),
            end: Moment::exact(attempts.to, attempts.entries.first()?.occurred.zone),
            entries: attempts.entries.iter().map(|entry| entry.uid).collect(),
            line: Line::Attempts(Box::new(pen.attempts(attempts)?)),
        }),
    }
}

fn mile_of_time(time: &TimeView, pen: &Pen<'_>) -> Placed {
    let reader = pen.reader;
    let note = if time.which == Which::Mitigated { reader.get("incident-cause-stands") } else { String::new() };
    Placed {
        at: time.at.clone(),
        end: time.at.clone(),
        entries: Vec::new(),
        line: Line::Mile(Mile {
            when: pen.when(&time.at),
            lead: reader.value("time", time.which),
            rest: time.by.clone().unwrap_or_default(),
            note,
            full: matches!(time.which, Which::Mitigated | Which::Restored | Which::Closed),
            late: false,
        }),
    }
}

/// A promise at the time at which it falls, or fell, due.
fn mile_of_promise(promise: &PromiseView, pen: &Pen<'_>) -> Option<Placed> {
    let settled_otherwise = matches!(promise.state, PromiseState::Withdrawn | PromiseState::Moved);
    let due = promise.due.as_ref().filter(|_| promise.struck.is_none() && !settled_otherwise)?;
    let reader = pen.reader;
    let settled = promise.settled.as_ref().map(|settled| reader.with("promise-settled-at", "at", reader.told(settled)));
    let state = reader.say(&pen.teller.state(promise));
    Some(Placed {
        at: due.clone(),
        end: due.clone(),
        entries: Vec::new(),
        line: Line::Mile(Mile {
            when: pen.when(due),
            lead: reader.get("mile-due"),
            rest: reader.quoted(&promise.quote.words),
            note: reader.line(&[reader.say(&pen.teller.who(&promise.quote.who)), state, settled.unwrap_or_default()]),
            full: promise.state == PromiseState::Kept,
            late: promise.overdue || promise.state == PromiseState::Broken,
        }),
    })
}

/// Under which heading a moment stands: its day, or, where it is known less well than that, itself.
fn heading(at: &Moment, reader: Reader) -> (Option<NaiveDate>, String) {
    // Late evening until after midnight is still an evening.
    if at.to - at.from < Duration::hours(30) {
        let day = reader.date(at.from);
        (Some(day), reader.day(day))
    } else {
        (None, reader.moment(at).text)
    }
}

fn days(placed: Vec<Placed>, pen: &Pen<'_>, filtered: bool) -> Vec<Day> {
    let mut days: Vec<Day> = Vec::new();
    let mut current: Option<(Option<NaiveDate>, String)> = None;
    let mut end: Option<Moment> = None;
    for Placed { at, end: ended, line, .. } in placed {
        let key = heading(&at, pen.reader);
        if current.as_ref() != Some(&key) {
            days.push(Day {
                id: key.0.map_or_else(|| format!("d-{}", days.len()), |day| format!("d-{day}")),
                label: key.1.clone(),
                hours: key.0.filter(|_| !filtered).map(|day| hours(day, pen)),
                lines: Vec::new(),
            });
            (current, end) = (Some(key), None);
        }
        let Some(day) = days.last_mut() else { continue };
        if let Some(gap) = end.as_ref().filter(|_| !filtered).and_then(|end| gap(end, &at, pen.reader)) {
            day.lines.push(Line::Gap(gap));
        }
        day.lines.push(line);
        end = match end {
            Some(before) if before.to > ended.to => Some(before),
            _ => Some(ended),
        };
    }
    days
}

/// What lies between the end of one thing and the next, where it is worth a word.
fn gap(end: &Moment, next: &Moment, reader: Reader) -> Option<Gap> {
    let between = end.until(next);
    let minutes = between.min.num_minutes();
    let size = match minutes {
        ..20 => return None,
        20..60 => 1,
        60..150 => 2,
        150..300 => 3,
        300..600 => 4,
        _ => 5,
    };
    let whole = |length: Duration| Duration::minutes(length.num_minutes());
    let text = reader.with("gap", "span", reader.span(Span { min: whole(between.min), max: whole(between.max) }));
    Some(Gap { size, text: if size > 1 { text } else { String::new() } })
}

fn kinds(view: &View<Internal>, reader: Reader, filter: &TimelineFilter) -> Vec<Choice> {
    let occurring = EntryKind::ALL.iter().filter(|kind| view.entries.iter().any(|entry| entry.kind == **kind));
    occurring
        .map(|kind| Choice {
            value: kind.to_string(),
            text: reader.value("entry-kind", kind),
            chosen: filter.kind == Some(*kind),
        })
        .collect()
}

fn companies(view: &View<Internal>, filter: &TimelineFilter) -> Vec<Choice> {
    let mut names: Vec<&str> = view.entries.iter().filter_map(|entry| entry.company.as_deref()).collect();
    names.sort_unstable();
    names.dedup();
    let choice = |name: &str| Choice { value: name.to_owned(), text: name.to_owned(), chosen: filter.company == name };
    names.into_iter().map(choice).collect()
}
