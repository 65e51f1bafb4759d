//! The header of a mail: fields and addresses (RFC 5322), encoded words (RFC 2047).

use super::date::{self, Written};
use super::parameters::Parameters;
use super::transfer;
use crate::intake::charset;

/// Fields of a header that are read; a mail has some dozens.
const MAX_FIELDS: usize = 1_000;

/// Bytes of one field's value that are read.
const MAX_VALUE: usize = 64 * 1024;

/// Lines at the beginning of a mail that may be something else before its first field is looked for no longer.
const MAX_RUBBISH: usize = 20;

/// Fields that say: this is a mail's header.
pub const KNOWN: &[&str] = &[
    "received",
    "from",
    "to",
    "subject",
    "date",
    "message-id",
    "return-path",
    "mime-version",
    "reply-to",
    "sender",
    "content-type",
    "delivered-to",
    "x-original-to",
    "dkim-signature",
    "x-mailer",
    "user-agent",
];

/// The fields of a header, in order.
#[derive(Debug, Default, Clone)]
pub struct Fields {
    /// The name in lower case, and the value's bytes as they came, folded.
    all: Vec<(String, Vec<u8>)>,
}

impl Fields {
    /// The header at the beginning of `bytes`, and where the body begins. Lines that are no fields are passed over if a field
    /// follows them; else they begin the body. No fields where there is no header.
    pub fn read(bytes: &[u8]) -> (Self, usize) {
        let mut all: Vec<(String, Vec<u8>)> = Vec::new();
        let mut at = first_field(bytes);
        while at < bytes.len() {
            let end = line_end(bytes, at);
            let line = &bytes[at..end];
            if is_blank(line) {
                return (Self { all }, end);
            }
            match (name_of(line), all.last_mut()) {
                (_, Some((_, value))) if line.starts_with(b" ") || line.starts_with(b"\t") => {
                    if value.len() < MAX_VALUE {
                        value.extend_from_slice(line);
                    }
                }
                (Some((name, value)), _) => {
                    if all.len() < MAX_FIELDS {
                        all.push((name, value.to_vec()));
                    }
                }
                (None, _) if goes_on(bytes, end) => {}
                (None, _) => return (Self { all }, at),
            }
            at = end;
        }
        (Self { all }, bytes.len())
    }

    /// Whether there are none.
    pub const fn is_empty(&self) -> bool {
        self.all.is_empty()
    }

    /// The bytes of the first field of this name, which is in lower case.
    pub fn raw<'a>(&'a self, name: &str) -> Option<&'a [u8]> {
        self.every(name).next()
    }

    /// The bytes of every field of this name, in order.
    pub fn every<'a>(&'a self, name: &str) -> impl Iterator<Item = &'a [u8]> {
        self.all.iter().filter(move |(own, _)| own == name).map(|(_, value)| &value[..value.len().min(MAX_VALUE)])
    }

    /// The first field of this name as text on one line; none where it is empty.
    pub fn text(&self, name: &str) -> Option<String> {
        self.every(name).map(|raw| words(raw, self.charset().as_deref())).find(|text| !text.is_empty())
    }

    /// The charset that the body names: what stands unencoded in the header is likely in it too.
    fn charset(&self) -> Option<String> {
        self.raw("content-type").and_then(|raw| Parameters::read(raw).get("charset"))
    }

    /// The mailboxes of every field of this name.
    pub fn mailboxes(&self, name: &str) -> Vec<Mailbox> {
        let charset = self.charset();
        self.every(name).flat_map(|raw| mailboxes(raw, charset.as_deref())).collect()
    }

    /// The first field of this name that is a date.
    pub fn date(&self, name: &str) -> Option<Written> {
        self.every(name).find_map(|raw| date::last(&words(raw, None)))
    }

    /// A message's id without its brackets.
    pub fn message_id(&self) -> Option<String> {
        let text = self.text("message-id")?;
        let inside = text.split_once('<').map_or(text.as_str(), |(_, rest)| rest);
        let id = inside.split(['>', ' ']).next().unwrap_or_default().trim();
        (!id.is_empty()).then(|| id.to_owned())
    }
}

