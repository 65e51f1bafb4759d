//! How fast a share opens and is read, and whether our own people wait while a flood of wrong codes comes in: each beside its limit
//! in the same run. Run by `tests/bench/share`.

#[path = "../app/harness/mod.rs"]
#[allow(dead_code, unused_imports, reason = "the harness of the app tests; a benchmark needs less of it")]
mod harness;
#[path = "parts/load.rs"]
#[allow(dead_code, reason = "the pages' benchmark says more of it")]
mod load;

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU32, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use harness::{Answer, Browser, Form, Kind, Site, Told, tell};
use load::Load;
use tellonce::actions::passwords::Password;
use tellonce::domain::share::Digits;

/// How many openings are counted.
const OPENINGS: u32 = 100;
/// How many pages are asked for, with the flood and without it.
const PAGES: usize = 300;
/// How many guess at once.
const GUESSERS: u32 = 8;

/// A share as it is told over the telephone.
struct Given {
    number: String,
    code: String,
}

fn main() {
    println!();
    for kind in Kind::here() {
        let site = Site::open(kind);
        let told = tell(&site.bob());
        let given = share(&site.bob(), &told);
        let name = format!("{kind:?}");
        openings(&name, &site, &given);
        reading(&name, &site, &told, &given);
        flooded(&name, &site, &told);
    }
}

fn share(who: &Browser, told: &Told) -> Given {
    let page = who.open(&told.form(who, "shares/new").with("call", "general affairs").saved()).html;
    let big = |n: usize| {
        page.split("<p class=\"big tnum\">").nth(n).and_then(|part| part.split('<').next()).expect("digits").to_owned()
    };
    Given { number: big(1), code: big(2) }
}

/// The door, filled in; sent again and again.
fn door(browser: &Browser, given: &Given) -> Form {
    let filling = browser.fill("/s").with_all(&[("name", "Sato"), ("department", "technical desk")]);
    filling.with_all(&[("number", &given.number), ("code", &given.code)]).form
}

/// Another network each time: nobody is held back.
fn network(n: u32) -> String {
    std::net::Ipv4Addr::from_bits(0x0a00_0000 + n).to_string()
}

fn openings(database: &str, site: &Site, given: &Given) {
    let sato = site.charlie();
    let form = door(&sato, given);
    let began = Instant::now();
    for n in 0..OPENINGS {
        let answer = sato.filling(form.clone()).from(network(n)).send().is(303);
        sato.get(&answer.location()).is(200);
    }
    let opened = per_second(OPENINGS, began.elapsed());
    let code = Password::attempt(&given.code);
    let hash = code.hash().expect("a hash");
    let began = Instant::now();
    for _ in 0..OPENINGS {
        assert!(code.is(Some(&hash)));
    }
    let hashed = per_second(OPENINGS, began.elapsed());
    let ratio = opened / hashed;
    line(
        database,
        "openings, the right code to the page",
        &format!("{opened:.0}/s"),
        &format!("{hashed:.0}/s checks of a code alone: {ratio:.2}"),
        "",
    );
}

fn reading(database: &str, site: &Site, told: &Told, given: &Given) {
    let sato = site.charlie();
    let answer = sato.filling(door(&sato, given)).from(network(OPENINGS)).send().is(303);
    let page = format!("http://{}{}", site.address(), answer.location());
    let theirs = Load::of(&page, &cookies(&sato));
    let ours = Load::of(&format!("http://{}{}", site.address(), told.incident), &cookies(&site.bob()));
    let ratio = theirs.per_second / ours.per_second;
    let figure = format!("{:.0}/s, p99 {:.1} ms", theirs.per_second, theirs.p99_ms);
    line(database, "the reader's page", &figure, &format!("{:.0}/s our own page of it: {ratio:.2}", ours.per_second), "");
}

fn cookies(browser: &Browser) -> String {
    browser.cookies().iter().map(|(name, value)| format!("{name}={value}")).collect::<Vec<_>>().join("; ")
}

/// The incident's page while codes are guessed, each for another number and from another network, so that each is hashed; and
/// before and after that.
fn flooded(database: &str, site: &Site, told: &Told) {
    let bob = site.bob();
    let before = asked(&bob, &told.incident);
    let stop = Arc::new(AtomicBool::new(false));
    let guessed = Arc::new(AtomicU32::new(0));
    let guessers: Vec<_> = (0..GUESSERS)
        .map(|n| {
            let (browser, stop, guessed) = (site.charlie(), Arc::clone(&stop), Arc::clone(&guessed));
            thread::spawn(move || guess(&browser, n, &stop, &guessed))
        })
        .collect();
    let began = Instant::now();
    let during = asked(&bob, &told.incident);
    let flood = per_second(guessed.load(Ordering::Relaxed), began.elapsed());
    stop.store(true, Ordering::Relaxed);
    for guesser in guessers {
        guesser.join().expect("a guesser");
    }
    let after = asked(&bob, &told.incident);
    for of in [50, 95] {
        let (during, without) = (at(&during, of), at(&before, of).max(at(&after, of)));
        let ratio = during / without;
        let beside = format!("{without:.1} ms without it: {ratio:.2}");
        let what = format!("the incident's page, p{of}, {flood:.0} wrong codes/s");
        line(database, &what, &format!("{during:.1} ms"), &beside, if of == 95 { "aim ≤ 1.5" } else { "" });
    }
}

fn guess(browser: &Browser, guesser: u32, stop: &AtomicBool, guessed: &AtomicU32) {
    let nobody = Given { number: "0".to_owned(), code: "0".to_owned() };
    let form = door(browser, &nobody);
    for n in 0.. {
        if stop.load(Ordering::Relaxed) {
            return;
        }
        let own = guesser * 1_000_000 + n;
        let (number, code) = (Digits::from_seven(own % 10_000_000).to_string(), Digits::from_seven(n % 10_000_000).to_string());
        let filling =
            browser.filling(form.clone()).from(network(1_000_000 + own)).with_all(&[("number", &number), ("code", &code)]);
        let answer: Answer = filling.send();
        assert_eq!(answer.status, 422, "{}", answer.page().problems());
        guessed.fetch_add(1, Ordering::Relaxed);
    }
}

/// How long each page took, the shortest first. Somebody reads them one after the other.
fn asked(browser: &Browser, page: &str) -> Vec<Duration> {
    let mut times: Vec<Duration> = (0..PAGES)
        .map(|_| {
            let began = Instant::now();
            browser.get(page).is(200);
            began.elapsed()
        })
        .collect();
    times.sort_unstable();
    times
}

/// Within how many milliseconds `of` in a hundred are done.
fn at(times: &[Duration], of: usize) -> f64 {
    times[(times.len() - 1) * of / 100].as_secs_f64() * 1_000.0
}

fn per_second(count: u32, took: Duration) -> f64 {
    f64::from(count) / took.as_secs_f64()
}

fn line(database: &str, what: &str, figure: &str, beside: &str, aim: &str) {
    println!("{database:<9} {what:<50} {figure:>20}   {beside:<45} {aim}");
}
