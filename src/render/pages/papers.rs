//! Finals: the list, and what the record says of a print today.

use serde::Serialize;

use super::noun_form::Link;
use super::reader::{Reader, number as counted};
use crate::domain::against::{Held, Printed};
use crate::domain::incident::IncidentNumber;
use crate::domain::moment::Stamp;
use crate::domain::paper::Paper;
use crate::domain::person::Person;
use crate::render::form::FormView;
use crate::render::frame::Frame;
use crate::render::tera::Page;
use crate::render::words::Args;

/// The finals of an incident.
#[derive(Clone, Debug, Serialize)]
pub struct PapersPage {
    /// The way back.
    pub back: Link,
    /// The page's own address.
    pub href: String,
    /// Whether the reader may make and strike out.
    pub may_edit: bool,
    /// The finals, the latest first.
    pub papers: Vec<PaperLine>,
}

impl Page for PapersPage {
    const TEMPLATE: &'static str = "papers/list.html";
}

/// A final in the list.
#[derive(Clone, Debug, Serialize)]
pub struct PaperLine {
    /// Its number; the list's anchor.
    pub number: i64,
    /// What it is called.
    pub name: String,
    /// Its own address.
    pub href: String,
    /// Which form, for whom, in which language.
    pub kind: String,
    /// As of when, and who froze it.
    pub made: String,
    /// What it was made for; may be empty.
    pub note: String,
    /// What its bytes hash to.
    pub sha256: String,
    /// How much was written since, in words; empty where nothing was.
    pub since: String,
    /// Why it was struck out; empty where it stands.
    pub struck: String,
}

/// What stands around a list of finals.
pub struct Around<'a> {
    /// The way back.
    pub back: Link,
    /// Of which incident.
    pub number: IncidentNumber,
    /// All our people.
    pub people: &'a [Person],
    /// Whether the reader may write.
    pub may_edit: bool,
}

impl PapersPage {
    /// Of these finals, each with how many changes were recorded since it was printed.
    pub fn new(around: Around<'_>, finals: &[(Paper, i64)], frame: &Frame, now: Stamp) -> Self {
        let reader = Reader::new(frame, now);
        let href = format!("/incidents/{}/papers", around.number);
        let line = |(paper, since): &(Paper, i64)| {
            let who = around.people.iter().find(|person| Some(person.id) == paper.made_by);
            PaperLine {
                number: paper.number,
                name: name(paper, reader),
                href: format!("{href}/{}", paper.uid),
                kind: kind(paper, reader),
                made: reader.line(&[reader.at_in_zone(paper.as_of), who.map(|person| person.name.clone()).unwrap_or_default()]),
                note: paper.note.clone(),
                sha256: paper.sha256.clone(),
                since: if *since == 0 { String::new() } else { reader.count("paper-since-count", *since) },
                struck: paper.struck.as_ref().map(|struck| struck.reason.clone()).unwrap_or_default(),
            }
        };
        Self { papers: finals.iter().rev().map(line).collect(), back: around.back, may_edit: around.may_edit, href }
    }
}

fn name(paper: &Paper, reader: Reader) -> String {
    reader.with_args("paper-final", &Args::new().number("n", paper.number))
}

fn kind(paper: &Paper, reader: Reader) -> String {
    reader.line(&[
        reader.value("paper-form", paper.paper_form),
        reader.value("audience", paper.audience),
        reader.value("locale", paper.locale),
    ])
}

/// What the record says of a print today.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Verified {
    /// Whether it still says the same.
    pub agrees: bool,
    /// That in a sentence.
    pub said: String,
    /// What it does not say alike, a sentence each.
    pub lines: Vec<String>,
    /// How many they are, in words; empty for none.
    pub count: String,
}

impl Verified {
    fn of(held: &Held, printed: &Printed, reader: Reader) -> Self {
        let lines: Vec<String> = held.lines().iter().map(|line| reader.say(line)).collect();
        let count = if lines.is_empty() { String::new() } else { reader.count("against-count", counted(lines.len())) };
        Self { agrees: held.agrees(), said: reader.say(&held.phrase(printed)), lines, count }
    }
}

/// What changed since a final was frozen.
#[derive(Clone, Debug, Serialize)]
pub struct SincePage {
    /// The way back.
    pub back: Link,
    /// The list of finals.
    pub papers: String,
    /// What it is called, of which form and for whom.
    pub name: String,
    /// The final itself.
    pub href: String,
    /// What the record says of it.
    pub verified: Verified,
}

impl Page for SincePage {
    const TEMPLATE: &'static str = "papers/since.html";
}

