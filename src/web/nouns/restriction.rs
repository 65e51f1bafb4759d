//! The form that says who of us may know of an incident.

use crate::actions::Outcome;
use crate::actions::incidents;
use crate::domain::dossier::Dossier;
use crate::domain::id::{Id, Uid};
use crate::domain::incident::{Incident, IncidentNumber};
use crate::domain::ledger::ObjectKind;
use crate::domain::permit::Actor;
use crate::domain::person::Person;
use crate::render::form::FormView;
use crate::render::pages::noun_form::{Choice, Fields, Section};
use crate::render::words::Words;
use crate::store::permit::{Manage, Permit};
use crate::store::{self, Tx};

use super::read::Reader;
use super::{DeskOf, GoTo, IncidentPlace, Noun, Place, WritingOf};

/// An incident as who rules over it sees it.
pub enum RuledIncidentPlace {}

/// What is offered: the incident, and all of our people.
pub struct RuledIncidentDesk {
    dossier: Dossier,
    people: Vec<Person>,
}

impl Place for RuledIncidentPlace {
    type At = IncidentNumber;
    type Thing = Incident;
    type Deed = Manage;
    type Desk = RuledIncidentDesk;

    fn read_at(segment: &str) -> Option<IncidentNumber> {
        IncidentPlace::read_at(segment)
    }

    fn for_edit<'tx>(tx: &mut Tx<'tx>, actor: Actor, at: &IncidentNumber) -> store::Result<Permit<'tx, Manage, Incident>> {
        store::incidents::for_manage(tx, actor, *at)
    }

    fn desk(tx: &mut Tx<'_>, actor: Actor, at: &IncidentNumber) -> store::Result<RuledIncidentDesk> {
        let house = store::house::to_look(tx, actor)?;
        Ok(RuledIncidentDesk { people: store::people::all(tx, &house)?, dossier: IncidentPlace::desk(tx, actor, at)? })
    }

    fn url(at: &IncidentNumber) -> String {
        IncidentPlace::url(at)
    }

    fn name(desk: &RuledIncidentDesk, words: Words) -> String {
        IncidentPlace::name(&desk.dossier, words)
    }
}

/// To whom an incident is restricted.
pub enum RestrictionNoun {}

impl Noun for RestrictionNoun {
    type Place = RuledIncidentPlace;
    type Stored = Incident;
    type Input = Vec<Id<Person>>;
    const SLUG: &'static str = "restriction";
    const KIND: ObjectKind = ObjectKind::Incident;

    fn find(desk: &RuledIncidentDesk, _uid: Uid) -> Option<&Incident> {
        Some(&desk.dossier.incident)
    }

    fn revision(_desk: &DeskOf<Self>, incident: &Incident) -> i64 {
        incident.revision
    }

    fn lead(_desk: &RuledIncidentDesk, words: Words, _stored: Option<&Incident>) -> String {
        words.get("restriction-lead")
    }

    fn fields(desk: &RuledIncidentDesk, words: Words, stored: Option<&Incident>) -> Vec<Section> {
        // Who is named already stays on offer, also where they cannot log in any more.
        let named = |person: &&Person| {
            person.disabled_at.is_none() || stored.is_some_and(|found| found.restricted_to.contains(&person.id))
        };
        let choice = |person: &Person| Choice { value: person.uid.to_string(), label: person.name.clone() };
        Fields::new(words).several("people", "restricted-to", desk.people.iter().filter(named).map(choice).collect()).done()
    }

    fn blank(_desk: &RuledIncidentDesk, form: FormView) -> FormView {
        form
    }

    fn filled(desk: &RuledIncidentDesk, incident: &Incident) -> FormView {
        let named = desk.people.iter().filter(|person| incident.restricted_to.contains(&person.id));
        named.fold(FormView::new(), |form, person| form.with("people", person.uid.to_string()))
    }

    fn read(desk: &RuledIncidentDesk, form: &mut Reader, _stored: Option<&Incident>) -> Option<Self::Input> {
        let person = |uid: Uid| desk.people.iter().find(|person| person.uid == uid).map(|person| person.id);
        Some(form.all_chosen("people", person))
    }

    fn change(writing: WritingOf<'_, '_, Self>, _uid: Uid, seen: i64, people: Self::Input) -> Outcome<GoTo> {
        incidents::restrict(writing.tx, writing.permit, seen, people).map(|_| None)
    }
}
