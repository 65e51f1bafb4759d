//! The record into a file, out of it, and from one database into the other.

use std::fs::{self, File};
use std::io::{Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Duration;

use diesel::prelude::*;
use tellonce::domain::moment::Stamp;
use tellonce::domain::permit::Actor;
use tellonce::store::{backups, house};
use tempfile::TempDir;

use crate::exports::story;
use crate::harness::{Browser, Kind, PASSWORD, Place, Ran, Running, Site, on_both, open_incident, run_alone, until};
use crate::sharing::share;

fn text(path: &Path) -> &str {
    path.to_str().expect("a path")
}

fn backed_up(site: &Site, more: &[&str]) -> (TempDir, PathBuf) {
    let folder = tempfile::tempdir_in(env!("CARGO_TARGET_TMPDIR")).expect("a folder");
    let file = folder.path().join("tellonce.zip");
    site.run(&[&["backup", text(&file)], more].concat()).ended(0);
    (folder, file)
}

/// Everything about the incident, as the command tells it.
fn told_by(number: &str, run: impl Fn(&[&str]) -> Ran) -> String {
    run(&["export", number, "--format", "json", "--audience", "internal"]).ended(0).text()
}

/// Logs in anew.
fn log_in(at: std::net::SocketAddr, login: &str) -> Browser {
    let browser = Browser::new(at);
    browser.fill("/login").with("login", login).with("password", PASSWORD).saved();
    browser
}

fn alice_at(running: &Running) -> Browser {
    log_in(running.address, "alice")
}

#[test]
fn what_is_restored_is_the_same_record_in_either_database() {
    on_both(|site| {
        let told = story(site);
        let alice = site.alice();
        let given = share(&told, &alice);
        site.verdicts_found();
        let (_folder, file) = backed_up(site, &[]);
        for kind in Kind::here() {
            let place = Place::empty(kind);
            let said = place.run(&["restore", text(&file), "--lang", "en"]).ended(0).text();
            assert!(said.contains("1 file") || said.contains("one file"), "{said}");
            assert!(!said.contains("held back") && !said.contains("secret.key"), "{said}");
            place.run(&["verify"]).ended(0);
            assert_eq!(
                told_by(told.number(), |arguments| place.run(arguments)),
                told_by(told.number(), |arguments| site.run(arguments))
            );
            // The key came along: the code of a share is shown again. Numbers and keys go on where they were.
            let running = Running::start(&place.data(), Some(&place.url()), &[]);
            let alice = alice_at(&running);
            assert!(alice.open(&given.page).shows(&given.code), "the code is shown again");
            assert_ne!(open_incident(&alice).number(), told.number());
            running.kill();
            place.run(&["verify"]).ended(0);
        }
    });
}

#[test]
fn a_backup_without_the_key_says_so_and_takes_it_when_it_is_restored() {
    on_both(|site| {
        let told = story(site);
        let given = share(&told, &site.alice());
        let (_folder, file) = backed_up(site, &["--without-key"]);
        let bytes = fs::read(&file).expect("the backup");
        let key = fs::read(site.data().join("secret.key")).expect("the key");
        assert!(!bytes.windows(key.len()).any(|window| window == key), "the key is in it");

        let place = Place::empty(Kind::Sqlite);
        let said = place.run(&["restore", text(&file), "--lang", "en"]).ended(0).text();
        assert!(said.contains("secret.key"), "{said}");
        let running = Running::start(&place.data(), Some(&place.url()), &[]);
        assert!(!alice_at(&running).open(&given.page).shows(&given.code), "without the key nobody can read the code");
        running.kill();

        let place = Place::empty(Kind::Sqlite);
        let key = site.data().join("secret.key");
        let said = place.run(&["restore", text(&file), "--key", text(&key), "--lang", "en"]).ended(0).text();
        assert!(!said.contains("secret.key"), "{said}");
        let running = Running::start(&place.data(), Some(&place.url()), &[]);
        assert!(alice_at(&running).open(&given.page).shows(&given.code));
    });
}

#[test]
fn a_backup_makes_no_folder_and_a_restore_that_is_refused_leaves_none_behind() {
    on_both(|site| {
        story(site);
        let (folder, file) = backed_up(site, &[]);
        let nowhere = folder.path().join("not mounted");
        let said = site.run(&["backup", text(&nowhere.join("today.zip")), "--lang", "en"]).ended(2).err;
        assert!(said.contains("is not there") && !nowhere.exists(), "{said}");
        let serve = ["serve", "--backup-dir", text(&nowhere), "--listen", "127.0.0.1:0", "--lang", "en"];
        let said = site.run(&serve).ended(2).err;
        assert!(said.contains("is not there") && !nowhere.exists(), "{said}");

        let place = Place::empty(site.kind);
        let other = folder.path().join("other.key");
        fs::write(&other, "no key").expect("a file");
        place.run(&["restore", text(&file), "--key", text(&other)]).ended(2);
        assert_eq!(fs::read_dir(place.data()).expect("the folder").count(), 0, "nothing is left of it");
        let said = place.run(&["restore", text(&folder.path().join("none.zip")), "--lang", "en"]).ended(2).err;
        assert!(said.contains("none.zip cannot be read"), "{said}");
    });
}

#[test]
fn what_is_there_is_never_overwritten() {
    on_both(|site| {
        let told = story(site);
        let before = told_by(told.number(), |arguments| site.run(arguments));
        let (_folder, file) = backed_up(site, &[]);
        let backed_up = fs::read(&file).expect("the backup");
        let said = site.run(&["backup", text(&file), "--lang", "en"]).ended(2).err;
        assert!(said.contains("is there already"), "{said}");
        assert_eq!(fs::read(&file).expect("the backup"), backed_up);
        let said = site.run(&["restore", text(&file), "--lang", "en"]).ended(2).err;
        assert!(said.contains("is not empty"), "{said}");
        // Into the database in use, with a folder of its own.
        let place = Place::empty(Kind::Sqlite);
        let said =
            run_alone(&place.data(), &["restore", text(&file), "--database", &site.database_url(), "--lang", "en"]).ended(2).err;
        assert!(said.contains("a record in that database already"), "{said}");
        assert_eq!(told_by(told.number(), |arguments| site.run(arguments)), before);
    });
}

#[test]
fn a_damaged_backup_is_not_put_to_use() {
    on_both(|site| {
        story(site);
        let (folder, file) = backed_up(site, &[]);
        let whole = fs::read(&file).expect("the backup");
        let damaged = folder.path().join("damaged.zip");
        let half = &whole[..whole.len() / 2];
        for bytes in [b"no backup at all".as_slice(), half, b""] {
            fs::write(&damaged, bytes).expect("it is written");
            let place = Place::empty(site.kind);
            let said = place.run(&["restore", text(&damaged), "--lang", "en"]).ended(2).err;
            assert!(said.contains("is no backup, or is damaged"), "{said}");
        }
        // A bit turned somewhere in the rows of the ledger.
        let name = b"tables/ledger.jsonl";
        let at = whole.windows(name.len()).position(|window| window == name).expect("the ledger is in it") + name.len() + 200;
        fs::write(&damaged, &whole).expect("it is written");
        let mut turned = File::options().write(true).open(&damaged).expect("it opens");
        turned.seek(SeekFrom::Start(at as u64)).expect("it is long enough");
        turned.write_all(&[whole[at] ^ 1]).expect("it is written");
        let place = Place::empty(site.kind);
        let status = place.run(&["restore", text(&damaged)]).status;
        assert!([1, 2].contains(&status), "{status}");
        // Nobody works with what has arrived until then.
        let begun = place.data().join("unfinished-restore").exists();
        let (status, says) = match site.kind {
            _ if begun => (1, "is not whole"),
            Kind::Sqlite => (2, "no record of Tellonce"),
            Kind::Postgres => (1, "being filled"),
        };
        let said = place.run(&["incidents", "--lang", "en"]).ended(status).err;
        assert!(said.contains(says), "{said}");
    });
}

#[test]
fn a_restore_that_was_killed_goes_on_when_it_is_run_again() {
    on_both(|site| {
        let told = story(site);
        let (_folder, file) = backed_up(site, &[]);
        let place = Place::empty(site.kind);
        let mut broken_off = 0;
        for pause in (0..40).map(|step| Duration::from_millis(step * 8)) {
            let mut command = Command::new(env!("CARGO_BIN_EXE_tellonce"));
            command.args(["restore", text(&file), "--data", text(&place.data()), "--database", &place.url()]);
            let mut child = command.stdout(Stdio::null()).stderr(Stdio::null()).spawn().expect("it starts");
            std::thread::sleep(pause);
            child.kill().expect("it is killed");
            if child.wait().expect("it ends").success() {
                break;
            }
            broken_off += 1;
            let unfinished = place.data().join("unfinished-restore").exists();
            assert!(!unfinished || place.run(&["incidents"]).status == 1, "half a record is put to use");
        }
        assert!(broken_off > 3, "it was killed only {broken_off} times");
        if place.data().join("unfinished-restore").exists() {
            place.run(&["restore", text(&file)]).ended(0);
        }
        place.run(&["verify"]).ended(0);
        assert_eq!(
            told_by(told.number(), |arguments| place.run(arguments)),
            told_by(told.number(), |arguments| site.run(arguments))
        );
    });
}

#[test]
fn mail_that_waited_is_held_back_after_a_restore() {
    on_both(|site| {
        site.may_leave_mail.set(true);
        let told = story(site);
        let given = share(&told, &site.alice());
        // Nobody listens there, so that the mail waits.
        site.start_again_with(&["--smtp", "smtp://127.0.0.1:9", "--mail-from", "tellonce@minato.example"]);
        crate::mail::send_link(&site.alice(), &given);
        assert_eq!(site.mail_waiting(), 1);
        let (_folder, file) = backed_up(site, &[]);
        let place = Place::empty(Kind::Sqlite);
        let said = place.run(&["restore", text(&file), "--lang", "en"]).ended(0).text();
        assert!(said.contains("One mail waited"), "{said}");
        let running = Running::start(&place.data(), Some(&place.url()), &["--smtp", "smtp://127.0.0.1:9", "--lang", "en"]);
        let page = alice_at(&running).open(&format!("{}/mail", given.page));
        assert!(page.shows("restored from a backup"), "{}", page.text());
    });
}

#[test]
fn a_moved_record_is_the_same_and_the_old_place_takes_nothing_more() {
    on_both(|site| {
        let told = story(site);
        site.verdicts_found();
        for kind in Kind::here() {
            let place = Place::empty(kind);
            let before = told_by(told.number(), |arguments| site.run(arguments));
            fs::create_dir_all(place.data()).expect("a folder");
            let alice = site.alice();
            let typed = told.form(&alice, "entries/new").with("title", "髙﨑①㈱ while it moves");
            let said = site.run(&["move", "--to", &place.url(), "--lang", "en"]).ended(0).text();
            assert!(said.contains("row by row"), "{said}");
            // The server that still runs on the old place reads, and takes nothing.
            alice.get(&told.incident).is(200);
            let refused = typed.send().is(503).page();
            assert!(refused.html.contains("髙﨑①㈱ while it moves") && !refused.problems().is_empty(), "{}", refused.text());
            let said = site.run(&["incidents", "--lang", "en"]).ended(1).err;
            assert!(said.contains("has moved to"), "{said}");
            // In the new place all is there, and goes on; the files lie where they lay.
            let there = |arguments: &[&str]| run_alone(&site.data(), &[arguments, &["--database", &place.url()]].concat());
            assert_eq!(told_by(told.number(), there), before);
            there(&["verify"]).ended(0);
            // And back again, with what was done there.
            there(&["user", "disable", "mei"]).ended(0);
            there(&["move", "--to", &site.database_url()]).ended(0);
            site.run(&["verify"]).ended(0);
            let people = site.run(&["user", "list"]).ended(0).text();
            assert!(people.lines().any(|line| line.starts_with("mei") && !line.trim_end().ends_with("reader")), "{people}");
            told.form(&alice, "entries/new")
                .with_all(&[("title", "after it came back"), ("kind", "note"), ("occurred", "2006-11-22T10:20")])
                .send()
                .is(303);
        }
    });
}

#[test]
fn a_move_that_was_killed_goes_on_and_one_to_a_place_that_knows_more_is_refused() {
    on_both(|site| {
        let told = story(site);
        let before = told_by(told.number(), |arguments| site.run(arguments));
        let other = if site.kind == Kind::Sqlite && Kind::here().len() > 1 { Kind::Postgres } else { Kind::Sqlite };
        let place = Place::empty(other);
        fs::create_dir_all(place.data()).expect("a folder");
        for pause in (0..30).map(|step| Duration::from_millis(step * 8)) {
            let mut command = Command::new(env!("CARGO_BIN_EXE_tellonce"));
            command.args(["move", "--to", &place.url(), "--data", text(&site.data()), "--database", &site.database_url()]);
            let mut child = command.stdout(Stdio::null()).stderr(Stdio::null()).spawn().expect("it starts");
            std::thread::sleep(pause);
            child.kill().expect("it is killed");
            if child.wait().expect("it ends").success() {
                break;
            }
        }
        site.run(&["move", "--to", &place.url()]).ended(0);
        let there = |arguments: &[&str]| run_alone(&site.data(), &[arguments, &["--database", &place.url()]].concat());
        assert_eq!(told_by(told.number(), there), before);
        there(&["verify"]).ended(0);
        // A record that went on is not overwritten by one that did not, be it there still or moved away.
        let older = Place::empty(Kind::Sqlite);
        let file = older.folder().join("tellonce.zip");
        there(&["backup", text(&file)]).ended(0);
        older.run(&["restore", text(&file)]).ended(0);
        there(&["user", "disable", "mei"]).ended(0);
        let said = older.run(&["move", "--to", &place.url(), "--lang", "en"]).ended(2).err;
        assert!(said.contains("a record in that database already"), "{said}");
        let further = Place::empty(Kind::Sqlite);
        fs::create_dir_all(further.data()).expect("a folder");
        there(&["move", "--to", &further.url()]).ended(0);
        let said = older.run(&["move", "--to", &place.url(), "--lang", "en"]).ended(2).err;
        assert!(said.contains("holds what is not in the record"), "{said}");
        assert!(older.run(&["incidents"]).status == 0, "the record stays where it was");
    });
}

#[test]
fn a_record_that_moved_to_postgresql_is_counted_there_before_anybody_asks_for_it() {
    if !Kind::here().contains(&Kind::Postgres) {
        return;
    }
    let site = Site::open(Kind::Sqlite);
    let told = story(&site);
    site.kill();
    let moved = site.moved_to_postgres();
    let mut connection = diesel::pg::PgConnection::establish(&moved.database_url()).expect("the database answers");
    let counted = diesel::sql_query("SELECT tablename FROM pg_stats WHERE tablename = 'entries'").execute(&mut connection);
    assert!(counted.expect("it can be asked") > 0, "it is planned by what the table holds");
    log_in(moved.address(), "bob").get(&told.incident).is(200);
}

/// Waits until that backup stands on the list as good. It stands back for those who work, of whom there may be many.
fn until_good(site: &Site, file: &Path) {
    let store = site.store();
    for _ in 0..1_800 {
        let runs = store.read(Stamp::UNIX_EPOCH, |tx| {
            let permit = house::to_look(tx, Actor::House)?;
            backups::page(tx, &permit, 0, 5)
        });
        let (runs, _) = runs.expect("the list");
        if runs.iter().any(|run| run.is_good() && run.file == text(file)) {
            return;
        }
        std::thread::sleep(Duration::from_millis(100));
    }
    panic!("no good backup within three minutes: {}", file.display());
}

#[test]
fn the_plan_makes_backups_keeps_some_and_alice_sees_how_old_the_last_one_is() {
    on_both(|site| {
        story(site);
        let folder = tempfile::tempdir_in(env!("CARGO_TARGET_TMPDIR")).expect("a folder");
        let kept_in = folder.path().join("backups");
        fs::create_dir(&kept_in).expect("a folder for them");
        let there = || {
            fs::read_dir(&kept_in).map_or(0, |all| {
                all.filter(|one| one.as_ref().is_ok_and(|one| one.path().extension().is_some_and(|end| end == "zip"))).count()
            })
        };
        let serve = |day: u32| {
            site.kill();
            let clock = format!("fixed:2006-11-{day:02}T03:00:00+09:00");
            site.start_again_with(&["--backup-dir", text(&kept_in), "--backup-keep", "2,0,0", "--clock", &clock]);
        };
        for (day, kept) in [(25, 1), (26, 2), (27, 2), (28, 2)] {
            serve(day);
            let newest = kept_in.join(format!("tellonce-2006-11-{day}-030000.zip"));
            until_good(site, &newest);
            until("those that are too many are gone", || there() == kept);
        }
        let alice = log_in(site.address(), "alice");
        let page = alice.open("/house/backups");
        assert!(page.shows("tellonce-2006-11-28-030000.zip") && page.shows(text(&kept_in)), "{}", page.text());
        assert!(!alice.open("/").shows("backup"), "all is well");
        run_alone(&folder.path().join("data"), &["restore", text(&kept_in.join("tellonce-2006-11-28-030000.zip"))]).ended(0);

        // Where it cannot be written: it is said, and tried again; what is there stays.
        fs::create_dir(kept_in.join("tellonce-2006-11-30-030000.zip.partial")).expect("something in the way");
        serve(30);
        let alice = log_in(site.address(), "alice");
        until("it is said", || alice.open("/house/backups").shows("could not be written"));
        let page = alice.open("/");
        assert!(page.link(|link| link == "/house/backups") == "/house/backups", "{}", page.text());
        let mei = log_in(site.address(), "mei");
        assert!(!mei.open("/").shows("backup"), "it is no business of Mei's");
        mei.get("/house/backups").is(403);
    });
}
