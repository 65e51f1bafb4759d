//! What a share shows, to whom, in which language and how often: chosen when it is made and again later, looked at before it is given.

use crate::harness::{Browser, Page, Site, Told, on_both, tell, text_of_pdf};
use crate::sharing::{Given, given_by, knock, share};

/// Sato has the share open and reads it.
fn reads(site: &Site, given: &Given) -> (Browser, String) {
    let sato = site.charlie();
    let view = knock(&sato, "/s", &given.number, &given.code).is(303).location();
    (sato, view)
}

/// Presses the button of a page whose form is sent to a path with that end.
fn press(who: &Browser, page: &str, ends: &str) {
    let form = who.open(page).forms().into_iter().find(|form| form.action.ends_with(ends)).expect("a button");
    who.post(&form.action, &form.fields()).is(303);
}

/// An entry with that title, for such eyes.
fn note(told: &Told, who: &Browser, title: &str, visibility: &str) {
    told.form(who, "entries/new")
        .with_all(&[("kind", "note"), ("occurred", "2006-11-22T15:00"), ("title", title), ("visibility", visibility)])
        .saved();
}

/// What a page says of the record, without the ways to answer.
fn record_of(page: &Page) -> String {
    let main = page.html.split("<article").nth(1).and_then(|rest| rest.split("</article>").next()).expect("a record");
    let mut parts = main.split("<a class=\"");
    let first = parts.next().unwrap_or_default().to_owned();
    let html = parts.fold(first, |html, part| html + part.split_once("</a>").map_or("", |(_, rest)| rest));
    Page { html }.text()
}

#[test]
fn alice_sees_what_sato_will_see_word_for_word_and_nothing_is_recorded_by_it() {
    on_both(|site| {
        let alice = site.alice();
        let told = tell(&alice);
        let given = share(&told, &alice);
        let preview = alice.open(&alice.open(&given.page).link(|link| link.ends_with("/preview")));
        assert!(preview.shows("what the reader of the link sees"), "{}", preview.text());
        assert!(!preview.html.contains("/answer"), "there is nothing to answer for us");
        let paper = alice.get(&preview.link(|link| link.contains("preview.pdf"))).is(200);
        assert!(alice.open(&given.page).shows("Nobody has opened it yet"));

        let (sato, view) = reads(site, &given);
        let shown = sato.open(&view);
        assert_eq!(record_of(&preview), record_of(&shown));
        assert!(record_of(&shown).contains("port 25"));
        let theirs = sato.get(&shown.link(|link| link.contains("report.pdf"))).is(200);
        // The opening itself is one more change on record: the foot is another.
        let before_the_foot = |bytes: &[u8]| text_of_pdf(bytes).split(" Record ").next().unwrap_or_default().to_owned();
        assert_eq!(before_the_foot(&paper.body), before_the_foot(&theirs.body));
    });
}

#[test]
fn single_entries_are_left_out_or_let_in_and_nothing_internal_ever_is() {
    on_both(|site| {
        let alice = site.alice();
        let told = tell(&alice);
        for (title, visibility) in [
            ("MarkForProviderA", "provider"),
            ("MarkForProviderB", "provider"),
            ("MarkForMeetingA", "meeting"),
            ("MarkForMeetingB", "meeting"),
            ("MarkInternal", "internal"),
        ] {
            note(&told, &alice, title, visibility);
        }
        let filling = told.form(&alice, "shares/new").with("call", "general affairs");
        let filling = filling.choose("left_out", "MarkForProviderA").choose("let_in", "MarkForMeetingA");
        let given = given_by(&alice, filling.saved());
        let form = alice.open(&format!("{}/shares/new", told.incident));
        assert!(!form.html.contains("MarkInternal"), "what is internal is not offered");

        let (sato, view) = reads(site, &given);
        let page = sato.open(&view);
        let paper = text_of_pdf(&sato.get(&page.link(|link| link.contains("report.pdf"))).is(200).body);
        for text in [page.text(), paper] {
            assert!(text.contains("MarkForProviderB") && text.contains("MarkForMeetingA"), "{text}");
            for hidden in ["MarkForProviderA", "MarkForMeetingB", "MarkInternal"] {
                assert!(!text.contains(hidden), "{hidden}: {text}");
            }
        }
        // Made internal since, it is let in no more.
        let entry = told.view(&alice, "internal")["entries"].as_array().and_then(|all| {
            all.iter()
                .find(|entry| entry["title"] == "MarkForMeetingA")
                .and_then(|entry| entry["uid"].as_str())
                .map(str::to_owned)
        });
        let edit = format!("{}/entries/{}/edit", told.incident, entry.expect("the entry"));
        alice.fill(&edit).with("visibility", "internal").saved();
        assert!(!sato.open(&view).shows("MarkForMeetingA"));
    });
}

