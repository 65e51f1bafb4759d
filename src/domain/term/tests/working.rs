//! The reasons: what a rule rests on, how it was computed, what is missing, and who would have to show it.

use super::{case, told};
use crate::domain::term::Finding;
use crate::domain::term::reason::{FactName, Lack, Reason, Rule, Who};
use crate::domain::term::verdict::Side;

pub(super) fn reason(json: &str, rule: Rule) -> Reason {
    let verdict = case(json).verdict();
    let found = verdict.reasons().find(|(_, reason)| reason.rule == rule).map(|(_, reason)| reason.clone());
    found.unwrap_or_else(|| panic!("no reason for {rule}: {verdict:#?}"))
}

pub(super) fn lacks(reason: &Reason) -> Vec<(Lack, FactName, Who)> {
    reason.missing.iter().map(|missing| (missing.what, missing.fact.clone(), missing.by)).collect()
}

pub(super) fn working(reason: &Reason) -> Vec<String> {
    reason.working.iter().map(told).collect()
}

const LEAD: &str = r#""lead": {"n": 30, "unit": "days"}"#;

fn letter(notice: &str, term: &str) -> String {
    format!(
        r#"{{"term": {{"kind": "notice", "forms": ["letter"], {term}}}, "now": "2006-11-24T13:00",
            "facts": {{"effective": "2006-12-01", "notices": [{{"form": "letter", {notice}}}]}}}}"#
    )
}

#[test]
fn an_arrival_is_for_the_sender_to_show() {
    let json = letter(r#""standing": "established", "sent": "2006-10-01""#, LEAD);
    for rule in [Rule::Given, Rule::Lead] {
        let reason = reason(&json, rule);
        assert_eq!(reason.finding, Finding::CannotDetermine);
        assert_eq!(lacks(&reason), [(Lack::Arrival, FactName::Received(0), Who::Provider)]);
    }
}

#[test]
fn what_only_they_say_is_for_them_to_prove() {
    let json = letter(r#""standing": "theirs", "received": "2006-10-10""#, LEAD);
    assert_eq!(lacks(&reason(&json, Rule::Given)), [(Lack::TheirProof, FactName::Received(0), Who::Provider)]);
    assert_eq!(lacks(&reason(&json, Rule::Form)), [(Lack::TheirProof, FactName::Notice(0), Who::Provider)]);
    assert_eq!(lacks(&reason(&json, Rule::Lead)), [(Lack::TheirProof, FactName::Received(0), Who::Provider)]);
}

#[test]
fn what_only_we_say_is_for_us_to_prove() {
    let json = letter(r#""standing": "established", "received": {"at": "2006-11-20", "standing": "ours"}"#, LEAD);
    assert_eq!(reason(&json, Rule::Given).finding, Finding::Met, "against ourselves our word is good");
    assert_eq!(lacks(&reason(&json, Rule::Lead)), [(Lack::OurProof, FactName::Received(0), Who::Us)]);
}

#[test]
fn where_the_clause_is_silent_and_it_matters_both_dates_are_shown() {
    let json = letter(r#""standing": "established", "received": "2006-11-01""#, LEAD);
    let reason = reason(&json, Rule::Lead);
    assert_eq!(lacks(&reason), [(Lack::WayToRead, FactName::Clause, Who::Either)]);
    let said = format!("{:?}", reason.working);
    assert!(said.contains("2006-10-31") && said.contains("2006-11-01"), "{said}");
    let settled = letter(r#""standing": "established", "received": "2006-11-02""#, LEAD);
    assert_eq!(self::reason(&settled, Rule::Lead).missing, [], "where it does not matter, nothing is missing");
}

#[test]
fn nobody_has_looked_yet() {
    let json = r#"{"term": {"kind": "notice", "forms": ["letter"]}, "facts": {"effective": "2006-11-21"}, "now": "2006-11-24"}"#;
    assert_eq!(lacks(&reason(json, Rule::Given)), [(Lack::Looking, FactName::NoneReceived, Who::Us)]);
}

#[test]
fn an_agreement_that_is_not_proved_is_what_is_missing() {
    let json = r#"{"term": {"kind": "notice", "forms": ["email"]}, "now": "2006-11-24",
        "agreement": {"term": {"kind": "notice", "forms": ["letter"]}, "standing": "ours"},
        "facts": {"effective": "2006-11-21", "notices": [{"form": "email", "standing": "established", "received": "2006-11-01"}]}}"#;
    let verdict = case(json).verdict();
    let (side, reason) = verdict.reasons().last().expect("reasons");
    assert_eq!((side, reason.rule), (Side::Both, Rule::Agreement));
    assert_eq!(lacks(reason), [(Lack::AgreementProof, FactName::Agreement, Who::Us)]);
    assert_eq!(verdict.clause.finding, Finding::Met);
}

#[test]
fn an_exception_that_is_only_invoked_is_for_them_to_prove() {
    let term = r#""address": "registered", "unless": ["emergency"]"#;
    let json = letter(r#""standing": "established", "received": "2006-10-10", "to_registered": false"#, term)
        .replace(r#""facts": {"#, r#""facts": {"exceptions": {"emergency": "theirs"}, "#);
    let reason = reason(&json, Rule::Address);
    assert_eq!(lacks(&reason), [(Lack::ExceptionProof, FactName::Exception("emergency".to_owned()), Who::Provider)]);
}

#[test]
fn a_credit_says_what_keeps_it_from_being_due() {
    let json = |facts: &str| {
        format!(
            r#"{{"term": {{"kind": "credit", "from": "reported", "block_hours": 24, "per_block": {{"fixed": 1}}, "requires_total": true,
                "requires_fault": "provider"}}, "now": "2006-11-24", "facts": {{"reported": "2006-11-20T10:00", {facts}}}}}"#
        )
    };
    let lacking = |facts: &str| lacks(&reason(&json(facts), Rule::Credit));
    let down = r#""restored": "2006-11-22T10:00""#;
    assert_eq!(lacking(down), [(Lack::WhetherTotal, FactName::Total, Who::Us), (Lack::WhoseFault, FactName::Fault, Who::Either)]);
    assert_eq!(lacking(r#""open": true"#).len(), 2);
    assert_eq!(lacking(r#""total": true"#), [(Lack::Happening, FactName::Restored, Who::Either)]);
    let ours = r#""total": true, "fault": "provider", "restored": {"at": "2006-11-22T10:00", "standing": "ours"}"#;
    assert_eq!(lacking(ours), [(Lack::OurProof, FactName::Restored, Who::Us)]);
}
