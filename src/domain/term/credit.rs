//! Whether a part of the fee is due back 料金の減額, how much, and until when it must be claimed.

use chrono::{Duration, NaiveDate};
use serde::Serialize;

use super::deadline::Beginning;
use super::facts::{Facts, Fault, Word};
use super::reason::{self, FactName, Lack, Reason, Rule};
use super::{ClaimFrom, ClaimWithin, CreditTerm, Finding, Hours, PerBlock, Round};
use crate::domain::calendar::Calendar;
use crate::domain::calendar::count::{Clock, Limit, Limits, Period, Unit};
use crate::domain::moment::{Span, Stamp};
use crate::domain::phrases::{Arg, Phrase};

/// A count or an amount as it is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "app", derive(utoipa::ToSchema))]
pub struct Bounds {
    /// At least; none where it cannot be told.
    pub min: Option<i64>,
    /// At most; none where it cannot be told.
    pub max: Option<i64>,
}

/// What a credit comes to, beside its finding.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Credit {
    /// How many blocks count.
    pub blocks: Option<Bounds>,
    /// What is due, in the smallest unit of the currency.
    pub amount: Option<Bounds>,
    /// Until when it must be claimed.
    pub claim: Option<Claim>,
}

/// Until when a credit must be claimed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Claim {
    /// The earliest last day under all readings; none where it cannot be counted.
    pub by: Option<NaiveDate>,
    /// Whether it is too late under every reading; none where that depends on the reading.
    pub lapsed: Option<bool>,
}

/// When it was over.
struct Ended {
    from: Stamp,
    to: Option<Stamp>,
    word: Word,
    fact: FactName,
}

fn ended(facts: &Facts, now: Stamp) -> Option<Ended> {
    match facts.restored {
        Some(restored) => {
            Some(Ended { from: restored.from, to: Some(restored.to), word: restored.standing.into(), fact: FactName::Restored })
        }
        None if facts.open => Some(Ended { from: now, to: None, word: Word::default(), fact: FactName::Open }),
        None => None,
    }
}

/// What the term comes to.
pub(super) fn judge(term: &CreditTerm, facts: &Facts, calendar: &Calendar, now: Stamp) -> (Vec<Reason>, Credit) {
    let reason = Reason::new(Rule::Credit);
    let nothing = |reason| (vec![reason], Credit::default());
    let begins = Beginning::of(term.from, facts);
    let (begins, ended) = match (begins, ended(facts, now)) {
        (Some(begins), Some(ended)) => (begins, ended),
        (None, _) => return nothing(reason.lacks(Lack::Beginning, FactName::Reported)),
        (_, None) => return nothing(reason.lacks(Lack::Happening, FactName::Restored)),
    };
    let reason = reason.on(begins.facts().chain([ended.fact.clone()]));
    let reason = match excluded(term, facts, reason) {
        Ok(reason) => reason,
        Err(not_due) => return nothing(not_due),
    };
    let shortest = (ended.from - begins.to.at).max(Duration::zero());
    let longest = ended.to.zip(begins.from.as_ref()).map(|(to, from)| (to - from.at).max(Duration::zero()).max(shortest));
    let blocks = Bounds { min: Some(counted(term, shortest)), max: longest.map(|longest| counted(term, longest)) };
    let reason = reason.work(worked(term, shortest, longest, blocks));
    if blocks.max == Some(0) {
        // The earliest beginning rests on what the latest rests on, and on a fact of its own.
        let from = begins.from.unwrap_or_else(|| begins.to.clone());
        let ends = [(ended.word, ended.fact), (begins.to.word, begins.to.fact), (from.word, from.fact)];
        let reason = if let Some((_, fact)) = ends.into_iter().find(|(word, _)| word.theirs) {
            reason.work(Phrase::new("term-work-their-word")).lacks(Lack::TheirProof, fact)
        } else {
            reason.found(Finding::NotDue)
        };
        return nothing(reason);
    }
    let undecided = |reason| (vec![reason], Credit { blocks: Some(blocks), ..Credit::default() });
    if blocks.min == Some(0) {
        let fact = ended.fact.clone();
        let reason =
            if ended.to.is_none() { reason.lacks(Lack::Time, FactName::Now) } else { reason.lacks(Lack::ExactTime, fact) };
        return undecided(reason);
    }
    let reason = doubts(term, facts, reason, &begins, &ended);
    if !reason.missing.is_empty() {
        return undecided(reason);
    }
    let amount = amount(term, facts.monthly_fee, blocks);
    let reason = paid(reason, term, facts, amount);
    let claim = term.claim_within.and_then(|within| claim(&within, term, facts, calendar, now, &begins));
    let (claim, said) = claim.unzip();
    let reasons = std::iter::once(reason.found(Finding::Due)).chain(said).collect();
    (reasons, Credit { blocks: Some(blocks), amount: Some(amount), claim })
}

