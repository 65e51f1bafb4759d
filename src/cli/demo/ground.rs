//! What is there before anything happens: our people, the companies with theirs, the contract.

use std::collections::HashMap;

use crate::actions::companies::{self, CompanyInput, ContactInput};
use crate::actions::contracts::{self, AgreementInput, ClauseInput, ContractInput};
use crate::domain::contract::{Agreement, Contract, NoticeAddress};
use crate::domain::id::{Id, Uid};
use crate::domain::locale::{DEFAULT_ZONE, Locale};
use crate::domain::moment::Stamp;
use crate::domain::party::{Contact, PhoneNumber, Provider};
use crate::domain::permit::{Actor, Role};
use crate::domain::person::{House, Person};
use crate::domain::phone;
use crate::domain::visibility::Visibility;
use crate::store::{self, Store, StoreError};

use super::words::{CompanyWords, ContractWords, Data, DemoData, PersonWords, Text, tokyo};
use super::{DemoError, Scribe};

/// Keys of what was laid, by the names that the files use.
pub struct Ground {
    pub alice: Actor,
    companies: HashMap<String, (Id<Provider>, Uid)>,
    contacts: HashMap<String, Id<Contact>>,
    contracts: HashMap<String, Id<Contract>>,
    agreements: HashMap<String, Id<Agreement>>,
}

fn named<T: Copy>(map: &HashMap<String, T>, name: &str) -> Result<T, DemoData> {
    map.get(name).copied().ok_or_else(|| DemoData::Name(name.to_owned()))
}

impl Ground {
    pub fn company(&self, name: &str) -> Result<Id<Provider>, DemoData> {
        named(&self.companies, name).map(|(id, _)| id)
    }

    pub fn contact(&self, name: &str) -> Result<Id<Contact>, DemoData> {
        named(&self.contacts, name)
    }

    pub fn contract(&self, name: &str) -> Result<Id<Contract>, DemoData> {
        named(&self.contracts, name)
    }

    pub fn agreement(&self, name: &str) -> Result<Id<Agreement>, DemoData> {
        named(&self.agreements, name)
    }
}

/// The day before the first incident.
const BEFORE: &str = "2006-02-06T09:00";

pub fn lay(store: &Store, data: &Data, locale: Locale, password_hash: &str) -> Result<Ground, DemoError> {
    let now = tokyo(BEFORE)?;
    let alice = people(store, data, locale, password_hash, now)?;
    let mut ground = Ground {
        alice,
        companies: HashMap::new(),
        contacts: HashMap::new(),
        contracts: HashMap::new(),
        agreements: HashMap::new(),
    };
    let scribe = Scribe { store, actor: alice, locale };
    for words in &data.words.companies {
        company(&scribe, &mut ground, words, now)?;
    }
    for words in &data.words.contracts {
        contract(&scribe, &mut ground, words, now)?;
    }
    Ok(ground)
}

fn people(store: &Store, data: &Data, locale: Locale, hash: &str, now: Stamp) -> Result<Actor, DemoError> {
    let alice = store.write(now, |tx| {
        let house = store::house::to_manage(tx, Actor::House)?;
        let settings =
            House { id: store::house::HOUSE, revision: 0, company: data.words.company.get(locale), locale, zone: DEFAULT_ZONE };
        store::house::put(tx, &house, "demo::lay", &settings)?;
        let mut alice = Actor::House;
        for words in &data.words.people {
            let person = person(tx, words, locale)?;
            store::people::add(tx, &house, "demo::lay", &person)?;
            let own = store::people::for_edit(tx, Actor::House, person.uid)?;
            store::people::set_password(tx, &own, hash)?;
            if person.role == Role::Admin {
                alice = person.actor();
            }
        }
        Ok::<_, StoreError>(alice)
    })?;
    Ok(alice)
}

fn person(tx: &mut store::Tx<'_>, words: &PersonWords, locale: Locale) -> Result<Person, StoreError> {
    Ok(Person {
        id: tx.fresh_id()?,
        uid: tx.fresh_uid()?,
        revision: 0,
        login: words.login.clone(),
        name: words.name.get(locale),
        role: words.role,
        locale,
        zone: DEFAULT_ZONE,
        disabled_at: None,
    })
}

