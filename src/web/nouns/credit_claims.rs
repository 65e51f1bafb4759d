//! The forms of claims for credits: that one was sent, and how it was answered.

use crate::actions::Outcome;
use crate::actions::credit_claims::{self, ClaimAnswered, SentClaim};
use crate::domain::contract::Contract;
use crate::domain::credit_claim::{ClaimAnswer, ClaimWay, CreditClaim};
use crate::domain::id::Uid;
use crate::domain::ledger::ObjectKind;
use crate::domain::moment::parse::Lean;
use crate::domain::statement::Citation;
use crate::domain::visibility::Visibility;
use crate::render::form::FormView;
use crate::render::pages::noun_form::{FieldKind, Fields, Section};
use crate::render::words::Words;

use super::read::Reader;
use super::{Added, DeskOf, GoTo, Noun, OPEN_VISIBILITIES, PeopleDesk, PeoplePlace, Writing, moment_value, options};

fn claim_called(desk: &PeopleDesk, uid: Uid) -> Option<&CreditClaim> {
    desk.dossier.credit_claims.iter().find(|claim| claim.uid == uid)
}

fn contract(desk: &PeopleDesk, of: Citation) -> Option<&Contract> {
    let contract = match of {
        Citation::Clause(id) => desk.dossier.clauses.iter().find(|clause| clause.id == id)?.contract,
        Citation::Agreement(id) => desk.dossier.agreements.iter().find(|agreement| agreement.id == id)?.contract,
    };
    desk.dossier.contracts.iter().find(|known| known.id == contract)
}

fn anchor(claim: &CreditClaim) -> GoTo {
    Some(format!("#claim-{}", claim.uid))
}

/// That a claim was sent.
pub enum CreditClaimNoun {}

impl Noun for CreditClaimNoun {
    type Place = PeoplePlace;
    type Stored = CreditClaim;
    type Input = SentClaim;
    const SLUG: &'static str = "credit-claims";
    const KIND: ObjectKind = ObjectKind::CreditClaim;

    fn find(desk: &PeopleDesk, uid: Uid) -> Option<&CreditClaim> {
        claim_called(desk, uid)
    }

    fn revision(_desk: &DeskOf<Self>, claim: &CreditClaim) -> i64 {
        claim.revision
    }

    fn fields(desk: &PeopleDesk, words: Words, stored: Option<&CreditClaim>) -> Vec<Section> {
        let fields = Fields::new(words);
        // What a claim asks for stays: one recorded under the wrong clause is struck out, and recorded anew.
        let fields = match stored {
            None => fields.choice("of", "claim-of", true, options::citations(&desk.dossier, words)),
            Some(_) => fields,
        };
        fields
            .moment("sent", true)
            .words("way", "claim-way", "claim-way", ClaimWay::ALL)
            .field("address", "claim-address", FieldKind::Line, false)
            .choice("sent_by", "sent_by", false, desk.people(stored.and_then(|claim| claim.sent_by)))
            .field("amount", "claim-amount", FieldKind::Line, false)
            .field("answer_by", "answer_by", FieldKind::Day, false)
            .words("visibility", "visibility", "visibility", OPEN_VISIBILITIES)
            .done()
    }

    fn blank(_desk: &PeopleDesk, form: FormView) -> FormView {
        form.with("visibility", Visibility::Provider.as_str())
    }

    fn filled(desk: &PeopleDesk, claim: &CreditClaim) -> FormView {
        FormView::new()
            .with("sent", moment_value(Some(&claim.sent)))
            .with("way", claim.way.as_str())
            .with("address", &*claim.address)
            .with("sent_by", desk.person_uid(claim.sent_by))
            .with("amount", claim.amount.map(|amount| amount.to_string()).unwrap_or_default())
            .with("answer_by", claim.answer_by.map(|day| day.to_string()).unwrap_or_default())
            .with("visibility", claim.visibility.as_str())
    }

