//! What wants to be done, over all incidents that somebody may know of.
//!
//! Written as SQL, beside [`super::overview`], with which it shares what a list of incidents is. What is put into the text is ours:
//! words of enumerations, and numbers.

use chrono::Duration;
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Nullable, Text};

use super::overview::{INCIDENTS, known, known_by, open_promise};
use super::rows::{broken, maybe_moment};
use super::types::{Micros, YesNo, ZoneName};
use super::{Denied, Result, Tx};
use crate::domain::id::Uid;
use crate::domain::incident::IncidentNumber;
use crate::domain::moment::{Moment, Stamp};
use crate::domain::overview::{CompanyLoad, DuePromise, FreshReply, Morning, Named, OpenAsk, OpenStep, SilentIncident};
use crate::domain::permit::{Actor, Deed};

/// The most lines of each part: who has more has another problem than reading them all.
const MOST: i64 = 100;

/// What wants to be done by `actor`'s house before `day_end`.
///
/// # Errors
/// [`Denied::Forbidden`]; [`super::StoreError::Broken`] where something is not what we write.
pub fn of(tx: &mut Tx<'_>, actor: Actor, day_end: Stamp) -> Result<Morning> {
    if !actor.may(Deed::Look) {
        return Err(Denied::Forbidden.into());
    }
    let now = tx.now();
    let due = promises(tx, actor, day_end)?;
    let (overdue, today) = due.into_iter().partition(|promise| promise.due.to < now);
    Ok(Morning {
        replies: replies(tx, actor)?,
        overdue,
        today,
        steps: steps(tx, actor, day_end)?,
        asks: asks(tx, actor)?,
        silent: silent(tx, actor, now - Duration::days(1))?,
        companies: companies(tx, actor)?,
        any: any(tx, actor)?,
    })
}

/// Of which incident, and of which company, a line is.
#[derive(QueryableByName)]
struct Matter {
    #[diesel(sql_type = BigInt)]
    year: i64,
    #[diesel(sql_type = BigInt)]
    count: i64,
    #[diesel(sql_type = Text)]
    title: String,
    #[diesel(sql_type = Text)]
    company: String,
}

impl Matter {
    fn named(self) -> Result<(Named, String)> {
        let Self { year, count, title, company } = self;
        let year = i32::try_from(year).map_err(|_| broken("incidents", format!("{year}, {count}"), "its year is none"))?;
        Ok((Named { number: IncidentNumber { year, count }, title }, company))
    }
}

#[derive(QueryableByName)]
struct ReplyRow {
    #[diesel(embed)]
    matter: Matter,
    #[diesel(sql_type = Text)]
    uid: Uid,
    #[diesel(sql_type = Text)]
    name: String,
    #[diesel(sql_type = Text)]
    department: String,
    #[diesel(sql_type = Text)]
    takes_over: YesNo,
    #[diesel(sql_type = BigInt)]
    at: Micros,
}

fn replies(tx: &mut Tx<'_>, actor: Actor) -> Result<Vec<FreshReply>> {
    // Nobody of us wrote it: where it was made private, nobody sees it. The replies come first: SQLite keeps the order of a CROSS JOIN.
    let sql = format!(
        "SELECT i.year, i.count, i.title, COALESCE(ep.name, p.name) AS company, e.uid, rp.name, rp.department, rp.takes_over, \
         e.recorded_at AS at FROM replies rp CROSS JOIN entries e CROSS JOIN incidents i CROSS JOIN providers p \
         LEFT JOIN providers ep ON ep.id = e.provider_id \
         WHERE e.id = rp.entry_id AND i.id = e.incident_id AND p.id = i.provider_id AND {} \
         AND rp.noted_at IS NULL AND e.struck_at IS NULL AND e.visibility <> 'private' ORDER BY e.id LIMIT {MOST}",
        known(actor)
    );
    let rows: Vec<ReplyRow> = diesel::sql_query(sql).load(tx.conn())?;
    let reply = |row: ReplyRow| {
        let ReplyRow { matter, uid, name, department, takes_over, at } = row;
        let (incident, company) = matter.named()?;
        Ok(FreshReply { incident, company, uid, name, department, takes_over: takes_over.0, at: at.0 })
    };
    rows.into_iter().map(reply).collect()
}

