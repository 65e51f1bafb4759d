//! The phone book: the list of companies, one company with its people and contracts, and one contract.

use chrono::NaiveDate;
use serde::Serialize;

use super::incident::entry::FileLine;
use super::noun_form::Link;
use crate::domain::calendar::Calendar;
use crate::domain::contract::{Agreement, Clause, Contract, NoticeAddress};
use crate::domain::moment::{Stamp, show};
use crate::domain::party::{Attachment, Contact, Owner, PhoneNumber, Provider};
use crate::domain::term::Term;
use crate::render::money;
use crate::render::say::{self, Voice};
use crate::render::tera::Page;
use crate::render::words::{Args, Words};

/// The list of companies.
#[derive(Clone, Debug, Serialize)]
pub struct CompaniesPage {
    /// What was searched for.
    pub words: String,
    /// Those that were found.
    pub companies: Vec<CompanyCard>,
}

impl Page for CompaniesPage {
    const TEMPLATE: &'static str = "companies/list.html";
}

/// A company in the list.
#[derive(Clone, Debug, Serialize)]
pub struct CompanyCard {
    /// Its page.
    pub href: String,
    /// Its name.
    pub name: String,
    /// What it does for us.
    pub trade: String,
    /// Its numbers.
    pub numbers: Vec<Number>,
}

impl CompanyCard {
    /// Of a company.
    pub fn of(company: &Provider) -> Self {
        Self {
            href: format!("/providers/{}", company.uid),
            name: company.name.clone(),
            trade: company.trade.clone(),
            numbers: company.numbers.iter().map(Number::of).collect(),
        }
    }
}

/// A number that can be dialled by a touch.
#[derive(Clone, Debug, Serialize)]
pub struct Number {
    /// What it is for.
    pub label: String,
    /// As written.
    pub written: String,
    /// `tel:…` (RFC 3966).
    pub href: String,
}

impl Number {
    fn of(number: &PhoneNumber) -> Self {
        Self { label: number.label.clone(), written: number.written.clone(), href: format!("tel:{}", number.digits) }
    }
}

/// One company.
#[derive(Clone, Debug, Serialize)]
pub struct CompanyPage {
    /// The company.
    pub company: CompanyCard,
    /// Anything else worth knowing.
    pub note: String,
    /// Its people.
    pub people: Vec<PersonCard>,
    /// The contracts with it.
    pub contracts: Vec<Link>,
    /// Where its history stands.
    pub history: String,
    /// Its incidents.
    pub incidents: String,
}

impl Page for CompanyPage {
    const TEMPLATE: &'static str = "companies/page.html";
}

/// One of a company's people.
#[derive(Clone, Debug, Serialize)]
pub struct PersonCard {
    /// Their form.
    pub href: String,
    /// Their name, if it is known.
    pub name: String,
    /// Department and role.
    pub desk: String,
    /// Their mail address.
    pub email: String,
    /// Their numbers.
    pub numbers: Vec<Number>,
    /// Anything else worth knowing.
    pub note: String,
    /// Whom they were found to be.
    pub merged_into: Option<String>,
}

impl CompanyPage {
    /// Of a company, with its people and contracts.
    pub fn new(company: &Provider, contacts: &[Contact], contracts: &[Contract]) -> Self {
        let card = CompanyCard::of(company);
        let contract = |contract: &Contract| Link { href: format!("/contracts/{}", contract.uid), text: contract.title.clone() };
        Self {
            people: contacts.iter().map(|contact| person(&card.href, contact, contacts)).collect(),
            contracts: contracts.iter().map(contract).collect(),
            note: company.note.clone(),
            history: format!("/history/provider/{}", company.uid),
            incidents: format!("/incidents?provider={}", company.uid),
            company: card,
        }
    }
}

fn person(company: &str, contact: &Contact, all: &[Contact]) -> PersonCard {
    let into = contact.merged_into.and_then(|id| all.iter().find(|other| other.id == id));
    PersonCard {
        href: format!("{company}/contacts/{}/edit", contact.uid),
        name: contact.name.clone().unwrap_or_default(),
        desk: desk(contact),
        email: contact.email.clone(),
        numbers: contact.numbers.iter().map(Number::of).collect(),
        note: contact.note.clone(),
        merged_into: into.map(|into| into.name.clone().unwrap_or_else(|| desk(into))),
    }
}

