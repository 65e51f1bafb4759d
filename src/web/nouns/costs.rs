//! The form that says what the cost of an incident is reckoned from.

use crate::actions::Outcome;
use crate::actions::incidents;
use crate::domain::cost::CostBasis;
use crate::domain::dossier::Dossier;
use crate::domain::id::Uid;
use crate::domain::incident::Incident;
use crate::domain::ledger::ObjectKind;
use crate::domain::visibility::Visibility;
use crate::render::form::FormView;
use crate::render::pages::noun_form::{FieldKind, Fields, Section};
use crate::render::words::Words;

use super::read::Reader;
use super::{DeskOf, GoTo, IncidentPlace, Noun, Writing};

/// What an incident cost.
pub enum CostNoun {}

/// The figures that have to be there for a cost.
const FIGURES: [&str; 3] = ["people", "percent", "rate"];

impl Noun for CostNoun {
    type Place = IncidentPlace;
    type Stored = Incident;
    type Input = Option<CostBasis>;
    const SLUG: &'static str = "cost";
    const KIND: ObjectKind = ObjectKind::Incident;

    fn find(desk: &Dossier, _uid: Uid) -> Option<&Incident> {
        Some(&desk.incident)
    }

    fn revision(_desk: &DeskOf<Self>, incident: &Incident) -> i64 {
        incident.revision
    }

    fn lead(_desk: &Dossier, words: Words, _stored: Option<&Incident>) -> String {
        words.get("cost-lead")
    }

    fn fields(_desk: &Dossier, words: Words, _stored: Option<&Incident>) -> Vec<Section> {
        let line = FieldKind::Line;
        Fields::new(words)
            .field("people", "cost-people", line, false)
            .field("percent", "cost-percent", line, false)
            .field("rate", "cost-rate", line, false)
            .line("currency", false)
            .field("working", "cost-working", line, false)
            .field("own", "cost-own", line, false)
            .words("visibility", "visibility", "visibility", &[Visibility::Internal, Visibility::Meeting])
            .done()
    }

    fn blank(_desk: &Dossier, form: FormView) -> FormView {
        form
    }

    fn filled(desk: &Dossier, incident: &Incident) -> FormView {
        let Some(cost) = &incident.cost else {
            let currency = desk.contracts.first().map_or("JPY", |contract| contract.currency.as_str());
            return FormView::new().with("currency", currency).with("visibility", Visibility::Internal.as_str());
        };
        FormView::new()
            .with("people", cost.people.to_string())
            .with("percent", cost.percent.to_string())
            .with("rate", cost.rate.to_string())
            .with("currency", &*cost.currency)
            .with("working", cost.working.map(|minutes| minutes.to_string()).unwrap_or_default())
            .with("own", cost.own.to_string())
            .with("visibility", cost.visibility.as_str())
    }

    /// Nothing in it: the cost is not reckoned any more.
    fn read(_desk: &Dossier, form: &mut Reader, stored: Option<&Incident>) -> Option<Option<CostBasis>> {
        if stored.is_some_and(|incident| incident.cost.is_some())
            && FIGURES.iter().chain(&["working", "own"]).all(|name| form.is_blank(name))
        {
            return Some(None);
        }
        let [people, percent, rate] = FIGURES.map(|name| form.required_amount(name));
        Some(Some(CostBasis {
            people: people?,
            percent: percent?,
            rate: rate?,
            currency: form.line("currency").to_ascii_uppercase(),
            working: form.amount("working"),
            own: form.amount("own").unwrap_or(0),
            visibility: form.word("visibility")?,
        }))
    }

    fn change(writing: Writing<'_, '_>, _uid: Uid, seen: i64, input: Option<CostBasis>) -> Outcome<GoTo> {
        incidents::reckon(writing.tx, writing.permit, seen, input).map(|_| None)
    }
}
