//! Our people, for the admin.

use actix_web::web;

use super::extract::{Posted, Visit};
use super::forms::Reader;
use super::visit::{Answer, Done, Me};
use crate::actions::people::{self as actions, NewPerson};
use crate::domain::account::SecondStep;
use crate::domain::id::Uid;
use crate::domain::permit::Role;
use crate::domain::person::Person;
use crate::error::AppError;
use crate::render::form::FormView;
use crate::render::pages::Choices;
use crate::render::pages::people::{NewPersonPage, PeoplePage, PersonPage, PersonRow};
use crate::store::{Tx, house, people, second_factors};

/// `GET /people`
pub async fn list(visit: Visit) -> Answer {
    visit
        .page(|tx, me| {
            let permit = house::to_look(tx, me.actor)?;
            let everybody = people::all(tx, &permit)?;
            Ok(PeoplePage { people: everybody.into_iter().map(|person| row(me, person)).collect() })
        })
        .await
}

/// `GET /people/new`
pub async fn new(visit: Visit) -> Answer {
    visit
        .page(|tx, me| {
            let permit = house::to_look(tx, me.actor)?;
            let settings = house::get(tx, &permit)?;
            let form = FormView::new()
                .with("role", Role::Member.as_str())
                .with("locale", settings.locale.as_str())
                .with("zone", settings.zone.name());
            Ok(NewPersonPage { form, choices: Choices::all() })
        })
        .await
}

/// `POST /people`
pub async fn add(visit: Visit, posted: Posted) -> Answer {
    let hash = visit.hash_of_new(&posted).await?;
    let save = move |tx: &mut Tx<'_>, me: &Me, form: &mut Reader<'_>| {
        let role = form.choice("role");
        let new = read_new(form, role, hash).ok_or_else(|| form.refusal())?;
        let permit = house::to_manage(tx, me.actor)?;
        actions::add(tx, &permit, new)?;
        Ok(Done::to("/people").saying("flash-person-added"))
    };
    visit.submit(posted, save, |_, _, form| Ok(NewPersonPage { form, choices: Choices::all() })).await
}

/// A new person of that role as the form names them; `hash` is that of the password in it.
pub(super) fn read_new(form: &mut Reader<'_>, role: Option<Role>, hash: Option<String>) -> Option<NewPerson> {
    let name = form.line("name");
    let login = form.parse("login", "problem-login-shape");
    let password = form.password("password");
    let locale = form.choice("locale");
    let zone = form.zone("zone");
    password?;
    Some(NewPerson { login: login?, name: name?, role: role?, locale: locale?, zone: zone?, password_hash: hash? })
}

/// `GET /people/{person}`
pub async fn show(visit: Visit, path: web::Path<Uid>) -> Answer {
    let uid = path.into_inner();
    visit.page(move |tx, me| page(tx, me, uid, Forms::default())).await
}

/// `POST /people/{person}`
pub async fn change(visit: Visit, posted: Posted, path: web::Path<Uid>) -> Answer {
    let uid = path.into_inner();
    let save = move |tx: &mut Tx<'_>, me: &Me, form: &mut Reader<'_>| {
        let revision = form.revision()?;
        let (name, role, locale, zone) = (form.line("name"), form.choice("role"), form.choice("locale"), form.zone("zone"));
        let (Some(name), Some(role), Some(locale), Some(zone)) = (name, role, locale, zone) else {
            return Err(form.refusal());
        };
        let permit = people::for_manage(tx, me.actor, uid)?;
        actions::change(tx, &permit, actions::Change { revision, name, role, locale, zone })?;
        Ok(Done::to(format!("/people/{uid}")).saying("flash-saved"))
    };
    visit.submit(posted, save, move |tx, me, form| page(tx, me, uid, Forms { record: Some(form), ..Forms::default() })).await
}

/// `POST /people/{person}/suspension`
pub async fn suspend(visit: Visit, posted: Posted, path: web::Path<Uid>) -> Answer {
    let uid = path.into_inner();
    let client = visit.client.clone();
    let save = move |tx: &mut Tx<'_>, me: &Me, _: &mut Reader<'_>| {
        let permit = people::for_manage(tx, me.actor, uid)?;
        actions::suspend(tx, &permit, &client)?;
        Ok(Done::to(format!("/people/{uid}")).saying("flash-person-disabled"))
    };
    visit.submit(posted, save, move |tx, me, form| page(tx, me, uid, Forms { access: form, ..Forms::default() })).await
}

/// `POST /people/{person}/reinstatement`
pub async fn reinstate(visit: Visit, posted: Posted, path: web::Path<Uid>) -> Answer {
    let uid = path.into_inner();
    let client = visit.client.clone();
    let save = move |tx: &mut Tx<'_>, me: &Me, _: &mut Reader<'_>| {
        let permit = people::for_manage(tx, me.actor, uid)?;
        actions::reinstate(tx, &permit, &client)?;
        Ok(Done::to(format!("/people/{uid}")).saying("flash-person-enabled"))
    };
    visit.submit(posted, save, move |tx, me, form| page(tx, me, uid, Forms { access: form, ..Forms::default() })).await
}

/// The forms of a person's page; `record` is as the person stands unless one came back.
#[derive(Default)]
struct Forms {
    record: Option<FormView>,
    access: FormView,
}

/// The page as everything stands, with a link to a new password, which is shown this once.
pub(super) fn with_link(tx: &mut Tx<'_>, me: &Me, uid: Uid, link: String) -> Result<PersonPage, AppError> {
    Ok(PersonPage { link, ..page(tx, me, uid, Forms::default())? })
}

fn page(tx: &mut Tx<'_>, me: &Me, uid: Uid, forms: Forms) -> Result<PersonPage, AppError> {
    let permit = house::to_look(tx, me.actor)?;
    let person = people::all(tx, &permit)?.into_iter().find(|person| person.uid == uid).ok_or(AppError::NotFound)?;
    let form = match forms.record {
        Some(form) => form.at_revision(person.revision),
        None => stands(&person),
    };
    let step = second_factors::step_of(tx, person.id)?;
    Ok(PersonPage {
        form,
        access_form: forms.access,
        choices: Choices::all(),
        link: String::new(),
        has_second_step: matches!(step, SecondStep::On { .. }),
        person: row(me, person),
    })
}

/// What stands now.
fn stands(person: &Person) -> FormView {
    FormView::new()
        .with("name", person.name.clone())
        .with("role", person.role.as_str())
        .with("locale", person.locale.as_str())
        .with("zone", person.zone.name())
        .with("revision", person.revision.to_string())
}

fn row(me: &Me, person: Person) -> PersonRow {
    PersonRow {
        is_me: person.id == me.person.id,
        uid: person.uid,
        name: person.name,
        login: person.login,
        role: person.role,
        disabled: person.disabled_at.is_some(),
    }
}
