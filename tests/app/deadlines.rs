//! Deadlines: on the page of the morning, in their list, and in everybody's own calendar, which two parsers of others read.

use std::process::{Command, Stdio};

use calcard::common::IanaString;
use calcard::icalendar::{ICalendar, ICalendarComponentType, ICalendarProperty, ICalendarValue};

use crate::harness::{Browser, Page, Site, Told, on_both, open_incident, until};

const CREDIT: &str = r#"{"kind": "credit", "from": "reported", "minimum_hours": 24, "block_hours": 24,
    "per_block": {"of": "monthly_fee", "divided_by": 30}, "claim_within": {"n": 3, "unit": "months", "from": "claimable"}}"#;
const RESTORE: &str = r#"{"kind": "restore", "within": {"n": 24, "unit": "hours"}, "from": "reported"}"#;

/// A clause with what it comes to.
fn clause(told: &Told, who: &Browser, number: &str, term: &str) {
    who.fill(&format!("{}/clauses/new", told.contract))
        .with_all(&[("number", number), ("heading", "条文; 加, 髙﨑①㈱"), ("quote", "As printed.")])
        .saved();
    let page = who.open(&told.contract);
    let link = page.links().into_iter().rfind(|link| link.contains("/clauses/") && link.ends_with("/term")).expect("its term");
    who.fill(&link).with("term_json", term).saved();
}

/// The story's incident, reported, with a promise for the next day, a restoration that is late, and a credit.
pub fn with_deadlines(who: &Browser) -> Told {
    let told = open_incident(who);
    clause(&told, who, "Article 20", CREDIT);
    clause(&told, who, "Article 21", RESTORE);
    told.form(who, "times").with("reported", "2006-11-22T10:20").saved();
    told.form(who, "calls/new")
        .with_all(&[
            ("outcome", "answered"),
            ("dialled", "2006-11-22T10:20"),
            ("answered", "2006-11-22T10:21"),
            ("ended", "2006-11-22T10:40"),
        ])
        .with_all(&[("s1_kind", "promise"), ("s1_words", "We call; by tomorrow, or else."), ("s1_due", "2006-11-25T10:00")])
        .choose("s1_company", "Provider P")
        .saved();
    told
}

/// Makes a calendar address, and gives its path.
fn make_address(who: &Browser) -> String {
    let page = who.fill_on("/account", "/account/calendar").send().is(200).page();
    address_on(&page).expect("an address")
}

/// The path of the address that a page shows.
fn address_on(page: &Page) -> Option<String> {
    page.html.split(['<', '>', ' ']).find_map(|part| {
        part.find("/calendar/").filter(|_| part.trim_end().ends_with(".ics")).map(|at| part[at..].trim().to_owned())
    })
}

/// One event: its uid, sequence, status, beginning and summary.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Event {
    uid: String,
    sequence: String,
    status: String,
    starts: String,
    summary: String,
}

/// The events of a calendar as calcard reads it.
fn parsed(text: &str) -> Vec<Event> {
    let calendar = ICalendar::parse(text).unwrap_or_else(|error| panic!("calcard does not read it ({error:?}): {text}"));
    let events = calendar.components.iter().filter(|part| part.component_type == ICalendarComponentType::VEvent);
    let one = |event: &calcard::icalendar::ICalendarComponent| {
        let value = |name: &ICalendarProperty| {
            let entry = event.property(name).unwrap_or_else(|| panic!("no {name:?}: {text}"));
            match entry.values.first() {
                Some(ICalendarValue::Text(text)) => text.clone(),
                Some(ICalendarValue::Integer(number)) => number.to_string(),
                Some(ICalendarValue::Status(status)) => status.as_str().to_owned(),
                Some(ICalendarValue::PartialDateTime(time)) => {
                    let [month, day] = [time.month, time.day].map(Option::unwrap_or_default);
                    let hour = time.hour.map(|hour| format!(" {hour}")).unwrap_or_default();
                    format!("{}-{month}-{day}{hour}", time.year.unwrap_or_default())
                }
                other => panic!("{name:?} is {other:?}"),
            }
        };
        Event {
            uid: value(&ICalendarProperty::Uid),
            sequence: value(&ICalendarProperty::Sequence),
            status: value(&ICalendarProperty::Status),
            starts: value(&ICalendarProperty::Dtstart),
            summary: value(&ICalendarProperty::Summary),
        }
    };
    events.map(one).collect()
}

