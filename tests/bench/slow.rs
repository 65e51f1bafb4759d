//! Whether our own people wait while hundreds hold connections open by sending a byte a second, half of them within a head and half
//! within a body; when those are cut off; and what they cost. Run by `tests/bench/slow`.

#[path = "../app/harness/mod.rs"]
#[allow(dead_code, unused_imports, reason = "the harness of the app tests; a benchmark needs less of it")]
mod harness;

use std::io::{ErrorKind, Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::thread;
use std::time::{Duration, Instant};

use harness::{Browser, Kind, Running, Site, tell};

/// How many connections.
const CONNECTIONS: usize = 500;
/// How often a byte is sent on each.
const EVERY: Duration = Duration::from_secs(1);
/// For how long it is looked.
const LOOK: Duration = Duration::from_secs(40);

/// A connection of somebody slow.
struct Slow {
    stream: TcpStream,
    begun: Instant,
    closed: Option<Duration>,
}

impl Slow {
    fn new(site: SocketAddr, n: usize) -> Self {
        let mut stream = TcpStream::connect(site).expect("it listens");
        let beginning = if n.is_multiple_of(2) {
            "GET /s HTTP/1.1\r\nhost: x\r\nx-slow: ".to_owned()
        } else {
            "POST /s HTTP/1.1\r\nhost: x\r\ncontent-type: application/x-www-form-urlencoded\r\ncontent-length: 100000\r\n\r\n"
                .to_owned()
        };
        stream.write_all(beginning.as_bytes()).expect("it is taken");
        stream.set_nonblocking(true).expect("a socket");
        Self { stream, begun: Instant::now(), closed: None }
    }

    /// Sends a byte, and looks whether it is still open.
    fn drip(&mut self) {
        if self.closed.is_some() {
            return;
        }
        let mut heard = [0; 4096];
        let open = match self.stream.read(&mut heard) {
            Ok(0) => false,
            Ok(_) => true,
            Err(error) => error.kind() == ErrorKind::WouldBlock && self.stream.write_all(b"a").is_ok(),
        };
        if !open {
            self.closed = Some(self.begun.elapsed());
        }
    }
}

/// The times of an incident's page, asked for again and again for so long, in milliseconds, sorted.
fn pages(who: &Browser, path: &str, time: Duration) -> Vec<f64> {
    let begun = Instant::now();
    let mut times = Vec::new();
    while begun.elapsed() < time {
        let asked = Instant::now();
        who.get(path).is(200);
        times.push(asked.elapsed().as_secs_f64() * 1000.0);
        thread::sleep(Duration::from_millis(20));
    }
    times.sort_by(f64::total_cmp);
    times
}

fn p95(times: &[f64]) -> f64 {
    times[times.len() * 95 / 100]
}

fn row(what: &str, figure: &str, limit: &str, met: bool) {
    println!("{what:<52} {figure:>12}   {limit:<10} {}", if met { "met" } else { "NOT MET" });
}

fn main() {
    let site = Site::open(Kind::Sqlite);
    let bob = site.bob();
    let told = tell(&bob);
    site.kill();
    let server = Running::start(&site.data(), None, &["--clock", "fixed:2006-11-24T09:00:00+09:00"]);
    let bob = Browser::with_cookies(server.address, bob.cookies());
    let quiet = pages(&bob, &told.incident, Duration::from_secs(5));
    let before = server.resident_kib();

    let mut slow: Vec<Slow> = (0..CONNECTIONS).map(|n| Slow::new(server.address, n)).collect();
    let address = server.address;
    let (cookies, path) = (bob.cookies(), told.incident.clone());
    let looking = thread::spawn(move || pages(&Browser::with_cookies(address, cookies), &path, Duration::from_secs(20)));
    let (begun, mut most) = (Instant::now(), before);
    while begun.elapsed() < LOOK && slow.iter().any(|slow| slow.closed.is_none()) {
        slow.iter_mut().for_each(Slow::drip);
        most = most.max(server.resident_kib());
        thread::sleep(EVERY);
    }
    let busy = looking.join().expect("the pages are asked for");
    let closed: Vec<f64> = slow.iter().filter_map(|slow| Some(slow.closed?.as_secs_f64())).collect();
    let last = closed.iter().copied().fold(0.0, f64::max);
    let grown = (most.saturating_sub(before)) as f64 / 1024.0;

    println!(
        "{CONNECTIONS} connections, a byte a second on each; {} pages asked for before, {} meanwhile",
        quiet.len(),
        busy.len()
    );
    row("incident page, p95, nobody else", &format!("{:.1} ms", p95(&quiet)), "", true);
    row("incident page, p95, meanwhile", &format!("{:.1} ms", p95(&busy)), "< 1000 ms", p95(&busy) < 1000.0);
    row("connections that were closed", &format!("{}", closed.len()), "all", closed.len() == CONNECTIONS);
    row("the last one closed after", &format!("{last:.1} s"), "≤ 30 s", last <= 30.0);
    row("memory that the server took more", &format!("{grown:.1} MB"), "< 32 MB", grown < 32.0);
}
