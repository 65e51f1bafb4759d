//! What a webhook is told: the body that each kind of receiver takes, made of what our own people see of an incident that is
//! restricted to nobody.

use chrono::SecondsFormat;
use serde_json::{Value, json};

use super::pages::reader::Reader;
use super::pages::webhooks::event_label;
use crate::domain::id::Uid;
use crate::domain::ledger::ObjectKind;
use crate::domain::locale::Zone;
use crate::domain::moment::Stamp;
use crate::domain::phrases::Teller;
use crate::domain::text::plain;
use crate::domain::view::{Internal, View};
use crate::domain::webhook::{About, Delivery, Event, Shape, TRIAL, Webhook};

/// How many characters of a title or a detail stand in a message.
const LINE: usize = 300;

/// A body as it is sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Body {
    /// Its media type.
    pub media: &'static str,
    /// Its bytes.
    pub text: String,
}

/// A message, before it has the shape that its receiver takes.
#[derive(Clone, Debug)]
pub struct Message {
    kind: &'static str,
    at: Stamp,
    data: Value,
    /// What it is about, in a line.
    subject: String,
    /// What happened, and who did it.
    what: String,
    /// The thing itself, in a line; may be empty.
    detail: String,
    /// Where it stands.
    link: String,
}

impl Message {
    /// A trial.
    pub fn trial(webhook: &Webhook, at: Stamp, zone: Zone) -> Self {
        let reader = Reader::of(webhook.locale, zone, at);
        let what = reader.get("webhook-trial-says");
        let link = format!("{}/house/webhooks/{}", webhook.site, webhook.uid);
        Self {
            kind: TRIAL,
            at,
            data: json!({ "text": what, "url": link }),
            subject: "Tellonce".to_owned(),
            what,
            detail: String::new(),
            link,
        }
    }

    /// Of something that happened to the incident that `view` shows; `by` is who of us did it. None where the view does not show the
    /// thing: a private note, or one that was struck out meanwhile.
    pub fn of(
        webhook: &Webhook,
        delivery: &Delivery,
        (event, about): (Event, &About),
        view: &View<Internal>,
        by: Option<&str>,
        zone: Zone,
    ) -> Option<Self> {
        let reader = Reader::of(webhook.locale, zone, view.as_of);
        let (anchor, detail) = detail(view, (event, about), reader)?;
        let happened = event_label(event, reader);
        let what = reader.line(&[happened, by.map(|by| plain(by, LINE)).unwrap_or_default()]);
        let path = format!("/incidents/{}", view.number);
        let link = format!("{}{path}{anchor}", webhook.site);
        let subject = format!("{} {}", view.number, plain(&view.title, LINE));
        let text = reader.line(&[subject.clone(), what.clone(), detail.clone()]);
        let data = json!({
            "incident": {
                "number": view.number,
                "title": view.title,
                "provider": view.provider,
                "status": view.status,
            },
            "object": { "kind": about.kind, "uid": about.object },
            "by": by,
            "text": text,
            "url": link,
            "api": format!("{}/api/v1{path}", webhook.site),
        });
        Some(Self { kind: event.as_str(), at: delivery.at, data, subject, what, detail, link })
    }

    /// As that receiver takes it.
    pub fn body(&self, shape: Shape) -> Body {
        let json = |value: &Value| Body { media: "application/json", text: value.to_string() };
        match shape {
            Shape::Standard => json(&json!({
                "type": self.kind,
                "timestamp": self.at.to_rfc3339_opts(SecondsFormat::Micros, true),
                "data": self.data,
            })),
            Shape::Slack => json(&self.slack()),
            Shape::Teams => json(&self.teams()),
            Shape::Chatwork => {
                let form = [("body", self.chatwork()), ("self_unread", "0".to_owned())];
                // What is written are strings: nothing in it can fail.
                let text = serde_urlencoded::to_string(form).unwrap_or_default();
                Body { media: "application/x-www-form-urlencoded", text }
            }
        }
    }

