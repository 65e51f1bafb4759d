//! What the clauses come to, with the working: for the meeting. The provider finds questions among what we ask.

use super::Press;
use crate::domain::moment::Moment;
use crate::domain::phrases::{Arg, Phrase};
use crate::domain::term::Finding;
use crate::domain::term::verdict::Side;
use crate::domain::view::{Audience, CreditClaimView, ReasonView, VerdictView};
use crate::render::credit::ClaimWords;
use crate::render::pdf::sheet::{Agreed, Fact, Line, Section, Style};
use crate::render::say;

impl<A: Audience> Press<'_, A> {
    pub(super) fn verdicts(&self) -> Option<Section<Agreed>> {
        let others = self.other_claims().map(|claim| self.other_claim(claim));
        let rows = self.view.verdicts.iter().map(|verdict| self.verdict(verdict)).chain(others).collect();
        self.section(self.words.get("verdicts"), self.words.get("verdict-no-opinion"), &[], rows)
    }

    /// The claims that stand beside no verdict, where these eyes are shown what the clauses come to.
    pub(super) fn other_claims(&self) -> impl Iterator<Item = &CreditClaimView> {
        self.view.claims_beside_no_verdict().filter(|claim| !self.outward && claim.struck.is_none())
    }

    /// Which clause, and what it comes to.
    pub(super) fn verdict_title(&self, verdict: &VerdictView) -> Line {
        let clause = verdict.clause.as_ref().map(|clause| say::clause(&clause.number, &clause.heading));
        Line::new()
            .and(Style::Strong, clause.unwrap_or_else(|| verdict.contract.clone()))
            .plain(self.separator())
            .and(Style::Strong, self.finding(verdict.finding))
    }

    fn finding(&self, finding: Finding) -> String {
        self.words.get(&format!("finding-{finding}"))
    }

    /// What it comes to if the agreement is admitted, where that is not proved.
    pub(super) fn under_agreement(&self, verdict: &VerdictView) -> Option<Fact> {
        let under = verdict.of_agreement.filter(|_| !verdict.agreement_governs)?;
        Some(Fact::lines(self.words.get("verdict-under-agreement"), vec![Line::new().plain(self.finding(under))]))
    }

    /// What is missing to say more.
    pub(super) fn missing(&self, verdict: &VerdictView) -> Option<Fact> {
        let missing: Vec<Line> = (verdict.missing.iter())
            .map(|missing| Line::new().plain(self.words.get(missing.what.key())).plain(self.asked(missing.asked)))
            .collect();
        (!missing.is_empty()).then(|| Fact::lines(self.words.get("verdict-missing"), missing))
    }

    fn verdict(&self, verdict: &VerdictView) -> Agreed {
        let words = match (&verdict.clause, &verdict.agreement) {
            (Some(clause), _) => self.quoted(&clause.quote, true),
            (None, Some(agreement)) => self.quoted(&agreement.words, agreement.verbatim),
            (None, None) => String::new(),
        };
        let line = |text: String| vec![Line::new().plain(text)];
        let mut facts = Vec::new();
        if let Some(agreement) = verdict.agreement.as_ref().filter(|_| verdict.clause.is_some()) {
            facts.push(Fact::lines(self.words.get("object-agreement"), line(self.quoted(&agreement.words, agreement.verbatim))));
        }
        if let Some(under) = self.under_agreement(verdict) {
            facts.push(under);
            facts.push(Fact::lines(self.words.get("verdict-under-clause"), line(self.finding(verdict.of_clause))));
        }
        facts.extend(verdict.reasons.iter().filter_map(|reason| self.worked(verdict, reason)));
        facts.extend(self.missing(verdict));
        let claims = self.view.claims_of(verdict).filter(|claim| claim.struck.is_none());
        facts.extend(claims.map(|claim| self.claim(claim)));
        Agreed { title: self.verdict_title(verdict), words, printed: true, facts }
    }

    fn other_claim(&self, claim: &CreditClaimView) -> Agreed {
        Agreed {
            title: Line::new().and(Style::Strong, claim.of.clone()),
            words: String::new(),
            printed: false,
            facts: vec![self.claim(claim)],
        }
    }

    /// A claim for the credit, as it was sent and answered.
    fn claim(&self, claim: &CreditClaimView) -> Fact {
        let moment = |moment: &Moment| self.say(&Phrase::new("phrase-at").moment("at", moment));
        let day = |day| self.say(&Phrase::new("phrase-day").with("day", Arg::Day(day)));
        let said = ClaimWords::of(claim, self.words, moment, day);
        let style = if claim.overdue { Style::Alarm } else { Style::Strong };
        let words = if claim.answer_words.is_empty() { String::new() } else { self.quoted(&claim.answer_words, true) };
        let plain = [said.sent, said.asked].map(|text| Line::new().plain(text));
        let answer = [Line::new().and(style, said.answer), Line::new().plain(words), Line::new().and(Style::Alarm, said.late)];
        let lines = plain.into_iter().chain(answer).filter(|line| !line.is_empty()).collect();
        Fact::lines(self.words.get("object-credit_claim"), lines)
    }

    fn asked(&self, asked: bool) -> String {
        if asked { self.put("paper-in-brackets", "text", self.words.get("verdict-asked")) } else { String::new() }
    }

    /// How a rule was computed.
    fn worked(&self, verdict: &VerdictView, reason: &ReasonView) -> Option<Fact> {
        let rule = self.words.get(&format!("rule-{}", reason.rule));
        let of = match reason.of {
            Side::Clause if verdict.agreement.is_some() => self.words.get("object-clause"),
            Side::Agreement => self.words.get("object-agreement"),
            Side::Clause | Side::Both => String::new(),
        };
        let working: Vec<String> = reason.working.iter().map(|working| self.say(working)).collect();
        let finding = self.words.get(&format!("finding-{}", reason.finding));
        let line = Line::new().and(Style::Strong, finding).plain(self.separator()).plain(working.join(" "));
        (!working.is_empty()).then(|| Fact::lines(self.dotted([of, rule]), vec![line]))
    }
}
