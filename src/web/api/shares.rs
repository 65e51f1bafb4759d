//! Links for the provider.

use actix_web::http::header::LOCATION;
use actix_web::{HttpRequest, HttpResponse};
use chrono::{DateTime, Utc};
use serde::Serialize;
use utoipa::ToSchema;

use super::BASE;
use super::body::{Sent, at_places};
use super::caller::{Caller, Me};
use super::resource::{Answer, Item, Page, Target, at_location, etag, found, target, with_tag};
use super::shapes::shares::NewShare;
use crate::actions::shares::{self as actions, FreshSecrets};
use crate::domain::id::Uid;
use crate::domain::incident::IncidentNumber;
use crate::domain::share::{Share, ShareState};
use crate::error::AppError;
use crate::render::form::FormView;
use crate::render::pages::shares::{long_link, short_page};
use crate::store::keyring::Keyring;
use crate::store::{self, Tx};
use crate::web::answer::fault;
use crate::web::nouns::{Noun, Place, ShareNoun, SharesPlace, Writing, read_with};
use crate::web::shares::with_secrets;

/// A link for the provider.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(as = Share)]
pub struct ShareShown {
    /// In addresses.
    pub uid: Uid,
    /// The company it is for.
    pub company: String,
    /// What is said over the telephone, beside the code.
    pub number: String,
    /// The page on which both are typed.
    pub page: String,
    /// The code, of eight digits; none where it was sealed by another machine's key, and in lists.
    pub code: Option<String>,
    /// The long link; likewise.
    pub link: Option<String>,
    /// Where it stands.
    pub state: ShareState,
    /// Until when it is good.
    pub expires_at: DateTime<Utc>,
    /// What we want to remember of it.
    pub note: String,
    /// How often it was opened.
    pub opened: usize,
}

/// What is read beside a share to show it.
struct Beside {
    companies: Vec<crate::domain::party::Provider>,
    openings: Vec<crate::domain::share::Opening>,
    site: String,
}

impl Beside {
    fn read(tx: &mut Tx<'_>, me: &Me, at: IncidentNumber, site: String) -> Result<Self, AppError> {
        let permit = store::incidents::to_look(tx, me.actor, at)?;
        let house = store::house::to_look(tx, me.actor)?;
        Ok(Self {
            companies: store::providers::list(tx, &house, "")?,
            openings: store::openings::of_incident(tx, &permit)?,
            site,
        })
    }

    fn show(&self, share: &Share, tx: &Tx<'_>) -> Item<ShareShown> {
        let company = self.companies.iter().find(|company| company.id == share.provider);
        let opened = self.openings.iter().filter(|opening| opening.share == share.id).count();
        let times = i64::try_from(opened).unwrap_or(i64::MAX);
        let thing = ShareShown {
            uid: share.uid,
            company: company.map(|company| company.name.clone()).unwrap_or_default(),
            number: share.number.shown(),
            page: short_page(&self.site),
            code: None,
            link: None,
            state: share.state_at_door(tx.now(), times),
            expires_at: share.expires_at,
            note: share.note.clone(),
            opened,
        };
        Item { etag: etag(share.revision), thing }
    }
}

/// One with its secrets.
fn whole(
    tx: &mut Tx<'_>,
    me: &Me,
    Target { at, uid }: &Target<ShareNoun>,
    (keyring, site): (&Keyring, &str),
) -> Result<Item<ShareShown>, AppError> {
    let permit = store::incidents::to_show(tx, me.actor, *at)?;
    let (share, shown) = with_secrets(tx, permit, *uid, keyring)?;
    let mut item = Beside::read(tx, me, *at, site.to_owned())?.show(&share, tx);
    item.thing.code = shown.given.as_ref().map(|given| given.code.as_str().to_owned());
    item.thing.link = shown.given.as_ref().map(|given| long_link(site, given));
    Ok(item)
}

/// `GET /incidents/{at}/shares`
pub async fn list(req: HttpRequest, caller: Caller) -> Answer {
    let Target { at, .. } = target::<ShareNoun>(&req)?;
    let site = caller.site.clone();
    let read = move |tx: &mut Tx<'_>, me: &Me| {
        let beside = Beside::read(tx, me, at, site)?;
        let permit = store::incidents::to_look(tx, me.actor, at)?;
        let shares = store::shares::of_incident(tx, &permit)?;
        Ok(Page { items: shares.iter().map(|share| beside.show(share, tx)).collect(), next: None })
    };
    Ok(HttpResponse::Ok().json(caller.read(read).await?))
}

/// `GET /incidents/{at}/shares/{uid}`, with its code.
pub async fn show(req: HttpRequest, caller: Caller) -> Answer {
    let target = target::<ShareNoun>(&req)?;
    let (keyring, site) = (caller.app.keyring(), caller.site.clone());
    let item = caller.read(move |tx, me| whole(tx, me, &target, (&keyring, &site))).await?;
    Ok(with_tag(HttpResponse::Ok(), &item))
}

