//! Files added to entries, clauses and agreements. The bytes are on the disk before the row that names them is committed.

use crate::domain::id::Uid;
use crate::domain::party::{Attachment, Owner};
use crate::domain::visibility::Visibility;
use crate::store::attachments::Keeps;
use crate::store::permit::{Permit, Writes};
use crate::store::{Tx, attachments};

use super::{Outcome, next_revision, strike};

/// A file; its bytes are kept after this, before the transaction ends.
#[derive(Clone, Debug)]
pub struct NewAttachment {
    /// What it belongs to.
    pub owner: Owner,
    /// Its name, made safe.
    pub name: String,
    /// What its bytes are.
    pub media_type: String,
    /// How many.
    pub size: i64,
    /// What they hash to.
    pub sha256: String,
    /// Who may read it.
    pub visibility: Visibility,
    /// Whether it came from outside, and one of us has to look at it first.
    pub held: bool,
}

/// Adds a file.
///
/// # Errors
/// [`super::Refused`].
pub fn add<'tx, D: Writes, T: Keeps>(tx: &mut Tx<'tx>, permit: Permit<'tx, D, T>, new: NewAttachment) -> Outcome<Attachment> {
    let file = Attachment {
        id: tx.fresh_id()?,
        uid: tx.fresh_uid()?,
        revision: 0,
        owner: new.owner,
        name: new.name,
        media_type: new.media_type,
        size: new.size,
        sha256: new.sha256,
        visibility: new.visibility,
        added_at: tx.now(),
        added_by: permit.actor().person(),
        struck: None,
        held: new.held,
    };
    attachments::add(tx, &permit, "attachments::add", &file)?;
    Ok(file)
}

/// Strikes a file out, with a reason. Its bytes stay, since the ledger names them.
///
/// # Errors
/// [`super::Refused::Stale`] where `seen` is not the revision that stands.
pub fn strike_out<'tx, D: Writes, T: Keeps>(
    tx: &mut Tx<'tx>,
    permit: Permit<'tx, D, T>,
    uid: Uid,
    seen: i64,
    reason: String,
) -> Outcome<Attachment> {
    let mut file = attachments::get(tx, &permit, uid)?;
    file.revision = next_revision(seen, file.revision)?;
    file.struck = Some(strike(tx.now(), reason, file.struck.as_ref())?);
    attachments::change(tx, &permit, "attachments::strike_out", &file)?;
    Ok(file)
}
