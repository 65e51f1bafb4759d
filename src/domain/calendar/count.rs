//! Counting periods in a calendar, forward (*within* n of a time) and backward (*at least* n before a time).
//!
//! The rules are those of the Civil Code of Japan (民法, Act No. 89 of 1896), Book I, Chapter VI, articles 138 to 143, where the
//! contract says nothing else. Where it allows several readings, all are computed.

use chrono::{Datelike, Duration, Months, NaiveDate, NaiveTime, Weekday};
use serde::Serialize;

use super::{Calendar, CountError, next};
use crate::domain::moment::{Stamp, local};
use crate::domain::text_enum::text_enum;

text_enum! {
    /// In what a period is counted.
    pub enum Unit {
        /// Real minutes.
        Minutes = "minutes",
        /// Real hours, across changes of the clocks too.
        Hours = "hours",
        /// Days of the calendar.
        Days = "days",
        /// Weeks: seven days each.
        Weeks = "weeks",
        /// Months of the calendar.
        Months = "months",
        /// Days on which business is open.
        BusinessDays = "business_days",
        /// Until a day of the next month.
        DayOfNextMonth = "day_of_next_month",
    }
}

text_enum! {
    /// When a clock runs.
    pub enum Clock {
        /// Always.
        Always = "always",
        /// Within business hours.
        Business = "business",
    }
}

/// The most that a period can count.
pub const MOST: u32 = 10_000;

/// A period to count forward: *within* `n` `unit`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Period {
    /// How many, 1 to [`MOST`]; of [`Unit::DayOfNextMonth`] at most 31.
    pub n: u32,
    /// Of what.
    pub unit: Unit,
    /// Whether a last day that is a holiday is moved to the next business day; none where the contract does not say.
    pub roll: Option<bool>,
}

/// A period to count backward: *at least* `n` `unit` before.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Ahead {
    /// How many, 1 to [`MOST`].
    pub n: u32,
    /// Of what; never [`Unit::DayOfNextMonth`].
    pub unit: Unit,
    /// Whether neither the first nor the last day counts; none where the contract does not say.
    pub clear: Option<bool>,
}

text_enum! {
    /// One way to read what a contract says of a period.
    pub enum Reading {
        /// The only one.
        Only = "only",
        /// The last day stays where it is.
        Unmoved = "unmoved",
        /// It is moved over Sundays and holidays.
        OverSundays = "over_sundays",
        /// It is moved over Saturdays too.
        OverSaturdays = "over_saturdays",
        /// Whole days lie between: neither the first nor the last day counts.
        Clear = "clear",
        /// One of the two days counts.
        NotClear = "not_clear",
    }
}

/// The end of a period, itself still in time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limit {
    /// Under which reading.
    pub reading: Reading,
    /// The last instant that is in time.
    pub at: Stamp,
    /// The last day that is in time, where whole days are counted.
    pub day: Option<NaiveDate>,
}

/// The ends of a period under every reading: the earliest first.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Limits {
    earliest: Limit,
    later: Vec<Limit>,
}

impl Limits {
    const fn only(limit: Limit) -> Self {
        Self { earliest: limit, later: Vec::new() }
    }

    /// The end under the reading that ends it first.
    pub const fn earliest(&self) -> Limit {
        self.earliest
    }

    /// The end under the reading that ends it last.
    pub fn latest(&self) -> Limit {
        self.later.last().copied().unwrap_or(self.earliest)
    }

    /// All of them, the earliest first.
    pub fn all(&self) -> impl Iterator<Item = Limit> {
        std::iter::once(self.earliest).chain(self.later.iter().copied())
    }
}

