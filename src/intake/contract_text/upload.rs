//! An uploaded text file → its text.

use encoding_rs::{UTF_8, UTF_16BE, UTF_16LE};

use crate::intake::{charset, files};

/// Why a file has no text that can be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum UploadError {
    /// There is nothing in it.
    #[error("the file is empty")]
    Empty,
    /// It is longer than [`files::MAX_BYTES`].
    #[error("the file is longer than 25 MB")]
    TooLarge,
    /// It is a PDF: its text can be copied there and pasted here.
    #[error("the file is a PDF, not a text")]
    Pdf,
    /// It is a document of a word processor (Word, RTF, OpenDocument), which can save it as text.
    #[error("the file is a document of a word processor, not a text")]
    Word,
    /// It is something else that is no text: an image, an archive.
    #[error("the file is no text")]
    Binary,
}

/// The text of a file, in UTF-8 (with or without a byte order mark), UTF-16 (with one), Shift_JIS, EUC-JP or ISO-2022-JP. Line
/// ends are `\n`, and control characters other than line ends and tabs are left out.
///
/// # Errors
/// Where the file is empty or no text. What it is then decides what its owner can do about it, so that is said.
pub fn text_of_upload(bytes: &[u8]) -> Result<String, UploadError> {
    if bytes.is_empty() {
        return Err(UploadError::Empty);
    }
    if bytes.len() > files::MAX_BYTES {
        return Err(UploadError::TooLarge);
    }
    let wide = [UTF_16LE, UTF_16BE]
        .into_iter()
        .find(|encoding| encoding_rs::Encoding::for_bom(bytes).is_some_and(|(own, _)| own == *encoding));
    let text = match wide {
        Some(encoding) => charset::text(&bytes[2..], Some(encoding.name())),
        None => narrow(bytes)?,
    };
    // Bytes that were no text leave marks of it, few of which a damaged text has.
    let broken = text.chars().filter(|c| *c == '\u{fffd}').count();
    match text.trim().is_empty() {
        true => Err(UploadError::Empty),
        false if broken * 50 > text.chars().count() => Err(UploadError::Binary),
        false => Ok(text),
    }
}

fn narrow(bytes: &[u8]) -> Result<String, UploadError> {
    // A PDF may begin with other bytes (ISO 32000, H.3: within the first 1024).
    let head = &bytes[..bytes.len().min(1024)];
    if head.windows(5).any(|window| window == b"%PDF-") {
        return Err(UploadError::Pdf);
    }
    let is_word = [b"PK\x03\x04".as_slice(), b"\xd0\xcf\x11\xe0", b"{\\rtf"].iter().any(|begin| bytes.starts_with(begin));
    if is_word {
        return Err(UploadError::Word);
    }
    let is_known = infer::get(bytes).is_some_and(|kind| !kind.mime_type().starts_with("text/"));
    // No text of these charsets has such bytes; form feeds and the like are passed over.
    let is_control = |byte: &u8| *byte < 0x20 && !matches!(*byte, b'\t' | b'\n' | b'\r' | 0x0b | 0x0c | 0x1a | 0x1b);
    if is_known || bytes.iter().any(is_control) {
        return Err(UploadError::Binary);
    }
    Ok(charset::text(
        bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes),
        std::str::from_utf8(bytes).is_ok().then(|| UTF_8.name()),
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "第1条（目的）\n本契約は、回線①の保守について定める。\n";

    #[test]
    fn a_text_is_read_in_every_charset() {
        let utf_16 = |bytes: fn(u16) -> [u8; 2]| TEXT.encode_utf16().flat_map(bytes).collect::<Vec<_>>();
        let read = [
            TEXT.as_bytes().to_vec(),
            TEXT.replace('\n', "\r\n").into_bytes(),
            [b"\xef\xbb\xbf", TEXT.as_bytes()].concat(),
            [b"\xff\xfe".as_slice(), &utf_16(u16::to_le_bytes)].concat(),
            [b"\xfe\xff".as_slice(), &utf_16(u16::to_be_bytes)].concat(),
            encoding_rs::SHIFT_JIS.encode(TEXT).0.into_owned(),
            encoding_rs::EUC_JP.encode(TEXT).0.into_owned(),
            encoding_rs::ISO_2022_JP.encode(TEXT).0.into_owned(),
        ];
        for bytes in read {
            assert_eq!(text_of_upload(&bytes).as_deref(), Ok(TEXT), "{bytes:x?}");
        }
    }

    #[test]
    fn what_is_no_text_is_said_to_be_what_it_is() {
        assert_eq!(text_of_upload(b""), Err(UploadError::Empty));
        assert_eq!(text_of_upload(b" \r\n"), Err(UploadError::Empty));
        assert_eq!(text_of_upload(b"%PDF-1.7 \xe2\xe3"), Err(UploadError::Pdf));
        assert_eq!(text_of_upload(b"PK\x03\x04\x14\0\x06\0"), Err(UploadError::Word));
        assert_eq!(text_of_upload(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"), Err(UploadError::Word));
        assert_eq!(text_of_upload(br"{\rtf1\ansi x}"), Err(UploadError::Word));
        assert_eq!(text_of_upload(b"\x89PNG\r\n\x1a\n0000"), Err(UploadError::Binary));
        assert_eq!(text_of_upload(b"text with a \0 in it"), Err(UploadError::Binary));
        assert_eq!(text_of_upload(&vec![b'a'; files::MAX_BYTES + 1]), Err(UploadError::TooLarge));
    }
}
