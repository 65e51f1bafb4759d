//! How a handler reaches the database: on a blocking thread, in one transaction, after asking who is there.
//!
//! - [`Visit::page`] reads and shows a page;
//! - [`Visit::submit`] takes a form: once per filling-in, from its own session only, and back with its values where it is refused;
//! - [`Visit::consider`] makes a page of a form that changes nothing;
//! - [`Visit::reveal`] (in `reveal`) takes a form that makes a secret, and shows it once;
//! - [`Visit::read`] reads for an answer that is no page (a file);
//! - [`Visit::door_page`] (in `door`) shows a page to those who are not logged in.
//!
//! What was begun finishes even if the client leaves. Nobody who is not let in by the route's [`Access`] reaches the closure.

use std::fmt;

use actix_web::HttpResponse;
use serde::Serialize;

use super::answer::{add_cookie, page_answer, see_other, to_login};
use super::csrf;
use super::extract::{Posted, Visit};
use super::forms::{OWN_FIELDS, Reader, SECRET_FIELDS};
use super::routes::Access;
use super::session::{Jar, read_flash};
use super::turns::{aside, blocking, in_turn, writing};
use crate::actions::passwords::Password;
use crate::actions::{secrets, sessions};
use crate::domain::locale::{Locale, Zone};
use crate::domain::moment::show;
use crate::domain::permit::{Actor, Deed};
use crate::domain::person::{House, Person};
use crate::error::{AppError, FieldError};
use crate::render::form::{FormView, Problem};
use crate::render::frame::{Frame, FrameMe};
use crate::render::pages::login::{KeptField, KeptForm, KeptPage, LoginPage};
use crate::render::tera::{Page, render};
use crate::store::idempotency::{self, Claim};
use crate::store::sessions::Session;
use crate::store::{Tx, house};

/// The answer of a handler.
pub type Answer = Result<HttpResponse, Failure>;

/// Who is logged in.
#[derive(Clone, Debug)]
pub struct Me {
    /// Their record.
    pub person: Person,
    /// They as who acts.
    pub actor: Actor,
    /// Their session.
    pub session: Session,
}

impl Me {
    /// The language of their screens.
    pub const fn locale(&self) -> Locale {
        self.person.locale
    }

    /// The zone of their times.
    pub const fn zone(&self) -> Zone {
        self.person.zone
    }
}

/// Where a use case leads when it is done.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Done {
    /// The path.
    pub location: String,
    /// The key of what is to be said there, `flash-…`.
    pub flash: Option<&'static str>,
}

impl Done {
    /// To that path.
    pub fn to(location: impl Into<String>) -> Self {
        Self { location: location.into(), flash: None }
    }

    /// With something to be said there.
    #[must_use]
    pub const fn saying(mut self, flash: &'static str) -> Self {
        self.flash = Some(flash);
        self
    }
}

/// A use case that did not come about, with the frame for the page that says so, as far as it is known.
#[derive(Debug)]
pub struct Failure {
    /// Why.
    pub error: AppError,
    /// The frame, if it is known who is there.
    pub frame: Option<Box<Frame>>,
}

impl From<AppError> for Failure {
    fn from(error: AppError) -> Self {
        Self { error, frame: None }
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.error.fmt(f)
    }
}

/// What a blocking thread comes back with.
pub(super) struct Outcome<T> {
    pub(super) frame: Option<Frame>,
    pub(super) result: Result<T, AppError>,
}

