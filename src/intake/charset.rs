//! Bytes → text, where the charset is named wrongly, or not at all, as mails and old text files come.
//!
//! ISO-2022-JP (RFC 1468) gives itself away by its escape sequences and is taken before any name. Among the other charsets
//! of Japanese the one is taken whose text looks most like writing; a name that was given counts, but not above the text.

use encoding_rs::{EUC_JP, Encoding, SHIFT_JIS, UTF_8, WINDOWS_1252};

/// Characters outside ASCII that are looked at to tell one charset from another.
const SAMPLE: usize = 20_000;

/// Stands where a double byte of ISO-2022-JP is in no table: the printers' mark for a missing type (U+3013).
const MISSING_TYPE: &str = "\u{3013}";

/// The text of `bytes`. `declared` is the charset's name as somebody wrote it; it may be wrong. Line ends are `\n`; of the
/// control characters only line ends and tabs stay.
pub fn text(bytes: &[u8], declared: Option<&str>) -> String {
    clean(&decode(bytes, declared))
}

/// The text of `bytes` with line ends and control characters as they are.
pub fn decode(bytes: &[u8], declared: Option<&str>) -> String {
    let declared = declared.map(plain_name);
    let wide = declared.as_deref().is_some_and(|name| name.starts_with("utf-16"));
    if !wide && has_escapes(bytes) {
        return iso_2022_jp(bytes, declared.as_deref());
    }
    eight_bit(bytes, declared.as_deref())
}

/// The text without control characters other than line ends and tabs (C0, DEL, C1) and without byte order marks; every line
/// end is `\n`.
pub fn clean(text: &str) -> String {
    let ends = text.replace("\r\n", "\n");
    let kept = ends.chars().filter_map(|c| match c {
        '\r' => Some('\n'),
        '\n' | '\t' => Some(c),
        '\u{feff}' => None,
        c if c.is_control() => None,
        c => Some(c),
    });
    kept.collect()
}

/// The name of a charset as the tables know it.
fn plain_name(name: &str) -> String {
    let name = name.trim_matches(|c: char| c.is_whitespace() || "\"';*".contains(c)).to_ascii_lowercase();
    let known = match name.as_str() {
        "cp932" | "ms932" | "windows-932" | "shift-jis" | "shift_jis-2004" | "x-sjis-docomo" | "sjis-win" => "shift_jis",
        "eucjp" | "euc_jp" | "eucjp-ms" | "eucjp-win" | "cp51932" | "ujis" => "euc-jp",
        "iso-2022-jp-ms" | "iso-2022-jp-1" | "iso-2022-jp-2" | "iso-2022-jp-3" | "cp50220" | "cp50221" | "jis" => "iso-2022-jp",
        "utf8" | "uft-8" | "utf-8n" | "unicode-1-1-utf-8" => "utf-8",
        other => other,
    };
    known.to_owned()
}

/// Whether the bytes hold an escape sequence that chooses a Japanese set (RFC 1468; JIS X 0201 and 0212 besides).
fn has_escapes(bytes: &[u8]) -> bool {
    bytes.iter().enumerate().any(|(at, byte)| *byte == 0x1b && escape(&bytes[at..]).is_some())
}

/// The set of characters that bytes stand for, in ISO-2022-JP.
#[derive(Clone, Copy, PartialEq)]
enum Set {
    Ascii,
    /// JIS X 0208, two bytes each.
    Double,
    /// JIS X 0212, two bytes each.
    Supplement,
    /// The half-width kana of JIS X 0201.
    Kana,
}

/// The set that the escape sequence at the beginning of `bytes` chooses, and the sequence's length.
fn escape(bytes: &[u8]) -> Option<(Set, usize)> {
    match bytes {
        [0x1b, b'$', b'(', b'D', ..] => Some((Set::Supplement, 4)),
        [0x1b, b'$', b'(', b'B' | b'@', ..] => Some((Set::Double, 4)),
        [0x1b, b'$', b'B' | b'@', ..] => Some((Set::Double, 3)),
        [0x1b, b'(', b'I', ..] => Some((Set::Kana, 3)),
        [0x1b, b'(', b'B' | b'J' | b'H', ..] => Some((Set::Ascii, 3)),
        _ => None,
    }
}

