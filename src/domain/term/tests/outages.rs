//! What a verdict on a response, a restoration or an availability shows: its working, its facts, and what would settle it.

use super::working::{lacks, reason, working};
use super::{case, outcome};
use crate::domain::term::Finding;
use crate::domain::term::reason::{FactName, Lack, Reason, Rule, Who};

/// A restoration within so long of the time that the term runs from.
fn restore(within: &str, from: &str, facts: &str) -> Reason {
    let json = format!(
        r#"{{"term": {{"kind": "restore", "from": "{from}", "within": {within}}}, "facts": {{{facts}}}, "now": "2006-11-22T13:00"}}"#
    );
    reason(&json, Rule::Deadline)
}

const HOURS: &str = r#"{"n": 4, "unit": "hours"}"#;

#[test]
fn a_restoration_shows_until_when_and_when_it_came() {
    let met = restore(HOURS, "reported", r#""reported": "2006-11-22T10:00", "restored": "2006-11-22T13:00""#);
    assert_eq!(
        working(&met),
        [
            "term-work-within(within: term-length-hours(n: 4), from: 2006-11-22T10:00, limits: phrase-at(at: 2006-11-22T14:00))",
            "term-work-restored(at: 2006-11-22T13:00)",
        ]
    );
    assert_eq!((met.finding, met.facts), (Finding::Met, vec![FactName::Reported, FactName::Restored]));
}

#[test]
fn a_response_shows_until_when_within_business_hours_they_had_to_call() {
    let json = r#"{"term": {"kind": "response", "from": "started", "within": {"n": 1, "unit": "hours"}, "clock": "business"},
        "facts": {"started": "2006-11-22T17:00", "responded": "2006-11-24T09:31"}, "now": "2006-11-24T13:00"}"#;
    let late = reason(json, Rule::Deadline);
    assert_eq!(
        working(&late),
        [
            "term-work-within(within: term-within-business(length: term-length-hours(n: 1)), from: 2006-11-22T17:00, \
             limits: phrase-at(at: 2006-11-24T09:30))",
            "term-work-responded(at: 2006-11-24T09:31)",
        ]
    );
    assert_eq!((late.finding, late.facts), (Finding::Breached, vec![FactName::Started, FactName::Responded]));
}

