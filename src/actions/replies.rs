//! Replies: what a share's reader leaves, and what our own people take over of it.

use std::net::IpAddr;

use crate::domain::contract::{Agreement, Contract, Standing};
use crate::domain::entry::{Entry, EntryKind};
use crate::domain::id::{Id, Uid};
use crate::domain::incident::Incident;
use crate::domain::locale::Zone;
use crate::domain::matter::Ask;
use crate::domain::moment::{Moment, Stamp};
use crate::domain::party::Owner;
use crate::domain::reply::{Act, ActAbout, ActKind, Noted, Reply};
use crate::domain::share::{Opening, Share, ShareState};
use crate::domain::statement::{Citation, DueBy, Speaker, Statement, StatementKind};
use crate::domain::text::Prose;
use crate::domain::visibility::Visibility;
use crate::store::permit::{Edit, Permit, Writes};
use crate::store::{Tx, agreements, asks, attachments as files, entries, outbox, reminders, replies, shares};

use super::attachments::{self, NewAttachment};
use super::entries::NewEntry;
use super::statements::{Due, NewStatement};
use super::{Outcome, next_revision, sessions, unfit};

/// Replies from one network within a quarter of an hour, at the most.
const PER_ADDRESS: i64 = 20;

/// Replies by one share, at the most: more than any conversation needs, and no more than somebody can read.
pub const PER_SHARE: i64 = 200;

/// One thing that somebody says in a reply.
#[derive(Clone, Debug)]
pub struct Said {
    /// What it does.
    pub kind: ActKind,
    /// To what of the record.
    pub about: Vec<ActAbout>,
    /// In which words; none where a tick says it.
    pub words: Option<Prose>,
    /// By when, where they commit to a time.
    pub due: Option<Moment>,
}

/// A file that comes with a reply; its bytes are kept after this, before the transaction ends.
#[derive(Clone, Debug)]
pub struct Enclosed {
    /// Its name, made safe.
    pub name: String,
    /// What its bytes are.
    pub media_type: String,
    /// How many.
    pub size: i64,
    /// What they hash to.
    pub sha256: String,
}

/// A reply, as it was sent.
#[derive(Clone, Debug)]
pub struct NewReply {
    /// Whether it is their company's formal answer.
    pub formal: bool,
    /// Whether they take the matter over.
    pub takes_over: bool,
    /// Where they can be called directly.
    pub phone: String,
    /// What they say of the record, one by one.
    pub said: Vec<Said>,
    /// What else they have to say.
    pub message: String,
    /// The file with it.
    pub file: Option<Enclosed>,
}

impl NewReply {
    /// Whether it says nothing at all.
    pub fn is_empty(&self) -> bool {
        !self.takes_over && self.phone.is_empty() && self.said.is_empty() && self.message.is_empty() && self.file.is_none()
    }
}

/// Who sends a reply, and how.
#[derive(Clone, Copy, Debug)]
pub struct Sender<'a> {
    /// By which share.
    pub share: &'a Share,
    /// By which opening of it.
    pub opening: &'a Opening,
    /// The zone in which its time is told.
    pub zone: Zone,
    /// From where.
    pub address: IpAddr,
    /// Under which key its form came, with what it said: sent twice, it is one reply.
    pub key: &'a str,
    /// Whether mail can be sent, to those of us who want to be told.
    pub mails: bool,
}

/// What became of a reply.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Taken {
    /// It stands on the timeline, as this entry.
    Done(Uid),
    /// Too many came from that network; another is taken then.
    Throttled(Stamp),
}

