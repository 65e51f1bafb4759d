//! Mails that come in as files: they wait for whoever sent them in, and are put on record once they have been looked over.

use crate::domain::entry::Entry;
use crate::domain::id::Id;
use crate::domain::incident::Incident;
use crate::domain::party::Owner;
use crate::domain::visibility::Visibility;
use crate::store::files::Files;
use crate::store::mail_files::{self, MailFile};
use crate::store::permit::{Permit, Writes};
use crate::store::{StoreError, Tx};

use super::attachments::{self, NewAttachment};
use super::changes::{self, NoticeInput};
use super::entries::{self, NewEntry};
use super::{Outcome, unfit};

/// What a mail's bytes are.
const MEDIA_TYPE: &str = "message/rfc822";

/// Keeps a mail until it has been looked over.
///
/// # Errors
/// [`super::Refused`].
pub fn keep<'tx, D: Writes>(
    tx: &mut Tx<'tx>,
    permit: Permit<'tx, D, Incident>,
    files: &Files,
    name: String,
    bytes: &[u8],
) -> Outcome<MailFile> {
    let file = mail_files::add(tx, &permit, name, Files::name_of(bytes))?;
    files.keep(bytes).map_err(StoreError::from)?;
    Ok(file)
}

/// What becomes of a mail.
#[derive(Clone, Debug)]
pub struct MailRecord {
    /// The entry that tells of it.
    pub entry: NewEntry,
    /// The notice that it is, if it is one; the entry is added to it.
    pub notice: Option<NoticeInput>,
}

/// Puts a mail on record: its entry with the file as it came, and the notice that it is.
///
/// # Errors
/// [`super::Refused`].
pub fn put_on_record<'tx, D: Writes>(
    tx: &mut Tx<'tx>,
    permit: Permit<'tx, D, Incident>,
    files: &Files,
    (file, bytes): (&MailFile, &[u8]),
    record: MailRecord,
) -> Outcome<Entry> {
    if record.entry.visibility == Some(Visibility::Private) {
        return unfit("visibility", "problem-choice");
    }
    let entry = entries::record(tx, permit, record.entry)?;
    let attachment = NewAttachment {
        owner: Owner::Entry(entry.id),
        name: file.name.clone(),
        media_type: MEDIA_TYPE.to_owned(),
        size: i64::try_from(bytes.len()).unwrap_or(i64::MAX),
        sha256: file.sha256.clone(),
        held: false,
        visibility: entry.visibility,
    };
    attachments::add(tx, permit, attachment)?;
    if let Some(notice) = record.notice {
        let entry: Option<Id<Entry>> = Some(entry.id);
        changes::put_down_notice(tx, permit, NoticeInput { entry, ..notice })?;
    }
    mail_files::done(tx, &permit, file)?;
    // Once more, after the row that names them: had somebody taken the same bytes away, they would be missing.
    files.keep(bytes).map_err(StoreError::from)?;
    Ok(entry)
}
