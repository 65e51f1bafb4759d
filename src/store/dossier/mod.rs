//! The dossier: everything about one incident, read in one transaction and in a fixed number of queries, however long the
//! timeline is (and four for each contract).

mod kept;

use std::collections::BTreeSet;
use std::sync::Arc;

pub use kept::Kept;

use super::dialect::AnyConnection;
use super::evidence::Evidence;
use super::permit::{Allows, Permit};
use super::rows::Pick;
use super::{
    Denied, Result, StoreError, Tx, agreements, asks, attachments, changes, clauses, contradictions, credit_claims, entries,
    house, incidents, ledger, notices, promises, ruled_out, verdicts,
};
use crate::domain::contract::Contract;
use crate::domain::dossier::{Dossier, Head};
use crate::domain::entry::Entry;
use crate::domain::id::Id;
use crate::domain::incident::Incident;
use crate::domain::ledger::Chain;
use crate::domain::party::{Attachment, Contact, Provider};
use crate::domain::permit::Actor;
use crate::domain::person::Person;
use crate::domain::statement::Speaker;

/// As [`load`], but not read again where nothing has changed since it was read last.
///
/// # Errors
/// As for [`load`].
pub fn kept<D: Allows>(tx: &mut Tx<'_>, permit: &Permit<'_, D, Incident>) -> Result<Arc<Dossier>> {
    // What a transaction writes it sees before it has appended to the ledger: only those that read may rely on the heads.
    let Some(kept) = tx.kept() else { return Ok(Arc::new(load(tx, permit)?)) };
    if let Some((heads, dossier)) = kept.of(permit.id())
        && ledger::heads_of(tx, heads.keys().copied())? == *heads
    {
        return Ok(dossier);
    }
    let dossier = Arc::new(load(tx, permit)?);
    let heads = ledger::heads_of(tx, chains(&dossier))?;
    kept.put(permit.id(), heads, &dossier);
    Ok(dossier)
}

/// The chains on which a dossier rests.
fn chains(dossier: &Dossier) -> impl Iterator<Item = Chain> {
    let contracts = dossier.contracts.iter().map(|contract| Chain::Contract(contract.id));
    let providers = dossier.providers.iter().map(|provider| Chain::Provider(provider.id));
    [Chain::House, Chain::Incident(dossier.incident.id)].into_iter().chain(contracts).chain(providers)
}

/// What who acts may write with: as [`load`], without others' private notes, and with the whole phone book, since a company may
/// be drawn into the matter only now.
///
/// # Errors
/// As for [`load`].
pub fn to_write_with<D: Allows>(tx: &mut Tx<'_>, permit: &Permit<'_, D, Incident>) -> Result<Dossier> {
    let mut dossier = load(tx, permit)?;
    dossier.keep_private_only_of(permit.actor().person());
    take_phone_book(tx, permit.actor(), &mut dossier)?;
    Ok(dossier)
}

/// What who acts may log a call with: the incident, its contracts with what can be cited of them, and the whole phone book. Nothing of
/// its timeline, so that it takes as long however long that is.
///
/// # Errors
/// As for [`load`].
pub fn to_call_with<D: Allows>(tx: &mut Tx<'_>, permit: &Permit<'_, D, Incident>) -> Result<Dossier> {
    let mut dossier = bare(tx, permit)?;
    take_phone_book(tx, permit.actor(), &mut dossier)?;
    Ok(dossier)
}

fn take_phone_book(tx: &mut Tx<'_>, actor: Actor, dossier: &mut Dossier) -> Result<()> {
    let house = house::to_look(tx, actor)?;
    dossier.providers = super::providers::list(tx, &house, "")?;
    dossier.contacts = super::contacts::all(tx, &house)?;
    Ok(())
}

/// Everything about the permit's incident. It holds private notes too: what a reader may see of it is the view's question.
///
/// # Errors
/// [`Denied::NotFound`] before set-up; [`StoreError::Broken`] where something is not what we write.
pub fn load<D: Allows>(tx: &mut Tx<'_>, permit: &Permit<'_, D, Incident>) -> Result<Dossier> {
    let mut dossier = bare(tx, permit)?;
    dossier.entries = entries::load(tx.conn(), Pick::Of(permit.id().raw()))?;
    dossier.promises = promises::of_incident(tx, permit)?;
    dossier.asks = asks::of_incident(tx, permit)?;
    dossier.ruled_out = ruled_out::of_incident(tx, permit)?;
    dossier.contradictions = contradictions::of_incident(tx, permit)?;
    dossier.changes = changes::of_incident(tx, permit)?;
    dossier.notices = notices::of_incident(tx, permit)?;
    dossier.credit_claims = credit_claims::of_incident(tx, permit)?;
    dossier.verdicts = verdicts::of_incident(tx, permit)?;
    dossier.attachments = attachments::of_incident(tx, permit)?;
    for contract in &dossier.incident.contracts {
        dossier.attachments.append(&mut attachments::of_contract(tx.conn(), *contract)?);
    }
    name_all(tx.conn(), &mut dossier)?;
    Ok(dossier)
}

