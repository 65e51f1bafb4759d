//! The offline page: one file that opens from a stick, without any network.

use serde::Serialize;

use crate::domain::locale::Zone;
use crate::domain::moment::Stamp;
use crate::domain::view::{Audience, View};
use crate::render::assets;
use crate::render::pdf::report;
use crate::render::pdf::sheet::Sheet;
use crate::render::tera::Page;
use crate::render::words::Words;

/// The page: the words of the paper, with its styles in it.
#[derive(Clone, Debug, Serialize)]
pub struct OfflinePage {
    sheet: Sheet,
    style: String,
    /// Where it is answered: nowhere, on a stick.
    answer: Option<String>,
}

impl Page for OfflinePage {
    const TEMPLATE: &'static str = "offline/page.html";
}

impl OfflinePage {
    /// Of what `view` shows.
    pub fn new<A: Audience>(view: &View<A>, words: Words, zone: Zone, now: Stamp) -> Self {
        let style = ["css/ground.css", "css/share.css"].map(assets::text).concat();
        Self { sheet: report::sheet(view, report::Print::alone(words, zone, now)), style, answer: None }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::locale::Locale;
    use crate::domain::view::{Meeting, Outward, Provider};
    use crate::render::frame::Frame;
    use crate::render::sample;
    use crate::render::tera::{Sampled, render};

    impl Sampled for OfflinePage {
        fn samples() -> Vec<Self> {
            let dossier = sample::story(Locale::Ja);
            let (words, zone, now) = (Words::new(Locale::Ja), dossier.house.zone, sample::friday());
            let outward = Outward::plain(dossier.incident.provider);
            vec![
                Self::new(&dossier.view::<Meeting>(&(), now), words, zone, now),
                Self::new(&dossier.view::<Provider>(&outward, now), words, zone, now),
            ]
        }
    }

    #[test]
    fn nothing_in_it_asks_for_anything_else() {
        for page in OfflinePage::samples() {
            let html = render(&page, &Frame::anonymous(Locale::Ja)).expect("it renders");
            for asks in ["src=", "<link", "<script", "@import", "url(", "http://", "https://"] {
                let there = html.find(asks).map(|at| html[at..].chars().take(60).collect::<String>());
                assert_eq!(there, None);
            }
            assert!(html.contains(".record"), "its styles are in it");
        }
    }
}
