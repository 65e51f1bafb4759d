//! Webhooks: the programs that are told what happens, and what became of what they were told.

use serde::Serialize;

use super::Choices;
use super::pager::{Pager, pages};
use super::reader::Reader;
use crate::domain::incident::IncidentNumber;
use crate::domain::locale::Locale;
use crate::domain::webhook::{Delivery, Event, PER_PAGE, Pause, Shape, Webhook};
use crate::render::form::FormView;
use crate::render::tera::Page;

/// All webhooks, and the form of a new one.
#[derive(Clone, Debug, Serialize)]
pub struct WebhooksPage {
    /// Fields `name`, `shape`, `address`, `chat_token`, `locale` and one of each event's.
    pub form: FormView,
    /// What the new one signs with, shown this once; empty otherwise.
    pub fresh: String,
    /// The webhooks, by name.
    pub webhooks: Vec<WebhookLine>,
    /// How one can be spoken to.
    pub shapes: Vec<&'static str>,
    /// Of what one can be told.
    pub events: Vec<EventChoice>,
    /// The languages.
    pub choices: Choices,
}

/// A webhook in the list.
#[derive(Clone, Debug, Serialize)]
pub struct WebhookLine {
    /// Its own page.
    pub href: String,
    /// What it is called.
    pub name: String,
    /// How it is spoken to, where, and of how much it is told.
    pub facts: String,
    /// How it stands.
    pub state: String,
    /// Whether it needs somebody.
    pub broken: bool,
    /// Whether nothing is sent.
    pub paused: bool,
}

/// An event that can be chosen.
#[derive(Clone, Debug, Serialize)]
pub struct EventChoice {
    /// Its field.
    pub name: &'static str,
    /// What it is called.
    pub label: String,
}

impl EventChoice {
    fn all(reader: Reader) -> Vec<Self> {
        Event::ALL.iter().map(|event| Self { name: event.as_str(), label: event_label(*event, reader) }).collect()
    }
}

/// What an event is called, on a page as in a message.
pub fn event_label(event: Event, reader: Reader) -> String {
    reader.get(&format!("webhook-event-{}", event.as_str().replace('.', "-")))
}

/// How a webhook stands: the last of what it was told that was tried, and how much waits.
pub type Standing = (Option<Delivery>, i64);

fn state(webhook: &Webhook, (last, waiting): &Standing, reader: Reader) -> (String, bool) {
    if let Some((why, since)) = webhook.paused {
        let words = reader.value("webhook-pause", why);
        return (reader.line(&[words, reader.with("webhook-since", "at", reader.at(since))]), why != Pause::ByHand);
    }
    let waits = (*waiting > 0).then(|| reader.count("webhook-waiting", *waiting));
    let (told, broken) = match last {
        None => (reader.get("webhook-untold"), false),
        Some(last) => match (last.arrived_at, &last.miss) {
            (Some(at), _) => (reader.with("webhook-arrived", "at", reader.at(at)), false),
            (None, Some((miss, _))) => (reader.value("webhook-miss", *miss), true),
            (None, None) => (reader.get("webhook-going"), false),
        },
    };
    (reader.line(&[told, waits.unwrap_or_default()]), broken)
}

impl Page for WebhooksPage {
    const TEMPLATE: &'static str = "house/webhooks.html";
    const SECTION: &'static str = "house";
}

impl WebhooksPage {
    /// Of all webhooks; `fresh` was just made.
    pub fn new(webhooks: &[(Webhook, Standing)], form: FormView, fresh: String, reader: Reader) -> Self {
        let line = |(webhook, standing): &(Webhook, Standing)| {
            let (state, broken) = state(webhook, standing, reader);
            WebhookLine {
                href: format!("/house/webhooks/{}", webhook.uid),
                name: webhook.name.clone(),
                facts: reader.line(&facts(webhook, reader)),
                state,
                broken,
                paused: webhook.paused.is_some(),
            }
        };
        Self {
            form,
            fresh,
            webhooks: webhooks.iter().map(line).collect(),
            shapes: Shape::ALL.iter().copied().map(Shape::as_str).collect(),
            events: EventChoice::all(reader),
            choices: Choices::all(),
        }
    }

    /// What stands in the form of a new one: told of everything, in that language.
    pub fn blank(locale: Locale) -> FormView {
        let form = FormView::new().with("shape", Shape::Standard.as_str()).with("locale", locale.as_str());
        Event::ALL.iter().fold(form, |form, event| form.with(event.as_str(), "yes"))
    }
}