#[test]
fn files_go_with_the_share_or_stay_and_each_only_by_the_share_that_shows_it() {
    on_both(|site| {
        let alice = site.alice();
        let told = tell(&alice);
        let view = told.view(&alice, "provider");
        let entry = view["entries"][0]["uid"].as_str().expect("an entry");
        let upload = format!("{}/entries/{entry}/files/new", told.incident);
        alice.fill(&upload).with("visibility", "provider").upload("letter.txt", b"Dear customer").is(303);

        let with = share(&told, &alice);
        let (sato, view) = reads(site, &with);
        let page = sato.open(&view);
        let file = page.link(|link| link.contains("/files/"));
        let answer = sato.get(&file).is(200);
        assert_eq!(answer.body, b"Dear customer");
        assert!(answer.header("content-disposition").is_some_and(|value| value.starts_with("attachment")));
        assert_eq!(answer.header("cache-control"), Some("no-store"));

        let mut filling = told.form(&alice, "shares/new").with("call", "general affairs");
        filling.form.set("files", "");
        let without = given_by(&alice, filling.saved());
        let (bob, view) = reads(site, &without);
        assert!(!bob.open(&view).html.contains("letter.txt"));
        let number = without.number.replace('-', "");
        let uid = file.rsplit('/').next().expect("a uid");
        bob.get(&format!("/s/view/{number}/files/{uid}")).is(404);
        site.charlie().get(&file).is(303);

        let strike = alice.open(&with.page).link(|link| link.ends_with("/strike"));
        alice.fill(&strike).with("reason", "done").saved();
        sato.get(&file).is(410);
    });
}

#[test]
fn a_share_is_paused_for_everybody_and_opened_again() {
    on_both(|site| {
        let alice = site.alice();
        let told = tell(&alice);
        let given = share(&told, &alice);
        let (sato, view) = reads(site, &given);
        press(&alice, &given.page, "/pause");
        let answer = sato.get(&view).is(403);
        let page = answer.page();
        assert!(page.shows("closed for the time being") && page.shows("03-5550-0100"), "{}", page.text());
        knock(&site.charlie(), "/s", &given.number, &given.code).is(403);
        sato.get(&format!("{}/answer", view.split('?').next().expect("a path"))).is(403);
        assert!(alice.open(&given.page).shows("not even whoever has it open"));
        press(&alice, &given.page, "/resume");
        assert!(sato.open(&view).shows("port 25"));
        site.run(&["verify"]).ended(0);
    });
}

#[test]
fn a_share_opens_as_often_as_it_may_and_who_has_it_open_reads_on() {
    on_both(|site| {
        let alice = site.alice();
        let told = tell(&alice);
        let filling =
            told.form(&alice, "shares/new").with_all(&[("call", "general affairs, 03-5550-0100"), ("most_openings", "2")]);
        let given = given_by(&alice, filling.saved());
        let (sato, view) = reads(site, &given);
        reads(site, &given);
        let answer = knock(&site.charlie(), "/s", &given.number, &given.code).is(410);
        assert!(answer.page().shows("as often as it may be") && answer.page().shows("03-5550-0100"));
        site.charlie().get(&given.link).is(410);
        assert!(sato.open(&view).shows("port 25"));
        for wrong in ["0", "-1", "1001", "many"] {
            let answer = told.form(&alice, "shares/new").with_all(&[("call", "x"), ("most_openings", wrong)]).send();
            assert_eq!(answer.status, 422, "{wrong}");
        }
        // One more, by changing what was chosen: number and code stay.
        let edit = alice.open(&given.page).link(|link| link.ends_with("/edit"));
        alice.fill(&edit).with("most_openings", "3").saved();
        reads(site, &given);
        site.run(&["verify"]).ended(0);
    });
}

