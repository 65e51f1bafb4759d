//! The meeting on screen: the same words as the paper, one matter at a time, in letters that are read from the other end of the table.

use serde::Serialize;

use super::noun_form::Link;
use super::reader::Reader;
use crate::domain::id::Uid;
use crate::domain::phrases::Teller;
use crate::domain::view::{EntryView, Meeting, View};
use crate::render::frame::Frame;
use crate::render::pages::incident::side::PromiseLine;
use crate::render::pdf::report::{Print, sheet};
use crate::render::pdf::sheet::Sheet;
use crate::render::picture;
use crate::render::tera::Page;

/// One matter of the meeting.
#[derive(Clone, Debug, Serialize)]
pub struct MeetingPage {
    /// The incident.
    pub back: Link,
    /// Its page.
    pub url: String,
    /// The week as a picture; none where nothing happened yet.
    pub picture: Option<String>,
    /// Every matter there is, in order.
    pub matters: Vec<MatterLink>,
    /// Which of them this is.
    pub matter: Matter,
    /// Its heading.
    pub heading: String,
    /// The matter before; empty for the first.
    pub before: String,
    /// The next; empty for the last.
    pub after: String,
    /// Which of how many.
    pub place: String,
    /// The words of the paper.
    pub sheet: Sheet,
    /// The item of the agenda, where this is one.
    pub item: Option<Item>,
    /// The next steps.
    pub steps: Vec<PromiseLine>,
    /// Whether the reader may write.
    pub may_edit: bool,
}

impl Page for MeetingPage {
    const TEMPLATE: &'static str = "meeting/page.html";
}

/// What is talked about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Matter {
    /// What happened, and what it came to.
    Brief,
    /// What does not fit together, and what was agreed.
    Points,
    /// What the clauses come to.
    Verdicts,
    /// What was promised.
    Promises,
    /// What we ask.
    Asks,
    /// An item of the agenda.
    Agenda(Uid),
    /// Who does what by when.
    Steps,
}

/// A matter in the list of them.
#[derive(Clone, Debug, Serialize)]
pub struct MatterLink {
    /// Where.
    pub href: String,
    /// What.
    pub text: String,
    /// Whether it is the one that is shown.
    pub here: bool,
}

/// An item of the agenda.
#[derive(Clone, Debug, Serialize)]
pub struct Item {
    /// The rest of its words.
    pub body: String,
    /// What was decided on it.
    pub decisions: Vec<Decision>,
    /// Where a decision on it is recorded.
    pub decide: String,
}

/// A decision.
#[derive(Clone, Debug, Serialize)]
pub struct Decision {
    /// In URLs.
    pub uid: Uid,
    /// What was decided.
    pub title: String,
    /// The rest.
    pub body: String,
    /// When, and by whom it was recorded.
    pub made: String,
}

impl MeetingPage {
    /// The matter number `page` (from 1) of what the meeting may see; or, where `on` names an entry, the matter that it belongs to.
    pub fn new(view: &View<Meeting>, page: usize, on: Option<Uid>, frame: &Frame, may_edit: bool) -> Self {
        let reader = Reader::new(frame, view.as_of);
        let sheet = sheet(view, Print::alone(reader.words(), frame.zone, view.as_of));
        let url = format!("/incidents/{}", view.number);
        let all = matters(view, &sheet, reader);
        let place = on.and_then(|on| place_of(view, &all, on)).unwrap_or(page.clamp(1, all.len()) - 1);
        let href = |place: usize| format!("{url}/meeting?page={}", place + 1);
        let (matter, heading) = all[place].clone();
        let matters = (0..).zip(&all).map(|(n, (_, text))| MatterLink { href: href(n), text: text.clone(), here: n == place });
        let teller = Teller::of(view);
        Self {
            back: Link { href: url.clone(), text: format!("{} {}", view.number, view.title) },
            picture: picture::timeline(view, reader.words(), frame.zone, picture::Links::None).map(|drawing| drawing.svg),
            matters: matters.collect(),
            before: if place > 0 { href(place - 1) } else { String::new() },
            after: if place + 1 < all.len() { href(place + 1) } else { String::new() },
            place: format!("{} / {}", place + 1, all.len()),
            item: match matter {
                Matter::Agenda(uid) => view.entries.iter().find(|entry| entry.uid == uid).map(|entry| item(view, entry, reader)),
                _ => None,
            },
            steps: view.steps.iter().map(|step| PromiseLine::of(step, &teller, reader)).collect(),
            url,
            matter,
            heading,
            sheet,
            may_edit,
        }
    }
}

