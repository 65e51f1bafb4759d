//! What the first version wrote is read by this one. `tests/fixtures/first.zip` holds the sample week as the first landed version
//! (tables 0001 to 0003) laid it down in each database.

use std::fs::File;
use std::io::Read;

use diesel::connection::SimpleConnection;
use diesel::pg::PgConnection;
use diesel::prelude::*;

use crate::harness::{Browser, Kind, Place, Running, open_sqlite};

/// The tables of the first version with a week in them.
fn first(kind: Kind) -> String {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/fixtures/first.zip");
    let mut zip = zip::ZipArchive::new(File::open(path).expect("the fixture")).expect("a zip");
    let name = if kind == Kind::Sqlite { "sqlite.sql" } else { "postgres.sql" };
    let mut sql = String::new();
    zip.by_name(name).expect("it is in it").read_to_string(&mut sql).expect("UTF-8");
    sql
}

/// A place where the first version has been.
fn place(kind: Kind) -> Place {
    let place = Place::empty(kind);
    std::fs::create_dir(place.data()).expect("a folder");
    let laid = match kind {
        Kind::Sqlite => {
            // Tables are laid by their names, whatever points to what.
            open_sqlite(&place.data()).batch_execute(&format!("PRAGMA foreign_keys = OFF; {}", first(kind)))
        }
        Kind::Postgres => PgConnection::establish(&place.url()).expect("it answers").batch_execute(&first(kind)),
    };
    laid.expect("the first version's tables");
    place
}

#[test]
fn a_week_that_the_first_version_recorded_is_whole_under_this_one_and_goes_on() {
    for kind in Kind::here() {
        let place = place(kind);
        let before = place.run(&["doctor", "--lang", "en"]);
        assert!(before.text().contains("to bring its tables up to date"), "{}", before.text());
        let clock = "fixed:2006-11-24T10:00:00+09:00";
        let verified = place.run(&["verify", "--lang", "en", "--clock", clock]).ended(0).text();
        assert!(verified.contains("135"), "nothing is lost, and nothing added by the upgrade itself: {verified}");
        assert_eq!(place.run(&["incidents"]).ended(0).text().lines().count(), 13);

        let server = Running::start(&place.data(), Some(&place.url()), &[]);
        let alice = Browser::new(server.address);
        alice.fill("/login").with_all(&[("login", "alice"), ("password", "tell-it-once-demo")]).saved();
        let page = alice.open("/incidents/INC-2006-0012");
        assert!(page.shows("ポート25") && page.shows("別棟を含む全拠点"), "{}", page.text());
        assert!(alice.open("/search?q=%E9%9A%9C%E5%AE%B3").text().contains("INC-2006"), "what is derived is made anew");
        alice
            .fill("/incidents/INC-2006-0012/entries/new")
            .with_all(&[("kind", "note"), ("occurred", "2006-11-24T09:30"), ("title", "written by this version")])
            .saved();
        let paper = alice.get("/incidents/INC-2006-0012/report.pdf?audience=meeting").is(200);
        assert!(paper.body.starts_with(b"%PDF-"));
        drop(server);
        place.run(&["verify"]).ended(0);
        let backup = place.folder().join("backup.zip");
        place.run(&["backup", backup.to_str().expect("a path")]).ended(0);
    }
}
