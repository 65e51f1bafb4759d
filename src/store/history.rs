//! The history of any noun, found by the name it has in URLs.
//!
//! The revisions are the ledger's payloads, read with a permit for what the noun belongs to. A revision that was private is its
//! author's alone, also after the thing was opened to others; so are private statements.

use diesel::prelude::*;
use serde_json::Value;

use super::entries;
use super::incidents;
use super::ledger::{self, Revision};
use super::permit::{Look, Permit};
use super::schema::{
    agreements, asks, changes, clauses, contacts, contracts, contradictions, credit_claims, entries as entry_rows, notices,
    papers, people, promises, providers, ruled_out, share_openings, shares, statements, verdicts,
};
use super::{Denied, Result, Tx, attachments, contracts as contract_permits, house, providers as provider_permits};
use crate::domain::contract::Contract;
use crate::domain::entry::Entry;
use crate::domain::id::{Id, Uid};
use crate::domain::incident::{Incident, IncidentNumber};
use crate::domain::ledger::ObjectKind;
use crate::domain::party::{Owner, Provider};
use crate::domain::permit::{Actor, Deed};
use crate::domain::person::Person;
use crate::domain::visibility::Visibility;

/// Where a thing stands: the page that leads back to it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Home {
    /// The house's own pages.
    House,
    /// A company's page.
    Provider(Uid),
    /// A contract's page.
    Contract(Uid),
    /// An incident's page.
    Incident(IncidentNumber),
}

/// All revisions of the thing of that kind called `uid`, the first one first, and where it stands. An incident is called by its
/// number: see [`of_incident`].
///
/// # Errors
/// [`Denied::NotFound`], also where the actor may not know of it; [`Denied::Forbidden`].
pub fn find(tx: &mut Tx<'_>, actor: Actor, kind: ObjectKind, uid: Uid) -> Result<(Vec<Revision>, Home)> {
    match kind {
        ObjectKind::Chain | ObjectKind::Incident => Err(Denied::NotFound.into()),
        ObjectKind::House => of_house(tx, actor),
        ObjectKind::Person => of_person(tx, actor, uid),
        ObjectKind::Provider | ObjectKind::Contact => of_company(tx, actor, kind, uid),
        ObjectKind::Contract | ObjectKind::Clause | ObjectKind::Agreement => of_contract(tx, actor, kind, uid),
        ObjectKind::Attachment => of_file(tx, actor, uid),
        ObjectKind::Entry | ObjectKind::Promise | ObjectKind::Contradiction => of_entry(tx, actor, kind, uid),
        ObjectKind::Ask
        | ObjectKind::RuledOut
        | ObjectKind::Change
        | ObjectKind::Notice
        | ObjectKind::Share
        | ObjectKind::Opening
        | ObjectKind::Verdict
        | ObjectKind::CreditClaim
        | ObjectKind::Paper => of_timeline(tx, actor, kind, uid),
    }
}

/// All revisions of the incident called `number`, the first one first.
///
/// # Errors
/// As for [`find`].
pub fn of_incident(tx: &mut Tx<'_>, actor: Actor, number: IncidentNumber) -> Result<Vec<Revision>> {
    let permit = incidents::to_look(tx, actor, number)?;
    ledger::history(tx, &permit, ObjectKind::Incident, permit.id().raw())
}

/// The key of the row called `uid`, and one more of its columns.
macro_rules! named {
    ($tx:expr, $table:ident.$column:ident, $uid:expr) => {{
        let found = $table::table.filter($table::uid.eq($uid)).select(($table::id, $table::$column)).first($tx.conn());
        found.optional()?.ok_or(Denied::NotFound)?
    }};
}

fn of_house(tx: &mut Tx<'_>, actor: Actor) -> Result<(Vec<Revision>, Home)> {
    let permit = house::to_look(tx, actor)?;
    Ok((ledger::history(tx, &permit, ObjectKind::House, house::HOUSE.raw())?, Home::House))
}

/// Everybody may read their own record's history, an admin everybody's.
fn of_person(tx: &mut Tx<'_>, actor: Actor, uid: Uid) -> Result<(Vec<Revision>, Home)> {
    let permit = house::to_look(tx, actor)?;
    let (id, _): (i64, i64) = named!(tx, people.revision, uid);
    if actor.person() != Some(Id::<Person>::new(id)) && !actor.may(Deed::Manage) {
        return Err(Denied::Forbidden.into());
    }
    Ok((ledger::history(tx, &permit, ObjectKind::Person, id)?, Home::House))
}

fn of_company(tx: &mut Tx<'_>, actor: Actor, kind: ObjectKind, uid: Uid) -> Result<(Vec<Revision>, Home)> {
    let (id, company): (i64, Uid) = match kind {
        ObjectKind::Provider => named!(tx, providers.uid, uid),
        _ => {
            let (id, company): (i64, Id<Provider>) = named!(tx, contacts.provider_id, uid);
            (id, providers::table.find(company).select(providers::uid).first(tx.conn())?)
        }
    };
    let permit = provider_permits::to_look(tx, actor, company)?;
    Ok((ledger::history(tx, &permit, kind, id)?, Home::Provider(company)))
}

