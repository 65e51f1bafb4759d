//! Times and durations on paper: the domain's way of showing them, with the style in which each part is set.

use chrono::{NaiveDate, TimeDelta};

use super::sheet::{Line, Style};
use crate::domain::locale::{Locale, Zone};
use crate::domain::moment::show::{at, day, seconds_text, span_text, time_only};
use crate::domain::moment::{Moment, Span, Stamp};
use crate::render::words::{Args, Words};

/// Writes times as they are read in one zone.
#[derive(Clone, Copy, Debug)]
pub struct When {
    words: Words,
    zone: Zone,
    /// The day of the paper: its year goes without saying.
    today: NaiveDate,
}

/// A moment longer than this belongs to no single day.
const ONE_DAY_AT_MOST: TimeDelta = TimeDelta::hours(36);

impl When {
    /// Times as read in `zone` at the time `now`.
    pub fn new(words: Words, zone: Zone, now: Stamp) -> Self {
        Self { words, zone, today: now.with_timezone(&zone).date_naive() }
    }

    /// The clock alone: `10:21`.
    pub fn clock(&self, at: Stamp) -> String {
        time_only(at, self.zone)
    }

    /// The day alone; with the year, where it is not that of the paper.
    pub fn day(&self, at: Stamp) -> String {
        day(self.date(at), self.locale(), Some(self.today))
    }

    /// Year, day, clock and zone.
    pub fn official(&self, time: Stamp) -> String {
        let text = at(time, self.locale(), self.zone, None);
        format!("{text} {}", time.with_timezone(&self.zone).format("%Z"))
    }

    /// Short enough for a foot: `2006-11-24 09:00 JST`.
    pub fn short(&self, time: Stamp) -> String {
        time.with_timezone(&self.zone).format("%Y-%m-%d %H:%M %Z").to_string()
    }

    /// A moment: exact; or in its own words with both ends behind; or its ends alone.
    pub fn moment(&self, moment: &Moment) -> Line {
        let shown = moment.shown(self.locale(), self.zone, Some(self.today));
        match shown.words {
            Some(words) if shown.rough => {
                let ends = self.words.with("paper-ends", &Args::new().text("ends", shown.text));
                Line::new().and(Style::Rough, words).and(Style::Soft, ends)
            }
            _ => Line::new().and(if shown.rough { Style::Rough } else { Style::Plain }, shown.text),
        }
    }

    /// A moment under the heading of its day, and its ends where they are not in the words.
    pub fn moment_of_day(&self, moment: &Moment) -> (Line, String) {
        if moment.is_exact() {
            return (Line::new().plain(self.clock(moment.from)), String::new());
        }
        let whole = self.moment_text(moment);
        let heading = if self.belongs_to_a_day(moment) { self.day(moment.from) } else { whole.clone() };
        // What the heading says already is not said again.
        let ends = whole.strip_prefix(&heading).unwrap_or(&whole).trim_start().to_owned();
        match &moment.words {
            Some(words) => (Line::new().and(Style::Rough, words.clone()), ends),
            None => (Line::new().and(Style::Rough, ends), String::new()),
        }
    }

    /// The heading under which a moment stands: its day, or all of it where it is longer than one.
    pub fn heading(&self, moment: &Moment) -> String {
        if self.belongs_to_a_day(moment) { self.day(moment.from) } else { self.moment_text(moment) }
    }

    /// A duration at both readings.
    pub fn span(&self, span: &Span) -> String {
        span_text(*span, self.locale())
    }

    /// A duration, exact to the second.
    pub fn duration(&self, seconds: i64) -> String {
        seconds_text(seconds, self.locale())
    }

    /// A duration as a figure: numbers strong, units plain.
    pub fn figure(&self, seconds: i64) -> Line {
        let text = self.duration(seconds);
        let chars: Vec<char> = text.chars().collect();
        let runs = chars.chunk_by(|a, b| a.is_ascii_digit() == b.is_ascii_digit());
        runs.fold(Line::new(), |line, run| {
            let style = if run.iter().all(char::is_ascii_digit) { Style::Strong } else { Style::Plain };
            line.and(style, run.iter().collect::<String>())
        })
    }

    fn moment_text(&self, moment: &Moment) -> String {
        moment.shown(self.locale(), self.zone, Some(self.today)).text
    }

    fn belongs_to_a_day(&self, moment: &Moment) -> bool {
        moment.to - moment.from <= ONE_DAY_AT_MOST
    }

    const fn locale(&self) -> Locale {
        self.words.locale()
    }

    fn date(&self, at: Stamp) -> NaiveDate {
        at.with_timezone(&self.zone).date_naive()
    }
}
