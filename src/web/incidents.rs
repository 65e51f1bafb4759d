//! Incidents, read: the list, the page, the paper, the JSON.

use std::sync::Arc;

use actix_web::http::header::{CACHE_CONTROL, CONTENT_DISPOSITION, CONTENT_TYPE};
use actix_web::web::{Data, Query};
use actix_web::{HttpRequest, HttpResponse};
use chrono::{Days, Duration, TimeZone};
use serde::Deserialize;

use super::answer;
use super::extract::Visit;
use super::nouns::{IncidentPlace, Place};
use super::shares::site;
use super::turns::in_turn;
use super::visit::{Answer, Failure, Me};
use crate::app::App;
use crate::domain::dossier::Dossier;
use crate::domain::incident::{IncidentNumber, Status};
use crate::domain::locale::{Locale, Zone};
use crate::domain::moment::Stamp;
use crate::domain::overview::{Order, OverviewQuery};
use crate::domain::paper::{Edition, PaperForm};
use crate::domain::permit::Deed;
use crate::domain::view::{Audience, AudienceName, Internal, Make, View};
use crate::error::AppError;
use crate::render::frame::Frame;
use crate::render::pages::incident::IncidentPage;
use crate::render::pages::incident::timeline::TimelineFilter;
use crate::render::pages::incidents::IncidentsPage;
use crate::render::pages::offline::OfflinePage;
use crate::render::pages::overview::OverviewPage;
use crate::render::pdf::{self, PdfError, Print};
use crate::render::tera::{RenderError, render};
use crate::render::words::Words;
use crate::store::deadlines::Among;
use crate::store::{self, Tx};

pub(super) fn number(req: &HttpRequest) -> Result<IncidentNumber, AppError> {
    IncidentPlace::read_at(req.match_info().get("at").unwrap_or_default()).ok_or(AppError::NotFound)
}

pub(super) fn load(tx: &mut Tx<'_>, me: &Me, at: IncidentNumber) -> Result<Arc<Dossier>, AppError> {
    let permit = store::incidents::to_look(tx, me.actor, at)?;
    Ok(store::dossier::kept(tx, &permit)?)
}

/// The language and zone in which somebody reads; what else stands around the page, the page's own frame brings.
pub(super) fn eyes(me: &Me) -> Frame {
    Frame { zone: me.zone(), ..Frame::anonymous(me.locale()) }
}

/// What the list is asked for.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct ListQuery {
    status: String,
    provider: String,
    q: String,
    order: String,
    page: i64,
}

impl From<ListQuery> for OverviewQuery {
    fn from(query: ListQuery) -> Self {
        let status: Option<Status> = query.status.parse().ok();
        Self {
            status: status.into_iter().collect(),
            provider: query.provider.parse().ok(),
            words: query.q,
            order: query.order.parse().unwrap_or(Order::Started),
            page: query.page.max(1),
        }
    }
}

/// How many days ahead the page of the morning looks for deadlines.
const DEADLINES_AHEAD: i64 = 14;
/// For how many days it shows one that was missed.
const DEADLINES_PAST: i64 = 7;
/// How many it shows.
const DEADLINES: i64 = 10;

/// What wants to be done today.
pub async fn overview(visit: Visit) -> Answer {
    let plan = visit.app.backups.as_ref().map(|backups| backups.plan);
    visit
        .page(move |tx, me| {
            let now = tx.now();
            let tonight = end_of_day(now, me.zone());
            let morning = store::morning::of(tx, me.actor, tonight)?;
            // Promises up to tonight stand on the page already, and so does what we have taken on.
            let span = (now - Duration::days(DEADLINES_PAST), now + Duration::days(DEADLINES_AHEAD));
            let (deadlines, all) = store::deadlines::near(tx, me.actor, span, Among::TheirsFrom(tonight), DEADLINES)?;
            let frame = eyes(me);
            let page = OverviewPage::new(&morning, (&deadlines, all), &frame, me.actor.may(Deed::Edit), now);
            if !me.actor.may(Deed::Manage) {
                return Ok(page);
            }
            let permit = store::house::to_look(tx, me.actor)?;
            Ok(page.with_care(&store::backups::care(tx, &permit, plan)?, &frame, now))
        })
        .await
}

/// The midnight with which somebody's day ends; where the clocks leave it out, the first time after it.
pub(super) fn end_of_day(now: Stamp, zone: Zone) -> Stamp {
    let tomorrow = now.with_timezone(&zone).date_naive() + Days::new(1);
    let midnight = (0..4).find_map(|hour| zone.from_local_datetime(&tomorrow.and_hms_opt(hour, 0, 0)?).earliest());
    midnight.map_or(now + Duration::days(1), |midnight| midnight.to_utc())
}

/// The list of incidents.
pub async fn list(visit: Visit, query: Query<ListQuery>) -> Answer {
    let query = OverviewQuery::from(query.into_inner());
    visit
        .page(move |tx, me| {
            let overview = store::overview::list(tx, me.actor, &query, tx.now())?;
            let house = store::house::to_look(tx, me.actor)?;
            let companies = store::providers::list(tx, &house, "")?;
            Ok(IncidentsPage::new(&overview, &query, &companies, &eyes(me), tx.now()))
        })
        .await
}

/// What the timeline is narrowed to.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct PageQuery {
    kind: String,
    company: String,
    q: String,
    counted: String,
    page: String,
    entry: String,
}

