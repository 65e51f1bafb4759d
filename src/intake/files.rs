//! What a file is by its bytes, whatever its name says, and a name that can do no harm.

use crate::domain::text::is_direction;

/// The longest file that is taken: 25 MiB, an hour of compressed speech or a scanned contract.
pub const MAX_BYTES: usize = 25 * 1024 * 1024;

/// How long a file's name may be, in characters.
const MAX_NAME: usize = 150;

/// What the bytes are (an IANA media type), by their first ones; text where they are UTF-8, else unknown bytes.
/// HTML and SVG count as text: neither is ever served so that a browser would run it.
pub fn media_type(bytes: &[u8]) -> &'static str {
    match infer::get(bytes) {
        Some(kind) if !matches!(kind.mime_type(), "text/html" | "text/xml") => kind.mime_type(),
        _ if std::str::from_utf8(bytes).is_ok() => "text/plain",
        _ => "application/octet-stream",
    }
}

/// The last part of a name as it came, without folders, control and direction characters; never empty.
pub fn safe_name(name: &str) -> String {
    let last = name.rsplit(['/', '\\']).next().unwrap_or_default();
    let kept: String = last.chars().filter(|c| !c.is_control() && !is_direction(*c)).take(MAX_NAME).collect();
    let kept = kept.trim().trim_start_matches('.').to_owned();
    if kept.is_empty() { "file".to_owned() } else { kept }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_what_its_bytes_are() {
        assert_eq!(media_type(b"\x89PNG\r\n\x1a\n0000"), "image/png");
        assert_eq!(media_type(b"%PDF-1.7 ..."), "application/pdf");
        assert_eq!(media_type(b"<html><script>alert(1)</script>"), "text/plain");
        assert_eq!(media_type("手紙".as_bytes()), "text/plain");
        assert_eq!(media_type(&[0xe5, 0x8a]), "application/octet-stream");
    }

    #[test]
    fn a_name_keeps_its_letters_and_loses_its_tricks() {
        assert_eq!(safe_name("../../etc/passwd"), "passwd");
        assert_eq!(safe_name(r"C:\scans\髙﨑①㈱.pdf"), "髙﨑①㈱.pdf");
        assert_eq!(safe_name("letter\u{202e}gnp.exe"), "lettergnp.exe");
        assert_eq!(safe_name("\r\n"), "file");
        assert_eq!(safe_name(".htaccess"), "htaccess");
    }
}
