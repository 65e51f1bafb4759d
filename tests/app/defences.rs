//! What is stopped, each test by the name of the attack. Those that fill files of their own stand there: CSRF and session fixation in
//! `login`, clickjacking in `headers`, IDOR in `doors`, stored scripts and CSV formulas in `hostile`, slow connections in `slow`, header
//! injection in mail in `reply_mail`, requests to private networks in `webhooks`, enumeration by timing in `tests/bench/login`.

use std::io::{BufRead, BufReader, Cursor, Write};
use std::process::{Command, Stdio};

use tellonce::domain::api_token::Scope::Read;
use zip::ZipArchive;
use zip::write::{SimpleFileOptions, ZipWriter};

use crate::api::Machine;
use crate::harness::{Browser, Kind, PASSWORD, Request, Site, Told, on_both, open_incident, through, url_encoded};
use crate::login::log_in;
use crate::sharing::{knock, share};

/// The most bytes of a form, as the README has it.
const LIMIT: usize = 4 * 1024 * 1024;

fn form(path: &str, body: Vec<u8>) -> Request<'_> {
    let request = Request::new("POST", path).header("sec-fetch-site", "same-origin");
    Request { body, ..request.header("content-type", "application/x-www-form-urlencoded") }
}

#[test]
fn open_redirect_a_login_leads_nowhere_but_to_a_page_of_ours() {
    on_both(|site| {
        for elsewhere in ["https://evil.example/", "//evil.example/", "/\\evil.example/", "javascript:alert(1)"] {
            let browser = site.charlie();
            let mut filling = browser.fill("/login").with("login", "bob").with("password", PASSWORD);
            filling.form.set("next", elsewhere);
            assert_eq!(filling.send().is(303).location(), "/", "{elsewhere}");
        }
    });
}

#[test]
fn compressed_request_bodies_are_not_inflated() {
    let site = Site::open(Kind::Sqlite);
    let browser = site.charlie();
    let page = browser.fill("/login").with("login", "bob").with("password", PASSWORD).form;
    let body = url_encoded(&page.fields());
    let packed = through("gzip", &["-c"], body.as_bytes());
    let answer = browser.send(form("/login", packed).header("content-encoding", "gzip"));
    assert!([400, 409, 415].contains(&answer.status), "{}", answer.status);
    assert_eq!(browser.get("/account").status, 303, "nobody is logged in by it");
}

#[test]
fn oversize_a_form_of_the_limit_is_read_and_one_byte_more_is_not() {
    let site = Site::open(Kind::Sqlite);
    let of = |length: usize| [b"name=".to_vec(), vec![b'a'; length - 5]].concat();
    // Read, and not taken: it has not even its token.
    site.charlie().send(form("/s", of(LIMIT))).is(409);
    let over = site.charlie().send(form("/s", of(LIMIT + 1))).is(413);
    assert!(over.page().html.contains("<h1>"), "it is said as a page");
    // A megabyte of Japanese is thrice that on its way.
    let japanese = "%E5%8A%A0".repeat(1024 * 1024 / 3);
    site.charlie().send(form("/s", format!("name={japanese}").into_bytes())).is(409);
}

#[test]
fn path_tricks_reach_no_file() {
    let site = Site::open(Kind::Sqlite);
    let bob = site.bob();
    for path in [
        "/static/0/../../../../etc/passwd",
        "/static/0/%2e%2e/%2e%2e/%2e%2e/etc/passwd",
        "/static/0/..%2f..%2f..%2fetc/passwd",
        "/static/0//etc/passwd",
        "/static/0/..\\..\\etc\\passwd",
        "/static/0/css/tellonce.css%00.png",
        "/files/..%2f..%2ftellonce.db",
        "/incidents/..%2f..%2fsecret.key",
        "/calendar/..%2f..%2fsecret.key.ics",
        "/../secret.key",
    ] {
        let answer = bob.get(path);
        assert!([400, 404].contains(&answer.status), "{path}: {}", answer.status);
        let body = String::from_utf8_lossy(&answer.body);
        assert!(!body.contains("root:") && !body.contains("SQLite format"), "{path}");
    }
}

