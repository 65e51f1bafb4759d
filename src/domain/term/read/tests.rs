//! Wrong input: each kind is refused with the path of what is wrong.

use super::{Cases, Problem, cases};
use crate::domain::term::Term;
use crate::domain::term::facts::Looked;

/// A case that can be read, of each kind.
const NOTICE: &str = r#"{"name": "n", "calendar": {"zone": "Asia/Tokyo", "holidays": ["2006-11-23"], "business": {"days": ["mon"],
 "from": "09:00", "to": "17:30"}}, "term": {"kind": "notice", "forms": ["letter"], "address": "registered", "unless": ["emergency"],
 "lead": {"n": 30, "unit": "days", "counted": "arrival", "rule": "clear"}, "deemed": {"n": 3, "unit": "days"}},
 "agreement": {"term": {"kind": "plain"}, "standing": "ours"}, "facts": {"effective": "2006-12-01", "none_received": ["letter"],
 "exceptions": {"emergency": "theirs"}, "notices": [{"form": "letter", "standing": "theirs",
 "sent": "2006-11-21T22:00", "received": {"at": "2006-11-22", "standing": "theirs"}, "to_registered": true}]}, "now": "2006-11-24T13:00"}"#;

const CREDIT: &str = r#"{"term": {"kind": "credit", "from": "reported", "minimum_hours": 24, "block_hours": 24, "per_block":
 {"of": "monthly_fee", "divided_by": 30}, "round": "down", "requires_total": true, "requires_fault": "provider",
 "claim_within": {"n": 3, "unit": "months", "roll": null, "from": "restored"}}, "facts": {"total": true, "fault": "provider",
 "monthly_fee": 52500, "reported": "2006-11-22T10:20", "restored": {"from": "2006-11-24T11:20", "to": "2006-11-24T12:00"}},
 "now": "2006-11-24T13:00"}"#;

const AVAILABILITY: &str = r#"{"term": {"kind": "availability", "period": "month", "target_percent": 99.9, "minimum_minutes": 10,
 "tiers": [{"below": 99.9, "credit_percent": 10}]}, "facts": {"month": "2006-11", "downtime": [{"from": "2006-11-10T10:00",
 "to": "2006-11-10T10:30", "standing": "ours"}], "excluded": []}, "now": "2006-12-01T09:00"}"#;

const RESTORE: &str = r#"{"calendar": {"zone": "Europe/Berlin"}, "term": {"kind": "restore", "from": "reported", "clock": "always",
 "within": {"n": 4, "unit": "hours"}}, "facts": {"reported": "2007-03-25T01:30", "restored": null, "open": true},
 "now": "2007-03-26T13:00+02:00"}"#;

#[test]
fn what_is_right_is_read() {
    for case in [NOTICE, CREDIT, AVAILABILITY, RESTORE] {
        assert!(cases(case.as_bytes()).is_ok(), "{:?}", cases(case.as_bytes()));
        assert!(cases(format!("\u{feff}[{case}, {case}]").as_bytes()).is_ok());
    }
    assert!(cases(b"[]").is_ok());
}

/// In `case`, `old` made `new`: refused at `path`.
fn refused(case: &str, old: &str, new: &str, path: &str) {
    assert!(case.contains(old), "{old} does not stand in the case");
    let case = case.replacen(old, new, 1);
    match cases(case.as_bytes()) {
        Ok(read) => panic!("{old} → {new} was taken: {read:?}"),
        Err(error) => assert_eq!(error.path, path, "{old} → {new}: {error}"),
    }
}