/// The incident with its contracts, and nobody named yet.
fn bare<D: Allows>(tx: &mut Tx<'_>, permit: &Permit<'_, D, Incident>) -> Result<Dossier> {
    let house = house::front(tx)?.ok_or(Denied::NotFound)?;
    let incident = incidents::get(tx, permit)?;
    let head = ledger::head(tx, permit)?.ok_or_else(|| StoreError::Broken {
        table: "ledger_heads",
        key: permit.chain().to_string(),
        what: "it has no head".to_owned(),
    })?;
    let mut dossier = Dossier::bare(house, incident, Head { count: head.count, hash: head.hash });
    dossier.contracts = by_keys(tx.conn(), &dossier.incident.contracts)?;
    for contract in &dossier.incident.contracts {
        dossier.clauses.append(&mut clauses::load(tx.conn(), Pick::Of(contract.raw()))?);
        dossier.agreements.append(&mut agreements::load(tx.conn(), Pick::Of(contract.raw()))?);
    }
    Ok(dossier)
}

/// The things with those keys, by key.
fn by_keys<T: Evidence>(conn: &mut AnyConnection, keys: &[Id<T>]) -> Result<Vec<T>> {
    let keys: Vec<i64> = keys.iter().map(|id| id.raw()).collect();
    let mut things: Vec<T> = T::load(conn, &keys)?.into_iter().map(|(_, thing)| thing).collect();
    things.sort_by_key(T::id);
    Ok(things)
}

/// Everybody whom a dossier names by key.
#[derive(Default)]
struct Named {
    providers: BTreeSet<Id<Provider>>,
    contacts: BTreeSet<Id<Contact>>,
    people: BTreeSet<Id<Person>>,
}

/// Adds the companies, their people and ours who are named anywhere.
fn name_all(conn: &mut AnyConnection, dossier: &mut Dossier) -> Result<()> {
    let mut named = Named::default();
    named.in_incident(&dossier.incident);
    dossier.entries.iter().for_each(|entry| named.in_entry(entry));
    dossier.attachments.iter().for_each(|file| named.in_file(file));
    named.providers.extend(dossier.contracts.iter().map(|contract: &Contract| contract.provider));
    named.providers.extend(dossier.asks.iter().map(|ask| ask.provider));
    named.providers.extend(dossier.changes.iter().map(|change| change.provider));
    named.providers.extend(dossier.notices.iter().map(|notice| notice.provider));
    named.providers.extend(dossier.credit_claims.iter().map(|claim| claim.provider));
    named.people.extend(dossier.credit_claims.iter().filter_map(|claim| claim.sent_by));
    named.contacts.extend(dossier.agreements.iter().filter_map(|agreement| agreement.contact));

    let mut contacts: Vec<Contact> = by_keys(conn, &Vec::from_iter(named.contacts))?;
    let merged: BTreeSet<_> = contacts.iter().filter_map(|contact| contact.merged_into).collect();
    let known: BTreeSet<_> = contacts.iter().map(|contact| contact.id).collect();
    contacts.extend(by_keys(conn, &Vec::from_iter(merged.difference(&known).copied()))?);
    named.providers.extend(contacts.iter().map(|contact| contact.provider));

    dossier.contacts = contacts;
    dossier.providers = by_keys(conn, &Vec::from_iter(named.providers))?;
    dossier.people = by_keys(conn, &Vec::from_iter(named.people))?;
    Ok(())
}

impl Named {
    fn in_incident(&mut self, incident: &Incident) {
        self.providers.insert(incident.provider);
        self.providers.extend(incident.parties.iter().map(|party| party.provider));
        self.providers.extend(incident.times.iter().filter_map(|time| time.by));
        self.people.extend(&incident.restricted_to);
    }

    fn in_entry(&mut self, entry: &Entry) {
        self.providers.extend(entry.provider);
        self.contacts.extend(entry.contact);
        self.people.extend(entry.author);
        if let Some(call) = &entry.call {
            self.contacts.extend(call.legs.iter().filter_map(|leg| leg.contact));
        }
        for statement in &entry.statements {
            match &statement.speaker {
                Speaker::Theirs { provider, contact, who: _ } => {
                    self.providers.insert(*provider);
                    self.contacts.extend(*contact);
                }
                Speaker::Ours { person } => self.people.extend(*person),
            }
        }
    }

    fn in_file(&mut self, file: &Attachment) {
        self.people.extend(file.added_by);
    }
}
