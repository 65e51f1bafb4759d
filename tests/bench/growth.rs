//! How pages grow with the record: from 1,000 to 50,000 incidents with two million entries of varied Japanese text, on both databases.
//! Beside each figure the exponent with which it grows from one size to the next; what grows as the logarithm of the number of
//! incidents has one of 0.12. Run by `tests/bench/growth`.

#[path = "parts/generator.rs"]
mod generator;
#[path = "../app/harness/mod.rs"]
#[allow(dead_code, unused_imports, reason = "the harness of the app tests; a benchmark needs less of it")]
mod harness;

use std::time::{Duration, Instant};

use harness::{Browser, Kind, PASSWORD, Running, Site};
use tellonce::domain::moment::Stamp;

/// How many incidents there are, and how many entries each has.
const SIZES: [usize; 3] = [1_000, 7_000, 50_000];
const ENTRIES: usize = 40;
/// How often a page is asked for; of a paper, how often.
const TIMES: usize = 100;
const PRINTS: usize = 10;
/// Of ln ln 50,000 − ln ln 1,000 over ln 50,000 − ln 1,000: how a logarithm grows between them.
const LOGARITHM: f64 = 0.12;
/// 99 of 100 searches come within this.
const SEARCH: Duration = Duration::from_millis(20);
const START: Duration = Duration::from_millis(15);
const IDLE_MB: u64 = 25;

/// What is asked for, and how often.
const PAGES: [(&str, &str, usize); 10] = [
    ("today", "/", TIMES),
    ("list of incidents", "/incidents", TIMES),
    ("list, by words", "/incidents?q=VPN", TIMES),
    ("deadlines", "/deadlines", TIMES),
    ("search, in 1 of 10", "/search?q=髙﨑出張所", TIMES),
    ("search, in most", "/search?q=メール", TIMES),
    ("search, in none", "/search?q=見つからない語", TIMES),
    ("incident, 40 entries", "/incidents/INC-1995-0500", TIMES),
    ("desk", "/incidents/INC-1995-0500/desk", TIMES),
    ("paper for the meeting", "/incidents/INC-1995-0500/report.pdf?audience=meeting", PRINTS),
];

/// How many entries a long incident has.
const LONG: [usize; 3] = [200, 1_000, 5_000];

/// Median and 99 of 100 of one page at one size.
#[derive(Clone, Copy)]
struct Figure {
    median: Duration,
    p99: Duration,
}

fn main() {
    let start: Stamp = "1995-01-11T00:00:00Z".parse().expect("a time");
    let most: usize = std::env::var("TELLONCE_INCIDENTS").ok().and_then(|text| text.parse().ok()).unwrap_or(usize::MAX);
    for kind in Kind::here() {
        long(kind, start);
    }
    let site = Site::open(Kind::Sqlite);
    let companies = generator::companies(&site.store(), start);
    let (mut there, mut on_sqlite, mut on_postgres) = (0, Vec::new(), Vec::new());
    for size in SIZES.into_iter().filter(|size| *size <= most) {
        site.kill();
        let filling = Instant::now();
        generator::fill(&site.store(), &companies, there..size, ENTRIES, start);
        there = size;
        println!("{size} incidents, {} entries; filled in {:.0} s", size * ENTRIES, filling.elapsed().as_secs_f64());
        measure(&site, size, &mut on_sqlite);
        // By the use cases two million entries take an hour and a half there.
        if Kind::here().contains(&Kind::Postgres) {
            site.kill();
            let moving = Instant::now();
            let moved = site.moved_to_postgres();
            println!("moved to PostgreSQL in {:.0} s", moving.elapsed().as_secs_f64());
            measure(&moved, size, &mut on_postgres);
        }
    }
}

/// Start, memory and each page at one size, beside those of the sizes before.
fn measure(site: &Site, size: usize, all: &mut Vec<(usize, Vec<Figure>)>) {
    println!("{:?}, {size} incidents", site.kind);
    begin(site);
    site.start_again();
    // Each incident that was written waits to be computed again.
    while site.a_verdict_waits() {
        std::thread::sleep(Duration::from_secs(1));
    }
    let bob = Browser::new(site.address());
    bob.fill("/login").with("login", "bob").with("password", PASSWORD).saved();
    all.push((size, PAGES.iter().map(|(_, path, times)| ask(&bob, path, *times)).collect()));
    show(all);
}

