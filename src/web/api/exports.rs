//! Exports: ordered, made by a job, and fetched.

use actix_web::http::header::LOCATION;
use actix_web::{HttpRequest, HttpResponse};
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::BASE;
use super::body::{Sent, Shape};
use super::caller::{Caller, Me};
use super::resource::{Answer, Target, target};
use crate::actions::exports as actions;
use crate::domain::export::{ExportForm, ExportOrder, ExportStage, ExportTrouble};
use crate::domain::id::Uid;
use crate::domain::incident::IncidentNumber;
use crate::domain::locale::Locale;
use crate::domain::view::AudienceName;
use crate::error::AppError;
use crate::store::exports::NewExport;
use crate::store::{self, Tx};
use crate::web::exports::fetched;
use crate::web::nouns::EntryNoun;

/// What is to be taken out.
#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewOrder {
    /// The report, or everything in one zip.
    pub form: ExportForm,
    /// For whom.
    pub audience: AudienceName,
    /// In which language.
    pub lang: Locale,
}

impl Shape for NewOrder {
    fn example() -> Self {
        Self { form: ExportForm::Report, audience: AudienceName::Meeting, lang: Locale::Ja }
    }
}

/// An export that was ordered.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(as = Export)]
pub struct OrderShown {
    /// In addresses.
    pub uid: Uid,
    /// What is taken out.
    pub form: ExportForm,
    /// For whom.
    pub audience: AudienceName,
    /// In which language.
    pub lang: Locale,
    /// When it was ordered.
    pub asked_at: DateTime<Utc>,
    /// What is made now.
    pub stage: ExportStage,
    /// How much is done, in percent.
    pub percent: Option<i64>,
    /// As of when it is, once it is made.
    pub made_at: Option<DateTime<Utc>>,
    /// How long it is then, in bytes.
    pub size: i64,
    /// Why it cannot be made.
    pub trouble: Option<ExportTrouble>,
}

/// What was ordered and is still kept.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Orders {
    /// The exports, the one ordered last first.
    pub items: Vec<OrderShown>,
}

impl From<&ExportOrder> for OrderShown {
    fn from(order: &ExportOrder) -> Self {
        Self {
            uid: order.uid,
            form: order.form,
            audience: order.audience,
            lang: order.locale,
            asked_at: order.asked_at,
            stage: order.step.stage,
            percent: order.step.percent(),
            made_at: order.made_at,
            size: order.size,
            trouble: order.trouble.as_ref().map(|(trouble, _)| *trouble),
        }
    }
}

fn own(tx: &mut Tx<'_>, me: &Me, at: IncidentNumber) -> Result<Vec<ExportOrder>, AppError> {
    let permit = store::incidents::to_look(tx, me.actor, at)?;
    Ok(store::exports::own(tx, &permit)?)
}

fn find(tx: &mut Tx<'_>, me: &Me, at: IncidentNumber, uid: Uid) -> Result<ExportOrder, AppError> {
    own(tx, me, at)?.into_iter().find(|order| order.uid == uid).ok_or(AppError::NotFound)
}

/// `GET /incidents/{at}/exports`
pub async fn list(req: HttpRequest, caller: Caller) -> Answer {
    let Target { at, .. } = target::<EntryNoun>(&req)?;
    let orders = caller.read(move |tx, me| own(tx, me, at)).await?;
    Ok(HttpResponse::Ok().json(Orders { items: orders.iter().map(OrderShown::from).collect() }))
}

/// `POST /incidents/{at}/exports`: the same one that is waited for already is not made twice.
pub async fn order(req: HttpRequest, caller: Caller, sent: Sent) -> Answer {
    let Target { at, .. } = target::<EntryNoun>(&req)?;
    let site = caller.site.clone();
    let write = move |tx: &mut Tx<'_>, me: &Me| {
        let new = sent.whole::<NewOrder>()?;
        let permit = store::incidents::to_look(tx, me.actor, at)?;
        Ok(actions::order(tx, permit, NewExport { form: new.form, audience: new.audience, locale: new.lang, site })?)
    };
    let order = caller.write(write).await?;
    let location = format!("{BASE}/incidents/{at}/exports/{}", order.uid);
    Ok(HttpResponse::Accepted().insert_header((LOCATION, location)).json(OrderShown::from(&order)))
}

/// `GET /incidents/{at}/exports/{uid}`
pub async fn show(req: HttpRequest, caller: Caller) -> Answer {
    let Target { at, uid } = target::<EntryNoun>(&req)?;
    let order = caller.read(move |tx, me| find(tx, me, at, uid)).await?;
    Ok(HttpResponse::Ok().json(OrderShown::from(&order)))
}

/// `GET /incidents/{at}/exports/{uid}/file`
pub async fn fetch(req: HttpRequest, caller: Caller) -> Answer {
    let Target { at, uid } = target::<EntryNoun>(&req)?;
    let app = caller.app.clone();
    let order = caller.read(move |tx, me| find(tx, me, at, uid)).await?;
    if order.step.stage != ExportStage::Ready {
        return Err(AppError::NotReady.into());
    }
    fetched(&app, at, &order).await
}
