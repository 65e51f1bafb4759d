//! What somebody of a company is shown: the door, the incident, or that there is nothing any more.

use serde::Serialize;

use super::incident::entry::size;
pub use super::news::{News, NewsList};
use super::reader::Reader;
use crate::domain::id::Uid;
use crate::domain::locale::{Locale, Zone};
use crate::domain::moment::Stamp;
use crate::domain::share::{Digits, Share, ShareState};
use crate::domain::view::{FileView, Provider, View};
use crate::render::form::FormView;
use crate::render::pdf::report;
use crate::render::pdf::sheet::{AskRow, Sheet};
use crate::render::tera::Page;
use crate::render::words::Words;

/// The door: asks for the code, a name and a department.
#[derive(Clone, Debug, Serialize)]
pub struct CodePage {
    /// Where the form is sent.
    pub action: String,
    /// Whether it asks for the number too.
    pub asks_number: bool,
    /// Fields `number`, `code`, `name`, `department`.
    pub form: FormView,
    /// What the address ends with where somebody chose a language; else empty, so that the share's own language holds.
    pub query: String,
    /// The language that the share is given in, where nobody chose another.
    #[serde(skip)]
    pub locale: Option<Locale>,
    /// The languages it can be read in.
    pub languages: &'static [Locale],
}

impl CodePage {
    /// The short page.
    pub fn of_number(query: String, form: FormView) -> Self {
        Self { action: "/s".to_owned(), asks_number: true, form, query, locale: None, languages: Locale::ALL }
    }

    /// The page of a long link.
    pub fn of_link(token: &str, query: String, locale: Option<Locale>, form: FormView) -> Self {
        Self { action: format!("/s/{token}"), asks_number: false, form, query, locale, languages: Locale::ALL }
    }
}

impl Page for CodePage {
    const TEMPLATE: &'static str = "share/code.html";

    fn locale(&self) -> Option<Locale> {
        self.locale
    }
}

/// Why a share cannot be opened.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Why {
    /// It was revoked.
    Revoked,
    /// Its time has passed.
    Expired,
    /// Too many codes were wrong.
    Locked,
    /// It is closed for the time being.
    Paused,
    /// It was opened as often as it may be.
    UsedUp,
}

impl Why {
    /// Why a share in that state cannot be opened; none where it can.
    pub const fn of(state: ShareState) -> Option<Self> {
        match state {
            ShareState::Live => None,
            ShareState::Revoked => Some(Self::Revoked),
            ShareState::Expired => Some(Self::Expired),
            ShareState::Paused => Some(Self::Paused),
            ShareState::UsedUp => Some(Self::UsedUp),
        }
    }

    /// The status of the answer: 410 (RFC 9110, 15.5.11) for what will not come back, 403 for what may.
    pub const fn status(self) -> u16 {
        match self {
            Self::Revoked | Self::Expired | Self::UsedUp => 410,
            Self::Paused => 403,
            Self::Locked => 429,
        }
    }
}

/// That it cannot be opened, and whom to call.
#[derive(Clone, Debug, Serialize)]
pub struct GonePage {
    /// Why.
    pub why: Why,
    /// Whom to call, as our people wrote it; empty where it is not told whether there is anybody.
    pub call: String,
}

impl Page for GonePage {
    const TEMPLATE: &'static str = "share/gone.html";
}

/// Where a share's page stands.
#[derive(Clone, Debug)]
pub enum Place {
    /// Where its reader reads it, by its number.
    Reader(Digits),
    /// Where one of us looks at what its reader will see: the address of the share's own page.
    Preview(String),
}

impl Place {
    fn url(&self) -> String {
        match self {
            Self::Reader(number) => format!("/s/view/{number}"),
            Self::Preview(share) => format!("{share}/preview"),
        }
    }

    fn paper(&self, locale: Locale) -> String {
        match self {
            Self::Reader(_) => format!("{}/report.pdf?lang={locale}", self.url()),
            Self::Preview(_) => format!("{}.pdf?lang={locale}", self.url()),
        }
    }

    fn answer(&self, locale: Locale) -> Option<String> {
        matches!(self, Self::Reader(_)).then(|| format!("{}/answer?lang={locale}", self.url()))
    }

    fn file(&self, uid: Uid) -> String {
        match self {
            Self::Reader(_) => format!("{}/files/{uid}", self.url()),
            Self::Preview(_) => format!("/files/{uid}"),
        }
    }
}

/// A file that can be taken away.
#[derive(Clone, Debug, Serialize)]
pub struct FileLink {
    /// Where it is.
    pub href: String,
    /// Its name.
    pub name: String,
    /// Its size, in words.
    pub size: String,
    /// Its SHA-256, in hex.
    pub sha256: String,
}

