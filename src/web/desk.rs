//! The desk: a call recorded while it happens. The page stays open; what is tapped on it comes here tap by tap.

use std::pin::pin;
use std::time::{Duration, Instant};

use actix_web::http::Method;
use actix_web::http::header::CONTENT_TYPE;
use actix_web::web::{Bytes, Query};
use actix_web::{HttpRequest, HttpResponse};
use futures_util::future::select;
use futures_util::stream;
use serde::{Deserialize, Serialize};

use super::answer::see_other;
use super::extract::{Posted, Visit};
use super::forms::Reader;
use super::incidents::eyes;
use super::nouns::{IncidentPlace, Place};
use super::visit::{Answer, Done, Failure, Me};
use crate::actions::desk::{self, Appended, Extras};
use crate::actions::statements::Due;
use crate::domain::call::live::{Live, Tap};
use crate::domain::id::{Id, Uid};
use crate::domain::incident::{Incident, IncidentNumber, Status};
use crate::domain::moment::Stamp;
use crate::domain::overview::OverviewQuery;
use crate::domain::statement::{DueBy, StatementKind};
use crate::domain::view::Internal;
use crate::error::AppError;
use crate::render::form::FormView;
use crate::render::pages::desk::review::ReviewPage;
use crate::render::pages::desk::{CallSheetPage, DeskPage, OpenCall};
use crate::store::permit::{Allows, Permit};
use crate::store::{self, Tx};

fn number(req: &HttpRequest) -> Result<IncidentNumber, AppError> {
    IncidentPlace::read_at(req.match_info().get("at").unwrap_or_default()).ok_or(AppError::NotFound)
}

fn call_of(req: &HttpRequest) -> Result<Uid, AppError> {
    req.match_info().get("uid").unwrap_or_default().parse().map_err(|_| AppError::NotFound)
}

/// To the desk of the incident that is most likely meant: the one with a call that goes on, else the latest that is not over.
pub async fn current(visit: Visit) -> Answer {
    let https = visit.app.is_https();
    let (at, secret) = visit
        .read(|tx, me| {
            let secret = me.session.csrf.clone();
            if let Some(at) = store::live::running_about(tx, me.person.id)? {
                return Ok((Some(at), secret));
            }
            let open = vec![Status::Open, Status::Mitigated];
            let query = OverviewQuery { status: open, page: 1, ..OverviewQuery::default() };
            Ok((store::overview::list(tx, me.actor, &query, tx.now())?.rows.first().map(|row| row.number), secret))
        })
        .await?;
    Ok(match at {
        Some(at) => see_other(&format!("/incidents/{at}/desk"), None, "", false),
        None => see_other("/incidents/new", Some("flash-first-incident"), &secret, https),
    })
}

/// An empty sheet to be printed.
pub async fn sheet(visit: Visit) -> Answer {
    visit.page(|_, _| Ok(CallSheetPage {})).await
}

/// The desk of an incident.
pub async fn show(req: HttpRequest, visit: Visit) -> Answer {
    let at = number(&req)?;
    let site = super::shares::site(&req, &visit.app);
    let keyring = visit.app.keyring();
    visit
        .page(move |tx, me| {
            let permit = store::incidents::to_show(tx, me.actor, at)?;
            let share = newest_share(tx, &permit)?;
            let given = match share {
                Some(uid) => {
                    let (share, shown) = super::shares::with_secrets(tx, permit, uid, &keyring)?;
                    shown.given.map(|given| (share, given))
                }
                None => None,
            };
            let dossier = IncidentPlace::desk(tx, me.actor, &at)?;
            let view = dossier.view::<Internal>(&me.actor.person(), tx.now());
            let (calls, reached) = (standing(tx, me, &permit)?, how_far(tx, &permit)?);
            Ok(DeskPage::new((&dossier, &view), (calls, reached), given.as_ref(), &site, &eyes(me), tx.now()))
        })
        .await
}

/// The newest share with the company answerable that is still good.
fn newest_share<D: Allows>(tx: &mut Tx<'_>, permit: &Permit<'_, D, Incident>) -> Result<Option<Uid>, AppError> {
    let now = tx.now();
    let company = store::incidents::get(tx, permit)?.provider;
    let shares = store::shares::of_incident(tx, permit)?;
    let good = shares.iter().filter(|share| share.provider == company && share.revoked.is_none() && share.expires_at > now);
    Ok(good.max_by_key(|share| share.made_at).map(|share| share.uid))
}

/// How far the desks of an incident have come, in one word.
fn how_far<D: Allows>(tx: &mut Tx<'_>, permit: &Permit<'_, D, Incident>) -> Result<String, AppError> {
    let (taps, closed) = store::live::reached(tx, permit)?;
    Ok(format!("{taps}.{closed}"))
}