    fn read(desk: &PeopleDesk, form: &mut Reader, stored: Option<&CreditClaim>) -> Option<SentClaim> {
        let of = match stored {
            Some(claim) => Some(claim.of),
            None => form.required_chosen("of", |uid| desk.dossier.citation_called(uid)),
        };
        let contract = of.and_then(|of| contract(desk, of));
        let sent = form.required_moment("sent", Lean::Past);
        Some(SentClaim {
            way: form.word("way")?,
            address: form.line("address"),
            sent_by: form.chosen("sent_by", |uid| desk.person_called(uid)),
            amount: form.amount("amount"),
            answer_by: form.day("answer_by"),
            visibility: form.word("visibility")?,
            of: of?,
            provider: stored.map(|claim| claim.provider).or(contract.map(|contract| contract.provider))?,
            currency: stored.map(|claim| claim.currency.clone()).or(contract.map(|contract| contract.currency.clone()))?,
            sent: sent?,
        })
    }

    fn add(writing: Writing<'_, '_>, input: SentClaim) -> Outcome<Added> {
        credit_claims::record_sent(writing.tx, writing.permit, input).map(|claim| Added { uid: claim.uid, goto: anchor(&claim) })
    }

    fn change(writing: Writing<'_, '_>, uid: Uid, seen: i64, input: SentClaim) -> Outcome<GoTo> {
        credit_claims::correct(writing.tx, writing.permit, uid, seen, input).map(|claim| anchor(&claim))
    }

    fn strike(writing: Writing<'_, '_>, uid: Uid, seen: i64, reason: String) -> Outcome<GoTo> {
        credit_claims::strike_out(writing.tx, writing.permit, uid, seen, reason).map(|claim| anchor(&claim))
    }
}

/// How a claim was answered.
pub enum ClaimAnswerNoun {}

impl Noun for ClaimAnswerNoun {
    type Place = PeoplePlace;
    type Stored = CreditClaim;
    type Input = ClaimAnswered;
    const SLUG: &'static str = "credit-claim-answers";
    const KIND: ObjectKind = ObjectKind::CreditClaim;

    fn find(desk: &PeopleDesk, uid: Uid) -> Option<&CreditClaim> {
        claim_called(desk, uid)
    }

    fn revision(_desk: &DeskOf<Self>, claim: &CreditClaim) -> i64 {
        claim.revision
    }

    fn fields(desk: &PeopleDesk, words: Words, _stored: Option<&CreditClaim>) -> Vec<Section> {
        Fields::new(words)
            .words("answer", "claim-answer", "claim-answer", ClaimAnswer::ALL)
            .field("answered", "claim-answered", FieldKind::Moment, false)
            .field("granted", "granted", FieldKind::Line, false)
            .area("answer_words", false)
            .choice("entry", "entry", false, options::entries(&desk.dossier, words))
            .done()
    }

    fn blank(_desk: &PeopleDesk, form: FormView) -> FormView {
        form
    }

    fn filled(desk: &PeopleDesk, claim: &CreditClaim) -> FormView {
        FormView::new()
            .with("answer", claim.answer.as_str())
            .with("answered", moment_value(claim.answered.as_ref()))
            .with("granted", claim.granted.map(|granted| granted.to_string()).unwrap_or_default())
            .with("answer_words", &*claim.answer_words)
            .with("entry", options::entry_uid(&desk.dossier, claim.entry))
    }

    fn read(desk: &PeopleDesk, form: &mut Reader, _stored: Option<&CreditClaim>) -> Option<ClaimAnswered> {
        Some(ClaimAnswered {
            at: form.moment("answered", Lean::Past),
            granted: form.amount("granted"),
            words: form.prose("answer_words"),
            entry: form.chosen("entry", |uid| options::entry(&desk.dossier, uid)),
            answer: form.word("answer")?,
        })
    }

    fn change(writing: Writing<'_, '_>, uid: Uid, seen: i64, input: ClaimAnswered) -> Outcome<GoTo> {
        credit_claims::record_answer(writing.tx, writing.permit, uid, seen, input).map(|claim| anchor(&claim))
    }
}
