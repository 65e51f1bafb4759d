//! Cases made up from a number: the same each time, and often at an edge.

use chrono::{Duration, NaiveDate};

use crate::domain::calendar::Calendar;
use crate::domain::calendar::count::{Ahead, Clock, Period, Unit};
use crate::domain::contract::{NoticeForm, Standing};
use crate::domain::moment::{Stamp, local};
use crate::domain::term::facts::{Exception, Fact, Facts, Fault, Looked, NoticeFact, Outage};
use crate::domain::term::verdict::{Agreed, Case};
use crate::domain::term::{
    Address, AvailabilityTerm, ClaimFrom, ClaimWithin, Counted, CreditTerm, DeadlineTerm, Deemed, DeemedUnit, Hours, Lead,
    MeasuredPeriod, NoticeTerm, PerBlock, Percent, RequiredFault, Round, ShareOf, Since, Term, Tier,
};

/// Numbers that follow from a number (SplitMix64).
pub struct Dice(pub u64);

impl Dice {
    pub fn below(&mut self, limit: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        (z ^ (z >> 31)) % limit
    }

    pub fn one<T: Copy>(&mut self, of: &[T]) -> T {
        let len = u64::try_from(of.len()).expect("a short list");
        of[usize::try_from(self.below(len)).expect("a short list")]
    }

    pub fn in_(&mut self, times: u64) -> bool {
        self.below(times) == 0
    }

    fn maybe<T>(&mut self, make: impl FnOnce(&mut Self) -> T) -> Option<T> {
        if self.in_(3) { None } else { Some(make(self)) }
    }
}

/// A time within some weeks of the story, at a full day or half hour, or next to one.
fn stamp(dice: &mut Dice) -> Stamp {
    let day = NaiveDate::from_ymd_opt(2006, 11, 1).expect("a date") + Duration::days(i64::try_from(dice.below(50)).expect("few"));
    let at = local::midnight(day, chrono_tz::Asia::Tokyo);
    let halves = if dice.in_(3) { 0 } else { i64::try_from(dice.below(48)).expect("few") };
    at + Duration::minutes(30 * halves) + dice.one(&[Duration::zero(), Duration::zero(), local::TICK, -local::TICK])
}

fn standing(dice: &mut Dice) -> Standing {
    dice.one(&[Standing::Established, Standing::Established, Standing::Established, Standing::Theirs, Standing::Ours])
}

pub fn fact(dice: &mut Dice) -> Fact {
    let from = stamp(dice);
    let long = dice.one(&[0, 0, 1, 60, 600, 3000]);
    Fact { from, to: from + Duration::minutes(long), standing: standing(dice) }
}

fn notice_term(dice: &mut Dice, deep: bool) -> NoticeTerm {
    if deep && dice.in_(6) {
        return NoticeTerm { any_of: vec![notice_term(dice, false), notice_term(dice, false)], ..NoticeTerm::default() };
    }
    let units = [Unit::Minutes, Unit::Hours, Unit::Days, Unit::Days, Unit::Weeks, Unit::Months, Unit::BusinessDays];
    let lead = |dice: &mut Dice| Lead {
        ahead: Ahead { n: dice.one(&[1, 3, 5, 14]), unit: dice.one(&units), clear: dice.one(&[None, Some(true), Some(false)]) },
        counted: dice.one(&[None, Some(Counted::Arrival), Some(Counted::Dispatch)]),
    };
    let deemed = |dice: &mut Dice| Deemed { n: dice.one(&[1, 3]), unit: dice.one(&[DeemedUnit::Days, DeemedUnit::BusinessDays]) };
    NoticeTerm {
        forms: dice.maybe(|dice| vec![NoticeForm::Letter, dice.one(NoticeForm::ALL)]),
        address: dice.one(Address::ALL),
        lead: dice.maybe(lead),
        deemed: if dice.in_(3) { Some(deemed(dice)) } else { None },
        unless: if dice.in_(4) { vec!["emergency".to_owned()] } else { Vec::new() },
        any_of: Vec::new(),
    }
}

fn period(dice: &mut Dice) -> Period {
    Period { n: dice.one(&[1, 2, 4, 10, 30]), unit: dice.one(Unit::ALL), roll: dice.one(&[None, Some(true), Some(false)]) }
}

fn deadline_term(dice: &mut Dice) -> DeadlineTerm {
    DeadlineTerm { within: period(dice), from: dice.one(Since::ALL), clock: dice.one(Clock::ALL) }
}

