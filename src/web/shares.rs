//! Shares as our own people make and give them.

use actix_web::HttpRequest;
use actix_web::http::header::HOST;
use actix_web::web::{Data, Query};

use super::extract::{Posted, Visit};
use super::incidents::eyes;
use super::nouns::{Added, Place, ShareNoun, SharesPlace, save_new_by};
use super::replies::press;
use super::share::{Shown as Seen, Speech};
use super::visit::{Answer, Done, Failure};
use crate::actions::Refused;
use crate::actions::shares::{self, FreshSecrets};
use crate::app::App;
use crate::domain::dossier::Dossier;
use crate::domain::id::Uid;
use crate::domain::incident::{Incident, IncidentNumber};
use crate::domain::permit::Deed;
use crate::domain::share::{Share, Shown};
use crate::domain::view::Provider;
use crate::error::AppError;
use crate::render::pages::noun_form::Link;
use crate::render::pages::share::{News, Place as SharePlace};
use crate::render::pages::shares::{OpeningPage, SharePage, ShareParts, SharesPage, long_link, short_page};
use crate::render::pdf::fax::{Given, fax};
use crate::render::words::Words;
use crate::store::keyring::Keyring;
use crate::store::permit::{Edit, Permit};
use crate::store::{self, Tx};

fn number(req: &HttpRequest) -> Result<IncidentNumber, AppError> {
    SharesPlace::read_at(req.match_info().get("at").unwrap_or_default()).ok_or(AppError::NotFound)
}

fn named(req: &HttpRequest, what: &str) -> Result<Uid, AppError> {
    req.match_info().get(what).unwrap_or_default().parse().map_err(|_| AppError::NotFound)
}

/// A share with its secrets, for who may share.
pub(super) fn with_secrets<'tx>(
    tx: &mut Tx<'tx>,
    permit: Permit<'tx, Edit, Incident>,
    uid: Uid,
    keyring: &Keyring,
) -> Result<(Share, Shown), AppError> {
    let share = store::shares::get(tx, &permit, uid)?;
    let key = keyring.key().map_err(|error| AppError::Fault(error.to_string()))?;
    let shown = shares::show(tx, permit, &share, &key)?;
    Ok((share, shown))
}

/// The way back to the incident.
pub(super) fn back(dossier: &Dossier) -> Link {
    let incident = &dossier.incident;
    Link { href: format!("/incidents/{}", incident.number), text: format!("{} {}", incident.number, incident.title) }
}

/// The shares of an incident, and who opened them.
pub async fn list(req: HttpRequest, visit: Visit) -> Answer {
    let at = number(&req)?;
    visit
        .page(move |tx, me| {
            let permit = store::incidents::to_look(tx, me.actor, at)?;
            let dossier = store::dossier::kept(tx, &permit)?;
            let shares = store::shares::of_incident(tx, &permit)?;
            let openings = store::openings::of_incident(tx, &permit)?;
            let may_edit = me.actor.may(Deed::Edit);
            let companies = store::providers::list(tx, &store::house::to_look(tx, me.actor)?, "")?;
            Ok(SharesPage::new(back(&dossier), at, (&shares, &openings), &companies, may_edit, &eyes(me), tx.now()))
        })
        .await
}

/// A share is made. Its code is hashed before the transaction, and only for somebody who may come this way.
pub async fn make(req: HttpRequest, visit: Visit, posted: Posted) -> Answer {
    let fresh = match visit.clone().read(|_, _| Ok(())).await {
        Ok(()) => Some(visit.with_hashing(FreshSecrets::new).await?.map_err(|error| AppError::Fault(error.to_string()))?),
        Err(_) => None,
    };
    let keyring = visit.app.keyring();
    let key = actix_web::web::block(move || keyring.key()).await.map_err(|error| AppError::Fault(error.to_string()))?;
    let key = key.map_err(|error| AppError::Fault(format!("the key in the data folder cannot be used: {error}")))?;
    let shares = req.path().trim_end_matches("/new").to_owned();
    // Made with the phone at the ear, it is wanted there and then.
    let at_desk = posted.fields.get("then") == Some("desk");
    save_new_by::<ShareNoun, _>(req, visit, posted, move |writing, new| {
        let fresh = fresh.ok_or(Refused::Unfit { field: "", key: "problem-busy" })?;
        let new = new.made().ok_or(Refused::Unfit { field: "days", key: "problem-choice" })?;
        let (share, _) = shares::make(writing.tx, writing.permit, new, fresh, &key)?;
        let goes = if at_desk { shares.replace("/shares", "/desk") } else { format!("{shares}/{}", share.uid) };
        Ok(Added::at(share.uid).going(goes))
    })
    .await
}

/// One share, with its number and code to be given away.
pub async fn show(req: HttpRequest, visit: Visit) -> Answer {
    let (at, uid) = (number(&req)?, named(&req, "uid")?);
    let site = site(&req, &visit.app);
    let keyring = visit.app.keyring();
    visit
        .page(move |tx, me| {
            let permit = store::incidents::to_show(tx, me.actor, at)?;
            let (share, shown) = with_secrets(tx, permit, uid, &keyring)?;
            let dossier = store::dossier::kept(tx, &permit)?;
            let mut openings = store::openings::of_incident(tx, &permit)?;
            openings.retain(|opening| opening.share == share.id);
            let companies = store::providers::list(tx, &store::house::to_look(tx, me.actor)?, "")?;
            let parts = ShareParts {
                back: back(&dossier),
                share: &share,
                shown,
                openings: &openings,
                companies: &companies,
                site: &site,
            };
            Ok(SharePage::new(parts, &dossier, Words::new(me.locale()), &eyes(me), tx.now()))
        })
        .await
}

