//! A provider's record in words: the same figures, tables and picture for the page and for the paper.

use serde::Serialize;

use crate::domain::locale::{Locale, Zone};
use crate::domain::moment::show;
use crate::domain::moment::{Span, Stamp};
use crate::domain::provider_record::period::{Period, Quarter};
use crate::domain::provider_record::{Down, Notices, Promises, ProviderRecord, Row, Share, Sum, Totals};
use crate::domain::term::credit::Bounds;
use crate::domain::view::AudienceName;
use crate::render::words::{Args, Words};
use crate::render::{money, picture};

/// A figure: what it is, how much, and what it is made of.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Figure {
    /// What.
    pub label: String,
    /// How much.
    pub value: String,
    /// What it is made of; may be empty.
    pub detail: String,
}

/// A table: headings, and what stands under them.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Table {
    /// The headings.
    pub columns: Vec<String>,
    /// The rows, each with a cell for each heading.
    pub rows: Vec<Vec<String>>,
}

/// Says a record in one language, for one audience.
#[derive(Clone, Copy, Debug)]
pub struct RecordVoice<'a> {
    record: &'a ProviderRecord,
    words: Words,
    zone: Zone,
    outward: bool,
}

impl<'a> RecordVoice<'a> {
    /// For `audience`, with times as read in `zone`.
    pub fn new(record: &'a ProviderRecord, audience: AudienceName, words: Words, zone: Zone) -> Self {
        Self { record, words, zone, outward: audience == AudienceName::Provider }
    }

    /// The period in words, with its days.
    pub fn period(self) -> String {
        let (from, to) = self.record.days;
        let day = |day| show::day(day, self.words.locale(), None);
        let args = Args::new().text("from", day(from)).text("to", day(to));
        let days = self.words.with("record-days", &args);
        match self.record.period {
            Period::Between(..) => days,
            period => self
                .words
                .with("record-period-days", &Args::new().text("period", period_name(period, self.words)).text("days", days)),
        }
    }

    /// The totals.
    pub fn figures(self) -> Vec<Figure> {
        let totals = &self.record.totals;
        let mut figures = vec![
            self.figure("record-incidents", totals.incidents.to_string(), self.some("record-still", totals.still_down)),
            self.figure("record-down", self.down(totals), self.some("record-down-unknown", totals.down_unknown)),
        ];
        if !self.outward {
            figures.push(self.figure(
                "record-attempts",
                totals.attempts.to_string(),
                self.count("record-calls-count", totals.calls),
            ));
            figures.push(self.figure("record-waiting", self.seconds(totals.waiting), String::new()));
            figures.push(self.figure("record-retold", per_incident(totals), self.count("record-retold-count", totals.retold)));
        }
        figures.push(self.figure("record-promises", self.kept(totals.promises), self.promises(totals.promises)));
        if !self.outward {
            figures.push(self.figure("record-notices", self.met(totals.notices), self.notices(totals.notices)));
        }
        figures
    }

    fn figure(self, label: &str, value: String, detail: String) -> Figure {
        Figure { label: self.words.get(label), value, detail }
    }

    fn count(self, key: &str, n: usize) -> String {
        self.words.with(key, &Args::new().number("n", i64::try_from(n).unwrap_or(i64::MAX)))
    }

    fn some(self, key: &str, n: usize) -> String {
        if n == 0 { String::new() } else { self.count(key, n) }
    }

    fn seconds(self, seconds: i64) -> String {
        show::seconds_text(seconds, self.words.locale())
    }

    /// In whole minutes: the least cut, the most made full, so that what was is still between them. Alike, they stay so.
    fn span(self, (min, max): (i64, i64)) -> String {
        let least = min / 60 * 60;
        let most = if min == max { least } else { (max + 59) / 60 * 60 };
        let (min, max) = (chrono::Duration::seconds(least), chrono::Duration::seconds(most));
        show::span_text(Span { min, max }, self.words.locale())
    }

    fn down(self, totals: &Totals) -> String {
        self.span((totals.down_min, totals.down_max))
    }

    /// Kept in time, of all that were given.
    fn kept(self, promises: Promises) -> String {
        self.part(promises.kept, promises.given)
    }

    fn met(self, notices: Notices) -> String {
        self.part(notices.met, notices.met + notices.breached + notices.undetermined)
    }

