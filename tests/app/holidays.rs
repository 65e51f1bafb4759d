//! The national holidays of Japan, held against two packages that others keep.

use std::collections::BTreeSet;
use std::process::Command;

use chrono::NaiveDate;
use tellonce::domain::calendar::japan;

/// What a package lists; none where it is not installed.
fn listed_by(package: &str) -> Option<BTreeSet<NaiveDate>> {
    std::env::var_os("TELLONCE_TEST_PYPI")?;
    let script = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/support/holidays");
    let (first, last) = (japan::YEARS.start().to_string(), japan::YEARS.end().to_string());
    let output = Command::new("python3").args([script, package, &first, &last]).output().expect("python3 is there");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let text = String::from_utf8(output.stdout).expect("dates");
    Some(text.lines().map(|line| line.parse().expect("a date")).collect())
}

fn ours() -> BTreeSet<NaiveDate> {
    let first = NaiveDate::from_ymd_opt(*japan::YEARS.start(), 1, 1).expect("a date");
    first
        .iter_days()
        .map_while(|day| Some((day, japan::is_holiday(day)?)))
        .filter(|(_, holiday)| *holiday)
        .map(|(day, _)| day)
        .collect()
}

#[test]
fn the_holidays_are_those_of_the_package_holidays() {
    let Some(theirs) = listed_by("holidays") else { return };
    let ours = ours();
    assert_eq!(ours.symmetric_difference(&theirs).collect::<Vec<_>>(), Vec::<&NaiveDate>::new());
}

#[test]
fn the_holidays_are_those_of_the_package_jpholiday_but_for_days_before_their_acts() {
    let Some(theirs) = listed_by("jpholiday") else { return };
    let ours = ours();
    // It has the day between two holidays before the Act of 27 December 1985, and one substitute before that of 12 April 1973.
    let between = NaiveDate::from_ymd_opt(1985, 12, 27).expect("a date");
    let too_early = NaiveDate::from_ymd_opt(1973, 2, 12).expect("a date");
    let explained = |day: &&NaiveDate| **day == too_early || (**day < between && day.to_string().ends_with("-05-04"));
    let differ: Vec<&NaiveDate> = ours.symmetric_difference(&theirs).filter(|day| !explained(day)).collect();
    assert_eq!(differ, Vec::<&NaiveDate>::new());
    assert!(theirs.contains(&too_early) && !ours.contains(&too_early));
}
