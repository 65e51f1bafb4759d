//! Addresses of mail and of the web, as somebody types them.

use unicode_normalization::UnicodeNormalization as _;
use url::Url;

/// The address that was typed (full-width letters of an input method are the letters), if it is one as RFC 5321 has it.
pub fn mail_address(typed: &str) -> Option<String> {
    let address: String = typed.trim().nfkc().collect();
    address.parse::<lettre::Address>().ok().map(|address| address.to_string())
}

/// The web address that was typed: https, or http too where `plain`; with a host, and nobody's name or password in it.
pub fn web_address(typed: &str, plain: bool) -> Option<Url> {
    let url = Url::parse(typed.trim()).ok()?;
    let fits = url.scheme() == "https" || (plain && url.scheme() == "http");
    (fits && url.has_host() && url.username().is_empty() && url.password().is_none()).then_some(url)
}

/// The room of Chatwork that was typed: its number, or an address in which it stands (`https://www.chatwork.com/#!rid123`).
pub fn chatwork_room(typed: &str) -> Option<u64> {
    let typed: String = typed.trim().nfkc().collect();
    let number = typed.rsplit_once("rid").map_or(typed.as_str(), |(_, number)| number);
    number.split('-').next()?.parse().ok()
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

    #[test]
    fn a_web_address_is_encrypted_and_holds_no_password() {
        assert!(web_address(" https://hooks.example.jp/a?b=c ", false).is_some());
        assert!(web_address("http://10.0.0.1/", true).is_some());
        for typed in
            ["", "hooks.example.jp", "http://hooks.example.jp/", "https://me:pw@example.jp/", "javascript:1", "file:///etc"]
        {
            assert!(web_address(typed, false).is_none(), "{typed}");
        }
    }

    #[test]
    fn a_room_is_known_by_its_number_or_its_address() {
        for typed in ["123456", " １２３４５６ ", "https://www.chatwork.com/#!rid123456", "rid123456-789"] {
            assert_eq!(chatwork_room(typed), Some(123_456), "{typed}");
        }
        assert!(["", "room", "https://www.chatwork.com/", "-1"].iter().all(|typed| chatwork_room(typed).is_none()));
    }
}
