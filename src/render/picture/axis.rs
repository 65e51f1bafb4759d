//! The axis: hours, days, and the folds.

use chrono::{DateTime, Duration, NaiveDate, Timelike};

use super::scale::{Piece, Scale};
use super::svg::{Attr, Svg};
use super::{HAIR, INK, RIGHT, SIZE, SOFT};
use crate::domain::locale::Zone;
use crate::domain::moment::Stamp;
use crate::domain::moment::show::{day, seconds_text, time_only};
use crate::render::words::Words;

/// What is needed to draw the axis.
pub struct Axis<'a> {
    pub scale: &'a Scale,
    pub words: Words,
    pub zone: Zone,
    pub today: NaiveDate,
    /// Where the rows end.
    pub bottom: f64,
}

/// Steps between two lines of the grid, in minutes.
const STEPS: [i64; 12] = [5, 10, 15, 30, 60, 120, 180, 360, 720, 1440, 2880, 10_080];

/// Two labelled lines stand at least so far apart.
const STEP_WIDTH: f64 = 52.0;

impl Axis<'_> {
    /// The lines of the hours, and their labels.
    pub fn grid(&self, svg: &mut Svg) {
        let step = self.step();
        let mut free_from = f64::MIN;
        let mut day_free_from = f64::MIN;
        for piece in self.scale.open() {
            for time in self.ticks(piece, step) {
                let x = self.scale.x(time);
                self.line(svg, x);
                let label = time_only(time, self.zone);
                let half = width(&label) / 2.0;
                // A day's own lines need no clock.
                if step < Duration::days(1) && x - half >= free_from && x + half <= RIGHT + 4.0 && !self.meets_a_fold(x, half) {
                    self.label(svg, x, self.bottom + 13.0, "middle", &label);
                    free_from = x + half + 6.0;
                }
            }
            for (x, label) in self.days(piece) {
                let x = x.min(RIGHT - width(&label));
                if x >= day_free_from {
                    self.label(svg, x, self.bottom + 27.0, "start", &label);
                    day_free_from = x + width(&label) + 8.0;
                }
            }
        }
    }

    /// The folds, over everything: a torn strip, and how long it hides.
    pub fn folds(&self, svg: &mut Svg) {
        for fold in self.scale.folds() {
            let (left, right) = (fold.x0 + 6.0, fold.x1 - 6.0);
            let tear = format!(
                "{} L{:.1} {:.1} {} Z",
                zigzag('M', left, 2.0, self.bottom),
                right,
                self.bottom,
                zigzag_up(right, 2.0, self.bottom)
            );
            svg.shape("path", &[("d", tear.as_str().into()), ("fill", "#ffffff".into()), ("class", "fold".into())]);
            for x in [left, right] {
                let edge = zigzag('M', x, 2.0, self.bottom);
                let attrs: [Attr<'_>; 5] = [
                    ("d", edge.as_str().into()),
                    ("fill", "none".into()),
                    ("stroke", SOFT.into()),
                    ("stroke-width", 0.8.into()),
                    ("class", "soft-line".into()),
                ];
                svg.shape("path", &attrs);
            }
            let hidden = self.hidden(fold);
            self.label(svg, f64::midpoint(fold.x0, fold.x1), self.bottom + 13.0, "middle", &hidden);
        }
    }

    /// How long a fold hides, to the hour.
    fn hidden(&self, fold: &Piece) -> String {
        seconds_text((fold.to - fold.from).num_seconds() / 3600 * 3600, self.words.locale())
    }

    /// Whether a label of twice `half` around `x` would touch what is written under a fold.
    fn meets_a_fold(&self, x: f64, half: f64) -> bool {
        self.scale.folds().any(|fold| {
            let middle = f64::midpoint(fold.x0, fold.x1);
            (x - middle).abs() < half + width(&self.hidden(fold)) / 2.0 + 3.0
        })
    }

    fn step(&self) -> Duration {
        let fits = |minutes: &&i64| Duration::minutes(**minutes).as_seconds_f64() / self.scale.seconds_per_unit() >= STEP_WIDTH;
        Duration::minutes(*STEPS.iter().find(fits).unwrap_or(&STEPS[STEPS.len() - 1]))
    }

    /// The round times within a piece, by the clocks of the zone. A fold's label keeps its neighbours away.
    fn ticks(&self, piece: &Piece, step: Duration) -> Vec<Stamp> {
        let from = piece.from.with_timezone(&self.zone);
        let midnight = from - Duration::seconds(i64::from(from.num_seconds_from_midnight()));
        let mut ticks = Vec::new();
        let mut at: DateTime<Zone> = midnight;
        while at.to_utc() <= piece.to {
            if at.to_utc() >= piece.from {
                ticks.push(at.to_utc());
            }
            at += step;
        }
        ticks
    }

    /// Where each day begins within a piece; the first at the piece's own beginning.
    fn days(&self, piece: &Piece) -> Vec<(f64, String)> {
        let locale = self.words.locale();
        let mut days = Vec::new();
        let mut date = piece.from.with_timezone(&self.zone).date_naive();
        let last = piece.to.with_timezone(&self.zone).date_naive();
        while date <= last {
            let midnight = date.and_time(chrono::NaiveTime::MIN).and_local_timezone(self.zone).earliest();
            let begins = midnight.map_or(piece.from, |at| at.to_utc().max(piece.from));
            days.push((self.scale.x(begins), day(date, locale, Some(self.today))));
            let Some(next) = date.succ_opt() else { break };
            date = next;
        }
        days
    }

    fn line(&self, svg: &mut Svg, x: f64) {
        let attrs: [Attr<'_>; 7] = [
            ("x1", x.into()),
            ("x2", x.into()),
            ("y1", 4.0.into()),
            ("y2", self.bottom.into()),
            ("stroke", HAIR.into()),
            ("stroke-width", 0.7.into()),
            ("class", "hair".into()),
        ];
        svg.shape("line", &attrs);
    }

    fn label(&self, svg: &mut Svg, x: f64, y: f64, anchor: &'static str, text: &str) {
        let fill = if anchor == "start" { INK } else { SOFT };
        let attrs: [Attr<'_>; 6] = [
            ("x", x.into()),
            ("y", y.into()),
            ("text-anchor", anchor.into()),
            ("font-size", (SIZE - 1.0).into()),
            ("fill", fill.into()),
            ("class", (if anchor == "start" { "ink" } else { "soft" }).into()),
        ];
        svg.words(&attrs, text);
    }
}

