//! Calendars: the zone in which a contract's days are counted, its holidays, and its business hours.
//!
//! [`count`] counts periods in it, forward and backward. Whoever asks about a day for which nobody has holiday data is told
//! so ([`CountError::NoHolidayData`]): it is never taken for a working day in silence.

use std::collections::BTreeSet;

use chrono::{Datelike, NaiveDate, NaiveTime, Weekday};
use serde::{Deserialize, Serialize};

use super::locale::{DEFAULT_ZONE, Zone};
use super::moment::{Stamp, local};

pub mod count;
pub mod japan;
#[cfg(test)]
mod tests;

/// Where and by which days a contract counts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Calendar {
    /// The zone in which its days begin and end.
    pub zone: Zone,
    /// Its holidays.
    pub holidays: Holidays,
    /// When its business is open.
    pub business: BusinessHours,
}

impl Default for Calendar {
    /// Tokyo, the national holidays of Japan, Monday to Friday from 9:00 to 17:30.
    fn default() -> Self {
        Self { zone: DEFAULT_ZONE, holidays: Holidays::default(), business: BusinessHours::default() }
    }
}

/// The days that are no working days beside the weekends.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Holidays {
    /// Whether the national holidays of Japan ([`japan`]) are among them.
    pub national: bool,
    /// Others: a summer shutdown, or all of another country's.
    pub own: BTreeSet<NaiveDate>,
}

impl Default for Holidays {
    /// The national holidays of Japan alone.
    fn default() -> Self {
        Self { national: true, own: BTreeSet::new() }
    }
}

/// The days of the week by their names in files and forms.
pub const WEEKDAYS: [(&str, Weekday); 7] = [
    ("mon", Weekday::Mon),
    ("tue", Weekday::Tue),
    ("wed", Weekday::Wed),
    ("thu", Weekday::Thu),
    ("fri", Weekday::Fri),
    ("sat", Weekday::Sat),
    ("sun", Weekday::Sun),
];

/// When a business is open: the same hours on every day of business.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct BusinessHours {
    /// On which days of the week; never none. A holiday is never one of them.
    pub days: Vec<Weekday>,
    /// When it opens.
    pub from: NaiveTime,
    /// When it closes, after `from`; none at the end of the day.
    pub to: Option<NaiveTime>,
}

impl Default for BusinessHours {
    /// Monday to Friday, 9:00 to 17:30.
    fn default() -> Self {
        let minutes = |minutes: u32| NaiveTime::from_num_seconds_from_midnight_opt(minutes * 60, 0);
        Self {
            days: vec![Weekday::Mon, Weekday::Tue, Weekday::Wed, Weekday::Thu, Weekday::Fri],
            from: minutes(9 * 60).unwrap_or(NaiveTime::MIN),
            to: minutes(17 * 60 + 30),
        }
    }
}

impl BusinessHours {
    /// When it opens, as `09:00`.
    pub fn opens(&self) -> String {
        time_of_day(self.from)
    }

    /// When it closes, as `17:30`, or `24:00`.
    pub fn closes(&self) -> String {
        self.to.map_or_else(|| "24:00".to_owned(), time_of_day)
    }
}

fn time_of_day(time: NaiveTime) -> String {
    time.format("%H:%M").to_string()
}

/// Why a period cannot be counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, thiserror::Error)]
pub enum CountError {
    /// Whether this day is a holiday is not known.
    #[error("no holiday data for {0}")]
    NoHolidayData(NaiveDate),
    /// The count leaves the days that can be written.
    #[error("beyond the end of the calendar")]
    Beyond,
}

impl Calendar {
    /// The day in the calendar's zone on which `at` lies.
    pub fn day(&self, at: Stamp) -> NaiveDate {
        at.with_timezone(&self.zone).date_naive()
    }

    /// The last instant of `day`.
    ///
    /// # Errors
    /// [`CountError::Beyond`] on the very last day there is.
    pub fn end_of(&self, day: NaiveDate) -> Result<Stamp, CountError> {
        Ok(local::midnight(next(day)?, self.zone) - local::TICK)
    }

    /// Whether `day` is a holiday.
    ///
    /// # Errors
    /// [`CountError::NoHolidayData`] where nobody knows.
    pub fn is_holiday(&self, day: NaiveDate) -> Result<bool, CountError> {
        if self.holidays.own.contains(&day) {
            return Ok(true);
        }
        if !self.holidays.national {
            return Ok(false);
        }
        japan::is_holiday(day).ok_or(CountError::NoHolidayData(day))
    }

    /// Whether business is open on `day`.
    ///
    /// # Errors
    /// [`CountError::NoHolidayData`] where nobody knows.
    pub fn is_business_day(&self, day: NaiveDate) -> Result<bool, CountError> {
        Ok(self.business.days.contains(&day.weekday()) && !self.is_holiday(day)?)
    }

    /// When business opens and closes on `day`, if it does. Where the clocks jump over an hour, at the jump; where they show
    /// it twice, open from the first to the last.
    ///
    /// # Errors
    /// [`CountError::NoHolidayData`] where nobody knows.
    pub fn open_on(&self, day: NaiveDate) -> Result<Option<(Stamp, Stamp)>, CountError> {
        if !self.is_business_day(day)? {
            return Ok(None);
        }
        let opens = local::instants_or_jump(day.and_time(self.business.from), self.zone).0;
        let closes = match self.business.to {
            Some(to) => local::instants_or_jump(day.and_time(to), self.zone).1,
            None => local::midnight(next(day)?, self.zone),
        };
        Ok((opens < closes).then_some((opens, closes)))
    }
}

/// The day after.
fn next(day: NaiveDate) -> Result<NaiveDate, CountError> {
    day.succ_opt().ok_or(CountError::Beyond)
}
