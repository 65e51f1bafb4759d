//! The meeting on screen: matter by matter; what is decided there, and who does what by when.

use serde_json::Value;

use crate::harness::{Browser, Page, Told, on_both, open_incident, tell, text_of_pdf};

/// Bob puts something on the agenda, and gets its uid.
fn an_item(bob: &Browser, told: &Told, title: &str) -> String {
    told.form(bob, "entries/new").with_all(&[("kind", "agenda"), ("occurred", "2006-11-23T18:00"), ("title", title)]).saved();
    let view = told.view(bob, "meeting");
    let entries = view["entries"].as_array().expect("entries");
    let item = entries.iter().find(|entry| entry["title"] == title).expect("the item");
    item["uid"].as_str().expect("a uid").to_owned()
}

/// Every matter of the meeting, page by page along the way forward.
fn matters(who: &Browser, told: &Told) -> Vec<String> {
    let mut pages = vec![who.open(&format!("{}/meeting", told.incident))];
    while let Some(next) = pages.last().and_then(|page| page.links().into_iter().find(|link| next_of(page, link))) {
        pages.push(who.open(&next));
    }
    pages.iter().map(|page| page.text()).collect()
}

/// Whether a link leads to the matter after the one that the page shows.
fn next_of(page: &Page, link: &str) -> bool {
    page.html.contains(&format!("rel=\"next\" href=\"{}\"", link.replace('&', "&amp;")))
}

#[test]
fn the_meeting_goes_from_matter_to_matter_and_is_shown_nothing_that_is_only_ours() {
    on_both(|site| {
        let bob = site.bob();
        let told = tell(&bob);
        told.form(&bob, "entries/new")
            .with_all(&[("kind", "note"), ("occurred", "2006-11-22T12:00"), ("title", "MarkInside"), ("visibility", "internal")])
            .saved();
        an_item(&bob, &told, "Whether we change the provider");
        let pages = matters(&site.mei(), &told);
        let heads = ["What happened", "What was said and agreed", "Promises", "Whether we change the provider", "Next steps"];
        let mut shown = pages.iter();
        for head in heads {
            assert!(shown.any(|page| page.contains(head)), "{head} in its turn: {pages:#?}");
        }
        assert!(pages.iter().all(|page| !page.contains("MarkInside")), "{pages:#?}");
        assert!(pages.iter().all(|page| !page.contains("Record a decision")), "Mei reads");
        assert!(matters(&bob, &told).iter().any(|page| page.contains("Record a decision")));
        site.mei().get(&format!("{}/meeting?page=999", told.incident)).is(200);
        site.mei().get(&format!("{}/meeting?page=0&on=nonsense", told.incident)).is(200);
    });
}

#[test]
fn a_decision_settles_its_item_and_its_steps_stand_on_the_overview_until_they_are_done() {
    on_both(|site| {
        let (bob, mei) = (site.bob(), site.mei());
        let told = tell(&bob);
        let item = an_item(&bob, &told, "Whether we change the provider");
        let promised = told.view(&bob, "meeting")["figures"]["promises"].clone();
        let paper = |form: &str| {
            text_of_pdf(&bob.get(&format!("{}/report.pdf?audience=meeting&lang=en&form={form}", told.incident)).is(200).body)
        };
        assert!(paper("one-page").contains("Whether we change the provider"));

        let there = bob
            .fill(&format!("{}/decisions/new?agenda={item}", told.incident))
            .with_all(&[
                ("title", "We ask two others for offers"),
                ("step1_words", "Get two offers"),
                ("step1_due", "2006-12-01"),
            ])
            .choose("step1_owner", "Alice")
            .with("step2_words", "Call the lawyer")
            .choose("step2_owner", "Bob")
            .saved();
        let page = mei.open(&there);
        for says in ["Whether we change the provider", "Decided: We ask two others for offers"] {
            assert!(page.shows(says), "{says}: {}", page.text());
        }
        let last = matters(&mei, &told).pop().expect("a last matter");
        assert!(last.contains("Get two offers") && last.contains("Alice") && last.contains("Call the lawyer"), "{last}");

        let view = told.view(&bob, "meeting");
        assert_eq!(view["figures"]["promises"], promised, "what we take on was promised to nobody");
        assert_eq!(view["steps"].as_array().map(Vec::len), Some(2));
        let decision = view["entries"].as_array().expect("entries").iter().find(|entry| entry["kind"] == "decision");
        assert_eq!(decision.map(|decision| &decision["settles"]), Some(&Value::from(item)));
        assert!(!paper("one-page").contains("Whether we change the provider"), "it is decided");
        assert!(paper("report").contains("Get two offers"));
        let outward = told.view(&bob, "provider").to_string();
        assert!(!outward.contains("Get two offers") && !outward.contains("We ask two others"));

        let overview = mei.open("/");
        assert!(overview.shows("Get two offers") && overview.shows("Call the lawyer"), "{}", overview.text());
        assert!(overview.shows("Alice"), "{}", overview.text());
        let step = view["steps"].as_array().expect("steps").iter().find(|step| step["quote"]["words"] == "Get two offers");
        let uid = step.and_then(|step| step["uid"].as_str()).expect("its uid");
        bob.fill(&format!("{}/promises/{uid}/settlement", told.incident)).with("state", "kept").saved();
        let overview = mei.open("/");
        assert!(!overview.shows("Get two offers") && overview.shows("Call the lawyer"), "{}", overview.text());
        site.run(&["verify"]).ended(0);
    });
}

#[test]
fn a_step_that_is_late_stands_first_under_the_name_of_who_took_it_on() {
    on_both(|site| {
        let bob = site.bob();
        let told = open_incident(&bob);
        bob.fill(&format!("{}/decisions/new", told.incident))
            .with_all(&[("title", "We ask for offers"), ("occurred", "2006-11-22T09:00")])
            .with_all(&[("step1_words", "Get two offers"), ("step1_due", "2006-11-23T12:00")])
            .choose("step1_owner", "Alice")
            .saved();
        let overview = site.mei().open("/").text();
        let late =
            overview.split_once("Overdue").map(|(_, after)| after.chars().take(160).collect::<String>()).unwrap_or_default();
        assert!(late.contains("Get two offers") && late.contains("Alice"), "{overview}");

        bob.fill(&format!("{}/closure", told.incident)).with("at", "2006-11-24T08:00").saved();
        assert!(site.mei().open("/").shows("Get two offers"), "what one of us took on is not done by closing the incident");
    });
}

#[test]
fn a_step_that_is_nobodys_is_refused_and_nothing_typed_is_lost() {
    on_both(|site| {
        let bob = site.bob();
        let told = open_incident(&bob);
        let form = format!("{}/decisions/new", told.incident);
        let refused =
            bob.fill(&form).with_all(&[("title", "We ask for offers"), ("step2_words", "Get two offers")]).send().is(422);
        let page = refused.page();
        assert!(page.problems().contains("choose one"), "{}", page.problems());
        let again = page.form(&form).expect("the form again");
        assert_eq!((again.value("title"), again.value("step2_words")), (Some("We ask for offers"), Some("Get two offers")));
        assert!(told.view(&bob, "meeting")["entries"].as_array().is_some_and(Vec::is_empty));
    });
}