#[test]
fn a_wrong_notice_is_refused_where_it_is_wrong() {
    for (old, new, path) in [
        (r#""name": "n""#, r#""name": 1"#, "name"),
        (r#""name": "n""#, r#""nmae": "n""#, "nmae"),
        (r#""name": "n""#, r#""now": "2006-11-24""#, "now"),
        ("Asia/Tokyo", "Asia/Tokio", "calendar.zone"),
        (r#""zone""#, r#""zones""#, "calendar.zones"),
        ("2006-11-23", "2006-11-31", "calendar.holidays[0]"),
        ("2006-11-23", "2006-11-23T00:00", "calendar.holidays[0]"),
        (r#"["2006-11-23"]"#, "true", "calendar.holidays"),
        (r#""mon""#, r#""Monday""#, "calendar.business.days[0]"),
        (r#"["mon"]"#, "[]", "calendar.business.days"),
        (r#""09:00""#, r#""9:00""#, "calendar.business.from"),
        (r#""17:30""#, r#""08:30""#, "calendar.business"),
        (r#""17:30""#, r#""09:00""#, "calendar.business"),
        (r#""17:30""#, r#""25:00""#, "calendar.business.to"),
        (r#""17:30""#, r#""+9:30""#, "calendar.business.to"),
        (r#""17:30""#, r#""17""#, "calendar.business.to"),
        (r#""17:30""#, r#""17:30:00:00""#, "calendar.business.to"),
        (r#""17:30""#, r#""17:30:00.+5""#, "calendar.business.to"),
        (r#""kind": "notice""#, r#""kind": "note""#, "term.kind"),
        (r#""kind": "notice", "#, "", "term.kind"),
        (r#""forms": ["letter"]"#, r#""forms": ["pigeon"]"#, "term.forms[0]"),
        (r#""forms": ["letter"]"#, r#""forms": []"#, "term.forms"),
        (r#""forms": ["letter"]"#, r#""forms": "letter""#, "term.forms"),
        (r#""forms": ["letter"]"#, r#""form": ["letter"]"#, "term.form"),
        (r#""registered""#, r#""head office""#, "term.address"),
        (r#""unless": ["emergency"]"#, r#""unless": [1]"#, "term.unless[0]"),
        (r#""unless": ["emergency"]"#, r#""any_of": [{}]"#, "term.forms"),
        (r#""n": 30"#, r#""n": 0"#, "term.lead.n"),
        (r#""n": 30"#, r#""n": 10001"#, "term.lead.n"),
        (r#""n": 30"#, r#""n": 1.5"#, "term.lead.n"),
        (r#""n": 30"#, r#""n": "30""#, "term.lead.n"),
        (r#""n": 30"#, r#""n": 1e300"#, "term.lead.n"),
        (r#""n": 30"#, r#""n": -1e300"#, "term.lead.n"),
        (r#""n": 30"#, r#""n": 18446744073709551615"#, "term.lead.n"),
        (r#""n": 30, "#, "", "term.lead.n"),
        (r#""unit": "days", "counted""#, r#""unit": "fortnights", "counted""#, "term.lead.unit"),
        (r#""unit": "days", "counted""#, r#""unit": "day_of_next_month", "counted""#, "term.lead.unit"),
        (r#""arrival""#, r#""posting""#, "term.lead.counted"),
        (r#""clear""#, r#""unclear""#, "term.lead.rule"),
        (r#""rule": "clear""#, r#""roll": true"#, "term.lead.roll"),
        (r#"{"n": 3, "unit": "days"}"#, r#"{"n": 3, "unit": "weeks"}"#, "term.deemed.unit"),
        (r#""standing": "ours""#, r#""standing": "mine""#, "agreement.standing"),
        (r#", "standing": "ours""#, "", "agreement.standing"),
        (r#"{"kind": "plain"}"#, r#"{"kind": "plain", "n": 1}"#, "agreement.term.n"),
    ] {
        refused(NOTICE, old, new, path);
    }
}

#[test]
fn a_wrong_fact_of_a_notice_is_refused_where_it_is_wrong() {
    for (old, new, path) in [
        (r#""effective": "2006-12-01""#, r#""effective": "2006-13-01""#, "facts.effective"),
        (r#""effective": "2006-12-01""#, r#""effective": 20061201"#, "facts.effective"),
        (r#""effective": "2006-12-01""#, r#""effective": {"from": "2006-12-02", "to": "2006-12-01"}"#, "facts.effective"),
        (r#""effective": "2006-12-01""#, r#""effective": {"from": "2006-12-02"}"#, "facts.effective.to"),
        (r#""effective": "2006-12-01""#, r#""effective": {"at": "2006-12-02", "to": "2006-12-03"}"#, "facts.effective.to"),
        (r#""effective": "2006-12-01""#, r#""efective": "2006-12-01""#, "facts.efective"),
        (r#""none_received": ["letter"]"#, r#""none_received": "letter""#, "facts.none_received"),
        (r#""emergency": "theirs""#, r#""emergency": true"#, "facts.exceptions.emergency"),
        (r#""form": "letter", "standing": "theirs""#, r#""form": "letter""#, "facts.notices[0].standing"),
        (r#""form": "letter", "standing""#, r#""standing""#, "facts.notices[0].form"),
        (r#""2006-11-21T22:00""#, r#""2006-11-21T24:00""#, "facts.notices[0].sent"),
        (r#""2006-11-21T22:00""#, r#""2006-11-21 22:00""#, "facts.notices[0].sent"),
        (r#""2006-11-21T22:00""#, r#""2006-11-21T22:00+9""#, "facts.notices[0].sent"),
        (r#""2006-11-21T22:00""#, r#""2006-11-21T22:00.5""#, "facts.notices[0].sent"),
        (r#""2006-11-21T22:00""#, r#""2006-11-21T22:00:30.""#, "facts.notices[0].sent"),
        (r#""2006-11-21T22:00""#, r#""2006-11-21T22:00:30.123456x""#, "facts.notices[0].sent"),
        (r#""2006-11-21T22:00""#, r#""2006-11-21T22:00:30.1234567890""#, "facts.notices[0].sent"),
        (r#""2006-11-21T22:00""#, r#""2006-11-2""#, "facts.notices[0].sent"),
        (r#""2006-11-21T22:00""#, r#""+2006-1-02""#, "facts.notices[0].sent"),
        (r#""2006-11-21T22:00""#, r#""0000-11-21""#, "facts.notices[0].sent"),
        (r#""2006-11-21T22:00""#, r#""昨夜10時頃""#, "facts.notices[0].sent"),
        (r#""to_registered": true"#, r#""to_registered": "yes""#, "facts.notices[0].to_registered"),
        (r#""at": "2006-11-22""#, r#""on": "2006-11-22""#, "facts.notices[0].received.on"),
        (r#", "now": "2006-11-24T13:00""#, "", "now"),
    ] {
        refused(NOTICE, old, new, path);
    }
}

#[test]
fn a_wrong_deadline_credit_or_availability_is_refused_where_it_is_wrong() {
    for (old, new, path) in [
        (r#""minimum_hours": 24"#, r#""minimum_hours": -1"#, "term.minimum_hours"),
        (r#""block_hours": 24"#, r#""block_hours": 0"#, "term.block_hours"),
        (r#""block_hours": 24"#, r#""block_hours": 0.00027"#, "term.block_hours"),
        (r#""block_hours": 24"#, r#""block_hours": 10000.1"#, "term.block_hours"),
        (r#""block_hours": 24, "#, "", "term.block_hours"),
        (r#""divided_by": 30"#, r#""divided_by": 0"#, "term.per_block.divided_by"),
        (r#""divided_by": 30"#, r#""divided_by": 30, "fixed": 1"#, "term.per_block.of"),
        (r#""of": "monthly_fee""#, r#""of": "yearly_fee""#, "term.per_block.of"),
        (r#""round": "down""#, r#""round": "even""#, "term.round"),
        (r#""requires_fault": "provider""#, r#""requires_fault": "ours""#, "term.requires_fault"),
        (r#""unit": "months""#, r#""unit": "day_of_next_month", "n": 3"#, "term.claim_within.n"),
        (r#""n": 3, "unit": "months""#, r#""n": 32, "unit": "day_of_next_month""#, "term.claim_within.n"),
        (r#""from": "restored""#, r#""from": "started""#, "term.claim_within.from"),
        (r#""monthly_fee": 52500"#, r#""monthly_fee": -1"#, "facts.monthly_fee"),
        (r#""monthly_fee": 52500"#, r#""monthly_fee": 0.5"#, "facts.monthly_fee"),
        (r#""total": true"#, r#""total": "partly""#, "facts.total"),
        (r#""total": true"#, r#""open": true"#, "facts.open"),
        ("2006-11-24T12:00", "2006-11-24T11:00", "facts.restored"),
        (r#""total": true"#, r#""notices": []"#, "facts.notices"),
    ] {
        refused(CREDIT, old, new, path);
    }
    for (old, new, path) in [
        (r#""month": "2006-11""#, r#""month": "2006-13""#, "facts.month"),
        (r#""month": "2006-11""#, r#""month": "2006-11-01""#, "facts.month"),
        (r#""month": "2006-11", "#, "", "facts.month"),
        (r#""month": "2006-11""#, r#""month": null"#, "facts.month"),
        (r#""period": "month""#, r#""period": "year""#, "term.period"),
        ("99.9,", "100.1,", "term.target_percent"),
        (r#""minimum_minutes": 10"#, r#""minimum_minutes": -10"#, "term.minimum_minutes"),
        (r#""credit_percent": 10"#, r#""credit": 10"#, "term.tiers[0].credit"),
        ("2006-11-10T10:30", "2006-11-10T09:30", "facts.downtime[0]"),
        (r#""excluded": []"#, r#""excluded": {}"#, "facts.excluded"),
    ] {
        refused(AVAILABILITY, old, new, path);
    }
    for (old, new, path) in [
        (r#""within": {"n": 4, "unit": "hours"}"#, r#""within": 4"#, "term.within"),
        (r#""from": "reported", "#, "", "term.from"),
        (r#""clock": "always""#, r#""clock": "sometimes""#, "term.clock"),
        ("2007-03-25T01:30", "2007-03-25T02:30", "facts.reported"),
        (r#""open": true"#, r#""open": 1"#, "facts.open"),
    ] {
        refused(RESTORE, old, new, path);
    }
}

#[test]
fn a_month_without_an_outage_must_be_told_as_one() {
    let read = |downtime: &str| {
        let facts = format!(r#"{{"month": "2006-11"{downtime}}}"#);
        let case =
            format!(r#"{{"term": {{"kind": "availability", "target_percent": 99}}, "facts": {facts}, "now": "2006-12-02"}}"#);
        cases(case.as_bytes()).map(|_| ()).map_err(|error| error.to_string())
    };
    assert_eq!(read(r#", "downtime": []"#), Ok(()));
    for silent in ["", r#", "downtime": null"#] {
        assert_eq!(read(silent), Err("facts.downtime: is missing".to_owned()));
    }
}

#[test]
fn what_is_no_case_is_refused_as_a_whole() {
    for (text, path) in
        [("", ""), ("{", ""), ("1", ""), ("null", ""), ("[1]", "[0]"), ("{}", "term"), ("[[]]", "[0]"), ("{\"a\": 1}", "a")]
    {
        let error = cases(text.as_bytes()).expect_err(text);
        assert_eq!(error.path, path, "{text}: {error}");
    }
    let halved = &"{\"name\": \"加".as_bytes()[..11];
    assert!(matches!(cases(halved).expect_err("half a character").problem, Problem::NotJson(_)));
    let deep = "[".repeat(100_000);
    assert!(matches!(cases(deep.as_bytes()).expect_err("too deep").problem, Problem::NotJson(_)));
    let second = format!("[{RESTORE}, {}]", RESTORE.replacen("reported", "reportd", 1));
    assert_eq!(cases(second.as_bytes()).expect_err("the second").path, "[1].term.from");
}

#[test]
fn a_time_that_exists_twice_is_both() {
    let case = RESTORE.replace("2007-03-25T01:30", "2006-10-29T02:30");
    let Ok(Cases::One(case)) = cases(case.as_bytes()) else { panic!("one case") };
    let reported = case.facts.reported.expect("a time");
    assert_eq!(reported.to - reported.from, chrono::Duration::hours(1));
}

#[test]
fn what_is_wrong_is_said_with_its_path_and_what_stands_there() {
    let said = |old: &str, new: &str| {
        let case = NOTICE.replacen(old, new, 1);
        cases(case.as_bytes()).expect_err(new).to_string()
    };
    let forms = |new: &str| said(r#""forms": ["letter"]"#, &format!(r#""forms": {new}"#));
    assert_eq!(forms("{}"), "term.forms: an object stands where a list is wanted");
    assert_eq!(forms("true"), "term.forms: true stands where a list is wanted");
    assert_eq!(forms("-5"), "term.forms: -5 stands where a list is wanted");
    assert_eq!(forms(r#""letter""#), "term.forms: “letter” stands where a list is wanted");
    assert_eq!(forms("[null]"), "term.forms[0]: null stands where a text is wanted");
    assert_eq!(forms("[[]]"), "term.forms[0]: a list stands where a text is wanted");
    assert_eq!(forms("[]"), "term.forms: an empty list says nothing");
    assert_eq!(said(r#""n": 30"#, r#""n": 1e300"#), "term.lead.n: 1e+300 is not from 1 to 10000");
    assert_eq!(said(r#""n": 30"#, r#""n": 1.5"#), "term.lead.n: 1.5 is not a whole number");
    assert_eq!(
        said(r#""to_registered": true"#, r#""to_registered": 1"#),
        "facts.notices[0].to_registered: 1 stands where true or false is wanted"
    );
    assert_eq!(said(r#""name": "n""#, r#""name": "n", "name": "m""#), "name: stands twice");
    let hours = CREDIT.replacen(r#""minimum_hours": 24"#, r#""minimum_hours": -1"#, 1);
    assert_eq!(cases(hours.as_bytes()).expect_err("less than none").to_string(), "term.minimum_hours: -1 is not from 0 to 10000");
    assert_eq!(cases(b"5").expect_err("no case").to_string(), "5 stands where an object is wanted");
}

#[test]
fn a_file_of_64_mib_is_read_and_none_longer() {
    let refused = |len: usize| cases(&vec![0; len]).expect_err("no JSON").problem;
    let too_long = Problem::NotJson("more than 67108864 bytes".to_owned());
    assert_ne!(refused(64 << 20), too_long);
    assert_eq!(refused((64 << 20) + 1), too_long);
}

/// The earliest and the latest that the time `text`, of Tokyo, can mean.
fn ends(text: &str) -> (String, String) {
    let case = RESTORE.replace("Europe/Berlin", "Asia/Tokyo").replace(r#""2007-03-25T01:30""#, text);
    let Ok(Cases::One(case)) = cases(case.as_bytes()) else { panic!("{text}: {:?}", cases(case.as_bytes())) };
    let reported = case.facts.reported.expect("a time");
    let shown =
        |at: crate::domain::moment::Stamp| at.with_timezone(&chrono_tz::Asia::Tokyo).format("%dT%H:%M:%S%.6f").to_string();
    (shown(reported.from), shown(reported.to))
}

#[test]
fn a_time_is_read_to_the_microsecond_in_the_contract_s_zone_or_with_an_offset() {
    let at = |text: &str| {
        let (from, to) = ends(&format!("{text:?}"));
        assert_eq!(from, to);
        from
    };
    assert_eq!(at("2006-11-22T10:20"), "22T10:20:00.000000");
    assert_eq!(at("2006-11-22T10:20:30.5"), "22T10:20:30.500000");
    assert_eq!(at("2006-11-22T10:20:30.123456789"), "22T10:20:30.123456");
    assert_eq!(at("2006-11-22T10:20Z"), "22T19:20:00.000000");
    assert_eq!(at("2006-11-22T10:20:30.25+08:00"), "22T11:20:30.250000");
    let day = ("22T00:00:00.000001".to_owned(), "22T23:59:59.999999".to_owned());
    assert_eq!(ends(r#""2006-11-22""#), day, "some time in that day, after its first instant");
}

#[test]
fn from_and_to_may_be_a_day_and_a_time_within_it() {
    let between = |from: &str, to: &str| ends(&format!(r#"{{"from": "2006-11-{from}", "to": "2006-11-{to}"}}"#));
    let (first, last) = ("22T00:00:00.000001", "22T23:59:59.999999");
    for (from, to, expected) in [
        ("22", "22", (first, last)),
        ("22", "22T10:00", (first, "22T10:00:00.000000")),
        ("22T10:00", "22", ("22T10:00:00.000000", last)),
        ("22", first, (first, first)),
        (last, "22", (last, last)),
        ("22T10:00", "22T10:00", ("22T10:00:00.000000", "22T10:00:00.000000")),
    ] {
        assert_eq!(between(from, to), (expected.0.to_owned(), expected.1.to_owned()), "{from} to {to}");
    }
    refused(CREDIT, "2006-11-24T12:00", "2006-11-23", "facts.restored");
}

#[test]
fn what_is_open_may_stand_beside_what_it_does_not_speak_of() {
    let read = |case: &str| cases(case.as_bytes()).map(|_| ()).map_err(|error| error.path);
    let responded = r#""responded": "2007-03-25T05:00", "open": true"#;
    let restore = RESTORE.replace(r#""open": true"#, responded);
    assert_eq!(read(&restore), Ok(()), "they responded, and it is not restored yet");
    assert_eq!(read(&restore.replace(r#""kind": "restore""#, r#""kind": "response""#)), Err("facts.open".to_owned()));
    let restored = RESTORE.replace(r#""restored": null"#, r#""restored": "2007-03-25T05:00""#);
    assert_eq!(read(&restored), Err("facts.open".to_owned()));
    let response = restored.replace(r#""kind": "restore""#, r#""kind": "response""#);
    assert_eq!(read(&response), Ok(()), "nobody responded, and it is restored all the same");
}

#[test]
fn a_route_may_say_that_it_is_a_notice_and_nothing_else() {
    let route = |kind: &str| {
        let case = format!(
            r#"{{"term": {{"kind": "notice", "any_of": [{{"kind": {kind}, "forms": ["fax"]}}]}}, "facts": {{}}, "now": "2006-11-24"}}"#
        );
        cases(case.as_bytes()).map(|_| ()).map_err(|error| error.path)
    };
    assert_eq!(route(r#""notice""#), Ok(()));
    for kind in [r#""credit""#, r#""plain""#, "1"] {
        assert_eq!(route(kind), Err("term.any_of[0].kind".to_owned()), "{kind}");
    }
}

#[test]
fn numbers_and_hours_are_read_at_the_ends_of_their_ranges() {
    let read = |case: &str, old: &str, new: &str| match cases(case.replacen(old, new, 1).as_bytes()) {
        Ok(Cases::One(case)) => *case,
        other => panic!("{new}: {other:?}"),
    };
    for (new, n) in [("30.0", 30), ("1", 1), ("1e4", 10_000)] {
        let Term::Notice(term) = read(NOTICE, r#""n": 30"#, &format!(r#""n": {new}"#)).term else { panic!("a notice") };
        assert_eq!(term.lead.map(|lead| lead.ahead.n), Some(n));
    }
    for (new, seconds) in [("10000", 36_000_000), ("0.0003", 1), ("0.5", 1800)] {
        let read = read(CREDIT, r#""block_hours": 24"#, &format!(r#""block_hours": {new}"#));
        let Term::Credit(term) = read.term else { panic!("a credit") };
        assert_eq!(term.block.seconds, seconds);
    }
    let closes = |to: &str| read(NOTICE, "17:30", to).calendar.business.to;
    assert_eq!(closes("24:00"), None, "the end of the day");
    assert_eq!(closes("23:59"), chrono::NaiveTime::from_hms_opt(23, 59, 0));
    let none = read(NOTICE, r#""none_received": ["letter"]"#, r#""none_received": false"#).facts.none_received;
    assert_eq!(none, Looked::Nowhere);
    let brief = read(AVAILABILITY, "2006-11-10T10:30", "2006-11-10T10:00").facts.downtime;
    assert_eq!(brief[0].to, Some(brief[0].from), "an outage may have had no length");
}
