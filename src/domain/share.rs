//! The share 共有: what a company is shown of an incident, by a link or by a number and a code that can be spoken.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};
use unicode_normalization::UnicodeNormalization as _;

use super::entry::{Entry, Struck};
use super::id::{Id, Uid};
use super::incident::Incident;
use super::locale::Locale;
use super::moment::Stamp;
use super::party::{Contact, Provider};
use super::person::Person;
use super::text_enum::text_enum;
use super::view::Outward;

/// How many wrong codes lock one way to a share.
pub const WRONG_CODES: i64 = 10;

/// For how many days a share is good where nobody chooses: the matter of a month, and the bill after it.
pub const USUAL_DAYS: i64 = 30;

/// Eight digits that can be spoken, the last a check digit (ISO/IEC 7064:2003, MOD 11,10): a share's number 照会番号, or its
/// code 閲覧コード. One digit misheard, and nearly every pair exchanged, is told from the right ones without asking anybody.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Digits(String);

/// Why a text is not eight digits of ours.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum BadDigits {
    /// There are more or fewer than eight, or something else among them.
    #[error("these are not eight digits")]
    NotEight,
    /// The last one does not fit those before it.
    #[error("the last digit does not fit those before it")]
    Check,
}

impl Digits {
    /// From seven random digits; what is more than seven is cut off.
    pub fn from_seven(random: u32) -> Self {
        let seven = format!("{:07}", random % 10_000_000);
        let check = check_digit(&seven);
        Self(format!("{seven}{check}"))
    }

    /// As somebody typed them: full-width or not, in groups or not.
    ///
    /// # Errors
    /// [`BadDigits`].
    pub fn typed(text: &str) -> Result<Self, BadDigits> {
        let is_between = |c: &char| c.is_whitespace() || matches!(c, '-' | '‐' | '‑' | '–' | '—' | '−' | 'ー' | '.' | '・');
        let digits: String = text.nfkc().filter(|c| !is_between(c)).collect();
        digits.parse()
    }

    /// The eight digits, one after the other.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The same in the two groups in which they are read and spoken.
    pub fn groups(&self) -> [&str; 2] {
        let (first, second) = self.0.split_at(4);
        [first, second]
    }

    /// In groups, for the eye: `4827-1936`.
    pub fn shown(&self) -> String {
        self.groups().join("-")
    }
}

/// The digit that ISO/IEC 7064 MOD 11,10 sets behind `digits`.
fn check_digit(digits: &str) -> u32 {
    let product = digits.chars().filter_map(|c| c.to_digit(10)).fold(10, |product, digit| {
        let sum = match (product + digit) % 10 {
            0 => 10,
            sum => sum,
        };
        sum * 2 % 11
    });
    (11 - product) % 10
}

impl FromStr for Digits {
    type Err = BadDigits;

    fn from_str(text: &str) -> Result<Self, BadDigits> {
        if text.len() != 8 || !text.bytes().all(|b| b.is_ascii_digit()) {
            return Err(BadDigits::NotEight);
        }
        let digits = Self(text.to_owned());
        if text[7..] == check_digit(&text[..7]).to_string() { Ok(digits) } else { Err(BadDigits::Check) }
    }
}

impl fmt::Display for Digits {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl Serialize for Digits {
    fn serialize<S: serde::Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
        s.serialize_str(&self.0)
    }
}

impl<'de> Deserialize<'de> for Digits {
    fn deserialize<D: serde::Deserializer<'de>>(d: D) -> Result<Self, D::Error> {
        String::deserialize(d)?.parse().map_err(serde::de::Error::custom)
    }
}

/// A share: one company's look at one incident. Its secrets (the link's, and the code) are kept apart.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Share {
    /// Key.
    pub id: Id<Share>,
    /// In our own URLs.
    pub uid: Uid,
    /// How often the record was changed since it was made.
    pub revision: i64,
    /// Of which incident.
    pub incident: Id<Incident>,
    /// For which company.
    pub provider: Id<Provider>,
    /// What is said over the telephone, beside the code.
    pub number: Digits,
    /// Whether the names of their people are shown; else department and time.
    pub their_names: bool,
    /// Whether the names of ours are.
    pub our_names: bool,
    /// The other companies whose words are shown too, in the order of their keys.
    pub other_companies: Vec<Id<Provider>>,
    /// Whether files are left out.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub without_files: bool,
    /// The entries that are left out though the company may see them, in the order of their keys.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub left_out: Vec<Id<Entry>>,
    /// The entries for the meeting that are let in all the same, in the order of their keys.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub let_in: Vec<Id<Entry>>,
    /// For whom of the company's people it is, where that is known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub contact: Option<Id<Contact>>,
    /// In which language it is read where its reader does not choose.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub locale: Option<Locale>,
    /// When we can be reached, as it is shown to them.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub reach: String,
    /// Whom they call on a holiday, as it is shown to them.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub holiday: String,
    /// How often it may be opened, if there is a limit.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub most_openings: Option<i64>,
    /// Since when it is paused, if it is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub paused: Option<Stamp>,
    /// Whom they call where the link is good no more, as it is shown to them.
    pub call: String,
    /// To whom it was given, in our words.
    pub note: String,
    /// When it was made.
    pub made_at: Stamp,
    /// By whom of us.
    pub made_by: Option<Id<Person>>,
    /// From when on it is good no more.
    pub expires_at: Stamp,
    /// Revoked, with the reason, if it is.
    pub revoked: Option<Struck>,
}

