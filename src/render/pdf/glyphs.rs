//! What the fonts of the paper can print, and what becomes of the rest.
//!
//! One glyph that the fonts lack fails a whole PDF/A, and an invisible control character can turn a line round. So every
//! string is cleaned before it is set; nothing is dropped or replaced in silence: the paper lists it at its end.

use std::collections::BTreeMap;

use serde::Serialize;
use serde_json::Value;
use unicode_normalization::UnicodeNormalization;

use super::world::covers;

/// What is printed for a character that the fonts lack: the geta mark, as printers have always done.
pub const GETA: char = '〓';

/// One character that could not be printed as it was written.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Substitution {
    /// The character's code point, `U+1F600`.
    pub code: String,
    /// What stands in its place: [`GETA`], or nothing.
    pub shown: String,
    /// How often it was met.
    pub count: usize,
}

/// Collects what [`clean`] could not print.
#[derive(Debug, Default)]
pub struct Substitutions(BTreeMap<char, (bool, usize)>);

impl Substitutions {
    /// What was met, by code point.
    pub fn list(&self) -> Vec<Substitution> {
        let one = |(&c, &(replaced, count)): (&char, &(bool, usize))| Substitution {
            code: format!("U+{:04X}", u32::from(c)),
            shown: if replaced { GETA.to_string() } else { String::new() },
            count,
        };
        self.0.iter().map(one).collect()
    }

    fn note(&mut self, c: char, replaced: bool) {
        self.0.entry(c).or_insert((replaced, 0)).1 += 1;
    }
}

/// `value` with every string in it cleaned; keys, numbers and shape stay.
pub fn clean_all(value: &Value, met: &mut Substitutions) -> Value {
    match value {
        Value::String(text) => Value::String(clean(text, met)),
        Value::Array(items) => Value::Array(items.iter().map(|item| clean_all(item, met)).collect()),
        Value::Object(fields) => Value::Object(fields.iter().map(|(key, field)| (key.clone(), clean_all(field, met))).collect()),
        Value::Null | Value::Bool(_) | Value::Number(_) => value.clone(),
    }
}

/// `text` as it can be printed: composed (NFC), line breaks as `\n`, white space that no font holds as a blank, control,
/// bidirectional and other invisible characters left out, and [`GETA`] for whatever the fonts lack.
pub fn clean(text: &str, met: &mut Substitutions) -> String {
    let unix = text.replace("\r\n", "\n").replace('\r', "\n");
    compose(&unix).chars().filter_map(|c| printable(c, met)).collect()
}

/// Composes `text`, but leaves the compatibility ideographs as they are: NFC would print 神 for 神, and a name is
/// printed the way its bearer writes it.
fn compose(text: &str) -> String {
    let mut composed = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((at, c)) = rest.char_indices().find(|&(_, c)| is_compatibility_ideograph(c) && covers(c)) {
        composed.extend(rest[..at].nfc());
        composed.push(c);
        rest = &rest[at + c.len_utf8()..];
    }
    composed.extend(rest.nfc());
    composed
}

fn printable(c: char, met: &mut Substitutions) -> Option<char> {
    match c {
        '\n' => Some('\n'),
        '\t' => Some(' '),
        _ if c.is_control() || is_invisible(c) => {
            met.note(c, false);
            None
        }
        _ if covers(c) => Some(c),
        _ if c.is_whitespace() => Some(' '),
        _ => {
            met.note(c, true);
            Some(GETA)
        }
    }
}

/// CJK Compatibility Ideographs and their supplement.
fn is_compatibility_ideograph(c: char) -> bool {
    matches!(c, '\u{F900}'..='\u{FAFF}' | '\u{2F800}'..='\u{2FA1F}')
}

/// Characters without a shape of their own (Unicode `Default_Ignorable_Code_Point` and the bidirectional controls):
/// soft hyphen, joiners, marks of direction, variation selectors, tags.
fn is_invisible(c: char) -> bool {
    matches!(c,
        '\u{00AD}' | '\u{034F}' | '\u{061C}' | '\u{115F}' | '\u{1160}' | '\u{17B4}' | '\u{17B5}' | '\u{3164}' | '\u{FEFF}' | '\u{FFA0}'
        | '\u{180B}'..='\u{180F}' | '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{206F}'
        | '\u{FE00}'..='\u{FE0F}' | '\u{FFF0}'..='\u{FFFB}' | '\u{1BCA0}'..='\u{1BCA3}' | '\u{1D173}'..='\u{1D17A}'
        | '\u{E0000}'..='\u{E0FFF}')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cleaned(text: &str) -> (String, Vec<Substitution>) {
        let mut met = Substitutions::default();
        let text = clean(text, &mut met);
        (text, met.list())
    }

    fn listed(code: &str, shown: &str, count: usize) -> Substitution {
        Substitution { code: code.to_owned(), shown: shown.to_owned(), count }
    }

    #[test]
    fn the_hard_characters_of_japanese_offices_are_all_there() {
        let text = "髙﨑①㈱ｶﾅ邉葛噓塡 ～〜−―…※→";
        assert_eq!(cleaned(text), (text.to_owned(), vec![]));
    }

    #[test]
    fn what_the_fonts_lack_becomes_a_geta_mark_and_is_listed() {
        assert_eq!(
            cleaned("𠮷野家😀😀"),
            ("〓野家〓〓".to_owned(), vec![listed("U+1F600", "〓", 2), listed("U+20BB7", "〓", 1)])
        );
    }

    #[test]
    fn marks_of_direction_and_controls_are_left_out_and_listed() {
        assert_eq!(cleaned("a\u{202E}b\u{0}c"), ("abc".to_owned(), vec![listed("U+0000", "", 1), listed("U+202E", "", 1)]));
    }

    #[test]
    fn a_family_of_joined_emoji_does_not_fail() {
        let (text, met) = cleaned("👨\u{200D}👩\u{200D}👧\u{FE0F}");
        assert_eq!(text, "〓〓〓");
        assert!(met.contains(&listed("U+200D", "", 2)));
    }

    #[test]
    fn decomposed_kana_are_composed_but_a_name_keeps_its_own_shape() {
        assert_eq!(cleaned("か\u{3099}").0, "が");
        assert_eq!(cleaned("\u{FA19}か\u{3099}\u{FA11}").0, "\u{FA19}が\u{FA11}");
    }

    #[test]
    fn blanks_and_line_breaks_stay() {
        assert_eq!(cleaned("a\r\nb\rc\td\u{2009}e\u{3000}f"), ("a\nb\nc d e\u{3000}f".to_owned(), vec![]));
    }

    #[test]
    fn keys_are_left_alone() {
        let mut met = Substitutions::default();
        let value = serde_json::json!({"😀": ["😀", 1, null, {"a": "b\u{7}"}]});
        assert_eq!(clean_all(&value, &mut met), serde_json::json!({"😀": ["〓", 1, null, {"a": "b"}]}));
    }
}
