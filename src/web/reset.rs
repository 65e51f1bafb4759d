//! A new password by a one-time link: made by an admin on the person's page, used by whoever was given it.

use actix_web::{HttpRequest, web};

use super::answer::see_other;
use super::csrf;
use super::extract::{Posted, Visit};
use super::forms::Reader;
use super::people::with_link;
use super::shares::site;
use super::visit::{Answer, Me};
use crate::actions::passwords::Password;
use crate::actions::reset as actions;
use crate::domain::account::TicketKind;
use crate::domain::id::Uid;
use crate::error::AppError;
use crate::render::form::{FormView, Problem};
use crate::render::pages::reset::ResetPage;
use crate::store::{Tx, people};

/// `POST /people/{person}/link`
pub async fn make_link(req: HttpRequest, visit: Visit, posted: Posted, path: web::Path<Uid>) -> Answer {
    let uid = path.into_inner();
    let (site, client) = (site(&req, &visit.app), visit.client.clone());
    let anew = posted.fields.get("anew").is_some();
    let make = move |tx: &mut Tx<'_>, me: &Me| {
        let permit = people::for_manage(tx, me.actor, uid)?;
        let token = actions::make_link(tx, &permit, anew, &client)?;
        Ok((200, with_link(tx, me, uid, format!("{site}/reset/{token}"))?))
    };
    visit.reveal(posted, "/people", make).await
}

/// `GET /reset/{token}`
pub async fn show(visit: Visit, path: web::Path<String>) -> Answer {
    page(visit, 200, path.into_inner(), FormView::new()).await
}

/// `POST /reset/{token}`
pub async fn set_password(visit: Visit, posted: Posted, path: web::Path<String>) -> Answer {
    let token = path.into_inner();
    if visit.check_door(&posted).is_err() {
        return page(visit, 409, token, FormView::new().with_problem("", Problem::new("login-again"))).await;
    }
    let asked = token.clone();
    visit.read_at_door(move |tx| person_or_gone(tx, &asked)).await?;
    let mut form = Reader::new(&posted.fields);
    let Some(password) = form.password("password") else {
        let AppError::Refused(errors) = form.refusal() else { return Err(AppError::Fault("no refusal".to_owned()).into()) };
        let form = errors.into_iter().fold(FormView::new(), |form, error| form.with_problem(error.field, error.problem));
        return page(visit, 422, token, form).await;
    };
    let hash = visit.with_hashing(move || Password::hash(&password)).await?.map_err(AppError::from)?;
    let client = visit.client.clone();
    let done = visit.write_at_door(move |tx| Ok(actions::set_password(tx, &token, &hash, &client)?)).await;
    done.map_err(|error| if matches!(error, AppError::NotFound) { AppError::ResetGone } else { error })?;
    let secret = csrf::secret_of_door(visit.door.as_deref().unwrap_or_default());
    Ok(see_other("/login", Some("flash-password-set"), &secret, visit.app.is_https()))
}

fn person_or_gone(tx: &mut Tx<'_>, token: &str) -> Result<(String, TicketKind), AppError> {
    let (person, kind) = actions::person_of(tx, token)?.ok_or(AppError::ResetGone)?;
    Ok((person.login, kind))
}

async fn page(visit: Visit, status: u16, token: String, form: FormView) -> Answer {
    let action = format!("/reset/{token}");
    visit
        .door_page(status, move |tx| {
            let (login, kind) = person_or_gone(tx, &token)?;
            Ok(ResetPage { action, login, anew: kind == TicketKind::Anew, form })
        })
        .await
}
