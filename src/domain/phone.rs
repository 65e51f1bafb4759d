//! Telephone numbers: one canonical spelling, however a number is written.
//!
//! | written | canonical |
//! |---|---|
//! | `+81 3-5555-0100`, `03/5555/0100`, `(03)5555‐0100`, `03-5555-0100 内線 12` | `+81355550100` (E.164) |
//! | `0120-555-010` | `+81120555010`: dialled from Japan only, but one spelling |
//! | `010-1-212-555-0100` | `+12125550100` (010 is Japan's way out) |
//! | `184-03-5555-0100` | `+81355550100`: 184 and 186 only hide or show our own number |
//! | `116`, `#7119`, `0077-7111` | as dialled: short numbers and carriers' numbers have no E.164 form |
//! | `5555-0100` | as dialled: the area is not said, so it is not guessed |

use unicode_normalization::UnicodeNormalization;

/// Japan, where a number without a country is dialled.
const HOME: &str = "81";

/// Numbers shorter than this are not searched for: they would find everything.
const SHORTEST_QUERY: usize = 2;

/// The most bytes in which somebody writes a number, its extension and all.
const LONGEST_WRITTEN: usize = 200;

/// What introduces an extension, which is dialled only after the answer. Longer before shorter.
const EXTENSIONS: [&str; 5] = ["内線", ";ext=", "extension", "ext.", "ext"];

/// The canonical spelling of the number that `text` holds; none where it holds no number, or more than one.
pub fn digits(text: &str) -> Option<String> {
    let dialled = dialled(without_extension(&plain(text)))?;
    if let Some(international) = dialled.strip_prefix('+') {
        return international_number(international);
    }
    let number =
        ["184", "186"].iter().find_map(|hide| dialled.strip_prefix(hide).filter(|rest| rest.len() >= 9)).unwrap_or(&dialled);
    if let Some(abroad) = number.strip_prefix("010").filter(|rest| rest.len() >= 8) {
        return international_number(abroad);
    }
    match (number.as_bytes(), number.len()) {
        ([b'#', ..], 4..=6) => Some(number.to_owned()),
        ([b'#', ..], _) => None,
        ([b'0', b'0', ..], 6..=20) => Some(number.to_owned()),
        ([b'0', ..], 10 | 11) => Some(format!("+{HOME}{}", &number[1..])),
        ([b'0', ..], _) => None,
        (_, 3..=15) => Some(number.to_owned()),
        _ => None,
    }
}

/// A line of a phone book, "support: 0120-555-010", "support 0120-555-010" or the number alone: what the number is for, the
/// number as written, and its canonical spelling. None where there is no number in it.
pub fn labelled(line: &str) -> Option<(&str, &str, String)> {
    let after_colon = line.split_once([':', '\u{ff1a}']);
    // Only what could be a number's beginning: in a line as long as a book each word would be tried with all that follow it.
    let near = |at: usize| line.len() - at <= LONGEST_WRITTEN;
    let after_words = || line.char_indices().filter(|(at, c)| c.is_whitespace() && near(*at)).map(|(at, _)| line.split_at(at));
    let whole = [("", line)];
    after_colon
        .into_iter()
        .chain(whole)
        .chain(after_words())
        .map(|(label, written)| (label.trim(), written.trim()))
        .find_map(|(label, written)| Some((label, written, digits(written)?)))
}

/// Whether what somebody typed to look up a number, whole or in part ("0100", "03-55"), is found in `number`, a canonical
/// spelling.
pub fn matches(query: &str, number: &str) -> bool {
    let Some(dialled) = dialled(without_extension(&plain(query))) else { return false };
    if dialled.len() < SHORTEST_QUERY {
        return false;
    }
    let whole = digits(query).is_some_and(|canonical| canonical == number);
    // "+81 (0)3": the 0 is not dialled from abroad.
    let abroad = dialled.strip_prefix("+810").map(|rest| format!("+{HOME}{rest}"));
    whole || number.contains(abroad.as_deref().unwrap_or(&dialled)) || national(number).contains(&dialled)
}

/// The number as it is dialled in Japan: `0355550100`.
fn national(number: &str) -> String {
    match number.strip_prefix('+').and_then(|number| number.strip_prefix(HOME)) {
        Some(rest) => format!("0{rest}"),
        None => number.to_owned(),
    }
}

/// E.164 has at most 15 digits; a number that can be reached from abroad has seven at least.
fn international_number(number: &str) -> Option<String> {
    // "+81 (0)3": the 0 is not dialled from abroad.
    let number = match number.strip_prefix(HOME).and_then(|rest| rest.strip_prefix('0')) {
        Some(rest) => format!("{HOME}{rest}"),
        None => number.to_owned(),
    };
    let sound = (7..=15).contains(&number.len()) && !number.starts_with('0') && !number.contains('#');
    sound.then(|| format!("+{number}"))
}

/// Full-width forms made plain, lower case, without a leading "tel".
fn plain(text: &str) -> String {
    let plain: String = text.nfkc().flat_map(char::to_lowercase).collect();
    let number = ["tel:", "tel.", "tel", "電話"].iter().find_map(|label| plain.trim().strip_prefix(label));
    number.unwrap_or(&plain).trim_start_matches([':', ' ']).to_owned()
}

fn without_extension(text: &str) -> &str {
    EXTENSIONS.iter().find_map(|mark| text.split_once(mark)).map_or(text, |(number, _)| number).trim_end_matches(['(', ' '])
}

