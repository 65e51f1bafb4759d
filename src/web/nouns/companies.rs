//! The forms of the phone book: companies and their people.

use crate::actions::Outcome;
use crate::actions::companies::{self, CompanyInput, ContactInput};
use crate::domain::id::Uid;
use crate::domain::ledger::ObjectKind;
use crate::domain::party::{Contact, PhoneNumber, Provider};
use crate::domain::person::House;
use crate::domain::phone;
use crate::render::form::{FormView, Problem};
use crate::render::pages::noun_form::{Choice, Fields, Section};
use crate::render::words::{Args, Words};

use super::places::{CompanyDesk, HouseDesk};
use super::read::Reader;
use super::{Added, CompanyPlace, DeskOf, GoTo, HousePlace, Noun, Writing, options};

fn company_fields(words: Words) -> Vec<Section> {
    Fields::new(words).line("name", true).line("trade", false).area("numbers", false).area("note", false).done()
}

fn read_company(form: &mut Reader) -> CompanyInput {
    CompanyInput {
        name: form.required_line("name"),
        trade: form.line("trade"),
        note: form.prose("note"),
        numbers: read_numbers(form),
    }
}

/// A number a line, with what it is for before it.
fn read_numbers(form: &mut Reader) -> Vec<PhoneNumber> {
    let mut numbers = Vec::new();
    for line in form.prose("numbers").lines().map(str::trim).filter(|line| !line.is_empty()) {
        match phone::labelled(line) {
            Some((label, written, digits)) => {
                numbers.push(PhoneNumber { label: label.to_owned(), written: written.to_owned(), digits });
            }
            None => form.refuse("numbers", Problem::new("phone-unreadable").with("text", line)),
        }
    }
    numbers
}

fn numbers_value(numbers: &[PhoneNumber]) -> String {
    numbers.iter().map(PhoneNumber::line).collect::<Vec<_>>().join("\n")
}

/// A company that is put in the phone book.
pub enum CompanyNoun {}

impl Noun for CompanyNoun {
    type Place = HousePlace;
    type Stored = Provider;
    type Input = CompanyInput;
    const SLUG: &'static str = "providers";
    const LISTED: Option<(&'static str, &'static str)> = Some(("/providers", "companies-title"));
    const KIND: ObjectKind = ObjectKind::Provider;

    fn find(desk: &HouseDesk, uid: Uid) -> Option<&Provider> {
        desk.companies.iter().find(|company| company.uid == uid)
    }

    fn revision(_desk: &DeskOf<Self>, company: &Provider) -> i64 {
        company.revision
    }

    fn fields(_desk: &HouseDesk, words: Words, _stored: Option<&Provider>) -> Vec<Section> {
        company_fields(words)
    }

    fn blank(_desk: &HouseDesk, form: FormView) -> FormView {
        form
    }

    fn filled(_desk: &HouseDesk, _company: &Provider) -> FormView {
        FormView::new()
    }

    fn read(_desk: &HouseDesk, form: &mut Reader, _stored: Option<&Provider>) -> Option<CompanyInput> {
        Some(read_company(form))
    }

    fn add(writing: Writing<'_, '_, House>, input: CompanyInput) -> Outcome<Added> {
        let company = companies::put_down(writing.tx, writing.permit, input)?;
        Ok(Added::at(company.uid).going(format!("/providers/{}", company.uid)))
    }
}

/// What is known of a company, corrected.
pub enum CompanyRecordNoun {}

impl Noun for CompanyRecordNoun {
    type Place = CompanyPlace;
    type Stored = Provider;
    type Input = CompanyInput;
    const SLUG: &'static str = "record";
    const KIND: ObjectKind = ObjectKind::Provider;

    fn find(desk: &CompanyDesk, _uid: Uid) -> Option<&Provider> {
        Some(&desk.company)
    }

    fn revision(_desk: &DeskOf<Self>, company: &Provider) -> i64 {
        company.revision
    }

    fn fields(_desk: &CompanyDesk, words: Words, _stored: Option<&Provider>) -> Vec<Section> {
        company_fields(words)
    }

    fn blank(_desk: &CompanyDesk, form: FormView) -> FormView {
        form
    }

    fn filled(_desk: &CompanyDesk, company: &Provider) -> FormView {
        FormView::new()
            .with("name", &*company.name)
            .with("trade", &*company.trade)
            .with("note", &*company.note)
            .with("numbers", numbers_value(&company.numbers))
    }

    fn read(_desk: &CompanyDesk, form: &mut Reader, _stored: Option<&Provider>) -> Option<CompanyInput> {
        Some(read_company(form))
    }

    fn change(writing: Writing<'_, '_, Provider>, _uid: Uid, seen: i64, input: CompanyInput) -> Outcome<GoTo> {
        companies::correct(writing.tx, writing.permit, seen, input).map(|_| None)
    }
}