/// Puts what a share's reader says on the timeline, as theirs, and answers with its entry. Nothing of ours changes. One that was
/// taken before is not counted again.
///
/// # Errors
/// [`super::Refused::Unfit`] where it says nothing, where the share is good no more, or where it has brought too many.
pub fn leave(tx: &mut Tx<'_>, from: &Sender<'_>, new: NewReply) -> Outcome<Taken> {
    let Sender { share, opening, zone, address, key, mails } = *from;
    if new.is_empty() {
        return unfit("", "reply-says-nothing");
    }
    let permit = shares::for_reader(tx, share)?;
    if let Some(done) = replies::under(tx, key)? {
        return Ok(Taken::Done(done));
    }
    if let Some(until) = sessions::count_from(tx, "reply-address", address, PER_ADDRESS)? {
        return Ok(Taken::Throttled(until));
    }
    let standing = shares::get(tx, &permit, share.uid)?;
    if standing.state(tx.now()) != ShareState::Live {
        return unfit("", "reply-share-gone");
    }
    if replies::count_by(tx, &permit, share.id)? >= PER_SHARE {
        return unfit("", "reply-too-many");
    }
    let (statements, placed) = spoken(share, opening, new.said);
    let reply = Reply {
        share: share.id,
        opening: opening.id,
        name: opening.name.clone(),
        department: opening.department.clone(),
        formal: new.formal,
        takes_over: new.takes_over,
        phone: new.phone,
        acts: Vec::new(),
        noted: None,
    };
    let entry = NewEntry {
        provider: Some(share.provider),
        body: new.message,
        visibility: Some(Visibility::Provider),
        reply: Some((reply, placed)),
        statements,
        ..NewEntry::new(EntryKind::Reply, Moment::exact(tx.now(), zone))
    };
    let entry = super::entries::put(tx, permit, "replies::leave", entry)?;
    if let Some(file) = new.file {
        let file = NewAttachment {
            owner: Owner::Entry(entry.id),
            name: file.name,
            media_type: file.media_type,
            size: file.size,
            sha256: file.sha256,
            visibility: Visibility::Provider,
            held: true,
        };
        attachments::add(tx, permit, file)?;
    }
    if mails {
        tell(tx, &permit, &entry)?;
    }
    replies::remember(tx, key, entry.uid)?;
    Ok(Taken::Done(entry.uid))
}

/// Queues a mail about a reply to each of us who wants to be told of one and may know of its incident. What it says is written when
/// it goes out: whoever replies waits for a row each, and for nothing else.
fn tell(tx: &mut Tx<'_>, permit: &Permit<'_, Edit, Incident>, reply: &Entry) -> Outcome<()> {
    for (person, address) in reminders::who_hear_of_replies(tx, permit)? {
        outbox::queue_reply(tx, person, address, reply.id)?;
    }
    Ok(())
}

/// A part of a reply before its words have become a statement: their place among those of the entry.
pub type Placed = (ActKind, Option<ActAbout>, Option<usize>);

/// The statements of a reply, and its acts with the place of each one's words among them.
fn spoken(share: &Share, opening: &Opening, said: Vec<Said>) -> (Vec<NewStatement>, Vec<Placed>) {
    let (mut statements, mut acts) = (Vec::new(), Vec::new());
    for Said { kind, about, words, due } in said {
        let cites = about.iter().filter_map(|about| match about {
            ActAbout::Agreement(id) => Some(Citation::Agreement(*id)),
            ActAbout::Statement(_) | ActAbout::Ask(_) => None,
        });
        let cites: Vec<Citation> = cites.collect();
        let place = words.map(|words| {
            let speaker = Speaker::Theirs { provider: share.provider, contact: None, who: opening.department.clone() };
            let of_agreement = kind == ActKind::Confirms && !cites.is_empty();
            let kind = match kind {
                ActKind::Commits => StatementKind::Promise,
                ActKind::Confirms if of_agreement => StatementKind::Admission,
                ActKind::Confirms | ActKind::Corrects | ActKind::Answers => StatementKind::Explanation,
            };
            let due = due.map(|at| Due { at: Some(at), by: DueBy::Theirs, reason: String::new() });
            let visibility = Some(Visibility::Provider);
            statements.push(NewStatement { cites, due, visibility, ..NewStatement::new(kind, speaker, words.into(), true) });
            statements.len() - 1
        });
        if about.is_empty() {
            acts.push((kind, None, place));
        }
        for about in about {
            // Who confirms or denies what an ask is about answers it with that.
            let kind = if matches!(about, ActAbout::Ask(_)) { ActKind::Answers } else { kind };
            acts.push((kind, Some(about), place));
        }
    }
    (statements, acts)
}