/// A form as a blocking thread leaves it.
pub(super) enum Submitted {
    /// Taken: where it leads, and the secret of the session to which something is to be said.
    Done { location: String, flash: Option<&'static str>, secret: String },
    /// Not taken: a page with that status.
    Page(u16, String),
    /// Not taken: the login page, with the form waiting on it.
    Login(String),
}

impl Outcome<Submitted> {
    /// The answer to a form, in a browser with that secret of the door.
    pub(super) fn answer(self, door: String, https: bool) -> Answer {
        match self.result {
            Ok(Submitted::Done { location, flash, secret }) => Ok(see_other(&location, flash, &secret, https)),
            Ok(Submitted::Page(status, html)) => Ok(page_answer(status, html, false, https)),
            Ok(Submitted::Login(html)) => Ok(add_cookie(page_answer(401, html, false, https), Jar::Door.with(door, https))),
            Err(error) => Err(Failure { error, frame: self.frame.map(Box::new) }),
        }
    }
}

impl Visit {
    /// Shows the page that `f` reads.
    ///
    /// # Errors
    /// What `f` returns; answered by the page that says so.
    pub async fn page<P, F>(self, f: F) -> Answer
    where
        P: Page,
        F: for<'tx> FnOnce(&mut Tx<'tx>, &Me) -> Result<P, AppError> + Send + 'static,
    {
        let https = self.app.is_https();
        let had_flash = self.flash.is_some();
        let target = self.target.clone();
        let outcome = in_turn(self.app.reading.clone(), move || self.page_now(f)).await?;
        match outcome.result {
            Ok(html) => Ok(page_answer(200, html, had_flash, https)),
            Err(AppError::LoginNeeded) => Ok(to_login(&target)),
            Err(error) => Err(Failure { error, frame: outcome.frame.map(Box::new) }),
        }
    }

