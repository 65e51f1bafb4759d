//! Credit claims 減額請求: that we asked for a credit that a clause or an agreement gives, and how that was answered.
//!
//! Not to be confused with a *claim* among statements, which is something that somebody asserts.

use chrono::{Days, NaiveDate};
use serde::{Deserialize, Serialize};

use super::calendar::count::Limit;
use super::entry::{Entry, Struck};
use super::id::{Id, Uid};
use super::incident::Incident;
use super::locale::Zone;
use super::moment::{Moment, Stamp, local};
use super::party::Provider;
use super::person::Person;
use super::statement::Citation;
use super::term::credit::Bounds;
use super::term::{CreditTerm, Finding, PerBlock, Percent, Round, Term, credit};
use super::text_enum::text_enum;
use super::verdict::Found;
use super::visibility::Visibility;

#[cfg(test)]
mod tests;

/// That we asked for a credit, and how that was answered.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CreditClaim {
    /// Key.
    pub id: Id<CreditClaim>,
    /// In URLs.
    pub uid: Uid,
    /// How often the record was changed since it was made.
    pub revision: i64,
    /// In which incident.
    pub incident: Id<Incident>,
    /// Under which clause, or under which agreement that stands beside no printed one.
    pub of: Citation,
    /// Of which company.
    pub provider: Id<Provider>,
    /// When it was sent.
    pub sent: Moment,
    /// How.
    pub way: ClaimWay,
    /// To whom, or where to; empty if not known.
    pub address: String,
    /// Which of our people sent it; none where nobody says.
    pub sent_by: Option<Id<Person>>,
    /// How much was asked, as it then stood, in the smallest unit of `currency`; none where no amount was named.
    pub amount: Option<i64>,
    /// ISO 4217 code of the amounts' currency.
    pub currency: String,
    /// By the end of which day an answer was asked for; none where no day was named.
    pub answer_by: Option<NaiveDate>,
    /// How it was answered.
    pub answer: ClaimAnswer,
    /// When; none while it is not, or nobody knows.
    pub answered: Option<Moment>,
    /// How much they grant, or paid.
    pub granted: Option<i64>,
    /// In their words; empty where they gave none.
    pub answer_words: String,
    /// The entry that tells of the answer.
    pub entry: Option<Id<Entry>>,
    /// Who may read it.
    pub visibility: Visibility,
    /// Struck out, with the reason, if it is.
    pub struck: Option<Struck>,
}

text_enum! {
    /// How a claim was sent.
    pub enum ClaimWay {
        /// By ordinary post.
        Letter = "letter",
        /// By registered post.
        RegisteredLetter = "registered_letter",
        /// By fax.
        Fax = "fax",
        /// By e-mail.
        Email = "email",
        /// In the provider's customer portal.
        Portal = "portal",
        /// Handed over.
        HandedOver = "handed_over",
        /// By telephone.
        Phone = "phone",
    }
}

text_enum! {
    /// How a claim was answered.
    pub enum ClaimAnswer {
        /// Not yet.
        Open = "open",
        /// They grant it.
        Granted = "granted",
        /// They grant a part.
        PartlyGranted = "partly_granted",
        /// They refuse it.
        Refused = "refused",
        /// They paid, or took it off a bill.
        Paid = "paid",
    }
}

impl CreditClaim {
    /// Whether it stands, and the day on which an answer was asked for is over without one.
    pub fn is_overdue(&self, now: Stamp) -> bool {
        let over = |day: NaiveDate| {
            let next = day.checked_add_days(Days::new(1))?;
            Some(local::midnight(next, self.sent.zone) <= now)
        };
        self.struck.is_none() && self.answer == ClaimAnswer::Open && self.answer_by.and_then(over).unwrap_or(false)
    }

    /// Whether it was sent no later than the last day to claim, by the clocks of `zone`, where the contract counts its days; none
    /// where that depends on how day or sending are read.
    pub fn is_in_time(&self, (first, last): (NaiveDate, NaiveDate), zone: Zone) -> Option<bool> {
        let day = |at: Stamp| at.with_timezone(&zone).date_naive();
        if day(self.sent.to) <= first {
            Some(true)
        } else if day(self.sent.from) > last {
            Some(false)
        } else {
            None
        }
    }
}