    fn part(self, part: usize, all: usize) -> String {
        if all == 0 {
            return self.words.get("record-none");
        }
        let number = |n: usize| i64::try_from(n).unwrap_or(i64::MAX);
        self.words.with("record-of", &Args::new().number("part", number(part)).number("all", number(all)))
    }

    fn promises(self, promises: Promises) -> String {
        let broken = if self.outward { "record-broken-outward" } else { "record-broken" };
        self.listed([
            ("record-late", promises.kept_late),
            (broken, promises.broken),
            ("record-open", promises.open),
            ("record-moved", promises.moved),
        ])
    }

    fn notices(self, notices: Notices) -> String {
        self.listed([("record-breached", notices.breached), ("record-undetermined", notices.undetermined)])
    }

    fn listed<const N: usize>(self, parts: [(&str, usize); N]) -> String {
        let said = parts.into_iter().filter(|(_, n)| *n > 0).map(|(key, n)| self.count(key, n));
        said.collect::<Vec<_>>().join(&self.words.get("paper-separator"))
    }

    /// The credits, a row for each currency; none where there is nothing to tell.
    pub fn credits(self) -> Table {
        let said = |sum: Sum, currency: &str| {
            if sum.count == 0 {
                return self.words.get("record-none");
            }
            let known = sum.count > sum.unknown || sum.min > 0;
            let bounds = Bounds { min: known.then_some(sum.min), max: (sum.unknown == 0).then_some(sum.max) };
            let n = i64::try_from(sum.count).unwrap_or(i64::MAX);
            let args = Args::new().number("n", n).text("amount", money::amount(bounds, currency, self.words));
            self.words.with(if known { "record-amount" } else { "record-amount-unknown" }, &args)
        };
        let keys: &[&str] = if self.outward {
            &["record-currency", "record-claimed", "record-paid"]
        } else {
            &["record-currency", "record-due", "record-claimed", "record-paid", "record-lapsed"]
        };
        let row = |(currency, credits): (&String, &crate::domain::provider_record::Credits)| {
            let all = [credits.due, credits.claimed, credits.paid, credits.lapsed].map(|sum| said(sum, currency));
            let [due, claimed, paid, lapsed] = all;
            let cells = if self.outward { vec![claimed, paid] } else { vec![due, claimed, paid, lapsed] };
            std::iter::once(currency.clone()).chain(cells).collect()
        };
        Table {
            columns: keys.iter().map(|key| self.words.get(key)).collect(),
            rows: self.record.totals.credits.iter().map(row).collect(),
        }
    }

    /// The trend as a table: the picture in words.
    pub fn quarters(self) -> Table {
        let inward = ["record-attempts", "record-waiting", "record-retold-times"];
        let broken = if self.outward { "record-broken-column-outward" } else { "record-broken-column" };
        let keys = ["record-quarter", "record-incidents", "record-down"]
            .into_iter()
            .chain(inward.into_iter().filter(|_| !self.outward))
            .chain(["record-promises", "record-late-column", broken]);
        let row = |(quarter, totals): &(Quarter, Totals)| {
            let inward = [totals.attempts.to_string(), self.seconds(totals.waiting), totals.retold.to_string()];
            let promises = totals.promises;
            [quarter_name(*quarter, self.words), totals.incidents.to_string(), self.down(totals)]
                .into_iter()
                .chain(inward.into_iter().filter(|_| !self.outward))
                .chain([self.kept(promises), promises.kept_late.to_string(), promises.broken.to_string()])
                .collect()
        };
        Table { columns: keys.map(|key| self.words.get(key)).collect(), rows: self.record.quarters.iter().map(row).collect() }
    }

    /// The headings of [`Self::cells`].
    pub fn columns(self) -> Vec<String> {
        let inward = ["record-calls", "record-attempts", "record-waiting", "record-retold-times"];
        let keys = ["object-incident", "record-began", "record-down"]
            .into_iter()
            .chain(inward.into_iter().filter(|_| !self.outward))
            .chain(["record-promises"])
            .chain((!self.outward).then_some("record-notices"))
            .chain(["record-credits"]);
        keys.map(|key| self.words.get(key)).collect()
    }

