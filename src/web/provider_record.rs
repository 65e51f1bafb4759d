//! A company's record: the page, and the paper for the yearly talk.

use actix_web::HttpRequest;
use actix_web::web::{Data, Query};
use serde::Deserialize;

use super::answer;
use super::extract::Visit;
use super::incidents::eyes;
use super::nouns::{CompanyPlace, Place};
use super::visit::Answer;
use crate::app::App;
use crate::domain::id::Uid;
use crate::domain::locale::Locale;
use crate::domain::permit::Actor;
use crate::domain::person::House;
use crate::domain::provider_record::ProviderRecord;
use crate::domain::provider_record::period::Period;
use crate::domain::view::AudienceName;
use crate::error::AppError;
use crate::render::pages::record::RecordPage;
use crate::render::pdf::record;
use crate::render::words::Words;
use crate::store::{self, Tx};

/// Over which period, and for whom.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct RecordQuery {
    period: String,
    from: String,
    to: String,
    page: usize,
    audience: String,
    lang: String,
}

impl RecordQuery {
    /// Days count where they were chosen; what names no period is the last twelve months.
    fn period(&self) -> Period {
        let named = if self.period == "between" { format!("{}..{}", self.from, self.to) } else { self.period.clone() };
        named.parse().unwrap_or_default()
    }
}

fn at(req: &HttpRequest) -> Result<Uid, AppError> {
    CompanyPlace::read_at(req.match_info().get("at").unwrap_or_default()).ok_or(AppError::NotFound)
}

fn load(
    tx: &mut Tx<'_>,
    actor: Actor,
    at: Uid,
    audience: AudienceName,
    period: Period,
) -> store::Result<(ProviderRecord, House)> {
    let permit = store::providers::to_look(tx, actor, at)?;
    let company = store::providers::get(tx, &permit)?;
    let house = store::house::front(tx)?.ok_or(store::Denied::NotFound)?;
    let (rows, not_yet) = store::provider_records::of_company(tx, &permit, audience)?;
    Ok((ProviderRecord::new(company.name, rows, not_yet, period, house.zone, tx.now()), house))
}

/// The page.
pub async fn show(req: HttpRequest, visit: Visit, query: Query<RecordQuery>) -> Answer {
    let at = at(&req)?;
    visit
        .page(move |tx, me| {
            let (record, house) = load(tx, me.actor, at, AudienceName::Meeting, query.period())?;
            Ok(RecordPage::new(&record, &format!("/providers/{at}"), query.page.max(1), &eyes(me), house.zone))
        })
        .await
}

/// The paper, for the meeting or for the company.
pub async fn paper(req: HttpRequest, visit: Visit, app: Data<App>, query: Query<RecordQuery>) -> Answer {
    let at = at(&req)?;
    let audience = match query.audience.parse() {
        Ok(audience @ (AudienceName::Meeting | AudienceName::Provider)) => audience,
        _ if query.audience.is_empty() => AudienceName::Meeting,
        _ => return Err(AppError::NotFound.into()),
    };
    let (period, lang) = (query.period(), query.lang.parse::<Locale>().ok());
    let (record, house, locale) = visit
        .read(move |tx, me| {
            let (record, house) = load(tx, me.actor, at, audience, period)?;
            Ok((record, house, lang.unwrap_or(me.locale())))
        })
        .await?;
    let name = format!("record-{period}-{audience}-{locale}.pdf");
    answer::paper(&app, &name, move || record::record(&record, &house, audience, Words::new(locale))).await
}
