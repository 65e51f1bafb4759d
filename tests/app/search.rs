//! The search: finds however it is written, marks what was asked for, and finds nothing for those who may not know.

use diesel::connection::SimpleConnection;
use diesel::pg::PgConnection;
use diesel::prelude::*;

use crate::harness::{Browser, Kind, Site, Told, on_both, open_incident, open_sqlite, tell};

/// What the search shows for those words: its hits as text.
fn found(who: &Browser, words: &str) -> String {
    let query = words.bytes().map(|byte| format!("%{byte:02X}")).collect::<String>();
    let page = who.open(&format!("/search?q={query}"));
    let hits = page.html.split("class=\"items hits\"").nth(1).unwrap_or_default();
    hits.split("</ul>").next().unwrap_or_default().to_owned()
}

fn note(told: &Told, who: &Browser, title: &str, visibility: &str) {
    told.form(who, "entries/new")
        .with_all(&[("kind", "note"), ("occurred", "2006-11-22T10:20"), ("title", title), ("visibility", visibility)])
        .saved();
}

#[test]
fn words_are_found_however_they_are_written_and_marked_where_they_stand() {
    on_both(|site| {
        let bob = site.bob();
        let told = open_incident(&bob);
        note(&told, &bob, "通信障害の告知なし", "internal");
        note(&told, &bob, "ﾎﾟｰﾄ25が閉じている", "internal");
        note(&told, &bob, "髙橋さんから電話、03-1234-5678", "internal");
        for (words, marked) in [
            ("障害", "<mark>障害</mark>"),
            ("ポート25", "<mark>ﾎﾟｰﾄ25</mark>"),
            ("高橋", "<mark>髙橋</mark>"),
            ("03-1234", "<mark>03</mark>-<mark>1234</mark>"),
        ] {
            let hits = found(&site.mei(), words);
            assert!(hits.contains(marked), "{words}: {hits}");
            assert_eq!(hits.matches("<li>").count(), 1, "{words}: {hits}");
        }
        assert_eq!(found(&bob, "害通"), "", "characters that do not stand together");
        for hostile in ["\"", "'", "a OR b", "NEAR(", "* -", "<script>", "!", "\\", "障害\" OR \"x"] {
            let hits = found(&bob, hostile);
            assert!(!hits.contains("<script>"), "{hostile}: {hits}");
        }
    });
}

#[test]
fn all_that_can_be_told_is_found_and_leads_to_where_it_stands() {
    on_both(|site| {
        let bob = site.bob();
        let told = tell(&bob);
        let upload = bob.open(&told.incident).link(|link| link.ends_with("/files/new"));
        bob.fill(&upload).upload("screenshot-of-the-site.txt", b"Dear customer").is(303);
        for (words, there) in [
            ("Contractor C", "/providers/"),
            ("0120", "/providers/"),
            ("0120555010", "/providers/"),
            ("screenshot-of", &told.incident),
            ("Notice comes in writing", &told.contract),
            ("port 25", &told.incident),
        ] {
            let hits = found(&bob, words);
            assert!(hits.contains(&format!("href=\"{there}")), "{words} leads to {there}: {hits}");
        }
    });
}

#[test]
fn what_was_corrected_or_taken_away_is_found_no_more() {
    on_both(|site| {
        let bob = site.bob();
        let told = open_incident(&bob);
        note(&told, &bob, "wrongly spelled", "private");
        let edit = bob.open(&told.incident).link(|link| link.contains("/entries/") && link.ends_with("/edit"));
        bob.fill(&edit).with("title", "rightly spelled").saved();
        assert_eq!(found(&bob, "wrongly"), "");
        assert!(found(&bob, "rightly").contains("<mark>rightly</mark>"));
        let erasure = bob.open(&edit).link(|link| link.ends_with("/erasure"));
        bob.fill(&erasure).saved();
        assert_eq!(found(&bob, "rightly"), "");
    });
}