/// What excludes a credit whatever the times; else the reason goes on.
fn excluded(term: &CreditTerm, facts: &Facts, reason: Reason) -> Result<Reason, Reason> {
    if term.requires_total && facts.total == Some(false) {
        let reason = reason.on([FactName::Total]).work(Phrase::new("term-work-not-total"));
        return Err(reason.found(Finding::NotDue));
    }
    if term.requires_fault.is_some() && matches!(facts.fault, Some(Fault::Customer | Fault::Neither)) {
        let reason = reason.on([FactName::Fault]).work(Phrase::new("term-work-not-their-fault"));
        return Err(reason.found(Finding::NotDue));
    }
    Ok(reason)
}

/// What keeps a credit that the times give from being due.
fn doubts(term: &CreditTerm, facts: &Facts, reason: Reason, begins: &Beginning, ended: &Ended) -> Reason {
    let mut reason = reason;
    for (word, fact) in [(begins.to.word, &begins.to.fact), (ended.word, &ended.fact)] {
        if word.ours {
            reason = reason.work(Phrase::new("term-work-our-word")).lacks(Lack::OurProof, fact.clone());
        }
    }
    if term.requires_total {
        reason = reason.on([FactName::Total]);
        if facts.total.is_none() {
            reason = reason.lacks(Lack::WhetherTotal, FactName::Total);
        }
    }
    if term.requires_fault.is_some() {
        reason = reason.on([FactName::Fault]);
        if facts.fault.is_none() {
            reason = reason.lacks(Lack::WhoseFault, FactName::Fault);
        }
    }
    reason
}

/// Whole blocks in an outage of that length, if it lasted as long as the clause wants.
fn counted(term: &CreditTerm, length: Duration) -> i64 {
    let length_of = |hours: Hours| Duration::seconds(hours.seconds);
    if length < length_of(term.minimum) {
        return 0;
    }
    // Both fit: a hundred centuries are far fewer microseconds than an i64 holds.
    let micros = |duration: Duration| duration.num_microseconds().unwrap_or(i64::MAX);
    micros(length) / micros(length_of(term.block)).max(1)
}

/// Fee × blocks ÷ divisor, rounded once, at the end.
fn amount(term: &CreditTerm, fee: Option<i64>, blocks: Bounds) -> Bounds {
    let of = |blocks: Option<i64>| {
        let blocks = i128::from(blocks?);
        let whole = match term.per_block {
            PerBlock::Fixed { fixed } => i128::from(fixed) * blocks,
            PerBlock::Share { divided_by, .. } => {
                let (over, divisor) = (i128::from(fee?) * blocks, i128::from(divided_by.max(1)));
                match term.round {
                    Round::Down => over / divisor,
                    Round::Up => (over + divisor - 1) / divisor,
                }
            }
        };
        i64::try_from(whole).ok()
    };
    Bounds { min: of(blocks.min), max: of(blocks.max) }
}

fn worked(term: &CreditTerm, shortest: Duration, longest: Option<Duration>, blocks: Bounds) -> Phrase {
    let count = |blocks: Option<i64>| Arg::Number(blocks.unwrap_or_default());
    let (key, length) = match longest {
        Some(max) if blocks.min == blocks.max => ("term-work-blocks-exactly", Arg::Span(Span { min: shortest, max })),
        Some(max) => ("term-work-blocks", Arg::Span(Span { min: shortest, max })),
        None => ("term-work-blocks-at-least", Arg::Span(Span { min: shortest, max: shortest })),
    };
    let phrase = Phrase::new(key).with("length", length).seconds("block", term.block.seconds).with("min", count(blocks.min));
    if longest.is_some() { phrase.with("max", count(blocks.max)) } else { phrase }
}

fn paid(reason: Reason, term: &CreditTerm, facts: &Facts, amount: Bounds) -> Reason {
    let number = |amount: Option<i64>| Arg::Number(amount.unwrap_or_default());
    let (key, reason) = match (term.per_block, facts.monthly_fee) {
        (PerBlock::Share { .. }, None) => return reason.work(Phrase::new("term-work-no-fee")),
        (PerBlock::Share { .. }, Some(_)) => ("term-work-amount", reason.on([FactName::MonthlyFee])),
        (PerBlock::Fixed { .. }, _) => ("term-work-amount-fixed", reason),
    };
    let phrase = Phrase::new(key).with("min", number(amount.min));
    let phrase = match term.per_block {
        PerBlock::Share { divided_by, .. } => {
            phrase.with("fee", number(facts.monthly_fee)).with("divisor", Arg::Number(i64::from(divided_by)))
        }
        PerBlock::Fixed { fixed } => phrase.with("fixed", Arg::Number(fixed)),
    };
    reason.work(match amount.max {
        Some(max) if amount.min != Some(max) => {
            phrase.phrase("more", Phrase::new("term-work-amount-to").with("max", Arg::Number(max)))
        }
        Some(_) => phrase.phrase("more", Phrase::typed("")),
        None => phrase.phrase("more", Phrase::new("term-work-amount-or-more")),
    })
}