#[derive(QueryableByName)]
struct PromiseRow {
    #[diesel(embed)]
    matter: Matter,
    #[diesel(sql_type = Text)]
    uid: Uid,
    #[diesel(sql_type = Text)]
    words: String,
    #[diesel(sql_type = Nullable<BigInt>)]
    due_from: Option<Micros>,
    #[diesel(sql_type = Nullable<BigInt>)]
    due_to: Option<Micros>,
    #[diesel(sql_type = Nullable<Text>)]
    due_words: Option<String>,
    #[diesel(sql_type = Nullable<Text>)]
    due_zone: Option<ZoneName>,
}

/// A promise that waits to be kept, and whose it is: the company's name, or that of one of us; empty where it is ours and nobody's.
struct Given {
    incident: Named,
    who: String,
    uid: Uid,
    words: String,
    due: Option<Moment>,
}

/// The open promises that fulfil `condition`, in that order. The companies' are told while their incident goes on; what one of us has
/// taken on is ours to do after it, too.
fn given(tx: &mut Tx<'_>, actor: Actor, condition: &str, order: &str) -> Result<Vec<Given>> {
    let sql = format!(
        "SELECT i.year, i.count, i.title, \
         CASE WHEN st.provider_id IS NULL THEN COALESCE(us.name, '') ELSE sp.name END AS company, q.uid, st.words, \
         q.due_from, q.due_to, q.due_words, q.due_zone \
         FROM {INCIDENTS} JOIN promises q ON q.incident_id = i.id JOIN entries e ON e.id = q.entry_id \
         JOIN statements st ON st.id = q.statement_id LEFT JOIN providers sp ON sp.id = st.provider_id \
         LEFT JOIN people us ON us.id = st.person_id \
         WHERE {} AND {} AND (c.which IS NULL OR st.provider_id IS NULL) AND {condition} ORDER BY {order}, q.id LIMIT {MOST}",
        known(actor),
        open_promise(actor)
    );
    let rows: Vec<PromiseRow> = diesel::sql_query(sql).load(tx.conn())?;
    let promise = |row: PromiseRow| {
        let due = maybe_moment((row.due_from, row.due_to, row.due_words, row.due_zone));
        let due = due.map_err(|what| broken("promises", row.uid, what))?;
        let (incident, who) = row.matter.named()?;
        Ok(Given { incident, who, uid: row.uid, words: row.words, due })
    };
    rows.into_iter().map(promise).collect()
}

fn promises(tx: &mut Tx<'_>, actor: Actor, day_end: Stamp) -> Result<Vec<DuePromise>> {
    let by_tonight = given(tx, actor, &format!("q.due_to < {}", day_end.timestamp_micros()), "q.due_to")?;
    let due = |given: Given| {
        let due = given.due.ok_or_else(|| broken("promises", given.uid, "it is due at no time"))?;
        Ok(DuePromise { incident: given.incident, company: given.who, uid: given.uid, words: given.words, due })
    };
    by_tonight.into_iter().map(due).collect()
}

/// What one of us has taken on and is not due today and not overdue: that is told with the promises.
fn steps(tx: &mut Tx<'_>, actor: Actor, day_end: Stamp) -> Result<Vec<OpenStep>> {
    let later = format!("st.provider_id IS NULL AND (q.due_to IS NULL OR q.due_to >= {})", day_end.timestamp_micros());
    let ours = given(tx, actor, &later, "q.due_to IS NULL, q.due_to")?;
    let step = |given: Given| OpenStep {
        incident: given.incident,
        owner: given.who,
        uid: given.uid,
        words: given.words,
        due: given.due,
    };
    Ok(ours.into_iter().map(step).collect())
}