/// About how wide a text is: a Japanese letter is as wide as it is high, others a little over half.
pub fn width(text: &str) -> f64 {
    text.chars().map(|c| if u32::from(c) < 0x2000 { SIZE * 0.6 } else { SIZE }).sum()
}

/// How far a torn edge swings, and how often.
const SWING: f64 = 2.5;
const TOOTH: f64 = 6.0;

fn zigzag(start: char, x: f64, top: f64, bottom: f64) -> String {
    let points = teeth(x, top, bottom);
    let mut path = String::new();
    for (n, (x, y)) in points.into_iter().enumerate() {
        let step = if n == 0 { start } else { 'L' };
        path.push_str(&format!("{step}{x:.1} {y:.1} "));
    }
    path
}

fn zigzag_up(x: f64, top: f64, bottom: f64) -> String {
    let points = teeth(x, top, bottom).into_iter().rev();
    points.map(|(x, y)| format!("L{x:.1} {y:.1} ")).collect()
}

fn teeth(x: f64, top: f64, bottom: f64) -> Vec<(f64, f64)> {
    let mut points = Vec::new();
    let (mut y, mut side) = (top, -1.0);
    while y < bottom {
        points.push((x + side * SWING, y));
        y += TOOTH;
        side = -side;
    }
    points.push((x, bottom));
    points
}
