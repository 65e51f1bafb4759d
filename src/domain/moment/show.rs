//! Moments and durations as they are shown, in each language. Pure formats: the sentences around them are the catalogues'.
//!
//! An exact time is shown to the second it needs, a rough one as its interval in the shortest clear form, with the words
//! in which it was told beside it. The year stands where it is not that of the page.

use chrono::{Datelike, Duration, NaiveDate, NaiveDateTime, Timelike};
use serde::Serialize;

use self::names::{Names, names};
use super::{Moment, Span, Stamp, local};
use crate::domain::locale::{Locale, Zone};

mod names;
#[cfg(test)]
mod tests;

/// A moment, ready to be shown.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Shown {
    /// The time, or the interval.
    pub text: String,
    /// Whether it is an interval.
    pub rough: bool,
    /// The words in which a rough time was told.
    pub words: Option<String>,
}

impl Shown {
    /// Text and words in one line, for where nothing can stand beside: `11月21日(火) 21:00〜23:00「昨夜10時頃」`.
    pub fn line(&self, locale: Locale) -> String {
        let (open, close) = names(locale).quotes;
        match &self.words {
            Some(words) => format!("{}{open}{words}{close}", self.text),
            None => self.text.clone(),
        }
    }
}

impl Moment {
    /// The moment as it is shown in `zone`. The year stands where it differs from that of `reference` (the page's day),
    /// and always without one.
    pub fn shown(&self, locale: Locale, zone: Zone, reference: Option<NaiveDate>) -> Shown {
        if self.is_exact() {
            return Shown { text: at(self.from, locale, zone, reference), rough: false, words: None };
        }
        let text = match local::as_days(self.from, self.to, zone) {
            Some((first, last)) => days(first, last, locale, reference),
            None => interval(self, locale, zone, reference),
        };
        Shown { text, rough: true, words: self.words.clone() }
    }
}

/// An exact time with its day: `11月22日(水) 10:20`, `Wed 22 Nov 10:20`.
pub fn at(at: Stamp, locale: Locale, zone: Zone, reference: Option<NaiveDate>) -> String {
    let clocks = at.with_timezone(&zone).naive_local();
    format!("{} {}", day(clocks.date(), locale, reference), time_only(at, zone))
}

/// A time of day: `10:20`, with seconds where they are not zero. In an hour that the clocks repeat, which of the two is
/// told by the distance from UTC.
pub fn time_only(at: Stamp, zone: Zone) -> String {
    let at = at.with_timezone(&zone);
    let clocks = at.naive_local();
    let text = clock(clocks);
    match local::instants(clocks, zone) {
        Some((one, other)) if one != other => format!("{text} (UTC{})", at.format("%:z")),
        _ => text,
    }
}

fn clock(clocks: NaiveDateTime) -> String {
    clocks.format(if clocks.second() == 0 { "%H:%M" } else { "%H:%M:%S" }).to_string()
}

/// A day: `11月22日(水)`, `Wed 22 Nov`; with its year where that differs from the year of `reference`, or there is none.
pub fn day(day: NaiveDate, locale: Locale, reference: Option<NaiveDate>) -> String {
    day_with(day, locale, needs_year(day, reference))
}

fn needs_year(day: NaiveDate, reference: Option<NaiveDate>) -> bool {
    reference.is_none_or(|reference| reference.year() != day.year())
}

fn day_with(day: NaiveDate, locale: Locale, year: bool) -> String {
    let names = names(locale);
    let weekday = names.weekday(day);
    match (locale, year) {
        (Locale::Ja, true) => format!("{}年{}月{}日({weekday})", day.year(), day.month(), day.day()),
        (Locale::Ja, false) => format!("{}月{}日({weekday})", day.month(), day.day()),
        (Locale::En, true) => format!("{weekday} {} {} {}", day.day(), names.short_month(day), day.year()),
        (Locale::En, false) => format!("{weekday} {} {}", day.day(), names.short_month(day)),
    }
}

/// Whole days: a year, months, or days from one to another.
fn days(first: NaiveDate, last: NaiveDate, locale: Locale, reference: Option<NaiveDate>) -> String {
    if first == last {
        return day(first, locale, reference);
    }
    if first.day() == 1 && local::month_end(last) == Some(last) {
        return months(first, last, locale);
    }
    let one_year = first.year() == last.year();
    let year = needs_year(first, reference) || needs_year(last, reference);
    // Japanese does not repeat what has been said; English dates stand by themselves.
    let again = year && !(one_year && locale == Locale::Ja);
    format!("{}{}{}", day_with(first, locale, year), names(locale).to_spaced, day_with(last, locale, again))
}