#[test]
fn host_header_leads_nobody_to_another_host() {
    let site = Site::open(Kind::Sqlite);
    site.kill();
    site.start_again_with(&["--base-url", "http://tellonce.minato.example"]);
    let alice = site.charlie();
    log_in(&alice, "alice", PASSWORD).is(303);
    let given = share(&open_incident(&alice), &alice);
    for path in ["/", "/login", "/s", "/nowhere", "/account", &given.page, &format!("{}/mail", given.page), &given.link] {
        for name in ["host", "x-forwarded-host", "forwarded"] {
            for who in [&alice, &site.charlie()] {
                let value = if name == "forwarded" { "host=evil.example" } else { "evil.example" };
                let answer = who.send(Request::new("GET", path).header(name, value));
                assert!(!answer.headers.iter().any(|(_, value)| value.contains("evil")), "{path}: {:?}", answer.headers);
                assert!(!String::from_utf8_lossy(&answer.body).contains("evil.example"), "{path} by {name}");
            }
        }
    }
    assert!(alice.open(&given.page).html.contains("http://tellonce.minato.example/s/"));
}

#[test]
fn log_injection_and_secrets_in_logs_even_where_everything_is_logged() {
    let site = Site::open(Kind::Sqlite);
    let told = open_incident(&site.alice());
    let given = share(&told, &site.alice());
    let machine = Machine::of(&site, &site.bob(), &[Read]);
    let cookies = site.bob().cookies();
    site.kill();
    let log = site.data().join("log");
    let mut command = Command::new(env!("CARGO_BIN_EXE_tellonce"));
    command.args(["serve", "--listen", "127.0.0.1:0", "--clock", "fixed:2006-11-24T09:00:00+09:00", "--data"]).arg(site.data());
    command.env("RUST_LOG", "trace").stdout(Stdio::piped()).stderr(std::fs::File::create(&log).expect("a log"));
    let mut child = command.spawn().expect("the server starts");
    let mut first = String::new();
    BufReader::new(child.stdout.take().expect("its output")).read_line(&mut first).expect("a line");
    let address = first.trim().trim_start_matches("listening on http://").parse().expect("an address");
    let bob = Browser::with_cookies(address, cookies.clone());
    assert_eq!(bob.get(&told.incident).status, 200);
    let charlie = Browser::new(address);
    let forged = "bob\n2006-11-24T00:00:00Z ERROR tellonce: forged\r\n\u{1b}[31mforged";
    log_in(&charlie, forged, PASSWORD).is(422);
    log_in(&charlie, "bob", "a wrong one 加").is(422);
    knock(&charlie, &given.link, "", &given.code).is(303);
    charlie.get("/nowhere%0aERROR%20forged");
    let token = machine.request("GET", "/api/v1/token");
    assert_eq!(charlie.send(token).status, 200);
    child.kill().and_then(|()| child.wait().map(drop)).expect("it ends");
    let log = std::fs::read_to_string(log).expect("a log");
    assert!(log.contains("TRACE"), "everything is logged: {log}");
    let link = given.link.rsplit('/').next().unwrap_or_default();
    let secrets = [PASSWORD, "a wrong one", link, &given.code, &given.code.replace('-', ""), machine.token.as_str()];
    for secret in secrets.into_iter().chain(cookies.values().map(String::as_str)) {
        let line = log.lines().find(|line| line.contains(secret));
        assert_eq!(line, None, "{secret} stands in the log");
    }
    assert!(
        !log.lines().any(|line| line.starts_with("2006-11-24T00:00:00Z ERROR") || line.contains("\u{1b}[31mforged")),
        "{log}"
    );
}