/// `POST /incidents/{at}/shares`. Its code is hashed before the transaction, and only for who may come this way.
pub async fn make(req: HttpRequest, caller: Caller, sent: Sent) -> Answer {
    let target = target::<ShareNoun>(&req)?;
    caller.is_let_in().await?;
    let fresh = caller.with_hashing(FreshSecrets::new).await?.map_err(fault)?;
    let (keyring, site, once) = (caller.app.keyring(), caller.site.clone(), caller.clone());
    let write = move |tx: &mut Tx<'_>, me: &Me| {
        let at = target.at;
        let location = once.once(tx, me, &sent.bytes, |tx| {
            let permit = SharesPlace::for_edit(tx, me.actor, &at)?;
            let desk = SharesPlace::desk(tx, me.actor, &at)?;
            let form = sent.new_form::<NewShare>(ShareNoun::blank(&desk, FormView::new()))?;
            let read = read_with::<ShareNoun>(&desk, me.reader(form, tx.now()), None);
            let new = read.and_then(|new| new.made().ok_or_else(|| AppError::refused("days", "problem-choice")));
            let key = keyring.key().map_err(fault)?;
            let (share, _) = actions::make(tx, permit, new.map_err(at_places::<NewShare>)?, fresh, &key)?;
            Ok(format!("{BASE}/incidents/{at}/shares/{}", share.uid))
        })?;
        Ok((whole(tx, me, &at_location(&location)?, (&keyring, &site))?, location))
    };
    let (item, location) = caller.write(write).await?;
    let mut answer = HttpResponse::Created();
    answer.insert_header((LOCATION, location));
    Ok(with_tag(answer, &item))
}

/// `PATCH /incidents/{at}/shares/{uid}`: what it shows is chosen anew; number, code, link and company stay as they were given.
pub async fn choose(req: HttpRequest, caller: Caller, sent: Sent) -> Answer {
    let target = target::<ShareNoun>(&req)?;
    let (keyring, site, condition) = (caller.app.keyring(), caller.site.clone(), caller.clone());
    let write = move |tx: &mut Tx<'_>, me: &Me| {
        let permit = SharesPlace::for_edit(tx, me.actor, &target.at)?;
        let desk = SharesPlace::desk(tx, me.actor, &target.at)?;
        let (share, seen) = found::<ShareNoun>(&condition, &desk, target.uid)?;
        if sent.object.contains_key("company") {
            return Err(at_places::<NewShare>(AppError::refused("company", "share-company-stays")));
        }
        let form = sent.changed_form::<NewShare>(ShareNoun::filled(&desk, share))?;
        read_with::<ShareNoun>(&desk, me.reader(form, tx.now()), Some(share))
            .and_then(|input| Ok(ShareNoun::change(Writing { tx, permit }, target.uid, seen, input)?))
            .map_err(at_places::<NewShare>)?;
        whole(tx, me, &target, (&keyring, &site))
    };
    let item = caller.write(write).await?;
    Ok(with_tag(HttpResponse::Ok(), &item))
}

/// What is done to a link that is there.
#[derive(Clone, Copy)]
enum Turn {
    Pause,
    Resume,
}

/// `POST …/pause`
pub async fn pause(req: HttpRequest, caller: Caller) -> Answer {
    turn(req, caller, Turn::Pause).await
}

/// `POST …/resume`
pub async fn resume(req: HttpRequest, caller: Caller) -> Answer {
    turn(req, caller, Turn::Resume).await
}

async fn turn(req: HttpRequest, caller: Caller, turn: Turn) -> Answer {
    let target = target::<ShareNoun>(&req)?;
    let (keyring, site, condition) = (caller.app.keyring(), caller.site.clone(), caller.clone());
    let write = move |tx: &mut Tx<'_>, me: &Me| {
        let permit = SharesPlace::for_edit(tx, me.actor, &target.at)?;
        let seen = condition.seen(store::shares::get(tx, &permit, target.uid)?.revision)?;
        match turn {
            Turn::Pause => actions::pause(tx, permit, target.uid, seen).map(|_| ())?,
            Turn::Resume => actions::resume(tx, permit, target.uid, seen).map(|_| ())?,
        }
        whole(tx, me, &target, (&keyring, &site))
    };
    let item = caller.write(write).await?;
    Ok(with_tag(HttpResponse::Ok(), &item))
}

/// `POST …/revocation`: it is good no more.
pub async fn revoke(req: HttpRequest, caller: Caller, sent: Sent) -> Answer {
    let target = target::<ShareNoun>(&req)?;
    let (site, condition) = (caller.site.clone(), caller.clone());
    let write = move |tx: &mut Tx<'_>, me: &Me| {
        let permit = SharesPlace::for_edit(tx, me.actor, &target.at)?;
        let seen = condition.seen(store::shares::get(tx, &permit, target.uid)?.revision)?;
        let reason = super::resource::reason(&sent, me, tx.now())?;
        let revoked = actions::revoke(tx, permit, target.uid, seen, reason);
        revoked.map_err(|error| at_places::<super::resource::Strike>(error.into()))?;
        let share = store::shares::get(tx, &permit, target.uid)?;
        Ok(Beside::read(tx, me, target.at, site)?.show(&share, tx))
    };
    let item = caller.write(write).await?;
    Ok(with_tag(HttpResponse::Ok(), &item))
}