/// The incident, as the company may see it: the words of the paper for the provider, on a screen.
#[derive(Clone, Debug, Serialize)]
pub struct SharedPage {
    /// What is on it.
    pub sheet: Sheet,
    /// What is new since its reader last opened it; none where they have not.
    pub news: Option<NewsList>,
    /// What we ask and have no answer to.
    pub asks: Vec<AskRow>,
    /// Whom to call, as our people wrote it.
    pub call: String,
    /// When we can be reached; may be empty.
    pub reach: String,
    /// Whom to call on a holiday; may be empty.
    pub holiday: String,
    /// The files that are shown.
    pub files: Vec<FileLink>,
    /// Where the reader answers; none where the page is only looked at.
    pub answer: Option<String>,
    /// Where one of us goes back to, where the page is only looked at.
    pub back: Option<String>,
    /// The share's number, in groups.
    pub number: String,
    /// The page's own address.
    pub url: String,
    /// The same on paper.
    pub paper: String,
    /// The language it is in.
    pub locale: Locale,
    /// The languages it can be read in.
    pub languages: &'static [Locale],
}

impl SharedPage {
    /// Of what `view` shows, in that place.
    pub fn new(
        view: &View<Provider>,
        share: &Share,
        news: Option<&News>,
        place: &Place,
        words: Words,
        (zone, now): (Zone, Stamp),
    ) -> Self {
        let sheet = report::sheet(view, report::Print::alone(words, zone, now));
        let asked = sheet.asks.iter().flat_map(|asks| &asks.items);
        let reader = Reader::of(words.locale(), zone, now);
        let file = |file: &FileView| FileLink {
            href: place.file(file.uid),
            name: file.name.clone(),
            size: size(file.size),
            sha256: file.sha256.clone(),
        };
        Self {
            asks: asked.filter(|ask| ask.answer.is_empty()).cloned().collect(),
            sheet,
            news: news.map(|news| NewsList::new(news, reader)),
            call: share.call.clone(),
            reach: share.reach.clone(),
            holiday: share.holiday.clone(),
            files: view.files().map(file).collect(),
            answer: place.answer(words.locale()),
            back: match place {
                Place::Reader(_) => None,
                Place::Preview(share) => Some(share.clone()),
            },
            number: share.number.shown(),
            paper: place.paper(words.locale()),
            url: place.url(),
            locale: words.locale(),
            languages: Locale::ALL,
        }
    }
}

impl Page for SharedPage {
    const TEMPLATE: &'static str = "share/page.html";

    fn locale(&self) -> Option<Locale> {
        Some(self.locale)
    }
}

#[cfg(test)]
pub use samples::share as sample_share;

#[cfg(test)]
mod samples {
    use chrono::Duration;

    use super::*;
    use crate::domain::dossier::Dossier;
    use crate::domain::entry::EntryKind;
    use crate::domain::id::{Id, Uid};
    use crate::domain::ledger::ObjectKind;
    use crate::domain::share::Digits;
    use crate::domain::view::{Fate, NewsItem, Who};
    use crate::render::frame::Frame;
    use crate::render::pages::refused_form;
    use crate::render::sample;
    use crate::render::tera::{Sampled, render};

    /// A share of the story.
    pub fn share() -> Share {
        Share {
            id: Id::new(900),
            uid: Uid::NIL,
            revision: 0,
            incident: Id::new(1),
            provider: Id::new(1),
            number: Digits::from_seven(4_827_193),
            their_names: false,
            our_names: false,
            other_companies: Vec::new(),
            without_files: false,
            left_out: Vec::new(),
            let_in: Vec::new(),
            contact: None,
            locale: None,
            reach: "<b>&\"' 平日 9〜18時".to_owned(),
            holiday: "<b>&\"' 080-0000-0001".to_owned(),
            most_openings: None,
            paused: None,
            call: "㈱例 総務 03-5550-0100".to_owned(),
            note: "<b>&\"' 佐藤さん".to_owned(),
            made_at: sample::friday(),
            made_by: None,
            expires_at: sample::friday() + Duration::days(30),
            revoked: None,
        }
    }

    impl Sampled for CodePage {
        fn samples() -> Vec<Self> {
            let refused = refused_form(&["number", "code", "name", "department"]);
            let query = || "?lang=en".to_owned();
            vec![
                Self::of_number(String::new(), FormView::new()),
                Self::of_number(query(), refused.clone()),
                Self::of_link("0f", query(), Some(Locale::En), refused),
            ]
        }
    }

    impl Sampled for GonePage {
        fn samples() -> Vec<Self> {
            [Why::Revoked, Why::Expired, Why::Locked, Why::Paused, Why::UsedUp]
                .map(|why| Self { why, call: share().call })
                .to_vec()
        }
    }