impl Calendar {
    /// The last instant that is still *within* `period` of `from`. Never earlier for a later `from`.
    ///
    /// - minutes, hours: `from` + n (article 139); with [`Clock::Business`] only business hours run.
    /// - days, weeks: the day of `from` is not counted, unless it begins exactly then (article 140); the end of the last day
    ///   (article 141).
    /// - months: by the calendar, to the day before the one that answers to the first (article 143 (2)); where the month has no
    ///   such day, its last.
    /// - business days: the end of the n-th after the day of `from`.
    /// - a day of next month: its end; of a shorter month the last.
    ///
    /// # Errors
    /// [`CountError`] where a day must be asked about for which there is no holiday data, or the calendar ends.
    pub fn within(&self, from: Stamp, period: &Period, clock: Clock) -> Result<Limits, CountError> {
        let day = self.day(from);
        match period.unit {
            Unit::Minutes | Unit::Hours => {
                let length = duration(period.n, period.unit);
                let at = match clock {
                    Clock::Always => from.checked_add_signed(length).ok_or(CountError::Beyond)?,
                    Clock::Business => self.open_for(from, length)?,
                };
                Ok(Limits::only(Limit { reading: Reading::Only, at, day: None }))
            }
            Unit::BusinessDays => self.limit(Reading::Only, self.business_day_after(day, period.n)?).map(Limits::only),
            Unit::DayOfNextMonth => self.limit(Reading::Only, day_of_next_month(day, period.n)?).map(Limits::only),
            Unit::Days | Unit::Weeks | Unit::Months => {
                let first = self.first_counted(from, day)?;
                let last = if period.unit == Unit::Months { months_from(first, period.n) } else { days_from(first, period) };
                self.rolled(last.ok_or(CountError::Beyond)?, period.roll)
            }
        }
    }

    /// The last instant that is *at least* `ahead` before `effective`. Never earlier for a later `effective`.
    ///
    /// Counted back as forward, by analogy to articles 139 to 143; what counts is the day on which a declaration arrives
    /// (article 97 (1)), or is sent. Where the contract does not say whether the days between are whole ones, both are computed:
    /// Japanese practice counts whole days.
    ///
    /// # Errors
    /// [`CountError`] where a day must be asked about for which there is no holiday data, or the calendar ends.
    pub fn at_least(&self, effective: Stamp, ahead: &Ahead) -> Result<Limits, CountError> {
        let day = self.day(effective);
        let not_clear = match ahead.unit {
            Unit::Minutes | Unit::Hours => {
                let at = effective.checked_sub_signed(duration(ahead.n, ahead.unit)).ok_or(CountError::Beyond)?;
                return Ok(Limits::only(Limit { reading: Reading::Only, at, day: None }));
            }
            Unit::Days => day.checked_sub_signed(Duration::days(i64::from(ahead.n))),
            Unit::Weeks => day.checked_sub_signed(Duration::weeks(i64::from(ahead.n))),
            // Of a day that the month does not have, chrono makes the month's last, as the rule wants it.
            Unit::Months | Unit::DayOfNextMonth => day.checked_sub_months(Months::new(ahead.n)),
            Unit::BusinessDays => Some(self.business_day_before(day, ahead.n)?),
        };
        let not_clear = not_clear.ok_or(CountError::Beyond)?;
        if ahead.clear == Some(false) {
            return self.limit(Reading::NotClear, not_clear).map(Limits::only);
        }
        let clear = match ahead.unit {
            Unit::BusinessDays => self.business_day_before(not_clear, 1)?,
            _ => not_clear.pred_opt().ok_or(CountError::Beyond)?,
        };
        let clear = self.limit(Reading::Clear, clear)?;
        let later = if ahead.clear.is_none() { vec![self.limit(Reading::NotClear, not_clear)?] } else { Vec::new() };
        Ok(Limits { earliest: clear, later })
    }

    fn limit(&self, reading: Reading, day: NaiveDate) -> Result<Limit, CountError> {
        Ok(Limit { reading, at: self.end_of(day)?, day: Some(day) })
    }

