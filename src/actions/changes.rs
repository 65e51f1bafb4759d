//! Changes by a provider, and the notices of them.

use crate::domain::contract::{NoticeForm, Standing};
use crate::domain::entry::Entry;
use crate::domain::id::{Id, Uid};
use crate::domain::incident::Incident;
use crate::domain::moment::Moment;
use crate::domain::notice::{Change, Notice};
use crate::domain::party::Provider;
use crate::domain::visibility::Visibility;
use crate::store::permit::{Permit, Writes};
use crate::store::{Tx, changes, notices};

use super::{Outcome, check_open, next_revision, strikes, unfit};

/// A change, as it is put down or as it shall stand.
#[derive(Clone, Debug)]
pub struct ChangeInput {
    /// Whose.
    pub provider: Id<Provider>,
    /// What changes.
    pub what: String,
    /// From when it works.
    pub effective: Option<Moment>,
    /// Who may read it.
    pub visibility: Visibility,
}

/// Puts down what a provider changes.
///
/// # Errors
/// [`super::Refused`].
pub fn put_down<'tx, D: Writes>(tx: &mut Tx<'tx>, permit: Permit<'tx, D, Incident>, new: ChangeInput) -> Outcome<Change> {
    let change = Change {
        id: tx.fresh_id()?,
        uid: tx.fresh_uid()?,
        revision: 0,
        incident: permit.id(),
        provider: new.provider,
        what: new.what,
        effective: new.effective,
        visibility: new.visibility,
        struck: None,
    };
    check(&change)?;
    changes::add(tx, &permit, "changes::put_down", &change)?;
    Ok(change)
}

/// Changes what was put down about a change.
///
/// # Errors
/// [`super::Refused::Stale`] where `seen` is not the revision that stands.
pub fn correct<'tx, D: Writes>(
    tx: &mut Tx<'tx>,
    permit: Permit<'tx, D, Incident>,
    uid: Uid,
    seen: i64,
    new: ChangeInput,
) -> Outcome<Change> {
    let mut change = changes::get(tx, &permit, uid)?;
    change.revision = next_revision(seen, change.revision)?;
    change.provider = new.provider;
    change.what = new.what;
    change.effective = new.effective;
    change.visibility = new.visibility;
    check(&change)?;
    changes::change(tx, &permit, "changes::correct", &change)?;
    Ok(change)
}

strikes! {
    /// Strikes a change out, with a reason.
    strike_out: Change of Incident in changes, "changes::strike_out"
}

fn check(change: &Change) -> Outcome<()> {
    check_open(change.visibility)?;
    if change.what.is_empty() { unfit("what", "change-says-nothing") } else { Ok(()) }
}

/// A notice, as it is put down or as it shall stand.
#[derive(Clone, Debug)]
pub struct NoticeInput {
    /// Of which change.
    pub change: Id<Change>,
    /// Who sent it, or says so.
    pub provider: Id<Provider>,
    /// How.
    pub form: NoticeForm,
    /// When it was sent.
    pub sent: Option<Moment>,
    /// When it arrived.
    pub received: Option<Moment>,
    /// Where to.
    pub address: String,
    /// Whether that is an address we registered.
    pub to_registered: Option<bool>,
    /// Who stands behind the sending.
    pub standing: Standing,
    /// The entry that tells of it.
    pub entry: Option<Id<Entry>>,
    /// What it says.
    pub note: String,
    /// Who may read it.
    pub visibility: Visibility,
}

impl NoticeInput {
    fn write(self, notice: &mut Notice) {
        notice.change = self.change;
        notice.provider = self.provider;
        notice.form = self.form;
        notice.sent = self.sent;
        notice.received = self.received;
        notice.address = self.address;
        notice.to_registered = self.to_registered;
        notice.standing = self.standing;
        notice.entry = self.entry;
        notice.note = self.note;
        notice.visibility = self.visibility;
    }
}

/// Puts down a notice that was sent, or is said to have been.
///
/// # Errors
/// [`super::Refused`].
pub fn put_down_notice<'tx, D: Writes>(tx: &mut Tx<'tx>, permit: Permit<'tx, D, Incident>, new: NoticeInput) -> Outcome<Notice> {
    let mut notice = Notice {
        id: tx.fresh_id()?,
        uid: tx.fresh_uid()?,
        revision: 0,
        incident: permit.id(),
        change: new.change,
        provider: new.provider,
        form: new.form,
        sent: None,
        received: None,
        address: String::new(),
        to_registered: None,
        standing: new.standing,
        entry: None,
        note: String::new(),
        visibility: new.visibility,
        struck: None,
    };
    new.write(&mut notice);
    check_notice(&notice)?;
    notices::add(tx, &permit, "changes::put_down_notice", &notice)?;
    Ok(notice)
}

/// Changes what was put down about a notice.
///
/// # Errors
/// [`super::Refused::Stale`] where `seen` is not the revision that stands.
pub fn correct_notice<'tx, D: Writes>(
    tx: &mut Tx<'tx>,
    permit: Permit<'tx, D, Incident>,
    uid: Uid,
    seen: i64,
    new: NoticeInput,
) -> Outcome<Notice> {
    let mut notice = notices::get(tx, &permit, uid)?;
    notice.revision = next_revision(seen, notice.revision)?;
    new.write(&mut notice);
    check_notice(&notice)?;
    notices::change(tx, &permit, "changes::correct_notice", &notice)?;
    Ok(notice)
}

strikes! {
    /// Strikes a notice out, with a reason.
    strike_out_notice: Notice of Incident in notices, "changes::strike_out_notice"
}

fn check_notice(notice: &Notice) -> Outcome<()> {
    check_open(notice.visibility)?;
    match (&notice.sent, &notice.received) {
        (Some(sent), Some(received)) if received.surely_before(sent) => unfit("received", "notice-arrived-before-it-was-sent"),
        _ => Ok(()),
    }
}
