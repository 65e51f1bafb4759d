//! Who calls: the token that a request brings, and how a handler reaches the database with it.

use std::future::{Ready, ready};

use actix_web::dev::Payload;
use actix_web::http::header::{AUTHORIZATION, HeaderName, IF_MATCH};
use actix_web::web::Data;
use actix_web::{FromRequest, HttpRequest};

use crate::actions::{api_tokens, secrets};
use crate::app::App;
use crate::domain::api_token::{ApiToken, Scope};
use crate::domain::id::Id;
use crate::domain::locale::{Locale, Zone};
use crate::domain::moment::Stamp;
use crate::domain::permit::Actor;
use crate::domain::person::Person;
use crate::error::AppError;
use crate::render::form::FormView;
use crate::render::words::Words;
use crate::store::idempotency::{self, Claim};
use crate::store::{Tx, api_tokens as tokens};
use crate::web::extract::asked_locale;
use crate::web::nouns::Reader;
use crate::web::routes::{Access, Book};
use crate::web::turns::{in_turn, writing};
use crate::web::visit::{Failure, key_of_form};

/// The header by which a request is done once (draft-ietf-httpapi-idempotency-key-header).
pub const IDEMPOTENCY_KEY: HeaderName = HeaderName::from_static("idempotency-key");
/// The longest such key.
const LONGEST_KEY: usize = 200;

/// A request of a machine, before the database has been asked who it is.
#[derive(Clone)]
pub struct Caller {
    pub(super) app: Data<App>,
    /// What its token must allow; none where any good one will do.
    scope: Option<Scope>,
    token: String,
    key: Option<String>,
    /// Which revision it means to change, as it says.
    seen: Option<Seen>,
    /// The language in which it wants to be answered, if it says so.
    asked: Option<Locale>,
    path: String,
    /// The address under which it reaches us, without a slash at its end.
    pub(super) site: String,
}

/// Which revision a change is meant for (RFC 9110, 13.1.1).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Seen {
    /// Whatever stands.
    Any,
    /// This one.
    This(i64),
    /// None that ever was ours.
    Other,
}

/// Who is let in.
#[derive(Clone, Debug)]
pub struct Me {
    /// As whom.
    pub person: Person,
    /// They as who acts.
    pub actor: Actor,
    /// By which token.
    pub token: ApiToken,
    /// In which language they are answered.
    pub locale: Locale,
}

impl Me {
    /// The zone in which times without an offset are told.
    pub const fn zone(&self) -> Zone {
        self.person.zone
    }

    /// Who reads.
    pub const fn id(&self) -> Id<Person> {
        self.person.id
    }

    /// Reads a form that nobody is asked about again.
    pub fn reader(&self, form: FormView, now: Stamp) -> Reader {
        Reader::new(form, now, self.zone(), Words::new(self.locale)).unasked()
    }
}

impl FromRequest for Caller {
    type Error = Failure;
    type Future = Ready<Result<Self, Failure>>;

    fn from_request(req: &HttpRequest, _: &mut Payload) -> Self::Future {
        ready(Self::of(req).map_err(Failure::from))
    }
}

impl Caller {
    fn of(req: &HttpRequest) -> Result<Self, AppError> {
        let book = req.app_data::<Data<Book>>().ok_or_else(|| AppError::Fault("no routes".to_owned()))?;
        let app = req.app_data::<Data<App>>().ok_or_else(|| AppError::Fault("no app".to_owned()))?.clone();
        let Some(Access::Token(scope)) = book.access(req.method(), req.match_pattern().as_deref()) else {
            return Err(AppError::NotFound);
        };
        let header = |name: &HeaderName| req.headers().get(name).map(|value| value.to_str().unwrap_or_default());
        // Whoever brings none is told so before anything that they sent is looked at.
        let token = header(&AUTHORIZATION).and_then(bearer).ok_or(AppError::TokenNeeded)?;
        let key = header(&IDEMPOTENCY_KEY).map(str::to_owned);
        let fits = |key: &String| (1..=LONGEST_KEY).contains(&key.len()) && key.bytes().all(|byte| byte.is_ascii_graphic());
        if !key.as_ref().is_none_or(fits) {
            return Err(AppError::refused("idempotency-key", "api-key-length"));
        }
        let site = crate::web::shares::site(req, &app);
        let seen = header(&IF_MATCH).map(seen);
        Ok(Self { app, scope, token, key, seen, asked: asked_locale(req), path: req.path().to_owned(), site })
    }

