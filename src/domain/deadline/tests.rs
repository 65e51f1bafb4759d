//! An incident like the story's, with a credit, a restoration and promises.

use chrono::{Duration, NaiveDate, NaiveDateTime, TimeZone};

use super::*;
use crate::domain::contract::{Agreement, Clause, Contract, Standing};
use crate::domain::dossier::Head;
use crate::domain::entry::{Entry, EntryKind};
use crate::domain::incident::{Incident, IncidentKind, IncidentTime, Severity, Which};
use crate::domain::ledger::Digest;
use crate::domain::locale::{DEFAULT_ZONE, Locale};
use crate::domain::person::House;
use crate::domain::statement::{DueBy, Speaker, Statement, StatementKind, StatementStanding};
use crate::domain::verdict::tests::agreement;

pub(in crate::domain) fn at(text: &str) -> Stamp {
    let local = NaiveDateTime::parse_from_str(text, "%Y-%m-%dT%H:%M").expect("a time");
    DEFAULT_ZONE.from_local_datetime(&local).single().expect("Tokyo has no gaps").to_utc()
}

pub(in crate::domain) fn day(text: &str) -> NaiveDate {
    text.parse().expect("a day")
}

pub(in crate::domain) fn exact(text: &str) -> Moment {
    Moment::exact(at(text), DEFAULT_ZONE)
}

fn uid(n: u8) -> Uid {
    Uid::from_parts(1, [n; 10])
}

fn term(json: &str) -> Option<Term> {
    Some(serde_json::from_str(json).expect("a term"))
}

pub(in crate::domain) fn clause(n: u8, json: &str) -> Clause {
    Clause {
        id: Id::new(n.into()),
        uid: uid(n),
        revision: 0,
        contract: Id::new(1),
        number: format!("Article {n}"),
        heading: String::new(),
        quote: String::new(),
        term: term(json),
        struck: None,
    }
}

fn incident(times: &[(Which, &str)]) -> Incident {
    let time = |(which, text): &(Which, &str)| IncidentTime { which: *which, at: exact(text), by: None };
    Incident {
        id: Id::new(1),
        number: IncidentNumber { year: 2006, count: 7 },
        revision: 0,
        kind: IncidentKind::ALL[0],
        title: "No mail".to_owned(),
        title_outward: String::new(),
        provider: Id::new(1),
        severity: Severity::ALL[0],
        what: String::new(),
        affected: String::new(),
        cause: String::new(),
        total: None,
        fault: None,
        times: times.iter().map(time).collect(),
        parties: Vec::new(),
        contracts: vec![Id::new(1)],
        restricted_to: Vec::new(),
        cost: None,
    }
}

pub(in crate::domain) fn dossier(times: &[(Which, &str)], clauses: Vec<Clause>) -> Dossier {
    let house = House { id: Id::new(1), revision: 0, company: String::new(), locale: Locale::En, zone: DEFAULT_ZONE };
    let contract = Contract {
        id: Id::new(1),
        uid: uid(1),
        revision: 0,
        provider: Id::new(1),
        title: String::new(),
        number: String::new(),
        starts_on: None,
        ends_on: None,
        monthly_fee: Some(52_500),
        currency: "JPY".to_owned(),
        zone: DEFAULT_ZONE,
        addresses: Vec::new(),
        note: String::new(),
        hours: None,
    };
    let head = Head { count: 1, hash: Digest::GENESIS };
    Dossier { contracts: vec![contract], clauses, ..Dossier::bare(house, incident(times), head) }
}

/// With a promise that falls due then, in an entry that these may read.
pub(in crate::domain) fn promised(mut dossier: Dossier, due: Moment, visibility: Visibility) -> Dossier {
    let statement = Statement {
        id: Id::new(1),
        uid: uid(1),
        kind: StatementKind::Promise,
        speaker: Speaker::Theirs { provider: Id::new(1), contact: None, who: String::new() },
        words: "We call at once.".to_owned(),
        verbatim: true,
        said_at: None,
        standing: StatementStanding::Open,
        cites: Vec::new(),
        change: None,
        visibility,
    };
    dossier.entries.push(Entry {
        id: Id::new(1),
        uid: uid(1),
        revision: 0,
        incident: Id::new(1),
        kind: EntryKind::Note,
        occurred: exact("2006-11-22T10:20"),
        recorded_at: at("2006-11-22T10:20"),
        author: Some(Id::new(5)),
        provider: None,
        contact: None,
        title: String::new(),
        body: String::new(),
        place: String::new(),
        looked_for: Vec::new(),
        settles: None,
        change: None,
        visibility,
        struck: None,
        call: None,
        reply: None,
        statements: vec![statement],
    });
    dossier.promises.push(Promise {
        id: Id::new(1),
        uid: uid(9),
        revision: 0,
        incident: Id::new(1),
        entry: Id::new(1),
        statement: Id::new(1),
        due: Some(due),
        due_by: DueBy::Theirs,
        due_reason: String::new(),
        state: PromiseState::Open,
        settled: None,
        settled_by: None,
        moved_to: None,
        struck: None,
    });
    dossier
}

const CREDIT: &str = r#"{"kind": "credit", "from": "reported", "minimum_hours": 24, "block_hours": 24, "requires_total": true,
    "per_block": {"of": "monthly_fee", "divided_by": 30}, "claim_within": {"n": 3, "unit": "months", "from": "restored"}}"#;
