//! Sealing: what must be shown again, but not to whoever has only the database. ChaCha20-Poly1305 (RFC 8439).

use ring::aead::{Aad, CHACHA20_POLY1305, LessSafeKey, NONCE_LEN, Nonce, UnboundKey};

use super::secrets;
use crate::store::StoreError;
use crate::store::keyring::Key;

/// `plain` sealed under `key`, bound to what it is about, in hex: the nonce, what is sealed, the tag.
///
/// # Errors
/// [`StoreError::Random`].
pub fn seal(key: &Key, about: &str, plain: &str) -> Result<String, StoreError> {
    // 96 random bits: two of the few thousand seals of a house are alike with a chance of less than one in 10^20.
    let mut nonce = [0; NONCE_LEN];
    getrandom::fill(&mut nonce).map_err(StoreError::Random)?;
    let mut bytes = plain.as_bytes().to_vec();
    let sealed = cipher(key).and_then(|cipher| {
        cipher.seal_in_place_append_tag(Nonce::assume_unique_for_key(nonce), Aad::from(about), &mut bytes).ok()
    });
    match sealed {
        Some(()) => Ok(secrets::hex(&nonce) + &secrets::hex(&bytes)),
        None => {
            Err(StoreError::Broken { table: "aux_share_secrets", key: about.to_owned(), what: "it cannot be sealed".to_owned() })
        }
    }
}

/// What was sealed under `key` about that; nothing where it was sealed under another key, about something else, or was changed.
pub fn unseal(key: &Key, about: &str, sealed: &str) -> Option<String> {
    let bytes = secrets::unhex(sealed)?;
    let (nonce, rest) = bytes.split_first_chunk::<NONCE_LEN>()?;
    let mut rest = rest.to_vec();
    let plain = cipher(key)?.open_in_place(Nonce::assume_unique_for_key(*nonce), Aad::from(about), &mut rest).ok()?;
    String::from_utf8(plain.to_vec()).ok()
}

fn cipher(key: &Key) -> Option<LessSafeKey> {
    UnboundKey::new(&CHACHA20_POLY1305, key).ok().map(LessSafeKey::new)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_same_key_and_the_same_matter_open_a_seal() {
        let sealed = seal(&[7; 32], "share 1", "48271936").expect("random");
        assert_eq!(unseal(&[7; 32], "share 1", &sealed).as_deref(), Some("48271936"));
        assert_ne!(sealed, seal(&[7; 32], "share 1", "48271936").expect("random"));
        assert_eq!(unseal(&[8; 32], "share 1", &sealed), None);
        assert_eq!(unseal(&[7; 32], "share 2", &sealed), None);
        let last = if sealed.ends_with('0') { '1' } else { '0' };
        let changed = format!("{}{last}", &sealed[..sealed.len() - 1]);
        for broken in ["", "zz", "0", &sealed[..20], &changed] {
            assert_eq!(unseal(&[7; 32], "share 1", broken), None, "{broken}");
        }
    }
}
