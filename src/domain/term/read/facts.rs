//! The facts of a case: those that its terms ask for, and no others.

use super::json::{Keys, Node};
use super::{Problem, ReadError, time};
use crate::domain::locale::Zone;
use crate::domain::term::Term;
use crate::domain::term::facts::{Facts, Looked, NoticeFact, Outage};

const NOTICE: &[&str] = &["effective", "notices", "none_received", "exceptions"];
const TIMES: &[&str] = &["started", "reported", "provider_knew", "responded", "restored", "open"];
const CREDIT: &[&str] = &["total", "fault", "monthly_fee", "claimed_on"];
const AVAILABILITY: &[&str] = &["month", "downtime", "excluded"];

/// What the facts of these terms may be.
fn known(terms: &[&Term]) -> Vec<&'static str> {
    let mut known = Vec::new();
    for term in terms {
        let keys: &[&[&str]] = match term {
            Term::Notice(_) => &[NOTICE],
            Term::Response(_) | Term::Restore(_) => &[TIMES],
            Term::Credit(_) => &[TIMES, CREDIT],
            Term::Availability(_) => &[AVAILABILITY],
            // What cannot be computed asks for nothing, and may stand beside anything.
            Term::Plain => &[NOTICE, TIMES, CREDIT, AVAILABILITY],
        };
        known.extend(keys.iter().flat_map(|keys| keys.iter().copied()));
    }
    known.dedup();
    known
}

pub(super) fn facts(node: Node<'_>, terms: &[&Term], zone: Zone) -> Result<Facts, ReadError> {
    let map = node.map(&known(terms))?;
    let fact = |key: &str| map.get(key).map(|node| time::fact(node, zone)).transpose();
    let measured = terms.iter().any(|term| matches!(term, Term::Availability(_)));
    if measured {
        map.required("downtime")?.is_there()?;
        map.required("month")?.is_there()?;
    }
    let outages = |key: &str| match map.get(key) {
        Some(node) => node.items()?.map(|node| time::outage(&node, zone)).collect::<Result<Vec<Outage>, ReadError>>(),
        None => Ok(Vec::new()),
    };
    let facts = Facts {
        effective: fact("effective")?,
        notices: notices(&map, zone)?,
        none_received: map.get("none_received").map_or(Ok(Looked::Nowhere), |node| looked(&node))?,
        exceptions: exceptions(&map)?,
        started: fact("started")?,
        reported: fact("reported")?,
        provider_knew: fact("provider_knew")?,
        responded: fact("responded")?,
        perhaps_responded: None,
        restored: fact("restored")?,
        open: map.get("open").map_or(Ok(false), |node| node.flag())?,
        total: map.get("total").map(|node| node.flag()).transpose()?,
        fault: map.get("fault").map(|node| node.word()).transpose()?,
        monthly_fee: map.get("monthly_fee").map(|node| node.whole(0, FEE)).transpose()?,
        claimed_on: fact("claimed_on")?,
        month: map.get("month").map(|node| time::month(&node)).transpose()?,
        downtime: outages("downtime")?,
        excluded: outages("excluded")?,
    };
    contradictions(&map, &facts, terms)?;
    Ok(facts)
}

/// The highest fee that is believed, in the smallest unit of its currency.
const FEE: i64 = 1_000_000_000_000;

/// It cannot be both established that it has not happened, and known when it did.
fn contradictions(map: &Keys<'_>, facts: &Facts, terms: &[&Term]) -> Result<(), ReadError> {
    let awaits_response = terms.iter().any(|term| matches!(term, Term::Response(_)));
    let awaits_restoration = terms.iter().any(|term| matches!(term, Term::Restore(_) | Term::Credit(_)));
    let happened = match facts {
        Facts { responded: Some(_), .. } if awaits_response => "facts.responded",
        Facts { restored: Some(_), .. } if awaits_restoration => "facts.restored",
        _ => return Ok(()),
    };
    if facts.open { Err(map.required("open")?.error(Problem::Contradicts(happened))) } else { Ok(()) }
}

fn notices(map: &Keys<'_>, zone: Zone) -> Result<Vec<NoticeFact>, ReadError> {
    let Some(list) = map.get("notices") else { return Ok(Vec::new()) };
    let notice = |node: Node<'_>| {
        let map = node.map(&["form", "standing", "sent", "received", "to_registered"])?;
        let standing = map.required("standing")?.word()?;
        let fact = |key: &str| map.get(key).map(|node| time::fact_of(node, zone, standing)).transpose();
        Ok(NoticeFact {
            form: map.required("form")?.word()?,
            standing,
            sent: fact("sent")?,
            received: fact("received")?,
            to_registered: map.get("to_registered").map(|node| node.flag()).transpose()?,
        })
    };
    list.items()?.map(notice).collect()
}

fn looked(node: &Node<'_>) -> Result<Looked, ReadError> {
    if node.is_list() {
        return Ok(Looked::For(node.items()?.map(|form| form.word()).collect::<Result<_, _>>()?));
    }
    Ok(if node.flag()? { Looked::Everywhere } else { Looked::Nowhere })
}

fn exceptions(map: &Keys<'_>) -> Result<std::collections::BTreeMap<String, crate::domain::term::facts::Exception>, ReadError> {
    let Some(node) = map.get("exceptions") else { return Ok(std::collections::BTreeMap::new()) };
    node.any_keys()?.each().map(|(name, stands)| Ok((name.to_owned(), stands.word()?))).collect()
}
