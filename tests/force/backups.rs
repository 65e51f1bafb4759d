//! Backups and moves beside people who write.

use std::process::{Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use tellonce::domain::moment::Stamp;
use tellonce::store::transfer::archive::{Backup, Manifest};
use tellonce::store::{DatabaseUrl, Store, verify};

use crate::faults::four;
use crate::harness::{Kind, Place, Site, until};
use crate::writers::Book;
use crate::{Outcome, setting};

/// How many backups are taken under load.
const BACKUPS: usize = 20;

fn store_at(url: &str) -> Store {
    Store::open(&url.parse::<DatabaseUrl>().expect("an address")).expect("it opens")
}

fn manifest(file: &std::path::Path) -> Manifest {
    Backup::open(file).expect("a backup").manifest().clone()
}

/// Taken again and again while four write, each restored into an empty place of either database: what was acknowledged before it
/// began is there, and counts and heads are those of the backup.
pub fn restored(site: &Site) -> Option<Outcome> {
    let (book, mut longest, mut complaints) = (Book::open(&site.bob()), Duration::ZERO, Vec::new());
    let (mut acknowledged, mut found) = (0, 0);
    book.beside_writers("writer", &four(site), || {
        for round in 0..BACKUPS {
            let before = book.count();
            until("something is written", || book.count() > before + 20);
            let titles = book.acknowledged.lock().expect("no writer panicked").clone();
            let kinds = Kind::here();
            let place = Place::empty(kinds[round % kinds.len()]);
            let file = place.folder().join("tellonce.zip");
            site.run(&["backup", file.to_str().expect("a path")]).ended(0);
            let began = Instant::now();
            place.run(&["restore", file.to_str().expect("a path")]).ended(0);
            longest = longest.max(began.elapsed());
            let store = store_at(&place.url());
            acknowledged += titles.len();
            found += book.found_of(&titles, &store);
            let heads = verify::verify(&store, Stamp::UNIX_EPOCH, verify::Beside::default())
                .expect("it answers")
                .1
                .map(|seal| seal.heads);
            let of_backup = manifest(&file);
            if heads.as_ref() != Some(&of_backup.seal.heads) {
                complaints.push(format!("heads differ in round {round}"));
            }
            let again = place.folder().join("again.zip");
            place.run(&["backup", again.to_str().expect("a path")]).ended(0);
            if manifest(&again).tables != of_backup.tables {
                complaints.push(format!("counts differ in round {round}"));
            }
        }
    });
    complaints.extend(Some(book.complaint()).filter(|complaint| !complaint.is_empty()));
    let seen = format!("{} written meanwhile", book.count());
    Some(Outcome { times: BACKUPS, acknowledged, found, recovered: Some(longest), seen, complaint: complaints.join("; ") })
}

/// Moved to the other database and back while four write; the move is killed again and again before it is let to its end. Whatever
/// was acknowledged until the last moment has moved, too.
pub fn moved(site: &Site) -> Option<Outcome> {
    let kills = setting("TELLONCE_KILLS", 100) / 5;
    let other = if site.kind == Kind::Sqlite && Kind::here().len() > 1 { Kind::Postgres } else { Kind::Sqlite };
    let place = Place::empty(other);
    std::fs::create_dir_all(place.data()).expect("a folder");
    let (book, mut took) = (Book::open(&site.bob()), Duration::ZERO);
    book.beside_writers("writer", &four(site), || {
        until("something is written", || book.count() > 200);
        for kill in 0..kills {
            let mut command = Command::new(env!("CARGO_BIN_EXE_tellonce"));
            command.args(["move", "--to", &place.url(), "--database", &site.database_url(), "--data"]).arg(site.data());
            let mut child = command.stdout(Stdio::null()).stderr(Stdio::null()).spawn().expect("it starts");
            thread::sleep(Duration::from_millis(kill as u64 * 23 % 331));
            child.kill().expect("it is killed");
            child.wait().expect("it ends");
        }
        let began = Instant::now();
        site.run(&["move", "--to", &place.url()]).ended(0);
        took = began.elapsed();
    });
    let acknowledged = book.count();
    let found = book.found(&store_at(&place.url()));
    let back = ["move", "--to", &site.database_url(), "--database", &place.url()];
    crate::harness::run_alone(&site.data(), &back).ended(0);
    let seen = format!("{acknowledged} written until it had moved");
    Some(Outcome { times: kills + 1, acknowledged, found, recovered: Some(took), seen, complaint: book.complaint() })
}
