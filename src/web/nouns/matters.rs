//! The forms of asks, of what was ruled out, and of contradictions.

use crate::actions::Outcome;
use crate::actions::asks::{self, AskInput};
use crate::actions::contradictions::{self, ContradictionInput};
use crate::actions::ruled_out::{self, RuledOutInput};
use crate::domain::dossier::Dossier;
use crate::domain::id::Uid;
use crate::domain::ledger::ObjectKind;
use crate::domain::matter::{Ask, Contradiction, RuledOut, RuledOutKind};
use crate::domain::visibility::Visibility;
use crate::render::form::FormView;
use crate::render::pages::noun_form::{FieldKind, Fields, Section};
use crate::render::words::Words;

use super::read::Reader;
use super::{Added, DeskOf, GoTo, IncidentPlace, Noun, OPEN_VISIBILITIES, Writing, options};

/// An ask.
pub enum AskNoun {}

impl Noun for AskNoun {
    type Place = IncidentPlace;
    type Stored = Ask;
    type Input = AskInput;
    const SLUG: &'static str = "asks";
    const KIND: ObjectKind = ObjectKind::Ask;

    fn find(desk: &Dossier, uid: Uid) -> Option<&Ask> {
        desk.asks.iter().find(|ask| ask.uid == uid)
    }

    fn revision(_desk: &DeskOf<Self>, ask: &Ask) -> i64 {
        ask.revision
    }

    fn fields(desk: &Dossier, words: Words, _stored: Option<&Ask>) -> Vec<Section> {
        Fields::new(words)
            .field("words", "ask-words", FieldKind::Area, true)
            .choice("provider", "company", true, options::companies(desk))
            .several("asked_in", "asked_in", options::entries(desk, words))
            .choice("answered_by", "answered_by", false, options::statements(desk, words))
            .words("visibility", "visibility", "visibility", OPEN_VISIBILITIES)
            .hidden("about")
            .done()
    }

    fn blank(desk: &Dossier, form: FormView) -> FormView {
        form.with("provider", options::company_uid(desk, Some(desk.incident.provider)))
            .with("visibility", Visibility::Provider.as_str())
    }

    fn filled(desk: &Dossier, ask: &Ask) -> FormView {
        let form = FormView::new()
            .with("words", &*ask.words)
            .with("about", ask.about.as_deref().unwrap_or_default())
            .with("provider", options::company_uid(desk, Some(ask.provider)))
            .with("answered_by", options::statement_uid(desk, ask.answered_by))
            .with("visibility", ask.visibility.as_str());
        ask.asked_in.iter().fold(form, |form, entry| form.with("asked_in", options::entry_uid(desk, Some(*entry))))
    }

    fn read(desk: &Dossier, form: &mut Reader, _stored: Option<&Ask>) -> Option<AskInput> {
        let about = form.line("about");
        Some(AskInput {
            words: form.required_prose("words"),
            about: (!about.is_empty()).then_some(about),
            asked_in: form.all_chosen("asked_in", |uid| options::entry(desk, uid)),
            answered_by: form.chosen("answered_by", |uid| desk.statement_called(uid)),
            provider: form.required_chosen("provider", |uid| desk.company_called(uid))?,
            visibility: form.word("visibility")?,
        })
    }

    fn add(writing: Writing<'_, '_>, input: AskInput) -> Outcome<Added> {
        asks::put_down(writing.tx, writing.permit, input).map(|made| Added::at(made.uid))
    }

    fn change(writing: Writing<'_, '_>, uid: Uid, seen: i64, input: AskInput) -> Outcome<GoTo> {
        asks::correct(writing.tx, writing.permit, uid, seen, input).map(|_| None)
    }

    fn strike(writing: Writing<'_, '_>, uid: Uid, seen: i64, reason: String) -> Outcome<GoTo> {
        asks::strike_out(writing.tx, writing.permit, uid, seen, reason).map(|_| None)
    }
}

/// What was ruled out.
pub enum RuledOutNoun {}

impl Noun for RuledOutNoun {
    type Place = IncidentPlace;
    type Stored = RuledOut;
    type Input = RuledOutInput;
    const SLUG: &'static str = "ruled-out";
    const KIND: ObjectKind = ObjectKind::RuledOut;

    fn find(desk: &Dossier, uid: Uid) -> Option<&RuledOut> {
        desk.ruled_out.iter().find(|item| item.uid == uid)
    }

    fn revision(_desk: &DeskOf<Self>, item: &RuledOut) -> i64 {
        item.revision
    }