fn desk(contact: &Contact) -> String {
    let parts = [contact.department.as_str(), contact.role.as_str()];
    parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" · ")
}

/// One contract.
#[derive(Clone, Debug, Serialize)]
pub struct ContractPage {
    /// Its own page.
    pub href: String,
    /// Its history.
    pub history: String,
    /// The company it is with.
    pub company: Link,
    /// What it is called.
    pub title: String,
    /// Its number.
    pub number: String,
    /// From when to when.
    pub period: String,
    /// The fee per month.
    pub fee: String,
    /// The zone in which its days are counted.
    pub zone: String,
    /// Our addresses for notices.
    pub addresses: Vec<Address>,
    /// Anything else worth knowing.
    pub note: String,
    /// Its clauses.
    pub clauses: Vec<ClauseCard>,
    /// The agreements beside it.
    pub agreements: Vec<AgreementCard>,
    /// How many of its incidents' verdicts are still to be computed again, in words; empty where none is.
    pub computing: String,
}

impl Page for ContractPage {
    const TEMPLATE: &'static str = "contracts/page.html";
}

/// An address for one form of notice.
#[derive(Clone, Debug, Serialize)]
pub struct Address {
    /// How.
    pub form: String,
    /// Where to; empty where we refused that form.
    pub address: String,
}

/// A clause, quoted.
#[derive(Clone, Debug, Serialize)]
pub struct ClauseCard {
    /// What its forms' addresses begin with.
    pub href: String,
    /// Its number and heading.
    pub heading: String,
    /// Its words.
    pub quote: String,
    /// Its rule read back, sentence by sentence; none while nobody has given it.
    pub rule: Vec<String>,
    /// An example of it; may be empty.
    pub example: String,
    /// Its files.
    pub files: Vec<FileLine>,
    /// Why it was struck out, if it was.
    pub struck: Option<String>,
}

/// An agreement.
#[derive(Clone, Debug, Serialize)]
pub struct AgreementCard {
    /// What its forms' addresses begin with.
    pub href: String,
    /// When it was made.
    pub made: String,
    /// With whom.
    pub made_with: String,
    /// How.
    pub how: String,
    /// In which words.
    pub words: String,
    /// What proof there is.
    pub evidence: String,
    /// How well it is proved.
    pub standing: String,
    /// The clause it comes before.
    pub before: Option<String>,
    /// Its rule read back, sentence by sentence; none while nobody has given it.
    pub rule: Vec<String>,
    /// An example of it; may be empty.
    pub example: String,
    /// Its files.
    pub files: Vec<FileLine>,
    /// Why it was struck out, if it was.
    pub struck: Option<String>,
}

impl ContractPage {
    /// Of a contract with `company`, its clauses and agreements.
    pub fn new(
        contract: &Contract,
        company: &Provider,
        (clauses, agreements, files): (&[Clause], &[Agreement], &[Attachment]),
        words: Words,
        now: Stamp,
    ) -> Self {
        let href = format!("/contracts/{}", contract.uid);
        let calendar = contract.calendar();
        let back = ReadBack { words, calendar: &calendar, now };
        let address = |address: &NoticeAddress| Address {
            form: words.get(&format!("notice-form-{}", address.form)),
            address: address.address.clone(),
        };
        Self {
            history: format!("/history/contract/{}", contract.uid),
            company: Link { href: format!("/providers/{}", company.uid), text: company.name.clone() },
            title: contract.title.clone(),
            number: contract.number.clone(),
            period: period(contract.starts_on, contract.ends_on, words),
            fee: contract.monthly_fee.map(|fee| money::money(fee, &contract.currency, words)).unwrap_or_default(),
            zone: contract.zone.name().to_owned(),
            addresses: contract.addresses.iter().map(address).collect(),
            note: contract.note.clone(),
            computing: String::new(),
            clauses: clauses.iter().map(|clause| clause_card(&href, clause, files, back)).collect(),
            agreements: (agreements.iter())
                .map(|agreement| agreement_card(&href, agreement, (clauses, files), back, now))
                .collect(),
            href,
        }
    }
}

