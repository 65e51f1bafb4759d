//! One's own account: language, zone, password.

use super::extract::{Posted, Visit};
use super::forms::Reader;
use super::login;
use super::visit::{Answer, Done, Me};
use crate::actions::passwords::Password;
use crate::actions::{people as actions, sessions};
use crate::error::AppError;
use crate::render::form::{FormView, Problem};
use crate::render::pages::Choices;
use crate::render::pages::account::AccountPage;
use crate::store::{Tx, people};

/// `GET /account`
pub async fn show(visit: Visit) -> Answer {
    visit.page(|_, me| Ok(page(me, stands(me), FormView::new()))).await
}

/// `POST /account`
pub async fn adjust(visit: Visit, posted: Posted) -> Answer {
    let save = |tx: &mut Tx<'_>, me: &Me, form: &mut Reader<'_>| {
        let revision = form.revision()?;
        let (Some(locale), Some(zone)) = (form.choice("locale"), form.zone("zone")) else {
            return Err(form.refusal());
        };
        let permit = people::for_edit(tx, me.actor, me.person.uid)?;
        actions::adjust(tx, &permit, revision, locale, zone)?;
        Ok(Done::to("/account").saying("flash-saved"))
    };
    let again = |_: &mut Tx<'_>, me: &Me, form: FormView| Ok(page(me, form.at_revision(me.person.revision), FormView::new()));
    visit.submit(posted, save, again).await
}

/// `POST /account/password`
pub async fn set_password(visit: Visit, posted: Posted) -> Answer {
    let wrong = current_is_wrong(&visit, &posted).await?;
    let hash = visit.hash_of_new(&posted).await?;
    let address = visit.address;
    let save = move |tx: &mut Tx<'_>, me: &Me, form: &mut Reader<'_>| {
        let is_wrong = wrong.is_some();
        if let Some(why) = wrong {
            form.problem("current", why);
        }
        let (Some(_), Some(hash), false) = (form.password("password"), hash, is_wrong) else {
            return Err(form.refusal());
        };
        let permit = people::for_edit(tx, me.actor, me.person.uid)?;
        actions::set_password(tx, &permit, &hash, Some(&me.session.token_hash))?;
        if let Ok(login) = me.person.login.parse() {
            sessions::forgive(tx, &login, address)?;
        }
        Ok(Done::to("/account").saying("flash-password-set"))
    };
    visit.submit(posted, save, |_, me, form| Ok(page(me, stands(me), form))).await
}

/// Why the sender's own password in the form is not taken; none where it is right. Counted like a login, so that a session left
/// open cannot be used to guess it.
async fn current_is_wrong(visit: &Visit, posted: &Posted) -> Result<Option<Problem>, AppError> {
    let wrong = || Some(Problem::new("problem-password-wrong"));
    let Ok(login) = visit.clone().read(|_, me| Ok(me.person.login.clone())).await else {
        return Ok(wrong());
    };
    let typed = Password::attempt(posted.fields.get("current").unwrap_or_default());
    match login::admission(visit, login.parse().ok()).await? {
        sessions::Admission::Try(attempt) => {
            let is_right = visit.with_hashing(move || typed.is(attempt.hash.as_deref())).await?;
            Ok(if is_right { None } else { wrong() })
        }
        sessions::Admission::Locked(until) => Ok(Some(login::throttled(visit, until))),
    }
}

/// What stands now.
fn stands(me: &Me) -> FormView {
    FormView::new()
        .with("locale", me.person.locale.as_str())
        .with("zone", me.person.zone.name())
        .with("revision", me.person.revision.to_string())
}

fn page(me: &Me, form: FormView, password_form: FormView) -> AccountPage {
    AccountPage { name: me.person.name.clone(), login: me.person.login.clone(), form, password_form, choices: Choices::all() }
}
