//! Webhooks: other programs that are told what happens, each at an address of its own. What goes out is signed after the Standard
//! Webhooks scheme (standardwebhooks.com), or has the shape that a chat takes.

use chrono::Duration;

use super::id::{Id, Uid};
use super::incident::Incident;
use super::ledger::ObjectKind;
use super::locale::Locale;
use super::moment::Stamp;
use super::person::Person;
use super::text_enum::text_enum;

text_enum! {
    /// What a program can be told of. The spelling is the message's `type`.
    pub enum Event {
        /// An incident was opened.
        IncidentOpened = "incident.opened",
        /// Its times were put down: since when, restored when.
        IncidentTimesSet = "incident.times_set",
        /// It was closed.
        IncidentClosed = "incident.closed",
        /// It was opened again.
        IncidentReopened = "incident.reopened",
        /// A call was logged.
        CallLogged = "call.logged",
        /// Anything else was put on the timeline.
        EntryRecorded = "entry.recorded",
        /// They promised something.
        PromiseGiven = "promise.given",
        /// A promise was not kept in time.
        PromiseOverdue = "promise.overdue",
        /// It was put down what became of a promise.
        PromiseSettled = "promise.settled",
        /// Somebody of a company opened a share.
        ShareOpened = "share.opened",
        /// They left a reply through it.
        ReplyLeft = "reply.left",
        /// A clause comes to something else than before.
        VerdictFound = "verdict.found",
    }
}

impl Event {
    /// What a row of an incident's ledger is, if anybody can be told of it: by the use case that wrote it, what it is about, and the
    /// thing's revision.
    pub fn of(action: &str, kind: ObjectKind, revision: i64) -> Option<Self> {
        match (kind, revision, action) {
            (ObjectKind::Incident, 0, _) => Some(Self::IncidentOpened),
            (ObjectKind::Incident, _, "incidents::set_times" | "incidents::report") => Some(Self::IncidentTimesSet),
            (ObjectKind::Incident, _, "incidents::close") => Some(Self::IncidentClosed),
            (ObjectKind::Incident, _, "incidents::reopen") => Some(Self::IncidentReopened),
            (ObjectKind::Entry, 0, "calls::log") => Some(Self::CallLogged),
            (ObjectKind::Entry, 0, "replies::leave") => Some(Self::ReplyLeft),
            (ObjectKind::Entry, 0, _) => Some(Self::EntryRecorded),
            (ObjectKind::Promise, 0, _) => Some(Self::PromiseGiven),
            (ObjectKind::Promise, _, "promises::settle" | "promises::move_to") => Some(Self::PromiseSettled),
            (ObjectKind::Opening, 0, _) => Some(Self::ShareOpened),
            (ObjectKind::Verdict, _, "verdicts::find") => Some(Self::VerdictFound),
            _ => None,
        }
    }
}

text_enum! {
    /// How a message is written.
    pub enum Shape {
        /// Standard Webhooks: JSON, signed.
        Standard = "standard",
        /// For an incoming webhook of Slack.
        Slack = "slack",
        /// For a workflow of Microsoft Teams that waits for a webhook.
        Teams = "teams",
        /// For a room of Chatwork.
        Chatwork = "chatwork",
    }
}

text_enum! {
    /// Why a message did not arrive.
    pub enum Miss {
        /// The address could not be reached.
        Unreachable = "unreachable",
        /// No answer came in time.
        Silent = "silent",
        /// The answer was not a good one.
        Refused = "refused",
        /// The name leads into a network into which nothing is sent.
        Inward = "inward",
        /// It led on to an address that it must not lead to, or too often.
        Moved = "moved",
        /// What was sealed cannot be read: it was sealed by another machine's key.
        Sealed = "sealed",
    }
}

text_enum! {
    /// Why nothing is sent to an address.
    pub enum Pause {
        /// An admin said so.
        ByHand = "by_hand",
        /// A message was tried for days in vain.
        GivenUp = "given_up",
        /// It answered that it wants no more (410 Gone).
        Gone = "gone",
    }
}

