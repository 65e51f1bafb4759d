//! Credits that are due, and the claims for them, as an audience sees them.

use chrono::NaiveDate;
use serde::Serialize;

use super::{AgreementView, Audience, ClauseView, MissingView, VerdictView, View};
use crate::domain::credit_claim::{ClaimAnswer, ClaimWay, Due};
use crate::domain::id::{Id, Uid};
use crate::domain::moment::Moment;
use crate::domain::party::Provider as Company;
use crate::domain::phrases::{Arg, Phrase};
use crate::domain::term::Finding;
use crate::domain::term::reason::FactName;
use crate::domain::visibility::Visibility;

/// A credit under one clause: what is due, what is missing, and until when it must be claimed. No part of a [`super::View`]: what
/// nobody has asked for yet, no audience but the one it is made for is told.
#[derive(Clone, Debug)]
pub struct CreditView {
    /// The clause, or the agreement that stands beside none, as addresses name it.
    pub uid: Uid,
    /// The clause.
    pub clause: Option<ClauseView>,
    /// The agreement beside it.
    pub agreement: Option<AgreementView>,
    /// Whether the agreement is proved, and alone governs.
    pub agreement_governs: bool,
    /// The contract of both, as addresses name it.
    pub contract: Uid,
    /// What the contract is called.
    pub contract_title: String,
    /// Its number; empty if none is known.
    pub contract_number: String,
    /// The company that gives the credit.
    pub company: String,
    /// The same, by its key.
    pub company_key: Id<Company>,
    /// What it comes to.
    pub finding: Finding,
    /// What is due; none where it is not sure that anything is.
    pub due: Option<Due>,
    /// Whether the monthly fee is wanting.
    pub lacks_fee: bool,
    /// The monthly fee.
    pub monthly_fee: Option<i64>,
    /// The currency of all amounts.
    pub currency: String,
    /// How the outage was counted.
    pub counting: Vec<Phrase>,
    /// How the last day to claim was counted.
    pub claim_counting: Vec<Phrase>,
    /// The last day to claim, under the earliest reading and under the latest.
    pub last_days: Option<(NaiveDate, NaiveDate)>,
    /// What would settle it, and about which fact.
    pub missing: Vec<(FactName, MissingView)>,
    /// Whether it was claimed.
    pub claimed: bool,
}

/// A claim for a credit, as it was sent and answered.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(feature = "app", derive(utoipa::ToSchema))]
pub struct CreditClaimView {
    /// In URLs.
    pub uid: Uid,
    /// Under which clause or agreement; empty where the reader may not see that.
    pub of: String,
    /// The company that was asked.
    pub company: String,
    /// When it was sent.
    pub sent: Moment,
    /// How.
    pub way: ClaimWay,
    /// To whom, or where to.
    pub address: String,
    /// The name of whoever of us sent it.
    pub sent_by: Option<String>,
    /// How much was asked, in the smallest unit of `currency`.
    pub amount: Option<i64>,
    /// The currency of the amounts.
    pub currency: String,
    /// By when an answer was asked for.
    pub answer_by: Option<NaiveDate>,
    /// How it was answered.
    pub answer: ClaimAnswer,
    /// When.
    pub answered: Option<Moment>,
    /// How much they grant, or paid.
    pub granted: Option<i64>,
    /// In their words.
    pub answer_words: String,
    /// The entry that tells of the answer.
    pub entry: Option<Uid>,
    /// Whether the answer is overdue; never so for the provider.
    pub overdue: bool,
    /// Whether it was sent no later than the last day; none where that is not sure, or no day is known. Not for the provider.
    pub in_time: Option<bool>,
    /// Who may read it.
    pub visibility: Visibility,
    /// Why it was struck out, if it was.
    pub struck: Option<String>,
}

impl<A: Audience> View<A> {
    /// The claims for the credit of a verdict.
    pub fn claims_of<'a>(&'a self, verdict: &'a VerdictView) -> impl Iterator<Item = &'a CreditClaimView> {
        self.credit_claims.iter().filter(|claim| verdict.claims.contains(&claim.uid))
    }

    /// The claims that stand beside no verdict.
    pub fn claims_beside_no_verdict(&self) -> impl Iterator<Item = &CreditClaimView> {
        let beside = |claim: &&CreditClaimView| self.verdicts.iter().any(|verdict| verdict.claims.contains(&claim.uid));
        self.credit_claims.iter().filter(move |claim| !beside(claim))
    }

    /// What is overdue about credits: an answer that was asked for, or a last day that has passed under some reading. Never said to the
    /// provider.
    pub fn overdue_credits(&self) -> Vec<Phrase> {
        let unanswered = self.credit_claims.iter().filter(|claim| claim.overdue).map(|claim| {
            let phrase = Phrase::new("credit-overdue-answer").text("of", claim.of.clone()).moment("sent", &claim.sent);
            claim.answer_by.map_or(phrase.clone(), |day| phrase.with("day", Arg::Day(day)))
        });
        let unclaimed = self.verdicts.iter().filter(|verdict| {
            let is_past = verdict.claim_by.is_some_and(|day| day < verdict.today) && verdict.lapsed != Some(false);
            verdict.finding == Finding::Due && verdict.claims.is_empty() && is_past
        });
        let unclaimed = unclaimed.filter_map(|verdict| {
            let of = verdict.clause.as_ref().map_or(verdict.contract.clone(), |clause| clause.number.clone());
            Some(Phrase::new("credit-overdue-day").text("of", of).with("day", Arg::Day(verdict.claim_by?)))
        });
        unanswered.chain(unclaimed).collect()
    }
}
