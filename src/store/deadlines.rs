//! Deadlines, as they were found last. Derived from the record: they stand in no ledger, and are found again with the verdicts.

use chrono::Duration;
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Nullable, Text};

use super::overview::{INCIDENTS, known};
use super::permit::{Permit, Writes};
use super::rows::{broken, moment, row};
use super::schema::aux_deadlines;
use super::types::{Day, Micros, ZoneName};
use super::{Denied, Result, StoreError, Tx};
use crate::domain::deadline::{Deadline, DeadlineKind, DeadlineList, Kept, Side};
use crate::domain::id::Id;
use crate::domain::incident::{Incident, IncidentNumber};
use crate::domain::moment::Stamp;
use crate::domain::party::Provider;
use crate::domain::permit::{Actor, Deed};
use crate::domain::person::Person;

/// How long a deadline that is none any more is kept, so that calendars hear of it.
const KEPT_DAYS: i64 = 90;

/// How many deadlines stand on one page.
const PER_PAGE: i64 = 50;

/// The most deadlines in one calendar: who has more has another problem than reading them all.
const MOST_IN_A_CALENDAR: i64 = 2000;

row! {
    /// A row of `aux_deadlines`.
    Row in aux_deadlines {
        uid: String,
        incident_id: Id<Incident>,
        kind: DeadlineKind,
        side: Side,
        provider_id: Id<Provider>,
        about: String,
        counts_at: Micros,
        at_from: Micros,
        at_to: Micros,
        at_words: Option<String>,
        at_zone: ZoneName,
        first_day: Option<Day>,
        last_day: Option<Day>,
        only_for: Option<Id<Person>>,
        sequence: i64,
        changed_at: Micros,
        gone_at: Option<Micros>,
    }
}

impl Row {
    fn new(incident: Id<Incident>, deadline: &Deadline, sequence: i64, changed_at: Stamp) -> Self {
        let (first_day, last_day) = deadline.days.unzip();
        Self {
            uid: deadline.uid.clone(),
            incident_id: incident,
            kind: deadline.kind,
            side: deadline.side,
            provider_id: deadline.company,
            about: deadline.about.clone(),
            counts_at: Micros(deadline.at),
            at_from: Micros(deadline.when.from),
            at_to: Micros(deadline.when.to),
            at_words: deadline.when.words.clone(),
            at_zone: ZoneName(deadline.when.zone),
            first_day: first_day.map(Day),
            last_day: last_day.map(Day),
            only_for: deadline.only_for,
            sequence,
            changed_at: Micros(changed_at),
            gone_at: None,
        }
    }

    /// Whether it says the same as `other`, whenever it was written.
    fn says_the_same(&self, other: &Self) -> bool {
        let what = |row: &Self| (row.kind, row.side, row.provider_id, row.about.clone(), row.only_for, row.gone_at);
        let when = |row: &Self| {
            let days = [&row.first_day, &row.last_day].map(|day| day.as_ref().map(|day| day.0));
            (row.counts_at, row.at_from, row.at_to, row.at_words.clone(), row.at_zone, days)
        };
        what(self) == what(other) && when(self) == when(other)
    }
}

