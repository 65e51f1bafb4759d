//! Handing mail to a mail server, by lettre.

use std::time::Duration;

use lettre::message::header::{ContentType, HeaderName, HeaderValue};
use lettre::message::{Mailbox, Message};
use lettre::transport::smtp::PoolConfig;
use lettre::{Address, SmtpTransport, Transport};

use crate::domain::outbox::{Queued, Trouble};

/// How long a server may take for each of its answers.
const PATIENCE: Duration = Duration::from_secs(20);

/// Hands mail to one mail server.
pub struct Postman {
    transport: SmtpTransport,
    from: Address,
}

/// The mail server's address, or the sender's, cannot be used. Says what to write instead.
#[derive(Debug, thiserror::Error)]
pub enum BadPostman {
    /// The mail server's.
    #[error("--smtp: write it like smtp://127.0.0.1:25 or smtps://user:password@mail.example.jp")]
    Server,
    /// The sender's.
    #[error("--mail-from: {0} is no mail address; write one such as tellonce@example.jp")]
    Sender(String),
}

impl Postman {
    /// For the server at `url`, sending as `from`.
    ///
    /// # Errors
    /// [`BadPostman`].
    pub fn new(url: &str, from: &str) -> Result<Self, BadPostman> {
        let builder = SmtpTransport::from_url(url).map_err(|_| BadPostman::Server)?;
        // Mail is rare: no connection is kept that a server would close meanwhile.
        let transport = builder.timeout(Some(PATIENCE)).pool_config(PoolConfig::new().max_size(1).min_idle(0)).build();
        let from = from.parse().map_err(|_| BadPostman::Sender(from.to_owned()))?;
        Ok(Self { transport, from })
    }

    /// Whether the server can be reached, and lets us in.
    ///
    /// # Errors
    /// What it said, or why it was not reached.
    pub fn is_let_in(&self) -> Result<bool, String> {
        self.transport.test_connection().map_err(|error| error.to_string())
    }

    /// Hands one mail over.
    ///
    /// # Errors
    /// Why the server did not take it, and what it said.
    pub fn deliver(&self, queued: &Queued) -> Result<(), (Trouble, String)> {
        let message = self.message(queued).map_err(|error| (Trouble::Refused, error))?;
        self.transport.send(&message).map(drop).map_err(|error| (trouble(&error), error.to_string()))
    }

    fn message(&self, queued: &Queued) -> Result<Message, String> {
        let to: Address = queued.mail.to.parse().map_err(|error| format!("{error}"))?;
        let mut message = Message::builder();
        if queued.reminds.is_some() {
            // Nobody wrote it: programs that answer for somebody who is away must not (RFC 3834).
            let name = HeaderName::new_from_ascii_str("Auto-Submitted");
            message = message.raw_header(HeaderValue::new(name, "auto-generated".to_owned()));
        }
        message
            .message_id(Some(format!("<{}@{}>", queued.uid, self.from.domain())))
            .date(queued.queued_at.into())
            .from(Mailbox::new(None, self.from.clone()))
            .to(Mailbox::new(None, to))
            .subject(&*queued.mail.subject)
            .header(ContentType::TEXT_PLAIN)
            .body(queued.mail.body.clone())
            .map_err(|error| error.to_string())
    }
}

fn trouble(error: &lettre::transport::smtp::Error) -> Trouble {
    match () {
        () if error.is_timeout() => Trouble::Silent,
        () if error.is_permanent() || error.is_transient() || error.is_client() => Trouble::Refused,
        () => Trouble::Unreachable,
    }
}
