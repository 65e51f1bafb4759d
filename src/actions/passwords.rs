//! Passwords: what is good enough, and the slow hash of which they are kept.
//!
//! The hash takes about 35 ms and 19 MiB on purpose. It never runs inside a transaction; the web room runs it on a blocking
//! thread behind a small semaphore.

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
}
