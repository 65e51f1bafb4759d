//! Exports that take long: ordered, made by a job, and fetched by whoever ordered them.

use std::fs;

use chrono::DateTime;
use tellonce::actions::exports;
use tellonce::domain::export::{ExportForm, ExportStage, ExportStep};
use tellonce::domain::locale::Locale;
use tellonce::domain::moment::Stamp;
use tellonce::domain::permit::Actor;
use tellonce::domain::view::AudienceName;
use tellonce::store::exports::NewExport;
use tellonce::store::{incidents, people};

use crate::exports::{story, unzipped};
use crate::harness::{Browser, NOW, Site, Told, on_both, open_incident, text_of_pdf, until};

fn page(told: &Told) -> String {
    format!("{}/exports", told.incident)
}

/// Orders an export and waits until it can be fetched; answers with where.
fn made(told: &Told, who: &Browser, form: &str, audience: &str) -> String {
    who.fill(&page(told)).with_all(&[("form", form), ("audience", audience), ("lang", "en")]).saved();
    until("it is made", || !who.open(&page(told)).shows("Look again"));
    // The latest stands first.
    who.open(&page(told)).link(|link| link.starts_with(&format!("{}/", page(told))))
}

/// Orders that a process took in hand which then died: one for each audience, ordered by Mei.
fn abandoned(site: &Site, told: &Told, count: usize) {
    let now: Stamp = DateTime::parse_from_rfc3339(NOW).expect("a time").into();
    for audience in AudienceName::ALL.iter().take(count) {
        let taken = site.store().write(now, |tx| {
            let (mei, _) = people::by_login(tx, "mei")?.expect("Mei");
            let actor = Actor::Person { id: mei.id, role: mei.role };
            let permit = incidents::to_look(tx, actor, told.number().parse().expect("a number"))?;
            let (form, audience, site) = (ExportForm::Archive, *audience, "http://127.0.0.1".to_owned());
            exports::order(tx, permit, NewExport { form, audience, locale: Locale::En, site })?;
            let (order, held) = exports::take(tx)?.expect("it waits");
            let step = ExportStep { stage: ExportStage::Files, done: 3, whole: 7 };
            tellonce::store::exports::note(tx, order.id, step, (held, exports::HOLD))?;
            Ok::<_, tellonce::actions::Refused>(())
        });
        taken.expect("it is in hand");
    }
}

#[test]
fn what_is_ordered_is_what_would_have_been_answered_at_once_and_its_owner_alone_fetches_it() {
    on_both(|site| {
        let told = story(site);
        site.verdicts_found();
        let mei = site.mei();
        assert!(mei.open(&page(&told)).shows("Nothing is being made"));
        for audience in ["internal", "meeting", "provider"] {
            let at_once = mei.get(&format!("{}/archive.zip?audience={audience}&lang=en", told.incident)).is(200).body;
            let link = made(&told, &mei, "archive", audience);
            let answer = mei.get(&link).is(200);
            assert!(answer.header("content-disposition").is_some_and(|name| name.contains(".zip")));
            let (ordered, at_once) = (unzipped(&answer.body), unzipped(&at_once));
            let other: Vec<_> =
                ordered.iter().filter(|(name, bytes)| at_once.get(*name) != Some(bytes)).map(|(name, _)| name).collect();
            assert!(other.is_empty() && ordered.len() == at_once.len(), "{audience}: not the same: {other:?}");
            for (who, status) in [(site.bob(), 404), (site.alice(), 404), (site.charlie(), 303)] {
                who.get(&link).is(status);
            }
            assert!(!site.bob().open(&page(&told)).links().contains(&link), "Bob does not see what she ordered");
        }
        site.run(&["verify"]).ended(0);
    });
}

#[test]
fn a_report_that_is_ordered_is_a_draft_with_the_way_to_the_page() {
    on_both(|site| {
        let told = story(site);
        site.verdicts_found();
        let bob = site.bob();
        let paper = bob.get(&made(&told, &bob, "report", "meeting")).is(200).body;
        let at_once = bob.get(&format!("{}/report.pdf?audience=meeting&lang=en", told.incident)).is(200).body;
        assert_eq!(text_of_pdf(&paper), text_of_pdf(&at_once));
        assert!(text_of_pdf(&paper).contains("Draft"));
    });
}

