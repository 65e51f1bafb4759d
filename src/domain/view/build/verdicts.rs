//! Verdicts, for those who see everything they rest on; for the provider what to confirm, as questions.

use super::Eye;
use super::replies::to_confirm;
use crate::domain::deadline::{DeadlineKind, deadlines};
use crate::domain::id::Uid;
use crate::domain::moment::Stamp;
use crate::domain::phrases::{Phrase, notice_form};
use crate::domain::term::reason::{FactName, Lack, Missing, Reason};
use crate::domain::term::verdict::Side;
use crate::domain::term::{Finding, Term};
use crate::domain::verdict::Found;
use crate::domain::view::{Audience, AudienceName, DeadlineView, FactPlace, FactView, MissingView, ReasonView, VerdictView};

impl<A: Audience> Eye<'_, A> {
    /// What the clauses come to, as far as the reader may see everything that it rests on.
    pub(super) fn found(&self, now: Stamp) -> Vec<Found<'_>> {
        self.dossier.verdicts(now).into_iter().filter(|found| self.sees_verdict(found)).collect()
    }

    /// None for the provider: to them goes no result, only [`Self::questions`].
    pub(super) fn verdicts(&self, seen: &[Found<'_>]) -> Vec<VerdictView> {
        if A::NAME == AudienceName::Provider {
            return Vec::new();
        }
        seen.iter().map(|found| self.verdict(found)).collect()
    }

    /// By when something must be done under the clauses; a promise says its own. None for the provider.
    pub(super) fn deadlines(&self, seen: &[Found<'_>]) -> Vec<DeadlineView> {
        if A::NAME == AudienceName::Provider {
            return Vec::new();
        }
        let all = deadlines(self.dossier, seen).into_iter();
        all.filter(|deadline| deadline.kind != DeadlineKind::Promise).map(DeadlineView).collect()
    }

    /// What the provider is asked to confirm, each once.
    pub(super) fn questions(&self, seen: &[Found<'_>]) -> Vec<Phrase> {
        if A::NAME != AudienceName::Provider {
            return Vec::new();
        }
        let mut questions = Vec::new();
        for found in seen.iter().filter(|found| found.judgement.finding == Finding::CannotDetermine) {
            for missing in self.all_missing(found) {
                questions.extend(missing.question.filter(|question| !missing.asked && !questions.contains(question)));
            }
        }
        questions
    }

    /// Whether the reader may see everything that the verdict rests on.
    pub(super) fn sees_verdict(&self, found: &Found<'_>) -> bool {
        let changes = found.change.into_iter().map(|change| change.visibility);
        let notices = found.notices.iter().map(|notice| notice.visibility);
        A::hears(self.reader, found.contract.provider)
            && found.agreement.is_none_or(|agreement| self.sees_agreement(agreement))
            && found.looked.iter().chain(&found.answered).all(|entry| self.sees_entry(entry))
            && found.claims.iter().all(|claim| self.sees_credit_claim(claim))
            && changes.chain(notices).all(|visibility| A::sees(self.reader, visibility, None))
    }

    fn verdict(&self, found: &Found<'_>) -> VerdictView {
        let judgement = &found.judgement;
        let stored = self.dossier.verdicts.iter().find(|stored| found.is(stored));
        let (finding, of_clause, of_agreement) = found.findings();
        // What time or a change made of it since it was last found is not on record yet.
        let stands = stored.filter(|stored| (stored.finding, stored.of_clause, stored.of_agreement) == found.findings());
        let governing = judgement.governing();
        let is_open = !matches!(finding, Finding::Met | Finding::NotDue | Finding::NotComputable);
        VerdictView {
            uid: stored.map(|stored| stored.uid),
            clause: found.clause.map(|clause| self.clause_view(clause)),
            agreement: found.agreement.and_then(|agreement| self.agreement(agreement)),
            contract: found.contract.title.clone(),
            change: found.change.map(|change| (change.what.clone(), change.effective.clone())),
            finding,
            of_clause,
            of_agreement,
            agreement_governs: judgement.agreement.as_ref().is_some_and(|agreement| agreement.governs),
            reasons: judgement.reasons().map(|(of, reason)| self.reason_view(found, of, reason)).collect(),
            missing: if finding == Finding::CannotDetermine { self.all_missing(found) } else { Vec::new() },
            amount: found.due().map_or(governing.credit.amount, |due| due.amount),
            claim_by: governing.credit.claim.and_then(|claim| claim.by),
            today: found.case.calendar.day(found.case.now),
            lapsed: governing.credit.claim.and_then(|claim| claim.lapsed),
            credit: found.subject().filter(|_| found.is_about_credit() && (is_open || !found.claims.is_empty())),
            claims: found.claims.iter().map(|claim| claim.uid).collect(),
            currency: found.contract.currency.clone(),
            since: stands.map(|stands| stands.found_at),
            because: stands.map(|stands| stands.because.clone()).unwrap_or_default(),
        }
    }

    fn reason_view(&self, found: &Found<'_>, of: Side, reason: &Reason) -> ReasonView {
        ReasonView {
            of,
            rule: reason.rule,
            finding: reason.finding,
            working: reason.working.clone(),
            facts: reason.facts.iter().filter_map(|fact| self.fact(found, fact)).collect(),
            missing: reason.missing.iter().map(|missing| self.missing(found, of, missing)).collect(),
        }
    }

    /// What would settle a verdict, each once. Where an agreement's proof alone would, nothing else is asked for.
    fn all_missing(&self, found: &Found<'_>) -> Vec<MissingView> {
        let mut all: Vec<MissingView> = Vec::new();
        let undecided = found.judgement.reasons().filter(|(_, reason)| reason.finding == Finding::CannotDetermine);
        for (of, reason) in undecided {
            for missing in &reason.missing {
                let missing = self.missing(found, of, missing);
                if !all.contains(&missing) {
                    all.push(missing);
                }
            }
        }
        let agreement = all.iter().position(|missing| missing.what == Lack::AgreementProof);
        if let Some(at) = agreement {
            all.swap(0, at);
        }
        all
    }

    pub(super) fn missing(&self, found: &Found<'_>, of: Side, missing: &Missing) -> MissingView {
        let question = question(found, of, missing);
        let asked = question.as_ref().is_some_and(|question| {
            self.dossier.asks.iter().any(|ask| ask.struck.is_none() && ask.about.as_deref() == Some(&*question.name()))
        });
        MissingView { what: missing.what, by: missing.by, question, asked }
    }

    fn fact(&self, found: &Found<'_>, fact: &FactName) -> Option<FactView> {
        let contract = FactPlace::Contract(found.contract.uid);
        let entry = |uid: Option<Uid>| uid.map_or(FactPlace::Incident, FactPlace::Entry);
        // Where nobody noted by whom something was written, that is where to note it.
        let unclear = found.answered.first().filter(|_| found.case.facts.perhaps_responded.is_some());
        let (key, place) = match fact {
            FactName::Effective => ("fact-effective", FactPlace::Changes),
            FactName::Notice(_) => ("fact-notice", FactPlace::Changes),
            FactName::Sent(_) => ("fact-sent", FactPlace::Changes),
            FactName::Received(_) => ("fact-received", FactPlace::Changes),
            FactName::ToRegistered(_) => ("fact-to-registered", FactPlace::Changes),
            FactName::NoneReceived => ("fact-none-received", entry(found.looked.first().map(|entry| entry.uid))),
            FactName::Exception(_) => ("fact-exception", FactPlace::Changes),
            FactName::Started => ("time-started", FactPlace::Incident),
            FactName::Reported => ("time-reported", FactPlace::Incident),
            FactName::ProviderKnew => ("fact-provider-knew", FactPlace::Incident),
            FactName::Responded => ("fact-responded", entry(unclear.map(|entry| entry.uid))),
            FactName::Restored => ("time-restored", FactPlace::Incident),
            FactName::Open => ("fact-open", FactPlace::Incident),
            FactName::Total => ("fact-total", FactPlace::Incident),
            FactName::Fault => ("fact-fault", FactPlace::Incident),
            FactName::MonthlyFee => ("fact-fee", contract),
            FactName::Agreement => ("object-agreement", contract),
            FactName::Clause => ("object-clause", contract),
            FactName::Downtime(_) => ("fact-downtime", FactPlace::Incident),
            FactName::ClaimedOn => ("fact-claimed", FactPlace::CreditClaim(found.claims.first()?.uid)),
            FactName::Month | FactName::Excluded(_) | FactName::Now => return None,
        };
        Some(FactView { key, place })
    }
}

/// What the provider can be asked, so that it settles what is missing.
fn question(found: &Found<'_>, of: Side, missing: &Missing) -> Option<Phrase> {
    let change = |phrase: Phrase| match found.change {
        Some(change) => phrase.text("change", change.what.clone()),
        None => phrase.text("change", found.contract.title.clone()),
    };
    let form = |at: usize| {
        let form = found.notices.get(at).map(|notice| notice.form);
        form.map(|form| Phrase::new(notice_form(form)))
    };
    match (missing.what, &missing.fact) {
        (Lack::AgreementProof, _) => {
            let agreement = found.agreement?;
            Some(to_confirm(agreement))
        }
        (Lack::Arrival, FactName::Received(at)) => Some(change(Phrase::new("term-ask-arrival")).phrase("form", form(*at)?)),
        (Lack::Dispatch, FactName::Sent(at)) => Some(change(Phrase::new("term-ask-dispatch")).phrase("form", form(*at)?)),
        (Lack::AddressUsed, FactName::ToRegistered(at)) => {
            Some(change(Phrase::new("term-ask-address")).phrase("form", form(*at)?))
        }
        (Lack::TheirProof, FactName::Notice(at) | FactName::Sent(at) | FactName::Received(at)) => {
            // A notice in a form that the agreement does not allow would settle nothing.
            let useless = of == Side::Agreement && !allows(found, *at);
            if useless { None } else { Some(change(Phrase::new("term-ask-proof")).phrase("form", form(*at)?)) }
        }
        (Lack::Effective, _) => Some(change(Phrase::new("term-ask-effective"))),
        (Lack::ExceptionProof, FactName::Exception(name)) => Some(Phrase::new("term-ask-exception").text("name", name)),
        (Lack::WhoseFault, _) => Some(Phrase::new("term-ask-fault")),
        (Lack::Happening, FactName::Restored) => Some(Phrase::new("term-ask-restored")),
        _ => None,
    }
}

fn allows(found: &Found<'_>, notice: usize) -> bool {
    let term = found.agreement.and_then(|agreement| agreement.term.as_ref());
    match (term, found.notices.get(notice)) {
        (Some(Term::Notice(term)), Some(notice)) => term.forms.as_ref().is_none_or(|forms| forms.contains(&notice.form)),
        _ => true,
    }
}
