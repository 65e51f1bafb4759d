//! The hours of a day, drawn from midnight to midnight: when it was down, every call and attempt, what was only roughly
//! known, and what fell due. It shows how far apart things are, which a list cannot.

use chrono::NaiveDate;

use super::drawing::{Part, Strip};
use super::entry::Pen;
use crate::domain::incident::Which;
use crate::domain::moment::{Moment, Stamp};
use crate::domain::statement::PromiseState;
use crate::domain::view::EntryView;

/// The minutes of a day, by the clock.
const DAY: f64 = 1440.0;

/// The least width at which a part is seen, in minutes.
const LEAST: f64 = 4.0;

/// The hours of `day`.
pub fn hours(day: NaiveDate, pen: &Pen<'_>) -> Strip {
    let mut parts = down(day, pen);
    let entries = pen.view.entries.iter().filter(|entry| entry.struck.is_none());
    parts.extend(entries.filter_map(|entry| mark(day, entry, pen)));
    parts.extend(due(day, pen));
    Strip::new(DAY, DAY, parts)
}

/// How much of `from` to `to` lies in `day`, in minutes; none if nothing does.
fn within(day: NaiveDate, from: Stamp, to: Stamp, pen: &Pen<'_>) -> Option<(f64, f64)> {
    let reader = pen.reader;
    if reader.date(from) > day || reader.date(to) < day {
        return None;
    }
    let from = if reader.date(from) < day { 0.0 } else { reader.minute_of_day(from) };
    let to = if reader.date(to) > day { DAY } else { reader.minute_of_day(to) };
    Some((from, to.max(from)))
}

/// When it was down: surely, and where only roughly known, perhaps.
fn down(day: NaiveDate, pen: &Pen<'_>) -> Vec<Part> {
    let view = pen.view;
    let time = |which| view.times.iter().find(|time| time.which == which).map(|time| &time.at);
    let Some(started) = time(Which::Started) else { return Vec::new() };
    let now = Moment::exact(view.as_of, started.zone);
    let ended = [Which::Mitigated, Which::Restored, Which::Closed].into_iter().find_map(time).unwrap_or(&now);
    let surely = (started.to < ended.from).then_some(("s-down", started.to, ended.from));
    let perhaps = [("s-perhaps", started.from, started.to), ("s-perhaps", ended.from, ended.to)];
    let spans = perhaps.into_iter().filter(|(_, from, to)| from < to).chain(surely);
    spans.filter_map(|(class, from, to)| within(day, from, to, pen).map(|(from, to)| Part::new(class, from, to, 0.0))).collect()
}

fn mark(day: NaiveDate, entry: &EntryView, pen: &Pen<'_>) -> Option<Part> {
    let at = &entry.occurred;
    let (class, from, to) = match &entry.call {
        Some(call) if call.outcome.connected() => ("h-call", call.dialled, call.ended.unwrap_or(call.dialled)),
        Some(call) => ("h-fail", call.dialled, call.ended.unwrap_or(call.dialled)),
        None if at.is_exact() => ("h-dot", at.from, at.to),
        None => ("h-rough", at.from, at.to),
    };
    let (from, to) = within(day, from, to, pen)?;
    // What may have been at any time of the day says nothing about the hours.
    if class == "h-rough" && to - from > DAY - 1.0 {
        return None;
    }
    let headline = pen.teller.headline(entry);
    let title = pen.reader.line(&[pen.when(at).text, pen.reader.say(&headline.lead)]);
    Some(Part::new(class, from, to, LEAST).linked(format!("#e-{}", entry.uid), title))
}

/// What fell due.
fn due(day: NaiveDate, pen: &Pen<'_>) -> Vec<Part> {
    let open =
        pen.view.promises.iter().filter(|promise| {
            promise.struck.is_none() && !matches!(promise.state, PromiseState::Withdrawn | PromiseState::Moved)
        });
    open.filter_map(|promise| {
        let due = promise.due.as_ref()?;
        let late = promise.overdue || promise.state == PromiseState::Broken;
        let (from, to) = within(day, due.to, due.to, pen)?;
        let class = if late { "h-late" } else { "h-due" };
        Some(Part::new(class, from, to, LEAST).linked(format!("#p-{}", promise.uid), promise.quote.words.clone()))
    })
    .collect()
}
