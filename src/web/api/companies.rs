//! The phone book and the contracts.

use std::collections::BTreeMap;

use actix_web::web::Query;
use actix_web::{HttpRequest, HttpResponse};
use chrono::NaiveDate;
use serde::Serialize;
use serde_json::Value;
use utoipa::ToSchema;

use super::body::Sent;
use super::caller::{Caller, Me};
use super::incidents::writables;
use super::resource::{Answer, Item, PageQuery, Resource, Writable, etag, found, standing, target, with_tag};
use super::shapes::companies::{
    AgreementRecord, BusinessDay, ClauseRecord, CompanyRecord, ContactRecord, ContractRecord, TermRecord,
};
use crate::domain::contract::{Agreement, AgreementHow, Clause, Contract, NoticeForm, Standing};
use crate::domain::entry::Struck;
use crate::domain::id::Uid;
use crate::domain::moment::{Moment, Stamp};
use crate::domain::party::{Contact, PhoneNumber, Provider};
use crate::domain::term::Term;
use crate::domain::term::read;
use crate::domain::visibility::Visibility;
use crate::error::{AppError, FieldError};
use crate::render::form::Problem;
use crate::store::{self, Tx};
use crate::web::nouns::{
    AgreementNoun, ClauseNoun, CompanyDesk, CompanyNoun, CompanyRecordNoun, ContactNoun, ContractDesk, ContractNoun,
    ContractPlace, ContractRecordNoun, Noun, Place, Writing,
};

/// A company of the phone book.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Company {
    /// In addresses.
    pub uid: Uid,
    /// Its name.
    pub name: String,
    /// What it does.
    pub trade: String,
    /// What else there is to know.
    pub note: String,
    /// Its numbers.
    pub numbers: Vec<String>,
}

/// One of a company's people.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Person {
    /// In addresses.
    pub uid: Uid,
    /// Their name; none where only the desk is known.
    pub name: Option<String>,
    /// Their department.
    pub department: String,
    /// What they do there.
    pub role: String,
    /// Their address.
    pub email: String,
    /// What else there is to know.
    pub note: String,
    /// Their numbers.
    pub numbers: Vec<String>,
    /// Whose entry of the phone book holds for both, where two were found to be one.
    pub merged_into: Option<Uid>,
}

/// A contract.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(as = Contract)]
pub struct ContractShown {
    /// In addresses.
    pub uid: Uid,
    /// What it is called.
    pub title: String,
    /// Its number.
    pub number: String,
    /// From when it runs.
    pub starts_on: Option<NaiveDate>,
    /// Until when.
    pub ends_on: Option<NaiveDate>,
    /// The monthly fee, in the smallest unit of its currency.
    pub monthly_fee: Option<i64>,
    /// The currency.
    pub currency: String,
    /// In which zone its days are counted.
    pub zone: String,
    /// Where notices may be sent, by their form.
    #[schema(value_type = BTreeMap<String, String>)]
    pub addresses: BTreeMap<NoticeForm, String>,
    /// In which forms we take no notices.
    pub refused: Vec<NoticeForm>,
    /// On which days of the week its business is open; none where nothing was said: as is usual in Japan.
    pub business_days: Option<Vec<BusinessDay>>,
    /// From when.
    pub opens: Option<String>,
    /// Until when, or `24:00`.
    pub closes: Option<String>,
    /// Days on which it is shut, beside the national holidays.
    pub closed_days: Option<Vec<NaiveDate>>,
    /// What else there is to know.
    pub note: String,
}

/// A clause, word for word.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(as = Clause)]
pub struct ClauseShown {
    /// In addresses.
    pub uid: Uid,
    /// Its number as printed.
    pub number: String,
    /// Its heading.
    pub heading: String,
    /// Its words.
    pub quote: String,
    /// Its rule in a form that can be computed.
    #[schema(value_type = Option<Object>)]
    pub term: Option<Term>,
    /// Why it was struck out, if it was.
    pub struck: Option<String>,
}

