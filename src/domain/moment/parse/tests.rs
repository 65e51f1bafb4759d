use chrono::{NaiveDate, NaiveDateTime, TimeZone};
use proptest::prelude::*;

use super::*;
use crate::domain::locale::DEFAULT_ZONE;
use crate::domain::moment::stamp;

/// The story's Wednesday, a little before eleven, in Tokyo.
const NOW: &str = "2006-11-22T10:55:20";

fn at(text: &str, zone: Zone) -> Stamp {
    let local = NaiveDateTime::parse_from_str(text, "%Y-%m-%dT%H:%M:%S")
        .or_else(|_| NaiveDateTime::parse_from_str(text, "%Y-%m-%dT%H:%M"))
        .unwrap();
    stamp(zone.from_local_datetime(&local).unwrap().to_utc())
}

fn parse_at(text: &str, now: &str, lean: Lean) -> Result<Moment, MomentError> {
    parse(text, at(now, DEFAULT_ZONE), DEFAULT_ZONE, lean)
}

/// Each row: what was typed, and the interval in its machine form.
fn check(lean: Lean, rows: &[(&str, &str)]) {
    let mut wrong = Vec::new();
    for (text, expected) in rows {
        let got = match parse_at(text, NOW, lean) {
            Ok(moment) => moment.typed(),
            Err(error) => format!("{error:?}"),
        };
        if got != *expected {
            wrong.push(format!("{text}: {got}, not {expected}"));
        }
    }
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

#[test]
fn times_of_day_lie_behind_us_when_they_tell_what_happened() {
    check(
        Lean::Past,
        &[
            ("22:00", "2006-11-21T22:00"),
            ("22時", "2006-11-21T22:00"),
            ("22時30分", "2006-11-21T22:30"),
            ("２２：３０", "2006-11-21T22:30"),
            ("午後10時半", "2006-11-21T22:30"),
            ("十時半", "2006-11-22T10:30"),
            ("10:20:30", "2006-11-22T10:20:30"),
            ("10時20分30秒", "2006-11-22T10:20:30"),
            ("10:58", "2006-11-22T10:58"),
            ("11:10", "2006-11-21T11:10"),
            ("5pm", "2006-11-21T17:00"),
            ("10.20", "NotUnderstood(\".\")"),
            ("12am", "2006-11-22T00:00"),
            ("12:30 p.m.", "2006-11-21T12:30"),
            ("half past ten", "2006-11-22T10:30"),
            ("quarter to nine", "2006-11-22T08:45"),
            ("ten o'clock", "2006-11-22T10:00"),
            ("at 10", "2006-11-22T10:00"),
            ("25時", "2006-11-22T01:00"),
            ("正午", "2006-11-21T12:00"),
            ("midnight", "2006-11-22T00:00"),
        ],
    );
}

#[test]
fn days_are_counted_from_today() {
    check(
        Lean::Past,
        &[
            ("昨夜10時", "2006-11-21T22:00"),
            ("昨夜1時", "2006-11-22T01:00"),
            ("昨日の22:00", "2006-11-21T22:00"),
            ("今日17時", "2006-11-22T17:00"),
            ("today 5pm", "2006-11-22T17:00"),
            ("yesterday at 9:15", "2006-11-21T09:15"),
            ("last night at midnight", "2006-11-22T00:00"),
            ("一昨日の二十三時", "2006-11-20T23:00"),
            ("the day before yesterday 23:00", "2006-11-20T23:00"),
            ("3日前の10時", "2006-11-19T10:00"),
            ("3 days ago", "2006-11-19"),
            ("Wed 10:20", "2006-11-22T10:20"),
            ("水曜 10:20", "2006-11-22T10:20"),
            ("Wed 17:00", "2006-11-15T17:00"),
            ("先週の水曜", "2006-11-15"),
            ("先週の水曜日 10時", "2006-11-15T10:00"),
            ("last Wednesday", "2006-11-15"),
            ("next Friday 10am", "2006-11-24T10:00"),
            ("今週の金曜", "2006-11-24"),
            ("先週", "2006-11-13/2006-11-19"),
            ("1週間前の火曜", "2006-11-14"),
            ("今日", "2006-11-22"),
        ],
    );
}

#[test]
fn dates_without_their_year_or_month_are_the_nearest_behind_us() {
    check(
        Lean::Past,
        &[
            ("11/22 10:20", "2006-11-22T10:20"),
            ("11月22日 10時20分", "2006-11-22T10:20"),
            ("11月22日(水) 10:20", "2006-11-22T10:20"),
            ("Wed 22 Nov 10:20", "2006-11-22T10:20"),
            ("11/23", "2005-11-23"),
            ("12月1日", "2005-12-01"),
            ("22日の10時20分頃", "2006-11-22T10:05/2006-11-22T10:35"),
            ("23日", "2006-10-23"),
            ("31日", "2006-10-31"),
            ("the 22nd at 9:15", "2006-11-22T09:15"),
            ("Nov 22 10:20", "2006-11-22T10:20"),
            ("2月29日", "2004-02-29"),
            ("7月頃", "2006-07"),
            ("in July", "2006-07"),
            ("7月", "2006-07"),
            ("12月", "2005-12"),
            ("last July", "2006-07"),
            ("去年の7月", "2005-07"),
            ("11月下旬", "2006-11-21/2006-11-30"),
            ("10月上旬", "2006-10-01/2006-10-10"),
            ("mid July", "2006-07-11/2006-07-20"),
            ("late July 2005", "2005-07-21/2005-07-31"),
            ("先月下旬", "2006-10-21/2006-10-31"),
            ("先月", "2006-10"),
            ("3か月前", "2006-08"),
        ],
    );
}

#[test]
fn full_dates_are_taken_as_they_stand() {
    check(
        Lean::Past,
        &[
            ("2006-11-22T10:20", "2006-11-22T10:20"),
            ("2006-11-22 10:20", "2006-11-22T10:20"),
            ("2006/11/22 10:20", "2006-11-22T10:20"),
            ("2006.11.22", "2006-11-22"),
            ("2006-11-22", "2006-11-22"),
            ("２００６年１１月２２日（水）１０時２０分", "2006-11-22T10:20"),
            ("平成18年11月22日", "2006-11-22"),
            ("令和元年5月1日", "2019-05-01"),
            ("22 November 2006", "2006-11-22"),
            ("November 22nd, 2006, 10:20", "2006-11-22T10:20"),
            ("22nd of November 2006", "2006-11-22"),
            ("July 2006", "2006-07"),
            ("2006年7月", "2006-07"),
            ("2006-07", "2006-07"),
            ("2006年", "2006-01-01/2006-12-31"),
            ("in 2006", "2006-01-01/2006-12-31"),
        ],
    );
}

#[test]
fn what_is_told_roughly_stays_rough() {
    check(
        Lean::Past,
        &[
            ("昨夜10時頃", "2006-11-21T21:30/2006-11-21T22:30"),
            ("about ten last night", "2006-11-21T21:30/2006-11-21T22:30"),
            ("about 22:00", "2006-11-21T21:30/2006-11-21T22:30"),
            ("今朝8時40分頃", "2006-11-22T08:25/2006-11-22T08:55"),
            ("about 10:20", "2006-11-22T10:05/2006-11-22T10:35"),
            ("昼前後", "2006-11-22T11:00/2006-11-22T13:00"),
            ("around noon", "2006-11-22T11:00/2006-11-22T13:00"),
            ("今日の昼前後", "2006-11-22T11:00/2006-11-22T13:00"),
            ("正午頃", "2006-11-21T11:30/2006-11-21T12:30"),
            ("昨夜", "2006-11-21T18:00/2006-11-22T05:00"),
            ("昨日の夕方", "2006-11-21T15:00/2006-11-21T19:00"),
            ("this morning", "2006-11-22T05:00/2006-11-22T12:00"),
            ("昨夜10時過ぎ", "2006-11-21T22:00/2006-11-21T22:30"),
            ("just after 9", "2006-11-22T09:00/2006-11-22T09:30"),
            ("10時前", "2006-11-22T09:30/2006-11-22T10:00"),
            ("20日頃", "2006-11-19/2006-11-21"),
            ("1週間前", "2006-11-12/2006-11-18"),
            ("約10分前", "2006-11-22T10:40/2006-11-22T10:50"),
            ("about 2 hours ago", "2006-11-22T08:25/2006-11-22T09:25"),
        ],
    );
}

#[test]
fn durations_count_from_now() {
    check(
        Lean::Past,
        &[
            ("10分前", "2006-11-22T10:45"),
            ("10 minutes ago", "2006-11-22T10:45"),
            ("2時間前", "2006-11-22T08:55"),
            ("1時間半前", "2006-11-22T09:25"),
            ("1時間30分前", "2006-11-22T09:25"),
            ("half an hour ago", "2006-11-22T10:25"),
            ("an hour ago", "2006-11-22T09:55"),
            ("十分前", "2006-11-22T10:45"),
            ("今", "2006-11-22T10:55:20"),
            ("30m", "BareNumber(\"30 m\")"),
            ("30分後", "2006-11-22T11:25"),
        ],
    );
    check(
        Lean::Future,
        &[
            ("30分後", "2006-11-22T11:25"),
            ("30m", "2006-11-22T11:25"),
            ("2h", "2006-11-22T12:55"),
            ("1h30m", "2006-11-22T12:25"),
            ("in 2 hours", "2006-11-22T12:55"),
            ("2時間以内", "2006-11-22T12:55"),
            ("今から2時間後", "2006-11-22T12:55"),
            ("within half an hour", "2006-11-22T11:25"),
            ("約2時間後", "2006-11-22T12:25/2006-11-22T13:25"),
        ],
    );
}

#[test]
fn what_is_due_lies_before_us() {
    check(
        Lean::Future,
        &[
            ("17:00", "2006-11-22T17:00"),
            ("10:20", "2006-11-23T10:20"),
            ("17時まで", "2006-11-22T17:00"),
            ("by 5pm", "2006-11-22T17:00"),
            ("明日の昼", "2006-11-23T11:00/2006-11-23T13:00"),
            ("明日中", "2006-11-23"),
            ("金曜", "2006-11-24"),
            ("水曜", "2006-11-22"),
            ("Fri 10am", "2006-11-24T10:00"),
            ("11/24 10:00", "2006-11-24T10:00"),
            ("1月15日", "2007-01-15"),
            ("7月", "2007-07"),
            ("22日", "2006-11-22"),
            ("5日", "2006-12-05"),
            ("来週", "2006-11-27/2006-12-03"),
            ("tomorrow noon", "2006-11-23T12:00"),
            ("1週間以内に", "2006-11-29"),
            ("within a week", "2006-11-29"),
            ("1週間後", "2006-11-26/2006-12-02"),
            ("1か月以内", "2006-12-22"),
            ("1か月後", "2006-12"),
        ],
    );
    let at_the_end_of_january = parse_at("1か月以内", "2007-01-31T10:00", Lean::Future).unwrap();
    assert_eq!(at_the_end_of_january.typed(), "2007-02-28");
    assert_eq!(parse_at("17時まで", NOW, Lean::Past).unwrap_err().key(), "moment-error-not-understood");
}

#[test]
fn two_ends_make_one_interval() {
    check(
        Lean::Past,
        &[
            ("between 9 and 10", "2006-11-22T09:00/2006-11-22T10:00"),
            ("9時から10時の間", "2006-11-22T09:00/2006-11-22T10:00"),
            ("9時〜10時", "2006-11-22T09:00/2006-11-22T10:00"),
            ("9〜10時", "2006-11-22T09:00/2006-11-22T10:00"),
            ("9:45-10:15", "2006-11-22T09:45/2006-11-22T10:15"),
            ("from 9 to 5 pm", "2006-11-22T09:00/2006-11-22T17:00"),
            ("between 9:00 and 10:30 pm", "2006-11-21T21:00/2006-11-21T22:30"),
            ("9-10am", "2006-11-22T09:00/2006-11-22T10:00"),
            ("22:00〜1:00", "2006-11-21T22:00/2006-11-22T01:00"),
            ("昨夜9時から11時の間", "2006-11-21T21:00/2006-11-21T23:00"),
            ("昨夜11時〜1時", "2006-11-21T23:00/2006-11-22T01:00"),
            ("昨夜9〜10時頃", "2006-11-21T20:30/2006-11-21T22:30"),
            ("between 9 and 10 last night", "2006-11-21T21:00/2006-11-21T22:00"),
            ("午前11時〜1時", "2006-11-22T11:00/2006-11-22T13:00"),
            ("昨夜10時から今朝8時まで", "2006-11-21T22:00/2006-11-22T08:00"),
            ("11/21 21:00 - 11/21 23:00", "2006-11-21T21:00/2006-11-21T23:00"),
            ("11月21日(火) 21:00〜23:00", "2006-11-21T21:00/2006-11-21T23:00"),
            ("Tue 21 Nov 21:00–23:00", "2006-11-21T21:00/2006-11-21T23:00"),
            ("2006-11-21T21:00 / 2006-11-21T23:00", "2006-11-21T21:00/2006-11-21T23:00"),
            ("9月〜12月", "2006-09-01/2006-12-31"),
            ("9月10日〜12日", "2006-09-10/2006-09-12"),
            ("20-22 Nov", "2006-11-20/2006-11-22"),
            ("10〜20分前", "2006-11-22T10:35/2006-11-22T10:45"),
            ("10:00から今まで", "2006-11-22T10:00/2006-11-22T10:55:20"),
            ("12/30 - 1/3", "2005-12-30/2006-01-03"),
            ("11/23 - 11/21", "EndsSwapped"),
            ("10時〜9時", "EndsSwapped"),
        ],
    );
}

#[test]
fn two_numbers_that_follow_one_another_are_two_ends_and_never_an_hour() {
    check(
        Lean::Past,
        &[
            ("2、3日前", "2006-11-19/2006-11-20"),
            ("二三日前", "2006-11-19/2006-11-20"),
            ("2〜3日前", "2006-11-19/2006-11-20"),
            ("2, 3 days ago", "2006-11-19/2006-11-20"),
            ("2、3時間前", "2006-11-22T07:55/2006-11-22T08:55"),
            ("5、6分前", "2006-11-22T10:49/2006-11-22T10:50"),
            ("2、3か月前", "2006-08-01/2006-09-30"),
            ("11月20、21日", "2006-11-20/2006-11-21"),
            ("10:20, 21日", "2006-11-21T10:20"),
            ("2、5日前", "NotUnderstood(\"2\")"),
            ("20, 21 Nov", "NotUnderstood(\"20\")"),
            ("2、3日", "TwoReadings(\"2 3日\")"),
            ("2、3日前から今日", "NotUnderstood(\"2 3\")"),
        ],
    );
    check(
        Lean::Future,
        &[
            ("2、3日中に", "2006-11-24/2006-11-25"),
            ("2、3日以内", "2006-11-24/2006-11-25"),
            ("今から2、3日後", "2006-11-24/2006-11-25"),
            ("22、23日中に", "TwoReadings(\"22 23日\")"),
            ("2〜3日中に", "TwoReadings(\"2~3日中に\")"),
            ("12月2、3日中に", "2006-12-02/2006-12-03"),
        ],
    );
}

#[test]
fn what_can_be_read_in_two_ways_is_asked_about() {
    check(
        Lean::Past,
        &[
            ("午後12時", "TwoReadings(\"午後12時\")"),
            ("午前12時半", "TwoReadings(\"午前12時半\")"),
            ("10時10分前", "TwoReadings(\"10時10分前\")"),
            ("昨日の深夜1時", "TwoReadings(\"昨日の深夜1時\")"),
            ("yesterday at midnight", "TwoReadings(\"yesterday at midnight\")"),
            ("深夜1時", "2006-11-22T01:00"),
            ("10", "BareNumber(\"10\")"),
        ],
    );
}

#[test]
fn what_is_wrong_is_named() {
    check(
        Lean::Past,
        &[
            ("", "Empty"),
            ("さっき", "NotUnderstood(\"さっき\")"),
            ("昨夜10時ぴったり", "NotUnderstood(\"ぴったり\")"),
            ("the other day", "NotUnderstood(\"other\")"),
            ("10:75", "NoSuchTime(\"10:75\")"),
            ("31:00", "NoSuchTime(\"31:00\")"),
            ("朝15時", "NoSuchTime(\"朝15時\")"),
            ("22/11 10:20", "NoSuchDate(\"22/11 10:20\")"),
            ("2006-13-01", "NoSuchDate(\"2006-13-01\")"),
            ("6月31日", "NoSuchDate(\"6月31日\")"),
            ("1024-11-22", "NoSuchDate(\"1024-11-22\")"),
            ("11月22日(木)", "WrongWeekday(\"11月22日(木)\")"),
            ("昨日 今日", "NotUnderstood(\"今日\")"),
            ("between 9", "NotUnderstood(\"between 9\")"),
            ("9時から", "NotUnderstood(\"から\")"),
            ("7月 10:20", "NotUnderstood(\"7月10:20\")"),
        ],
    );
    let long = "あ".repeat(401);
    assert_eq!(parse_at(&long, NOW, Lean::Past), Err(MomentError::TooLong));
    let told = format!("昨夜10時頃{}", " ".repeat(350) + &"頃".repeat(44));
    let moment = parse_at(&told, NOW, Lean::Past).unwrap();
    assert_eq!(parse_at(&moment.typed_with_words(), NOW, Lean::Past), Ok(moment), "what was told at length is read back");
}

#[test]
fn the_words_are_kept_where_the_numbers_alone_would_say_more_than_was_said() {
    let words = |text: &str| parse_at(text, NOW, Lean::Past).unwrap().words;
    assert_eq!(words(" 昨夜10時頃 ").as_deref(), Some("昨夜10時頃"));
    assert_eq!(words("10分前").as_deref(), Some("10分前"));
    assert_eq!(words("昨日の22:00").as_deref(), Some("昨日の22:00"));
    assert_eq!(words("11/21 21:00 - 11/21 23:00").as_deref(), Some("11/21 21:00 - 11/21 23:00"));
    assert_eq!(words("22:00"), None);
    assert_eq!(words("11/22 10:20"), None);
    assert_eq!(words("2006-11-21T21:00/2006-11-21T23:00"), None);
    assert_eq!(words("2006-11-21T21:00/2006-11-21T23:00 「昨夜10時頃」").as_deref(), Some("昨夜10時頃"));
}

#[test]
fn a_day_alone_lies_strictly_between_its_midnights() {
    let day = parse_at("2006-11-22", NOW, Lean::Past).unwrap();
    let (start, end) = (at("2006-11-22T00:00", DEFAULT_ZONE), at("2006-11-23T00:00", DEFAULT_ZONE));
    assert_eq!((day.from - start).num_microseconds(), Some(1));
    assert_eq!((end - day.to).num_microseconds(), Some(1));
}

#[test]
fn what_machines_write_with_an_offset_is_that_instant_wherever_it_is_read() {
    let read = |text: &str| {
        parse(text, at("2006-11-24T09:00", chrono_tz::Asia::Tokyo), chrono_tz::Asia::Tokyo, Lean::Past)
            .map(|moment| moment.typed())
    };
    assert_eq!(read("2006-11-22T10:20:00+09:00"), Ok("2006-11-22T10:20".to_owned()));
    assert_eq!(
        read("2006-11-22T01:20:00Z/2006-11-21T21:30:05.5-05:00"),
        Ok("2006-11-22T10:20/2006-11-22T11:30:05.500000".to_owned())
    );
    assert!(read("2006-11-31T10:20:00+09:00").is_err());
}

#[test]
fn an_hour_that_the_clocks_skip_is_refused_and_one_they_repeat_is_both() {
    let zone = chrono_tz::America::New_York;
    let now = at("2007-06-01T12:00", zone);
    let read = |text: &str| parse(text, now, zone, Lean::Past);
    assert_eq!(read("2007-03-11 2:30"), Err(MomentError::Skipped("2007-03-11 02:30".to_owned())));
    let twice = read("2006-10-29 1:30").unwrap();
    assert_eq!((twice.to - twice.from).num_minutes(), 60);
    assert_eq!(twice.typed(), "2006-10-29T05:30Z/2006-10-29T06:30Z");
    assert_eq!(twice.words.as_deref(), Some("2006-10-29 1:30"));
    let before_noon = read("2007-03-11 am").unwrap();
    assert_eq!((before_noon.to - before_noon.from).num_hours(), 11);
}

#[test]
fn a_day_whose_midnight_is_skipped_begins_when_the_clocks_say_so() {
    let zone = chrono_tz::America::Sao_Paulo;
    let day = parse("2006-11-05", at("2007-01-01T00:00", zone), zone, Lean::Past).unwrap();
    assert_eq!((day.to - day.from).num_hours(), 22);
    assert_eq!(day.typed(), "2006-11-05");
    let samoa = parse("2011-12-30", at("2012-01-05T00:00", chrono_tz::Pacific::Apia), chrono_tz::Pacific::Apia, Lean::Past);
    assert_eq!(samoa, Err(MomentError::Skipped("2011-12-30".to_owned())));
}

#[test]
fn no_word_of_the_table_is_written_twice_or_in_capitals() {
    let mut all: Vec<&str> = words::all().collect();
    assert!(all.iter().all(|word| word.to_lowercase() == *word));
    let count = all.len();
    all.sort_unstable();
    all.dedup();
    assert_eq!(all.len(), count);
}

const ZONES: [Zone; 4] =
    [chrono_tz::Asia::Tokyo, chrono_tz::America::New_York, chrono_tz::America::Sao_Paulo, chrono_tz::Australia::Lord_Howe];

fn any_stamp() -> impl Strategy<Value = Stamp> {
    // 1950 to 2100.
    (-631_152_000_000_000_i64..4_102_444_800_000_000).prop_map(|micros| Stamp::from_timestamp_micros(micros).unwrap())
}

fn any_zone() -> impl Strategy<Value = Zone> {
    prop::sample::select(ZONES.to_vec())
}

/// Texts made of the table's own words, numbers and signs: they reach deeper than any string does.
fn likely_text() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        4 => prop::sample::select(words::all().map(str::to_owned).collect::<Vec<_>>()),
        3 => (0u32..70).prop_map(|n| n.to_string()),
        1 => (1890u32..2210).prop_map(|n| n.to_string()),
        1 => any::<u32>().prop_map(|n| n.to_string()),
        3 => prop::sample::select(vec![":", "/", "-", " ", "時", "分", "月", "日", "〜", "-", "."]).prop_map(str::to_owned),
    ];
    prop::collection::vec(piece, 1..9).prop_map(|pieces| pieces.join(""))
}

