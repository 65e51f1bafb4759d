//! Entries of the timeline, other than calls: recorded, corrected, struck out.

use crate::domain::call::Call;
use crate::domain::contract::NoticeForm;
use crate::domain::entry::{Entry, EntryKind};
use crate::domain::id::{Id, Uid};
use crate::domain::incident::Incident;
use crate::domain::moment::Moment;
use crate::domain::notice::Change;
use crate::domain::party::{Contact, Provider};
use crate::domain::permit::Actor;
use crate::domain::reply::Reply;
use crate::domain::visibility::Visibility;
use crate::store::ledger::Action;
use crate::store::permit::{Permit, Writes};
use crate::store::{Denied, StoreError, Tx, entries, exports};

use super::replies::{Placed, placed};
use super::statements::{self, NewStatement};
use super::{Outcome, next_revision, strike, unfit};

/// What is recorded. The kind decides the visibility where nobody chose one.
#[derive(Clone, Debug)]
pub struct NewEntry {
    /// What it is.
    pub kind: EntryKind,
    /// When it happened.
    pub occurred: Moment,
    /// The company it is with or from.
    pub provider: Option<Id<Provider>>,
    /// The person or desk it is with.
    pub contact: Option<Id<Contact>>,
    /// A line that says what it is.
    pub title: String,
    /// The rest.
    pub body: String,
    /// Where it was seen.
    pub place: String,
    /// For which forms of notice somebody looked in it and found nothing.
    pub looked_for: Vec<NoticeForm>,
    /// The change it is about.
    pub change: Option<Id<Change>>,
    /// What the meeting was to decide, where this is the decision on it.
    pub settles: Option<Id<Entry>>,
    /// Who may read it; none: as [`default_visibility`] says.
    pub visibility: Option<Visibility>,
    /// The call, where it is one.
    pub call: Option<Call>,
    /// The reply, where it is one, and what it says of what was said in it.
    pub reply: Option<(Reply, Vec<Placed>)>,
    /// What was said in it.
    pub statements: Vec<NewStatement>,
}

impl NewEntry {
    /// An entry of `kind` at `occurred`, and nothing more.
    pub fn new(kind: EntryKind, occurred: Moment) -> Self {
        Self {
            kind,
            occurred,
            provider: None,
            contact: None,
            title: String::new(),
            body: String::new(),
            place: String::new(),
            looked_for: Vec::new(),
            change: None,
            settles: None,
            visibility: None,
            call: None,
            reply: None,
            statements: Vec::new(),
        }
    }
}

/// Who may read an entry where nobody chose: what passed between the provider and us is no secret to the provider, our own
/// notes stay inside, the rest is for the meeting.
pub fn default_visibility(kind: EntryKind, provider: Option<Id<Provider>>, incident: &Incident) -> Visibility {
    let with_the_provider = provider == Some(incident.provider);
    match kind {
        EntryKind::Note => Visibility::Internal,
        EntryKind::Call
        | EntryKind::FailedAttempt
        | EntryKind::Email
        | EntryKind::Letter
        | EntryKind::PortalMessage
        | EntryKind::Visit
        | EntryKind::Notice
        | EntryKind::Reply
            if with_the_provider =>
        {
            Visibility::Provider
        }
        _ => Visibility::Meeting,
    }
}

/// Puts an entry on the timeline, with the promises made in it.
///
/// # Errors
/// [`super::Refused`].
pub fn record<'tx, D: Writes>(tx: &mut Tx<'tx>, permit: Permit<'tx, D, Incident>, new: NewEntry) -> Outcome<Entry> {
    put(tx, permit, "entries::record", new)
}

