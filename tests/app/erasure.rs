//! What the law asks to be taken out of the ledger goes, and the chain stays whole.

use std::process::Command;

use diesel::connection::SimpleConnection;

use crate::harness::{Kind, Site, Told, on_both, open_incident, open_sqlite};

const SECRET: &str = "髙﨑さんの携帯は 090-0000-4321";

/// An entry that said too much, corrected; and its history.
fn corrected(site: &Site) -> (Told, String) {
    let bob = site.bob();
    let told = open_incident(&bob);
    told.form(&bob, "entries/new")
        .with_all(&[("kind", "note"), ("occurred", "2006-11-22T10:20"), ("title", "a call back"), ("body", SECRET)])
        .saved();
    let edit = bob.open(&told.incident).link(|link| link.contains("/entries/") && link.ends_with("/edit"));
    bob.fill(&edit).with("body", "He gave a number.").saved();
    let history = bob.open(&edit).link(|link| link.starts_with("/history/entry/"));
    (told, history)
}

/// Every text of every table, as somebody at the database reads it.
fn all_there_is(site: &Site) -> String {
    let file = site.data().join("everything.zip");
    site.run(&["backup", file.to_str().expect("a path")]).ended(0);
    let bytes = std::fs::read(&file).expect("the backup");
    std::fs::remove_file(&file).expect("it goes");
    let files = crate::exports::unzipped(&bytes);
    files.values().map(|bytes| String::from_utf8_lossy(bytes).into_owned()).collect()
}

#[test]
fn alice_erases_earlier_contents_and_the_record_says_so_and_stays_whole() {
    on_both(|site| {
        let (told, history) = corrected(site);
        let alice = site.alice();
        assert!(alice.open(&history).shows(SECRET) && all_there_is(site).contains(SECRET));
        let bob = site.bob();
        assert!(!bob.open(&history).links().iter().any(|link| link.ends_with("/erasure")), "it is for Alice");
        bob.get(&format!("{history}/erasure")).is(403);

        let ask = alice.open(&history).link(|link| link.ends_with("/erasure"));
        assert!(alice.open(&ask).shows("One earlier content"), "{}", alice.open(&ask).text());
        let refused = alice.fill(&ask).with("reason", "").send().is(422).page();
        assert!(!refused.problems().is_empty());
        alice.fill(&ask).with("reason", "asked for by the person, 23 November").saved();

        let page = alice.open(&history);
        assert!(
            !page.shows(SECRET) && page.shows("asked for by the person") && page.shows("He gave a number."),
            "{}",
            page.text()
        );
        assert!(!page.links().iter().any(|link| link.ends_with("/erasure")), "there is nothing left to erase");
        alice.get(&ask).is(404);
        assert!(!all_there_is(site).contains("090-0000-4321"), "it stands somewhere still");
        assert!(alice.open(&told.incident).shows("He gave a number."));
        let verified = site.run(&["verify", "--lang", "en"]).ended(0).text();
        assert!(verified.contains("as it was written") && verified.contains("no content any more"), "{verified}");
    });
}

#[test]
fn what_is_taken_out_without_a_word_is_found() {
    on_both(|site| {
        if site.kind != Kind::Sqlite {
            return;
        }
        corrected(site);
        let sql = "UPDATE ledger SET payload = NULL, salt = NULL WHERE object_kind = 'entry' AND revision = 0 AND payload LIKE '%4321%'";
        open_sqlite(&site.data()).batch_execute(sql).expect("somebody at the database");
        let said = site.run(&["verify", "--lang", "en"]).ended(1).err;
        assert!(said.contains("no later row says that it was erased"), "{said}");
    });
}

#[test]
fn a_stranger_checks_a_backup_by_the_rules_alone() {
    if Command::new("python3").arg("--version").output().is_err() {
        eprintln!("left out: there is no python3");
        return;
    }
    on_both(|site| {
        let (_, history) = corrected(site);
        let alice = site.alice();
        alice.fill(&format!("{history}/erasure")).with("reason", "by law").saved();
        let file = site.data().join("tellonce.zip");
        site.run(&["backup", file.to_str().expect("a path")]).ended(0);
        let check = |arguments: &[&std::path::Path]| {
            let tool = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/support/check-backup");
            let ran = Command::new("python3").arg(tool).args(arguments).output().expect("python3 runs");
            (ran.status.code(), String::from_utf8_lossy(&ran.stdout).into_owned() + &String::from_utf8_lossy(&ran.stderr))
        };
        let (status, said) = check(&[&file]);
        assert!(status == Some(0) && said.contains("as they were written"), "{said}");
        let seal = site.data().join("seal.json");
        site.run(&["verify", "--seal", seal.to_str().expect("a path")]).ended(0);
        assert_eq!(check(&[&file, &seal]).0, Some(0));
        // A seal of another record is not met.
        let other = Site::open(site.kind);
        open_incident(&other.bob());
        let theirs = other.data().join("theirs.json");
        other.run(&["verify", "--seal", theirs.to_str().expect("a path")]).ended(0);
        let (status, said) = check(&[&file, &theirs]);
        assert_eq!(status, Some(1), "{said}");
    });
}
