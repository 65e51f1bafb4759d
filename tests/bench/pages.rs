//! How fast the pages and papers of an incident with 60 entries are, each beside its limit: what the same machine does in the
//! same run without a database, without rendering, without a template. Run by `tests/bench/pages`.

#[path = "../app/harness/mod.rs"]
#[allow(dead_code, unused_imports, reason = "the harness of the app tests; a benchmark needs less of it")]
mod harness;
#[path = "parts/load.rs"]
mod load;
#[path = "parts/memory.rs"]
mod memory;
#[path = "parts/paper.rs"]
mod paper;
#[path = "parts/wire.rs"]
mod wire;

use std::time::{Duration, Instant};

use harness::{Browser, Kind, Running, Site, Told, tell};
use load::Load;

/// How many entries the incident has.
const ENTRIES: usize = 60;
/// How often something short is measured; the median counts.
const TIMES: usize = 15;

/// A line of the table.
struct Line {
    what: &'static str,
    figure: String,
    beside: String,
    aim: &'static str,
    met: Option<bool>,
}

fn main() {
    let site = Site::open(Kind::Sqlite);
    let told = sixty_entries(&site);
    let mut lines = under_load(&site, &told);
    lines.extend(on_the_wire(&site, &told));
    lines.push(printed(&site, &told));
    site.kill();
    lines.push(start(&site));
    lines.push(idle(&site));
    print(&lines);
}

/// The story, and as much again as makes sixty entries.
fn sixty_entries(site: &Site) -> Told {
    let bob = site.bob();
    let told = tell(&bob);
    let standing = told.view(&bob, "internal")["entries"].as_array().map_or(0, Vec::len);
    for n in standing..ENTRIES {
        let minute = format!("2006-11-23T{:02}:{:02}", 9 + n / 10, n % 10 * 6);
        told.form(&bob, "entries/new")
            .with_all(&[("kind", "observation"), ("occurred", &minute), ("title", "確認: 送信を試した")])
            .with("body", "別棟の三台から社外あてに一通ずつ送信した。二通は587番で届き、一通は25番のまま失敗した。設定の控えは総務に渡した。")
            .saved();
    }
    told
}

fn under_load(site: &Site, told: &Told) -> Vec<Line> {
    let bob = site.bob();
    let cookie: Vec<String> = bob.cookies().iter().map(|(name, value)| format!("{name}={value}")).collect();
    let page = bob.get(&told.incident).is(200).body;
    let (memory, raw) = memory::serve(&site.data(), told.number(), &page);
    let measured = Load::of(&format!("http://{}{}", site.address(), told.incident), &cookie.join("; "));
    let rendered = Load::of(&format!("http://{memory}/"), "");
    let bytes = Load::of(&format!("http://{raw}/"), "");
    let data = site.data();
    let read = memory::reader(&data, told.number());
    let (anew, kept) = (median(|| read(true)), median(|| read(false)));
    let ratio = measured.per_second / rendered.per_second;
    vec![
        Line {
            what: "incident page, 60 entries, from SQLite, 32 connections",
            figure: format!("{:.0}/s", measured.per_second),
            beside: format!("{:.0}/s rendered from memory: {ratio:.2}", rendered.per_second),
            aim: "≥ 0.6",
            met: Some(ratio >= 0.6),
        },
        Line {
            what: "",
            figure: String::new(),
            beside: format!("{:.0}/s raw answers of the same {} bytes", bytes.per_second, page.len()),
            aim: "",
            met: None,
        },
        Line {
            what: "its dossier, kept while the heads of its chains stand",
            figure: format!("{} µs", kept.as_micros()),
            beside: format!("{} µs read anew, as after every change", anew.as_micros()),
            aim: "",
            met: None,
        },
        Line {
            what: "its p99",
            figure: format!("{:.1} ms", measured.p99_ms),
            beside: format!("{:.1} ms rendered from memory, {:.1} ms raw", rendered.p99_ms, bytes.p99_ms),
            aim: "",
            met: None,
        },
    ]
}