/// Puts these deadlines in the place of those that the permit's incident had. What is the same stays as it is; what is other counts one
/// up; what is gone stays for a while as gone.
///
/// # Errors
/// [`StoreError::Database`].
pub fn replace<D: Writes>(tx: &mut Tx<'_>, permit: &Permit<'_, D, Incident>, deadlines: &[Deadline]) -> Result<()> {
    let (incident, now) = (permit.id(), tx.now());
    let old = Micros(now - Duration::days(KEPT_DAYS));
    diesel::delete(aux_deadlines::table.filter(aux_deadlines::gone_at.lt(old))).execute(tx.conn())?;
    let mine = aux_deadlines::table.filter(aux_deadlines::incident_id.eq(incident));
    let before: Vec<Row> = mine.select(Row::as_select()).load(tx.conn())?;
    for deadline in deadlines {
        let was = before.iter().find(|row| row.uid == deadline.uid);
        let row = Row::new(incident, deadline, was.map_or(0, |row| row.sequence + 1), now);
        match was {
            None => {
                diesel::insert_into(aux_deadlines::table).values(&row).execute(tx.conn())?;
            }
            Some(was) if !was.says_the_same(&row) => {
                diesel::update(aux_deadlines::table.find(&was.uid)).set(&row).execute(tx.conn())?;
            }
            Some(_) => {}
        }
    }
    let is_there = |row: &&Row| deadlines.iter().any(|deadline| deadline.uid == row.uid);
    for row in before.iter().filter(|row| row.gone_at.is_none() && !is_there(row)) {
        let gone = (
            aux_deadlines::gone_at.eq(Some(Micros(now))),
            aux_deadlines::changed_at.eq(Micros(now)),
            aux_deadlines::sequence.eq(row.sequence + 1),
        );
        diesel::update(aux_deadlines::table.find(&row.uid)).set(gone).execute(tx.conn())?;
    }
    Ok(())
}

/// Which promises are told among the deadlines.
#[derive(Clone, Copy, Debug)]
pub enum Among {
    /// All of them.
    All,
    /// Of the companies' those that fall due from then on, and none of ours: the rest stands elsewhere on the page.
    TheirsFrom(Stamp),
}

/// The deadlines that `actor` may know of and that have not passed before `from`, up to `until`. At most `most`, and how many there are.
///
/// # Errors
/// [`Denied::Forbidden`]; [`StoreError::Broken`] where something is not what we write.
pub fn near(
    tx: &mut Tx<'_>,
    actor: Actor,
    (from, until): (Stamp, Stamp),
    promises: Among,
    most: i64,
) -> Result<(Vec<Deadline>, i64)> {
    let [from, until] = [from, until].map(|at| at.timestamp_micros());
    let promises = match promises {
        Among::All => String::new(),
        Among::TheirsFrom(at) => {
            format!(" AND (d.kind <> 'promise' OR (d.side = 'company' AND d.at_to >= {}))", at.timestamp_micros())
        }
    };
    let near = format!("d.gone_at IS NULL AND d.at_to >= {from} AND d.counts_at < {until}{promises}");
    let rows = rows(tx, actor, &near, &format!("LIMIT {most}"))?;
    Ok((rows.into_iter().map(|kept| kept.deadline).collect(), count(tx, actor, &near)?))
}

/// One page of all the deadlines that `actor` may know of. A page behind the last one is the last one.
///
/// # Errors
/// As for [`near`].
pub fn list(tx: &mut Tx<'_>, actor: Actor, page: i64) -> Result<DeadlineList> {
    let pages = ((count(tx, actor, "d.gone_at IS NULL")? + PER_PAGE - 1) / PER_PAGE).max(1);
    let page = page.clamp(1, pages);
    let part = format!("LIMIT {PER_PAGE} OFFSET {}", (page - 1) * PER_PAGE);
    let rows = rows(tx, actor, "d.gone_at IS NULL", &part)?;
    Ok(DeadlineList { rows: rows.into_iter().map(|kept| kept.deadline).collect(), page, pages })
}

/// All the deadlines that `actor` may know of, and those that were some until lately.
///
/// # Errors
/// As for [`near`].
pub fn calendar(tx: &mut Tx<'_>, actor: Actor) -> Result<Vec<Kept>> {
    let old = (tx.now() - Duration::days(KEPT_DAYS)).timestamp_micros();
    rows(tx, actor, &format!("(d.gone_at IS NULL OR d.gone_at >= {old})"), &format!("LIMIT {MOST_IN_A_CALENDAR}"))
}

/// Which deadlines the actor may know of, of those that fulfil `condition`.
fn scope(actor: Actor, condition: &str) -> String {
    // No key is below 1.
    let me = actor.person().map_or(0, |me| me.raw());
    format!(
        "FROM {INCIDENTS} JOIN aux_deadlines d ON d.incident_id = i.id JOIN providers dp ON dp.id = d.provider_id \
         WHERE {} AND (d.only_for IS NULL OR d.only_for = {me}) AND {condition}",
        known(actor)
    )
}

