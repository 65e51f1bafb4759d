//! The commands, as somebody at the machine types them.

use std::path::Path;

use diesel::connection::SimpleConnection;
use serde_json::Value;

use crate::harness::{Browser, Running, on_both, open_incident, open_sqlite, run_alone, text_of_pdf};

fn folder() -> tempfile::TempDir {
    tempfile::tempdir_in(env!("CARGO_TARGET_TMPDIR")).expect("a folder")
}

fn listed(data: &Path) -> Vec<Value> {
    let out = run_alone(data, &["incidents", "--format", "json"]).ended(0).text();
    serde_json::from_str::<Value>(&out).expect("JSON").as_array().expect("a list").clone()
}

#[test]
fn the_demo_holds_the_story_and_a_dozen_more_in_either_language() {
    for (lang, port_25, start) in [("ja", "ポート25", "経緯"), ("en", "port 25", "")] {
        let folder = folder();
        let demo = Running::demo(folder.path(), &["--lang", lang]);
        let line = demo.next_line();
        let words: Vec<&str> = line.split_whitespace().collect();
        let (login, password) = (words[1], words[3]);
        let share = std::iter::repeat_with(|| demo.next_line()).take(3).last().expect("a line");
        let share: Vec<&str> = share.split_whitespace().collect();
        let sato = Browser::new(demo.address);
        let door =
            sato.fill("/s").with_all(&[("number", share[2]), ("code", share[4]), ("name", "Sato"), ("department", "desk")]);
        assert!(sato.open(&door.send().is(303).location()).shows(port_25), "{share:?}");

        let browser = Browser::new(demo.address);
        browser.fill("/login").with("login", login).with("password", password).saved();
        let incidents = listed(folder.path());
        assert!(incidents.len() >= 13, "{}", incidents.len());
        for incident in &incidents {
            for key in ["number", "title", "provider", "status", "started"] {
                assert!(incident.get(key).is_some(), "{incident} has no {key}");
            }
        }
        let story: Vec<&Value> =
            incidents.iter().filter(|incident| incident["title"].as_str().is_some_and(|title| title.contains(port_25))).collect();
        assert_eq!(story.len(), 1);
        let providers: std::collections::BTreeSet<&str> =
            incidents.iter().filter_map(|incident| incident["provider"].as_str()).collect();
        assert!(providers.len() >= 3, "{providers:?}");

        let number = story[0]["number"].as_str().expect("a number");
        let page = browser.open(&format!("/incidents/{number}"));
        assert!(page.shows(port_25) && page.shows(start));
        let json = run_alone(folder.path(), &["export", number, "--format", "json"]).ended(0).text();
        let view: Value = serde_json::from_str(&json).expect("JSON");
        assert_eq!(view["figures"], crate::harness::fixture()["figures"]);
        let pdf = run_alone(folder.path(), &["export", number, "--format", "pdf", "--audience", "meeting", "--lang", lang])
            .ended(0)
            .out;
        assert!(pdf.starts_with(b"%PDF-") && text_of_pdf(&pdf).contains(port_25));
        run_alone(folder.path(), &["verify"]).ended(0);
    }
}

#[test]
fn the_demo_listens_on_this_machine_only() {
    for address in ["0.0.0.0:0", "[::]:0", "192.0.2.1:8080"] {
        let ran = run_alone(folder().path(), &["demo", "--listen", address]).ended(2);
        assert!(ran.err.contains("loopback"), "{}", ran.err);
    }
}

#[test]
fn a_demo_goes_on_where_it_was() {
    let folder = folder();
    let demo = Running::demo(folder.path(), &["--lang", "en"]);
    let before = listed(folder.path()).len();
    demo.kill();
    let again = Running::demo(folder.path(), &["--lang", "en"]);
    assert_eq!(listed(folder.path()).len(), before, "it is not filled twice");
    again.kill();
}

#[test]
fn export_writes_to_a_file_and_says_no_to_what_is_not_there() {
    on_both(|site| {
        let told = open_incident(&site.bob());
        let file = site.data().join("paper.pdf");
        let file = file.to_str().expect("a path");
        site.run(&["export", told.number(), "--format", "pdf", "--audience", "provider", "-o", file]).ended(0);
        assert!(std::fs::read(file).expect("the file").starts_with(b"%PDF-"));
        let ran = site.run(&["export", "INC-1999-0001", "--format", "json"]).ended(1);
        assert!(ran.out.is_empty() && ran.err.contains("INC-1999-0001"), "{}", ran.err);
        for wrong in [
            &["export", "seven", "--format", "json"][..],
            &["export", told.number(), "--format", "docx"],
            &["export", told.number(), "--format", "json", "--audience", "everybody"],
            &["incidents", "--format", "xml"],
            &["incidents", "--database", "mysql://localhost/x"],
            &["fly"],
        ] {
            let ran = site.run(wrong).ended(2);
            assert!(!ran.err.is_empty(), "{wrong:?} says nothing");
        }
    });
}