/// As [`record`], in the name of another use case.
pub(super) fn put<'tx, D: Writes>(
    tx: &mut Tx<'tx>,
    permit: Permit<'tx, D, Incident>,
    action: Action,
    new: NewEntry,
) -> Outcome<Entry> {
    let incident = crate::store::incidents::get(tx, &permit)?;
    let visibility = new.visibility.unwrap_or_else(|| default_visibility(new.kind, new.provider, &incident));
    let mut entry = Entry {
        id: tx.fresh_id()?,
        uid: tx.fresh_uid()?,
        revision: 0,
        incident: permit.id(),
        kind: new.kind,
        occurred: new.occurred,
        recorded_at: tx.now(),
        author: permit.actor().person(),
        provider: new.provider,
        contact: new.contact,
        title: new.title,
        body: new.body,
        place: new.place,
        looked_for: new.looked_for,
        change: new.change,
        settles: new.settles,
        visibility,
        struck: None,
        call: new.call,
        reply: None,
        statements: Vec::new(),
    };
    let promises = statements::take_in(tx, &mut entry, new.statements)?;
    entry.reply = new.reply.map(|(reply, acts)| Reply { acts: placed(acts, &entry.statements), ..reply });
    check_kind(&entry)?;
    check(&entry, permit.actor())?;
    entries::add(tx, &permit, action, &entry)?;
    statements::add_promises(tx, &permit, promises)?;
    Ok(entry)
}

/// What somebody outside left is theirs: it may be struck out, with a reason, or shown to fewer; its words stay.
pub(super) fn check_ours(entry: &Entry) -> Outcome<()> {
    if entry.reply.is_some() { unfit("", "reply-is-theirs") } else { Ok(()) }
}

/// What says that it is a call or a reply has one, and nothing else has.
fn check_kind(entry: &Entry) -> Outcome<()> {
    let is_call = matches!(entry.kind, EntryKind::Call | EntryKind::FailedAttempt);
    let is_reply = entry.kind == EntryKind::Reply;
    if is_call == entry.call.is_some() && is_reply == entry.reply.is_some() { Ok(()) } else { unfit("kind", "problem-choice") }
}

/// Whether an entry may stand on record as `by` wants it to.
fn check(entry: &Entry, by: Actor) -> Outcome<()> {
    let silent = entry.title.is_empty() && entry.body.is_empty() && entry.statements.is_empty();
    if silent && entry.call.is_none() && entry.reply.is_none() {
        return unfit("title", "entry-says-nothing");
    }
    if entry.visibility == Visibility::Private && entry.kind != EntryKind::Note {
        // Evidence must not depend on one person; what is for one pair of eyes is a note.
        return unfit("visibility", "entry-private-is-for-notes");
    }
    if entry.visibility == Visibility::Private && (entry.author.is_none() || entry.author != by.person()) {
        // Whoever hid another's note would take it from everybody, and see it no more themselves.
        return unfit("visibility", "entry-private-is-for-its-author");
    }
    if entry.settles.is_some() && entry.kind != EntryKind::Decision {
        return unfit("agenda", "entry-settles-nothing");
    }
    if !entry.looked_for.is_empty() && entry.change.is_none() {
        return unfit("change", "entry-looked-for-what");
    }
    match entry.call.as_ref().and_then(Call::misfit) {
        Some(key) => unfit("call", key),
        None => Ok(()),
    }
}

/// What a correction may change. The kind, the author and the time of recording stay as they were.
#[derive(Clone, Debug)]
pub struct Correction {
    /// When it happened.
    pub occurred: Moment,
    /// The company it is with or from.
    pub provider: Option<Id<Provider>>,
    /// The person or desk it is with.
    pub contact: Option<Id<Contact>>,
    /// A line that says what it is.
    pub title: String,
    /// The rest.
    pub body: String,
    /// Where it was seen.
    pub place: String,
    /// For which forms of notice somebody looked in it and found nothing.
    pub looked_for: Vec<NoticeForm>,
    /// The change it is about.
    pub change: Option<Id<Change>>,
    /// Who may read it.
    pub visibility: Visibility,
    /// The call.
    pub call: Option<Call>,
}

