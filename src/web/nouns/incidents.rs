//! The forms of an incident: opened, described, timed, closed.

use crate::actions::Outcome;
use crate::actions::companies::{self, CompanyInput};
use crate::actions::incidents::{self, IncidentInput};
use crate::domain::contract::Contract;
use crate::domain::dossier::Dossier;
use crate::domain::id::{Id, Uid};
use crate::domain::incident::{Incident, IncidentKind, IncidentTime, Party, PartyRole, Severity, Which};
use crate::domain::ledger::ObjectKind;
use crate::domain::moment::Moment;
use crate::domain::moment::parse::Lean;
use crate::domain::party::Provider;
use crate::domain::person::House;
use crate::domain::statement::{Promise, PromiseState};
use crate::domain::term::facts::Fault;
use crate::render::form::{FormView, Problem};
use crate::render::pages::noun_form::{Choice, FieldKind, Fields, Section};
use crate::render::words::{Args, Words};
use crate::store;

use super::places::{DescriptionDesk, DescriptionPlace, HouseDesk};
use super::read::Reader;
use super::{Added, DeskOf, GoTo, HousePlace, IncidentPlace, Noun, Writing, moment_value, options};

/// How many other parties the form has room for.
const PARTIES: usize = 6;

/// An incident that is opened.
pub enum IncidentNoun {}

/// What the form of a new incident says.
pub struct NewIncident {
    described: IncidentInput,
    /// The name of the company answerable, where it is not in the phone book yet.
    new_company: Option<String>,
    times: Vec<IncidentTime>,
}

impl Noun for IncidentNoun {
    type Place = HousePlace;
    type Stored = Incident;
    type Input = NewIncident;
    const SLUG: &'static str = "incidents";
    const KIND: ObjectKind = ObjectKind::Incident;

    fn find(_desk: &HouseDesk, _uid: Uid) -> Option<&Incident> {
        None
    }

    fn revision(_desk: &DeskOf<Self>, incident: &Incident) -> i64 {
        incident.revision
    }

    fn fields(desk: &HouseDesk, words: Words, _stored: Option<&Incident>) -> Vec<Section> {
        // Whose phone is at the ear must not be made to enter the company first.
        let is_first = desk.companies.is_empty();
        let begin = Fields::new(words).line("title", true);
        let begin = if is_first {
            begin.line("new_company", true)
        } else {
            let begin = begin.choice("provider", "provider", false, company_choices(&desk.companies)).or_the_other();
            begin.line("new_company", false).or_the_other()
        };
        let fields = described(begin, &desk.companies, &desk.contracts, words);
        let fields = fields.section("section-times", false);
        let fields =
            [Which::Started, Which::Detected].into_iter().fold(fields, |fields, which| fields.moment(which.as_str(), false));
        (if is_first { fields } else { parties(fields, &desk.companies, words) }).done()
    }

    fn blank(_desk: &HouseDesk, form: FormView) -> FormView {
        form.with("kind", IncidentKind::Outage.as_str()).with("severity", Severity::S2.as_str())
    }

    fn filled(_desk: &HouseDesk, _incident: &Incident) -> FormView {
        FormView::new()
    }

    fn read(desk: &HouseDesk, form: &mut Reader, _stored: Option<&Incident>) -> Option<NewIncident> {
        let times = read_times(form, &[Which::Started, Which::Detected]);
        let (provider, new_company) = either_company(&desk.companies, form);
        let described = read_description(&desk.companies, &desk.contracts, provider, form)?;
        Some(NewIncident { described, new_company, times })
    }

    fn add(writing: Writing<'_, '_, House>, mut input: NewIncident) -> Outcome<Added> {
        if let Some(name) = input.new_company {
            let house = store::house::to_edit(writing.tx, writing.permit.actor())?;
            let new = CompanyInput { name, trade: String::new(), note: String::new(), numbers: Vec::new() };
            let company = companies::put_down(writing.tx, house, new)?.id;
            input.described.provider = company;
            input.described.parties[0].provider = company;
        }
        let (incident, _) = incidents::open(writing.tx, writing.permit, input.described, input.times)?;
        Ok(Added::at(Uid::NIL).going(format!("/incidents/{}", incident.number)))
    }
}

