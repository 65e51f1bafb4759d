//! The timeline as a picture: how long it was down, who was called in vain, what was said, what was promised and when.
//!
//! An SVG for the paper and for the page. Shape tells everything that colour tells, for black and white: what waits is
//! hatched, what is roughly known fades out in steps, what is late is thick.

mod axis;
pub mod quarters;
mod rows;
mod scale;
mod svg;

use std::collections::{HashMap, HashSet};

use chrono::NaiveDate;

use crate::domain::call::Direction;
use crate::domain::entry::EntryKind;
use crate::domain::id::Uid;
use crate::domain::incident::Which;
use crate::domain::locale::Zone;
use crate::domain::moment::{Moment, Stamp};
use crate::domain::phrases::{Phrase, Teller};
use crate::domain::statement::PromiseState;
use crate::domain::view::{Audience, AudienceName, CallView, EntryView, PromiseView, TimeView, View};
use crate::render::say::Voice;
use crate::render::words::{Args, Words};

use scale::Scale;
use svg::{Attr, Svg};

/// The width of the picture in its own units; its height depends on what is in it.
pub const WIDTH: f64 = 720.0;

/// Where the rows' names end and the times begin.
const LEFT: f64 = 86.0;

/// Where the times end.
const RIGHT: f64 = WIDTH - 4.0;

/// The height of letters.
const SIZE: f64 = 10.5;

/// More promises than these would be a table, and that stands elsewhere.
const PROMISES_AT_MOST: usize = 6;

/// With more marks in a row than these, one is too thin to be pressed: what is seen is how many there are.
const MARKS_AT_MOST: usize = 200;

/// A roughly known time longer than this has no place in a picture of hours.
const ROUGH_AT_MOST: chrono::TimeDelta = chrono::TimeDelta::hours(13);

/// A picture, and what it shows in words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Drawing {
    /// A whole `<svg>` element. Text in it is escaped; its parts have classes, which `static/css/picture.css` colours on a screen.
    pub svg: String,
    /// What it shows, for those who do not see it.
    pub alt: String,
    /// How its marks are to be read.
    pub note: String,
}

/// Where the marks of a picture lead.
#[derive(Clone, Copy, Debug)]
pub enum Links<'a> {
    /// Nowhere: it is for paper.
    None,
    /// To their entries, on the page of this address; without one, on the page on which the picture stands.
    Entries(&'a str),
}

/// The picture of a view, in the language of `words`, its times as read in `zone`; none where nothing has a time.
pub fn timeline<A: Audience>(view: &View<A>, words: Words, zone: Zone, links: Links<'_>) -> Option<Drawing> {
    let scene = Scene::of(view);
    let scale = Scale::new(scene.times(), LEFT, RIGHT)?;
    let today = view.as_of.with_timezone(&zone).date_naive();
    let links = Leads::of(view, Voice::new(words, zone, Some(today)), links);
    let mut easel = Easel { svg: Svg::default(), labels: Svg::default(), scale, words, zone, today, y: 6.0, links, taken: None };
    let rows = easel.rows(&scene);
    let alt = words.with("picture-alt", &Args::new().text("title", &view.title).text("rows", scene.in_words(words)));
    let note = words.get(if scene.outward { "picture-note-outward" } else { "picture-note" });
    Some(Drawing { svg: easel.frame(&rows, &alt), alt, note })
}

/// Where the mark of each entry leads, and what the entry is.
struct Leads<'a> {
    page: &'a str,
    entries: HashMap<Uid, &'a EntryView>,
    teller: Teller<'a>,
    voice: Voice,
}

impl<'a> Leads<'a> {
    fn of<A: Audience>(view: &'a View<A>, voice: Voice, links: Links<'a>) -> Option<Self> {
        let Links::Entries(page) = links else { return None };
        let entries = view.entries.iter().map(|entry| (entry.uid, entry)).collect();
        Some(Self { page, entries, teller: Teller::of(view), voice })
    }

    fn to(&self, entry: Uid) -> Option<Target> {
        let entry = self.entries.get(&entry)?;
        let when = Phrase::new("picture-target").moment("when", &entry.occurred);
        let label = self.voice.say(&when.phrase("what", self.teller.headline(entry).line()));
        Some(Target { href: format!("{}#e-{}", self.page, entry.uid), label })
    }
}

/// Where a mark leads.
struct Target {
    href: String,
    label: String,
}

/// A call as it is drawn.
struct Bar<'a> {
    entry: Uid,
    call: &'a CallView,
    /// Whether it is with the company answerable.
    answerable: bool,
}