/// ISO-2022-JP as it comes: sets that are not closed at a line's end, escapes that follow each other, bytes of eight bits
/// between them. Each run of a set is read as EUC-JP, which has the same tables.
fn iso_2022_jp(bytes: &[u8], declared: Option<&str>) -> String {
    let mut out = String::with_capacity(bytes.len());
    let (mut set, mut run, mut at) = (Set::Ascii, Vec::new(), 0);
    while at < bytes.len() {
        let byte = bytes[at];
        if let Some((next, length)) = escape(&bytes[at..]) {
            flush(&mut run, set, declared, &mut out);
            set = next;
            at += length;
            continue;
        }
        at += 1;
        match set {
            Set::Ascii => run.push(byte),
            // RFC 1468: a line ends in ASCII. A writer that forgot to say so meant it.
            _ if byte < 0x21 => {
                flush(&mut run, set, declared, &mut out);
                out.push(char::from(byte));
                set = if byte == b'\n' || byte == b'\r' { Set::Ascii } else { set };
            }
            Set::Kana => run.extend([0x8e, byte | 0x80]),
            Set::Double | Set::Supplement => {
                let Some(second) = bytes.get(at).filter(|second| (0x21..=0x7e).contains(&(**second & 0x7f))) else { continue };
                run.extend((set == Set::Supplement).then_some(0x8f));
                run.extend([byte | 0x80, second | 0x80]);
                at += 1;
            }
        }
    }
    flush(&mut run, set, declared, &mut out);
    out
}

fn flush(run: &mut Vec<u8>, set: Set, declared: Option<&str>, out: &mut String) {
    match set {
        Set::Ascii => out.push_str(&eight_bit(run, declared.filter(|name| *name != "iso-2022-jp"))),
        _ => out.push_str(&EUC_JP.decode_without_bom_handling(run).0.replace('\u{fffd}', MISSING_TYPE)),
    }
    run.clear();
}

/// Bytes without escape sequences.
fn eight_bit(bytes: &[u8], declared: Option<&str>) -> String {
    let named = declared.and_then(encoding);
    if bytes.is_ascii() && named.is_none_or(Encoding::is_ascii_compatible) && declared != Some("utf-7") {
        return String::from_utf8_lossy(bytes).into_owned();
    }
    match (named, declared) {
        // Another country's double bytes, or UTF-16: nothing here could judge better than the name.
        (Some(encoding), _) if !encoding.is_single_byte() && ![UTF_8, EUC_JP, SHIFT_JIS].contains(&encoding) => {
            let (text, broken) = encoding.decode_with_bom_removal(bytes);
            if !broken {
                return text.into_owned();
            }
        }
        (None, Some(name)) => {
            if let Some(decoder) = mail_parser::decoders::charsets::map::charset_decoder(name.as_bytes())
                && !["us-ascii", "ascii", "iso-2022-jp"].contains(&name)
            {
                return decoder(bytes);
            }
        }
        _ => {}
    }
    likeliest(bytes, named)
}

/// The encoding of a name; none for ASCII, whose name says nothing about bytes of eight bits.
fn encoding(name: &str) -> Option<&'static Encoding> {
    if ["us-ascii", "ascii", "ansi_x3.4-1968", "iso-2022-jp"].contains(&name) {
        return None;
    }
    Encoding::for_label_no_replacement(name.as_bytes())
}

/// The reading that looks most like writing, of the charsets that Japanese comes in and the one that was named.
fn likeliest(bytes: &[u8], named: Option<&'static Encoding>) -> String {
    // The first of equals is taken, so the order is a rule too.
    let others = [UTF_8, WINDOWS_1252, EUC_JP, SHIFT_JIS].into_iter().filter(|other| Some(*other) != named);
    let mut best: Option<(f64, String)> = None;
    for encoding in named.into_iter().chain(others) {
        let (text, _) = encoding.decode_with_bom_removal(bytes);
        let for_name = if Some(encoding) == named { 0.5 } else { 0.0 };
        let for_form = if encoding == UTF_8 && is_utf_8(bytes) { 2.0 } else { 0.0 };
        let score = likeness(&text) + for_name + for_form;
        if best.as_ref().is_none_or(|(most, _)| score > *most) {
            best = Some((score, text.into_owned()));
        }
    }
    best.map_or_else(String::new, |(_, text)| text)
}

/// Whether the bytes are UTF-8, or were until somebody cut them in mid-character.
fn is_utf_8(bytes: &[u8]) -> bool {
    match std::str::from_utf8(bytes) {
        Ok(_) => true,
        Err(error) => error.error_len().is_none() && error.valid_up_to() > 0,
    }
}

