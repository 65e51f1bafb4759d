//! The national holidays of Japan 国民の祝日, with the substitute days 振替休日 and the days in between 国民の休日.
//!
//! From the Act on National Holidays (国民の祝日に関する法律, Act No. 178 of 1948) with its amendments, the Acts for single days,
//! and the equinoxes as computed by the Japan Coast Guard's almanac formula, which holds for 1900–2099. The equinox of a year is
//! official only when it is announced in the February before: of a later year the table says what is to be expected.

use std::iter::successors;
use std::ops::RangeInclusive;

use chrono::{Datelike, NaiveDate, Weekday};

/// The years for which the table speaks. The Act came into force in July 1948.
pub const YEARS: RangeInclusive<i32> = 1949..=2099;

/// Whether `day` is a holiday of the Act: named, a substitute, or in between two named ones. None outside [`YEARS`].
pub fn is_holiday(day: NaiveDate) -> Option<bool> {
    YEARS.contains(&day.year()).then(|| is_named(day) || is_substitute(day) || is_between(day))
}

/// When the rule of the substitute came into force (Act No. 10 of 1973).
const SUBSTITUTES_FROM: (i32, u32, u32) = (1973, 4, 12);
/// When the rule of the day in between came into force (Act No. 103 of 1985).
const BETWEEN_FROM: (i32, u32, u32) = (1985, 12, 27);
/// Since this year (Act No. 43 of 2005) a Sunday between two holidays is one as well; it falls on a Sunday anyway.
const BETWEEN_ON_SUNDAYS_FROM: i32 = 2007;

fn since(day: NaiveDate, (year, month, date): (i32, u32, u32)) -> bool {
    (day.year(), day.month(), day.day()) >= (year, month, date)
}

/// Article 3 (2): where a named holiday falls on a Sunday, the nearest day after it that is none.
fn is_substitute(day: NaiveDate) -> bool {
    if !since(day, SUBSTITUTES_FROM) || is_named(day) {
        return false;
    }
    let mut before = successors(day.pred_opt(), |day| day.pred_opt()).take_while(|before| is_named(*before));
    before.any(|before| before.weekday() == Weekday::Sun)
}

/// Article 3 (3): a day with a named holiday before and after it.
fn is_between(day: NaiveDate) -> bool {
    let named = |day: Option<NaiveDate>| day.is_some_and(is_named);
    since(day, BETWEEN_FROM)
        && !is_named(day)
        && (day.year() >= BETWEEN_ON_SUNDAYS_FROM || day.weekday() != Weekday::Sun)
        && named(day.pred_opt())
        && named(day.succ_opt())
}

/// Article 2, and the Acts for single days.
fn is_named(day: NaiveDate) -> bool {
    let (year, month, date) = (day.year(), day.month(), day.day());
    let monday = |nth: u32| day.weekday() == Weekday::Mon && (date - 1) / 7 + 1 == nth;
    match month {
        1 => date == 1 || if year < 2000 { date == 15 } else { monday(2) },
        2 => (date == 11 && year >= 1967) || (date == 23 && year >= 2020) || (year, date) == (1989, 24),
        3 => date == spring(year),
        4 => date == 29 || matches!((year, date), (1959, 10)),
        5 => matches!(date, 3 | 5) || (date == 4 && year >= 2007) || (year, date) == (2019, 1),
        6 => (year, date) == (1993, 9),
        7 => match year {
            ..=1995 => false,
            1996..=2002 => date == 20,
            // The Games of Tokyo moved the days of the sea and of sports.
            2020 => matches!(date, 23 | 24),
            2021 => matches!(date, 22 | 23),
            _ => monday(3),
        },
        8 => match year {
            ..=2015 => false,
            2020 => date == 10,
            2021 => date == 8,
            _ => date == 11,
        },
        9 => {
            date == autumn(year)
                || match year {
                    ..=1965 => false,
                    1966..=2002 => date == 15,
                    _ => monday(3),
                }
        }
        10 => match year {
            ..=1965 | 2020 | 2021 => false,
            1966..=1999 => date == 10,
            2019 => monday(2) || date == 22,
            _ => monday(2),
        },
        11 => matches!(date, 3 | 23) || (year, date) == (1990, 12),
        12 => date == 23 && (1989..=2018).contains(&year),
        _ => false,
    }
}

/// The day of March of the spring equinox, in Japan.
fn spring(year: i32) -> u32 {
    match year {
        ..=1979 => equinox(year, 208_357, 1983),
        _ => equinox(year, 208_431, 1980),
    }
}

/// The day of September of the autumn equinox, in Japan.
fn autumn(year: i32) -> u32 {
    match year {
        ..=1979 => equinox(year, 232_588, 1983),
        _ => equinox(year, 232_488, 1980),
    }
}

/// `base` + 0.242194 × (year − 1980) − the leap days since `leap`, in whole days; `base` in ten-thousandths of a day.
fn equinox(year: i32, base: i64, leap: i32) -> u32 {
    let years = i64::from(year) - 1980;
    let millionths = base * 100 + 242_194 * years;
    // Rounded towards zero, as the formula is published: before 1983 that is one leap day fewer.
    let leap_days = i64::from((year - leap) / 4);
    u32::try_from(millionths.div_euclid(1_000_000) - leap_days).unwrap_or(0)
}
