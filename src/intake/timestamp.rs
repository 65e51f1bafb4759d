//! Time stamps of an authority (RFC 3161): what is asked of it, and what it answers. An authority says that it saw a digest at a time;
//! who checks it needs neither us nor our clock. Its signature is not checked here: that takes a store of certificates, and
//! `openssl ts -verify` does it (see `src/domain/ledger/RULES.md`).

use chrono::{DateTime, TimeDelta, Utc};
use cms::cert::x509::spki::AlgorithmIdentifier;
use cms::signed_data::EncapsulatedContentInfo;
use der::asn1::{Int, OctetString};
use der::oid::ObjectIdentifier;
use der::{Any, Decode, Encode, Reader, SliceReader};
use x509_tsp::{MessageImprint, TimeStampReq, TimeStampResp, TspVersion, TstInfo};

/// SHA-256 (RFC 5754, 2.2), as an algorithm without parameters.
const SHA_256: ObjectIdentifier = ObjectIdentifier::new_unwrap("2.16.840.1.101.3.4.2.1");

/// The statuses by which a stamp is granted (RFC 3161, 2.4.2): `granted` and `grantedWithMods`.
const GRANTED: [u8; 2] = [0, 1];

/// An answer is no stamp over what was asked.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NoStamp {
    /// It is not what an authority answers.
    #[error("the answer is no time stamp: {0}")]
    Unreadable(String),
    /// The authority refused.
    #[error("the authority refused (status {0})")]
    Refused(u8),
    /// It stamps something else.
    #[error("the answer stamps something else than what was asked")]
    Other,
}

impl From<der::Error> for NoStamp {
    fn from(error: der::Error) -> Self {
        Self::Unreadable(error.to_string())
    }
}

/// What an authority is asked: to stamp a SHA-256 digest, with its certificate in the answer. `nonce` tells its answer from an older one.
///
/// # Errors
/// [`NoStamp::Unreadable`] where it cannot be written: it always can.
pub fn query(digest: &[u8; 32], nonce: u64) -> Result<Vec<u8>, NoStamp> {
    let request = TimeStampReq {
        version: TspVersion::V1,
        message_imprint: imprint(digest)?,
        req_policy: None,
        nonce: Some(number(nonce)?),
        cert_req: true,
        extensions: None,
    };
    Ok(request.to_der()?)
}

/// When the authority saw the digest, by its answer to [`query`]; without a nonce, by a stamp that was kept.
///
/// # Errors
/// [`NoStamp`].
pub fn read(answer: &[u8], digest: &[u8; 32], nonce: Option<u64>) -> Result<DateTime<Utc>, NoStamp> {
    let answer = TimeStampResp::from_der(answer)?;
    let status = answer.status.status as u8;
    if !GRANTED.contains(&status) {
        return Err(NoStamp::Refused(status));
    }
    let missing = |what: &str| NoStamp::Unreadable(format!("it has no {what}"));
    let token = answer.time_stamp_token.ok_or_else(|| missing("token"))?;
    let content = content(&token.content)?.econtent.ok_or_else(|| missing("content"))?;
    let info = TstInfo::from_der(content.value())?;
    let asked = imprint(digest)?;
    let is_of_digest =
        info.message_imprint.hash_algorithm.oid == SHA_256 && info.message_imprint.hashed_message == asked.hashed_message;
    let is_new = nonce.is_none_or(|nonce| number(nonce).is_ok_and(|nonce| info.nonce == Some(nonce)));
    if !is_of_digest || !is_new {
        return Err(NoStamp::Other);
    }
    let since = TimeDelta::from_std(info.gen_time.to_unix_duration()).map_err(|error| NoStamp::Unreadable(error.to_string()))?;
    Ok(DateTime::UNIX_EPOCH + since)
}

/// What a token signs. Of the signed data (RFC 5652, 5.1) no more is read than what stands before it: authorities send certificates
/// twice, and in an order that is not DER's.
fn content(token: &Any) -> Result<EncapsulatedContentInfo, NoStamp> {
    let mut fields = SliceReader::new(token.value())?;
    let (_version, _algorithms): (Any, Any) = (fields.decode()?, fields.decode()?);
    Ok(fields.decode()?)
}

fn imprint(digest: &[u8; 32]) -> Result<MessageImprint, NoStamp> {
    let hash_algorithm = AlgorithmIdentifier { oid: SHA_256, parameters: Some(Any::null()) };
    Ok(MessageImprint { hash_algorithm, hashed_message: OctetString::new(digest.as_slice())? })
}

/// A number as DER writes one: no zeros in front, but one where it would be negative else (X.690, 8.3).
fn number(value: u64) -> Result<Int, NoStamp> {
    let bytes = value.to_be_bytes();
    let zeros = bytes.iter().take_while(|byte| **byte == 0).count().min(7);
    let mut digits = Vec::with_capacity(9);
    if bytes[zeros] & 0x80 != 0 {
        digits.push(0);
    }
    digits.extend_from_slice(&bytes[zeros..]);
    Ok(Int::new(&digits)?)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn whatever_comes_is_read_or_refused(bytes in prop::collection::vec(any::<u8>(), 0..400)) {
            prop_assert!(read(&bytes, &[7; 32], Some(1)).is_err());
        }

        #[test]
        fn what_is_asked_can_be_read_again(digest in any::<[u8; 32]>(), nonce in any::<u64>()) {
            let query = query(&digest, nonce).expect("it is written");
            let request = TimeStampReq::from_der(&query).expect("it is read");
            prop_assert_eq!(request.message_imprint.hashed_message.as_bytes(), digest.as_slice());
            prop_assert_eq!(request.nonce, Some(number(nonce).expect("a number")));
        }
    }
}