fn of_contract(tx: &mut Tx<'_>, actor: Actor, kind: ObjectKind, uid: Uid) -> Result<(Vec<Revision>, Home)> {
    let (id, contract): (i64, Id<Contract>) = match kind {
        ObjectKind::Contract => named!(tx, contracts.id, uid),
        ObjectKind::Clause => named!(tx, clauses.contract_id, uid),
        _ => named!(tx, agreements.contract_id, uid),
    };
    in_contract(tx, actor, contract, kind, id)
}

fn in_contract(
    tx: &mut Tx<'_>,
    actor: Actor,
    contract: Id<Contract>,
    kind: ObjectKind,
    id: i64,
) -> Result<(Vec<Revision>, Home)> {
    let uid: Uid = contracts::table.find(contract).select(contracts::uid).first(tx.conn())?;
    let permit = contract_permits::to_look(tx, actor, uid)?;
    let revisions = ledger::history(tx, &permit, kind, id)?;
    Ok((revisions.into_iter().filter(|revision| is_known_to(actor, revision)).collect(), Home::Contract(uid)))
}

fn of_file(tx: &mut Tx<'_>, actor: Actor, uid: Uid) -> Result<(Vec<Revision>, Home)> {
    let file = attachments::find(tx, actor, uid)?;
    let id = file.id.raw();
    match file.owner {
        Owner::Entry(entry) => {
            let permit = entries::to_look(tx, actor, entry)?;
            in_incident(tx, &permit, ObjectKind::Attachment, id)
        }
        Owner::Clause(clause) => {
            let contract = clauses::table.find(clause).select(clauses::contract_id).first(tx.conn())?;
            in_contract(tx, actor, contract, ObjectKind::Attachment, id)
        }
        Owner::Agreement(agreement) => {
            let contract = agreements::table.find(agreement).select(agreements::contract_id).first(tx.conn())?;
            in_contract(tx, actor, contract, ObjectKind::Attachment, id)
        }
    }
}

/// What is there only for those who may know of an entry.
fn of_entry(tx: &mut Tx<'_>, actor: Actor, kind: ObjectKind, uid: Uid) -> Result<(Vec<Revision>, Home)> {
    let (id, entry): (i64, Id<Entry>) = match kind {
        ObjectKind::Entry => named!(tx, entry_rows.id, uid),
        ObjectKind::Promise => named!(tx, promises.entry_id, uid),
        _ => {
            let (id, statement): (i64, i64) = named!(tx, contradictions.statement_id, uid);
            (id, statements::table.find(statement).select(statements::entry_id).first(tx.conn())?)
        }
    };
    let permit = entries::to_look(tx, actor, entry)?;
    in_incident(tx, &permit, kind, id)
}

fn of_timeline(tx: &mut Tx<'_>, actor: Actor, kind: ObjectKind, uid: Uid) -> Result<(Vec<Revision>, Home)> {
    let (id, incident): (i64, Id<Incident>) = match kind {
        ObjectKind::Ask => named!(tx, asks.incident_id, uid),
        ObjectKind::RuledOut => named!(tx, ruled_out.incident_id, uid),
        ObjectKind::Change => named!(tx, changes.incident_id, uid),
        ObjectKind::Share => named!(tx, shares.incident_id, uid),
        ObjectKind::Opening => named!(tx, share_openings.incident_id, uid),
        ObjectKind::Verdict => named!(tx, verdicts.incident_id, uid),
        ObjectKind::CreditClaim => named!(tx, credit_claims.incident_id, uid),
        ObjectKind::Paper => named!(tx, papers.incident_id, uid),
        _ => named!(tx, notices.incident_id, uid),
    };
    let permit = incidents::to_look_by_id(tx, actor, incident)?;
    in_incident(tx, &permit, kind, id)
}

fn in_incident(tx: &mut Tx<'_>, permit: &Permit<'_, Look, Incident>, kind: ObjectKind, id: i64) -> Result<(Vec<Revision>, Home)> {
    let number = incidents::get(tx, permit)?.number;
    let actor = permit.actor();
    let revisions = ledger::history(tx, permit, kind, id)?.into_iter().filter(|revision| is_known_to(actor, revision));
    let revisions =
        revisions.map(|revision| Revision { payload: revision.payload.map(|payload| less_private(actor, payload)), ..revision });
    Ok((revisions.collect(), Home::Incident(number)))
}

/// A revision that was private is there for nobody but the thing's author.
fn is_known_to(actor: Actor, revision: &Revision) -> bool {
    let payload = revision.payload.as_ref();
    payload.is_none_or(|payload| payload["visibility"] != Visibility::Private.as_str() || is_by(actor, payload))
}

/// Whether the actor is the author of a thing, by what its payload says.
fn is_by(actor: Actor, payload: &Value) -> bool {
    let author = payload.get("author").or_else(|| payload.get("added_by")).and_then(Value::as_i64);
    author.map(Id::<Person>::new) == actor.person()
}

/// An entry's payload without the statements that are its author's alone.
fn less_private(actor: Actor, mut payload: Value) -> Value {
    if !is_by(actor, &payload)
        && let Some(statements) = payload.get_mut("statements").and_then(Value::as_array_mut)
    {
        statements.retain(|statement| statement["visibility"] != Visibility::Private.as_str());
    }
    payload
}
