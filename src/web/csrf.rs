//! That a form was sent by our own page, by the person who had it open.
//!
//! Two fences: where the browser says from which site a request comes (`Sec-Fetch-Site`, else `Origin`), only ours is taken; and
//! every form brings back a token made from the session's secret (before a login: from the secret of a cookie). The token is
//! masked anew on every page, so that compressing the page tells nothing about it.

use actix_web::HttpRequest;
use actix_web::http::header::{HOST, ORIGIN};
use sha2::{Digest, Sha256};
use url::Url;

use crate::actions::secrets;
use crate::store::StoreError;

/// Whether the request can have come from a page of ours: what the browser says, if it says anything. A client that says nothing
/// is no browser with somebody else's cookies in it, and still needs the token.
pub fn is_from_here(req: &HttpRequest, base_url: Option<&Url>) -> bool {
    let header = |name: &str| req.headers().get(name).map(|value| value.to_str().unwrap_or("unreadable"));
    match (header("sec-fetch-site"), header(ORIGIN.as_str())) {
        (Some(site), _) => site == "same-origin",
        (None, Some(origin)) => is_our_origin(origin, header(HOST.as_str()), base_url),
        (None, None) => true,
    }
}

fn is_our_origin(origin: &str, host: Option<&str>, base_url: Option<&Url>) -> bool {
    let Ok(origin) = Url::parse(origin) else {
        return false;
    };
    if base_url.is_some_and(|base| base.origin() == origin.origin()) {
        return true;
    }
    // Without a configured address, ours is the one that the browser asked for.
    let authority = &origin[url::Position::BeforeHost..url::Position::AfterPort];
    base_url.is_none() && host.is_some_and(|host| host.eq_ignore_ascii_case(authority))
}

/// The secret of a cookie that stands in for a session before there is one.
pub fn secret_of_door(cookie: &str) -> String {
    secrets::hash_of(format!("csrf:{cookie}"))
}

/// A token for a form: the secret, masked.
///
/// # Errors
/// [`StoreError::Random`].
pub fn token(secret: &str) -> Result<String, StoreError> {
    let mask = secrets::fresh()?;
    let masked = xor(&digest(secret), &unhex(&mask).unwrap_or_default());
    Ok(format!("{mask}{}", secrets::hex(&masked)))
}

/// Whether `token` was made from `secret`.
pub fn is_token_of(token: &str, secret: &str) -> bool {
    let Some((mask, masked)) = token.split_at_checked(64) else {
        return false;
    };
    match (unhex(mask), unhex(masked)) {
        (Some(mask), Some(masked)) => same(&xor(&mask, &masked), &digest(secret)),
        _ => false,
    }
}

fn digest(secret: &str) -> [u8; 32] {
    Sha256::digest(secret.as_bytes()).into()
}

fn xor(a: &[u8; 32], b: &[u8; 32]) -> [u8; 32] {
    std::array::from_fn(|i| a[i] ^ b[i])
}

/// Compares without telling by the time taken where the difference is.
fn same(a: &[u8; 32], b: &[u8; 32]) -> bool {
    a.iter().zip(b).fold(0, |difference, (a, b)| difference | (a ^ b)) == 0
}

fn unhex(text: &str) -> Option<[u8; 32]> {
    secrets::unhex(text)?.try_into().ok()
}

#[cfg(test)]
mod tests {
    use actix_web::test::TestRequest;

    use super::*;

    #[test]
    fn a_token_is_good_for_its_own_secret_only_and_never_looks_the_same() {
        let (one, again) = (token("secret").expect("random"), token("secret").expect("random"));
        assert_ne!(one, again);
        assert!(is_token_of(&one, "secret") && is_token_of(&again, "secret"));
        assert!(!is_token_of(&one, "other"));
        for forged in ["", "secret", &one[..127], &format!("{one}0"), &"0".repeat(128), &"加".repeat(43)] {
            assert!(!is_token_of(forged, "secret"), "{forged} was taken");
        }
    }

    fn allowed(headers: &[(&'static str, &'static str)], base: Option<&str>) -> bool {
        let request = headers.iter().fold(TestRequest::post(), |request, header| request.insert_header(*header));
        let base = base.map(|base| Url::parse(base).expect("a URL"));
        is_from_here(&request.to_http_request(), base.as_ref())
    }

    #[test]
    fn only_our_own_site_may_send_forms() {
        assert!(allowed(&[("sec-fetch-site", "same-origin")], None));
        for site in ["cross-site", "same-site", "none", "nonsense"] {
            assert!(!allowed(&[("sec-fetch-site", site)], None), "{site} was let in");
        }
    }

    #[test]
    fn where_the_browser_names_only_the_origin_it_must_be_ours() {
        let host = ("host", "127.0.0.1:8080");
        assert!(allowed(&[host, ("origin", "http://127.0.0.1:8080")], None));
        assert!(!allowed(&[host, ("origin", "http://127.0.0.1:8081")], None));
        assert!(!allowed(&[host, ("origin", "null")], None));
        let base = Some("https://tellonce.example.jp");
        assert!(allowed(&[host, ("origin", "https://tellonce.example.jp")], base));
        assert!(!allowed(&[host, ("origin", "http://127.0.0.1:8080")], base));
    }
}
