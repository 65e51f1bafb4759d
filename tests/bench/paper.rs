//! How fast the report is from 20 to 5,000 entries, beside bare Typst on the same words; how both grow, what memory they take; and how
//! fast the picture is. Each is measured in a process of its own, so that none profits from the one before. Run by `tests/bench/paper`.

#[path = "../app/harness/mod.rs"]
#[allow(dead_code, unused_imports, reason = "the harness of the app tests; a benchmark needs less of it")]
mod harness;
#[path = "parts/memory.rs"]
#[allow(dead_code, reason = "a benchmark of papers serves no pages")]
mod memory;
#[path = "parts/paper.rs"]
mod paper;

use std::hint::black_box;
use std::path::Path;
use std::process::Command;
use std::time::{Duration, Instant};

use harness::{Kind, Site, tell};
use tellonce::domain::dossier::Dossier;
use tellonce::domain::id::{Id, Uid};
use tellonce::domain::locale::{DEFAULT_ZONE, Locale};
use tellonce::domain::moment::Stamp;
use tellonce::domain::view::Meeting;
use tellonce::render::picture;
use tellonce::render::words::Words;

/// How many entries there are.
const SIZES: [usize; 5] = [20, 60, 200, 1_000, 5_000];
/// The size at which the picture has its limit.
const PICTURE_SIZE: usize = 200;
/// At most so long.
const PICTURE_LIMIT: Duration = Duration::from_millis(5);
/// The report may take so many times as long as bare Typst.
const RATIO: f64 = 1.3;
/// Ten times as many entries may take at most ten to this power times as long.
const EXPONENT: f64 = 1.1;

fn main() {
    let arguments: Vec<String> = std::env::args().collect();
    if let [_, what, size, data, number] = &arguments[..]
        && let Ok(size) = size.parse()
    {
        return measure(what, size, Path::new(data), number);
    }
    let site = Site::open(Kind::Sqlite);
    let told = tell(&site.bob());
    println!(
        "{:>8} {:>10} {:>10} {:>7} {:>9} {:>10} {:>10}  limit",
        "entries", "report ms", "bare ms", "ratio", "growth", "report MB", "bare MB"
    );
    let mut before: Option<(usize, f64)> = None;
    for size in SIZES {
        let child = |what| Measured::of(what, size, &site, told.number());
        let (report, bare) = (child("report"), child("bare"));
        let ratio = report.seconds / bare.seconds;
        let growth = before.map(|(smaller, seconds)| exponent(report.seconds / seconds, size, smaller));
        let growth = growth.map_or(String::new(), |growth| format!("{growth:.2}"));
        println!(
            "{size:>8} {:>10.0} {:>10.0} {ratio:>7.2} {growth:>9} {:>10} {:>10}  ≤ {RATIO} {}",
            report.seconds * 1000.0,
            bare.seconds * 1000.0,
            report.mib,
            bare.mib,
            met(ratio <= RATIO),
        );
        if size >= PICTURE_SIZE && before.is_none() {
            before = Some((size, report.seconds));
        }
        if size == SIZES[SIZES.len() - 1]
            && let Some((smaller, seconds)) = before
        {
            let growth = exponent(report.seconds / seconds, size, smaller);
            println!("growth from {smaller} to {size} entries: {growth:.2}  ≤ {EXPONENT} {}", met(growth <= EXPONENT));
        }
    }
    let picture = Measured::of("picture", PICTURE_SIZE, &site, told.number());
    let limit = PICTURE_LIMIT.as_secs_f64();
    println!(
        "picture at {PICTURE_SIZE} entries: {:.2} ms  ≤ {} ms {}",
        picture.seconds * 1000.0,
        PICTURE_LIMIT.as_millis(),
        met(picture.seconds <= limit)
    );
}

fn met(is_met: bool) -> &'static str {
    if is_met { "met" } else { "NOT MET" }
}

#[allow(clippy::cast_precision_loss, reason = "shown with two digits")]
fn exponent(times: f64, size: usize, smaller: usize) -> f64 {
    times.ln() / (size as f64 / smaller as f64).ln()
}

/// What a process of its own took.
struct Measured {
    seconds: f64,
    mib: u64,
}