/// The summaries as Python's icalendar reads them; none where it is not here.
pub fn parsed_by_python(text: &str) -> Option<Vec<String>> {
    const READ: &str = "import sys, icalendar\n\
        calendar = icalendar.Calendar.from_ical(sys.stdin.buffer.read())\n\
        assert not calendar.errors, calendar.errors\n\
        for event in calendar.walk('VEVENT'):\n\
        \x20   assert not event.errors, event.errors\n\
        \x20   event['DTSTAMP'].dt, event['SEQUENCE'], event['DTSTART'].dt\n\
        \x20   sys.stdout.buffer.write((str(event['SUMMARY']) + '\\n').encode())\n";
    let folder = std::env::var_os("TELLONCE_TEST_PYPI")?;
    let mut python = Command::new("python3");
    python.args(["-c", READ]).env("PYTHONPATH", folder).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = python.spawn().expect("python3 starts");
    std::io::Write::write_all(&mut child.stdin.take().expect("its input"), text.as_bytes()).expect("it reads");
    let read = child.wait_with_output().expect("it ends");
    assert!(read.status.success(), "{}\n{text}", String::from_utf8_lossy(&read.stderr));
    Some(String::from_utf8_lossy(&read.stdout).lines().map(str::to_owned).collect())
}

/// The calendar at `path`, checked octet by octet and by both parsers.
fn calendar(site: &Site, path: &str) -> Vec<Event> {
    let answer = site.charlie().get(path).is(200);
    assert_eq!(answer.header("content-type"), Some("text/calendar; charset=utf-8"));
    assert_eq!(answer.header("cache-control"), Some("private, no-store"));
    let text = String::from_utf8(answer.body).expect("UTF-8");
    assert!(text.split_terminator("\r\n").all(|line| line.len() <= 75 && !line.contains(['\r', '\n'])), "{text}");
    let events = parsed(&text);
    if let Some(summaries) = parsed_by_python(&text) {
        assert_eq!(summaries, events.iter().map(|event| event.summary.clone()).collect::<Vec<_>>());
    }
    events
}

/// The calendar, once it is as it should be: deadlines are found again a moment after what they rest on.
fn calendar_when(site: &Site, path: &str, ready: impl Fn(&[Event]) -> bool) -> Vec<Event> {
    until("the calendar is up to date", || ready(&calendar(site, path)));
    calendar(site, path)
}

fn of<'a>(events: &'a [Event], kind: &str) -> &'a Event {
    events.iter().find(|event| event.uid.starts_with(kind)).unwrap_or_else(|| panic!("no {kind}: {events:?}"))
}

#[test]
fn a_credit_a_restoration_and_a_promise_stand_in_the_calendar_and_on_the_pages() {
    on_both(|site| {
        let bob = site.bob();
        with_deadlines(&bob);
        let path = make_address(&bob);
        let events = calendar_when(site, &path, |events| events.len() == 3);
        let starts = |kind| of(&events, kind).starts.clone();
        assert_eq!(starts("claim"), "2007-2-23", "three months from the 23rd, 10:20");
        assert_eq!(starts("restoration"), "2006-11-23 1");
        assert_eq!(starts("promise"), "2006-11-25 1");
        assert!(of(&events, "claim").summary.contains("Article 20 条文; 加, 髙﨑①㈱"), "{events:?}");
        assert!(events.iter().all(|event| event.status == "CONFIRMED"), "{events:?}");

        let page = bob.open("/");
        let near = page.text();
        assert!(page.shows("Deadlines of the next 14 days") && page.shows("Provider P must restore"), "{near}");
        assert!(page.shows("passed:") && page.shows("We call; by tomorrow, or else."), "{near}");
        assert!(!page.shows("Claim the credit"), "that is three months away: {near}");
        let all = bob.open("/deadlines");
        assert!(all.shows("Claim the credit from Provider P") && all.shows("Provider P must restore"), "{}", all.text());
    });
}

