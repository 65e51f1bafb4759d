//! The form that says what became of a promise.

use crate::actions::Outcome;
use crate::actions::promises::{self, Settlement};
use crate::domain::dossier::Dossier;
use crate::domain::id::Uid;
use crate::domain::ledger::ObjectKind;
use crate::domain::moment::Moment;
use crate::domain::moment::parse::Lean;
use crate::domain::statement::{Promise, PromiseState};
use crate::render::form::{FormView, Problem};
use crate::render::pages::noun_form::{FieldKind, Fields, Section};
use crate::render::words::Words;

use super::read::Reader;
use super::{DeskOf, GoTo, IncidentPlace, Noun, Writing, moment_value, options};

/// What became of a promise.
pub enum SettlementNoun {}

/// What the form says became of it.
pub enum SettlementInput {
    /// Kept, broken, withdrawn, or open again; and the meaning we had to give its due time, if it has none.
    Settled(Settlement, Option<(Moment, String)>),
    /// Put off to another promise.
    Moved(Uid),
}

impl Noun for SettlementNoun {
    type Place = IncidentPlace;
    type Stored = Promise;
    type Input = SettlementInput;
    const SLUG: &'static str = "promises";
    const KIND: ObjectKind = ObjectKind::Promise;

    fn find(desk: &Dossier, uid: Uid) -> Option<&Promise> {
        desk.promises.iter().find(|promise| promise.uid == uid)
    }

    fn revision(_desk: &DeskOf<Self>, promise: &Promise) -> i64 {
        promise.revision
    }

    fn lead(desk: &Dossier, words: Words, stored: Option<&Promise>) -> String {
        let Some((promise, (_, statement))) = stored.and_then(|found| Some((found, desk.statement(found.statement)?))) else {
            return String::new();
        };
        let due = promise.due.as_ref().map(|due| due.shown(words.locale(), due.zone, None).text);
        [Some(statement.words.clone()), due].into_iter().flatten().collect::<Vec<_>>().join(" · ")
    }

    fn fields(desk: &Dossier, words: Words, stored: Option<&Promise>) -> Vec<Section> {
        let fields = Fields::new(words)
            .words("state", "state", "promise-state", PromiseState::ALL)
            .moment("settled", false)
            .choice("settled_by", "settled_by", false, options::entries(desk, words));
        let Some(promise) = stored else { return fields.done() };
        let fields = fields.choice("moved_to", "moved_to", false, options::later_promises(desk, promise, words));
        if promise.due.is_some() {
            return fields.done();
        }
        fields.moment("due", false).field("due_reason", "due_reason", FieldKind::Line, false).done()
    }

    fn blank(_desk: &Dossier, form: FormView) -> FormView {
        form
    }

    fn filled(desk: &Dossier, promise: &Promise) -> FormView {
        let next = promise.moved_to.and_then(|id| desk.promises.iter().find(|candidate| candidate.id == id));
        FormView::new()
            .with("state", promise.state.as_str())
            .with("settled", moment_value(promise.settled.as_ref()))
            .with("settled_by", options::entry_uid(desk, promise.settled_by))
            .with("moved_to", next.map(|next| next.uid.to_string()).unwrap_or_default())
    }

    fn read(desk: &Dossier, form: &mut Reader, _stored: Option<&Promise>) -> Option<SettlementInput> {
        let state = form.word("state")?;
        if state == PromiseState::Moved {
            let next = form.uid("moved_to");
            if next.is_none() {
                form.refuse("moved_to", Problem::new("promise-moves-to-another"));
            }
            return next.map(SettlementInput::Moved);
        }
        let due = form.moment("due", Lean::Future);
        let reason = form.line("due_reason");
        let settlement = Settlement {
            state,
            at: form.moment("settled", Lean::Past),
            shown_by: form.chosen("settled_by", |uid| options::entry(desk, uid)),
        };
        Some(SettlementInput::Settled(settlement, due.map(|due| (due, reason))))
    }

    fn change(writing: Writing<'_, '_>, uid: Uid, seen: i64, input: SettlementInput) -> Outcome<GoTo> {
        let Writing { tx, permit } = writing;
        match input {
            SettlementInput::Moved(next) => promises::move_to(tx, permit, uid, seen, next).map(|_| None),
            SettlementInput::Settled(settlement, None) => promises::settle(tx, permit, uid, seen, settlement).map(|_| None),
            SettlementInput::Settled(settlement, Some(due)) => {
                let promise = promises::set_due(tx, permit, uid, seen, due)?;
                promises::settle(tx, permit, uid, promise.revision, settlement).map(|_| None)
            }
        }
    }
}
