//! What happens to the server and to what it stands on.

use std::collections::BTreeSet;
use std::process::Command;
use std::thread;
use std::time::{Duration, Instant};

use diesel::connection::SimpleConnection;

use crate::harness::{Browser, Kind, Site, Smtp, open_sqlite, until};
use crate::writers::Book;
use crate::{Outcome, setting};

/// Bob on four screens.
pub fn four(site: &Site) -> [Browser; 4] {
    [site.bob(), site.bob(), site.bob(), site.bob()]
}

/// Killed again and again, each time in the middle of four writers' work, and started again.
pub fn killed(site: &Site) -> Option<Outcome> {
    let (kills, writes) = (setting("TELLONCE_KILLS", 100), setting("TELLONCE_WRITES", 10_000));
    let (mut acknowledged, mut found, mut longest, mut complaint) = (0, 0, Duration::ZERO, String::new());
    for round in 0..kills {
        let book = Book::open(&site.bob());
        book.beside_writers(&round.to_string(), &four(site), || {
            until("enough is written", || book.count() >= writes / kills);
            // Never at the same point of what goes on.
            thread::sleep(Duration::from_millis(round as u64 * 7 % 97));
            site.kill();
        });
        let began = Instant::now();
        site.start_again();
        book.until_read(&site.bob());
        longest = longest.max(began.elapsed());
        acknowledged += book.count();
        found += book.found(&site.store());
        complaint = if complaint.is_empty() { book.complaint() } else { complaint };
    }
    Some(Outcome { times: kills, acknowledged, found, recovered: Some(longest), seen: String::new(), complaint })
}

/// Two processes, two writers each, and somebody who reads from both.
pub fn twice(site: &Site) -> Option<Outcome> {
    let second = site.second(&[]);
    let other = || Browser::with_cookies(second.address, site.bob().cookies());
    let (book, mut unread) = (Book::open(&site.bob()), 0);
    book.beside_writers("both", &[site.bob(), site.bob(), other(), other()], || {
        let began = Instant::now();
        while book.count() < setting("TELLONCE_WRITES", 10_000) / 5 && began.elapsed() < Duration::from_secs(120) {
            unread += [site.bob(), other()].iter().filter(|reader| !book.is_read(reader)).count();
            thread::sleep(Duration::from_millis(200));
        }
    });
    let complaint = if unread == 0 { book.complaint() } else { format!("{unread} pages unread {}", book.complaint()) };
    let (acknowledged, found) = (book.count(), book.found(&site.store()));
    Some(Outcome { times: 1, acknowledged, found, recovered: None, seen: String::new(), complaint })
}

/// PostgreSQL falls and comes back under a server that goes on; SQLite's file is held by somebody else for a while.
pub fn down(site: &Site) -> Option<Outcome> {
    const TIMES: usize = 5;
    let (book, mut longest) = (Book::open(&site.bob()), Duration::ZERO);
    book.beside_writers("writer", &four(site), || {
        for round in 0..TIMES {
            let before = book.count();
            until("something is written", || book.count() > before + 20);
            match site.kind {
                Kind::Sqlite => {
                    let mut holder = open_sqlite(&site.data());
                    // Whoever waits as SQLite does may wait long beside writers who queue: it is asked without rest.
                    holder.batch_execute("PRAGMA busy_timeout = 0").expect("it can be impatient");
                    until("it can be held", || (0..5_000).any(|_| holder.batch_execute("BEGIN IMMEDIATE").is_ok()));
                    thread::sleep(Duration::from_secs(3));
                    holder.batch_execute("ROLLBACK").expect("it can be let go");
                }
                Kind::Postgres => {
                    cluster("fell");
                    thread::sleep(Duration::from_secs(3));
                    cluster("start");
                }
            }
            longest = longest.max(book.until_written(&site.bob(), &format!("after {round}")));
        }
    });
    let (acknowledged, found) = (book.count(), book.found(&site.store()));
    let complaint = book.complaint();
    Some(Outcome { times: TIMES, acknowledged, found, recovered: Some(longest), seen: String::new(), complaint })
}

