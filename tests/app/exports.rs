//! One incident taken out: tables, calendar and zip say what page and JSON say, and give away no more.

use std::collections::BTreeMap;
use std::io::{Cursor, Read};

use calcard::icalendar::{ICalendar, ICalendarComponentType};
use serde_json::Value;
use sha2::{Digest, Sha256};

use crate::deadlines::{parsed_by_python, with_deadlines};
use crate::harness::{Site, Told, on_both, tell};

/// The files of a zip.
pub fn unzipped(bytes: &[u8]) -> BTreeMap<String, Vec<u8>> {
    let mut zip = zip::ZipArchive::new(Cursor::new(bytes)).expect("a zip");
    let count = zip.len();
    let one = |n| {
        let mut file = zip.by_index(n).expect("a file");
        let name = file.name().expect("UTF-8").into_owned();
        assert!(file.enclosed_name().is_some() && !name.starts_with('/') && !name.contains(['\\', ':']), "{name}");
        let mut bytes = Vec::new();
        file.read_to_end(&mut bytes).expect("its bytes");
        (name, bytes)
    };
    let files: BTreeMap<String, Vec<u8>> = (0..count).map(one).collect();
    assert_eq!(files.len(), count, "no name stands there twice");
    files
}

/// A table, row by row, each cell by its heading.
fn rows(csv: &[u8]) -> Vec<BTreeMap<String, String>> {
    let text = csv.strip_prefix("\u{feff}".as_bytes()).expect("a byte order mark");
    let mut reader = csv::Reader::from_reader(text);
    reader.deserialize().map(|row| row.expect("a row")).collect()
}

/// A story with a file to an entry.
pub fn story(site: &Site) -> Told {
    let bob = site.bob();
    let told = tell(&bob);
    let upload = bob.open(&told.incident).link(|link| link.ends_with("/files/new"));
    bob.fill(&upload).upload("手紙 1.txt", b"Dear customer").is(303);
    told
}

#[test]
fn page_json_and_tables_hold_the_same_entries_statements_and_promises() {
    on_both(|site| {
        let told = story(site);
        let mei = site.mei();
        let view = told.view(&mei, "internal");
        let page = mei.open(&told.incident);
        let tables = unzipped(&mei.get(&format!("{}/tables.zip?audience=internal&lang=en", told.incident)).is(200).body);
        let list = |key: &str| view[key].as_array().expect("a list").clone();
        let said: Vec<Value> =
            list("entries").iter().flat_map(|entry| entry["statements"].as_array().expect("a list").clone()).collect();
        let promised: Vec<Value> = list("promises").iter().map(|promise| promise["quote"].clone()).collect();
        for (table, json) in [("statements.csv", said), ("promises.csv", promised), ("asks.csv", list("asks"))] {
            let head = if table == "asks.csv" { "What we ask" } else { "Words" };
            let told: Vec<String> = rows(&tables[table]).iter().map(|row| row[head].clone()).collect();
            let words: Vec<&str> = json.iter().map(|one| one["words"].as_str().expect("words")).collect();
            assert_eq!(told, words, "{table}");
            for words in words {
                assert!(page.shows(words), "the page does not show {words:?}");
            }
        }
        let entries = rows(&tables["entries.csv"]);
        assert_eq!(entries.len(), list("entries").len());
        for (row, entry) in entries.iter().zip(list("entries")) {
            assert_eq!(row["ID"], entry["uid"].as_str().expect("a uid"));
            assert_eq!(row["Details"], entry["body"].as_str().expect("a text"));
            let from = chrono::DateTime::parse_from_rfc3339(&row["When: from"]).expect("ISO 8601");
            assert_eq!(
                Some(from),
                chrono::DateTime::parse_from_rfc3339(entry["occurred"]["from"].as_str().expect("a time")).ok()
            );
            assert!(row["When: from"].ends_with("+09:00"), "{row:?}");
        }
    });
}