fn facts(webhook: &Webhook, reader: Reader) -> Vec<String> {
    let told = match webhook.events.len() {
        all if all == Event::ALL.len() => reader.get("webhook-told-all"),
        some => reader.count("webhook-told-some", super::reader::number(some)),
    };
    vec![reader.value("webhook-shape", webhook.shape), webhook.host.clone(), told]
}

/// One webhook with its log.
#[derive(Clone, Debug, Serialize)]
pub struct WebhookPage {
    /// Its address among ours.
    pub path: String,
    /// What it is called.
    pub name: String,
    /// How it is spoken to, where, of how much it is told.
    pub facts: String,
    /// How it stands.
    pub state: String,
    /// Whether it needs somebody.
    pub broken: bool,
    /// Whether nothing is sent.
    pub paused: bool,
    /// Whether what it is told is signed.
    pub signed: bool,
    /// Whether it needs a token.
    pub tokened: bool,
    /// What it signs with from now on, shown this once; empty otherwise.
    pub fresh: String,
    /// Fields `name`, `address`, `chat_token`, `locale` and one of each event's.
    pub form: FormView,
    /// The buttons; they have no fields.
    pub buttons: FormView,
    /// Of what it can be told.
    pub events: Vec<EventChoice>,
    /// The languages.
    pub choices: Choices,
    /// What it was told, the latest first.
    pub log: Vec<DeliveryLine>,
    /// The way to its other pages.
    #[serde(flatten)]
    pub pager: Pager,
}

/// What it was told once.
#[derive(Clone, Debug, Serialize)]
pub struct DeliveryLine {
    /// When it happened.
    pub at: String,
    /// What happened.
    pub what: String,
    /// To which incident; empty for a trial.
    pub incident: String,
    /// What became of it.
    pub state: String,
    /// What was said to it; may be empty.
    pub words: String,
    /// Whether it did not arrive.
    pub missed: bool,
    /// Where the button sends that sends it again; empty while it waits.
    pub again: String,
}

impl Page for WebhookPage {
    const TEMPLATE: &'static str = "house/webhook.html";
    const SECTION: &'static str = "house";
}

/// A page of the log: what was told with the number of its incident, and how much there is.
#[derive(Clone, Debug, Default)]
pub struct Log {
    /// What was told, the latest first.
    pub told: Vec<(Delivery, Option<IncidentNumber>)>,
    /// How much there is.
    pub all: i64,
    /// Which page this is, from 1.
    pub page: i64,
}

impl WebhookPage {
    /// Of a webhook; its form is as it stands unless one came back.
    pub fn new(webhook: &Webhook, standing: &Standing, log: &Log, form: Option<FormView>, fresh: String, reader: Reader) -> Self {
        let path = format!("/house/webhooks/{}", webhook.uid);
        let (state, broken) = state(webhook, standing, reader);
        let line = |(delivery, number): &(Delivery, Option<IncidentNumber>)| {
            DeliveryLine::of(delivery, *number, webhook.paused.is_some(), &path, reader)
        };
        Self {
            name: webhook.name.clone(),
            facts: reader.line(&facts(webhook, reader)),
            state,
            broken,
            paused: webhook.paused.is_some(),
            signed: webhook.shape == Shape::Standard,
            tokened: webhook.shape == Shape::Chatwork,
            fresh,
            form: form.unwrap_or_else(|| stands(webhook)),
            buttons: FormView::new(),
            events: EventChoice::all(reader),
            choices: Choices::all(),
            log: log.told.iter().map(line).collect(),
            pager: Pager::new(reader.words(), (log.page, pages(log.all, PER_PAGE)), |page| format!("{path}?page={page}")),
            path,
        }
    }
}

/// The form as it stands; the address and the token stay what they are where nothing is typed.
fn stands(webhook: &Webhook) -> FormView {
    let form = FormView::new().with("name", webhook.name.clone()).with("locale", webhook.locale.as_str());
    webhook.events.iter().fold(form, |form, event| form.with(event.as_str(), "yes"))
}

