//! The places in which nouns stand.

use std::marker::PhantomData;

use crate::domain::contract::{Agreement, Clause, Contract};
use crate::domain::dossier::Dossier;
use crate::domain::id::{Id, Uid};
use crate::domain::incident::{Incident, IncidentNumber};
use crate::domain::party::{Attachment, Contact, Provider};
use crate::domain::permit::Actor;
use crate::domain::person::{House, Person};
use crate::render::pages::noun_form::Choice;
use crate::render::words::Words;
use crate::store::permit::{Edit, Permit};
use crate::store::{self, Tx};

use super::Place;

/// What is offered to whoever writes something down at an incident.
pub trait IncidentDesk: Sized + 'static {
    /// Where that stands, below the incident's own page.
    const PAGE: &'static str = "";

    /// Reads it.
    ///
    /// # Errors
    /// As the store's scoped look-up.
    fn laid(tx: &mut Tx<'_>, actor: Actor, at: IncidentNumber) -> store::Result<Self>;

    /// The incident, and of what stands around it as much as is offered.
    fn dossier(&self) -> &Dossier;
}

/// An incident, with what is offered there.
pub struct IncidentWith<D>(PhantomData<D>);

impl<D: IncidentDesk> Place for IncidentWith<D> {
    type At = IncidentNumber;
    type Thing = Incident;
    type Deed = Edit;
    type Desk = D;

    fn read_at(segment: &str) -> Option<IncidentNumber> {
        segment.parse().ok()
    }

    fn for_edit<'tx>(tx: &mut Tx<'tx>, actor: Actor, at: &IncidentNumber) -> store::Result<Permit<'tx, Edit, Incident>> {
        store::incidents::for_edit(tx, actor, *at)
    }

    fn desk(tx: &mut Tx<'_>, actor: Actor, at: &IncidentNumber) -> store::Result<D> {
        D::laid(tx, actor, *at)
    }

    fn url(at: &IncidentNumber) -> String {
        format!("/incidents/{at}{}", D::PAGE)
    }

    fn name(desk: &D, _words: Words) -> String {
        let incident = &desk.dossier().incident;
        format!("{} {}", incident.number, incident.title)
    }
}

/// An incident's timeline.
pub type IncidentPlace = IncidentWith<Dossier>;

impl IncidentDesk for Dossier {
    fn laid(tx: &mut Tx<'_>, actor: Actor, at: IncidentNumber) -> store::Result<Self> {
        let permit = store::incidents::to_look(tx, actor, at)?;
        store::dossier::to_write_with(tx, &permit)
    }

    fn dossier(&self) -> &Dossier {
        self
    }
}

/// An incident that is called about.
pub type CallsPlace = IncidentWith<CallDesk>;

/// What is offered for a call: the incident without its timeline, of which a call names nothing. Whoever logs one is on the phone, and
/// waits as long at the thousandth as at the first.
pub struct CallDesk {
    /// The incident, the phone book and what can be cited.
    pub dossier: Dossier,
}

impl IncidentDesk for CallDesk {
    fn laid(tx: &mut Tx<'_>, actor: Actor, at: IncidentNumber) -> store::Result<Self> {
        let permit = store::incidents::to_look(tx, actor, at)?;
        Ok(Self { dossier: store::dossier::to_call_with(tx, &permit)? })
    }

    fn dossier(&self) -> &Dossier {
        &self.dossier
    }
}

/// The house: where companies and incidents are put down.
pub enum HousePlace {}

/// What the house's forms offer.
pub struct HouseDesk {
    /// Every company.
    pub companies: Vec<Provider>,
    /// Every contract.
    pub contracts: Vec<Contract>,
}

impl Place for HousePlace {
    type At = ();
    type Thing = House;
    type Deed = Edit;
    type Desk = HouseDesk;

    fn read_at(_segment: &str) -> Option<()> {
        Some(())
    }

    fn for_edit<'tx>(tx: &mut Tx<'tx>, actor: Actor, (): &()) -> store::Result<Permit<'tx, Edit, House>> {
        store::house::to_edit(tx, actor)
    }

    fn desk(tx: &mut Tx<'_>, actor: Actor, (): &()) -> store::Result<HouseDesk> {
        let house = store::house::to_look(tx, actor)?;
        Ok(HouseDesk { companies: store::providers::list(tx, &house, "")?, contracts: store::contracts::all(tx, &house)? })
    }

    fn url((): &()) -> String {
        "/incidents".to_owned()
    }

    fn name(_desk: &HouseDesk, words: Words) -> String {
        words.get("nav-incidents")
    }
}

/// A company of the phone book.
pub enum CompanyPlace {}

/// What a company's forms offer.
pub struct CompanyDesk {
    /// The company.
    pub company: Provider,
    /// Its people.
    pub contacts: Vec<Contact>,
}

impl Place for CompanyPlace {
    type At = Uid;
    type Thing = Provider;
    type Deed = Edit;
    type Desk = CompanyDesk;

    fn read_at(segment: &str) -> Option<Uid> {
        segment.parse().ok()
    }

