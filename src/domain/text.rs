//! Text that people type, made sound once, where it comes in.
//!
//! - Normalised to NFC, so that one word has one spelling. Never NFKC: 髙﨑, ①, ㈱ and half-width ｶﾅ stay as typed. And not
//!   the CJK compatibility ideographs: NFC would write 神 for a name that is spelled 神.
//! - Control characters (C0, DEL, C1) are dropped without a word: they come with pasted text, nobody sees them, and a NUL
//!   is refused by one of the databases. In [`Prose`], line ends are unified and tabs stay; in a [`Line`] both become spaces.
//! - Characters that turn the direction of writing (U+202E and the like) stay, as evidence is kept as it came. Pages put
//!   every such text between isolates (`<bdi>`, `dir="auto"`), the paper leaves them out.
//! - White space at both ends is cut off, by characters, never by bytes: 加 ends in the byte A0.

use std::fmt;

use unicode_normalization::UnicodeNormalization;

/// Why a text is refused. [`TextError::key`] is its sentence in the catalogues.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum TextError {
    /// Nothing was typed where something must stand.
    #[error("nothing was given")]
    Empty,
    /// More characters than the field holds.
    #[error("{given} characters, more than {limit}")]
    TooLong {
        /// How many it may have.
        limit: usize,
        /// How many it has.
        given: usize,
    },
}

impl TextError {
    /// The key of its sentence in the catalogues; `text-error-too-long` takes `limit` and `given`.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Empty => "text-error-empty",
            Self::TooLong { .. } => "text-error-too-long",
        }
    }
}

/// One line: a name, a title, an address. At most [`Line::LIMIT`] characters; may be empty.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Line(String);

/// Text of any number of lines, which end in `\n`. At most [`Prose::LIMIT`] characters; may be empty.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Prose(String);

impl Line {
    /// The most characters a line has.
    pub const LIMIT: usize = 300;

    /// The line that was typed.
    ///
    /// # Errors
    /// [`TextError::TooLong`].
    pub fn parse(text: &str) -> Result<Self, TextError> {
        sound(text, Self::LIMIT, |c| match c {
            '\n' | '\r' | '\t' | '\u{2028}' | '\u{2029}' => Some(' '),
            c if c.is_control() => None,
            c => Some(c),
        })
        .map(Self)
    }

    /// The line that was typed where one must stand.
    ///
    /// # Errors
    /// [`TextError`].
    pub fn required(text: &str) -> Result<Self, TextError> {
        let line = Self::parse(text)?;
        if line.0.is_empty() { Err(TextError::Empty) } else { Ok(line) }
    }

    /// The text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl Prose {
    /// The most characters a text has: the length of a novel's third, and 600 kB at most.
    pub const LIMIT: usize = 200_000;

    /// The text that was typed.
    ///
    /// # Errors
    /// [`TextError::TooLong`].
    pub fn parse(text: &str) -> Result<Self, TextError> {
        sound(&text.replace("\r\n", "\n"), Self::LIMIT, |c| match c {
            '\r' | '\u{2028}' | '\u{2029}' => Some('\n'),
            '\n' | '\t' => Some(c),
            c if c.is_control() => None,
            c => Some(c),
        })
        .map(Self)
    }

    /// The text that was typed where one must stand.
    ///
    /// # Errors
    /// [`TextError`].
    pub fn required(text: &str) -> Result<Self, TextError> {
        let prose = Self::parse(text)?;
        if prose.0.is_empty() { Err(TextError::Empty) } else { Ok(prose) }
    }

