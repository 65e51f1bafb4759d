//! Phrases of the domain → text, in one language and one zone.

use chrono::NaiveDate;

use super::words::{Args, Words};
use crate::domain::locale::Zone;
use crate::domain::moment::show;
use crate::domain::phrases::{Arg, Phrase};

/// Says phrases as they are read in one zone, on one day.
#[derive(Clone, Copy, Debug)]
pub struct Voice {
    words: Words,
    zone: Zone,
    /// The day whose year goes without saying; none: every year is said.
    today: Option<NaiveDate>,
}

impl Voice {
    /// In the language of `words`, times as read in `zone`.
    pub const fn new(words: Words, zone: Zone, today: Option<NaiveDate>) -> Self {
        Self { words, zone, today }
    }

    /// The text of `phrase`.
    pub fn say(self, phrase: &Phrase) -> String {
        let args = phrase.args.iter().fold(Args::new(), |args, (name, arg)| match arg {
            Arg::Number(number) => args.number(*name, *number),
            other => args.text(*name, self.value(other)),
        });
        self.words.with(phrase.key, &args)
    }

    fn value(self, arg: &Arg) -> String {
        let locale = self.words.locale();
        match arg {
            Arg::Text(text) => text.clone(),
            Arg::Number(number) => number.to_string(),
            Arg::Moment(moment) => moment.shown(locale, self.zone, self.today).line(locale),
            Arg::At(at) => show::at(*at, locale, self.zone, self.today),
            Arg::Day(day) => show::day(*day, locale, self.today),
            Arg::Seconds(seconds) => show::seconds_text(*seconds, locale),
            Arg::Span(span) => show::span_text(*span, locale),
            Arg::Phrase(phrase) => self.say(phrase),
        }
    }
}

/// A clause by its number and its heading; either may be empty.
pub fn clause(number: &str, heading: &str) -> String {
    format!("{number} {heading}").trim().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::locale::{DEFAULT_ZONE, Locale};
    use crate::domain::phrases::Teller;
    use crate::domain::view::{Audience, Internal, Outward, Provider, TimelineItem, View};
    use crate::render::sample;
    use crate::render::words::MISSING;

    /// Everything that can be said of a view, line by line.
    fn all<A: Audience>(view: &View<A>, locale: Locale) -> Vec<String> {
        let voice = Voice::new(Words::new(locale), DEFAULT_ZONE, NaiveDate::from_ymd_opt(2006, 11, 24));
        let teller = Teller::of(view);
        let lines = view.timeline().into_iter().map(|item| match item {
            TimelineItem::One(entry) => teller.headline(entry).line(),
            TimelineItem::Attempts(attempts) => teller.attempts(&attempts).line(),
        });
        let promises =
            view.promises.iter().flat_map(|promise| [teller.due(promise), teller.state(promise), teller.source(&promise.quote)]);
        let asks = view.asks.iter().map(|ask| teller.asked(ask));
        lines.chain(promises).chain(asks).map(|phrase| voice.say(&phrase)).collect()
    }

    #[test]
    fn the_whole_story_is_told_in_both_languages_and_to_both_sides() {
        for locale in [Locale::Ja, Locale::En] {
            let dossier = sample::story(locale);
            let outward = Outward::plain(dossier.incident.provider);
            let inward = all(&dossier.view::<Internal>(&None, sample::friday()), locale);
            let outward = all(&dossier.view::<Provider>(&outward, sample::friday()), locale);
            for line in inward.iter().chain(&outward) {
                assert!(!line.contains(MISSING.0) && !line.contains("{ $") && !line.is_empty(), "{line}");
            }
            assert!(inward.len() > outward.len());
        }
    }

    #[test]
    fn the_long_call_is_told_as_the_page_shows_it() {
        let told = |locale| all(&sample::story(locale).view::<Internal>(&None, sample::friday()), locale).join("\n");
        assert!(told(Locale::Ja).contains("一から説明 4分"), "{}", told(Locale::Ja));
        assert!(told(Locale::En).contains("told from the start 4 min"), "{}", told(Locale::En));
    }

    #[test]
    fn what_verify_finds_is_said_in_both_languages() {
        use crate::domain::ledger::{Difference, ObjectKind, Place, Report, What};
        let row = || Place::LedgerRow { chain: "incident:7".to_owned(), seq: 5 };
        let things = ObjectKind::ALL.iter().map(|kind| Place::Thing { kind: *kind, id: 1234 });
        let places = things.chain([row(), Place::Chain("house".to_owned()), Place::Table("more".to_owned()), Place::Seal]);
        let whats = [
            What::Unreadable("“x” is no time".to_owned()),
            What::Field("statements.2.words".to_owned()),
            What::Gap,
            What::Prev,
            What::Payload,
            What::Hash,
            What::Count,
            What::HeadHash,
            What::NoHead,
            What::NoChain,
            What::NotOpened,
            What::NotLedgered,
            What::Gone,
            What::OtherChain,
            What::Erased,
            What::StrayRows,
            What::UnknownTable,
            What::NoTable,
            What::NotAsSealed,
            What::SealBroken,
            What::FileMissing,
            What::FileAltered,
        ];
        let differences = places
            .map(|place| Difference { place, what: What::Gone })
            .chain(whats.map(|what| Difference { place: row(), what }))
            .map(Some);
        for difference in differences.chain([None]) {
            let report = Report { chains: 2, rows: 1200, things: 1, first_difference: difference, ..Report::default() };
            for locale in [Locale::Ja, Locale::En] {
                let said = Voice::new(Words::new(locale), DEFAULT_ZONE, None).say(&report.phrase());
                assert!(!said.contains(MISSING.0) && !said.contains("{ $"), "{said}");
            }
        }
        let good = Report { chains: 2, rows: 5, things: 1, ..Report::default() };
        let said = Voice::new(Words::new(Locale::En), DEFAULT_ZONE, None).say(&good.phrase());
        assert_eq!(
            said,
            "The record is as it was written: 5 rows of the ledger in 2 chains and one thing on record were checked."
        );
    }
}
