//! The answer as JSON, and the names of facts and of what is missing.

use serde_json::{Value, json};

use super::{case, told};
use crate::domain::term::reason::{FactName, Lack, Who};
use crate::domain::term::write;

fn answer(json: &str) -> Value {
    write::json(&case(json).verdict(), &told)
}

#[test]
fn a_reason_is_written_with_its_facts_its_working_and_what_is_missing() {
    let json = r#"{"term": {"kind": "notice"}, "agreement": {"term": {"kind": "plain"}, "standing": "ours"}, "now": "2006-12-24",
        "facts": {"effective": "2006-12-01T10:00", "notices": [{"form": "letter", "standing": "established"},
            {"form": "fax", "standing": "established", "received": "2006-11-01T10:00"}]}}"#;
    assert_eq!(
        answer(json)["reasons"],
        json!([
            {"rule": "given", "result": "cannot_determine", "of": "clause", "notice": 0, "facts": ["facts.notices[0]"],
             "working": ["term-work-no-receipt"], "missing": [{"what": "arrival", "fact": "facts.notices[0].received",
             "by": "provider", "text": "term-lack-arrival"}]},
            {"rule": "given", "result": "met", "of": "clause", "notice": 1,
             "facts": ["facts.notices[1]", "facts.notices[1].received", "facts.effective"],
             "working": ["term-work-arrived(arrived: 2006-11-01T10:00)", "term-work-no-lead(effective: 2006-12-01T10:00)"]},
            {"rule": "plain", "result": "not_computable", "of": "agreement", "facts": ["term"], "working": ["term-work-plain"]},
            {"rule": "agreement", "result": "cannot_determine", "of": "both", "facts": ["agreement"],
             "working": ["term-work-agreement-differs"], "missing": [{"what": "agreement_proof", "fact": "agreement", "by": "us",
             "text": "term-lack-agreement-proof"}]},
        ])
    );
}

#[test]
fn a_route_is_written_with_its_number() {
    let json = r#"{"term": {"kind": "notice", "any_of": [{}, {"forms": ["fax"]}]}, "facts": {}, "now": "2006-12-24"}"#;
    let reasons = &answer(json)["reasons"];
    assert_eq!((&reasons[0]["route"], &reasons[1]["route"], reasons[0].get("notice")), (&json!(0), &json!(1), None));
}

#[test]
fn a_claim_made_in_time_still_says_which_holidays_nobody_knows() {
    let json = r#"{"term": {"kind": "credit", "from": "reported", "block_hours": 24, "per_block": {"fixed": 1},
            "claim_within": {"n": 2, "unit": "days", "roll": true, "from": "restored"}}, "now": "2099-12-31",
        "facts": {"reported": "2099-12-26T10:00", "restored": "2099-12-30T10:00", "claimed_on": "2099-12-31"}}"#;
    let reasons = &answer(json)["reasons"];
    assert_eq!(reasons[0].get("missing"), None, "a credit that is due lacks nothing");
    assert_eq!((&reasons[1]["rule"], &reasons[1]["result"]), (&json!("claim"), &json!("due")));
    assert_eq!(reasons[1]["missing"][0]["what"], "holidays");
}

#[test]
fn the_agreement_and_the_clause_are_each_written_with_an_outcome_of_their_own() {
    let json = |standing: &str, form: &str| {
        answer(&format!(
            r#"{{"term": {{"kind": "notice", "forms": ["fax"]}}, "agreement": {{"term": {{"kind": "notice", "forms": ["{form}"]}},
                "standing": "{standing}"}}, "now": "2006-12-24", "facts": {{"effective": "2006-12-01", "notices": [
                {{"form": "fax", "standing": "established", "received": "2006-11-01"}}]}}}}"#
        ))
    };
    let said = |answer: &Value| {
        let last = answer["reasons"].as_array().and_then(|reasons| reasons.last()).expect("a reason").clone();
        (answer["result"].clone(), answer["governs"].clone(), last["result"].clone(), last["working"][0].clone())
    };
    let governs = json("established", "letter");
    let rule = json!("term-work-agreement-governs");
    assert_eq!(said(&governs), (json!("breached"), json!("agreement"), json!("breached"), rule));
    assert_eq!((&governs["clause"]["result"], &governs["agreement"]["result"]), (&json!("met"), &json!("breached")));
    assert_eq!(governs["clause"]["rules"], json!({"given": "met", "form": "met"}));
    let same = json("theirs", "fax");
    assert_eq!(said(&same), (json!("met"), Value::Null, json!("met"), json!("term-work-agreement-same")));
}

#[test]
fn what_governs_is_the_agreement_only_once_it_is_proved() {
    let governing = |agreement: &str| {
        let json = format!(r#"{{"term": {{"kind": "notice"}}, {agreement} "facts": {{}}, "now": "2006-12-24"}}"#);
        case(&json).verdict().governing().finding.to_string()
    };
    let plain =
        |standing: &str| governing(&format!(r#""agreement": {{"term": {{"kind": "plain"}}, "standing": "{standing}"}},"#));
    assert_eq!(governing(""), "cannot_determine");
    assert_eq!(plain("established"), "not_computable");
    assert_eq!(plain("ours"), "cannot_determine");
    assert_eq!(plain("theirs"), "cannot_determine");
}

#[test]
fn a_fact_is_named_by_its_path_in_the_file() {
    let named = [
        (FactName::Effective, "facts.effective"),
        (FactName::Notice(2), "facts.notices[2]"),
        (FactName::Sent(0), "facts.notices[0].sent"),
        (FactName::Received(1), "facts.notices[1].received"),
        (FactName::ToRegistered(0), "facts.notices[0].to_registered"),
        (FactName::NoneReceived, "facts.none_received"),
        (FactName::Exception("emergency".to_owned()), "facts.exceptions.emergency"),
        (FactName::Started, "facts.started"),
        (FactName::Reported, "facts.reported"),
        (FactName::ProviderKnew, "facts.provider_knew"),
        (FactName::Responded, "facts.responded"),
        (FactName::Restored, "facts.restored"),
        (FactName::Open, "facts.open"),
        (FactName::Total, "facts.total"),
        (FactName::Fault, "facts.fault"),
        (FactName::MonthlyFee, "facts.monthly_fee"),
        (FactName::ClaimedOn, "facts.claimed_on"),
        (FactName::Month, "facts.month"),
        (FactName::Downtime(3), "facts.downtime[3]"),
        (FactName::Excluded(0), "facts.excluded[0]"),
        (FactName::Now, "now"),
        (FactName::Agreement, "agreement"),
        (FactName::Clause, "term"),
    ];
    for (name, path) in named {
        assert_eq!(name.to_string(), path);
    }
}

#[test]
fn who_would_have_to_show_it_follows_from_what_is_missing() {
    let of = |who: Who| Lack::ALL.iter().filter(|lack| lack.by() == who).map(|lack| lack.as_str()).collect::<Vec<_>>();
    assert_eq!(
        of(Who::Provider),
        ["arrival", "dispatch", "address_used", "effective", "their_proof", "exception_proof"],
        "arrival is for the sender to show"
    );
    assert_eq!(of(Who::Us), ["looking", "our_proof", "agreement_proof", "whether_total", "holidays"]);
    assert_eq!(of(Who::Either), ["exact_time", "beginning", "happening", "whose_fault", "way_to_read"]);
    assert_eq!(of(Who::Nobody), ["time"]);
    for lack in Lack::ALL {
        assert_eq!(lack.key(), format!("term-lack-{}", lack.as_str().replace('_', "-")));
    }
}
