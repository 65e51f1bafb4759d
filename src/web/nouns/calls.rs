//! The plain form of a call, or of an attempt at one.

use crate::actions::Outcome as Done;
use crate::actions::calls::{self, NewCall};
use crate::domain::call::{Call, CallWith, Direction, Leg, Outcome, Telling, Wait, WaitWhy};
use crate::domain::dossier::Dossier;
use crate::domain::entry::Entry;
use crate::domain::id::Uid;
use crate::domain::ledger::ObjectKind;
use crate::domain::locale::Zone;
use crate::domain::moment::parse::Lean;
use crate::domain::moment::{Moment, Stamp};
use crate::render::form::{FormView, Problem};
use crate::render::pages::noun_form::{FieldKind, Fields, Section};
use crate::render::words::{Args, Words};

use super::read::Reader;
use super::said::{self, Heard};
use super::{Added, CallDesk, CallsPlace, DeskOf, Noun, Writing, options};

/// A call that is put on record. Corrections go through the entry's form.
pub enum CallNoun {}

/// How many people, waits and statements the form has room for beside those on record.
const LEGS: usize = 3;
const WAITS: usize = 3;
const STATEMENTS: usize = 12;

impl Noun for CallNoun {
    type Place = CallsPlace;
    type Stored = Entry;
    type Input = NewCall;
    const SLUG: &'static str = "calls";
    const KIND: ObjectKind = ObjectKind::Entry;

    fn find(_desk: &CallDesk, _uid: Uid) -> Option<&Entry> {
        None
    }

    fn revision(_desk: &DeskOf<Self>, entry: &Entry) -> i64 {
        entry.revision
    }

    fn fields(CallDesk { dossier: desk }: &CallDesk, words: Words, _stored: Option<&Entry>) -> Vec<Section> {
        let fields = Fields::new(words).words("with", "with", "call-with", CallWith::ALL).choice(
            "company",
            "company",
            false,
            options::companies(desk),
        );
        let mut fields = stamp_fields(fields, desk, words)
            .section("section-more", false)
            .line("title", false)
            .area("body", false)
            .tick("reports")
            .field("remembered", "remembered", FieldKind::Moment, false)
            .choice("visibility", "visibility", false, super::visibilities(words));
        for n in 1..=STATEMENTS {
            fields = fields.section_called(numbered(words, "section-statement", n), true);
            fields = said::fields(fields, &format!("s{n}_"), desk, words);
        }
        fields.done()
    }

    fn blank(CallDesk { dossier: desk }: &CallDesk, form: FormView) -> FormView {
        form.with("with", CallWith::Company.as_str())
            .with("direction", Direction::Out.as_str())
            .with("company", options::company_uid(desk, Some(desk.incident.provider)))
    }

    fn filled(_desk: &CallDesk, _entry: &Entry) -> FormView {
        FormView::new()
    }

    fn read(CallDesk { dossier: desk }: &CallDesk, form: &mut Reader, _stored: Option<&Entry>) -> Option<NewCall> {
        let company = form.chosen("company", |uid| desk.company_called(uid));
        let call = read_stamps(desk, form, None);
        let provider = company.filter(|_| form.raw("with") != CallWith::OwnColleague.as_str());
        let last = call.as_ref().and_then(|call| call.legs.last());
        let heard = Heard {
            company: provider,
            contact: last.and_then(|leg| leg.contact),
            who: last.map(|leg| leg.who.clone()).unwrap_or_default(),
            us: None,
            around: call.as_ref().map(|call| call.ended.unwrap_or(call.dialled)),
        };
        let rows = form.rows("s", STATEMENTS);
        let said = (1..=rows).filter_map(|n| said::read(desk, form, &format!("s{n}_"), &heard)).collect();
        let title = form.line("title");
        let body = form.prose("body");
        let occurred = form.moment("remembered", Lean::Past);
        let visibility = form.optional_word("visibility");
        let call = call?;
        if call.with == CallWith::Company && provider.is_none() {
            form.refuse("company", Problem::new("call-with-whom"));
        }
        Some(NewCall {
            call,
            zone: form.zone(),
            occurred,
            provider,
            title,
            body,
            visibility,
            statements: said,
            reports: form.tick("reports"),
        })
    }

    fn add(writing: Writing<'_, '_>, input: NewCall) -> Done<Added> {
        calls::log(writing.tx, writing.permit, input).map(|made| Added::at(made.uid))
    }
}

fn numbered(words: Words, key: &str, n: usize) -> String {
    words.with(key, &Args::new().text("n", n.to_string()))
}

/// The fields of a call's stamps, people and waits.
pub fn stamp_fields(fields: Fields, desk: &Dossier, words: Words) -> Fields {
    let mut fields = fields
        .words("direction", "direction", "direction", Direction::ALL)
        .words("outcome", "outcome", "outcome", Outcome::ALL)
        .field("dialled", "dialled", FieldKind::Line, true)
        .field("answered", "answered", FieldKind::Line, false)
        .field("ended", "ended", FieldKind::Line, false)
        .field("number", "number", FieldKind::Phone, false);
    for n in 1..=LEGS {
        let name = |name: &str| format!("leg{n}_{name}");
        fields = fields
            .section_called(numbered(words, "section-leg", n), true)
            .choice(name("contact"), "contact", false, options::contacts(desk))
            .field(name("who"), "who", FieldKind::Line, false)
            .field(name("from"), "from", FieldKind::Line, false)
            .field(name("to"), "to", FieldKind::Line, false)
            .field(name("told"), "told", FieldKind::Tick, false)
            .field(name("told_from"), "told_from", FieldKind::Line, false)
            .field(name("told_to"), "told_to", FieldKind::Line, false);
    }
    for n in 1..=WAITS {
        let name = |name: &str| format!("wait{n}_{name}");
        fields = fields
            .section_called(numbered(words, "section-wait", n), true)
            .words(name("why"), "wait_why", "wait", WaitWhy::ALL)
            .field(name("from"), "from", FieldKind::Line, false)
            .field(name("to"), "to", FieldKind::Line, false);
    }
    fields
}