/// A credit that surely is due.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Due {
    /// How much, in the smallest unit of the contract's currency; none where that cannot be computed.
    pub amount: Option<Bounds>,
    /// How it is counted.
    pub counted: Counted,
}

/// How a credit is counted.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(tag = "by", rename_all = "snake_case")]
pub enum Counted {
    /// For each stretch of the outage.
    Blocks {
        /// How many.
        blocks: Bounds,
        /// How much for each.
        per_block: PerBlock,
        /// How fractions are rounded.
        round: Round,
    },
    /// A part of the monthly fee, by how long it was down in the month.
    Share {
        /// The least.
        least: Percent,
        /// The most.
        most: Percent,
    },
}

impl Found<'_> {
    /// What the claim is called by in addresses: the clause, or the agreement beside none.
    pub fn subject(&self) -> Option<Uid> {
        self.clause.map(|clause| clause.uid).or(self.agreement.map(|agreement| agreement.uid))
    }

    /// Whether it is about a credit.
    pub fn is_about_credit(&self) -> bool {
        let gives = |term: &Term| match term {
            Term::Credit(_) => true,
            Term::Availability(term) => !term.tiers.is_empty(),
            Term::Notice(_) | Term::Response(_) | Term::Restore(_) | Term::Plain => false,
        };
        self.terms().into_iter().any(|(term, _)| gives(term))
    }

    /// The credit that is due under every reading, if one is.
    pub fn due(&self) -> Option<Due> {
        let outcome = self.judgement.governing();
        match (self.governing_term(), self.judgement.finding) {
            (Term::Credit(term), Finding::Due) => {
                let counted = Counted::Blocks { blocks: outcome.credit.blocks?, per_block: term.per_block, round: term.round };
                Some(Due { amount: outcome.credit.amount.filter(|amount| amount.min.is_some()), counted })
            }
            (Term::Availability(_), Finding::Breached) => {
                let (least, most) = outcome.availability?.credit;
                let of_fee = |fee: i64| Bounds { min: part(fee, least), max: part(fee, most) };
                let due = Due { amount: self.case.facts.monthly_fee.map(of_fee), counted: Counted::Share { least, most } };
                (least.billionths > 0).then_some(due)
            }
            _ => None,
        }
    }

    /// Whether an amount is wanting only because the monthly fee is not on record.
    pub fn lacks_fee(&self) -> bool {
        let of_fee = matches!(
            self.governing_term(),
            Term::Credit(CreditTerm { per_block: PerBlock::Share { .. }, .. }) | Term::Availability(_)
        );
        of_fee && self.case.facts.monthly_fee.is_none()
    }

    /// The last day to claim under the earliest reading and under the latest, whether it was claimed or not.
    pub fn last_days_to_claim(&self) -> Option<(NaiveDate, NaiveDate)> {
        let calendar = &self.case.calendar;
        let mut facts = self.case.facts.clone();
        facts.claimed_on = None;
        let of_term = |term: &Term| match term {
            Term::Credit(term) => credit::last_days(term, &facts, calendar),
            _ => None,
        };
        let day = |limit: Limit| limit.day.unwrap_or_else(|| calendar.day(limit.at));
        let all = self.terms().into_iter().filter_map(|(term, _)| of_term(term)).map(|(first, last)| (day(first), day(last)));
        all.reduce(|one, other| (one.0.min(other.0), one.1.max(other.1)))
    }

    fn governing_term(&self) -> &Term {
        let governs = self.judgement.agreement.as_ref().is_some_and(|agreement| agreement.governs);
        self.case.agreement.as_ref().filter(|_| governs).map_or(&self.case.term, |agreed| &agreed.term)
    }
}

/// A part of the fee, rounded down: nobody is asked for more than is due.
fn part(fee: i64, percent: Percent) -> Option<i64> {
    let whole = i128::from(fee) * i128::from(percent.billionths) / (100 * i128::from(Percent::ONE));
    i64::try_from(whole).ok()
}
