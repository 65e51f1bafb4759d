//! The trend of a company's record: hours down, attempts in vain and promises, quarter by quarter.
//!
//! Shape tells everything: what is surely so is filled, what is only possible is a dashed outline, what was kept late is striped,
//! what was not kept is hollow with a thick edge.

use super::svg::{Attr, Svg};
use super::{CALL, Drawing, HAIR, INK, LATE, SIZE, SOFT, WIDTH};
use crate::domain::provider_record::Totals;
use crate::domain::provider_record::period::Quarter;
use crate::render::record::quarter_name;
use crate::render::words::{Args, Words};

/// Where the quarters begin.
const LEFT: f64 = 96.0;
/// The height of a row's bars.
const TALL: f64 = 64.0;
/// From one row to the next.
const ROW: f64 = 96.0;
/// The widest that a bar is.
const BROADEST: f64 = 36.0;
/// The least room for a quarter's name.
const NAME: f64 = 74.0;

/// The picture of `quarters`; what is ours alone is left out where it is made `outward`.
pub fn trend(quarters: &[(Quarter, Totals)], outward: bool, words: Words) -> Drawing {
    let mut easel = Easel { svg: Svg::default(), count: quarters.len(), y: 18.0 };
    easel.row(
        &words.get("record-picture-down"),
        quarters,
        |totals| [(Look::Sure, hours(totals.down_min)), (Look::Possible, hours(totals.down_max - totals.down_min))].to_vec(),
        hours_text,
    );
    if !outward {
        easel.row(&words.get("record-picture-attempts"), quarters, |totals| vec![(Look::Sure, of(totals.attempts))], whole);
    }
    easel.row(
        &words.get("record-picture-promises"),
        quarters,
        |totals| {
            let promises = totals.promises;
            vec![
                (Look::Sure, of(promises.kept)),
                (Look::Late, of(promises.kept_late)),
                (Look::Broken(outward), of(promises.broken)),
            ]
        },
        whole,
    );
    easel.names(quarters, words);
    let alt = words.with("record-picture-alt", &Args::new().number("n", i64::try_from(quarters.len()).unwrap_or(0)));
    let note = words.get(if outward { "record-picture-note-outward" } else { "record-picture-note" });
    Drawing { svg: easel.finish(&words.get("record-trend"), &alt), alt, note }
}

/// How a part of a bar looks.
#[derive(Clone, Copy)]
enum Look {
    Sure,
    Possible,
    Late,
    /// Calm where it is made for the company.
    Broken(bool),
}

#[allow(clippy::cast_precision_loss, reason = "lengths of a picture")]
fn of(count: usize) -> f64 {
    count as f64
}

#[allow(clippy::cast_precision_loss, reason = "lengths of a picture")]
fn hours(seconds: i64) -> f64 {
    seconds as f64 / 3600.0
}

fn whole(value: f64) -> String {
    format!("{value:.0}")
}

fn hours_text(value: f64) -> String {
    if value > 0.0 && value < 10.0 { format!("{value:.1}") } else { format!("{value:.0}") }
}

struct Easel {
    svg: Svg,
    count: usize,
    y: f64,
}

impl Easel {
    fn step(&self) -> f64 {
        (WIDTH - LEFT) / of(self.count.max(1))
    }

    fn middle(&self, place: usize) -> f64 {
        LEFT + self.step() * (of(place) + 0.5)
    }

    fn row(
        &mut self,
        name: &str,
        quarters: &[(Quarter, Totals)],
        parts: impl Fn(&Totals) -> Vec<(Look, f64)>,
        said: impl Fn(f64) -> String,
    ) {
        let bars: Vec<Vec<(Look, f64)>> = quarters.iter().map(|(_, totals)| parts(totals)).collect();
        let sum = |bar: &[(Look, f64)]| bar.iter().map(|(_, value)| value).sum::<f64>();
        let most = bars.iter().map(|bar| sum(bar)).fold(0.0, f64::max);
        let bottom = self.y + TALL;
        let label: [Attr<'_>; 5] = [
            ("x", (LEFT - 10.0).into()),
            ("y", bottom.into()),
            ("text-anchor", "end".into()),
            ("fill", SOFT.into()),
            ("class", "soft".into()),
        ];
        self.svg.words(&label, name);
        self.line(bottom);
        for (place, bar) in bars.iter().enumerate() {
            let mut top = bottom;
            for (look, value) in bar.iter().filter(|(_, value)| *value > 0.0) {
                let height = (value / most * TALL).max(1.5);
                top -= height;
                self.part(*look, self.middle(place), top, height);
            }
            let least = bar.first().map_or(0.0, |(_, value)| *value);
            let all = sum(bar);
            if all > 0.0 {
                let rough = bar.iter().any(|(look, value)| matches!(look, Look::Possible) && *value > 0.0);
                let text = if rough && said(least) != said(all) { format!("{}–{}", said(least), said(all)) } else { said(all) };
                let place: [Attr<'_>; 5] = [
                    ("x", self.middle(place).into()),
                    ("y", (top - 4.0).into()),
                    ("text-anchor", "middle".into()),
                    ("fill", INK.into()),
                    ("class", "ink".into()),
                ];
                if self.step() >= 26.0 {
                    self.svg.words(&place, &text);
                }
            }
        }
        self.y += ROW;
    }