impl ContractPage {
    /// While the verdicts of `waiting` of all incidents that it touches are computed again.
    #[must_use]
    pub fn while_computing(mut self, (waiting, all): (i64, i64), words: Words) -> Self {
        if waiting > 0 {
            let args = Args::new().number("done", all - waiting).number("all", all);
            self.computing = words.with("contract-computing", &args);
        }
        self
    }
}

/// From which day to which; empty where neither is known.
fn period(from: Option<NaiveDate>, to: Option<NaiveDate>, words: Words) -> String {
    let end = |args: Args, name: &'static str, day: Option<NaiveDate>| match day {
        Some(day) => args.text(name, show::day(day, words.locale(), None)),
        None => args,
    };
    let key = match (from, to) {
        (None, None) => return String::new(),
        (Some(_), Some(_)) => "record-days",
        (Some(_), None) => "record-days-from",
        (None, Some(_)) => "record-days-until",
    };
    words.with(key, &end(end(Args::new(), "from", from), "to", to))
}

fn files_of(owner: Owner, files: &[Attachment]) -> Vec<FileLine> {
    let own = files.iter().filter(|file| file.owner == owner);
    own.map(|file| FileLine::new(file.uid, &file.name, file.size)).collect()
}

/// Reads terms back, by the calendar of their contract.
#[derive(Clone, Copy)]
struct ReadBack<'a> {
    words: Words,
    calendar: &'a Calendar,
    now: Stamp,
}

impl ReadBack<'_> {
    fn of(self, term: Option<&Term>) -> (Vec<String>, String) {
        let Some(term) = term else { return (Vec::new(), String::new()) };
        let voice = Voice::new(self.words, self.calendar.zone, Some(self.calendar.day(self.now)));
        let example = term.example(self.calendar, self.now).map(|example| voice.say(&example)).unwrap_or_default();
        (term.sentences().iter().map(|sentence| voice.say(sentence)).collect(), example)
    }
}

fn clause_card(contract: &str, clause: &Clause, files: &[Attachment], back: ReadBack<'_>) -> ClauseCard {
    let (rule, example) = back.of(clause.term.as_ref());
    ClauseCard {
        rule,
        example,
        href: format!("{contract}/clauses/{}", clause.uid),
        heading: say::clause(&clause.number, &clause.heading),
        quote: clause.quote.clone(),
        files: files_of(Owner::Clause(clause.id), files),
        struck: clause.struck.as_ref().map(|struck| struck.reason.clone()),
    }
}

fn agreement_card(
    contract: &str,
    agreement: &Agreement,
    (clauses, files): (&[Clause], &[Attachment]),
    back: ReadBack<'_>,
    now: Stamp,
) -> AgreementCard {
    let (words, (rule, example)) = (back.words, back.of(agreement.term.as_ref()));
    let before = agreement.before_clause.and_then(|id| clauses.iter().find(|clause| clause.id == id));
    let zone = agreement.made.zone;
    AgreementCard {
        rule,
        example,
        href: format!("{contract}/agreements/{}", agreement.uid),
        made: agreement.made.shown(words.locale(), zone, Some(now.with_timezone(&zone).date_naive())).line(words.locale()),
        made_with: agreement.made_with.clone(),
        how: words.get(&format!("agreement-how-{}", agreement.how)),
        words: agreement.words.clone(),
        evidence: agreement.evidence.clone(),
        standing: words.get(&format!("standing-{}", agreement.standing)),
        before: before.map(|clause| clause.number.clone()),
        files: files_of(Owner::Agreement(agreement.id), files),
        struck: agreement.struck.as_ref().map(|struck| struck.reason.clone()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::locale::Locale;

    #[test]
    fn a_contract_that_has_not_ended_says_from_when_it_holds() {
        let (from, to) = (NaiveDate::from_ymd_opt(2006, 4, 1), NaiveDate::from_ymd_opt(2007, 3, 31));
        let said = |from, to| [Locale::Ja, Locale::En].map(|locale| period(from, to, Words::new(locale)));
        assert_eq!(said(from, None), ["2006年4月1日(土)から", "from Sat 1 Apr 2006"]);
        assert_eq!(said(None, to), ["2007年3月31日(土)まで", "until Sat 31 Mar 2007"]);
        assert_eq!(said(from, to), ["2006年4月1日(土) 〜 2007年3月31日(土)", "Sat 1 Apr 2006 – Sat 31 Mar 2007"]);
        assert_eq!(said(None, None), ["", ""]);
    }
}
