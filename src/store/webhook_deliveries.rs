//! What webhooks are told: queued in the transaction of the change itself, claimed by one process, one row or none.

use chrono::Duration;
use diesel::dsl::{exists, not, sql};
use diesel::prelude::*;
use diesel::sql_types::Bool;
use serde_json::Value;

use super::dialect::both;
use super::incidents::to_look_by_id;
use super::permit::{Allows, Look, Manage, Permit};
use super::schema::{aux_deadlines, aux_webhook_deliveries as rows, incident_people, incidents};
use super::types::Micros;
use super::{Denied, Result, Tx, webhooks};
use crate::domain::deadline::DeadlineKind;
use crate::domain::id::{Id, Uid};
use crate::domain::incident::{Incident, IncidentNumber};
use crate::domain::ledger::{Chain, ObjectKind};
use crate::domain::moment::Stamp;
use crate::domain::permit::Actor;
use crate::domain::person::{House, Person};
use crate::domain::webhook::{About, Delivery, Event, KEPT, Miss, NEWS, PER_PAGE, Webhook};

/// A row of `aux_webhook_deliveries`, but for the claim.
#[derive(Queryable, Selectable, Insertable)]
#[diesel(table_name = rows)]
struct Row {
    id: Id<Delivery>,
    uid: Uid,
    webhook_id: Id<Webhook>,
    event: Option<Event>,
    incident_id: Option<Id<Incident>>,
    object_kind: Option<ObjectKind>,
    object_uid: Option<Uid>,
    by_id: Option<Id<Person>>,
    at: Micros,
    attempts: i64,
    next_at: Option<Micros>,
    arrived_at: Option<Micros>,
    status: Option<i64>,
    miss: Option<Miss>,
    miss_words: Option<String>,
}

impl From<Row> for Delivery {
    fn from(row: Row) -> Self {
        let (object, by, words) = (row.object_uid, row.by_id, row.miss_words.unwrap_or_default());
        let about = row.incident_id.zip(row.object_kind);
        Self {
            id: row.id,
            uid: row.uid,
            webhook: row.webhook_id,
            event: row.event,
            about: about.map(|(incident, kind)| About { incident, kind, object, by }),
            at: row.at.0,
            attempts: row.attempts,
            next_at: row.next_at.map(|at| at.0),
            arrived_at: row.arrived_at.map(|at| at.0),
            status: row.status,
            miss: row.miss.map(|miss| (miss, words)),
        }
    }
}

/// A page of messages, each with the number of its incident, and how many there are.
pub type Page = (Vec<(Delivery, Option<IncidentNumber>)>, i64);

/// Queues a message, to be sent at once; behind those that wait because one of them did not arrive, so that they arrive in order. A
/// trial waits for nothing.
fn queue(tx: &mut Tx<'_>, webhook: Id<Webhook>, event: Option<Event>, about: Option<&About>) -> Result<()> {
    let now = Micros(tx.now());
    let held = rows::table.filter(rows::webhook_id.eq(webhook)).filter(rows::next_at.gt(now));
    let until: Option<Micros> = match event {
        Some(_) => held.select(diesel::dsl::max(rows::next_at)).first(tx.conn())?,
        None => None,
    };
    let row = Row {
        id: tx.fresh_id()?,
        uid: tx.fresh_uid()?,
        webhook_id: webhook,
        event,
        incident_id: about.map(|about| about.incident),
        object_kind: about.map(|about| about.kind),
        object_uid: about.and_then(|about| about.object),
        by_id: about.and_then(|about| about.by),
        at: now,
        attempts: 0,
        next_at: Some(until.unwrap_or(now)),
        arrived_at: None,
        status: None,
        miss: None,
        miss_words: None,
    };
    // Another process may have told of the same promise meanwhile.
    both!(tx.conn(), |conn| diesel::insert_into(rows::table).values(&row).on_conflict_do_nothing().execute(conn))?;
    Ok(())
}

/// What is written to a ledger.
pub(super) struct Written<'a> {
    /// To which chain.
    pub chain: Chain,
    /// By whom.
    pub actor: Actor,
    /// By which use case.
    pub action: &'a str,
    /// About what kind of thing.
    pub kind: ObjectKind,
    /// Its revision.
    pub revision: i64,
    /// The thing.
    pub payload: &'a Value,
}

