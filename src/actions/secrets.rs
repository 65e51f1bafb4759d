//! Secrets: 32 random bytes, of which only the SHA-256 is kept.

use std::fmt::Write as _;

use sha2::{Digest, Sha256};

use crate::store::StoreError;

/// A new secret: 32 random bytes in lower-case hex, 64 characters.
///
/// # Errors
/// [`StoreError::Random`] where the machine gives no randomness.
pub fn fresh() -> Result<String, StoreError> {
    Ok(hex(&bytes()?))
}

/// 32 random bytes.
///
/// # Errors
/// [`StoreError::Random`] where the machine gives no randomness.
pub fn bytes() -> Result<[u8; 32], StoreError> {
    let mut bytes = [0; 32];
    getrandom::fill(&mut bytes).map_err(StoreError::Random)?;
    Ok(bytes)
}

/// What is kept of a secret: its SHA-256 in lower-case hex.
pub fn hash_of(secret: impl AsRef<[u8]>) -> String {
    hex(&Sha256::digest(secret))
}

/// `bytes` in lower-case hex.
pub fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::with_capacity(bytes.len() * 2), |mut text, byte| {
        // Writing to a String cannot fail.
        write!(text, "{byte:02x}").unwrap_or_default();
        text
    })
}

/// The bytes that stand in hex; none where it is none.
pub fn unhex(text: &str) -> Option<Vec<u8>> {
    if !text.len().is_multiple_of(2) || !text.bytes().all(|b| b.is_ascii_hexdigit()) {
        return None;
    }
    let pairs = text.as_bytes().chunks(2);
    pairs.map(|pair| u8::from_str_radix(std::str::from_utf8(pair).ok()?, 16).ok()).collect()
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
    fn hex_is_read_back_and_nothing_else_is() {
        assert_eq!(unhex(&hex(&[0, 15, 255])), Some(vec![0, 15, 255]));
        for broken in ["0", "000", "+f", "0g", "加0"] {
            assert_eq!(unhex(broken), None, "{broken}");
        }
    }

    #[test]
    fn what_is_kept_is_the_sha_256() {
        assert_eq!(hash_of("abc"), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    }
}
