//! The rows of the picture.

use std::collections::HashSet;

use super::axis::width;
use super::svg::Attr;
use super::{Bar, CALL, Easel, INK, LATE, LEFT, MARKS_AT_MOST, Mark, RIGHT, Row, SIZE, SOFT, Scene, Telling, still_running};
use crate::domain::entry::EntryKind;
use crate::domain::id::Uid;
use crate::domain::incident::Which;
use crate::domain::moment::show::seconds_text;
use crate::domain::moment::{Moment, Stamp};
use crate::domain::statement::PromiseState;
use crate::domain::view::{CallView, EntryView, PromiseView, TimeView};
use crate::render::words::Args;

/// The height of a row.
const ROW: f64 = 25.0;

/// The height of what is drawn in a row.
const TALL: f64 = 13.0;

/// A roughly known end is drawn in so many steps.
const STEPS: u8 = 7;

/// The room that a numbered ring takes.
const RING: f64 = 16.0;

/// No bar is thinner, or it would not print.
const THINNEST: f64 = 2.0;

impl Easel<'_> {
    /// Draws every row that has something in it.
    pub(super) fn rows(&mut self, scene: &Scene<'_>) -> Vec<Row> {
        let mut rows = Vec::new();
        if let Some((started, end)) = scene.down {
            rows.push(self.row("picture-down", 1));
            self.down(started, end, scene);
        }
        if !scene.attempts.is_empty() {
            rows.push(self.row("picture-attempts", scene.attempts.len()));
            self.attempts(&scene.attempts);
        }
        if !scene.bars.is_empty() {
            rows.push(self.row("picture-calls", scene.bars.len()));
            for bar in &scene.bars {
                let (begin, end) = self.talked(bar.call);
                if self.has_room(Mark::Call { answerable: bar.answerable }, begin, end) {
                    self.linked(bar.entry, |easel| easel.bar(bar));
                }
            }
        }
        if !scene.tellings.is_empty() {
            rows.push(self.row("picture-told", scene.tellings.len()));
            self.tellings(&scene.tellings);
        }
        if !scene.others.is_empty() {
            rows.push(self.row("picture-others", scene.others.len()));
            for entry in &scene.others {
                let (x0, x1) = (self.scale.x(entry.occurred.from), self.scale.x(entry.occurred.to));
                let notice = entry.kind == EntryKind::Notice;
                let mark = if notice { Mark::Notice } else { Mark::Other { rough: !entry.occurred.is_exact() } };
                if self.has_room(mark, x0, x1) {
                    self.linked(entry.uid, |easel| easel.other(entry));
                }
            }
        }
        for (place, (n, promise)) in scene.promises.iter().enumerate() {
            let row = self.row(if place == 0 { "picture-promises" } else { "picture-blank" }, 1);
            rows.push(row);
            self.linked(promise.quote.entry, |easel| easel.promise(*n, promise, scene));
        }
        if scene.more_promises > 0 {
            let more = Args::new().number("n", i64::try_from(scene.more_promises).unwrap_or(i64::MAX));
            let more = self.words.with("picture-more-promises", &more);
            self.say(LEFT, self.y + 9.0, &more, SOFT);
            self.y += 14.0;
        }
        rows
    }

    /// Begins a row of that many marks; what is drawn in it stands above `self.y`.
    fn row(&mut self, name: &str, marks: usize) -> Row {
        self.y += ROW;
        self.taken = (marks > MARKS_AT_MOST).then(HashSet::new);
        Row { name: self.words.get(name), y: self.y - 4.0 }
    }

    fn top(&self) -> f64 {
        self.y - TALL - 1.0
    }

    fn down(&mut self, started: &Moment, end: Option<&TimeView>, scene: &Scene<'_>) {
        let until = end.map_or(scene.now, |end| end.at.from);
        self.fade(started, true);
        self.block(started.to, until, SOFT);
        let Some(TimeView { at: end, by, which }) = end else { return };
        self.fade(end, false);
        let x0 = self.scale.x(end.to);
        let by = |key| by.as_ref().map(|by| self.words.with(key, &Args::new().text("company", by)));
        // It works, by a makeshift: the cause stands until it is restored.
        if !scene.outward && scene.restored != Some(end) {
            let x1 = scene.restored.map_or(RIGHT, |restored| self.scale.x(restored.from));
            let labels = by("picture-cause-stands-by").into_iter().chain([self.words.get("picture-cause-stands")]);
            let fitting = labels.into_iter().find(|label| x1 - x0 > width(label) + 24.0);
            let y = self.top() + TALL / 2.0;
            match fitting {
                // The line goes on behind the words.
                Some(label) => {
                    self.say(x0 + 8.0, y + 3.6, &label, INK);
                    self.dashes(x0 + width(&label) + 14.0, x1, y);
                }
                None => self.dashes(x0, x1, y),
            }
        } else {
            let key = if *which == Which::Mitigated { "picture-mitigated-by" } else { "picture-restored-by" };
            if let Some(by) = by(key).filter(|by| RIGHT - x0 > width(by) + 24.0) {
                self.say(x0 + 8.0, self.y - 4.0, &by, INK);
            }
        }
    }

    /// A roughly known end, in steps that thin out away from what is known.
    fn fade(&mut self, moment: &Moment, towards_the_end: bool) {
        let (x0, x1) = (self.scale.x(moment.from), self.scale.x(moment.to));
        let step = (x1 - x0) / f64::from(STEPS);
        for n in 0..STEPS {
            let part = f64::from(n + 1) / f64::from(STEPS + 1);
            let share = if towards_the_end { part } else { 1.0 - part };
            self.rect(x0 + step * f64::from(n), self.top(), (step * share).max(0.6), TALL, SOFT, "soft");
        }
    }

    fn block(&mut self, from: Stamp, to: Stamp, fill: &'static str) {
        let (x0, x1) = (self.scale.x(from), self.scale.x(to));
        self.rect(x0, self.top(), (x1 - x0).max(THINNEST), TALL, fill, "soft");
    }

    fn attempts(&mut self, attempts: &[(Uid, &CallView)]) {
        for (entry, call) in attempts {
            let x = self.scale.x(call.dialled);
            if self.has_room(Mark::Attempt, x, x) {
                self.linked(*entry, |easel| easel.rect(x, easel.top(), 1.1, TALL, INK, "ink"));
            }
        }
        let places = attempts.iter().map(|(_, call)| self.scale.x(call.dialled));
        let (first, last) = places.fold((f64::MAX, f64::MIN), |(first, last), x| (first.min(x), last.max(x)));
        let seconds = attempts.iter().filter_map(|(_, call)| call.length_seconds).sum();
        let args = Args::new()
            .number("n", i64::try_from(attempts.len()).unwrap_or(i64::MAX))
            .text("time", seconds_text(seconds, self.words.locale()));
        let label = self.words.with("picture-attempts-sum", &args);
        // Only where they stand together is it clear which the sum is of.
        if last - first < 120.0 && last + width(&label) + 10.0 < RIGHT {
            self.say(last + 8.0, self.y - 4.0, &label, INK);
        }
    }

    /// From where to where somebody was spoken to.
    fn talked(&self, call: &CallView) -> (f64, f64) {
        let begin = call.began();
        (self.scale.x(begin), self.scale.x(call.ended.unwrap_or(begin)))
    }

    /// A call: filled with the company answerable, hollow with others; its waits hatched.
    fn bar(&mut self, bar: &Bar<'_>) {
        let begin = bar.call.began();
        let (x0, x1) = self.talked(bar.call);
        let wide = (x1 - x0).max(THINNEST + 1.0);
        let fill = if bar.answerable { CALL } else { "#ffffff" };
        let attrs: [Attr<'_>; 8] = [
            ("x", x0.into()),
            ("y", self.top().into()),
            ("width", wide.into()),
            ("height", TALL.into()),
            ("fill", fill.into()),
            ("stroke", CALL.into()),
            ("stroke-width", 1.0.into()),
            ("class", (if bar.answerable { "call" } else { "call-other" }).into()),
        ];
        self.svg.shape("rect", &attrs);
        // Each person reached after the first begins with a cut.
        for leg in bar.call.legs.iter().skip(1).filter_map(|leg| leg.from).filter(|from| *from > begin) {
            let x = self.scale.x(leg);
            if x > x0 + 1.0 && x < x0 + wide - 1.0 {
                self.rect(x - 0.6, self.top() - 2.0, 1.2, TALL + 4.0, "#ffffff", "gap");
            }
        }
        if bar.call.answered.is_some_and(|answered| answered > bar.call.dialled) {
            self.hatch(self.scale.x(bar.call.dialled), x0);
        }
        for wait in &bar.call.waits {
            let to = wait.from + chrono::Duration::seconds(wait.seconds);
            self.hatch(self.scale.x(wait.from), self.scale.x(to));
        }
    }

    /// White with upright strokes: what is neither talking nor nothing.
    fn hatch(&mut self, x0: f64, x1: f64) {
        let top = self.top();
        self.rect(x0, top, (x1 - x0).max(1.2), TALL, "#ffffff", "gap");
        let mut x = x0 + 0.5;
        while x < x1 {
            self.rect(x, top, 0.7, TALL, INK, "ink");
            x += 1.9;
        }
    }

    fn tellings(&mut self, tellings: &[Telling]) {
        let places: Vec<f64> = tellings.iter().map(|telling| self.scale.x(telling.at)).collect();
        if crowded(&places) {
            return self.many_tellings(&places);
        }
        let mut free_from = f64::MIN;
        for telling in tellings {
            let x = self.scale.x(telling.at).max(free_from);
            self.linked(telling.entry, |easel| easel.ring(x, telling.n));
            free_from = x + RING;
        }
    }

    fn ring(&mut self, x: f64, n: usize) {
        let y = self.y - TALL / 2.0 - 1.0;
        let ring: [Attr<'_>; 7] = [
            ("cx", x.into()),
            ("cy", y.into()),
            ("r", 7.0.into()),
            ("fill", "#ffffff".into()),
            ("stroke", INK.into()),
            ("stroke-width", 1.0.into()),
            ("class", "ring".into()),
        ];
        self.svg.shape("circle", &ring);
        let place: [Attr<'_>; 6] = [
            ("x", x.into()),
            ("y", (y + 3.4).into()),
            ("text-anchor", "middle".into()),
            ("font-size", (SIZE - 1.5).into()),
            ("fill", INK.into()),
            ("class", "ink".into()),
        ];
        self.svg.text("text", &place, &n.to_string());
    }

    /// Too many to number: a dot each, and how many there are.
    fn many_tellings(&mut self, places: &[f64]) {
        for x in places {
            if self.has_room(Mark::Told, *x, *x) {
                self.rect(x - 2.0, self.y - TALL / 2.0 - 3.0, 4.0, 4.0, INK, "ink");
            }
        }
        let last = places.last().copied().unwrap_or(LEFT);
        let sum = self.words.with("picture-told-sum", &Args::new().number("n", i64::try_from(places.len()).unwrap_or(i64::MAX)));
        self.say((last + 8.0).min(RIGHT - width(&sum)), self.y - 4.0, &sum, INK);
    }

    /// Anything else: a dot, or a hollow pill from end to end where it is only roughly known; a notice is an envelope.
    fn other(&mut self, entry: &EntryView) {
        let moment = &entry.occurred;
        if entry.kind == EntryKind::Notice {
            return self.envelope(self.scale.x(moment.from));
        }
        let (x0, x1) = (self.scale.x(moment.from), self.scale.x(moment.to));
        let rough = !moment.is_exact();
        let wide = if rough { (x1 - x0).max(6.0) } else { 6.0 };
        let x = if rough { x0 } else { x0 - 3.0 };
        let attrs: [Attr<'_>; 9] = [
            ("x", x.into()),
            ("y", (self.y - TALL / 2.0 - 4.0).into()),
            ("width", wide.into()),
            ("height", 6.0.into()),
            ("rx", 3.0.into()),
            ("fill", (if rough { "none" } else { SOFT }).into()),
            ("stroke", SOFT.into()),
            ("stroke-width", 1.0.into()),
            ("class", (if rough { "pill" } else { "soft" }).into()),
        ];
        self.svg.shape("rect", &attrs);
    }

    fn envelope(&mut self, x: f64) {
        let (left, top) = (x - 5.0, self.y - TALL / 2.0 - 5.0);
        let path = format!("M{left:.1} {top:.1} h10 v7.5 h-10 Z l5 4.2 l5 -4.2");
        let attrs: [Attr<'_>; 5] = [
            ("d", path.as_str().into()),
            ("fill", "#ffffff".into()),
            ("stroke", INK.into()),
            ("stroke-width", 1.0.into()),
            ("class", "envelope".into()),
        ];
        self.svg.shape("path", &attrs);
    }

    /// A promise: thin until it is due, thick from then on, a full square where it was settled at last.
    fn promise(&mut self, n: usize, promise: &PromiseView, scene: &Scene<'_>) {
        let given = self.scale.x(promise.quote.at.from);
        let running = still_running(promise);
        let end = promise.settled.as_ref().map_or(scene.now, |settled| settled.from);
        let end = if running || promise.settled.is_some() { self.scale.x(end) } else { given };
        let due = promise.due.as_ref().map_or(end, |due| self.scale.x(due.to));
        let y = self.y - 3.0;
        let late = if scene.outward { INK } else { LATE };
        self.rect(given, y - 0.7, (due - given).max(THINNEST), 1.4, INK, "ink");
        self.rect(given - 0.7, y - 3.0, 1.4, 6.0, INK, "ink");
        if promise.due.is_some() {
            self.rect(due - 0.7, y - 5.0, 1.4, 10.0, INK, "ink");
        }
        if end > due {
            self.rect(due, y - 1.8, end - due, 3.6, late, "late");
        }
        if promise.settled.is_some() {
            let (fill, class) = if promise.state == PromiseState::Kept { (CALL, "kept") } else { (late, "late") };
            self.rect(end - 3.5, y - 3.5, 7.0, 7.0, fill, class);
        } else if running {
            let arrow = format!("M{:.1} {:.1} l6 4.5 l-6 4.5", end - 5.0, y - 4.5);
            let attrs: [Attr<'_>; 5] = [
                ("d", arrow.as_str().into()),
                ("fill", "none".into()),
                ("stroke", (if end > due { late } else { INK }).into()),
                ("stroke-width", 1.6.into()),
                ("class", (if end > due { "late-line" } else { "ink-line" }).into()),
            ];
            self.svg.shape("path", &attrs);
        }
        self.promise_label(n, promise, given);
    }

    fn promise_label(&mut self, n: usize, promise: &PromiseView, given: f64) {
        let words = shortened(&promise.quote.words, 260.0);
        let quoted = self
            .words
            .with(if promise.quote.verbatim { "paper-verbatim" } else { "picture-gist" }, &Args::new().text("words", words));
        let label = format!("{n} {quoted}");
        let room = RIGHT - width(&label);
        self.say(given.min(room).max(LEFT), self.y - 10.5, &label, INK);
    }

    fn dashes(&mut self, x0: f64, x1: f64, y: f64) {
        let attrs: [Attr<'_>; 8] = [
            ("x1", x0.into()),
            ("x2", x1.into()),
            ("y1", y.into()),
            ("y2", y.into()),
            ("stroke", SOFT.into()),
            ("stroke-width", 1.2.into()),
            ("stroke-dasharray", "4 3".into()),
            ("class", "soft-line".into()),
        ];
        self.svg.shape("line", &attrs);
    }

    fn rect(&mut self, x: f64, y: f64, wide: f64, high: f64, fill: &'static str, class: &'static str) {
        let attrs: [Attr<'_>; 6] = [
            ("x", x.into()),
            ("y", y.into()),
            ("width", wide.into()),
            ("height", high.into()),
            ("fill", fill.into()),
            ("class", class.into()),
        ];
        self.svg.shape("rect", &attrs);
    }

    fn say(&mut self, x: f64, y: f64, text: &str, fill: &'static str) {
        let class = if fill == INK { "ink halo" } else { "soft halo" };
        let attrs: [Attr<'_>; 8] = [
            ("x", x.into()),
            ("y", y.into()),
            ("font-size", (SIZE - 0.5).into()),
            ("fill", fill.into()),
            // Paper around the letters, where they cross a line or a fold.
            ("stroke", "#ffffff".into()),
            ("stroke-width", 3.0.into()),
            ("paint-order", "stroke".into()),
            ("class", class.into()),
        ];
        self.labels.words(&attrs, text);
    }
}

/// The first letters of a text, as many as have room, with an ellipsis where there are more.
fn shortened(text: &str, room: f64) -> String {
    let line = text.lines().next().unwrap_or_default();
    let mut short = String::new();
    for c in line.chars() {
        short.push(c);
        if width(&short) > room {
            short.push('…');
            break;
        }
    }
    short
}

/// Rings would be pushed so far from their times that they would lie.
fn crowded(places: &[f64]) -> bool {
    let pushed = places.iter().fold((f64::MIN, 0.0), |(free, worst): (f64, f64), x| {
        let at = x.max(free);
        (at + RING, worst.max(at - x))
    });
    pushed.1 > 1.5 * RING
}
