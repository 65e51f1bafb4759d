//! A credit that is due: its page, and the letter that asks for it.

use actix_web::HttpRequest;
use actix_web::web::{Data, Query};
use serde::Deserialize;

use super::extract::Visit;
use super::incidents::{eyes, load, number};
use super::visit::Answer;
use crate::app::App;
use crate::domain::id::Uid;
use crate::domain::locale::Locale;
use crate::domain::permit::Deed;
use crate::domain::view::{Internal, Outward, Provider};
use crate::error::AppError;
use crate::render::pages::credits::{CreditPage, answer_by};
use crate::render::pdf::claim_letter::claim_letter;
use crate::render::words::Words;

fn uid(req: &HttpRequest) -> Result<Uid, AppError> {
    req.match_info().get("uid").unwrap_or_default().parse().map_err(|_| AppError::NotFound)
}

/// What is due under a clause, by when it must be claimed, and what is missing.
pub async fn show(req: HttpRequest, visit: Visit) -> Answer {
    let (at, uid) = (number(&req)?, uid(&req)?);
    visit
        .page(move |tx, me| {
            let dossier = load(tx, me, at)?;
            let (reader, now) = (me.actor.person(), tx.now());
            let credit = dossier.credit::<Internal>(&reader, now, uid).ok_or(AppError::NotFound)?;
            // The letter is made of what the company may see, and of nothing else.
            let told = dossier.credit_outward(now, uid);
            let view = dossier.view::<Internal>(&reader, now);
            Ok(CreditPage::new(&view, &credit, told.as_ref(), &eyes(me), me.actor.may(Deed::Edit)))
        })
        .await
}

/// In which language the letter is written.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct LetterQuery {
    lang: String,
}

/// The letter that asks for it, where something surely is due.
pub async fn letter(req: HttpRequest, visit: Visit, app: Data<App>, query: Query<LetterQuery>) -> Answer {
    let (at, uid) = (number(&req)?, uid(&req)?);
    let lang: Option<Locale> = query.lang.parse().ok();
    let (dossier, credit, now, locale) = visit
        .read(move |tx, me| {
            let dossier = load(tx, me, at)?;
            let credit = dossier.credit_outward(tx.now(), uid).filter(|credit| credit.due.is_some());
            Ok((dossier, credit.ok_or(AppError::NotFound)?, tx.now(), lang.unwrap_or(me.locale())))
        })
        .await?;
    let name = format!("{}-credit-{locale}.pdf", dossier.incident.number);
    super::answer::paper(&app, &name, move || {
        let zone = dossier.house.zone;
        let view = dossier.view::<Provider>(&Outward::plain(credit.company_key), now);
        claim_letter(&view, &credit, answer_by(now, zone), Words::new(locale), zone, now)
    })
    .await
}
