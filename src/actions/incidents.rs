//! Incidents: opened, described, timed, closed and reopened.

use chrono::Datelike;

use crate::domain::contract::Contract;
use crate::domain::cost::CostBasis;
use crate::domain::id::Id;
use crate::domain::incident::{Incident, IncidentKind, IncidentTime, Party, PartyRole, Severity, Which};
use crate::domain::moment::Moment;
use crate::domain::party::Provider;
use crate::domain::person::{House, Person};
use crate::domain::term::facts::Fault;
use crate::store::permit::{Edit, Manage, Permit, Writes};
use crate::store::{Tx, house, incidents};

use super::{Outcome, next_revision, unfit};

/// What an incident is, as it is opened or as it shall stand.
#[derive(Clone, Debug)]
pub struct IncidentInput {
    /// What kind of matter.
    pub kind: IncidentKind,
    /// What is wrong, in one line.
    pub title: String,
    /// The same for the provider's eyes; empty: the title itself.
    pub title_outward: String,
    /// The company answerable for it.
    pub provider: Id<Provider>,
    /// How grave.
    pub severity: Severity,
    /// What does not work, and what does.
    pub what: String,
    /// Whom it hurts.
    pub affected: String,
    /// The cause, as far as known.
    pub cause: String,
    /// Whether it was wholly unusable, or to an equal degree.
    pub total: Option<bool>,
    /// Whose fault it was.
    pub fault: Option<Fault>,
    /// The other companies that play a part, and the answerable one's sign if it has one.
    pub parties: Vec<Party>,
    /// The contracts it touches.
    pub contracts: Vec<Id<Contract>>,
}

impl IncidentInput {
    fn write(self, incident: &mut Incident) -> Outcome<()> {
        if self.title.is_empty() {
            return unfit("title", "incident-needs-title");
        }
        incident.kind = self.kind;
        incident.title = self.title;
        incident.title_outward = self.title_outward;
        incident.provider = self.provider;
        incident.severity = self.severity;
        incident.what = self.what;
        incident.affected = self.affected;
        incident.cause = self.cause;
        incident.total = self.total;
        incident.fault = self.fault;
        incident.parties = parties(self.provider, self.parties);
        incident.contracts = self.contracts;
        Ok(())
    }
}

/// Exactly one company is answerable: it stands first, whatever part the list gave it; no company stands twice.
fn parties(answerable: Id<Provider>, listed: Vec<Party>) -> Vec<Party> {
    let sign = listed.iter().find(|party| party.provider == answerable).map(|party| party.sign.clone());
    let mut all = vec![Party { provider: answerable, role: PartyRole::Provider, sign: sign.unwrap_or_default() }];
    for mut party in listed {
        if all.iter().any(|known| known.provider == party.provider) {
            continue;
        }
        if party.role == PartyRole::Provider {
            party.role = PartyRole::Contractor;
        }
        all.push(party);
    }
    all
}

/// Opens an incident; its number comes from the year it is opened in, in the house's zone.
///
/// # Errors
/// [`super::Refused`].
pub fn open<'tx, D: Writes>(
    tx: &mut Tx<'tx>,
    permit: Permit<'tx, D, House>,
    new: IncidentInput,
    times: Vec<IncidentTime>,
) -> Outcome<(Incident, Permit<'tx, Edit, Incident>)> {
    let zone = house::get(tx, &permit)?.zone;
    let year = tx.now().with_timezone(&zone).year();
    let mut incident = Incident {
        id: tx.fresh_id()?,
        number: incidents::next_number(tx, year)?,
        revision: 0,
        kind: new.kind,
        title: String::new(),
        title_outward: String::new(),
        provider: new.provider,
        severity: new.severity,
        what: String::new(),
        affected: String::new(),
        cause: String::new(),
        total: None,
        fault: None,
        times,
        parties: Vec::new(),
        contracts: Vec::new(),
        restricted_to: Vec::new(),
        cost: None,
    };
    new.write(&mut incident)?;
    check_times(&incident)?;
    let opened = incidents::open(tx, &permit, "incidents::open", &incident)?;
    Ok((incident, opened))
}

/// Changes what an incident is.
///
/// # Errors
/// [`super::Refused::Stale`] where `seen` is not the revision that stands.
pub fn describe<'tx, D: Writes>(
    tx: &mut Tx<'tx>,
    permit: Permit<'tx, D, Incident>,
    seen: i64,
    new: IncidentInput,
) -> Outcome<Incident> {
    let mut incident = incidents::get(tx, &permit)?;
    incident.revision = next_revision(seen, incident.revision)?;
    new.write(&mut incident)?;
    incidents::change(tx, &permit, "incidents::describe", &incident)?;
    Ok(incident)
}

