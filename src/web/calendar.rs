//! A person's calendar of deadlines: its address is made and taken back on their account's page, and read without a login. Whoever has
//! the address may read what the person may know of, so that it is shown once, kept as a hash, and logged nowhere.

use actix_web::http::header::{CACHE_CONTROL, CONTENT_DISPOSITION, CONTENT_TYPE};
use actix_web::web::Path;
use actix_web::{HttpRequest, HttpResponse};

use super::account::{self, Forms};
use super::extract::{Posted, Visit};
use super::forms::Reader;
use super::shares::site;
use super::visit::{Answer, Done, Me};
use crate::actions::feeds as actions;
use crate::domain::permit::Deed;
use crate::error::AppError;
use crate::render::ics;
use crate::render::words::Words;
use crate::store::{Tx, deadlines, feeds, people};

/// `POST /account/calendar`
pub async fn make(req: HttpRequest, visit: Visit, posted: Posted) -> Answer {
    let (site, mails) = (site(&req, &visit.app), visit.app.mails);
    let make = move |tx: &mut Tx<'_>, me: &Me| {
        let permit = people::for_edit(tx, me.actor, me.person.uid)?;
        let secret = actions::renew(tx, &permit)?;
        Ok((200, account::with_address(tx, me, mails, format!("{site}/calendar/{secret}.ics"))?))
    };
    visit.reveal(posted, "/account", make).await
}

/// `POST /account/calendar/revocation`
pub async fn revoke(visit: Visit, posted: Posted) -> Answer {
    let save = |tx: &mut Tx<'_>, me: &Me, _: &mut Reader<'_>| {
        let permit = people::for_edit(tx, me.actor, me.person.uid)?;
        feeds::revoke(tx, &permit)?;
        Ok(Done::to("/account").saying("flash-calendar-revoked"))
    };
    let mails = visit.app.mails;
    visit.submit(posted, save, move |tx, me, _| account::page(tx, me, mails, Forms::default())).await
}

/// `GET /calendar/{secret}.ics`
pub async fn read(visit: Visit, secret: Path<String>) -> Answer {
    let secret = secret.into_inner();
    let base = visit.app.site();
    let text = visit
        .read_at_door(move |tx| {
            let person = actions::person_of(tx, &secret)?.ok_or(AppError::NotFound)?;
            let actor = person.actor();
            if !actor.may(Deed::Look) {
                return Err(AppError::NotFound);
            }
            let kept = deadlines::calendar(tx, actor)?;
            Ok(ics::calendar(&kept, Words::new(person.locale), person.zone, base.as_deref()))
        })
        .await?;
    Ok(HttpResponse::Ok()
        .insert_header((CONTENT_TYPE, "text/calendar; charset=utf-8"))
        .insert_header((CONTENT_DISPOSITION, "inline; filename=\"tellonce.ics\""))
        .insert_header((CACHE_CONTROL, "private, no-store"))
        .body(text))
}
