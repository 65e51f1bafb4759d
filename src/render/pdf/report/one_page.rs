//! The one-page form of the report: what, since when, what it cost, who said what, against which clause or agreement, and what
//! we want decided. The report has the rest.

use serde::Serialize;

use super::super::sheet::{Agreed, Fact, Figure, Line, Masthead, Pair, Picture, PromiseRow, Section, Side, Style};
use super::super::short::{short_fact, shorter};
use super::{Press, Print};
use crate::domain::view::{Audience, VerdictView, View};

/// The most characters of a line on top.
const TOP: usize = 70;
/// The most characters of one fact.
const FACT: usize = 110;
/// The most characters of words that are quoted.
const WORDS: usize = 110;
/// The most items of one kind; how many of them have room, the template finds out.
const ITEMS: usize = 8;

/// The figures of the calls; promises and contradictions stand there themselves.
const FIGURES: usize = 6;

/// What the one page prints.
#[derive(Clone, Debug, Serialize)]
pub struct OnePage {
    /// What every paper has.
    #[serde(flatten)]
    pub masthead: Masthead,
    /// Whose record, about whom, as of when.
    pub subtitle: String,
    /// What the attached file is.
    pub attachment: String,
    /// What, whom it hurts, since when, why.
    pub brief: Vec<Fact>,
    /// What it cost.
    pub figures: Option<Section<Figure>>,
    /// The timeline as a picture.
    pub picture: Option<Picture>,
    /// What does not fit together.
    pub contradictions: Option<Section<Pair>>,
    /// What was agreed, where nothing stands against it.
    pub agreements: Option<Section<Pair>>,
    /// What the clauses come to, a line each.
    pub verdicts: Vec<Line>,
    /// The promises.
    pub promises: Option<Section<PromiseRow>>,
    /// What we want decided, or answered.
    pub decide: Option<Section<String>>,
    /// Whether there is more of one kind than is handed to the template.
    pub more: bool,
    /// Said where not all of it has room.
    pub cut: String,
    /// The code that leads to the page, as SVG, and what it leads to; may be empty.
    pub qr: String,
    /// What the code leads to, in words.
    pub qr_words: String,
}

/// What one page prints of `view`.
pub fn sheet<A: Audience>(view: &View<A>, print: Print<'_>) -> OnePage {
    let press = Press::of(view, print);
    let whole = [press.tone("paper-name"), press.words.get("paper-one-page")].concat();
    let contradictions = press.contradictions();
    let agreements = press.agreements().filter(|_| contradictions.is_none()).map(agreed_pairs);
    let promises = press.promises();
    let (decide, more_to_decide) = press.decide();
    let more = more_to_decide || is_more(&contradictions) || is_more(&agreements) || is_more(&promises);
    OnePage {
        masthead: Masthead {
            title: shorter(&view.title, TOP),
            head: [press.head()[0].clone(), press.dotted([whole, press.value("status", view.status.as_str())])],
            ..press.masthead(print.printed_at)
        },
        subtitle: shorter(&press.subtitle(), FACT),
        attachment: press.words.get("paper-attachment"),
        brief: press.short_brief(),
        figures: press.figures().map(|section| Section { items: section.items.into_iter().take(FIGURES).collect(), ..section }),
        picture: press.picture(),
        contradictions: contradictions.map(|section| first(section, short_pair)),
        agreements: agreements.map(|section| first(section, short_pair)),
        verdicts: press.verdict_lines(),
        promises: promises.map(|section| first(section, short_promise)),
        decide,
        more,
        cut: press.words.get("paper-one-page-cut"),
        qr: press.qr(),
        qr_words: press.words.get("paper-qr"),
    }
}

/// Whether not all of them are handed to the template.
fn is_more<T>(section: &Option<Section<T>>) -> bool {
    section.as_ref().is_some_and(|section| section.items.len() > ITEMS)
}

