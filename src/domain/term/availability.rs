//! Whether it was up for as much of a month as the clause promises.
//!
//! The worst case takes outages at their longest and agreed maintenance at its narrowest, the best case the other way round. What
//! only the other side could gain by is taken as said: an outage that only they state, maintenance that only we state.

use chrono::{Duration, Months, NaiveDate};

use super::facts::{Facts, Outage};
use super::reason::{self, FactName, Lack, Reason, Rule};
use super::{AvailabilityTerm, Finding, Percent};
use crate::domain::calendar::Calendar;
use crate::domain::contract::Standing;
use crate::domain::moment::{Stamp, local};
use crate::domain::phrases::Phrase;

/// A part of a hundred as it is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Availability {
    /// In ten-thousandths of one percent: of the worst case, and of the best.
    pub percent: (i64, i64),
    /// What is given back: the least, and the most.
    pub credit: (Percent, Percent),
}

/// A stretch of time, the end not in it.
type Stretch = (Stamp, Stamp);

/// Which case is computed.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Case {
    Worst,
    Best,
}

/// What the term comes to; no figures where the month is not known.
pub(super) fn judge(term: &AvailabilityTerm, facts: &Facts, calendar: &Calendar, now: Stamp) -> (Reason, Option<Availability>) {
    let reason = Reason::new(Rule::Availability).on([FactName::Month]);
    let Some((first, next)) = facts.month.and_then(|first| Some((first, first.checked_add_months(Months::new(1))?))) else {
        return (reason.lacks(Lack::Beginning, FactName::Month), None);
    };
    let month = (local::midnight(first, calendar.zone), local::midnight(next, calendar.zone));
    let total = micros(month.1 - month.0);
    let down = |case| down(term, facts, month, now, case);
    let (longest, shortest) = (down(Case::Worst), down(Case::Best));
    let reaches = |down: i64| {
        i128::from(total - down) * 100 * i128::from(Percent::ONE)
            >= i128::from(term.target_percent.billionths) * i128::from(total)
    };
    let availability = Availability {
        percent: (ten_thousandths(total - longest, total), ten_thousandths(total - shortest, total)),
        credit: credit(term, total, shortest, longest),
    };
    let reason = reason
        .on((0..facts.downtime.len()).map(FactName::Downtime))
        .on((0..facts.excluded.len()).map(FactName::Excluded))
        .work(worked(first, total, shortest, longest));
    let reason = if !reaches(shortest) {
        reason.found(Finding::Breached)
    } else if !reaches(longest) {
        unsettled(reason, facts)
    } else if now < month.1 {
        reason.work(Phrase::new("term-work-month-runs").with("until", reason::instant(month.1))).lacks(Lack::Time, FactName::Now)
    } else {
        reason.found(Finding::Met)
    };
    (reason, Some(availability))
}

/// What would settle an availability that lies on either side of the target.
fn unsettled(reason: Reason, facts: &Facts) -> Reason {
    let ours = facts.downtime.iter().position(|outage| outage.standing == Standing::Ours);
    let theirs = facts.excluded.iter().position(|outage| outage.standing == Standing::Theirs);
    let mut reason = reason;
    if let Some(at) = ours {
        reason = reason.lacks(Lack::OurProof, FactName::Downtime(at));
    }
    if let Some(at) = theirs {
        reason = reason.lacks(Lack::TheirProof, FactName::Excluded(at));
    }
    if reason.missing.is_empty() { reason.lacks(Lack::ExactTime, FactName::Downtime(0)) } else { reason }
}

/// For how long it was down in the month, in microseconds.
fn down(term: &AvailabilityTerm, facts: &Facts, month: Stretch, now: Stamp, case: Case) -> i64 {
    let minimum = Duration::minutes(i64::from(term.minimum_minutes));
    let outages = facts.downtime.iter().filter(|outage| case == Case::Worst || outage.standing != Standing::Ours);
    let outages = outages.map(|outage| stretch(outage, now, case == Case::Worst));
    let outages = outages.filter(|(from, to)| *to - *from >= minimum);
    let excluded = facts.excluded.iter().filter(|outage| case == Case::Best || outage.standing != Standing::Theirs);
    let excluded = excluded.map(|outage| stretch(outage, now, case == Case::Best));
    let outages = union(outages.filter_map(|outage| clip(outage, month)).collect());
    let excluded = union(excluded.filter_map(|excluded| clip(excluded, month)).collect());
    let all: i64 = outages.iter().map(|(from, to)| micros(*to - *from)).sum();
    let excused = outages.iter().flat_map(|outage| excluded.iter().filter_map(move |excluded| clip(*outage, *excluded)));
    all - excused.map(|(from, to)| micros(to - from)).sum::<i64>()
}

/// An outage at its longest, or at its shortest, where it may end before it began. One that lasts ends at some time from now on.
fn stretch(outage: &Outage, now: Stamp, longest: bool) -> Stretch {
    match (outage.to, longest) {
        (Some((_, to)), true) => (outage.from.0, to),
        (Some((to, _)), false) => (outage.from.1, to),
        (None, true) => (outage.from.0, Stamp::MAX_UTC),
        (None, false) => (outage.from.1, now),
    }
}

/// What of a stretch lies in another; none where that has no length.
fn clip(stretch: Stretch, to: Stretch) -> Option<Stretch> {
    let (from, until) = (stretch.0.max(to.0), stretch.1.min(to.1));
    (from < until).then_some((from, until))
}

/// The same times, overlaps counted once.
fn union(mut stretches: Vec<Stretch>) -> Vec<Stretch> {
    stretches.sort_unstable();
    let mut union: Vec<Stretch> = Vec::new();
    for (from, to) in stretches {
        match union.last_mut() {
            Some(last) if from <= last.1 => last.1 = last.1.max(to),
            _ => union.push((from, to)),
        }
    }
    union
}

/// What is given back for any part that is possible: the tier with the lowest limit above it.
fn credit(term: &AvailabilityTerm, total: i64, shortest: i64, longest: i64) -> (Percent, Percent) {
    let below = |down: i64, limit: Percent| {
        i128::from(total - down) * 100 * i128::from(Percent::ONE) < i128::from(limit.billionths) * i128::from(total)
    };
    let none = Percent { billionths: 0 };
    let tier = |down: i64| {
        let hit = term.tiers.iter().filter(|tier| below(down, tier.below)).min_by_key(|tier| tier.below);
        hit.map_or(none, |tier| tier.credit_percent)
    };
    let between = term.tiers.iter().filter(|tier| below(longest, tier.below) && !below(shortest, tier.below));
    let possible = between.map(|tier| tier.credit_percent).chain([tier(shortest), tier(longest)]);
    let (min, max) = (possible.clone().min(), possible.max());
    (min.unwrap_or(none), max.unwrap_or(none))
}

/// In ten-thousandths of one percent, to the nearest.
fn ten_thousandths(up: i64, total: i64) -> i64 {
    let (up, total) = (i128::from(up) * 1_000_000, i128::from(total.max(1)));
    i64::try_from((2 * up + total) / (2 * total)).unwrap_or(i64::MAX)
}

fn micros(duration: Duration) -> i64 {
    duration.num_microseconds().unwrap_or(i64::MAX)
}

fn worked(first: NaiveDate, total: i64, shortest: i64, longest: i64) -> Phrase {
    let span = crate::domain::moment::Span { min: Duration::microseconds(shortest), max: Duration::microseconds(longest) };
    let total = Duration::microseconds(total).num_seconds();
    Phrase::new("term-work-downtime").span("down", span).seconds("total", total).phrase("month", reason::day_text(first))
}
