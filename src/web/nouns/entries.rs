//! The form of an entry that is no call, and that of a statement added to an entry.

use crate::actions::Outcome;
use crate::actions::entries::{self, Correction, NewEntry};
use crate::domain::contract::NoticeForm;
use crate::domain::dossier::Dossier;
use crate::domain::entry::{Entry, EntryKind};
use crate::domain::id::Uid;
use crate::domain::ledger::ObjectKind;
use crate::domain::moment::parse::Lean;
use crate::domain::visibility::Visibility;
use crate::render::form::{FormView, Problem};
use crate::render::pages::noun_form::{Fields, Section};
use crate::render::words::{Args, Words};

use super::read::Reader;
use super::said::{self, Heard};
use super::{Added, DeskOf, GoTo, IncidentPlace, Noun, Writing, calls, moment_value, options};

/// An entry.
pub enum EntryNoun {}

/// The kinds that have no form of their own: everything but calls.
const KINDS: &[EntryKind] = &[
    EntryKind::Observation,
    EntryKind::Action,
    EntryKind::Agenda,
    EntryKind::Decision,
    EntryKind::Note,
    EntryKind::Email,
    EntryKind::Letter,
    EntryKind::PortalMessage,
    EntryKind::Visit,
    EntryKind::Notice,
];

/// What an entry's form says: a new one, or a correction.
pub struct EntryInput {
    kind: EntryKind,
    correction: Correction,
    visibility_chosen: Option<Visibility>,
    said: Vec<crate::actions::statements::NewStatement>,
}

impl Noun for EntryNoun {
    type Place = IncidentPlace;
    type Stored = Entry;
    type Input = EntryInput;
    const SLUG: &'static str = "entries";
    const KIND: ObjectKind = ObjectKind::Entry;

    fn find(desk: &Dossier, uid: Uid) -> Option<&Entry> {
        desk.entries.iter().find(|entry| entry.uid == uid)
    }

    fn revision(_desk: &DeskOf<Self>, entry: &Entry) -> i64 {
        entry.revision
    }

