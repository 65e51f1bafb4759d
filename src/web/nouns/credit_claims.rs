//! The forms of claims for credits: that one was sent, and how it was answered.

use crate::actions::Outcome;
use crate::actions::credit_claims::{self, ClaimAnswered, SentClaim};
use crate::domain::contract::Contract;
use crate::domain::credit_claim::{ClaimAnswer, ClaimWay, CreditClaim};
use crate::domain::dossier::Dossier;
use crate::domain::id::Uid;
use crate::domain::incident::{Incident, IncidentNumber};
use crate::domain::ledger::ObjectKind;
use crate::domain::moment::parse::Lean;
use crate::domain::permit::Actor;
use crate::domain::person::Person;
use crate::domain::statement::Citation;
use crate::domain::visibility::Visibility;
use crate::render::form::FormView;
use crate::render::pages::noun_form::{Choice, FieldKind, Fields, Section};
use crate::render::words::Words;
use crate::store::permit::{Edit, Permit};
use crate::store::{self, Tx};

use super::read::Reader;
use super::{DeskOf, GoTo, IncidentPlace, Noun, OPEN_VISIBILITIES, Place, Writing, moment_value, options};

/// An incident, seen by whoever records a claim.
pub enum CreditClaimPlace {}

/// What is offered: the incident, and our people.
pub struct CreditClaimDesk {
    dossier: Dossier,
    people: Vec<Person>,
}

impl CreditClaimDesk {
    fn claim(&self, uid: Uid) -> Option<&CreditClaim> {
        self.dossier.credit_claims.iter().find(|claim| claim.uid == uid)
    }

    fn contract(&self, of: Citation) -> Option<&Contract> {
        let contract = match of {
            Citation::Clause(id) => self.dossier.clauses.iter().find(|clause| clause.id == id)?.contract,
            Citation::Agreement(id) => self.dossier.agreements.iter().find(|agreement| agreement.id == id)?.contract,
        };
        self.dossier.contracts.iter().find(|known| known.id == contract)
    }

    /// Who sent it may be somebody who cannot log in any more.
    fn people(&self, stored: Option<&CreditClaim>) -> Vec<Choice> {
        let known =
            |person: &&Person| person.disabled_at.is_none() || stored.is_some_and(|claim| claim.sent_by == Some(person.id));
        let choice = |person: &Person| Choice { value: person.uid.to_string(), label: person.name.clone() };
        self.people.iter().filter(known).map(choice).collect()
    }
}

impl Place for CreditClaimPlace {
    type At = IncidentNumber;
    type Thing = Incident;
    type Deed = Edit;
    type Desk = CreditClaimDesk;

    fn read_at(segment: &str) -> Option<IncidentNumber> {
        IncidentPlace::read_at(segment)
    }

    fn for_edit<'tx>(tx: &mut Tx<'tx>, actor: Actor, at: &IncidentNumber) -> store::Result<Permit<'tx, Edit, Incident>> {
        IncidentPlace::for_edit(tx, actor, at)
    }

    fn desk(tx: &mut Tx<'_>, actor: Actor, at: &IncidentNumber) -> store::Result<CreditClaimDesk> {
        let house = store::house::to_look(tx, actor)?;
        Ok(CreditClaimDesk { dossier: IncidentPlace::desk(tx, actor, at)?, people: store::people::all(tx, &house)? })
    }

    fn url(at: &IncidentNumber) -> String {
        IncidentPlace::url(at)
    }

    fn name(desk: &CreditClaimDesk, words: Words) -> String {
        IncidentPlace::name(&desk.dossier, words)
    }
}

fn anchor(claim: &CreditClaim) -> GoTo {
    Some(format!("#claim-{}", claim.uid))
}

/// That a claim was sent.
pub enum CreditClaimNoun {}

impl Noun for CreditClaimNoun {
    type Place = CreditClaimPlace;
    type Stored = CreditClaim;
    type Input = SentClaim;
    const SLUG: &'static str = "credit-claims";
    const KIND: ObjectKind = ObjectKind::CreditClaim;

    fn find(desk: &CreditClaimDesk, uid: Uid) -> Option<&CreditClaim> {
        desk.claim(uid)
    }

    fn revision(_desk: &DeskOf<Self>, claim: &CreditClaim) -> i64 {
        claim.revision
    }

