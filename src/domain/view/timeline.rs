//! The timeline as it is read: a run of failed attempts is one line, not nine.

use crate::domain::entry::EntryKind;
use crate::domain::moment::Stamp;

use super::{Audience, EntryView, View};

/// One line of the timeline.
#[derive(Clone, Debug)]
pub enum TimelineItem<'a> {
    /// An entry by itself.
    One(&'a EntryView),
    /// A run of failed attempts at reaching one company.
    Attempts(Attempts<'a>),
}

/// A run of failed attempts, nothing between them.
#[derive(Clone, Debug)]
pub struct Attempts<'a> {
    /// The company.
    pub company: Option<&'a str>,
    /// The attempts; at least two.
    pub entries: Vec<&'a EntryView>,
    /// When the first was dialled.
    pub from: Stamp,
    /// When the last was given up, or dialled.
    pub to: Stamp,
    /// What they took together, in seconds.
    pub seconds: i64,
}

impl<A: Audience> View<A> {
    /// The timeline, with runs of failed attempts gathered.
    pub fn timeline(&self) -> Vec<TimelineItem<'_>> {
        self.entries
            .chunk_by(|one, next| gathers(one) && gathers(next) && one.company == next.company)
            .map(|run| match run {
                [one] => TimelineItem::One(one),
                run => TimelineItem::Attempts(Attempts::of(run)),
            })
            .collect()
    }

    /// When the latest of what it shows was recorded, in microseconds since 1970; 0 where there is nothing. Whoever asks for what
    /// came since then misses nothing that was being written while this was read.
    pub fn seen(&self) -> i64 {
        self.entries.iter().map(|entry| entry.recorded_at.timestamp_micros()).max().unwrap_or_default()
    }
}

fn gathers(entry: &EntryView) -> bool {
    // What was said in an attempt (to a machine, say), or was struck out, must stay visible by itself.
    entry.kind == EntryKind::FailedAttempt
        && entry.struck.is_none()
        && entry.statements.is_empty()
        && entry.body.is_empty()
        && entry.files.is_empty()
}

impl<'a> Attempts<'a> {
    fn of(run: &'a [EntryView]) -> Self {
        let first = &run[0];
        let ends = run.iter().map(|entry| entry.call.as_ref().and_then(|call| call.ended).unwrap_or(entry.occurred.to));
        Self {
            company: first.company.as_deref(),
            entries: run.iter().collect(),
            from: first.call.as_ref().map_or(first.occurred.from, |call| call.dialled),
            to: ends.max().unwrap_or(first.occurred.to),
            seconds: run.iter().filter_map(|entry| entry.call.as_ref()?.length_seconds).sum(),
        }
    }
}
