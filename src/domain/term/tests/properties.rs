//! What must hold of every case: knowing less never settles anything, and time settles what it settles for good.

use chrono::Duration;
use proptest::prelude::*;

use super::made_up::{self, Dice};
use crate::domain::contract::Standing;
use crate::domain::term::facts::{Exception, Fact, Looked};
use crate::domain::term::verdict::Case;
use crate::domain::term::{Finding, Term, credit, deadline};

/// Every time among the facts.
fn times(case: &mut Case) -> Vec<&mut Fact> {
    let facts = &mut case.facts;
    let whole = [
        &mut facts.effective,
        &mut facts.started,
        &mut facts.reported,
        &mut facts.provider_knew,
        &mut facts.responded,
        &mut facts.perhaps_responded,
        &mut facts.restored,
        &mut facts.claimed_on,
    ];
    let notices = facts.notices.iter_mut().flat_map(|notice| [&mut notice.sent, &mut notice.received]);
    whole.into_iter().chain(notices).filter_map(Option::as_mut).collect()
}

/// The same case with one time less exact.
fn rougher(case: &Case, dice: &mut Dice) -> Case {
    let mut rougher = case.clone();
    let before = Duration::minutes(dice.one(&[0, 1, 30, 1440, 20_000]));
    let after = Duration::minutes(dice.one(&[0, 1, 30, 1440, 20_000]));
    let outages = rougher.facts.downtime.iter_mut().chain(&mut rougher.facts.excluded);
    for outage in outages.filter(|_| dice.in_(3)) {
        outage.from = (outage.from.0 - before, outage.from.1 + after);
        outage.to = outage.to.map(|(from, to)| (from - before, to + after));
    }
    let chosen = dice.below(12);
    for (at, time) in (0_u64..).zip(times(&mut rougher)) {
        if at == chosen || dice.in_(6) {
            (time.from, time.to) = (time.from - before, time.to + after);
        }
    }
    rougher
}

/// The same case with one fact that only one side says any more.
fn weaker(case: &Case, dice: &mut Dice) -> Case {
    let mut weaker = case.clone();
    let one_sided = dice.one(&[Standing::Theirs, Standing::Ours]);
    let mut weaken = |standing: &mut Standing| {
        if *standing == Standing::Established && dice.in_(3) {
            *standing = one_sided;
        }
    };
    for time in times(&mut weaker) {
        weaken(&mut time.standing);
    }
    for notice in &mut weaker.facts.notices {
        weaken(&mut notice.standing);
    }
    for outage in weaker.facts.downtime.iter_mut().chain(&mut weaker.facts.excluded) {
        weaken(&mut outage.standing);
    }
    if let Some(agreement) = &mut weaker.agreement {
        weaken(&mut agreement.standing);
    }
    for exception in weaker.facts.exceptions.values_mut().filter(|exception| **exception == Exception::Established) {
        *exception = if one_sided == Standing::Ours { Exception::Ours } else { Exception::Theirs };
    }
    weaker
}

/// The same case without a beginning, where it began only after the report by which they knew of it was over: no such facts are
/// all true, so that knowing less of them can make them possible, and settle something for the first time.
fn possible(mut case: Case) -> Case {
    let facts = &mut case.facts;
    if facts.provider_knew.is_none() && facts.started.zip(facts.reported).is_some_and(|(began, told)| began.from > told.to) {
        facts.started = None;
    }
    case
}

/// That the one who knows less says the same, or nothing.
fn says_no_more(knows: &Case, less: &Case) -> Result<(), TestCaseError> {
    let (said, says) = (knows.verdict().finding, less.verdict().finding);
    prop_assert!(says == said || says == Finding::CannotDetermine, "{said} became {says}\n{knows:#?}\n{less:#?}");
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 20_000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_rougher_time_never_settles_anything(seed in any::<u64>()) {
        let case = possible(made_up::case(seed));
        says_no_more(&case, &rougher(&case, &mut Dice(!seed)))?;
    }

    #[test]
    fn a_weaker_standing_never_settles_anything(seed in any::<u64>()) {
        let mut case = made_up::case(seed);
        // Arrival is for the sender to show: where somebody looked, a receipt that only they claim does not count.
        case.facts.none_received = Looked::Nowhere;
        says_no_more(&case, &weaker(&case, &mut Dice(!seed)))?;
    }

    #[test]
    fn time_never_undoes_what_is_settled(seed in any::<u64>()) {
        let case = made_up::case(seed);
        let before = case.verdict().finding;
        let hours = i64::try_from(Dice(!seed).below(2000)).unwrap_or(0);
        let later = Case { now: case.now + Duration::hours(hours), ..case.clone() };
        let after = later.verdict().finding;
        prop_assert!(before == Finding::CannotDetermine || before == after, "{before} became {after}\n{later:#?}");
    }
}

#[test]
fn the_last_day_to_claim_is_the_verdict_s_wherever_that_has_one() {
    let mut seen = 0;
    for case in (0..20_000).map(made_up::case) {
        let Term::Credit(term) = &case.term else { continue };
        let (Some(claim), None) = (case.verdict().clause.credit.claim, case.facts.claimed_on) else { continue };
        let days = credit::last_days(term, &case.facts, &case.calendar);
        let by = days.map(|(first, _)| first.day.unwrap_or_else(|| case.calendar.day(first.at)));
        assert_eq!(by, claim.by, "{case:#?}");
        seen += 1;
    }
    assert!(seen > 20, "{seen}");
}

#[test]
fn what_happens_by_the_first_limit_is_never_late_and_after_the_last_never_in_time() {
    let mut seen = 0;
    for case in (0..20_000).map(made_up::case) {
        let Term::Restore(term) = &case.term else { continue };
        let Some((first, last)) = deadline::limits(term, &case.facts, &case.calendar) else { continue };
        let finding = case.verdict().clause.finding;
        if case.facts.restored.is_some_and(|restored| restored.to <= first.at) {
            assert_ne!(finding, Finding::Breached, "{case:#?}");
            seen += 1;
        }
        if case.facts.restored.is_some_and(|restored| restored.from > last.at) {
            assert_ne!(finding, Finding::Met, "{case:#?}");
            seen += 1;
        }
    }
    assert!(seen > 20, "{seen}");
}

#[test]
fn the_cases_made_up_come_to_everything() {
    let mut counts = std::collections::BTreeMap::new();
    for seed in 0..20_000 {
        *counts.entry(made_up::case(seed).verdict().finding).or_insert(0) += 1;
    }
    for finding in [Finding::Met, Finding::Breached, Finding::CannotDetermine, Finding::Due, Finding::NotDue] {
        assert!(counts.get(&finding).is_some_and(|count| *count > 300), "{counts:?}");
    }
}