/// The calls that are not saved yet.
fn standing<D: Allows>(tx: &mut Tx<'_>, me: &Me, permit: &Permit<'_, D, Incident>) -> Result<Vec<OpenCall>, AppError> {
    let house = store::house::to_look(tx, me.actor)?;
    let people = store::people::all(tx, &house)?;
    let calls = store::live::unsaved(tx, permit)?;
    let calls = calls.into_iter().map(|call| {
        let name =
            people.iter().find(|person| person.id == call.person).map(|person| person.name.to_string()).unwrap_or_default();
        OpenCall { uid: call.uid, person: name, mine: call.person == me.person.id, state: call.state, taps: call.taps }
    });
    Ok(calls.collect())
}

/// What a desk is told when it has sent something.
#[derive(Serialize)]
struct Receipt {
    /// The server's time, in milliseconds since 1970.
    #[serde(with = "chrono::serde::ts_milliseconds")]
    now: Stamp,
    /// The call is saved or dropped: nothing more is added to it.
    closed: bool,
    /// Another call of this desk goes on, begun elsewhere: it goes on there.
    another: Option<Uid>,
}

/// Taps of a call, as they are made.
pub async fn tap(req: HttpRequest, visit: Visit, posted: Posted) -> Answer {
    let at = number(&req)?;
    visit
        .exchange(posted, move |tx, me, form| {
            let call: Option<Uid> = form.parse("call", "problem-choice");
            let taps: Vec<Tap> =
                serde_json::from_str(form.raw("taps")).map_err(|error| AppError::Unreadable(error.to_string()))?;
            let Some(call) = call else { return Err(form.refusal()) };
            let sound = taps.into_iter().map(Tap::sound).collect::<Result<_, _>>();
            let taps: Vec<Tap> = sound.map_err(|error| AppError::refused("taps", error.key()))?;
            let permit = store::incidents::for_edit(tx, me.actor, at)?;
            let now = tx.now();
            let receipt = |closed, another| Receipt { now, closed, another };
            Ok(match desk::append(tx, permit, call, taps, me.zone())? {
                Appended::Kept => receipt(false, None),
                Appended::Closed => receipt(true, None),
                Appended::Another(open) => receipt(false, Some(open)),
            })
        })
        .await
}

/// How far a desk has read.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Since {
    since: String,
}

/// What goes on at all desks of an incident.
#[derive(Serialize)]
struct Desks {
    #[serde(with = "chrono::serde::ts_milliseconds")]
    now: Stamp,
    reached: String,
    calls: Vec<OpenCall>,
}

/// What goes on at all desks of an incident; nothing (204) where that is what is known.
pub async fn calls(req: HttpRequest, visit: Visit, since: Query<Since>) -> Answer {
    let (_, desks) = look(&visit, number(&req)?, &since.since).await?;
    Ok(desks.map_or_else(|| HttpResponse::NoContent().finish(), |desks| HttpResponse::Ok().json(desks)))
}

/// What goes on, where it is more than is known, and about which incident.
async fn look(visit: &Visit, at: IncidentNumber, known: &str) -> Result<(Id<Incident>, Option<Desks>), Failure> {
    let known = known.to_owned();
    let read = move |tx: &mut Tx<'_>, me: &Me| {
        let permit = store::incidents::to_show(tx, me.actor, at)?;
        let reached = how_far(tx, &permit)?;
        if reached == known {
            return Ok((permit.id(), None));
        }
        let about = permit.id();
        Ok((about, Some(Desks { now: tx.now(), reached, calls: standing(tx, me, &permit)? })))
    };
    visit.clone().read(read).await
}

/// How long nothing is sent at the most, so that nobody on the way hangs up; then it is looked even without news.
const QUIET: Duration = Duration::from_secs(15);
/// How long one listening lasts; then the browser begins another.
const LISTENING: Duration = Duration::from_secs(600);

/// The same, as it happens: server-sent events (HTML Living Standard, 9.2). What comes from another server process on the same
/// database is seen as soon as what comes from this one.
pub async fn listen(req: HttpRequest, visit: Visit, since: Query<Since>) -> Answer {
    let at = number(&req)?;
    let since = since.into_inner().since;
    // It listens before it looks, so that nothing happens between.
    let news = visit.app.store.listen();
    let (about, first) = look(&visit, at, &since).await?;
    let mut answer = HttpResponse::Ok();
    answer.insert_header((CONTENT_TYPE, "text/event-stream"));
    if req.method() == Method::HEAD {
        return Ok(answer.finish());
    }
    let ends = Instant::now() + LISTENING;
    let start = (visit, news, since, first);
    let events = stream::unfold(start, move |(visit, mut news, mut since, first)| async move {
        let mut found = first;
        if found.is_none() && Instant::now() < ends {
            let told = pin!(news.wait_for(about, QUIET));
            let stops = pin!(visit.app.stopping.until_told());
            select(told, stops).await;
            // Whoever is logged out, or may not know of it any more, is told no more.
            found = look(&visit, at, &since).await.ok()?.1;
        }
        let event = match found {
            Some(desks) => {
                let text = serde_json::to_string(&desks).ok()?;
                since = desks.reached;
                Bytes::from(format!("data: {text}\n\n"))
            }
            None if Instant::now() > ends || visit.app.stopping.is_told() => return None,
            None => Bytes::from_static(b":\n\n"),
        };
        Some((Ok::<_, AppError>(event), (visit, news, since, None)))
    });
    Ok(answer.streaming(Box::pin(events)))
}

