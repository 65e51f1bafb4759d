//! A form that makes a secret of which only the hash is kept: it is shown on the page that answers, and never again.

use super::extract::{Posted, Visit};
use super::turns::writing;
use super::visit::{Answer, Me, Outcome, Submitted, fingerprint, key_of_form, shown};
use crate::error::AppError;
use crate::render::tera::Page;
use crate::store::Tx;
use crate::store::idempotency::{self, Claim};

impl Visit {
    /// Takes a form: `make` makes the secret, and the page that shows it, with its status: it may have to say that it made
    /// none. Who sends the same form again is led to `after`: the secret is not made twice, and cannot be shown twice.
    ///
    /// # Errors
    /// What `make` returns.
    pub(super) async fn reveal<P, F>(self, posted: Posted, after: &'static str, make: F) -> Answer
    where
        P: Page,
        F: for<'tx> FnOnce(&mut Tx<'tx>, &Me) -> Result<(u16, P), AppError> + Send + 'static,
    {
        let https = self.app.is_https();
        let (visit, door) = self.with_door()?;
        let outcome = writing(move || visit.reveal_now(&posted, after, make)).await?;
        outcome.answer(door, https)
    }

    fn reveal_now<P: Page>(
        self,
        posted: &Posted,
        after: &'static str,
        make: impl for<'tx> FnOnce(&mut Tx<'tx>, &Me) -> Result<(u16, P), AppError>,
    ) -> Outcome<Submitted> {
        let mut frame = None;
        let made = self.app.store.write(self.app.now(), |tx| {
            let me = self.enter_with(tx, posted, &mut frame)?;
            if let Some(key) = posted.key.as_ref().map(|key| key_of_form(&self.path, key)) {
                if let Claim::Done(location) = idempotency::claim(tx, &key, me.person.id, &fingerprint(posted))? {
                    return Ok(Submitted::Done { location, flash: None, secret: me.session.csrf });
                }
                idempotency::finish(tx, &key, me.person.id, after)?;
            }
            let (status, page) = make(tx, &me)?;
            Ok(Submitted::Page(status, shown(&page, frame.as_ref())?))
        });
        let result = match made {
            Err(AppError::LoginNeeded) => self.login_page(self.kept(posted)),
            Err(AppError::OldForm) => self.kept_page(409, self.kept(posted)),
            other => other,
        };
        Outcome { frame, result }
    }
}
