//! The overview: many incidents, counted, sorted and paged by the database.
//!
//! Written as SQL, since the orders need the same table four times over. SQLite numbers its `$n` by where each stands first, so
//! `$1` stands before `$2`. What is put into the text is ours: words of enumerations, and numbers.

use diesel::prelude::*;
use diesel::sql_types::{BigInt, Nullable, Text};

use super::dialect::{self, AnyConnection};
use super::incidents::bound_by_restriction;
use super::rows::{broken, maybe_moment};
use super::standing::UNKNOWN;
use super::types::{Micros, ZoneName};
use super::{Denied, Result, Tx};
use crate::domain::incident::{IncidentKind, IncidentNumber, Severity, Status};
use crate::domain::moment::Stamp;
use crate::domain::overview::{IncidentRow, NextPromise, Order, Overview, OverviewQuery};
use crate::domain::permit::{Actor, Deed};

/// How many incidents stand on one page.
const PER_PAGE: i64 = 50;

/// One page of the incidents that `actor` may know of, as of `now`. A page behind the last one is the last one.
///
/// # Errors
/// [`Denied::Forbidden`]; [`super::StoreError::Broken`] where something is not what we write.
pub fn list(tx: &mut Tx<'_>, actor: Actor, query: &OverviewQuery, now: Stamp) -> Result<Overview> {
    if !actor.may(Deed::Look) {
        return Err(Denied::Forbidden.into());
    }
    let asked = Asked::new(tx.conn(), actor, query, now);
    let total = asked.count(tx.conn())?;
    let mut overview = Overview { rows: Vec::new(), total, page: 1, per_page: PER_PAGE };
    overview.page = query.page.clamp(1, overview.pages());
    let rows_before = (overview.page - 1) * PER_PAGE;
    overview.rows = asked.rows(tx.conn(), usize::try_from(PER_PAGE).unwrap_or_default(), rows_before)?;
    Ok(overview)
}

/// At most `limit` of the incidents that `actor` may know of, the one opened last first, from behind `after` on.
///
/// # Errors
/// As [`list`].
pub fn after(
    tx: &mut Tx<'_>,
    actor: Actor,
    query: &OverviewQuery,
    after: Option<IncidentNumber>,
    limit: usize,
    now: Stamp,
) -> Result<Vec<IncidentRow>> {
    if !actor.may(Deed::Look) {
        return Err(Denied::Forbidden.into());
    }
    let mut asked = Asked::new(tx.conn(), actor, query, now);
    if let Some(IncidentNumber { year, count }) = after {
        asked.condition += &format!(" AND (z.year < {year} OR (z.year = {year} AND z.count < {count}))");
    }
    asked.order = "z.year DESC".to_owned();
    asked.rows(tx.conn(), limit, 0)
}

/// The incidents with the times that make their status.
pub(super) const INCIDENTS: &str = "incidents i JOIN providers p ON p.id = i.provider_id \
    LEFT JOIN incident_times s ON s.incident_id = i.id AND s.which = 'started' \
    LEFT JOIN incident_times m ON m.incident_id = i.id AND m.which = 'mitigated' \
    LEFT JOIN incident_times r ON r.incident_id = i.id AND r.which = 'restored' \
    LEFT JOIN incident_times c ON c.incident_id = i.id AND c.which = 'closed'";

/// [`crate::domain::incident::Incident::status`].
pub(super) const STATUS: &str = "CASE WHEN c.which IS NOT NULL THEN 'closed' WHEN r.which IS NOT NULL THEN 'restored' \
    WHEN m.which IS NOT NULL THEN 'mitigated' ELSE 'open' END";

/// When it ended for us: the same choice as [`IncidentRow::ended`].
const ENDED: &str = "CASE WHEN m.which IS NOT NULL THEN 'mitigated' WHEN r.which IS NOT NULL THEN 'restored' ELSE 'closed' END";

/// A list, asked for by somebody.
struct Asked<'a> {
    query: &'a OverviewQuery,
    /// What it is narrowed by.
    condition: String,
    /// Which incidents the actor may know of.
    known: String,
    /// Which promises the actor may know of, open and not struck out.
    promises: String,
    order: String,
    now: i64,
}

impl<'a> Asked<'a> {
    fn new(conn: &AnyConnection, actor: Actor, query: &'a OverviewQuery, now: Stamp) -> Self {
        let now = now.timestamp_micros();
        Self {
            query,
            condition: condition(query),
            known: known_by(actor, "z.incident_id"),
            promises: promises(actor),
            order: order(query.order, dialect::bytewise(conn), now),
            now,
        }
    }

