//! Prints: what goes with the paper, and the record held against a print long after.

use serde_json::Value;
use tellonce::intake;

use crate::harness::{Site, Told, on_both, open_incident};

const HOSTILE: &str = "<script>alert(1)</script> {{ 7 }} \u{202e}髙﨑";

/// What the file attached to a paper says.
fn attached(paper: &[u8]) -> Value {
    intake::print::read(paper.to_vec()).expect("the view goes with the paper").view
}

/// The paper for an audience as Bob prints it, kept as a file; and the name of that file.
fn paper(site: &Site, told: &Told, audience: &str) -> (Vec<u8>, String) {
    let bytes = site.bob().get(&format!("{}/report.pdf?audience={audience}", told.incident)).is(200).body;
    let file = site.data().join(format!("{audience}.pdf")).to_str().expect("a path").to_owned();
    std::fs::write(&file, &bytes).expect("the folder can be written to");
    (bytes, file)
}

fn entry(site: &Site, told: &Told, title: &str, visibility: &str) {
    told.form(&site.bob(), "entries/new")
        .with_all(&[("kind", "note"), ("occurred", "2006-11-22T10:20"), ("title", title), ("visibility", visibility)])
        .saved();
}

#[test]
fn the_view_goes_with_the_paper_with_the_head_that_stands_in_the_foot() {
    on_both(|site| {
        let told = open_incident(&site.bob());
        entry(site, &told, "for the meeting", "meeting");
        entry(site, &told, "MarkInside", "internal");
        for audience in ["internal", "meeting", "provider"] {
            let (bytes, _) = paper(site, &told, audience);
            let (attached, mut today) = (attached(&bytes), told.view(&site.bob(), audience));
            let hash = today["ledger_hash"].as_str().expect("a hash").to_owned();
            let fingerprint = today["fingerprint"].as_str().expect("a fingerprint");
            assert!(hash.starts_with(&fingerprint.replace('-', "")), "{hash} {fingerprint}");
            today["as_of"] = attached["as_of"].clone();
            today["down"] = attached["down"].clone();
            today["downs"] = attached["downs"].clone();
            assert_eq!(attached, today, "the {audience} paper holds what its reader is shown, and nothing else");
            assert_eq!(attached.to_string().contains("MarkInside"), audience == "internal");
            assert_eq!(attached.to_string().contains("for the meeting"), audience != "provider");
        }
    });
}

#[test]
fn a_print_agrees_until_something_in_it_is_written_otherwise() {
    on_both(|site| {
        let bob = site.bob();
        let told = open_incident(&bob);
        entry(site, &told, HOSTILE, "meeting");
        let (_, pdf) = paper(site, &told, "meeting");
        let json = site.data().join("view.json").to_str().expect("a path").to_owned();
        site.run(&["export", told.number(), "--format", "json", "--audience", "meeting", "-o", &json]).ended(0);
        let against = |file: &str, status| site.run(&["verify", "--lang", "en", "--against", file]).ended(status);
        for file in [&pdf, &json] {
            assert!(against(file, 0).text().contains("nothing was written to the incident since"));
        }

        entry(site, &told, "MarkInside", "internal");
        for file in [&pdf, &json] {
            let agrees = against(file, 0).text();
            assert!(agrees.contains("one change was written since, of nothing in it"), "{agrees}");
        }

        let edit = told.view(&bob, "meeting")["entries"][0]["uid"].as_str().expect("an entry").to_owned();
        let edit = format!("{}/entries/{edit}/edit", told.incident);
        bob.fill(&edit).with("title", "what it says now").saved();
        entry(site, &told, "came later", "meeting");
        for file in [&pdf, &json] {
            let differs = against(file, 1).err;
            assert!(differs.contains("it said “<script>alert(1)</script> {{ 7 }}"), "{differs}");
            assert!(differs.contains("it says “what it says now”"), "{differs}");
            assert!(differs.contains("Added: ") && differs.contains("“came later”"), "{differs}");
            assert!(!differs.contains("MarkInside"), "{differs}");
        }
        assert!(site.run(&["verify", "--lang", "ja", "--against", &pdf]).ended(1).err.contains("今は「what it says now」"));

        bob.fill(&edit.replace("/edit", "/strike")).with("reason", "by mistake").saved();
        let struck = against(&pdf, 1).err;
        assert!(struck.contains("Struck out: ") && struck.contains("because: by mistake"), "{struck}");
    });
}

#[test]
fn a_paper_with_its_authors_private_notes_agrees_too() {
    on_both(|site| {
        let told = open_incident(&site.bob());
        entry(site, &told, "of Bob alone", "private");
        let (bytes, file) = paper(site, &told, "internal");
        assert!(attached(&bytes).to_string().contains("of Bob alone"));
        site.run(&["verify", "--against", &file]).ended(0);
    });
}

#[test]
fn what_is_no_print_of_this_record_is_told_apart() {
    on_both(|site| {
        let told = open_incident(&site.bob());
        let (bytes, file) = paper(site, &told, "meeting");
        let against = |status| site.run(&["verify", "--lang", "en", "--against", &file]).ended(status).err;
        let write = |view: &Value| std::fs::write(&file, view.to_string()).expect("a print somebody wrote in");

        let mut view = attached(&bytes);
        view["title"] = "another title".into();
        write(&view);
        assert!(against(1).contains("or the print was altered"));

        view["ledger_hash"] = "0".repeat(64).into();
        write(&view);
        assert!(against(1).contains("is not of this record"));

        view["number"] = "INC-1999-0001".into();
        write(&view);
        assert!(against(1).contains("INC-1999-0001"));

        for other in [&b"%PDF-1.7 but nothing else"[..], b"Dear customer", b"{}", b""] {
            std::fs::write(&file, other).expect("another file");
            assert!(against(2).contains("meeting.pdf"));
        }
    });
}
