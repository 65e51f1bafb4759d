//! A small writer of SVG: tags and attributes are ours, everything else is escaped.

use std::fmt::Write;

/// An attribute: a name of ours, and a value.
pub type Attr<'a> = (&'static str, Value<'a>);

/// What stands in an attribute.
#[derive(Clone, Copy, Debug)]
pub enum Value<'a> {
    /// A length in units of the picture, written to one decimal.
    Length(f64),
    /// A word; escaped.
    Word(&'a str),
}

impl From<f64> for Value<'_> {
    fn from(length: f64) -> Self {
        Self::Length(length)
    }
}

impl<'a> From<&'a str> for Value<'a> {
    fn from(word: &'a str) -> Self {
        Self::Word(word)
    }
}

/// SVG being written.
#[derive(Debug, Default)]
pub struct Svg {
    out: String,
}

impl Svg {
    /// An element with elements in it, which `inside` writes.
    pub fn group(&mut self, tag: &'static str, attrs: &[Attr<'_>], inside: impl FnOnce(&mut Self)) {
        self.open(tag, attrs);
        self.out.push('>');
        inside(self);
        self.close(tag);
    }

    /// An element with nothing in it.
    pub fn shape(&mut self, tag: &'static str, attrs: &[Attr<'_>]) {
        self.open(tag, attrs);
        self.out.push_str("/>");
    }

    /// An element with text in it.
    pub fn text(&mut self, tag: &'static str, attrs: &[Attr<'_>], text: &str) {
        self.open(tag, attrs);
        self.out.push('>');
        self.escaped(text);
        self.close(tag);
    }

    /// Words in the picture. Where Japanese stands beside figures, each has its own font: who prints it would else take for the whole
    /// line the one font that has every letter, and the figures would differ from those everywhere else.
    pub fn words(&mut self, attrs: &[Attr<'_>], text: &str) {
        let runs: Vec<&str> = runs(text);
        if runs.len() < 2 {
            return self.text("text", attrs, text);
        }
        self.group("text", attrs, |svg| {
            for run in runs {
                if run.starts_with(is_western) {
                    svg.text("tspan", &[("font-family", FIGURES.into())], run);
                } else {
                    svg.escaped(run);
                }
            }
        });
    }

    /// Whether nothing was written.
    pub const fn is_empty(&self) -> bool {
        self.out.is_empty()
    }

    /// What another writer wrote.
    pub fn append(&mut self, other: Self) {
        self.out.push_str(&other.out);
    }

    /// What was written.
    pub fn finish(self) -> String {
        self.out
    }

    fn open(&mut self, tag: &'static str, attrs: &[Attr<'_>]) {
        self.out.push('<');
        self.out.push_str(tag);
        for (name, value) in attrs {
            self.out.push(' ');
            self.out.push_str(name);
            self.out.push_str("=\"");
            match value {
                Value::Length(length) => self.length(*length),
                Value::Word(word) => self.escaped(word),
            }
            self.out.push('"');
        }
    }

    fn close(&mut self, tag: &'static str) {
        self.out.push_str("</");
        self.out.push_str(tag);
        self.out.push('>');
    }

    fn length(&mut self, length: f64) {
        // Writing to a String cannot fail.
        let written = write!(self.out, "{length:.1}");
        debug_assert!(written.is_ok());
        if self.out.ends_with(".0") {
            self.out.truncate(self.out.len() - 2);
        }
    }

    fn escaped(&mut self, text: &str) {
        for c in text.chars() {
            match c {
                '&' => self.out.push_str("&amp;"),
                '<' => self.out.push_str("&lt;"),
                '>' => self.out.push_str("&gt;"),
                '"' => self.out.push_str("&quot;"),
                '\'' => self.out.push_str("&#39;"),
                // XML knows no other control characters, not even escaped.
                '\t' | '\n' | '\r' => self.out.push(' '),
                c if c.is_control() || matches!(c, '\u{FFFE}' | '\u{FFFF}') => {}
                c => self.out.push(c),
            }
        }
    }
}

/// The font of figures.
const FIGURES: &str = "Tellonce Latin, BIZ UDGothic, sans-serif";

fn is_western(c: char) -> bool {
    c.is_ascii() || c == '–'
}

/// The text cut where Western letters and others meet.
fn runs(text: &str) -> Vec<&str> {
    let mut runs = Vec::new();
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let end = rest.find(|c| is_western(c) != is_western(first)).unwrap_or(rest.len());
        let (run, after) = rest.split_at(end);
        runs.push(run);
        rest = after;
    }
    runs
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_people_typed_cannot_leave_its_place() {
        let mut svg = Svg::default();
        svg.text("text", &[("x", 1.0.into()), ("class", "\"><script>".into())], "</text><script>&'\u{0}\n");
        assert_eq!(
            svg.finish(),
            "<text x=\"1\" class=\"&quot;&gt;&lt;script&gt;\">&lt;/text&gt;&lt;script&gt;&amp;&#39; </text>"
        );
    }

    #[test]
    fn figures_among_japanese_have_their_own_font() {
        let mut svg = Svg::default();
        svg.words(&[], "9回・22分");
        assert_eq!(
            svg.finish(),
            "<text><tspan font-family=\"Tellonce Latin, BIZ UDGothic, sans-serif\">9</tspan>回・\
             <tspan font-family=\"Tellonce Latin, BIZ UDGothic, sans-serif\">22</tspan>分</text>"
        );
        let mut svg = Svg::default();
        svg.words(&[], "12:00");
        assert_eq!(svg.finish(), "<text>12:00</text>");
    }
}