fn company_choices(companies: &[Provider]) -> Vec<Choice> {
    companies.iter().map(|company| Choice { value: company.uid.to_string(), label: company.name.clone() }).collect()
}

fn description(fields: Fields, companies: &[Provider], contracts: &[Contract], words: Words) -> Fields {
    let fields = fields.line("title", true).choice("provider", "provider", true, company_choices(companies));
    described(fields, companies, contracts, words)
}

/// What follows upon title and company.
fn described(fields: Fields, companies: &[Provider], contracts: &[Contract], words: Words) -> Fields {
    let contract = |contract: &Contract| {
        let company = companies.iter().find(|company| company.id == contract.provider).map_or("", |company| &company.name);
        Choice { value: contract.uid.to_string(), label: format!("{} · {company}", contract.title) }
    };
    fields
        .words("kind", "kind", "incident-kind", IncidentKind::ALL)
        .words("severity", "severity", "severity", Severity::ALL)
        .area("what", false)
        .area("affected", false)
        .area("cause", false)
        .choice("total", "total", false, super::named(words, "form-", &["yes", "no"]))
        .choice("fault", "fault", false, super::named(words, "fault-", Fault::ALL))
        .line("title_outward", false)
        .several("contracts", "contracts", contracts.iter().map(contract).collect())
        .line("sign", false)
}

fn parties(mut fields: Fields, companies: &[Provider], words: Words) -> Fields {
    for n in 1..=PARTIES {
        let name = |name: &str| format!("party{n}_{name}");
        let heading = words.with("section-party", &Args::new().text("n", n.to_string()));
        fields = fields
            .section_called(heading, true)
            .choice(name("company"), "company", false, company_choices(companies))
            .words(name("role"), "role", "party-role", &PartyRole::ALL[1..])
            .field(name("sign"), "sign", FieldKind::Line, false);
    }
    fields
}

/// The company that is answerable.
fn answerable(companies: &[Provider], form: &mut Reader) -> Option<Id<Provider>> {
    form.required_chosen("provider", |uid| companies.iter().find(|company| company.uid == uid).map(|company| company.id))
}

/// The company answerable: one of the phone book, or the name of one that is not in it yet. It has its key when it is put down.
fn either_company(companies: &[Provider], form: &mut Reader) -> (Option<Id<Provider>>, Option<String>) {
    let name = form.line("new_company");
    if name.is_empty() {
        return (answerable(companies, form), None);
    }
    let chosen = if form.is_blank("provider") { None } else { answerable(companies, form) };
    match companies.iter().find(|company| company.name == name).map(|company| company.id) {
        // Whoever types a name that the phone book has means that company.
        Some(known) if chosen.is_none_or(|chosen| chosen == known) => (Some(known), None),
        _ if chosen.is_some() => {
            form.refuse("new_company", Problem::new("problem-two-companies"));
            (None, None)
        }
        _ => (Some(Id::new(0)), Some(name)),
    }
}

fn read_description(
    companies: &[Provider],
    contracts: &[Contract],
    provider: Option<Id<Provider>>,
    form: &mut Reader,
) -> Option<IncidentInput> {
    let company = |uid: Uid| companies.iter().find(|company| company.uid == uid).map(|company| company.id);
    let mut parties: Vec<Party> = (1..=form.rows("party", PARTIES))
        .filter_map(|n| {
            let name = |name: &str| format!("party{n}_{name}");
            if form.is_blank(&name("company")) && !form.is_blank(&name("sign")) {
                // Whose sign it is was not said: it must not get lost.
                form.refuse(&name("company"), Problem::new("problem-choice"));
            }
            let provider = form.chosen(&name("company"), company)?;
            let role = form.word(&name("role"))?;
            Some(Party { provider, role, sign: form.line(&name("sign")) })
        })
        .collect();
    let sign = form.line("sign");
    let title = form.required_line("title");
    let contract = |uid: Uid| contracts.iter().find(|contract| contract.uid == uid).map(|contract| contract.id);
    let contracts = form.all_chosen("contracts", contract);
    let provider = provider?;
    parties.insert(0, Party { provider, role: PartyRole::Provider, sign });
    Some(IncidentInput {
        title,
        title_outward: form.line("title_outward"),
        what: form.prose("what"),
        affected: form.prose("affected"),
        cause: form.prose("cause"),
        total: form.yes_no("total"),
        fault: form.optional_word("fault"),
        kind: form.word("kind")?,
        severity: form.word("severity")?,
        provider,
        parties,
        contracts,
    })
}

