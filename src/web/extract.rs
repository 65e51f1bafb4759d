//! What a handler may ask of a request: who knocks ([`Visit`]) and what they sent ([`Posted`]).

use std::future::{Ready, ready};
use std::net::IpAddr;
use std::time::Duration;

use actix_web::dev::Payload;
use actix_web::http::header::{ACCEPT_LANGUAGE, CONTENT_TYPE, USER_AGENT};
use actix_web::web::{Bytes, BytesMut, Data};
use actix_web::{FromRequest, HttpRequest};
use futures_util::StreamExt;
use futures_util::future::LocalBoxFuture;
use ipnet::IpNet;

use super::forms::Fields;
use super::pace::{Paced, in_time};
use super::routes::{Access, Book};
use super::session::Jar;
use super::visit::Failure;
use crate::app::App;
use crate::domain::account::Client;
use crate::domain::locale::Locale;
use crate::domain::permit::Deed;
use crate::error::AppError;

/// The most bytes of a form, as it is sent: 1.3 MB of Japanese text, three times as long in its URL encoding.
pub const FORM_LIMIT: usize = 4 * 1024 * 1024;
/// The most characters of a browser's own words that are kept.
const AGENT: usize = 200;
/// By when a form must have arrived, however steadily it comes; a phone on a bad line sends half a megabyte in it.
pub const FORM_DEADLINE: Duration = Duration::from_secs(60);

/// A request, before the database has been asked who it is. Its methods (in [`super::visit`]) are the only way from a handler to
/// the database; they ask first.
#[derive(Clone)]
pub struct Visit {
    /// The running Tellonce.
    pub(super) app: Data<App>,
    /// Who may come this way.
    pub(super) access: Access,
    /// The path with its query: where to come back to.
    pub(super) target: String,
    /// The path alone.
    pub(super) path: String,
    /// The token of the session, if one was brought.
    pub(super) token: Option<String>,
    /// The secret of the door, if one was brought.
    pub(super) door: Option<String>,
    /// What is to be said once, signed.
    pub(super) flash: Option<String>,
    /// The secret of whoever has a share open, if one was brought.
    pub(super) reading: Option<String>,
    /// Where it comes from.
    pub(super) address: IpAddr,
    /// The same, with the browser, for people to read.
    pub(super) client: Client,
    /// The language that the browser asks for, if it is one of ours.
    pub(super) asked: Option<Locale>,
}

impl Visit {
    fn of(req: &HttpRequest) -> Result<Self, AppError> {
        let book = req.app_data::<Data<Book>>().ok_or_else(|| AppError::Fault("no routes".to_owned()))?;
        let access = book.access(req.method(), req.match_pattern().as_deref()).ok_or(AppError::NotFound)?;
        Self::with_access(req, access)
    }

    /// A request to where no route leads.
    pub(super) fn astray(req: &HttpRequest) -> Result<Self, AppError> {
        Self::with_access(req, Access::Session(Deed::Look))
    }

    fn with_access(req: &HttpRequest, access: Access) -> Result<Self, AppError> {
        let app = req.app_data::<Data<App>>().ok_or_else(|| AppError::Fault("no app".to_owned()))?.clone();
        let https = app.is_https();
        let address = address(req, &app.proxies);
        Ok(Self {
            access,
            target: req.uri().path_and_query().map_or_else(|| req.path().to_owned(), ToString::to_string),
            path: req.path().to_owned(),
            token: Jar::Session.read(req, https),
            door: Jar::Door.read(req, https),
            flash: Jar::Flash.read(req, https),
            reading: Jar::Share.read(req, https),
            address,
            client: Client { address: address.to_canonical().to_string(), agent: agent(req) },
            asked: asked_locale(req),
            app,
        })
    }
}

impl FromRequest for Visit {
    type Error = Failure;
    type Future = Ready<Result<Self, Failure>>;

    fn from_request(req: &HttpRequest, _: &mut Payload) -> Self::Future {
        ready(Self::of(req).map_err(Failure::from))
    }
}

/// Where the request comes from: whoever knocked, or, where that is a proxy of ours, whom it says it had before it; and so on, from
/// the right, as far as proxies of ours go. What stands left of the first stranger is the stranger's own word.
fn address(req: &HttpRequest, proxies: &[IpNet]) -> IpAddr {
    let is_ours = |address: &IpAddr| proxies.iter().any(|network| network.contains(&address.to_canonical()));
    let mut address = req.peer_addr().map_or(IpAddr::from([127, 0, 0, 1]), |peer| peer.ip());
    let headers: Vec<&str> = req.headers().get_all("x-forwarded-for").filter_map(|value| value.to_str().ok()).collect();
    for said in headers.iter().rev().flat_map(|header| header.rsplit(',')) {
        match said.trim().parse() {
            Ok(before) if is_ours(&address) => address = before,
            _ => break,
        }
    }
    address
}

/// The browser in its own words, as far as they are plain.
fn agent(req: &HttpRequest) -> String {
    let header = req.headers().get(USER_AGENT).and_then(|value| value.to_str().ok()).unwrap_or_default();
    header.chars().filter(|c| !c.is_control()).take(AGENT).collect()
}

