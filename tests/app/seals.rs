//! The day's seal reaches those who keep it elsewhere; who does not answer holds nothing up.

use std::fs;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::thread;

use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use serde_json::Value;

use crate::harness::{Browser, PASSWORD, Receiver, Site, free_address, on_both, open_incident, until};

const MADE: &str = "Seals";

/// A time-stamping authority of the tests: `openssl ts` behind a port.
struct Authority {
    folder: tempfile::TempDir,
    address: SocketAddr,
}

const SETTINGS: &str = "[tsa]\ndefault_tsa = one\n[one]\nserial = serial\nsigner_cert = tsa.pem\nsigner_key = tsa.key\ncerts = tsa.pem\n\
     signer_digest = sha256\ndefault_policy = 1.2.3.4.1\ndigests = sha256\nordering = no\ntsa_name = yes\ness_cert_id_chain = no\n";

impl Authority {
    /// One that answers; none where there is no openssl.
    fn open() -> Option<Self> {
        Command::new("openssl").arg("version").output().ok()?;
        let folder = tempfile::tempdir_in(env!("CARGO_TARGET_TMPDIR")).expect("a folder");
        let path = folder.path().to_owned();
        fs::write(path.join("tsa.cnf"), SETTINGS).expect("its settings");
        fs::write(path.join("serial"), "01\n").expect("its serial");
        let made = openssl(
            &path,
            &[
                "req",
                "-x509",
                "-newkey",
                "rsa:2048",
                "-nodes",
                "-keyout",
                "tsa.key",
                "-out",
                "tsa.pem",
                "-days",
                "30",
                "-subj",
                "/CN=Authority",
                "-addext",
                "extendedKeyUsage=critical,timeStamping",
            ],
        );
        assert!(made.status.success(), "{}", String::from_utf8_lossy(&made.stderr));
        let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
        let address = listener.local_addr().expect("an address");
        thread::spawn(move || {
            for stream in listener.incoming().map_while(Result::ok) {
                stamp(&path, stream);
            }
        });
        Some(Self { folder, address })
    }

    fn url(&self) -> String {
        format!("http://{}/", self.address)
    }

    /// Whether a stamp over that digest is this authority's, by its own tool.
    fn made(&self, digest: &str, answer: &[u8]) -> bool {
        fs::write(self.folder.path().join("kept.tsr"), answer).expect("it is written");
        openssl(self.folder.path(), &["ts", "-verify", "-digest", digest, "-in", "kept.tsr", "-CAfile", "tsa.pem"])
            .status
            .success()
    }
}

fn openssl(folder: &Path, arguments: &[&str]) -> Output {
    Command::new("openssl").args(arguments).current_dir(folder).output().expect("openssl runs")
}

fn stamp(folder: &Path, mut stream: TcpStream) {
    let mut reader = BufReader::new(stream.try_clone().expect("a stream"));
    let (mut length, mut line) = (0, String::new());
    while reader.read_line(&mut line).is_ok_and(|read| read > 2) {
        if let Some(value) = line.to_lowercase().strip_prefix("content-length: ") {
            length = value.trim().parse().expect("a length");
        }
        line.clear();
    }
    let mut query = vec![0; length];
    reader.read_exact(&mut query).expect("a query");
    fs::write(folder.join("asked.tsq"), query).expect("it is written");
    let done = openssl(folder, &["ts", "-reply", "-config", "tsa.cnf", "-queryfile", "asked.tsq", "-out", "answer.tsr"]);
    assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
    let answer = fs::read(folder.join("answer.tsr")).expect("an answer");
    let head = format!(
        "HTTP/1.1 200 OK\r\ncontent-type: application/timestamp-reply\r\ncontent-length: {}\r\nconnection: close\r\n\r\n",
        answer.len()
    );
    stream.write_all(&[head.as_bytes(), &answer].concat()).expect("it is heard");
}

fn alice(site: &Site) -> Browser {
    let browser = Browser::new(site.address());
    browser.fill("/login").with("login", "alice").with("password", PASSWORD).saved();
    browser
}