#[test]
fn nobody_finds_what_they_may_not_know() {
    on_both(|site| {
        let (alice, bob, mei) = (site.alice(), site.bob(), site.mei());
        let told = open_incident(&bob);
        note(&told, &bob, "Bob's own thought", "private");
        note(&told, &bob, "a thought of the house", "internal");
        assert!(found(&bob, "own thought").contains("<mark>"));
        for other in [&alice, &mei] {
            assert_eq!(found(other, "own thought"), "");
            assert!(found(other, "house").contains("<mark>house</mark>"));
        }
        let restriction = alice.open(&told.incident).link(|link| link.ends_with("/restriction"));
        alice.fill(&restriction).choose("people", "Bob").saved();
        assert_eq!(found(&mei, "house"), "");
        assert!(found(&bob, "house").contains("<mark>house</mark>"));
    });
}

#[test]
fn what_hangs_on_an_entry_is_found_by_nobody_else_once_the_entry_is_private() {
    on_both(|site| {
        let (bob, mei) = (site.bob(), site.mei());
        let told = open_incident(&bob);
        told.form(&bob, "entries/new")
            .with_all(&[
                ("kind", "note"),
                ("occurred", "2006-11-22T10:20"),
                ("title", "first"),
                ("s1_kind", "claim"),
                ("s1_words", "It was posted."),
            ])
            .choose("s1_company", "Provider P")
            .saved();
        let upload = bob.open(&told.incident).link(|link| link.ends_with("/files/new"));
        bob.fill(&upload).upload("hangingfile.txt", b"Dear customer").is(303);
        told.form(&bob, "contradictions/new")
            .choose("statement", "It was posted.")
            .choose("against", "Notice comes in writing")
            .with_all(&[("note", "hangingnote"), ("visibility", "internal")])
            .saved();
        for words in ["hangingfile", "hangingnote"] {
            assert!(found(&mei, words).contains("<mark>"), "{words}");
        }
        let edit = bob.open(&told.incident).link(|link| link.contains("/entries/") && link.ends_with("/edit"));
        bob.fill(&edit).with("visibility", "private").saved();
        for words in ["hangingfile", "hangingnote", "posted"] {
            assert_eq!(found(&mei, words), "", "{words}");
            assert!(found(&bob, words).contains("<mark>"), "{words} is Bob's own");
        }
    });
}

#[test]
fn a_file_that_was_struck_out_is_found_no_more() {
    on_both(|site| {
        let bob = site.bob();
        let told = open_incident(&bob);
        note(&told, &bob, "seen", "internal");
        let upload = bob.open(&told.incident).link(|link| link.ends_with("/files/new"));
        bob.fill(&upload).upload("wrongletter.txt", b"Dear customer").is(303);
        assert!(found(&bob, "wrongletter").contains("<mark>"));
        let strike = bob.open(&told.incident).link(|link| link.contains("/files/") && link.ends_with("/strike"));
        bob.fill(&strike).with("reason", "another matter").saved();
        assert_eq!(found(&bob, "wrongletter"), "");
    });
}

#[test]
fn what_lies_far_back_is_found_after_what_is_late() {
    on_both(|site| {
        let bob = site.bob();
        let told = open_incident(&bob);
        for title in ["farback one", "farback two", "farback three"] {
            note(&told, &bob, title, "internal");
            give_many_keys(site);
        }
        let hits = found(&bob, "farback");
        let stands = |word: &str| hits.find(word).unwrap_or_else(|| panic!("{word} is not found: {hits}"));
        assert!(stands("three") < stands("two") && stands("two") < stands("one"), "{hits}");
    });
}

/// Goes on as after a long record, which has used up two million keys.
fn give_many_keys(site: &Site) {
    let done = match site.kind {
        Kind::Sqlite => open_sqlite(&site.data()).batch_execute("UPDATE aux_ids SET last = last + 2000000"),
        Kind::Postgres => {
            let mut connection = PgConnection::establish(&site.database_url()).expect("it answers");
            connection.batch_execute("SELECT setval('aux_ids', nextval('aux_ids') + 2000000)")
        }
    };
    done.expect("keys are used up");
}
