//! Our own people.

use std::str::FromStr;

use serde::{Deserialize, Serialize};
use unicode_normalization::UnicodeNormalization;

use super::id::{Id, Uid};
use super::locale::{Locale, Zone};
use super::moment::Stamp;
use super::permit::{Actor, Role};

/// One of our people, as the ledger keeps them. The password's hash stands apart, in `aux_credentials`: no payload holds it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Person {
    /// Key.
    pub id: Id<Person>,
    /// In URLs.
    pub uid: Uid,
    /// How often this person's record was changed since it was made.
    pub revision: i64,
    /// What they type to log in: NFKC, lower case, unique.
    pub login: String,
    /// Their name as shown and printed.
    pub name: String,
    /// What they may do.
    pub role: Role,
    /// The language of their screens.
    pub locale: Locale,
    /// The zone in which times are shown to them.
    pub zone: Zone,
    /// When they were shut out, if they are.
    pub disabled_at: Option<Stamp>,
}

/// The house itself: the one row of settings.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct House {
    /// Key.
    pub id: Id<House>,
    /// How often the settings were changed since they were made.
    pub revision: i64,
    /// The company's name, as printed.
    pub company: String,
    /// The language of what is made for nobody in particular.
    pub locale: Locale,
    /// The company's zone.
    pub zone: Zone,
}

/// What a person logs in with: NFKC, lower case, 1 to 64 of `a–z 0–9 . - _`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Login(String);

/// The text is no login.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("a login is 1 to 64 of the letters a-z, the digits, “.”, “-” and “_”")]
pub struct BadLogin;

impl Person {
    /// They as who acts, with the role that they have now.
    pub const fn actor(&self) -> Actor {
        Actor::Person { id: self.id, role: self.role }
    }
}

impl Login {
    /// The most characters of a login.
    pub const LIMIT: usize = 64;

    /// The text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromStr for Login {
    type Err = BadLogin;

    fn from_str(typed: &str) -> Result<Self, BadLogin> {
        // Full-width letters of an input method, and capitals of a phone's keyboard, are the letters themselves.
        let login: String = typed.chars().take(4 * Self::LIMIT).nfkc().collect::<String>().trim().to_lowercase();
        let plain = login.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || ".-_".contains(c));
        if plain && (1..=Self::LIMIT).contains(&login.len()) { Ok(Self(login)) } else { Err(BadLogin) }
    }
}

impl From<Login> for String {
    fn from(login: Login) -> Self {
        login.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_login_is_the_same_however_it_is_typed() {
        for typed in ["sato.k", " Sato.K ", "ｓａｔｏ．ｋ"] {
            assert_eq!(typed.parse::<Login>().map(String::from), Ok("sato.k".to_owned()), "{typed}");
        }
    }

    #[test]
    fn what_cannot_be_typed_everywhere_is_no_login() {
        for typed in ["", "  ", "佐藤", "sa to", "sato\0", "a@b"] {
            assert_eq!(typed.parse::<Login>(), Err(BadLogin), "{typed}");
        }
        assert!("a".repeat(64).parse::<Login>().is_ok());
        assert!("a".repeat(65).parse::<Login>().is_err());
    }
}