/// Whole months, always with their year: `2006年7月中`, `July 2006`.
fn months(first: NaiveDate, last: NaiveDate, locale: Locale) -> String {
    let names = names(locale);
    let (one_month, one_year) = (first.month() == last.month(), first.year() == last.year());
    let whole_year = one_year && first.month() == 1 && last.month() == 12;
    let (from, to) = (first.year(), last.year());
    match locale {
        Locale::Ja if whole_year => format!("{from}年中"),
        Locale::Ja if one_year && one_month => format!("{from}年{}月中", first.month()),
        Locale::Ja if one_year => format!("{from}年{}月{}{}月中", first.month(), names.to, last.month()),
        Locale::Ja => format!("{from}年{}月{}{to}年{}月中", first.month(), names.to, last.month()),
        Locale::En if whole_year => from.to_string(),
        Locale::En if one_year && one_month => format!("{} {from}", names.month(first)),
        Locale::En if one_year => format!("{}{}{} {from}", names.month(first), names.to, names.month(last)),
        Locale::En => format!("{} {from}{}{} {to}", names.month(first), names.to_spaced, names.month(last)),
    }
}

/// An interval between two times.
fn interval(moment: &Moment, locale: Locale, zone: Zone, reference: Option<NaiveDate>) -> String {
    let names = names(locale);
    let (from, to) = without_ticks(moment);
    let (first, last) = (from.with_timezone(&zone).naive_local(), to.with_timezone(&zone).naive_local());
    if first.date() == last.date() {
        return format!("{}{}{}", at(from, locale, zone, reference), names.to, time_only(to, zone));
    }
    // Up to midnight is the day's own end, not the next day's.
    if last == midnight_after(first) {
        return format!("{}{}24:00", at(from, locale, zone, reference), names.to);
    }
    let year = needs_year(first.date(), reference) || needs_year(last.date(), reference);
    let again = year && !(first.year() == last.year() && locale == Locale::Ja);
    let start = format!("{} {}", day_with(first.date(), locale, year), time_only(from, zone));
    format!("{start}{}{} {}", names.to_spaced, day_with(last.date(), locale, again), time_only(to, zone))
}

/// A day told in another zone ends a tick beside the round times; nobody wants to read the tick.
fn without_ticks(moment: &Moment) -> (Stamp, Stamp) {
    let beside = |at: Stamp| at.timestamp_subsec_micros();
    let from = if beside(moment.from) == 1 { moment.from - local::TICK } else { moment.from };
    let to = if beside(moment.to) == 999_999 { moment.to + local::TICK } else { moment.to };
    (from, to)
}

fn midnight_after(clocks: NaiveDateTime) -> NaiveDateTime {
    clocks.date().and_time(chrono::NaiveTime::MIN) + Duration::days(1)
}

/// A duration as it is known: `12時間〜15時間30分`, `12 h – 15 h 30 min`; to the second.
pub fn span_text(span: Span, locale: Locale) -> String {
    let (min, max) = (whole_seconds(span.min), whole_seconds(span.max));
    if min == max {
        return seconds_text(min, locale);
    }
    // Known to a range only, it is not told to the second.
    let (min, max) = if max < 60 { (min, max) } else { (min - min % 60, max + (60 - max % 60) % 60) };
    format!("{}{}{}", seconds_text(min, locale), names(locale).to_spaced, seconds_text(max, locale))
}

/// To the nearest second: whole days end a tick beside it.
fn whole_seconds(duration: Duration) -> i64 {
    (duration + Duration::milliseconds(500)).num_seconds()
}

/// A duration in seconds: `30分30秒`, `30 min 30 s`, `2時間2分`; days from two on.
pub fn seconds_text(seconds: i64, locale: Locale) -> String {
    let names = names(locale);
    let sign = if seconds < 0 { "−" } else { "" };
    let parts = split(seconds.unsigned_abs());
    let told: Vec<String> = parts
        .into_iter()
        .zip(names.units)
        .filter(|(count, _)| *count > 0)
        .map(|(count, unit)| format!("{count}{}{unit}", names.before_unit))
        .collect();
    if told.is_empty() {
        return format!("0{}{}", names.before_unit, names.units[MINUTES]);
    }
    format!("{sign}{}", told.join(names.between_units))
}

/// Where the minutes stand among the units.
const MINUTES: usize = 2;

/// Days, hours, minutes and seconds. Below two days the hours go on counting: "26 hours" is clearer than "1 day 2 hours".
const fn split(seconds: u64) -> [u64; 4] {
    let days = if seconds < 2 * 86_400 { 0 } else { seconds / 86_400 };
    let rest = seconds - days * 86_400;
    [days, rest / 3600, rest / 60 % 60, rest % 60]
}

impl Names {
    fn weekday(&self, day: NaiveDate) -> &'static str {
        named(&self.weekdays, day.weekday().num_days_from_monday())
    }

    fn month(&self, day: NaiveDate) -> &'static str {
        named(&self.months, day.month0())
    }

    fn short_month(&self, day: NaiveDate) -> &'static str {
        let name = self.month(day);
        name.get(..3).unwrap_or(name)
    }
}

fn named(names: &[&'static str], index: u32) -> &'static str {
    usize::try_from(index).ok().and_then(|index| names.get(index)).copied().unwrap_or_default()
}
