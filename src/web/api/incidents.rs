//! Incidents and what stands in them.

use actix_web::web::Query;
use actix_web::{HttpRequest, HttpResponse};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::body::Sent;
use super::caller::{Caller, Me};
use super::resource::{Answer, Item, PageQuery, Resource, Target, Writable, etag, looked_for, standing, target};
use super::shapes::entries::{EntryRecord, NewCall, NewEntry, Readers, Said, StatementRecord};
use super::shapes::incidents::{Closing, Description, NewIncident, Times};
use super::shapes::matters::{AskRecord, ChangeRecord, ContradictionRecord, NoticeRecord, RuledOutRecord, SettlementRecord};
use crate::domain::dossier::Dossier;
use crate::domain::id::Uid;
use crate::domain::incident::{IncidentNumber, Status, Which};
use crate::domain::moment::Stamp;
use crate::domain::overview::{IncidentRow, OverviewQuery};
use crate::domain::view::{
    AskView, AudienceName, ChangeView, ContradictionView, DeadlineView, EntryView, Internal, NoticeView, PromiseView,
    RuledOutView, StatementView, TimeView, VerdictView, View,
};
use crate::error::AppError;
use crate::store::{self, Tx};
use crate::web::incidents::Json;
use crate::web::nouns::{
    AskNoun, CallNoun, ChangeNoun, ClosureNoun, ContradictionNoun, DescriptionNoun, DeskOf, EntryNoun, IncidentNoun,
    IncidentPlace, NoticeNoun, Place, ReadersNoun, RuledOutNoun, SayNoun, SettlementNoun, StatementNoun, TimesNoun,
};

/// An incident as its reader sees it.
fn view(desk: &Dossier, me: &Me, now: Stamp) -> View<Internal> {
    desk.view::<Internal>(&Some(me.id()), now)
}

/// Nouns of a timeline that are shown as a part of the incident's view, each with its uid.
macro_rules! resources {
    ($($noun:ident: $change:ident => $shown:ident, |$view:ident| $all:expr;)+) => { $(
        impl Resource for $noun {
            type Change = $change;
            type Shown = $shown;

            fn shown(desk: &Dossier, me: &Me, now: Stamp) -> Vec<(Uid, $shown)> {
                let $view = view(desk, me, now);
                $all.map(|thing| (thing.uid, thing)).collect()
            }
        }
    )+ };
}

resources! {
    EntryNoun: EntryRecord => EntryView, |view| view.entries.into_iter();
    SayNoun: Said => EntryView, |view| view.entries.into_iter();
    ReadersNoun: Readers => EntryView, |view| view.entries.into_iter();
    StatementNoun: StatementRecord => StatementView, |view| view.entries.into_iter().flat_map(|entry| entry.statements);
    SettlementNoun: SettlementRecord => PromiseView, |view| view.promises.into_iter().chain(view.steps);
    AskNoun: AskRecord => AskView, |view| view.asks.into_iter();
    RuledOutNoun: RuledOutRecord => RuledOutView, |view| view.ruled_out.into_iter();
    ContradictionNoun: ContradictionRecord => ContradictionView, |view| view.contradictions.into_iter();
    ChangeNoun: ChangeRecord => ChangeView, |view| view.changes.into_iter();
    NoticeNoun: NoticeRecord => NoticeView, |view| view.changes.into_iter().flat_map(|change| change.notices);
}

/// Nouns that are written down new: what is sent, what it becomes, and what that is called in addresses.
macro_rules! writables {
    ($($noun:ident: $new:ident => $becomes:ident at $path:literal;)+) => { $(
        impl Writable for $noun {
            type New = $new;
            type Becomes = $becomes;
            const PATH: &'static str = $path;
        }
    )+ };
}
pub(super) use writables;

writables! {
    IncidentNoun: NewIncident => DescriptionNoun at "";
    EntryNoun: NewEntry => EntryNoun at "entries";
    CallNoun: NewCall => EntryNoun at "entries";
    AskNoun: AskRecord => AskNoun at "asks";
    RuledOutNoun: RuledOutRecord => RuledOutNoun at "ruled-out";
    ContradictionNoun: ContradictionRecord => ContradictionNoun at "contradictions";
    ChangeNoun: ChangeRecord => ChangeNoun at "changes";
    NoticeNoun: NoticeRecord => NoticeNoun at "notices";
}