/// The last day on which it can be claimed under the earliest reading, and under the latest, whether it is known to be due or not;
/// none where it is claimed, where the clause wants no claim, and where the time does not run yet or cannot be counted.
pub fn last_days(term: &CreditTerm, facts: &Facts, calendar: &Calendar) -> Option<(Limit, Limit)> {
    let within = term.claim_within.filter(|_| facts.claimed_on.is_none())?;
    let begins = Beginning::of(term.from, facts);
    let (from, to) = claimable_from(&within, term, facts, begins.as_ref())?;
    let count = |at: Stamp| calendar.within(at, &within.period, Clock::Always).ok();
    let first = count(from?).or_else(|| unmoved(&within, from?, calendar))?;
    // While it lasts, the latest is that of the time known so far.
    let last = to.and_then(count).unwrap_or_else(|| first.clone());
    Some((first.earliest(), last.latest()))
}

/// From when the time to claim runs, at the earliest and at the latest; none while it does not run yet.
fn claimable_from(
    within: &ClaimWithin,
    term: &CreditTerm,
    facts: &Facts,
    begins: Option<&Beginning>,
) -> Option<(Option<Stamp>, Option<Stamp>)> {
    match within.from {
        ClaimFrom::Restored => facts.restored.map(|restored| (Some(restored.from), Some(restored.to))),
        ClaimFrom::Claimable => {
            let first = begins?.from.as_ref().map(|from| from.at + Duration::seconds(term.minimum.seconds));
            Some((first, facts.restored.map(|restored| restored.to)))
        }
    }
}

/// Where a holiday might move the last day, the day itself is still the earliest.
fn unmoved(within: &ClaimWithin, from: Stamp, calendar: &Calendar) -> Option<Limits> {
    let unmoved = Period { roll: Some(false), ..within.period };
    let movable = matches!(unmoved.unit, Unit::Days | Unit::Weeks | Unit::Months) && within.period.roll.is_none();
    if movable { calendar.within(from, &unmoved, Clock::Always).ok() } else { None }
}

/// Until when it must be claimed; none while that does not run yet.
fn claim(
    within: &ClaimWithin,
    term: &CreditTerm,
    facts: &Facts,
    calendar: &Calendar,
    now: Stamp,
    begins: &Beginning,
) -> Option<(Claim, Reason)> {
    let reason = Reason::new(Rule::Claim).on([FactName::Restored]);
    let (from, to) = claimable_from(within, term, facts, Some(begins))?;
    let count = |at: Stamp| calendar.within(at, &within.period, Clock::Always);
    let (first, last) = (from.map(count), to.map(count));
    let latest = last.as_ref().and_then(|last| last.as_ref().ok()).map(|limits| limits.latest().at);
    let lapsed = match (&first, latest) {
        _ if facts.claimed_on.is_some() => Some(false),
        (Some(Ok(_)) | None, Some(latest)) if now > latest => Some(true),
        (Some(Ok(first)), _) if now <= first.earliest().at => Some(false),
        _ => None,
    };
    let day = |limits: &Limits| limits.earliest().day.unwrap_or_else(|| calendar.day(limits.earliest().at));
    let (by, reason) = match &first {
        None => (None, reason.lacks(Lack::Beginning, FactName::ProviderKnew)),
        Some(Ok(first)) => {
            let length = reason::length(within.period.n, within.period.unit);
            let working = Phrase::new("term-work-claim").phrase("length", length).phrase("limits", reason::limits(first));
            (Some(day(first)), reason.work(working))
        }
        Some(Err(error)) => {
            let unmoved = from.and_then(|from| unmoved(within, from, calendar));
            (unmoved.as_ref().map(day), reason.uncounted(*error, FactName::Restored))
        }
    };
    let reason = match lapsed {
        _ if facts.claimed_on.is_some() => reason.on([FactName::ClaimedOn]).work(Phrase::new("term-work-claimed")),
        Some(true) => reason.work(Phrase::new("term-work-lapsed")),
        Some(false) => reason,
        None if reason.missing.is_empty() => reason.lacks(Lack::WayToRead, FactName::Clause),
        None => reason,
    };
    let finding = match lapsed {
        Some(true) => Finding::NotDue,
        Some(false) => Finding::Due,
        None => Finding::CannotDetermine,
    };
    Some((Claim { by, lapsed }, reason.found(finding)))
}