/// One incident.
pub async fn show(req: HttpRequest, visit: Visit, query: Query<PageQuery>) -> Answer {
    let at = number(&req)?;
    let query = query.into_inner();
    visit
        .page(move |tx, me| {
            let view = load(tx, me, at)?.view::<Internal>(&me.actor.person(), tx.now());
            let filter = TimelineFilter {
                kind: query.kind.parse().ok(),
                company: query.company,
                words: query.q,
                counted: query.counted.parse().ok(),
                page: query.page.parse().ok(),
                entry: query.entry.parse().ok(),
            };
            Ok(IncidentPage::new(&view, &eyes(me), &filter, me.actor.may(Deed::Edit)))
        })
        .await
}

/// For whom something is printed, and in which language.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct PrintQuery {
    pub(super) audience: String,
    pub(super) form: String,
    pub(super) lang: String,
}

/// Everything a paper is made from, as read in one transaction.
pub(super) struct Draft {
    pub(super) dossier: Arc<Dossier>,
    pub(super) reader: Option<crate::domain::id::Id<crate::domain::person::Person>>,
    pub(super) now: Stamp,
    pub(super) locale: Locale,
    /// The address of the incident's page.
    pub(super) page: String,
}

pub(super) async fn read_draft(req: &HttpRequest, visit: Visit, lang: &str) -> Result<Draft, Failure> {
    let at = number(req)?;
    let lang: Option<Locale> = lang.parse().ok();
    let page = format!("{}/incidents/{at}", site(req, &visit.app));
    visit
        .read(move |tx, me| {
            let dossier = load(tx, me, at)?;
            Ok(Draft { dossier, reader: me.actor.person(), now: tx.now(), locale: lang.unwrap_or(me.locale()), page })
        })
        .await
}

/// A view as JSON.
pub(super) struct Json;

impl Make for Json {
    type Made = serde_json::Result<Vec<u8>>;

    fn of<A: Audience>(self, view: &View<A>) -> Self::Made {
        serde_json::to_vec_pretty(view)
    }
}

/// A view on paper.
struct Paper<'a> {
    draft: &'a Draft,
    form: PaperForm,
    edition: Edition,
}

impl Make for Paper<'_> {
    type Made = Result<Vec<u8>, PdfError>;

    fn of<A: Audience>(self, view: &View<A>) -> Self::Made {
        let Draft { dossier, now, locale, page, .. } = self.draft;
        // For our own people it leads to the page of today; the provider has none without a share.
        let page = (A::NAME != AudienceName::Provider).then_some(page.as_str());
        let alone = Print::alone(Words::new(*locale), dossier.house.zone, *now);
        pdf::paper(view, self.form, Print { page, edition: Some(self.edition), ..alone })
    }
}

/// A view as one file that opens without any network.
struct Offline<'a>(&'a Draft);

impl Make for Offline<'_> {
    type Made = Result<String, RenderError>;

    fn of<A: Audience>(self, view: &View<A>) -> Self::Made {
        let Draft { dossier, now, locale, .. } = self.0;
        let page = OfflinePage::new(view, Words::new(*locale), dossier.house.zone, *now);
        render(&page, &Frame::anonymous(*locale))
    }
}

impl Draft {
    /// Makes something of what that audience may see.
    pub(super) fn made_for<M: Make>(&self, audience: AudienceName, make: M) -> M::Made {
        self.dossier.made_for(audience, self.reader, self.now, make)
    }

    /// The paper for that audience.
    pub(super) fn print(&self, audience: AudienceName, form: PaperForm, edition: Edition) -> Result<Vec<u8>, PdfError> {
        self.made_for(audience, Paper { draft: self, form, edition })
    }
}

/// The audience of that name; `otherwise` where none is named.
pub(super) fn audience(name: &str, otherwise: AudienceName) -> Result<AudienceName, AppError> {
    if name.is_empty() { Ok(otherwise) } else { name.parse().map_err(|_| AppError::NotFound) }
}

/// The view as JSON.
pub async fn json(req: HttpRequest, visit: Visit, query: Query<PrintQuery>) -> Answer {
    let audience = audience(&query.audience, AudienceName::Internal)?;
    let reading = visit.app.reading.clone();
    let draft = read_draft(&req, visit, &query.lang).await?;
    let body = in_turn(reading, move || draft.made_for(audience, Json)).await?.map_err(answer::fault)?;
    Ok(HttpResponse::Ok().insert_header((CONTENT_TYPE, "application/json")).insert_header((CACHE_CONTROL, "no-store")).body(body))
}

/// The paper.
pub async fn report(req: HttpRequest, visit: Visit, app: Data<App>, query: Query<PrintQuery>) -> Answer {
    let audience = audience(&query.audience, AudienceName::Meeting)?;
    let form = if query.form.is_empty() { PaperForm::Report } else { query.form.parse().map_err(|_| AppError::NotFound)? };
    let draft = read_draft(&req, visit, &query.lang).await?;
    let short = if form == PaperForm::OnePage { "-one-page" } else { "" };
    let name = format!("{}-{audience}{short}-{}.pdf", draft.dossier.incident.number, draft.locale);
    answer::paper(&app, &name, move || draft.print(audience, form, Edition::Draft)).await
}

/// The same as one file that opens without any network.
pub async fn offline(req: HttpRequest, visit: Visit, query: Query<PrintQuery>) -> Answer {
    let audience = audience(&query.audience, AudienceName::Meeting)?;
    let reading = visit.app.reading.clone();
    let draft = read_draft(&req, visit, &query.lang).await?;
    let name = format!("{}-{audience}-{}.html", draft.dossier.incident.number, draft.locale);
    let made = move || draft.made_for(audience, Offline(&draft)).map_err(AppError::from);
    let html = in_turn(reading, made).await??;
    Ok(HttpResponse::Ok()
        .insert_header((CONTENT_TYPE, "text/html; charset=utf-8"))
        .insert_header((CONTENT_DISPOSITION, format!("attachment; filename=\"{name}\"")))
        .body(html))
}