fn read_times(form: &mut Reader, all: &[Which]) -> Vec<IncidentTime> {
    all.iter()
        .filter_map(|which| Some(IncidentTime { which: *which, at: form.moment(which.as_str(), Lean::Past)?, by: None }))
        .collect()
}

/// What an incident is, corrected.
pub enum DescriptionNoun {}

impl Noun for DescriptionNoun {
    type Place = DescriptionPlace;
    type Stored = Incident;
    type Input = IncidentInput;
    const SLUG: &'static str = "description";
    const KIND: ObjectKind = ObjectKind::Incident;

    fn find(desk: &DescriptionDesk, _uid: Uid) -> Option<&Incident> {
        Some(&desk.dossier.incident)
    }

    fn revision(_desk: &DeskOf<Self>, incident: &Incident) -> i64 {
        incident.revision
    }

    fn fields(desk: &DescriptionDesk, words: Words, _stored: Option<&Incident>) -> Vec<Section> {
        parties(description(Fields::new(words), &desk.dossier.providers, &desk.contracts, words), &desk.dossier.providers, words)
            .done()
    }

    fn blank(_desk: &DescriptionDesk, form: FormView) -> FormView {
        form
    }

    fn filled(desk: &DescriptionDesk, incident: &Incident) -> FormView {
        let form = FormView::new()
            .with("title", &*incident.title)
            .with("title_outward", &*incident.title_outward)
            .with("provider", options::company_uid(&desk.dossier, Some(incident.provider)))
            .with("kind", incident.kind.as_str())
            .with("severity", incident.severity.as_str())
            .with("what", &*incident.what)
            .with("affected", &*incident.affected)
            .with("cause", &*incident.cause)
            .with("total", incident.total.map_or("", |total| if total { "yes" } else { "no" }))
            .with("fault", incident.fault.map_or("", Fault::as_str));
        let form = incident.contracts.iter().fold(form, |form, id| {
            let contract = desk.contracts.iter().find(|contract| contract.id == *id);
            form.with("contracts", contract.map(|contract| contract.uid.to_string()).unwrap_or_default())
        });
        let own = incident.parties.iter().find(|party| party.provider == incident.provider);
        let form = form.with("sign", own.map(|party| party.sign.clone()).unwrap_or_default());
        let others = incident.parties.iter().filter(|party| party.provider != incident.provider);
        (1..).zip(others).fold(form, |form, (n, party)| {
            form.with(format!("party{n}_company"), options::company_uid(&desk.dossier, Some(party.provider)))
                .with(format!("party{n}_role"), party.role.as_str())
                .with(format!("party{n}_sign"), &*party.sign)
        })
    }

    fn read(desk: &DescriptionDesk, form: &mut Reader, _stored: Option<&Incident>) -> Option<IncidentInput> {
        let provider = answerable(&desk.dossier.providers, form);
        read_description(&desk.dossier.providers, &desk.contracts, provider, form)
    }

    fn change(writing: Writing<'_, '_>, _uid: Uid, seen: i64, input: IncidentInput) -> Outcome<GoTo> {
        incidents::describe(writing.tx, writing.permit, seen, input).map(|_| None)
    }
}

/// The times of an incident.
pub enum TimesNoun {}

/// The times that the form sets; closing has a form of its own.
const TIMES: &[Which] = &[Which::Started, Which::Detected, Which::Reported, Which::Mitigated, Which::Restored];

impl Noun for TimesNoun {
    type Place = IncidentPlace;
    type Stored = Incident;
    type Input = Vec<IncidentTime>;
    const SLUG: &'static str = "times";
    const KIND: ObjectKind = ObjectKind::Incident;

    fn find(desk: &Dossier, _uid: Uid) -> Option<&Incident> {
        Some(&desk.incident)
    }

    fn revision(_desk: &DeskOf<Self>, incident: &Incident) -> i64 {
        incident.revision
    }