    fn count(&self, conn: &mut AnyConnection) -> Result<i64> {
        // Those who may know are asked for only where an incident is not for everybody: few are.
        let all = format!("SELECT count(*) FROM aux_standing z WHERE {}", self.condition);
        let sql = format!(
            "SELECT ({all}) - ({all} AND z.incident_id IN (SELECT r.incident_id FROM incident_people r) AND NOT ({})) AS value",
            self.known
        );
        let counted: Number =
            diesel::sql_query(sql).bind::<Text, _>(self.provider()).bind::<Text, _>(self.pattern()).get_result(conn)?;
        Ok(counted.value)
    }

    /// The incidents of one page: first their keys in order, then what is shown of them.
    fn rows(&self, conn: &mut AnyConnection, limit: usize, offset: i64) -> Result<Vec<IncidentRow>> {
        let beside = match self.query.order {
            Order::Promise => format!(" JOIN incidents i ON i.id = z.incident_id {}", self.next_promise()),
            Order::Provider => " JOIN providers p ON p.id = z.provider_id".to_owned(),
            Order::Started | Order::Duration | Order::Status => String::new(),
        };
        let sql = format!(
            "SELECT z.incident_id AS value FROM aux_standing z{beside} WHERE {} AND {} \
             ORDER BY {}, z.year DESC, z.count DESC LIMIT {limit} OFFSET {offset}",
            self.condition, self.known, self.order
        );
        let keys: Vec<Number> =
            diesel::sql_query(sql).bind::<Text, _>(self.provider()).bind::<Text, _>(self.pattern()).load(conn)?;
        let keys: Vec<i64> = keys.into_iter().map(|key| key.value).collect();
        let mut rows = self.shown(conn, &keys)?;
        rows.sort_by_key(|row| keys.iter().position(|key| *key == row.id));
        rows.into_iter().map(IncidentRow::try_from).collect()
    }

    fn shown(&self, conn: &mut AnyConnection, keys: &[i64]) -> Result<Vec<Row>> {
        if keys.is_empty() {
            return Ok(Vec::new());
        }
        let keys: Vec<String> = keys.iter().map(i64::to_string).collect();
        let sql = format!(
            "SELECT i.id, i.year, i.count, i.title, i.kind, i.severity, p.name AS provider, {STATUS} AS status, \
             s.at_from AS started_from, s.at_to AS started_to, s.at_words AS started_words, s.at_zone AS started_zone, \
             d.at_from AS ended_from, d.at_to AS ended_to, d.at_words AS ended_words, d.at_zone AS ended_zone, \
             t.words AS promise, np.due_from, np.due_to, np.due_words, np.due_zone, \
             (SELECT count(*) FROM {} AND q.due_to < {}) AS overdue \
             FROM {INCIDENTS} LEFT JOIN incident_times d ON d.incident_id = i.id AND d.which = {ENDED} \
             {} LEFT JOIN statements t ON t.id = np.statement_id WHERE i.id IN ({})",
            self.promises,
            self.now,
            self.next_promise(),
            keys.join(", ")
        );
        Ok(diesel::sql_query(sql).load(conn)?)
    }

    /// Joins the open promise that falls due first.
    fn next_promise(&self) -> String {
        format!(
            "LEFT JOIN promises np ON np.id = (SELECT q.id FROM {} ORDER BY q.due_to IS NULL, q.due_to, q.due_from, q.id LIMIT 1)",
            self.promises
        )
    }

    fn provider(&self) -> String {
        self.query.provider.map(|uid| uid.to_string()).unwrap_or_default()
    }

    /// What [`OverviewQuery::words`] is looked for with, each sign standing for itself.
    fn pattern(&self) -> String {
        let words = self.query.words.trim().to_ascii_lowercase();
        let escaped = words.replace('\\', "\\\\").replace('%', "\\%").replace('_', "\\_");
        format!("%{escaped}%")
    }
}

/// Which incidents the actor may know of.
pub(super) fn known(actor: Actor) -> String {
    known_by(actor, "i.id")
}

/// The same, where the incident's key is called otherwise.
pub(super) fn known_by(actor: Actor, key: &str) -> String {
    let open_to_all = format!("NOT EXISTS (SELECT 1 FROM incident_people o WHERE o.incident_id = {key})");
    bound_by_restriction(actor).map_or("1 = 1".to_owned(), |me| {
        let open_to_me =
            format!("EXISTS (SELECT 1 FROM incident_people o WHERE o.incident_id = {key} AND o.person_id = {})", me.raw());
        format!("({open_to_all} OR {open_to_me})")
    })
}

/// What a list is narrowed by; a condition that everything meets is left out, so that an index can give the page.
fn condition(query: &OverviewQuery) -> String {
    // Each value is bound, whether it is asked for or not.
    let company = match query.provider {
        Some(_) => "z.provider_id = (SELECT p.id FROM providers p WHERE p.uid = $1)",
        None => "$1 = ''",
    };
    let words = if query.words.trim().is_empty() { "$2 <> ''" } else { "z.words LIKE $2 ESCAPE '\\'" };
    let mut all = vec![company.to_owned(), words.to_owned()];
    if !query.status.is_empty() {
        let wanted: Vec<String> = query.status.iter().map(|status| format!("'{status}'")).collect();
        all.push(format!("z.status IN ({})", wanted.join(", ")));
    }
    all.join(" AND ")
}