/// The digits with what else is dialled (a leading `+` or `#`); none where anything else than separators stands between.
fn dialled(text: &str) -> Option<String> {
    let mut dialled = String::new();
    for c in text.chars() {
        match c {
            '0'..='9' => dialled.push(c),
            '+' | '#' if dialled.is_empty() => dialled.push(c),
            c if is_separator(c) => {}
            _ => return None,
        }
    }
    dialled.contains(|c: char| c.is_ascii_digit()).then_some(dialled)
}

/// Spaces, brackets, slashes, dots, and every kind of dash that an input method offers for a hyphen.
const fn is_separator(c: char) -> bool {
    matches!(
        c,
        ' ' | '\t' | '\u{a0}' | '\u{3000}' | '(' | ')' | '[' | ']' | '/' | '.' | '・' | '-' | '_' | '~' | '〜'
            | '\u{ad}' | '\u{2010}'..='\u{2015}' | '\u{2043}' | '\u{2212}' | '\u{2500}' | '\u{2501}' | '\u{30fc}' | '\u{ff70}'
            | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}'
    )
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn what_a_number_is_for_may_stand_before_it() {
        let parts = |line| labelled(line).map(|(label, written, _)| (label, written));
        assert_eq!(parts("support: 0120-555-010"), Some(("support", "0120-555-010")));
        assert_eq!(parts("サポート：0120-555-010"), Some(("サポート", "0120-555-010")));
        assert_eq!(parts("after hours 03 5555 0100"), Some(("after hours", "03 5555 0100")));
        assert_eq!(parts("サポート\u{3000}0120-555-010"), Some(("サポート", "0120-555-010")));
        assert_eq!(parts("03-5555-0100 内線 12"), Some(("", "03-5555-0100 内線 12")));
        assert_eq!(parts("ask at the desk"), None);
    }

    #[test]
    fn a_number_has_one_spelling_however_it_is_written() {
        let spellings = [
            "+81 3-5555-0100",
            "+81-3-5555-0100",
            "+81 (0)3 5555 0100",
            "03/5555/0100",
            "(03)5555‐0100",
            "０３－５５５５－０１００",
            "03‑5555‑0100",
            "03–5555–0100",
            "03—5555—0100",
            "03−5555−0100",
            "03ー5555ー0100",
            "03ｰ5555ｰ0100",
            "03 5555 0100",
            "03　5555　0100",
            "0355550100",
            "03.5555.0100",
            "[03] 5555-0100",
            "TEL: 03-5555-0100",
            "電話 03-5555-0100",
            "tel:+81-3-5555-0100",
            "03-5555-0100 内線 12",
            "03-5555-0100（内線12）",
            "03-5555-0100 ext. 12",
            "184-03-5555-0100",
            "010-81-3-5555-0100",
            "\u{202a}03-5555-0100\u{202c}",
        ];
        for spelling in spellings {
            assert_eq!(digits(spelling).as_deref(), Some("+81355550100"), "{spelling}");
        }
    }

    #[test]
    fn other_numbers_are_kept_as_they_are_dialled() {
        let rows = [
            ("0120-555-010", "+81120555010"),
            ("0800-555-0100", "+818005550100"),
            ("090-5555-0100", "+819055550100"),
            ("+1 212-555-0100", "+12125550100"),
            ("010-1-212-555-0100", "+12125550100"),
            ("116", "116"),
            ("１１６", "116"),
            ("#7119", "#7119"),
            ("0077-7111", "00777111"),
            ("5555-0100", "55550100"),
        ];
        for (written, canonical) in rows {
            assert_eq!(digits(written).as_deref(), Some(canonical), "{written}");
        }
    }

    #[test]
    fn what_is_no_number_is_none() {
        for text in
            ["", "-", "+", "#", "support desk", "03-5555", "03-5555-0100, 03-5555-0101", "+0 12", "12", "03-5555-01000000000000"]
        {
            assert_eq!(digits(text), None, "{text}");
        }
    }

    #[test]
    fn the_phone_book_finds_a_number_by_its_part() {
        let number = "+81355550100";
        for query in ["0100", "5555-0100", "03-5555", "０３", "+81 3", "+81 (0)3-55", "+81355550100", "03/5555/0100", "5550"] {
            assert!(matches(query, number), "{query}");
        }
        for query in ["06", "03-1234", "+1", "5", "", "desk", "5555-0101"] {
            assert!(!matches(query, number), "{query}");
        }
        assert!(matches("116", "116"));
        assert!(matches("0120", "+81120555010"));
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn a_canonical_spelling_is_its_own(text in "[+#0-9０-９ ()/ー-]{0,20}") {
            if let Some(canonical) = digits(&text) {
                prop_assert_eq!(digits(&canonical), Some(canonical.clone()), "{}", text);
                prop_assert!(matches(&text, &canonical));
            }
        }

        #[test]
        fn no_string_makes_it_panic(text in ".*", number in ".*") {
            digits(&text);
            matches(&text, &number);
        }
    }

    #[test]
    fn a_line_as_long_as_a_book_is_read_like_any_other() {
        for filler in ["窓口 ", "03-1234-5678 ", " ", "あ〜"] {
            let line = format!("サポート{} 0120-555-010", filler.repeat(200_000));
            let found = labelled(&line).map(|(_, written, _)| written.to_owned());
            assert_eq!(found.as_deref(), Some("0120-555-010"), "{filler:?}");
        }
    }
}
