//! Calls, and attempts at them.

use crate::domain::call::Call;
use crate::domain::entry::{Entry, EntryKind};
use crate::domain::id::Id;
use crate::domain::incident::{Incident, IncidentTime, Which};
use crate::domain::locale::Zone;
use crate::domain::moment::Moment;
use crate::domain::party::Provider;
use crate::domain::visibility::Visibility;
use crate::store::permit::{Permit, Writes};
use crate::store::{Tx, incidents};

use super::Outcome;
use super::entries::{self, NewEntry};
use super::statements::NewStatement;

/// A call as it is put on record.
#[derive(Clone, Debug)]
pub struct NewCall {
    /// The call itself.
    pub call: Call,
    /// The zone in which its times were told.
    pub zone: Zone,
    /// How it is remembered when it began, if not to the minute ("about 10:20").
    pub occurred: Option<Moment>,
    /// The company at the other end; none among ourselves.
    pub provider: Option<Id<Provider>>,
    /// A line that says what it was about.
    pub title: String,
    /// What else there is to know.
    pub body: String,
    /// Who may read it; none: as for its kind.
    pub visibility: Option<Visibility>,
    /// What was said in it.
    pub statements: Vec<NewStatement>,
    /// Whether the provider learned of the matter in this call: its time becomes the incident's *reported*, if none is known.
    pub reports: bool,
}

/// Logs a call.
///
/// # Errors
/// [`super::Refused`].
pub fn log<'tx, D: Writes>(tx: &mut Tx<'tx>, permit: Permit<'tx, D, Incident>, new: NewCall) -> Outcome<Entry> {
    let kind = if new.call.failed() { EntryKind::FailedAttempt } else { EntryKind::Call };
    let answered = new.call.answered.map(|at| Moment::exact(at, new.zone));
    let occurred = new.occurred.unwrap_or_else(|| Moment::exact(new.call.dialled, new.zone));
    let entry = NewEntry {
        provider: new.provider,
        title: new.title,
        body: new.body,
        visibility: new.visibility,
        call: Some(new.call),
        statements: new.statements,
        ..NewEntry::new(kind, occurred)
    };
    let entry = entries::put(tx, permit, "calls::log", entry)?;
    if let Some(at) = answered.filter(|_| new.reports) {
        report(tx, permit, at)?;
    }
    Ok(entry)
}

/// The earliest moment at which we can prove that the provider knew: an earlier one on record stays.
fn report<'tx, D: Writes>(tx: &mut Tx<'tx>, permit: Permit<'tx, D, Incident>, at: Moment) -> Outcome<()> {
    let mut incident = incidents::get(tx, &permit)?;
    if incident.time(Which::Reported).is_some() {
        return Ok(());
    }
    incident.times.push(IncidentTime { which: Which::Reported, at, by: None });
    incident.revision += 1;
    incidents::change(tx, &permit, "incidents::report", &incident)?;
    Ok(())
}
