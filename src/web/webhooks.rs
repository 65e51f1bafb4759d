//! Webhooks: an admin lets other programs be told what happens, looks what became of it, and ends it.

use actix_web::HttpRequest;
use actix_web::web::{Path, Query};

use super::events::PageQuery;
use super::extract::{Posted, Visit};
use super::forms::{Fields, Reader};
use super::incidents::eyes;
use super::shares::site;
use super::visit::{Answer, Done, Me};
use crate::actions::Refused;
use crate::actions::webhooks::{self as actions, By, Wish};
use crate::app::App;
use crate::domain::account::Client;
use crate::domain::id::Uid;
use crate::domain::person::House;
use crate::domain::webhook::{Event, Shape, Webhook};
use crate::error::AppError;
use crate::intake::addresses::{chatwork_room, web_address};
use crate::render::form::{FormView, Problem};
use crate::render::pages::reader::Reader as Voice;
use crate::render::pages::webhooks::{Log, WebhookPage, WebhooksPage};
use crate::store::keyring::Keyring;
use crate::store::permit::{Allows, Manage, Permit};
use crate::store::{self, Tx, people, webhook_deliveries, webhooks};

const PATH: &str = "/house/webhooks";

/// What a request brings beside its form.
#[derive(Clone)]
struct Around {
    keyring: Keyring,
    site: String,
    client: Client,
    /// Whether an address may be unencrypted: only networks of ours are reached so.
    plain: bool,
}

fn around(req: &HttpRequest, visit: &Visit) -> Around {
    let app: &App = &visit.app;
    let (keyring, plain) = (app.keyring(), !app.webhook_allow.is_empty());
    Around { keyring, site: site(req, app), client: visit.client.clone(), plain }
}

impl Around {
    fn key(&self) -> Result<store::keyring::Key, AppError> {
        self.keyring.key().map_err(|error| AppError::Fault(error.to_string()))
    }
}

/// `GET /house/webhooks`
pub async fn list(visit: Visit) -> Answer {
    visit.page(|tx, me| list_page(tx, me, WebhooksPage::blank(me.locale()), String::new())).await
}

fn list_page(tx: &mut Tx<'_>, me: &Me, form: FormView, fresh: String) -> Result<WebhooksPage, AppError> {
    let permit = store::house::to_look(tx, me.actor)?;
    let mut all = Vec::new();
    for webhook in webhooks::all(tx, &permit)? {
        let standing = webhook_deliveries::last(tx, &permit, webhook.id)?;
        all.push((webhook, standing));
    }
    Ok(WebhooksPage::new(&all, form, fresh, Voice::new(&eyes(me), tx.now())))
}

/// What the form says; of a webhook that stands, its shape.
fn read(form: &mut Reader<'_>, stands: Option<Shape>, around: &Around) -> Option<Wish> {
    let (name, locale) = (form.line("name"), form.choice("locale"));
    let shape = match stands {
        Some(shape) => Some(shape),
        None => form.choice("shape"),
    };
    let typed = form.raw("address").trim();
    let kept = stands.is_some() && typed.is_empty();
    let address = if kept { None } else { shape.and_then(|shape| address(typed, shape, around.plain)) };
    if !kept && shape.is_some() && address.is_none() {
        let why = if around.plain { "webhook-bad-address-plain" } else { "webhook-bad-address" };
        form.refuse("address", if shape == Some(Shape::Chatwork) { "webhook-bad-room" } else { why });
    }
    let token = form.raw("chat_token").trim().to_owned();
    if !token.chars().all(|c| c.is_ascii_graphic()) {
        form.refuse("chat_token", "webhook-bad-token");
    }
    let events = Event::ALL.iter().copied().filter(|event| form.ticked(event.as_str())).collect();
    let (name, locale, shape) = (name?, locale?, shape?);
    let site = around.site.clone();
    (!form.is_refused()).then_some(Wish { name, shape, address, token, events, locale, site })
}

