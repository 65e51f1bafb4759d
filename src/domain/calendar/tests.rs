//! Periods at their edges, each by the rule of the Civil Code that decides it.

use chrono::{NaiveDate, NaiveDateTime};

use super::count::{Ahead, Clock, Period, Reading, Unit};
use super::*;

fn date(text: &str) -> NaiveDate {
    text.parse().expect("a date")
}

fn tokyo() -> Calendar {
    Calendar::default()
}

fn berlin() -> Calendar {
    let holidays = Holidays { national: false, own: BTreeSet::new() };
    Calendar { zone: chrono_tz::Europe::Berlin, holidays, ..Calendar::default() }
}

/// The instant at which the calendar's clocks show `text`: the first, where they show it twice.
fn at(calendar: &Calendar, text: &str) -> Stamp {
    let local: NaiveDateTime = NaiveDateTime::parse_from_str(text, "%Y-%m-%dT%H:%M").expect("a local time");
    local::instants(local, calendar.zone).expect("a time that exists").0
}

/// The last day within a period, under every reading.
fn last_days(calendar: &Calendar, from: &str, n: u32, unit: Unit, roll: Option<bool>) -> Vec<String> {
    let limits = calendar.within(at(calendar, from), &Period { n, unit, roll }, Clock::Always).expect("it can be counted");
    limits.all().map(|limit| limit.day.expect("whole days").to_string()).collect()
}

fn last_day(from: &str, n: u32, unit: Unit) -> String {
    let days = last_days(&tokyo(), from, n, unit, Some(false));
    assert_eq!(days.len(), 1);
    days[0].clone()
}

/// The last instant within business hours, as the calendar's clocks show it.
fn open_until(calendar: &Calendar, from: &str, n: u32, unit: Unit) -> String {
    let period = Period { n, unit, roll: None };
    let limits = calendar.within(at(calendar, from), &period, Clock::Business).expect("it can be counted");
    limits.earliest().at.with_timezone(&calendar.zone).format("%Y-%m-%dT%H:%M").to_string()
}

/// The last good days before a time, under every reading.
fn before(calendar: &Calendar, effective: &str, n: u32, unit: Unit, clear: Option<bool>) -> Vec<String> {
    let limits = calendar.at_least(at(calendar, effective), &Ahead { n, unit, clear }).expect("it can be counted");
    limits.all().map(|limit| limit.day.expect("whole days").to_string()).collect()
}

#[test]
fn article_139_minutes_and_hours_run_at_once_and_the_last_instant_is_in_time() {
    let period = Period { n: 90, unit: Unit::Minutes, roll: Some(true) };
    let limits = tokyo().within(at(&tokyo(), "2006-11-22T23:00"), &period, Clock::Always).expect("it can be counted");
    assert_eq!(limits.earliest(), limits.latest());
    assert_eq!(limits.earliest().at, at(&tokyo(), "2006-11-23T00:30"), "hours are not moved by holidays");
}

#[test]
fn article_140_the_first_day_does_not_count_unless_it_begins_at_midnight() {
    assert_eq!(last_day("2006-11-20T15:00", 3, Unit::Days), "2006-11-23");
    assert_eq!(last_day("2006-11-20T00:00", 3, Unit::Days), "2006-11-22");
    assert_eq!(last_day("2006-11-20T00:01", 3, Unit::Days), "2006-11-23");
    assert_eq!(last_day("2006-11-20T15:00", 2, Unit::Weeks), "2006-12-04");
    assert_eq!(last_day("2006-11-20T00:00", 1, Unit::Days), "2006-11-20");
}

#[test]
fn article_141_a_period_of_days_ends_with_the_end_of_its_last() {
    let period = Period { n: 1, unit: Unit::Days, roll: Some(false) };
    let limit = tokyo().within(at(&tokyo(), "2006-11-20T15:00"), &period, Clock::Always).expect("it can be counted").earliest();
    assert_eq!(limit.at + local::TICK, at(&tokyo(), "2006-11-22T00:00"));
}

#[test]
fn article_142_moves_a_last_day_that_is_a_holiday_as_the_clause_says() {
    let days = |from: &str, roll| last_days(&tokyo(), from, 3, Unit::Days, roll);
    // The last day is Thursday 23 November, a holiday.
    assert_eq!(days("2006-11-20T15:00", Some(false)), ["2006-11-23"]);
    assert_eq!(days("2006-11-20T15:00", Some(true)), ["2006-11-24"]);
    assert_eq!(days("2006-11-20T15:00", None), ["2006-11-23", "2006-11-24", "2006-11-24"]);
    // Saturday the 25th: whether it is such a day is disputed.
    assert_eq!(days("2006-11-22T15:00", Some(true)), ["2006-11-27"]);
    assert_eq!(days("2006-11-22T15:00", None), ["2006-11-25", "2006-11-25", "2006-11-27"]);
    // Sunday the 26th.
    assert_eq!(days("2006-11-23T15:00", None), ["2006-11-26", "2006-11-27", "2006-11-27"]);
    // Friday 29 December, a working day before a weekend and New Year.
    assert_eq!(days("2006-12-26T15:00", None), ["2006-12-29", "2006-12-29", "2006-12-29"]);
    // Saturday before Sunday 31 December and New Year's Monday.
    assert_eq!(days("2006-12-27T15:00", Some(true)), ["2007-01-02"]);
    // Friday 3 November is a holiday: over it to Saturday, or to Monday.
    assert_eq!(days("2006-10-31T15:00", None), ["2006-11-03", "2006-11-04", "2006-11-06"]);
}

