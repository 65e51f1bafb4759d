//! What wants to be done, over all incidents that somebody may know of.
//!
//! Written as SQL, beside [`super::overview`], with which it shares what a list of incidents is. What is put into the text is ours:
//! words of enumerations, and numbers.

use chrono::Duration;
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Nullable, Text};

use super::overview::{INCIDENTS, known, open_promise};
use super::rows::{broken, maybe_moment};
use super::types::{Micros, YesNo, ZoneName};
use super::{Denied, Result, Tx};
use crate::domain::id::Uid;
use crate::domain::incident::IncidentNumber;
use crate::domain::moment::Stamp;
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
    // Nobody of us wrote it: where it was made private, nobody sees it.
    let sql = format!(
        "SELECT i.year, i.count, i.title, COALESCE(ep.name, p.name) AS company, e.uid, rp.name, rp.department, rp.takes_over, \
         e.recorded_at AS at FROM {INCIDENTS} JOIN entries e ON e.incident_id = i.id JOIN replies rp ON rp.entry_id = e.id \
         LEFT JOIN providers ep ON ep.id = e.provider_id \
         WHERE {} AND rp.noted_at IS NULL AND e.struck_at IS NULL AND e.visibility <> 'private' ORDER BY e.id LIMIT {MOST}",
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

fn promises(tx: &mut Tx<'_>, actor: Actor, day_end: Stamp) -> Result<Vec<DuePromise>> {
    let sql = format!(
        "SELECT i.year, i.count, i.title, COALESCE(sp.name, us.name, p.name) AS company, q.uid, st.words, \
         q.due_from, q.due_to, q.due_words, q.due_zone \
         FROM {INCIDENTS} JOIN promises q ON q.incident_id = i.id JOIN entries e ON e.id = q.entry_id \
         JOIN statements st ON st.id = q.statement_id LEFT JOIN providers sp ON sp.id = st.provider_id \
         LEFT JOIN people us ON us.id = st.person_id \
         WHERE {} AND c.which IS NULL AND {} AND q.due_to < {} ORDER BY q.due_to, q.id LIMIT {MOST}",
        known(actor),
        open_promise(actor),
        day_end.timestamp_micros()
    );
    let rows: Vec<PromiseRow> = diesel::sql_query(sql).load(tx.conn())?;
    let promise = |row: PromiseRow| {
        let misfit = |what| broken("promises", row.uid, what);
        let due = maybe_moment((row.due_from, row.due_to, row.due_words, row.due_zone)).map_err(misfit)?;
        let due = due.ok_or_else(|| misfit("it is due at no time"))?;
        let (incident, company) = row.matter.named()?;
        Ok(DuePromise { incident, company, uid: row.uid, words: row.words, due })
    };
    rows.into_iter().map(promise).collect()
}

/// What one of us has taken on and is not due today and not overdue: that is told with the promises.
fn steps(tx: &mut Tx<'_>, actor: Actor, day_end: Stamp) -> Result<Vec<OpenStep>> {
    let sql = format!(
        "SELECT i.year, i.count, i.title, COALESCE(us.name, '') AS company, q.uid, st.words, \
         q.due_from, q.due_to, q.due_words, q.due_zone \
         FROM {INCIDENTS} JOIN promises q ON q.incident_id = i.id JOIN entries e ON e.id = q.entry_id \
         JOIN statements st ON st.id = q.statement_id LEFT JOIN people us ON us.id = st.person_id \
         WHERE {} AND st.provider_id IS NULL AND {} AND (q.due_to IS NULL OR q.due_to >= {}) \
         ORDER BY q.due_to IS NULL, q.due_to, q.id LIMIT {MOST}",
        known(actor),
        open_promise(actor),
        day_end.timestamp_micros()
    );
    let rows: Vec<PromiseRow> = diesel::sql_query(sql).load(tx.conn())?;
    let step = |row: PromiseRow| {
        let due = maybe_moment((row.due_from, row.due_to, row.due_words, row.due_zone));
        let due = due.map_err(|what| broken("promises", row.uid, what))?;
        let (incident, owner) = row.matter.named()?;
        Ok(OpenStep { incident, owner, uid: row.uid, words: row.words, due })
    };
    rows.into_iter().map(step).collect()
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
    // A private note is news to its author alone.
    let last = "(SELECT max(e.recorded_at) FROM entries e WHERE e.incident_id = i.id AND e.struck_at IS NULL \
        AND e.visibility <> 'private')";
    let sql = format!(
        "SELECT i.year, i.count, i.title, p.name AS company, {last} AS since FROM {INCIDENTS} \
         WHERE {} AND c.which IS NULL AND r.which IS NULL AND COALESCE({last}, 0) < {} \
         ORDER BY COALESCE({last}, 0), i.id LIMIT {MOST}",
        known(actor),
        before.timestamp_micros()
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
        "SELECT p.uid, p.name, count(*) AS open FROM {INCIDENTS} WHERE {} AND c.which IS NULL AND r.which IS NULL \
         GROUP BY p.uid, p.name ORDER BY 3 DESC, p.uid LIMIT {MOST}",
        known(actor)
    );
    let rows: Vec<CompanyRow> = diesel::sql_query(sql).load(tx.conn())?;
    Ok(rows.into_iter().map(|CompanyRow { uid, name, open }| CompanyLoad { uid, name, open }).collect())
}

#[derive(QueryableByName)]
struct Number {
    #[diesel(sql_type = BigInt)]
    value: i64,
}

fn any(tx: &mut Tx<'_>, actor: Actor) -> Result<bool> {
    let sql = format!("SELECT count(*) AS value FROM {INCIDENTS} WHERE {}", known(actor));
    let counted: Number = diesel::sql_query(sql).get_result(tx.conn())?;
    Ok(counted.value > 0)
}