/// The acts, once the statements have their keys.
pub(super) fn placed(acts: Vec<Placed>, statements: &[Statement]) -> Vec<Act> {
    let words = |place: Option<usize>| place.and_then(|place| statements.get(place)).map(|statement| statement.id);
    acts.into_iter().map(|(kind, about, place)| Act { kind, about, statement: words(place) }).collect()
}

/// Notes that one of us has looked at a reply.
///
/// # Errors
/// [`super::Refused::Stale`] where `seen` is not the revision that stands.
pub fn note<'tx, D: Writes>(tx: &mut Tx<'tx>, permit: Permit<'tx, D, Incident>, uid: Uid, seen: i64) -> Outcome<Entry> {
    let mut entry = entries::get(tx, &permit, uid)?;
    let next = next_revision(seen, entry.revision)?;
    let Some(reply) = &mut entry.reply else { return unfit("", "reply-is-none") };
    if reply.noted.is_some() {
        return Ok(entry);
    }
    reply.noted = Some(Noted { at: tx.now(), by: permit.actor().person() });
    entry.revision = next;
    entries::change(tx, &permit, "replies::note", &entry)?;
    Ok(entry)
}

/// Takes an answer over into what we ask: from now on it counts as answered by it.
///
/// # Errors
/// [`super::Refused`].
pub fn accept_answer<'tx, D: Writes>(
    tx: &mut Tx<'tx>,
    permit: Permit<'tx, D, Incident>,
    ask: Uid,
    answer: Id<Statement>,
) -> Outcome<Ask> {
    let mut ask = asks::get(tx, &permit, ask)?;
    if ask.answered_by == Some(answer) {
        return Ok(ask);
    }
    ask.answered_by = Some(answer);
    ask.revision += 1;
    asks::change(tx, &permit, "replies::accept_answer", &ask)?;
    Ok(ask)
}

/// Takes a confirmation over into an agreement: both sides say so now, and it counts as established.
///
/// # Errors
/// [`super::Refused`].
pub fn accept_confirmation<'tx, D: Writes>(
    tx: &mut Tx<'tx>,
    permit: Permit<'tx, D, Contract>,
    agreement: Uid,
    reply: &Entry,
) -> Outcome<Agreement> {
    let mut agreement = agreements::get(tx, &permit, agreement)?;
    let confirms = |act: &Act| act.kind == ActKind::Confirms && act.about == Some(ActAbout::Agreement(agreement.id));
    if !reply.reply.as_ref().is_some_and(|reply| reply.acts.iter().any(confirms)) {
        return unfit("", "reply-does-not-confirm");
    }
    if agreement.confirmed_in == Some(reply.id) {
        return Ok(agreement);
    }
    agreement.confirmed_in = Some(reply.id);
    agreement.standing = Standing::Established;
    agreement.revision += 1;
    agreements::change(tx, &permit, "replies::accept_confirmation", &agreement)?;
    Ok(agreement)
}

/// Lets a file go that came from outside: one of us has looked at it.
///
/// # Errors
/// [`super::Refused::Stale`] where `seen` is not the revision that stands.
pub fn release_file<'tx, D: Writes>(tx: &mut Tx<'tx>, permit: Permit<'tx, D, Incident>, uid: Uid, seen: i64) -> Outcome<()> {
    let mut file = files::get(tx, &permit, uid)?;
    if file.held {
        file.revision = next_revision(seen, file.revision)?;
        file.held = false;
        files::change(tx, &permit, "replies::release_file", &file)?;
    }
    Ok(())
}
