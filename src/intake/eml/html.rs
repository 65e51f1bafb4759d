//! HTML → what a person would read in it.

use mail_parser::decoders::html::add_html_token;

use crate::intake::charset;

/// Bytes of HTML that are read.
const MAX_BYTES: usize = 4 * 1024 * 1024;

/// Elements whose content is not read.
const UNREAD: &[&str] = &["script", "style", "template", "title"];

/// Elements that begin a line.
const LINES: &[&str] = &[
    "address",
    "article",
    "blockquote",
    "body",
    "br",
    "center",
    "dd",
    "div",
    "dl",
    "dt",
    "footer",
    "form",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "header",
    "hr",
    "li",
    "main",
    "ol",
    "pre",
    "section",
    "table",
    "tr",
    "ul",
];

/// The text of a page: lines where it has lines, a blank one between paragraphs, no markup, styles or scripts.
pub fn to_text(html: &str) -> String {
    let html = &html[..html.floor_char_boundary(MAX_BYTES)];
    let mut out = Text::default();
    let mut rest = html;
    while !rest.is_empty() {
        let Some(open) = rest.find('<') else { break };
        out.words(&rest[..open]);
        rest = &rest[open..];
        rest = match rest.as_bytes() {
            [b'<', b'!', b'-', b'-', ..] => rest.find("-->").map_or("", |end| &rest[end + 3..]),
            [b'<', first, ..] if first.is_ascii_alphabetic() || matches!(first, b'/' | b'!' | b'?') => element(rest, &mut out),
            _ => {
                out.words("<");
                &rest[1..]
            }
        };
    }
    out.words(rest);
    charset::clean(&out.finished)
}

/// Reads the tag that `rest` begins with; what stands after it, or after the element where that is not read.
fn element<'a>(rest: &'a str, out: &mut Text) -> &'a str {
    let Some(end) = rest.find('>') else { return "" };
    let tag = rest[1..end].trim_start_matches('/');
    let name: String = tag.chars().take_while(char::is_ascii_alphanumeric).collect::<String>().to_ascii_lowercase();
    let after = &rest[end + 1..];
    let closes = rest.starts_with("</");
    if UNREAD.contains(&name.as_str()) && !closes {
        return after_close(after, &name);
    }
    match name.as_str() {
        "p" => out.breaks = out.breaks.max(2),
        "br" => out.breaks += 1,
        "td" | "th" if !closes => out.words(" "),
        name if LINES.contains(&name) => out.breaks = out.breaks.max(1),
        _ => {}
    }
    after
}

/// What stands after the closing tag of this name; nothing where there is none.
fn after_close<'a>(text: &'a str, name: &str) -> &'a str {
    let mut rest = text;
    while let Some(at) = rest.find("</") {
        rest = &rest[at + 2..];
        if rest.get(..name.len()).is_some_and(|own| own.eq_ignore_ascii_case(name)) {
            return rest.find('>').map_or("", |end| &rest[end + 1..]);
        }
    }
    ""
}

#[derive(Default)]
struct Text {
    finished: String,
    /// Line ends that are due before the next word.
    breaks: usize,
    /// Whether a space is due before the next word.
    space: bool,
}

impl Text {
    fn words(&mut self, text: &str) {
        let unescaped = unescape(text);
        self.space |= unescaped.starts_with(char::is_whitespace);
        for word in unescaped.split_whitespace() {
            if self.breaks > 0 && !self.finished.is_empty() {
                self.finished.push_str(&"\n".repeat(self.breaks.min(2)));
            } else if self.space && !self.finished.is_empty() {
                self.finished.push(' ');
            }
            self.breaks = 0;
            self.finished.push_str(word);
            self.space = true;
        }
        if !unescaped.is_empty() {
            self.space = unescaped.ends_with(char::is_whitespace);
        }
    }
}

/// The text with characters for their entities; an ampersand that begins none stands for itself.
fn unescape(text: &str) -> String {
    let (mut out, mut rest) = (String::with_capacity(text.len()), text);
    while let Some(at) = rest.find('&') {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        let end = rest.bytes().take(12).position(|byte| byte == b';');
        let is_entity = |inside: &str| inside[1..].bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'#');
        match end.map(|end| rest.split_at(end + 1)).filter(|(entity, _)| is_entity(&entity[..entity.len() - 1])) {
            Some((entity, after)) => {
                add_html_token(&mut out, entity.as_bytes(), false);
                rest = after;
            }
            None => {
                out.push('&');
                rest = &rest[1..];
            }
        }
    }
    out.push_str(rest);
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_is_reduced_to_its_words() {
        let page = "<html><head><title>x</title><style>p{}</style></head><body><p>Dear&nbsp;customer,</p>\n<p>line <b>7</b> is\ndown<br>since 9 &amp; still&#12290;</p><script>alert('<p>')</script><!-- > --><table><tr><td>a<td>b<tr><td>c</table></body>";
        assert_eq!(to_text(page), "Dear customer,\n\nline 7 is down\nsince 9 & still。\n\na b\nc");
    }

    #[test]
    fn what_is_no_markup_stays() {
        assert_eq!(to_text("1 < 2 & 3 > 2 &unknown; &"), "1 < 2 & 3 > 2 &unknown; &");
        assert_eq!(to_text("cut <a href="), "cut");
        assert_eq!(to_text("<style>never closed"), "");
        assert_eq!(to_text("電<span>源</span>断"), "電源断");
    }
}
