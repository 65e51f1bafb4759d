//! The instant at which a result changes.

use serde_json::Value;

use super::{case, outcome};
use crate::domain::term::reason::Lack;

fn result(json: &str) -> String {
    outcome(&case(json))["result"].as_str().expect("a result").to_owned()
}

fn rules(json: &str) -> Value {
    outcome(&case(json))["rules"].clone()
}

#[test]
fn a_month_is_over_at_its_end_and_not_before() {
    let at = |now: &str| {
        result(&format!(
            r#"{{"term": {{"kind": "availability", "target_percent": 99}}, "facts": {{"month": "2006-11", "downtime": []}}, "now": "{now}"}}"#
        ))
    };
    assert_eq!(at("2006-11-30T23:59:59.999999"), "cannot_determine");
    assert_eq!(at("2006-12-01T00:00"), "met");
}

#[test]
fn an_availability_says_whose_word_would_settle_it() {
    let json = |facts: &str| {
        format!(
            r#"{{"term": {{"kind": "availability", "target_percent": 99.9}}, "now": "2006-12-02",
                "facts": {{"month": "2006-11", {facts}}}}}"#
        )
    };
    let lacks = |facts: &str| {
        let verdict = case(&json(facts)).verdict();
        let reasons: Vec<_> =
            verdict.reasons().flat_map(|(_, reason)| reason.missing.iter().map(|missing| missing.what)).collect();
        reasons
    };
    let down = |standing: &str| format!(r#"{{"from": "2006-11-10T10:00", "to": "2006-11-10T12:00", "standing": "{standing}"}}"#);
    assert_eq!(lacks(&format!(r#""downtime": [{}]"#, down("ours"))), [Lack::OurProof]);
    let excused = format!(r#""downtime": [{}], "excluded": [{}]"#, down("established"), down("theirs"));
    assert_eq!(lacks(&excused), [Lack::TheirProof]);
    let rough = r#""downtime": [{"from": {"from": "2006-11-10T10:00", "to": "2006-11-10T10:10"}, "to": "2006-11-10T10:48"}]"#;
    assert_eq!(lacks(rough), [Lack::ExactTime]);
    let admitted = format!(r#""downtime": [{}]"#, down("theirs"));
    assert_eq!(result(&json(&admitted)), "breached", "what they admit counts");
}

#[test]
fn until_the_change_works_a_notice_may_still_come() {
    let at = |now: &str| {
        rules(&format!(
            r#"{{"term": {{"kind": "notice", "forms": ["letter"], "lead": {{"n": 1, "unit": "days", "rule": "not_clear"}}}},
                "facts": {{"effective": "2006-12-01T10:00", "none_received": true}}, "now": "{now}"}}"#
        ))
    };
    assert_eq!(at("2006-12-01T10:00")["given"], "cannot_determine");
    assert_eq!(at("2006-12-01T10:00:00.000001")["given"], "breached");
    assert_eq!(at("2006-11-30T23:59:59.999999")["lead"], "cannot_determine");
    assert_eq!(at("2006-12-01T00:00")["lead"], "breached");
}

#[test]
fn what_arrives_with_the_change_came_in_time_where_the_clause_does_not_say_when() {
    let arrived = |at: &str| {
        result(&format!(
            r#"{{"term": {{"kind": "notice"}}, "now": "2006-12-24", "facts": {{"effective": "2006-12-01T10:00",
                "notices": [{{"form": "letter", "standing": "established", "received": "{at}"}}]}}}}"#
        ))
    };
    assert_eq!(arrived("2006-12-01T10:00"), "met");
    assert_eq!(arrived("2006-12-01T10:00:00.000001"), "cannot_determine");
}