/// The first items, each made short.
fn first<T>(section: Section<T>, short: impl FnMut(T) -> T) -> Section<T> {
    Section { items: section.items.into_iter().take(ITEMS).map(short).collect(), ..section }
}

fn short_pair(pair: Pair) -> Pair {
    let short = |side: Side| Side { source: side.source.cut_to(TOP), words: shorter(&side.words, WORDS) };
    Pair { n: pair.n, sides: pair.sides.map(short), note: shorter(&pair.note, WORDS) }
}

fn short_promise(promise: PromiseRow) -> PromiseRow {
    let short = |lines: Vec<Line>| lines.into_iter().take(2).map(|line| line.cut_to(TOP / 2)).collect();
    PromiseRow {
        words: shorter(&promise.words, TOP),
        given: short(promise.given),
        due: short(promise.due),
        state: short(promise.state),
        ..promise
    }
}

/// What was agreed, two beside each other as what does not fit together is.
fn agreed_pairs(section: Section<Agreed>) -> Section<Pair> {
    let side = |agreed: &Agreed| Side { source: agreed.title.clone(), words: agreed.words.clone() };
    let pairs = (1..).zip(section.items.chunks(2)).map(|(n, two)| {
        let nothing = Side { source: Line::new(), words: String::new() };
        Pair { n, sides: [side(&two[0]), two.get(1).map_or(nothing, side)], note: String::new() }
    });
    Section { heading: section.heading, note: String::new(), columns: Vec::new(), items: pairs.collect() }
}

impl<A: Audience> Press<'_, A> {
    /// What, whom it hurts, from when to when and how long, and why.
    fn short_brief(&self) -> Vec<Fact> {
        let mut facts = Vec::new();
        // Who else plays a part shows in what they said and did.
        for fact in self.matter() {
            if fact.parts.is_empty() {
                facts.push(short_fact(fact, FACT));
                continue;
            }
            // The times stand in one row: on this page what counts is how long.
            let times = fact.parts.into_iter().map(|part| short_fact(part, FACT));
            let line = |part: Fact| {
                let label = Line::new().and(Style::Soft, part.label).plain(" ");
                part.lines.into_iter().fold(label, Line::then)
            };
            facts.push(Fact { label: fact.label, lines: times.map(line).collect(), parts: Vec::new() });
        }
        facts
    }

    /// What the clauses come to, a line each: also if the agreement is admitted, and what is missing to say more.
    fn verdict_lines(&self) -> Vec<Line> {
        let line = |verdict: &VerdictView| {
            let said = self.under_agreement(verdict).into_iter().chain(self.missing(verdict));
            said.fold(self.verdict_title(verdict), |line, fact| {
                let line = line.plain(self.separator()).and(Style::Soft, fact.label).plain(" ");
                let lines = fact.lines.into_iter().enumerate();
                lines.fold(line, |line, (n, part)| if n > 0 { line.plain(self.separator()).then(part) } else { line.then(part) })
            })
        };
        let claims = self.other_claims().map(|claim| Line::new().and(Style::Strong, claim.of.clone()));
        self.view.verdicts.iter().map(line).chain(claims).map(|line| line.cut_to(2 * WORDS)).collect()
    }

    /// What the meeting is to decide; else, and for the provider, what is asked and not yet answered. And whether there is more of it.
    fn decide(&self) -> (Option<Section<String>>, bool) {
        let open = self.view.agenda().filter(|(_, settled)| !settled);
        let agenda: Vec<String> = open.map(|(item, _)| shorter(&item.title, WORDS)).collect();
        let (heading, mut items) = if !agenda.is_empty() && !self.outward {
            (self.words.get("paper-decide"), agenda)
        } else if let Some(asks) = self.asks() {
            let open = asks.items.into_iter().filter(|ask| ask.answer.is_empty());
            (asks.heading, open.map(|ask| shorter(&ask.words, WORDS)).collect())
        } else {
            return (None, false);
        };
        let more = items.len() > ITEMS;
        items.truncate(ITEMS);
        (self.section(heading, String::new(), &[], items), more)
    }
}