    fn ways(_desk: &Dossier, entry: &Entry) -> &'static [(&'static str, &'static str)] {
        if is_own_private(entry) { &[("strike", "form-strike"), ("erasure", "form-erase")] } else { &[("strike", "form-strike")] }
    }

    fn fields(desk: &Dossier, words: Words, stored: Option<&Entry>) -> Vec<Section> {
        let fields = Fields::new(words);
        let fields = match stored {
            Some(_) => fields,
            None => fields.words("kind", "kind", "entry-kind", KINDS),
        };
        let fields = fields
            .moment("occurred", true)
            .line("title", false)
            .area("body", false)
            .choice("company", "company", false, options::companies(desk))
            .choice("contact", "contact", false, options::contacts(desk))
            .line("place", false)
            .choice("change", "change", false, options::changes(desk))
            .several("looked_for", "looked_for", super::named(words, "notice-form-", NoticeForm::ALL));
        let fields = match stored {
            // Where nobody chooses, the kind decides.
            None => fields.choice("visibility", "visibility", false, super::visibilities(words)),
            Some(_) => fields.choice("visibility", "visibility", true, super::visibilities(words)),
        };
        match stored {
            Some(Entry { call: Some(_), .. }) => calls::stamp_fields(fields, desk, words).done(),
            Some(_) => fields.done(),
            None => {
                let fields = fields.section("label-words", true);
                said::fields(fields, "s1_", desk, words).done()
            }
        }
    }

    fn blank(_desk: &Dossier, form: FormView) -> FormView {
        form
    }

    fn filled(desk: &Dossier, entry: &Entry) -> FormView {
        let form = FormView::new()
            .with("occurred", moment_value(Some(&entry.occurred)))
            .with("title", &*entry.title)
            .with("body", &*entry.body)
            .with("company", options::company_uid(desk, entry.provider))
            .with("contact", options::contact_uid(desk, entry.contact))
            .with("place", &*entry.place)
            .with("change", options::change_uid(desk, entry.change))
            .with_all("looked_for", entry.looked_for.iter().map(ToString::to_string))
            .with("visibility", entry.visibility.as_str());
        match &entry.call {
            Some(call) => calls::filled(form, desk, call, entry.occurred.zone),
            None => form,
        }
    }

    fn read(desk: &Dossier, form: &mut Reader, stored: Option<&Entry>) -> Option<EntryInput> {
        let kind = match stored {
            Some(entry) => entry.kind,
            None => {
                let kind = form.word("kind")?;
                if !KINDS.contains(&kind) {
                    form.refuse("kind", Problem::new("problem-choice"));
                }
                kind
            }
        };
        let company = form.chosen("company", |uid| desk.company_called(uid));
        let contact = form.chosen("contact", |uid| desk.contact_called(uid));
        let occurred = form.required_moment("occurred", Lean::Past);
        let visibility_chosen = form.optional_word("visibility");
        let call = match stored {
            Some(Entry { call: Some(call), .. }) => Some(calls::read_stamps(desk, form, Some(call))?),
            _ => None,
        };
        let correction = Correction {
            title: form.line("title"),
            body: form.prose("body"),
            place: form.line("place"),
            change: form.chosen("change", |uid| options::change(desk, uid)),
            looked_for: form.several_words("looked_for"),
            visibility: visibility_chosen.unwrap_or(Visibility::Internal),
            provider: company,
            contact,
            call,
            occurred: occurred?,
        };
        let around = Some(correction.occurred.to);
        let heard = Heard { company, contact, around, ..Heard::default() };
        let rows = if stored.is_none() { form.rows("s", 1) } else { 0 };
        let said = (1..=rows).filter_map(|n| said::read(desk, form, &format!("s{n}_"), &heard)).collect();
        Some(EntryInput { kind, correction, visibility_chosen, said })
    }

    fn add(writing: Writing<'_, '_>, input: EntryInput) -> Outcome<Added> {
        let Correction { occurred, provider, contact, title, body, place, change, looked_for, .. } = input.correction;
        let new = NewEntry {
            provider,
            contact,
            title,
            body,
            place,
            looked_for,
            change,
            visibility: input.visibility_chosen,
            statements: input.said,
            ..NewEntry::new(input.kind, occurred)
        };
        entries::record(writing.tx, writing.permit, new).map(|made| Added::at(made.uid))
    }

    fn change(writing: Writing<'_, '_>, uid: Uid, seen: i64, input: EntryInput) -> Outcome<GoTo> {
        entries::correct(writing.tx, writing.permit, uid, seen, input.correction).map(|_| None)
    }

    fn strike(writing: Writing<'_, '_>, uid: Uid, seen: i64, reason: String) -> Outcome<GoTo> {
        entries::strike_out(writing.tx, writing.permit, uid, seen, reason).map(|_| None)
    }
}

/// Whether it is a private note of whoever looks: nobody is shown another's.
fn is_own_private(entry: &Entry) -> bool {
    entry.visibility == Visibility::Private && entry.author.is_some()
}

/// One's own private note, taken away for good.
pub enum ErasureNoun {}

impl Noun for ErasureNoun {
    type Place = IncidentPlace;
    type Stored = Entry;
    type Input = ();
    const SLUG: &'static str = "erasure";
    const SUBMIT: Option<&'static str> = Some("form-erase");
    const KIND: ObjectKind = ObjectKind::Entry;

    fn find(desk: &Dossier, uid: Uid) -> Option<&Entry> {
        EntryNoun::find(desk, uid).filter(|entry| is_own_private(entry))
    }

    fn revision(_desk: &DeskOf<Self>, entry: &Entry) -> i64 {
        entry.revision
    }

    fn lead(_desk: &Dossier, words: Words, stored: Option<&Entry>) -> String {
        let of = |entry: &Entry| words.with("erasure-lead", &Args::new().text("entry", options::entry_label(entry, words)));
        stored.map(of).unwrap_or_default()
    }

    fn fields(_desk: &Dossier, _words: Words, _stored: Option<&Entry>) -> Vec<Section> {
        Vec::new()
    }

    fn blank(_desk: &Dossier, form: FormView) -> FormView {
        form
    }

    fn filled(_desk: &Dossier, _entry: &Entry) -> FormView {
        FormView::new()
    }

