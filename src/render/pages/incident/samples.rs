//! Samples of the incident's page: an empty one, the story, a long one.

use crate::domain::dossier::Dossier;
use crate::domain::entry::Struck;
use crate::domain::id::Id;
use crate::domain::incident::Which;
use crate::domain::view::{Internal, View};
use crate::domain::visibility::Visibility;
use crate::render::frame::Frame;
use crate::render::pages::incident::IncidentPage;
use crate::render::pages::incident::timeline::TimelineFilter;
use crate::render::sample;

/// The story with whatever else an entry can be: corrected, struck out, private, with what must be escaped.
pub fn story(frame: &Frame) -> Dossier {
    let mut dossier = sample::replied(frame.locale);
    for entry in &mut dossier.entries {
        match entry.id.raw() {
            3 => entry.revision = 2,
            5 => entry.place = "https://example.jp/news/2006/07/op25b.html".to_owned(),
            21 => {
                entry.struck = Some(Struck { at: sample::friday(), reason: "同じ通話を二度記録 <b>&\"'加".to_owned() });
            }
            27 => entry.visibility = Visibility::Private,
            _ => {}
        }
    }
    dossier.incident.severity = crate::domain::incident::Severity::S2;
    dossier
}

/// An incident opened a minute ago.
pub fn fresh(frame: &Frame) -> Dossier {
    let mut dossier = sample::story(frame.locale);
    dossier.entries.clear();
    dossier.promises.clear();
    dossier.asks.clear();
    dossier.ruled_out.clear();
    dossier.contradictions.clear();
    dossier.changes.clear();
    dossier.agreements.clear();
    dossier.clauses.clear();
    dossier.incident.cause = String::new();
    dossier.incident.affected = String::new();
    dossier.incident.times.retain(|time| time.which == Which::Started);
    dossier
}

/// The view of one of our people.
pub fn view(dossier: &Dossier) -> View<Internal> {
    dossier.view::<Internal>(&Some(Id::new(1)), sample::friday())
}

/// The page as somebody who may write sees it.
pub fn page(dossier: &Dossier, frame: &Frame) -> IncidentPage {
    IncidentPage::new(&view(dossier), frame, &TimelineFilter::default(), true)
}
