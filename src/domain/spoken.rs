//! Digits and letters as they are read out over the telephone, so that each is told from the others.
//!
//! Japanese: よん, なな and きゅう rather than し, しち and く, which are taken for one another; for a second try the readings of
//! radio and of the Self-Defence Forces (ひと, ふた, さん …, まる). English: the digits, for a second try as in ICAO Annex 10,
//! volume II, 5.2.1.4.3 (*tree, fower, fife, niner*), and the letters of the alphabet of ICAO and ITU (*Alfa, Bravo …*).

use super::locale::Locale;

/// How often it has been read out before.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Try {
    /// Never.
    First,
    /// It was not understood.
    Again,
}

const JA: [&str; 10] = ["ゼロ", "いち", "に", "さん", "よん", "ご", "ろく", "なな", "はち", "きゅう"];
const JA_AGAIN: [&str; 10] = ["まる", "ひと", "ふた", "さん", "よん", "ご", "ろく", "なな", "はち", "きゅう"];
const EN: [&str; 10] = ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"];
const EN_AGAIN: [&str; 10] = ["zero", "wun", "too", "tree", "fower", "fife", "six", "seven", "ait", "niner"];
const LETTERS: [&str; 26] = [
    "Alfa", "Bravo", "Charlie", "Delta", "Echo", "Foxtrot", "Golf", "Hotel", "India", "Juliett", "Kilo", "Lima", "Mike",
    "November", "Oscar", "Papa", "Quebec", "Romeo", "Sierra", "Tango", "Uniform", "Victor", "Whiskey", "X-ray", "Yankee", "Zulu",
];

/// `text` read out: its groups (parted by `-` or a blank) with a pause between them, its characters one by one. What is neither a
/// digit nor a Latin letter is left as it is.
pub fn spoken(text: &str, locale: Locale, time: Try) -> String {
    let (between, pause) = match locale {
        Locale::Ja => ("・", "、"),
        Locale::En => (" ", ", "),
    };
    let group = |group: &str| group.chars().map(|c| one(c, locale, time)).collect::<Vec<_>>().join(between);
    text.split(['-', ' ']).filter(|part| !part.is_empty()).map(group).collect::<Vec<_>>().join(pause)
}

fn one(character: char, locale: Locale, time: Try) -> String {
    let digits = match (locale, time) {
        (Locale::Ja, Try::First) => &JA,
        (Locale::Ja, Try::Again) => &JA_AGAIN,
        (Locale::En, Try::First) => &EN,
        (Locale::En, Try::Again) => &EN_AGAIN,
    };
    let digit = character.to_digit(10).and_then(|digit| digits.get(digit as usize));
    let letter = character.is_ascii_alphabetic().then(|| LETTERS.get(usize::from(character.to_ascii_uppercase() as u8 - b'A')));
    digit.or(letter.flatten()).map_or_else(|| character.to_string(), |word| (*word).to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_is_read_out_digit_by_digit_with_a_pause_between_its_groups() {
        assert_eq!(spoken("4827-1930", Locale::Ja, Try::First), "よん・はち・に・なな、いち・きゅう・さん・ゼロ");
        assert_eq!(spoken("4827-1930", Locale::Ja, Try::Again), "よん・はち・ふた・なな、ひと・きゅう・さん・まる");
        assert_eq!(spoken("4827-1930", Locale::En, Try::First), "four eight two seven, one nine three zero");
        assert_eq!(spoken("95", Locale::En, Try::Again), "niner fife");
    }

    #[test]
    fn letters_are_read_out_by_their_names() {
        assert_eq!(spoken("INC-2006", Locale::En, Try::First), "India November Charlie, two zero zero six");
        assert_eq!(spoken("z加", Locale::En, Try::First), "Zulu 加");
    }

    #[test]
    fn no_two_digits_sound_alike_within_a_reading() {
        for digits in [JA, JA_AGAIN, EN, EN_AGAIN] {
            assert_eq!(digits.iter().collect::<std::collections::BTreeSet<_>>().len(), 10);
        }
    }
}
