//! The acceptance test: the week, typed into the forms, gives the story's figures wherever they are shown.

use serde_json::Value;

use crate::harness::{fixture, on_both, tell, text_of_pdf};

#[test]
fn the_story_typed_into_the_forms_gives_its_figures_in_json_on_the_page_and_on_paper() {
    on_both(|site| {
        let bob = site.bob();
        let told = tell(&bob);
        let figures = &fixture()["figures"];

        assert_eq!(&told.view(&bob, "internal")["figures"], figures);
        let exported = site.run(&["export", told.number(), "--format", "json"]).ended(0);
        let exported: Value = serde_json::from_slice(&exported.out).expect("JSON");
        assert_eq!(&exported["figures"], figures);

        let page = bob.open(&told.incident).text();
        for shown in ON_THE_PAGE {
            assert!(page.contains(shown), "the page does not say “{shown}”: {page}");
        }
        let paper = text_of_pdf(&bob.get(&format!("{}/report.pdf?audience=meeting&lang=en", told.incident)).is(200).body);
        for shown in ON_PAPER {
            assert!(paper.contains(shown), "the paper does not say “{shown}”: {paper}");
        }
        let list = bob.open("/incidents").text();
        for shown in ["12 h – 15 h 30 min", "1 overdue"] {
            assert!(list.contains(shown), "the list does not say “{shown}”: {list}");
        }
        site.run(&["verify"]).ended(0);
    });
}

/// The figures as they are read on the page.
const ON_THE_PAGE: &[&str] = &[
    "12 h – 15 h 30 min",
    "Mitigated · Mail company M",
    "Calls connected 4",
    "Failed attempts 9",
    "Time waiting 30 min 30 s",
    "Never through 22 min 30 s",
    "Until answered 1 min",
    "Being put through 1 min",
    "On hold 6 min",
    "Time talking 2 h 2 min",
    "People reached 5",
    "Told from the start 4 · 41 min",
    "of these, again 3 · 37 min",
    "Calls with other companies 2",
    "Calls among ourselves 1",
    "Contradiction 1",
    "Contradiction 2",
];

/// And on paper.
const ON_PAPER: &[&str] = &[
    "12 h – 15 h 30 min",
    "4 calls",
    "9 attempts",
    "30 min 30 s",
    "2 h 2 min",
    "others 2, own people 1",
    "before answer 1 min",
    "transfer 1 min",
    "hold 6 min",
    "5 people",
    "4 times",
    "41 min in all",
    "of these 3 again, 37 min",
    "2 promises",
    "1 broken",
    "1 overdue",
    "2 points",
];