/// Queues that for all who want to be told of it. Whether they may know is asked when it is sent.
pub(super) fn queue_for(tx: &mut Tx<'_>, written: &Written<'_>) -> Result<()> {
    let Chain::Incident(incident) = written.chain else { return Ok(()) };
    let Some(event) = Event::of(written.action, written.kind, written.revision) else { return Ok(()) };
    let object = written.payload.get("uid").and_then(Value::as_str).and_then(|uid| uid.parse().ok());
    let about = About { incident, kind: written.kind, object, by: written.actor.person() };
    for webhook in webhooks::told_of(tx, event)? {
        queue(tx, webhook, Some(event), Some(&about))?;
    }
    Ok(())
}

/// Promises whose time has passed lately, with those who are to be told of it and were not; none of an incident that is restricted to
/// some of us. Asking writes nothing.
///
/// # Errors
/// [`super::StoreError::Database`].
pub fn overdue(tx: &mut Tx<'_>) -> Result<Vec<(Id<Webhook>, About)>> {
    let told = webhooks::told_of(tx, Event::PromiseOverdue)?;
    if told.is_empty() {
        return Ok(Vec::new());
    }
    let (now, old) = (Micros(tx.now()), Micros(tx.now() - NEWS));
    let readers = incident_people::table.filter(incident_people::incident_id.eq(aux_deadlines::incident_id));
    let passed = aux_deadlines::table
        .filter(aux_deadlines::kind.eq(DeadlineKind::Promise))
        .filter(aux_deadlines::at_to.le(now))
        .filter(aux_deadlines::at_to.gt(old))
        .filter(aux_deadlines::gone_at.is_null())
        .filter(aux_deadlines::only_for.is_null())
        .filter(not(exists(readers)))
        .order(aux_deadlines::at_to);
    let passed: Vec<(String, Id<Incident>)> = passed.select((aux_deadlines::uid, aux_deadlines::incident_id)).load(tx.conn())?;
    if passed.is_empty() {
        return Ok(Vec::new());
    }
    // Said as the index says it: what is bound does not lead there in SQLite.
    let overdue = rows::table.filter(sql::<Bool>("event = 'promise.overdue'"));
    let heard = overdue.filter(rows::webhook_id.eq_any(told.iter().copied())).select((rows::webhook_id, rows::object_uid));
    let heard: Vec<(Id<Webhook>, Option<Uid>)> = heard.load(tx.conn())?;
    let mut untold = Vec::new();
    for (name, incident) in passed {
        let Some(promise) = promise_in(&name) else { continue };
        let about = About { incident, kind: ObjectKind::Promise, object: Some(promise), by: None };
        let deaf = told.iter().filter(|webhook| !heard.contains(&(**webhook, Some(promise))));
        untold.extend(deaf.map(|webhook| (*webhook, about.clone())));
    }
    Ok(untold)
}

/// The promise that gives a deadline of that name.
fn promise_in(name: &str) -> Option<Uid> {
    name.strip_prefix("promise-")?.get(..36)?.parse().ok()
}

/// Queues that for all who are to be told of it and were not.
///
/// # Errors
/// [`super::StoreError::Database`].
pub fn queue_overdue(tx: &mut Tx<'_>) -> Result<()> {
    for (webhook, about) in overdue(tx)? {
        queue(tx, webhook, Some(Event::PromiseOverdue), Some(&about))?;
    }
    Ok(())
}

/// Queues a trial.
///
/// # Errors
/// [`super::StoreError::Database`].
pub fn queue_trial(tx: &mut Tx<'_>, _permit: &Permit<'_, Manage, House>, webhook: Id<Webhook>) -> Result<()> {
    queue(tx, webhook, None, None)
}

/// What a webhook is or was told, but for what was dropped by [`forget`].
#[diesel::dsl::auto_type(no_type_alias)]
fn listed(of: Id<Webhook>) -> _ {
    rows::table.filter(rows::webhook_id.eq(of)).filter(rows::event.is_null().or(rows::incident_id.is_not_null()))
}