/// The address under which a reader reaches us, without a slash at its end: as it was configured, else as our own people do.
pub(super) fn site(req: &HttpRequest, app: &App) -> String {
    // Whoever asks says by which host; what they make by it is theirs alone. Nobody else's headers are believed.
    let own = || {
        let host = req.headers().get(HOST).and_then(|host| host.to_str().ok()).unwrap_or("localhost");
        format!("http://{host}")
    };
    app.site().unwrap_or_else(own)
}

/// The fax sheet of a share, in the language of whoever prints it.
pub async fn fax_sheet(req: HttpRequest, visit: Visit, app: Data<App>) -> Answer {
    let (at, uid) = (number(&req)?, named(&req, "uid")?);
    let site = site(&req, &visit.app);
    let keyring = visit.app.keyring();
    let (share, shown, dossier, now, locale) = visit
        .read(move |tx, me| {
            let permit = store::incidents::to_show(tx, me.actor, at)?;
            let (share, shown) = with_secrets(tx, permit, uid, &keyring)?;
            Ok((share, shown, store::dossier::kept(tx, &permit)?, tx.now(), me.locale()))
        })
        .await?;
    let name = format!("{}-{}.pdf", dossier.incident.number, share.number.shown());
    super::answer::paper(&app, &name, move || {
        let view = dossier.view::<Provider>(&share.outward(), now);
        let link = shown.given.map(|given| long_link(&site, &given));
        let short = short_page(&site);
        let (number, link) = (share.number.shown(), link.as_deref());
        let given = Given { number: &number, short: &short, link, call: &share.call };
        fax(&view, given, Words::new(locale), dossier.house.zone, now)
    })
    .await
}

/// What the share's reader will be shown, made as it is made for them.
async fn as_shown(req: &HttpRequest, visit: Visit, speech: Query<Speech>) -> Result<Seen, Failure> {
    let (at, uid) = (number(req)?, named(req, "uid")?);
    let visitor = visit.clone();
    visit
        .read(move |tx, me| {
            let permit = store::incidents::to_show(tx, me.actor, at)?;
            let share = store::shares::get(tx, &permit, uid)?;
            let dossier = store::dossier::kept(tx, &permit)?;
            Ok(Seen::of(tx, (&dossier, share), None, (&speech, &visitor)))
        })
        .await
}

/// The reader's page, for one of us to look at before the share is given away.
pub async fn preview(req: HttpRequest, visit: Visit, speech: Query<Speech>) -> Answer {
    let shown = as_shown(&req, visit.clone(), speech).await?;
    let share = req.path().trim_end_matches("/preview").to_owned();
    visit.page(move |_, _| Ok(shown.page(&SharePlace::Preview(share)))).await
}

/// The reader's paper, likewise.
pub async fn preview_paper(req: HttpRequest, visit: Visit, app: Data<App>, speech: Query<Speech>) -> Answer {
    as_shown(&req, visit, speech).await?.paper(&app).await
}

/// An opening, and what has changed in what its reader may see since then.
pub async fn opening(req: HttpRequest, visit: Visit) -> Answer {
    let (at, uid, of) = (number(&req)?, named(&req, "uid")?, named(&req, "opening")?);
    visit
        .page(move |tx, me| {
            let permit = store::incidents::to_show(tx, me.actor, at)?;
            let share = store::shares::get(tx, &permit, uid)?;
            let dossier = store::dossier::kept(tx, &permit)?;
            let opening = store::openings::get(tx, &permit, of)?;
            if opening.share != share.id {
                return Err(AppError::NotFound);
            }
            let items = shares::news(tx, &permit, &dossier, &share, &opening)?;
            let news = News { since: opening.at, items };
            Ok(OpeningPage::new(back(&dossier), &share, &opening, &news, &dossier, &eyes(me), tx.now()))
        })
        .await
}

/// A share is closed until it is opened again.
pub async fn pause(req: HttpRequest, visit: Visit, posted: Posted) -> Answer {
    let (at, uid) = (number(&req)?, named(&req, "uid")?);
    press(visit, posted, move |tx, me, seen| {
        let permit = store::incidents::for_edit(tx, me.actor, at)?;
        shares::pause(tx, permit, uid, seen)?;
        Ok(Done::to(format!("{}/{uid}", SharesPlace::url(&at))).saying("flash-saved"))
    })
    .await
}

/// A paused share is opened again.
pub async fn resume(req: HttpRequest, visit: Visit, posted: Posted) -> Answer {
    let (at, uid) = (number(&req)?, named(&req, "uid")?);
    press(visit, posted, move |tx, me, seen| {
        let permit = store::incidents::for_edit(tx, me.actor, at)?;
        shares::resume(tx, permit, uid, seen)?;
        Ok(Done::to(format!("{}/{uid}", SharesPlace::url(&at))).saying("flash-saved"))
    })
    .await
}