#[test]
fn a_day_of_next_month_and_business_days_are_not_moved() {
    assert_eq!(last_days(&tokyo(), "2006-10-20T15:00", 3, Unit::DayOfNextMonth, Some(true)), ["2006-11-03"]);
    assert_eq!(last_days(&tokyo(), "2007-01-20T15:00", 31, Unit::DayOfNextMonth, None), ["2007-02-28"]);
    assert_eq!(last_days(&tokyo(), "2006-12-31T23:59", 10, Unit::DayOfNextMonth, None), ["2007-01-10"]);
    assert_eq!(last_days(&tokyo(), "2006-11-22T15:00", 1, Unit::BusinessDays, None), ["2006-11-24"]);
    assert_eq!(last_days(&tokyo(), "2006-11-22T00:00", 2, Unit::BusinessDays, None), ["2006-11-27"]);
}

#[test]
fn article_143_months_end_on_the_day_before_the_one_that_answers_to_the_first() {
    let months = |from: &str, n| last_day(from, n, Unit::Months);
    assert_eq!(months("2006-11-22T10:20", 3), "2007-02-22");
    assert_eq!(months("2006-01-30T15:00", 1), "2006-02-28");
    assert_eq!(months("2006-01-31T15:00", 1), "2006-02-28", "from the first of a month to its end");
    assert_eq!(months("2006-01-28T15:00", 1), "2006-02-28", "29 February does not exist: the month's last day");
    assert_eq!(months("2006-01-27T15:00", 1), "2006-02-27");
    assert_eq!(months("2008-01-29T15:00", 1), "2008-02-29", "a leap year");
    assert_eq!(months("2008-01-28T15:00", 1), "2008-02-28");
    assert_eq!(months("2006-02-28T00:00", 1), "2006-03-27", "a period that begins at midnight");
    assert_eq!(months("2006-02-01T00:00", 1), "2006-02-28");
    assert_eq!(months("2007-02-28T12:00", 12), "2008-02-29");
}

#[test]
fn business_hours_stop_overnight_at_weekends_and_on_holidays() {
    let tokyo = tokyo();
    assert_eq!(open_until(&tokyo, "2006-11-22T16:30", 4, Unit::Hours), "2006-11-24T12:00");
    assert_eq!(open_until(&tokyo, "2006-11-22T16:30", 1, Unit::Hours), "2006-11-22T17:30", "closing time is in time");
    assert_eq!(open_until(&tokyo, "2006-11-22T16:30", 61, Unit::Minutes), "2006-11-24T09:01");
    assert_eq!(open_until(&tokyo, "2006-11-22T17:30", 30, Unit::Minutes), "2006-11-24T09:30");
    assert_eq!(open_until(&tokyo, "2006-11-22T03:00", 30, Unit::Minutes), "2006-11-22T09:30");
    assert_eq!(open_until(&tokyo, "2006-11-25T12:00", 17, Unit::Hours), "2006-11-28T17:30", "two whole days");
}

#[test]
fn business_hours_are_real_hours_where_the_clocks_change_within_them() {
    let business = BusinessHours { days: vec![Weekday::Sun], from: NaiveTime::MIN, to: NaiveTime::from_hms_opt(6, 0, 0) };
    let berlin = Calendar { business, ..berlin() };
    // On 25 March 2007 the hour after 2:00 is missing, on 28 October it comes twice.
    assert_eq!(open_until(&berlin, "2007-03-25T00:00", 4, Unit::Hours), "2007-03-25T05:00");
    assert_eq!(open_until(&berlin, "2007-10-28T00:00", 4, Unit::Hours), "2007-10-28T03:00");
    let nights = BusinessHours { to: None, ..berlin.business.clone() };
    let berlin = Calendar { business: nights, ..berlin };
    assert_eq!(open_until(&berlin, "2007-10-28T00:00", 25, Unit::Hours), "2007-10-29T00:00", "a day of 25 hours, to its end");
    let skipped = BusinessHours {
        days: vec![Weekday::Sun],
        from: NaiveTime::from_hms_opt(2, 10, 0).expect("a time"),
        to: NaiveTime::from_hms_opt(2, 50, 0),
    };
    let berlin = Calendar { business: skipped, ..berlin };
    assert_eq!(berlin.open_on(date("2007-03-25")), Ok(None), "that day it is never 2:10 nor 2:50");
}

