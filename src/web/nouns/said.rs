//! Fields of what was said, used by the forms of entries, calls and statements.

use crate::actions::statements::{Due, NewStatement};
use crate::domain::dossier::Dossier;
use crate::domain::id::Id;
use crate::domain::moment::Stamp;
use crate::domain::moment::parse::Lean;
use crate::domain::party::{Contact, Provider};
use crate::domain::statement::{DueBy, Speaker, StatementKind};
use crate::render::form::Problem;
use crate::render::pages::noun_form::{FieldKind, Fields};
use crate::render::words::Words;

use super::options;
use super::read::Reader;

/// The fields of one statement, each name with `prefix` before it.
pub fn fields(form: Fields, prefix: &str, desk: &Dossier, words: Words) -> Fields {
    let name = |name: &str| format!("{prefix}{name}");
    form.words(name("kind"), "statement-kind", "statement-kind", StatementKind::ALL)
        .field(name("words"), "words", FieldKind::Area, false)
        .field(name("verbatim"), "verbatim", FieldKind::Tick, false)
        .field(name("ours"), "ours", FieldKind::Tick, false)
        .choice(name("company"), "company", false, options::companies(desk))
        .choice(name("contact"), "contact", false, options::contacts(desk))
        .field(name("who"), "who", FieldKind::Line, false)
        .field(name("said_at"), "said_at", FieldKind::Line, false)
        .field(name("due"), "due", FieldKind::Moment, false)
        .words(name("due_by"), "due_by", "due-by", DueBy::ALL)
        .field(name("due_reason"), "due_reason", FieldKind::Line, false)
        .several(name("cites"), "cites", options::citations(desk, words))
}

/// Whose words they are where the statement's own fields do not say.
#[derive(Clone, Default)]
pub struct Heard {
    /// The company the entry is with.
    pub company: Option<Id<Provider>>,
    /// The last person reached.
    pub contact: Option<Id<Contact>>,
    /// That person as told.
    pub who: String,
    /// Who of us writes.
    pub us: Option<Id<crate::domain::person::Person>>,
    /// Around when, for bare times of day.
    pub around: Option<Stamp>,
}

/// The statement under `prefix`; none where its words were left empty.
pub fn read(desk: &Dossier, form: &mut Reader, prefix: &str, heard: &Heard) -> Option<NewStatement> {
    let name = |name: &str| format!("{prefix}{name}");
    if form.is_blank(&name("words")) {
        // Who said something, or by when, and not what: what was typed must not get lost.
        if ["who", "said_at", "due", "due_reason"].into_iter().any(|part| !form.is_blank(&name(part))) {
            form.refuse(&name("words"), Problem::new("text-error-empty"));
        }
        return None;
    }
    let kind = form.word(&name("kind"))?;
    let speaker = speaker(desk, form, prefix, heard)?;
    let words = form.required_prose(&name("words"));
    let around = heard.around.unwrap_or(form.now());
    let said_at = form.time(&name("said_at"), around);
    let cites = form.all_chosen(&name("cites"), |uid| desk.citation_called(uid));
    let due = (kind == StatementKind::Promise).then(|| Due {
        at: form.moment(&name("due"), Lean::Future),
        by: form.optional_word(&name("due_by")).unwrap_or(DueBy::Theirs),
        reason: form.line(&name("due_reason")),
    });
    if kind != StatementKind::Promise && !form.is_blank(&name("due")) {
        form.refuse(&name("due"), Problem::new("statement-due-is-for-promises"));
    }
    let verbatim = form.tick(&name("verbatim"));
    Some(NewStatement { said_at, cites, due, ..NewStatement::new(kind, speaker, words, verbatim) })
}

fn speaker(desk: &Dossier, form: &mut Reader, prefix: &str, heard: &Heard) -> Option<Speaker> {
    let name = |name: &str| format!("{prefix}{name}");
    if form.tick(&name("ours")) {
        return Some(Speaker::Ours { person: heard.us });
    }
    let told = form.line(&name("who"));
    let company = form.chosen(&name("company"), |uid| desk.company_called(uid)).or(heard.company);
    let contact = form.chosen(&name("contact"), |uid| desk.contact_called(uid));
    let Some(provider) = company else {
        if contact.is_some() || !told.is_empty() {
            // Somebody is named, but not whose they are: what was typed must not get lost.
            form.refuse(&name("company"), Problem::new("call-with-whom"));
            return None;
        }
        // Among ourselves, what is said is ours.
        return Some(Speaker::Ours { person: None });
    };
    let own = contact.is_some() || !told.is_empty();
    Some(Speaker::Theirs {
        provider,
        contact: if own { contact } else { heard.contact },
        who: if own { told } else { heard.who.clone() },
    })
}