/// Where a file is put to an entry.
fn place_for_a_file(who: &Browser, told: &Told) -> String {
    let note = [("kind", "note"), ("occurred", "2006-11-22T15:00"), ("title", "a letter")];
    told.form(who, "entries/new").with_all(&note).saved();
    who.open(&told.incident).link(|link| link.ends_with("/files/new"))
}

#[test]
fn header_injection_by_the_name_of_a_file_changes_no_answer() {
    on_both(|site| {
        let bob = site.bob();
        let told = open_incident(&bob);
        let upload = place_for_a_file(&bob, &told);
        bob.fill(&upload).upload("a%0D%0ASet-Cookie: eve=1\"; filename=\"evil.html", b"text").is(303);
        let file = bob.open(&told.incident).link(|link| link.starts_with("/files/"));
        let answer = bob.get(&file).is(200);
        assert!(answer.all("set-cookie").iter().all(|cookie| !cookie.starts_with("eve")), "{:?}", answer.headers);
        let named = answer.header("content-disposition").unwrap_or_default();
        assert!(named.starts_with("attachment"), "{named}");
    });
}

#[test]
fn javascript_links_are_no_links() {
    on_both(|site| {
        let bob = site.bob();
        let told = open_incident(&bob);
        for place in ["javascript:alert(1)", "data:text/html,<script>alert(1)</script>", "JaVaScRiPt:alert(1)"] {
            let seen = [("kind", "observation"), ("occurred", "2006-11-22T15:00"), ("title", "seen"), ("place", place)];
            told.form(&bob, "entries/new").with_all(&seen).saved();
        }
        let page = bob.open(&told.incident);
        assert!(page.shows("javascript:alert(1)"));
        for link in page.links() {
            let link = link.to_lowercase();
            assert!(!link.starts_with("javascript:") && !link.starts_with("data:"), "{link}");
        }
    });
}

#[test]
fn mass_assignment_gives_nobody_another_role() {
    on_both(|site| {
        let mei = site.mei();
        let filling = mei.fill_on("/account", "/account");
        let more = [("role", "admin"), ("login", "root"), ("disabled_at", ""), ("id", "1")];
        let mut fields = filling.form.fields();
        fields.extend(more.map(|(name, value)| (name.to_owned(), value.to_owned())));
        let body = url_encoded(&fields).into_bytes();
        mei.send(form("/account", body)).is(303);
        mei.get("/people").is(403);
        let people = site.alice().open("/people").text();
        assert!(people.contains("Reader") && !people.contains("root"), "{people}");
    });
}

#[test]
fn zip_slip_no_name_in_an_archive_leaves_its_folder() {
    on_both(|site| {
        let bob = site.bob();
        let told = open_incident(&bob);
        let upload = place_for_a_file(&bob, &told);
        for name in ["../../../etc/passwd", "..\\..\\boot.ini", "/etc/shadow", "C:\\x.txt"] {
            bob.fill(&upload).upload(name, b"text").is(303);
        }
        let answer = bob.get(&format!("{}/archive.zip", told.incident)).is(200);
        let archive = ZipArchive::new(Cursor::new(answer.body)).expect("a zip");
        for name in archive.file_names().map(|name| name.expect("a name")) {
            let leaves = name.starts_with('/') || name.contains('\\') || name.contains(':');
            assert!(!leaves && !name.split('/').any(|part| part == ".."), "{name}");
        }
    });
}

#[test]
fn zip_bomb_a_small_file_does_not_fill_the_memory() {
    let site = Site::open(Kind::Sqlite);
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    zip.start_file("view.json", SimpleFileOptions::default()).expect("a file");
    let blanks = vec![b' '; 1024 * 1024];
    for _ in 0..400 {
        zip.write_all(&blanks).expect("it is packed");
    }
    let bomb = zip.finish().expect("a zip").into_inner();
    assert!(bomb.len() < 1024 * 1024, "{} bytes", bomb.len());
    site.mei().fill("/against").upload("bomb.zip", &bomb).is(422);
    let more = site.resident_kib() / 1024;
    assert!(more < 300, "{more} MB are held, of 400 that the file would be");
}