#[test]
fn the_command_writes_one_table_or_a_zip_of_all_and_nothing_under_a_wrong_name() {
    on_both(|site| {
        let told = story(site);
        let path = |name: &str| site.data().join(name).to_str().expect("a path").to_owned();
        let export = |more: &[&str]| site.run(&[&["export", told.number(), "--format"], more].concat());
        let one = export(&["csv", "--table", "promises", "--lang", "en"]).ended(0).out;
        assert!(!rows(&one).is_empty());
        let all = unzipped(&export(&["csv", "--lang", "en"]).ended(0).out);
        assert_eq!(all["promises.csv"], one);
        let (named, zip) = (path("promises.csv"), path("all.zip"));
        export(&["csv", "--table", "promises", "--lang", "en", "-o", &named]).ended(0);
        assert_eq!(std::fs::read(&named).expect("the table"), one);
        std::fs::write(&zip, "what was there before").expect("a file");
        export(&["zip", "-o", &zip]).ended(0);
        assert!(unzipped(&std::fs::read(&zip).expect("the zip")).contains_key("index.html"));
        for wrong in [&["csv", "-o", &path("tables.csv")][..], &["pdf", "--table", "files"], &["csv", "--table", "everything"]] {
            let ran = export(wrong).ended(2);
            assert!(ran.out.is_empty() && !ran.err.is_empty(), "{wrong:?}");
        }
        let left: Vec<_> = std::fs::read_dir(site.data())
            .expect("a folder")
            .filter_map(|file| file.ok()?.file_name().into_string().ok())
            .collect();
        assert!(!left.iter().any(|name| name.ends_with(".partial") || name == "tables.csv"), "{left:?}");
    });
}

#[test]
fn the_zip_holds_the_files_under_their_names_with_their_hashes_and_is_the_same_twice() {
    on_both(|site| {
        let told = story(site);
        let mei = site.mei();
        let answer = mei.get(&format!("{}/archive.zip?audience=internal&lang=ja", told.incident)).is(200);
        let disposition = format!("attachment; filename=\"{}-internal-ja.zip\"", told.number());
        assert_eq!(answer.header("content-disposition"), Some(&*disposition));
        assert_eq!(answer.header("cache-control"), Some("no-store"));
        let files = unzipped(&answer.body);
        assert_eq!(files["files/手紙 1.txt"], b"Dear customer");
        assert!(files["report.pdf"].starts_with(b"%PDF-"));
        let list: Value = serde_json::from_slice(&files["manifest.json"]).expect("JSON");
        for file in list["files"].as_array().expect("files") {
            let bytes = &files[file["path"].as_str().expect("a path")];
            assert_eq!(file["sha256"], format!("{:x}", Sha256::digest(bytes)), "{file}");
        }
        let again = mei.get(&format!("{}/archive.zip?audience=internal&lang=ja", told.incident)).is(200);
        assert!(answer.body == again.body, "the clock stands, and nothing was written");
    });
}

#[test]
fn a_zip_with_a_file_that_was_altered_on_the_disk_is_not_made() {
    on_both(|site| {
        let told = story(site);
        let kept = site.kept_files();
        std::fs::write(&kept[0], "another letter").expect("somebody at the disk");
        let ran = site.run(&["export", told.number(), "--format", "zip", "-o", "/dev/null"]).ended(1);
        assert!(ran.err.contains("手紙 1.txt") && ran.err.contains("verify"), "{}", ran.err);
        site.alice().get(&format!("{}/archive.zip?audience=internal", told.incident)).is(500);
        site.alice().get(&format!("{}/tables.zip?audience=internal", told.incident)).is(200);
    });
}

#[test]
fn the_calendar_of_an_incident_is_read_by_two_parsers_of_others() {
    on_both(|site| {
        let told = with_deadlines(&site.alice());
        for audience in ["internal", "meeting", "provider"] {
            let answer = site.mei().get(&format!("{}/calendar.ics?audience={audience}&lang=en", told.incident)).is(200);
            assert_eq!(answer.header("content-type"), Some("text/calendar; charset=utf-8"));
            let text = String::from_utf8(answer.body).expect("UTF-8");
            let calendar = ICalendar::parse(&text).unwrap_or_else(|error| panic!("{error:?}: {text}"));
            let events = calendar.components.iter().filter(|part| part.component_type == ICalendarComponentType::VEvent).count();
            let unfolded = text.replace("\r\n ", "");
            // The call and the promise; for our own people the credit and the restoration too.
            assert_eq!(events, if audience == "provider" { 2 } else { 4 }, "{audience}: {unfolded}");
            assert!(unfolded.contains("SUMMARY:Provider P promised: “We call\\; by tomorrow\\, or else.”"), "{unfolded}");
            assert!(
                unfolded.contains("DTSTART:20061122T012000Z\r\n") && unfolded.contains("DTEND:20061122T014000Z\r\n"),
                "{unfolded}"
            );
            if let Some(read) = parsed_by_python(&text) {
                assert_eq!(read.len(), events);
            }
        }
        let exported = site.run(&["export", told.number(), "--format", "ics", "--lang", "en"]).ended(0);
        let fed = site.mei().get(&format!("{}/calendar.ics?audience=internal&lang=en", told.incident)).is(200);
        assert_eq!(exported.text(), String::from_utf8(fed.body).expect("UTF-8"), "command and page say the same");
    });
}
