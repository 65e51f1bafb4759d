//! What stands after the worst: see `tests/torture`, which runs this.

#[path = "../app/harness/mod.rs"]
#[allow(dead_code, unused_imports, reason = "the faults need only a part of what the tests stand on")]
mod harness;

mod backups;
mod disk;
mod faults;
mod machines;
mod writers;

use std::process::ExitCode;
use std::time::Duration;

use harness::{Kind, Site};

/// What one fault came to on one database.
pub struct Outcome {
    /// How often it happened.
    pub times: usize,
    /// How many writes were acknowledged around it.
    pub acknowledged: usize,
    /// How many of them stand on record.
    pub found: usize,
    /// The longest that it took until the first page was answered again; none where nothing was interrupted.
    pub recovered: Option<Duration>,
    /// What else was seen; empty where nothing is to be said.
    pub seen: String,
    /// What was not as it should be, though nothing was lost; empty where all was.
    pub complaint: String,
}

/// A fault, and on which databases it can be.
struct Fault {
    name: &'static str,
    says: &'static str,
    happen: fn(&Site) -> Option<Outcome>,
}

const FAULTS: &[Fault] = &[
    Fault { name: "killed", says: "kill -9 in the middle of writing", happen: faults::killed },
    Fault { name: "twice", says: "two processes on one database", happen: faults::twice },
    Fault { name: "down", says: "database down, or locked, and back", happen: faults::down },
    Fault { name: "full", says: "disk full, and room again", happen: disk::full },
    Fault { name: "copied", says: "files copied while they are written", happen: disk::copied },
    Fault { name: "restored", says: "backups taken while people write", happen: backups::restored },
    Fault { name: "moved", says: "moved to the other database, and killed at it", happen: backups::moved },
    Fault { name: "torn", says: "a write torn in the log of the database", happen: disk::torn },
    Fault { name: "mail", says: "mail server refuses, defers, stalls, is gone", happen: faults::mail },
    Fault { name: "machines", says: "one of three machines stopped, then killed", happen: machines::machines },
    Fault { name: "clock", says: "clock set back and forward", happen: faults::clock },
];

/// A number from the environment, to make it shorter.
pub fn setting(name: &str, usual: usize) -> usize {
    std::env::var(name).ok().and_then(|text| text.parse().ok()).unwrap_or(usual)
}

fn main() -> ExitCode {
    let wanted: Vec<String> = std::env::args().skip(1).filter(|argument| !argument.starts_with('-')).collect();
    if let Some(unknown) = wanted.iter().find(|name| FAULTS.iter().all(|fault| fault.name != **name)) {
        eprintln!("no fault is called {unknown}");
        return ExitCode::from(2);
    }
    println!(
        "{:<46} {:<9} {:>5} {:>12} {:>7} {:>5} {:>10}  seen",
        "fault", "database", "times", "acknowledged", "found", "lost", "recovered"
    );
    let mut failed = false;
    for fault in FAULTS.iter().filter(|fault| wanted.is_empty() || wanted.iter().any(|name| name == fault.name)) {
        for kind in Kind::here() {
            let site = Site::open(kind);
            let database = format!("{kind:?}");
            let Some(outcome) = (fault.happen)(&site) else {
                println!("{:<46} {database:<9} left out: not to be had here", fault.says);
                continue;
            };
            let lost = outcome.acknowledged - outcome.found;
            let whole = site.run(&["verify"]);
            let mut seen = vec![outcome.seen];
            if !outcome.complaint.is_empty() {
                seen.push(format!("NOT WELL: {}", outcome.complaint));
            }
            if whole.status != 0 {
                seen.push(format!("VERIFY: {}", whole.text()));
            }
            failed |= lost > 0 || seen.len() > 1;
            let recovered = outcome.recovered.map(|took| format!("{} ms", took.as_millis())).unwrap_or_default();
            println!(
                "{:<46} {database:<9} {:>5} {:>12} {:>7} {lost:>5} {recovered:>10}  {}",
                fault.says,
                outcome.times,
                outcome.acknowledged,
                outcome.found,
                seen.join(" ")
            );
        }
    }
    if failed { ExitCode::from(1) } else { ExitCode::SUCCESS }
}