/// A page of a webhook's messages, the latest first, each with its incident's number, and how many there are.
///
/// # Errors
/// [`super::StoreError::Database`].
pub fn page<D: Allows>(tx: &mut Tx<'_>, _permit: &Permit<'_, D, House>, of: Id<Webhook>, page: i64) -> Result<Page> {
    let found: Vec<(Row, Option<i64>, Option<i64>)> = listed(of)
        .left_join(incidents::table)
        .order(rows::id.desc())
        .limit(PER_PAGE)
        .offset((page.max(1) - 1).saturating_mul(PER_PAGE))
        .select((Row::as_select(), incidents::year.nullable(), incidents::count.nullable()))
        .load(tx.conn())?;
    let number = |year: Option<i64>, count: Option<i64>| Some(IncidentNumber { year: i32::try_from(year?).ok()?, count: count? });
    let told = found.into_iter().map(|(row, year, count)| (row.into(), number(year, count))).collect();
    Ok((told, listed(of).count().get_result(tx.conn())?))
}

/// How each webhook's last message that was tried came out, and how many wait.
///
/// # Errors
/// [`super::StoreError::Database`].
pub fn last<D: Allows>(tx: &mut Tx<'_>, _permit: &Permit<'_, D, House>, of: Id<Webhook>) -> Result<(Option<Delivery>, i64)> {
    let tried = listed(of).filter(rows::attempts.gt(0)).order(rows::id.desc());
    let row: Option<Row> = tried.select(Row::as_select()).first(tx.conn()).optional()?;
    let waiting = listed(of).filter(rows::next_at.is_not_null()).count().get_result(tx.conn())?;
    Ok((row.map(Delivery::from), waiting))
}

/// Lets a message of that webhook be sent once more, now, however often it was.
///
/// # Errors
/// [`Denied::NotFound`] where it has no such message.
pub fn again(tx: &mut Tx<'_>, _permit: &Permit<'_, Manage, House>, of: Id<Webhook>, message: Uid) -> Result<()> {
    let now = tx.now();
    let its = listed(of).filter(rows::uid.eq(message));
    let anew = (rows::attempts.eq(0), rows::next_at.eq(Some(Micros(now))), rows::arrived_at.eq(None::<Micros>));
    let queued = diesel::update(its).set(anew).execute(tx.conn())?;
    if queued == 0 { Err(Denied::NotFound.into()) } else { Ok(()) }
}

/// Sends nothing of what waits for that webhook.
///
/// # Errors
/// [`super::StoreError::Database`].
pub fn drop_waiting(tx: &mut Tx<'_>, of: Id<Webhook>) -> Result<()> {
    let its = rows::table.filter(rows::webhook_id.eq(of)).filter(rows::next_at.is_not_null());
    diesel::update(its).set(rows::next_at.eq(None::<Micros>)).execute(tx.conn())?;
    Ok(())
}

/// The key of a message that is due and that nobody has in hand; none for whoever is just being told of another by somebody else, so
/// that they hear of things in order. Two that take their messages in hand at the very same moment may still pass each other.
///
/// # Errors
/// [`super::StoreError::Database`].
pub fn due(tx: &mut Tx<'_>) -> Result<Option<Id<Delivery>>> {
    let now = Micros(tx.now());
    let in_hand = rows::table.filter(rows::next_at.le(now)).filter(rows::claimed_until.gt(now));
    let busy: Vec<Id<Webhook>> = in_hand.select(rows::webhook_id).load(tx.conn())?;
    let free = rows::claimed_until.is_null().or(rows::claimed_until.le(now));
    let due = rows::table.filter(rows::next_at.le(now)).filter(free).filter(rows::webhook_id.ne_all(busy));
    Ok(due.order((rows::next_at, rows::id)).select(rows::id).first(tx.conn()).optional()?)
}

/// Takes that message in hand for so long, and counts a try; none where somebody else was faster.
///
/// # Errors
/// [`super::StoreError::Database`].
pub fn claim(tx: &mut Tx<'_>, id: Id<Delivery>, hold: Duration) -> Result<Option<Delivery>> {
    let now = tx.now();
    let free = rows::claimed_until.is_null().or(rows::claimed_until.le(Micros(now)));
    let mine = rows::table.find(id).filter(rows::next_at.le(Micros(now))).filter(free);
    let claimed = diesel::update(mine)
        .set((rows::claimed_until.eq(Some(Micros(now + hold))), rows::attempts.eq(rows::attempts + 1)))
        .execute(tx.conn())?;
    if claimed == 0 {
        return Ok(None);
    }
    let row: Row = rows::table.find(id).select(Row::as_select()).first(tx.conn())?;
    Ok(Some(row.into()))
}

/// The permit to look at the incident of a message.
///
/// # Errors
/// [`Denied::NotFound`].
pub fn to_tell<'tx>(tx: &mut Tx<'tx>, about: &About) -> Result<Permit<'tx, Look, Incident>> {
    to_look_by_id(tx, Actor::House, about.incident)
}