/// Incidents that are long: what they take grows with what they show.
fn long(kind: Kind, start: Stamp) {
    let site = Site::open(kind);
    let companies = generator::companies(&site.store(), start);
    for (n, entries) in LONG.into_iter().enumerate() {
        generator::fill(&site.store(), &companies, n..n + 1, entries, start);
    }
    site.verdicts_found();
    let bob = site.bob();
    for (n, entries) in (1..).zip(LONG) {
        let at = format!("/incidents/INC-1995-{n:04}");
        let page = ask(&bob, &at, 5);
        let desk = ask(&bob, &format!("{at}/desk"), 5);
        let paper = ask(&bob, &format!("{at}/report.pdf?audience=meeting"), 1);
        let bytes = bob.get(&at).is(200).body.len() / 1024;
        println!(
            "{kind:?}: an incident with {entries:>5} entries: page {:>7.1} ms ({bytes} KB), desk {:>7.1} ms, paper {:>7.0} ms",
            ms(page.median),
            ms(desk.median),
            ms(paper.median)
        );
    }
}

/// From its start to the first answered page, and what it holds then.
fn begin(site: &Site) {
    let mut times: Vec<Duration> = (0..9)
        .map(|_| {
            let began = Instant::now();
            let running = started(site);
            Browser::new(running.address).get("/login").is(200);
            began.elapsed()
        })
        .collect();
    times.sort_unstable();
    let running = started(site);
    Browser::new(running.address).get("/login").is(200);
    std::thread::sleep(Duration::from_secs(1));
    let (median, mib) = (times[times.len() / 2], running.resident_kib() / 1024);
    let met = |is: bool| if is { "met" } else { "NOT MET" };
    println!("  start to the first page {:>6.1} ms   ≤ 15 ms {}", ms(median), met(median <= START));
    println!("  idle memory             {mib:>6} MB   ≤ 25 MB {}", met(mib <= IDLE_MB));
}

fn started(site: &Site) -> Running {
    let url = site.database_url();
    Running::start(&site.data(), (site.kind == Kind::Postgres).then_some(&*url), &[])
}

fn ask(who: &Browser, path: &str, times: usize) -> Figure {
    let path: String = path.chars().map(|c| if c.is_ascii() { c.to_string() } else { escaped(c) }).collect();
    who.get(&path).is(200);
    let mut took: Vec<Duration> = (0..times)
        .map(|_| {
            let began = Instant::now();
            who.get(&path).is(200);
            began.elapsed()
        })
        .collect();
    took.sort_unstable();
    Figure { median: took[times / 2], p99: took[times * 99 / 100] }
}

fn escaped(c: char) -> String {
    c.to_string().bytes().map(|byte| format!("%{byte:02X}")).collect()
}

fn show(all: &[(usize, Vec<Figure>)]) {
    for (n, (what, ..)) in PAGES.iter().enumerate() {
        let sizes: Vec<String> = all
            .iter()
            .map(|(size, figures)| format!("{size:>6}: {:>7.1} ms, p99 {:>7.1}", ms(figures[n].median), ms(figures[n].p99)))
            .collect();
        let growth = match (all.first(), all.last()) {
            (Some((few, before)), Some((many, after))) if many > few => {
                let exponent =
                    (after[n].median.as_secs_f64() / before[n].median.as_secs_f64()).ln() / (*many as f64 / *few as f64).ln();
                let met = if exponent <= LOGARITHM { "met" } else { "NOT MET" };
                format!("grows by {exponent:>5.2}   ≤ {LOGARITHM} {met}")
            }
            _ => String::new(),
        };
        let limit = match all.last() {
            Some((size, figures)) if what.starts_with("search") && *size == SIZES[SIZES.len() - 1] => {
                format!("   p99 ≤ 20 ms {}", if figures[n].p99 <= SEARCH { "met" } else { "NOT MET" })
            }
            _ => String::new(),
        };
        println!("  {what:<22} {}   {growth}{limit}", sizes.join("   "));
    }
}

fn ms(time: Duration) -> f64 {
    time.as_secs_f64() * 1000.0
}
