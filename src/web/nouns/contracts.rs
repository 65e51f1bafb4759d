//! The forms of contracts, their clauses, and the agreements beside them.

use crate::actions::Outcome;
use crate::actions::contracts::{self, AgreementInput, ClauseInput, ContractInput};
use crate::domain::contract::{Agreement, AgreementHow, Clause, Contract, NoticeAddress, NoticeForm, Standing};
use crate::domain::id::Uid;
use crate::domain::ledger::ObjectKind;
use crate::domain::locale::DEFAULT_ZONE;
use crate::domain::moment::parse::Lean;
use crate::domain::party::Provider;
use crate::domain::visibility::Visibility;
use crate::render::form::{FormView, Problem};
use crate::render::pages::noun_form::{Choice, FieldKind, Fields, Section};
use crate::render::words::Words;

use super::hours;
use super::places::{CompanyDesk, ContractDesk};
use super::read::Reader;
use super::{Added, CompanyPlace, ContractPlace, DeskOf, GoTo, Noun, OPEN_VISIBILITIES, Writing, moment_value};

fn contract_fields(words: Words) -> Vec<Section> {
    let fields = Fields::new(words)
        .line("title", true)
        .field("number", "contract-number", FieldKind::Line, false)
        .field("starts_on", "starts_on", FieldKind::Day, false)
        .field("ends_on", "ends_on", FieldKind::Day, false)
        .line("monthly_fee", false)
        .line("currency", false)
        .line("zone", true);
    // One field a form of notice: what is typed is an address and nothing else.
    let fields = fields.section("label-addresses", true);
    let fields = NoticeForm::ALL.iter().fold(fields, |fields, form| {
        fields.called(format!("address_{form}"), words.get(&format!("notice-form-{form}")), FieldKind::Line).called(
            format!("refused_{form}"),
            words.with(
                "label-refused",
                &crate::render::words::Args::new().text("form", words.get(&format!("notice-form-{form}"))),
            ),
            FieldKind::Tick,
        )
    });
    hours::fields(fields, words).section("section-more", true).area("note", false).done()
}

fn read_contract(form: &mut Reader) -> Option<ContractInput> {
    let zone = form.raw("zone").trim().parse().ok();
    if zone.is_none() {
        form.refuse("zone", Problem::new("zone-unknown"));
    }
    let addresses = NoticeForm::ALL.iter().filter_map(|how| {
        let address = form.line(&format!("address_{how}"));
        let refused = form.tick(&format!("refused_{how}"));
        if refused && !address.is_empty() {
            form.refuse(&format!("address_{how}"), Problem::new("contract-address-refused"));
        }
        (refused || !address.is_empty())
            .then(|| NoticeAddress { form: *how, address: if refused { String::new() } else { address } })
    });
    let addresses = addresses.collect();
    Some(ContractInput {
        title: form.required_line("title"),
        number: form.line("number"),
        starts_on: form.day("starts_on"),
        ends_on: form.day("ends_on"),
        monthly_fee: form.amount("monthly_fee"),
        currency: form.line("currency"),
        addresses,
        note: form.prose("note"),
        hours: hours::read(form),
        zone: zone?,
    })
}

/// A contract that is put down with a company.
pub enum ContractNoun {}

impl Noun for ContractNoun {
    type Place = CompanyPlace;
    type Stored = Contract;
    type Input = ContractInput;
    const SLUG: &'static str = "contracts";
    const KIND: ObjectKind = ObjectKind::Contract;

    fn find(_desk: &CompanyDesk, _uid: Uid) -> Option<&Contract> {
        None
    }

    fn revision(_desk: &DeskOf<Self>, contract: &Contract) -> i64 {
        contract.revision
    }

    fn fields(_desk: &CompanyDesk, words: Words, _stored: Option<&Contract>) -> Vec<Section> {
        contract_fields(words)
    }

    fn blank(_desk: &CompanyDesk, form: FormView) -> FormView {
        form.with("zone", DEFAULT_ZONE.name()).with("currency", "JPY")
    }

    fn filled(_desk: &CompanyDesk, _contract: &Contract) -> FormView {
        FormView::new()
    }

    fn read(_desk: &CompanyDesk, form: &mut Reader, _stored: Option<&Contract>) -> Option<ContractInput> {
        read_contract(form)
    }

