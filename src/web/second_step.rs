//! The second step of one's own login: begun, confirmed, with recovery codes, and ended. Who changes it types the password once more,
//! so that a session left open is not enough.

use super::account::current_is_wrong;
use super::extract::{Posted, Visit};
use super::forms::Reader;
use super::incidents::eyes;
use super::visit::{Answer, Done, Me};
use crate::actions::Refused;
use crate::actions::second_step as actions;
use crate::error::AppError;
use crate::render::form::{FormView, Problem};
use crate::render::pages::reader::Reader as Voice;
use crate::render::pages::second_step::SecondStepPage;
use crate::store::keyring::Keyring;
use crate::store::{Tx, people, second_factors};

const PATH: &str = "/account/second-step";

/// `GET /account/second-step`
pub async fn show(visit: Visit) -> Answer {
    let keyring = visit.app.keyring();
    visit.page(move |tx, me| page(tx, me, &keyring, FormView::new(), Vec::new())).await
}

/// The page as everything stands; `codes` were just made, and are shown this once.
fn page(tx: &mut Tx<'_>, me: &Me, keyring: &Keyring, form: FormView, codes: Vec<String>) -> Result<SecondStepPage, AppError> {
    let step = second_factors::step_of(tx, me.person.id)?;
    let enrolment = actions::enrolment(tx, &me.person, keyring)?;
    Ok(SecondStepPage::new(step, enrolment.as_ref(), codes, form, Voice::new(&eyes(me), tx.now())))
}

/// `POST /account/second-step`
pub async fn begin(visit: Visit, posted: Posted) -> Answer {
    let keyring = visit.app.keyring();
    after_password(visit, posted, move |tx, me| {
        let permit = people::for_edit(tx, me.actor, me.person.uid)?;
        actions::begin(tx, &permit, &keyring)?;
        Ok(Done::to(PATH))
    })
    .await
}

/// `POST /account/second-step/end`
pub async fn end(visit: Visit, posted: Posted) -> Answer {
    let client = visit.client.clone();
    after_password(visit, posted, move |tx, me| {
        let permit = people::for_edit(tx, me.actor, me.person.uid)?;
        actions::end(tx, &permit, &client)?;
        Ok(Done::to(PATH).saying("flash-step-off"))
    })
    .await
}

/// Does something where the password in the form is right.
async fn after_password<F>(visit: Visit, posted: Posted, f: F) -> Answer
where
    F: for<'tx> FnOnce(&mut Tx<'tx>, &Me) -> Result<Done, AppError> + Send + 'static,
{
    let wrong = current_is_wrong(&visit, &posted).await?;
    let keyring = visit.app.keyring();
    let save = move |tx: &mut Tx<'_>, me: &Me, form: &mut Reader<'_>| match wrong {
        Some(why) => {
            form.problem("current", why);
            Err(form.refusal())
        }
        None => f(tx, me),
    };
    visit.submit(posted, save, move |tx, me, form| page(tx, me, &keyring, form, Vec::new())).await
}

/// `POST /account/second-step/confirmation`
pub async fn confirm(visit: Visit, posted: Posted) -> Answer {
    let (keyring, client) = (visit.app.keyring(), visit.client.clone());
    let typed = posted.fields.get("code").unwrap_or_default().to_owned();
    let make = move |tx: &mut Tx<'_>, me: &Me| {
        let permit = people::for_edit(tx, me.actor, me.person.uid)?;
        match actions::confirm(tx, &permit, &me.person, &keyring, &typed, &client)? {
            Ok(codes) => Ok((200, page(tx, me, &keyring, FormView::new(), codes)?)),
            Err(Refused::Unfit { field, key }) => {
                let form = FormView::new().with_problem(field, Problem::new(key));
                Ok((422, page(tx, me, &keyring, form, Vec::new())?))
            }
            Err(other) => Err(other.into()),
        }
    };
    visit.reveal(posted, PATH, make).await
}

/// `POST /account/second-step/codes`
pub async fn renew_codes(visit: Visit, posted: Posted) -> Answer {
    let wrong = current_is_wrong(&visit, &posted).await?;
    let (keyring, client) = (visit.app.keyring(), visit.client.clone());
    let make = move |tx: &mut Tx<'_>, me: &Me| {
        if let Some(why) = wrong {
            let form = FormView::new().with_problem("current", why);
            return Ok((422, page(tx, me, &keyring, form, Vec::new())?));
        }
        let permit = people::for_edit(tx, me.actor, me.person.uid)?;
        let codes = actions::renew_codes(tx, &permit, &client)?;
        Ok((200, page(tx, me, &keyring, FormView::new(), codes)?))
    };
    visit.reveal(posted, PATH, make).await
}