    /// As an incoming webhook of Slack takes it: mrkdwn, in which three characters mean something everywhere (Slack, "Formatting text
    /// for app surfaces", escaping text).
    fn slack(&self) -> Value {
        let escaped = |text: &str| text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;");
        let title = format!("<{}|{}>", escaped(&self.link), escaped(&self.subject).replace('|', "¦"));
        let lines = [title, escaped(&self.what), escaped(&self.detail)];
        json!({ "text": lines.iter().filter(|line| !line.is_empty()).cloned().collect::<Vec<_>>().join("\n") })
    }

    /// As a workflow of Teams takes it: an Adaptive Card whose texts are runs, in which nothing means anything (Adaptive Cards 1.4,
    /// RichTextBlock).
    fn teams(&self) -> Value {
        let block = |text: &str, strong: bool| {
            let weight = if strong { "bolder" } else { "default" };
            json!({ "type": "RichTextBlock", "inlines": [{ "type": "TextRun", "text": text, "weight": weight }] })
        };
        let lines = [(&self.subject, true), (&self.what, false), (&self.detail, false)];
        let body: Vec<Value> =
            lines.iter().filter(|(text, _)| !text.is_empty()).map(|(text, strong)| block(text, *strong)).collect();
        json!({
            "type": "message",
            "attachments": [{
                "contentType": "application/vnd.microsoft.card.adaptive",
                "content": {
                    "$schema": "http://adaptivecards.io/schemas/adaptive-card.json",
                    "type": "AdaptiveCard",
                    "version": "1.4",
                    "body": body,
                    "actions": [{ "type": "Action.OpenUrl", "title": self.subject, "url": self.link }],
                },
            }],
        })
    }

    /// As a room of Chatwork takes it. What stands in square brackets there is a command, `[toall]` among them, so that nobody's words
    /// keep theirs (Chatwork, "Message notation").
    fn chatwork(&self) -> String {
        let escaped = |text: &str| text.replace('[', "\u{ff3b}").replace(']', "\u{ff3d}");
        let rest = [escaped(&self.what), escaped(&self.detail), self.link.clone()];
        let rest = rest.iter().filter(|line| !line.is_empty()).cloned().collect::<Vec<_>>().join("\n");
        format!("[info][title]{}[/title]{rest}[/info]", escaped(&self.subject))
    }
}

/// The thing itself in a line, and where on the incident's page it stands; none where it is not to be seen there, or is not so any more.
fn detail(view: &View<Internal>, (event, about): (Event, &About), reader: Reader) -> Option<(String, String)> {
    let teller = Teller::of(view);
    let uid = about.object;
    let on_page = |uid: Uid| format!("#e-{uid}");
    match about.kind {
        ObjectKind::Entry => {
            let entry = view.entries.iter().find(|entry| Some(entry.uid) == uid && entry.struck.is_none())?;
            let said = reader.say(&teller.headline(entry).line());
            Some((on_page(entry.uid), plain(&said, LINE)))
        }
        ObjectKind::Promise => {
            let promise = view.promises.iter().find(|promise| Some(promise.uid) == uid && promise.struck.is_none())?;
            if event == Event::PromiseOverdue && !promise.overdue {
                return None;
            }
            let parts = [teller.due(promise), teller.state(promise)].map(|phrase| reader.say(&phrase));
            let said = reader.line(&[plain(&reader.quoted(&promise.quote.words), LINE), parts[0].clone(), parts[1].clone()]);
            Some((on_page(promise.quote.entry), said))
        }
        ObjectKind::Verdict => {
            let verdict = view.verdicts.iter().find(|verdict| verdict.uid.is_some() && verdict.uid == uid)?;
            Some(("#verdicts".to_owned(), reader.value("finding", verdict.finding)))
        }
        _ => Some((String::new(), String::new())),
    }
}
