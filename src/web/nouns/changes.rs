//! The forms of a provider's changes and of the notices of them.

use crate::actions::Outcome;
use crate::actions::changes::{self, ChangeInput, NoticeInput};
use crate::domain::contract::{NoticeForm, Standing};
use crate::domain::dossier::Dossier;
use crate::domain::id::Uid;
use crate::domain::ledger::ObjectKind;
use crate::domain::moment::parse::Lean;
use crate::domain::notice::{Change, Notice};
use crate::domain::visibility::Visibility;
use crate::render::form::FormView;
use crate::render::pages::noun_form::{Choice, Fields, Section};
use crate::render::words::Words;

use super::read::Reader;
use super::{Added, DeskOf, GoTo, IncidentPlace, Noun, OPEN_VISIBILITIES, Writing, moment_value, options};

/// A change.
pub enum ChangeNoun {}

impl Noun for ChangeNoun {
    type Place = IncidentPlace;
    type Stored = Change;
    type Input = ChangeInput;
    const SLUG: &'static str = "changes";
    const KIND: ObjectKind = ObjectKind::Change;

    fn find(desk: &Dossier, uid: Uid) -> Option<&Change> {
        desk.changes.iter().find(|change| change.uid == uid)
    }

    fn revision(_desk: &DeskOf<Self>, change: &Change) -> i64 {
        change.revision
    }

    fn fields(desk: &Dossier, words: Words, _stored: Option<&Change>) -> Vec<Section> {
        Fields::new(words)
            .field("what", "change-what", crate::render::pages::noun_form::FieldKind::Area, true)
            .moment("effective", false)
            .choice("provider", "company", true, options::companies(desk))
            .words("visibility", "visibility", "visibility", OPEN_VISIBILITIES)
            .done()
    }

    fn blank(desk: &Dossier, form: FormView) -> FormView {
        form.with("provider", options::company_uid(desk, Some(desk.incident.provider)))
            .with("visibility", Visibility::Provider.as_str())
    }

    fn filled(desk: &Dossier, change: &Change) -> FormView {
        FormView::new()
            .with("what", &*change.what)
            .with("effective", moment_value(change.effective.as_ref()))
            .with("provider", options::company_uid(desk, Some(change.provider)))
            .with("visibility", change.visibility.as_str())
    }

    fn read(desk: &Dossier, form: &mut Reader, _stored: Option<&Change>) -> Option<ChangeInput> {
        Some(ChangeInput {
            what: form.required_prose("what"),
            effective: form.moment("effective", Lean::Past),
            provider: form.required_chosen("provider", |uid| desk.company_called(uid))?,
            visibility: form.word("visibility")?,
        })
    }

    fn add(writing: Writing<'_, '_>, input: ChangeInput) -> Outcome<Added> {
        changes::put_down(writing.tx, writing.permit, input).map(|made| Added::at(made.uid))
    }

    fn change(writing: Writing<'_, '_>, uid: Uid, seen: i64, input: ChangeInput) -> Outcome<GoTo> {
        changes::correct(writing.tx, writing.permit, uid, seen, input).map(|_| None)
    }

    fn strike(writing: Writing<'_, '_>, uid: Uid, seen: i64, reason: String) -> Outcome<GoTo> {
        changes::strike_out(writing.tx, writing.permit, uid, seen, reason).map(|_| None)
    }
}

/// The fields that say how a notice came: the same where it is typed and where a mail file is one.
pub(in crate::web) fn how_it_came(fields: Fields, words: Words) -> Fields {
    let known = ["unknown", "yes", "no"].map(|value| Choice {
        value: if value == "unknown" { String::new() } else { value.to_owned() },
        label: words.get(&format!("form-{value}")),
    });
    fields
        .words("form", "form", "notice-form", NoticeForm::ALL)
        .moment("sent", false)
        .moment("received", false)
        .line("address", false)
        .choice("to_registered", "to_registered", true, known.to_vec())
        .words("standing", "standing", "standing", Standing::ALL)
}

/// A notice.
pub enum NoticeNoun {}

impl Noun for NoticeNoun {
    type Place = IncidentPlace;
    type Stored = Notice;
    type Input = NoticeInput;
    const SLUG: &'static str = "notices";
    const KIND: ObjectKind = ObjectKind::Notice;

    fn find(desk: &Dossier, uid: Uid) -> Option<&Notice> {
        desk.notices.iter().find(|notice| notice.uid == uid)
    }

    fn revision(_desk: &DeskOf<Self>, notice: &Notice) -> i64 {
        notice.revision
    }

    fn fields(desk: &Dossier, words: Words, _stored: Option<&Notice>) -> Vec<Section> {
        let fields = Fields::new(words).choice("change", "change", true, options::changes(desk)).choice(
            "provider",
            "company",
            true,
            options::companies(desk),
        );
        how_it_came(fields, words)
            .choice("entry", "entry", false, options::entries(desk, words))
            .area("note", false)
            .words("visibility", "visibility", "visibility", OPEN_VISIBILITIES)
            .done()
    }

    fn blank(desk: &Dossier, form: FormView) -> FormView {
        let only = desk.changes.first().map(|change| change.uid.to_string()).unwrap_or_default();
        form.with("change", only)
            .with("provider", options::company_uid(desk, Some(desk.incident.provider)))
            .with("standing", Standing::Theirs.as_str())
            .with("visibility", Visibility::Provider.as_str())
    }

    fn filled(desk: &Dossier, notice: &Notice) -> FormView {
        let known = notice.to_registered.map_or("", |yes| if yes { "yes" } else { "no" });
        FormView::new()
            .with("change", options::change_uid(desk, Some(notice.change)))
            .with("provider", options::company_uid(desk, Some(notice.provider)))
            .with("form", notice.form.as_str())
            .with("sent", moment_value(notice.sent.as_ref()))
            .with("received", moment_value(notice.received.as_ref()))
            .with("address", &*notice.address)
            .with("to_registered", known)
            .with("standing", notice.standing.as_str())
            .with("entry", options::entry_uid(desk, notice.entry))
            .with("note", &*notice.note)
            .with("visibility", notice.visibility.as_str())
    }

    fn read(desk: &Dossier, form: &mut Reader, _stored: Option<&Notice>) -> Option<NoticeInput> {
        let change = form.required_chosen("change", |uid| options::change(desk, uid));
        let provider = form.required_chosen("provider", |uid| desk.company_called(uid));
        Some(NoticeInput {
            sent: form.moment("sent", Lean::Past),
            received: form.moment("received", Lean::Past),
            address: form.line("address"),
            to_registered: form.yes_no("to_registered"),
            entry: form.chosen("entry", |uid| options::entry(desk, uid)),
            note: form.prose("note"),
            form: form.word("form")?,
            standing: form.word("standing")?,
            visibility: form.word("visibility")?,
            change: change?,
            provider: provider?,
        })
    }

    fn add(writing: Writing<'_, '_>, input: NoticeInput) -> Outcome<Added> {
        changes::put_down_notice(writing.tx, writing.permit, input).map(|made| Added::at(made.uid))
    }

    fn change(writing: Writing<'_, '_>, uid: Uid, seen: i64, input: NoticeInput) -> Outcome<GoTo> {
        changes::correct_notice(writing.tx, writing.permit, uid, seen, input).map(|_| None)
    }

    fn strike(writing: Writing<'_, '_>, uid: Uid, seen: i64, reason: String) -> Outcome<GoTo> {
        changes::strike_out_notice(writing.tx, writing.permit, uid, seen, reason).map(|_| None)
    }
}
