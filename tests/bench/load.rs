//! How many calls are logged each second by eight people at once, beside the flushes of the disk in the same run; and how many pages are
//! read beside a writer at full speed, beside the same without one; on both databases. Run by `tests/bench/load`.

#[path = "../app/harness/mod.rs"]
#[allow(dead_code, unused_imports, reason = "the harness of the app tests; a benchmark needs less of it")]
mod harness;
#[path = "parts/load.rs"]
#[allow(dead_code, reason = "a benchmark needs less of it")]
mod load;

use std::fs::File;
use std::io::Write;
use std::path::Path;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use harness::{Browser, Kind, Request, Site, Told, open_incident};
use load::Load;

/// How many people log calls at once, and for how long.
const PEOPLE: usize = 8;
const TIME: Duration = Duration::from_secs(8);
/// Of the flushes, and of the reads, at the least so many.
const CALLS: f64 = 0.8;
const READS: f64 = 0.7;
/// Nobody waits longer.
const WAIT: Duration = Duration::from_millis(500);

/// A call's form, filled in once and sent again and again under keys of its own.
struct Form {
    action: String,
    fields: Vec<(String, String)>,
}

impl Form {
    fn of(told: &Told, who: &Browser) -> Self {
        let filled = told
            .form(who, "calls/new")
            .with_all(&[("outcome", "answered"), ("dialled", "2006-11-22T10:20"), ("answered", "2006-11-22T10:21")])
            .with_all(&[("ended", "2006-11-22T10:50"), ("title", "受付につながり、確認して折り返すとのこと")]);
        Self { action: filled.form.action.clone(), fields: filled.form.fields() }
    }

    fn send(&self, who: &Browser, key: &str) {
        let mut fields = self.fields.clone();
        fields.iter_mut().filter(|(name, _)| name == "key").for_each(|(_, value)| key.clone_into(value));
        let request = Request::new("POST", &self.action).header("sec-fetch-site", "same-origin").form(&fields);
        who.send(request).is(303);
    }
}

fn main() {
    let met = |is: bool| if is { "met" } else { "NOT MET" };
    for kind in Kind::here() {
        let site = Site::open(kind);
        let flushes = flushes(&site.data());
        let (calls, longest) = logged(&site);
        println!(
            "{kind:?}: {calls:.0} calls logged a second by {PEOPLE} people, {flushes:.0} flushes of the disk: {:.2}   ≥ {CALLS} {}; \
             the longest wait {} ms   ≤ 500 ms {}",
            calls / flushes,
            met(calls / flushes >= CALLS),
            longest.as_millis(),
            met(longest <= WAIT)
        );
        let (alone, beside, written) = read(&site);
        println!(
            "{kind:?}: {beside:.0} pages read a second beside {written:.0} calls, {alone:.0} alone: {:.2}   ≥ {READS} {}",
            beside / alone,
            met(beside / alone >= READS)
        );
    }
}

/// How many times a second the disk takes a page and says that it is kept.
fn flushes(folder: &Path) -> f64 {
    let path = folder.join("flush");
    let mut file = File::create(&path).expect("a file");
    let (began, mut count) = (Instant::now(), 0.0);
    while began.elapsed() < Duration::from_secs(3) {
        file.write_all(&[7; 4096]).and_then(|()| file.sync_data()).expect("the disk takes it");
        count += 1.0;
    }
    let rate = count / began.elapsed().as_secs_f64();
    std::fs::remove_file(path).expect("it is ours");
    rate
}

/// How many calls are logged each second, and the longest that anybody waited.
fn logged(site: &Site) -> (f64, Duration) {
    let bob = site.bob();
    let forms: Vec<Form> = (0..PEOPLE).map(|_| Form::of(&open_incident(&bob), &bob)).collect();
    let began = Instant::now();
    let counts: Vec<(usize, Duration)> = thread::scope(|scope| {
        let one = |n: usize, form: &Form, who: &Browser| {
            let (mut count, mut longest) = (0, Duration::ZERO);
            while began.elapsed() < TIME {
                let sent = Instant::now();
                form.send(who, &format!("load {n} {count}"));
                longest = longest.max(sent.elapsed());
                count += 1;
            }
            (count, longest)
        };
        let start = |(n, form)| {
            let who = site.bob();
            scope.spawn(move || one(n, form, &who))
        };
        let people: Vec<_> = forms.iter().enumerate().map(start).collect();
        people.into_iter().map(|person| person.join().expect("nobody panicked")).collect()
    });
    let all: usize = counts.iter().map(|(count, _)| count).sum();
    (all as f64 / began.elapsed().as_secs_f64(), counts.iter().map(|(_, longest)| *longest).max().unwrap_or_default())
}

/// How many pages are read each second alone, and beside somebody who logs one call after the other in another incident; and how many
/// those are each second.
fn read(site: &Site) -> (f64, f64, f64) {
    let bob = site.bob();
    let (shown, written) = (open_incident(&bob), open_incident(&bob));
    let cookie: Vec<String> = bob.cookies().iter().map(|(name, value)| format!("{name}={value}")).collect();
    let (url, cookie) = (format!("http://{}{}", site.address(), shown.incident), cookie.join("; "));
    let alone = Load::of(&url, &cookie).per_second;
    let form = Form::of(&written, &bob);
    let (stop, count, began) = (AtomicBool::new(false), AtomicUsize::new(0), Instant::now());
    let beside = thread::scope(|scope| {
        scope.spawn(|| {
            while !stop.load(Ordering::Relaxed) {
                form.send(&bob, &format!("beside {}", count.fetch_add(1, Ordering::Relaxed)));
            }
        });
        let beside = Load::of(&url, &cookie).per_second;
        stop.store(true, Ordering::Relaxed);
        beside
    });
    (alone, beside, count.load(Ordering::Relaxed) as f64 / began.elapsed().as_secs_f64())
}
