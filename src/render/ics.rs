//! Things that happen on a day or at a time → a calendar (RFC 5545): a feed that programs read again and again, or a file.

use chrono::NaiveDate;
use icalendar::{Calendar, Component, Event, EventLike, EventStatus, Property};

use super::say::Voice;
use super::words::{Args, Words};
use crate::domain::deadline::{Deadline, Kept};
use crate::domain::locale::Zone;
use crate::domain::moment::Stamp;

/// The most octets of a line, without its end (RFC 5545, section 3.1).
const LINE: usize = 75;

/// How often a program should look again: every hour.
const LOOK_AGAIN: &str = "PT1H";

/// When an event begins.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Begins {
    /// It is a day.
    Day(NaiveDate),
    /// It is, or begins with, a point in time.
    At(Stamp),
}

/// One event.
#[derive(Clone, Debug)]
pub struct Happening {
    /// The same for the same thing, in every calendar of ours.
    pub uid: String,
    /// What it is, in one line.
    pub summary: String,
    /// What else is to be known.
    pub description: String,
    /// When it begins.
    pub begins: Begins,
    /// When it ends, where it lasts.
    pub ends: Option<Stamp>,
    /// When this was so.
    pub stamped: Stamp,
    /// How often it was changed.
    pub sequence: u32,
    /// Whether it is none any more.
    pub is_gone: bool,
    /// Where it can be read.
    pub url: Option<String>,
}

/// The calendar of these deadlines in the language of `words`, times in words as read in `zone`. Below `base`, if it is given, stands
/// the address of each incident.
pub fn calendar(kept: &[Kept], words: Words, zone: Zone, base: Option<&str>) -> String {
    let voice = Voice::new(words, zone, None);
    let happenings = kept.iter().map(|kept| Happening {
        sequence: u32::try_from(kept.sequence).unwrap_or(u32::MAX),
        is_gone: kept.is_gone,
        url: base.map(|base| format!("{base}/incidents/{}", kept.deadline.incident)),
        ..of_deadline(&kept.deadline, kept.changed_at, words, voice)
    });
    written(&words.get("calendar-name"), Some(LOOK_AGAIN), happenings)
}

/// A deadline as an event, as it was at `stamped`.
pub fn of_deadline(deadline: &Deadline, stamped: Stamp, words: Words, voice: Voice) -> Happening {
    let (what, by) = (voice.say(&deadline.what()), voice.say(&deadline.by()));
    let incident = deadline.incident.to_string();
    let summary = Args::new().text("what", what).text("incident", incident.clone());
    let description = Args::new()
        .text("incident", format!("{incident} {}", deadline.title))
        .text("company", deadline.company_name.clone())
        .text("by", by);
    Happening {
        uid: deadline.uid.clone(),
        summary: words.with("calendar-summary", &summary),
        description: words.with("calendar-description", &description),
        begins: deadline.day().map_or(Begins::At(deadline.at), Begins::Day),
        ends: None,
        stamped,
        sequence: 0,
        is_gone: false,
        url: None,
    }
}

/// A calendar of that name. `again` is how often a program should look again, where it is a feed.
pub fn written(name: &str, again: Option<&str>, happenings: impl IntoIterator<Item = Happening>) -> String {
    let mut calendar = Calendar::empty();
    for (key, value) in [("VERSION", "2.0"), ("PRODID", "-//Tellonce//Tellonce//EN"), ("CALSCALE", "GREGORIAN")] {
        calendar.append_property(Property::new(key, value));
    }
    calendar.name(&plain(name));
    if let Some(again) = again {
        calendar.append_property(Property::new("REFRESH-INTERVAL", again).add_parameter("VALUE", "DURATION").done());
        calendar.append_property(Property::new("X-PUBLISHED-TTL", again));
    }
    for happening in happenings {
        calendar.push(event(&happening));
    }
    folded(&calendar.to_string())
}

fn event(happening: &Happening) -> Event {
    let mut event = Event::with_uid(&format!("{}@tellonce", happening.uid));
    event
        .timestamp(happening.stamped)
        .last_modified(happening.stamped)
        .sequence(happening.sequence)
        .summary(&plain(&happening.summary))
        .description(&plain(&happening.description))
        .status(if happening.is_gone { EventStatus::Cancelled } else { EventStatus::Confirmed })
        // Whoever must keep a deadline is not busy until then, and what is over keeps nobody busy.
        .add_property("TRANSP", "TRANSPARENT");
    match happening.begins {
        Begins::Day(day) => event.starts(day),
        Begins::At(at) => event.starts(at),
    };
    if let Some(ends) = happening.ends {
        event.ends(ends);
    }
    if let Some(url) = &happening.url {
        event.url(url);
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