#[test]
fn real_hours_run_on_where_the_clocks_change() {
    let berlin = berlin();
    let after = |from: &str| {
        let period = Period { n: 4, unit: Unit::Hours, roll: None };
        let at = berlin.within(at(&berlin, from), &period, Clock::Always).expect("it can be counted").earliest().at;
        at.with_timezone(&berlin.zone).format("%H:%M %z").to_string()
    };
    assert_eq!(after("2006-10-29T00:30"), "03:30 +0100");
    assert_eq!(after("2007-03-25T00:30"), "05:30 +0200");
}

#[test]
fn backward_whole_days_lie_between_or_one_of_the_two_counts() {
    let days = |unit, n, clear| before(&tokyo(), "2006-12-01T00:00", n, unit, clear);
    assert_eq!(days(Unit::Days, 30, Some(true)), ["2006-10-31"]);
    assert_eq!(days(Unit::Days, 30, Some(false)), ["2006-11-01"]);
    assert_eq!(days(Unit::Days, 30, None), ["2006-10-31", "2006-11-01"], "Japanese practice counts whole days");
    assert_eq!(days(Unit::Weeks, 2, Some(true)), ["2006-11-16"]);
    assert_eq!(days(Unit::Weeks, 2, Some(false)), ["2006-11-17"]);
    assert_eq!(days(Unit::Months, 1, Some(false)), ["2006-11-01"]);
    assert_eq!(days(Unit::Months, 1, Some(true)), ["2006-10-31"]);
}

#[test]
fn backward_months_end_where_the_month_does() {
    let month = |effective: &str, clear| before(&tokyo(), effective, 1, Unit::Months, Some(clear));
    assert_eq!(month("2006-10-31T12:00", false), ["2006-09-30"]);
    assert_eq!(month("2006-03-31T12:00", false), ["2006-02-28"]);
    assert_eq!(month("2008-03-30T12:00", false), ["2008-02-29"]);
    assert_eq!(month("2006-03-31T12:00", true), ["2006-02-27"]);
}

#[test]
fn backward_business_days_pass_over_holidays_and_weekends() {
    let days = |clear| before(&tokyo(), "2006-11-28T09:00", 5, Unit::BusinessDays, clear);
    assert_eq!(days(Some(false)), ["2006-11-20"]);
    assert_eq!(days(Some(true)), ["2006-11-17"]);
    assert_eq!(days(None), ["2006-11-17", "2006-11-20"]);
}

#[test]
fn backward_hours_are_real_ones() {
    let limits = tokyo().at_least(at(&tokyo(), "2006-11-23T10:00"), &Ahead { n: 24, unit: Unit::Hours, clear: None });
    let limits = limits.expect("it can be counted");
    assert_eq!(limits.earliest().at, at(&tokyo(), "2006-11-22T10:00"));
    assert_eq!(limits.latest().reading, Reading::Only);
}

#[test]
fn a_later_beginning_never_ends_earlier() {
    let (tokyo, berlin) = (tokyo(), berlin());
    for calendar in [&tokyo, &berlin] {
        for unit in Unit::ALL {
            for (n, roll) in [(1, None), (3, Some(true)), (31, Some(false))] {
                let mut last = None;
                for hour in 0..(24 * 70) {
                    let from = at(calendar, "2007-02-20T00:00") + chrono::Duration::hours(hour);
                    let ends =
                        calendar.within(from, &Period { n, unit: *unit, roll }, Clock::Business).expect("it can be counted");
                    let ends = (ends.earliest().at, ends.latest().at);
                    assert!(last.is_none_or(|(first, latest)| first <= ends.0 && latest <= ends.1), "{unit} {n} {roll:?} {from}");
                    last = Some(ends);
                }
            }
        }
    }
}

#[test]
fn a_day_without_holiday_data_is_no_working_day_in_silence() {
    let unknown = |day| Err(CountError::NoHolidayData(date(day)));
    let tokyo = tokyo();
    let from = at(&tokyo, "2099-12-30T12:00");
    let count = |n, unit, roll| tokyo.within(from, &Period { n, unit, roll }, Clock::Always).map(|limits| limits.latest().day);
    assert_eq!(count(1, Unit::BusinessDays, None), Ok(Some(date("2099-12-31"))));
    assert_eq!(count(2, Unit::BusinessDays, None), unknown("2100-01-01"));
    assert_eq!(count(2, Unit::Days, Some(false)), Ok(Some(date("2100-01-01"))), "what does not move asks for nothing");
    assert_eq!(count(2, Unit::Days, Some(true)), unknown("2100-01-01"));
    assert_eq!(count(2, Unit::Days, None), unknown("2100-01-01"));
    let early = Ahead { n: 1, unit: Unit::BusinessDays, clear: Some(false) };
    assert_eq!(tokyo.at_least(at(&tokyo, "1949-01-01T12:00"), &early).map(|limits| limits.earliest().day), unknown("1948-12-31"));
    let own = Holidays { national: false, own: BTreeSet::new() };
    let everywhere = Calendar { holidays: own, ..tokyo };
    assert_eq!(everywhere.is_holiday(date("2100-01-01")), Ok(false), "a list of one's own is whole");
}

