//! What is drawn on an incident's page: the hours of a day, the anatomy of a call, what waiting is made of.
//!
//! Only geometry. The parts are coloured by the stylesheet, since a page may carry no styles of its own; widths are numbers
//! in the picture's own units, so that a picture fits wherever it stands.

use serde::Serialize;

/// A part of a picture.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Part {
    /// Its class in the stylesheet: what it means.
    pub class: &'static str,
    /// Where it begins.
    pub x: f64,
    /// How wide it is.
    pub width: f64,
    /// Where a click on it leads; may be empty.
    pub href: String,
    /// What it is, in words; may be empty.
    pub title: String,
}

impl Part {
    /// A part from `from` to `to`, at least `least` wide, to be seen at all.
    pub fn new(class: &'static str, from: f64, to: f64, least: f64) -> Self {
        Self { class, x: rounded(from), width: rounded((to - from).max(least)), href: String::new(), title: String::new() }
    }

    /// Leading to `href`, saying `title`.
    #[must_use]
    pub fn linked(mut self, href: String, title: String) -> Self {
        (self.href, self.title) = (href, title);
        self
    }
}

/// A strip: parts on one line, `length` units long.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Strip {
    /// How long the line is.
    pub length: f64,
    /// How much of the widest strip of its page that is, in percent.
    pub percent: f64,
    /// What lies on it.
    pub parts: Vec<Part>,
}

impl Strip {
    /// A strip of `length` units where the longest of the page has `longest`.
    pub fn new(length: f64, longest: f64, parts: Vec<Part>) -> Self {
        let percent = if longest > 0.0 { (length / longest * 100.0).clamp(0.4, 100.0) } else { 100.0 };
        Self { length: rounded(length.max(1.0)), percent: rounded(percent), parts }
    }
}

/// Counts one after the other on a strip that they fill.
pub fn stacked(counts: &[(&'static str, i64)]) -> Strip {
    let mut parts = Vec::new();
    let mut at = 0.0;
    for (class, count) in counts.iter().filter(|(_, count)| *count > 0) {
        let width = units(*count);
        parts.push(Part::new(class, at, at + width, 0.0));
        at += width;
    }
    Strip::new(at, at, parts)
}

/// Seconds as units of a picture.
pub fn units(seconds: i64) -> f64 {
    // A call is far shorter than the 2^53 seconds up to which this is exact.
    #[allow(clippy::cast_precision_loss)]
    let units = seconds as f64;
    units
}

/// To a tenth: nobody sees more, and the page stays small.
fn rounded(value: f64) -> f64 {
    (value * 10.0).round() / 10.0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_are_laid_end_to_end_and_what_is_zero_left_out() {
        let strip = stacked(&[("s-w1", 1350), ("s-w2", 0), ("s-w3", 60)]);
        assert_eq!(strip.parts.iter().map(|part| (part.x, part.width)).collect::<Vec<_>>(), [(0.0, 1350.0), (1350.0, 60.0)]);
        assert_eq!((strip.length, strip.percent), (1410.0, 100.0));
    }

    #[test]
    fn what_took_no_time_is_still_seen() {
        assert_eq!(Part::new("s-dot", 60.0, 60.0, 5.0).width, 5.0);
        assert_eq!(Strip::new(0.0, 2400.0, Vec::new()).percent, 0.4);
    }
}