#[test]
fn a_promise_that_is_moved_counts_up_and_one_that_is_settled_is_cancelled_and_stays_for_a_while() {
    on_both(|site| {
        let bob = site.bob();
        let told = with_deadlines(&bob);
        let path = make_address(&bob);
        let before = calendar_when(site, &path, |events| events.len() == 3);
        // What moves a credit's last day moves the same event.
        told.form(&bob, "times").with("reported", "2006-11-20T10:20").saved();
        let after = calendar_when(site, &path, |events| of(events, "claim").sequence != of(&before, "claim").sequence);
        let moved = of(&after, "claim");
        assert_eq!(moved.uid, of(&before, "claim").uid);
        assert_eq!((moved.starts.as_str(), moved.status.as_str()), ("2007-2-21", "CONFIRMED"));
        assert!(moved.sequence.parse::<u32>().expect("a number") > of(&before, "claim").sequence.parse().expect("a number"));
        assert_eq!(of(&after, "promise"), of(&before, "promise"), "what did not move stays as it was");

        let view = told.view(&bob, "internal");
        let promise = view["promises"][0]["uid"].as_str().expect("a promise");
        told.form(&bob, &format!("promises/{promise}/settlement"))
            .with_all(&[("state", "kept"), ("settled", "2006-11-24T08:00")])
            .saved();
        let settled = calendar_when(site, &path, |events| of(events, "promise").status == "CANCELLED");
        let (was, is) = (of(&after, "promise"), of(&settled, "promise"));
        assert_eq!((&was.uid, &was.starts), (&is.uid, &is.starts));
        assert_ne!(was.sequence, is.sequence);
        assert!(!bob.open("/deadlines").shows("We call; by tomorrow, or else."));
        site.at("2007-02-24T09:00:00+09:00");
        assert!(
            calendar(site, &path).iter().all(|event| !event.uid.starts_with("promise")),
            "after 90 days nobody need hear of it"
        );
    });
}

#[test]
fn an_address_is_good_until_it_is_renewed_revoked_or_its_person_is_shut_out() {
    on_both(|site| {
        let bob = site.bob();
        let first = make_address(&bob);
        calendar(site, &first);
        assert!(address_on(&bob.open("/account")).is_none(), "it is shown once");
        let second = make_address(&bob);
        site.charlie().get(&first).is(404);
        calendar(site, &second);
        bob.fill_on("/account", "/account/calendar/revocation").saved();
        site.charlie().get(&second).is(404);
        let third = make_address(&bob);
        let alice = site.alice();
        let person =
            alice.open("/people").links().into_iter().filter(|link| link.starts_with("/people/") && !link.ends_with("/new"));
        let page = person.into_iter().find(|link| alice.open(link).shows("Bob")).expect("Bob's page");
        alice.fill_on(&page, &format!("{page}/suspension")).saved();
        site.charlie().get(&third).is(404);
        site.charlie().get(&format!("/calendar/{}.ics", "0".repeat(64))).is(404);
    });
}

#[test]
fn sending_the_form_again_makes_no_other_address_and_shows_none() {
    on_both(|site| {
        let bob = site.bob();
        let filling = bob.fill_on("/account", "/account/calendar");
        let path = address_on(&filling.send().is(200).page()).expect("an address");
        assert_eq!(filling.send().is(303).location(), "/account");
        calendar(site, &path);
    });
}

#[test]
fn what_somebody_may_not_know_of_is_in_no_calendar_and_no_list_of_theirs() {
    on_both(|site| {
        let (alice, bob, mei) = (site.alice(), site.bob(), site.mei());
        let told = with_deadlines(&bob);
        let (of_bob, of_mei) = (make_address(&bob), make_address(&mei));
        calendar_when(site, &of_mei, |events| events.len() == 3);
        alice.fill(&format!("{}/restriction", told.incident)).choose("people", "Bob").saved();
        assert_eq!(calendar(site, &of_mei), []);
        assert_eq!(calendar(site, &of_bob).len(), 3);
        assert!(!mei.open("/deadlines").shows("Provider P") && !mei.open("/").shows("must restore"));
    });
}
