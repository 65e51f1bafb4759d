//! The encodings that bytes travel in (RFC 2045, 6), read without refusing anything.

/// Base64 (RFC 2045, 6.8): what is no letter of it is passed over.
pub fn base64(bytes: &[u8]) -> Vec<u8> {
    let letters: Vec<u8> =
        bytes.iter().copied().filter(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'/' | b'=')).collect();
    mail_parser::decoders::base64::base64_decode(&letters).unwrap_or_default()
}

/// Quoted-printable (RFC 2045, 6.7): an equals sign that begins no code stands for itself.
pub fn quoted_printable(bytes: &[u8]) -> Vec<u8> {
    let (mut out, mut at) = (Vec::with_capacity(bytes.len()), 0);
    while at < bytes.len() {
        let (byte, length) = match &bytes[at..] {
            [b'=', b'\r', b'\n', ..] => (None, 3),
            [b'=', b'\n', ..] | [b'=', b'\r'] => (None, 2),
            [b'='] => (None, 1),
            [b'=', high, low, ..] => match hex(*high, *low) {
                Some(byte) => (Some(byte), 3),
                None => (Some(b'='), 1),
            },
            [byte, ..] => (Some(*byte), 1),
            [] => (None, 1),
        };
        out.extend(byte);
        at += length;
    }
    out
}

/// The "Q" encoding of a word in a header (RFC 2047, 4.2).
pub fn q_word(bytes: &[u8]) -> Vec<u8> {
    let spaced: Vec<u8> = bytes.iter().map(|byte| if *byte == b'_' { b' ' } else { *byte }).collect();
    quoted_printable(&spaced)
}

/// The percent encoding of a parameter (RFC 2231, 4).
pub fn percent(bytes: &[u8]) -> Vec<u8> {
    let (mut out, mut at) = (Vec::with_capacity(bytes.len()), 0);
    while at < bytes.len() {
        let code = match &bytes[at..] {
            [b'%', high, low, ..] => hex(*high, *low),
            _ => None,
        };
        out.push(code.unwrap_or(bytes[at]));
        at += if code.is_some() { 3 } else { 1 };
    }
    out
}

fn hex(high: u8, low: u8) -> Option<u8> {
    let digit = |byte: u8| char::from(byte).to_digit(16).and_then(|digit| u8::try_from(digit).ok());
    Some(digit(high)? << 4 | digit(low)?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_that_is_broken_is_refused() {
        assert_eq!(base64(b"aGVs\r\nbG8=!"), b"hello");
        assert_eq!(base64(b"aGVsbG8"), b"hello");
        assert_eq!(quoted_printable(b"a=20b=\r\nc=zz="), b"a bc=zz");
        assert_eq!(q_word(b"a_b=3D"), b"a b=");
        assert_eq!(percent(b"a%20b%zz%"), b"a b%zz%");
    }
}