/// What was agreed beside the print.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(as = Agreement)]
pub struct AgreementShown {
    /// In addresses.
    pub uid: Uid,
    /// When it was made.
    pub made: Moment,
    /// With whom, as told.
    pub made_with: String,
    /// With whom, of the phone book.
    pub contact: Option<Uid>,
    /// How.
    pub how: AgreementHow,
    /// In which words.
    pub words: String,
    /// Whether they are verbatim.
    pub verbatim: bool,
    /// What proof there is.
    pub evidence: String,
    /// How well it is proved.
    pub standing: Standing,
    /// The clause it comes before.
    pub before_clause: Option<Uid>,
    /// Its rule in a form that can be computed.
    #[schema(value_type = Option<Object>)]
    pub term: Option<Term>,
    /// Who may read it.
    pub visibility: Visibility,
    /// Why it was struck out, if it was.
    pub struck: Option<String>,
}

fn numbers(all: &[PhoneNumber]) -> Vec<String> {
    all.iter().map(PhoneNumber::line).collect()
}

fn reason(struck: Option<&Struck>) -> Option<String> {
    struck.map(|struck| struck.reason.clone())
}

fn company(company: &Provider) -> Company {
    Company {
        uid: company.uid,
        name: company.name.clone(),
        trade: company.trade.clone(),
        note: company.note.clone(),
        numbers: numbers(&company.numbers),
    }
}

fn contract(contract: &Contract) -> ContractShown {
    let hours = contract.hours.as_ref();
    let (refused, taken): (Vec<_>, Vec<_>) = contract.addresses.iter().partition(|address| address.address.is_empty());
    ContractShown {
        uid: contract.uid,
        title: contract.title.clone(),
        number: contract.number.clone(),
        starts_on: contract.starts_on,
        ends_on: contract.ends_on,
        monthly_fee: contract.monthly_fee,
        currency: contract.currency.clone(),
        zone: contract.zone.name().to_owned(),
        addresses: taken.into_iter().map(|address| (address.form, address.address.clone())).collect(),
        refused: refused.into_iter().map(|address| address.form).collect(),
        business_days: hours.map(|hours| hours.open.days.iter().map(|day| BusinessDay::from(*day)).collect()),
        opens: hours.map(|hours| hours.open.opens()),
        closes: hours.map(|hours| hours.open.closes()),
        closed_days: hours.map(|hours| hours.closed.iter().copied().collect()),
        note: contract.note.clone(),
    }
}

impl Resource for CompanyRecordNoun {
    type Change = CompanyRecord;
    type Shown = Company;

    fn shown(desk: &CompanyDesk, _me: &Me, _now: Stamp) -> Vec<(Uid, Company)> {
        vec![(Uid::NIL, company(&desk.company))]
    }
}

impl Resource for ContactNoun {
    type Change = ContactRecord;
    type Shown = Person;

    fn shown(desk: &CompanyDesk, _me: &Me, _now: Stamp) -> Vec<(Uid, Person)> {
        let uid = |id| desk.contacts.iter().find(|contact| contact.id == id).map(|contact| contact.uid);
        let shown = |contact: &Contact| Person {
            uid: contact.uid,
            name: contact.name.clone(),
            department: contact.department.clone(),
            role: contact.role.clone(),
            email: contact.email.clone(),
            note: contact.note.clone(),
            numbers: numbers(&contact.numbers),
            merged_into: contact.merged_into.and_then(uid),
        };
        desk.contacts.iter().map(|contact| (contact.uid, shown(contact))).collect()
    }
}

impl Resource for ContractRecordNoun {
    type Change = ContractRecord;
    type Shown = ContractShown;

    fn shown(desk: &ContractDesk, _me: &Me, _now: Stamp) -> Vec<(Uid, ContractShown)> {
        vec![(Uid::NIL, contract(&desk.contract))]
    }
}

impl Resource for ClauseNoun {
    type Change = ClauseRecord;
    type Shown = ClauseShown;

    fn shown(desk: &ContractDesk, _me: &Me, _now: Stamp) -> Vec<(Uid, ClauseShown)> {
        let shown = |clause: &Clause| ClauseShown {
            uid: clause.uid,
            number: clause.number.clone(),
            heading: clause.heading.clone(),
            quote: clause.quote.clone(),
            term: clause.term.clone(),
            struck: reason(clause.struck.as_ref()),
        };
        desk.clauses.iter().map(|clause| (clause.uid, shown(clause))).collect()
    }
}

