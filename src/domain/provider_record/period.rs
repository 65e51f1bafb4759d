//! The period of a record, and its calendar quarters.

use std::fmt;
use std::str::FromStr;

use chrono::{Datelike, Days, Months, NaiveDate};

/// Over which days a record goes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Period {
    /// The twelve months up to today.
    #[default]
    LastYear,
    /// A calendar year.
    Year(i32),
    /// A Japanese fiscal year 年度, April to March, by the year in which it begins.
    Fiscal(i32),
    /// A calendar quarter.
    Quarter(Quarter),
    /// From one day to another, both included.
    Between(NaiveDate, NaiveDate),
}

/// A calendar quarter.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Quarter {
    /// The year.
    pub year: i32,
    /// From 1 to 4.
    pub number: u32,
}

/// More quarters than these are no trend that can be read.
const QUARTERS_AT_MOST: usize = 40;

impl Quarter {
    /// The one in which a day lies.
    pub fn of(day: NaiveDate) -> Self {
        Self { year: day.year(), number: day.month0() / 3 + 1 }
    }

    /// Its first day; none beyond what a calendar knows.
    fn first(self) -> Option<NaiveDate> {
        NaiveDate::from_ymd_opt(self.year, self.number * 3 - 2, 1)
    }

    fn days(self) -> Option<(NaiveDate, NaiveDate)> {
        let first = self.first()?;
        Some((first, first.checked_add_months(Months::new(3))?.checked_sub_days(Days::new(1))?))
    }

    fn next(self) -> Self {
        if self.number == 4 { Self { year: self.year + 1, number: 1 } } else { Self { number: self.number + 1, ..self } }
    }

    /// All between two days; of a very long time, those with incidents are added by whoever counts.
    pub fn between(from: NaiveDate, to: NaiveDate) -> Vec<Self> {
        let last = Self::of(to);
        let all = std::iter::successors(Some(Self::of(from)), |quarter| Some(quarter.next()));
        let all: Vec<Self> = all.take_while(|quarter| *quarter <= last).take(QUARTERS_AT_MOST + 1).collect();
        if all.len() > QUARTERS_AT_MOST { Vec::new() } else { all }
    }
}

impl Period {
    /// The first and the last day, as of `today`.
    pub fn days(self, today: NaiveDate) -> (NaiveDate, NaiveDate) {
        let year = |from: (i32, u32)| {
            let first = NaiveDate::from_ymd_opt(from.0, from.1, 1)?;
            Some((first, first.checked_add_months(Months::new(12))?.checked_sub_days(Days::new(1))?))
        };
        let days = match self {
            Self::LastYear => None,
            Self::Year(of) => year((of, 1)),
            Self::Fiscal(of) => year((of, 4)),
            Self::Quarter(quarter) => quarter.days(),
            Self::Between(from, to) => Some((from.min(to), from.max(to))),
        };
        days.unwrap_or_else(|| {
            let before = today.checked_sub_months(Months::new(12)).and_then(|day| day.checked_add_days(Days::new(1)));
            (before.unwrap_or(today), today)
        })
    }

    /// Those that are offered on `today`: the last twelve months, three fiscal and three calendar years, the last eight quarters.
    pub fn offered(today: NaiveDate) -> Vec<Self> {
        let fiscal = if today.month() < 4 { today.year() - 1 } else { today.year() };
        let quarters = std::iter::successors(Some(Quarter::of(today)), |quarter| {
            Some(if quarter.number == 1 {
                Quarter { year: quarter.year - 1, number: 4 }
            } else {
                Quarter { number: quarter.number - 1, ..*quarter }
            })
        });
        let mut all = vec![Self::LastYear];
        all.extend((0..3).map(|back| Self::Fiscal(fiscal - back)));
        all.extend((0..3).map(|back| Self::Year(today.year() - back)));
        all.extend(quarters.take(8).map(Self::Quarter));
        all
    }
}

impl fmt::Display for Period {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::LastYear => f.write_str("last"),
            Self::Year(year) => write!(f, "{year}"),
            Self::Fiscal(year) => write!(f, "fy{year}"),
            Self::Quarter(Quarter { year, number }) => write!(f, "{year}q{number}"),
            Self::Between(from, to) => write!(f, "{from}..{to}"),
        }
    }
}

/// It names no period.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("no period")]
pub struct NoPeriod;

impl FromStr for Period {
    type Err = NoPeriod;

    fn from_str(text: &str) -> Result<Self, NoPeriod> {
        let year = |text: &str| {
            let year: i32 = text.parse().map_err(|_| NoPeriod)?;
            if (1900..=9998).contains(&year) { Ok(year) } else { Err(NoPeriod) }
        };
        if text == "last" {
            return Ok(Self::LastYear);
        }
        if let Some(fiscal) = text.strip_prefix("fy") {
            return Ok(Self::Fiscal(year(fiscal)?));
        }
        if let Some((of, number)) = text.split_once('q') {
            let number = number.parse().ok().filter(|number| (1..=4).contains(number)).ok_or(NoPeriod)?;
            return Ok(Self::Quarter(Quarter { year: year(of)?, number }));
        }
        if let Some((from, to)) = text.split_once("..") {
            let day = |text: &str| text.parse::<NaiveDate>().map_err(|_| NoPeriod);
            let (from, to) = (day(from)?, day(to)?);
            return Ok(Self::Between(from.min(to), from.max(to)));
        }
        Ok(Self::Year(year(text)?))
    }
}