    /// Reads what `f` reads.
    ///
    /// # Errors
    /// [`AppError::TokenNeeded`], [`AppError::ScopeNeeded`], and what `f` returns.
    pub async fn read<T, F>(self, f: F) -> Result<T, AppError>
    where
        T: Send + 'static,
        F: for<'tx> FnOnce(&mut Tx<'tx>, &Me) -> Result<T, AppError> + Send + 'static,
    {
        in_turn(self.app.reading.clone(), move || {
            let mut me = None;
            let read = self.app.store.read(self.app.now(), |tx| {
                let who = self.enter(tx)?;
                f(tx, me.insert(who))
            });
            self.note_use(me.as_ref());
            read
        })
        .await?
    }

    /// Does what `f` does, in one transaction.
    ///
    /// # Errors
    /// As [`Self::read`].
    pub async fn write<T, F>(self, f: F) -> Result<T, AppError>
    where
        T: Send + 'static,
        F: for<'tx> FnOnce(&mut Tx<'tx>, &Me) -> Result<T, AppError> + Send + 'static,
    {
        writing(move || {
            let mut me = None;
            let done = self.app.store.write(self.app.now(), |tx| {
                let who = self.enter(tx)?;
                f(tx, me.insert(who))
            });
            self.note_use(me.as_ref());
            done
        })
        .await?
    }

    /// Whether it is let in at all: asked before slow work that is done outside the transaction.
    ///
    /// # Errors
    /// As [`Self::read`].
    pub async fn is_let_in(&self) -> Result<(), AppError> {
        self.clone().read(|_, _| Ok(())).await
    }

    /// Runs slow work with a secret, few at once.
    ///
    /// # Errors
    /// [`AppError::Fault`].
    pub async fn with_hashing<T: Send + 'static>(&self, f: impl FnOnce() -> T + Send + 'static) -> Result<T, AppError> {
        in_turn(self.app.hashing.clone(), f).await
    }

    fn enter(&self, tx: &mut Tx<'_>) -> Result<Me, AppError> {
        let (token, person) = api_tokens::find(tx, &self.token)?.ok_or(AppError::TokenNeeded)?;
        if let Some(scope) = self.scope.filter(|scope| !token.scopes.contains(scope)) {
            return Err(AppError::ScopeNeeded(scope));
        }
        let actor = person.actor();
        if self.scope.is_some_and(|scope| !actor.may(scope.deed())) {
            return Err(AppError::Forbidden);
        }
        Ok(Me { locale: self.asked.unwrap_or(person.locale), actor, person, token })
    }

    /// Notes that the token is in use.
    fn note_use(&self, me: Option<&Me>) {
        let now = self.app.now();
        if let Some(me) = me.filter(|me| api_tokens::wants_touch(&me.token, now))
            && let Err(error) = self.app.store.write(now, |tx| tokens::touch(tx, me.token.uid))
        {
            tracing::warn!(%error, "it could not be noted that a token is in use");
        }
    }

    /// Does `f` unless it was done before under this request's key, of which then the result is given again. `f` answers with the address
    /// of what it made.
    ///
    /// # Errors
    /// [`AppError::KeyReused`] where the key came with another body; what `f` returns.
    pub fn once<'tx>(
        &self,
        tx: &mut Tx<'tx>,
        me: &Me,
        sent: &[u8],
        f: impl FnOnce(&mut Tx<'tx>) -> Result<String, AppError>,
    ) -> Result<String, AppError> {
        let Some(key) = &self.key else { return f(tx) };
        let key = key_of_form(&self.path, key);
        if let Claim::Done(location) = idempotency::claim(tx, &key, me.id(), &secrets::hash_of(sent))? {
            return Ok(location);
        }
        let location = f(tx)?;
        idempotency::finish(tx, &key, me.id(), &location)?;
        Ok(location)
    }

    /// The revision that the change is meant for, where `stands` is the one on record.
    ///
    /// # Errors
    /// [`AppError::ConditionNeeded`] where the request names none; [`AppError::Stale`] where it names another kind of thing.
    pub fn seen(&self, stands: i64) -> Result<i64, AppError> {
        match self.seen {
            None => Err(AppError::ConditionNeeded),
            Some(Seen::Any) => Ok(stands),
            Some(Seen::This(revision)) => Ok(revision),
            Some(Seen::Other) => Err(AppError::Stale),
        }
    }
}

/// The token in an `Authorization` header (RFC 6750, 2.1; the scheme's name is written as anybody likes).
fn bearer(header: &str) -> Option<String> {
    let (scheme, token) = header.split_once(' ')?;
    scheme.eq_ignore_ascii_case("bearer").then(|| token.trim().to_owned()).filter(|token| !token.is_empty())
}

/// What stands in an `If-Match` header. Several are never ours: a thing has one revision.
fn seen(header: &str) -> Seen {
    match header.trim() {
        "*" => Seen::Any,
        tag => {
            let quoted = tag.strip_prefix('"').and_then(|tag| tag.strip_suffix('"'));
            quoted.and_then(|revision| revision.parse().ok()).map_or(Seen::Other, Seen::This)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_token_is_read_from_its_header_and_from_nothing_else() {
        assert_eq!(bearer("Bearer tellonce_1").as_deref(), Some("tellonce_1"));
        assert_eq!(bearer("bearer  tellonce_1").as_deref(), Some("tellonce_1"));
        for other in ["", "Bearer", "Bearer ", "Basic dGVsbG9uY2U=", "tellonce_1"] {
            assert_eq!(bearer(other), None, "{other}");
        }
    }

    #[test]
    fn a_revision_is_named_by_its_strong_tag() {
        assert_eq!(seen("\"3\""), Seen::This(3));
        assert_eq!(seen(" * "), Seen::Any);
        for other in ["3", "W/\"3\"", "\"3\", \"4\"", "\"three\"", ""] {
            assert_eq!(seen(other), Seen::Other, "{other}");
        }
    }
}
