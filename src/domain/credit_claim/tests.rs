//! What is due and until when, from a verdict; and what a claim says of itself.

use chrono::Duration;

use super::*;
use crate::domain::deadline::deadlines;
use crate::domain::deadline::tests::{OVER, at, clause, day, dossier, exact};
use crate::domain::dossier::Dossier;
use crate::domain::locale::DEFAULT_ZONE;
use crate::domain::view::Internal;

const CREDIT: &str = r#"{"kind": "credit", "from": "reported", "minimum_hours": 24, "block_hours": 24,
    "per_block": {"of": "monthly_fee", "divided_by": 30}, "claim_within": {"n": 3, "unit": "months", "from": "restored"}}"#;
const UPTIME: &str = r#"{"kind": "availability", "period": "month", "target_percent": 99.9,
    "tiers": [{"below": 99.9, "credit_percent": 10}, {"below": 99, "credit_percent": 25}]}"#;

fn now() -> Stamp {
    at("2006-11-24T13:00")
}

fn claim(sent: Moment) -> CreditClaim {
    CreditClaim {
        id: Id::new(1),
        uid: Uid::from_parts(1, [11; 10]),
        revision: 0,
        incident: Id::new(1),
        of: Citation::Clause(Id::new(2)),
        provider: Id::new(1),
        sent,
        way: ClaimWay::Letter,
        address: String::new(),
        sent_by: None,
        amount: Some(3_500),
        currency: "JPY".to_owned(),
        answer_by: Some(day("2006-12-08")),
        answer: ClaimAnswer::Open,
        answered: None,
        granted: None,
        answer_words: String::new(),
        entry: None,
        visibility: Visibility::Provider,
        struck: None,
    }
}

fn due(dossier: &Dossier) -> Option<Due> {
    dossier.verdicts(now())[0].due()
}

fn exactly(amount: i64) -> Option<Bounds> {
    Some(Bounds { min: Some(amount), max: Some(amount) })
}

#[test]
fn whole_days_of_the_fee_are_due_and_without_the_fee_the_days_alone() {
    let mut dossier = dossier(&OVER, vec![clause(2, CREDIT)]);
    let found = due(&dossier).expect("a credit");
    assert_eq!(found.amount, exactly(3_500), "two days of 52,500 ÷ 30");
    assert!(!dossier.verdicts(now())[0].lacks_fee());
    dossier.contracts[0].monthly_fee = None;
    let found = due(&dossier).expect("a credit");
    assert_eq!(found.amount, None);
    assert!(matches!(found.counted, Counted::Blocks { blocks: Bounds { min: Some(2), max: Some(2) }, .. }));
    assert!(dossier.verdicts(now())[0].lacks_fee());
}