    /// What one incident adds, a cell for each heading.
    pub fn cells(self, row: &Row) -> Vec<String> {
        let share = &row.share;
        let name = Args::new().text("number", row.number.to_string()).text("title", &share.title);
        let inward = [share.calls.to_string(), share.attempts.to_string(), self.seconds(share.waiting), share.retold.to_string()];
        let promises = [self.kept(share.promises), self.promises(share.promises)];
        let notices = [self.met(share.notices), self.notices(share.notices)];
        let both = |two: [String; 2]| {
            two.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(&self.words.get("paper-separator"))
        };
        [self.words.with("record-incident", &name), self.began(share), self.down_of(share)]
            .into_iter()
            .chain(inward.into_iter().filter(|_| !self.outward))
            .chain([both(promises)])
            .chain((!self.outward).then(|| both(notices)))
            .chain([self.credits_of(share)])
            .collect()
    }

    /// When it began, in its own words, and by which time where that is not when it started.
    fn began(self, share: &Share) -> String {
        let at = share.began.shown(self.words.locale(), self.zone, None).line(self.words.locale());
        match share.began_by {
            Some(crate::domain::incident::Which::Started) => at,
            Some(_) => self.words.with("record-began-detected", &Args::new().text("at", at)),
            None => self.words.with("record-began-recorded", &Args::new().text("at", at)),
        }
    }

    fn down_of(self, share: &Share) -> String {
        let Some(span) = share.down_by(self.record.as_of) else { return self.words.get("record-unknown") };
        let span = self.span(span);
        if share.down == Down::Still { self.words.with("record-so-far", &Args::new().text("span", span)) } else { span }
    }

    fn credits_of(self, share: &Share) -> String {
        let mut alone = Totals::default();
        alone.add(share, self.record.as_of, self.zone);
        let counted = alone.credits.values().fold([0; 4], |[due, claimed, paid, lapsed], one| {
            [due + one.due.count, claimed + one.claimed.count, paid + one.paid.count, lapsed + one.lapsed.count]
        });
        let [due, claimed, paid, lapsed] = counted;
        let said = self.listed([
            ("record-due-count", due),
            ("record-claimed-count", claimed),
            ("record-paid-count", paid),
            ("record-lapsed-count", lapsed),
        ]);
        if said.is_empty() { self.words.get("record-none") } else { said }
    }

    /// The trend as a picture; none where there is nothing to show.
    pub fn picture(self) -> Option<picture::Drawing> {
        (self.record.totals.incidents > 0).then(|| picture::quarters::trend(&self.record.quarters, self.outward, self.words))
    }

    /// How the figures are to be read.
    pub fn note(self) -> String {
        self.words.get(if self.outward { "record-note-outward" } else { "record-note" })
    }

    /// That some of it is being computed again; empty where nothing is.
    pub fn computing(self) -> String {
        self.some("record-computing", self.record.computing + self.record.not_yet)
    }

    /// As of when.
    pub fn as_of(self) -> String {
        at(self.record.as_of, self.words.locale(), self.zone)
    }
}

fn at(stamp: Stamp, locale: Locale, zone: Zone) -> String {
    show::at(stamp, locale, zone, None)
}

/// To one decimal, how often the story was told again for each incident.
fn per_incident(totals: &Totals) -> String {
    if totals.incidents == 0 {
        return "0".to_owned();
    }
    let tenths = (totals.retold * 20 + totals.incidents) / (totals.incidents * 2);
    format!("{}.{}", tenths / 10, tenths % 10)
}

/// A period's name.
pub fn period_name(period: Period, words: Words) -> String {
    let year = |key: &str, year: i32| words.with(key, &Args::new().text("year", year.to_string()));
    match period {
        Period::LastYear => words.get("record-period-last"),
        Period::Year(of) => year("record-period-year", of),
        Period::Fiscal(of) => year("record-period-fiscal", of),
        Period::Quarter(quarter) => quarter_name(quarter, words),
        Period::Between(..) => words.get("record-period-between"),
    }
}

/// A quarter's name: by its months, so that nobody takes it for a quarter of the fiscal year.
pub fn quarter_name(quarter: Quarter, words: Words) -> String {
    words.with(&format!("record-quarter-{}", quarter.number), &Args::new().text("year", quarter.year.to_string()))
}