/// The stamps, people and waits of a call, for its form.
pub fn filled(form: FormView, desk: &Dossier, call: &Call, zone: Zone) -> FormView {
    let time = |at: Option<Stamp>| at.map(|at| Moment::exact(at, zone).typed()).unwrap_or_default();
    let mut form = form
        .with("direction", call.direction.as_str())
        .with("outcome", call.outcome.as_str())
        .with("dialled", time(Some(call.dialled)))
        .with("answered", time(call.answered))
        .with("ended", time(call.ended))
        .with("number", &*call.number);
    for (n, leg) in (1..).zip(&call.legs) {
        let telling = leg.told_from_start;
        form = form
            .with(format!("leg{n}_contact"), options::contact_uid(desk, leg.contact))
            .with(format!("leg{n}_who"), &*leg.who)
            .with(format!("leg{n}_from"), time(leg.from))
            .with(format!("leg{n}_to"), time(leg.to))
            .with(format!("leg{n}_told"), if telling.is_some() { "yes" } else { "" })
            .with(format!("leg{n}_told_from"), time(telling.and_then(|telling| telling.from)))
            .with(format!("leg{n}_told_to"), time(telling.and_then(|telling| telling.to)));
    }
    for (n, wait) in (1..).zip(&call.waits) {
        form = form
            .with(format!("wait{n}_why"), wait.why.as_str())
            .with(format!("wait{n}_from"), time(Some(wait.from)))
            .with(format!("wait{n}_to"), time(Some(wait.to)));
    }
    form
}

/// A call's stamps, people and waits; what the form has no room for stays as `standing` has it.
pub fn read_stamps(desk: &Dossier, form: &mut Reader, standing: Option<&Call>) -> Option<Call> {
    let with = match standing {
        Some(call) => Some(call.with),
        None => form.word("with"),
    };
    let direction = form.word("direction");
    let outcome: Option<Outcome> = form.word("outcome");
    if form.is_blank("dialled") {
        form.refuse("dialled", Problem::new("moment-error-empty"));
    }
    let dialled = form.time("dialled", form.now())?;
    // Later times of one call lie within half a day of its beginning: a bare "10:21" is that day's, not today's.
    let around = dialled + chrono::Duration::hours(12);
    let answered = form.time("answered", around);
    let ended = form.time("ended", around);
    let number = form.line("number");
    let (leg_rows, wait_rows) = (form.rows("leg", LEGS), form.rows("wait", WAITS));
    let mut legs: Vec<Leg> = (1..=leg_rows).filter_map(|n| read_leg(desk, form, n, around)).collect();
    let mut waits: Vec<Wait> = (1..=wait_rows).filter_map(|n| read_wait(form, n, around)).collect();
    if let Some(call) = standing {
        legs.extend(call.legs.iter().skip(leg_rows).cloned());
        waits.extend(call.waits.iter().skip(wait_rows));
    }
    let outcome = outcome?;
    let answered = match answered {
        // They called and we picked up: it was answered when it rang, unless somebody noted more.
        None if direction == Some(Direction::In) && outcome.connected() => Some(dialled),
        noted => noted,
    };
    Some(Call { with: with?, direction: direction?, outcome, number, dialled, answered, ended, legs, waits })
}

fn read_leg(desk: &Dossier, form: &mut Reader, n: usize, around: Stamp) -> Option<Leg> {
    let name = |name: &str| format!("leg{n}_{name}");
    let contact = form.chosen(&name("contact"), |uid| desk.contact_called(uid));
    let who = form.line(&name("who"));
    let from = form.time(&name("from"), around);
    let to = form.time(&name("to"), around);
    let telling = Telling { from: form.time(&name("told_from"), around), to: form.time(&name("told_to"), around) };
    let told = form.tick(&name("told")) || telling.from.is_some() || telling.to.is_some();
    let used = contact.is_some() || !who.is_empty() || told || from.is_some() || to.is_some();
    used.then_some(Leg { contact, who, from, to, told_from_start: told.then_some(telling) })
}

fn read_wait(form: &mut Reader, n: usize, around: Stamp) -> Option<Wait> {
    let name = |name: &str| format!("wait{n}_{name}");
    if form.is_blank(&name("from")) && form.is_blank(&name("to")) {
        return None;
    }
    for end in ["from", "to"] {
        if form.is_blank(&name(end)) {
            form.refuse(&name(end), Problem::new("moment-error-empty"));
        }
    }
    let from = form.time(&name("from"), around)?;
    let to = form.time(&name("to"), around)?;
    Some(Wait { why: form.word(&name("why"))?, from, to })
}
