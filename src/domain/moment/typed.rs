//! The machine form of a moment: `2006-11-22T10:20`, `2006-11-21T21:00/2006-11-21T23:00`, `2006-11-22`, `2006-07`, each on the clocks of
//! its zone (ISO 8601). A local time that exists twice is written in UTC, with a `Z`; what machines write, with its offset (RFC 3339), is
//! read as well. Words may follow in 「」.
//!
//! A form's field holds the same as one reads it: `2006-11-22 10:20`, `2006-11-21 21:00〜23:00「昨夜10時頃」`.

use chrono::{Datelike, NaiveDate, NaiveDateTime, NaiveTime};

use super::parse::MomentError;
use super::{Moment, Stamp, local, stamp};
use crate::domain::locale::Zone;

impl Moment {
    /// The machine form of the interval, in its zone. `parse` reads it back to the same interval.
    pub fn typed(&self) -> String {
        if let Some((first, last)) = local::as_days(self.from, self.to, self.zone) {
            return typed_days(first, last);
        }
        let from = typed_instant(self.from, self.zone);
        if self.is_exact() { from } else { format!("{from}/{}", typed_instant(self.to, self.zone)) }
    }

    /// The interval as one reads it, with its words after it: `2006-11-21 21:00〜23:00「昨夜10時頃」`. What an editing form holds, so that
    /// saving it again loses nothing.
    pub fn typed_with_words(&self) -> String {
        match &self.words {
            Some(words) => format!("{}「{words}」", self.legible()),
            None => self.legible(),
        }
    }

    /// Whether `text` says it end by end, so that nothing had to be understood.
    pub fn is_spelled_by(&self, text: &str) -> bool {
        read(text, self.zone).is_some()
    }

    fn legible(&self) -> String {
        if let Some((first, last)) = local::as_days(self.from, self.to, self.zone) {
            return typed_days(first, last);
        }
        let instant = |at| typed_instant(at, self.zone).replacen('T', " ", 1);
        let (from, to) = (instant(self.from), instant(self.to));
        if self.is_exact() {
            return from;
        }
        let is_local = !from.ends_with('Z') && !to.ends_with('Z');
        match (from.split_once(' '), to.split_once(' ')) {
            (Some((day, _)), Some((same, time))) if is_local && day == same => format!("{from}〜{time}"),
            _ => format!("{from}〜{to}"),
        }
    }
}

fn typed_days(first: NaiveDate, last: NaiveDate) -> String {
    let whole_month = first.day() == 1 && local::month_end(first) == Some(last);
    match (first == last, whole_month) {
        (true, _) => first.to_string(),
        (false, true) => first.format("%Y-%m").to_string(),
        (false, false) => format!("{first}/{last}"),
    }
}

fn typed_instant(at: Stamp, zone: Zone) -> String {
    let clocks = at.with_timezone(&zone).naive_local();
    match local::instants(clocks, zone) {
        Some((one, other)) if one == other => clocks.format(pattern(clocks)).to_string(),
        _ => format!("{}Z", at.naive_utc().format(pattern(at.naive_utc()))),
    }
}

fn pattern(at: NaiveDateTime) -> &'static str {
    use chrono::Timelike;
    match (at.second(), at.nanosecond()) {
        (0, 0) => "%Y-%m-%dT%H:%M",
        (_, 0) => "%Y-%m-%dT%H:%M:%S",
        _ => "%Y-%m-%dT%H:%M:%S%.6f",
    }
}

/// Reads the machine form; none where `text` is not one, and is for the grammar to read.
pub(super) fn read(text: &str, zone: Zone) -> Option<Result<Moment, MomentError>> {
    let (ends, words) = split_words(text);
    let mut ends = ends.split(['/', '〜']).map(str::trim);
    let first = read_end(ends.next()?)?;
    let last = match ends.next() {
        None => first,
        Some(last) => read_end(last).or_else(|| later_that_day(first, last))?,
    };
    // A time that exists twice is not spelled by its clocks alone: in whose words it was told is kept then.
    let is_twofold =
        |end| matches!(end, End::Local(time) if local::instants(time, zone).is_some_and(|(one, other)| one != other));
    let as_people_write = !text.contains(['T', '/', '〜']) && words.is_none();
    if ends.next().is_some() || (as_people_write && is_twofold(first)) { None } else { Some(join(first, last, words, zone)) }
}

/// A time alone, on the day of the other end.
fn later_that_day(first: End, text: &str) -> Option<End> {
    let End::Local(first) = first else { return None };
    let time = TIMES.iter().find_map(|format| NaiveTime::parse_from_str(text, format).ok())?;
    Some(End::Local(first.date().and_time(time)))
}

/// How a time is written.
const TIMES: [&str; 2] = ["%H:%M", "%H:%M:%S%.f"];

/// The words in 「」 at the end.
pub(super) fn split_words(text: &str) -> (&str, Option<String>) {
    match text.strip_suffix('」').and_then(|text| text.split_once('「')) {
        Some((ends, words)) => (ends.trim(), Some(words.trim().to_owned()).filter(|words| !words.is_empty())),
        None => (text, None),
    }
}

fn join(first: End, last: End, words: Option<String>, zone: Zone) -> Result<Moment, MomentError> {
    let (from, to) = (first.bounds(zone)?.0, last.bounds(zone)?.1);
    if from > to {
        return Err(MomentError::EndsSwapped);
    }
    Ok(Moment { from, to, words, zone })
}

/// One end as it is written.
#[derive(Clone, Copy)]
enum End {
    Days(NaiveDate, NaiveDate),
    Local(NaiveDateTime),
    Utc(NaiveDateTime),
}

fn read_end(text: &str) -> Option<End> {
    let (year, rest) = text.split_once('-')?;
    let year_written = year.len() == 4 && year.bytes().all(|b| b.is_ascii_digit());
    if !year_written || rest.contains(|c: char| c.is_whitespace() && c != ' ') {
        return None;
    }
    let time = |text: &str| {
        let (day, time) = text.split_once(['T', ' '])?;
        let time = TIMES.iter().find_map(|format| NaiveTime::parse_from_str(time, format).ok())?;
        Some(NaiveDate::parse_from_str(day, "%Y-%m-%d").ok()?.and_time(time))
    };
    if let Ok(day) = NaiveDate::parse_from_str(text, "%Y-%m-%d") {
        return Some(End::Days(day, day));
    }
    if let Ok(first) = NaiveDate::parse_from_str(&format!("{text}-01"), "%Y-%m-%d") {
        return Some(End::Days(first, local::month_end(first)?));
    }
    if let Ok(at) = chrono::DateTime::parse_from_rfc3339(text) {
        return Some(End::Utc(at.naive_utc()));
    }
    match text.strip_suffix('Z') {
        Some(utc) => time(utc).map(End::Utc),
        None => time(text).map(End::Local),
    }
}

impl End {
    fn bounds(self, zone: Zone) -> Result<(Stamp, Stamp), MomentError> {
        match self {
            Self::Days(first, last) => local::days(first, last, zone).ok_or_else(|| MomentError::Skipped(first.to_string())),
            Self::Local(time) => {
                local::instants(time, zone).ok_or_else(|| MomentError::Skipped(time.format("%Y-%m-%d %H:%M").to_string()))
            }
            Self::Utc(time) => Ok((stamp(time.and_utc()), stamp(time.and_utc()))),
        }
    }
}