impl Correction {
    /// The entry as it stands, to be changed.
    pub fn of(entry: &Entry) -> Self {
        Self {
            occurred: entry.occurred.clone(),
            provider: entry.provider,
            contact: entry.contact,
            title: entry.title.clone(),
            body: entry.body.clone(),
            place: entry.place.clone(),
            looked_for: entry.looked_for.clone(),
            change: entry.change,
            visibility: entry.visibility,
            call: entry.call.clone(),
        }
    }
}

/// Corrects an entry; what it said before stays in the ledger.
///
/// # Errors
/// [`super::Refused::Stale`] where `seen` is not the revision that stands.
pub fn correct<'tx, D: Writes>(
    tx: &mut Tx<'tx>,
    permit: Permit<'tx, D, Incident>,
    uid: Uid,
    seen: i64,
    new: Correction,
) -> Outcome<Entry> {
    let mut entry = entries::get(tx, &permit, uid)?;
    check_ours(&entry)?;
    entry.revision = next_revision(seen, entry.revision)?;
    entry.occurred = new.occurred;
    entry.provider = new.provider;
    entry.contact = new.contact;
    entry.title = new.title;
    entry.body = new.body;
    entry.place = new.place;
    entry.looked_for = new.looked_for;
    entry.change = new.change;
    entry.visibility = new.visibility;
    entry.call = new.call;
    check(&entry, permit.actor())?;
    entries::change(tx, &permit, "entries::correct", &entry)?;
    Ok(entry)
}

/// Changes who may read an entry: one tap, no form.
///
/// # Errors
/// [`super::Refused::Stale`] where `seen` is not the revision that stands.
pub fn show_to<'tx, D: Writes>(
    tx: &mut Tx<'tx>,
    permit: Permit<'tx, D, Incident>,
    uid: Uid,
    seen: i64,
    visibility: Visibility,
) -> Outcome<Entry> {
    let mut entry = entries::get(tx, &permit, uid)?;
    entry.revision = next_revision(seen, entry.revision)?;
    entry.visibility = visibility;
    check(&entry, permit.actor())?;
    entries::change(tx, &permit, "entries::show_to", &entry)?;
    Ok(entry)
}

/// Strikes an entry out, and the promises made in it. It stays readable, with the reason.
///
/// # Errors
/// [`super::Refused::Stale`] where `seen` is not the revision that stands.
pub fn strike_out<'tx, D: Writes>(
    tx: &mut Tx<'tx>,
    permit: Permit<'tx, D, Incident>,
    uid: Uid,
    seen: i64,
    reason: String,
) -> Outcome<Entry> {
    let mut entry = entries::get(tx, &permit, uid)?;
    entry.revision = next_revision(seen, entry.revision)?;
    let struck = strike(tx.now(), reason, entry.struck.as_ref())?;
    entry.struck = Some(struck.clone());
    entries::change(tx, &permit, "entries::strike_out", &entry)?;
    for statement in &entry.statements {
        super::promises::strike_with(tx, permit, statement.id, &struck)?;
    }
    Ok(entry)
}

/// Takes one's own private note away for good, with its files' records; the ledger keeps that there was something.
///
/// # Errors
/// [`super::Refused::Stale`] where `seen` is not the revision that stands; refused where others could ever read it, or something
/// points to it.
pub fn erase<'tx, D: Writes>(tx: &mut Tx<'tx>, permit: Permit<'tx, D, Incident>, uid: Uid, seen: i64) -> Outcome<()> {
    let entry = entries::get(tx, &permit, uid)?;
    next_revision(seen, entry.revision)?;
    match entries::erase_private(tx, &permit, "entries::erase", uid) {
        Err(StoreError::InUse) => unfit("", "erasure-in-use"),
        Err(StoreError::Denied(Denied::Forbidden)) => unfit("", "erasure-was-open"),
        // An export of theirs may hold it.
        done => Ok(done.and_then(|_| exports::forget_own(tx, &permit))?),
    }
}
