//! What was said: added to an entry, with the promise where it is one.

use crate::domain::entry::Entry;
use crate::domain::id::{Id, Uid};
use crate::domain::incident::Incident;
use crate::domain::moment::{Moment, Stamp};
use crate::domain::notice::Change;
use crate::domain::statement::{Citation, DueBy, Promise, PromiseState, Speaker, Statement, StatementKind, StatementStanding};
use crate::domain::visibility::Visibility;
use crate::store::permit::{Permit, Writes};
use crate::store::{Tx, entries, promises};

use super::entries::check_ours;
use super::{Outcome, next_revision, unfit};

/// Something said. One fact each.
#[derive(Clone, Debug)]
pub struct NewStatement {
    /// What kind of assertion.
    pub kind: StatementKind,
    /// Who made it.
    pub speaker: Speaker,
    /// The words.
    pub words: String,
    /// Whether they are verbatim.
    pub verbatim: bool,
    /// When in the entry.
    pub said_at: Option<Stamp>,
    /// What in the contract it is about.
    pub cites: Vec<Citation>,
    /// The change it is about.
    pub change: Option<Id<Change>>,
    /// Who may read it; none: what they said, the provider; what we said, as the entry.
    pub visibility: Option<Visibility>,
    /// The promise's due moment, where it is a promise.
    pub due: Option<Due>,
}

/// When a promise falls due, and who says so.
#[derive(Clone, Debug)]
pub struct Due {
    /// When; none where nothing was said.
    pub at: Option<Moment>,
    /// Who set it.
    pub by: DueBy,
    /// Why it is so, where we set it.
    pub reason: String,
}

impl NewStatement {
    /// Something said by `speaker`, and nothing more.
    pub fn new(kind: StatementKind, speaker: Speaker, words: String, verbatim: bool) -> Self {
        Self { kind, speaker, words, verbatim, said_at: None, cites: Vec::new(), change: None, visibility: None, due: None }
    }
}

/// Adds something said to an entry that is on the timeline already.
///
/// # Errors
/// [`super::Refused::Stale`] where `seen` is not the entry's revision that stands.
pub fn add<'tx, D: Writes>(
    tx: &mut Tx<'tx>,
    permit: Permit<'tx, D, Incident>,
    entry: Uid,
    seen: i64,
    new: NewStatement,
) -> Outcome<Entry> {
    let mut entry = entries::get(tx, &permit, entry)?;
    check_ours(&entry)?;
    entry.revision = next_revision(seen, entry.revision)?;
    let promises = take_in(tx, &mut entry, vec![new])?;
    entries::change(tx, &permit, "statements::add", &entry)?;
    add_promises(tx, &permit, promises)?;
    Ok(entry)
}

/// What a correction of a statement may change.
#[derive(Clone, Debug)]
pub struct StatementCorrection {
    /// The words.
    pub words: String,
    /// Whether they are verbatim.
    pub verbatim: bool,
    /// What became of it.
    pub standing: StatementStanding,
    /// What in the contract it is about.
    pub cites: Vec<Citation>,
    /// Who may read it.
    pub visibility: Visibility,
}

/// Corrects something said; what it said before stays in the ledger.
///
/// # Errors
/// [`super::Refused::Stale`] where `seen` is not the entry's revision that stands.
pub fn correct<'tx, D: Writes>(
    tx: &mut Tx<'tx>,
    permit: Permit<'tx, D, Incident>,
    (entry, statement): (Uid, Uid),
    seen: i64,
    new: StatementCorrection,
) -> Outcome<Entry> {
    let mut entry = entries::get(tx, &permit, entry)?;
    entry.revision = next_revision(seen, entry.revision)?;
    let (author, noted, is_theirs) = (entry.author, entry.visibility, entry.reply.is_some());
    let hidden = |said: &Statement| entries::is_private_to_others(permit.actor(), said.visibility, author);
    let Some(found) = entry.statements.iter_mut().find(|said| said.uid == statement && !hidden(said)) else {
        return unfit("words", "statement-not-in-entry");
    };
    if is_theirs && (&found.words, found.verbatim) != (&new.words, new.verbatim) {
        return unfit("words", "reply-is-theirs");
    }
    found.words = new.words;
    found.verbatim = new.verbatim;
    found.standing = new.standing;
    found.cites = new.cites;
    found.visibility = new.visibility;
    check(found, noted)?;
    entries::change(tx, &permit, "statements::correct", &entry)?;
    Ok(entry)
}

/// Puts what was said into the entry (not yet written) and answers with the promises among it.
pub(super) fn take_in(tx: &mut Tx<'_>, entry: &mut Entry, said: Vec<NewStatement>) -> Outcome<Vec<Promise>> {
    let mut promises = Vec::new();
    for new in said {
        let statement = Statement {
            id: tx.fresh_id()?,
            uid: tx.fresh_uid()?,
            kind: new.kind,
            visibility: new.visibility.unwrap_or_else(|| default_visibility(entry, &new.speaker)),
            speaker: new.speaker,
            words: new.words,
            verbatim: new.verbatim,
            said_at: new.said_at,
            standing: StatementStanding::Open,
            cites: new.cites,
            change: new.change,
        };
        check(&statement, entry.visibility)?;
        if statement.kind == StatementKind::Promise {
            let due = new.due.unwrap_or(Due { at: None, by: DueBy::Theirs, reason: String::new() });
            promises.push(promise(tx, entry, &statement, due)?);
        } else if new.due.is_some() {
            return unfit("due", "statement-due-is-for-promises");
        }
        entry.statements.push(statement);
    }
    Ok(promises)
}

/// What they said in a call with them is theirs to read; the rest as the entry it stands in.
fn default_visibility(entry: &Entry, speaker: &Speaker) -> Visibility {
    match speaker {
        Speaker::Theirs { .. } if entry.visibility >= Visibility::Meeting => Visibility::Provider,
        Speaker::Theirs { .. } | Speaker::Ours { .. } => entry.visibility,
    }
}

/// `entry` is the visibility of the entry in which it was said.
fn check(statement: &Statement, entry: Visibility) -> Outcome<()> {
    if statement.words.is_empty() {
        return unfit("words", "statement-says-nothing");
    }
    if statement.visibility == Visibility::Private && entry != Visibility::Private {
        // As for entries: evidence must not depend on one person.
        return unfit("visibility", "entry-private-is-for-notes");
    }
    Ok(())
}

fn promise(tx: &mut Tx<'_>, entry: &Entry, statement: &Statement, due: Due) -> Outcome<Promise> {
    Ok(Promise {
        id: tx.fresh_id()?,
        uid: tx.fresh_uid()?,
        revision: 0,
        incident: entry.incident,
        entry: entry.id,
        statement: statement.id,
        due: due.at,
        due_by: due.by,
        due_reason: due.reason,
        state: PromiseState::Open,
        settled: None,
        settled_by: None,
        moved_to: None,
        struck: None,
    })
}

/// Writes the promises that [`take_in`] found, once their entry is written.
pub(super) fn add_promises<'tx, D: Writes>(
    tx: &mut Tx<'tx>,
    permit: &Permit<'tx, D, Incident>,
    found: Vec<Promise>,
) -> Outcome<()> {
    for promise in found {
        promises::add(tx, permit, "promises::give", &promise)?;
    }
    Ok(())
}
