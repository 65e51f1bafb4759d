//! An incident's rows.

use diesel::prelude::*;

use crate::domain::contract::Contract;
use crate::domain::cost::CostBasis;
use crate::domain::id::Id;
use crate::domain::incident::{Incident, IncidentKind, IncidentNumber, IncidentTime, Party, PartyRole, Severity, Which};
use crate::domain::party::Provider;
use crate::domain::person::Person;
use crate::domain::term::facts::Fault;
use crate::domain::visibility::Visibility;
use crate::store::dialect::AnyConnection;
use crate::store::rows::{Parts, Pick, broken, moment, numbered, parts, row, save, save_parts, wholes};
use crate::store::schema::{incident_contracts, incident_parties, incident_people, incident_times, incidents};
use crate::store::types::{Micros, YesNo, ZoneName};
use crate::store::{Result, Tx};

row! {
    /// A row of `incidents`.
    Row in incidents {
        id: Id<Incident>,
        year: i64,
        count: i64,
        revision: i64,
        kind: IncidentKind,
        title: String,
        title_outward: String,
        provider_id: Id<Provider>,
        severity: Severity,
        what: String,
        affected: String,
        cause: String,
        total: Option<YesNo>,
        fault: Option<Fault>,
        cost_people: Option<i64>,
        cost_percent: Option<i64>,
        cost_rate: Option<i64>,
        cost_currency: Option<String>,
        cost_working: Option<i64>,
        cost_own: Option<i64>,
        cost_visibility: Option<Visibility>,
    }
}

row! {
    /// A row of `incident_times`.
    TimeRow in incident_times of incident_id {
        incident_id: Id<Incident>,
        position: i64,
        which: Which,
        at_from: Micros,
        at_to: Micros,
        at_words: Option<String>,
        at_zone: ZoneName,
        by_id: Option<Id<Provider>>,
    }
}

row! {
    /// A row of `incident_parties`.
    PartyRow in incident_parties of incident_id {
        incident_id: Id<Incident>,
        position: i64,
        provider_id: Id<Provider>,
        role: PartyRole,
        sign: String,
    }
}

row! {
    /// A row of `incident_contracts`.
    ContractRow in incident_contracts of incident_id {
        incident_id: Id<Incident>,
        position: i64,
        contract_id: Id<Contract>,
    }
}

row! {
    /// A row of `incident_people`.
    PersonRow in incident_people of incident_id {
        incident_id: Id<Incident>,
        position: i64,
        person_id: Id<Person>,
    }
}

impl From<&Incident> for Row {
    fn from(incident: &Incident) -> Self {
        let Incident {
            id,
            number: IncidentNumber { year, count },
            revision,
            kind,
            title,
            title_outward,
            provider,
            severity,
            what,
            affected,
            cause,
            total,
            fault,
            times: _,
            parties: _,
            contracts: _,
            restricted_to: _,
            cost,
        } = incident.clone();
        let (year, provider_id) = (i64::from(year), provider);
        let total = total.map(YesNo);
        Self {
            id,
            year,
            count,
            revision,
            kind,
            title,
            title_outward,
            provider_id,
            severity,
            what,
            affected,
            cause,
            total,
            fault,
            cost_people: cost.as_ref().map(|cost| cost.people),
            cost_percent: cost.as_ref().map(|cost| cost.percent),
            cost_rate: cost.as_ref().map(|cost| cost.rate),
            cost_currency: cost.as_ref().map(|cost| cost.currency.clone()),
            cost_working: cost.as_ref().and_then(|cost| cost.working),
            cost_own: cost.as_ref().map(|cost| cost.own),
            cost_visibility: cost.as_ref().map(|cost| cost.visibility),
        }
    }
}

