//! The verdict 照合結果 on a clause, and on the agreement 特約 beside it.

use serde::Serialize;

use super::availability::{self, Availability};
use super::credit::{self, Credit};
use super::deadline::{self, Awaited};
use super::facts::Facts;
use super::notice;
use super::reason::{FactName, Lack, Reason, Rule};
use super::{Finding, Term};
use crate::domain::calendar::Calendar;
use crate::domain::contract::Standing;
use crate::domain::moment::Stamp;
use crate::domain::phrases::Phrase;

/// A term, the facts, and the time of asking.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Case {
    /// Where and by which days it counts.
    pub calendar: Calendar,
    /// What the clause says.
    pub term: Term,
    /// What was agreed beside it.
    pub agreement: Option<Agreed>,
    /// What is known.
    pub facts: Facts,
    /// The time of asking.
    pub now: Stamp,
}

/// What was agreed beside a clause, in a form that can be computed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Agreed {
    /// What it says.
    pub term: Term,
    /// How well it is proved.
    pub standing: Standing,
}

/// What one term comes to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Outcome {
    /// What it comes to.
    pub finding: Finding,
    /// Rule by rule; none where several notices or routes were judged, or the term is not about a notice.
    pub rules: Vec<(Rule, Finding)>,
    /// Of a credit, how much and until when.
    pub credit: Credit,
    /// Of an availability, its figures.
    pub availability: Option<Availability>,
    /// Why.
    pub reasons: Vec<Reason>,
}

/// What a case comes to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Judgement {
    /// What it comes to.
    pub finding: Finding,
    /// What the clause alone comes to.
    pub clause: Outcome,
    /// What the agreement beside it comes to, if there is one.
    pub agreement: Option<AgreementOutcome>,
}

/// What the agreement beside a clause comes to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AgreementOutcome {
    /// What it comes to.
    pub outcome: Outcome,
    /// Whether it is proved, so that it alone governs.
    pub governs: bool,
    /// Which of the two governs, and why.
    pub reason: Reason,
}

impl Judgement {
    /// The reasons of everything that was judged: the clause's, the agreement's, and which of the two governs.
    pub fn reasons(&self) -> impl Iterator<Item = (Side, &Reason)> {
        let agreement = self.agreement.iter().flat_map(|agreement| {
            let own = agreement.outcome.reasons.iter().map(|reason| (Side::Agreement, reason));
            own.chain([(Side::Both, &agreement.reason)])
        });
        self.clause.reasons.iter().map(|reason| (Side::Clause, reason)).chain(agreement)
    }

    /// What governs: the agreement where it is proved, else the clause.
    pub fn governing(&self) -> &Outcome {
        match &self.agreement {
            Some(agreement) if agreement.governs => &agreement.outcome,
            _ => &self.clause,
        }
    }
}

/// Of what a reason speaks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "app", derive(utoipa::ToSchema), schema(as = ReasonOf))]
#[serde(rename_all = "snake_case")]
pub enum Side {
    /// Of the clause.
    Clause,
    /// Of the agreement beside it.
    Agreement,
    /// Of both.
    Both,
}

impl Case {
    /// What the case comes to.
    ///
    /// An agreement made individually comes before printed terms, and must be proved. Where it is not, both are computed: what both
    /// come to holds whether it is proved or not.
    pub fn verdict(&self) -> Judgement {
        let clause = self.judge(&self.term);
        let Some(agreed) = &self.agreement else {
            return Judgement { finding: clause.finding, clause, agreement: None };
        };
        let outcome = self.judge(&agreed.term);
        let governs = agreed.standing == Standing::Established;
        let reason = Reason::new(Rule::Agreement).on([FactName::Agreement]);
        let reason = if governs {
            reason.work(Phrase::new("term-work-agreement-governs")).found(outcome.finding)
        } else if outcome.finding == clause.finding {
            reason.work(Phrase::new("term-work-agreement-same")).found(outcome.finding)
        } else {
            reason.work(Phrase::new("term-work-agreement-differs")).lacks(Lack::AgreementProof, FactName::Agreement)
        };
        Judgement { finding: reason.finding, clause, agreement: Some(AgreementOutcome { outcome, governs, reason }) }
    }

    fn judge(&self, term: &Term) -> Outcome {
        let (facts, calendar, now) = (&self.facts, &self.calendar, self.now);
        match term {
            Term::Notice(term) => of_pairs(notice::pairs(term, facts, calendar, now)),
            Term::Response(term) => Outcome::of(deadline::judge(term, Awaited::Response, facts, calendar, now)),
            Term::Restore(term) => Outcome::of(deadline::judge(term, Awaited::Restoration, facts, calendar, now)),
            Term::Credit(term) => {
                let (reasons, credit) = credit::judge(term, facts, calendar, now);
                let finding = reasons.first().map_or(Finding::CannotDetermine, |reason| reason.finding);
                Outcome { finding, rules: Vec::new(), credit, availability: None, reasons }
            }
            Term::Availability(term) => {
                let (reason, availability) = availability::judge(term, facts, calendar, now);
                Outcome { availability, ..Outcome::of(reason) }
            }
            Term::Plain => {
                let reason = Reason::new(Rule::Plain).on([FactName::Clause]).work(Phrase::new("term-work-plain"));
                Outcome::of(reason.found(Finding::NotComputable))
            }
        }
    }
}

impl Outcome {
    fn of(reason: Reason) -> Self {
        let finding = reason.finding;
        Self { finding, rules: Vec::new(), credit: Credit::default(), availability: None, reasons: vec![reason] }
    }
}

/// One notice on one route that meets every rule suffices; broken where each breaks one.
fn of_pairs(pairs: Vec<Vec<Reason>>) -> Outcome {
    let each = pairs.iter().map(|reasons| Finding::all(reasons.iter().map(|reason| reason.finding)));
    let finding = Finding::any(each);
    let rules = match pairs.as_slice() {
        [only] => only.iter().map(|reason| (reason.rule, reason.finding)).collect(),
        _ => Vec::new(),
    };
    Outcome { finding, rules, credit: Credit::default(), availability: None, reasons: pairs.into_iter().flatten().collect() }
}