fn rows(tx: &mut Tx<'_>, actor: Actor, condition: &str, part: &str) -> Result<Vec<Kept>> {
    if !actor.may(Deed::Look) {
        return Err(Denied::Forbidden.into());
    }
    let sql = format!(
        "SELECT i.year, i.count, i.title, dp.name AS company_name, d.uid, d.kind, d.side, d.provider_id, d.about, d.counts_at, \
         d.at_from, d.at_to, d.at_words, d.at_zone, d.first_day, d.last_day, d.only_for, d.sequence, d.changed_at, d.gone_at \
         {} ORDER BY d.counts_at, d.uid {part}",
        scope(actor, condition)
    );
    let rows: Vec<Shown> = diesel::sql_query(sql).load(tx.conn())?;
    rows.into_iter().map(Kept::try_from).collect()
}

fn count(tx: &mut Tx<'_>, actor: Actor, condition: &str) -> Result<i64> {
    let counted: Number =
        diesel::sql_query(format!("SELECT count(*) AS value {}", scope(actor, condition))).get_result(tx.conn())?;
    Ok(counted.value)
}

#[derive(QueryableByName)]
struct Number {
    #[diesel(sql_type = BigInt)]
    value: i64,
}

/// A deadline with what its incident and its company are called.
#[derive(QueryableByName)]
struct Shown {
    #[diesel(sql_type = BigInt)]
    year: i64,
    #[diesel(sql_type = BigInt)]
    count: i64,
    #[diesel(sql_type = Text)]
    title: String,
    #[diesel(sql_type = Text)]
    company_name: String,
    #[diesel(sql_type = Text)]
    uid: String,
    #[diesel(sql_type = Text)]
    kind: DeadlineKind,
    #[diesel(sql_type = Text)]
    side: Side,
    #[diesel(sql_type = BigInt)]
    provider_id: Id<Provider>,
    #[diesel(sql_type = Text)]
    about: String,
    #[diesel(sql_type = BigInt)]
    counts_at: Micros,
    #[diesel(sql_type = BigInt)]
    at_from: Micros,
    #[diesel(sql_type = BigInt)]
    at_to: Micros,
    #[diesel(sql_type = Nullable<Text>)]
    at_words: Option<String>,
    #[diesel(sql_type = Text)]
    at_zone: ZoneName,
    #[diesel(sql_type = Nullable<Text>)]
    first_day: Option<Day>,
    #[diesel(sql_type = Nullable<Text>)]
    last_day: Option<Day>,
    #[diesel(sql_type = Nullable<BigInt>)]
    only_for: Option<Id<Person>>,
    #[diesel(sql_type = BigInt)]
    sequence: i64,
    #[diesel(sql_type = BigInt)]
    changed_at: Micros,
    #[diesel(sql_type = Nullable<BigInt>)]
    gone_at: Option<Micros>,
}

impl TryFrom<Shown> for Kept {
    type Error = StoreError;

    fn try_from(row: Shown) -> Result<Self> {
        let year = i32::try_from(row.year)
            .map_err(|_| broken("incidents", format!("{}, {}", row.year, row.count), "its year is none"))?;
        let deadline = Deadline {
            uid: row.uid,
            incident: IncidentNumber { year, count: row.count },
            title: row.title,
            kind: row.kind,
            side: row.side,
            company: row.provider_id,
            company_name: row.company_name,
            about: row.about,
            at: row.counts_at.0,
            when: moment(row.at_from, row.at_to, row.at_words, row.at_zone),
            days: row.first_day.zip(row.last_day).map(|(first, last)| (first.0, last.0)),
            only_for: row.only_for,
        };
        Ok(Self { deadline, sequence: row.sequence, changed_at: row.changed_at.0, is_gone: row.gone_at.is_some() })
    }
}