#[test]
fn when_they_knew_lies_between_the_beginning_and_our_report() {
    let both = r#""started": "2006-11-22T08:00", "reported": "2006-11-22T10:00""#;
    let between = restore(HOURS, "provider_knew", &format!(r#"{both}, "restored": "2006-11-22T13:00""#));
    assert_eq!(
        working(&between)[0],
        "term-work-within-rough(within: term-length-hours(n: 4), from: 2006-11-22T08:00 to 2006-11-22T10:00, \
         limits: phrase-at(at: 2006-11-22T12:00), latest: phrase-at(at: 2006-11-22T14:00))"
    );
    assert_eq!(lacks(&between), [(Lack::Beginning, FactName::ProviderKnew, Who::Either)]);
    assert_eq!(between.facts, [FactName::Started, FactName::Reported, FactName::Restored]);
    let downward = r#""reported": "2006-11-22T10:00", "restored": "2006-11-22T13:00""#;
    let downward = restore(HOURS, "provider_knew", downward);
    assert_eq!(
        working(&downward)[0],
        "term-work-within-latest(within: term-length-hours(n: 4), from: 2006-11-22T10:00, latest: phrase-at(at: 2006-11-22T14:00))",
        "open downward where it is not known since when"
    );
    assert_eq!(lacks(&downward), [(Lack::Beginning, FactName::ProviderKnew, Who::Either)]);
}

#[test]
fn a_report_of_what_began_only_later_is_held_against_its_own_time() {
    let knew = |started: &str, restored: &str| {
        let reported = r#""reported": {"from": "2006-11-22T09:00", "to": "2006-11-22T10:00"}"#;
        restore(HOURS, "provider_knew", &format!(r#"{reported}, "started": "{started}", "restored": "{restored}""#)).finding
    };
    assert_eq!(knew("2006-11-22T11:00", "2006-11-22T13:00"), Finding::Met, "from 9:00 at the earliest");
    assert_eq!(knew("2006-11-22T11:00", "2006-11-22T13:01"), Finding::CannotDetermine);
    assert_eq!(knew("2006-11-22T11:00", "2006-11-22T14:01"), Finding::Breached, "from 10:00 at the latest");
    assert_eq!(knew("2006-11-22T10:00", "2006-11-22T14:00"), Finding::Met, "reported the moment it began: they knew then");
}

#[test]
fn where_nobody_knows_since_when_the_beginning_is_missing() {
    let from = |from: &str, facts: &str| lacks(&restore(HOURS, from, &format!(r#"{facts} "restored": "2006-11-22T13:00""#)));
    assert_eq!(from("started", ""), [(Lack::Beginning, FactName::Started, Who::Either)]);
    assert_eq!(from("reported", ""), [(Lack::Beginning, FactName::Reported, Who::Either)]);
    let started = r#""started": "2006-11-22T08:00","#;
    assert_eq!(from("provider_knew", started), [(Lack::Beginning, FactName::ProviderKnew, Who::Either)]);
}

#[test]
fn a_last_day_that_is_a_holiday_shows_every_reading_that_differs() {
    let days = |restored: &str| {
        let facts = format!(r#""reported": "2006-11-20T15:00", "restored": {restored}"#);
        restore(r#"{"n": 3, "unit": "days"}"#, "reported", &facts)
    };
    let friday = days(r#""2006-11-24T12:00""#);
    assert_eq!(
        working(&friday),
        [
            "term-work-within(within: term-length-days(n: 3), from: 2006-11-20T15:00, limits: term-limits-or(\
             before: term-reading-unmoved(limit: phrase-day(day: 2006-11-23)), \
             after: term-reading-over-sundays(limit: phrase-day(day: 2006-11-24))))",
            "term-work-restored(at: 2006-11-24T12:00)",
            "term-work-not-said",
        ],
        "article 142, and the clause is silent"
    );
    assert_eq!(lacks(&friday), [(Lack::WayToRead, FactName::Clause, Who::Either)]);
    let saturday =
        restore(r#"{"n": 3, "unit": "days"}"#, "reported", r#""reported": "2006-11-22T15:00", "restored": "2006-11-27T12:00""#);
    assert_eq!(
        working(&saturday)[0],
        "term-work-within(within: term-length-days(n: 3), from: 2006-11-22T15:00, limits: term-limits-or(\
         before: term-reading-unmoved(limit: phrase-day(day: 2006-11-25)), \
         after: term-reading-over-saturdays(limit: phrase-day(day: 2006-11-27))))",
        "whether Saturday is such a day is disputed"
    );
    let facts = r#""reported": "2006-11-21T15:00", "restored": {"from": "2006-11-24", "to": "2006-11-25"}"#;
    let rough = restore(r#"{"n": 3, "unit": "days"}"#, "reported", facts);
    assert_eq!(lacks(&rough), [(Lack::ExactTime, FactName::Restored, Who::Either)], "every reading ends on Friday");
    assert_eq!(working(&rough).len(), 2);
}

#[test]
fn what_the_clause_does_not_say_is_missing_beside_a_rough_beginning() {
    let days = |started: &str, reported: &str| {
        let facts = format!(r#""started": "{started}", "reported": "{reported}", "restored": "2006-11-24T12:00""#);
        lacks(&restore(r#"{"n": 3, "unit": "days"}"#, "provider_knew", &facts))
    };
    let (way, knew) = ((Lack::WayToRead, FactName::Clause, Who::Either), (Lack::Beginning, FactName::ProviderKnew, Who::Either));
    assert_eq!(days("2006-11-20T15:00", "2006-11-21T15:00"), [way.clone(), knew.clone()], "the first ends on a holiday");
    assert_eq!(days("2006-11-17T15:00", "2006-11-22T15:00"), [way, knew.clone()], "the last ends on a Saturday");
    assert_eq!(days("2006-11-18T15:00", "2006-11-21T15:00"), [knew], "Tuesday and Friday move under no reading");
}

#[test]
fn what_has_not_happened_is_awaited_until_the_last_reading_has_passed() {
    let reported = r#""reported": "2006-11-22T10:00""#;
    let open = restore(HOURS, "reported", &format!(r#"{reported}, "open": true"#));
    assert_eq!(lacks(&open), [(Lack::Time, FactName::Now, Who::Nobody)]);
    assert_eq!(working(&open)[1..], ["term-work-open"]);
    assert_eq!(open.facts, [FactName::Reported, FactName::Open]);
    let nobody_knows = restore(HOURS, "reported", reported);
    assert_eq!(lacks(&nobody_knows), [(Lack::Happening, FactName::Restored, Who::Either)]);
    let ours = r#""reported": {"at": "2006-11-22T08:00", "standing": "ours"}, "open": true"#;
    let ours = restore(HOURS, "reported", ours);
    assert_eq!(lacks(&ours), [(Lack::OurProof, FactName::Reported, Who::Us)]);
    assert_eq!(working(&ours)[1..], ["term-work-open", "term-work-our-word"]);
}

#[test]
fn a_deadline_on_one_side_s_word_names_the_fact_that_is_to_be_proved() {
    let word = |reported: &str, restored_by: &str, restored: &str| {
        restore(
            HOURS,
            "reported",
            &format!(
                r#""reported": {{"at": "2006-11-22T10:00", "standing": "{reported}"}},
                    "restored": {{"at": "{restored}", "standing": "{restored_by}"}}"#
            ),
        )
    };
    let (early, late) = ("2006-11-22T13:00", "2006-11-22T15:00");
    assert_eq!(lacks(&word("theirs", "established", early)), [(Lack::TheirProof, FactName::Reported, Who::Provider)]);
    assert_eq!(lacks(&word("established", "theirs", early)), [(Lack::TheirProof, FactName::Restored, Who::Provider)]);
    assert_eq!(lacks(&word("ours", "established", late)), [(Lack::OurProof, FactName::Reported, Who::Us)]);
    assert_eq!(lacks(&word("established", "ours", late)), [(Lack::OurProof, FactName::Restored, Who::Us)]);
    assert_eq!(word("ours", "ours", early).finding, Finding::Met);
    assert_eq!(word("theirs", "theirs", late).finding, Finding::Breached);
}

#[test]
fn a_deadline_beyond_the_holiday_data_is_not_guessed() {
    let facts = r#""reported": "2099-12-30T12:00", "restored": "2099-12-31""#;
    let beyond = restore(r#"{"n": 2, "unit": "days", "roll": true}"#, "reported", facts);
    assert_eq!(working(&beyond), ["term-work-no-holidays(day: 2100-01-01)"]);
    assert_eq!(lacks(&beyond), [(Lack::Holidays, FactName::Reported, Who::Us)]);
}

fn november(term: &str, facts: &str, now: &str) -> String {
    format!(r#"{{"term": {{"kind": "availability", {term}}}, "facts": {{"month": "2006-11", {facts}}}, "now": "{now}"}}"#)
}

#[test]
fn an_availability_shows_how_long_it_was_down_of_the_month() {
    let facts = r#""downtime": [{"from": {"from": "2006-11-10T10:00", "to": "2006-11-10T10:10"}, "to": "2006-11-10T10:30"}],
        "excluded": [{"from": "2006-11-10T10:25", "to": "2006-11-10T11:00"}]"#;
    let runs = reason(&november(r#""target_percent": 99.9"#, facts, "2006-11-20"), Rule::Availability);
    assert_eq!(
        working(&runs),
        [
            "term-work-downtime(down: 900 to 1500 s, total: 2592000 s, month: phrase-day(day: 2006-11-01))",
            "term-work-month-runs(until: 2006-12-01T00:00)",
        ]
    );
    assert_eq!(runs.facts, [FactName::Month, FactName::Downtime(0), FactName::Excluded(0)]);
    assert_eq!(lacks(&runs), [(Lack::Time, FactName::Now, Who::Nobody)]);
}

#[test]
fn exactly_the_target_is_met_and_gives_nothing_back() {
    let term = r#""target_percent": 99.9, "tiers": [{"below": 99.9, "credit_percent": 10}]"#;
    let to = |to: &str| {
        outcome(&case(&november(term, &format!(r#""downtime": [{{"from": "2006-11-10T10:00", "to": "{to}"}}]"#), "2006-12-02")))
    };
    // 99.9 % of 30 days leaves 43 minutes and 12 seconds.
    let exactly = to("2006-11-10T10:43:12");
    assert_eq!((&exactly["result"], &exactly["credit_percent"]["max"]), (&"met".into(), &0.into()));
    let longer = to("2006-11-10T10:43:12.000001");
    assert_eq!((&longer["result"], &longer["credit_percent"]["min"]), (&"breached".into(), &10.into()), "compared unrounded");
    assert_eq!(longer["percent"]["min"], 99.9, "shown to four decimals");
}

#[test]
fn outages_apart_count_each_and_what_touches_counts_on() {
    let worst = |outages: &str| {
        let facts = format!(r#""downtime": [{outages}]"#);
        working(&reason(&november(r#""target_percent": 99"#, &facts, "2006-12-02"), Rule::Availability))[0].clone()
    };
    let down = |seconds: i64| {
        format!("term-work-downtime(down: {seconds} to {seconds} s, total: 2592000 s, month: phrase-day(day: 2006-11-01))")
    };
    let ten = r#"{"from": "2006-11-10T10:00", "to": "2006-11-10T10:10"}"#;
    assert_eq!(worst(&format!(r#"{ten}, {{"from": "2006-11-10T10:10", "to": "2006-11-10T10:20"}}"#)), down(1200));
    assert_eq!(
        worst(&format!(r#"{{"from": "2006-11-10T11:00", "to": "2006-11-10T11:10"}}, {ten}"#)),
        down(1200),
        "a gap is no outage"
    );
    assert_eq!(worst(&format!(r#"{ten}, {{"from": "2006-11-10T10:02", "to": "2006-11-10T10:05"}}"#)), down(600));
    let rough = r#"{"from": {"from": "2006-11-10T10:00", "to": "2006-11-10T10:30"}, "to": {"from": "2006-11-10T10:10", "to": "2006-11-10T10:40"}}"#;
    assert_eq!(
        worst(rough),
        "term-work-downtime(down: 0 to 2400 s, total: 2592000 s, month: phrase-day(day: 2006-11-01))",
        "at its shortest it was none"
    );
}

#[test]
fn maintenance_excuses_at_its_narrowest_in_the_worst_case_and_at_its_widest_in_the_best() {
    let facts = r#""downtime": [{"from": "2006-11-10T10:00", "to": "2006-11-10T12:00"}],
        "excluded": [{"from": {"from": "2006-11-10T10:00", "to": "2006-11-10T10:30"},
            "to": {"from": "2006-11-10T11:00", "to": "2006-11-10T11:30"}}]"#;
    let down = "term-work-downtime(down: 1800 to 5400 s, total: 2592000 s, month: phrase-day(day: 2006-11-01))";
    assert_eq!(working(&reason(&november(r#""target_percent": 99"#, facts, "2006-12-02"), Rule::Availability))[0], down);
}

#[test]
fn an_outage_that_lasts_may_last_to_the_end_of_the_month() {
    let facts = r#""downtime": [{"from": "2006-11-10T10:00", "to": null}]"#;
    let lasts = reason(&november(r#""target_percent": 10"#, facts, "2006-11-10T10:30"), Rule::Availability);
    let down = "term-work-downtime(down: 1800 to 1778400 s, total: 2592000 s, month: phrase-day(day: 2006-11-01))";
    assert_eq!(working(&lasts)[0], down);
}

#[test]
fn a_credit_between_two_tiers_is_as_rough_as_the_outage() {
    let tiers = r#""target_percent": 99.9, "tiers": [{"below": 99.9, "credit_percent": 30}, {"below": 99.5, "credit_percent": 10},
        {"below": 99, "credit_percent": 20}]"#;
    let credit = |to: &str| {
        let facts = format!(r#""downtime": [{{"from": "2006-11-10T10:00", "to": {to}}}]"#);
        let outcome = outcome(&case(&november(tiers, &facts, "2006-12-02")));
        (outcome["credit_percent"]["min"].clone(), outcome["credit_percent"]["max"].clone())
    };
    assert_eq!(credit(r#""2006-11-10T11:00""#), (30.into(), 30.into()), "an hour is under 99.9 % alone");
    assert_eq!(credit(r#""2006-11-10T14:00""#), (10.into(), 10.into()), "the lowest limit above it decides");
    assert_eq!(credit(r#"{"from": "2006-11-10T11:00", "to": "2006-11-10T14:00"}"#), (10.into(), 30.into()));
    assert_eq!(
        credit(r#"{"from": "2006-11-10T10:10", "to": "2006-11-10T20:00"}"#),
        (0.into(), 30.into()),
        "any part between is possible"
    );
}

#[test]
fn an_outage_counts_from_the_shortest_that_the_clause_names() {
    let finding = |until: &str| {
        let json = format!(
            r#"{{"term": {{"kind": "availability", "period": "month", "target_percent": 99.99, "minimum_minutes": 10}}, "now": "2006-12-01",
            "facts": {{"month": "2006-11", "downtime": [{{"from": "2006-11-22T10:00", "to": "{until}", "standing": "established"}}]}}}}"#
        );
        reason(&json, Rule::Availability).finding
    };
    assert_eq!(finding("2006-11-22T10:09:59"), Finding::Met, "shorter than ten minutes");
    assert_eq!(finding("2006-11-22T10:10"), Finding::Breached, "ten minutes are not shorter than ten");
}