/// The first of our languages in `Accept-Language` (in the order of the list, which browsers sort by preference).
pub(super) fn asked_locale(req: &HttpRequest) -> Option<Locale> {
    let header = req.headers().get(ACCEPT_LANGUAGE)?.to_str().ok()?;
    header.split(',').find_map(|part| {
        let tag = part.split([';', '-']).next()?.trim();
        Locale::ALL.iter().copied().find(|locale| tag.eq_ignore_ascii_case(locale.as_str()))
    })
}

/// A form as it was sent. That it is from the right session is asked by [`Visit::submit`], never here.
#[derive(Clone, Debug, Default)]
pub struct Posted {
    /// What every form of ours brings: the masked secret of its session.
    pub(super) csrf: String,
    /// Marks this one filling-in.
    pub(super) key: Option<String>,
    /// The fields, those two among them.
    pub fields: Fields,
}

impl Posted {
    /// A form with these fields, however they came.
    pub fn new(fields: Fields) -> Self {
        let csrf = fields.get("csrf").unwrap_or_default().to_owned();
        let key = fields.get("key").filter(|key| !key.is_empty() && key.len() <= 64).map(str::to_owned);
        Self { csrf, key, fields }
    }
}

impl FromRequest for Posted {
    type Error = Failure;
    type Future = LocalBoxFuture<'static, Result<Self, Failure>>;

    fn from_request(req: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let is_form = req.headers().get(CONTENT_TYPE).and_then(|value| value.to_str().ok()).is_some_and(is_url_encoded);
        let payload = payload.take();
        Box::pin(async move {
            if !is_form {
                return Err(AppError::Unreadable("not application/x-www-form-urlencoded".to_owned()).into());
            }
            let body = in_time(payload, FORM_DEADLINE, read).await?;
            let fields = serde_urlencoded::from_bytes(&body).map_err(|error| AppError::Unreadable(error.to_string()))?;
            Ok(Self::new(Fields::new(fields)))
        })
    }
}

fn is_url_encoded(content_type: &str) -> bool {
    content_type.split(';').next().is_some_and(|mime| mime.trim().eq_ignore_ascii_case("application/x-www-form-urlencoded"))
}

/// The bytes of a body, up to the limit.
pub(super) async fn read(mut payload: Paced<Payload>) -> Result<Bytes, AppError> {
    let mut body = BytesMut::new();
    let mut is_over = false;
    while let Some(chunk) = payload.next().await {
        let chunk = chunk.map_err(|error| AppError::Unreadable(error.to_string()))?;
        // The rest is read but not kept: a browser shows no answer while it is still sending.
        is_over |= body.len() + chunk.len() > FORM_LIMIT;
        if !is_over {
            body.extend_from_slice(&chunk);
        }
    }
    if is_over { Err(AppError::TooLarge) } else { Ok(body.freeze()) }
}

#[cfg(test)]
mod tests {
    use actix_web::test::TestRequest;

    use super::*;

    #[test]
    fn the_first_of_our_languages_is_spoken() {
        let asked =
            |header: &'static str| asked_locale(&TestRequest::get().insert_header((ACCEPT_LANGUAGE, header)).to_http_request());
        assert_eq!(asked("fr-FR, en-GB;q=0.8, ja;q=0.5"), Some(Locale::En));
        assert_eq!(asked("ja"), Some(Locale::Ja));
        assert_eq!(asked("fr"), None);
    }

    #[test]
    fn only_proxies_of_ours_are_believed_and_what_is_left_of_a_stranger_is_not() {
        let from = |peer: &str, said: &[&str], ours: &[&str]| {
            let request = TestRequest::get().peer_addr(format!("{peer}:5000").parse().expect("a peer"));
            let request = said.iter().fold(request, |request, said| request.append_header(("x-forwarded-for", *said)));
            let ours: Vec<IpNet> = ours.iter().map(|network| network.parse().expect("a network")).collect();
            address(&request.to_http_request(), &ours).to_string()
        };
        let (stranger, inner, outer) = ("203.0.113.9", "10.0.0.1", "10.0.0.2");
        assert_eq!(from(stranger, &["198.51.100.7"], &[]), stranger);
        assert_eq!(from("127.0.0.1", &["198.51.100.7"], &[]), "127.0.0.1", "nobody is believed who was not named");
        assert_eq!(from(stranger, &["198.51.100.7"], &["10.0.0.0/8"]), stranger);
        assert_eq!(from(inner, &[stranger], &["10.0.0.0/8"]), stranger);
        assert_eq!(from(inner, &["198.51.100.7, 203.0.113.9, 10.0.0.2"], &["10.0.0.0/8"]), stranger, "two proxies of ours");
        assert_eq!(from(inner, &["198.51.100.7", "203.0.113.9"], &["10.0.0.0/8"]), stranger, "as two headers");
        assert_eq!(from(inner, &["unknown"], &["10.0.0.0/8"]), inner, "what is no address names nobody");
        assert_eq!(from(inner, &["unknown, 10.0.0.2"], &["10.0.0.0/8"]), outer);
        assert_eq!(from(inner, &[], &["10.0.0.0/8"]), inner);
    }
}
