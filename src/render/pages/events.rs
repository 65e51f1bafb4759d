//! Where one is logged in, and what happened to accounts.

use serde::Serialize;

use super::pager::{Pager, pages};
use super::reader::Reader;
use crate::domain::account::{EVENTS_PER_PAGE, OpenSession, SecurityEvent};
use crate::domain::person::Person;
use crate::render::form::FormView;
use crate::render::tera::Page;

/// One's sessions.
#[derive(Clone, Debug, Serialize)]
pub struct SessionsPage {
    /// The forms, which have no fields.
    pub form: FormView,
    /// The sessions, the one used last first.
    pub sessions: Vec<SessionLine>,
    /// Whether there are others than this one.
    pub others: bool,
}

/// A session.
#[derive(Clone, Debug, Serialize)]
pub struct SessionLine {
    /// By what it is told apart.
    pub mark: String,
    /// Whether it is the reader's own.
    pub own: bool,
    /// The browser, as far as it can be told.
    pub browser: String,
    /// The browser in its own words.
    pub agent: String,
    /// From where, since when, last used.
    pub facts: String,
}

impl Page for SessionsPage {
    const TEMPLATE: &'static str = "account/sessions.html";
    const SECTION: &'static str = "account";
}

/// Names that stand in what browsers say of themselves; the first that is found is the browser, since each names those that it
/// wants to be taken for.
const BROWSERS: [(&str, &str); 7] = [
    ("Edg/", "Edge"),
    ("OPR/", "Opera"),
    ("Firefox/", "Firefox"),
    ("CriOS/", "Chrome"),
    ("Chrome/", "Chrome"),
    ("Safari/", "Safari"),
    ("curl/", "curl"),
];

/// The same for the machine.
const MACHINES: [(&str, &str); 6] = [
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Android", "Android"),
    ("Windows", "Windows"),
    ("Mac OS X", "Mac"),
    ("Linux", "Linux"),
];