    fn line(&mut self, y: f64) {
        let attrs: [Attr<'_>; 6] = [
            ("x1", LEFT.into()),
            ("x2", WIDTH.into()),
            ("y1", y.into()),
            ("y2", y.into()),
            ("stroke", HAIR.into()),
            ("class", "hair".into()),
        ];
        self.svg.shape("line", &attrs);
    }

    fn part(&mut self, look: Look, middle: f64, top: f64, height: f64) {
        let broad = (self.step() * 0.6).min(BROADEST);
        let left = middle - broad / 2.0;
        let (fill, stroke, class, width, dashes) = match look {
            Look::Sure => (CALL, CALL, "call", 0.8, ""),
            Look::Possible => ("none", CALL, "call-edge", 0.8, "3 2"),
            Look::Late => ("none", CALL, "call-edge", 0.8, ""),
            Look::Broken(false) => ("none", LATE, "late-edge", 2.4, ""),
            Look::Broken(true) => ("none", SOFT, "soft-edge", 1.2, ""),
        };
        let inset = width / 2.0;
        let mut attrs: Vec<Attr<'_>> = vec![
            ("x", (left + inset).into()),
            ("y", (top + inset).into()),
            ("width", (broad - width).into()),
            ("height", (height - width).max(0.5).into()),
            ("fill", fill.into()),
            ("stroke", stroke.into()),
            ("stroke-width", width.into()),
            ("class", class.into()),
        ];
        if !dashes.is_empty() {
            attrs.push(("stroke-dasharray", dashes.into()));
        }
        self.svg.shape("rect", &attrs);
        if matches!(look, Look::Late) {
            self.stripes(left, top, broad, height);
        }
    }

    fn stripes(&mut self, left: f64, top: f64, broad: f64, height: f64) {
        let mut x = left + 3.0;
        while x < left + broad {
            let attrs: [Attr<'_>; 7] = [
                ("x1", x.into()),
                ("x2", x.into()),
                ("y1", top.into()),
                ("y2", (top + height).into()),
                ("stroke", CALL.into()),
                ("stroke-width", 1.2.into()),
                ("class", "call-edge".into()),
            ];
            self.svg.shape("line", &attrs);
            x += 4.0;
        }
    }

    /// The quarters' names: every one, or as many as there is room for.
    fn names(&mut self, quarters: &[(Quarter, Totals)], words: Words) {
        let mut free = 0.0;
        for (place, (quarter, _)) in quarters.iter().enumerate() {
            let middle = self.middle(place);
            if middle - NAME / 2.0 >= free || place == 0 {
                let attrs: [Attr<'_>; 5] = [
                    ("x", middle.min(WIDTH - NAME / 2.0).into()),
                    ("y", (self.y - ROW + TALL + 18.0).into()),
                    ("text-anchor", "middle".into()),
                    ("fill", SOFT.into()),
                    ("class", "soft".into()),
                ];
                self.svg.words(&attrs, &quarter_name(*quarter, words));
                free = middle + NAME / 2.0;
            }
        }
    }

    fn finish(self, title: &str, alt: &str) -> String {
        let box_ = format!("0 0 {WIDTH:.0} {:.0}", self.y - ROW + TALL + 26.0);
        let attrs: [Attr<'_>; 7] = [
            ("xmlns", "http://www.w3.org/2000/svg".into()),
            ("viewBox", box_.as_str().into()),
            ("role", "img".into()),
            ("aria-labelledby", "trend-title trend-desc".into()),
            ("class", "trend-picture".into()),
            ("font-family", "Tellonce Latin, BIZ UDGothic, BIZ UDPGothic, sans-serif".into()),
            ("font-size", SIZE.into()),
        ];
        let mut page = Svg::default();
        let drawn = self.svg;
        page.group("svg", &attrs, |page| {
            page.text("title", &[("id", "trend-title".into())], title);
            page.text("desc", &[("id", "trend-desc".into())], alt);
            page.append(drawn);
        });
        page.finish()
    }
}
