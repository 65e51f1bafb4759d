//! Mail addresses, as somebody types them.

use unicode_normalization::UnicodeNormalization as _;

/// The address that was typed (full-width letters of an input method are the letters), if it is one as RFC 5321 has it.
pub fn mail_address(typed: &str) -> Option<String> {
    let address: String = typed.trim().nfkc().collect();
    address.parse::<lettre::Address>().ok().map(|address| address.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_one_address_is_taken() {
        assert_eq!(mail_address(" sato@p.example "), Some("sato@p.example".to_owned()));
        assert_eq!(mail_address("ｓａｔｏ＠p.example"), Some("sato@p.example".to_owned()));
        for typed in ["", "sato", "a@b, c@d", "a@b\r\nBcc: c@d", "Sato <a@b>", "加@", "@p.example"] {
            assert_eq!(mail_address(typed), None, "{typed}");
        }
    }
}
