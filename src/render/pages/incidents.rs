//! The list of incidents: where each stands, since when, how long, and what was promised next.

use serde::Serialize;

use super::Choice;
use super::pager::Pager;
use super::reader::Reader;
use crate::domain::incident::{Severity, Status};
use crate::domain::moment::show::Shown;
use crate::domain::moment::{Span, Stamp};
use crate::domain::overview::{IncidentRow, Order, Overview, OverviewQuery};
use crate::domain::party::Provider;
use crate::render::frame::Frame;
use crate::render::tera::Page;

/// One page of the list.
#[derive(Clone, Debug, Serialize)]
pub struct IncidentsPage {
    /// The incidents.
    pub rows: Vec<Row>,
    /// How many there are on all pages, in words.
    pub count: String,
    /// The states that can be chosen.
    pub states: Vec<Choice>,
    /// The companies that can be chosen.
    pub companies: Vec<Choice>,
    /// The words that were looked for.
    pub words: String,
    /// The headings by which the list can be ordered.
    pub columns: Vec<Column>,
    /// The order in force, for the filter to keep.
    pub order: Order,
    /// Whether something may be left out.
    pub filtered: bool,
    /// The way to its other pages.
    #[serde(flatten)]
    pub pager: Pager,
}

impl Page for IncidentsPage {
    const TEMPLATE: &'static str = "incidents/list.html";
}

/// A heading.
#[derive(Clone, Debug, Serialize)]
pub struct Column {
    /// What it says.
    pub text: String,
    /// The list in this order.
    pub href: String,
    /// The order in force, as `aria-sort` says it; empty for another.
    pub sorted: &'static str,
}

/// An incident.
#[derive(Clone, Debug, Serialize)]
pub struct Row {
    /// Its page.
    pub href: String,
    /// Its number.
    pub number: String,
    /// What is wrong.
    pub title: String,
    /// Its kind, in words.
    pub kind: String,
    /// How grave it is, in words.
    pub severity: String,
    /// Whether that is grave.
    pub grave: bool,
    /// Where it stands.
    pub status: Status,
    /// The same in words.
    pub status_text: String,
    /// The company.
    pub provider: String,
    /// Since when.
    pub started: Option<Shown>,
    /// How long, in words; may be empty.
    pub duration: String,
    /// Whether it goes on.
    pub going_on: bool,
    /// The promise that falls due next.
    pub promise: Option<PromiseCell>,
    /// How many are overdue, in words; empty if none is.
    pub overdue: String,
}

/// The promise that falls due next.
#[derive(Clone, Debug, Serialize)]
pub struct PromiseCell {
    /// What was promised.
    pub words: String,
    /// When it falls due, or that no time was given.
    pub due: String,
    /// Whether that has passed.
    pub late: bool,
}

impl IncidentsPage {
    /// The page that `query` asked for, for the reader of `frame`, at `now`.
    pub fn new(overview: &Overview, query: &OverviewQuery, companies: &[Provider], frame: &Frame, now: Stamp) -> Self {
        let reader = Reader::new(frame, now);
        Self {
            rows: overview.rows.iter().map(|row| Row::of(row, reader, now)).collect(),
            count: reader.count("incidents-count", overview.total),
            states: (Status::ALL.iter())
                .map(|status| Choice {
                    value: status.to_string(),
                    text: reader.value("status", status),
                    chosen: query.status.contains(status),
                })
                .collect(),
            companies: (companies.iter())
                .map(|company| Choice {
                    value: company.uid.to_string(),
                    text: company.name.clone(),
                    chosen: query.provider == Some(company.uid),
                })
                .collect(),
            words: query.words.clone(),
            columns: columns(query, reader),
            order: query.order,
            filtered: !query.status.is_empty() || query.provider.is_some() || !query.words.trim().is_empty(),
            pager: Pager::new(reader.words(), (overview.page, overview.pages()), |page| address(query, query.order, page)),
        }
    }
}

/// The headings, in the order of the columns.
fn columns(query: &OverviewQuery, reader: Reader) -> Vec<Column> {
    let orders = [
        ("incidents-status", Some(Order::Status), "descending"),
        ("object-incident", None, ""),
        ("party-role-provider", Some(Order::Provider), "ascending"),
        ("time-started", Some(Order::Started), "descending"),
        ("incidents-duration", Some(Order::Duration), "descending"),
        ("incidents-promise", Some(Order::Promise), "ascending"),
    ];
    let column = |(key, order, sorted): (&str, Option<Order>, &'static str)| Column {
        text: reader.get(key),
        href: order.map(|order| address(query, order, 1)).unwrap_or_default(),
        sorted: if order == Some(query.order) { sorted } else { "" },
    };
    orders.into_iter().map(column).collect()
}

/// The list as `query` asks for it, but in `order` and at `page`.
fn address(query: &OverviewQuery, order: Order, page: i64) -> String {
    let mut parts = url::form_urlencoded::Serializer::new(String::new());
    for status in &query.status {
        parts.append_pair("status", status.as_str());
    }
    if let Some(provider) = query.provider {
        parts.append_pair("provider", &provider.to_string());
    }
    if !query.words.is_empty() {
        parts.append_pair("q", &query.words);
    }
    if order != Order::default() {
        parts.append_pair("order", order.as_str());
    }
    if page > 1 {
        parts.append_pair("page", &page.to_string());
    }
    let parts = parts.finish();
    if parts.is_empty() { "/incidents".to_owned() } else { format!("/incidents?{parts}") }
}

