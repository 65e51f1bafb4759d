//! The term of a clause: the same words in a file, in the database, and in the form's answer.

use std::str::FromStr;

use serde_json::Value;

use super::json::{Json, Keys, Node};
use super::{Problem, ReadError};
use crate::domain::calendar::count::{Ahead, Clock, MOST, Period, Unit};
use crate::domain::term::{
    AvailabilityTerm, ClaimWithin, CreditTerm, DeadlineTerm, Deemed, Hours, Lead, MeasuredPeriod, NoticeTerm, PerBlock, Percent,
    Round, ShareOf, Term, Tier,
};
use crate::domain::text_enum::UnknownWord;

/// The term that a JSON value holds.
///
/// # Errors
/// [`ReadError`] with the path of the first value that cannot be used.
pub fn term(value: &Value) -> Result<Term, ReadError> {
    term_at(Node::root(&Json::from(value)))
}

pub(super) fn term_at(node: Node<'_>) -> Result<Term, ReadError> {
    let kind = node.any_keys()?.required("kind")?;
    match kind.text()? {
        "notice" => notice(&node).map(Term::Notice),
        "response" => deadline(&node).map(Term::Response),
        "restore" => deadline(&node).map(Term::Restore),
        "credit" => credit(&node).map(Term::Credit),
        "availability" => availability(&node).map(Term::Availability),
        "plain" => node.map(&["kind"]).map(|_| Term::Plain),
        word => {
            let known = "notice, response, restore, credit, availability, plain".to_owned();
            Err(kind.error(Problem::UnknownWord { word: word.to_owned(), known }))
        }
    }
}

/// The value of `key` as a word, if it stands there.
fn word<T: FromStr<Err = UnknownWord>>(map: &Keys<'_>, key: &str) -> Result<Option<T>, ReadError> {
    map.get(key).map(|node| node.word()).transpose()
}

fn notice(node: &Node<'_>) -> Result<NoticeTerm, ReadError> {
    let map = node.map(&["kind", "forms", "address", "lead", "deemed", "unless", "any_of"])?;
    if let Some(routes) = map.get("any_of") {
        let own = ["forms", "address", "lead", "deemed", "unless"];
        if let Some(node) = own.iter().find_map(|key| map.get(key)) {
            return Err(node.error(Problem::Contradicts("any_of")));
        }
        let route = |node: Node<'_>| match node.any_keys()?.get("kind") {
            Some(kind) if kind.text()? != "notice" => {
                let (word, known) = (kind.text()?.to_owned(), "notice".to_owned());
                Err(kind.error(Problem::UnknownWord { word, known }))
            }
            _ => notice(&node),
        };
        return Ok(NoticeTerm { any_of: routes.some_items()?.map(route).collect::<Result<_, _>>()?, ..NoticeTerm::default() });
    }
    let forms = match map.get("forms") {
        Some(node) => Some(node.some_items()?.map(|form| form.word()).collect::<Result<_, _>>()?),
        None => None,
    };
    let unless = match map.get("unless") {
        Some(node) => node.items()?.map(|name| name.text().map(str::to_owned)).collect::<Result<_, _>>()?,
        None => Vec::new(),
    };
    Ok(NoticeTerm {
        forms,
        address: word(&map, "address")?.unwrap_or_default(),
        lead: map.get("lead").map(|node| lead(&node)).transpose()?,
        deemed: map.get("deemed").map(|node| deemed(&node)).transpose()?,
        unless,
        any_of: Vec::new(),
    })
}

/// n: how many of a unit.
fn many(node: &Node<'_>, most: u32) -> Result<u32, ReadError> {
    let n = node.whole(1, i64::from(most))?;
    u32::try_from(n).map_err(|_| node.error(Problem::Missing))
}

fn lead(node: &Node<'_>) -> Result<Lead, ReadError> {
    let map = node.map(&["n", "unit", "counted", "rule"])?;
    let unit = map.required("unit")?;
    let ahead = Ahead {
        n: many(&map.required("n")?, MOST)?,
        unit: match unit.word()? {
            Unit::DayOfNextMonth => {
                let known = "minutes, hours, days, weeks, months, business_days".to_owned();
                return Err(unit.error(Problem::UnknownWord { word: Unit::DayOfNextMonth.to_string(), known }));
            }
            unit => unit,
        },
        clear: map.get("rule").map(|node| clear(&node)).transpose()?,
    };
    Ok(Lead { ahead, counted: word(&map, "counted")? })
}

/// Whether whole days must lie between.
fn clear(node: &Node<'_>) -> Result<bool, ReadError> {
    match node.text()? {
        "clear" => Ok(true),
        "not_clear" => Ok(false),
        word => Err(node.error(Problem::UnknownWord { word: word.to_owned(), known: "clear, not_clear".to_owned() })),
    }
}

fn deemed(node: &Node<'_>) -> Result<Deemed, ReadError> {
    let map = node.map(&["n", "unit"])?;
    Ok(Deemed { n: many(&map.required("n")?, MOST)?, unit: map.required("unit")?.word()? })
}