text_enum! {
    /// Where a share stands.
    pub enum ShareState {
        /// It can be opened.
        Live = "live",
        /// It was revoked.
        Revoked = "revoked",
        /// Its time has passed.
        Expired = "expired",
        /// It is closed until one of us opens it again.
        Paused = "paused",
        /// It was opened as often as it may be: who has it open goes on reading, nobody else opens it.
        UsedUp = "used_up",
    }
}

text_enum! {
    /// By which way somebody comes to a share.
    pub enum Way {
        /// By the number, on the short page.
        Number = "number",
        /// By the long link.
        Link = "link",
    }
}

impl Share {
    /// Where it stands at `now` for whoever has it open.
    pub fn state(&self, now: Stamp) -> ShareState {
        match &self.revoked {
            Some(_) => ShareState::Revoked,
            None if now >= self.expires_at => ShareState::Expired,
            None if self.paused.is_some() => ShareState::Paused,
            None => ShareState::Live,
        }
    }

    /// Where it stands at `now` for whoever is about to open it, having been opened so many `times`.
    pub fn state_at_door(&self, now: Stamp, times: i64) -> ShareState {
        match self.state(now) {
            ShareState::Live if self.most_openings.is_some_and(|most| times >= most) => ShareState::UsedUp,
            state => state,
        }
    }

    /// What its reader is shown.
    pub fn outward(&self) -> Outward {
        Outward {
            company: self.provider,
            their_names: self.their_names,
            our_names: self.our_names,
            other_companies: self.other_companies.clone(),
            files: !self.without_files,
            left_out: self.left_out.clone(),
            let_in: self.let_in.clone(),
        }
    }
}

/// The link's secret and the code, to be given away.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Given {
    /// The secret of the long link.
    pub token: String,
    /// The code.
    pub code: Digits,
}

/// What stands in the way of a share's secrets being shown again, or of being used.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Shown {
    /// The secrets; none where they were sealed by another machine's key.
    pub given: Option<Given>,
    /// Whether wrong codes have locked the short page.
    pub number_locked: bool,
    /// Whether they have locked the long link.
    pub link_locked: bool,
}

/// An opening 閲覧: somebody gave the code, a name and a department, and was shown the incident.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Opening {
    /// Key.
    pub id: Id<Opening>,
    /// In URLs.
    pub uid: Uid,
    /// Always 0: what happened is not changed.
    pub revision: i64,
    /// Of which incident.
    pub incident: Id<Incident>,
    /// By which share.
    pub share: Id<Share>,
    /// When.
    pub at: Stamp,
    /// By which way.
    pub way: Way,
    /// Who, by their own word.
    pub name: String,
    /// Their department, by their own word.
    pub department: String,
    /// The network address it came from.
    pub address: String,
    /// Up to which change of the incident's ledger they were shown the record; unknown for the oldest openings.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub version: Option<i64>,
    /// The fingerprint that stood for that change; empty where it is unknown.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub fingerprint: String,
}

impl Opening {
    /// Whether the same person opened it, by their own word: the same name, however it was typed.
    pub fn is_by_same(&self, other: &Self) -> bool {
        let plain = |name: &str| name.nfkc().filter(|c| !c.is_whitespace()).flat_map(char::to_lowercase).collect::<String>();
        self.share == other.share && plain(&self.name) == plain(&other.name)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn the_standards_own_example_holds() {
        // ISO/IEC 7064 gives 0794 and the check digit 5.
        assert_eq!(check_digit("0794"), 5);
    }

    #[test]
    fn digits_are_taken_however_they_are_typed() {
        let digits = Digits::from_seven(482_719);
        let shown = digits.shown();
        assert_eq!(shown.len(), 9);
        let full_width: String = digits.as_str().chars().map(|c| char::from_u32(c as u32 + 0xFEE0).unwrap_or(c)).collect();
        for typed in
            [shown.clone(), shown.replace('-', "ー"), shown.replace('-', " "), format!(" {} ", digits.as_str()), full_width]
        {
            assert_eq!(Digits::typed(&typed), Ok(digits.clone()), "{typed}");
        }
        for typed in ["", "1234", "123456789", "1234-567x", "१२३४५६७८", "加"] {
            assert_eq!(Digits::typed(typed), Err(BadDigits::NotEight), "{typed}");
        }
    }

    proptest! {
        #[test]
        fn one_digit_misheard_is_always_told(seven in 0_u32..10_000_000, place in 0_usize..8, other in 0_u8..10) {
            let right = Digits::from_seven(seven);
            let mut wrong = right.as_str().as_bytes().to_vec();
            wrong[place] = b'0' + other;
            let wrong = String::from_utf8(wrong).expect("digits");
            prop_assert_eq!(wrong.parse::<Digits>().is_ok(), wrong == right.as_str());
        }
    }

    #[test]
    fn nearly_every_pair_exchanged_is_told() {
        let (mut told, mut all) = (0, 0);
        for seven in (0..10_000_000).step_by(977) {
            let right = Digits::from_seven(seven);
            for place in 0..7 {
                let mut wrong = right.as_str().as_bytes().to_vec();
                wrong.swap(place, place + 1);
                let wrong = String::from_utf8(wrong).expect("digits");
                if wrong != right.as_str() {
                    all += 1;
                    told += i32::from(wrong.parse::<Digits>().is_err());
                }
            }
        }
        assert!(told * 100 > all * 97, "{told} of {all}");
    }
}
