//! Finals: frozen, numbered, printed again byte for byte; and any print held against the record on a page.

use tellonce::actions::Refused;
use tellonce::actions::papers::{PrintedPaper, freeze};
use tellonce::domain::locale::Locale;
use tellonce::domain::paper::PaperForm;
use tellonce::domain::permit::Actor;
use tellonce::domain::view::AudienceName;
use tellonce::error::AppError;
use tellonce::intake;
use tellonce::store::{incidents, papers};

use crate::harness::{Answer, Browser, Told, on_both, open_incident, text_of_pdf};

/// Freezes a final, and gives the path of its bytes.
fn a_final(who: &Browser, told: &Told, form: &str, audience: &str) -> String {
    let list = format!("{}/papers", told.incident);
    who.fill(&format!("{list}/new"))
        .with_all(&[("form", form), ("audience", audience), ("lang", "en"), ("note", "Friday's meeting")])
        .saved();
    who.open(&list).link(|link| link.ends_with("/paper.pdf"))
}

fn note(who: &Browser, told: &Told, title: &str, visibility: &str) {
    told.form(who, "entries/new")
        .with_all(&[("kind", "note"), ("occurred", "2006-11-22T10:20"), ("title", title), ("visibility", visibility)])
        .saved();
}

/// The first entry's title becomes another one.
fn correct(who: &Browser, told: &Told, title: &str) {
    let uid = told.view(who, "meeting")["entries"][0]["uid"].as_str().expect("an entry").to_owned();
    who.fill(&format!("{}/entries/{uid}/edit", told.incident)).with("title", title).saved();
}

#[test]
fn a_final_printed_again_is_the_same_bytes_and_the_record_says_what_changed_since() {
    on_both(|site| {
        let (bob, mei) = (site.bob(), site.mei());
        let told = open_incident(&bob);
        note(&bob, &told, "what it said", "meeting");
        let draft = bob.get(&format!("{}/report.pdf?audience=meeting&lang=en", told.incident)).is(200).body;
        assert!(text_of_pdf(&draft).contains("Draft"));
        let page = bob.get(&format!("{}/offline.html?audience=meeting&lang=en", told.incident)).is(200).page();
        assert!(page.shows("what it said") && !page.shows("Draft"), "a page of today is no draft of anything: {}", page.text());

        let paper = a_final(&bob, &told, "report", "meeting");
        let first = mei.get(&paper).is(200).body;
        let text = text_of_pdf(&first);
        assert!(text.contains("Final no. 1") && !text.contains("Draft"), "{text}");
        let list = mei.open(&format!("{}/papers", told.incident));
        assert!(list.shows("Nothing recorded since") && list.shows("Friday's meeting"), "{}", list.text());
        let since = paper.replace("/paper.pdf", "/since");
        assert!(mei.open(&since).shows("The record says what the print says"));

        correct(&bob, &told, "what it says now");
        site.at("2006-11-24T16:00:00+09:00");
        let (bob, mei) = (site.bob(), site.mei());
        assert_eq!(mei.get(&paper).is(200).body, first, "hours later, by another process");
        let page = mei.open(&since);
        assert!(page.shows("it said “what it said”, it says “what it says now”"), "{}", page.text());
        assert!(mei.open(&format!("{}/papers", told.incident)).shows("one change recorded since"));
        let file = site.data().join("final.pdf").to_str().expect("a path").to_owned();
        std::fs::write(&file, &first).expect("the folder can be written to");
        assert!(site.run(&["verify", "--lang", "en", "--against", &file]).ended(1).err.contains("it says “what it says now”"));

        let second = a_final(&bob, &told, "one-page", "provider");
        assert_ne!(second, paper);
        assert!(text_of_pdf(&bob.get(&second).is(200).body).contains("Final no. 2"));
        site.run(&["verify"]).ended(0);
    });
}

#[test]
fn a_final_is_struck_out_with_a_reason_and_can_still_be_read() {
    on_both(|site| {
        let bob = site.bob();
        let told = open_incident(&bob);
        let paper = a_final(&bob, &told, "report", "meeting");
        let bytes = bob.get(&paper).is(200).body;
        bob.fill(&paper.replace("/paper.pdf", "/strike")).with("reason", "the wrong audience").saved();
        let list = site.mei().open(&format!("{}/papers", told.incident));
        assert!(list.shows("the wrong audience") && list.shows("Nothing recorded since"), "{}", list.text());
        assert_eq!(bob.get(&paper).is(200).body, bytes);
        let uid = paper.trim_end_matches("/paper.pdf").rsplit('/').next().expect("a uid").to_owned();
        let history = bob.open(&format!("/history/paper/{uid}"));
        assert!(history.shows("Frozen") && history.shows("the wrong audience"), "{}", history.text());
    });
}

