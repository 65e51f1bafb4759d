//! How fast a company's record is read over 100, 1,000 and 10,000 incidents, on both databases, beside its limit. Run by
//! `tests/bench/record`.

#[path = "../app/harness/mod.rs"]
#[allow(dead_code, unused_imports, reason = "the harness of the app tests; a benchmark needs less of it")]
mod harness;

use std::fmt::Write;
use std::hint::black_box;
use std::time::{Duration, Instant};

use diesel::connection::SimpleConnection;
use diesel::pg::PgConnection;
use diesel::prelude::*;
use diesel::sqlite::SqliteConnection;
use harness::{Kind, Site, Told, tell};
use tellonce::domain::locale::DEFAULT_ZONE;
use tellonce::domain::moment::Stamp;
use tellonce::domain::permit::Actor;
use tellonce::domain::provider_record::ProviderRecord;
use tellonce::domain::provider_record::period::Period;
use tellonce::domain::view::AudienceName;
use tellonce::store::{Store, provider_records, providers};

/// How many incidents the company has.
const SIZES: [usize; 3] = [100, 1_000, 10_000];
/// The size that the limit is for.
const LIMITED: usize = 1_000;
/// At most so long.
const LIMIT: Duration = Duration::from_millis(50);
/// How often it is read; the median counts.
const TIMES: usize = 25;

fn main() {
    println!("{:<9} {:>9} {:>12} {:>12}   {:<8}", "database", "incidents", "record ms", "page ms", "limit");
    for kind in Kind::here() {
        let site = Site::open(kind);
        let told = tell(&site.bob());
        site.verdicts_found();
        let mut there = 1;
        for size in SIZES {
            fill(&site, there..size);
            there = size;
            measure(&site, kind, &told, size);
        }
    }
}

fn measure(site: &Site, kind: Kind, told: &Told, size: usize) {
    let store = site.store();
    let uid = told.companies["P"].rsplit('/').next().unwrap_or_default();
    let record = median(|| read(&store, uid, size));
    let (mei, address) = (site.mei(), format!("{}/record", told.companies["P"]));
    let page = median(|| mei.get(&address).is(200));
    let met = if record <= LIMIT { "met" } else { "NOT MET" };
    let limit = if size == LIMITED { format!("≤ {} ms  {met}", LIMIT.as_millis()) } else { String::new() };
    let ms = |time: Duration| time.as_secs_f64() * 1000.0;
    println!("{:<9} {size:>9} {:>12.1} {:>12.1}   {limit:<8}", format!("{kind:?}"), ms(record), ms(page));
}

fn read(store: &Store, uid: &str, size: usize) -> ProviderRecord {
    let now: Stamp = "2006-11-24T00:00:00Z".parse().expect("a time");
    let (rows, not_yet) = store
        .read(now, |tx| {
            let permit = providers::to_look(tx, Actor::House, uid.parse().expect("a uid"))?;
            provider_records::of_company(tx, &permit, AudienceName::Meeting)
        })
        .expect("it is read");
    let record = ProviderRecord::new(String::new(), rows, not_yet, Period::LastYear, DEFAULT_ZONE, now);
    assert_eq!(record.totals.incidents, size);
    record
}

/// As many more incidents as the story's, each with what that one adds.
fn fill(site: &Site, incidents: std::ops::Range<usize>) {
    let mut sql = "BEGIN;".to_owned();
    for n in incidents {
        let id = 1_000_000 + n;
        write!(
            sql,
            "INSERT INTO incidents (id, year, count, revision, kind, title, title_outward, provider_id, severity, what, affected, cause) \
             SELECT {id}, year, {id}, revision, kind, title, title_outward, provider_id, severity, what, affected, cause \
             FROM incidents WHERE count = 1; \
             INSERT INTO aux_records (incident_id, share) SELECT {id}, share FROM aux_records \
             WHERE incident_id = (SELECT id FROM incidents WHERE count = 1);"
        )
        .expect("a text takes more");
    }
    sql.push_str("COMMIT;");
    let url = site.database_url();
    match url.strip_prefix("sqlite:") {
        Some(file) => SqliteConnection::establish(file).expect("the site's database").batch_execute(&sql),
        None => PgConnection::establish(&url).expect("the site's database").batch_execute(&sql),
    }
    .expect("it runs");
}

/// The median time that `f` takes.
fn median<T>(mut f: impl FnMut() -> T) -> Duration {
    let mut times: Vec<Duration> = (0..TIMES)
        .map(|_| {
            let began = Instant::now();
            black_box(f());
            began.elapsed()
        })
        .collect();
    times.sort_unstable();
    times[times.len() / 2]
}