/// The last day of a month that there can be.
const LAST_DAY: u32 = 31;

fn period(map: &Keys<'_>) -> Result<Period, ReadError> {
    let unit = map.required("unit")?.word()?;
    let most = if unit == Unit::DayOfNextMonth { LAST_DAY } else { MOST };
    Ok(Period { n: many(&map.required("n")?, most)?, unit, roll: map.get("roll").map(|node| node.flag()).transpose()? })
}

fn deadline(node: &Node<'_>) -> Result<DeadlineTerm, ReadError> {
    let map = node.map(&["kind", "within", "from", "clock"])?;
    Ok(DeadlineTerm {
        within: period(&map.required("within")?.map(&["n", "unit", "roll"])?)?,
        from: map.required("from")?.word()?,
        clock: word(&map, "clock")?.unwrap_or(Clock::Always),
    })
}

fn credit(node: &Node<'_>) -> Result<CreditTerm, ReadError> {
    let map = node.map(&[
        "kind",
        "from",
        "minimum_hours",
        "block_hours",
        "per_block",
        "round",
        "requires_total",
        "requires_fault",
        "claim_within",
    ])?;
    let claim_within = |node: Node<'_>| {
        let map = node.map(&["n", "unit", "roll", "from"])?;
        Ok(ClaimWithin { period: period(&map)?, from: map.required("from")?.word()? })
    };
    Ok(CreditTerm {
        from: map.required("from")?.word()?,
        minimum: map.get("minimum_hours").map_or(Ok(Hours { seconds: 0 }), |node| hours(&node, true))?,
        block: hours(&map.required("block_hours")?, false)?,
        per_block: per_block(&map.required("per_block")?)?,
        round: word(&map, "round")?.unwrap_or(Round::Down),
        requires_total: map.get("requires_total").map_or(Ok(false), |node| node.flag())?,
        requires_fault: word(&map, "requires_fault")?,
        claim_within: map.get("claim_within").map(claim_within).transpose()?,
    })
}

/// A length in hours, to the second.
fn hours(node: &Node<'_>, may_be_none: bool) -> Result<Hours, ReadError> {
    let number = node.fraction()?;
    let hours = number.as_f64().unwrap_or(f64::NAN);
    let least = if may_be_none { 0.0 } else { 1.0 / 3600.0 };
    if !(least..=f64::from(MOST)).contains(&hours) {
        let from = i64::from(!may_be_none);
        return Err(node.error(Problem::OutOfRange { number, from, to: i64::from(MOST) }));
    }
    #[expect(clippy::cast_possible_truncation, reason = "at most 36 million")]
    Ok(Hours { seconds: (hours * 3600.0).round() as i64 })
}

fn per_block(node: &Node<'_>) -> Result<PerBlock, ReadError> {
    let map = node.map(&["of", "divided_by", "fixed"])?;
    if let Some(fixed) = map.get("fixed") {
        if let Some(other) = map.get("of").or_else(|| map.get("divided_by")) {
            return Err(other.error(Problem::Contradicts("fixed")));
        }
        return Ok(PerBlock::Fixed { fixed: fixed.whole(0, 1_000_000_000_000)? });
    }
    let of: ShareOf = map.required("of")?.word()?;
    Ok(PerBlock::Share { of, divided_by: many(&map.required("divided_by")?, MOST)? })
}

fn availability(node: &Node<'_>) -> Result<AvailabilityTerm, ReadError> {
    let map = node.map(&["kind", "period", "target_percent", "tiers", "minimum_minutes"])?;
    let tier = |node: Node<'_>| {
        let map = node.map(&["below", "credit_percent"])?;
        Ok(Tier { below: percent(&map.required("below")?)?, credit_percent: percent(&map.required("credit_percent")?)? })
    };
    let tiers = match map.get("tiers") {
        Some(node) => node.items()?.map(tier).collect::<Result<_, _>>()?,
        None => Vec::new(),
    };
    let minimum = map.get("minimum_minutes").map_or(Ok(0), |node| node.whole(0, i64::from(MOST)))?;
    Ok(AvailabilityTerm {
        period: word(&map, "period")?.unwrap_or(MeasuredPeriod::Month),
        target_percent: percent(&map.required("target_percent")?)?,
        tiers,
        minimum_minutes: u32::try_from(minimum).unwrap_or(MOST),
    })
}

/// A part of a hundred, exactly as it is written: a double's own text is the shortest that is the same number.
fn percent(node: &Node<'_>) -> Result<Percent, ReadError> {
    let number = node.fraction()?;
    let value = number.as_f64().unwrap_or(f64::NAN);
    if !(0.0..=100.0).contains(&value) {
        return Err(node.error(Problem::OutOfRange { number, from: 0, to: 100 }));
    }
    let text = format!("{value:.9}");
    let digits: String = text.chars().filter(char::is_ascii_digit).collect();
    digits.parse().map(|billionths| Percent { billionths }).map_err(|_| node.error(Problem::NotWhole(number)))
}