impl Measured {
    fn of(what: &str, size: usize, site: &Site, number: &str) -> Self {
        let own = std::env::current_exe().expect("the benchmark itself");
        let child = Command::new(own).args([what, &size.to_string()]).arg(site.data()).arg(number).output().expect("it runs");
        assert!(child.status.success(), "{what} {size}: {}", String::from_utf8_lossy(&child.stderr));
        let said = String::from_utf8_lossy(&child.stdout).into_owned();
        let (seconds, mib) = said.trim().split_once(' ').expect("two numbers");
        Self { seconds: seconds.parse().expect("seconds"), mib: mib.parse().expect("MiB") }
    }
}

/// Measures one thing and says how long it took and the most memory the process ever had.
fn measure(what: &str, size: usize, data: &Path, number: &str) {
    let (mut dossier, now) = memory::dossier(data, number);
    // Fonts, templates and words are read once in the life of a server.
    black_box(paper::report(&dossier, now));
    stretch(&mut dossier, size);
    let times = if size > 200 { 3 } else { 7 };
    let took = match what {
        "report" => median(times, || paper::report(&dossier, now)),
        "bare" => {
            let words = harness::text_of_pdf(&paper::report(&dossier, now));
            black_box(paper::bare(&words));
            median(times, || paper::bare(&words))
        }
        _ => {
            let view = dossier.view::<Meeting>(&(), now);
            median(51, || picture::timeline(&view, Words::new(Locale::Ja), DEFAULT_ZONE, picture::Links::None))
        }
    };
    println!("{} {}", took.as_secs_f64(), peak_mib());
}

/// The most memory that this process ever had, in MiB (proc(5), `VmHWM`).
fn peak_mib() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").expect("Linux says what a process is like");
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).expect("its peak");
    line.trim().trim_end_matches(" kB").parse::<u64>().expect("a number") / 1024
}

/// As many entries: what stands on the timeline again and again, each time two days later.
fn stretch(dossier: &mut Dossier, size: usize) {
    let told = dossier.entries.clone();
    dossier.entries.truncate(size);
    for n in dossier.entries.len()..size {
        let mut entry = told[n % told.len()].clone();
        let round = i64::try_from(n / told.len()).expect("it is small");
        let key = 1_000_000 + i64::try_from(n).expect("it is small");
        entry.id = Id::new(key);
        entry.uid = uid(key);
        let later = chrono::Duration::days(2 * round);
        (entry.occurred.from, entry.occurred.to) = (entry.occurred.from + later, entry.occurred.to + later);
        entry.recorded_at += later;
        if !entry.title.is_empty() {
            entry.title = format!("{} ({n})", entry.title);
        }
        if let Some(call) = &mut entry.call {
            shift(call, later);
        }
        for (place, said) in (0..).zip(&mut entry.statements) {
            (said.id, said.uid) = (Id::new(key * 100 + place), uid(key * 100 + place));
            said.said_at = said.said_at.map(|at| at + later);
        }
        dossier.entries.push(entry);
    }
    dossier.entries.sort_by_key(|entry| (entry.occurred.from, entry.recorded_at, entry.id));
}

fn shift(call: &mut tellonce::domain::call::Call, later: chrono::Duration) {
    let shifted = |at: &mut Option<Stamp>| *at = at.map(|at| at + later);
    call.dialled += later;
    shifted(&mut call.answered);
    shifted(&mut call.ended);
    for leg in &mut call.legs {
        shifted(&mut leg.from);
        shifted(&mut leg.to);
    }
    for wait in &mut call.waits {
        (wait.from, wait.to) = (wait.from + later, wait.to + later);
    }
}

fn uid(key: i64) -> Uid {
    let mut random = [0; 10];
    random[2..].copy_from_slice(&key.to_be_bytes());
    Uid::from_parts(1_164_300_000_000, random)
}

/// The median time that `f` takes.
fn median<T>(times: usize, mut f: impl FnMut() -> T) -> Duration {
    let mut all: Vec<Duration> = (0..times)
        .map(|_| {
            let began = Instant::now();
            black_box(f());
            began.elapsed()
        })
        .collect();
    all.sort_unstable();
    all[all.len() / 2]
}
