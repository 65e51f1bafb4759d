//! Passwords: what is good enough, and the slow hash of which they are kept.
//!
//! The hash takes about 35 ms and 19 MiB on purpose. It never runs inside a transaction; the web room runs it on a blocking
//! thread behind a small semaphore.

use std::collections::HashSet;
use std::sync::LazyLock;

use argon2::password_hash::phc::PasswordHash;
use argon2::{Argon2, PasswordHasher, PasswordVerifier};
use unicode_normalization::UnicodeNormalization;

/// The fewest characters of a password.
pub const MIN_CHARS: usize = 12;
/// The most bytes of a password; more would only keep the machine busy.
pub const MAX_BYTES: usize = 1024;

/// A password that was typed, as it is compared: NFKC (NIST SP 800-63B, 5.1.1.2), so that full-width letters of an input
/// method are the letters themselves.
#[derive(Clone)]
pub struct Password(String);

/// Why a password is not taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum BadPassword {
    /// Fewer than [`MIN_CHARS`] characters.
    #[error("a password needs at least {MIN_CHARS} characters")]
    Short,
    /// More than [`MAX_BYTES`] bytes.
    #[error("a password has at most {MAX_BYTES} bytes")]
    Long,
    /// One of those that are tried first.
    #[error("this password is among those that are tried first")]
    Common,
}

impl BadPassword {
    /// What is said of it: a key of the catalogue.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Short => "problem-password-short",
            Self::Long => "problem-password-long",
            Self::Common => "problem-password-common",
        }
    }
}

/// The hash could not be made: a fault of the machine.
#[derive(Clone, Debug, thiserror::Error)]
#[error("a password cannot be hashed: {0}")]
pub struct HashError(String);

impl Password {
    /// A password to be set.
    ///
    /// # Errors
    /// [`BadPassword`].
    pub fn new(typed: &str) -> Result<Self, BadPassword> {
        let password = Self::attempt(typed);
        match () {
            () if password.0.chars().count() < MIN_CHARS => Err(BadPassword::Short),
            () if password.0.len() > MAX_BYTES => Err(BadPassword::Long),
            () if is_common(&password.0) => Err(BadPassword::Common),
            () => Ok(password),
        }
    }

    /// A password to be tried; one too long is cut, which no password that was set is.
    pub fn attempt(typed: &str) -> Self {
        Self(typed.chars().take(MAX_BYTES + 1).nfkc().collect())
    }

    /// The hash to be kept: argon2id with its salt and costs, as a PHC string.
    ///
    /// # Errors
    /// [`HashError`].
    pub fn hash(&self) -> Result<String, HashError> {
        let hash: PasswordHash =
            Argon2::default().hash_password(self.0.as_bytes()).map_err(|error| HashError(error.to_string()))?;
        Ok(hash.to_string())
    }

    /// Whether this is the password of `kept`. Where nothing is kept the same work is done in vain, so that the time taken
    /// does not tell who exists.
    pub fn is(&self, kept: Option<&str>) -> bool {
        let real = kept.and_then(|kept| PasswordHash::new(kept).ok());
        let known = real.is_some();
        let Some(hash) = real.or_else(|| NOBODYS.clone()) else {
            return false;
        };
        Argon2::default().verify_password(self.0.as_bytes(), &hash).is_ok() && known
    }
}

/// The passwords that were found most often among stolen ones; see `passwords/README.md`.
static COMMON: LazyLock<HashSet<&str>> = LazyLock::new(|| include_str!("passwords/common.txt").lines().collect());

/// The fewest different characters of a password.
const DIFFERENT: usize = 5;

/// Whether a password is among those that whoever guesses tries first (NIST SP 800-63B, 5.1.1.2): a common one, in whatever letters,
/// with figures and signs before and after it, or said twice; or one of a few characters, or of keys in a row.
fn is_common(password: &str) -> bool {
    let key = password.to_lowercase();
    let core = key.trim_matches(|c: char| !c.is_alphabetic());
    let middle = key.len() / 2;
    let half = (key.is_char_boundary(middle) && key[..middle] == key[middle..]).then(|| &key[..middle]);
    let different: HashSet<char> = key.chars().collect();
    let chars: Vec<u32> = key.chars().map(u32::from).collect();
    let in_a_row = |step: i64| chars.windows(2).all(|pair| (i64::from(pair[1]) - i64::from(pair[0])).rem_euclid(10) == step);
    let counts = chars.iter().all(|c| (0x30..=0x39).contains(c)) && (in_a_row(1) || in_a_row(9));
    different.len() < DIFFERENT
        || counts
        || [Some(key.as_str()), Some(core), half].into_iter().flatten().any(|word| COMMON.contains(word))
}

/// The hash of a password that nobody has, with today's costs.
static NOBODYS: LazyLock<Option<PasswordHash>> = LazyLock::new(|| {
    let nobodys = super::secrets::fresh().ok()?;
    Argon2::default().hash_password(nobodys.as_bytes()).ok()
});

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_password_is_known_again_and_another_is_not() {
        let hash = Password::new("correct horse battery").expect("long enough").hash().expect("a hash");
        assert!(hash.starts_with("$argon2id$"));
        assert!(Password::attempt("correct horse battery").is(Some(&hash)));
        assert!(!Password::attempt("correct horse batterx").is(Some(&hash)));
    }

    #[test]
    fn full_width_letters_are_the_letters() {
        let hash = Password::new("ｃｏｒｒｅｃｔ horse 1").expect("long enough").hash().expect("a hash");
        assert!(Password::attempt("correct horse １").is(Some(&hash)));
    }

    #[test]
    fn nobody_has_no_password() {
        assert!(!Password::attempt("anything at all").is(None));
        assert!(!Password::attempt("anything at all").is(Some("not a hash")));
    }

    #[test]
    fn a_password_has_a_shortest_and_a_longest_length() {
        assert_eq!(Password::new("elevenchars").err(), Some(BadPassword::Short));
        assert!(Password::new("十二文字のパスワードです").is_ok());
        assert_eq!(Password::new(&"x".repeat(1025)).err(), Some(BadPassword::Long));
    }

    #[test]
    fn what_is_tried_first_is_refused() {
        for common in [
            "password1234",
            "Password1234!",
            "ｐａｓｓｗｏｒｄ１２３４",
            "2024.sunshine!!",
            "passwordpassword",
            "qwertyuiop[]",
            "1q2w3e4r5t6y",
            "123456789012",
            "098765432109",
            "aaaaaaaaaaaa",
            "あああああああああああああ",
        ] {
            assert_eq!(Password::new(common).err(), Some(BadPassword::Common), "{common}");
        }
        for good in ["correct horse battery", "十二文字のパスワードです", "purple-otter-1868", "my password is 12 long"]
        {
            assert!(Password::new(good).is_ok(), "{good}");
        }
    }
}
