//! The texts of mails. They are shown to whoever sends them, who may change them before they go.

mod reminder;
mod reply;

use serde::Serialize;

use super::frame::Frame;
use super::pdf::report;
use super::pdf::sheet::Sheet;
use super::tera::{Page, RenderError, render};
use super::words::{Args, Words};
use crate::domain::locale::Zone;
use crate::domain::moment::Stamp;
use crate::domain::text::{beginning, is_direction};
use crate::domain::view::{Meeting, View};

pub use reminder::ReminderMail;
pub use reply::ReplyMail;

/// The subject and the text of a mail.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Text {
    /// Its subject.
    pub subject: String,
    /// Its text.
    pub body: String,
}

/// The mail that gives a share's long link to somebody of a company. The code is never in it.
#[derive(Clone, Debug, Serialize)]
pub struct ShareLinkMail {
    /// Their company.
    pub company: String,
    /// Ours.
    pub ours: String,
    /// The incident's number.
    pub incident: String,
    /// The long link.
    pub link: String,
    /// The share's number, in groups.
    pub number: String,
    /// Until when it is good.
    pub until: String,
    /// Whom to call.
    pub call: String,
}

impl Page for ShareLinkMail {
    const TEMPLATE: &'static str = "mail/share_link.txt";
}

impl ShareLinkMail {
    /// Its text in the language of `words`.
    ///
    /// # Errors
    /// [`RenderError`].
    pub fn text(&self, words: Words) -> Result<Text, RenderError> {
        let names = Args::new().text("ours", &*self.ours).text("incident", &*self.incident);
        let subject = words.with("mail-share-subject", &names);
        Ok(Text { subject, body: render(self, &Frame::anonymous(words.locale()))? })
    }
}

/// The mail that tells our own people, or whoever else is to know, where an incident stands: what the meeting sees.
#[derive(Clone, Debug, Serialize)]
pub struct SummaryMail {
    sheet: Sheet,
    link: String,
}

impl Page for SummaryMail {
    const TEMPLATE: &'static str = "mail/summary.txt";
}

impl SummaryMail {
    /// Of what the meeting sees; `link` is the incident's own page. What was promised stands on one line each: whoever replied may
    /// have put something below it that looks like a line of ours.
    pub fn new(view: &View<Meeting>, link: String, words: Words, zone: Zone, now: Stamp) -> Self {
        let mut sheet = report::sheet(view, report::Print::alone(words, zone, now));
        for promise in sheet.promises.iter_mut().flat_map(|promises| &mut promises.items) {
            promise.words = beginning(&promise.words, usize::MAX);
        }
        Self { sheet, link }
    }

    /// Its text in the language of `words`.
    ///
    /// # Errors
    /// [`RenderError`].
    pub fn text(&self, words: Words) -> Result<Text, RenderError> {
        let subject = format!("{} {}", self.sheet.masthead.head[0], self.sheet.masthead.title);
        Ok(Text { subject, body: undirected(&render(self, &Frame::anonymous(words.locale()))?) })
    }
}

/// Without the characters that turn the direction of writing: a plain text has nothing that keeps them to themselves.
fn undirected(text: &str) -> String {
    text.chars().filter(|c| !is_direction(*c)).collect()
}

#[cfg(test)]
mod samples {
    use super::*;
    use crate::domain::locale::Locale;
    use crate::render::sample;
    use crate::render::tera::Sampled;

    impl Sampled for ShareLinkMail {
        fn samples() -> Vec<Self> {
            vec![Self {
                company: "東都ネット <b>&\"'".to_owned(),
                ours: "㈱例".to_owned(),
                incident: "INC-2006-0007".to_owned(),
                link: "https://tellonce.example.jp/s/0f0f".to_owned(),
                number: "4827-1936".to_owned(),
                until: "12月24日".to_owned(),
                call: "総務".to_owned(),
            }]
        }
    }

    impl Sampled for SummaryMail {
        fn samples() -> Vec<Self> {
            let dossier = sample::story(Locale::Ja);
            let view = dossier.view::<Meeting>(&(), sample::friday());
            vec![Self::new(&view, "https://x/".to_owned(), Words::new(Locale::Ja), dossier.house.zone, sample::friday())]
        }
    }
}