/// An incident by itself: what it is, and its times.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct IncidentCard {
    /// Its number.
    pub number: IncidentNumber,
    /// Where it stands.
    pub status: Status,
    /// What it is.
    #[serde(flatten)]
    pub described: Description,
    /// Its times.
    pub times: Vec<TimeView>,
}

fn card(desk: &Dossier, me: &Me, now: Stamp) -> Vec<(Uid, IncidentCard)> {
    let incident = &desk.incident;
    let uid = |id| desk.provider(id).map_or(Uid::NIL, |company| company.uid);
    let own = incident.parties.iter().find(|party| party.provider == incident.provider);
    let others = incident.parties.iter().filter(|party| party.provider != incident.provider);
    let others = others.map(|party| super::shapes::incidents::OtherParty {
        company: uid(party.provider),
        role: party.role,
        sign: Some(party.sign.clone()),
    });
    let contracts = incident.contracts.iter().filter_map(|id| desk.contracts.iter().find(|contract| contract.id == *id));
    let described = Description {
        title: incident.title.clone(),
        title_outward: Some(incident.title_outward.clone()),
        provider: uid(incident.provider),
        kind: incident.kind,
        severity: incident.severity,
        what: Some(incident.what.clone()),
        affected: Some(incident.affected.clone()),
        cause: Some(incident.cause.clone()),
        total: incident.total,
        fault: incident.fault,
        contracts: Some(contracts.map(|contract| contract.uid).collect()),
        sign: own.map(|party| party.sign.clone()),
        parties: Some(others.collect()),
    };
    let View { status, times, .. } = view(desk, me, now);
    vec![(Uid::NIL, IncidentCard { number: incident.number, status, described, times })]
}

/// Nouns that are the incident itself.
macro_rules! incident_itself {
    ($($noun:ident: $change:ident, $dossier:expr;)+) => { $(
        impl Resource for $noun {
            type Change = $change;
            type Shown = IncidentCard;

            fn shown(desk: &DeskOf<Self>, me: &Me, now: Stamp) -> Vec<(Uid, IncidentCard)> {
                let dossier: fn(&DeskOf<Self>) -> &Dossier = $dossier;
                card(dossier(desk), me, now)
            }
        }
    )+ };
}

incident_itself! {
    DescriptionNoun: Description, |desk| &desk.dossier;
    TimesNoun: Times, |desk| desk;
    ClosureNoun: Closing, |desk| desk;
}

/// The most characters of what incidents are looked for by.
const MOST_WORDS: usize = 300;

/// Which incidents are asked for.
#[derive(Clone, Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(default, deny_unknown_fields)]
pub struct IncidentsQuery {
    /// Only those whose title or number contains this.
    #[param(max_length = 300)]
    q: Option<String>,
    /// Only of this status.
    status: Option<Status>,
    /// Only of this company.
    provider: Option<Uid>,
    /// Where the part before ended: its `next`.
    cursor: Option<String>,
    /// How many things it holds at the most.
    #[param(minimum = 1, maximum = 200, default = 50)]
    limit: Option<usize>,
}

/// `GET /incidents`: the one opened last first.
pub async fn list(caller: Caller, query: Query<IncidentsQuery>) -> Answer {
    let asked = query.into_inner();
    let query = OverviewQuery {
        words: asked.q.unwrap_or_default(),
        status: asked.status.into_iter().collect(),
        provider: asked.provider,
        ..OverviewQuery::default()
    };
    let part = PageQuery::of(asked.cursor, asked.limit);
    let read = move |tx: &mut Tx<'_>, me: &Me| {
        looked_for(&query.words, 0..=MOST_WORDS)?;
        let (after, limit) = (part.after::<IncidentNumber>()?, part.limit()?);
        Ok((store::overview::after(tx, me.actor, &query, after, limit + 1, tx.now())?, limit))
    };
    let (rows, limit) = caller.read(read).await?;
    Ok(HttpResponse::Ok().json(super::resource::Page::cut(rows, limit, |row: &IncidentRow| row.number.to_string())))
}

