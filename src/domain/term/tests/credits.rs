//! What a verdict on a credit shows: blocks and amount step by step, until when it must be claimed, and what would settle it.

use serde_json::{Value, json};

use super::working::{lacks, reason, working};
use super::{case, outcome};
use crate::domain::calendar::count::Limit;
use crate::domain::term::credit::last_days;
use crate::domain::term::reason::{FactName, Lack, Rule, Who};
use crate::domain::term::{Finding, Term};

const SHARE: &str = r#""per_block": {"of": "monthly_fee", "divided_by": 30}"#;
const FIXED: &str = r#""per_block": {"fixed": 500}"#;
/// 48 hours.
const DOWN: &str = r#""reported": "2006-11-20T10:00", "restored": "2006-11-22T10:00""#;

fn credit(term: &str, facts: &str, now: &str) -> String {
    format!(
        r#"{{"term": {{"kind": "credit", "from": "reported", "block_hours": 24, {term}}}, "facts": {{{facts}}}, "now": "{now}"}}"#
    )
}

/// Of a credit asked about on 24 November.
fn shown(term: &str, facts: &str) -> Vec<String> {
    working(&reason(&credit(term, facts, "2006-11-24T10:00"), Rule::Credit))
}

#[test]
fn a_credit_shows_its_blocks_and_how_the_fee_makes_the_amount() {
    let json = credit(SHARE, &format!(r#"{DOWN}, "monthly_fee": 52500"#), "2006-11-24");
    let due = reason(&json, Rule::Credit);
    assert_eq!(
        working(&due),
        [
            "term-work-blocks-exactly(length: 172800 to 172800 s, block: 86400 s, min: 2, max: 2)",
            "term-work-amount(min: 3500, fee: 52500, divisor: 30, more: phrase-typed(text: ))",
        ]
    );
    assert_eq!((due.finding, due.facts), (Finding::Due, vec![FactName::Reported, FactName::Restored, FactName::MonthlyFee]));
    let rough = r#""reported": "2006-11-20T10:00", "restored": {"from": "2006-11-22T10:00", "to": "2006-11-23T10:00"}"#;
    assert_eq!(
        shown(SHARE, &format!(r#"{rough}, "monthly_fee": 52500"#)),
        [
            "term-work-blocks(length: 172800 to 259200 s, block: 86400 s, min: 2, max: 3)",
            "term-work-amount(min: 3500, fee: 52500, divisor: 30, more: term-work-amount-to(max: 5250))",
        ]
    );
    assert_eq!(shown(FIXED, rough)[1], "term-work-amount-fixed(min: 1000, fixed: 500, more: term-work-amount-to(max: 1500))");
    assert_eq!(shown(FIXED, DOWN)[1], "term-work-amount-fixed(min: 1000, fixed: 500, more: phrase-typed(text: ))");
}

#[test]
fn while_it_lasts_a_credit_is_at_least_so_much() {
    assert_eq!(
        shown(FIXED, r#""reported": "2006-11-20T10:00", "open": true"#),
        [
            "term-work-blocks-at-least(length: 345600 to 345600 s, block: 86400 s, min: 4)",
            "term-work-amount-fixed(min: 2000, fixed: 500, more: term-work-amount-or-more)",
        ]
    );
    let short = reason(&credit(FIXED, r#""reported": "2006-11-23T10:01", "open": true"#, "2006-11-24T10:00"), Rule::Credit);
    assert_eq!(lacks(&short), [(Lack::Time, FactName::Now, Who::Nobody)], "no day is full yet");
    assert_eq!(short.facts, [FactName::Reported, FactName::Open]);
}

#[test]
fn without_a_fee_the_blocks_are_due_and_the_amount_is_not_known() {
    assert_eq!(shown(SHARE, DOWN)[1], "term-work-no-fee");
    let outcome = outcome(&case(&credit(SHARE, DOWN, "2006-11-24")));
    assert_eq!((&outcome["result"], &outcome["amount"]), (&json!("due"), &json!({"min": null, "max": null})));
}

#[test]
fn a_day_that_may_be_full_asks_for_the_exact_time() {
    let facts = r#""reported": "2006-11-20T10:00", "restored": {"from": "2006-11-21T09:00", "to": "2006-11-21T11:00"}"#;
    let rough = credit(FIXED, facts, "2006-11-24");
    assert_eq!(lacks(&reason(&rough, Rule::Credit)), [(Lack::ExactTime, FactName::Restored, Who::Either)]);
    assert_eq!(outcome(&case(&rough)), json!({"result": "cannot_determine", "blocks": {"min": 0, "max": 1}}));
}

#[test]
fn what_excludes_a_credit_counts_only_where_the_clause_asks_for_it() {
    let finding = |term: &str, facts: &str| {
        let json = credit(&format!("{FIXED}{term}"), &format!("{DOWN}{facts}"), "2006-11-24");
        reason(&json, Rule::Credit)
    };
    let (total, fault) = (r#", "requires_total": true"#, r#", "requires_fault": "provider""#);
    for (asked, stands, key, fact) in [
        (total, r#", "total": false"#, "term-work-not-total", FactName::Total),
        (fault, r#", "fault": "customer""#, "term-work-not-their-fault", FactName::Fault),
        (fault, r#", "fault": "neither""#, "term-work-not-their-fault", FactName::Fault),
    ] {
        let excluded = finding(asked, stands);
        assert_eq!((excluded.finding, working(&excluded)), (Finding::NotDue, vec![key.to_owned()]));
        assert_eq!(excluded.facts.last(), Some(&fact));
        assert_eq!(finding("", stands).finding, Finding::Due, "{stands} where the clause does not ask");
    }
    let both = finding(&format!("{total}{fault}"), r#", "total": true, "fault": "provider""#);
    assert_eq!(both.finding, Finding::Due);
    assert_eq!(both.facts, [FactName::Reported, FactName::Restored, FactName::Total, FactName::Fault]);
}

#[test]
fn what_is_short_on_their_word_alone_is_for_them_to_prove() {
    let facts = |reported: &str, restored: &str| {
        format!(
            r#""reported": {{"at": "2006-11-20T10:00", "standing": "{reported}"}},
                "restored": {{"at": "2006-11-20T12:00", "standing": "{restored}"}}"#
        )
    };
    let short = |reported: &str, restored: &str| reason(&credit(FIXED, &facts(reported, restored), "2006-11-24"), Rule::Credit);
    assert_eq!(lacks(&short("theirs", "established")), [(Lack::TheirProof, FactName::Reported, Who::Provider)]);
    assert_eq!(lacks(&short("established", "theirs")), [(Lack::TheirProof, FactName::Restored, Who::Provider)]);
    let began = r#""started": {"at": "2006-11-20T09:00", "standing": "theirs"},
        "reported": "2006-11-20T10:00", "restored": "2006-11-20T12:00""#;
    let knew = credit(FIXED, began, "2006-11-24").replace(r#""from": "reported""#, r#""from": "provider_knew""#);
    let knew = reason(&knew, Rule::Credit);
    assert_eq!(lacks(&knew), [(Lack::TheirProof, FactName::Started, Who::Provider)], "the earliest beginning is what they say");
    assert_eq!(short("ours", "ours").finding, Finding::NotDue, "against ourselves our word is good");
    assert_eq!(working(&short("theirs", "ours")).last().map(String::as_str), Some("term-work-their-word"));
    let long = facts("ours", "ours").replace("2006-11-20T12:00", "2006-11-21T12:00");
    let long = reason(&credit(FIXED, &long, "2006-11-24"), Rule::Credit);
    assert_eq!(lacks(&long), [(Lack::OurProof, FactName::Reported, Who::Us), (Lack::OurProof, FactName::Restored, Who::Us)]);
}

#[test]
fn an_outage_as_long_as_the_clause_wants_counts() {
    let minimum = |restored: &str| {
        let facts = format!(r#""reported": "2006-11-20T10:00", "restored": "{restored}""#);
        let json = credit(&format!(r#""minimum_hours": 30, {FIXED}"#), &facts, "2006-11-24");
        outcome(&case(&json))["result"].clone()
    };
    assert_eq!(minimum("2006-11-21T15:59:59"), "not_due", "a day is full, and 30 hours are not");
    assert_eq!(minimum("2006-11-21T16:00"), "due");
}

/// The claim of a credit: its last day, whether it is lapsed, and why.
fn claim(within: &str, facts: &str, now: &str) -> (Value, Value, String) {
    let json = credit(&format!(r#""minimum_hours": 24, {FIXED}, "claim_within": {{{within}}}"#), facts, now);
    let outcome = outcome(&case(&json));
    (outcome["claim_by"].clone(), outcome["lapsed"].clone(), working(&reason(&json, Rule::Claim)).join(", "))
}

#[test]
fn a_claim_shows_its_last_day_and_whether_it_was_made() {
    let within = r#""n": 3, "unit": "days", "roll": false, "from": "restored""#;
    let by = "term-work-claim(length: term-length-days(n: 3), limits: phrase-day(day: 2006-11-25))";
    let early = claim(within, DOWN, "2006-11-24");
    assert_eq!(early, (json!("2006-11-25"), json!(false), by.to_owned()));
    let late = claim(within, DOWN, "2006-11-26");
    assert_eq!(late, (json!("2006-11-25"), json!(true), format!("{by}, term-work-lapsed")));
    let claimed = format!(r#"{DOWN}, "claimed_on": "2006-11-24""#);
    let made = claim(within, &claimed, "2006-11-26");
    assert_eq!(made, (json!("2006-11-25"), json!(false), format!("{by}, term-work-claimed")));
    let json = |facts: &str, now: &str| credit(&format!(r#"{FIXED}, "claim_within": {{{within}}}"#), facts, now);
    for (facts, now, finding, rests_on) in [
        (DOWN, "2006-11-24", Finding::Due, &[FactName::Restored][..]),
        (DOWN, "2006-11-26", Finding::NotDue, &[FactName::Restored]),
        (&claimed, "2006-11-26", Finding::Due, &[FactName::Restored, FactName::ClaimedOn]),
    ] {
        let reason = reason(&json(facts, now), Rule::Claim);
        assert_eq!((reason.finding, &reason.facts[..], &reason.missing[..]), (finding, rests_on, &[][..]));
    }
}

#[test]
fn a_claim_that_depends_on_the_reading_asks_how_the_clause_is_read() {
    let within = r#""n": 3, "unit": "days", "from": "restored""#;
    let json = credit(&format!(r#"{FIXED}, "claim_within": {{{within}}}"#), DOWN, "2006-11-26");
    let saturday = reason(&json, Rule::Claim);
    assert_eq!(saturday.finding, Finding::CannotDetermine);
    assert_eq!(lacks(&saturday), [(Lack::WayToRead, FactName::Clause, Who::Either)]);
}

#[test]
fn a_claim_may_run_from_when_the_outage_was_long_enough_or_from_its_end() {
    let within = r#""n": 3, "unit": "days", "roll": false, "from": "claimable""#;
    let at = |now: &str| {
        let (by, lapsed, _) = claim(within, DOWN, now);
        assert_eq!(by, "2006-11-24", "from 21 November at the earliest: the earliest last day is shown");
        lapsed
    };
    assert_eq!(at("2006-11-24T23:59:59"), false);
    assert_eq!(at("2006-11-25T00:00"), Value::Null, "from the restoration there is a day more");
    assert_eq!(at("2006-11-26T00:00"), true);
    let lasts = |now: &str| claim(within, r#""reported": "2006-11-20T10:00", "open": true"#, now);
    let by = "term-work-claim(length: term-length-days(n: 3), limits: phrase-day(day: 2006-11-24))";
    assert_eq!(lasts("2006-11-24"), (json!("2006-11-24"), json!(false), by.to_owned()));
    assert_eq!(lasts("2006-11-26"), (json!("2006-11-24"), Value::Null, by.to_owned()));
}

#[test]
fn a_claim_that_runs_from_a_rough_end_is_in_time_by_the_earliest_and_late_after_the_latest() {
    let rough = r#""reported": "2006-11-20T10:00", "restored": {"from": "2006-11-22T10:00", "to": "2006-11-23T10:00"}"#;
    let within = r#""n": 3, "unit": "days", "roll": false, "from""#;
    let lapsed = |from: &str, now: &str| claim(&format!(r#"{within}: "{from}""#), rough, now).1;
    assert_eq!(lapsed("restored", "2006-11-25T23:59:59"), false);
    assert_eq!(lapsed("restored", "2006-11-26T00:00"), Value::Null);
    assert_eq!(lapsed("restored", "2006-11-26T23:59:59"), Value::Null);
    assert_eq!(lapsed("restored", "2006-11-27T00:00"), true);
    assert_eq!(lapsed("claimable", "2006-11-26T23:59:59"), Value::Null);
    assert_eq!(lapsed("claimable", "2006-11-27T00:00"), true);
}

#[test]
fn the_last_days_to_claim_hold_every_reading_and_end_with_the_claim() {
    let days = |within: &str, facts: &str| {
        let case = case(&credit(&format!(r#""minimum_hours": 24, {FIXED}, "claim_within": {{{within}}}"#), facts, "2006-11-24"));
        let Term::Credit(term) = &case.term else { panic!("a credit") };
        let day = |limit: Limit| limit.day.map(|day| day.to_string()).unwrap_or_default();
        last_days(term, &case.facts, &case.calendar).map(|(first, last)| (day(first), day(last)))
    };
    let both = |first: &str, last: &str| Some((first.to_owned(), last.to_owned()));
    let rough = r#""reported": "2006-11-20T10:00", "restored": {"from": "2006-11-22T10:00", "to": "2006-11-23T10:00"}"#;
    let fixed = r#""n": 3, "unit": "days", "roll": false, "from""#;
    assert_eq!(days(&format!(r#"{fixed}: "restored""#), rough), both("2006-11-25", "2006-11-26"));
    assert_eq!(days(&format!(r#"{fixed}: "claimable""#), rough), both("2006-11-24", "2006-11-26"));
    let lasts = r#""reported": "2006-11-20T10:00", "open": true"#;
    assert_eq!(days(&format!(r#"{fixed}: "claimable""#), lasts), both("2006-11-24", "2006-11-24"));
    assert_eq!(days(&format!(r#"{fixed}: "restored""#), lasts), None);
    let claimed = format!(r#"{rough}, "claimed_on": "2006-11-24""#);
    assert_eq!(days(&format!(r#"{fixed}: "restored""#), &claimed), None);
    // Nobody says whether a Saturday moves it: the Monday is a reading, too.
    assert_eq!(days(r#""n": 3, "unit": "days", "from": "restored""#, DOWN), both("2006-11-25", "2006-11-27"));
    // Beyond the table of holidays the day itself is all that is known.
    let far = r#""reported": "2099-12-26T10:00", "restored": "2099-12-30T10:00""#;
    assert_eq!(days(r#""n": 2, "unit": "days", "from": "restored""#, far), both("2100-01-01", "2100-01-01"));
    assert_eq!(days(r#""n": 2, "unit": "days", "roll": true, "from": "restored""#, far), None);
}

#[test]
fn a_claim_that_runs_from_when_they_knew_asks_when_that_was() {
    let json = credit(
        &format!(r#"{FIXED}, "claim_within": {{"n": 3, "unit": "days", "roll": false, "from": "claimable"}}"#),
        DOWN,
        "2006-11-24",
    )
    .replace(r#""from": "reported""#, r#""from": "provider_knew""#);
    let outcome = outcome(&case(&json));
    assert_eq!((&outcome["claim_by"], &outcome["lapsed"]), (&Value::Null, &Value::Null));
    assert_eq!(lacks(&reason(&json, Rule::Claim)), [(Lack::Beginning, FactName::ProviderKnew, Who::Either)]);
    let late = json.replace("2006-11-24", "2006-11-26");
    assert_eq!(reason(&late, Rule::Claim).finding, Finding::NotDue, "even from the restoration it is too late");
}

#[test]
fn a_claim_beyond_the_holiday_data_has_an_earliest_day_only_where_nothing_may_move_it() {
    let facts = r#""reported": "2099-12-26T10:00", "restored": "2099-12-30T10:00""#;
    let by = |within: &str| claim(&format!(r#"{within}, "from": "restored""#), facts, "2099-12-31");
    let unknown = |by: Value| (by, Value::Null, "term-work-no-holidays(day: 2100-01-01)".to_owned());
    assert_eq!(by(r#""n": 2, "unit": "days""#), unknown(json!("2100-01-01")), "unmoved is a reading, and the earliest");
    assert_eq!(by(r#""n": 2, "unit": "days", "roll": true"#), unknown(Value::Null));
    assert_eq!(by(r#""n": 2, "unit": "business_days""#), unknown(Value::Null));
    let json =
        credit(&format!(r#"{FIXED}, "claim_within": {{"n": 2, "unit": "days", "from": "restored"}}"#), facts, "2099-12-31");
    assert_eq!(lacks(&reason(&json, Rule::Claim)), [(Lack::Holidays, FactName::Restored, Who::Us)]);
}