#[derive(QueryableByName)]
struct AskRow {
    #[diesel(embed)]
    matter: Matter,
    #[diesel(sql_type = Text)]
    words: String,
}

fn asks(tx: &mut Tx<'_>, actor: Actor) -> Result<Vec<OpenAsk>> {
    let sql = format!(
        "SELECT i.year, i.count, i.title, ap.name AS company, a.words FROM {INCIDENTS} JOIN asks a ON a.incident_id = i.id \
         JOIN providers ap ON ap.id = a.provider_id \
         WHERE {} AND c.which IS NULL AND a.answered_by IS NULL AND a.struck_at IS NULL ORDER BY a.id LIMIT {MOST}",
        known(actor)
    );
    let rows: Vec<AskRow> = diesel::sql_query(sql).load(tx.conn())?;
    let ask = |row: AskRow| {
        let (incident, company) = row.matter.named()?;
        Ok(OpenAsk { incident, company, words: row.words })
    };
    rows.into_iter().map(ask).collect()
}

#[derive(QueryableByName)]
struct SilentRow {
    #[diesel(embed)]
    matter: Matter,
    #[diesel(sql_type = Nullable<BigInt>)]
    since: Option<Micros>,
}

fn silent(tx: &mut Tx<'_>, actor: Actor, before: Stamp) -> Result<Vec<SilentIncident>> {
    let sql = format!(
        "SELECT i.year, i.count, i.title, p.name AS company, NULLIF(z.news_at, 0) AS since \
         FROM aux_standing z JOIN incidents i ON i.id = z.incident_id JOIN providers p ON p.id = i.provider_id \
         WHERE z.goes_on = 1 AND z.news_at < {} AND {} ORDER BY z.news_at, z.incident_id LIMIT {MOST}",
        before.timestamp_micros(),
        known(actor)
    );
    let rows: Vec<SilentRow> = diesel::sql_query(sql).load(tx.conn())?;
    let incident = |row: SilentRow| {
        let (incident, company) = row.matter.named()?;
        Ok(SilentIncident { incident, company, since: row.since.map(|since| since.0) })
    };
    rows.into_iter().map(incident).collect()
}

#[derive(QueryableByName)]
struct CompanyRow {
    #[diesel(sql_type = Text)]
    uid: Uid,
    #[diesel(sql_type = Text)]
    name: String,
    #[diesel(sql_type = BigInt)]
    open: i64,
}

fn companies(tx: &mut Tx<'_>, actor: Actor) -> Result<Vec<CompanyLoad>> {
    let sql = format!(
        "SELECT p.uid, p.name, o.open FROM (SELECT z.provider_id, count(*) AS open FROM aux_standing z WHERE z.goes_on = 1 AND {} \
         GROUP BY z.provider_id) o JOIN providers p ON p.id = o.provider_id ORDER BY o.open DESC, p.uid LIMIT {MOST}",
        known_by(actor, "z.incident_id")
    );
    let rows: Vec<CompanyRow> = diesel::sql_query(sql).load(tx.conn())?;
    Ok(rows.into_iter().map(|CompanyRow { uid, name, open }| CompanyLoad { uid, name, open }).collect())
}

#[derive(QueryableByName)]
struct Number {
    #[diesel(sql_type = BigInt)]
    #[expect(dead_code, reason = "that there is one is all that is asked")]
    value: i64,
}

fn any(tx: &mut Tx<'_>, actor: Actor) -> Result<bool> {
    let sql = format!("SELECT i.id AS value FROM incidents i WHERE {} LIMIT 1", known(actor));
    let found: Option<Number> = diesel::sql_query(sql).get_result(tx.conn()).optional()?;
    Ok(found.is_some())
}