#[test]
fn an_export_in_the_hands_of_a_process_that_died_shows_how_far_it_came_and_is_made_by_the_next() {
    on_both(|site| {
        let told = open_incident(&site.alice());
        site.kill();
        abandoned(site, &told, 1);
        site.start_again();
        let seen = site.mei().open(&page(&told));
        assert!(seen.shows("The files are packed") && seen.shows("42 %"), "{}", seen.text());
        site.at("2006-11-24T09:03:30+09:00");
        until("the next process has made it", || site.mei().open(&page(&told)).shows("As of"));
    });
}

#[test]
fn nobody_waits_for_more_than_three_and_the_same_is_not_made_twice() {
    on_both(|site| {
        let told = open_incident(&site.alice());
        site.kill();
        abandoned(site, &told, 3);
        site.start_again();
        let mei = site.mei();
        let order =
            |lang: &str| mei.fill(&page(&told)).with_all(&[("form", "archive"), ("audience", "internal"), ("lang", lang)]).send();
        let refused = order("ja").is(422).page();
        assert!(refused.problems().contains("Three exports are being made"), "{}", refused.problems());
        assert_eq!(refused.form(&page(&told)).expect("the form").value("lang"), Some("ja"), "what she chose is still there");
        order("en").is(303);
        assert_eq!(mei.open(&page(&told)).text().matches("The files are packed").count(), 3);
    });
}

#[test]
fn an_export_that_cannot_be_made_says_why_and_which_file_is_to_blame() {
    on_both(|site| {
        let told = story(site);
        let kept = site.kept_files();
        for (fault, words) in [("altered", "is not what was put on record"), ("missing", "is missing on the disk")] {
            match fault {
                "altered" => fs::write(&kept[0], "another letter").expect("somebody at the disk"),
                _ => fs::remove_file(&kept[0]).expect("somebody at the disk"),
            }
            let bob = site.bob();
            bob.fill(&page(&told)).with_all(&[("form", "archive"), ("audience", "internal"), ("lang", "en")]).saved();
            until("it is said", || bob.open(&page(&told)).shows(words));
            assert!(bob.open(&page(&told)).shows("手紙 1.txt"));
        }
        let left: Vec<_> = fs::read_dir(site.data().join("exports")).expect("the folder").collect();
        assert!(left.is_empty(), "what was begun is given up: {left:?}");
    });
}

#[test]
fn an_export_goes_after_a_day_and_with_the_note_that_was_deleted_for_good() {
    on_both(|site| {
        let bob = site.bob();
        let told = open_incident(&bob);
        told.form(&bob, "entries/new")
            .with_all(&[("kind", "note"), ("occurred", "2006-11-22T10:20"), ("title", "MarkOfMyOwnQ"), ("visibility", "private")])
            .saved();
        let link = made(&told, &bob, "archive", "internal");
        let pages = unzipped(&bob.get(&link).is(200).body);
        assert!(String::from_utf8_lossy(&pages["index.html"]).contains("MarkOfMyOwnQ"));
        let alice = site.alice();
        let hers = made(&told, &alice, "archive", "internal");
        let pages = unzipped(&alice.get(&hers).is(200).body);
        assert!(!String::from_utf8_lossy(&pages["index.html"]).contains("MarkOfMyOwnQ"), "it is his alone");

        let edit = bob.open(&told.incident).link(|link| link.contains("/entries/") && link.ends_with("/edit"));
        let erasure = bob.open(&edit).link(|link| link.ends_with("/erasure"));
        bob.fill(&erasure).saved();
        bob.get(&link).is(404);
        alice.get(&hers).is(200);

        let files = || fs::read_dir(site.data().join("exports")).expect("the folder").count();
        site.at("2006-11-25T08:59:00+09:00");
        until("the file of his is swept away", || files() == 1);
        site.at("2006-11-25T09:01:00+09:00");
        until("a day later hers is too", || files() == 0);
    });
}
