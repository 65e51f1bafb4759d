//! A program that webhooks are sent to: keeps what came, and answers as it is told.

use std::collections::VecDeque;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::{Arc, Mutex};
use std::thread;

/// What came.
#[derive(Clone, Debug)]
pub struct Came {
    pub path: String,
    pub headers: Vec<(String, String)>,
    pub body: String,
}

impl Came {
    /// The value of a header; empty where it is missing.
    pub fn header(&self, name: &str) -> &str {
        self.headers.iter().find(|(header, _)| header == name).map_or("", |(_, value)| value)
    }

    /// The body as JSON.
    pub fn json(&self) -> serde_json::Value {
        serde_json::from_str(&self.body).expect("JSON")
    }
}

/// The program. Its answers are given in order; after the last one it takes everything.
pub struct Receiver {
    pub address: SocketAddr,
    came: Arc<Mutex<Vec<Came>>>,
    answers: Arc<Mutex<VecDeque<String>>>,
}

impl Receiver {
    /// One at that address of this machine.
    pub fn at(host: &str) -> Self {
        let listener = TcpListener::bind((host, 0)).expect("a port");
        let receiver =
            Self { address: listener.local_addr().expect("an address"), came: Arc::default(), answers: Arc::default() };
        let (came, answers) = (receiver.came.clone(), receiver.answers.clone());
        thread::spawn(move || {
            for stream in listener.incoming().map_while(Result::ok) {
                // One that is spoken to in another tongue is of no interest.
                if let Some(one) = hear(&stream) {
                    came.lock().expect("the list").push(one);
                    let answer = answers.lock().expect("the answers").pop_front();
                    say(stream, &answer.unwrap_or_else(|| "204 No Content".to_owned()));
                }
            }
        });
        receiver
    }

    /// Answers so next: `500 Internal Server Error`, or with a header behind a line's end.
    pub fn will(&self, answer: impl Into<String>) {
        self.answers.lock().expect("the answers").push_back(answer.into());
    }

    /// Its address with that path.
    pub fn url(&self, path: &str) -> String {
        format!("http://{}{path}", self.address)
    }

    /// What has come so far.
    pub fn came(&self) -> Vec<Came> {
        self.came.lock().expect("the list").clone()
    }
}

fn hear(stream: &TcpStream) -> Option<Came> {
    let mut reader = BufReader::new(stream);
    let mut first = String::new();
    reader.read_line(&mut first).ok()?;
    let path = first.split(' ').nth(1)?.to_owned();
    let mut headers = Vec::new();
    loop {
        let mut line = String::new();
        reader.read_line(&mut line).ok()?;
        match line.trim_end().split_once(": ") {
            Some((name, value)) => headers.push((name.to_lowercase(), value.to_owned())),
            None => break,
        }
    }
    let length = headers.iter().find(|(name, _)| name == "content-length")?.1.parse().ok()?;
    let mut body = vec![0; length];
    reader.read_exact(&mut body).ok()?;
    Some(Came { path, headers, body: String::from_utf8(body).ok()? })
}

fn say(mut stream: TcpStream, answer: &str) {
    let answer = format!("HTTP/1.1 {answer}\r\ncontent-length: 0\r\nconnection: close\r\n\r\n");
    stream.write_all(answer.as_bytes()).expect("it is heard");
}
