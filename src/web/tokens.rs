//! The tokens by which machines come in: one's own are made and taken away by oneself, everybody's are seen by an admin. Who makes one
//! types the password once more, so that a session left open is not enough.

use actix_web::web::Path;
use chrono::Duration;

use super::account::current_is_wrong;
use super::extract::{Posted, Visit};
use super::forms::{Fields, Reader};
use super::incidents::eyes;
use super::visit::{Answer, Done, Me};
use crate::actions::Refused;
use crate::actions::api_tokens::{self as actions, NewToken};
use crate::domain::api_token::{DAYS, Scope};
use crate::domain::id::Uid;
use crate::error::AppError;
use crate::render::form::{FormView, Problem};
use crate::render::pages::reader::Reader as Voice;
use crate::render::pages::tokens::TokensPage;
use crate::store::{self, Tx, api_tokens, people};

const PATH: &str = "/account/tokens";

/// `GET /account/tokens`
pub async fn own(visit: Visit) -> Answer {
    visit.page(|tx, me| page(tx, me, blank(), String::new())).await
}

/// The page as everything stands; `fresh` was just made, and is shown this once.
fn page(tx: &mut Tx<'_>, me: &Me, form: FormView, fresh: String) -> Result<TokensPage, AppError> {
    let permit = people::to_look(tx, me.actor, me.person.uid)?;
    let tokens = api_tokens::all_of(tx, &permit)?;
    let of_use: Vec<Scope> = Scope::ALL.iter().copied().filter(|scope| me.actor.may(scope.deed())).collect();
    Ok(TokensPage::own(&tokens, &of_use, form, fresh, Voice::new(&eyes(me), tx.now()), tx.now()))
}

/// What stands in the form of a new one.
fn blank() -> FormView {
    FormView::new().with(Scope::Read.as_str(), "yes").with("days", "90")
}

/// What the form says; the form with what is wrong, where it cannot be taken.
fn read(fields: &Fields, wrong: Option<Problem>) -> Result<NewToken, FormView> {
    let mut form = Reader::new(fields);
    if let Some(why) = wrong {
        form.problem("current", why);
    }
    let purpose = form.line("purpose");
    let days: Option<i64> = form.choice("days");
    if days.is_some_and(|days| !DAYS.contains(&days)) {
        form.refuse("days", "problem-choice");
    }
    let scopes = Scope::ALL.iter().copied().filter(|scope| form.ticked(scope.as_str())).collect();
    match (purpose, days) {
        (Some(purpose), Some(days)) if !form.is_refused() => {
            Ok(NewToken { purpose: purpose.to_string(), scopes, good_for: Duration::days(days) })
        }
        _ => Err(form.problems().into_iter().fold(fields.view(), |view, error| view.with_problem(error.field, error.problem))),
    }
}

/// `POST /account/tokens`
pub async fn make(visit: Visit, posted: Posted) -> Answer {
    let wrong = current_is_wrong(&visit, &posted).await?;
    let (client, fields) = (visit.client.clone(), posted.fields.clone());
    let make = move |tx: &mut Tx<'_>, me: &Me| {
        let new = match read(&fields, wrong) {
            Ok(new) => new,
            Err(form) => return Ok((422, page(tx, me, form, String::new())?)),
        };
        let permit = people::for_edit(tx, me.actor, me.person.uid)?;
        match actions::make(tx, &permit, new, &client) {
            Ok(secret) => Ok((200, page(tx, me, blank(), secret)?)),
            Err(Refused::Unfit { field, key }) => {
                Ok((422, page(tx, me, fields.view().with_problem(field, Problem::new(key)), String::new())?))
            }
            Err(other) => Err(other.into()),
        }
    };
    visit.reveal(posted, PATH, make).await
}

/// `POST /account/tokens/{uid}/revocation`
pub async fn revoke_own(visit: Visit, posted: Posted, token: Path<Uid>) -> Answer {
    let (token, client) = (token.into_inner(), visit.client.clone());
    let save = move |tx: &mut Tx<'_>, me: &Me, _: &mut Reader<'_>| {
        let permit = people::for_edit(tx, me.actor, me.person.uid)?;
        actions::revoke(tx, &permit, token, &client)?;
        Ok::<_, AppError>(Done::to(PATH).saying("flash-token-revoked"))
    };
    visit.submit(posted, save, |tx, me, form| page(tx, me, form, String::new())).await
}

/// `GET /house/tokens`
pub async fn house(visit: Visit) -> Answer {
    visit.page(house_page).await
}

fn house_page(tx: &mut Tx<'_>, me: &Me) -> Result<TokensPage, AppError> {
    let permit = store::house::to_look(tx, me.actor)?;
    let tokens = api_tokens::of_house(tx, &permit)?;
    let everybody = people::all(tx, &permit)?;
    Ok(TokensPage::of_house(&tokens, &everybody, Voice::new(&eyes(me), tx.now()), tx.now()))
}

/// `POST /people/{person}/tokens/{uid}/revocation`
pub async fn revoke(visit: Visit, posted: Posted, of: Path<(Uid, Uid)>) -> Answer {
    let ((person, token), client) = (of.into_inner(), visit.client.clone());
    let save = move |tx: &mut Tx<'_>, me: &Me, _: &mut Reader<'_>| {
        let permit = people::for_edit(tx, me.actor, person)?;
        actions::revoke(tx, &permit, token, &client)?;
        Ok::<_, AppError>(Done::to("/house/tokens").saying("flash-token-revoked"))
    };
    visit.submit(posted, save, |tx, me, _| house_page(tx, me)).await
}
