//! The outbox 送信待ち: mail that waits to go out, was sent, or was given up.

use chrono::Duration;
use serde::{Deserialize, Serialize};

use super::entry::Entry;
use super::id::{Id, Uid};
use super::incident::Incident;
use super::moment::Stamp;
use super::person::Person;
use super::share::Share;
use super::text_enum::text_enum;

/// A mail as it was written: plain text to one address.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Mail {
    /// To which address (RFC 5321, 4.1.2).
    pub to: String,
    /// Its subject.
    pub subject: String,
    /// Its text.
    pub body: String,
}

text_enum! {
    /// Why a mail did not go out.
    pub enum Trouble {
        /// The mail server could not be reached.
        Unreachable = "unreachable",
        /// It did not answer in time.
        Silent = "silent",
        /// It did not take the mail.
        Refused = "refused",
        /// It waited when the backup was made from which this record was restored: whether it went out meanwhile is not known here.
        Restored = "restored",
    }
}

/// A mail in the outbox.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Queued {
    /// Key.
    pub id: Id<Queued>,
    /// Its Message-ID before the `@`: should it ever go out twice, it is one message.
    pub uid: Uid,
    /// About which incident, if about one.
    pub incident: Option<Id<Incident>>,
    /// About which share, if about one.
    pub share: Option<Id<Share>>,
    /// Whom it reminds of deadlines, or tells of a reply, if it does: its text is made when it is sent.
    pub reminds: Option<Id<Person>>,
    /// Of which reply it tells; none where it reminds of deadlines.
    pub reply: Option<Id<Entry>>,
    /// The mail.
    pub mail: Mail,
    /// When it was queued.
    pub queued_at: Stamp,
    /// By whom of us.
    pub queued_by: Option<Id<Person>>,
    /// How often it was tried.
    pub attempts: i64,
    /// When it is tried next; none where it is not.
    pub next_at: Option<Stamp>,
    /// When it was sent.
    pub sent_at: Option<Stamp>,
    /// Why the last try failed, and what the server said.
    pub trouble: Option<(Trouble, String)>,
}

/// How often a mail is tried before it is given up: over a day and a half.
pub const ATTEMPTS: i64 = 12;

/// How long after the try of that number (from 1) the next one comes; none after the last one.
pub fn wait_after(attempt: i64) -> Option<Duration> {
    match attempt {
        ..=1 => Some(Duration::minutes(1)),
        2 => Some(Duration::minutes(5)),
        3 => Some(Duration::minutes(15)),
        4 => Some(Duration::hours(1)),
        5..ATTEMPTS => Some(Duration::hours(4)),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mail_is_tried_soon_then_seldom_then_no_more() {
        let waits: Vec<Duration> = (1..).map_while(wait_after).collect();
        assert_eq!(waits.len(), 11);
        assert!(waits.is_sorted());
        let all: Duration = waits.iter().fold(Duration::zero(), |sum, wait| sum + *wait);
        assert!(all > Duration::hours(24) && all < Duration::hours(48), "{all}");
    }
}
