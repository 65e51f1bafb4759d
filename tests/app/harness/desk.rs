//! A desk at work, and one that listens.

use std::io::{Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::time::Duration;

use serde_json::{Value, json};
use tellonce::domain::id::Uid;

use super::client::{Answer, Browser};
use super::story::Told;

/// A desk: Bob's, unless another is named, with the token of its page.
pub struct Desk<'a> {
    pub browser: &'a Browser,
    pub url: String,
    pub csrf: String,
}

/// The uid of that number.
pub fn uid(n: u64) -> String {
    Uid::from_parts(n, [0; 10]).to_string()
}

impl<'a> Desk<'a> {
    pub fn of(browser: &'a Browser, told: &Told) -> Self {
        let url = format!("{}/desk", told.incident);
        let page = browser.open(&url).html;
        let csrf = page.split("data-csrf=\"").nth(1).and_then(|rest| rest.split('"').next()).expect("its token");
        Self { browser, csrf: csrf.to_owned(), url }
    }

    pub fn send(&self, call: u64, taps: &[Value]) -> Answer {
        let fields = [("csrf", self.csrf.clone()), ("call", uid(call)), ("taps", json!(taps).to_string())];
        let fields = fields.map(|(name, value)| (name.to_owned(), value));
        self.browser.post(&format!("{}/taps", self.url), &fields)
    }

    pub fn calls(&self) -> Vec<Value> {
        let calls = self.browser.get(&format!("{}/calls", self.url)).is(200).json();
        calls["calls"].as_array().expect("a list").clone()
    }

    pub fn review(&self, call: u64) -> String {
        format!("{}/calls/{}", self.url, uid(call))
    }
}

/// A desk that listens.
pub struct Listening {
    stream: TcpStream,
    heard: String,
}

impl Listening {
    pub fn to(desk: &Desk<'_>, who: &Browser, process: SocketAddr) -> Self {
        let cookies: Vec<String> = who.cookies().iter().map(|(name, value)| format!("{name}={value}")).collect();
        let mut stream = TcpStream::connect(process).expect("it listens");
        // Sooner than it would look without being told.
        stream.set_read_timeout(Some(Duration::from_secs(10))).expect("a deadline");
        let asked = format!(
            "GET {}/events HTTP/1.1\r\nhost: tellonce\r\ncookie: {}\r\naccept-encoding: gzip\r\n\r\n",
            desk.url,
            cookies.join("; ")
        );
        stream.write_all(asked.as_bytes()).expect("it reads");
        Self { stream, heard: String::new() }
    }

    pub fn until(&mut self, words: &str) {
        let mut part = [0; 4096];
        while !self.heard.contains(words) {
            let read = self.stream.read(&mut part).expect("it goes on");
            assert!(read > 0, "it ended with {}", self.heard);
            self.heard += &String::from_utf8_lossy(&part[..read]);
        }
    }
}
