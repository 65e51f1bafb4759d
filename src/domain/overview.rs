//! The overview 一覧: many incidents at a glance. What a list shows is made from it and from nothing else.

use serde::Serialize;

use super::incident::{IncidentKind, IncidentNumber, Severity, Status};
use super::moment::{Moment, Stamp};
use super::text_enum::text_enum;

/// One page of a list of incidents.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(feature = "app", derive(utoipa::ToSchema))]
pub struct Overview {
    /// The incidents of this page.
    pub rows: Vec<IncidentRow>,
    /// How many there are on all pages.
    pub total: i64,
    /// Which page, from 1.
    pub page: i64,
    /// How many rows a page has.
    pub per_page: i64,
}

impl Overview {
    /// How many pages there are; one at the least.
    pub fn pages(&self) -> i64 {
        ((self.total + self.per_page - 1) / self.per_page).max(1)
    }
}

/// One incident in a list.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(feature = "app", derive(utoipa::ToSchema))]
pub struct IncidentRow {
    /// Its number.
    pub number: IncidentNumber,
    /// What is wrong.
    pub title: String,
    /// Its kind.
    pub kind: IncidentKind,
    /// How grave it is.
    pub severity: Severity,
    /// The company answerable for it.
    pub provider: String,
    /// Where it stands.
    pub status: Status,
    /// When it started, where that is known.
    pub started: Option<Moment>,
    /// When it ended for us: by a makeshift, else by restoration, else by closing.
    pub ended: Option<Moment>,
    /// When the next open promise falls due, or fell due.
    pub next_promise: Option<NextPromise>,
    /// How many promises are open though their time has passed.
    pub overdue: i64,
}

/// The open promise that falls due first.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(feature = "app", derive(utoipa::ToSchema))]
pub struct NextPromise {
    /// What was promised.
    pub words: String,
    /// When it falls due.
    pub due: Option<Moment>,
}

/// What wants to be done: the page that one opens in the morning. Of incidents that are not closed, but for replies: who answers
/// what we took for settled wants to be heard all the more.
#[derive(Clone, Debug, Default, Serialize)]
#[cfg_attr(feature = "app", derive(utoipa::ToSchema))]
pub struct Morning {
    /// Replies that came by shares and that nobody of us has looked at, the oldest first.
    pub replies: Vec<FreshReply>,
    /// Promises whose time has passed, the oldest first.
    pub overdue: Vec<DuePromise>,
    /// Promises that fall due before the day ends.
    pub today: Vec<DuePromise>,
    /// What one of us has taken on and still has to do, and does not stand above: what has a date first, the nearest first.
    pub steps: Vec<OpenStep>,
    /// What we asked and nobody has answered, the oldest first.
    pub asks: Vec<OpenAsk>,
    /// Incidents that go on, and of which nothing has been recorded for a day.
    pub silent: Vec<SilentIncident>,
    /// The companies that have incidents open.
    pub companies: Vec<CompanyLoad>,
    /// Whether there is any incident at all.
    pub any: bool,
}

/// An incident, as what stands in it names it.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(feature = "app", derive(utoipa::ToSchema))]
pub struct Named {
    /// Its number.
    pub number: IncidentNumber,
    /// What is wrong.
    pub title: String,
}

/// A reply that nobody of us has looked at.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(feature = "app", derive(utoipa::ToSchema))]
pub struct FreshReply {
    /// In which incident.
    pub incident: Named,
    /// The company whose share it came by.
    pub company: String,
    /// Its entry, in URLs.
    pub uid: super::id::Uid,
    /// Who, by their own word.
    pub name: String,
    /// Their department, by their own word.
    pub department: String,
    /// Whether they take the matter over.
    pub takes_over: bool,
    /// When it came.
    #[cfg_attr(feature = "app", schema(value_type = DateTime<Utc>))]
    pub at: Stamp,
}

/// A promise that is due.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(feature = "app", derive(utoipa::ToSchema))]
pub struct DuePromise {
    /// In which incident.
    pub incident: Named,
    /// Who gave it: the company, or the one of us.
    pub company: String,
    /// In URLs.
    pub uid: super::id::Uid,
    /// The words.
    pub words: String,
    /// When it falls due.
    pub due: Moment,
}

/// Something that one of us has taken on, in a decision or on the telephone.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(feature = "app", derive(utoipa::ToSchema))]
pub struct OpenStep {
    /// In which incident.
    pub incident: Named,
    /// Who took it on.
    pub owner: String,
    /// In URLs.
    pub uid: super::id::Uid,
    /// What.
    pub words: String,
    /// By when; none where nobody said.
    pub due: Option<Moment>,
}

/// Something asked and not answered.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(feature = "app", derive(utoipa::ToSchema))]
pub struct OpenAsk {
    /// In which incident.
    pub incident: Named,
    /// The company asked.
    pub company: String,
    /// The words.
    pub words: String,
}

/// An incident of which nothing was heard.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(feature = "app", derive(utoipa::ToSchema))]
pub struct SilentIncident {
    /// Which.
    pub incident: Named,
    /// The company answerable.
    pub company: String,
    /// Since when; none where nothing was ever recorded.
    #[cfg_attr(feature = "app", schema(value_type = Option<DateTime<Utc>>))]
    pub since: Option<Stamp>,
}

/// What one company owes us.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(feature = "app", derive(utoipa::ToSchema))]
pub struct CompanyLoad {
    /// In URLs.
    pub uid: super::id::Uid,
    /// Its name.
    pub name: String,
    /// Incidents that go on.
    pub open: i64,
}

/// What a list is asked for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct OverviewQuery {
    /// Only these; empty: all.
    pub status: Vec<Status>,
    /// Only of this company, by its uid.
    pub provider: Option<super::id::Uid>,
    /// Only those whose title or number contains this.
    pub words: String,
    /// In which order.
    pub order: Order,
    /// Which page, from 1; less is taken as 1.
    pub page: i64,
}

text_enum! {
    /// The orders of a list of incidents.
    pub enum Order {
        /// The latest start first.
        Started = "started",
        /// The longest down first.
        Duration = "duration",
        /// The promise that falls due first.
        Promise = "promise",
        /// By company.
        Provider = "provider",
        /// By status, the worst first.
        Status = "status",
    }
}

#[allow(clippy::derivable_impls, reason = "text_enum! has no place for the mark of the default")]
impl Default for Order {
    fn default() -> Self {
        Self::Started
    }
}

impl IncidentRow {
    /// How long it was, or by `now` has been, down, at both readings; none where no start is known.
    pub fn down(&self, now: Stamp) -> Option<super::moment::Span> {
        let started = self.started.as_ref()?;
        let end = self.ended.clone().unwrap_or_else(|| Moment::exact(now, started.zone));
        Some(started.until(&end))
    }
}
