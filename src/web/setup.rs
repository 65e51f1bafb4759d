//! Set-up, by the one-time link.

use actix_web::web;

use super::answer::see_other;
use super::extract::{Posted, Visit};
use super::forms::Reader;
use super::login::with_session;
use super::people::read_new;
use super::visit::Answer;
use crate::actions::passwords::Password;
use crate::actions::people::NewPerson;
use crate::actions::sessions;
use crate::actions::setup::{self as actions, NewHouse};
use crate::domain::locale::DEFAULT_ZONE;
use crate::domain::permit::Role;
use crate::error::AppError;
use crate::render::form::FormView;
use crate::render::pages::Choices;
use crate::render::pages::setup::SetupPage;
use crate::store::Tx;

/// `GET /setup/{token}`
pub async fn show(visit: Visit, path: web::Path<String>) -> Answer {
    let token = path.into_inner();
    let locale = visit.asked.unwrap_or(visit.app.locale);
    let form = FormView::new().with("locale", locale.as_str()).with("zone", DEFAULT_ZONE.name());
    page(visit, 200, token, form).await
}

/// `POST /setup/{token}`
pub async fn begin(visit: Visit, posted: Posted, path: web::Path<String>) -> Answer {
    let token = path.into_inner();
    if visit.check_door(&posted).is_err() {
        return page(visit, 409, token, posted.fields.view().with_problem("", crate::render::form::Problem::new("login-again")))
            .await;
    }
    let invited = token.clone();
    visit.write_at_door(move |tx| invite_or_gone(tx, &invited)).await?;
    let (house, admin) = match read(&visit, &posted).await? {
        Ok(read) => read,
        Err(error) => return refused(visit, token, &posted, error).await,
    };
    let (by, https) = (token.clone(), visit.app.is_https());
    let (address, client) = (visit.address, visit.client.clone());
    let begun = visit
        .write_at_door(move |tx| {
            let admin = actions::begin(tx, &by, house, admin)?;
            Ok(sessions::begin(tx, &admin, sessions::Origin { address, client: &client, old: None })?)
        })
        .await;
    match begun {
        Ok(begun) => Ok(with_session(see_other("/", Some("flash-welcome"), &begun.session.csrf, https), begun, https)),
        Err(AppError::NotFound) => Err(AppError::SetupGone.into()),
        Err(error) => refused(visit, token, &posted, error).await,
    }
}

/// What the form says, with the password hashed; or what is wrong with it.
async fn read(visit: &Visit, posted: &Posted) -> Result<Result<(NewHouse, NewPerson), AppError>, AppError> {
    let hash = match Password::new(posted.fields.get("password").unwrap_or_default()) {
        Ok(password) => Some(visit.with_hashing(move || password.hash()).await??),
        Err(_) => None,
    };
    let mut form = Reader::new(&posted.fields);
    let company = form.line("company");
    let admin = read_new(&mut form, Some(Role::Admin), hash);
    Ok(match (company, admin) {
        (Some(company), Some(admin)) => Ok((NewHouse { company, locale: admin.locale, zone: admin.zone }, admin)),
        _ => Err(form.refusal()),
    })
}

/// The form again, with what was typed and what is wrong with it.
async fn refused(visit: Visit, token: String, posted: &Posted, error: AppError) -> Answer {
    let AppError::Refused(errors) = error else {
        return Err(error.into());
    };
    let form = errors.into_iter().fold(posted.fields.view(), |form, error| form.with_problem(error.field, error.problem));
    page(visit, 422, token, form).await
}

async fn page(visit: Visit, status: u16, token: String, form: FormView) -> Answer {
    visit
        .door_page(status, move |tx| {
            invite_or_gone(tx, &token)?;
            Ok(SetupPage { action: format!("/setup/{token}"), form, choices: Choices::all() })
        })
        .await
}

fn invite_or_gone(tx: &mut Tx<'_>, token: &str) -> Result<(), AppError> {
    if actions::is_invited(tx, token)? { Ok(()) } else { Err(AppError::SetupGone) }
}
