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
use super::{Denied, Result, Tx, attachments, contracts as contract_permits, house, live, providers as provider_permits};
use crate::domain::contract::Contract;
use crate::domain::entry::Entry;
use crate::domain::erasure::Erasure;
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

/// A thing, and where it stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Placed {
    id: i64,
    home: Home,
}

/// That contents were taken out: the row that says so, and what it says.
pub type Erased = (Revision, Erasure);

/// A thing's history.
#[derive(Clone, Debug, PartialEq)]
pub struct Told {
    /// All its revisions, the first one first.
    pub revisions: Vec<Revision>,
    /// That earlier ones were taken out, the first time first.
    pub erasures: Vec<Erased>,
    /// Where the thing stands.
    pub home: Home,
}

impl Told {
    /// How many contents before the last stand there still.
    pub fn earlier(&self) -> usize {
        let before = self.revisions.len().saturating_sub(1);
        self.revisions.iter().take(before).filter(|revision| revision.payload.is_some()).count()
    }
}

/// The history of the thing of that kind called `name`: its uid, or an incident's number.
///
/// # Errors
/// [`Denied::NotFound`], also where the actor may not know of it; [`Denied::Forbidden`].
pub fn find(tx: &mut Tx<'_>, actor: Actor, kind: ObjectKind, name: &str) -> Result<Told> {
    let Placed { id, home } = placed(tx, actor, kind, name)?;
    let (revisions, erasures) = match home {
        Home::House => {
            let permit = house::to_look(tx, actor)?;
            read(tx, &permit, kind, id)?
        }
        Home::Provider(uid) => {
            let permit = provider_permits::to_look(tx, actor, uid)?;
            read(tx, &permit, kind, id)?
        }
        Home::Contract(uid) => {
            let permit = contract_permits::to_look(tx, actor, uid)?;
            read(tx, &permit, kind, id)?
        }
        Home::Incident(number) => {
            let permit = incidents::to_look(tx, actor, number)?;
            read(tx, &permit, kind, id)?
        }
    };
    Ok(Told { revisions, erasures, home })
}

fn read<T>(tx: &mut Tx<'_>, permit: &Permit<'_, Look, T>, kind: ObjectKind, id: i64) -> Result<(Vec<Revision>, Vec<Erased>)> {
    let actor = permit.actor();
    let revisions = ledger::history(tx, permit, kind, id)?.into_iter().filter(|revision| is_known_to(actor, revision));
    let revisions =
        revisions.map(|revision| Revision { payload: revision.payload.map(|payload| less_private(actor, payload)), ..revision });
    Ok((revisions.collect(), ledger::erasures(tx, permit, kind, id)?))
}

/// Takes all but the last contents of that thing out of the ledger, and of an entry what was tapped during its call. Only for who
/// manages the house.
///
/// # Errors
/// As for [`find`]; [`Denied::NotFound`] also where there is nothing earlier.
pub fn erase_earlier(
    tx: &mut Tx<'_>,
    actor: Actor,
    action: ledger::Action,
    (kind, name): (ObjectKind, &str),
    reason: &str,
) -> Result<Home> {
    // Without the house's permit, which keeps its chain locked: it is taken after the chains of other things.
    if !actor.may(Deed::Manage) {
        return Err(Denied::Forbidden.into());
    }
    let Placed { id, home } = placed(tx, actor, kind, name)?;
    match home {
        Home::House => {
            let permit = house::to_manage(tx, actor)?;
            ledger::erase_earlier(tx, &permit, action, (kind, id), reason)?;
        }
        Home::Provider(uid) => {
            let permit = provider_permits::for_edit(tx, actor, uid)?;
            ledger::erase_earlier(tx, &permit, action, (kind, id), reason)?;
        }
        Home::Contract(uid) => {
            let permit = contract_permits::for_edit(tx, actor, uid)?;
            ledger::erase_earlier(tx, &permit, action, (kind, id), reason)?;
        }
        Home::Incident(number) => {
            let permit = incidents::for_edit(tx, actor, number)?;
            ledger::erase_earlier(tx, &permit, action, (kind, id), reason)?;
            if kind == ObjectKind::Entry {
                live::forget_call_of(tx, &permit, Id::new(id))?;
            }
        }
    }
    Ok(home)
}