/// A telling, numbered.
struct Telling {
    entry: Uid,
    at: Stamp,
    n: usize,
}

/// What is drawn.
struct Scene<'a> {
    outward: bool,
    /// From when to when it did not work; no end: not yet.
    down: Option<(&'a Moment, Option<&'a TimeView>)>,
    /// When the cause was gone; none: it stands, or that is not for these eyes.
    restored: Option<&'a Moment>,
    attempts: Vec<(Uid, &'a CallView)>,
    bars: Vec<Bar<'a>>,
    tellings: Vec<Telling>,
    others: Vec<&'a EntryView>,
    promises: Vec<(usize, &'a PromiseView)>,
    more_promises: usize,
    now: Stamp,
}

impl<'a> Scene<'a> {
    fn of<A: Audience>(view: &'a View<A>) -> Self {
        let time = |which| view.times.iter().find(|time| time.which == which);
        let restored = time(Which::Restored);
        let end = time(Which::Mitigated).or(restored).or(time(Which::Closed));
        let entries: Vec<&EntryView> = view.entries.iter().filter(|entry| entry.struck.is_none()).collect();
        let calls = || entries.iter().filter_map(|entry| entry.call.as_ref().map(|call| (*entry, call)));
        let answerable = |entry: &EntryView| entry.company.as_deref() == Some(view.provider.as_str());
        let others =
            entries.iter().filter(|entry| entry.call.is_none() && !matches!(entry.kind, EntryKind::Note | EntryKind::Agenda));
        let mut promises: Vec<(usize, &PromiseView)> =
            (1..).zip(&view.promises).filter(|(_, promise)| promise.struck.is_none()).collect();
        let more_promises = promises.len().saturating_sub(PROMISES_AT_MOST);
        promises.truncate(PROMISES_AT_MOST);
        Self {
            outward: view.audience == AudienceName::Provider,
            down: time(Which::Started).map(|started| (&started.at, end)),
            restored: restored.map(|time| &time.at),
            attempts: calls()
                .filter(|(_, call)| !call.outcome.connected() && call.direction == Direction::Out)
                .map(|(entry, call)| (entry.uid, call))
                .collect(),
            bars: calls()
                .filter(|(_, call)| call.outcome.connected())
                .map(|(entry, call)| Bar { entry: entry.uid, call, answerable: answerable(entry) })
                .collect(),
            tellings: tellings(calls().filter(|(entry, _)| answerable(entry))),
            others: others.copied().filter(|entry| entry.occurred.to - entry.occurred.from <= ROUGH_AT_MOST).collect(),
            promises,
            more_promises,
            now: view.as_of,
        }
    }

    /// The rows and how much stands in each, for those who do not see them.
    fn in_words(&self, words: Words) -> String {
        let rows = [
            ("picture-attempts", self.attempts.len()),
            ("picture-calls", self.bars.len()),
            ("picture-told", self.tellings.len()),
            ("picture-others", self.others.len()),
            ("picture-promises", self.promises.len() + self.more_promises),
        ];
        let counted = |(row, n): (&str, usize)| {
            let n = i64::try_from(n).unwrap_or(i64::MAX);
            words.with("picture-alt-row", &Args::new().text("row", words.get(row)).number("n", n))
        };
        let there = rows.into_iter().filter(|(_, n)| *n > 0).map(counted);
        there.collect::<Vec<_>>().join(&words.get("paper-separator"))
    }

    /// Every time that has to stand on the scale.
    fn times(&self) -> Vec<Stamp> {
        let mut times = Vec::new();
        let ends = |moment: &Moment| [moment.from, moment.to];
        if let Some((started, end)) = self.down {
            times.extend(ends(started));
            times.extend(end.map_or(vec![self.now], |end| ends(&end.at).to_vec()));
        }
        times.extend(self.restored.iter().flat_map(|moment| ends(moment)));
        let calls = self.attempts.iter().map(|(_, call)| *call).chain(self.bars.iter().map(|bar| bar.call));
        times.extend(calls.flat_map(|call| [Some(call.dialled), call.ended]).flatten());
        times.extend(self.others.iter().flat_map(|entry| ends(&entry.occurred)));
        for (_, promise) in &self.promises {
            times.extend(ends(&promise.quote.at));
            times.extend(promise.due.iter().flat_map(ends));
            times.extend(promise.settled.iter().flat_map(ends));
            if still_running(promise) {
                times.push(self.now);
            }
        }
        times
    }
}

/// Whether a promise goes on being late, or open, at the time of the picture.
fn still_running(promise: &PromiseView) -> bool {
    promise.settled.is_none() && matches!(promise.state, PromiseState::Open | PromiseState::Broken)
}

fn tellings<'a>(calls: impl Iterator<Item = (&'a EntryView, &'a CallView)>) -> Vec<Telling> {
    let told = calls.flat_map(|(entry, call)| {
        let begin = call.began();
        call.legs.iter().filter(|leg| leg.told_from_start).map(move |leg| (entry.uid, leg.from.unwrap_or(begin)))
    });
    told.zip(1..).map(|((entry, at), n)| Telling { entry, at, n }).collect()
}

