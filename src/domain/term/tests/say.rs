//! A term read back: every rule that will be computed is said, and none that will not.

use serde_json::Value;

use super::told;
use crate::domain::calendar::Calendar;
use crate::domain::moment::Stamp;
use crate::domain::term::{Term, read};

fn term(json: &str) -> Term {
    read::term(&serde_json::from_str::<Value>(json).expect("JSON")).expect("a term")
}

fn sentences(json: &str) -> Vec<String> {
    term(json).sentences().iter().map(told).collect()
}

/// Wednesday 22 November 2006, 10:20 in Tokyo.
fn now() -> Stamp {
    chrono::DateTime::parse_from_rfc3339("2006-11-22T10:20:00+09:00").expect("a time").to_utc()
}

fn example(json: &str) -> Option<String> {
    term(json).example(&Calendar::default(), now()).as_ref().map(told)
}

#[test]
fn a_notice_is_read_back_rule_by_rule() {
    assert_eq!(
        sentences(
            r#"{"kind": "notice", "forms": ["letter", "fax", "email"], "address": "registered", "unless": ["emergency", "law"],
                "lead": {"n": 30, "unit": "days", "rule": "clear"}, "deemed": {"n": 3, "unit": "days"}}"#
        ),
        [
            "term-say-forms(forms: term-say-or(before: term-say-or(before: notice-form-letter, after: notice-form-fax), \
             after: notice-form-email))",
            "term-say-registered",
            "term-say-lead-arrival(ahead: term-ahead-clear(length: term-length-days(n: 30)))",
            "term-say-deemed(length: term-length-days(n: 3))",
            "term-say-unless(name: emergency)",
            "term-say-unless(name: law)",
        ]
    );
    assert_eq!(sentences(r#"{"kind": "notice"}"#), ["term-say-any-form"], "what a clause does not ask for is not said");
}

#[test]
fn a_lead_is_read_back_by_what_counts_and_by_which_days() {
    let lead = |lead: &str| sentences(&format!(r#"{{"kind": "notice", "lead": {{"n": 2, {lead}}}}}"#))[1].clone();
    assert_eq!(
        lead(r#""unit": "weeks", "counted": "dispatch", "rule": "not_clear""#),
        "term-say-lead-dispatch(ahead: term-ahead-not-clear(length: term-length-weeks(n: 2)))"
    );
    assert_eq!(
        lead(r#""unit": "months""#),
        "term-say-lead-arrival(ahead: term-ahead-not-said(length: term-length-months(n: 2)))",
        "article 97: arrival, where the clause does not say"
    );
    assert_eq!(
        lead(r#""unit": "business_days", "rule": "clear""#),
        "term-say-lead-arrival(ahead: term-ahead-clear(length: term-length-business-days(n: 2)))"
    );
    assert_eq!(
        lead(r#""unit": "hours", "rule": "clear""#),
        "term-say-lead-arrival(ahead: term-length-hours(n: 2))",
        "hours are real ones: no day lies between"
    );
    assert_eq!(lead(r#""unit": "minutes""#), "term-say-lead-arrival(ahead: term-length-minutes(n: 2))");
    let deemed = sentences(r#"{"kind": "notice", "deemed": {"n": 2, "unit": "business_days"}}"#);
    assert_eq!(deemed[1], "term-say-deemed(length: term-length-business-days(n: 2))");
}

#[test]
fn routes_are_read_back_one_after_the_other_from_the_first() {
    assert_eq!(
        sentences(r#"{"kind": "notice", "any_of": [{"forms": ["letter"]}, {"forms": ["website"], "address": "registered"}]}"#),
        [
            "term-say-route(n: 1)",
            "term-say-forms(forms: notice-form-letter)",
            "term-say-route(n: 2)",
            "term-say-forms(forms: notice-form-website)",
            "term-say-registered",
        ]
    );
}

#[test]
fn a_deadline_is_read_back_with_its_clock_and_what_moves_its_last_day() {
    let read = |kind: &str, from: &str, rest: &str| {
        let said = sentences(&format!(r#"{{"kind": "{kind}", "from": "{from}", {rest}}}"#));
        assert_eq!(said.len(), 1);
        said[0].clone()
    };
    assert_eq!(
        read("response", "started", r#""within": {"n": 4, "unit": "hours", "roll": true}, "clock": "business""#),
        "term-say-response(length: term-within-business(length: term-length-hours(n: 4)), since: term-say-since-started, \
         roll: term-say-roll-none)",
        "hours are not moved by holidays"
    );
    assert_eq!(
        read("restore", "reported", r#""within": {"n": 3, "unit": "days", "roll": true}, "clock": "business""#),
        "term-say-restore(length: term-length-days(n: 3), since: term-say-since-reported, roll: term-say-roll-moved)",
        "days have no clock"
    );
    assert_eq!(
        read("restore", "provider_knew", r#""within": {"n": 1, "unit": "weeks", "roll": false}"#),
        "term-say-restore(length: term-length-weeks(n: 1), since: term-say-since-provider-knew, roll: term-say-roll-stays)"
    );
    assert_eq!(
        read("restore", "reported", r#""within": {"n": 1, "unit": "months"}"#),
        "term-say-restore(length: term-length-months(n: 1), since: term-say-since-reported, roll: term-say-roll-not-said)"
    );
    assert_eq!(
        read("restore", "reported", r#""within": {"n": 10, "unit": "day_of_next_month"}"#),
        "term-say-restore(length: term-length-day-of-next-month(n: 10), since: term-say-since-reported, \
         roll: term-say-roll-none)"
    );
    assert_eq!(
        read("response", "reported", r#""within": {"n": 30, "unit": "minutes"}"#),
        "term-say-response(length: term-length-minutes(n: 30), since: term-say-since-reported, roll: term-say-roll-none)"
    );
}

#[test]
fn a_credit_is_read_back_with_what_it_gives_and_asks_for() {
    assert_eq!(
        sentences(
            r#"{"kind": "credit", "from": "provider_knew", "minimum_hours": 24, "block_hours": 12, "requires_total": true,
                "per_block": {"of": "monthly_fee", "divided_by": 30}, "requires_fault": "provider",
                "claim_within": {"n": 3, "unit": "months", "from": "restored"}}"#
        ),
        [
            "term-say-credit(since: term-say-since-provider-knew, minimum: 86400 s, block: 43200 s, \
             amount: term-say-share(divisor: 30))",
            "term-say-total",
            "term-say-fault",
            "term-say-claim-restored(length: term-length-months(n: 3), roll: term-say-roll-not-said)",
        ]
    );
    assert_eq!(
        sentences(
            r#"{"kind": "credit", "from": "reported", "block_hours": 1, "per_block": {"fixed": 500},
                "claim_within": {"n": 10, "unit": "business_days", "from": "claimable"}}"#
        ),
        [
            "term-say-credit(since: term-say-since-reported, minimum: 0 s, block: 3600 s, amount: term-say-fixed(fixed: 500))",
            "term-say-claim-claimable(length: term-length-business-days(n: 10), roll: term-say-roll-none)",
        ]
    );
}

#[test]
fn an_availability_is_read_back_with_its_tiers_and_the_shortest_outage_that_counts() {
    assert_eq!(
        sentences(
            r#"{"kind": "availability", "target_percent": 99.95, "minimum_minutes": 1, "tiers": [
                {"below": 99.95, "credit_percent": 10}, {"below": 95, "credit_percent": 33.3}]}"#
        ),
        [
            "term-say-availability(target: 99.95)",
            "term-say-tier(below: 99.95, credit: 10)",
            "term-say-tier(below: 95, credit: 33.3)",
            "term-say-minimum(length: term-length-minutes(n: 1))",
        ]
    );
    let least = sentences(r#"{"kind": "availability", "target_percent": 99, "minimum_minutes": 0}"#);
    assert_eq!(least, ["term-say-availability(target: 99)"], "where every outage counts, no shortest is said");
    assert_eq!(sentences(r#"{"kind": "plain"}"#), ["term-say-plain"]);
}

#[test]
fn the_example_of_a_lead_is_a_change_on_the_first_of_the_month_after_next() {
    let lead = r#""lead": {"n": 30, "unit": "days"}"#;
    let expected = "term-example-lead(day: phrase-day(day: 2007-01-01), limits: term-limits-or(\
                    before: term-reading-clear(limit: phrase-day(day: 2006-12-01)), \
                    after: term-reading-not-clear(limit: phrase-day(day: 2006-12-02))))";
    assert_eq!(example(&format!(r#"{{"kind": "notice", {lead}}}"#)).as_deref(), Some(expected));
    assert_eq!(example(&format!(r#"{{"kind": "notice", "any_of": [{{{lead}}}, {{}}]}}"#)).as_deref(), Some(expected));
    assert_eq!(example(r#"{"kind": "notice"}"#), None, "without a lead there is nothing to show");
}

#[test]
fn the_example_of_a_deadline_and_of_a_claim_runs_from_now() {
    // Thursday 23 November is a holiday.
    let restore = |clock: &str| {
        let json =
            format!(r#"{{"kind": "restore", "from": "reported", "within": {{"n": 8, "unit": "hours"}}, "clock": "{clock}"}}"#);
        example(&json).expect("an example")
    };
    let until = |at: &str| format!("term-example-within(at: 2006-11-22T10:20, limits: phrase-at(at: {at}))");
    assert_eq!(restore("always"), until("2006-11-22T18:20"));
    assert_eq!(restore("business"), until("2006-11-24T09:50"));
    let response = r#"{"kind": "response", "from": "reported", "within": {"n": 90, "unit": "minutes"}}"#;
    assert_eq!(example(response), Some(until("2006-11-22T11:50")));
    let credit = |claim: &str| {
        example(&format!(r#"{{"kind": "credit", "from": "reported", "block_hours": 1, "per_block": {{"fixed": 1}}{claim}}}"#))
    };
    let claimed = credit(r#", "claim_within": {"n": 3, "unit": "days", "roll": true, "from": "restored"}"#);
    let by = "term-example-within(at: 2006-11-22T10:20, limits: phrase-day(day: 2006-11-27))";
    assert_eq!(claimed.as_deref(), Some(by));
    assert_eq!(credit(""), None);
    assert_eq!(example(r#"{"kind": "plain"}"#), None);
    assert_eq!(example(r#"{"kind": "availability", "target_percent": 99}"#), None);
}
