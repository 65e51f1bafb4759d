//! Contracts, their clauses word for word, and the agreements beside them.

use chrono::NaiveDate;

use crate::domain::contract::{Agreement, AgreementHow, Clause, Contract, Hours, NoticeAddress, Standing};
use crate::domain::id::{Id, Uid};
use crate::domain::locale::Zone;
use crate::domain::moment::Moment;
use crate::domain::party::{Contact, Provider};
use crate::domain::term::Term;
use crate::domain::visibility::Visibility;
use crate::store::permit::{Permit, Writes};
use crate::store::{Tx, agreements, clauses, contracts};

use super::{Outcome, check_open, next_revision, strikes, unfit};

/// A contract, as it is put down or as it shall stand.
#[derive(Clone, Debug)]
pub struct ContractInput {
    /// What it is called.
    pub title: String,
    /// The contract's or customer's number.
    pub number: String,
    /// First day.
    pub starts_on: Option<NaiveDate>,
    /// Last day.
    pub ends_on: Option<NaiveDate>,
    /// The fee per month, in the currency's smallest unit.
    pub monthly_fee: Option<i64>,
    /// ISO 4217.
    pub currency: String,
    /// The zone in which its days are counted.
    pub zone: Zone,
    /// Our addresses registered for notices.
    pub addresses: Vec<NoticeAddress>,
    /// Anything else; ours alone.
    pub note: String,
    /// When its business is open; none: as is usual in Japan.
    pub hours: Option<Hours>,
}

impl ContractInput {
    fn write(self, contract: &mut Contract) -> Outcome<()> {
        if self.title.is_empty() {
            return unfit("title", "contract-needs-title");
        }
        if self.starts_on.zip(self.ends_on).is_some_and(|(first, last)| last < first) {
            return unfit("ends_on", "contract-ends-before-it-starts");
        }
        if self.monthly_fee.is_some_and(|fee| fee < 0) {
            return unfit("monthly_fee", "contract-fee-below-zero");
        }
        contract.title = self.title;
        contract.number = self.number;
        contract.starts_on = self.starts_on;
        contract.ends_on = self.ends_on;
        contract.monthly_fee = self.monthly_fee;
        contract.currency = self.currency;
        contract.zone = self.zone;
        contract.addresses = self.addresses;
        contract.note = self.note;
        contract.hours = self.hours;
        Ok(())
    }
}

/// Puts down a contract with a company.
///
/// # Errors
/// [`super::Refused`].
pub fn put_down<'tx, D: Writes>(tx: &mut Tx<'tx>, permit: Permit<'tx, D, Provider>, new: ContractInput) -> Outcome<Contract> {
    let mut contract = Contract {
        id: tx.fresh_id()?,
        uid: tx.fresh_uid()?,
        revision: 0,
        provider: permit.id(),
        title: String::new(),
        number: String::new(),
        starts_on: None,
        ends_on: None,
        monthly_fee: None,
        currency: String::new(),
        zone: new.zone,
        addresses: Vec::new(),
        note: String::new(),
        hours: None,
    };
    new.write(&mut contract)?;
    contracts::add(tx, &permit, "contracts::put_down", &contract)?;
    Ok(contract)
}

/// Changes what is known of a contract.
///
/// # Errors
/// [`super::Refused::Stale`] where `seen` is not the revision that stands.
pub fn correct<'tx, D: Writes>(
    tx: &mut Tx<'tx>,
    permit: Permit<'tx, D, Contract>,
    seen: i64,
    new: ContractInput,
) -> Outcome<Contract> {
    let mut contract = contracts::get(tx, &permit)?;
    contract.revision = next_revision(seen, contract.revision)?;
    new.write(&mut contract)?;
    contracts::change(tx, &permit, "contracts::correct", &contract)?;
    Ok(contract)
}

/// A clause, as it is quoted.
#[derive(Clone, Debug)]
pub struct ClauseInput {
    /// Its number as printed.
    pub number: String,
    /// Its heading.
    pub heading: String,
    /// Its words, exactly.
    pub quote: String,
}

fn check_clause(clause: &Clause) -> Outcome<()> {
    if clause.quote.is_empty() { unfit("quote", "clause-says-nothing") } else { Ok(()) }
}

/// Quotes a clause.
///
/// # Errors
/// [`super::Refused`].
pub fn quote_clause<'tx, D: Writes>(tx: &mut Tx<'tx>, permit: Permit<'tx, D, Contract>, new: ClauseInput) -> Outcome<Clause> {
    let clause = Clause {
        id: tx.fresh_id()?,
        uid: tx.fresh_uid()?,
        revision: 0,
        contract: permit.id(),
        number: new.number,
        heading: new.heading,
        quote: new.quote,
        term: None,
        struck: None,
    };
    check_clause(&clause)?;
    clauses::add(tx, &permit, "contracts::quote_clause", &clause)?;
    Ok(clause)
}

