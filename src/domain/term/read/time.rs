//! Times, dates and calendars of a case.

use std::collections::BTreeSet;

use chrono::{DateTime, Datelike, NaiveDate, NaiveDateTime, NaiveTime, Weekday};

use super::json::Node;
use super::{Problem, ReadError};
use crate::domain::calendar::{BusinessHours, Calendar, Holidays, WEEKDAYS};
use crate::domain::contract::Standing;
use crate::domain::locale::{DEFAULT_ZONE, Zone};
use crate::domain::moment::{Stamp, local, stamp};
use crate::domain::term::facts::{Fact, Outage};

/// The earliest and the latest instant that a time can mean.
type Ends = (Stamp, Stamp);

/// A time: a text, or an object with `at`, or with `from` and `to`, and then perhaps a `standing`.
pub(super) fn fact(node: Node<'_>, zone: Zone) -> Result<Fact, ReadError> {
    fact_of(node, zone, Standing::Established)
}

/// The same, of something that somebody stands behind as a whole: that holds where the time has no standing of its own.
pub(super) fn fact_of(node: Node<'_>, zone: Zone, whole: Standing) -> Result<Fact, ReadError> {
    if !node.is_map() {
        let (from, to) = ends(&node, zone)?;
        return Ok(Fact { from, to, standing: whole });
    }
    let map = node.map(&["at", "from", "to", "standing"])?;
    let standing = map.get("standing").map(|node| node.word()).transpose()?.unwrap_or(whole);
    let (from, to) = match map.get("at") {
        Some(at) => {
            if let Some(other) = map.get("from").or_else(|| map.get("to")) {
                return Err(other.error(Problem::Contradicts("at")));
            }
            ends(&at, zone)?
        }
        None => between(&node, ends(&map.required("from")?, zone)?, ends(&map.required("to")?, zone)?)?,
    };
    Ok(Fact { from, to, standing })
}

/// From the earliest of one to the latest of the other.
fn between(node: &Node<'_>, from: Ends, to: Ends) -> Result<Ends, ReadError> {
    if to.0 < from.0 && to.1 < from.1 {
        return Err(node.error(Problem::EndsSwapped));
    }
    Ok((from.0, to.1))
}

/// What a text can mean: a date alone is some time in that day, after its first instant.
fn ends(node: &Node<'_>, zone: Zone) -> Result<Ends, ReadError> {
    let text = node.text()?;
    let Some((day, clock)) = text.split_once('T') else {
        let day = date(node)?;
        return local::days(day, day, zone).ok_or_else(|| node.error(Problem::Skipped(text.to_owned())));
    };
    let day = parse_date(day).ok_or_else(|| node.error(Problem::NoDate(text.to_owned())))?;
    let unreadable = || node.error(Problem::NoTime(text.to_owned()));
    let (clock, offset) = match clock.find(['Z', '+', '-']) {
        Some(at) => clock.split_at(at),
        None => (clock, ""),
    };
    let local_time = NaiveDateTime::new(day, parse_clock(clock).ok_or_else(unreadable)?);
    if offset.is_empty() {
        return local::instants(local_time, zone).ok_or_else(|| node.error(Problem::Skipped(text.to_owned())));
    }
    let offset = if offset == "Z" { "+00:00" } else { offset };
    let full = format!("{}{offset}", local_time.format("%Y-%m-%dT%H:%M:%S%.f"));
    let at = DateTime::parse_from_rfc3339(&full).map_err(|_| unreadable())?;
    let at = stamp(at.to_utc());
    Ok((at, at))
}

/// `10:20`, `10:20:30`, `10:20:30.5`.
fn parse_clock(text: &str) -> Option<NaiveTime> {
    let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    let (whole, fraction) = text.split_once('.').map_or((text, None), |(whole, fraction)| (whole, Some(fraction)));
    let parts: Vec<&str> = whole.split(':').collect();
    if !(2..=3).contains(&parts.len()) || parts.iter().any(|part| part.len() != 2 || !digits(part)) {
        return None;
    }
    let number = |at: usize| parts.get(at).map_or(Some(0), |part| part.parse::<u32>().ok());
    let micros = match fraction {
        None => 0,
        Some(fraction) if parts.len() == 3 && (1..=9).contains(&fraction.len()) && digits(fraction) => {
            format!("{fraction:0<6}").get(..6)?.parse::<u32>().ok()?
        }
        Some(_) => return None,
    };
    NaiveTime::from_hms_micro_opt(number(0)?, number(1)?, number(2)?, micros)
}

