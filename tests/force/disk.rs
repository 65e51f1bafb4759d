//! What happens to the disk.

use std::fs::{self, File};
use std::io::{Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};
use std::time::Duration;

use diesel::Connection;
use diesel::pg::PgConnection;
use tellonce::store::Store;

use crate::Outcome;
use crate::faults::{cluster, four};
use crate::harness::seed::copy_folder;
use crate::harness::{Browser, Kind, Running, Site, run_alone, until};
use crate::writers::Book;

/// A file that takes all the room there is.
struct Ballast(PathBuf);

impl Ballast {
    /// Fills the disk of that folder.
    fn in_folder(folder: &Path) -> Self {
        let path = folder.join("ballast");
        let mut file = File::create(&path).expect("a file");
        let mut block = vec![0_u8; 1 << 20];
        // With ever smaller blocks, until not one byte more has room.
        while !block.is_empty() {
            if file.write_all(&block).is_err() {
                block.truncate(block.len() / 2);
            }
        }
        Self(path)
    }

    fn away(self) {
        fs::remove_file(self.0).expect("it can be taken away");
    }
}

/// The disk fills up while people write; reading goes on; there is room again.
pub fn full(site: &Site) -> Option<Outcome> {
    let small = PathBuf::from(std::env::var_os("TELLONCE_SMALL_DISK")?);
    match site.kind {
        Kind::Sqlite => {
            let data = small.join("data");
            site.kill();
            copy_folder(&site.data(), &data);
            let running = Running::start(&data, None, &[]);
            let bob = Browser::with_cookies(running.address, site.bob().cookies());
            let outcome = fill(&small, &bob, || (), |book| book.found(&open(&data)));
            run_alone(&data, &["verify"]).ended(0);
            drop(running);
            fs::remove_dir_all(data).expect("it can be taken away");
            site.start_again();
            Some(outcome)
        }
        Kind::Postgres => {
            let folder = PathBuf::from(std::env::var_os("TELLONCE_CLUSTER")?);
            // What cannot write its log falls, and is started by whoever runs it.
            let revive = || {
                if !is_up() {
                    cluster("start");
                }
            };
            Some(fill(&folder, &site.bob(), revive, |book| book.found(&site.store())))
        }
    }
}

fn open(data: &Path) -> Store {
    let url = format!("sqlite:{}", data.join("tellonce.db").display());
    Store::open(&url.parse().expect("an address")).expect("it opens")
}

/// Whether the cluster answers.
fn is_up() -> bool {
    let server = std::env::var("TELLONCE_TEST_POSTGRES").unwrap_or_default();
    PgConnection::establish(&server).is_ok()
}

fn fill(disk: &Path, bob: &Browser, revive: impl Fn(), found: impl Fn(&Book) -> usize) -> Outcome {
    const TIMES: usize = 5;
    let book = Book::open(bob);
    let (mut longest, mut refused, mut unread) = (Duration::ZERO, 0, 0);
    for round in 0..TIMES {
        for n in 0..20 {
            assert_eq!(book.write(bob, &format!("{round} {n}")), Some(true), "there is room: {}", book.complaint());
        }
        let ballast = Ballast::in_folder(disk);
        // What has room in the log that is there already may still be taken.
        for n in 0..400 {
            match book.write(bob, &format!("{round} full {n}")) {
                Some(true) => {}
                _ => refused += 1,
            }
            if refused >= (round + 1) * 5 {
                break;
            }
        }
        unread += usize::from(!book.is_read(bob));
        ballast.away();
        revive();
        longest = longest.max(book.until_written(bob, &format!("{round} after")));
    }
    let seen = format!("{refused} refused");
    let complaint =
        if unread == 0 { book.complaint() } else { format!("{unread} times nothing could be read {}", book.complaint()) };
    Outcome { times: TIMES, acknowledged: book.count(), found: found(&book), recovered: Some(longest), seen, complaint }
}

/// The files of SQLite, copied one after the other by somebody who knows nothing of it, while people write: each copy is whole, or
/// `verify` says that it is not. (The files of PostgreSQL are not to be copied so, as its manual says.)
pub fn copied(site: &Site) -> Option<Outcome> {
    const TIMES: usize = 20;
    if site.kind != Kind::Sqlite {
        return None;
    }
    let book = Book::open(&site.bob());
    let (mut acknowledged, mut found, mut broken) = (0, 0, 0);
    book.beside_writers("writer", &four(site), || {
        for _ in 0..TIMES {
            let before = book.count();
            until("something is written", || book.count() > before + 20);
            let written = book.acknowledged.lock().expect("no writer panicked").clone();
            let copy = tempfile::tempdir_in(env!("CARGO_TARGET_TMPDIR")).expect("a folder");
            copy_folder(&site.data(), copy.path());
            if run_alone(copy.path(), &["verify"]).status == 0 {
                acknowledged += written.len();
                found += book.found_of(&written, &open(copy.path()));
            } else {
                broken += 1;
            }
        }
    });
    let seen = format!("{} copies whole, {broken} told to be broken", TIMES - broken);
    Some(Outcome { times: TIMES, acknowledged, found, recovered: None, seen, complaint: book.complaint() })
}

/// Power fails while SQLite appends to its log: what was begun there is noise, half of a page, or half of what stood there before.
pub fn torn(site: &Site) -> Option<Outcome> {
    const TIMES: u8 = 20;
    if site.kind != Kind::Sqlite {
        return None;
    }
    let book = Book::open(&site.bob());
    let mut longest = Duration::ZERO;
    for round in 0..TIMES {
        let before = book.count();
        book.beside_writers(&round.to_string(), &[site.bob(), site.bob()], || {
            until("something is written", || book.count() > before + 10);
            site.kill();
        });
        tear(&site.data().join("tellonce.db-wal"), round);
        site.start_again();
        longest = longest.max(book.until_read(&site.bob()));
    }
    let (acknowledged, found, complaint) = (book.count(), book.found(&site.store()), book.complaint());
    Some(Outcome { times: usize::from(TIMES), acknowledged, found, recovered: Some(longest), seen: String::new(), complaint })
}

/// Appends what a write that never ended leaves.
fn tear(log: &Path, round: u8) {
    let mut file = File::options().read(true).append(true).open(log).expect("there is a log after a kill");
    let half = 2_000 + usize::from(round) * 97;
    let torn = match round % 3 {
        0 => (0..half).map(|n| (n * 31 % 251) as u8 ^ round).collect(),
        1 => vec![0; half],
        _ => {
            let mut again = vec![0; half];
            file.seek(SeekFrom::Start(32)).expect("behind its head");
            file.read_exact(&mut again).expect("a frame");
            again
        }
    };
    file.write_all(&torn).expect("it can be appended to");
}
