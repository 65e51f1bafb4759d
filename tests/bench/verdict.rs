//! How many verdicts a second, and how long a changed calendar takes over 1,000 incidents. Run by `tests/bench/verdict`.

#[path = "../app/harness/mod.rs"]
#[allow(dead_code, unused_imports, reason = "the harness of the app tests; a benchmark needs less of it")]
mod harness;

use std::hint::black_box;
use std::time::{Duration, Instant};

use harness::{Kind, NOW, Site, open_incident};
use tellonce::actions::contracts::{self, ContractInput};
use tellonce::actions::incidents::{self, IncidentInput};
use tellonce::actions::verdicts;
use tellonce::domain::contract::{Contract, Hours};
use tellonce::domain::id::{Id, Uid};
use tellonce::domain::incident::{Incident, IncidentTime, Which};
use tellonce::domain::locale::DEFAULT_ZONE;
use tellonce::domain::moment::{Moment, Stamp};
use tellonce::domain::party::Provider;
use tellonce::domain::permit::Actor;
use tellonce::domain::term::read::{self, Cases};
use tellonce::store::{self, DatabaseUrl, Store};

const CASES: &str = include_str!("../fixtures/terms.json");
/// How many incidents the contract touches.
const INCIDENTS: usize = 1_000;

fn main() {
    println!("{:<44} {:>12} {:>12} {:>7}", "", "measured", "limit", "ratio");
    a_second();
    for kind in Kind::here() {
        a_changed_calendar(kind);
    }
}

/// How often `work` is done in a second.
fn rate(work: impl Fn() -> usize) -> f64 {
    let began = Instant::now();
    let mut done = 0;
    while began.elapsed() < Duration::from_secs(3) {
        done += work();
    }
    #[expect(clippy::cast_precision_loss, reason = "a few million")]
    let done = done as f64;
    done / began.elapsed().as_secs_f64()
}

fn a_second() {
    let read = || match read::cases(CASES.as_bytes()) {
        Ok(Cases::List(cases)) => cases,
        other => panic!("a list of cases: {other:?}"),
    };
    let cases = read();
    let verdicts = rate(|| {
        cases.iter().for_each(|case| drop(black_box(case.verdict())));
        cases.len()
    });
    let reading = rate(|| black_box(read()).len());
    println!("{:<44} {verdicts:>12.0} {reading:>12.0} {:>7.2}", "verdicts a second, beside reading them", verdicts / reading);
}

fn a_changed_calendar(kind: Kind) {
    let site = Site::open(kind);
    let bob = site.bob();
    let told = open_incident(&bob);
    let term = bob.open(&told.contract).link(|link| link.contains("/clauses/") && link.ends_with("/term"));
    bob.fill(&term)
        .with_all(&[("kind", "response"), ("within_n", "1"), ("within_unit", "business_days"), ("deadline_from", "reported")])
        .saved();
    site.verdicts_found();
    site.kill();
    let url: DatabaseUrl = site.database_url().parse().expect("the site's database");
    let store = Store::open(&url).expect("it opens");
    let now = chrono::DateTime::parse_from_rfc3339(NOW).expect("a time").to_utc();
    let uid: Uid = told.contract.rsplit('/').next().and_then(|uid| uid.parse().ok()).expect("the contract's uid");
    let all = many_incidents(&store, now, uid);
    work_off(&store, now, false);

    let began = Instant::now();
    for incident in &all {
        describe(&store, now, incident);
    }
    let plain = began.elapsed();
    work_off(&store, now, false);

    change_calendar(&store, now, uid);
    let began = Instant::now();
    let changed = work_off(&store, now, true);
    let computed = began.elapsed();
    assert!(changed >= INCIDENTS, "every verdict rests on the calendar: {changed}");
    let ratio = computed.as_secs_f64() / plain.as_secs_f64();
    let name = format!("{kind:?}: a calendar over {INCIDENTS} incidents, s");
    println!("{name:<44} {:>12.2} {:>12.2} {ratio:>7.2}", computed.as_secs_f64(), plain.as_secs_f64());
}

/// As many incidents as there shall be, each reported on Tuesday and not answered since.
fn many_incidents(store: &Store, now: Stamp, contract: Uid) -> Vec<Incident> {
    let tuesday = now - chrono::Duration::days(3);
    let one = || {
        store.write(now, |tx| {
            let permit = store::contracts::to_look(tx, Actor::House, contract)?;
            let contract = store::contracts::get(tx, &permit)?;
            let house = store::incidents::for_open(tx, Actor::House)?;
            let times = vec![IncidentTime { which: Which::Reported, at: Moment::exact(tuesday, DEFAULT_ZONE), by: None }];
            incidents::open(tx, house, input("No mail", contract.provider, vec![contract.id]), times)
                .map(|(incident, _)| incident)
        })
    };
    (0..INCIDENTS).map(|_| one().expect("it opens")).collect()
}

fn input(title: &str, provider: Id<Provider>, contracts: Vec<Id<Contract>>) -> IncidentInput {
    IncidentInput {
        kind: tellonce::domain::incident::IncidentKind::Outage,
        title: title.to_owned(),
        title_outward: String::new(),
        provider,
        severity: tellonce::domain::incident::Severity::S3,
        what: String::new(),
        affected: String::new(),
        cause: String::new(),
        total: None,
        fault: None,
        parties: Vec::new(),
        contracts,
    }
}

/// A plain change: what one incident's recomputation is held against.
fn describe(store: &Store, now: Stamp, incident: &Incident) {
    let changed = store.write(now, |tx| {
        let permit = store::incidents::for_edit(tx, Actor::House, incident.number)?;
        incidents::describe(tx, permit, incident.revision, input("No mail at all", incident.provider, incident.contracts.clone()))
    });
    changed.expect("it is changed");
}

fn change_calendar(store: &Store, now: Stamp, uid: Uid) {
    let changed = store.write(now, |tx| {
        let permit = store::contracts::for_edit(tx, Actor::House, uid)?;
        let contract = store::contracts::get(tx, &permit)?;
        let closed = (0..5).map(|day| (now + chrono::Duration::days(day - 2)).date_naive()).collect();
        let input = ContractInput {
            title: contract.title,
            number: contract.number,
            starts_on: contract.starts_on,
            ends_on: contract.ends_on,
            monthly_fee: contract.monthly_fee,
            currency: contract.currency,
            zone: contract.zone,
            addresses: contract.addresses,
            note: contract.note,
            hours: Some(Hours { closed, ..Hours::default() }),
        };
        contracts::correct(tx, permit, contract.revision, input)
    });
    changed.expect("the calendar is changed");
}

/// Computes all that wait; answers with how many came to something else.
fn work_off(store: &Store, now: Stamp, shown: bool) -> usize {
    let (mut changed, mut done) = (0, 0);
    while let Some(incident) = store.read(now, store::verdicts::waiting).expect("it answers") {
        changed += store.write(now, |tx| verdicts::find(tx, incident)).expect("it is computed");
        done += 1;
        if shown && done % 250 == 0 {
            println!("  … {done} of {INCIDENTS}");
        }
    }
    changed
}
