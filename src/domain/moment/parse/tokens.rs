//! The text cut into numbers, words of the table, and signs.

use unicode_normalization::UnicodeNormalization;

use super::MomentError;
use super::words::{Sense, kanji_number, longest};

/// One piece of the text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Token {
    /// What it is.
    pub kind: Kind,
    /// As it stands in the text, for messages; full-width letters made plain.
    pub text: String,
}

/// What a piece is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// A number, and in how many digits it was written: 4 make a year.
    Number(u32, usize),
    /// A word of the table.
    Word(Sense),
    /// `:` `/` `-` or `.` inside dates and times.
    Sign(char),
}

/// Cuts `text` into its pieces. Spaces, commas and brackets only separate.
///
/// # Errors
/// [`MomentError::NotUnderstood`] with the first piece that is in no table.
pub(super) fn tokens(text: &str) -> Result<Vec<Token>, MomentError> {
    let plain = plain(text);
    let mut rest = plain.as_str();
    let mut tokens = Vec::new();
    while let Some(c) = rest.chars().next() {
        let (length, kind) = match longest(rest) {
            Some((word, sense)) => (word.len(), Some(word_kind(sense))),
            None => other(rest, c)?,
        };
        if let Some(kind) = kind {
            tokens.push(Token { kind, text: rest[..length].to_owned() });
        }
        rest = &rest[length..];
    }
    Ok(tokens)
}

const fn word_kind(sense: Sense) -> Kind {
    match sense {
        Sense::Number(value) => Kind::Number(value, 0),
        other => Kind::Word(other),
    }
}

/// What begins with `c` and is no word: its length in bytes, and what it is; nothing for what only separates.
fn other(rest: &str, c: char) -> Result<(usize, Option<Kind>), MomentError> {
    if c.is_ascii_digit() {
        let digits = &rest[..rest.find(|c: char| !c.is_ascii_digit()).unwrap_or(rest.len())];
        let value = digits.parse().map_err(|_| MomentError::NotUnderstood(digits.to_owned()))?;
        return Ok((digits.len(), Some(Kind::Number(value, digits.len()))));
    }
    if let Some((length, value)) = kanji_number(rest) {
        return Ok((length, Some(Kind::Number(value, 0))));
    }
    match c {
        ' ' | ',' | '、' | '(' | ')' => Ok((1.max(c.len_utf8()), None)),
        ':' | '/' | '-' | '.' => Ok((1, Some(Kind::Sign(c)))),
        '~' => Ok((1, Some(Kind::Word(Sense::To)))),
        _ => Err(MomentError::NotUnderstood(unknown(rest))),
    }
}

/// The unknown piece that begins `rest`, to where a separator or a number follows.
fn unknown(rest: &str) -> String {
    let end = |c: char| c.is_whitespace() || c.is_ascii_digit() || ":/,、-~".contains(c);
    rest.chars().take_while(|c| !end(*c)).collect()
}

/// Full-width and compatibility forms made plain, lower case, one spelling of each dash, single spaces.
fn plain(text: &str) -> String {
    let folded: String = text.nfkc().flat_map(char::to_lowercase).map(fold).collect();
    folded.split_whitespace().collect::<Vec<_>>().join(" ")
}

const fn fold(c: char) -> char {
    match c {
        '〜' | '∼' | '～' => '~',
        // The dashes: hyphens, figure dash, en dash, em dash, bar, minus.
        '\u{2010}'..='\u{2015}' | '\u{2212}' => '-',
        c => c,
    }
}
