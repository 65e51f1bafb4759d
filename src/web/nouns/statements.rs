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
use crate::render::words::{Args, Words};

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

/// Whether it was left by its speaker through a share: its words are not ours to correct.
fn is_theirs(desk: &Dossier, statement: &Statement) -> bool {
    entry_of(desk, statement.uid).is_some_and(|entry| entry.reply.is_some())
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

    fn edited_as(desk: &Dossier, statement: &Statement) -> Option<&'static str> {
        is_theirs(desk, statement).then_some("edit-statement-standing")
    }

    fn lead(desk: &Dossier, words: Words, stored: Option<&Statement>) -> String {
        let Some((statement, entry)) = stored.and_then(|statement| Some((statement, entry_of(desk, statement.uid)?))) else {
            return String::new();
        };
        let entry = options::entry_label(entry, words);
        if !is_theirs(desk, statement) {
            return entry;
        }
        let said = words.with("quoted", &Args::new().text("words", &*statement.words));
        [entry, said, words.get("reply-words-are-theirs")].join(" · ")
    }

    fn fields(desk: &Dossier, words: Words, stored: Option<&Statement>) -> Vec<Section> {
        let entry = stored.and_then(|statement| entry_of(desk, statement.uid));
        let readers =
            if entry.is_some_and(|entry| entry.visibility == Visibility::Private) { Visibility::ALL } else { OPEN_VISIBILITIES };
        let fields = Fields::new(words);
        let theirs = stored.is_some_and(|statement| is_theirs(desk, statement));
        let fields = if theirs { fields } else { fields.area("words", true).tick("verbatim") };
        fields
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
        let theirs = stored.filter(|statement| is_theirs(desk, statement));
        let (words, verbatim) = match theirs {
            Some(statement) => (statement.words.clone(), statement.verbatim),
            None => (form.required_prose("words"), form.tick("verbatim")),
        };
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
