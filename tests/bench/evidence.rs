//! How fast `verify` goes through a ledger of 100,000 and of a million rows, beside what this machine's SHA-256 does with the same bytes,
//! and how much memory it holds; on PostgreSQL with the record moved there. Run by `tests/bench/evidence`.

#[path = "parts/generator.rs"]
#[allow(dead_code, reason = "a benchmark needs less of it")]
mod generator;
#[path = "../app/harness/mod.rs"]
#[allow(dead_code, unused_imports, reason = "the harness of the app tests; a benchmark needs less of it")]
mod harness;

use std::fs;
use std::process::{Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use diesel::prelude::*;
use diesel::sql_types::BigInt;
use harness::{Kind, Site};
use sha2::{Digest, Sha256};
use tellonce::domain::moment::Stamp;

/// How many rows of the ledger there are at the least, and how many entries an incident has.
const SIZES: [usize; 2] = [100_000, 1_000_000];
const ENTRIES: usize = 40;
/// Of a row, beside its payload: salt, the hash before it, and about so long a header.
const BESIDE_PAYLOAD: i64 = 32 + 32 + 330;

#[derive(QueryableByName)]
struct Sizes {
    #[diesel(sql_type = BigInt)]
    rows: i64,
    #[diesel(sql_type = BigInt)]
    bytes: i64,
}

fn main() {
    println!(
        "{:<9} {:>9} {:>9} {:>9} {:>9} {:>11} {:>12} {:>11}",
        "database", "rows", "filled s", "verify s", "rows/s", "SHA-256 s", "its share", "memory MB"
    );
    let start: Stamp = "1995-01-11T00:00:00Z".parse().expect("a time");
    let most: usize = std::env::var("TELLONCE_ROWS").ok().and_then(|text| text.parse().ok()).unwrap_or(usize::MAX);
    let site = Site::open(Kind::Sqlite);
    site.kill();
    let companies = generator::companies(&site.store(), start);
    let mut there = 0;
    for size in SIZES.into_iter().filter(|size| *size <= most) {
        let incidents = size / ENTRIES;
        let filled = took(|| generator::fill(&site.store(), &companies, there..incidents, ENTRIES, start));
        there = incidents;
        measure(&site, filled);
        // By the use cases a million rows take the better part of an hour there.
        if Kind::here().contains(&Kind::Postgres) {
            let began = Instant::now();
            let moved = site.moved_to_postgres();
            let filled = began.elapsed();
            moved.kill();
            measure(&moved, filled);
        }
    }
}

fn measure(site: &Site, filled: Duration) {
    let sizes = sizes(site);
    let mut peak = 0;
    let verify = took(|| peak = verified(site));
    let bytes = usize::try_from(sizes.bytes + sizes.rows * BESIDE_PAYLOAD).expect("a length");
    let piece = vec![7; 1 << 20];
    let mut hash = Sha256::new();
    let sha = took(|| (0..bytes / piece.len()).for_each(|_| hash.update(&piece)));
    assert_ne!(hash.finalize()[..4], [0; 4]);
    let rows = f64::from(i32::try_from(sizes.rows).expect("a number"));
    let [filled, verify, sha] = [filled, verify, sha].map(|time| time.as_secs_f64());
    println!(
        "{:<9} {:>9} {filled:>9.0} {verify:>9.1} {:>9.0} {sha:>11.2} {:>12.3} {:>11}",
        format!("{:?}", site.kind),
        sizes.rows,
        rows / verify,
        sha / verify,
        peak / 1024
    );
}

fn sizes(site: &Site) -> Sizes {
    let url = site.database_url();
    let query = |sql: &'static str| diesel::sql_query(sql);
    let read = match url.strip_prefix("sqlite:") {
        Some(file) => {
            let mut connection = SqliteConnection::establish(file).expect("the site's database");
            query("SELECT count(*) AS rows, sum(octet_length(payload)) AS bytes FROM ledger").get_result(&mut connection)
        }
        None => {
            let mut connection = diesel::pg::PgConnection::establish(&url).expect("the site's database");
            query("SELECT count(*) AS rows, sum(octet_length(payload))::bigint AS bytes FROM ledger").get_result(&mut connection)
        }
    };
    read.expect("its sizes")
}

/// Runs `verify`, and answers with the most memory it held, in KiB.
fn verified(site: &Site) -> u64 {
    let mut command = Command::new(env!("CARGO_BIN_EXE_tellonce"));
    command.args(["verify", "--database", &site.database_url(), "--data"]).arg(site.data());
    let mut child = command.stdout(Stdio::null()).stderr(Stdio::null()).spawn().expect("it starts");
    let status = format!("/proc/{}/status", child.id());
    let mut peak = 0;
    loop {
        if let Some(ended) = child.try_wait().expect("it is there") {
            assert!(ended.success(), "the record is not as it was written");
            return peak;
        }
        let held = fs::read_to_string(&status).ok().and_then(|text| {
            let line = text.lines().find(|line| line.starts_with("VmHWM:"))?;
            line.split_whitespace().nth(1)?.parse().ok()
        });
        peak = peak.max(held.unwrap_or(0));
        thread::sleep(Duration::from_millis(10));
    }
}

fn took(f: impl FnOnce()) -> Duration {
    let began = Instant::now();
    f();
    began.elapsed()
}