/// Where the first field begins: after blank lines, the line of an mbox file ("From someone Mon Jan …") and a few lines of
/// rubbish; at the beginning if there is none before the first blank line that follows something.
fn first_field(bytes: &[u8]) -> usize {
    let mut at = if bytes.starts_with(b"\xef\xbb\xbf") { 3 } else { 0 };
    let begin = at;
    for _ in 0..MAX_RUBBISH {
        let line = &bytes[at..line_end(bytes, at)];
        if name_of(line).is_some() {
            return at;
        }
        if is_blank(line) && at != begin && !bytes[begin..at].iter().all(u8::is_ascii_whitespace) {
            break;
        }
        at += line.len();
    }
    begin
}

/// Whether the header goes on after a line that is no field: with a field, or after more such lines with a known one.
fn goes_on(bytes: &[u8], at: usize) -> bool {
    let lines = bytes[at..].split_inclusive(|byte| *byte == b'\n').take_while(|line| !is_blank(line)).take(MAX_RUBBISH);
    lines.enumerate().any(|(nth, line)| name_of(line).is_some_and(|(name, _)| nth == 0 || KNOWN.contains(&name.as_str())))
}

fn line_end(bytes: &[u8], at: usize) -> usize {
    bytes[at..].iter().position(|byte| *byte == b'\n').map_or(bytes.len(), |length| at + length + 1)
}

fn is_blank(line: &[u8]) -> bool {
    line.iter().all(|byte| matches!(byte, b'\r' | b'\n'))
}

/// The name of the field that a line begins, in lower case, and the value's beginning (RFC 5322, 2.2: printable ASCII before a
/// colon).
fn name_of(line: &[u8]) -> Option<(String, &[u8])> {
    let colon = line.iter().take(100).position(|byte| *byte == b':')?;
    let name = line[..colon].trim_ascii_end();
    let is_name = !name.is_empty() && name.iter().all(|byte| byte.is_ascii_graphic());
    is_name.then(|| (String::from_utf8_lossy(name).to_ascii_lowercase(), &line[colon + 1..]))
}

/// Who a mail is from or to.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Mailbox {
    /// The name, where one was given.
    pub name: Option<String>,
    /// The address as written, which need not be one that RFC 5322 allows; empty where only a name was given.
    pub address: String,
}

fn mailboxes(raw: &[u8], charset: Option<&str>) -> Vec<Mailbox> {
    let list = with_words_quoted(raw, charset);
    let parsed = mail_parser::parsers::MessageStream::new(list.as_bytes()).parse_address();
    let mut found = Vec::new();
    if let mail_parser::HeaderValue::Address(addresses) = parsed {
        for one in addresses.iter() {
            let tidy = |text: &str| charset::clean(text).split_whitespace().collect::<Vec<_>>().join(" ");
            let name = one.name.as_deref().map(tidy).filter(|name| !name.is_empty());
            let address = one.address.as_deref().map(tidy).unwrap_or_default();
            let mailbox = split_name(name, address);
            if mailbox != Mailbox::default() {
                found.push(mailbox);
            }
        }
    }
    found
}

/// An address that stands inside the name, because a writer encoded both together, is taken out of it.
fn split_name(name: Option<String>, address: String) -> Mailbox {
    if address.contains('@') {
        return Mailbox { name: name.filter(|name| *name != address), address };
    }
    let inside = name.as_deref().and_then(|name| {
        let (before, rest) = name.split_once('<')?;
        let (address, _) = rest.split_once('>')?;
        address.contains('@').then(|| (before.trim().trim_matches('"').to_owned(), address.trim().to_owned()))
    });
    match inside {
        Some((name, address)) => Mailbox { name: Some(name).filter(|name| !name.is_empty()), address },
        None => Mailbox { name, address },
    }
}