fn number((label, written): &(Text, String), locale: Locale) -> PhoneNumber {
    PhoneNumber { label: label.get(locale), written: written.clone(), digits: phone::digits(written).unwrap_or_default() }
}

fn company(scribe: &Scribe<'_>, ground: &mut Ground, words: &CompanyWords, now: Stamp) -> Result<(), DemoError> {
    let locale = scribe.locale;
    let (company, contacts) = scribe.at(now, |tx, actor| {
        let house = store::house::to_edit(tx, actor)?;
        let new = CompanyInput {
            name: words.name.get(locale),
            trade: words.trade.get(locale),
            note: String::new(),
            numbers: words.numbers.iter().map(|kept| number(kept, locale)).collect(),
        };
        let company = companies::put_down(tx, house, new)?;
        let permit = store::providers::for_edit(tx, actor, company.uid)?;
        let mut contacts = Vec::new();
        for contact in &words.contacts {
            let new = ContactInput {
                name: contact.name.as_ref().map(|name| name.get(locale)),
                department: contact.department.get(locale),
                role: String::new(),
                email: String::new(),
                note: String::new(),
                numbers: Vec::new(),
            };
            contacts.push((contact.key.clone(), companies::add_contact(tx, permit, new)?.id));
        }
        Ok(((company.id, company.uid), contacts))
    })?;
    ground.companies.insert(words.key.clone(), company);
    ground.contacts.extend(contacts);
    Ok(())
}

fn contract(scribe: &Scribe<'_>, ground: &mut Ground, words: &ContractWords, now: Stamp) -> Result<(), DemoError> {
    let locale = scribe.locale;
    let (_, provider) = named(&ground.companies, &words.provider)?;
    let made: Vec<_> = words.agreements.iter().map(|words| words.made.moment(locale)).collect::<Result<_, _>>()?;
    let (contract, agreements) = scribe.at(now, |tx, actor| {
        let permit = store::providers::for_edit(tx, actor, provider)?;
        let contract = contracts::put_down(tx, permit, contract_input(words, locale))?;
        let permit = store::contracts::for_edit(tx, actor, contract.uid)?;
        let mut clauses = HashMap::new();
        for clause in &words.clauses {
            let new = ClauseInput {
                number: clause.number.get(locale),
                heading: clause.heading.get(locale),
                quote: clause.quote.get(locale),
            };
            let quoted = contracts::quote_clause(tx, permit, new)?;
            if clause.term.is_some() {
                contracts::set_term(tx, permit, quoted.uid, quoted.revision, clause.term.clone())?;
            }
            clauses.insert(clause.key.clone(), quoted.id);
        }
        let mut agreements = Vec::new();
        for (agreement, made) in words.agreements.iter().zip(made) {
            let new = AgreementInput {
                made,
                made_with: agreement.made_with.get(locale),
                contact: None,
                how: agreement.how,
                words: agreement.words.get(locale),
                verbatim: false,
                evidence: agreement.evidence.get(locale),
                standing: crate::domain::contract::Standing::Ours,
                before_clause: clauses.get(&agreement.before).copied(),
                visibility: Visibility::Provider,
            };
            let made = contracts::put_down_agreement(tx, permit, new)?;
            if agreement.term.is_some() {
                contracts::set_agreement_term(tx, permit, made.uid, made.revision, agreement.term.clone())?;
            }
            agreements.push((agreement.key.clone(), made.id));
        }
        Ok((contract.id, agreements))
    })?;
    ground.contracts.insert(words.key.clone(), contract);
    ground.agreements.extend(agreements);
    Ok(())
}

fn contract_input(words: &ContractWords, locale: Locale) -> ContractInput {
    let address = |(form, address): &(_, super::words::Text)| NoticeAddress { form: *form, address: address.get(locale) };
    ContractInput {
        title: words.title.get(locale),
        number: words.number.clone(),
        starts_on: Some(words.starts_on),
        ends_on: None,
        monthly_fee: Some(words.monthly_fee),
        currency: "JPY".to_owned(),
        zone: DEFAULT_ZONE,
        addresses: words.addresses.iter().map(address).collect(),
        note: String::new(),
        hours: None,
    }
}
