//! An incident's page: the first minute on top, then what does not fit together, the timeline, and what stands beside it.
//!
//! Everything is made from a [`View`] and from nothing else; every text and time is ready before the template sees it.

pub mod brief;
pub mod drawing;
pub mod entry;
pub mod hours;
pub mod reply;
#[cfg(test)]
pub mod samples;
pub mod side;
#[cfg(test)]
mod tests;
pub mod timeline;
pub mod verdicts;

use serde::Serialize;

use self::brief::{Brief, Face};
use self::side::Side;
use self::timeline::{Timeline, TimelineFilter};
use self::verdicts::{ClaimLine, VerdictCard};
use super::reader::Reader;
use crate::domain::id::Uid;
use crate::domain::incident::{Severity, Status};
use crate::domain::view::{Internal, View};
use crate::render::frame::Frame;
use crate::render::picture::{self, Links};
use crate::render::tera::Page;

/// The page of one incident, for our own people.
#[derive(Clone, Debug, Serialize)]
pub struct IncidentPage {
    /// What stands on top.
    pub head: Head,
    /// The first minute.
    pub brief: Brief,
    /// What does not fit together.
    pub faces: Vec<Face>,
    /// The timeline in one picture: an `<svg>` element and how it is read; none where nothing has a time.
    pub picture: Option<PictureShown>,
    /// What the clauses come to.
    pub verdicts: Vec<VerdictCard>,
    /// The claims for credits that stand beside none of them.
    pub other_claims: Vec<ClaimLine>,
    /// The company answerable, as forms name it.
    pub provider: Option<Uid>,
    /// The timeline.
    pub timeline: Timeline,
    /// What stands beside it.
    pub side: Side,
    /// Whether the reader may write.
    pub may_edit: bool,
    /// The latest of what it shows was recorded then, in microseconds since 1970.
    pub seen: i64,
    /// The page's address, `/incidents/INC-2026-0007`: what all others below it begin with.
    pub url: String,
}

impl Page for IncidentPage {
    const TEMPLATE: &'static str = "incidents/page.html";
}

/// The picture of the timeline.
#[derive(Clone, Debug, Serialize)]
pub struct PictureShown {
    /// An `<svg>` element of ours.
    pub svg: String,
    /// How its marks are to be read.
    pub note: String,
}

impl PictureShown {
    /// Of `view`; its marks lead to the entries on the page of that address.
    fn of(view: &View<Internal>, reader: Reader, page: &str) -> Option<Self> {
        let drawing = picture::timeline(view, reader.words(), reader.zone(), Links::Entries(page))?;
        Some(Self { svg: drawing.svg, note: drawing.note })
    }
}

/// What stands on top: which matter it is, whose, and where it stands.
#[derive(Clone, Debug, Serialize)]
pub struct Head {
    /// Its number.
    pub number: String,
    /// What is wrong.
    pub title: String,
    /// Its kind, in words.
    pub kind: String,
    /// Where it stands.
    pub status: Status,
    /// The same in words.
    pub status_text: String,
    /// That the cause is still there, where it was only mitigated.
    pub status_note: String,
    /// How grave it is, in words.
    pub severity: String,
    /// Whether that is grave enough to stand out.
    pub grave: bool,
    /// The company answerable for it.
    pub provider: String,
    /// Who of us alone may know of it, where it is restricted; may be empty.
    pub restricted: String,
    /// The others, with their parts.
    pub parties: Vec<PartyLine>,
    /// Where the ledger stands.
    pub fingerprint: String,
    /// How many changes it holds, in words.
    pub changes: String,
    /// As of when, in words, with the zone.
    pub as_of: String,
}

/// Another company.
#[derive(Clone, Debug, Serialize)]
pub struct PartyLine {
    /// Its name.
    pub name: String,
    /// Its part, in words.
    pub role: String,
}

impl IncidentPage {
    /// The page of what `view` shows, its timeline narrowed by `filter`.
    pub fn new(view: &View<Internal>, frame: &Frame, filter: &TimelineFilter, may_edit: bool) -> Self {
        let reader = Reader::new(frame, view.as_of);
        let url = format!("/incidents/{}", view.number);
        Self {
            head: Head::of(view, reader),
            brief: Brief::of(view, reader),
            faces: brief::faces(view, reader),
            picture: PictureShown::of(view, reader, if filter.narrows() { &url } else { "" }),
            verdicts: verdicts::cards(view, reader),
            other_claims: verdicts::other_claims(view, reader),
            provider: view.provider_uid,
            timeline: Timeline::of(view, reader, filter),
            side: Side::of(view, reader),
            may_edit,
            seen: view.seen(),
            url,
        }
    }
}

impl Head {
    fn of(view: &View<Internal>, reader: Reader) -> Self {
        let severity = view.severity;
        Self {
            number: view.number.to_string(),
            title: view.title.clone(),
            kind: reader.value("incident-kind", view.kind),
            status: view.status,
            status_text: reader.value("status", view.status),
            status_note: if view.status == Status::Mitigated { reader.get("incident-cause-stands") } else { String::new() },
            severity: severity.map(|severity| reader.value("severity-short", severity)).unwrap_or_default(),
            grave: matches!(severity, Some(Severity::S1 | Severity::S2)),
            provider: view.provider.clone(),
            restricted: reader.line(&view.restricted_to),
            parties: (view.parties.iter())
                .map(|party| PartyLine { name: party.name.clone(), role: reader.value("party-role", party.role) })
                .collect(),
            fingerprint: view.fingerprint.clone(),
            changes: reader.count("incident-changes", view.changes_recorded),
            as_of: reader.at_in_zone(view.as_of),
        }
    }
}
