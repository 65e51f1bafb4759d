use chrono::{NaiveDate, TimeZone, Utc};

use super::*;
use crate::domain::locale::DEFAULT_ZONE;
use crate::domain::moment::parse::{Lean, parse};

fn moment(text: &str) -> Moment {
    let now = Utc.with_ymd_and_hms(2006, 11, 24, 0, 0, 0).unwrap();
    parse(text, now, DEFAULT_ZONE, Lean::Past).unwrap()
}

fn reference() -> Option<NaiveDate> {
    NaiveDate::from_ymd_opt(2006, 11, 24)
}

#[test]
fn an_exact_time_is_shown_to_the_second_it_needs() {
    let rows = [
        ("2006-11-22T10:20", "11月22日(水) 10:20", "Wed 22 Nov 10:20"),
        ("2006-11-22T10:20:30", "11月22日(水) 10:20:30", "Wed 22 Nov 10:20:30"),
        ("2005-01-02T09:05", "2005年1月2日(日) 09:05", "Sun 2 Jan 2005 09:05"),
    ];
    for (typed, ja, en) in rows {
        assert_eq!(moment(typed).shown(Locale::Ja, DEFAULT_ZONE, reference()).text, ja);
        assert_eq!(moment(typed).shown(Locale::En, DEFAULT_ZONE, reference()).text, en);
    }
    let without = moment("2006-11-22T10:20").shown(Locale::En, DEFAULT_ZONE, None);
    assert_eq!(without, Shown { text: "Wed 22 Nov 2006 10:20".to_owned(), rough: false, words: None });
}

#[test]
fn a_rough_time_is_shown_as_its_interval_in_the_shortest_clear_form() {
    let rows = [
        ("2006-11-21T21:00/2006-11-21T23:00", "11月21日(火) 21:00〜23:00", "Tue 21 Nov 21:00–23:00"),
        ("2006-11-21T23:00/2006-11-22T01:00", "11月21日(火) 23:00〜11月22日(水) 01:00", "Tue 21 Nov 23:00 – Wed 22 Nov 01:00"),
        (
            "2005-11-21T23:00/2005-11-22T01:00",
            "2005年11月21日(月) 23:00〜11月22日(火) 01:00",
            "Mon 21 Nov 2005 23:00 – Tue 22 Nov 2005 01:00",
        ),
        ("2006-11-21T12:00/2006-11-22T00:00", "11月21日(火) 12:00〜24:00", "Tue 21 Nov 12:00–24:00"),
        ("2006-11-22", "11月22日(水)", "Wed 22 Nov"),
        ("2006-11-21/2006-11-25", "11月21日(火)〜11月25日(土)", "Tue 21 Nov – Sat 25 Nov"),
        ("2005-12-30/2006-01-03", "2005年12月30日(金)〜2006年1月3日(火)", "Fri 30 Dec 2005 – Tue 3 Jan 2006"),
        ("2006-07", "2006年7月中", "July 2006"),
        ("2006-09-01/2006-12-31", "2006年9月〜12月中", "September–December 2006"),
        ("2005-11-01/2006-02-28", "2005年11月〜2006年2月中", "November 2005 – February 2006"),
        ("2006-01-01/2006-12-31", "2006年中", "2006"),
    ];
    for (typed, ja, en) in rows {
        assert_eq!(moment(typed).shown(Locale::Ja, DEFAULT_ZONE, reference()).text, ja);
        assert_eq!(moment(typed).shown(Locale::En, DEFAULT_ZONE, reference()).text, en);
    }
}

#[test]
fn its_own_words_stand_beside_a_rough_time() {
    let shown = moment("一昨日の夜10時頃").shown(Locale::Ja, DEFAULT_ZONE, reference());
    assert_eq!(shown.text, "11月22日(水) 21:30〜22:30");
    assert_eq!((shown.rough, shown.words.as_deref()), (true, Some("一昨日の夜10時頃")));
    assert_eq!(shown.line(Locale::Ja), "11月22日(水) 21:30〜22:30「一昨日の夜10時頃」");
    assert_eq!(shown.line(Locale::En), "11月22日(水) 21:30〜22:30 (“一昨日の夜10時頃”)");
    assert_eq!(moment("昨日の10:20").shown(Locale::Ja, DEFAULT_ZONE, reference()).words, None);
}

#[test]
fn what_is_shown_in_either_language_is_understood_again() {
    for typed in
        ["2006-11-22T10:20", "2006-11-21T21:00/2006-11-21T23:00", "2006-11-21T23:00/2006-11-22T01:00", "2006-11-22", "2006-07"]
    {
        for locale in [Locale::Ja, Locale::En] {
            let text = moment(typed).shown(locale, DEFAULT_ZONE, None).text;
            assert_eq!(moment(&text).typed(), typed, "{text}");
        }
    }
}

#[test]
fn a_day_told_in_another_zone_is_shown_without_its_ticks() {
    let shown = moment("2006-11-22").shown(Locale::En, chrono_tz::Europe::London, reference());
    assert_eq!(shown.text, "Tue 21 Nov 15:00 – Wed 22 Nov 15:00");
}

#[test]
fn in_an_hour_that_the_clocks_repeat_the_distance_from_utc_is_told() {
    let at = Utc.with_ymd_and_hms(2006, 10, 29, 6, 30, 0).unwrap();
    assert_eq!(time_only(at, chrono_tz::America::New_York), "01:30 (UTC-05:00)");
}

#[test]
fn durations_are_told_in_the_units_they_need() {
    let rows = [
        (1830, "30分30秒", "30 min 30 s"),
        (7320, "2時間2分", "2 h 2 min"),
        (2460, "41分", "41 min"),
        (0, "0分", "0 min"),
        (59, "59秒", "59 s"),
        (26 * 3600, "26時間", "26 h"),
        (50 * 3600 + 300, "2日2時間5分", "2 d 2 h 5 min"),
        (-90, "−1分30秒", "−1 min 30 s"),
    ];
    for (seconds, ja, en) in rows {
        assert_eq!((seconds_text(seconds, Locale::Ja), seconds_text(seconds, Locale::En)), (ja.to_owned(), en.to_owned()));
    }
}

#[test]
fn a_rough_duration_is_shown_at_both_ends() {
    let down = moment("2006-11-21T21:00/2006-11-21T23:00").until(&moment("2006-11-22T11:00/2006-11-22T12:30"));
    assert_eq!(span_text(down, Locale::Ja), "12時間〜15時間30分");
    assert_eq!(span_text(down, Locale::En), "12 h – 15 h 30 min");
    let exact = moment("2006-11-22T10:20").until(&moment("2006-11-22T10:50"));
    assert_eq!(span_text(exact, Locale::En), "30 min");
    let days = moment("2006-11-20").until(&moment("2006-11-22"));
    assert_eq!(span_text(days, Locale::En), "24 h – 3 d");
}