/// A row that was drawn: its name and where it stands.
struct Row {
    name: String,
    y: f64,
}

/// The picture being drawn.
struct Easel<'a> {
    svg: Svg,
    /// What is written: it lies over everything, so that no fold hides a word.
    labels: Svg,
    scale: Scale,
    words: Words,
    zone: Zone,
    today: NaiveDate,
    /// The top of the next row.
    y: f64,
    links: Option<Leads<'a>>,
    /// Where marks stand in a row that has too many, each of its kind, from one unit of width to another; none in any other row.
    taken: Option<HashSet<(Mark, i64, i64)>>,
}

/// Marks that look alike.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
enum Mark {
    Attempt,
    Call { answerable: bool },
    Told,
    Notice,
    Other { rough: bool },
}

impl Easel<'_> {
    /// Whether a mark is to be drawn: among too many, what lies just over another of its kind is not seen.
    fn has_room(&mut self, mark: Mark, x0: f64, x1: f64) -> bool {
        #[allow(clippy::cast_possible_truncation, reason = "the picture is 720 units wide")]
        let unit = |x: f64| x.floor() as i64;
        self.taken.as_mut().is_none_or(|taken| taken.insert((mark, unit(x0), unit(x1))))
    }

    /// What `draw` draws, leading to the entry that it is of. The timeline beside it has the same links in order: a keyboard need not
    /// walk through both.
    fn linked(&mut self, entry: Uid, draw: impl FnOnce(&mut Self)) {
        let links = self.links.as_ref().filter(|_| self.taken.is_none());
        let Some(target) = links.and_then(|links| links.to(entry)) else { return draw(self) };
        let before = (std::mem::take(&mut self.svg), std::mem::take(&mut self.labels));
        draw(self);
        let drawn = std::mem::replace(&mut self.svg, before.0);
        let written = std::mem::replace(&mut self.labels, before.1);
        for (onto, what) in [(&mut self.svg, drawn), (&mut self.labels, written)] {
            if !what.is_empty() {
                onto.group("a", &[("href", target.href.as_str().into()), ("tabindex", "-1".into())], |svg| {
                    svg.text("title", &[], &target.label);
                    svg.append(what);
                });
            }
        }
    }

    /// The whole element: axis and folds beneath, then the rows that were drawn, then their names.
    fn frame(self, rows: &[Row], alt: &str) -> String {
        let height = self.y + 34.0;
        let box_ = format!("0 0 {WIDTH:.0} {height:.0}");
        let attrs: [Attr<'_>; 7] = [
            ("xmlns", "http://www.w3.org/2000/svg".into()),
            ("viewBox", box_.as_str().into()),
            // What is one image has no links in it.
            ("role", (if self.links.is_none() { "img" } else { "group" }).into()),
            ("aria-label", alt.into()),
            ("class", "timeline-picture".into()),
            ("font-family", "Tellonce Latin, BIZ UDGothic, BIZ UDPGothic, sans-serif".into()),
            ("font-size", SIZE.into()),
        ];
        let mut page = Svg::default();
        let (drawn, labels) = (self.svg, self.labels);
        let axis = axis::Axis { scale: &self.scale, words: self.words, zone: self.zone, today: self.today, bottom: self.y };
        page.group("svg", &attrs, |page| {
            axis.grid(page);
            page.append(drawn);
            axis.folds(page);
            page.append(labels);
            for row in rows {
                let place: [Attr<'_>; 5] = [
                    ("x", (LEFT - 10.0).into()),
                    ("y", row.y.into()),
                    ("text-anchor", "end".into()),
                    ("fill", SOFT.into()),
                    ("class", "soft".into()),
                ];
                page.words(&place, &row.name);
            }
        });
        page.finish()
    }
}