    fn for_edit<'tx>(tx: &mut Tx<'tx>, actor: Actor, at: &Uid) -> store::Result<Permit<'tx, Edit, Provider>> {
        store::providers::for_edit(tx, actor, *at)
    }

    fn desk(tx: &mut Tx<'_>, actor: Actor, at: &Uid) -> store::Result<CompanyDesk> {
        let permit = store::providers::to_look(tx, actor, *at)?;
        Ok(CompanyDesk { company: store::providers::get(tx, &permit)?, contacts: store::contacts::of_provider(tx, &permit)? })
    }

    fn url(at: &Uid) -> String {
        format!("/providers/{at}")
    }

    fn name(desk: &CompanyDesk, _words: Words) -> String {
        desk.company.name.clone()
    }
}

/// A contract.
pub enum ContractPlace {}

/// What a contract's forms offer.
pub struct ContractDesk {
    /// The contract.
    pub contract: Contract,
    /// Its clauses.
    pub clauses: Vec<Clause>,
    /// The agreements beside it.
    pub agreements: Vec<Agreement>,
    /// The people of the company it is with.
    pub contacts: Vec<Contact>,
    /// The files of its clauses and agreements that whoever asks may see.
    pub files: Vec<Attachment>,
}

impl Place for ContractPlace {
    type At = Uid;
    type Thing = Contract;
    type Deed = Edit;
    type Desk = ContractDesk;

    fn read_at(segment: &str) -> Option<Uid> {
        segment.parse().ok()
    }

    fn for_edit<'tx>(tx: &mut Tx<'tx>, actor: Actor, at: &Uid) -> store::Result<Permit<'tx, Edit, Contract>> {
        store::contracts::for_edit(tx, actor, *at)
    }

    fn desk(tx: &mut Tx<'_>, actor: Actor, at: &Uid) -> store::Result<ContractDesk> {
        let permit = store::contracts::to_look(tx, actor, *at)?;
        let house = store::house::to_look(tx, actor)?;
        let contract = store::contracts::get(tx, &permit)?;
        let mut contacts = store::contacts::all(tx, &house)?;
        contacts.retain(|contact| contact.provider == contract.provider);
        Ok(ContractDesk {
            clauses: store::clauses::of_contract(tx, &permit)?,
            agreements: store::agreements::of_contract(tx, &permit)?,
            files: store::attachments::seen_beside(tx, &permit)?,
            contract,
            contacts,
        })
    }

    fn url(at: &Uid) -> String {
        format!("/contracts/{at}")
    }

    fn name(desk: &ContractDesk, _words: Words) -> String {
        desk.contract.title.clone()
    }
}

/// An incident, seen by whoever says what it is.
pub type DescriptionPlace = IncidentWith<DescriptionDesk>;

/// What is offered: the incident, and every contract there is, for one may be entered only when the matter has long begun.
pub struct DescriptionDesk {
    /// The incident.
    pub dossier: Dossier,
    /// Every contract; those with the company that is answerable first.
    pub contracts: Vec<Contract>,
}

impl IncidentDesk for DescriptionDesk {
    fn laid(tx: &mut Tx<'_>, actor: Actor, at: IncidentNumber) -> store::Result<Self> {
        let house = store::house::to_look(tx, actor)?;
        let dossier = Dossier::laid(tx, actor, at)?;
        let mut contracts = store::contracts::all(tx, &house)?;
        contracts.sort_by_key(|contract| contract.provider != dossier.incident.provider);
        Ok(Self { dossier, contracts })
    }

    fn dossier(&self) -> &Dossier {
        &self.dossier
    }
}

/// An incident, seen by whoever names one of our people in it.
pub type PeoplePlace = IncidentWith<PeopleDesk>;

/// What is offered: the incident, and our people.
pub struct PeopleDesk {
    /// The incident.
    pub dossier: Dossier,
    people: Vec<Person>,
}

impl PeopleDesk {
    /// Who can be chosen; who stands there already (`named`) may be somebody who cannot log in any more.
    pub fn people(&self, named: Option<Id<Person>>) -> Vec<Choice> {
        let known = |person: &&Person| person.disabled_at.is_none() || named == Some(person.id);
        let choice = |person: &Person| Choice { value: person.uid.to_string(), label: person.name.clone() };
        self.people.iter().filter(known).map(choice).collect()
    }

    /// The person called `uid`.
    pub fn person_called(&self, uid: Uid) -> Option<Id<Person>> {
        self.people.iter().find(|person| person.uid == uid).map(|person| person.id)
    }

    /// What a person is called in a form; empty for nobody.
    pub fn person_uid(&self, id: Option<Id<Person>>) -> String {
        self.people.iter().find(|person| Some(person.id) == id).map(|person| person.uid.to_string()).unwrap_or_default()
    }
}

impl IncidentDesk for PeopleDesk {
    fn laid(tx: &mut Tx<'_>, actor: Actor, at: IncidentNumber) -> store::Result<Self> {
        let house = store::house::to_look(tx, actor)?;
        Ok(Self { dossier: Dossier::laid(tx, actor, at)?, people: store::people::all(tx, &house)? })
    }

    fn dossier(&self) -> &Dossier {
        &self.dossier
    }
}
