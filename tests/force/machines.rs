//! Three machines behind a proxy, one server of PostgreSQL and another that follows it: one machine after the other is told to stop, and
//! then killed, under load.

use std::collections::BTreeMap;
use std::fs;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use serde_json::json;

use crate::Outcome;
use crate::harness::desk::{Desk, Listening, uid};
use crate::harness::{Browser, Kind, Request, Site, free_address, until};
use crate::writers::Book;

/// How many requests are sent each second, in all.
const A_SECOND: usize = 200;
/// By how many people; every fourth of them writes.
const PEOPLE: usize = 16;
/// How long a machine goes on after it was told to stop.
const DRAIN: &str = "2";

/// What came back.
#[derive(Default)]
struct Answers {
    all: AtomicUsize,
    /// With 5xx, or cut off: while a machine was drained, and while one was killed.
    failed: [AtomicUsize; 2],
    kills: AtomicBool,
    seen: Mutex<BTreeMap<u16, usize>>,
}

impl Answers {
    fn note(&self, status: Option<u16>) {
        self.all.fetch_add(1, Ordering::Relaxed);
        if status.is_none_or(|status| status >= 500) {
            self.failed[usize::from(self.kills.load(Ordering::Relaxed))].fetch_add(1, Ordering::Relaxed);
        }
        if !matches!(status, Some(200 | 303)) {
            *self.seen.lock().expect("nobody panicked").entry(status.unwrap_or(0)).or_default() += 1;
        }
    }
}

/// HAProxy, which asks each machine whether it is ready.
struct Proxy {
    child: Child,
    address: SocketAddr,
}

impl Proxy {
    fn before(machines: &[SocketAddr], folder: &Path) -> Self {
        let address = free_address();
        let servers: Vec<String> =
            machines.iter().enumerate().map(|(n, machine)| format!("    server machine{n} {machine} check")).collect();
        let settings = format!(
            "defaults\n    mode http\n    timeout connect 2s\n    timeout client 60s\n    timeout server 60s\n    retries 3\n    \
             option redispatch 1\n    option http-server-close\nlisten tellonce\n    bind {address}\n    option httpchk GET /readyz\n    \
             option forwardfor\n    default-server inter 200ms fall 1 rise 2\n{}\n",
            servers.join("\n")
        );
        let file = folder.join("haproxy.cfg");
        fs::write(&file, settings).expect("its settings");
        let mut command = Command::new("haproxy");
        let child = command.arg("-db").arg("-f").arg(&file).stdout(Stdio::null()).stderr(Stdio::null()).spawn();
        Self { child: child.expect("tests/torture has installed HAProxy"), address }
    }
}

impl Drop for Proxy {
    fn drop(&mut self) {
        if let Err(error) = self.child.kill().and_then(|()| self.child.wait().map(drop)) {
            eprintln!("HAProxy was gone already: {error}");
        }
    }
}

/// The server that follows the tests' PostgreSQL; it ends with this.
struct Follower(PathBuf);

impl Follower {
    fn of_the_cluster() -> Self {
        let cluster = std::env::var("TELLONCE_CLUSTER").expect("tests/torture says where the cluster is");
        let follower = Self(PathBuf::from(format!("{cluster}-follower")));
        let done = follower.script("follow").arg(&cluster).output().expect("tests/support/postgres runs");
        assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
        follower
    }