    /// Article 140: the first day is not counted, unless the period begins at its very beginning.
    fn first_counted(&self, from: Stamp, day: NaiveDate) -> Result<NaiveDate, CountError> {
        let begins = from == local::midnight(day, self.zone) || from.with_timezone(&self.zone).time() == NaiveTime::MIN;
        if begins { Ok(day) } else { next(day) }
    }

    /// Article 142: where the last day is a Sunday or holiday on which it is the custom not to trade, the period ends with the
    /// day after. Whether Saturday is such a day is disputed. A contract may say so, or that nothing moves.
    fn rolled(&self, last: NaiveDate, roll: Option<bool>) -> Result<Limits, CountError> {
        match roll {
            Some(false) => self.limit(Reading::Only, last).map(Limits::only),
            Some(true) => self.limit(Reading::Only, self.moved(last, &[Weekday::Sat, Weekday::Sun])?).map(Limits::only),
            None => Ok(Limits {
                earliest: self.limit(Reading::Unmoved, last)?,
                later: vec![
                    self.limit(Reading::OverSundays, self.moved(last, &[Weekday::Sun])?)?,
                    self.limit(Reading::OverSaturdays, self.moved(last, &[Weekday::Sat, Weekday::Sun])?)?,
                ],
            }),
        }
    }

    /// The first day from `day` on that is neither a holiday nor one of the `idle` days of the week.
    fn moved(&self, mut day: NaiveDate, idle: &[Weekday]) -> Result<NaiveDate, CountError> {
        while idle.contains(&day.weekday()) || self.is_holiday(day)? {
            day = next(day)?;
        }
        Ok(day)
    }

    fn business_day_after(&self, mut day: NaiveDate, n: u32) -> Result<NaiveDate, CountError> {
        for _ in 0..n {
            day = next(day)?;
            while !self.is_business_day(day)? {
                day = next(day)?;
            }
        }
        Ok(day)
    }

    fn business_day_before(&self, mut day: NaiveDate, n: u32) -> Result<NaiveDate, CountError> {
        let before = |day: NaiveDate| day.pred_opt().ok_or(CountError::Beyond);
        for _ in 0..n {
            day = before(day)?;
            while !self.is_business_day(day)? {
                day = before(day)?;
            }
        }
        Ok(day)
    }

    /// When business has been open for `length` since `from`; at closing time, that is closing time.
    fn open_for(&self, from: Stamp, length: Duration) -> Result<Stamp, CountError> {
        let (mut day, mut left) = (self.day(from), length);
        loop {
            if let Some((opens, closes)) = self.open_on(day)? {
                let begins = opens.max(from);
                let open = (closes - begins).max(Duration::zero());
                if open >= left {
                    return Ok(begins + left);
                }
                left -= open;
            }
            day = next(day)?;
        }
    }
}

/// `n` minutes or hours.
fn duration(n: u32, unit: Unit) -> Duration {
    if unit == Unit::Hours { Duration::hours(i64::from(n)) } else { Duration::minutes(i64::from(n)) }
}

/// The last of the days or weeks whose first day is `first`.
fn days_from(first: NaiveDate, period: &Period) -> Option<NaiveDate> {
    let days = i64::from(period.n) * if period.unit == Unit::Weeks { 7 } else { 1 };
    first.checked_add_signed(Duration::days(days - 1))
}

/// Article 143: the last of `n` months whose first day is `first`.
fn months_from(first: NaiveDate, n: u32) -> Option<NaiveDate> {
    let answering = first.checked_add_months(Months::new(n))?;
    // Where the month has no such day, chrono makes it the month's last, which is then the last day itself.
    if answering.day() == first.day() { answering.pred_opt() } else { Some(answering) }
}

/// The `n`-th day of the month after that of `day`.
fn day_of_next_month(day: NaiveDate, n: u32) -> Result<NaiveDate, CountError> {
    let first = day.with_day(1).and_then(|first| first.checked_add_months(Months::new(1))).ok_or(CountError::Beyond)?;
    first.with_day(n).or_else(|| local::month_end(first)).ok_or(CountError::Beyond)
}
