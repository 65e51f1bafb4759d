//! Which days can be meant: every candidate, the nearest in the direction we look first.

use chrono::{Datelike, Duration, Months, NaiveDate};

use super::place::Seen;
use super::point::{Counted, Point, Ref};
use super::words::Third;
use super::{Lean, MomentError};
use crate::domain::moment::local;

/// Whole days from the first to the last.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Days {
    pub first: NaiveDate,
    pub last: NaiveDate,
}

impl Days {
    const fn one(day: NaiveDate) -> Self {
        Self { first: day, last: day }
    }

    /// Whether it is a single day.
    pub fn is_one(self) -> bool {
        self.first == self.last
    }

    /// A day told with "about" may be the one before or after; a month or a week is rough enough.
    pub fn about(self, text: &str) -> Result<Self, MomentError> {
        if self.is_one() { Ok(Self { first: step(self.first, -1, text)?, last: step(self.last, 1, text)? }) } else { Ok(self) }
    }

    /// The day after.
    pub fn next_day(self) -> Result<Self, MomentError> {
        step(self.last, 1, "").map(Self::one)
    }

    /// The day before.
    pub fn previous_day(self) -> Result<Self, MomentError> {
        step(self.first, -1, "").map(Self::one)
    }
}

/// Refuses a year in which nobody here has had an outage, or will: more likely a slip of the finger.
///
/// # Errors
/// [`MomentError::NoSuchDate`] outside 1900–2199.
pub(super) fn year_in_range(day: NaiveDate, text: &str) -> Result<NaiveDate, MomentError> {
    if (1900..2200).contains(&day.year()) { Ok(day) } else { Err(MomentError::NoSuchDate(text.to_owned())) }
}

fn step(day: NaiveDate, days: i64, text: &str) -> Result<NaiveDate, MomentError> {
    let stepped = Duration::try_days(days).and_then(|days| day.checked_add_signed(days));
    year_in_range(stepped.ok_or_else(|| MomentError::NoSuchDate(text.to_owned()))?, text)
}

/// The days on which `point` can lie, the nearest first.
///
/// # Errors
/// [`MomentError::NotUnderstood`] where its words do not go together, [`MomentError::NoSuchDate`] where there is no such
/// day, [`MomentError::WrongWeekday`] where the day has another weekday.
pub(super) fn days(point: &Point, seen: &Seen) -> Result<Vec<Days>, MomentError> {
    let kinds = [point.offset.is_some(), point.week.is_some(), point.has_calendar()];
    let which_of = point.month.is_some() || (point.weekday.is_some() && !point.has_calendar());
    if kinds.iter().filter(|said| **said).count() > 1 || (point.which.is_some() && !which_of) {
        return Err(MomentError::NotUnderstood(point.text.clone()));
    }
    let candidates = if let Some(offset) = point.offset {
        let is_a_day = point.counted == Some(Counted::ToTheDay) && point.weekday.is_none();
        let give = if is_a_day { 0 } else { point.give };
        let (first, last) = (offset.saturating_sub(give), offset.saturating_add(give));
        vec![Days { first: step(seen.today, first, &point.text)?, last: step(seen.today, last, &point.text)? }]
    } else if let Some(weeks) = point.week {
        vec![week(seen.today, weeks, &point.text)?]
    } else if point.has_calendar() {
        return in_calendar(point, seen);
    } else if let Some(weekday) = point.weekday {
        return weekdays(point, weekday, seen);
    } else {
        around(point, seen, -2..=2)?
    };
    on_weekday(candidates, point)
}

/// The days around the anchor, the nearest in the direction we look first.
fn around(point: &Point, seen: &Seen, range: std::ops::RangeInclusive<i64>) -> Result<Vec<Days>, MomentError> {
    let day = |days: i64| step(seen.anchor, days, &point.text).map(Days::one);
    match seen.lean {
        Lean::Past => range.rev().map(day).collect(),
        Lean::Future => range.map(day).collect(),
    }
}

/// A week, from its Monday.
fn week(today: NaiveDate, weeks: i64, text: &str) -> Result<Days, MomentError> {
    let monday = step(today, weeks.saturating_mul(7) - i64::from(today.weekday().num_days_from_monday()), text)?;
    Ok(Days { first: monday, last: step(monday, 6, text)? })
}

/// A weekday alone: the nearest; "last" the one before today, "this" the one of this week, "next" the one after today.
fn weekdays(point: &Point, weekday: chrono::Weekday, seen: &Seen) -> Result<Vec<Days>, MomentError> {
    let mut candidates = match point.which {
        Some(0) => {
            let week = week(seen.today, 0, &point.text)?;
            return on_weekday(vec![week], point);
        }
        Some(which) => (1..=7).map(|days| step(seen.today, days * which, &point.text).map(Days::one)).collect(),
        None => around(point, seen, -8..=8),
    }?;
    candidates.retain(|days| days.first.weekday() == weekday);
    Ok(candidates)
}

/// The weekday that stands beside a week: that day of it.
fn on_weekday(candidates: Vec<Days>, point: &Point) -> Result<Vec<Days>, MomentError> {
    let Some(weekday) = point.weekday else { return Ok(candidates) };
    let within = |days: &Days| days.first.iter_days().take_while(|day| *day <= days.last).find(|day| day.weekday() == weekday);
    let picked: Vec<Days> = candidates.iter().filter_map(within).map(Days::one).collect();
    if picked.is_empty() { Err(MomentError::WrongWeekday(point.text.clone())) } else { Ok(picked) }
}

