//! Replies as our own people meet them: told of at once, looked at, taken over piece by piece.

use actix_web::web::Query;
use actix_web::{HttpRequest, HttpResponse};
use chrono::DateTime;
use serde::{Deserialize, Serialize};

use super::extract::{Posted, Visit};
use super::incidents::eyes;
use super::nouns::{IncidentPlace, Place};
use super::visit::{Answer, Done, Me};
use crate::actions::replies;
use crate::domain::entry::Entry;
use crate::domain::id::Uid;
use crate::domain::incident::IncidentNumber;
use crate::domain::moment::Stamp;
use crate::domain::reply::{Act, ActAbout};
use crate::domain::view::Internal;
use crate::error::AppError;
use crate::render::pages::incident::reply::heard;
use crate::render::pages::message::MessagePage;
use crate::store::{self, Tx};

struct Target {
    at: IncidentNumber,
    uid: Uid,
}

fn target(req: &HttpRequest) -> Result<Target, AppError> {
    let named = |name: &str| req.match_info().get(name).unwrap_or_default();
    Ok(Target {
        at: IncidentPlace::read_at(named("at")).ok_or(AppError::NotFound)?,
        uid: named("uid").parse().map_err(|_| AppError::NotFound)?,
    })
}

/// Takes a form of one button: where it is refused, a page says so, since there is nothing to fill in again.
pub(super) async fn press<S>(visit: Visit, posted: Posted, save: S) -> Answer
where
    S: for<'tx> FnOnce(&mut Tx<'tx>, &Me, i64) -> Result<Done, AppError> + Send + 'static,
{
    let save = |tx: &mut Tx<'_>, me: &Me, form: &mut super::forms::Reader<'_>| save(tx, me, form.revision()?);
    visit.submit(posted, save, |_, _, _| Err::<MessagePage, _>(AppError::Stale)).await
}

fn back(at: IncidentNumber, uid: Uid) -> Done {
    Done::to(format!("/incidents/{at}#e-{uid}")).saying("flash-saved")
}

/// One of us has looked at a reply.
pub async fn note(req: HttpRequest, visit: Visit, posted: Posted) -> Answer {
    let Target { at, uid } = target(&req)?;
    press(visit, posted, move |tx, me, seen| {
        let permit = store::incidents::for_edit(tx, me.actor, at)?;
        replies::note(tx, permit, uid, seen)?;
        Ok(back(at, uid))
    })
    .await
}

/// What a reply says of an ask or of an agreement is taken over into our own record, by the place of the act in the reply.
pub async fn accept(req: HttpRequest, visit: Visit, posted: Posted) -> Answer {
    let Target { at, uid } = target(&req)?;
    let place: Option<usize> = posted.fields.get("act").and_then(|place| place.parse().ok());
    press(visit, posted, move |tx, me, seen| {
        let permit = store::incidents::for_edit(tx, me.actor, at)?;
        let dossier = store::dossier::load(tx, &permit)?;
        let entry = store::entries::get(tx, &permit, uid)?;
        for act in place.and_then(|place| together(&entry, place)).ok_or(AppError::NotFound)? {
            match (act.about, act.statement) {
                (Some(ActAbout::Ask(id)), Some(answer)) => {
                    let ask = dossier.asks.iter().find(|ask| ask.id == id).ok_or(AppError::NotFound)?;
                    replies::accept_answer(tx, permit, ask.uid, answer)?;
                }
                (Some(ActAbout::Agreement(id)), _) => {
                    let agreement = dossier.agreements.iter().find(|found| found.id == id).ok_or(AppError::NotFound)?;
                    let contract = dossier.contracts.iter().find(|found| found.id == agreement.contract);
                    let contract = store::contracts::for_edit(tx, me.actor, contract.ok_or(AppError::NotFound)?.uid)?;
                    replies::accept_confirmation(tx, contract, agreement.uid, &entry)?;
                }
                _ => {}
            }
        }
        replies::note(tx, permit, uid, seen)?;
        Ok(back(at, uid))
    })
    .await
}

/// The act in that place, with those that say the same in the same words: who confirms an agreement answers what was asked about it.
fn together(entry: &Entry, place: usize) -> Option<Vec<Act>> {
    let acts = &entry.reply.as_ref()?.acts;
    let first = *acts.get(place)?;
    let same = acts.iter().filter(|act| **act == first || (act.statement.is_some() && act.statement == first.statement));
    Some(same.copied().collect())
}

/// One of us has looked at a file from outside.
pub async fn release_file(req: HttpRequest, visit: Visit, posted: Posted) -> Answer {
    let Target { at, uid } = target(&req)?;
    press(visit, posted, move |tx, me, seen| {
        let permit = store::incidents::for_edit(tx, me.actor, at)?;
        replies::release_file(tx, permit, uid, seen)?;
        Ok(Done::to(format!("/incidents/{at}")).saying("flash-saved"))
    })
    .await
}

/// Since when somebody asks, in microseconds since 1970.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Since {
    since: i64,
}

/// What was replied meanwhile, for a page that stays open.
#[derive(Serialize)]
struct News {
    /// Up to when it was looked.
    until: i64,
    replies: Vec<Heard>,
}

/// A reply: what it is, and where it stands.
#[derive(Serialize)]
struct Heard {
    text: String,
    href: String,
}

/// `GET /incidents/{at}/replies?since=…`: what was replied since then.
pub async fn news(req: HttpRequest, visit: Visit, since: Query<Since>) -> Answer {
    let at = IncidentPlace::read_at(req.match_info().get("at").unwrap_or_default()).ok_or(AppError::NotFound)?;
    let since: Stamp = DateTime::from_timestamp_micros(since.since).ok_or(AppError::NotFound)?;
    let news = visit
        .read(move |tx, me| {
            let permit = store::incidents::to_look(tx, me.actor, at)?;
            let dossier = store::dossier::kept(tx, &permit)?;
            let came = |entry: &&Entry| entry.reply.is_some() && entry.recorded_at > since;
            let fresh: Vec<Uid> = dossier.entries.iter().filter(came).map(|entry| entry.uid).collect();
            let replies = if fresh.is_empty() {
                Vec::new()
            } else {
                heard(&dossier.view::<Internal>(&me.actor.person(), tx.now()), &fresh, &eyes(me))
            };
            let until = dossier.entries.iter().map(|entry| entry.recorded_at).max().map_or(since, |last| last.max(since));
            let heard = replies.into_iter().map(|(uid, text)| Heard { text, href: format!("/incidents/{at}#e-{uid}") });
            Ok(News { until: until.timestamp_micros(), replies: heard.collect() })
        })
        .await?;
    Ok(HttpResponse::Ok().json(news))
}