fn on_the_wire(site: &Site, told: &Told) -> Vec<Line> {
    let wire = wire::Wire::of(&site.bob(), &told.incident);
    let line =
        |what, bytes: usize, beside: String| Line { what, figure: format!("{:.1} KB", kb(bytes)), beside, aim: "", met: None };
    vec![
        Line {
            aim: "≤ 40 KB",
            met: Some(kb(wire.all()) <= 40.0),
            ..line(
                "bytes over the wire, first visit, gzip",
                wire.all(),
                format!("{} files, none from elsewhere", wire.files.len()),
            )
        },
        line("  of which the page", wire.page, format!("{:.1} KB unpacked", kb(wire.page_unpacked))),
        line("  of which styles, scripts, icons", wire.all() - wire.page, "kept by the browser until they change".to_owned()),
    ]
}

#[allow(clippy::cast_precision_loss, reason = "shown with one digit")]
fn kb(bytes: usize) -> f64 {
    bytes as f64 / 1024.0
}

fn printed(site: &Site, told: &Told) -> Line {
    let (dossier, now) = memory::dossier(&site.data(), told.number());
    let report = median(|| paper::report(&dossier, now));
    let words = harness::text_of_pdf(&paper::report(&dossier, now));
    let bare = median(|| paper::bare(&words));
    Line {
        what: "PDF/A of the meeting, 60 entries",
        figure: format!("{} ms", report.as_millis()),
        beside: format!(
            "{} ms bare Typst on the same text: {:.1} times",
            bare.as_millis(),
            report.as_secs_f64() / bare.as_secs_f64()
        ),
        aim: "",
        met: None,
    }
}

fn start(site: &Site) -> Line {
    let data = site.data();
    let started = median(|| {
        let running = Running::start(&data, None, &[]);
        Browser::new(running.address).get("/login").is(200)
    });
    let asked = Running::start(&data, None, &[]);
    let answer = median(|| Browser::new(asked.address).get("/login").is(200));
    Line {
        what: "start to the first answered page",
        figure: format!("{:.1} ms", started.as_secs_f64() * 1000.0),
        beside: format!("{:.1} ms that page once it runs", answer.as_secs_f64() * 1000.0),
        aim: "≤ 15 ms",
        met: Some(started <= Duration::from_millis(15)),
    }
}

fn idle(site: &Site) -> Line {
    let running = Running::start(&site.data(), None, &[]);
    Browser::new(running.address).get("/login").is(200);
    std::thread::sleep(Duration::from_secs(1));
    let mib = running.resident_kib() / 1024;
    Line {
        what: "idle memory",
        figure: format!("{mib} MB"),
        beside: format!(
            "{} MB the program as a file",
            std::fs::metadata(env!("CARGO_BIN_EXE_tellonce")).map_or(0, |file| file.len() >> 20)
        ),
        aim: "≤ 25 MB",
        met: Some(mib <= 25),
    }
}

/// The median time that `f` takes.
fn median<T>(mut f: impl FnMut() -> T) -> Duration {
    let mut times: Vec<Duration> = (0..TIMES)
        .map(|_| {
            let began = Instant::now();
            std::hint::black_box(f());
            began.elapsed()
        })
        .collect();
    times.sort_unstable();
    times[times.len() / 2]
}

fn print(lines: &[Line]) {
    let wide = |f: fn(&Line) -> usize| lines.iter().map(f).max().unwrap_or(0);
    let (what, figure, beside) =
        (wide(|l| l.what.chars().count()), wide(|l| l.figure.chars().count()), wide(|l| l.beside.chars().count()));
    println!();
    for line in lines {
        let met = line.met.map_or("", |met| if met { "met" } else { "NOT MET" });
        println!("{:what$}  {:>figure$}  {:beside$}  {:8}  {met}", line.what, line.figure, line.beside, line.aim);
    }
}
