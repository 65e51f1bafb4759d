//! Decisions: what was decided on an item of the agenda, and who of us does what by when.

use crate::domain::entry::{Entry, EntryKind};
use crate::domain::id::{Id, Uid};
use crate::domain::incident::Incident;
use crate::domain::moment::Moment;
use crate::domain::person::Person;
use crate::domain::statement::{DueBy, Speaker, StatementKind};
use crate::domain::visibility::Visibility;
use crate::store::permit::{Permit, Writes};
use crate::store::{Tx, entries};

use super::entries::{NewEntry, put};
use super::statements::{Due, NewStatement};
use super::{Outcome, unfit};

/// A decision.
#[derive(Clone, Debug)]
pub struct NewDecision {
    /// When it was made.
    pub occurred: Moment,
    /// The item of the agenda that it settles; none where nothing on the agenda asked for it.
    pub agenda: Option<Uid>,
    /// What was decided, in a line.
    pub title: String,
    /// The rest.
    pub body: String,
    /// Who may read it.
    pub visibility: Option<Visibility>,
    /// What one of us does next.
    pub steps: Vec<NextStep>,
}

/// What one of us does next.
#[derive(Clone, Debug)]
pub struct NextStep {
    /// What.
    pub words: String,
    /// Who.
    pub owner: Id<Person>,
    /// By when.
    pub due: Option<Moment>,
}

/// Records a decision, and each next step as something that its owner has taken on.
///
/// # Errors
/// [`super::Refused`].
pub fn record<'tx, D: Writes>(tx: &mut Tx<'tx>, permit: Permit<'tx, D, Incident>, new: NewDecision) -> Outcome<Entry> {
    let settles = match new.agenda {
        None => None,
        Some(uid) => {
            let item = entries::get(tx, &permit, uid)?;
            if item.kind != EntryKind::Agenda || item.struck.is_some() {
                return unfit("agenda", "entry-settles-nothing");
            }
            Some(item.id)
        }
    };
    let step = |step: NextStep| NewStatement {
        due: Some(Due { at: step.due, by: DueBy::Ours, reason: String::new() }),
        ..NewStatement::new(StatementKind::Promise, Speaker::Ours { person: Some(step.owner) }, step.words, false)
    };
    let entry = NewEntry {
        title: new.title,
        body: new.body,
        visibility: new.visibility,
        settles,
        statements: new.steps.into_iter().map(step).collect(),
        ..NewEntry::new(EntryKind::Decision, new.occurred)
    };
    put(tx, permit, "decisions::record", entry)
}