impl Row {
    fn of(row: &IncidentRow, reader: Reader, now: Stamp) -> Self {
        let promise = row.next_promise.as_ref();
        Self {
            href: format!("/incidents/{}", row.number),
            number: row.number.to_string(),
            title: row.title.clone(),
            kind: reader.value("incident-kind", row.kind),
            severity: reader.value("severity-short", row.severity),
            grave: matches!(row.severity, Severity::S1 | Severity::S2),
            status: row.status,
            status_text: reader.value("status", row.status),
            provider: row.provider.clone(),
            started: row.started.as_ref().map(|started| reader.moment(started)),
            duration: row.down(now).map(|down| lasted(down, reader)).unwrap_or_default(),
            going_on: row.ended.is_none() && row.started.is_some() && row.status == Status::Open,
            promise: promise.map(|promise| PromiseCell {
                words: promise.words.clone(),
                due: promise
                    .due
                    .as_ref()
                    .map_or_else(|| reader.get("phrase-due-none"), |due| reader.with("phrase-due", "due", reader.told(due))),
                late: promise.due.as_ref().is_some_and(|due| due.to < now),
            }),
            overdue: if row.overdue > 0 { reader.count("incidents-overdue", row.overdue) } else { String::new() },
        }
    }
}

/// A duration as a list says it: minutes below a day, whole hours above, since nobody compares weeks by the minute.
fn lasted(down: Span, reader: Reader) -> String {
    let coarse = |length: chrono::Duration| {
        if length.num_hours() < 48 {
            chrono::Duration::minutes(length.num_minutes())
        } else {
            chrono::Duration::hours(length.num_hours())
        }
    };
    reader.span(Span { min: coarse(down.min), max: coarse(down.max) })
}

#[cfg(test)]
pub mod samples {
    //! Samples of the list: a full one, an empty one, one that finds nothing.

    use super::*;
    use crate::domain::incident::{IncidentKind, IncidentNumber};
    use crate::domain::moment::Moment;
    use crate::domain::overview::NextPromise;
    use crate::render::sample;

    /// The list with whatever a row can be.
    pub fn page(frame: &Frame) -> IncidentsPage {
        let dossier = sample::story(frame.locale);
        let companies = dossier.providers.clone();
        let query = OverviewQuery { page: 1, ..OverviewQuery::default() };
        let rows = rows(frame);
        let overview = Overview { total: 63, page: 1, per_page: 50, rows };
        IncidentsPage::new(&overview, &query, &companies, frame, sample::friday())
    }

    /// A list in which there is nothing, or nothing for these words.
    pub fn none(frame: &Frame, words: &str) -> IncidentsPage {
        let query = OverviewQuery { words: words.to_owned(), page: 1, ..OverviewQuery::default() };
        let overview = Overview { total: 0, page: 1, per_page: 50, rows: Vec::new() };
        IncidentsPage::new(&overview, &query, &[], frame, sample::friday())
    }

    fn rows(frame: &Frame) -> Vec<IncidentRow> {
        let dossier = sample::story(frame.locale);
        let incident = &dossier.incident;
        let time = |which| incident.time(which).map(|time| time.at.clone());
        let exact = |text| Moment::exact(sample::at(text), frame.zone);
        let ja = frame.locale == crate::domain::locale::Locale::Ja;
        let said = |ja_text: &str, en: &str| if ja { ja_text.to_owned() } else { en.to_owned() };
        let name = |index: usize| dossier.providers[index].name.clone();
        let story = IncidentRow {
            number: incident.number,
            title: incident.title.clone(),
            kind: incident.kind,
            severity: Severity::S2,
            provider: name(0),
            status: Status::Mitigated,
            started: time(crate::domain::incident::Which::Started),
            ended: time(crate::domain::incident::Which::Mitigated),
            next_promise: Some(NextPromise {
                words: said("2時間後に伺います", "We'll be there in two hours."),
                due: Some(exact("2006-11-22T11:10")),
            }),
            overdue: 1,
        };
        let row = |count, title: String, kind, severity, company: usize, status, started, ended| IncidentRow {
            number: IncidentNumber { year: 2006, count },
            title,
            kind,
            severity,
            provider: name(company),
            status,
            started,
            ended,
            next_promise: None,
            overdue: 0,
        };
        let fax = row(
            4,
            said("本社の複合機がFAXを受信しない <b>&", "The head office receives no fax <b>&"),
            IncidentKind::Outage,
            Severity::S1,
            1,
            Status::Open,
            Some(exact("2006-11-24T08:12")),
            None,
        );
        let mut bill = row(
            3,
            said("解約済み回線の請求が続く", "Billed for a line that was cancelled"),
            IncidentKind::Conduct,
            Severity::S4,
            2,
            Status::Open,
            None,
            None,
        );
        let (cut, back) = (exact("2006-10-03T13:40"), exact("2006-10-06T09:05"));
        let title = said("第二倉庫の回線断", "The second warehouse was offline");
        let line = row(2, title, IncidentKind::Outage, Severity::S3, 0, Status::Closed, Some(cut), Some(back));
        bill.next_promise = Some(NextPromise {
            words: said("月曜の午前中に折り返します", "We will call back on Monday morning."),
            due: Some(exact("2006-11-27T12:00")),
        });
        vec![fax, story, bill, line]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_keeps_what_was_asked_and_leaves_out_what_goes_without_saying() {
        let query =
            OverviewQuery { status: vec![Status::Open], words: "障害 加".to_owned(), page: 3, ..OverviewQuery::default() };
        assert_eq!(
            address(&query, Order::Provider, 2),
            "/incidents?status=open&q=%E9%9A%9C%E5%AE%B3+%E5%8A%A0&order=provider&page=2"
        );
        assert_eq!(address(&OverviewQuery::default(), Order::Started, 1), "/incidents");
    }
}
