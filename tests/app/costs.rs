//! What an outage cost: reckoned from what Alice enters, for our own people unless she chooses otherwise, never for the provider.

use crate::harness::{on_both, open_incident, text_of_pdf};

const BASIS: [(&str, &str); 6] =
    [("people", "40"), ("percent", "50"), ("rate", "3,000"), ("currency", "jpy"), ("working", ""), ("own", "90")];

#[test]
fn what_it_cost_is_reckoned_anew_with_the_times_and_stays_inside_until_alice_says_otherwise() {
    on_both(|site| {
        let (alice, mei) = (site.alice(), site.mei());
        let told = open_incident(&alice);
        assert!(alice.open(&told.incident).shows("Not reckoned yet"));
        let cost = format!("{}/cost", told.incident);
        let refused = alice.fill(&cost).send().is(422).page();
        assert!(refused.shows("Nothing is saved yet"), "an empty cost is no cost: {}", refused.text());
        told.form(&alice, "times").with_all(&[("started", "2006-11-21T22:00"), ("mitigated", "2006-11-22T12:00")]).saved();
        alice.fill(&cost).with_all(&BASIS).saved();
        let page = alice.open(&told.incident);
        assert!(
            page.shows("JPY 844,500") && page.shows("40 people × 50 % of their work × JPY 3,000 an hour × 14 h"),
            "{}",
            page.text()
        );
        told.form(&alice, "times").with("mitigated", "2006-11-22T13:00").saved();
        assert!(alice.open(&told.incident).shows("JPY 904,500"), "an hour more");

        let paper = |audience: &str, form: &str| {
            let path = format!("{}/report.pdf?audience={audience}&form={form}&lang=en", told.incident);
            text_of_pdf(&mei.get(&path).is(200).body)
        };
        assert!(!paper("meeting", "report").contains("904,500"));
        alice.fill(&cost).with("visibility", "meeting").saved();
        assert_eq!(told.view(&alice, "meeting")["cost"]["total"]["min"], 904_500);
        for (audience, form, stands) in [
            ("meeting", "report", true),
            ("meeting", "one-page", true),
            ("provider", "report", false),
            ("provider", "one-page", false),
        ] {
            assert_eq!(paper(audience, form).contains("904,500"), stands, "{audience} {form}");
        }
        assert!(told.view(&alice, "provider")["cost"].is_null());

        // The working time alone counts, where it is entered; and what is taken away is gone, but not from the history.
        alice.fill(&cost).with("working", "240").saved();
        assert!(alice.open(&told.incident).shows("JPY 244,500"));
        alice.fill(&cost).with_all(&BASIS.map(|(name, _)| (name, ""))).saved();
        assert!(alice.open(&told.incident).shows("Not reckoned yet"));
        let history = alice.open(&format!("/history/incident/{}", told.number()));
        assert!(history.shows("Cost reckoned") && history.shows("Rate per hour"), "{}", history.text());
        site.run(&["verify"]).ended(0);
    });
}

#[test]
fn a_figure_that_cannot_be_is_refused_at_its_field() {
    on_both(|site| {
        let alice = site.alice();
        let told = open_incident(&alice);
        let cost = format!("{}/cost", told.incident);
        for (field, typed, says) in [
            ("people", "", "as a number"),
            ("people", "-1", "From 0 to"),
            ("percent", "101", "From 0 to 100"),
            ("rate", "99999999999999999999", "as a number"),
            ("rate", "1000000001", "From 0 to"),
            ("currency", "yen!", "three letters"),
        ] {
            let answer = alice.fill(&cost).with_all(&BASIS).with(field, typed).send().is(422).page();
            assert!(answer.problems().contains(says), "{field}={typed}: {}", answer.problems());
            assert!(answer.html.contains(&format!("id=\"{field}-problem\"")), "{field}");
        }
        assert!(alice.open(&told.incident).shows("Not reckoned yet"));
    });
}