const RESTORE: &str = r#"{"kind": "restore", "within": {"n": 24, "unit": "hours"}, "from": "reported"}"#;
const RESPONSE: &str = r#"{"kind": "response", "within": {"n": 2, "unit": "days"}, "from": "started"}"#;

const DOWN: [(Which, &str); 2] = [(Which::Started, "2006-11-22T09:00"), (Which::Reported, "2006-11-22T10:20")];
pub(in crate::domain) const OVER: [(Which, &str); 3] = [DOWN[0], DOWN[1], (Which::Restored, "2006-11-24T11:20")];

fn of(dossier: &Dossier) -> Vec<Deadline> {
    deadlines(dossier, &dossier.verdicts(at("2006-11-24T13:00")))
}

#[test]
fn a_credit_that_is_not_yet_determined_has_its_last_day_all_the_same() {
    let all = of(&dossier(&OVER, vec![clause(2, CREDIT)]));
    let [claim] = all.as_slice() else { panic!("{all:?}") };
    assert_eq!(
        (claim.kind, claim.side, claim.uid.as_str()),
        (DeadlineKind::Claim, Side::Us, &*format!("claim-{}-INC-2006-0007", uid(2)))
    );
    // The 24th is a Saturday: whether the day moves is read in two ways, and the earliest counts.
    assert_eq!(claim.days, Some((day("2007-02-24"), day("2007-02-26"))));
    assert_eq!(claim.at, at("2007-02-25T00:00") - Duration::microseconds(1));
    assert!(!claim.is_passed(at("2007-02-26T23:59")) && claim.is_passed(at("2007-02-27T00:00")));
    assert_eq!(claim.by().key, "deadline-or-later");
}

#[test]
fn a_credit_that_is_not_due_and_one_still_running_have_none() {
    let mut not_total = dossier(&OVER, vec![clause(2, CREDIT)]);
    not_total.incident.total = Some(false);
    assert_eq!(of(&not_total), []);
    assert_eq!(of(&dossier(&DOWN, vec![clause(2, CREDIT)])), [], "the time to claim does not run yet");
}

#[test]
fn a_restoration_and_a_response_are_awaited_until_they_come() {
    let clauses = || vec![clause(2, RESTORE), clause(3, RESPONSE)];
    let all = of(&dossier(&DOWN, clauses()));
    let kinds: Vec<_> = all.iter().map(|deadline| (deadline.kind, deadline.side, deadline.day())).collect();
    let (restore, response) = (DeadlineKind::Restoration, DeadlineKind::Response);
    assert_eq!(kinds, [(restore, Side::Company, None), (response, Side::Company, Some(day("2006-11-24")))]);
    assert_eq!(all[0].at, at("2006-11-23T10:20"));
    assert!(all[0].is_passed(at("2006-11-24T13:00")) && !all[1].is_passed(at("2006-11-24T13:00")));
    assert_eq!(of(&dossier(&OVER, clauses())), [], "it was restored");
}

#[test]
fn an_agreement_that_is_not_proved_leaves_both_and_the_earliest_counts() {
    let with = |standing| {
        let mut dossier = dossier(&DOWN, vec![clause(2, RESTORE)]);
        let term = term(&RESTORE.replace("24", "4"));
        dossier.agreements.push(Agreement { standing, term, ..agreement() });
        let all = of(&dossier);
        let [one] = all.as_slice() else { panic!("{all:?}") };
        (one.uid.clone(), one.when.from, one.when.to)
    };
    let (uid, from, to) = with(Standing::Ours);
    assert_eq!((from, to), (at("2006-11-22T14:20"), at("2006-11-23T10:20")));
    assert_eq!(with(Standing::Established), (uid, from, from), "once proved, it alone governs; it is the same deadline");
}

#[test]
fn an_open_promise_is_a_deadline_at_the_end_of_its_due_moment() {
    let due = Moment::between(at("2006-11-25T09:30"), at("2006-11-25T10:30"), Some("about ten".to_owned()), DEFAULT_ZONE);
    let due = due.expect("in order");
    let open = promised(dossier(&DOWN, Vec::new()), due.clone(), Visibility::Provider);
    let all = of(&open);
    let [promise] = all.as_slice() else { panic!("{all:?}") };
    assert_eq!((promise.at, &promise.when, promise.day(), promise.only_for), (due.to, &due, None, None));
    for settled in [PromiseState::Kept, PromiseState::Broken, PromiseState::Moved, PromiseState::Withdrawn] {
        let mut settled_one = open.clone();
        settled_one.promises[0].state = settled;
        assert_eq!(of(&settled_one), []);
    }
}

#[test]
fn a_promise_for_a_day_has_that_day_and_a_private_one_is_for_its_author() {
    let tick = Duration::microseconds(1);
    let (from, to) = (at("2006-11-27T00:00") + tick, at("2006-11-28T00:00") - tick);
    let due = Moment::between(from, to, None, DEFAULT_ZONE).expect("in order");
    let all = of(&promised(dossier(&DOWN, Vec::new()), due, Visibility::Private));
    assert_eq!(all[0].day(), Some(day("2006-11-27")));
    assert_eq!(all[0].only_for, Some(Id::new(5)));
}

#[test]
fn what_is_closed_has_no_deadlines() {
    let mut times = OVER.to_vec();
    times.push((Which::Closed, "2006-11-24T12:00"));
    let closed = dossier(&times, vec![clause(2, CREDIT)]);
    assert_eq!(of(&promised(closed, exact("2006-11-25T10:00"), Visibility::Provider)), []);
}
