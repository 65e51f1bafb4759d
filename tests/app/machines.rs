//! More than one machine: several processes on one database, none special; files in a bucket, reads from replicas, and an orderly end.

use std::fs;
use std::io::{BufRead, BufReader, Write};
use std::net::TcpStream;
use std::process::Command;

use diesel::connection::SimpleConnection;
use diesel::pg::PgConnection;
use diesel::prelude::*;
use tempfile::TempDir;

use crate::exports::{story, unzipped};
use crate::harness::{Browser, Bucket, Kind, Running, Site, on_both, open_incident, until};
use crate::sharing::{another, knock, share};

/// Runs a test on PostgreSQL, where there is one: several machines cannot share a file.
fn on_postgres(test: impl Fn(&Site)) {
    if Kind::here().contains(&Kind::Postgres) {
        test(&Site::open(Kind::Postgres));
    }
}

/// The same person at another process.
fn at(process: &Running, who: &Browser) -> Browser {
    Browser::with_cookies(process.address, who.cookies())
}

#[test]
fn whoever_logs_in_on_one_machine_writes_on_another_and_logs_out_on_a_third() {
    on_both(|site| {
        let (second, third) = (site.second(&[]), site.second(&[]));
        let told = open_incident(&site.bob());
        let bob = at(&second, &site.bob());
        told.form(&bob, "entries/new")
            .with_all(&[("kind", "note"), ("occurred", "2006-11-22T10:20"), ("title", "written on the second")])
            .saved();
        assert!(site.alice().open(&told.incident).shows("written on the second"));
        let elsewhere = at(&third, &site.bob());
        let way_out = elsewhere.open("/").forms().into_iter().find(|form| form.action == "/logout").expect("a way out");
        elsewhere.post("/logout", &way_out.fields()).is(303);
        bob.get("/").is(303);
        site.bob().get("/").is(303);
    });
}

#[test]
fn a_form_sent_to_two_machines_is_taken_once() {
    on_both(|site| {
        let second = site.second(&[]);
        let (bob, told) = (site.bob(), open_incident(&site.bob()));
        let elsewhere = at(&second, &bob);
        let form = told
            .form(&bob, "entries/new")
            .with_all(&[("kind", "note"), ("occurred", "2006-11-22T10:20"), ("title", "typed once")])
            .form;
        bob.post(&form.action, &form.fields()).is(303);
        elsewhere.post(&form.action, &form.fields()).is(303);
        assert_eq!(told.view(&bob, "internal")["entries"].as_array().map(Vec::len), Some(1));
    });
}

#[test]
fn ten_wrong_codes_spread_over_three_machines_lock_the_number() {
    on_both(|site| {
        let alice = site.alice();
        let given = share(&open_incident(&alice), &alice);
        let (second, third) = (site.second(&[]), site.second(&[]));
        let doors = [site.address(), second.address, third.address];
        for n in 0..10 {
            let door = Browser::new(doors[n as usize % 3]);
            knock(&door, "/s", &given.number, &another(&given.code, 1 + n)).is(422);
        }
        for door in doors {
            knock(&Browser::new(door), "/s", &given.number, &given.code).is(429);
        }
    });
}

#[test]
fn a_machine_with_another_key_does_not_serve_unless_it_is_told_that_the_key_is_lost() {
    on_postgres(|site| {
        let folder = TempDir::new().expect("a folder");
        let data = folder.path().to_str().expect("a path");
        let serve = |more: &[&str]| {
            let command = ["serve", "--listen", "127.0.0.1:0", "--data", data, "--lang", "en"];
            site.run_as_given(&[&command, more].concat())
        };
        let refused = serve(&[]).ended(1);
        assert!(refused.err.contains("secret.key") && refused.err.contains("--new-key"), "{}", refused.err);
        assert!(!folder.path().join("secret.key").exists(), "it makes none of its own");
        fs::write(folder.path().join("secret.key"), [7; 32]).expect("another key");
        serve(&[]).ended(1);
        drop(Running::start(folder.path(), Some(&site.database_url()), &["--new-key"]));
        drop(Running::start(folder.path(), Some(&site.database_url()), &[]));
    });
}

#[test]
fn files_and_exports_in_a_bucket_are_there_on_every_machine() {
    let Some(bucket) = Bucket::open() else { return };
    on_postgres(|site| {
        site.start_again_with(&["--files", &bucket.url]);
        let second = site.another_machine(&["--files", &bucket.url]);
        let told = story(site);
        assert!(site.kept_files().is_empty(), "nothing lies in the data folder");
        let mei = at(&second.running, &site.mei());
        let archive = mei.get(&format!("{}/archive.zip?audience=internal&lang=en", told.incident)).is(200).body;
        assert_eq!(unzipped(&archive)["files/手紙 1.txt"], b"Dear customer");
        let page = format!("{}/exports", told.incident);
        mei.fill(&page).with_all(&[("form", "archive"), ("audience", "internal"), ("lang", "en")]).saved();
        until("it is made", || !mei.open(&page).shows("Look again"));
        let here = site.mei();
        let link = here.open(&page).link(|link| link.starts_with(&format!("{page}/")));
        for reader in [&here, &mei] {
            assert_eq!(unzipped(&reader.get(&link).is(200).body)["files/手紙 1.txt"], b"Dear customer");
        }
        site.run(&["verify", "--files", &bucket.url]).ended(0);
        site.run(&["verify"]).ended(1);
        assert!(!second.folder.path().join("files").exists(), "nor on the second machine");
    });
}