    /// The text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// Characters that change the direction of writing (UAX #9): by them "gnp.exe" can be shown as "exe.png".
pub const fn is_direction(c: char) -> bool {
    matches!(c, '\u{200e}' | '\u{200f}' | '\u{061c}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// A text as a part of a sentence: where it turns the direction of writing, it is isolated, so that the rest of the sentence stands as
/// it is (UAX #9, FSI and PDI). What would end the isolate early is left out, and what it leaves open is ended.
pub fn isolated(text: String) -> String {
    if !text.contains(is_direction) {
        return text;
    }
    let mut open = 0_usize;
    let mut isolated = String::from('\u{2068}');
    for c in text.chars() {
        match c {
            '\u{2066}'..='\u{2068}' => open += 1,
            '\u{2069}' if open == 0 => continue,
            '\u{2069}' => open -= 1,
            _ => {}
        }
        isolated.push(c);
    }
    isolated.extend(std::iter::repeat_n('\u{2069}', open + 1));
    isolated
}

/// The beginning of a text as one line of at most `most` characters, and a sign where it goes on.
pub fn beginning(text: &str, most: usize) -> String {
    let mut shown = text
        .split(|c: char| c.is_whitespace() || c.is_control())
        .filter(|word| !word.is_empty())
        .fold(String::new(), |line, word| if line.is_empty() { word.to_owned() } else { line + " " + word });
    if let Some((cut, _)) = shown.char_indices().nth(most) {
        shown.truncate(cut);
        shown.push('…');
    }
    shown
}

/// The same in one direction, and with nothing in it that a program makes a link of: for what strangers may have written and a plain
/// text or a chat shows.
pub fn plain(text: &str, most: usize) -> String {
    let text: String = text.chars().filter(|c| !is_direction(*c)).collect();
    beginning(&text.replace("://", ": //"), most)
}

impl fmt::Display for Line {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl fmt::Display for Prose {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl From<Line> for String {
    fn from(line: Line) -> Self {
        line.0
    }
}

impl From<Prose> for String {
    fn from(prose: Prose) -> Self {
        prose.0
    }
}

fn sound(text: &str, limit: usize, keep: impl Fn(char) -> Option<char>) -> Result<String, TextError> {
    let kept: String = text.chars().filter_map(keep).collect();
    // A byte order mark is white space to whoever pasted it.
    let sound = nfc(&kept).trim_matches(|c: char| c.is_whitespace() || c == '\u{feff}').to_owned();
    let given = sound.chars().count();
    if given > limit { Err(TextError::TooLong { limit, given }) } else { Ok(sound) }
}

/// NFC, but for the CJK compatibility ideographs, which it would replace.
fn nfc(text: &str) -> String {
    let compatibility = |c: char| matches!(c, '\u{f900}'..='\u{faff}' | '\u{2f800}'..='\u{2fa1f}');
    let mut normal = String::with_capacity(text.len());
    for piece in text.split_inclusive(compatibility) {
        let ideograph = piece.chars().next_back().filter(|c| compatibility(*c));
        let rest = &piece[..piece.len() - ideograph.map_or(0, char::len_utf8)];
        normal.extend(rest.nfc());
        normal.extend(ideograph);
    }
    normal
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn line(text: &str) -> String {
        Line::parse(text).unwrap().into()
    }

    fn prose(text: &str) -> String {
        Prose::parse(text).unwrap().into()
    }

    #[test]
    fn what_turns_the_direction_of_writing_turns_nothing_beside_it() {
        assert_eq!(isolated("plain".to_owned()), "plain");
        assert_eq!(isolated("\u{202e}abc".to_owned()), "\u{2068}\u{202e}abc\u{2069}");
        assert_eq!(isolated("\u{2069}\u{202e}a".to_owned()), "\u{2068}\u{202e}a\u{2069}", "it is not ended early");
        assert_eq!(isolated("\u{2066}a\u{2067}b".to_owned()), "\u{2068}\u{2066}a\u{2067}b\u{2069}\u{2069}\u{2069}");
        let once = isolated("\u{200f}x".to_owned());
        assert_eq!(isolated(once.clone()), format!("\u{2068}{once}\u{2069}"));
    }

    #[test]
    fn what_was_typed_stays_as_typed() {
        for text in ["追加", "障害の追加", "髙﨑①㈱", "ｶﾅ", "邉葛噓塡", "神社", "\u{fa19}社", "𠮷野家", "a\u{202e}b", "👩‍💻"]
        {
            assert_eq!(line(text), text);
            assert_eq!(prose(text), text);
        }
    }

    #[test]
    fn a_beginning_is_one_line_and_cut_by_characters() {
        assert_eq!(beginning(" 一行目\r\n\r\n二行目\u{2028}三\0 ", 20), "一行目 二行目 三");
        assert_eq!(beginning("追加追加", 4), "追加追加");
        assert_eq!(beginning("追加追加", 3), "追加追…");
        assert_eq!(beginning("\n", 3), "");
    }

    #[test]
    fn one_word_has_one_spelling() {
        assert_eq!(line("か\u{3099}いしゃ"), "がいしゃ");
        assert_eq!(line("Cafe\u{301}"), "Café");
    }

    #[test]
    fn white_space_at_the_ends_goes_and_control_characters_go() {
        assert_eq!(line("\u{3000} 追加 \u{a0}\n"), "追加");
        assert_eq!(line("\u{feff}追\0加\u{7}\u{85}"), "追加");
        assert_eq!(line("一行目\n二行目\t三"), "一行目 二行目 三");
        assert_eq!(prose("一行目\r\n二行目\r三行目\u{2028}四\t五\0\n\n"), "一行目\n二行目\n三行目\n四\t五");
    }

    #[test]
    fn what_is_missing_or_too_long_is_refused() {
        assert_eq!(Line::required(" \u{3000}\0"), Err(TextError::Empty));
        assert_eq!(Prose::required("\n\n"), Err(TextError::Empty));
        assert!(Line::parse("").unwrap().as_str().is_empty());
        assert_eq!(Line::parse(&"加".repeat(301)), Err(TextError::TooLong { limit: 300, given: 301 }));
        assert!(Line::parse(&"加".repeat(300)).is_ok());
        assert!(Prose::parse(&"加".repeat(200_000)).is_ok());
        assert_eq!(Prose::parse(&"加".repeat(200_001)).unwrap_err().key(), "text-error-too-long");
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn what_is_sound_stays_as_it_is(text in "\\PC{0,80}|.{0,80}") {
            let once = line(&text);
            prop_assert_eq!(line(&once), once.clone());
            prop_assert!(!once.contains(|c: char| c.is_control()));
            let once = prose(&text);
            prop_assert_eq!(prose(&once), once);
        }
    }
}
