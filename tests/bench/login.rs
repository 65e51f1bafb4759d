//! Whether the time of a refused login tells who exists: a login that nobody has and a wrong password of somebody, tried in turns. Run
//! by `tests/bench/login`.

#[path = "../app/harness/mod.rs"]
#[allow(dead_code, unused_imports, reason = "the harness of the app tests; a benchmark needs less of it")]
mod harness;

use std::time::{Duration, Instant};

use harness::{Browser, Kind, PASSWORD, Site};

/// How many accounts there are, so that none is locked: each is tried [`TIMES`] times over.
const ACCOUNTS: usize = 50;
/// How often each.
const TIMES: usize = 4;
/// How far the medians may lie apart.
const APART: f64 = 0.05;

fn main() {
    println!("{:<9} {:>6} {:>14} {:>14} {:>7}   limit", "database", "tries", "unknown ms", "wrong ms", "apart");
    for kind in Kind::here() {
        let site = Site::open(kind);
        for n in 0..ACCOUNTS {
            site.run_with(&["user", "add", &format!("person{n:03}")], &format!("{PASSWORD}\n")).ended(0);
        }
        let (mut unknown, mut wrong) = (Vec::new(), Vec::new());
        for round in 0..TIMES {
            for n in 0..ACCOUNTS {
                let address = format!("198.51.{round}.{n}");
                unknown.push(refused(&site, &format!("nobody{n:03}"), &address));
                wrong.push(refused(&site, &format!("person{n:03}"), &address));
            }
        }
        let tries = unknown.len();
        let (unknown, wrong) = (median(unknown), median(wrong));
        let apart = unknown.as_secs_f64() / wrong.as_secs_f64() - 1.0;
        let met = if apart.abs() <= APART { "met" } else { "NOT MET" };
        let ms = |time: Duration| time.as_secs_f64() * 1000.0;
        println!(
            "{:<9} {tries:>6} {:>14.2} {:>14.2} {:>6.1}%   ≤ {:.0}% {met}",
            format!("{kind:?}"),
            ms(unknown),
            ms(wrong),
            apart * 100.0,
            APART * 100.0,
        );
    }
}

/// How long it takes to refuse that login with a wrong password.
fn refused(site: &Site, login: &str, address: &str) -> Duration {
    let browser: Browser = site.charlie();
    let filling = browser.fill("/login").from(address).with("login", login).with("password", "not the password");
    let began = Instant::now();
    filling.send().is(422);
    began.elapsed()
}

fn median(mut all: Vec<Duration>) -> Duration {
    all.sort_unstable();
    all[all.len() / 2]
}
