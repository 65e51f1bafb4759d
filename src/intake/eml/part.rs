//! The parts of a mail (RFC 2046), as a tree whose depth and size are bounded.
//!
//! `mail-parser` reads the fields, but not this tree: it nests parts as deep as a mail says, and a mail can say so a hundred
//! thousand times.

use std::borrow::Cow;

use super::header::Fields;
use super::parameters::Parameters;
use super::{html, transfer};
use crate::intake::{charset, files};

/// How deep parts are taken apart: a report in a forwarded mail in a forwarded mail has eight levels.
const MAX_DEPTH: usize = 16;

/// How many parts are taken apart.
const MAX_PARTS: usize = 1_000;

/// A part of a mail; the mail itself is one.
#[derive(Debug)]
pub struct Part {
    /// Its header.
    pub fields: Fields,
    /// Its media type in lower case; `text/plain` where none is given.
    pub kind: String,
    /// The parameters of its media type.
    pub parameters: Parameters,
    /// What it holds.
    pub content: Content,
}

/// What a part holds.
#[derive(Debug)]
pub enum Content {
    /// Bytes without their transfer encoding.
    Bytes(Vec<u8>),
    /// Parts of a multipart.
    Parts(Vec<Part>),
    /// A mail inside the mail, and its length in bytes.
    Letter(Box<Part>, usize),
}

/// A file that is attached to a mail.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Attachment {
    /// Its name, made harmless; none where the mail gives none.
    pub name: Option<String>,
    /// Its media type as the mail gives it, in lower case.
    pub media_type: String,
    /// Its size in bytes.
    pub bytes: usize,
}

impl Part {
    /// The mail that `bytes` are.
    pub fn read(bytes: &[u8]) -> Self {
        Self::read_at(bytes, 0, &mut MAX_PARTS.clone(), "text/plain")
    }

    fn read_at(bytes: &[u8], depth: usize, left: &mut usize, default_kind: &str) -> Self {
        *left = left.saturating_sub(1);
        let (fields, body) = Fields::read(bytes);
        let mut parameters = fields.raw("content-type").map(Parameters::read).unwrap_or_default();
        let mut kind = std::mem::take(&mut parameters.value);
        if !kind.contains('/') {
            default_kind.clone_into(&mut kind);
        }
        let body = &bytes[body..];
        let may = depth < MAX_DEPTH && *left > 0;
        if kind.starts_with("multipart/") {
            let inner = if kind == "multipart/digest" { "message/rfc822" } else { "text/plain" };
            let parts = parameters.get("boundary").filter(|_| may).map(|boundary| split(body, &boundary)).unwrap_or_default();
            if !parts.is_empty() {
                let mut read = Vec::new();
                for part in parts {
                    if *left == 0 {
                        break;
                    }
                    read.push(Self::read_at(part, depth + 1, left, inner));
                }
                return Self { fields, kind, parameters, content: Content::Parts(read) };
            }
            // A multipart without parts is what it looks like: text.
            "text/plain".clone_into(&mut kind);
        }
        let body = decoded(body, &fields);
        if may && is_letter(&kind) {
            let letter = Self::read_at(&body, depth + 1, left, "text/plain");
            if !letter.fields.is_empty() {
                return Self { fields, kind, parameters, content: Content::Letter(Box::new(letter), body.len()) };
            }
        }
        Self { fields, kind, parameters, content: Content::Bytes(body.into_owned()) }
    }

    /// The text of this part's bytes; none where it holds parts or a mail.
    pub fn text(&self) -> Option<String> {
        match &self.content {
            Content::Bytes(bytes) => Some(charset::text(bytes, self.parameters.get("charset").as_deref())),
            Content::Parts(_) | Content::Letter(..) => None,
        }
    }

    /// What there is to read in this part and below, without mails inside and attached files; plain text is preferred to HTML.
    /// Where that is nothing, texts are read that have a file's name but are not said to be attached.
    pub fn body(&self) -> String {
        let mut texts = Vec::new();
        for named in [false, true] {
            if texts.is_empty() {
                self.add_text(&|part| !part.is_attached() || named && !part.is_said_attached(), &mut texts);
            }
        }
        // A mail that is one text is read, whatever its header calls it.
        if texts.is_empty() {
            texts.extend(self.readable());
        }
        texts.join("\n\n")
    }

    fn add_text(&self, may: &dyn Fn(&Self) -> bool, texts: &mut Vec<String>) {
        match &self.content {
            Content::Letter(..) => {}
            Content::Bytes(_) => {
                if may(self) {
                    texts.extend(self.readable());
                }
            }
            Content::Parts(parts) if self.kind == "multipart/alternative" => {
                let plain = parts.iter().filter(|part| part.kind == "text/plain").chain(parts);
                for part in plain {
                    let before = texts.len();
                    part.add_text(may, texts);
                    if texts.len() > before {
                        return;
                    }
                }
            }
            Content::Parts(parts) => parts.iter().for_each(|part| part.add_text(may, texts)),
        }
    }

