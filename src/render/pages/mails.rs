//! The form by which a mail is sent, and what became of mails.

use serde::Serialize;

use super::noun_form::Link;
use super::reader::Reader;
use crate::domain::outbox::Queued;
use crate::render::form::FormView;
use crate::render::tera::Page;

/// A mail about to be sent.
#[derive(Clone, Debug, Serialize)]
pub struct MailPage {
    /// What it is.
    pub title: String,
    /// What has to be known.
    pub lead: String,
    /// The way back.
    pub back: Link,
    /// Where the form is sent.
    pub action: String,
    /// Addresses that are offered.
    pub addresses: Vec<String>,
    /// Whether there is a mail server; else the text is there to be copied.
    pub mails: bool,
    /// Fields `to`, `subject`, `body`.
    pub form: FormView,
    /// What became of mails sent from here.
    pub sent: Vec<MailLine>,
}

impl Page for MailPage {
    const TEMPLATE: &'static str = "mails/new.html";
}

/// What became of a mail.
#[derive(Clone, Debug, Serialize)]
pub struct MailLine {
    /// To whom.
    pub to: String,
    /// Its subject.
    pub subject: String,
    /// Where it stands, in words.
    pub state: String,
    /// Why it has not gone out; may be empty.
    pub trouble: String,
    /// What the server said; may be empty.
    pub words: String,
    /// Whether it has been given up.
    pub given_up: bool,
}

impl MailLine {
    /// Of a mail of the outbox.
    pub fn of(queued: &Queued, reader: Reader) -> Self {
        let state = match (queued.sent_at, queued.next_at) {
            (Some(at), _) => reader.with("mail-sent", "at", reader.at(at)),
            (None, Some(at)) if queued.attempts > 0 => reader.with("mail-next-try", "at", reader.at(at)),
            (None, Some(_)) => reader.get("mail-waiting"),
            (None, None) => reader.get("mail-given-up"),
        };
        let (trouble, words) = match &queued.trouble {
            Some((trouble, words)) => (reader.value("mail-trouble", *trouble), words.clone()),
            None => (String::new(), String::new()),
        };
        Self {
            to: queued.mail.to.clone(),
            subject: queued.mail.subject.clone(),
            state,
            trouble,
            words,
            given_up: queued.sent_at.is_none() && queued.next_at.is_none(),
        }
    }
}

#[cfg(test)]
mod samples {
    use super::*;
    use crate::domain::id::{Id, Uid};
    use crate::domain::locale::Locale;
    use crate::domain::moment::Stamp;
    use crate::domain::outbox::{Mail, Trouble};
    use crate::render::frame::Frame;
    use crate::render::sample;
    use crate::render::tera::Sampled;

    fn queued(attempts: i64, next_at: Option<Stamp>, sent_at: Option<Stamp>, trouble: Option<Trouble>) -> Queued {
        Queued {
            id: Id::new(1),
            uid: Uid::NIL,
            incident: Some(Id::new(1)),
            share: None,
            reminds: None,
            reply: None,
            mail: Mail { to: "sato@p.example".to_owned(), subject: "<b>&\"' 件名".to_owned(), body: "本文".to_owned() },
            queued_at: sample::friday(),
            queued_by: None,
            attempts,
            next_at,
            sent_at,
            trouble: trouble.map(|trouble| (trouble, "550 <b>&\"'".to_owned())),
        }
    }

    impl Sampled for MailPage {
        fn samples() -> Vec<Self> {
            let now = sample::friday();
            let reader = Reader::new(&Frame::anonymous(Locale::Ja), now);
            let sent = [
                queued(0, Some(now), None, None),
                queued(1, Some(now), None, Some(Trouble::Unreachable)),
                queued(2, Some(now), None, Some(Trouble::Silent)),
                queued(12, None, None, Some(Trouble::Refused)),
                queued(1, None, Some(now), None),
            ];
            let page = |mails, form, sent: &[Queued]| Self {
                title: "題 <b>&\"'".to_owned(),
                lead: String::new(),
                back: Link { href: "/".to_owned(), text: "INC-2006-0007".to_owned() },
                action: "/".to_owned(),
                addresses: vec!["sato@p.example".to_owned()],
                mails,
                form,
                sent: sent.iter().map(|queued| MailLine::of(queued, reader)).collect(),
            };
            let refused = crate::render::pages::refused_form(&["to", "subject", "body"]);
            vec![page(true, FormView::new(), &[]), page(true, refused, &sent), page(false, FormView::new(), &[])]
        }
    }
}