/// Checks the weekday that stands beside a date, once the year is found: "22 November, a Wednesday" means the nearest
/// one, not the nearest that happens to be a Wednesday.
///
/// # Errors
/// [`MomentError::WrongWeekday`].
pub(super) fn check_weekday(days: Days, point: &Point) -> Result<(), MomentError> {
    let right = |weekday| days.is_one() && days.first.weekday() == weekday;
    if point.weekday.is_none_or(right) { Ok(()) } else { Err(MomentError::WrongWeekday(point.text.clone())) }
}

/// A year, a month, a third of a month, or a day, with what was left out filled in from the nearest.
fn in_calendar(point: &Point, seen: &Seen) -> Result<Vec<Days>, MomentError> {
    let not_understood = || MomentError::NotUnderstood(point.text.clone());
    let no_such_date = || MomentError::NoSuchDate(point.text.clone());
    if point.third.is_some() && (point.month.is_none() || point.day.is_some()) {
        return Err(not_understood());
    }
    if let (Some(Counted::ToTheDay), None, Some(Ref::FromNow(months)), None, None) =
        (point.counted, point.year, point.month, point.day, point.third)
    {
        let day = add_months(seen.today, months).ok_or_else(no_such_date)?;
        return Ok(vec![Days::one(year_in_range(day, &point.text)?)]);
    }
    let this_month = seen.anchor.with_day(1).ok_or_else(no_such_date)?;
    let months: Vec<NaiveDate> = match (point.year, point.month, point.day) {
        (Some(year), None, None) => {
            let year = number_of(year, seen);
            let day = |month, day| NaiveDate::from_ymd_opt(year, month, day).ok_or_else(no_such_date);
            year_in_range(day(1, 1)?, &point.text)?;
            return Ok(vec![Days { first: day(1, 1)?, last: day(12, 31)? }]);
        }
        (Some(_), None, Some(_)) | (Some(_), Some(Ref::FromNow(_)), _) => return Err(not_understood()),
        (None, None, _) => towards(seen.lean, 12).into_iter().filter_map(|months| add_months(this_month, months)).collect(),
        (None, Some(Ref::FromNow(months)), _) => {
            let today_month = seen.today.with_day(1).ok_or_else(no_such_date)?;
            add_months(today_month, months).into_iter().collect()
        }
        (Some(year), Some(Ref::Number(month)), _) => {
            NaiveDate::from_ymd_opt(number_of(year, seen), month, 1).into_iter().collect()
        }
        (None, Some(Ref::Number(month)), _) => nearest_months(point, month, seen),
    };
    let candidates: Vec<Days> = months.into_iter().filter_map(|month| within_month(point, month)).collect();
    if candidates.is_empty() {
        return Err(no_such_date());
    }
    candidates.into_iter().map(|days| year_in_range(days.first, &point.text).map(|_| days)).collect()
}

fn number_of(year: Ref<i32>, seen: &Seen) -> i32 {
    match year {
        Ref::Number(year) => year,
        Ref::FromNow(years) => seen.today.year().saturating_add(i32::try_from(years).unwrap_or(i32::MAX)),
    }
}

/// Steps from now, the nearest in the direction we look first, beginning one step on the other side: a candidate that
/// does not lie where we look is passed over later.
fn towards(lean: Lean, far: i64) -> Vec<i64> {
    match lean {
        Lean::Past => (-far..=1).rev().collect(),
        Lean::Future => (-1..=far).collect(),
    }
}

fn add_months(month: NaiveDate, months: i64) -> Option<NaiveDate> {
    let count = Months::new(u32::try_from(months.unsigned_abs()).ok()?);
    if months < 0 { month.checked_sub_months(count) } else { month.checked_add_months(count) }
}

/// A month by its number, of the nearest years; "last", "this" and "next" choose one. Eight years, for 29 February.
fn nearest_months(point: &Point, month: u32, seen: &Seen) -> Vec<NaiveDate> {
    let at = |years: i64| {
        let years = i32::try_from(years).ok()?;
        NaiveDate::from_ymd_opt(seen.anchor.year().checked_add(years)?, month, 1)
    };
    let this = (seen.today.year(), seen.today.month());
    let place = |day: &NaiveDate| (day.year(), day.month());
    match point.which {
        None => towards(seen.lean, 8).into_iter().filter_map(at).collect(),
        Some(0) => at(0).into_iter().collect(),
        Some(which) if which < 0 => [0, -1].into_iter().filter_map(at).find(|day| place(day) < this).into_iter().collect(),
        Some(_) => [0, 1].into_iter().filter_map(at).find(|day| place(day) > this).into_iter().collect(),
    }
}

/// The day, the third, or the whole of the month that begins with `month`; none where it has no such day.
fn within_month(point: &Point, month: NaiveDate) -> Option<Days> {
    let end = local::month_end(month)?;
    if let Some(day) = point.day {
        return month.with_day(day).map(Days::one);
    }
    let day = |day| month.with_day(day);
    Some(match point.third {
        None => Days { first: month, last: end },
        Some(Third::Early) => Days { first: month, last: day(10)? },
        Some(Third::Mid) => Days { first: day(11)?, last: day(20)? },
        Some(Third::Late) => Days { first: day(21)?, last: end },
    })
}
