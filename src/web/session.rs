//! Cookies: the session, the door (what stands in for a session before a login), and what is to be said once.

use actix_web::HttpRequest;
use actix_web::cookie::time::Duration;
use actix_web::cookie::{Cookie, SameSite};
use hmac::{Hmac, Mac};
use sha2::Sha256;

use crate::actions::secrets;
use crate::actions::sessions::ABSOLUTE;
use crate::actions::shares::READING;

/// Our cookies; over https they carry the prefix by which a browser holds them to this very host.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Jar {
    /// The token of the session.
    Session,
    /// A secret for the forms before a login.
    Door,
    /// What is to be said on the next page.
    Flash,
    /// The secret of whoever has a share open.
    Share,
}

impl Jar {
    const fn name(self, https: bool) -> &'static str {
        match (self, https) {
            (Self::Session, false) => "tellonce",
            (Self::Session, true) => "__Host-tellonce",
            (Self::Door, false) => "tellonce-door",
            (Self::Door, true) => "__Host-tellonce-door",
            (Self::Flash, false) => "tellonce-flash",
            (Self::Flash, true) => "__Host-tellonce-flash",
            (Self::Share, false) => "tellonce-share",
            (Self::Share, true) => "__Host-tellonce-share",
        }
    }

    /// What the request brings in this cookie.
    pub fn read(self, req: &HttpRequest, https: bool) -> Option<String> {
        req.cookie(self.name(https)).map(|cookie| cookie.value().to_owned()).filter(|value| !value.is_empty())
    }

    /// The cookie with that value.
    pub fn with(self, value: String, https: bool) -> Cookie<'static> {
        let kept_for = match self {
            Self::Session => Some(Duration::seconds(ABSOLUTE.num_seconds())),
            Self::Door => None,
            Self::Flash => Some(Duration::minutes(5)),
            // It outlives what it opens: a reply that was written for longer than that is known by it, and is given back.
            Self::Share => Some(Duration::seconds(READING.num_seconds() * 2)),
        };
        let mut cookie =
            Cookie::build(self.name(https), value).path("/").http_only(true).secure(https).same_site(SameSite::Lax).finish();
        if let Some(kept_for) = kept_for {
            cookie.set_max_age(kept_for);
        }
        cookie
    }

    /// The cookie that takes this one away.
    pub fn away(self, https: bool) -> Cookie<'static> {
        let mut cookie = self.with(String::new(), https);
        cookie.make_removal();
        cookie
    }
}

/// The value of the flash cookie: the text's key, signed with the secret of the session (or door) to which it is to be said.
pub fn sign_flash(key: &str, secret: &str) -> String {
    format!("{key}.{}", mark(key, secret))
}

/// The key in a flash cookie, if it was signed with `secret`.
pub fn read_flash<'a>(value: &'a str, secret: &str) -> Option<&'a str> {
    let (key, given) = value.split_once('.')?;
    (mark(key, secret) == given).then_some(key)
}

fn mark(key: &str, secret: &str) -> String {
    // An HMAC takes a key of any length.
    match Hmac::<Sha256>::new_from_slice(secret.as_bytes()) {
        Ok(mut mac) => {
            mac.update(b"flash:");
            mac.update(key.as_bytes());
            secrets::hex(&mac.finalize().into_bytes())
        }
        Err(_) => String::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cookie_of_https_is_bound_to_its_host() {
        let cookie = Jar::Session.with("token".to_owned(), true);
        assert!(cookie.name().starts_with("__Host-"));
        assert_eq!((cookie.secure(), cookie.http_only(), cookie.path()), (Some(true), Some(true), Some("/")));
        assert_eq!(cookie.same_site(), Some(SameSite::Lax));
        assert_eq!(cookie.domain(), None);
    }

    #[test]
    fn what_is_said_once_cannot_be_made_up() {
        let value = sign_flash("flash-saved", "secret");
        assert_eq!(read_flash(&value, "secret"), Some("flash-saved"));
        assert_eq!(read_flash(&value, "other"), None);
        assert_eq!(read_flash(&value.replace("saved", "welcome"), "secret"), None);
        assert_eq!(read_flash("flash-saved", "secret"), None);
    }
}
