//! Codes in what servers say: enhanced status codes (RFC 3463) and replies of SMTP (RFC 5321, 4.2).

/// The first enhanced status code: class 2, 4 or 5, subject up to 7, detail of up to three digits, and no part of a longer
/// number such as an IP address or a version.
pub fn first_in(text: &str) -> Option<String> {
    let bytes = text.as_bytes();
    for (at, byte) in bytes.iter().enumerate().filter(|(_, byte)| matches!(byte, b'2' | b'4' | b'5')) {
        let before = at.checked_sub(1).map(|before| bytes[before]);
        let [b'.', subject @ b'0'..=b'7', b'.', rest @ ..] = &bytes[at + 1..] else { continue };
        let digits = rest.iter().take_while(|byte| byte.is_ascii_digit()).count();
        let after = &rest[digits..];
        let goes_on = matches!(after, [b'.', next, ..] if next.is_ascii_alphanumeric())
            || after.first().is_some_and(|byte| byte.is_ascii_alphabetic());
        let begins = before.is_none_or(|byte| !byte.is_ascii_alphanumeric() && byte != b'.');
        if begins && !goes_on && (1..=3).contains(&digits) {
            let detail = std::str::from_utf8(&rest[..digits]).ok()?;
            return Some(format!("{}.{}.{detail}", char::from(*byte), char::from(*subject)));
        }
    }
    None
}

/// The first status code that refuses: of class 4 or 5.
pub fn refusal_in(text: &str) -> Option<String> {
    first_in(text).filter(|code| !code.starts_with('2'))
}

/// Whether a line holds the reply of a server that refuses: three digits, the first 4 or 5, as a word of their own.
pub fn has_reply(line: &str) -> bool {
    line.split(|c: char| !c.is_ascii_alphanumeric()).any(|word| {
        let is_code = word.len() == 3 && word.bytes().all(|byte| byte.is_ascii_digit());
        is_code && matches!(word.as_bytes(), [b'4' | b'5', b'0'..=b'5', ..])
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_status_code_is_no_part_of_another_number() {
        assert_eq!(first_in("550 5.1.1 <a@b.example>: unknown"), Some("5.1.1".to_owned()));
        assert_eq!(first_in("host 5.1.1.9 said (#4.4.2)"), Some("4.4.2".to_owned()));
        for text in ["192.0.2.5", "Exim 5.1.1b", "5.9.1", "", "5.1.", "version 15.1.1"] {
            assert_eq!(first_in(text), None, "{text}");
        }
    }

    #[test]
    fn a_reply_is_a_word_of_its_own() {
        assert!(has_reply("host said: 550-no such user"));
        assert!(!has_reply("id 5501, 25 of 1550"));
    }
}
