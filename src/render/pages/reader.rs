//! Who reads a page: the language, the zone and the day in which everything on it is said.

use chrono::NaiveDate;

use crate::domain::locale::{Locale, Zone};
use crate::domain::moment::show::{self, Shown};
use crate::domain::moment::{Moment, Span, Stamp};
use crate::domain::phrases::Phrase;
use crate::render::frame::Frame;
use crate::render::say::Voice;
use crate::render::words::{Args, Words};

/// The reader's language, zone and day.
#[derive(Clone, Copy, Debug)]
pub struct Reader {
    words: Words,
    voice: Voice,
    locale: Locale,
    zone: Zone,
    today: NaiveDate,
}

impl Reader {
    /// The reader of `frame`, on the day of `now`.
    pub fn new(frame: &Frame, now: Stamp) -> Self {
        Self::of(frame.locale, frame.zone, now)
    }

    /// Whoever reads that language in that zone, on the day of `now`.
    pub fn of(locale: Locale, zone: Zone, now: Stamp) -> Self {
        let words = Words::new(locale);
        let today = now.with_timezone(&zone).date_naive();
        Self { words, voice: Voice::new(words, zone, Some(today)), locale, zone, today }
    }

    /// The zone in which they read times.
    pub const fn zone(self) -> Zone {
        self.zone
    }

    /// The texts of the reader's language.
    pub const fn words(self) -> Words {
        self.words
    }

    /// A phrase.
    pub fn say(self, phrase: &Phrase) -> String {
        self.voice.say(phrase)
    }

    /// A text that puts nothing in.
    pub fn get(self, key: &str) -> String {
        self.words.get(key)
    }

    /// A text with one thing put in.
    pub fn with(self, key: &str, name: &'static str, value: impl Into<String>) -> String {
        self.words.with(key, &Args::new().text(name, value))
    }

    /// A text with whatever is put in.
    pub fn with_args(self, key: &str, args: &Args) -> String {
        self.words.with(key, args)
    }

    /// A text with a number put in, `$count`.
    pub fn count(self, key: &str, count: i64) -> String {
        self.words.with(key, &Args::new().number("count", count))
    }

    /// A value of an enumeration in words: `{prefix}-{value}`.
    pub fn value(self, prefix: &str, value: impl std::fmt::Display) -> String {
        self.words.get(&format!("{prefix}-{value}"))
    }

    /// The text of `key`, or `otherwise` where the catalogue has none.
    pub fn get_or(self, key: &str, otherwise: &str) -> String {
        if self.words.has(key) { self.words.get(key) } else { otherwise.to_owned() }
    }

    /// A moment.
    pub fn moment(self, moment: &Moment) -> Shown {
        moment.shown(self.locale, self.zone, Some(self.today))
    }

    /// A moment in one short line: its own words where it has some.
    pub fn told(self, moment: &Moment) -> String {
        let shown = self.moment(moment);
        shown.words.unwrap_or(shown.text)
    }

    /// An exact time with its day.
    pub fn at(self, at: Stamp) -> String {
        show::at(at, self.locale, self.zone, Some(self.today))
    }

    /// An exact time with its day, and the name of the zone.
    pub fn at_in_zone(self, at: Stamp) -> String {
        format!("{} {}", self.at(at), self.zone_name(at))
    }

    /// An exact time of day.
    pub fn time(self, at: Stamp) -> String {
        show::time_only(at, self.zone)
    }

    /// A day.
    pub fn day(self, day: NaiveDate) -> String {
        show::day(day, self.locale, Some(self.today))
    }

    /// The day in which an instant falls for the reader.
    pub fn date(self, at: Stamp) -> NaiveDate {
        at.with_timezone(&self.zone).date_naive()
    }

    /// How far into its day an instant lies, in minutes on the clock.
    pub fn minute_of_day(self, at: Stamp) -> f64 {
        use chrono::Timelike;
        f64::from(at.with_timezone(&self.zone).num_seconds_from_midnight()) / 60.0
    }

    /// From one text to another: `09:45〜10:15`.
    pub fn from_to(self, from: &str, to: &str) -> String {
        self.words.with("from-to", &Args::new().text("from", from).text("to", to))
    }

    /// A duration known roughly or exactly.
    pub fn span(self, span: Span) -> String {
        show::span_text(span, self.locale)
    }

    /// A duration.
    pub fn seconds(self, seconds: i64) -> String {
        show::seconds_text(seconds, self.locale)
    }

    /// Words between quotation marks.
    pub fn quoted(self, words: &str) -> String {
        self.with("quoted", "words", words)
    }

    /// The name of the zone at `at`, such as JST.
    pub fn zone_name(self, at: Stamp) -> String {
        at.with_timezone(&self.zone).format("%Z").to_string()
    }

    /// Several texts in one line, those that are empty left out.
    pub fn line(self, texts: &[String]) -> String {
        texts.iter().filter(|text| !text.is_empty()).cloned().collect::<Vec<_>>().join(" · ")
    }
}

/// A count as the catalogue takes it.
pub fn number(count: usize) -> i64 {
    i64::try_from(count).unwrap_or(i64::MAX)
}