/// How much a text looks like one that somebody wrote: the mean over its characters outside ASCII. What a wrong charset makes
/// of Japanese is rare kanji, half-width kana, control characters and breaks.
fn likeness(text: &str) -> f64 {
    let (mut sum, mut count) = (0.0, 0.0);
    let before = std::iter::once(' ').chain(text.chars());
    for (before, c) in before.zip(text.chars()).filter(|(_, c)| !c.is_ascii()).take(SAMPLE) {
        count += 1.0;
        sum += match c {
            '\u{fffd}' => -10.0,
            '\u{80}'..='\u{9f}' => -5.0,
            '\u{e000}'..='\u{f8ff}' => -2.0,
            '\u{ff61}'..='\u{ff9f}' => -1.0,
            '\u{3041}'..='\u{30ff}' => 3.0,
            '\u{3000}'..='\u{303f}' | '\u{ff01}'..='\u{ff5e}' => 2.0,
            // Accented letters stand among plain ones.
            '\u{c0}'..='\u{24f}' if !before.is_ascii() => 0.3,
            c if c.is_alphabetic() || is_typographic(c) => 1.0,
            _ => 0.0,
        };
    }
    if count == 0.0 { 0.0 } else { sum / count }
}

/// The signs of good typography: dashes, quotes, bullets, dots, and those of trade.
const fn is_typographic(c: char) -> bool {
    matches!(
        c,
        '\u{2010}'
            ..='\u{2026}' | '\u{a0}' | '\u{a9}' | '\u{ab}' | '\u{ae}' | '\u{b0}' | '\u{b7}' | '\u{bb}' | '\u{20ac}' | '\u{2122}'
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn in_charset(text: &str, encoding: &'static Encoding) -> Vec<u8> {
        encoding.encode(text).0.into_owned()
    }

    const LETTER: &str = "障害が発生しています。対応は本日17時までに完了する予定です。";

    #[test]
    fn japanese_is_read_in_every_charset_whatever_the_name_says() {
        for encoding in [UTF_8, EUC_JP, SHIFT_JIS, encoding_rs::ISO_2022_JP] {
            let bytes = in_charset(LETTER, encoding);
            for name in
                [None, Some("us-ascii"), Some("iso-8859-1"), Some("UTF-8"), Some("Shift_JIS"), Some("EUC-JP"), Some("x-nonsense")]
            {
                assert_eq!(text(&bytes, name), LETTER, "{} called {name:?}", encoding.name());
            }
        }
    }

    #[test]
    fn short_words_of_kanji_are_told_apart() {
        for word in ["障害報告", "停電", "通知"] {
            for encoding in [UTF_8, EUC_JP, SHIFT_JIS] {
                assert_eq!(text(&in_charset(word, encoding), None), word, "{}", encoding.name());
            }
        }
    }

    #[test]
    fn the_words_of_other_countries_stay_theirs() {
        assert_eq!(text(b"Soci\xe9t\xe9 en d\xe9faut", Some("iso-8859-1")), "Société en défaut");
        assert_eq!(text(b"Soci\xe9t\xe9 en d\xe9faut", None), "Société en défaut");
        assert_eq!(text(b"don\x92t \x93ask\x94 \x96 now", Some("windows-1252")), "don\u{2019}t \u{201c}ask\u{201d} \u{2013} now");
        assert_eq!(text(b"don\x92t", None), "don\u{2019}t");
        assert_eq!(text("Störung".as_bytes(), Some("iso-8859-1")), "Störung");
        assert_eq!(text(&in_charset("Ваше сообщение", encoding_rs::KOI8_R), Some("koi8-r")), "Ваше сообщение");
        assert_eq!(text(&in_charset("您的邮件被退回", encoding_rs::GBK), Some("gb2312")), "您的邮件被退回");
        assert_eq!(text(b"+ZeVnLIqe-", Some("utf-7")), "日本語");
    }

    #[test]
    fn iso_2022_jp_is_read_as_it_comes() {
        // Closed at once and opened again, which a strict reader refuses; not closed at the line's end; cut in a character.
        assert_eq!(text(b"\x1b$B\x1b(B\x1b$B>c32\x1b(B", None), "障害");
        assert_eq!(text(b"\x1b$B>c32\nnext", None), "障害\nnext");
        assert_eq!(text(b"\x1b$B>c3", None), "障");
        assert_eq!(text(b"\x1b(ICO5\x1b(B", None), "ﾃﾏｵ");
        assert_eq!(text("\u{1b}$B>c32\u{1b}(B é".as_bytes(), None), "障害 é");
        // Characters of the vendors: ① and ㈱.
        assert_eq!(text(b"\x1b$B-!-j\x1b(B", Some("iso-2022-jp")), "①㈱");
    }

    #[test]
    fn of_control_characters_lines_and_tabs_stay() {
        assert_eq!(text(b"a\x00b\x1b[31mc\r\nd\re\tf\x7f", None), "ab[31mc\nd\ne\tf");
        assert_eq!(clean("\u{feff}a\u{85}b"), "ab");
    }
}
