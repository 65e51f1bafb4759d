//! Secrets: 32 random bytes, of which only the SHA-256 is kept.

use std::fmt::Write as _;

use sha2::{Digest, Sha256};

use crate::store::StoreError;

/// A new secret: 32 random bytes in lower-case hex, 64 characters.
///
/// # Errors
/// [`StoreError::Random`] where the machine gives no randomness.
pub fn fresh() -> Result<String, StoreError> {
    let mut bytes = [0; 32];
    getrandom::fill(&mut bytes).map_err(StoreError::Random)?;
    Ok(hex(&bytes))
}

/// What is kept of a secret: its SHA-256 in lower-case hex.
pub fn hash_of(secret: &str) -> String {
    hex(&Sha256::digest(secret.as_bytes()))
}

/// `bytes` in lower-case hex.
pub fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::with_capacity(bytes.len() * 2), |mut text, byte| {
        // Writing to a String cannot fail.
        write!(text, "{byte:02x}").unwrap_or_default();
        text
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_secret_is_32_bytes_and_never_the_same() {
        let (one, other) = (fresh().expect("random"), fresh().expect("random"));
        assert_eq!(one.len(), 64);
        assert_ne!(one, other);
    }

    #[test]
    fn what_is_kept_is_the_sha_256() {
        assert_eq!(hash_of("abc"), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    }
}