    fn fields(desk: &CreditClaimDesk, words: Words, stored: Option<&CreditClaim>) -> Vec<Section> {
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
            .choice("sent_by", "sent_by", false, desk.people(stored))
            .field("amount", "claim-amount", FieldKind::Line, false)
            .field("answer_by", "answer_by", FieldKind::Day, false)
            .words("visibility", "visibility", "visibility", OPEN_VISIBILITIES)
            .done()
    }

    fn blank(_desk: &CreditClaimDesk, form: FormView) -> FormView {
        form.with("visibility", Visibility::Provider.as_str())
    }

    fn filled(desk: &CreditClaimDesk, claim: &CreditClaim) -> FormView {
        let sent_by = desk.people.iter().find(|person| Some(person.id) == claim.sent_by);
        FormView::new()
            .with("sent", moment_value(Some(&claim.sent)))
            .with("way", claim.way.as_str())
            .with("address", &*claim.address)
            .with("sent_by", sent_by.map(|person| person.uid.to_string()).unwrap_or_default())
            .with("amount", claim.amount.map(|amount| amount.to_string()).unwrap_or_default())
            .with("answer_by", claim.answer_by.map(|day| day.to_string()).unwrap_or_default())
            .with("visibility", claim.visibility.as_str())
    }

    fn read(desk: &CreditClaimDesk, form: &mut Reader, stored: Option<&CreditClaim>) -> Option<SentClaim> {
        let of = match stored {
            Some(claim) => Some(claim.of),
            None => form.required_chosen("of", |uid| desk.dossier.citation_called(uid)),
        };
        let contract = of.and_then(|of| desk.contract(of));
        let sent = form.required_moment("sent", Lean::Past);
        let person = |uid: Uid| desk.people.iter().find(|person| person.uid == uid).map(|person| person.id);
        Some(SentClaim {
            way: form.word("way")?,
            address: form.line("address"),
            sent_by: form.chosen("sent_by", person),
            amount: form.amount("amount"),
            answer_by: form.day("answer_by"),
            visibility: form.word("visibility")?,
            of: of?,
            provider: stored.map(|claim| claim.provider).or(contract.map(|contract| contract.provider))?,
            currency: stored.map(|claim| claim.currency.clone()).or(contract.map(|contract| contract.currency.clone()))?,
            sent: sent?,
        })
    }

    fn add(writing: Writing<'_, '_>, input: SentClaim) -> Outcome<GoTo> {
        credit_claims::record_sent(writing.tx, writing.permit, input).map(|claim| anchor(&claim))
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
    type Place = CreditClaimPlace;
    type Stored = CreditClaim;
    type Input = ClaimAnswered;
    const SLUG: &'static str = "credit-claim-answers";
    const KIND: ObjectKind = ObjectKind::CreditClaim;

    fn find(desk: &CreditClaimDesk, uid: Uid) -> Option<&CreditClaim> {
        desk.claim(uid)
    }

    fn revision(_desk: &DeskOf<Self>, claim: &CreditClaim) -> i64 {
        claim.revision
    }

    fn fields(desk: &CreditClaimDesk, words: Words, _stored: Option<&CreditClaim>) -> Vec<Section> {
        Fields::new(words)
            .words("answer", "claim-answer", "claim-answer", ClaimAnswer::ALL)
            .field("answered", "claim-answered", FieldKind::Moment, false)
            .field("granted", "granted", FieldKind::Line, false)
            .area("answer_words", false)
            .choice("entry", "entry", false, options::entries(&desk.dossier, words))
            .done()
    }

    fn blank(_desk: &CreditClaimDesk, form: FormView) -> FormView {
        form
    }

    fn filled(desk: &CreditClaimDesk, claim: &CreditClaim) -> FormView {
        FormView::new()
            .with("answer", claim.answer.as_str())
            .with("answered", moment_value(claim.answered.as_ref()))
            .with("granted", claim.granted.map(|granted| granted.to_string()).unwrap_or_default())
            .with("answer_words", &*claim.answer_words)
            .with("entry", options::entry_uid(&desk.dossier, claim.entry))
    }

    fn read(desk: &CreditClaimDesk, form: &mut Reader, _stored: Option<&CreditClaim>) -> Option<ClaimAnswered> {
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
