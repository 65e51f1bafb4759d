//! Credits and the claims for them, for those who may see what they rest on.

use super::{Eye, reason};
use crate::domain::credit_claim::CreditClaim;
use crate::domain::dossier::Dossier;
use crate::domain::id::Uid;
use crate::domain::moment::Stamp;
use crate::domain::statement::Citation;
use crate::domain::term::Finding;
use crate::domain::term::reason::Rule;
use crate::domain::verdict::Found;
use crate::domain::view::{Audience, AudienceName, CreditClaimView, CreditView};

/// The credit under the clause or agreement called `of`, as `A` may see it: the second and last function that redacts.
pub fn redact_credit<A: Audience>(dossier: &Dossier, reader: &A::Reader, now: Stamp, of: Uid) -> Option<CreditView> {
    let eye = Eye::<A>::new(dossier, reader);
    let about = |found: &Found<'_>| found.subject() == Some(of) && found.is_about_credit() && eye.sees_verdict(found);
    // Several agreements may stand beside one clause: what is due surely is what there is to claim.
    let mut all: Vec<Found<'_>> = dossier.verdicts(now).into_iter().filter(about).collect();
    all.sort_by_key(|found| found.due().is_none());
    all.first().map(|found| eye.credit(found, of))
}

impl<A: Audience> Eye<'_, A> {
    fn credit(&self, found: &Found<'_>, uid: Uid) -> CreditView {
        let finding = found.judgement.finding;
        let reasons = || found.judgement.governing().reasons.iter();
        let working = |of: &[Rule]| {
            let counted = reasons().filter(|reason| of.contains(&reason.rule)).flat_map(|reason| reason.working.clone());
            counted.collect::<Vec<_>>()
        };
        let open = found.judgement.reasons().filter(|(_, reason)| reason.finding == Finding::CannotDetermine);
        let missing = open.flat_map(|(of, reason)| reason.missing.iter().map(move |missing| (of, missing)));
        let mut all_missing = Vec::new();
        if finding == Finding::CannotDetermine {
            for (of, missing) in missing {
                let missing = (missing.fact.clone(), self.missing(found, of, missing));
                if !all_missing.contains(&missing) {
                    all_missing.push(missing);
                }
            }
        }
        CreditView {
            uid,
            clause: found.clause.map(|clause| self.clause_view(clause)),
            agreement: found.agreement.and_then(|agreement| self.agreement(agreement)),
            agreement_governs: found.judgement.agreement.as_ref().is_some_and(|agreement| agreement.governs),
            contract: found.contract.uid,
            contract_title: found.contract.title.clone(),
            contract_number: found.contract.number.clone(),
            company: self.dossier.name_of(found.contract.provider),
            company_key: found.contract.provider,
            finding,
            due: found.due(),
            lacks_fee: found.lacks_fee(),
            monthly_fee: found.contract.monthly_fee,
            currency: found.contract.currency.clone(),
            counting: working(&[Rule::Credit, Rule::Availability]),
            claim_counting: working(&[Rule::Claim]),
            last_days: found.last_days_to_claim(),
            missing: all_missing,
            claimed: !found.claims.is_empty(),
        }
    }

    pub(super) fn credit_claims(&self, now: Stamp) -> Vec<CreditClaimView> {
        if self.dossier.credit_claims.is_empty() {
            return Vec::new();
        }
        let found = self.dossier.verdicts(now);
        let seen = self.dossier.credit_claims.iter().filter(|claim| self.sees_credit_claim(claim));
        seen.map(|claim| self.credit_claim(claim, &found, now)).collect()
    }

    pub(super) fn sees_credit_claim(&self, claim: &CreditClaim) -> bool {
        self.shows(claim.struck.as_ref()) && A::sees(self.reader, claim.visibility, None) && A::hears(self.reader, claim.provider)
    }

    fn credit_claim(&self, claim: &CreditClaim, all: &[Found<'_>], now: Stamp) -> CreditClaimView {
        let asked = |found: &&Found<'_>| found.claims.iter().any(|of| of.id == claim.id);
        let outward = A::NAME == AudienceName::Provider;
        let under = all.iter().find(asked).filter(|_| !outward);
        let days = under.and_then(|found| Some((found.last_days_to_claim()?, found.case.calendar.zone)));
        let entry = claim.entry.and_then(|id| self.entries().find(|entry| entry.id == id));
        CreditClaimView {
            uid: claim.uid,
            of: self.claimed_under(claim.of),
            company: self.dossier.name_of(claim.provider),
            sent: claim.sent.clone(),
            way: claim.way,
            address: claim.address.clone(),
            sent_by: claim
                .sent_by
                .filter(|_| A::our_names(self.reader))
                .and_then(|id| self.dossier.person(id))
                .map(str::to_owned),
            amount: claim.amount,
            currency: claim.currency.clone(),
            answer_by: claim.answer_by,
            answer: claim.answer,
            answered: claim.answered.clone(),
            granted: claim.granted,
            answer_words: claim.answer_words.clone(),
            entry: entry.map(|entry| entry.uid),
            overdue: !outward && claim.is_overdue(now),
            in_time: days.and_then(|(days, zone)| claim.is_in_time(days, zone)),
            visibility: claim.visibility,
            struck: reason(claim.struck.as_ref()),
        }
    }

    fn claimed_under(&self, of: Citation) -> String {
        match of {
            Citation::Clause(id) => {
                let clause = self.dossier.clauses.iter().find(|clause| clause.id == id);
                clause.map(|clause| format!("{} {}", clause.number, clause.heading).trim().to_owned()).unwrap_or_default()
            }
            Citation::Agreement(id) => {
                let agreement = self.dossier.agreements.iter().find(|agreement| agreement.id == id);
                agreement
                    .filter(|agreement| self.sees_agreement(agreement))
                    .map(|agreement| agreement.words.clone())
                    .unwrap_or_default()
            }
        }
    }
}
