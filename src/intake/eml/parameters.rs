//! Values with parameters: `Content-Type`, `Content-Disposition` (RFC 2045, 2183, 2231).

use super::header::words;
use super::transfer;
use crate::intake::charset;

/// A value and its parameters: `text/plain; charset=iso-2022-jp`.
#[derive(Debug, Default)]
pub struct Parameters {
    /// What stands before the first semicolon, in lower case.
    pub value: String,
    all: Vec<(String, String)>,
}

/// One piece of a parameter's value (RFC 2231, 3 and 4).
struct Piece {
    name: String,
    index: usize,
    extended: bool,
    value: String,
}

impl Parameters {
    /// The value and parameters of a field's bytes.
    pub fn read(raw: &[u8]) -> Self {
        let text = charset::clean(&charset::decode(raw, None)).replace('\n', " ");
        let (value, mut rest) = text.split_once(';').unwrap_or((&text, ""));
        let mut pieces = Vec::new();
        while let Some((piece, left)) = next_piece(rest) {
            pieces.extend(piece);
            rest = left;
        }
        pieces.sort_by(|a: &Piece, b| (&a.name, !a.extended, a.index).cmp(&(&b.name, !b.extended, b.index)));
        let all = pieces.chunk_by(|a, b| a.name == b.name).map(|pieces| (pieces[0].name.clone(), joined(pieces))).collect();
        let value = value.split_whitespace().next().unwrap_or_default().trim_matches('"').to_ascii_lowercase();
        Self { value, all }
    }

    /// The parameter of this name; none where it is empty.
    pub fn get(&self, name: &str) -> Option<String> {
        self.all.iter().find(|(own, value)| own == name && !value.is_empty()).map(|(_, value)| value.clone())
    }
}

/// The next parameter, if this one can be read, and what stands after it; nothing at the end.
fn next_piece(text: &str) -> Option<(Option<Piece>, &str)> {
    let text = text.trim_start_matches(|c: char| c == ';' || c.is_whitespace());
    if text.is_empty() {
        return None;
    }
    let end = text.find(['=', ';']).unwrap_or(text.len());
    let (name, rest) = text.split_at(end);
    let Some(rest) = rest.strip_prefix('=') else { return Some((None, rest)) };
    let rest = rest.trim_start();
    let (value, left) = match rest.strip_prefix('"') {
        Some(inside) => quoted_value(inside),
        None => {
            let (value, left) = rest.split_at(rest.find(';').unwrap_or(rest.len()));
            (value.trim().to_owned(), left)
        }
    };
    let name = name.trim().to_ascii_lowercase();
    let extended = name.ends_with('*');
    let mut parts = name.trim_end_matches('*').splitn(2, '*');
    let base = parts.next().unwrap_or_default().to_owned();
    let index = parts.next().map(str::parse::<usize>);
    let continued = index.is_some();
    let piece = Piece { name: base, index: index.and_then(Result::ok).unwrap_or(0), extended: extended || continued, value };
    // In a continued value only the pieces marked so are percent-encoded: the others are encoded here, to be read alike.
    let value = if continued && !extended { piece.value.replace('%', "%25") } else { piece.value };
    Some((Some(Piece { value, ..piece }), left))
}

/// The value up to the closing quote, and what stands after it.
fn quoted_value(inside: &str) -> (String, &str) {
    let (mut value, mut escaped) = (String::new(), false);
    for (at, c) in inside.char_indices() {
        match c {
            '\\' if !escaped => escaped = true,
            '"' if !escaped => return (value, &inside[at + 1..]),
            c => {
                // A Japanese Windows path is written with plain backslashes.
                if escaped && !['"', '\\'].contains(&c) {
                    value.push('\\');
                }
                escaped = false;
                value.push(c);
            }
        }
    }
    (value, "")
}

/// One value of the pieces of one name. Where a plain and an extended one are given, the extended one is meant (RFC 6266, 4.3).
fn joined(pieces: &[Piece]) -> String {
    if !pieces[0].extended {
        return words(pieces[0].value.as_bytes(), None);
    }
    let all: String = pieces.iter().filter(|piece| piece.extended).map(|piece| piece.value.as_str()).collect();
    match all.splitn(3, '\'').collect::<Vec<_>>()[..] {
        [charset, _, value] => charset::text(&transfer::percent(value.as_bytes()), Some(charset)),
        _ => words(&transfer::percent(all.as_bytes()), None),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn name(field: &[u8]) -> Option<String> {
        Parameters::read(field).get("filename")
    }

    #[test]
    fn a_file_name_is_read_in_every_way_that_it_is_written() {
        let expected = Some("障害報告書.pdf".to_owned());
        for field in [
            "attachment; filename=\"=?UTF-8?B?6Zqc5a6z5aCx5ZGK5pu4LnBkZg==?=\"",
            "attachment; filename==?UTF-8?B?6Zqc5a6z5aCx5ZGK5pu4LnBkZg==?=",
            "attachment; filename*=UTF-8''%E9%9A%9C%E5%AE%B3%E5%A0%B1%E5%91%8A%E6%9B%B8.pdf",
            "attachment; filename*0*=UTF-8'ja'%E9%9A%9C%E5%AE; filename*1*=%B3%E5%A0%B1;\r\n filename*2*=%E5%91%8A%E6%9B%B8; filename*3=.pdf",
            "attachment; filename=\"x.pdf\"; filename*=utf-8''%E9%9A%9C%E5%AE%B3%E5%A0%B1%E5%91%8A%E6%9B%B8.pdf",
            "attachment; filename=\"障害報告書.pdf\"",
        ] {
            assert_eq!(name(field.as_bytes()), expected, "{field}");
        }
        assert_eq!(name(b"attachment; filename=\"\x1b$B>c32\x1b(B.pdf\"; size=3"), Some("障害.pdf".to_owned()));
    }

    #[test]
    fn broken_parameters_break_nothing_else() {
        let read = Parameters::read(b"Text/Plain ; charset = \"utf-8\" ;; name=\"a;b\\\"c.txt\"; x; =; format=flowed");
        assert_eq!(read.value, "text/plain");
        assert_eq!(read.get("charset").as_deref(), Some("utf-8"));
        assert_eq!(read.get("name").as_deref(), Some("a;b\"c.txt"));
        assert_eq!(read.get("format").as_deref(), Some("flowed"));
        assert_eq!(read.get("x"), None);
    }
}