    fn add(writing: Writing<'_, '_, Provider>, input: ContractInput) -> Outcome<Added> {
        let contract = contracts::put_down(writing.tx, writing.permit, input)?;
        Ok(Added::at(contract.uid).going(format!("/contracts/{}", contract.uid)))
    }
}

/// What is known of a contract, corrected.
pub enum ContractRecordNoun {}

impl Noun for ContractRecordNoun {
    type Place = ContractPlace;
    type Stored = Contract;
    type Input = ContractInput;
    const SLUG: &'static str = "record";
    const KIND: ObjectKind = ObjectKind::Contract;

    fn find(desk: &ContractDesk, _uid: Uid) -> Option<&Contract> {
        Some(&desk.contract)
    }

    fn revision(_desk: &DeskOf<Self>, contract: &Contract) -> i64 {
        contract.revision
    }

    fn fields(_desk: &ContractDesk, words: Words, _stored: Option<&Contract>) -> Vec<Section> {
        contract_fields(words)
    }

    fn blank(_desk: &ContractDesk, form: FormView) -> FormView {
        form
    }

    fn filled(_desk: &ContractDesk, contract: &Contract) -> FormView {
        let day = |day: Option<chrono::NaiveDate>| day.map(|day| day.to_string()).unwrap_or_default();
        let form = FormView::new()
            .with("title", &*contract.title)
            .with("number", &*contract.number)
            .with("starts_on", day(contract.starts_on))
            .with("ends_on", day(contract.ends_on))
            .with("monthly_fee", contract.monthly_fee.map(|fee| fee.to_string()).unwrap_or_default())
            .with("currency", &*contract.currency)
            .with("zone", contract.zone.name())
            .with("note", &*contract.note);
        let form = hours::filled(form, contract.hours.as_ref());
        contract.addresses.iter().fold(form, |form, address| {
            let form = form.with(format!("address_{}", address.form), &*address.address);
            let refused = if address.address.is_empty() { "yes" } else { "" };
            form.with(format!("refused_{}", address.form), refused)
        })
    }

    fn read(_desk: &ContractDesk, form: &mut Reader, _stored: Option<&Contract>) -> Option<ContractInput> {
        read_contract(form)
    }

    fn change(writing: Writing<'_, '_, Contract>, _uid: Uid, seen: i64, input: ContractInput) -> Outcome<GoTo> {
        contracts::correct(writing.tx, writing.permit, seen, input).map(|_| None)
    }
}

/// A clause.
pub enum ClauseNoun {}

impl Noun for ClauseNoun {
    type Place = ContractPlace;
    type Stored = Clause;
    type Input = ClauseInput;
    const SLUG: &'static str = "clauses";
    const KIND: ObjectKind = ObjectKind::Clause;

    fn find(desk: &ContractDesk, uid: Uid) -> Option<&Clause> {
        desk.clauses.iter().find(|clause| clause.uid == uid)
    }

    fn revision(_desk: &DeskOf<Self>, clause: &Clause) -> i64 {
        clause.revision
    }

    fn fields(_desk: &ContractDesk, words: Words, _stored: Option<&Clause>) -> Vec<Section> {
        Fields::new(words)
            .field("number", "clause-number", FieldKind::Line, false)
            .line("heading", false)
            .area("quote", true)
            .done()
    }

    fn blank(_desk: &ContractDesk, form: FormView) -> FormView {
        form
    }

    fn filled(_desk: &ContractDesk, clause: &Clause) -> FormView {
        FormView::new().with("number", &*clause.number).with("heading", &*clause.heading).with("quote", &*clause.quote)
    }

    fn read(_desk: &ContractDesk, form: &mut Reader, _stored: Option<&Clause>) -> Option<ClauseInput> {
        Some(ClauseInput { number: form.line("number"), heading: form.line("heading"), quote: form.required_prose("quote") })
    }

    fn add(writing: Writing<'_, '_, Contract>, input: ClauseInput) -> Outcome<Added> {
        contracts::quote_clause(writing.tx, writing.permit, input).map(|made| Added::at(made.uid))
    }

    fn change(writing: Writing<'_, '_, Contract>, uid: Uid, seen: i64, input: ClauseInput) -> Outcome<GoTo> {
        contracts::correct_clause(writing.tx, writing.permit, uid, seen, input).map(|_| None)
    }

    fn strike(writing: Writing<'_, '_, Contract>, uid: Uid, seen: i64, reason: String) -> Outcome<GoTo> {
        contracts::strike_clause(writing.tx, writing.permit, uid, seen, reason).map(|_| None)
    }
}

