//! What somebody of a company is shown: the door, the incident, or that there is nothing any more.

use serde::Serialize;

use crate::domain::locale::{Locale, Zone};
use crate::domain::moment::Stamp;
use crate::domain::share::{Share, ShareState};
use crate::domain::view::{Provider, View};
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
    /// The languages it can be read in.
    pub languages: &'static [Locale],
}

impl CodePage {
    /// The short page.
    pub fn of_number(form: FormView) -> Self {
        Self { action: "/s".to_owned(), asks_number: true, form, languages: Locale::ALL }
    }

    /// The page of a long link.
    pub fn of_link(token: &str, form: FormView) -> Self {
        Self { action: format!("/s/{token}"), asks_number: false, form, languages: Locale::ALL }
    }
}

impl Page for CodePage {
    const TEMPLATE: &'static str = "share/code.html";
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
}

impl Why {
    /// Why a share in that state cannot be opened; none where it can.
    pub const fn of(state: ShareState) -> Option<Self> {
        match state {
            ShareState::Live => None,
            ShareState::Revoked => Some(Self::Revoked),
            ShareState::Expired => Some(Self::Expired),
        }
    }

    /// The status of the answer: 410 (RFC 9110, 15.5.11) for what will not come back.
    pub const fn status(self) -> u16 {
        match self {
            Self::Revoked | Self::Expired => 410,
            Self::Locked => 429,
        }
    }
}

/// That it cannot be opened, and whom to call.
#[derive(Clone, Debug, Serialize)]
pub struct GonePage {
    /// Why.
    pub why: Why,
    /// Whom to call, as our people wrote it.
    pub call: String,
}

impl Page for GonePage {
    const TEMPLATE: &'static str = "share/gone.html";
}

/// The incident, as the company may see it: the words of the paper for the provider, on a screen.
#[derive(Clone, Debug, Serialize)]
pub struct SharedPage {
    /// What is on it.
    pub sheet: Sheet,
    /// What we ask and have no answer to.
    pub asks: Vec<AskRow>,
    /// Whom to call, as our people wrote it.
    pub call: String,
    /// Where the reader answers; none where the page is only looked at.
    pub answer: Option<String>,
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
    /// Of what `view` shows.
    pub fn new(view: &View<Provider>, share: &Share, words: Words, zone: Zone, now: Stamp) -> Self {
        let url = format!("/s/view/{}", share.number);
        let sheet = report::sheet(view, words, zone, now);
        let asked = sheet.asks.iter().flat_map(|asks| &asks.items);
        Self {
            asks: asked.filter(|ask| ask.answer.is_empty()).cloned().collect(),
            sheet,
            call: share.call.clone(),
            answer: None,
            number: share.number.shown(),
            paper: format!("{url}/report.pdf?lang={}", words.locale()),
            url,
            locale: words.locale(),
            languages: Locale::ALL,
        }
    }

    /// With links to where its reader answers.
    #[must_use]
    pub fn answerable(mut self) -> Self {
        self.answer = Some(format!("{}/answer", self.url));
        self
    }
}

impl Page for SharedPage {
    const TEMPLATE: &'static str = "share/page.html";
}

#[cfg(test)]
pub use samples::share as sample_share;

#[cfg(test)]
mod samples {
    use chrono::Duration;

    use super::*;
    use crate::domain::dossier::Dossier;
    use crate::domain::id::{Id, Uid};
    use crate::domain::share::Digits;
    use crate::domain::view::Who;
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
            vec![Self::of_number(FormView::new()), Self::of_number(refused.clone()), Self::of_link("0f", refused)]
        }
    }

    impl Sampled for GonePage {
        fn samples() -> Vec<Self> {
            [Why::Revoked, Why::Expired, Why::Locked].map(|why| Self { why, call: share().call }).to_vec()
        }
    }

    impl Sampled for SharedPage {
        fn samples() -> Vec<Self> {
            let samples = |locale: &Locale| {
                let (story, long) = (sample::story(*locale), sample::long_story(*locale, 200));
                vec![
                    page(&story, *locale).answerable(),
                    page(&story, *locale),
                    page(&long, *locale),
                    page(&just_opened(), *locale),
                ]
            };
            Locale::ALL.iter().flat_map(samples).collect()
        }
    }

    fn page(dossier: &Dossier, locale: Locale) -> SharedPage {
        let view = dossier.view::<Provider>(&share().outward(), sample::friday());
        SharedPage::new(&view, &share(), Words::new(locale), dossier.house.zone, sample::friday())
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
        let answered = html(&page(&dossier, Locale::En).answerable());
        let view = dossier.view::<Provider>(&share().outward(), sample::friday());
        let reader = view.reader.clone().expect("a reader");
        for statement in view.entries.iter().flat_map(|entry| &entry.statements) {
            let is_theirs = matches!(&statement.who, Who::Theirs { company, .. } if *company == reader);
            assert_eq!(answered.contains(&format!("/answer#s-{}", statement.uid)), is_theirs, "{}", statement.words);
        }
        for ask in view.asks.iter().filter(|ask| ask.answer.is_none()) {
            assert!(answered.contains(&format!("/answer#q-{}", ask.uid)), "{}", ask.words);
        }
        assert!(answered.contains("/answer#commit"));
        assert!(!html(&page(&dossier, Locale::En)).contains("/answer"), "a page that is only looked at offers no answer");
    }

    #[test]
    fn an_incident_just_opened_says_so_and_whom_to_call() {
        let html = html(&page(&just_opened(), Locale::En));
        assert!(html.contains("Nothing else is on record yet") && html.contains("03-5550-0100"));
        assert!(!html.contains("<b>&\""), "what was typed stays text");
    }

    #[test]
    fn two_hundred_entries_still_open_on_a_slow_line() {
        let html = html(&page(&sample::long_story(Locale::Ja, 200), Locale::Ja).answerable());
        let kilobytes = html.len() / 1024;
        assert!(kilobytes < 64, "{kilobytes} KB");
    }
}