fn credit_term(dice: &mut Dice) -> CreditTerm {
    let hours = |hours: i64| Hours { seconds: hours * 3600 };
    CreditTerm {
        from: dice.one(Since::ALL),
        minimum: hours(dice.one(&[0, 1, 24])),
        block: hours(dice.one(&[1, 24])),
        per_block: dice.one(&[
            PerBlock::Share { of: ShareOf::MonthlyFee, divided_by: 30 },
            PerBlock::Share { of: ShareOf::MonthlyFee, divided_by: 720 },
            PerBlock::Fixed { fixed: 500 },
        ]),
        round: dice.one(Round::ALL),
        requires_total: dice.in_(2),
        requires_fault: if dice.in_(2) { Some(RequiredFault::Provider) } else { None },
        claim_within: dice.maybe(|dice| ClaimWithin { period: period(dice), from: dice.one(ClaimFrom::ALL) }),
    }
}

fn availability_term(dice: &mut Dice) -> AvailabilityTerm {
    let percent = |tenths: u64| Percent { billionths: tenths * Percent::ONE / 10 };
    AvailabilityTerm {
        period: MeasuredPeriod::Month,
        target_percent: percent(dice.one(&[999, 990, 950])),
        tiers: vec![
            Tier { below: percent(999), credit_percent: percent(100) },
            Tier { below: percent(950), credit_percent: percent(250) },
        ],
        minimum_minutes: dice.one(&[0, 0, 10, 60]),
    }
}

fn term(dice: &mut Dice) -> Term {
    match dice.below(11) {
        0..=3 => Term::Notice(notice_term(dice, true)),
        4 | 5 => Term::Response(deadline_term(dice)),
        6 => Term::Restore(deadline_term(dice)),
        7 | 8 => Term::Credit(credit_term(dice)),
        _ => Term::Availability(availability_term(dice)),
    }
}

fn notice(dice: &mut Dice) -> NoticeFact {
    NoticeFact {
        form: dice.one(&[NoticeForm::Letter, NoticeForm::Letter, NoticeForm::Email]),
        standing: standing(dice),
        sent: dice.maybe(fact),
        received: dice.maybe(fact),
        to_registered: dice.one(&[None, Some(true), Some(true), Some(false)]),
    }
}

fn outages(dice: &mut Dice) -> Vec<Outage> {
    let outage = |dice: &mut Dice| {
        let from = fact(dice);
        let to = from.to + Duration::minutes(dice.one(&[4, 10, 40, 400, 4000]));
        let to = if dice.in_(8) { None } else { Some((to, to + Duration::minutes(dice.one(&[0, 5, 50])))) };
        Outage { from: (from.from, from.to), to, standing: from.standing }
    };
    (0..dice.below(4)).map(|_| outage(dice)).collect()
}

fn facts(dice: &mut Dice) -> Facts {
    let open = dice.in_(2);
    let event = |dice: &mut Dice| if open { None } else { dice.maybe(fact) };
    Facts {
        effective: dice.maybe(fact),
        notices: (0..dice.one(&[0, 1, 1, 1, 2])).map(|_| notice(dice)).collect(),
        none_received: match dice.below(4) {
            0 => Looked::Everywhere,
            1 => Looked::For(vec![NoticeForm::Letter]),
            _ => Looked::Nowhere,
        },
        exceptions: [("emergency".to_owned(), dice.one(Exception::ALL))].into_iter().take(usize::from(dice.in_(2))).collect(),
        started: dice.maybe(fact),
        reported: dice.maybe(fact),
        provider_knew: if dice.in_(3) { Some(fact(dice)) } else { None },
        responded: event(dice),
        restored: event(dice),
        open,
        total: dice.one(&[None, Some(true), Some(true), Some(false)]),
        fault: dice.one(&[None, Some(Fault::Provider), Some(Fault::Provider), Some(Fault::Customer)]),
        monthly_fee: dice.one(&[None, Some(52_500), Some(1)]),
        claimed_on: if dice.in_(5) { Some(fact(dice)) } else { None },
        month: NaiveDate::from_ymd_opt(2006, 11, 1),
        downtime: outages(dice),
        excluded: outages(dice),
        perhaps_responded: if dice.in_(4) { Some(fact(dice)) } else { None },
    }
}

/// The case that follows from `seed`.
pub fn case(seed: u64) -> Case {
    let mut dice = Dice(seed);
    let dice = &mut dice;
    let calendar = Calendar::default();
    let term = term(dice);
    let agreement = if dice.in_(4) { Some(Agreed { term: self::term(dice), standing: standing(dice) }) } else { None };
    Case { calendar, term, agreement, facts: facts(dice), now: stamp(dice) }
}
