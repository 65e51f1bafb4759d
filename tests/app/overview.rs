//! The page that one opens in the morning.

use crate::harness::{Told, on_both, open_incident};
use crate::replies::{Sato, press};
use crate::sharing::share;

/// A call in which they promised something by then.
fn promised(told: &Told, who: &crate::harness::Browser, words: &str, due: &str) {
    told.form(who, "calls/new")
        .with_all(&[
            ("outcome", "answered"),
            ("dialled", "2006-11-22T10:20"),
            ("answered", "2006-11-22T10:21"),
            ("ended", "2006-11-22T10:40"),
        ])
        .with_all(&[("s1_kind", "promise"), ("s1_words", words), ("s1_due", due)])
        .choose("s1_company", "Provider P")
        .saved();
}

#[test]
fn what_is_overdue_stands_first_then_what_falls_due_today_then_the_deadlines_to_come() {
    on_both(|site| {
        let bob = site.bob();
        let told = open_incident(&bob);
        promised(&told, &bob, "We call at once.", "2006-11-22T11:20");
        promised(&told, &bob, "We call by noon.", "2006-11-24T12:00");
        promised(&told, &bob, "We call before midnight.", "2006-11-24T23:59");
        promised(&told, &bob, "We call on Saturday.", "2006-11-25T00:00");
        told.form(&bob, "asks/new").with_all(&[("words", "When was it sent?"), ("visibility", "provider")]).saved();

        // Only then does Saturday's promise stand among the deadlines to come.
        site.verdicts_found();
        let page = site.mei().open("/");
        let text = page.text();
        let at = |words: &str| text.find(words).unwrap_or_else(|| panic!("{words} is missing: {text}"));
        assert!(at("Overdue promises") < at("We call at once."));
        assert!(at("We call at once.") < at("Due today") && at("Due today") < at("We call by noon."));
        assert!(
            at("We call by noon.") < at("We call before midnight.") && at("We call before midnight.") < at("When was it sent?")
        );
        assert!(
            at("When was it sent?") > at("Deadlines of the next") && at("Deadlines of the next") < at("We call on Saturday.")
        );
        assert!(at("We call before midnight.") < at("Deadlines of the next"), "{text}");
        assert!(page.shows("one promise overdue"), "{text}");
        let there = page.link(|link| link.contains("#p-"));
        assert!(bob.open(there.split('#').next().unwrap_or_default()).shows("We call at once."));
    });
}

#[test]
fn an_incident_without_news_for_a_day_is_told_until_something_is_recorded() {
    on_both(|site| {
        let bob = site.bob();
        let told = open_incident(&bob);
        let silent = "nothing recorded yet";
        assert!(bob.open("/").shows(silent), "{}", bob.open("/").text());
        told.form(&bob, "entries/new").with_all(&[("kind", "note"), ("occurred", "2006-11-22T10:20"), ("title", "seen")]).saved();
        let page = bob.open("/");
        assert!(!page.shows(silent) && page.shows("Every open incident has news"), "{}", page.text());
        // He looks in the evening and early in the morning, so that his session lasts.
        for time in ["2006-11-24T20:00:00+09:00", "2006-11-25T07:30:00+09:00", "2006-11-25T09:30:00+09:00"] {
            site.at(time);
            site.bob().open("/");
        }
        assert!(site.bob().open("/").shows("last record"), "{}", site.bob().open("/").text());
    });
}

#[test]
fn what_somebody_may_not_know_of_is_not_on_their_morning_page() {
    on_both(|site| {
        let (alice, bob) = (site.alice(), site.bob());
        let told = open_incident(&bob);
        promised(&told, &bob, "We call at once.", "2006-11-22T11:20");
        assert!(site.mei().open("/").shows("We call at once."));
        let restriction = format!("{}/restriction", told.incident);
        alice.fill(&restriction).choose("people", "Bob").saved();
        let page = site.mei().open("/");
        assert!(!page.shows("We call at once.") && !page.shows("port 25"), "{}", page.text());
        assert!(bob.open("/").shows("We call at once."));
    });
}

#[test]
fn a_reply_that_nobody_has_looked_at_stands_there_until_somebody_has() {
    on_both(|site| {
        let (alice, bob) = (site.alice(), site.bob());
        let told = open_incident(&bob);
        let fresh = "Replies that nobody has looked at yet";
        assert!(!bob.open("/").shows(fresh));
        let sato = Sato::opens(site, &share(&told, &bob));
        Sato::sends(&sato.fill().with("takes_over", "yes"));
        let page = site.mei().open("/");
        for says in [fresh, "Reply from Sato, technical desk", "takes it over", "Provider P", "INC-2006-0001"] {
            assert!(page.shows(says), "{says}: {}", page.text());
        }
        let there = page.link(|link| link.contains("#e-"));
        let (path, place) = there.split_once('#').expect("a place in a page");
        assert!(bob.open(path).html.contains(&format!("id=\"{place}\"")));

        // Who may not know of the incident does not learn of its reply.
        let restriction = format!("{}/restriction", told.incident);
        alice.fill(&restriction).choose("people", "Bob").saved();
        let page = site.mei().open("/");
        assert!(!page.shows(fresh) && !page.shows("Sato"), "{}", page.text());
        assert!(bob.open("/").shows(fresh));

        press(&bob, &told.incident, "/note").is(303);
        assert!(!bob.open("/").shows(fresh), "{}", bob.open("/").text());
        Sato::sends(&sato.fill().with("message", "And more."));
        assert!(bob.open("/").shows(fresh), "each wants to be looked at");
        let strike =
            bob.open(&told.incident).links().into_iter().rfind(|link| link.ends_with("/strike")).expect("the last entry");
        bob.fill(&strike).with("reason", "by mistake").saved();
        assert!(!bob.open("/").shows(fresh), "{}", bob.open("/").text());
    });
}