    fn read(_desk: &Dossier, _form: &mut Reader, _stored: Option<&Entry>) -> Option<()> {
        Some(())
    }

    fn change(writing: Writing<'_, '_>, uid: Uid, seen: i64, (): ()) -> Outcome<GoTo> {
        entries::erase(writing.tx, writing.permit, uid, seen).map(|()| None)
    }
}

/// Who may read an entry: changed by one tap on its page, or by this form.
pub enum ReadersNoun {}

impl Noun for ReadersNoun {
    type Place = IncidentPlace;
    type Stored = Entry;
    type Input = Visibility;
    const SLUG: &'static str = "visibility";
    const KIND: ObjectKind = ObjectKind::Entry;

    fn find(desk: &Dossier, uid: Uid) -> Option<&Entry> {
        EntryNoun::find(desk, uid).filter(|entry| entry.struck.is_none())
    }

    fn revision(_desk: &DeskOf<Self>, entry: &Entry) -> i64 {
        entry.revision
    }

    fn lead(_desk: &Dossier, words: Words, stored: Option<&Entry>) -> String {
        stored.map(|entry| options::entry_label(entry, words)).unwrap_or_default()
    }

    fn fields(_desk: &Dossier, words: Words, _stored: Option<&Entry>) -> Vec<Section> {
        Fields::new(words).choice("visibility", "visibility", true, super::visibilities(words)).done()
    }

    fn blank(_desk: &Dossier, form: FormView) -> FormView {
        form
    }

    fn filled(_desk: &Dossier, entry: &Entry) -> FormView {
        FormView::new().with("visibility", entry.visibility.as_str())
    }

    fn read(_desk: &Dossier, form: &mut Reader, _stored: Option<&Entry>) -> Option<Visibility> {
        form.word("visibility")
    }

    /// Back to the entry, since it was changed from where it stands.
    fn change(writing: Writing<'_, '_>, uid: Uid, seen: i64, readers: Visibility) -> Outcome<GoTo> {
        entries::show_to(writing.tx, writing.permit, uid, seen, readers).map(|_| Some(format!("#e-{uid}")))
    }
}

/// A statement added to an entry: the entry is what is stored, and what changes.
pub enum SayNoun {}

impl Noun for SayNoun {
    type Place = IncidentPlace;
    type Stored = Entry;
    type Input = crate::actions::statements::NewStatement;
    const SLUG: &'static str = "statements";
    const KIND: ObjectKind = ObjectKind::Entry;

    fn find(desk: &Dossier, uid: Uid) -> Option<&Entry> {
        EntryNoun::find(desk, uid)
    }

    fn revision(_desk: &DeskOf<Self>, entry: &Entry) -> i64 {
        entry.revision
    }

    fn fields(desk: &Dossier, words: Words, _stored: Option<&Entry>) -> Vec<Section> {
        said::fields(Fields::new(words), "", desk, words).done()
    }

    fn blank(_desk: &Dossier, form: FormView) -> FormView {
        form
    }

    fn filled(desk: &Dossier, entry: &Entry) -> FormView {
        let leg = entry.call.as_ref().and_then(|call| call.legs.last());
        FormView::new()
            .with("company", options::company_uid(desk, entry.provider))
            .with("contact", options::contact_uid(desk, leg.and_then(|leg| leg.contact).or(entry.contact)))
            .with("who", leg.map(|leg| leg.who.clone()).unwrap_or_default())
    }

    fn read(desk: &Dossier, form: &mut Reader, stored: Option<&Entry>) -> Option<Self::Input> {
        let around = stored.map(|entry| entry.call.as_ref().and_then(|call| call.ended).unwrap_or(entry.occurred.to));
        let heard = Heard { company: stored.and_then(|entry| entry.provider), around, ..Heard::default() };
        form.required_prose("words");
        said::read(desk, form, "", &heard)
    }

    fn change(writing: Writing<'_, '_>, uid: Uid, seen: i64, input: Self::Input) -> Outcome<GoTo> {
        crate::actions::statements::add(writing.tx, writing.permit, uid, seen, input).map(|_| None)
    }
}