#[test]
fn verify_says_no_and_where_when_somebody_was_at_the_database() {
    let folder = folder();
    let demo = Running::demo(folder.path(), &["--lang", "en"]);
    demo.kill();
    run_alone(folder.path(), &["verify"]).ended(0);
    let mut database = open_sqlite(folder.path());
    let flip = "UPDATE incidents SET title = title || '.' WHERE id = (SELECT min(id) FROM incidents)";
    database.batch_execute(flip).expect("somebody at the database");
    let ran = run_alone(folder.path(), &["verify", "--lang", "en"]).ended(1);
    assert!(ran.err.contains("Incident") && ran.err.contains("title"), "it names what differs: {}", ran.err);
}

#[test]
fn verify_hashes_every_file_again() {
    on_both(|site| {
        let bob = site.bob();
        let told = open_incident(&bob);
        told.form(&bob, "entries/new")
            .with_all(&[("kind", "letter"), ("occurred", "2006-11-22T10:20"), ("title", "a letter came")])
            .saved();
        bob.fill(&bob.open(&told.incident).link(|link| link.ends_with("/files/new")))
            .upload("letter.txt", b"Dear customer")
            .is(303);
        site.run(&["verify"]).ended(0);

        let kept = site.kept_files().pop().expect("the file is kept");
        std::fs::write(&kept, b"Dear customer!").expect("somebody at the folder");
        assert!(site.run(&["verify", "--lang", "en"]).ended(1).err.contains("not those that were kept"));
        std::fs::remove_file(&kept).expect("somebody at the folder");
        assert!(site.run(&["verify", "--lang", "en"]).ended(1).err.contains("are missing"));
    });
}

#[test]
fn people_are_managed_from_the_machine_itself() {
    on_both(|site| {
        site.run_with(&["user", "add", "carol", "--role", "reader"], "a password of hers\n").ended(0);
        let carol = site.charlie();
        carol.fill("/login").with("login", "carol").with("password", "a password of hers").saved();
        assert_eq!(carol.get("/account").status, 200);
        site.run(&["user", "disable", "carol"]).ended(0);
        assert_ne!(carol.get("/account").status, 200);
        site.run(&["user", "add", "carol"]).ended(1);
        site.run(&["user", "password", "nobody"]).ended(1);
        site.run_with(&["user", "add", "dave"], "short\n").ended(2);
        site.run(&["user", "add", "No Login"]).ended(2);
        let people = site.run(&["user", "list"]).ended(0).text();
        assert!(people.contains("carol") && people.contains("alice"), "{people}");
        site.run(&["verify"]).ended(0);
    });
}

#[test]
fn a_seal_kept_elsewhere_shows_that_the_record_has_only_grown() {
    on_both(|site| {
        let bob = site.bob();
        let told = open_incident(&bob);
        let folder = folder();
        let (seal, other) = (folder.path().join("friday.seal"), folder.path().join("letter.txt"));
        let (seal, other) = (seal.to_str().expect("a path"), other.to_str().expect("a path"));
        site.run(&["verify", "--seal", seal]).ended(0);
        assert!(site.run(&["verify", "--seal", seal]).ended(2).err.contains("friday.seal"), "an earlier seal is not overwritten");
        told.form(&bob, "entries/new")
            .with_all(&[("kind", "note"), ("occurred", "2006-11-22T10:20"), ("title", "later")])
            .saved();
        site.run(&["verify", "--against", seal]).ended(0);

        std::fs::write(other, "Dear customer").expect("a letter");
        site.run(&["verify", "--against", other]).ended(2);
        let sealed = std::fs::read_to_string(seal).expect("a seal");
        std::fs::write(other, sealed.replacen("\"count\": ", "\"count\": 1", 1)).expect("a seal somebody wrote in");
        site.run(&["verify", "--against", other]).ended(1);
    });
}

#[test]
fn whoever_mistypes_the_folder_is_told_and_nothing_is_made() {
    let folder = folder();
    let nowhere = folder.path().join("typo");
    let backup = folder.path().join("today.zip");
    let backup = backup.to_str().expect("a path");
    for arguments in [
        &["verify"][..],
        &["incidents"],
        &["backup", backup],
        &["user", "list"],
        &["user", "password", "alice"],
        &["export", "INC-2006-0001", "--format", "json"],
        &["move", "--to", "sqlite:elsewhere.db"],
    ] {
        let said = run_alone(&nowhere, &[arguments, &["--lang", "en"]].concat()).ended(2).err;
        assert!(said.contains("There is no record of Tellonce in"), "{arguments:?}: {said}");
    }
    let said = run_alone(&nowhere, &["verify"]).ended(2).err;
    assert!(said.contains("記録はありません"), "in the usual language: {said}");
    assert_eq!(std::fs::read_dir(folder.path()).map_or(0, Iterator::count), 0, "nothing was made");
    run_alone(&nowhere, &["user", "add", "alice"]).ended(0);
    run_alone(&nowhere, &["verify"]).ended(0);
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        let mode = std::fs::metadata(nowhere.join("tellonce.db")).expect("the database").permissions().mode();
        assert_eq!(mode & 0o077, 0, "nobody else reads it: {mode:o}");
    }
    let said = run_alone(&nowhere, &["move", "--to", "elsewhere", "--lang", "en"]).ended(2).err;
    assert!(said.contains("sqlite:FILE"), "{said}");
    let said = run_alone(&nowhere, &["serve", "--seal-mail", "mei@example.jp", "--lang", "en"]).ended(2).err;
    assert!(said.contains("needs --smtp"), "{said}");
}
