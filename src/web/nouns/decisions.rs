//! The form of a decision: what was decided, on which item of the agenda, and who of us does what by when.

use crate::actions::Outcome;
use crate::actions::decisions::{self, NewDecision, NextStep};
use crate::domain::entry::{Entry, EntryKind};
use crate::domain::id::Uid;
use crate::domain::ledger::ObjectKind;
use crate::domain::moment::Moment;
use crate::domain::moment::parse::Lean;
use crate::render::form::FormView;
use crate::render::pages::noun_form::{Choice, FieldKind, Fields, Section};
use crate::render::words::{Args, Words};
use crate::store;

use super::read::Reader;
use super::{Added, DeskOf, Noun, PeopleDesk, PeoplePlace, Writing, visibilities};

/// How many next steps the form has room for; more are added to the decision as statements.
const STEPS: usize = 3;

/// A decision. Once recorded, it is an entry like any other.
pub enum DecisionNoun {}

impl Noun for DecisionNoun {
    type Place = PeoplePlace;
    type Stored = Entry;
    type Input = NewDecision;
    const SLUG: &'static str = "decisions";
    const KIND: ObjectKind = ObjectKind::Entry;

    fn find(desk: &PeopleDesk, uid: Uid) -> Option<&Entry> {
        desk.dossier.entries.iter().find(|entry| entry.uid == uid && entry.kind == EntryKind::Decision)
    }

    fn revision(_desk: &DeskOf<Self>, entry: &Entry) -> i64 {
        entry.revision
    }

    fn fields(desk: &PeopleDesk, words: Words, _stored: Option<&Entry>) -> Vec<Section> {
        let mut fields = Fields::new(words)
            .choice("agenda", "agenda", false, agenda(desk))
            .field("title", "decision", FieldKind::Line, true)
            .area("body", false)
            .field("occurred", "decided", FieldKind::Moment, false)
            .choice("visibility", "visibility", false, visibilities(words));
        for n in 1..=STEPS {
            let heading = words.with("decision-step", &Args::new().number("n", i64::try_from(n).unwrap_or_default()));
            fields = fields
                .section_called(heading, false)
                .field(format!("step{n}_words"), "step-words", FieldKind::Line, false)
                .choice(format!("step{n}_owner"), "step-owner", false, desk.people(None))
                .field(format!("step{n}_due"), "step-due", FieldKind::Moment, false);
        }
        fields.done()
    }

    fn blank(_desk: &PeopleDesk, form: FormView) -> FormView {
        form
    }

    fn filled(_desk: &PeopleDesk, _entry: &Entry) -> FormView {
        FormView::new()
    }

    fn read(desk: &PeopleDesk, form: &mut Reader, _stored: Option<&Entry>) -> Option<NewDecision> {
        let agenda = form.chosen("agenda", |uid| item(desk, uid).map(|item| item.uid));
        let (title, body) = (form.required_line("title"), form.prose("body"));
        // In the meeting nobody types what the clock says.
        let occurred = if form.is_blank("occurred") {
            Some(Moment::exact(form.now(), form.zone()))
        } else {
            form.moment("occurred", Lean::Past)
        };
        let visibility = form.optional_word("visibility");
        let said: Vec<usize> = (1..=STEPS).filter(|n| says_something(form, *n)).collect();
        let steps: Vec<Option<NextStep>> = said.into_iter().map(|n| step(desk, form, n)).collect();
        Some(NewDecision {
            agenda,
            title,
            body,
            occurred: occurred?,
            visibility,
            steps: steps.into_iter().collect::<Option<_>>()?,
        })
    }

    fn add(writing: Writing<'_, '_>, input: NewDecision) -> Outcome<Added> {
        let number = store::incidents::get(writing.tx, &writing.permit)?.number;
        let decided = decisions::record(writing.tx, writing.permit, input)?;
        // Back to where it is shown to those who sit there.
        Ok(Added::at(decided.uid).going(format!("/incidents/{number}/meeting?on={}", decided.uid)))
    }
}

fn item(desk: &PeopleDesk, uid: Uid) -> Option<&Entry> {
    open_items(desk).find(|entry| entry.uid == uid)
}

fn open_items(desk: &PeopleDesk) -> impl Iterator<Item = &Entry> {
    desk.dossier.entries.iter().filter(|entry| entry.kind == EntryKind::Agenda && entry.struck.is_none())
}

fn agenda(desk: &PeopleDesk) -> Vec<Choice> {
    let label = |entry: &Entry| if entry.title.is_empty() { entry.body.clone() } else { entry.title.clone() };
    open_items(desk).map(|entry| Choice { value: entry.uid.to_string(), label: label(entry) }).collect()
}

fn says_something(form: &Reader, n: usize) -> bool {
    ["words", "owner", "due"].iter().any(|part| !form.is_blank(&format!("step{n}_{part}")))
}

/// A step whose form says anything needs to say what, and who: nobody does what is everybody's.
fn step(desk: &PeopleDesk, form: &mut Reader, n: usize) -> Option<NextStep> {
    let words = form.required_line(&format!("step{n}_words"));
    let owner = form.required_chosen(&format!("step{n}_owner"), |uid| desk.person_called(uid));
    let due = form.moment(&format!("step{n}_due"), Lean::Future);
    Some(NextStep { words, owner: owner?, due })
}