#[test]
fn a_month_below_its_target_gives_a_part_of_the_fee() {
    let mut dossier = dossier(&OVER, vec![clause(2, UPTIME)]);
    let found = due(&dossier).expect("a credit");
    assert_eq!(found.amount, exactly(13_125), "a quarter of 52,500");
    dossier.contracts[0].monthly_fee = Some(52_501);
    assert_eq!(due(&dossier).expect("a credit").amount, exactly(13_125), "fractions are not asked for");
    assert_eq!(dossier.verdicts(now())[0].last_days_to_claim(), None);
    dossier.clauses[0] = clause(2, r#"{"kind": "availability", "period": "month", "target_percent": 99.9, "tiers": []}"#);
    assert_eq!(due(&dossier), None, "what promises nothing gives nothing");
    assert!(!dossier.verdicts(now())[0].is_about_credit());
}

#[test]
fn what_is_not_certain_is_not_due() {
    let mut dossier = dossier(&OVER, vec![clause(2, &CREDIT.replace("24, \"block", "24, \"requires_total\": true, \"block"))]);
    assert_eq!(due(&dossier), None);
    assert!(dossier.verdicts(now())[0].is_about_credit());
    dossier.incident.total = Some(true);
    assert_eq!(due(&dossier).expect("a credit").amount, exactly(3_500));
}

#[test]
fn a_claim_ends_its_deadline_and_the_verdict_says_that_it_was_made() {
    let mut dossier = dossier(&OVER, vec![clause(2, CREDIT)]);
    let found = dossier.verdicts(now());
    assert_eq!(deadlines(&dossier, &found).len(), 1);
    let days = (day("2007-02-24"), day("2007-02-26"));
    assert_eq!(found[0].last_days_to_claim(), Some(days), "the 24th is a Saturday, and nobody says whether it moves");
    drop(found);
    dossier.credit_claims = vec![claim(exact("2006-11-24T12:00")), claim(exact("2006-11-24T11:30"))];
    let found = dossier.verdicts(now());
    assert_eq!(found[0].case.facts.claimed_on.map(|fact| fact.from), Some(at("2006-11-24T11:30")), "the first one counts");
    assert_eq!(deadlines(&dossier, &found), []);
    assert_eq!(found[0].last_days_to_claim(), Some(days), "the day itself is still known");
    assert_eq!(found[0].judgement.governing().credit.claim.and_then(|claim| claim.lapsed), Some(false));
    assert!(found[0].facts().contains_key("facts.claimed_on"));
    drop(found);
    for claim in &mut dossier.credit_claims {
        claim.struck = Some(Struck { at: now(), reason: "never sent".to_owned() });
    }
    assert_eq!(deadlines(&dossier, &dossier.verdicts(now())).len(), 1, "what was struck out was not claimed");
}

#[test]
fn a_claim_under_another_clause_ends_nothing() {
    let mut dossier = dossier(&OVER, vec![clause(2, CREDIT)]);
    dossier.credit_claims = vec![CreditClaim { of: Citation::Clause(Id::new(3)), ..claim(exact("2006-11-24T12:00")) }];
    assert_eq!(deadlines(&dossier, &dossier.verdicts(now())).len(), 1);
}

#[test]
fn it_came_in_time_too_late_or_nobody_can_say() {
    let days = (day("2007-02-24"), day("2007-02-26"));
    let whole = |from: &str, to: &str| Moment {
        from: at(&format!("{from}T00:00")) + Duration::microseconds(1),
        to: at(&format!("{to}T00:00")) - Duration::microseconds(1),
        words: None,
        zone: DEFAULT_ZONE,
    };
    assert_eq!(claim(whole("2007-02-24", "2007-02-25")).is_in_time(days, DEFAULT_ZONE), Some(true));
    assert_eq!(claim(exact("2007-02-24T23:59")).is_in_time(days, DEFAULT_ZONE), Some(true));
    assert_eq!(claim(exact("2007-02-25T00:00")).is_in_time(days, DEFAULT_ZONE), None, "only where the day moves");
    assert_eq!(claim(exact("2007-02-27T00:00")).is_in_time(days, DEFAULT_ZONE), Some(false));
    assert_eq!(claim(whole("2007-02-01", "2007-03-01")).is_in_time(days, DEFAULT_ZONE), None);
    let sent = Moment { zone: chrono_tz::America::New_York, ..exact("2007-02-27T08:00") };
    assert_eq!(claim(sent).is_in_time(days, DEFAULT_ZONE), Some(false), "what day it is, the contract's clocks say");
}

#[test]
fn the_last_day_is_over_when_it_is_where_the_contract_counts() {
    let dossier = dossier(&OVER, vec![clause(2, CREDIT)]);
    let overdue = |now: &str| dossier.view::<Internal>(&None, at(now)).overdue_credits().len();
    assert_eq!((overdue("2007-02-24T23:59"), overdue("2007-02-25T00:30")), (0, 1), "in Greenwich it is the 24th still");
}

#[test]
fn an_answer_is_overdue_when_its_day_is_over() {
    let open = claim(exact("2006-11-24T12:00"));
    assert!(!open.is_overdue(at("2006-12-08T23:59")));
    assert!(open.is_overdue(at("2006-12-09T00:00")));
    let refused = CreditClaim { answer: ClaimAnswer::Refused, ..open.clone() };
    assert!(!refused.is_overdue(at("2007-01-01T00:00")));
    assert!(!CreditClaim { answer_by: None, ..open }.is_overdue(at("2007-01-01T00:00")));
}