fn holds(text: &str, now: Stamp, zone: Zone) -> Result<(), TestCaseError> {
    for lean in [Lean::Past, Lean::Future] {
        if let Ok(moment) = parse(text, now, zone, lean) {
            prop_assert!(moment.from <= moment.to, "{text}: {moment:?}");
            let again = parse(&moment.typed_with_words(), now, zone, lean)
                .map_err(|e| TestCaseError::fail(format!("{}: {e}", moment.typed())))?;
            prop_assert_eq!((again.from, again.to), (moment.from, moment.to), "{} {}", text, moment.typed());
        }
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_string_makes_it_panic(text in ".*", now in any_stamp(), zone in any_zone()) {
        holds(&text, now, zone)?;
    }

    #[test]
    fn no_heap_of_its_own_words_makes_it_panic(text in likely_text(), now in any_stamp(), zone in any_zone()) {
        holds(&text, now, zone)?;
    }

    #[test]
    fn what_is_typed_for_a_field_is_read_back(a in any_stamp(), length in 0_i64..200_000_000_000, zone in any_zone(), round in any::<bool>()) {
        let unit = if round { 60_000_000 } else { 1 };
        let from = Stamp::from_timestamp_micros(a.timestamp_micros() / unit * unit).unwrap();
        let to = from + chrono::Duration::microseconds(length / unit * unit);
        let moment = Moment { from, to, words: Some("昨夜10時頃".to_owned()), zone };
        prop_assert_eq!(parse(&moment.typed_with_words(), a, zone, Lean::Past), Ok(moment));
    }

    #[test]
    fn a_day_is_read_back(days in 0_i32..50_000, zone in any_zone(), now in any_stamp()) {
        let day = NaiveDate::from_ymd_opt(1950, 1, 1).unwrap() + chrono::Duration::days(i64::from(days));
        let moment = parse(&day.to_string(), now, zone, Lean::Past).unwrap();
        prop_assert_eq!(moment.typed(), day.to_string());
    }
}