    fn fields(_desk: &Dossier, words: Words, _stored: Option<&RuledOut>) -> Vec<Section> {
        Fields::new(words)
            .words("kind", "kind", "ruled-out-kind", RuledOutKind::ALL)
            .field("what", "ruled-what", FieldKind::Area, true)
            .field("why", "ruled-why", FieldKind::Area, false)
            .words("visibility", "visibility", "visibility", OPEN_VISIBILITIES)
            .done()
    }

    fn blank(_desk: &Dossier, form: FormView) -> FormView {
        form.with("kind", RuledOutKind::Checked.as_str()).with("visibility", Visibility::Provider.as_str())
    }

    fn filled(_desk: &Dossier, item: &RuledOut) -> FormView {
        FormView::new()
            .with("kind", item.kind.as_str())
            .with("what", &*item.what)
            .with("why", &*item.why)
            .with("visibility", item.visibility.as_str())
    }

    fn read(_desk: &Dossier, form: &mut Reader, _stored: Option<&RuledOut>) -> Option<RuledOutInput> {
        Some(RuledOutInput {
            what: form.required_prose("what"),
            why: form.prose("why"),
            kind: form.word("kind")?,
            visibility: form.word("visibility")?,
        })
    }

    fn add(writing: Writing<'_, '_>, input: RuledOutInput) -> Outcome<Added> {
        ruled_out::put_down(writing.tx, writing.permit, input).map(|made| Added::at(made.uid))
    }

    fn change(writing: Writing<'_, '_>, uid: Uid, seen: i64, input: RuledOutInput) -> Outcome<GoTo> {
        ruled_out::correct(writing.tx, writing.permit, uid, seen, input).map(|_| None)
    }

    fn strike(writing: Writing<'_, '_>, uid: Uid, seen: i64, reason: String) -> Outcome<GoTo> {
        ruled_out::strike_out(writing.tx, writing.permit, uid, seen, reason).map(|_| None)
    }
}

/// A contradiction.
pub enum ContradictionNoun {}

impl Noun for ContradictionNoun {
    type Place = IncidentPlace;
    type Stored = Contradiction;
    type Input = ContradictionInput;
    const SLUG: &'static str = "contradictions";
    const KIND: ObjectKind = ObjectKind::Contradiction;

    fn find(desk: &Dossier, uid: Uid) -> Option<&Contradiction> {
        desk.contradictions.iter().find(|item| item.uid == uid)
    }

    fn revision(_desk: &DeskOf<Self>, item: &Contradiction) -> i64 {
        item.revision
    }

    fn fields(desk: &Dossier, words: Words, _stored: Option<&Contradiction>) -> Vec<Section> {
        Fields::new(words)
            .choice("statement", "said", true, options::statements(desk, words))
            .choice("against", "against", true, options::againsts(desk, words))
            .area("note", false)
            .words("visibility", "visibility", "visibility", OPEN_VISIBILITIES)
            .done()
    }

    fn blank(_desk: &Dossier, form: FormView) -> FormView {
        form.with("visibility", Visibility::Provider.as_str())
    }

    fn filled(desk: &Dossier, item: &Contradiction) -> FormView {
        FormView::new()
            .with("statement", options::statement_uid(desk, Some(item.statement)))
            .with("against", options::against_uid(desk, item.against))
            .with("note", &*item.note)
            .with("visibility", item.visibility.as_str())
    }

    fn read(desk: &Dossier, form: &mut Reader, _stored: Option<&Contradiction>) -> Option<ContradictionInput> {
        let note = form.prose("note");
        let statement = form.required_chosen("statement", |uid| desk.statement_called(uid));
        let against = form.required_chosen("against", |uid| options::against(desk, uid));
        Some(ContradictionInput { statement: statement?, against: against?, note, visibility: form.word("visibility")? })
    }

    fn add(writing: Writing<'_, '_>, input: ContradictionInput) -> Outcome<Added> {
        contradictions::set_against(writing.tx, writing.permit, input).map(|made| Added::at(made.uid))
    }

    fn change(writing: Writing<'_, '_>, uid: Uid, seen: i64, input: ContradictionInput) -> Outcome<GoTo> {
        contradictions::correct(writing.tx, writing.permit, uid, seen, input).map(|_| None)
    }

    fn strike(writing: Writing<'_, '_>, uid: Uid, seen: i64, reason: String) -> Outcome<GoTo> {
        contradictions::strike_out(writing.tx, writing.permit, uid, seen, reason).map(|_| None)
    }
}
