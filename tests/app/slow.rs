//! Those who come to hold a connection: with a head that never ends, a body that never ends, or nothing at all.

use std::io::{ErrorKind, Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::thread;
use std::time::{Duration, Instant};

use crate::harness::{Kind, Site};

/// By when whoever sends next to nothing is cut off.
const WITHIN: Duration = Duration::from_secs(30);

/// What is sent at once, before a byte follows every second.
fn beginnings() -> Vec<(&'static str, String)> {
    let post = |path: &str, kind: &str| {
        format!(
            "POST {path} HTTP/1.1\r\nhost: x\r\ncontent-type: {kind}\r\ncontent-length: 100000\r\nsec-fetch-site: same-origin\r\n\r\n"
        )
    };
    let form = "application/x-www-form-urlencoded";
    vec![
        ("nothing", String::new()),
        ("a head", "GET /s HTTP/1.1\r\nhost: x\r\nx-slow: ".to_owned()),
        ("the body of a form", post("/s", form)),
        ("the body of a login", post("/login", form)),
        ("a file", post("/against", "multipart/form-data; boundary=b")),
        ("JSON", post("/api/v1/incidents", "application/json")),
        ("a body that nobody reads", "GET /s HTTP/1.1\r\nhost: x\r\ncontent-length: 100000\r\n\r\n".to_owned()),
        ("a body for nobody", post("/nowhere", form)),
        (
            "chunks",
            format!("POST /s HTTP/1.1\r\nhost: x\r\ncontent-type: {form}\r\ntransfer-encoding: chunked\r\n\r\n2\r\na=\r\n"),
        ),
    ]
}

/// After how long the server closes the connection of somebody who begins so and then sends a byte a second; none where it holds out.
fn closed_after(site: SocketAddr, beginning: &str, drips: bool) -> Option<Duration> {
    let mut stream = TcpStream::connect(site).expect("it listens");
    stream.set_read_timeout(Some(Duration::from_secs(1))).expect("a timeout");
    stream.write_all(beginning.as_bytes()).expect("it is taken");
    let begun = Instant::now();
    let mut heard = [0; 4096];
    while begun.elapsed() < WITHIN + Duration::from_secs(10) {
        match stream.read(&mut heard) {
            Ok(0) => return Some(begun.elapsed()),
            Ok(_) => continue,
            Err(error) if matches!(error.kind(), ErrorKind::WouldBlock | ErrorKind::TimedOut) => {}
            Err(_) => return Some(begun.elapsed()),
        }
        if drips && stream.write_all(b"a").is_err() {
            return Some(begun.elapsed());
        }
    }
    None
}

#[test]
fn slow_headers_and_slow_bodies_hold_no_connection() {
    let site = Site::open(Kind::Sqlite);
    let address = site.address();
    let waits: Vec<_> = beginnings()
        .into_iter()
        .map(|(what, beginning)| {
            // Who sends nothing sends nothing later either.
            let drips = !beginning.is_empty();
            (what, thread::spawn(move || closed_after(address, &beginning, drips)))
        })
        .collect();
    for (what, waiting) in waits {
        let after = waiting.join().expect("it is tried");
        eprintln!("{what}: closed after {after:?}");
        assert!(after.is_some_and(|after| after <= WITHIN), "{what}: {after:?}");
    }
}
