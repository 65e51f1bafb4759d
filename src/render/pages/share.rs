//! What somebody of a company is shown: the door, the incident, or that there is nothing any more.

use serde::Serialize;

use crate::domain::locale::{Locale, Zone};
use crate::domain::moment::Stamp;
use crate::domain::share::{Share, ShareState};
use crate::domain::view::{Provider, View};
use crate::render::form::FormView;
use crate::render::pdf::report;
use crate::render::pdf::sheet::Sheet;
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
        Self {
            sheet: report::sheet(view, words, zone, now),
            number: share.number.shown(),
            paper: format!("{url}/report.pdf?lang={}", words.locale()),
            url,
            locale: words.locale(),
            languages: Locale::ALL,
        }
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
    use crate::domain::id::{Id, Uid};
    use crate::domain::share::Digits;
    use crate::render::pages::refused_form;
    use crate::render::sample;
    use crate::render::tera::Sampled;

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
            let page = |locale: Locale| {
                let dossier = sample::story(locale);
                let view = dossier.view::<Provider>(&share().outward(), sample::friday());
                Self::new(&view, &share(), Words::new(locale), dossier.house.zone, sample::friday())
            };
            Locale::ALL.iter().map(|locale| page(*locale)).collect()
        }
    }
}