/// Corrects a quotation.
///
/// # Errors
/// [`super::Refused::Stale`] where `seen` is not the revision that stands.
pub fn correct_clause<'tx, D: Writes>(
    tx: &mut Tx<'tx>,
    permit: Permit<'tx, D, Contract>,
    uid: Uid,
    seen: i64,
    new: ClauseInput,
) -> Outcome<Clause> {
    let mut clause = clauses::get(tx, &permit, uid)?;
    clause.revision = next_revision(seen, clause.revision)?;
    clause.number = new.number;
    clause.heading = new.heading;
    clause.quote = new.quote;
    check_clause(&clause)?;
    clauses::change(tx, &permit, "contracts::correct_clause", &clause)?;
    Ok(clause)
}

/// Says what a clause comes to in a form that can be computed; none takes that back.
///
/// # Errors
/// [`super::Refused::Stale`] where `seen` is not the revision that stands.
pub fn set_term<'tx, D: Writes>(
    tx: &mut Tx<'tx>,
    permit: Permit<'tx, D, Contract>,
    uid: Uid,
    seen: i64,
    term: Option<Term>,
) -> Outcome<Clause> {
    let mut clause = clauses::get(tx, &permit, uid)?;
    clause.revision = next_revision(seen, clause.revision)?;
    clause.term = term;
    clauses::change(tx, &permit, "contracts::set_term", &clause)?;
    Ok(clause)
}

/// The same of an agreement.
///
/// # Errors
/// [`super::Refused::Stale`] where `seen` is not the revision that stands.
pub fn set_agreement_term<'tx, D: Writes>(
    tx: &mut Tx<'tx>,
    permit: Permit<'tx, D, Contract>,
    uid: Uid,
    seen: i64,
    term: Option<Term>,
) -> Outcome<Agreement> {
    let mut agreement = agreements::get(tx, &permit, uid)?;
    agreement.revision = next_revision(seen, agreement.revision)?;
    agreement.term = term;
    agreements::change(tx, &permit, "contracts::set_agreement_term", &agreement)?;
    Ok(agreement)
}

strikes! {
    /// Strikes a clause out, with a reason.
    strike_clause: Clause of Contract in clauses, "contracts::strike_clause"
}

/// An agreement, as it is put down or as it shall stand.
#[derive(Clone, Debug)]
pub struct AgreementInput {
    /// When it was made.
    pub made: Moment,
    /// Who of theirs made it, as far as known.
    pub made_with: String,
    /// The same person in the phone book.
    pub contact: Option<Id<Contact>>,
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
    pub before_clause: Option<Id<Clause>>,
    /// Who may read it.
    pub visibility: Visibility,
}

impl AgreementInput {
    fn write(self, agreement: &mut Agreement) -> Outcome<()> {
        if self.words.is_empty() {
            return unfit("words", "agreement-says-nothing");
        }
        check_open(self.visibility)?;
        agreement.made = self.made;
        agreement.made_with = self.made_with;
        agreement.contact = self.contact;
        agreement.how = self.how;
        agreement.words = self.words;
        agreement.verbatim = self.verbatim;
        agreement.evidence = self.evidence;
        agreement.standing = self.standing;
        agreement.before_clause = self.before_clause;
        agreement.visibility = self.visibility;
        Ok(())
    }
}

/// Puts down what was promised beside the print.
///
/// # Errors
/// [`super::Refused`].
pub fn put_down_agreement<'tx, D: Writes>(
    tx: &mut Tx<'tx>,
    permit: Permit<'tx, D, Contract>,
    new: AgreementInput,
) -> Outcome<Agreement> {
    let mut agreement = Agreement {
        id: tx.fresh_id()?,
        uid: tx.fresh_uid()?,
        revision: 0,
        contract: permit.id(),
        made: new.made.clone(),
        made_with: String::new(),
        contact: None,
        how: new.how,
        words: String::new(),
        verbatim: false,
        evidence: String::new(),
        standing: new.standing,
        confirmed_in: None,
        before_clause: None,
        term: None,
        visibility: new.visibility,
        struck: None,
    };
    new.write(&mut agreement)?;
    agreements::add(tx, &permit, "contracts::put_down_agreement", &agreement)?;
    Ok(agreement)
}

/// Changes what is known of an agreement; a better proof, say.
///
/// # Errors
/// [`super::Refused::Stale`] where `seen` is not the revision that stands.
pub fn correct_agreement<'tx, D: Writes>(
    tx: &mut Tx<'tx>,
    permit: Permit<'tx, D, Contract>,
    uid: Uid,
    seen: i64,
    new: AgreementInput,
) -> Outcome<Agreement> {
    let mut agreement = agreements::get(tx, &permit, uid)?;
    agreement.revision = next_revision(seen, agreement.revision)?;
    new.write(&mut agreement)?;
    agreements::change(tx, &permit, "contracts::correct_agreement", &agreement)?;
    Ok(agreement)
}

strikes! {
    /// Strikes an agreement out, with a reason.
    strike_agreement: Agreement of Contract in agreements, "contracts::strike_agreement"
}