    fn fields(desk: &Dossier, words: Words, _stored: Option<&Incident>) -> Vec<Section> {
        TIMES
            .iter()
            .fold(Fields::new(words), |fields, which| {
                let fields = fields.moment(which.as_str(), false);
                // The others stand two by two.
                let fields = if *which == Which::Reported { fields.on_its_own() } else { fields };
                match by_field(*which) {
                    Some(name) => fields.choice(name, name, false, options::companies(desk)),
                    None => fields,
                }
            })
            .done()
    }

    fn blank(_desk: &Dossier, form: FormView) -> FormView {
        form
    }

    fn filled(desk: &Dossier, incident: &Incident) -> FormView {
        incident.times.iter().fold(FormView::new(), |form, time| {
            let form = form.with(time.which.as_str(), moment_value(Some(&time.at)));
            match by_field(time.which) {
                Some(name) => form.with(name, options::company_uid(desk, time.by)),
                None => form,
            }
        })
    }

    fn read(desk: &Dossier, form: &mut Reader, stored: Option<&Incident>) -> Option<Vec<IncidentTime>> {
        let mut times = Vec::new();
        for which in TIMES {
            let by = by_field(*which).and_then(|name| form.chosen(name, |uid| desk.company_called(uid)));
            if let Some(at) = form.moment(which.as_str(), Lean::Past) {
                times.push(IncidentTime { which: *which, at, by });
            }
        }
        times.extend(stored.and_then(|incident| incident.time(Which::Closed)).cloned());
        Some(times)
    }

    fn change(writing: Writing<'_, '_>, _uid: Uid, seen: i64, input: Vec<IncidentTime>) -> Outcome<GoTo> {
        incidents::set_times(writing.tx, writing.permit, seen, input).map(|_| None)
    }
}

/// The field that says whose doing a time was, for those that have one.
const fn by_field(which: Which) -> Option<&'static str> {
    match which {
        Which::Mitigated => Some("mitigated_by"),
        Which::Restored => Some("restored_by"),
        Which::Started | Which::Detected | Which::Reported | Which::Closed => None,
    }
}

/// The closure of an incident: added, and taken away when it is reopened.
pub enum ClosureNoun {}

/// What is to become of it.
pub enum ClosureInput {
    /// Closed then.
    Close(Moment),
    /// Open again.
    Reopen,
}

impl Noun for ClosureNoun {
    type Place = IncidentPlace;
    type Stored = Incident;
    type Input = ClosureInput;
    const SLUG: &'static str = "closure";
    const KIND: ObjectKind = ObjectKind::Incident;

    fn find(desk: &Dossier, _uid: Uid) -> Option<&Incident> {
        Some(&desk.incident)
    }

    fn revision(_desk: &DeskOf<Self>, incident: &Incident) -> i64 {
        incident.revision
    }

    fn lead(desk: &Dossier, words: Words, _stored: Option<&Incident>) -> String {
        let is_open = |promise: &&Promise| promise.state == PromiseState::Open && promise.struck.is_none();
        let open = desk.promises.iter().filter(is_open).count();
        words.with("closure-lead", &Args::new().number("open", i64::try_from(open).unwrap_or(i64::MAX)))
    }

    fn fields(desk: &Dossier, words: Words, _stored: Option<&Incident>) -> Vec<Section> {
        match desk.incident.time(Which::Closed) {
            None => Fields::new(words).moment("at", true).done(),
            Some(_) => Vec::new(),
        }
    }

    fn blank(_desk: &Dossier, form: FormView) -> FormView {
        form
    }

    fn filled(_desk: &Dossier, _incident: &Incident) -> FormView {
        FormView::new()
    }

    fn read(desk: &Dossier, form: &mut Reader, _stored: Option<&Incident>) -> Option<ClosureInput> {
        match desk.incident.time(Which::Closed) {
            None => form.required_moment("at", Lean::Past).map(ClosureInput::Close),
            Some(_) => Some(ClosureInput::Reopen),
        }
    }

    fn change(writing: Writing<'_, '_>, _uid: Uid, seen: i64, input: ClosureInput) -> Outcome<GoTo> {
        match input {
            ClosureInput::Close(at) => incidents::close(writing.tx, writing.permit, seen, at).map(|_| None),
            ClosureInput::Reopen => incidents::reopen(writing.tx, writing.permit, seen).map(|_| None),
        }
    }
}
