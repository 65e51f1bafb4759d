//! A mail as a file (.eml, RFC 5322) → a letter: who, when, what, and whether it reports that another mail did not arrive.
//!
//! Nothing that has a header is refused: the mails that matter most come from old machines. The work is bounded: by the file's
//! size, the depth and number of its parts.

mod bounce;
mod date;
mod header;
mod html;
mod parameters;
mod part;
mod transfer;

use chrono::{DateTime, FixedOffset, Utc};

pub use bounce::{Bounce, Kind, Original};
pub use date::Written;
pub use header::Mailbox;
pub use part::Attachment;

use header::Fields;
use part::Part;

use crate::intake::files;

/// Characters of a body that are kept; what a person wrote is far shorter.
const MAX_BODY: usize = 2 * 1024 * 1024;

/// A mail as far as it can be read. What it does not say is empty.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Letter {
    /// Who wrote it: the first mailbox of `From:`, else of `Sender:`.
    pub from: Option<Mailbox>,
    /// Whom it was written to (`To:`), as far as the header says.
    pub to: Vec<Mailbox>,
    /// The subject on one line, without encoding; empty where there is none.
    pub subject: String,
    /// When it was written, by the writer's clock (`Date:`).
    pub date: Option<DateTime<Utc>>,
    /// The offset that `date` was written with; none where the mail does not say which it is.
    pub offset: Option<FixedOffset>,
    /// When it reached our server: the topmost `Received:` that can be read. Unlike `date`, no sender can set it.
    pub received: Option<DateTime<Utc>>,
    /// Its id (`Message-ID:`) without the brackets.
    pub message_id: Option<String>,
    /// What there is to read: the plain text, else the HTML's words. Lines end with `\n`.
    pub body: String,
    /// The files that are attached, in order.
    pub attachments: Vec<Attachment>,
    /// What it reports, if it is no letter of a person but a report on another mail.
    pub bounce: Option<Bounce>,
}

/// Why bytes are no mail.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum EmlError {
    /// There is nothing in it.
    #[error("the file is empty")]
    Empty,
    /// It begins with no field of a header: it is some other file.
    #[error("the file has no header of a mail")]
    NoHeader,
    /// It is longer than [`files::MAX_BYTES`].
    #[error("the file is longer than 25 MB")]
    TooLarge,
}

/// The letter that `bytes` are.
///
/// # Errors
/// Where they are empty, too many, or have no header at all. A mail that is merely broken is read as far as it goes.
pub fn read(bytes: &[u8]) -> Result<Letter, EmlError> {
    if bytes.len() > files::MAX_BYTES {
        return Err(EmlError::TooLarge);
    }
    if bytes.iter().all(u8::is_ascii_whitespace) {
        return Err(EmlError::Empty);
    }
    // Lines that end in a carriage return alone, as an old Macintosh saved them.
    let is_old = !bytes.contains(&b'\n') && bytes.contains(&b'\r');
    let with_line_ends = is_old.then(|| bytes.iter().map(|byte| if *byte == b'\r' { b'\n' } else { *byte }).collect::<Vec<_>>());
    let part = Part::read(with_line_ends.as_deref().unwrap_or(bytes));
    let fields = &part.fields;
    if fields.is_empty() {
        return Err(EmlError::NoHeader);
    }
    let mut body = part.body();
    body.truncate(body.floor_char_boundary(MAX_BODY));
    let date = fields.date("date");
    Ok(Letter {
        from: writer(fields),
        to: fields.mailboxes("to"),
        subject: fields.text("subject").unwrap_or_default(),
        date: date.map(|written| written.at),
        offset: date.and_then(|written| written.offset),
        received: fields.date("received").map(|written| written.at),
        message_id: fields.message_id(),
        bounce: bounce::recognise(&part, &body),
        attachments: part.attachments(),
        body,
    })
}

fn writer(fields: &Fields) -> Option<Mailbox> {
    fields.mailboxes("from").into_iter().chain(fields.mailboxes("sender")).next()
}

#[cfg(test)]
mod corpus;
#[cfg(test)]
mod tests;
