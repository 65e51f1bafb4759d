//! A small record in which every table has rows, every column that may be empty is so once and is not once.

use chrono::NaiveDate;

use crate::domain::contract::{Agreement, AgreementHow, Clause, Contract, Hours, NoticeAddress, NoticeForm, Standing};
use crate::domain::entry::Struck;
use crate::domain::locale::DEFAULT_ZONE;
use crate::domain::moment::Moment;
use crate::domain::party::{Contact, PhoneNumber, Provider};
use crate::domain::permit::Actor;
use crate::domain::term::{NoticeTerm, Term};
use crate::domain::visibility::Visibility;
use crate::store::testing::at;
use crate::store::{Result, Tx, agreements, clauses, contacts, contracts, house, providers};

/// What [`companies`] wrote.
#[derive(Clone)]
pub(super) struct Companies {
    pub provider: Provider,
    pub other: Provider,
    pub sato: Contact,
    pub contract: Contract,
    pub bare: Contract,
    pub clause: Clause,
    pub agreement: Agreement,
}

fn number(written: &str, digits: &str) -> PhoneNumber {
    PhoneNumber { label: "代表".to_owned(), written: written.to_owned(), digits: digits.to_owned() }
}

/// A company about to be added.
pub(super) fn provider(tx: &mut Tx<'_>, name: &str) -> Result<Provider> {
    Ok(Provider {
        id: tx.fresh_id()?,
        uid: tx.fresh_uid()?,
        revision: 0,
        name: name.to_owned(),
        trade: "回線".to_owned(),
        note: String::new(),
        numbers: vec![number("03/5550-0100", "+81355500100"), number("0120-555-010", "+81120555010")],
    })
}

fn contact(tx: &mut Tx<'_>, provider: &Provider, name: Option<&str>) -> Result<Contact> {
    Ok(Contact {
        id: tx.fresh_id()?,
        uid: tx.fresh_uid()?,
        revision: 0,
        provider: provider.id,
        name: name.map(str::to_owned),
        department: "技術窓口".to_owned(),
        role: "担当".to_owned(),
        email: String::new(),
        note: "ﾃﾞｽｸ 加".to_owned(),
        numbers: vec![number("+81 3-5550-0101", "+81355500101"), number("090-5550-0102", "+819055500102")],
        merged_into: None,
    })
}

/// Two companies; Sato and an unknown desk that was found to be Sato; two contracts, two clauses, two agreements.
pub(super) fn companies(tx: &mut Tx<'_>, actor: Actor) -> Result<Companies> {
    let house = house::to_edit(tx, actor)?;
    let company = provider(tx, "㈱髙﨑ネット①")?;
    let permit = providers::add(tx, &house, "companies::put_down", &company)?;
    let other = provider(tx, "Contractor")?;
    providers::add(tx, &house, "companies::put_down", &other)?;
    let sato = contact(tx, &company, Some("佐藤"))?;
    contacts::add(tx, &permit, "companies::add_contact", &sato)?;
    let mut desk = contact(tx, &company, None)?;
    contacts::add(tx, &permit, "companies::add_contact", &desk)?;
    (desk.revision, desk.merged_into) = (1, Some(sato.id));
    contacts::change(tx, &permit, "companies::merge_contacts", &desk)?;
    let mut contract = contract(tx, &company)?;
    let contract_permit = contracts::add(tx, &permit, "contracts::put_down", &contract)?;
    let bare = Contract { id: tx.fresh_id()?, uid: tx.fresh_uid()?, starts_on: None, monthly_fee: None, ..contract.clone() };
    contracts::add(tx, &permit, "contracts::put_down", &bare)?;
    (contract.revision, contract.ends_on) = (1, NaiveDate::from_ymd_opt(2007, 3, 31));
    contracts::change(tx, &contract_permit, "contracts::correct", &contract)?;
    let clause = clause(tx, &contract, "第12条第2項", None)?;
    clauses::add(tx, &contract_permit, "contracts::quote_clause", &clause)?;
    let struck = Struck { at: tx.now(), reason: "quoted from an old edition".to_owned() };
    let old = self::clause(tx, &contract, "第12条", Some(struck.clone()))?;
    clauses::add(tx, &contract_permit, "contracts::quote_clause", &old)?;
    let agreement = agreement(tx, &contract, Some(&sato), Some(&clause), None)?;
    agreements::add(tx, &contract_permit, "contracts::put_down_agreement", &agreement)?;
    let withdrawn = self::agreement(tx, &contract, None, None, Some(struck))?;
    agreements::add(tx, &contract_permit, "contracts::put_down_agreement", &withdrawn)?;
    Ok(Companies { provider: company, other, sato, contract, bare, clause, agreement })
}

fn contract(tx: &mut Tx<'_>, provider: &Provider) -> Result<Contract> {
    Ok(Contract {
        id: tx.fresh_id()?,
        uid: tx.fresh_uid()?,
        revision: 0,
        provider: provider.id,
        title: "本社回線".to_owned(),
        number: "N-0042".to_owned(),
        starts_on: NaiveDate::from_ymd_opt(2005, 4, 1),
        ends_on: None,
        monthly_fee: Some(48_000),
        currency: "JPY".to_owned(),
        zone: DEFAULT_ZONE,
        addresses: vec![
            NoticeAddress { form: NoticeForm::Letter, address: "本社 総務部".to_owned() },
            NoticeAddress { form: NoticeForm::Email, address: String::new() },
        ],
        note: String::new(),
        hours: Some(Hours { closed: NaiveDate::from_ymd_opt(2006, 8, 14).into_iter().collect(), ..Hours::default() }),
    })
}

/// A notice must come by letter.
fn on_paper() -> Term {
    Term::Notice(NoticeTerm { forms: Some(vec![NoticeForm::Letter]), ..NoticeTerm::default() })
}

fn clause(tx: &mut Tx<'_>, contract: &Contract, number: &str, struck: Option<Struck>) -> Result<Clause> {
    Ok(Clause {
        id: tx.fresh_id()?,
        uid: tx.fresh_uid()?,
        revision: 0,
        contract: contract.id,
        number: number.to_owned(),
        heading: "通知".to_owned(),
        quote: "通知は書面による。\n".to_owned(),
        term: struck.is_none().then(on_paper),
        struck,
    })
}

fn agreement(
    tx: &mut Tx<'_>,
    contract: &Contract,
    contact: Option<&Contact>,
    before: Option<&Clause>,
    struck: Option<Struck>,
) -> Result<Agreement> {
    Ok(Agreement {
        id: tx.fresh_id()?,
        uid: tx.fresh_uid()?,
        revision: 0,
        contract: contract.id,
        made: Moment {
            from: at(-1_000_000),
            to: at(-900_000),
            words: before.map(|_| "契約のとき".to_owned()),
            zone: DEFAULT_ZONE,
        },
        made_with: "営業の方".to_owned(),
        contact: contact.map(|contact| contact.id),
        how: AgreementHow::Spoken,
        words: "通知は書面でいただく".to_owned(),
        verbatim: false,
        evidence: "返却した用紙".to_owned(),
        standing: Standing::Ours,
        confirmed_in: None,
        before_clause: before.map(|clause| clause.id),
        term: before.map(|_| on_paper()),
        visibility: Visibility::Provider,
        struck,
    })
}