impl SincePage {
    /// What the record says of `paper`, held against it.
    pub fn new(
        back: Link,
        number: IncidentNumber,
        paper: &Paper,
        (held, printed): (&Held, &Printed),
        frame: &Frame,
        now: Stamp,
    ) -> Self {
        let reader = Reader::new(frame, now);
        let papers = format!("/incidents/{number}/papers");
        Self {
            back,
            name: reader.line(&[name(paper, reader), kind(paper, reader)]),
            href: format!("{papers}/{}", paper.uid),
            verified: Verified::of(held, printed, reader),
            papers,
        }
    }
}

/// The form that takes a print, and what the record says of it.
#[derive(Clone, Debug, Default, Serialize)]
pub struct AgainstPage {
    /// What is wrong with the form.
    pub form: FormView,
    /// What the record says of the print; none before one was brought.
    pub verified: Option<Verified>,
    /// The incident's page.
    pub incident: Option<Link>,
}

impl Page for AgainstPage {
    const TEMPLATE: &'static str = "papers/against.html";
}

impl AgainstPage {
    /// What the record says of `printed`, held against it.
    pub fn new(held: &Held, printed: &Printed, frame: &Frame, now: Stamp) -> Self {
        let number = printed.number.to_string();
        Self {
            form: FormView::new(),
            verified: Some(Verified::of(held, printed, Reader::new(frame, now))),
            incident: Some(Link { href: format!("/incidents/{number}"), text: number }),
        }
    }
}

#[cfg(test)]
mod samples {
    use super::*;
    use crate::domain::against::{How, Since, Thing};
    use crate::domain::entry::Struck;
    use crate::domain::id::{Id, Uid};
    use crate::domain::ledger::Digest;
    use crate::domain::locale::Locale;
    use crate::domain::paper::PaperForm;
    use crate::domain::view::AudienceName;
    use crate::render::form::Problem;
    use crate::render::pages::Sampled;
    use crate::render::sample;

    fn paper() -> Paper {
        Paper {
            id: Id::new(1),
            uid: Uid::NIL,
            revision: 0,
            incident: Id::new(1),
            number: 1,
            paper_form: PaperForm::Report,
            audience: AudienceName::Meeting,
            locale: Locale::Ja,
            as_of: sample::friday(),
            made_by: None,
            head_count: 40,
            head_hash: Digest::GENESIS,
            sha256: "0f".repeat(32),
            size: 312_456,
            note: "<b>&\"' 加".to_owned(),
            struck: None,
        }
    }

    fn struck() -> Paper {
        let struck = Struck { at: sample::friday(), reason: "<b>&\"' 加".to_owned() };
        Paper { number: 2, struck: Some(struck), ..paper() }
    }

    fn back() -> Link {
        Link { href: "/incidents/INC-2006-0012".to_owned(), text: "INC-2006-0012".to_owned() }
    }

    fn printed() -> Printed {
        let number = IncidentNumber { year: 2006, count: 12 };
        let (audience, hash) = (AudienceName::Meeting, Digest::GENESIS);
        Printed { number, audience, as_of: sample::friday(), count: 40, hash, view: serde_json::Value::Null }
    }

    fn held(agrees: bool) -> Held {
        let thing = Thing { kind: "entries".to_owned(), uid: String::new() };
        let how = How::Changed { field: "title".to_owned(), was: "<b>&\"' 加".to_owned(), now: "x".to_owned() };
        let since = vec![Since { thing, words: "<b>&\"' 加".to_owned(), how }];
        Held { since: if agrees { Vec::new() } else { since }, on_chain: true, rows_since: 3 }
    }

    impl Sampled for PapersPage {
        fn samples() -> Vec<Self> {
            let page = |finals: &[(Paper, i64)], may_edit| {
                let number = IncidentNumber { year: 2006, count: 12 };
                let around = Around { back: back(), number, people: &[], may_edit };
                Self::new(around, finals, &Frame::anonymous(Locale::Ja), sample::friday())
            };
            vec![page(&[], true), page(&[(paper(), 0), (struck(), 3)], true), page(&[(paper(), 1)], false)]
        }
    }

    impl Sampled for SincePage {
        fn samples() -> Vec<Self> {
            let page = |agrees| {
                let (number, frame) = (IncidentNumber { year: 2006, count: 12 }, Frame::anonymous(Locale::Ja));
                Self::new(back(), number, &paper(), (&held(agrees), &printed()), &frame, sample::friday())
            };
            vec![page(true), page(false)]
        }
    }

    impl Sampled for AgainstPage {
        fn samples() -> Vec<Self> {
            let refused = FormView::new().with_problem("file", Problem::new("against-unreadable"));
            let found = Self::new(&held(false), &printed(), &Frame::anonymous(Locale::Ja), sample::friday());
            vec![Self::default(), Self { form: refused, ..Self::default() }, found]
        }
    }
}