    fn script(&self, verb: &str) -> Command {
        let mut command = Command::new(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/support/postgres"));
        command.arg(verb).arg(&self.0);
        command
    }

    /// The same database as that, at the server that follows.
    fn url(&self, of: &str) -> String {
        let mut url = url::Url::parse(of).expect("an address");
        let host = self.0.display().to_string();
        let kept: Vec<(String, String)> =
            url.query_pairs().filter(|(name, _)| name != "host").map(|(n, v)| (n.into_owned(), v.into_owned())).collect();
        url.query_pairs_mut().clear().extend_pairs(kept).append_pair("host", &host);
        url.into()
    }
}

impl Drop for Follower {
    fn drop(&mut self) {
        if let Err(error) = self.script("stop").output() {
            eprintln!("the follower stays: {error}");
        }
    }
}

/// See the module.
pub fn machines(site: &Site) -> Option<Outcome> {
    if site.kind != Kind::Postgres || Command::new("haproxy").arg("-v").output().is_err() {
        return None;
    }
    let follower = Follower::of_the_cluster();
    let replica = follower.url(&site.database_url());
    let addresses: [SocketAddr; 3] = std::array::from_fn(|_| free_address());
    site.kill();
    let start = |folder, address: &SocketAddr| {
        site.machine_in(folder, &["--listen", &address.to_string(), "--drain", DRAIN, "--database-replica", &replica])
    };
    let mut three: Vec<_> = addresses.iter().map(|address| Some(start(site.folder_of_a_machine(), address))).collect();
    let at = |address: &SocketAddr, who: &Browser| Browser::with_cookies(*address, who.cookies());
    let proxy = Proxy::before(&addresses, &site.data());
    let book = Book::open(&at(&addresses[0], &site.bob()));
    let watched = slowest_news(&book, &at(&addresses[0], &site.bob()), &at(&addresses[1], &site.bob()), addresses[1]);
    let bob = || at(&proxy.address, &site.bob());
    until("the proxy passes it on", || book.is_read(&bob()));

    let (answers, stop) = (Answers::default(), AtomicBool::new(false));
    let (mut slowest, mut took) = (Duration::ZERO, Duration::ZERO);
    thread::scope(|scope| {
        for n in 0..PEOPLE {
            let (who, book, answers, stop) = (bob(), &book, &answers, &stop);
            scope.spawn(move || work(n, &who, book, answers, stop));
        }
        let began = Instant::now();
        for kills in [false, true] {
            answers.kills.store(kills, Ordering::Relaxed);
            for (machine, address) in three.iter_mut().zip(&addresses) {
                thread::sleep(Duration::from_secs(2));
                let gone = machine.take().expect("it runs");
                if kills {
                    gone.running.kill();
                } else {
                    gone.running.tell_to_stop();
                    until("it has ended", || gone.running.ended().is_some());
                }
                let out = Instant::now();
                *machine = Some(start(gone.folder, address));
                slowest = slowest.max(book.until_read(&at(address, &site.bob()))).max(out.elapsed());
            }
            thread::sleep(Duration::from_secs(2));
        }
        took = began.elapsed();
        stop.store(true, Ordering::Relaxed);
    });
    let count = |n: &AtomicUsize| n.load(Ordering::Relaxed);
    let (drained, killed) = (count(&answers.failed[0]), count(&answers.failed[1]));
    let seen = format!(
        "{:.0} requests a second; 5xx or cut off: {drained} while one was drained, {killed} while one was killed {:?}; a desk on \
         another machine is told within {} ms",
        count(&answers.all) as f64 / took.as_secs_f64(),
        answers.seen.lock().expect("nobody panicked"),
        watched.as_millis(),
    );
    let (acknowledged, found, doubled) = (book.count(), book.found(&site.store()), book.doubled(&site.store()));
    let complaint = match (drained, doubled) {
        (0, 0) => String::new(),
        _ => format!("{drained} failed though no machine was killed; {doubled} stand there twice"),
    };
    drop((three, proxy));
    site.start_again();
    Some(Outcome { times: 6, acknowledged, found, recovered: Some(slowest), seen, complaint })
}

/// Reads, or writes, at its share of the pace. What was not acknowledged is sent again, with its key.
fn work(n: usize, who: &Browser, book: &Book, answers: &Answers, stop: &AtomicBool) {
    let pace = Duration::from_secs(1) * u32::try_from(PEOPLE).expect("few") / u32::try_from(A_SECOND).expect("few");
    let (began, mut sent, mut note) = (Instant::now(), 0, 0);
    while !stop.load(Ordering::Relaxed) {
        let status = if n % 4 == 0 {
            let status = book.send(who, &format!("machines {n} {note}"));
            note += usize::from(status == Some(303));
            status
        } else {
            let path = if sent % 2 == 0 { "/" } else { "/incidents" };
            who.try_send(&Request::new("GET", path)).ok().map(|answer| answer.status)
        };
        answers.note(status);
        sent += 1;
        thread::sleep((pace * sent).saturating_sub(began.elapsed()));
    }
}

/// How long it takes at the most until a desk at one machine has what is tapped at another.
fn slowest_news(book: &Book, tapping: &Browser, watching: &Browser, machine: SocketAddr) -> Duration {
    let desk = Desk::of(tapping, book.told());
    let mut listening = Listening::to(&desk, watching, machine);
    listening.until("\"calls\":[]");
    let tapped = (1..=20).map(|n| {
        let at = 1_164_294_000_000_i64 + i64::try_from(n).expect("few") * 1000;
        let tap = json!({ "uid": uid(n), "at": at, "do": "dial", "number": n.to_string() });
        let began = Instant::now();
        desk.send(900, &[tap]).is(200);
        listening.until(&uid(n));
        began.elapsed()
    });
    tapped.max().unwrap_or_default()
}