#[test]
fn what_was_printed_before_something_was_recorded_is_not_frozen_after_it() {
    on_both(|site| {
        let bob = site.bob();
        let told = open_incident(&bob);
        let (store, number) = (site.store(), told.number().parse().expect("a number"));
        let now = "2006-11-24T00:00:00Z".parse().expect("a time");
        let (head, next) = store
            .read(now, |tx| {
                let permit = incidents::to_look(tx, Actor::House, number)?;
                papers::next(tx, &permit)
            })
            .expect("it is read");
        let printed = PrintedPaper {
            form: PaperForm::Report,
            audience: AudienceName::Meeting,
            locale: Locale::Ja,
            as_of: now,
            number: next,
            head_count: head.count,
            head_hash: head.hash,
            sha256: "0f".repeat(32),
            size: 1,
        };
        note(&bob, &told, "came meanwhile", "meeting");
        let frozen = store.write(now, |tx| -> Result<_, AppError> {
            let permit = incidents::for_edit(tx, Actor::House, number)?;
            Ok(freeze(tx, permit, printed, String::new()).map(|paper| paper.number))
        });
        let frozen = frozen.expect("the transaction ends");
        assert!(matches!(frozen, Err(Refused::Unfit { key: "paper-overtaken", .. })), "{frozen:?}");
        assert!(bob.open(&format!("{}/papers", told.incident)).shows("No final yet"));
    });
}

#[test]
fn a_final_whose_bytes_were_altered_is_not_given_out_and_verify_names_it() {
    on_both(|site| {
        let bob = site.bob();
        let told = open_incident(&bob);
        let before = site.kept_files();
        let paper = a_final(&bob, &told, "report", "meeting");
        let kept: Vec<_> = site.kept_files().into_iter().filter(|file| !before.contains(file)).collect();
        let [file] = &kept[..] else { panic!("one file more: {kept:?}") };
        let mut bytes = std::fs::read(file).expect("it is there");
        bytes[1000] ^= 1;
        std::fs::write(file, bytes).expect("it can be written");
        bob.get(&paper).is(500);
        assert!(site.run(&["verify", "--lang", "en"]).ended(1).err.contains("Final"));
    });
}

#[test]
fn nobodys_private_note_stands_in_a_final() {
    on_both(|site| {
        let bob = site.bob();
        let told = open_incident(&bob);
        note(&bob, &told, "MarkPrivate", "private");
        note(&bob, &told, "for us", "internal");
        let paper = bob.get(&a_final(&bob, &told, "report", "internal")).is(200).body;
        let view = intake::print::read(paper).expect("the view goes with it").view.to_string();
        assert!(view.contains("for us") && !view.contains("MarkPrivate"), "{view}");
    });
}

/// Brings a file to the page that holds prints against the record.
fn bring(who: &Browser, name: &str, bytes: &[u8]) -> Answer {
    who.fill("/against").upload(name, bytes)
}

#[test]
fn a_print_is_held_against_the_record_on_a_page_as_pdf_as_json_and_as_zip() {
    on_both(|site| {
        let (bob, mei) = (site.bob(), site.mei());
        let told = open_incident(&bob);
        note(&bob, &told, "what it said", "meeting");
        let prints: Vec<(&str, Vec<u8>)> = ["report.pdf", "view.json", "archive.zip"]
            .into_iter()
            .map(|name| (name, bob.get(&format!("{}/{name}?audience=meeting", told.incident)).is(200).body))
            .collect();
        for (name, bytes) in &prints {
            let page = bring(&mei, name, bytes).is(200).page();
            assert!(page.shows("The record says what the print says"), "{name}: {}", page.text());
        }
        correct(&bob, &told, "<script>alert(1)</script>");
        for (name, bytes) in &prints {
            let page = bring(&mei, name, bytes).is(200).page();
            assert!(page.shows("One difference") && page.shows("it says “<script>alert(1)</script>”"), "{name}: {}", page.text());
            let file = site.data().join(name).to_str().expect("a path").to_owned();
            std::fs::write(&file, bytes).expect("the folder can be written to");
            site.run(&["verify", "--against", &file]).ended(1);
        }
        assert!(bring(&mei, "cat.pdf", b"%PDF-1.7 no print of ours").is(422).page().problems().contains("no print of ours"));
        assert!(bring(&mei, "empty.zip", b"PK\x03\x04").is(422).page().problems().contains("no print of ours"));
        assert!(mei.fill("/against").send_parts().is(422).page().problems().contains("needed"));
    });
}

#[test]
fn a_print_of_an_incident_that_is_not_open_to_somebody_tells_them_nothing() {
    on_both(|site| {
        let (alice, bob) = (site.alice(), site.bob());
        let told = open_incident(&bob);
        let json = bob.get(&format!("{}/view.json?audience=meeting", told.incident)).is(200).body;
        alice.fill(&format!("{}/restriction", told.incident)).choose("people", "Bob").saved();
        let refused = bring(&site.mei(), "view.json", &json).is(422).page();
        assert!(refused.problems().contains("not open to you"), "{}", refused.problems());
        assert!(!refused.shows("The record"), "{}", refused.text());
    });
}
