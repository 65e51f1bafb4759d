//! Claims for credits: that one was sent, and how it was answered.

use chrono::NaiveDate;

use crate::domain::credit_claim::{ClaimAnswer, ClaimWay, CreditClaim};
use crate::domain::entry::Entry;
use crate::domain::id::{Id, Uid};
use crate::domain::incident::Incident;
use crate::domain::moment::Moment;
use crate::domain::party::Provider;
use crate::domain::person::Person;
use crate::domain::statement::Citation;
use crate::domain::visibility::Visibility;
use crate::store::permit::{Permit, Writes};
use crate::store::{Tx, credit_claims};

use super::{Outcome, check_open, next_revision, strikes, unfit};

/// A claim, as it was sent.
#[derive(Clone, Debug)]
pub struct SentClaim {
    /// Under which clause or agreement.
    pub of: Citation,
    /// Of which company.
    pub provider: Id<Provider>,
    /// When.
    pub sent: Moment,
    /// How.
    pub way: ClaimWay,
    /// To whom, or where to.
    pub address: String,
    /// Which of our people sent it.
    pub sent_by: Option<Id<Person>>,
    /// How much was asked, in the smallest unit of `currency`.
    pub amount: Option<i64>,
    /// ISO 4217 code of the amounts' currency.
    pub currency: String,
    /// By when an answer was asked for.
    pub answer_by: Option<NaiveDate>,
    /// Who may read it.
    pub visibility: Visibility,
}

impl SentClaim {
    fn write(self, claim: &mut CreditClaim) {
        claim.of = self.of;
        claim.provider = self.provider;
        claim.sent = self.sent;
        claim.way = self.way;
        claim.address = self.address;
        claim.sent_by = self.sent_by;
        claim.amount = self.amount;
        claim.currency = self.currency;
        claim.answer_by = self.answer_by;
        claim.visibility = self.visibility;
    }
}

/// Records that a claim was sent.
///
/// # Errors
/// [`super::Refused`].
pub fn record_sent<'tx, D: Writes>(tx: &mut Tx<'tx>, permit: Permit<'tx, D, Incident>, new: SentClaim) -> Outcome<CreditClaim> {
    let mut claim = CreditClaim {
        id: tx.fresh_id()?,
        uid: tx.fresh_uid()?,
        revision: 0,
        incident: permit.id(),
        of: new.of,
        provider: new.provider,
        sent: new.sent.clone(),
        way: new.way,
        address: String::new(),
        sent_by: None,
        amount: None,
        currency: String::new(),
        answer_by: None,
        answer: ClaimAnswer::Open,
        answered: None,
        granted: None,
        answer_words: String::new(),
        entry: None,
        visibility: new.visibility,
        struck: None,
    };
    new.write(&mut claim);
    check(&claim, tx)?;
    credit_claims::add(tx, &permit, "credit_claims::record_sent", &claim)?;
    Ok(claim)
}

/// Changes what was recorded of the sending.
///
/// # Errors
/// [`super::Refused::Stale`] where `seen` is not the revision that stands.
pub fn correct<'tx, D: Writes>(
    tx: &mut Tx<'tx>,
    permit: Permit<'tx, D, Incident>,
    uid: Uid,
    seen: i64,
    new: SentClaim,
) -> Outcome<CreditClaim> {
    let mut claim = credit_claims::get(tx, &permit, uid)?;
    claim.revision = next_revision(seen, claim.revision)?;
    new.write(&mut claim);
    check(&claim, tx)?;
    credit_claims::change(tx, &permit, "credit_claims::correct", &claim)?;
    Ok(claim)
}

/// How a claim was answered.
#[derive(Clone, Debug)]
pub struct ClaimAnswered {
    /// How.
    pub answer: ClaimAnswer,
    /// When.
    pub at: Option<Moment>,
    /// How much they grant, or paid.
    pub granted: Option<i64>,
    /// In their words.
    pub words: String,
    /// The entry that tells of it.
    pub entry: Option<Id<Entry>>,
}

/// Records how a claim was answered. Each answer is a revision: what was answered before stays in the history.
///
/// # Errors
/// [`super::Refused::Stale`] where `seen` is not the revision that stands.
pub fn record_answer<'tx, D: Writes>(
    tx: &mut Tx<'tx>,
    permit: Permit<'tx, D, Incident>,
    uid: Uid,
    seen: i64,
    answered: ClaimAnswered,
) -> Outcome<CreditClaim> {
    let mut claim = credit_claims::get(tx, &permit, uid)?;
    claim.revision = next_revision(seen, claim.revision)?;
    let is_open = answered.answer == ClaimAnswer::Open;
    claim.answer = answered.answer;
    claim.answered = answered.at.filter(|_| !is_open);
    claim.granted = answered.granted.filter(|_| !is_open);
    claim.answer_words = if is_open { String::new() } else { answered.words };
    claim.entry = answered.entry.filter(|_| !is_open);
    check(&claim, tx)?;
    credit_claims::change(tx, &permit, "credit_claims::record_answer", &claim)?;
    Ok(claim)
}

strikes! {
    /// Strikes a claim out, with a reason.
    strike_out: CreditClaim of Incident in credit_claims, "credit_claims::strike_out"
}

fn check(claim: &CreditClaim, tx: &Tx<'_>) -> Outcome<()> {
    check_open(claim.visibility)?;
    if claim.sent.from > tx.now() {
        // What is planned is no evidence: it would end the deadline before anything was sent.
        return unfit("sent", "credit-claim-sent-later");
    }
    if claim.amount.is_some_and(|amount| amount < 0) {
        return unfit("amount", "credit-claim-below-zero");
    }
    if claim.granted.is_some_and(|granted| granted < 0) {
        return unfit("granted", "credit-claim-below-zero");
    }
    match &claim.answered {
        Some(answered) if answered.surely_before(&claim.sent) => unfit("answered", "credit-claim-answered-before-it-was-sent"),
        _ => Ok(()),
    }
}