    impl Sampled for SharedPage {
        fn samples() -> Vec<Self> {
            let samples = |locale: &Locale| {
                let (story, long) = (sample::story(*locale), sample::long_story(*locale, 200));
                vec![
                    page(&story, *locale),
                    news(&story, *locale),
                    preview(&story, *locale),
                    page(&long, *locale),
                    page(&just_opened(), *locale),
                ]
            };
            Locale::ALL.iter().flat_map(samples).collect()
        }
    }

    fn made(dossier: &Dossier, locale: Locale, news: Option<&News>, place: &Place) -> SharedPage {
        let view = dossier.view::<Provider>(&share().outward(), sample::friday());
        SharedPage::new(&view, &share(), news, place, Words::new(locale), (dossier.house.zone, sample::friday()))
    }

    fn page(dossier: &Dossier, locale: Locale) -> SharedPage {
        made(dossier, locale, None, &Place::Reader(share().number))
    }

    fn preview(dossier: &Dossier, locale: Locale) -> SharedPage {
        made(dossier, locale, None, &Place::Preview("/incidents/INC-2006-0007/shares/1".to_owned()))
    }

    /// For somebody who was away while one thing of each kind was put on record.
    fn news(dossier: &Dossier, locale: Locale) -> SharedPage {
        let item = |kind: &ObjectKind| NewsItem {
            kind: *kind,
            entry: (*kind == ObjectKind::Entry).then_some(EntryKind::Call),
            occurred: None,
            fate: Fate::Added,
            at: sample::friday(),
            words: "\u{202e}<b>&\"' 加".to_owned(),
        };
        let kinds = [
            ObjectKind::Entry,
            ObjectKind::Promise,
            ObjectKind::Ask,
            ObjectKind::RuledOut,
            ObjectKind::Agreement,
            ObjectKind::Contradiction,
            ObjectKind::Change,
            ObjectKind::Notice,
            ObjectKind::Attachment,
            ObjectKind::Incident,
        ];
        let items = kinds.iter().chain(&kinds).map(item).collect();
        let news = News { since: sample::friday() - Duration::days(2), items };
        made(dossier, locale, Some(&news), &Place::Reader(share().number))
    }

    /// An incident of which nothing is known yet but its title, which is hostile.
    fn just_opened() -> Dossier {
        let mut dossier = sample::story(Locale::Ja);
        let incident = &mut dossier.incident;
        incident.title_outward = "\u{202e}<b>&\"' 加".to_owned();
        (incident.what, incident.affected) = (String::new(), String::new());
        incident.times.clear();
        incident.parties.clear();
        dossier.entries.clear();
        dossier.agreements.clear();
        dossier.asks.clear();
        dossier.promises.clear();
        dossier.contradictions.clear();
        dossier.changes.clear();
        dossier.ruled_out.clear();
        dossier.attachments.clear();
        dossier
    }

    fn html(page: &SharedPage) -> String {
        render(page, &Frame::anonymous(page.locale)).expect("it renders")
    }

    #[test]
    fn what_they_said_and_what_we_ask_lead_to_where_it_is_answered() {
        let dossier = sample::story(Locale::En);
        let answered = html(&page(&dossier, Locale::En));
        let view = dossier.view::<Provider>(&share().outward(), sample::friday());
        let reader = view.reader.clone().expect("a reader");
        for statement in view.entries.iter().flat_map(|entry| &entry.statements) {
            let is_theirs = matches!(&statement.who, Who::Theirs { company, .. } if *company == reader);
            assert_eq!(answered.contains(&format!("/answer?lang=en#s-{}", statement.uid)), is_theirs, "{}", statement.words);
        }
        for ask in view.asks.iter().filter(|ask| ask.answer.is_none()) {
            assert!(answered.contains(&format!("/answer?lang=en#q-{}", ask.uid)), "{}", ask.words);
        }
        assert!(answered.contains("/answer?lang=en#commit"));
        assert!(!html(&preview(&dossier, Locale::En)).contains("/answer"), "a page that is only looked at offers no answer");
    }

    #[test]
    fn an_incident_just_opened_says_so_and_whom_to_call() {
        let html = html(&page(&just_opened(), Locale::En));
        assert!(html.contains("Nothing else is on record yet") && html.contains("03-5550-0100"));
        assert!(!html.contains("<b>&\""), "what was typed stays text");
    }

    #[test]
    fn two_hundred_entries_still_open_on_a_slow_line() {
        let html = html(&page(&sample::long_story(Locale::Ja, 200), Locale::Ja));
        let kilobytes = html.len() / 1024;
        assert!(kilobytes < 64, "{kilobytes} KB");
    }
}