fn placed(tx: &mut Tx<'_>, actor: Actor, kind: ObjectKind, name: &str) -> Result<Placed> {
    if kind == ObjectKind::Incident {
        let number = name.parse().map_err(|_| Denied::NotFound)?;
        let permit = incidents::to_look(tx, actor, number)?;
        return Ok(Placed { id: permit.id().raw(), home: Home::Incident(number) });
    }
    let uid: Uid = name.parse().map_err(|_| Denied::NotFound)?;
    match kind {
        ObjectKind::Chain | ObjectKind::Incident | ObjectKind::Erasure => Err(Denied::NotFound.into()),
        ObjectKind::House => {
            house::to_look(tx, actor)?;
            Ok(Placed { id: house::HOUSE.raw(), home: Home::House })
        }
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

/// The key of the row called `uid`, and one more of its columns.
macro_rules! named {
    ($tx:expr, $table:ident.$column:ident, $uid:expr) => {{
        let found = $table::table.filter($table::uid.eq($uid)).select(($table::id, $table::$column)).first($tx.conn());
        found.optional()?.ok_or(Denied::NotFound)?
    }};
}

/// Everybody may read their own record's history, an admin everybody's.
fn of_person(tx: &mut Tx<'_>, actor: Actor, uid: Uid) -> Result<Placed> {
    house::to_look(tx, actor)?;
    let (id, _): (i64, i64) = named!(tx, people.revision, uid);
    if actor.person() != Some(Id::<Person>::new(id)) && !actor.may(Deed::Manage) {
        return Err(Denied::Forbidden.into());
    }
    Ok(Placed { id, home: Home::House })
}

fn of_company(tx: &mut Tx<'_>, actor: Actor, kind: ObjectKind, uid: Uid) -> Result<Placed> {
    let (id, company): (i64, Uid) = match kind {
        ObjectKind::Provider => named!(tx, providers.uid, uid),
        _ => {
            let (id, company): (i64, Id<Provider>) = named!(tx, contacts.provider_id, uid);
            (id, providers::table.find(company).select(providers::uid).first(tx.conn())?)
        }
    };
    provider_permits::to_look(tx, actor, company)?;
    Ok(Placed { id, home: Home::Provider(company) })
}

fn of_contract(tx: &mut Tx<'_>, actor: Actor, kind: ObjectKind, uid: Uid) -> Result<Placed> {
    let (id, contract): (i64, Id<Contract>) = match kind {
        ObjectKind::Contract => named!(tx, contracts.id, uid),
        ObjectKind::Clause => named!(tx, clauses.contract_id, uid),
        _ => named!(tx, agreements.contract_id, uid),
    };
    in_contract(tx, actor, contract, id)
}

fn in_contract(tx: &mut Tx<'_>, actor: Actor, contract: Id<Contract>, id: i64) -> Result<Placed> {
    let uid: Uid = contracts::table.find(contract).select(contracts::uid).first(tx.conn())?;
    contract_permits::to_look(tx, actor, uid)?;
    Ok(Placed { id, home: Home::Contract(uid) })
}

fn of_file(tx: &mut Tx<'_>, actor: Actor, uid: Uid) -> Result<Placed> {
    let file = attachments::find(tx, actor, uid)?;
    let id = file.id.raw();
    match file.owner {
        Owner::Entry(entry) => {
            let permit = entries::to_look(tx, actor, entry)?;
            in_incident(tx, &permit, id)
        }
        Owner::Clause(clause) => {
            let contract = clauses::table.find(clause).select(clauses::contract_id).first(tx.conn())?;
            in_contract(tx, actor, contract, id)
        }
        Owner::Agreement(agreement) => {
            let contract = agreements::table.find(agreement).select(agreements::contract_id).first(tx.conn())?;
            in_contract(tx, actor, contract, id)
        }
    }
}

/// What is there only for those who may know of an entry.
fn of_entry(tx: &mut Tx<'_>, actor: Actor, kind: ObjectKind, uid: Uid) -> Result<Placed> {
    let (id, entry): (i64, Id<Entry>) = match kind {
        ObjectKind::Entry => named!(tx, entry_rows.id, uid),
        ObjectKind::Promise => named!(tx, promises.entry_id, uid),
        _ => {
            let (id, statement): (i64, i64) = named!(tx, contradictions.statement_id, uid);
            (id, statements::table.find(statement).select(statements::entry_id).first(tx.conn())?)
        }
    };
    let permit = entries::to_look(tx, actor, entry)?;
    in_incident(tx, &permit, id)
}

fn of_timeline(tx: &mut Tx<'_>, actor: Actor, kind: ObjectKind, uid: Uid) -> Result<Placed> {
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
    in_incident(tx, &permit, id)
}

fn in_incident(tx: &mut Tx<'_>, permit: &Permit<'_, Look, Incident>, id: i64) -> Result<Placed> {
    Ok(Placed { id, home: Home::Incident(incidents::get(tx, permit)?.number) })
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