/// Writes an incident's rows: its own, and its parts in the place of those that were there.
pub(super) fn save(tx: &mut Tx<'_>, incident: &Incident) -> Result<()> {
    let incident_id = incident.id;
    save!(tx, Row::from(incident) => incidents);
    let times = numbered(&incident.times).map(|(position, time)| {
        let IncidentTime { which, at, by: by_id } = time.clone();
        let (at_from, at_to, at_zone) = (Micros(at.from), Micros(at.to), ZoneName(at.zone));
        TimeRow { incident_id, position, which, at_from, at_to, at_words: at.words, at_zone, by_id }
    });
    save_parts!(tx, times => incident_times.incident_id = incident_id);
    let parties = numbered(&incident.parties).map(|(position, party)| {
        let Party { provider: provider_id, role, sign } = party.clone();
        PartyRow { incident_id, position, provider_id, role, sign }
    });
    save_parts!(tx, parties => incident_parties.incident_id = incident_id);
    let contracts = numbered(&incident.contracts);
    let contracts = contracts.map(|(position, contract)| ContractRow { incident_id, position, contract_id: *contract });
    save_parts!(tx, contracts => incident_contracts.incident_id = incident_id);
    let people = numbered(&incident.restricted_to);
    let people = people.map(|(position, person)| PersonRow { incident_id, position, person_id: *person });
    save_parts!(tx, people => incident_people.incident_id = incident_id);
    Ok(())
}

impl From<TimeRow> for IncidentTime {
    fn from(row: TimeRow) -> Self {
        let TimeRow { incident_id: _, position: _, which, at_from, at_to, at_words, at_zone, by_id } = row;
        Self { which, at: moment(at_from, at_to, at_words, at_zone), by: by_id }
    }
}

/// The parts of all incidents that are loaded together.
struct Loaded {
    times: Parts<TimeRow>,
    parties: Parts<PartyRow>,
    contracts: Parts<ContractRow>,
    people: Parts<PersonRow>,
}

/// Loads incidents; those that are not there are left out.
///
/// # Errors
/// Whatever cannot be read as what we write.
pub(in crate::store) fn load(conn: &mut AnyConnection, pick: Pick<'_>) -> Result<Vec<Incident>> {
    let rows = wholes!(conn, pick, Row: incidents by provider_id);
    let mut loaded = Loaded {
        times: parts!(conn, pick, TimeRow: incident_times.incident_id of incidents by provider_id),
        parties: parts!(conn, pick, PartyRow: incident_parties.incident_id of incidents by provider_id),
        contracts: parts!(conn, pick, ContractRow: incident_contracts.incident_id of incidents by provider_id),
        people: parts!(conn, pick, PersonRow: incident_people.incident_id of incidents by provider_id),
    };
    rows.into_iter().map(|row| assemble(row, &mut loaded)).collect()
}

/// The basis of the cost: whole, or not there.
fn cost(row: &Row) -> Result<Option<CostBasis>> {
    let incomplete = || broken("incidents", row.id.raw(), "the basis of its cost is not whole");
    let all = (row.cost_people, row.cost_percent, row.cost_rate, row.cost_currency.clone(), row.cost_own, row.cost_visibility);
    match all {
        (Some(people), Some(percent), Some(rate), Some(currency), Some(own), Some(visibility)) => {
            Ok(Some(CostBasis { people, percent, rate, currency, working: row.cost_working, own, visibility }))
        }
        (None, None, None, None, None, None) if row.cost_working.is_none() => Ok(None),
        _ => Err(incomplete()),
    }
}

fn assemble(row: Row, loaded: &mut Loaded) -> Result<Incident> {
    let cost = cost(&row)?;
    let Row { id, year, count, revision, kind, title, title_outward, provider_id, severity, .. } = row;
    let Row { what, affected, cause, total, fault, .. } = row;
    let year = i32::try_from(year).map_err(|_| broken("incidents", id.raw(), "its year is none"))?;
    let party = |PartyRow { incident_id: _, position: _, provider_id, role, sign }| Party { provider: provider_id, role, sign };
    let key = id.raw();
    Ok(Incident {
        id,
        number: IncidentNumber { year, count },
        revision,
        kind,
        title,
        title_outward,
        provider: provider_id,
        severity,
        what,
        affected,
        cause,
        total: total.map(|total| total.0),
        fault,
        times: loaded.times.take(key).into_iter().map(IncidentTime::from).collect(),
        parties: loaded.parties.take(key).into_iter().map(party).collect(),
        contracts: loaded.contracts.take(key).into_iter().map(|row| row.contract_id).collect(),
        restricted_to: loaded.people.take(key).into_iter().map(|row| row.person_id).collect(),
        cost,
    })
}