    /// The text of a part that is text, if there is any.
    fn readable(&self) -> Option<String> {
        let text = match self.kind.as_str() {
            "text/html" => html::to_text(&self.text()?),
            "text/plain" | "text/enriched" => self.text()?,
            _ => return None,
        };
        let lines: Vec<&str> = text.lines().map(str::trim_end).collect();
        let text = lines.join("\n").trim_matches('\n').to_owned();
        (!text.trim().is_empty()).then_some(text)
    }

    /// Whether this is a file rather than a part of the letter.
    fn is_attached(&self) -> bool {
        let is_text = matches!(self.kind.as_str(), "text/plain" | "text/html" | "text/enriched");
        !is_text || self.is_said_attached() || self.name().is_some()
    }

    fn is_said_attached(&self) -> bool {
        self.fields.raw("content-disposition").map(Parameters::read).is_some_and(|disposition| disposition.value == "attachment")
    }

    fn name(&self) -> Option<String> {
        let disposition = self.fields.raw("content-disposition").map(Parameters::read);
        let name = disposition.and_then(|disposition| disposition.get("filename")).or_else(|| self.parameters.get("name"));
        name.map(|name| files::safe_name(&name))
    }

    /// The files attached to a mail; mails inside are one each, and theirs are not counted.
    pub fn attachments(&self) -> Vec<Attachment> {
        let mut found = Vec::new();
        self.add_attachments(true, &mut found);
        found
    }

    fn add_attachments(&self, whole: bool, found: &mut Vec<Attachment>) {
        let bytes = match &self.content {
            Content::Parts(parts) => return parts.iter().for_each(|part| part.add_attachments(false, found)),
            Content::Letter(_, length) => *length,
            Content::Bytes(bytes) if whole && self.kind.starts_with("text/") && !bytes.is_empty() => return,
            Content::Bytes(bytes) => bytes.len(),
        };
        if self.is_attached() && !(whole && bytes == 0) {
            found.push(Attachment { name: self.name(), media_type: self.kind.clone(), bytes });
        }
    }

    /// This part and every part below, also in mails inside, the outer ones before the inner.
    pub fn every(&self) -> Vec<&Self> {
        let mut all = vec![self];
        let mut at = 0;
        while let Some(part) = all.get(at).copied() {
            match &part.content {
                Content::Parts(parts) => all.extend(parts),
                Content::Letter(letter, _) => all.push(letter),
                Content::Bytes(_) => {}
            }
            at += 1;
        }
        all
    }
}

/// Whether parts of this type are mails (RFC 2046, 5.2.1; RFC 6532, 3.7).
fn is_letter(kind: &str) -> bool {
    matches!(kind, "message/rfc822" | "message/global" | "message/news")
}

/// The body without its transfer encoding. What has none is not copied: a mail in a mail in a mail is there once.
fn decoded<'a>(body: &'a [u8], fields: &Fields) -> Cow<'a, [u8]> {
    let encoding = fields.text("content-transfer-encoding").unwrap_or_default().to_ascii_lowercase();
    match encoding.trim_matches('"') {
        "base64" => Cow::Owned(transfer::base64(body)),
        "quoted-printable" => Cow::Owned(transfer::quoted_printable(body)),
        _ => Cow::Borrowed(body),
    }
}

/// The parts between the boundary's lines (RFC 2046, 5.1.1); the last one may lack its end. None where there is no such line.
fn split<'a>(body: &'a [u8], boundary: &str) -> Vec<&'a [u8]> {
    let mark = format!("--{}", boundary.trim_end());
    let (mut parts, mut begin, mut at) = (Vec::new(), None, 0);
    while at < body.len() {
        let end = body[at..].iter().position(|byte| *byte == b'\n').map_or(body.len(), |length| at + length + 1);
        let rest = body[at..end].strip_prefix(mark.as_bytes()).map(<[u8]>::trim_ascii_end);
        if let Some(rest @ (b"" | b"--")) = rest {
            parts.extend(begin.map(|begin| without_line_end(&body[begin..at])));
            begin = rest.is_empty().then_some(end);
        }
        at = end;
    }
    parts.extend(begin.map(|begin| &body[begin..]));
    parts
}

/// The line end before a boundary belongs to the boundary.
fn without_line_end(bytes: &[u8]) -> &[u8] {
    let bytes = bytes.strip_suffix(b"\n").unwrap_or(bytes);
    bytes.strip_suffix(b"\r").unwrap_or(bytes)
}