/// One of a company's people.
pub enum ContactNoun {}

impl Noun for ContactNoun {
    type Place = CompanyPlace;
    type Stored = Contact;
    type Input = ContactInput;
    const SLUG: &'static str = "contacts";
    const KIND: ObjectKind = ObjectKind::Contact;

    fn find(desk: &CompanyDesk, uid: Uid) -> Option<&Contact> {
        desk.contacts.iter().find(|contact| contact.uid == uid)
    }

    fn revision(_desk: &DeskOf<Self>, contact: &Contact) -> i64 {
        contact.revision
    }

    fn ways(desk: &CompanyDesk, contact: &Contact) -> &'static [(&'static str, &'static str)] {
        let can_be_merged = contact.merged_into.is_none() && others(desk, contact).next().is_some();
        if can_be_merged { &[("merger", "form-merge")] } else { &[] }
    }

    fn fields(_desk: &CompanyDesk, words: Words, _stored: Option<&Contact>) -> Vec<Section> {
        Fields::new(words)
            .line("name", false)
            .line("department", false)
            .field("role", "contact-role", crate::render::pages::noun_form::FieldKind::Line, false)
            .line("email", false)
            .area("numbers", false)
            .area("note", false)
            .done()
    }

    fn blank(_desk: &CompanyDesk, form: FormView) -> FormView {
        form
    }

    fn filled(_desk: &CompanyDesk, contact: &Contact) -> FormView {
        FormView::new()
            .with("name", contact.name.clone().unwrap_or_default())
            .with("department", &*contact.department)
            .with("role", &*contact.role)
            .with("email", &*contact.email)
            .with("numbers", numbers_value(&contact.numbers))
            .with("note", &*contact.note)
    }

    fn read(_desk: &CompanyDesk, form: &mut Reader, _stored: Option<&Contact>) -> Option<ContactInput> {
        Some(ContactInput {
            name: Some(form.line("name")).filter(|name| !name.is_empty()),
            department: form.line("department"),
            role: form.line("role"),
            email: form.line("email"),
            note: form.prose("note"),
            numbers: read_numbers(form),
        })
    }

    fn add(writing: Writing<'_, '_, Provider>, input: ContactInput) -> Outcome<Added> {
        companies::add_contact(writing.tx, writing.permit, input).map(|made| Added::at(made.uid))
    }

    fn change(writing: Writing<'_, '_, Provider>, uid: Uid, seen: i64, input: ContactInput) -> Outcome<GoTo> {
        companies::correct_contact(writing.tx, writing.permit, uid, seen, input).map(|_| None)
    }
}

/// Those of the phone book with whom `contact` can be found to be one.
fn others<'a>(desk: &'a CompanyDesk, contact: &'a Contact) -> impl Iterator<Item = &'a Contact> {
    desk.contacts.iter().filter(|other| other.merged_into.is_none() && other.id != contact.id)
}

/// Two entries of the phone book found to be one person.
pub enum MergerNoun {}

impl Noun for MergerNoun {
    type Place = CompanyPlace;
    type Stored = Contact;
    type Input = Uid;
    const SLUG: &'static str = "merger";
    const SUBMIT: Option<&'static str> = Some("form-merge");
    const KIND: ObjectKind = ObjectKind::Contact;

    fn find(desk: &CompanyDesk, uid: Uid) -> Option<&Contact> {
        ContactNoun::find(desk, uid).filter(|contact| contact.merged_into.is_none())
    }

    fn revision(_desk: &DeskOf<Self>, contact: &Contact) -> i64 {
        contact.revision
    }

    fn lead(_desk: &CompanyDesk, words: Words, stored: Option<&Contact>) -> String {
        let of = |contact| words.with("merger-lead", &Args::new().text("contact", options::person_label(contact)));
        stored.map(of).unwrap_or_default()
    }

    fn fields(desk: &CompanyDesk, words: Words, stored: Option<&Contact>) -> Vec<Section> {
        let choice = |other: &Contact| Choice { value: other.uid.to_string(), label: options::person_label(other) };
        let choices = stored.into_iter().flat_map(|contact| others(desk, contact)).map(choice).collect();
        Fields::new(words).choice("into", "into", true, choices).done()
    }

    fn blank(_desk: &CompanyDesk, form: FormView) -> FormView {
        form
    }

    fn filled(_desk: &CompanyDesk, _contact: &Contact) -> FormView {
        FormView::new()
    }

    fn read(desk: &CompanyDesk, form: &mut Reader, _stored: Option<&Contact>) -> Option<Uid> {
        form.required_chosen("into", |uid| Self::find(desk, uid).map(|contact| contact.uid))
    }

    fn change(writing: Writing<'_, '_, Provider>, uid: Uid, seen: i64, into: Uid) -> Outcome<GoTo> {
        companies::merge_contacts(writing.tx, writing.permit, uid, seen, into).map(|_| None)
    }
}