/// The file of the newest seal, as Alice takes it from the page.
fn kept(site: &Site, alice: &Browser) -> (PathBuf, Value) {
    let href = alice.open("/house/seals").link(|link| link.starts_with("/house/seals/"));
    let answer = alice.get(&href).is(200);
    let path = site.data().join("kept-seal.json");
    fs::write(&path, &answer.body).expect("it is kept");
    (path, answer.json())
}

#[test]
fn the_days_seal_is_mailed_posted_and_stamped_and_holds_against_the_record() {
    let Some(authority) = Authority::open() else {
        eprintln!("left out: there is no openssl");
        return;
    };
    on_both(|site| {
        site.may_leave_mail.set(true);
        open_incident(&site.bob());
        let receiver = Receiver::at("127.0.0.1");
        site.kill();
        let post = receiver.url("/seals");
        // A mail server that does not answer: the mail waits.
        let smtp = format!("smtp://{}", free_address());
        let mails = ["--seal-mail", "notary@minato.example", "--smtp", &smtp];
        site.start_again_with(&[&mails[..], &["--seal-post", &post, "--seal-stamp", &authority.url()]].concat());
        let alice = alice(site);
        until("it is stamped", || alice.open("/house/seals").shows("stamped by the authority"));
        let page = alice.open("/house/seals");
        assert!(page.shows(MADE) && page.shows("posted") && page.shows("the mail waits to be sent"), "{}", page.text());
        assert_eq!(site.mail_waiting(), 1);
        site.mei().get("/house/seals").is(403);

        let (file, seal) = kept(site, &alice);
        let digest = seal["digest"].as_str().expect("a digest");
        assert_eq!(receiver.came().len(), 1);
        assert_eq!(receiver.came()[0].json()["digest"], digest);
        let answer = BASE64_STANDARD.decode(seal["time_stamp"]["answer"].as_str().expect("a stamp")).expect("base64");
        assert!(authority.made(digest, &answer), "openssl does not take it for the authority's");
        assert!(!authority.made(&digest.replace(&digest[..2], "00"), &answer) || digest.starts_with("00"));

        // It holds, also after more was written; a stamp over another seal does not.
        open_incident(&site.bob());
        let file_path = file.to_str().expect("a path");
        let said = site.run(&["verify", "--against", file_path, "--lang", "en"]).ended(0).text();
        assert!(said.contains("An authority stamped this seal"), "{said}");
        let mut other = seal.clone();
        other["time_stamp"]["answer"] = Value::String(BASE64_STANDARD.encode(&answer[..answer.len() - 9]));
        fs::write(&file, other.to_string()).expect("it is written");
        let said = site.run(&["verify", "--against", file_path, "--lang", "en"]).ended(1).err;
        assert!(said.contains("not over this seal"), "{said}");
    });
}

#[test]
fn an_authority_that_is_gone_holds_nothing_up_and_is_asked_again() {
    on_both(|site| {
        let told = open_incident(&site.bob());
        let gone = TcpListener::bind("127.0.0.1:0").expect("a port").local_addr().expect("an address");
        site.kill();
        let url = format!("http://{gone}/");
        site.start_again_with(&["--seal-stamp", &url]);
        let alice = alice(site);
        until("it is said", || alice.open("/house/seals").shows("The authority did not answer"));
        assert!(alice.open("/house/seals").shows("tried again"));
        told.form(&alice, "entries/new")
            .with_all(&[("kind", "note"), ("occurred", "2006-11-22T10:20"), ("title", "meanwhile")])
            .saved();
        // One a day, whoever starts again.
        site.kill();
        site.start_again_with(&["--seal-stamp", &url]);
        let once = site.run(&["verify", "--lang", "en"]).ended(0).text();
        assert!(once.contains("as it was written"), "{once}");
        let page = self::alice(site).open("/house/seals");
        assert_eq!(page.links().iter().filter(|link| link.starts_with("/house/seals/")).count(), 1);
    });
}