/// What there is to talk about: of what the paper says nothing, the meeting is shown nothing.
fn matters(view: &View<Meeting>, sheet: &Sheet, reader: Reader) -> Vec<(Matter, String)> {
    let mut matters = vec![(Matter::Brief, reader.get("meeting-brief"))];
    let mut add = |matter, is_there: bool, heading: &str| {
        if is_there {
            matters.push((matter, reader.get(heading)));
        }
    };
    add(Matter::Points, sheet.contradictions.is_some() || sheet.agreements.is_some(), "meeting-points");
    add(Matter::Verdicts, sheet.verdicts.is_some(), "meeting-verdicts");
    add(Matter::Promises, sheet.promises.is_some(), "promises");
    add(Matter::Asks, sheet.asks.is_some(), "asks");
    let agenda = view.agenda().map(|(item, _)| (Matter::Agenda(item.uid), words_of(item)));
    matters.extend(agenda);
    matters.push((Matter::Steps, reader.get("meeting-steps")));
    matters
}

/// The matter of an item of the agenda, or of a decision: that of its item, else the steps.
fn place_of(view: &View<Meeting>, all: &[(Matter, String)], on: Uid) -> Option<usize> {
    let item = view.entries.iter().find(|entry| entry.uid == on).map(|entry| entry.settles.unwrap_or(entry.uid))?;
    all.iter().position(|(matter, _)| *matter == Matter::Agenda(item)).or(Some(all.len() - 1))
}

fn words_of(entry: &EntryView) -> String {
    if entry.title.is_empty() { entry.body.clone() } else { entry.title.clone() }
}

fn item(view: &View<Meeting>, item: &EntryView, reader: Reader) -> Item {
    let decisions = view.entries.iter().filter(|entry| entry.settles == Some(item.uid) && entry.struck.is_none());
    Item {
        body: if item.title.is_empty() { String::new() } else { item.body.clone() },
        decisions: decisions.map(|entry| decision(entry, reader)).collect(),
        decide: format!("/incidents/{}/decisions/new?agenda={}", view.number, item.uid),
    }
}

fn decision(entry: &EntryView, reader: Reader) -> Decision {
    let made = reader.line(&[reader.told(&entry.occurred), entry.author.clone().unwrap_or_default()]);
    Decision { uid: entry.uid, title: words_of(entry), body: entry.body.clone(), made }
}

#[cfg(test)]
mod samples {
    use super::*;
    use crate::domain::entry::EntryKind;
    use crate::domain::locale::Locale;
    use crate::render::pages::Sampled;
    use crate::render::sample;

    impl Sampled for MeetingPage {
        fn samples() -> Vec<Self> {
            let mut dossier = sample::story(Locale::Ja);
            let frame = Frame::anonymous(Locale::Ja);
            let page = |dossier: &crate::domain::dossier::Dossier, page, may_edit| {
                let view = dossier.view::<Meeting>(&(), sample::friday());
                Self::new(&view, page, None, &frame, may_edit)
            };
            let empty = {
                let mut empty = dossier.clone();
                (empty.entries, empty.promises, empty.asks, empty.contradictions) = Default::default();
                page(&empty, 1, false)
            };
            if let [item, decision, ..] = &mut dossier.entries[..] {
                (item.kind, decision.kind) = (EntryKind::Agenda, EntryKind::Decision);
                (item.title, decision.title) = ("<b>&\"' 加".to_owned(), "<b>&\"' 加".to_owned());
                (item.call, decision.call, decision.settles) = (None, None, Some(item.id));
            }
            (1..=8).map(|n| page(&dossier, n, n % 2 == 0)).chain([empty]).collect()
        }
    }
}
