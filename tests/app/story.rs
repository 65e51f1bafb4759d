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
        let paper = text_of_pdf(&bob.get(&format!("{}/report.pdf?audience=meeting&lang=en", told.incident)).is(200).body);
        for shown in SHOWN {
            assert!(page.contains(shown), "the page does not say “{shown}”: {page}");
            assert!(paper.contains(shown), "the paper does not say “{shown}”: {paper}");
        }
        site.run(&["verify"]).ended(0);
    });
}

/// The figures as people read them.
const SHOWN: &[&str] = &["12 h – 15 h 30 min", "22 min 30 s"];
