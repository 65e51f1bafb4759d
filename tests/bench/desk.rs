//! How soon a tap at the desk is safe: 50 desks at once, each sending tap after tap, on both databases, beside the disk's own flush
//! in the same run; and what the desk weighs on the wire. Run by `tests/bench/desk`.

#[path = "../app/harness/mod.rs"]
#[allow(dead_code, unused_imports, reason = "the harness of the app tests; a benchmark needs less of it")]
mod harness;
#[path = "parts/wire.rs"]
#[allow(dead_code, reason = "the pages' benchmark tells the page apart")]
mod wire;

use std::fs::File;
use std::io::Write;
use std::path::Path;
use std::thread;
use std::time::{Duration, Instant};

use harness::{Browser, Kind, Site, open_incident, tell};
use serde_json::json;
use tellonce::domain::id::Uid;

/// How many desks there are.
const DESKS: usize = 50;
/// How many taps each sends, one after the other.
const TAPS: u64 = 40;

fn main() {
    println!();
    for kind in Kind::here() {
        let site = Site::open(kind);
        let bob = site.bob();
        let urls: Vec<String> = (0..DESKS).map(|_| format!("{}/desk", open_incident(&bob).incident)).collect();
        let alone = tapped(&bob, &urls[0], 900);
        let at_once = all_at_once(&site, &urls);
        let flush = flushes(&site.data());
        let name = format!("{kind:?}");
        line(&name, "one desk alone", &alone, &flush);
        line(&name, &format!("{DESKS} desks at once"), &at_once, &flush);
    }
    let site = Site::open(Kind::Sqlite);
    let bob = site.bob();
    let told = tell(&bob);
    let weight = wire::Wire::of(&bob, &format!("{}/desk", told.incident)).all();
    let kilobytes = f64::from(u32::try_from(weight).unwrap_or(u32::MAX)) / 1_000.0;
    println!("the desk over the wire, all told: {kilobytes:.1} KB   aim 60 KB");
}

fn line(database: &str, what: &str, taps: &[Duration], flush: &[Duration]) {
    let [p50, p99, of50, of99] = [at(taps, 50), at(taps, 99), at(flush, 50), at(flush, 99)];
    println!(
        "{database:<9} {what:<18} tap to durable answer p50 {p50:>6.2} ms, p99 {p99:>6.2} ms   flush of the disk p50 {of50:.2} ms, p99 {of99:.2} ms: {:.1}, {:.1} times",
        p50 / of50,
        p99 / of99
    );
}

fn all_at_once(site: &Site, urls: &[String]) -> Vec<Duration> {
    let desks: Vec<_> = (1_u64..)
        .zip(urls.to_vec())
        .map(|(n, url)| {
            let browser = Browser::with_cookies(site.address(), site.bob().cookies());
            thread::spawn(move || tapped(&browser, &url, n * 1_000))
        })
        .collect();
    let mut all: Vec<Duration> = desks.into_iter().flat_map(|desk| desk.join().expect("a desk")).collect();
    all.sort_unstable();
    all
}

/// How long each tap took to be answered, the shortest first.
fn tapped(browser: &Browser, url: &str, call: u64) -> Vec<Duration> {
    let page = browser.open(url).html;
    let csrf = page.split("data-csrf=\"").nth(1).and_then(|rest| rest.split('"').next()).expect("its token").to_owned();
    let uid = |n: u64| Uid::from_parts(call + n, [0; 10]).to_string();
    let mut times: Vec<Duration> = (0..TAPS)
        .map(|n| {
            let act = ["dial", "answered", "hold", "back"][usize::try_from(n.min(2 + n % 2)).unwrap_or(0)];
            let taps = json!([{ "uid": uid(n + 1), "at": 1_164_294_000_000_i64 + i64::try_from(n).unwrap_or(0) * 1_000, "do": act, "number": "" }]);
            let fields = [("csrf", csrf.clone()), ("call", uid(0)), ("taps", taps.to_string())];
            let fields = fields.map(|(name, value)| (name.to_owned(), value));
            let began = Instant::now();
            browser.post(&format!("{url}/taps"), &fields).is(200);
            began.elapsed()
        })
        .collect();
    times.sort_unstable();
    times
}

/// How long the disk takes to keep 4 KB, the shortest first.
fn flushes(folder: &Path) -> Vec<Duration> {
    let path = folder.join("flush");
    let mut file = File::create(&path).expect("a file");
    let mut times: Vec<Duration> = (0..200)
        .map(|_| {
            let began = Instant::now();
            file.write_all(&[0; 4096]).expect("it is written");
            file.sync_data().expect("it is kept");
            began.elapsed()
        })
        .collect();
    std::fs::remove_file(path).expect("it was there");
    times.sort_unstable();
    times
}

/// Within how many milliseconds `of` in a hundred are done.
fn at(times: &[Duration], of: usize) -> f64 {
    times[(times.len() - 1) * of / 100].as_secs_f64() * 1_000.0
}