/// An agreement.
pub enum AgreementNoun {}

impl Noun for AgreementNoun {
    type Place = ContractPlace;
    type Stored = Agreement;
    type Input = AgreementInput;
    const SLUG: &'static str = "agreements";
    const KIND: ObjectKind = ObjectKind::Agreement;

    fn find(desk: &ContractDesk, uid: Uid) -> Option<&Agreement> {
        desk.agreements.iter().find(|agreement| agreement.uid == uid)
    }

    fn revision(_desk: &DeskOf<Self>, agreement: &Agreement) -> i64 {
        agreement.revision
    }

    fn fields(desk: &ContractDesk, words: Words, _stored: Option<&Agreement>) -> Vec<Section> {
        let contacts = desk.contacts.iter().map(|contact| {
            let name = contact.name.clone().unwrap_or_default();
            Choice { value: contact.uid.to_string(), label: format!("{} {} {name}", contact.department, contact.role) }
        });
        let clauses = desk
            .clauses
            .iter()
            .filter(|clause| clause.struck.is_none())
            .map(|clause| Choice { value: clause.uid.to_string(), label: format!("{} {}", clause.number, clause.heading) });
        Fields::new(words)
            .moment("made", true)
            .line("made_with", false)
            .choice("contact", "contact", false, contacts.collect())
            .words("how", "how", "agreement-how", AgreementHow::ALL)
            .field("words", "agreement-words", FieldKind::Area, true)
            .tick("verbatim")
            .area("evidence", false)
            .words("standing", "standing", "standing", Standing::ALL)
            .choice("before_clause", "before_clause", false, clauses.collect())
            .words("visibility", "visibility", "visibility", OPEN_VISIBILITIES)
            .done()
    }

    fn blank(_desk: &ContractDesk, form: FormView) -> FormView {
        form.with("standing", Standing::Ours.as_str()).with("visibility", Visibility::Provider.as_str())
    }

    fn filled(desk: &ContractDesk, agreement: &Agreement) -> FormView {
        let contact = agreement.contact.and_then(|id| desk.contacts.iter().find(|contact| contact.id == id));
        let clause = agreement.before_clause.and_then(|id| desk.clauses.iter().find(|clause| clause.id == id));
        FormView::new()
            .with("made", moment_value(Some(&agreement.made)))
            .with("made_with", &*agreement.made_with)
            .with("contact", contact.map(|contact| contact.uid.to_string()).unwrap_or_default())
            .with("how", agreement.how.as_str())
            .with("words", &*agreement.words)
            .with("verbatim", if agreement.verbatim { "yes" } else { "" })
            .with("evidence", &*agreement.evidence)
            .with("standing", agreement.standing.as_str())
            .with("before_clause", clause.map(|clause| clause.uid.to_string()).unwrap_or_default())
            .with("visibility", agreement.visibility.as_str())
    }

    fn read(desk: &ContractDesk, form: &mut Reader, _stored: Option<&Agreement>) -> Option<AgreementInput> {
        let contact = |uid: Uid| desk.contacts.iter().find(|contact| contact.uid == uid).map(|contact| contact.id);
        let clause = |uid: Uid| desk.clauses.iter().find(|clause| clause.uid == uid).map(|clause| clause.id);
        let made = form.required_moment("made", Lean::Past);
        Some(AgreementInput {
            made_with: form.line("made_with"),
            contact: form.chosen("contact", contact),
            words: form.required_prose("words"),
            verbatim: form.tick("verbatim"),
            evidence: form.prose("evidence"),
            before_clause: form.chosen("before_clause", clause),
            how: form.word("how")?,
            standing: form.word("standing")?,
            visibility: form.word("visibility")?,
            made: made?,
        })
    }

    fn add(writing: Writing<'_, '_, Contract>, input: AgreementInput) -> Outcome<Added> {
        contracts::put_down_agreement(writing.tx, writing.permit, input).map(|made| Added::at(made.uid))
    }

    fn change(writing: Writing<'_, '_, Contract>, uid: Uid, seen: i64, input: AgreementInput) -> Outcome<GoTo> {
        contracts::correct_agreement(writing.tx, writing.permit, uid, seen, input).map(|_| None)
    }

    fn strike(writing: Writing<'_, '_, Contract>, uid: Uid, seen: i64, reason: String) -> Outcome<GoTo> {
        contracts::strike_agreement(writing.tx, writing.permit, uid, seen, reason).map(|_| None)
    }
}