/// The address that was typed, and as much of it as may be shown.
fn address(typed: &str, shape: Shape, plain: bool) -> Option<(String, String)> {
    let url = match (shape, web_address(typed, plain)) {
        // As Chatwork's reference has it: POST /rooms/{room_id}/messages.
        (Shape::Chatwork, Some(url)) if url.path().ends_with("/messages") => url,
        (Shape::Chatwork, _) => {
            web_address(&format!("https://api.chatwork.com/v2/rooms/{}/messages", chatwork_room(typed)?), false)?
        }
        (_, url) => url?,
    };
    let host = url.origin().ascii_serialization();
    Some((url.to_string(), host))
}

fn own<'tx>(tx: &mut Tx<'tx>, me: &Me) -> Result<Permit<'tx, store::permit::Edit, crate::domain::person::Person>, AppError> {
    Ok(people::for_edit(tx, me.actor, me.person.uid)?)
}

/// `POST /house/webhooks`
pub async fn make(req: HttpRequest, visit: Visit, posted: Posted) -> Answer {
    let (around, fields) = (around(&req, &visit), posted.fields.clone());
    let make = move |tx: &mut Tx<'_>, me: &Me| {
        let mut form = Reader::new(&fields);
        let Some(wish) = read(&mut form, None, &around) else {
            let refused =
                form.problems().into_iter().fold(fields.view(), |view, error| view.with_problem(error.field, error.problem));
            return Ok((422, list_page(tx, me, refused, String::new())?));
        };
        let permit = store::house::to_manage(tx, me.actor)?;
        let by = own(tx, me)?;
        match actions::make(tx, &permit, wish, &around.key()?, By { person: &by, client: &around.client }) {
            Ok(secret) => Ok((200, list_page(tx, me, WebhooksPage::blank(me.locale()), shown(&fields, secret))?)),
            Err(Refused::Unfit { field, key }) => {
                Ok((422, list_page(tx, me, fields.view().with_problem(field, Problem::new(key)), String::new())?))
            }
            Err(other) => Err(other.into()),
        }
    };
    visit.reveal(posted, PATH, make).await
}

/// A chat looks at no signature: its secret would only puzzle.
fn shown(fields: &Fields, secret: String) -> String {
    if fields.get("shape") == Some(Shape::Standard.as_str()) { secret } else { String::new() }
}

/// `GET /house/webhooks/{uid}`
pub async fn show(visit: Visit, of: Path<Uid>, query: Query<PageQuery>) -> Answer {
    let (uid, page) = (of.into_inner(), query.page());
    visit.page(move |tx, me| one_page(tx, me, uid, page, None, String::new())).await
}

fn one_page(
    tx: &mut Tx<'_>,
    me: &Me,
    uid: Uid,
    page: i64,
    form: Option<FormView>,
    fresh: String,
) -> Result<WebhookPage, AppError> {
    let permit = store::house::to_look(tx, me.actor)?;
    let webhook = webhooks::get(tx, &permit, uid)?;
    let standing = webhook_deliveries::last(tx, &permit, webhook.id)?;
    let log = log(tx, &permit, &webhook, page)?;
    Ok(WebhookPage::new(&webhook, &standing, &log, form, fresh, Voice::new(&eyes(me), tx.now())))
}

fn log<D: Allows>(tx: &mut Tx<'_>, permit: &Permit<'_, D, House>, webhook: &Webhook, page: i64) -> Result<Log, AppError> {
    let (told, all) = webhook_deliveries::page(tx, permit, webhook.id, page)?;
    Ok(Log { told, all, page })
}

/// `POST /house/webhooks/{uid}`
pub async fn change(req: HttpRequest, visit: Visit, posted: Posted, of: Path<Uid>) -> Answer {
    let (uid, around) = (of.into_inner(), around(&req, &visit));
    let save = move |tx: &mut Tx<'_>, me: &Me, form: &mut Reader<'_>| {
        let permit = store::house::to_manage(tx, me.actor)?;
        let webhook = webhooks::get(tx, &permit, uid)?;
        let wish = read(form, Some(webhook.shape), &around).ok_or_else(|| form.refusal())?;
        let by = own(tx, me)?;
        actions::change(tx, &permit, webhook, wish, &around.key()?, By { person: &by, client: &around.client })?;
        Ok::<_, AppError>(Done::to(format!("{PATH}/{uid}")).saying("flash-saved"))
    };
    visit.submit(posted, save, move |tx, me, form| one_page(tx, me, uid, 1, Some(form), String::new())).await
}