/// Sets the times of an incident, all six together: what is not given is not known. Closing is [`close`].
///
/// # Errors
/// [`super::Refused::Stale`] where `seen` is not the revision that stands.
pub fn set_times<'tx, D: Writes>(
    tx: &mut Tx<'tx>,
    permit: Permit<'tx, D, Incident>,
    seen: i64,
    times: Vec<IncidentTime>,
) -> Outcome<Incident> {
    let mut incident = incidents::get(tx, &permit)?;
    incident.revision = next_revision(seen, incident.revision)?;
    incident.times = times;
    check_times(&incident)?;
    incidents::change(tx, &permit, "incidents::set_times", &incident)?;
    Ok(incident)
}

/// Closes an incident.
///
/// # Errors
/// [`super::Refused::Stale`] where `seen` is not the revision that stands.
pub fn close<'tx, D: Writes>(tx: &mut Tx<'tx>, permit: Permit<'tx, D, Incident>, seen: i64, at: Moment) -> Outcome<Incident> {
    let mut incident = incidents::get(tx, &permit)?;
    incident.revision = next_revision(seen, incident.revision)?;
    if incident.time(Which::Closed).is_some() {
        return unfit("at", "incident-closed-already");
    }
    incident.times.push(IncidentTime { which: Which::Closed, at, by: None });
    check_times(&incident)?;
    incidents::change(tx, &permit, "incidents::close", &incident)?;
    Ok(incident)
}

/// Reopens a closed incident; that it was closed stays in its history.
///
/// # Errors
/// [`super::Refused::Stale`] where `seen` is not the revision that stands.
pub fn reopen<'tx, D: Writes>(tx: &mut Tx<'tx>, permit: Permit<'tx, D, Incident>, seen: i64) -> Outcome<Incident> {
    let mut incident = incidents::get(tx, &permit)?;
    incident.revision = next_revision(seen, incident.revision)?;
    if incident.time(Which::Closed).is_none() {
        return unfit("at", "incident-not-closed");
    }
    incident.times.retain(|time| time.which != Which::Closed);
    incidents::change(tx, &permit, "incidents::reopen", &incident)?;
    Ok(incident)
}

/// Says what the cost of an incident is reckoned from; none: it is not.
///
/// # Errors
/// [`super::Refused::Stale`] where `seen` is not the revision that stands; [`super::Refused::Unfit`] where a figure cannot be.
pub fn reckon<'tx, D: Writes>(
    tx: &mut Tx<'tx>,
    permit: Permit<'tx, D, Incident>,
    seen: i64,
    cost: Option<CostBasis>,
) -> Outcome<Incident> {
    if let Some(cost) = &cost {
        let figures = [("people", cost.people), ("rate", cost.rate), ("working", cost.working.unwrap_or(0)), ("own", cost.own)];
        for (field, figure) in figures {
            if !(0..=CostBasis::MOST).contains(&figure) {
                return unfit(field, "cost-out-of-range");
            }
        }
        if !(0..=100).contains(&cost.percent) {
            return unfit("percent", "cost-percent-out-of-range");
        }
        if cost.currency.len() != 3 || !cost.currency.bytes().all(|byte| byte.is_ascii_uppercase()) {
            return unfit("currency", "cost-currency");
        }
    }
    let mut incident = incidents::get(tx, &permit)?;
    incident.revision = next_revision(seen, incident.revision)?;
    incident.cost = cost;
    incidents::change(tx, &permit, "incidents::reckon", &incident)?;
    Ok(incident)
}

/// Says who of us may know of an incident; nobody named: everybody.
///
/// # Errors
/// [`super::Refused::Stale`] where `seen` is not the revision that stands.
pub fn restrict<'tx>(
    tx: &mut Tx<'tx>,
    permit: Permit<'tx, Manage, Incident>,
    seen: i64,
    people: Vec<Id<Person>>,
) -> Outcome<Incident> {
    let mut incident = incidents::get(tx, &permit)?;
    incident.revision = next_revision(seen, incident.revision)?;
    incident.restricted_to = people;
    incidents::change(tx, &permit, "incidents::restrict", &incident)?;
    Ok(incident)
}

/// No time is derived from another; but what surely ended before it began was mistyped.
fn check_times(incident: &Incident) -> Outcome<()> {
    let Some(started) = incident.time(Which::Started) else { return Ok(()) };
    for (which, key) in [
        (Which::Mitigated, "times-mitigated-before-started"),
        (Which::Restored, "times-restored-before-started"),
        (Which::Closed, "times-closed-before-started"),
    ] {
        if incident.time(which).is_some_and(|time| time.at.surely_before(&started.at)) {
            return unfit(which.as_str(), key);
        }
    }
    Ok(())
}
