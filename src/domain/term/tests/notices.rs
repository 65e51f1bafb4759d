//! What a verdict on a notice shows: the working step by step, the facts it rests on, and what would settle it.

use super::case;
use super::working::{lacks, reason, working};
use crate::domain::term::Finding;
use crate::domain::term::reason::{FactName, Lack, Rule, Who};

const EFFECTIVE: &str = r#""effective": "2006-12-01T10:00""#;

const CLEAR: &str = r#""lead": {"n": 30, "unit": "days", "rule": "clear"}"#;

/// A letter about a change on 1 December at ten.
fn letter(term: &str, notice: &str) -> String {
    about(EFFECTIVE, term, &format!(r#""standing": "established", {notice}"#))
}

fn about(facts: &str, term: &str, notice: &str) -> String {
    format!(
        r#"{{"term": {{"kind": "notice", {term}}}, "now": "2006-12-24",
            "facts": {{{facts}, "notices": [{{"form": "letter", {notice}}}]}}}}"#
    )
}

#[test]
fn a_lead_shows_its_last_good_day_and_when_the_notice_was_sent_and_came() {
    let json = letter(CLEAR, r#""sent": "2006-10-09T15:00", "received": "2006-10-10T09:00""#);
    let lead = reason(&json, Rule::Lead);
    assert_eq!(
        working(&lead),
        [
            "term-work-lead(ahead: term-ahead-clear(length: term-length-days(n: 30)), effective: 2006-12-01T10:00, \
             limits: phrase-day(day: 2006-10-31))",
            "term-work-sent(sent: 2006-10-09T15:00)",
            "term-work-arrived(arrived: 2006-10-10T09:00)",
        ]
    );
    assert_eq!(lead.facts, [FactName::Effective, FactName::Received(0)]);
    let given = reason(&json, Rule::Given);
    assert_eq!(working(&given), ["term-work-arrived(arrived: 2006-10-10T09:00)"]);
    assert_eq!(given.facts, [FactName::Notice(0), FactName::Received(0)]);
}

#[test]
fn a_lead_before_a_rough_day_shows_the_first_and_the_last_good_day() {
    let rough = r#""effective": {"from": "2006-12-01", "to": "2006-12-05"}"#;
    let lead = reason(&about(rough, CLEAR, r#""standing": "established", "received": "2006-11-02T09:00""#), Rule::Lead);
    assert_eq!(
        working(&lead)[0],
        "term-work-lead-rough(ahead: term-ahead-clear(length: term-length-days(n: 30)), \
         effective: 2006-12-01T00:00 to 2006-12-05T23:59, limits: phrase-day(day: 2006-10-31), latest: phrase-day(day: 2006-11-04))"
    );
    assert_eq!(lacks(&lead), [(Lack::ExactTime, FactName::Received(0), Who::Either)], "it came between the two");
}

#[test]
fn a_lead_in_hours_shows_an_instant() {
    let lead = reason(&letter(r#""lead": {"n": 48, "unit": "hours"}"#, r#""received": "2006-11-20""#), Rule::Lead);
    assert_eq!(
        working(&lead)[0],
        "term-work-lead(ahead: term-length-hours(n: 48), effective: 2006-12-01T10:00, limits: phrase-at(at: 2006-11-29T10:00))"
    );
}

#[test]
fn a_deemed_arrival_shows_the_day_by_which_it_came() {
    let term = format!(r#"{CLEAR}, "deemed": {{"n": 3, "unit": "days"}}"#);
    let json = letter(&term, r#""sent": "2006-10-20T15:00""#);
    let given = reason(&json, Rule::Given);
    assert_eq!(working(&given), ["term-work-deemed(by: 2006-10-23T23:59)"]);
    assert_eq!(given.facts, [FactName::Notice(0), FactName::Sent(0)]);
    let lead = reason(&json, Rule::Lead);
    assert_eq!(working(&lead)[1..], ["term-work-sent(sent: 2006-10-20T15:00)", "term-work-deemed(by: 2006-10-23T23:59)"]);
    assert_eq!((lead.finding, lead.facts), (Finding::Met, vec![FactName::Effective, FactName::Sent(0)]));
}

#[test]
fn a_deemed_day_beyond_the_holiday_data_is_said_and_not_guessed() {
    let term = format!(r#"{CLEAR}, "deemed": {{"n": 2, "unit": "business_days"}}"#);
    let json = about(r#""effective": "2100-03-01""#, &term, r#""standing": "established", "sent": "2099-12-30T12:00""#);
    for rule in [Rule::Given, Rule::Lead] {
        let reason = reason(&json, rule);
        let said = working(&reason);
        assert_eq!(said.last().map(String::as_str), Some("term-work-no-holidays(day: 2100-01-01)"));
        assert_eq!(lacks(&reason), [(Lack::Holidays, FactName::Sent(0), Who::Us)]);
    }
}

#[test]
fn where_somebody_looked_the_lead_shows_that_nothing_came() {
    let json =
        about(&format!(r#""none_received": true, {EFFECTIVE}"#), CLEAR, r#""standing": "theirs", "sent": "2006-10-20T15:00""#);
    let lead = reason(&json, Rule::Lead);
    assert_eq!(working(&lead)[1..], ["term-work-sent(sent: 2006-10-20T15:00)", "term-work-looked"]);
    assert_eq!(
        (lead.finding, lead.facts),
        (Finding::Breached, vec![FactName::Effective, FactName::Sent(0), FactName::NoneReceived])
    );
    let given = reason(&json, Rule::Given);
    assert_eq!(working(&given), ["term-work-looked", "term-work-effective(effective: 2006-12-01T10:00)"]);
    let ours = json.replace(EFFECTIVE, r#""effective": {"at": "2006-12-01T10:00", "standing": "ours"}"#);
    for rule in [Rule::Given, Rule::Lead] {
        assert_eq!(lacks(&reason(&ours, rule)), [(Lack::OurProof, FactName::Effective, Who::Us)], "only we say when it changed");
    }
    let early = json.replace("2006-12-24", "2006-10-21");
    let given = reason(&early, Rule::Given);
    assert_eq!(working(&given)[2..], ["term-work-may-come"]);
    for rule in [Rule::Given, Rule::Lead] {
        assert_eq!(lacks(&reason(&early, rule)), [(Lack::Time, FactName::Now, Who::Nobody)], "one may still come");
    }
}

#[test]
fn without_a_notice_the_lead_too_asks_for_somebody_to_look() {
    let json = format!(
        r#"{{"term": {{"kind": "notice", "forms": ["letter"], {CLEAR}}}, "facts": {{{EFFECTIVE}}}, "now": "2006-11-24"}}"#
    );
    for rule in [Rule::Given, Rule::Lead] {
        assert_eq!(lacks(&reason(&json, rule)), [(Lack::Looking, FactName::NoneReceived, Who::Us)]);
    }
    assert_eq!(working(&reason(&json, Rule::Given)), ["term-work-no-notice"]);
    let dispatch = json.replace(r#""rule": "clear""#, r#""rule": "clear", "counted": "dispatch""#);
    assert_eq!(lacks(&reason(&dispatch, Rule::Given)), [(Lack::Dispatch, FactName::Effective, Who::Provider)]);
    assert_eq!(case(&dispatch).verdict().clause.rules.len(), 1, "none_received says nothing about dispatch");
}

#[test]
fn without_the_day_of_the_change_nothing_is_in_time() {
    let json = about(r#""none_received": true"#, CLEAR, r#""standing": "established""#);
    for rule in [Rule::Given, Rule::Lead] {
        assert_eq!(lacks(&reason(&json, rule)), [(Lack::Effective, FactName::Effective, Who::Provider)]);
    }
    let came =
        about(r#""none_received": false"#, r#""forms": ["letter"]"#, r#""standing": "established", "received": "2006-10-10""#);
    assert_eq!(lacks(&reason(&came, Rule::Given)), [(Lack::Effective, FactName::Effective, Who::Provider)]);
}

#[test]
fn a_dispatch_shows_what_it_was_sent_by_and_asks_no_proof_of_more() {
    let term = r#""lead": {"n": 30, "unit": "days", "rule": "clear", "counted": "dispatch"}"#;
    let sent = r#""sent": {"at": "2006-10-09T15:00", "standing": "theirs"}"#;
    let both = reason(&letter(term, &format!(r#"{sent}, "received": "2006-10-20T09:00""#)), Rule::Given);
    assert_eq!(both.finding, Finding::Met);
    assert_eq!(both.missing, [], "what came was sent: their word of the day is not needed");
    assert_eq!(
        working(&both),
        ["term-work-sent(sent: 2006-10-09T15:00)", "term-work-arrived-so-sent(arrived: 2006-10-20T09:00)"]
    );
    assert_eq!(both.facts, [FactName::Notice(0), FactName::Sent(0), FactName::Received(0)]);
    let claimed = reason(&letter(term, sent), Rule::Given);
    assert_eq!(lacks(&claimed), [(Lack::TheirProof, FactName::Sent(0), Who::Provider)]);
    let unknown = reason(&letter(term, r#""to_registered": true"#), Rule::Given);
    assert_eq!(lacks(&unknown), [(Lack::Dispatch, FactName::Sent(0), Who::Provider)]);
}

#[test]
fn what_would_settle_a_dispatch_is_when_it_was_sent() {
    let term = r#""lead": {"n": 30, "unit": "days", "rule": "clear", "counted": "dispatch"}"#;
    let lead = |notice: &str| reason(&letter(term, notice), Rule::Lead);
    let late = lead(r#""received": "2006-11-10T09:00""#);
    assert_eq!(lacks(&late), [(Lack::Dispatch, FactName::Sent(0), Who::Provider)], "it may have been sent long before");
    assert_eq!(working(&late)[1..], ["term-work-arrived(arrived: 2006-11-10T09:00)"]);
    let rough = lead(r#""sent": {"from": "2006-10-30", "to": "2006-11-02"}"#);
    assert_eq!(lacks(&rough), [(Lack::ExactTime, FactName::Sent(0), Who::Either)]);
    let early = lead(r#""received": "2006-10-20T09:00""#);
    assert_eq!(early.finding, Finding::Met, "sent no later than it arrived");
    let unknown = lead(r#""to_registered": true"#);
    assert_eq!(lacks(&unknown), [(Lack::Dispatch, FactName::Sent(0), Who::Provider)]);
}

#[test]
fn what_would_settle_an_arrival_is_its_time_or_the_way_to_read_the_clause() {
    let lead = |term: &str, received: &str| reason(&letter(term, &format!(r#""received": {received}"#)), Rule::Lead);
    let rough = r#"{"from": "2006-10-30", "to": "2006-11-02"}"#;
    assert_eq!(lacks(&lead(CLEAR, rough)), [(Lack::ExactTime, FactName::Received(0), Who::Either)]);
    let not_said = lead(r#""lead": {"n": 30, "unit": "days"}"#, rough);
    assert_eq!(lacks(&not_said), [(Lack::WayToRead, FactName::Clause, Who::Either)]);
    assert_eq!(working(&not_said).last().map(String::as_str), Some("term-work-not-said"));
}

#[test]
fn a_clause_without_a_lead_is_held_against_the_change_itself() {
    let given = |effective: &str, received: &str| {
        let notice = format!(r#""standing": "established", "received": "{received}""#);
        reason(&about(effective, r#""address": "any""#, &notice), Rule::Given)
    };
    let late = given(EFFECTIVE, "2006-12-02T09:00");
    assert_eq!(
        working(&late),
        ["term-work-arrived(arrived: 2006-12-02T09:00)", "term-work-no-lead(effective: 2006-12-01T10:00)"]
    );
    assert_eq!(late.facts, [FactName::Notice(0), FactName::Received(0), FactName::Effective]);
    assert_eq!(lacks(&late), [(Lack::WayToRead, FactName::Clause, Who::Either)], "the clause does not say when");
    let theirs = given(r#""effective": {"at": "2006-12-01T10:00", "standing": "theirs"}"#, "2006-11-01T09:00");
    assert_eq!(lacks(&theirs), [(Lack::TheirProof, FactName::Effective, Who::Provider)]);
}

#[test]
fn only_of_several_notices_or_routes_is_it_said_which() {
    let about = |term: &str, notices: &str| {
        let json = format!(
            r#"{{"term": {{"kind": "notice", {term}}}, "facts": {{{EFFECTIVE}, "notices": [{notices}]}}, "now": "2006-12-24"}}"#
        );
        let verdict = case(&json).verdict();
        let named: Vec<_> = verdict.reasons().map(|(_, reason)| (reason.route, reason.notice)).collect();
        named
    };
    let notice = r#"{"form": "letter", "standing": "established", "received": "2006-10-10"}"#;
    let two = format!("{notice}, {notice}");
    assert_eq!(about(r#""address": "any""#, notice), [(None, None)]);
    assert_eq!(about(r#""address": "any""#, &two), [(None, Some(0)), (None, Some(1))]);
    assert_eq!(about(r#""any_of": [{}, {}]"#, notice), [(Some(0), None), (Some(1), None)]);
    assert_eq!(
        about(r#""any_of": [{}, {"any_of": [{}]}]"#, &two),
        [(Some(0), Some(0)), (Some(0), Some(1)), (Some(1), Some(0)), (Some(1), Some(1))]
    );
}

#[test]
fn an_established_exception_lifts_every_rule_and_asks_for_nothing_more() {
    let exception = |standing: &str| {
        let facts = format!(r#"{EFFECTIVE}, "exceptions": {{"emergency": "{standing}"}}, "none_received": true"#);
        about(&facts, &format!(r#"{CLEAR}, "unless": ["law", "emergency"]"#), r#""standing": "established""#)
    };
    let named = FactName::Exception("emergency".to_owned());
    let lifted = exception("established");
    for rule in [Rule::Given, Rule::Lead] {
        let reason = reason(&lifted, rule);
        assert_eq!((reason.finding, &reason.missing[..]), (Finding::Met, &[][..]));
        assert_eq!(working(&reason).last().map(String::as_str), Some("term-work-excepted(name: emergency)"));
        assert_eq!(reason.facts.last(), Some(&named));
    }
    let early = lifted.replace("2006-12-24", "2006-10-21");
    assert_eq!(reason(&early, Rule::Given).missing, [], "whether one still comes does not matter");
    for standing in ["theirs", "ours"] {
        let doubted = reason(&exception(standing), Rule::Given);
        assert_eq!(doubted.finding, Finding::CannotDetermine);
        assert_eq!(lacks(&doubted), [(Lack::ExceptionProof, named.clone(), Who::Provider)]);
        let said = working(&doubted);
        assert_eq!(said.last().map(String::as_str), Some("term-work-exception-invoked(name: emergency)"));
    }
    let refuted = reason(&exception("refuted"), Rule::Given);
    assert_eq!((refuted.finding, refuted.facts.contains(&named)), (Finding::Breached, false), "what is refuted changes nothing");
}

#[test]
fn on_whose_word_a_lead_rests_names_the_fact_that_is_to_be_proved() {
    let lead = |effective: &str, received: &str| {
        let effective = format!(r#""effective": {{"at": "2006-12-01T10:00", "standing": "{effective}"}}"#);
        let notice = format!(r#""standing": "established", "received": {received}"#);
        reason(&about(&effective, CLEAR, &notice), Rule::Lead)
    };
    let (early, late) = (r#""2006-10-10T09:00""#, r#""2006-11-10T09:00""#);
    assert_eq!(lacks(&lead("theirs", early)), [(Lack::TheirProof, FactName::Effective, Who::Provider)]);
    assert_eq!(lead("ours", early).finding, Finding::Met, "against ourselves our word is good");
    assert_eq!(lacks(&lead("ours", late)), [(Lack::OurProof, FactName::Effective, Who::Us)]);
    assert_eq!(lead("theirs", late).finding, Finding::Breached, "against themselves theirs is");
}
