//! The dates of mails.

use chrono::{DateTime, FixedOffset, NaiveDate, NaiveTime, TimeZone as _, Utc};

/// A moment as a mail names it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Written {
    /// The moment.
    pub at: DateTime<Utc>,
    /// How far the writer's clock was from UTC; none where the mail does not say (RFC 5322, 3.3: `-0000`, and unknown names).
    pub offset: Option<FixedOffset>,
}

/// The date of `Date:` or, after its last semicolon, of `Received:`.
pub fn last(value: &str) -> Option<Written> {
    parse(value.rsplit(';').next().unwrap_or_default())
}

/// RFC 5322, 3.3 and 4.3, and near misses: no day of the week, no seconds, a zone in brackets, the order of ISO 8601.
fn parse(text: &str) -> Option<Written> {
    if let Ok(at) = DateTime::parse_from_rfc3339(text.trim()) {
        return Some(Written { at: at.to_utc(), offset: Some(*at.offset()) });
    }
    let plain: String = text.chars().map(|c| if "(),".contains(c) { ' ' } else { c }).collect();
    let tokens: Vec<&str> = plain.split_whitespace().collect();
    let clock = tokens.iter().position(|token| token.contains(':'))?;
    let (zone, time) = (zone(&tokens[clock + 1..])?, time(tokens[clock])?);
    let local = day(&tokens[..clock]).or_else(|| day(&tokens))?.and_time(time);
    let east = zone.unwrap_or(FixedOffset::east_opt(0)?);
    let at = east.from_local_datetime(&local).single()?.to_utc();
    Some(Written { at, offset: zone })
}

fn time(text: &str) -> Option<NaiveTime> {
    let mut parts = text.split(':').map(|part| part.split('.').next().unwrap_or_default().parse::<u32>().ok());
    let (hour, minute, second) = (parts.next()??, parts.next()??, parts.next().unwrap_or(Some(0))?);
    // A leap second is shown as the one before it.
    NaiveTime::from_hms_opt(hour, minute, second.min(59))
}

fn day(tokens: &[&str]) -> Option<NaiveDate> {
    let apart: Vec<&str> = tokens.iter().flat_map(|token| token.split(['-', '/'])).filter(|token| !token.is_empty()).collect();
    let named = apart.iter().position(|token| month(token).is_some());
    let numbers: Vec<u32> = apart.iter().filter_map(|token| token.parse().ok()).collect();
    let (year, month, day) = match (named, &numbers[..]) {
        (Some(at), [day, year, ..]) if *day <= 31 => (*year, month(apart[at])?, *day),
        (None, [year, month, day, ..]) if *year > 31 => (*year, *month, *day),
        _ => return None,
    };
    // RFC 5322, 4.3: years of two digits.
    let year = match year {
        0..=49 => year + 2000,
        50..=999 => year + 1900,
        _ => year,
    };
    NaiveDate::from_ymd_opt(i32::try_from(year).ok().filter(|year| *year < 10_000)?, month, day)
}

fn month(token: &str) -> Option<u32> {
    let months = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
    let token = token.get(..3)?.to_ascii_lowercase();
    months.iter().position(|month| *month == token).and_then(|at| u32::try_from(at + 1).ok())
}

/// The zone of the first token that is one: an offset, nothing known of it, or — in the outer `Option` — no zone at all, and so
/// no moment.
fn zone(tokens: &[&str]) -> Option<Option<FixedOffset>> {
    tokens.iter().find_map(|token| match token.as_bytes() {
        b"-0000" => Some(None),
        [sign @ (b'+' | b'-'), digits @ ..] => {
            let digits = std::str::from_utf8(digits).ok()?.replace(':', "");
            let number = digits.parse::<i32>().ok().filter(|_| digits.len() == 4)?;
            let seconds = (number / 100 * 60 + number % 100) * 60;
            FixedOffset::east_opt(if *sign == b'-' { -seconds } else { seconds }).map(Some)
        }
        name if name.len() <= 5 && name.iter().all(u8::is_ascii_alphabetic) => Some(named_zone(token)),
        _ => None,
    })
}

/// The zones of RFC 5322, 4.3, and Japan's.
fn named_zone(name: &str) -> Option<FixedOffset> {
    let hours = match name.to_ascii_uppercase().as_str() {
        "UT" | "GMT" | "UTC" | "Z" => 0,
        "JST" => 9,
        "EDT" => -4,
        "EST" | "CDT" => -5,
        "CST" | "MDT" => -6,
        "MST" | "PDT" => -7,
        "PST" => -8,
        _ => return None,
    };
    FixedOffset::east_opt(hours * 3600)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn written(text: &str) -> Option<String> {
        last(text).map(|written| format!("{} {:?}", written.at.format("%F %T"), written.offset.map(|offset| offset.to_string())))
    }

    #[test]
    fn a_date_is_a_moment_and_the_offset_of_the_writers_clock() {
        let evening = Some("2026-04-29 14:45:22 Some(\"+09:00\")".to_owned());
        for text in [
            "Wed, 29 Apr 2026 23:45:22 +0900 (JST)",
            "29 Apr 26 23:45:22 +0900",
            "Wed, 29 Apr 2026 23:45:22 JST",
            "Wed,29 April 2026 23:45:22 (+0900)",
            "2026/04/29 23:45:22 +0900",
            "2026-04-29T23:45:22+09:00",
            "Wed, 29-Apr-2026 23:45:22 +09:00",
            "from a by b (Postfix) with ESMTP id 0; Wed, 29 Apr 2026 23:45:22 +0900",
            "Wed Apr 29 23:45:22 2026 +0900",
        ] {
            assert_eq!(written(text), evening, "{text}");
        }
        assert_eq!(written("29 Apr 2026 14:45 -0000"), Some("2026-04-29 14:45:00 None".to_owned()));
        assert_eq!(written("29 Apr 2026 14:45:60 XYZ"), Some("2026-04-29 14:45:59 None".to_owned()));
    }

    #[test]
    fn what_names_no_moment_is_no_date() {
        for text in [
            "",
            "yesterday",
            "29 Apr 2026",
            "31 Feb 2026 10:00 +0900",
            "29 Apr 2026 25:00 +0900",
            "29 Apr 2026 10:00",
            "::: +0000",
        ] {
            assert_eq!(written(text), None, "{text}");
        }
    }
}