/// What an agent says, as people say it.
fn browser(agent: &str, reader: Reader) -> String {
    let first = |names: &[(&str, &'static str)]| names.iter().find(|(sign, _)| agent.contains(sign)).map(|(_, name)| *name);
    let names: Vec<String> = [first(&BROWSERS), first(&MACHINES)].into_iter().flatten().map(str::to_owned).collect();
    if names.is_empty() { reader.get("session-browser-unknown") } else { reader.line(&names) }
}

impl SessionsPage {
    /// Of sessions, the one used last first.
    pub fn new(sessions: &[OpenSession], reader: Reader) -> Self {
        let line = |session: &OpenSession| {
            let since = reader.with("session-since", "at", reader.at(session.since));
            let seen = reader.with("session-seen", "at", reader.at(session.seen));
            let address = Some(session.client.address.clone()).filter(|address| !address.is_empty());
            SessionLine {
                mark: session.mark.clone(),
                own: session.is_own,
                browser: browser(&session.client.agent, reader),
                agent: session.client.agent.clone(),
                facts: reader.line(&address.into_iter().chain([since, seen]).collect::<Vec<_>>()),
            }
        };
        Self {
            form: FormView::new(),
            others: sessions.iter().any(|session| !session.is_own),
            sessions: sessions.iter().map(line).collect(),
        }
    }
}

/// What happened to accounts.
#[derive(Clone, Debug, Serialize)]
pub struct EventsPage {
    /// Whether it is the whole house's.
    pub of_house: bool,
    /// What happened, the latest first.
    pub events: Vec<EventLine>,
    /// The way to its other pages.
    #[serde(flatten)]
    pub pager: Pager,
}

/// Something that happened.
#[derive(Clone, Debug, Serialize)]
pub struct EventLine {
    /// When.
    pub at: String,
    /// What.
    pub what: String,
    /// Whether somebody failed who may not have been the person.
    pub is_failure: bool,
    /// To whom; empty where the page is about them.
    pub who: String,
    /// By whom, from where, with which browser.
    pub facts: String,
}

impl Page for EventsPage {
    const TEMPLATE: &'static str = "account/events.html";
    const SECTION: &'static str = "account";
}

impl EventsPage {
    /// The reader's own.
    pub fn own(found: &(Vec<SecurityEvent>, i64), page: i64, people: &[Person], reader: Reader) -> Self {
        Self::of(found, page, people, reader, "/account/security", false)
    }

    /// Everybody's.
    pub fn of_house(found: &(Vec<SecurityEvent>, i64), page: i64, people: &[Person], reader: Reader) -> Self {
        Self::of(found, page, people, reader, "/house/security", true)
    }

    fn of(
        (events, all): &(Vec<SecurityEvent>, i64),
        page: i64,
        people: &[Person],
        reader: Reader,
        path: &str,
        of_house: bool,
    ) -> Self {
        let name = |id| people.iter().find(|person| Some(person.id) == id).map(|person| person.name.clone());
        let line = |event: &SecurityEvent| {
            let by = name(event.by).map(|by| reader.with("security-by", "who", by));
            let (address, agent) = (event.client.address.clone(), event.client.agent.as_str());
            let browser = Some(agent).filter(|agent| !agent.is_empty()).map(|agent| browser(agent, reader));
            let facts: Vec<String> = [by, Some(address), browser].into_iter().flatten().filter(|fact| !fact.is_empty()).collect();
            let who = name(event.person).unwrap_or_else(|| reader.get("security-nobody"));
            EventLine {
                at: reader.at(event.at),
                what: reader.value("security", event.kind),
                is_failure: event.kind.is_failure(),
                who: if of_house { who } else { String::new() },
                facts: if facts.is_empty() { reader.get("security-machine") } else { reader.line(&facts) },
            }
        };
        Self {
            of_house,
            events: events.iter().map(line).collect(),
            pager: Pager::new(reader.words(), (page, pages(*all, EVENTS_PER_PAGE)), |page| format!("{path}?page={page}")),
        }
    }
}

#[cfg(test)]
mod samples {
    use super::super::reader::number;
    use super::*;
    use crate::domain::account::{Client, SecurityKind};
    use crate::domain::id::Id;
    use crate::domain::locale::{DEFAULT_ZONE, Locale};
    use crate::render::pages::Sampled;
    use crate::render::sample;

    fn reader() -> Reader {
        Reader::of(Locale::Ja, DEFAULT_ZONE, sample::friday())
    }

    fn client(agent: &str) -> Client {
        Client { address: "192.0.2.7".to_owned(), agent: agent.to_owned() }
    }

    #[test]
    fn a_browser_is_named_as_people_name_it() {
        let chrome =
            "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/131.0 Safari/537.36";
        assert_eq!(browser(chrome, reader()), "Chrome · Windows");
        assert_eq!(browser(&format!("{chrome} Edg/131.0"), reader()), "Edge · Windows");
        let phone =
            "Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) AppleWebKit/605.1.15 Version/18.1 Mobile Safari/604.1";
        assert_eq!(browser(phone, reader()), "Safari · iPhone");
        assert_eq!(browser("x", reader()), reader().get("session-browser-unknown"));
    }

    impl Sampled for SessionsPage {
        fn samples() -> Vec<Self> {
            let at = sample::friday();
            let session =
                |agent: &str, is_own| OpenSession { mark: "0f".to_owned(), is_own, client: client(agent), since: at, seen: at };
            let (own, other) = (session("Firefox/132 Windows", true), session("<b>&\"' 加", false));
            vec![Self::new(std::slice::from_ref(&own), reader()), Self::new(&[own.clone(), other], reader())]
        }
    }

    impl Sampled for EventsPage {
        fn samples() -> Vec<Self> {
            let event = |kind: SecurityKind, person| SecurityEvent {
                id: Id::new(1),
                at: sample::friday(),
                kind,
                person,
                by: None,
                client: client("<b>&\"' 加"),
            };
            let mut all: Vec<SecurityEvent> = SecurityKind::ALL.iter().map(|kind| event(*kind, None)).collect();
            all.push(SecurityEvent { client: Client::default(), ..event(SecurityKind::PasswordSet, None) });
            let count = number(all.len());
            vec![
                Self::own(&(Vec::new(), 0), 1, &[], reader()),
                Self::of_house(&(all, count + 2 * EVENTS_PER_PAGE), 2, &[], reader()),
            ]
        }
    }
}