/// A call as it will stand on the timeline, to be checked and saved.
pub async fn review(req: HttpRequest, visit: Visit) -> Answer {
    let (at, uid) = (number(&req)?, call_of(&req)?);
    visit.page(move |tx, me| review_page(tx, me, at, uid, FormView::new())).await
}

fn review_page(tx: &mut Tx<'_>, me: &Me, at: IncidentNumber, uid: Uid, form: FormView) -> Result<ReviewPage, AppError> {
    let permit = store::incidents::to_show(tx, me.actor, at)?;
    let call = store::live::own(tx, &permit, uid)?;
    let dossier = IncidentPlace::desk(tx, me.actor, &at)?;
    Ok(ReviewPage::new(&dossier, &call, form, &eyes(me), tx.now()))
}

/// Puts the call on record.
pub async fn save(req: HttpRequest, visit: Visit, posted: Posted) -> Answer {
    let (at, uid) = (number(&req)?, call_of(&req)?);
    let save = move |tx: &mut Tx<'_>, me: &Me, form: &mut Reader<'_>| {
        let permit = store::incidents::for_edit(tx, me.actor, at)?;
        let call = store::live::own(tx, &permit, uid)?;
        let (title, body) = (form.optional_line("title"), form.optional_prose("body"));
        let dues = dues(me, form, &Live::of(&call.taps));
        let (Some(title), Some(body)) = (title, body) else { return Err(form.refusal()) };
        let extras = Extras {
            title: title.map(|title| title.to_string()).unwrap_or_default(),
            body: body.map(|body| body.to_string()).unwrap_or_default(),
            visibility: None,
            reports: form.raw("reports") == "yes",
            dues,
        };
        if form.is_refused() {
            return Err(form.refusal());
        }
        desk::put_on_record(tx, permit, uid, extras, me.zone())?;
        Ok(Done::to(format!("/incidents/{at}/desk")).saying("flash-saved"))
    };
    visit.submit(posted, save, move |tx, me, form| review_page(tx, me, at, uid, form)).await
}

/// When the promises of a call fall due, as it was asked after hang-up.
fn dues(me: &Me, form: &mut Reader<'_>, call: &Live) -> Vec<(Uid, Due)> {
    let promises = call.lines.iter().filter(|line| line.line.kind == StatementKind::Promise);
    let mut dues = Vec::new();
    for (n, line) in promises.enumerate() {
        let field = format!("due{n}");
        let typed = form.raw(&field).trim().to_owned();
        let at = match desk::due_at(&typed, line.at, me.zone()) {
            Ok(at) => at,
            Err(error) => {
                form.refuse(&field, error.key());
                continue;
            }
        };
        let by = form.raw(&format!("due_by{n}")).parse().unwrap_or(DueBy::Theirs);
        let reason = form.optional_line(&format!("due_reason{n}")).flatten();
        dues.push((line.uid, Due { at, by, reason: reason.map(|reason| reason.to_string()).unwrap_or_default() }));
    }
    dues
}

/// Asks whether the call shall be dropped.
pub async fn ask_drop(req: HttpRequest, visit: Visit) -> Answer {
    let (at, uid) = (number(&req)?, call_of(&req)?);
    visit.page(move |tx, me| Ok(review_page(tx, me, at, uid, FormView::new())?.asking_to_drop())).await
}

/// Drops the call.
pub async fn drop_call(req: HttpRequest, visit: Visit, posted: Posted) -> Answer {
    let (at, uid) = (number(&req)?, call_of(&req)?);
    let save = move |tx: &mut Tx<'_>, me: &Me, _: &mut Reader<'_>| {
        let permit = store::incidents::for_edit(tx, me.actor, at)?;
        desk::drop_call(tx, permit, uid)?;
        Ok(Done::to(format!("/incidents/{at}/desk")).saying("flash-dropped"))
    };
    visit.submit(posted, save, move |tx, me, form| Ok(review_page(tx, me, at, uid, form)?.asking_to_drop())).await
}