fn number(req: &HttpRequest) -> Result<IncidentNumber, AppError> {
    IncidentPlace::read_at(req.match_info().get("at").unwrap_or_default()).ok_or(AppError::NotFound)
}

/// For whom.
#[derive(Clone, Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(default, deny_unknown_fields)]
pub struct AudienceQuery {
    /// For whom it is made; for our own people where nothing is said.
    audience: Option<AudienceName>,
}

/// `GET /incidents/{at}`: everything about it.
pub async fn show(req: HttpRequest, caller: Caller, query: Query<AudienceQuery>) -> Answer {
    let (at, audience) = (number(&req)?, query.audience.unwrap_or(AudienceName::Internal));
    let read = move |tx: &mut Tx<'_>, me: &Me| {
        let permit = store::incidents::to_look(tx, me.actor, at)?;
        let dossier = store::dossier::kept(tx, &permit)?;
        let made = dossier.made_for(audience, Some(me.id()), tx.now(), Json);
        made.map_err(|error| AppError::Fault(error.to_string()))
    };
    let body = caller.read(read).await?;
    Ok(HttpResponse::Ok().content_type("application/json").body(body))
}

/// `PUT /incidents/{at}/closure`
pub async fn close(req: HttpRequest, caller: Caller, sent: Sent) -> Answer {
    close_or_reopen(req, caller, sent, false).await
}

/// `DELETE /incidents/{at}/closure`
pub async fn reopen(req: HttpRequest, caller: Caller) -> Answer {
    close_or_reopen(req, caller, Sent::default(), true).await
}

/// The form of a closure does one or the other by what stands; a machine says which it means.
async fn close_or_reopen(req: HttpRequest, caller: Caller, sent: Sent, reopens: bool) -> Answer {
    let may = move |desk: &Dossier| match (desk.incident.time(Which::Closed).is_some(), reopens) {
        (true, false) => Err(AppError::refused("/at", "api-closed-already")),
        (false, true) => Err(AppError::NotFound),
        _ => Ok(()),
    };
    super::resource::change_where::<ClosureNoun, _>(req, caller, sent, may).await
}

/// What the clauses come to.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Verdicts {
    /// What each comes to.
    pub verdicts: Vec<VerdictView>,
    /// By when something must be done under them.
    pub deadlines: Vec<DeadlineView>,
}

/// `GET /incidents/{at}/verdicts`
pub async fn verdicts(req: HttpRequest, caller: Caller) -> Answer {
    let at = number(&req)?;
    let read = move |tx: &mut Tx<'_>, me: &Me| {
        let permit = store::incidents::to_look(tx, me.actor, at)?;
        let View { verdicts, deadlines, .. } = view(&*store::dossier::kept(tx, &permit)?, me, tx.now());
        Ok(Verdicts { verdicts, deadlines })
    };
    Ok(HttpResponse::Ok().json(caller.read(read).await?))
}

/// `GET /incidents/{at}/calls`: the entries that are calls.
pub async fn calls(req: HttpRequest, caller: Caller, query: Query<PageQuery>) -> Answer {
    let Target { at, .. } = target::<EntryNoun>(&req)?;
    let read = move |tx: &mut Tx<'_>, me: &Me| {
        let desk = IncidentPlace::desk(tx, me.actor, &at)?;
        let calls = EntryNoun::shown(&desk, me, tx.now()).into_iter().filter(|(_, entry)| entry.call.is_some());
        query.part(calls.map(|(uid, entry)| (uid, Item { etag: etag(entry.revision), thing: entry })).collect())
    };
    Ok(HttpResponse::Ok().json(caller.read(read).await?))
}

/// The entry `uid`, which was just put on record.
pub(super) fn entry(tx: &mut Tx<'_>, me: &Me, at: IncidentNumber, uid: Uid) -> Result<Item<EntryView>, AppError> {
    standing::<EntryNoun>(tx, me, &Target { at, uid })
}