    fn page_now<P: Page>(self, f: impl for<'tx> FnOnce(&mut Tx<'tx>, &Me) -> Result<P, AppError>) -> Outcome<String> {
        let Outcome { frame, result } = self.look(f);
        let result = result.and_then(|page| shown(&page, frame.as_ref()));
        Outcome { frame, result }
    }

    /// Reads what `f` reads, and notes that the session is in use.
    fn look<T>(&self, f: impl for<'tx> FnOnce(&mut Tx<'tx>, &Me) -> Result<T, AppError>) -> Outcome<T> {
        let now = self.app.now();
        let (mut frame, mut session) = (None, None);
        let result = self.app.store.read(now, |tx| {
            let me = self.enter(tx, &mut frame)?;
            session = Some(me.session.clone());
            f(tx, &me)
        });
        if let Some(session) = session
            && sessions::wants_touch(&session, now)
            && let Err(error) = self.app.store.write(now, |tx| sessions::touch(tx, &session))
        {
            tracing::warn!(%error, "it could not be noted that a session is in use");
        }
        Outcome { frame, result }
    }

    /// Reads what `f` reads, for an answer that is no page.
    ///
    /// # Errors
    /// What `f` returns.
    pub async fn read<T, F>(self, f: F) -> Result<T, Failure>
    where
        T: Send + 'static,
        F: for<'tx> FnOnce(&mut Tx<'tx>, &Me) -> Result<T, AppError> + Send + 'static,
    {
        let outcome = blocking(move || self.look(f)).await?;
        outcome.result.map_err(|error| Failure { error, frame: outcome.frame.map(Box::new) })
    }

    /// Says that there is nothing here, in the frame of who is logged in, if somebody is.
    pub(super) async fn lost(self) -> Failure {
        let nothing = AppError::NotFound;
        if self.token.is_none() {
            return nothing.into();
        }
        match self.read(|_, _| Err::<(), _>(AppError::NotFound)).await {
            Err(Failure { error: AppError::LoginNeeded, .. }) | Ok(()) => nothing.into(),
            Err(failure) => failure,
        }
    }

    /// Takes a form: `save` reads its fields and does the use case, in one transaction. Where it is refused (or stale, or the
    /// database is busy), `again` makes the page anew from what was typed.
    ///
    /// # Errors
    /// What cannot be answered by the form itself.
    pub async fn submit<P, S, A>(self, posted: Posted, save: S, again: A) -> Answer
    where
        P: Page,
        S: for<'tx> FnOnce(&mut Tx<'tx>, &Me, &mut Reader<'_>) -> Result<Done, AppError> + Send + 'static,
        A: for<'tx> FnOnce(&mut Tx<'tx>, &Me, FormView) -> Result<P, AppError> + Send + 'static,
    {
        let https = self.app.is_https();
        let (visit, door) = self.with_door()?;
        writing(move || visit.submit_now(&posted, save, again)).await?.answer(door, https)
    }

    /// Takes a form that changes nothing: `f` makes a page of what was sent, with its status. It waits for a login as any form does.
    ///
    /// # Errors
    /// What `f` returns.
    pub async fn consider<P, F>(self, posted: Posted, f: F) -> Answer
    where
        P: Page,
        F: for<'tx> FnOnce(&mut Tx<'tx>, &Me, FormView) -> Result<(u16, P), AppError> + Send + 'static,
    {
        let https = self.app.is_https();
        let (visit, door) = self.with_door()?;
        blocking(move || visit.consider_now(&posted, f)).await?.answer(door, https)
    }

    fn consider_now<P: Page>(
        self,
        posted: &Posted,
        f: impl for<'tx> FnOnce(&mut Tx<'tx>, &Me, FormView) -> Result<(u16, P), AppError>,
    ) -> Outcome<Submitted> {
        let mut frame = None;
        let made = self.app.store.read(self.app.now(), |tx| {
            let me = self.enter_with(tx, posted, &mut frame)?;
            f(tx, &me, posted.fields.view())
        });
        let result = match made {
            Ok((status, page)) => shown(&page, frame.as_ref()).map(|html| Submitted::Page(status, html)),
            Err(AppError::LoginNeeded) => self.login_page(self.kept(posted)),
            Err(AppError::OldForm) => self.kept_page(409, self.kept(posted)),
            Err(error) => Err(error),
        };
        Outcome { frame, result }
    }

    /// Does what a page asks that stays open (the desk), and answers it in JSON: 401 where the session has ended, so that it can ask
    /// for a login in place; 409 where its token is of another session.
    ///
    /// # Errors
    /// What `f` returns.
    pub async fn exchange<T, F>(self, posted: Posted, f: F) -> Answer
    where
        T: Serialize + Send + 'static,
        F: for<'tx> FnOnce(&mut Tx<'tx>, &Me, &mut Reader<'_>) -> Result<T, AppError> + Send + 'static,
    {
        let now = self.app.now();
        let outcome = writing(move || {
            let mut frame = None;
            let result = self.app.store.write(now, |tx| {
                let me = self.enter_with(tx, &posted, &mut frame)?;
                let mut reader = Reader::new(&posted.fields);
                let done = f(tx, &me, &mut reader)?;
                if reader.is_refused() { Err(reader.refusal()) } else { Ok(done) }
            });
            Outcome { frame, result }
        })
        .await?;
        match outcome.result {
            Ok(done) => Ok(HttpResponse::Ok().json(done)),
            Err(AppError::LoginNeeded) => Ok(HttpResponse::Unauthorized().json(())),
            Err(error) => Err(Failure { error, frame: outcome.frame.map(Box::new) }),
        }
    }

    fn submit_now<P: Page>(
        self,
        posted: &Posted,
        save: impl for<'tx> FnOnce(&mut Tx<'tx>, &Me, &mut Reader<'_>) -> Result<Done, AppError>,
        again: impl for<'tx> FnOnce(&mut Tx<'tx>, &Me, FormView) -> Result<P, AppError>,
    ) -> Outcome<Submitted> {
        let now = self.app.now();
        let mut frame = None;
        let saved = self.app.store.write(now, |tx| {
            let me = self.enter_with(tx, posted, &mut frame)?;
            self.once(tx, &me, posted, save)
        });
        let result = match saved {
            Ok(done) => Ok(done),
            Err(AppError::LoginNeeded) => self.login_page(self.kept(posted)),
            Err(AppError::OldForm) => self.kept_page(409, self.kept(posted)),
            Err(error) => self.form_again(posted, error, again),
        };
        Outcome { frame, result }
    }

    /// Who is there, and that the form is of their own session.
    pub(super) fn enter_with(&self, tx: &mut Tx<'_>, posted: &Posted, frame: &mut Option<Frame>) -> Result<Me, AppError> {
        let me = self.enter(tx, frame)?;
        if csrf::is_token_of(&posted.csrf, &me.session.csrf) { Ok(me) } else { Err(AppError::OldForm) }
    }

    /// Does the use case unless this very form was taken before, in which case the answer is the same again.
    fn once(
        &self,
        tx: &mut Tx<'_>,
        me: &Me,
        posted: &Posted,
        save: impl for<'tx> FnOnce(&mut Tx<'tx>, &Me, &mut Reader<'_>) -> Result<Done, AppError>,
    ) -> Result<Submitted, AppError> {
        let secret = me.session.csrf.clone();
        let key = posted.key.as_ref().map(|key| key_of_form(&self.path, key));
        if let Some(key) = &key
            && let Claim::Done(location) = idempotency::claim(tx, key, me.person.id, &fingerprint(posted))?
        {
            return Ok(Submitted::Done { location, flash: None, secret });
        }
        let mut reader = Reader::new(&posted.fields);
        let done = save(tx, me, &mut reader)?;
        if reader.is_refused() {
            return Err(reader.refusal());
        }
        if let Some(key) = &key {
            idempotency::finish(tx, key, me.person.id, &done.location)?;
        }
        Ok(Submitted::Done { location: done.location, flash: done.flash, secret })
    }

    /// The form with what was typed and why it was not taken.
    fn form_again<P: Page>(
        &self,
        posted: &Posted,
        error: AppError,
        again: impl for<'tx> FnOnce(&mut Tx<'tx>, &Me, FormView) -> Result<P, AppError>,
    ) -> Result<Submitted, AppError> {
        let mut view = posted.fields.view();
        let status = error.kind().0;
        match error {
            AppError::Refused(errors) => view.problems = first_of_each(errors),
            AppError::Stale => view.stale = true,
            AppError::KeyReused => view = view.with_problem("", Problem::new("problem-key-reused")),
            AppError::Busy(what) => {
                tracing::warn!(what, "a form was not taken");
                view = view.with_problem("", Problem::new("problem-busy"));
            }
            AppError::Away(what) => {
                tracing::error!(what, "the database does not answer");
                view = view.with_problem("", Problem::new("problem-away"));
            }
            AppError::Moved(there) => {
                tracing::error!(there, "a form was not taken: the record has moved; start again with that database");
                view = view.with_problem("", Problem::new("problem-moved"));
            }
            AppError::Fault(what) => {
                tracing::error!(what, "a form was not taken");
                view = view.with_problem("", Problem::new("problem-fault"));
            }
            other => return Err(other),
        }
        let Outcome { frame, result } = self.look(|tx, me| again(tx, me, view));
        Ok(Submitted::Page(status, shown(&result?, frame.as_ref())?))
    }

    /// Runs slow work with a password, few at once; it holds its place until it is done, even if the client leaves.
    ///
    /// # Errors
    /// [`AppError::Fault`].
    pub(super) async fn with_hashing<T: Send + 'static>(&self, f: impl FnOnce() -> T + Send + 'static) -> Result<T, AppError> {
        in_turn(self.app.hashing.clone(), f).await
    }

    /// The same for a code that somebody typed at a share's door: in a queue of their own, and on a thread that stands back where a
    /// processor is wanted for our own people's pages.
    ///
    /// # Errors
    /// [`AppError::Fault`].
    pub(super) async fn with_knocking<T: Send + 'static>(&self, f: impl FnOnce() -> T + Send + 'static) -> Result<T, AppError> {
        aside(self.app.knocking.clone(), f).await
    }

    /// The hash of the new password in the form, if it is good enough and its sender may come this way; what is wrong is said when
    /// the form is read.
    ///
    /// # Errors
    /// [`AppError::Fault`], and as for [`Visit::is_let_in`].
    pub(super) async fn hash_of_new(&self, posted: &Posted) -> Result<Option<String>, Failure> {
        let Ok(password) = Password::new(posted.fields.get("password").unwrap_or_default()) else {
            return Ok(None);
        };
        if !self.is_let_in().await? {
            return Ok(None);
        }
        let hash = self.with_hashing(move || password.hash()).await?;
        Ok(Some(hash.map_err(AppError::from)?))
    }

    /// Who is there, if the route lets them in. `frame` is set as soon as it is known who, for the page that may have to say no.
    fn enter(&self, tx: &mut Tx<'_>, frame: &mut Option<Frame>) -> Result<Me, AppError> {
        let Access::Session(deed) = self.access else {
            return Err(AppError::Fault("a route for everybody asked who is there".to_owned()));
        };
        let token = self.token.as_deref().ok_or(AppError::LoginNeeded)?;
        let (session, person) = sessions::find(tx, token)?.ok_or(AppError::LoginNeeded)?;
        let actor = person.actor();
        let me = Me { person, actor, session };
        *frame = Some(self.frame(&me, house::front(tx)?)?);
        if actor.may(deed) { Ok(me) } else { Err(AppError::Forbidden) }
    }

    fn frame(&self, me: &Me, settings: Option<House>) -> Result<Frame, AppError> {
        Ok(Frame {
            locale: me.locale(),
            zone: me.zone(),
            me: Some(FrameMe {
                name: me.person.name.clone(),
                login: me.person.login.clone(),
                may_edit: me.actor.may(Deed::Edit),
                may_manage: me.actor.may(Deed::Manage),
            }),
            company: settings.map(|house| house.company),
            csrf: csrf::token(&me.session.csrf)?,
            key: secrets::fresh()?,
            flash: self.flash_for(&me.session.csrf),
            clock: self.clock_line(me.locale(), me.zone()),
            section: "",
        })
    }

    pub(super) fn flash_for(&self, secret: &str) -> Option<String> {
        read_flash(self.flash.as_deref()?, secret).map(str::to_owned)
    }

    /// What the folder's own clock shows, where it has one.
    pub(super) fn clock_line(&self, locale: Locale, zone: Zone) -> Option<String> {
        self.app.clock.is_moved().then(|| {
            let now = self.app.now();
            format!("{} {}", show::at(now, locale, zone, None), now.with_timezone(&zone).format("%Z"))
        })
    }

    /// The form that was sent, to wait for a login or another look.
    pub(super) fn kept(&self, posted: &Posted) -> KeptForm {
        let fields = posted.fields.iter().filter(|(name, _)| *name != "csrf" && !SECRET_FIELDS.contains(name));
        let fields = fields.map(|(name, value)| KeptField { name: name.to_owned(), value: value.to_owned() });
        KeptForm { action: self.path.clone(), fields: fields.collect() }
    }

    pub(super) fn login_page(&self, kept: KeptForm) -> Result<Submitted, AppError> {
        let html = self.door_page_now(|_| Ok(LoginPage { form: FormView::new(), kept: Some(kept) }))?;
        Ok(Submitted::Login(html))
    }

    pub(super) fn kept_page(&self, status: u16, kept: KeptForm) -> Result<Submitted, AppError> {
        let Outcome { frame, result } = self.look(|_, _| Ok(KeptPage { kept }));
        Ok(Submitted::Page(status, shown(&result?, frame.as_ref())?))
    }
}

/// The page in its frame, which is known wherever a page was read.
pub(super) fn shown<P: Page>(page: &P, frame: Option<&Frame>) -> Result<String, AppError> {
    let frame = frame.ok_or_else(|| AppError::Fault("a page without a frame".to_owned()))?;
    Ok(render(page, frame)?)
}

/// Under which key a form is taken once. One page may have several forms: the key is each form's own.
pub(super) fn key_of_form(path: &str, key: &str) -> String {
    secrets::hash_of(format!("{path} {key}"))
}

/// What was typed, as one line: the same key with other words in the fields is another form.
pub(super) fn fingerprint(posted: &Posted) -> String {
    let typed: Vec<_> = posted.fields.iter().filter(|(name, _)| !OWN_FIELDS.contains(name)).collect();
    secrets::hash_of(format!("{typed:?}"))
}

/// The first problem of each field.
pub(super) fn first_of_each(errors: Vec<FieldError>) -> std::collections::BTreeMap<String, Problem> {
    let mut problems = std::collections::BTreeMap::new();
    for FieldError { field, problem } in errors {
        problems.entry(field).or_insert(problem);
    }
    problems
}