#[test]
fn told_to_stop_it_says_so_first_goes_on_meanwhile_and_ends_well() {
    on_both(|site| {
        site.start_again_with(&["--drain", "2"]);
        let alice = site.alice();
        let idle = TcpStream::connect(site.address()).expect("it listens");
        assert_eq!(alice.get("/readyz").is(200).body, b"ready\n");
        site.tell_to_stop();
        until("it says so", || alice.get("/readyz").status == 503);
        alice.get("/livez").is(200);
        let answer = alice.get("/").is(200);
        assert_eq!(answer.header("connection"), Some("close"), "whoever comes again comes by a new connection");
        until("it has ended", || site.ended().is_some());
        assert_eq!(site.ended(), Some(0));
        drop(idle);
    });
}

#[test]
fn a_connection_that_only_waits_keeps_nobody_from_stopping() {
    on_both(|site| {
        let mut waiting = TcpStream::connect(site.address()).expect("it listens");
        waiting.write_all(b"GET /livez HTTP/1.1\r\nhost: tellonce\r\n\r\n").expect("it reads");
        let mut first = String::new();
        BufReader::new(&waiting).read_line(&mut first).expect("it answers");
        assert!(first.starts_with("HTTP/1.1 200"), "{first}");
        site.tell_to_stop();
        until("it has ended", || site.ended().is_some());
        assert_eq!(site.ended(), Some(0));
    });
}

#[derive(QueryableByName)]
struct Position {
    #[diesel(sql_type = diesel::sql_types::Text)]
    at: String,
}

/// A PostgreSQL of its own with another that follows it.
struct Pair {
    folder: TempDir,
}

impl Pair {
    fn open() -> Self {
        let folder = tempfile::Builder::new().prefix("tellonce-pair").tempdir_in("/tmp").expect("a folder");
        #[cfg(unix)]
        fs::set_permissions(folder.path(), std::os::unix::fs::PermissionsExt::from_mode(0o755)).expect("it is ours");
        let pair = Self { folder };
        pair.tell(&["start", &pair.path("one")]);
        pair.tell(&["follow", &pair.path("two"), &pair.path("one")]);
        pair
    }

    fn path(&self, name: &str) -> String {
        self.folder.path().join(name).display().to_string()
    }

    fn url(&self, name: &str) -> String {
        format!("postgres:///postgres?user=postgres&host={}", self.path(name))
    }

    fn tell(&self, arguments: &[&str]) {
        let script = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/support/postgres");
        let output = Command::new(script).args(arguments).output().expect("tests/support/postgres starts");
        assert!(output.status.success(), "{arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
    }

    /// Whether the second has taken over all that the first has written.
    fn knows_as_much(&self) -> bool {
        let asked = |name: &str, what: &str| {
            let mut conn = PgConnection::establish(&self.url(name)).expect("it answers");
            let position: Position =
                diesel::sql_query(format!("SELECT {what}()::text AS at")).get_result(&mut conn).expect("it says so");
            position.at
        };
        asked("one", "pg_current_wal_flush_lsn") == asked("two", "pg_last_wal_replay_lsn")
    }

    /// Lets the second take over nothing more, or go on.
    fn replay(&self, does: &str) {
        let mut conn = PgConnection::establish(&self.url("two")).expect("it answers");
        conn.batch_execute(&format!("SELECT pg_wal_replay_{does}()")).expect("it does so");
    }
}

impl Drop for Pair {
    fn drop(&mut self) {
        // Each ends at once and takes its folder along; whether it was up is not known.
        for name in ["two", "one"] {
            let script = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/support/postgres");
            drop(Command::new(script).args(["stop", &self.path(name)]).output());
        }
    }
}

#[test]
fn a_replica_answers_reads_but_never_from_before_what_was_acknowledged() {
    if !Kind::here().contains(&Kind::Postgres) {
        return;
    }
    let pair = Pair::open();
    let data = tempfile::tempdir_in(env!("CARGO_TARGET_TMPDIR")).expect("a folder");
    let serve = |more: &[&str]| Running::start(data.path(), Some(&pair.url("one")), more);
    let clock = format!("fixed:{}", crate::harness::NOW);
    let writer = serve(&["--clock", &clock]);
    let alice = crate::harness::seed::set_up(&writer);
    let reader = serve(&["--database-replica", &pair.url("two")]);
    let told = open_incident(&alice);
    let hers = at(&reader, &alice);
    let note = |title: &str| {
        told.form(&alice, "entries/new").with_all(&[("kind", "note"), ("occurred", "2006-11-22T10:20"), ("title", title)]).saved()
    };
    for n in 0..20 {
        let title = format!("note {n}.");
        note(&title);
        assert!(hers.open(&told.incident).shows(&title), "what was acknowledged is there at once: {title}");
    }
    pair.replay("pause");
    note("while the replica stands still");
    assert!(hers.open(&told.incident).shows("while the replica stands still"), "the server itself answers for it");
    pair.replay("resume");
    until("the replica has caught up", || pair.knows_as_much());
    pair.tell(&["fell", &pair.path("one")]);
    let page = hers.open(&told.incident);
    assert!(page.shows("while the replica stands still"), "reading goes on without the server");
    hers.fill(&format!("{}/entries/new", told.incident))
        .with_all(&[("kind", "note"), ("occurred", "2006-11-22T10:20"), ("title", "kept")])
        .send()
        .is(503);
}
