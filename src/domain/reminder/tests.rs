use chrono::{DateTime, Days};

use super::*;
use crate::domain::id::Id;
use crate::domain::incident::IncidentNumber;
use crate::domain::locale::DEFAULT_ZONE;
use crate::domain::moment::Moment;

fn at(text: &str) -> Stamp {
    DateTime::parse_from_rfc3339(text).expect("a time").to_utc()
}

fn now() -> Stamp {
    at("2006-11-24T08:00:00+09:00")
}

/// A deadline at that time.
fn one(uid: &str, kind: DeadlineKind, side: Side, time: &str) -> Deadline {
    let at = at(time);
    Deadline {
        uid: uid.to_owned(),
        incident: IncidentNumber { year: 2006, count: 7 },
        title: "Mail is down".to_owned(),
        kind,
        side,
        company: Id::new(1),
        company_name: "Provider P".to_owned(),
        about: uid.to_owned(),
        at,
        when: Moment { from: at, to: at, words: None, zone: DEFAULT_ZONE },
        days: None,
        only_for: None,
    }
}

fn promise(uid: &str, side: Side, time: &str) -> Deadline {
    one(uid, DeadlineKind::Promise, side, time)
}

/// A credit whose last day is so many days after that of [`now`].
fn claim(days: u64) -> Deadline {
    let day = NaiveDate::from_ymd_opt(2006, 11, 24).expect("a day") + Days::new(days);
    let last = one("claim", DeadlineKind::Claim, Side::Us, &format!("{day}T23:59:59+09:00"));
    Deadline { days: Some((day, day)), ..last }
}

fn digest(deadlines: Vec<Deadline>) -> Digest {
    Digest::of(deadlines, now(), DEFAULT_ZONE)
}

fn uids(digest: &Digest) -> Vec<&str> {
    digest.items.iter().map(|item| item.deadline.uid.as_str()).collect()
}

#[test]
fn what_is_overdue_comes_first_the_latest_before_the_older_ours_before_theirs() {
    let digest = digest(vec![
        promise("long ago", Side::Company, "2006-11-01T10:00:00+09:00"),
        promise("last night", Side::Company, "2006-11-23T22:00:00+09:00"),
        promise("ours, missed", Side::Us, "2006-11-20T10:00:00+09:00"),
        promise("theirs, today", Side::Company, "2006-11-24T10:00:00+09:00"),
        promise("ours, today", Side::Us, "2006-11-24T23:00:00+09:00"),
        promise("tomorrow", Side::Company, "2006-11-25T00:00:00+09:00"),
        promise("in a week", Side::Us, "2006-12-01T23:59:00+09:00"),
        promise("in eight days", Side::Us, "2006-12-02T00:00:00+09:00"),
    ]);
    let order = ["ours, missed", "last night", "long ago", "ours, today", "theirs, today", "in a week", "tomorrow"];
    assert_eq!(uids(&digest), order);
    assert_eq!(digest.items.iter().map(|item| item.days).collect::<Vec<_>>(), [-4, -1, -23, 0, 0, 7, 1]);
}

#[test]
fn what_we_can_still_do_today_is_more_urgent_than_what_they_have_missed() {
    let theirs = promise("theirs, missed", Side::Company, "2006-11-23T22:00:00+09:00");
    let first = |deadlines| digest(deadlines).first().map(|item| item.deadline.uid.clone());
    assert_eq!(first(vec![theirs.clone(), claim(0)]).as_deref(), Some("claim"));
    assert_eq!(first(vec![theirs.clone(), claim(3)]).as_deref(), Some("theirs, missed"));
    let soon = promise("tomorrow", Side::Company, "2006-11-25T10:00:00+09:00");
    assert_eq!(first(vec![soon, claim(14)]).as_deref(), Some("claim"));
    assert_eq!(first(Vec::new()), None);
}

#[test]
fn a_credit_calls_for_a_mail_14_and_3_days_before_its_last_day_and_on_it() {
    let calling: Vec<u64> = (0..20).filter(|days| digest(vec![claim(*days)]).calls()).collect();
    assert_eq!(calling, [0, 3, 14]);
    let listed: Vec<u64> = (0..20).filter(|days| !digest(vec![claim(*days)]).items.is_empty()).collect();
    assert_eq!(listed, (0..=14).collect::<Vec<u64>>());
}

#[test]
fn what_only_comes_calls_for_no_mail_but_is_in_one_that_goes_for_another_reason() {
    let tomorrow = promise("tomorrow", Side::Us, "2006-11-25T10:00:00+09:00");
    assert!(!digest(vec![tomorrow.clone()]).calls() && !digest(Vec::new()).calls());
    let both = digest(vec![tomorrow, promise("missed", Side::Us, "2006-11-24T07:59:00+09:00")]);
    assert!(both.calls());
    assert_eq!(uids(&both), ["missed", "tomorrow"]);
}

#[test]
fn what_has_passed_under_one_reading_only_is_due_today() {
    let mut doubtful = promise("rough", Side::Company, "2006-11-23T10:00:00+09:00");
    doubtful.when.to = at("2006-11-26T10:00:00+09:00");
    assert_eq!(digest(vec![doubtful]).items[0].nearness, Nearness::Today);
}

#[test]
fn today_is_the_readers_day() {
    let tonight = promise("tonight", Side::Us, "2006-11-24T10:00:00Z");
    let in_zone = |zone: &str| Digest::of(vec![tonight.clone()], at("2006-11-23T20:00:00Z"), zone.parse().expect("a zone"));
    assert!(in_zone("Asia/Tokyo").calls());
    assert!(!in_zone("America/New_York").calls());
}

fn reminder() -> Reminder {
    Reminder {
        address: "bob@example.jp".to_owned(),
        at: USUAL_TIME,
        site: "https://tellonce.example".to_owned(),
        is_on: true,
        replies: false,
        looked_on: None,
    }
}

#[test]
fn a_day_is_decided_once_from_the_chosen_time_on_and_never_again_by_a_clock_set_back() {
    let day = |day| NaiveDate::from_ymd_opt(2006, 11, day);
    let due = |reminder: &Reminder, time: &str| reminder.due_day(at(time), DEFAULT_ZONE);
    assert_eq!(due(&reminder(), "2006-11-24T07:59:59+09:00"), None);
    assert_eq!(due(&reminder(), "2006-11-24T08:00:00+09:00"), day(24));
    assert_eq!(due(&reminder(), "2006-11-24T23:00:00+09:00"), day(24), "late is better than not at all");
    let looked = Reminder { looked_on: day(24), ..reminder() };
    assert_eq!(due(&looked, "2006-11-24T23:00:00+09:00"), None);
    assert_eq!(due(&looked, "2006-11-22T09:00:00+09:00"), None, "a clock set back");
    assert_eq!(due(&looked, "2006-11-25T08:00:00+09:00"), day(25));
    assert_eq!(due(&Reminder { is_on: false, ..reminder() }, "2006-11-24T09:00:00+09:00"), None);
}

#[test]
fn an_hour_that_the_clocks_leave_out_is_made_up_for() {
    let early = Reminder { at: NaiveTime::from_hms_opt(2, 30, 0).expect("a time"), ..reminder() };
    let zone = "Europe/Berlin".parse().expect("a zone");
    let day = NaiveDate::from_ymd_opt(2006, 3, 26);
    assert_eq!(early.due_day(at("2006-03-26T00:59:00Z"), zone), None);
    assert_eq!(early.due_day(at("2006-03-26T01:00:00Z"), zone), day, "03:00 there");
}
