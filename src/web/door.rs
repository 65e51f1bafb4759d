//! What is done and shown before anybody has logged in: the login, the set-up, and what companies are shown.

use super::answer::{add_cookie, page_answer};
use super::csrf;
use super::extract::{Posted, Visit};
use super::routes::Access;
use super::session::Jar;
use super::turns::{blocking, writing};
use super::visit::{Answer, Failure, Me};
use crate::actions::secrets;
use crate::domain::locale::DEFAULT_ZONE;
use crate::domain::permit::Deed;
use crate::error::AppError;
use crate::render::frame::Frame;
use crate::render::tera::{Page, render};
use crate::store::{Tx, house};

impl Visit {
    /// Whether whoever comes may come this way; what they send waits for their login, or is refused, where it is answered.
    ///
    /// # Errors
    /// What keeps it from being known.
    pub(super) async fn is_let_in(&self) -> Result<bool, Failure> {
        Ok(self.of_the_one_let_in(|_| ()).await?.is_some())
    }

    /// What `f` says of who comes, if they may come this way.
    ///
    /// # Errors
    /// As for [`Visit::is_let_in`].
    pub(super) async fn of_the_one_let_in<T: Send + 'static>(
        &self,
        f: impl FnOnce(&Me) -> T + Send + 'static,
    ) -> Result<Option<T>, Failure> {
        match self.clone().read(|_, me| Ok(f(me))).await {
            Ok(said) => Ok(Some(said)),
            Err(Failure { error: AppError::LoginNeeded | AppError::Forbidden, .. }) => Ok(None),
            Err(failure) => Err(failure),
        }
    }

    /// Runs `f` in a transaction that may write, without asking who is there: for logging in and set-up, which ask on their own.
    ///
    /// # Errors
    /// What `f` returns.
    pub(super) async fn write_at_door<T, F>(&self, f: F) -> Result<T, AppError>
    where
        T: Send + 'static,
        F: for<'tx> FnOnce(&mut Tx<'tx>) -> Result<T, AppError> + Send + 'static,
    {
        let app = self.app.clone();
        writing(move || app.store.write(app.now(), f)).await?
    }

    /// Reads what `f` reads, without asking who is there: for the doors of shares, which ask on their own.
    ///
    /// # Errors
    /// What `f` returns.
    pub(super) async fn read_at_door<T, F>(&self, f: F) -> Result<T, AppError>
    where
        T: Send + 'static,
        F: for<'tx> FnOnce(&mut Tx<'tx>) -> Result<T, AppError> + Send + 'static,
    {
        let app = self.app.clone();
        blocking(move || app.store.read(app.now(), f)).await?
    }

    /// The same visit by whoever has just logged in with `token`.
    pub(super) fn logged_in(self, token: String) -> Self {
        Self { access: Access::Session(Deed::Look), token: Some(token), ..self }
    }

    /// Shows a page to those who are not logged in; `f` reads what it needs.
    ///
    /// # Errors
    /// What `f` returns.
    pub async fn door_page<P, F>(self, status: u16, f: F) -> Answer
    where
        P: Page,
        F: for<'tx> FnOnce(&mut Tx<'tx>) -> Result<P, AppError> + Send + 'static,
    {
        let (https, had_flash) = (self.app.is_https(), self.flash.is_some());
        let (visit, door) = self.with_door()?;
        let html = blocking(move || visit.door_page_now(f)).await??;
        Ok(add_cookie(page_answer(status, html, had_flash, https), Jar::Door.with(door, https)))
    }

    /// The same visit with a secret of the door, a new one where none was brought.
    pub(super) fn with_door(self) -> Result<(Self, String), AppError> {
        let door = match &self.door {
            Some(door) => door.clone(),
            None => secrets::fresh()?,
        };
        Ok((Self { door: Some(door.clone()), ..self }, door))
    }

    pub(super) fn door_page_now<P: Page>(
        &self,
        f: impl for<'tx> FnOnce(&mut Tx<'tx>) -> Result<P, AppError>,
    ) -> Result<String, AppError> {
        let (page, frame) = self.app.store.read(self.app.now(), |tx| Ok::<_, AppError>((f(tx)?, self.door_frame(tx)?)))?;
        Ok(render(&page, &frame)?)
    }

    /// Whether a form before a login was sent by a page that this browser was shown.
    ///
    /// # Errors
    /// [`AppError::OldForm`].
    pub(super) fn check_door(&self, posted: &Posted) -> Result<(), AppError> {
        match &self.door {
            Some(door) if csrf::is_token_of(&posted.csrf, &csrf::secret_of_door(door)) => Ok(()),
            _ => Err(AppError::OldForm),
        }
    }

    /// The frame of a page for those who are not logged in.
    fn door_frame(&self, tx: &mut Tx<'_>) -> Result<Frame, AppError> {
        let settings = house::front(tx)?;
        let locale = self.asked.or(settings.as_ref().map(|house| house.locale)).unwrap_or(self.app.locale);
        let secret = csrf::secret_of_door(self.door.as_deref().unwrap_or_default());
        let zone = settings.as_ref().map_or(DEFAULT_ZONE, |house| house.zone);
        Ok(Frame {
            company: settings.map(|house| house.company),
            zone,
            csrf: csrf::token(&secret)?,
            key: secrets::fresh()?,
            flash: self.flash_for(&secret),
            clock: self.clock_line(locale, zone),
            ..Frame::anonymous(locale)
        })
    }
}
