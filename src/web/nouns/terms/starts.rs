//! Starting points: what contracts here really say.

use serde_json::{Value, json};

use crate::domain::term::Term;
use crate::domain::term::read;
use crate::render::words::Words;

/// The starting points, by name; what each says is `term-start-…` of the catalogue.
const STARTS: &[&str] = &[
    "in-writing",
    "in-writing-ahead",
    "on-website",
    "deemed",
    "either-way",
    "whole-days",
    "monthly",
    "respond",
    "restore",
    "target",
];

pub fn links(words: Words) -> Vec<(String, String)> {
    let link = |start: &&str| (format!("start={start}"), words.get(&format!("term-start-{start}")));
    STARTS.iter().map(link).collect()
}

/// The term of a starting point.
pub fn term(start: &str) -> Option<Term> {
    read::term(&written(start)?).ok()
}

fn written(start: &str) -> Option<Value> {
    Some(match start {
        "in-writing" => json!({"kind": "notice", "forms": ["letter", "registered_letter"], "address": "registered"}),
        "in-writing-ahead" => json!({"kind": "notice", "forms": ["letter", "registered_letter"], "address": "registered",
            "lead": {"n": 30, "unit": "days", "counted": "arrival"}}),
        "on-website" => json!({"kind": "notice", "forms": ["website"], "lead": {"n": 30, "unit": "days", "counted": "dispatch"}}),
        "deemed" => json!({"kind": "notice", "forms": ["letter", "registered_letter", "email"],
            "lead": {"n": 30, "unit": "days"}, "deemed": {"n": 3, "unit": "days"}}),
        "either-way" => json!({"kind": "notice", "any_of": [
            {"forms": ["letter", "registered_letter"], "lead": {"n": 30, "unit": "days"}},
            {"forms": ["website"], "lead": {"n": 60, "unit": "days", "counted": "dispatch"}}]}),
        "whole-days" => json!({"kind": "credit", "from": "provider_knew", "minimum_hours": 24, "block_hours": 24,
            "per_block": {"of": "monthly_fee", "divided_by": 30}, "requires_total": true, "requires_fault": "provider",
            "claim_within": {"n": 3, "unit": "months", "from": "claimable"}}),
        "monthly" => json!({"kind": "availability", "target_percent": 99.9, "minimum_minutes": 10,
            "tiers": [{"below": 99.9, "credit_percent": 10}, {"below": 99, "credit_percent": 25}]}),
        "respond" => json!({"kind": "response", "from": "reported", "clock": "business", "within": {"n": 4, "unit": "hours"}}),
        "restore" => json!({"kind": "restore", "from": "reported", "within": {"n": 24, "unit": "hours"}}),
        "target" => json!({"kind": "plain"}),
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_starting_point_is_a_term() {
        for start in STARTS {
            assert!(term(start).is_some(), "{start}");
        }
    }
}