#[test]
fn a_share_is_read_in_the_language_it_was_given_in_until_its_reader_chooses() {
    on_both(|site| {
        let alice = site.alice();
        let told = tell(&alice);
        let filling = told.form(&alice, "shares/new").with_all(&[("call", "general affairs"), ("locale", "ja")]);
        let given = given_by(&alice, filling.saved());
        let (sato, view) = reads(site, &given);
        let page = sato.open(&view);
        assert!(page.html.contains("<html lang=\"ja\">"), "{}", page.text());
        let english = sato.open(&page.link(|link| link.ends_with("?lang=en")));
        assert!(english.html.contains("<html lang=\"en\">"));
        let form = sato.open(&format!("{}/answer", view.split('?').next().expect("a path")));
        assert!(form.html.contains("<html lang=\"ja\">"));
        assert!(site.charlie().open(&given.link).html.contains("<html lang=\"ja\">"));
    });
}

#[test]
fn sato_is_told_what_is_new_since_the_last_time_and_alice_what_sato_has_not_seen() {
    on_both(|site| {
        let alice = site.alice();
        let told = tell(&alice);
        let given = share(&told, &alice);
        let (sato, view) = reads(site, &given);
        assert!(!sato.open(&view).html.contains("id=\"news\""), "the first time, nothing is new");
        site.at("2006-11-24T12:00:00+09:00");
        let alice = site.alice();
        note(&told, &alice, "NewForSato", "provider");
        note(&told, &alice, "NewForMeeting", "meeting");
        note(&told, &alice, "NewForNobody", "internal");

        let log = alice.open(&given.page);
        let since = alice.open(&log.link(|link| link.contains("/openings/")));
        assert!(since.shows("NewForSato") && !since.shows("NewForMeeting") && !since.shows("NewForNobody"), "{}", since.text());
        assert!(since.shows("Nobody has checked who it was"), "{}", since.text());

        // The same name by another browser, written otherwise.
        let again = site.charlie();
        let filling = again.fill("/s").with_all(&[("number", &given.number), ("code", &given.code)]);
        let answer = filling.with_all(&[("name", " ＳＡＴＯ "), ("department", "night desk")]).send().is(303);
        let page = again.open(&answer.location());
        let news =
            page.html.split("id=\"news\"").nth(1).and_then(|rest| rest.split("</section>").next()).expect("news").to_owned();
        assert!(news.contains("NewForSato") && !news.contains("NewForMeeting") && !news.contains("NewForNobody"), "{news}");
        assert!(page.shows("One thing is new since Fri 24 Nov"), "{}", page.text());

        // Somebody else of theirs has seen nothing yet.
        let other = site.charlie();
        let filling = other.fill("/s").with_all(&[("number", &given.number), ("code", &given.code)]);
        let answer = filling.with_all(&[("name", "Tanaka"), ("department", "night desk")]).send().is(303);
        assert!(!other.open(&answer.location()).html.contains("id=\"news\""));

        // What was taken back is told of to who has seen it.
        let entry = told.view(&alice, "internal")["entries"].as_array().and_then(|all| {
            all.iter().find(|entry| entry["title"] == "NewForSato").and_then(|entry| entry["uid"].as_str()).map(str::to_owned)
        });
        alice.fill(&format!("{}/entries/{}/strike", told.incident, entry.expect("it"))).with("reason", "wrong").saved();
        let third = site.charlie();
        let filling = third.fill("/s").with_all(&[("number", &given.number), ("code", &given.code)]);
        let answer = filling.with_all(&[("name", "Sato"), ("department", "night desk")]).send().is(303);
        let page = third.open(&answer.location());
        assert!(page.shows("taken back") && page.shows("NewForSato"), "{}", page.text());
        site.run(&["verify"]).ended(0);
    });
}