/// A date of the calendar.
pub(super) fn date(node: &Node<'_>) -> Result<NaiveDate, ReadError> {
    let text = node.text()?;
    parse_date(text).ok_or_else(|| node.error(Problem::NoDate(text.to_owned())))
}

fn parse_date(text: &str) -> Option<NaiveDate> {
    // chrono alone would also read "+2006-1-2".
    let well_formed = text.len() == 10
        && text.bytes().enumerate().all(|(at, byte)| if matches!(at, 4 | 7) { byte == b'-' } else { byte.is_ascii_digit() });
    let day = well_formed.then(|| NaiveDate::parse_from_str(text, "%Y-%m-%d").ok())??;
    (day.year() >= 1).then_some(day)
}

/// The first day of a month, `2006-11`.
pub(super) fn month(node: &Node<'_>) -> Result<NaiveDate, ReadError> {
    let text = node.text()?;
    parse_date(&format!("{text}-01")).filter(|_| text.len() == 7).ok_or_else(|| node.error(Problem::NoDate(text.to_owned())))
}

/// A time during which it was down. Who stands behind it stands behind both ends.
pub(super) fn outage(node: &Node<'_>, zone: Zone) -> Result<Outage, ReadError> {
    let map = node.map(&["from", "to", "standing"])?;
    let end = |node: Node<'_>| {
        if !node.is_map() {
            return ends(&node, zone);
        }
        node.map(&["at", "from", "to"])?;
        fact(node, zone).map(|fact| (fact.from, fact.to))
    };
    let standing = map.get("standing").map(|node| node.word()).transpose()?.unwrap_or(Standing::Established);
    let from = end(map.required("from")?)?;
    let to = map.get("to").map(end).transpose()?;
    if to.is_some_and(|to| to.1 < from.0) {
        return Err(node.error(Problem::EndsSwapped));
    }
    Ok(Outage { from, to, standing })
}

/// A calendar. What it does not say is as in Japan.
pub(super) fn calendar(node: Node<'_>) -> Result<Calendar, ReadError> {
    let map = node.map(&["zone", "holidays", "business"])?;
    let zone = map.get("zone").map(|node| zone(&node)).transpose()?.unwrap_or(DEFAULT_ZONE);
    let holidays = map.get("holidays").map(|node| {
        let own = node.items()?.map(|node| date(&node)).collect::<Result<BTreeSet<_>, _>>()?;
        Ok(Holidays { national: false, own })
    });
    let business = map.get("business").map(|node| business(&node)).transpose()?.unwrap_or_default();
    Ok(Calendar { zone, holidays: holidays.transpose()?.unwrap_or_default(), business })
}

fn zone(node: &Node<'_>) -> Result<Zone, ReadError> {
    let name = node.text()?;
    let unknown = || Problem::UnknownWord { word: name.to_owned(), known: "the names of the IANA time zones".to_owned() };
    name.parse().map_err(|_| node.error(unknown()))
}

fn business(node: &Node<'_>) -> Result<BusinessHours, ReadError> {
    let map = node.map(&["days", "from", "to"])?;
    let usual = BusinessHours::default();
    let days = match map.get("days") {
        Some(node) => node.some_items()?.map(|node| weekday(&node)).collect::<Result<_, _>>()?,
        None => usual.days,
    };
    let from = map.get("from").map(|node| clock(&node)).transpose()?.unwrap_or(usual.from);
    let to = match map.get("to") {
        Some(node) if node.text() == Ok("24:00") => None,
        Some(node) => Some(clock(&node)?),
        None => usual.to,
    };
    if to.is_some_and(|to| to <= from) {
        return Err(node.error(Problem::EndsSwapped));
    }
    Ok(BusinessHours { days, from, to })
}

fn weekday(node: &Node<'_>) -> Result<Weekday, ReadError> {
    let word = node.text()?;
    let found = WEEKDAYS.iter().find(|(name, _)| *name == word).map(|(_, day)| *day);
    found.ok_or_else(|| {
        let known = WEEKDAYS.map(|(name, _)| name).join(", ");
        node.error(Problem::UnknownWord { word: word.to_owned(), known })
    })
}

fn clock(node: &Node<'_>) -> Result<NaiveTime, ReadError> {
    let text = node.text()?;
    parse_clock(text).ok_or_else(|| node.error(Problem::NoTime(text.to_owned())))
}