/// Notes that it arrived.
///
/// # Errors
/// [`super::StoreError::Database`].
pub fn arrived(tx: &mut Tx<'_>, id: Id<Delivery>, status: i64) -> Result<()> {
    let done = (
        rows::arrived_at.eq(Some(Micros(tx.now()))),
        rows::status.eq(Some(status)),
        rows::next_at.eq(None::<Micros>),
        rows::claimed_until.eq(None::<Micros>),
        rows::miss.eq(None::<Miss>),
        rows::miss_words.eq(None::<String>),
    );
    diesel::update(rows::table.find(id)).set(done).execute(tx.conn())?;
    Ok(())
}

/// Why a message did not arrive.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Missed {
    /// Why.
    pub miss: Miss,
    /// What was said.
    pub words: String,
    /// The answer's status, if one came.
    pub status: Option<i64>,
}

/// Notes why it did not arrive, and when it is tried again; none where it is given up. What waits for the same webhook waits as long.
///
/// # Errors
/// [`super::StoreError::Database`].
pub fn missed(tx: &mut Tx<'_>, of: &Delivery, missed: &Missed, next: Option<Stamp>) -> Result<()> {
    let outcome = (
        rows::next_at.eq(next.map(Micros)),
        rows::claimed_until.eq(None::<Micros>),
        rows::status.eq(missed.status),
        rows::miss.eq(Some(missed.miss)),
        rows::miss_words.eq(Some(&missed.words)),
    );
    diesel::update(rows::table.find(of.id)).set(outcome).execute(tx.conn())?;
    if let Some(next) = next {
        let others = rows::table.filter(rows::webhook_id.eq(of.webhook)).filter(rows::next_at.lt(Micros(next)));
        diesel::update(others).set(rows::next_at.eq(Some(Micros(next)))).execute(tx.conn())?;
    }
    Ok(())
}

/// Drops a message of which nobody is to be told any more. Of a promise that was not kept, which would be found out anew, stays that
/// there was one; no list shows it, and it goes with what is old.
///
/// # Errors
/// [`super::StoreError::Database`].
pub fn forget(tx: &mut Tx<'_>, id: Id<Delivery>) -> Result<()> {
    let nothing = (
        rows::incident_id.eq(None::<Id<Incident>>),
        rows::object_kind.eq(None::<ObjectKind>),
        rows::next_at.eq(None::<Micros>),
        rows::claimed_until.eq(None::<Micros>),
    );
    let overdue = rows::table.find(id).filter(rows::event.eq(Event::PromiseOverdue));
    if diesel::update(overdue).set(nothing).execute(tx.conn())? == 0 {
        diesel::delete(rows::table.find(id)).execute(tx.conn())?;
    }
    Ok(())
}

/// Whether anything is too old to be kept. Asking writes nothing.
///
/// # Errors
/// [`super::StoreError::Database`].
pub fn any_old(tx: &mut Tx<'_>) -> Result<bool> {
    let old = rows::table.filter(rows::next_at.is_null()).filter(rows::at.lt(Micros(tx.now() - KEPT)));
    Ok(diesel::select(exists(old)).get_result(tx.conn())?)
}

