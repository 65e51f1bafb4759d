//! The form that corrects something said, and says what became of it.

use crate::actions::Outcome;
use crate::actions::statements::{self, StatementCorrection};
use crate::domain::dossier::Dossier;
use crate::domain::entry::Entry;
use crate::domain::id::Uid;
use crate::domain::ledger::ObjectKind;
use crate::domain::statement::{Statement, StatementStanding};
use crate::domain::visibility::Visibility;
use crate::render::form::FormView;
use crate::render::pages::noun_form::{Fields, Section};
use crate::render::words::Words;

use super::read::Reader;
use super::{DeskOf, GoTo, IncidentPlace, Noun, OPEN_VISIBILITIES, Writing, options};

/// Something said: a part of its entry, which is what is ledgered.
pub enum StatementNoun {}

/// What the form says, and the entry in which it was said.
pub struct StatementInput {
    entry: Uid,
    correction: StatementCorrection,
}

fn entry_of(desk: &Dossier, uid: Uid) -> Option<&Entry> {
    desk.entries.iter().find(|entry| entry.statements.iter().any(|statement| statement.uid == uid))
}

impl Noun for StatementNoun {
    type Place = IncidentPlace;
    type Stored = Statement;
    type Input = StatementInput;
    const SLUG: &'static str = "statement";
    const KIND: ObjectKind = ObjectKind::Entry;

    fn find(desk: &Dossier, uid: Uid) -> Option<&Statement> {
        entry_of(desk, uid)?.statements.iter().find(|statement| statement.uid == uid)
    }

    fn revision(desk: &DeskOf<Self>, statement: &Statement) -> i64 {
        entry_of(desk, statement.uid).map_or(0, |entry| entry.revision)
    }

    fn ledgered_as(desk: &Dossier, uid: Uid) -> Uid {
        entry_of(desk, uid).map_or(uid, |entry| entry.uid)
    }

    fn ways(_desk: &Dossier, _statement: &Statement) -> &'static [(&'static str, &'static str)] {
        &[]
    }

    fn lead(desk: &Dossier, words: Words, stored: Option<&Statement>) -> String {
        let entry = stored.and_then(|statement| entry_of(desk, statement.uid));
        entry.map(|entry| options::entry_label(entry, words)).unwrap_or_default()
    }

    fn fields(desk: &Dossier, words: Words, stored: Option<&Statement>) -> Vec<Section> {
        let entry = stored.and_then(|statement| entry_of(desk, statement.uid));
        let readers =
            if entry.is_some_and(|entry| entry.visibility == Visibility::Private) { Visibility::ALL } else { OPEN_VISIBILITIES };
        Fields::new(words)
            .area("words", true)
            .tick("verbatim")
            .words("standing", "statement-standing", "statement-standing", StatementStanding::ALL)
            .several("cites", "cites", options::citations(desk, words))
            .words("visibility", "visibility", "visibility", readers)
            .done()
    }

    fn blank(_desk: &Dossier, form: FormView) -> FormView {
        form
    }

    fn filled(desk: &Dossier, statement: &Statement) -> FormView {
        let form = FormView::new()
            .with("words", &*statement.words)
            .with("standing", statement.standing.as_str())
            .with("visibility", statement.visibility.as_str());
        let form = if statement.verbatim { form.with("verbatim", "yes") } else { form };
        statement.cites.iter().fold(form, |form, cite| form.with("cites", options::citation_uid(desk, *cite)))
    }

    fn read(desk: &Dossier, form: &mut Reader, stored: Option<&Statement>) -> Option<StatementInput> {
        let words = form.required_prose("words");
        let verbatim = form.tick("verbatim");
        let cites = form.all_chosen("cites", |uid| desk.citation_called(uid));
        let correction = StatementCorrection {
            words,
            verbatim,
            standing: form.word("standing")?,
            cites,
            visibility: form.word("visibility")?,
        };
        Some(StatementInput { entry: entry_of(desk, stored?.uid)?.uid, correction })
    }

    fn change(writing: Writing<'_, '_>, uid: Uid, seen: i64, input: StatementInput) -> Outcome<GoTo> {
        statements::correct(writing.tx, writing.permit, (input.entry, uid), seen, input.correction).map(|_| None)
    }
}