/// The throwaway cluster is started, or falls.
pub fn cluster(verb: &str) {
    let folder = std::env::var("TELLONCE_CLUSTER").expect("tests/torture says where the cluster is");
    let mut command = Command::new(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/support/postgres"));
    let done = command.args([verb, &folder]).env("TELLONCE_TEST_FSYNC", "on").output().expect("tests/support/postgres runs");
    assert!(done.status.success(), "{verb}: {}", String::from_utf8_lossy(&done.stderr));
}

/// The clock is set back by three days, and forward by ten hours, across the end of a month; who is logged in stays so.
pub fn clock(site: &Site) -> Option<Outcome> {
    let times =
        ["2006-11-21T09:00:00+09:00", "2006-11-24T19:00:00+09:00", "2006-11-24T08:59:59+09:00", "2006-11-24T18:30:00+09:00"];
    let book = Book::open(&site.bob());
    for time in times {
        site.at(time);
        for n in 0..50 {
            book.write(&site.bob(), &format!("{time} {n}"));
        }
        // Seconds that are counted twice, as at the end of summer time, make no two things one.
        book.write(&site.bob(), &format!("{time} again"));
    }
    let (acknowledged, found) = (book.count(), book.found(&site.store()));
    let expected = times.len() * 51;
    let complaint =
        if acknowledged == expected { book.complaint() } else { format!("of {expected} tried; {}", book.complaint()) };
    Some(Outcome { times: times.len(), acknowledged, found, recovered: None, seen: String::new(), complaint })
}

/// The mail server refuses, defers, stalls and is gone, while mail is queued and notes are written; then one takes all there is.
pub fn mail(site: &Site) -> Option<Outcome> {
    const FAULTS: [&str; 4] = ["refuse", "defer", "stall", "gone"];
    if !Smtp::is_here() {
        return None;
    }
    let book = Book::open(&site.alice());
    let page = book.mail_page(&site.alice());
    let serve = |smtp: &str, hour: usize| {
        site.kill();
        let clock = format!("fixed:2006-11-24T{hour:02}:00:00+09:00");
        site.start_again_with(&["--smtp", smtp, "--mail-from", "tellonce@minato.example", "--clock", &clock]);
    };
    for (hour, fault) in (9..).zip(FAULTS) {
        let smtp = Smtp::that_will(if fault == "gone" { "take" } else { fault });
        let (url, smtp) = (smtp.url.clone(), (fault != "gone").then_some(smtp));
        serve(&url, hour);
        site.alice().fill(&page).with("to", "sato@p.example").saved();
        for n in 0..20 {
            book.write(&site.alice(), &format!("{fault} {n}"));
        }
        // It is tried meanwhile.
        thread::sleep(Duration::from_secs(2));
        drop(smtp);
    }
    let taker = Smtp::that_will("take");
    serve(&taker.url, 19);
    let began = Instant::now();
    until("all mail is sent", || site.mail_waiting() == 0);
    let recovered = Some(began.elapsed());
    thread::sleep(Duration::from_secs(1));
    let sent = taker.taken();
    // One that is sent twice makes up for none that is lost.
    let ids: BTreeSet<&str> = sent.iter().filter_map(|mail| mail.lines().find(|line| line.starts_with("Message-ID:"))).collect();
    let seen = format!("{} mails taken", sent.len());
    let twice = sent.len() - ids.len();
    let complaint = if twice == 0 { book.complaint() } else { format!("{twice} sent twice {}", book.complaint()) };
    let (acknowledged, found) = (book.count() + FAULTS.len(), book.found(&site.store()) + ids.len());
    Some(Outcome { times: FAULTS.len(), acknowledged, found, recovered, seen, complaint })
}
