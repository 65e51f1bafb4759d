//! How long it takes to back up and to restore a record of 10,000 entries, with all that is checked, on both databases, beside the limit
//! and beside what the same machine needs to go through the record alone. Run by `tests/bench/restore`.

#[path = "parts/generator.rs"]
#[allow(dead_code, reason = "a benchmark needs less of it")]
mod generator;
#[path = "../app/harness/mod.rs"]
#[allow(dead_code, unused_imports, reason = "the harness of the app tests; a benchmark needs less of it")]
mod harness;

use std::time::{Duration, Instant};

use harness::{Kind, Place, Site};
use tellonce::domain::moment::Stamp;

/// How large the record is.
const INCIDENTS: usize = 250;
const ENTRIES: usize = 40;
/// At most so long.
const LIMIT: Duration = Duration::from_secs(60);

fn main() {
    println!(
        "{:<9} {:>8} {:>10} {:>9} {:>9}   {:<16} {:>16} {:>16}",
        "database", "entries", "backup s", "restore s", "verify s", "limit", "backup ÷ verify", "restore ÷ verify"
    );
    let start: Stamp = "2005-01-11T00:00:00Z".parse().expect("a time");
    for kind in Kind::here() {
        let site = Site::open(kind);
        site.kill();
        let companies = generator::companies(&site.store(), start);
        generator::fill(&site.store(), &companies, 0..INCIDENTS, ENTRIES, start);
        let place = Place::empty(kind);
        let file = place.folder().join("tellonce.zip");
        let file = file.to_str().expect("a path");
        let verify = took(|| drop(site.run(&["verify"]).ended(0)));
        let backup = took(|| drop(site.run(&["backup", file]).ended(0)));
        let restore = took(|| drop(place.run(&["restore", file]).ended(0)));
        let met = if restore <= LIMIT { "met" } else { "NOT MET" };
        let [v, b, r] = [verify, backup, restore].map(|time| time.as_secs_f64());
        println!(
            "{:<9} {:>8} {b:>10.2} {r:>9.2} {v:>9.2}   {:<16} {:>16.2} {:>16.2}",
            format!("{kind:?}"),
            INCIDENTS * ENTRIES,
            format!("≤ {} s  {met}", LIMIT.as_secs()),
            b / v,
            r / v
        );
    }
}

fn took(f: impl FnOnce()) -> Duration {
    let began = Instant::now();
    f();
    began.elapsed()
}