/// Whether the actor may know of the statement `st` of the entry `e`: a private note is there for its author alone.
pub(super) fn heard(actor: Actor) -> String {
    // No key is below 1.
    let me = actor.person().map_or(0, |me| me.raw());
    format!("((e.visibility <> 'private' AND st.visibility <> 'private') OR e.author_id = {me})")
}

/// Whether the promise `q`, given by the statement `st` of the entry `e`, is open, and the actor may know of it.
pub(super) fn open_promise(actor: Actor) -> String {
    format!("q.state = 'open' AND q.struck_at IS NULL AND e.struck_at IS NULL AND {}", heard(actor))
}

fn promises(actor: Actor) -> String {
    format!(
        "promises q JOIN entries e ON e.id = q.entry_id JOIN statements st ON st.id = q.statement_id \
         WHERE q.incident_id = i.id AND {}",
        open_promise(actor)
    )
}

/// The databases disagree on where NULL stands, so that is said first each time.
fn order(order: Order, bytewise: &str, now: i64) -> String {
    match order {
        Order::Started => "z.started_from DESC, z.started_to DESC".to_owned(),
        Order::Duration => {
            format!("z.started_from = {UNKNOWN}, COALESCE(z.ended_to, {now}) - z.started_from DESC")
        }
        Order::Promise => "np.id IS NULL, np.due_to IS NULL, np.due_to, np.due_from".to_owned(),
        Order::Provider => format!("p.name {bytewise}"),
        Order::Status => "CASE z.status WHEN 'open' THEN 1 WHEN 'mitigated' THEN 2 WHEN 'restored' THEN 3 ELSE 4 END".to_owned(),
    }
}

#[derive(QueryableByName)]
struct Number {
    #[diesel(sql_type = BigInt)]
    value: i64,
}

/// What is shown of one incident.
#[derive(QueryableByName)]
struct Row {
    #[diesel(sql_type = BigInt)]
    id: i64,
    #[diesel(sql_type = BigInt)]
    year: i64,
    #[diesel(sql_type = BigInt)]
    count: i64,
    #[diesel(sql_type = Text)]
    title: String,
    #[diesel(sql_type = Text)]
    kind: IncidentKind,
    #[diesel(sql_type = Text)]
    severity: Severity,
    #[diesel(sql_type = Text)]
    provider: String,
    #[diesel(sql_type = Text)]
    status: Status,
    #[diesel(sql_type = Nullable<BigInt>)]
    started_from: Option<Micros>,
    #[diesel(sql_type = Nullable<BigInt>)]
    started_to: Option<Micros>,
    #[diesel(sql_type = Nullable<Text>)]
    started_words: Option<String>,
    #[diesel(sql_type = Nullable<Text>)]
    started_zone: Option<ZoneName>,
    #[diesel(sql_type = Nullable<BigInt>)]
    ended_from: Option<Micros>,
    #[diesel(sql_type = Nullable<BigInt>)]
    ended_to: Option<Micros>,
    #[diesel(sql_type = Nullable<Text>)]
    ended_words: Option<String>,
    #[diesel(sql_type = Nullable<Text>)]
    ended_zone: Option<ZoneName>,
    #[diesel(sql_type = Nullable<Text>)]
    promise: Option<String>,
    #[diesel(sql_type = Nullable<BigInt>)]
    due_from: Option<Micros>,
    #[diesel(sql_type = Nullable<BigInt>)]
    due_to: Option<Micros>,
    #[diesel(sql_type = Nullable<Text>)]
    due_words: Option<String>,
    #[diesel(sql_type = Nullable<Text>)]
    due_zone: Option<ZoneName>,
    #[diesel(sql_type = BigInt)]
    overdue: i64,
}

impl TryFrom<Row> for IncidentRow {
    type Error = super::StoreError;

    fn try_from(row: Row) -> Result<Self> {
        let misfit = |what| broken("incidents", row.id, what);
        let due = maybe_moment((row.due_from, row.due_to, row.due_words, row.due_zone)).map_err(misfit)?;
        let year = i32::try_from(row.year).map_err(|_| misfit("its year is none"))?;
        Ok(Self {
            number: IncidentNumber { year, count: row.count },
            title: row.title,
            kind: row.kind,
            severity: row.severity,
            provider: row.provider,
            status: row.status,
            started: maybe_moment((row.started_from, row.started_to, row.started_words, row.started_zone)).map_err(misfit)?,
            ended: maybe_moment((row.ended_from, row.ended_to, row.ended_words, row.ended_zone)).map_err(misfit)?,
            next_promise: row.promise.map(|words| NextPromise { words, due }),
            overdue: row.overdue,
        })
    }
}