impl DeliveryLine {
    fn of(delivery: &Delivery, number: Option<IncidentNumber>, paused: bool, path: &str, reader: Reader) -> Self {
        let tries = if delivery.attempts > 1 { reader.count("webhook-tries", delivery.attempts) } else { String::new() };
        let status = delivery.status.map(|status| status.to_string()).unwrap_or_default();
        let why = delivery.miss.as_ref().map(|(miss, _)| reader.value("webhook-miss", *miss)).unwrap_or_default();
        let state = match (delivery.arrived_at, delivery.next_at) {
            (Some(at), _) => vec![reader.with("webhook-arrived", "at", reader.at(at)), status, tries],
            (None, Some(at)) if delivery.attempts > 0 => {
                vec![why, status, reader.with("mail-next-try", "at", reader.at(at)), tries]
            }
            (None, Some(_)) => vec![reader.get("webhook-going")],
            (None, None) => vec![reader.get("webhook-given-up"), why, status, tries],
        };
        Self {
            at: reader.at(delivery.at),
            what: delivery.event.map_or_else(|| reader.get("webhook-trial"), |event| event_label(event, reader)),
            incident: number.map(|number| number.to_string()).unwrap_or_default(),
            state: reader.line(&state),
            words: delivery.miss.as_ref().map(|(_, words)| words.clone()).unwrap_or_default(),
            missed: delivery.miss.is_some(),
            again: if delivery.next_at.is_some() || paused {
                String::new()
            } else {
                format!("{path}/deliveries/{}/repetition", delivery.uid)
            },
        }
    }
}

#[cfg(test)]
mod samples {
    use super::*;
    use crate::domain::id::{Id, Uid};
    use crate::domain::locale::DEFAULT_ZONE;
    use crate::domain::moment::Stamp;
    use crate::domain::webhook::Miss;
    use crate::render::sample::friday;
    use crate::render::tera::Sampled;

    fn webhook(shape: Shape, paused: Option<Pause>) -> Webhook {
        Webhook {
            id: Id::new(1),
            uid: Uid::NIL,
            name: "障害の部屋 <b>&\"'加".to_owned(),
            shape,
            events: vec![Event::CallLogged],
            locale: Locale::Ja,
            host: "https://hooks.example.jp".to_owned(),
            site: "https://tellonce.example.jp".to_owned(),
            sealed: String::new(),
            made_at: friday(),
            paused: paused.map(|why| (why, friday())),
        }
    }

    fn delivery(event: Option<Event>, arrived_at: Option<Stamp>, next_at: Option<Stamp>, miss: Option<Miss>) -> Delivery {
        Delivery {
            id: Id::new(1),
            uid: Uid::NIL,
            webhook: Id::new(1),
            event,
            about: None,
            at: friday(),
            attempts: 2,
            next_at,
            arrived_at,
            status: miss.map(|_| 500),
            miss: miss.map(|miss| (miss, "<b>&\"'".to_owned())),
        }
    }

    fn log() -> Vec<(Delivery, Option<IncidentNumber>)> {
        let (now, number) = (friday(), "INC-2006-0007".parse().ok());
        let missed = Miss::ALL.iter().map(|miss| (delivery(Some(Event::ReplyLeft), None, Some(now), Some(*miss)), number));
        let rest = Event::ALL.iter().map(|event| (delivery(Some(*event), Some(now), None, None), number));
        let given_up = (delivery(None, None, None, Some(Miss::Silent)), None);
        let waits = (Delivery { attempts: 0, ..delivery(None, None, Some(now), None) }, None);
        missed.chain(rest).chain([given_up, waits]).collect()
    }

    impl Sampled for WebhooksPage {
        fn samples() -> Vec<Self> {
            let reader = Reader::of(Locale::Ja, DEFAULT_ZONE, friday());
            let last = delivery(None, None, None, Some(Miss::Inward));
            let all: Vec<(Webhook, Standing)> = Pause::ALL
                .iter()
                .map(|why| (webhook(Shape::Slack, Some(*why)), (None, 0)))
                .chain(Shape::ALL.iter().map(|shape| (webhook(*shape, None), (Some(last.clone()), 3))))
                .collect();
            let refused = crate::render::pages::refused_form(&["name", "shape", "address", "chat_token", "locale", "events"]);
            vec![
                Self::new(&[], Self::blank(Locale::Ja), String::new(), reader),
                Self::new(&all, refused, "whsec_0".to_owned(), reader),
            ]
        }
    }

    impl Sampled for WebhookPage {
        fn samples() -> Vec<Self> {
            let reader = Reader::of(Locale::Ja, DEFAULT_ZONE, friday());
            let full = Log { told: log(), all: 120, page: 2 };
            let refused = crate::render::pages::refused_form(&["name", "address", "chat_token", "locale", "events"]);
            let of = |shape, paused| webhook(shape, paused);
            vec![
                Self::new(&of(Shape::Standard, None), &(None, 0), &Log::default(), None, "whsec_0".to_owned(), reader),
                Self::new(&of(Shape::Chatwork, Some(Pause::Gone)), &(None, 0), &full, Some(refused), String::new(), reader),
                Self::new(&of(Shape::Slack, None), &(None, 0), &full, None, String::new(), reader),
            ]
        }
    }
}