/// Forgets what is too old.
///
/// # Errors
/// [`super::StoreError::Database`].
pub fn sweep(tx: &mut Tx<'_>) -> Result<()> {
    let old = rows::table.filter(rows::next_at.is_null()).filter(rows::at.lt(Micros(tx.now() - KEPT)));
    diesel::delete(old).execute(tx.conn())?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::StoreError;
    use crate::store::schema::aux_webhooks;
    use crate::store::testing::{at, on_each};

    #[test]
    fn two_who_find_out_at_once_that_a_promise_was_not_kept_tell_of_it_once() -> Result<()> {
        on_each(|scene| {
            let queued = scene.store.write(at(0), |tx| {
                let about = About { incident: Id::new(1), kind: ObjectKind::Promise, object: Some(tx.fresh_uid()?), by: None };
                let other = About { object: Some(tx.fresh_uid()?), ..about.clone() };
                for about in [&about, &about, &other] {
                    queue(tx, Id::new(1), Some(Event::PromiseOverdue), Some(about))?;
                    // What happens to it later is told each time.
                    queue(tx, Id::new(1), Some(Event::PromiseSettled), Some(about))?;
                }
                let of = |event| rows::table.filter(rows::event.eq(event)).count();
                let overdue: i64 = of(Event::PromiseOverdue).get_result(tx.conn())?;
                let settled: i64 = of(Event::PromiseSettled).get_result(tx.conn())?;
                // Neither the webhook nor the incident is there: nothing of it stays.
                Err::<(), _>(StoreError::Open(format!("{overdue} {settled}")))
            });
            assert!(matches!(&queued, Err(StoreError::Open(counts)) if counts == "2 3"), "{queued:?}");
            Ok(())
        })
    }

    /// A webhook that wants to be told of promises that were not kept, and one promise that was not a minute ago.
    fn a_promise_not_kept(tx: &mut Tx<'_>) -> Result<()> {
        let (webhook, promise, late) = (tx.fresh_uid()?, tx.fresh_uid()?, Micros(at(-1)));
        let webhook = (
            aux_webhooks::id.eq(1),
            aux_webhooks::uid.eq(webhook),
            aux_webhooks::name.eq("The room"),
            aux_webhooks::shape.eq("standard"),
            aux_webhooks::events.eq("promise.overdue"),
            aux_webhooks::locale.eq("en"),
            aux_webhooks::host.eq(""),
            aux_webhooks::site.eq(""),
            aux_webhooks::sealed.eq(""),
            aux_webhooks::made_at.eq(late),
        );
        diesel::insert_into(aux_webhooks::table).values(webhook).execute(tx.conn())?;
        let deadline = (
            aux_deadlines::uid.eq(format!("promise-{promise}")),
            aux_deadlines::incident_id.eq(1),
            aux_deadlines::kind.eq(DeadlineKind::Promise),
            aux_deadlines::side.eq("theirs"),
            aux_deadlines::provider_id.eq(1),
            aux_deadlines::about.eq(""),
            aux_deadlines::counts_at.eq(late),
            aux_deadlines::at_from.eq(late),
            aux_deadlines::at_to.eq(late),
            aux_deadlines::at_zone.eq("Asia/Tokyo"),
            aux_deadlines::sequence.eq(0),
            aux_deadlines::changed_at.eq(late),
        );
        diesel::insert_into(aux_deadlines::table).values(deadline).execute(tx.conn())?;
        Ok(())
    }

    #[test]
    fn a_promise_of_a_restricted_incident_is_not_queued_and_one_of_which_nobody_may_be_told_is_not_queued_again() -> Result<()> {
        on_each(|scene| {
            let found = scene.store.write(at(0), |tx| {
                a_promise_not_kept(tx)?;
                let open = overdue(tx)?.len();
                let reader =
                    (incident_people::incident_id.eq(1), incident_people::position.eq(0), incident_people::person_id.eq(1));
                diesel::insert_into(incident_people::table).values(reader).execute(tx.conn())?;
                let restricted = overdue(tx)?.len();
                diesel::delete(incident_people::table).execute(tx.conn())?;
                queue_overdue(tx)?;
                let queued: Id<Delivery> = rows::table.select(rows::id).first(tx.conn())?;
                forget(tx, queued)?;
                let (dropped, waits) = (overdue(tx)?.len(), due(tx)?.is_some());
                // Neither the incident nor its company is there: nothing of it stays.
                Err::<(), _>(StoreError::Open(format!("{open} {restricted} {dropped} {waits}")))
            });
            assert!(matches!(&found, Err(StoreError::Open(counts)) if counts == "1 0 0 false"), "{found:?}");
            Ok(())
        })
    }

    #[test]
    fn whoever_is_being_told_of_something_is_told_of_nothing_else_by_another_process() -> Result<()> {
        on_each(|scene| {
            let found = scene.store.write(at(0), |tx| {
                let about = About { incident: Id::new(1), kind: ObjectKind::Entry, object: None, by: None };
                for webhook in [1, 1, 2] {
                    queue(tx, Id::new(webhook), Some(Event::EntryRecorded), Some(&about))?;
                }
                let mut told = Vec::new();
                while let Some(id) = due(tx)? {
                    let taken = claim(tx, id, Duration::minutes(1))?;
                    told.extend(taken.map(|delivery| delivery.webhook.raw().to_string()));
                }
                Err::<(), _>(StoreError::Open(told.join(" ")))
            });
            assert!(matches!(&found, Err(StoreError::Open(told)) if told == "1 2"), "{found:?}");
            Ok(())
        })
    }
}