/// A program that is told what happens.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Webhook {
    /// Key.
    pub id: Id<Webhook>,
    /// In URLs.
    pub uid: Uid,
    /// What it is called among us.
    pub name: String,
    /// How it is spoken to.
    pub shape: Shape,
    /// Of what it is told.
    pub events: Vec<Event>,
    /// In which language.
    pub locale: Locale,
    /// The beginning of its address, for showing: the rest may be a secret.
    pub host: String,
    /// Where people reach us, for links.
    pub site: String,
    /// Its address and its secrets, sealed.
    pub sealed: String,
    /// When it was made.
    pub made_at: Stamp,
    /// Why nothing is sent to it, and since when.
    pub paused: Option<(Pause, Stamp)>,
}

/// About what a message is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct About {
    /// About which incident.
    pub incident: Id<Incident>,
    /// About what in it.
    pub kind: ObjectKind,
    /// The thing's uid, where it has one.
    pub object: Option<Uid>,
    /// Who of us did it, if it was one of us.
    pub by: Option<Id<Person>>,
}

/// A message that waits to go out, has arrived, or was given up.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Delivery {
    /// Key, in the order in which they were queued.
    pub id: Id<Delivery>,
    /// The message's id: the same however often it is sent.
    pub uid: Uid,
    /// To whom.
    pub webhook: Id<Webhook>,
    /// What happened; none for a trial.
    pub event: Option<Event>,
    /// About what; none for a trial.
    pub about: Option<About>,
    /// When it happened.
    pub at: Stamp,
    /// How often it was tried.
    pub attempts: i64,
    /// When it is tried next; none where it is not.
    pub next_at: Option<Stamp>,
    /// When it arrived.
    pub arrived_at: Option<Stamp>,
    /// The status of the last answer (RFC 9110, 15), if one came.
    pub status: Option<i64>,
    /// Why the last try failed, and what was said.
    pub miss: Option<(Miss, String)>,
}

/// The `type` of a trial.
pub const TRIAL: &str = "tellonce.trial";

/// How many stand on a page of the log.
pub const PER_PAGE: i64 = 50;

/// For how long what arrived or was given up stays in the log.
pub const KEPT: Duration = Duration::days(30);

/// How long after its time it is told that a promise was not kept: what is older is no news, to a new webhook or after a long halt.
pub const NEWS: Duration = Duration::hours(24);

/// How many webhooks there are at the most: each change is queued for each.
pub const MOST: usize = 20;

/// How often a message is tried before it is given up: over three days.
pub const ATTEMPTS: i64 = 10;

/// How long after the try of that number (from 1) the next one comes; none after the last. As the Standard Webhooks specification
/// advises ("Deliverability and reliability").
pub fn wait_after(attempt: i64) -> Option<Duration> {
    match attempt {
        ..=1 => Some(Duration::seconds(5)),
        2 => Some(Duration::minutes(5)),
        3 => Some(Duration::minutes(30)),
        4 => Some(Duration::hours(2)),
        5 => Some(Duration::hours(5)),
        6 => Some(Duration::hours(10)),
        7 => Some(Duration::hours(14)),
        8 => Some(Duration::hours(20)),
        9 => Some(Duration::hours(24)),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_message_is_tried_for_three_days_and_no_longer() {
        let waits: Vec<Duration> = (1..).map_while(wait_after).collect();
        assert_eq!(i64::try_from(waits.len()), Ok(ATTEMPTS - 1));
        assert!(waits.is_sorted());
        let all: Duration = waits.iter().fold(Duration::zero(), |sum, wait| sum + *wait);
        assert!(all > Duration::days(3) && all < Duration::days(4), "{all}");
    }

    #[test]
    fn a_correction_is_no_new_call_and_a_call_no_other_entry() {
        assert_eq!(Event::of("calls::log", ObjectKind::Entry, 0), Some(Event::CallLogged));
        assert_eq!(Event::of("entries::record", ObjectKind::Entry, 0), Some(Event::EntryRecorded));
        assert_eq!(Event::of("entries::correct", ObjectKind::Entry, 1), None);
        assert_eq!(Event::of("calls::log", ObjectKind::Promise, 0), Some(Event::PromiseGiven));
        assert_eq!(Event::of("promises::settle", ObjectKind::Promise, 1), Some(Event::PromiseSettled));
    }
}