/// `POST /house/webhooks/{uid}/secret`
pub async fn renew(req: HttpRequest, visit: Visit, posted: Posted, of: Path<Uid>) -> Answer {
    let (uid, around) = (of.into_inner(), around(&req, &visit));
    let make = move |tx: &mut Tx<'_>, me: &Me| {
        let permit = store::house::to_manage(tx, me.actor)?;
        let webhook = webhooks::get(tx, &permit, uid)?;
        let by = own(tx, me)?;
        match actions::renew(tx, &permit, webhook, &around.key()?, By { person: &by, client: &around.client }) {
            Ok(secret) => Ok((200, one_page(tx, me, uid, 1, None, secret)?)),
            Err(Refused::Unfit { field, key }) => {
                let refused = FormView::new().with_problem(field, Problem::new(key));
                Ok((422, one_page(tx, me, uid, 1, Some(refused), String::new())?))
            }
            Err(other) => Err(other.into()),
        }
    };
    visit.reveal(posted, PATH, make).await
}

/// A button on a webhook's page.
async fn button<F>(visit: Visit, posted: Posted, uid: Uid, flash: &'static str, act: F) -> Answer
where
    F: for<'tx> FnOnce(&mut Tx<'tx>, &Permit<'tx, Manage, House>, Webhook) -> Result<(), Refused> + Send + 'static,
{
    let save = move |tx: &mut Tx<'_>, me: &Me, _: &mut Reader<'_>| {
        let permit = store::house::to_manage(tx, me.actor)?;
        let webhook = webhooks::get(tx, &permit, uid)?;
        act(tx, &permit, webhook)?;
        Ok::<_, AppError>(Done::to(format!("{PATH}/{uid}")).saying(flash))
    };
    visit.submit(posted, save, move |tx, me, form| one_page(tx, me, uid, 1, Some(form), String::new())).await
}

/// `POST /house/webhooks/{uid}/trial`
pub async fn try_out(visit: Visit, posted: Posted, of: Path<Uid>) -> Answer {
    button(visit, posted, of.into_inner(), "flash-webhook-trial", |tx, permit, webhook| actions::try_out(tx, permit, &webhook))
        .await
}

/// `POST /house/webhooks/{uid}/pause`
pub async fn pause(visit: Visit, posted: Posted, of: Path<Uid>) -> Answer {
    let act = |tx: &mut Tx<'_>, permit: &Permit<'_, Manage, House>, webhook| Ok(actions::pause(tx, permit, webhook)?);
    button(visit, posted, of.into_inner(), "flash-webhook-paused", act).await
}

/// `POST /house/webhooks/{uid}/resumption`
pub async fn resume(visit: Visit, posted: Posted, of: Path<Uid>) -> Answer {
    let act = |tx: &mut Tx<'_>, permit: &Permit<'_, Manage, House>, webhook| Ok(actions::resume(tx, permit, webhook)?);
    button(visit, posted, of.into_inner(), "flash-webhook-resumed", act).await
}

/// `POST /house/webhooks/{uid}/deliveries/{message}/repetition`
pub async fn send_again(visit: Visit, posted: Posted, of: Path<(Uid, Uid)>) -> Answer {
    let (uid, message) = of.into_inner();
    button(visit, posted, uid, "flash-webhook-again", move |tx, permit, webhook| {
        actions::send_again(tx, permit, &webhook, message)
    })
    .await
}

/// `POST /house/webhooks/{uid}/removal`
pub async fn remove(visit: Visit, posted: Posted, of: Path<Uid>) -> Answer {
    let (uid, client) = (of.into_inner(), visit.client.clone());
    let save = move |tx: &mut Tx<'_>, me: &Me, _: &mut Reader<'_>| {
        let permit = store::house::to_manage(tx, me.actor)?;
        let webhook = webhooks::get(tx, &permit, uid)?;
        let by = own(tx, me)?;
        actions::remove(tx, &permit, webhook.id, By { person: &by, client: &client })?;
        Ok::<_, AppError>(Done::to(PATH).saying("flash-webhook-removed"))
    };
    visit.submit(posted, save, move |tx, me, form| one_page(tx, me, uid, 1, Some(form), String::new())).await
}