#[test]
fn the_deadline_itself_is_in_time_and_the_next_instant_is_not() {
    let json = |facts: &str, now: &str| {
        format!(
            r#"{{"term": {{"kind": "restore", "from": "reported", "within": {{"n": 4, "unit": "hours"}}}},
                "facts": {{"reported": "2006-11-22T10:00", {facts}}}, "now": "{now}"}}"#
        )
    };
    let restored = |at: &str| result(&json(&format!(r#""restored": "{at}""#), "2006-11-24"));
    assert_eq!(restored("2006-11-22T14:00"), "met");
    assert_eq!(restored("2006-11-22T14:00:00.000001"), "breached");
    let from = |at: &str| result(&json(&format!(r#""restored": {{"from": "{at}", "to": "2006-11-22T15:00"}}"#), "2006-11-24"));
    assert_eq!(from("2006-11-22T14:00"), "cannot_determine", "it may have been at the deadline itself");
    assert_eq!(from("2006-11-22T14:00:00.000001"), "breached");
    let open = |now: &str| result(&json(r#""open": true"#, now));
    assert_eq!(open("2006-11-22T14:00"), "cannot_determine");
    assert_eq!(open("2006-11-22T14:00:00.000001"), "breached");
}

#[test]
fn a_lead_counts_the_last_instant_of_its_last_day() {
    let arrived = |at: &str| {
        rules(&format!(
            r#"{{"term": {{"kind": "notice", "lead": {{"n": 30, "unit": "days", "rule": "clear"}}}}, "now": "2006-12-24",
                "facts": {{"effective": "2006-12-01", "notices": [{{"form": "letter", "standing": "established", "received": "{at}"}}]}}}}"#
        ))["lead"]
            .clone()
    };
    assert_eq!(arrived("2006-10-31T23:59:59.999999"), "met");
    assert_eq!(arrived("2006-11-01T00:00"), "breached");
}

#[test]
fn a_notice_that_may_have_come_at_the_last_good_instant_is_not_surely_late() {
    let from = |at: &str| {
        rules(&format!(
            r#"{{"term": {{"kind": "notice", "lead": {{"n": 24, "unit": "hours"}}}}, "now": "2006-12-24", "facts": {{
                "effective": "2006-12-01T10:00", "notices": [{{"form": "letter", "standing": "established",
                "received": {{"from": "{at}", "to": "2006-11-30T11:00"}}}}]}}}}"#
        ))["lead"]
            .clone()
    };
    assert_eq!(from("2006-11-30T10:00"), "cannot_determine");
    assert_eq!(from("2006-11-30T10:00:00.000001"), "breached");
}

#[test]
fn a_claim_is_in_time_to_the_end_of_its_last_day() {
    let lapsed = |now: &str, more: &str| {
        outcome(&case(&format!(
            r#"{{"term": {{"kind": "credit", "from": "reported", "block_hours": 24, "per_block": {{"fixed": 1}},
                "claim_within": {{"n": 3, "unit": "days", "roll": false, "from": "restored"}}}}, "now": "{now}",
                "facts": {{"reported": "2006-11-20T10:00", "restored": "2006-11-22T10:00"{more}}}}}"#
        )))["lapsed"]
            .clone()
    };
    assert_eq!(lapsed("2006-11-25T23:59:59.999999", ""), false);
    assert_eq!(lapsed("2006-11-26T00:00", ""), true);
    assert_eq!(lapsed("2006-11-26T00:00", r#", "claimed_on": "2006-11-25""#), false);
}

#[test]
fn an_amount_is_rounded_once_at_the_end() {
    let amount = |round: &str, fee: i64| {
        outcome(&case(&format!(
            r#"{{"term": {{"kind": "credit", "from": "reported", "block_hours": 24, "per_block": {{"of": "monthly_fee", "divided_by": 30}},
                "round": "{round}"}}, "now": "2006-12-24", "facts": {{"monthly_fee": {fee}, "reported": "2006-11-20T10:00",
                "restored": "2006-11-22T10:00"}}}}"#
        )))["amount"]["min"]
            .clone()
    };
    assert_eq!(amount("down", 1_000), 66);
    assert_eq!(amount("up", 1_000), 67);
    assert_eq!(amount("up", 1_500), 100);
    assert_eq!(amount("down", 0), 0);
}
