//! Deadlines → a calendar (RFC 5545), for programs that read it again and again.

use icalendar::{Calendar, Component, Event, EventLike, EventStatus, Property};

use super::say::Voice;
use super::words::{Args, Words};
use crate::domain::deadline::Kept;
use crate::domain::locale::Zone;

/// The most octets of a line, without its end (RFC 5545, section 3.1).
const LINE: usize = 75;

/// How often a program should look again: every hour.
const LOOK_AGAIN: &str = "PT1H";

/// The calendar of these deadlines in the language of `words`, times in words as read in `zone`. Below `base`, if it is given, stands
/// the address of each incident.
pub fn calendar(kept: &[Kept], words: Words, zone: Zone, base: Option<&str>) -> String {
    let mut calendar = Calendar::empty();
    for (key, value) in [("VERSION", "2.0"), ("PRODID", "-//Tellonce//Tellonce//EN"), ("CALSCALE", "GREGORIAN")] {
        calendar.append_property(Property::new(key, value));
    }
    calendar.name(&words.get("calendar-name"));
    calendar.append_property(Property::new("REFRESH-INTERVAL", LOOK_AGAIN).add_parameter("VALUE", "DURATION").done());
    calendar.append_property(Property::new("X-PUBLISHED-TTL", LOOK_AGAIN));
    for one in kept {
        calendar.push(event(one, words, Voice::new(words, zone, None), base));
    }
    folded(&calendar.to_string())
}

fn event(kept: &Kept, words: Words, voice: Voice, base: Option<&str>) -> Event {
    let deadline = &kept.deadline;
    let (what, by) = (voice.say(&deadline.what()), voice.say(&deadline.by()));
    let incident = deadline.incident.to_string();
    let summary = Args::new().text("what", what).text("incident", incident.clone());
    let description = Args::new()
        .text("incident", format!("{incident} {}", deadline.title))
        .text("company", deadline.company_name.clone())
        .text("by", by);
    let mut event = Event::with_uid(&format!("{}@tellonce", deadline.uid));
    event
        .timestamp(kept.changed_at)
        .last_modified(kept.changed_at)
        .sequence(u32::try_from(kept.sequence).unwrap_or(u32::MAX))
        .summary(&plain(&words.with("calendar-summary", &summary)))
        .description(&plain(&words.with("calendar-description", &description)))
        .status(if kept.is_gone { EventStatus::Cancelled } else { EventStatus::Confirmed })
        // Whoever must keep a deadline is not busy until then.
        .add_property("TRANSP", "TRANSPARENT");
    match deadline.day() {
        Some(day) => event.starts(day),
        None => event.starts(deadline.at),
    };
    if let Some(base) = base {
        event.url(&format!("{base}/incidents/{incident}"));
    }
    event.done()
}

/// A text without what a calendar cannot hold: control characters but the end of a line.
fn plain(text: &str) -> String {
    text.replace("\r\n", "\n").replace('\r', "\n").chars().filter(|c| *c == '\n' || !c.is_control()).collect()
}

/// Folds every line at 75 octets, never within a character. What the calendar was written with counts a continued line without the
/// blank it begins with, so that a line can come out one octet too long.
fn folded(written: &str) -> String {
    let mut text = String::with_capacity(written.len() + written.len() / LINE * 3);
    for line in written.replace("\r\n ", "").split_terminator("\r\n") {
        let mut length = 0;
        for c in line.chars() {
            if length + c.len_utf8() > LINE {
                text.push_str("\r\n ");
                length = 1;
            }
            text.push(c);
            length += c.len_utf8();
        }
        text.push_str("\r\n");
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::locale::{DEFAULT_ZONE, Locale};
    use crate::render::pages::deadlines::samples;
    use crate::render::sample;

    fn written(locale: Locale) -> String {
        let kept = |(n, deadline)| Kept { deadline, sequence: n, changed_at: sample::friday(), is_gone: n == 3 };
        let kept: Vec<Kept> = (0..).zip(samples::all()).map(kept).collect();
        calendar(&kept, Words::new(locale), DEFAULT_ZONE, Some("https://tellonce.example"))
    }

    #[test]
    fn no_line_is_longer_than_75_octets_and_none_breaks_a_character() {
        for locale in [Locale::Ja, Locale::En] {
            let text = written(locale);
            assert!(text.ends_with("END:VCALENDAR\r\n"));
            for line in text.split_terminator("\r\n") {
                assert!(line.len() <= LINE && !line.contains(['\r', '\n']), "{} octets: {line}", line.len());
            }
        }
        for length in 70..240 {
            let line = format!("X:{}", "加".repeat(length / 3) + &"a".repeat(length % 3));
            assert_eq!(folded(&format!("{line}\r\n")).replace("\r\n ", ""), format!("{line}\r\n"));
            let once = icalendar::Calendar::empty().append_property(Property::new("X", "a".repeat(length))).to_string();
            assert!(folded(&once).split("\r\n").all(|line| line.len() <= LINE), "{length}");
        }
    }

    #[test]
    fn a_last_day_is_a_day_and_a_time_is_in_utc_and_what_is_gone_is_cancelled() {
        let text = written(Locale::En).replace("\r\n ", "");
        for line in [
            "DTSTART;VALUE=DATE:20061122\r\n",
            "DTSTART:20061123T000000Z\r\n",
            "STATUS:CANCELLED\r\n",
            "SEQUENCE:3\r\n",
            "UID:claim-0@tellonce\r\n",
            "URL:https://tellonce.example/incidents/INC-2006-0007\r\n",
        ] {
            assert!(text.contains(line), "{line} is missing: {text}");
        }
        assert!(text.contains("第12条\\, 第2項\\; 減額\\\\料金\\n加"), "{text}");
        assert_eq!(text.matches("DTSTAMP:").count(), 4);
    }
}