impl Resource for AgreementNoun {
    type Change = AgreementRecord;
    type Shown = AgreementShown;

    fn shown(desk: &ContractDesk, _me: &Me, _now: Stamp) -> Vec<(Uid, AgreementShown)> {
        let contact = |id| desk.contacts.iter().find(|contact| contact.id == id).map(|contact| contact.uid);
        let clause = |id| desk.clauses.iter().find(|clause| clause.id == id).map(|clause| clause.uid);
        let shown = |agreement: &Agreement| AgreementShown {
            uid: agreement.uid,
            made: agreement.made.clone(),
            made_with: agreement.made_with.clone(),
            contact: agreement.contact.and_then(contact),
            how: agreement.how,
            words: agreement.words.clone(),
            verbatim: agreement.verbatim,
            evidence: agreement.evidence.clone(),
            standing: agreement.standing,
            before_clause: agreement.before_clause.and_then(clause),
            term: agreement.term.clone(),
            visibility: agreement.visibility,
            struck: reason(agreement.struck.as_ref()),
        };
        desk.agreements.iter().map(|agreement| (agreement.uid, shown(agreement))).collect()
    }
}

writables! {
    CompanyNoun: CompanyRecord => CompanyRecordNoun at "";
    ContactNoun: ContactRecord => ContactNoun at "contacts";
    ContractNoun: ContractRecord => ContractRecordNoun at "";
    ClauseNoun: ClauseRecord => ClauseNoun at "clauses";
    AgreementNoun: AgreementRecord => AgreementNoun at "agreements";
}

/// `GET /providers`: by name.
pub async fn list(caller: Caller, query: Query<PageQuery>) -> Answer {
    let read = move |tx: &mut Tx<'_>, me: &Me| {
        let house = store::house::to_look(tx, me.actor)?;
        let all = store::providers::list(tx, &house, "")?;
        query.part(all.iter().map(|of| (of.uid, Item { etag: etag(of.revision), thing: company(of) })).collect())
    };
    Ok(HttpResponse::Ok().json(caller.read(read).await?))
}

/// `GET /contracts`
pub async fn contracts(caller: Caller, query: Query<PageQuery>) -> Answer {
    let read = move |tx: &mut Tx<'_>, me: &Me| {
        let house = store::house::to_look(tx, me.actor)?;
        let all = store::contracts::all(tx, &house)?;
        query.part(all.iter().map(|of| (of.uid, Item { etag: etag(of.revision), thing: contract(of) })).collect())
    };
    Ok(HttpResponse::Ok().json(caller.read(read).await?))
}

/// `PUT …/term`: the rule of a clause or agreement, `N`, shown as a part of `M`.
pub async fn set_term<N, M>(req: HttpRequest, caller: Caller, sent: Sent) -> Answer
where
    N: Noun<Place = ContractPlace, Input = Option<Term>>,
    M: Resource<Place = ContractPlace>,
{
    let target = target::<M>(&req)?;
    let condition = caller.clone();
    let write = move |tx: &mut Tx<'_>, me: &Me| {
        let permit = ContractPlace::for_edit(tx, me.actor, &target.at)?;
        let desk = ContractPlace::desk(tx, me.actor, &target.at)?;
        let (_, seen) = found::<N>(&condition, &desk, target.uid)?;
        let term = sent.whole::<TermRecord>()?.term.as_ref().map(rule).transpose()?;
        N::change(Writing { tx, permit }, target.uid, seen, term)?;
        standing::<M>(tx, me, &target)
    };
    let item = caller.write(write).await?;
    Ok(with_tag(HttpResponse::Ok(), &item))
}

fn rule(json: &Value) -> Result<Term, AppError> {
    let wrong = |error: read::ReadError| Problem::new("term-wrong-json").with("error", error.to_string());
    read::term(json).map_err(|error| AppError::Refused(vec![FieldError { field: "/term".to_owned(), problem: wrong(error) }]))
}