/// The value as text on one line: raw bytes read in the likeliest charset, encoded words decoded.
pub fn words(raw: &[u8], charset: Option<&str>) -> String {
    charset::clean(&decode_words(raw, charset, false)).split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The value of an address field, with quoted strings for encoded words: these may hold commas and brackets that are no syntax
/// (RFC 2047, 6.2).
fn with_words_quoted(raw: &[u8], charset: Option<&str>) -> String {
    let text = decode_words(raw, charset, true);
    let mut line: String = text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
    line.push('\n');
    line
}

/// Encoded words that follow each other and are of one charset: their bytes are read together, because writers cut them in
/// mid-character (RFC 2047, 5 forbids it).
#[derive(Default)]
struct Pending {
    charset: String,
    bytes: Vec<u8>,
    /// Base64 of which a later word may be the rest.
    base64: Vec<u8>,
}

impl Pending {
    fn add(&mut self, word: &Word<'_>) {
        if word.base64 {
            self.base64.extend(word.data.bytes().filter(|byte| !byte.is_ascii_whitespace()));
            if self.base64.len().is_multiple_of(4) || self.base64.ends_with(b"=") {
                self.settle();
            }
        } else {
            self.settle();
            self.bytes.extend(transfer::q_word(word.data.as_bytes()));
        }
    }

    fn settle(&mut self) {
        let base64 = std::mem::take(&mut self.base64);
        self.bytes.extend(transfer::base64(&base64));
    }

    fn take(&mut self) -> String {
        self.settle();
        charset::decode(&std::mem::take(&mut self.bytes), Some(&self.charset))
    }
}

struct Word<'a> {
    charset: &'a str,
    base64: bool,
    data: &'a str,
}

/// The word `=?charset?B?data?=` that begins at `at`, and where it ends: at the first end mark after the encoding's letter, for
/// the data of a "Q" word may begin with `=`.
fn word_at(text: &str, at: usize) -> Option<(Word<'_>, usize)> {
    let rest = text.get(at + 2..)?;
    let length = rest.bytes().take(80).position(|byte| byte == b'?').filter(|length| *length > 0)?;
    let charset = rest.get(..length).filter(|charset| charset.bytes().all(|byte| byte.is_ascii_graphic()))?;
    let base64 = match rest.get(length + 1..length + 3)? {
        "B?" | "b?" => true,
        "Q?" | "q?" => false,
        _ => return None,
    };
    let data = rest.get(length + 3..)?;
    let end = data.find("?=")?;
    // RFC 2231, 5: the charset may be followed by a language.
    let charset = charset.split('*').next().unwrap_or_default();
    Some((Word { charset, base64, data: &data[..end] }, at + 2 + length + 3 + end + 2))
}

fn decode_words(raw: &[u8], charset: Option<&str>, quote: bool) -> String {
    let text = charset::decode(raw, charset.filter(|_| !raw.is_ascii()));
    let (mut out, mut pending, mut open) = (String::new(), Pending::default(), false);
    let (mut at, mut plain, mut quoted) = (0, 0, false);
    // Beyond the last end mark there are no words; to know it keeps the search linear.
    let last = text.rfind("?=").unwrap_or(0);
    while let Some(found) = text[at..].find("=?").map(|length| at + length).filter(|found| *found < last) {
        let Some((word, end)) = word_at(&text, found) else {
            at = found + 2;
            continue;
        };
        let between = &text[plain..found];
        if open && (!between.trim().is_empty() || !pending.charset.eq_ignore_ascii_case(word.charset)) {
            put(&pending.take(), quote, quoted, &mut out);
            out.push_str(if between.trim().is_empty() { "" } else { between });
        } else if !open {
            out.push_str(between);
        }
        quoted ^= between.matches('"').count() % 2 == 1;
        pending.charset = word.charset.to_owned();
        pending.add(&word);
        open = true;
        at = end;
        plain = at;
    }
    if open {
        put(&pending.take(), quote, quoted, &mut out);
    }
    out.push_str(&text[plain..]);
    out
}

/// Puts a decoded word down; where it is to be quoted and no quotes are open, between quotes.
fn put(text: &str, quote: bool, quoted: bool, out: &mut String) {
    if !quote {
        out.push_str(text);
        return;
    }
    let escaped = text.replace('\\', "\\\\").replace('"', "\\\"");
    match quoted {
        true => out.push_str(&escaped),
        false => out.extend(["\"", &escaped, "\""]),
    }
}