/// Ink, its paler sister, hairlines, the indigo of calls, the vermilion of what is late: as on the paper.
const INK: &str = "#1d2126";
const SOFT: &str = "#555d67";
const HAIR: &str = "#cfcac0";
const CALL: &str = "#1f3f66";
const LATE: &str = "#a8231c";

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::id::Id;
    use crate::domain::locale::{DEFAULT_ZONE, Locale};
    use crate::domain::view::{Meeting, Outward, Provider};
    use crate::render::sample::{friday, long_story, story};
    use crate::render::words::MISSING;

    fn drawn(locale: Locale) -> Drawing {
        let view = story(locale).view::<Meeting>(&(), friday());
        timeline(&view, Words::new(locale), DEFAULT_ZONE, Links::None).expect("the week has times")
    }

    #[test]
    fn the_week_is_drawn_in_both_languages() {
        for locale in [Locale::Ja, Locale::En] {
            let drawing = drawn(locale);
            assert!(!drawing.svg.contains(MISSING.0) && !drawing.note.contains(MISSING.0), "{}", drawing.svg);
            // Nine attempts, four tellings, two promises, three folded stretches with two torn edges each.
            assert_eq!(drawing.svg.matches("<circle").count(), 4);
            assert_eq!(drawing.svg.matches("class=\"fold\"").count(), 3);
        }
    }

    #[test]
    fn the_provider_is_not_shown_how_often_it_was_told() {
        let view = story(Locale::Ja).view::<Provider>(&Outward::plain(Id::new(1)), friday());
        let drawing = timeline(&view, Words::new(Locale::Ja), DEFAULT_ZONE, Links::None).expect("the week has times");
        assert!(!drawing.svg.contains("<circle") && !drawing.svg.contains(LATE));
    }

    #[test]
    fn on_a_page_each_mark_leads_to_its_entry_and_says_what_it_is() {
        let view = story(Locale::En).view::<Meeting>(&(), friday());
        let drawing = timeline(&view, Words::new(Locale::En), DEFAULT_ZONE, Links::Entries("")).expect("the week has times");
        for entry in view.entries.iter().filter(|entry| entry.call.is_some()) {
            assert!(drawing.svg.contains(&format!("href=\"#e-{}\"", entry.uid)), "{:?}", entry.occurred);
        }
        let titles = drawing.svg.matches("<title>").count();
        assert!(titles > 0 && titles == drawing.svg.matches("<a ").count());
        assert!(drawing.svg.contains("<title>Wed 22 Nov 16:10: "), "{}", drawing.svg);
        assert!(drawing.alt.contains("Not through: 9 · Calls: "), "{}", drawing.alt);
        let on_paper = timeline(&view, Words::new(Locale::En), DEFAULT_ZONE, Links::None).expect("the week has times");
        assert!(!on_paper.svg.contains("<a ") && on_paper.svg.contains("role=\"img\""));
        assert!(drawing.svg.contains("role=\"group\""), "an image's parts are not to be reached");
    }

    #[test]
    fn what_people_typed_is_escaped() {
        let mut dossier = story(Locale::En);
        dossier.incident.title = "\"><script>".to_owned();
        for statement in dossier.entries.iter_mut().flat_map(|entry| &mut entry.statements) {
            statement.words = "</text><script>".to_owned();
        }
        let view = dossier.view::<Meeting>(&(), friday());
        let drawing = timeline(&view, Words::new(Locale::En), DEFAULT_ZONE, Links::None).expect("the week has times");
        assert!(!drawing.svg.contains("<script>"));
        assert!(drawing.svg.contains("&lt;/text&gt;&lt;script&gt;"));
    }

    #[test]
    fn two_hundred_entries_have_room() {
        let view = long_story(Locale::Ja, 200).view::<Meeting>(&(), friday());
        assert!(timeline(&view, Words::new(Locale::Ja), DEFAULT_ZONE, Links::None).is_some());
    }

    #[test]
    fn a_picture_of_many_thousand_entries_holds_what_can_be_seen_of_them() {
        let drawn = |entries| {
            let view = long_story(Locale::Ja, entries).view::<Meeting>(&(), friday());
            timeline(&view, Words::new(Locale::Ja), DEFAULT_ZONE, Links::Entries("")).expect("it has times").svg.len()
        };
        let (many, more) = (drawn(8_000), drawn(32_000));
        assert!(more < many * 3 / 2, "{more} bytes after {many}");
    }

    #[test]
    fn nothing_that_happened_is_no_picture() {
        let mut dossier = story(Locale::Ja);
        dossier.entries.clear();
        dossier.promises.clear();
        dossier.incident.times.clear();
        let view = dossier.view::<Meeting>(&(), friday());
        assert!(timeline(&view, Words::new(Locale::Ja), DEFAULT_ZONE, Links::None).is_none());
    }
}