#[test]
fn a_summer_shutdown_is_as_good_as_a_holiday() {
    let own = ["2006-08-14", "2006-08-15", "2006-08-16"].map(date).into();
    let calendar = Calendar { holidays: Holidays { national: true, own }, ..Calendar::default() };
    assert_eq!(last_days(&calendar, "2006-08-11T12:00", 1, Unit::BusinessDays, None), ["2006-08-17"]);
    assert_eq!(calendar.is_holiday(date("2006-11-23")), Ok(true), "and the national ones stay");
}

#[test]
fn the_national_holidays_know_substitutes_days_in_between_and_single_days() {
    let holiday = |day: &str| japan::is_holiday(date(day)).expect("within the years of the table");
    for day in [
        "2006-01-02",
        "2007-02-12",
        "2008-05-06",
        "2009-05-06",
        "2009-09-22",
        "2015-09-22",
        "2026-09-22",
        "2019-04-30",
        "2019-05-01",
        "2019-05-02",
        "2019-05-06",
        "2019-10-22",
        "2020-07-23",
        "2020-07-24",
        "2021-08-09",
        "1989-02-24",
        "1959-04-10",
        "1990-11-12",
        "1993-06-09",
        "1986-05-04",
        "1988-05-04",
        "1999-03-22",
        "2012-09-22",
        "2092-03-19",
    ] {
        let expected = day != "1986-05-04";
        assert_eq!(holiday(day), expected, "{day}");
    }
    for day in ["1973-02-12", "1985-05-04", "2019-12-23", "2020-10-12", "2020-07-20", "2006-11-24", "2015-08-11", "2021-08-11"] {
        assert!(!holiday(day), "{day}");
    }
    assert_eq!(japan::is_holiday(date("1948-11-03")), None);
    assert_eq!(japan::is_holiday(date("2100-01-01")), None);
}

#[test]
fn the_national_holidays_are_those_that_others_have_listed() {
    let listed = include_str!("../../../tests/fixtures/holidays-japan.txt").lines().filter(|line| !line.starts_with('#'));
    let listed: BTreeSet<NaiveDate> = listed
        .flat_map(|line| {
            let (year, days) = line.split_once(' ').expect("a year and its days");
            days.split(' ').map(move |day| date(&format!("{year}-{day}")))
        })
        .collect();
    let all = date("1949-01-01").iter_days().take_while(|day| *day < date("2100-01-01"));
    let ours: BTreeSet<NaiveDate> = all.filter(|day| japan::is_holiday(*day) == Some(true)).collect();
    assert_eq!(ours.symmetric_difference(&listed).collect::<Vec<_>>(), Vec::<&NaiveDate>::new());
    assert_eq!(ours.len(), 2408);
}

#[test]
fn a_day_begins_at_its_first_instant_also_where_midnight_is_skipped_or_comes_twice() {
    let holidays = Holidays { national: false, own: BTreeSet::new() };
    let ends = |zone: Zone, from: Stamp| {
        let calendar = Calendar { zone, holidays: holidays.clone(), ..Calendar::default() };
        let period = Period { n: 1, unit: Unit::Days, roll: Some(false) };
        calendar.within(from, &period, Clock::Always).expect("it can be counted").earliest().day.expect("a day").to_string()
    };
    let utc = |text: &str| chrono::DateTime::parse_from_rfc3339(text).expect("a time").to_utc();
    // In São Paulo 5 November 2006 began at 1:00.
    assert_eq!(ends(chrono_tz::America::Sao_Paulo, utc("2006-11-05T03:00:00Z")), "2006-11-05");
    assert_eq!(ends(chrono_tz::America::Sao_Paulo, utc("2006-11-05T03:00:01Z")), "2006-11-06");
    // In Havana the clocks showed 0:00 twice on 29 October 2006.
    assert_eq!(ends(chrono_tz::America::Havana, utc("2006-10-29T04:00:00Z")), "2006-10-29");
    assert_eq!(ends(chrono_tz::America::Havana, utc("2006-10-29T05:00:00Z")), "2006-10-29");
    assert_eq!(ends(chrono_tz::America::Havana, utc("2006-10-29T05:00:01Z")), "2006-10-30");
}
