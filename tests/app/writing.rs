//! Writing: once and not twice, never lost, never over somebody else's words.

use std::collections::BTreeSet;
use std::sync::Mutex;
use std::thread;
use std::time::Duration;

use serde_json::Value;

use crate::harness::{Browser, Kind, Request, Site, Told, on_both, open_incident, tell, text_of_pdf, until};

/// The titles of the entries that stand on record.
fn titles(told: &Told, who: &Browser) -> Vec<String> {
    let view = told.view(who, "internal");
    let entries = view["entries"].as_array().expect("entries");
    entries.iter().map(|entry| entry["title"].as_str().unwrap_or_default().to_owned()).collect()
}

#[test]
fn fifty_posts_of_one_form_at_once_make_one_call() {
    on_both(|site| {
        let bob = site.bob();
        let told = open_incident(&bob);
        let form = told
            .form(&bob, "calls/new")
            .with_all(&[("dialled", "2006-11-22T10:20"), ("answered", "2006-11-22T10:21"), ("ended", "2006-11-22T10:50")])
            .with_all(&[("outcome", "answered"), ("title", "one call")])
            .form;
        let fields = form.fields();
        let places: BTreeSet<String> = thread::scope(|scope| {
            let posts: Vec<_> = (0..50)
                .map(|_| {
                    let (browser, form, fields) = (bob.clone(), &form, &fields);
                    scope.spawn(move || browser.post(&form.action, fields).is(303).location())
                })
                .collect();
            posts.into_iter().map(|post| post.join().expect("every post is answered")).collect()
        });
        assert_eq!(places.len(), 1, "all are sent to the same place: {places:?}");
        assert_eq!(titles(&told, &bob), ["one call"]);
        assert_eq!(told.view(&bob, "internal")["figures"]["provider"]["calls_connected"], 1);
        site.run(&["verify"]).ended(0);
    });
}

#[test]
fn the_key_of_a_form_takes_no_other_words() {
    on_both(|site| {
        let bob = site.bob();
        let told = open_incident(&bob);
        let filling =
            told.form(&bob, "entries/new").with_all(&[("kind", "note"), ("occurred", "2006-11-22T10:20"), ("title", "first")]);
        filling.send().is(303);
        let answer = filling.with("title", "second").send().is(409);
        assert!(answer.page().html.contains("second"), "what was typed is still there");
        assert_eq!(titles(&told, &bob), ["first"]);
    });
}

#[test]
fn another_file_with_the_key_of_one_that_was_taken_is_not_taken_for_it() {
    on_both(|site| {
        let bob = site.bob();
        let told = open_incident(&bob);
        told.form(&bob, "entries/new")
            .with_all(&[("kind", "note"), ("occurred", "2006-11-22T10:20"), ("title", "a letter came")])
            .saved();
        let upload = bob.open(&told.incident).link(|link| link.ends_with("/files/new"));
        let filling = bob.fill(&upload);
        filling.upload("letter.txt", b"the first page").is(303);
        filling.upload("letter.txt", b"the first page").is(303);
        filling.upload("letter.txt", b"the second page").is(409);
        let view = told.view(&bob, "internal");
        let entries = view["entries"].as_array().expect("entries");
        let files: Vec<_> = entries.iter().flat_map(|entry| entry["files"].as_array().expect("files")).collect();
        assert_eq!(files.len(), 1, "the same file once, the other one refused aloud: {files:?}");
    });
}

/// Posts notes until the server is gone; keeps the titles that it acknowledged.
fn write_until_gone(browser: &Browser, action: &str, fields: &[(String, String)], name: &str, acknowledged: &Mutex<Vec<String>>) {
    for n in 0.. {
        let title = format!("{name} note {n}");
        let mut fields = fields.to_vec();
        for (field, value) in &mut fields {
            match field.as_str() {
                "title" => value.clone_from(&title),
                "key" => *value = format!("{name}-{n}"),
                _ => {}
            }
        }
        let request = Request::new("POST", action).header("sec-fetch-site", "same-origin").form(&fields);
        match browser.try_send(&request) {
            Ok(answer) => {
                assert_eq!(answer.status, 303, "{}", answer.page().text());
                acknowledged.lock().expect("no writer panics with it in hand").push(title);
            }
            Err(_) => return,
        }
    }
}

#[test]
fn nothing_that_was_acknowledged_is_lost_when_the_server_is_killed_twenty_times() {
    on_both(|site| {
        let told = open_incident(&site.bob());
        let form = told
            .form(&site.bob(), "entries/new")
            .with_all(&[("kind", "note"), ("occurred", "2006-11-22T10:20"), ("title", "x")])
            .form;
        let (fields, acknowledged) = (form.fields(), Mutex::new(Vec::new()));
        for round in 0..20_u64 {
            let writers = [("Bob", site.bob()), ("Bob's tablet", site.bob())];
            let written = || acknowledged.lock().expect("no writer panicked").len();
            let before = written();
            thread::scope(|scope| {
                for (name, browser) in &writers {
                    let (fields, acknowledged, action) = (&fields, &acknowledged, form.action.as_str());
                    scope.spawn(move || write_until_gone(browser, action, fields, &format!("{name} {round}"), acknowledged));
                }
                // In the middle of it, however slow the machine; and at another point of what is going on each time.
                until("something is written", || written() > before);
                thread::sleep(Duration::from_millis(120 + round * 17));
                site.kill();
            });
            site.start_again();
        }
        let acknowledged = acknowledged.into_inner().expect("no writer panicked");
        assert!(acknowledged.len() >= 40, "only {} entries in twenty rounds", acknowledged.len());
        let standing: BTreeSet<String> = titles(&told, &site.bob()).into_iter().collect();
        let lost: Vec<&String> = acknowledged.iter().filter(|title| !standing.contains(*title)).collect();
        assert_eq!(lost, Vec::<&String>::new());
        site.run(&["verify"]).ended(0);
    });
}

/// The first entry's form for corrections.
fn edit_form(told: &Told, who: &Browser) -> String {
    who.open(&told.incident).link(|link| link.contains("/entries/") && link.ends_with("/edit"))
}

#[test]
fn whoever_saves_second_sees_both_versions_and_overwrites_nothing() {
    on_both(|site| {
        let (alice, bob) = (site.alice(), site.bob());
        let told = open_incident(&bob);
        told.form(&bob, "entries/new")
            .with_all(&[("kind", "note"), ("occurred", "2006-11-22T10:20"), ("title", "first words")])
            .saved();
        let edit = edit_form(&told, &bob);
        let bobs = bob.fill(&edit).with("title", "Bob's words");
        alice.fill(&edit).with("title", "Alice's words").saved();

        let stale = bobs.send().is(409).page();
        assert!(stale.shows("Alice's words"), "what stands on record: {}", stale.text());
        assert!(stale.shows("Alice changed it"), "who was faster: {}", stale.text());
        assert!(stale.html.contains("Bob&#x27;s words") || stale.html.contains("Bob&#39;s words"), "what was typed");
        assert_eq!(titles(&told, &bob), ["Alice's words"]);

        // Knowing both, Bob saves again.
        let again = stale.form(&edit).expect("the form comes back");
        bob.post(&again.action, &again.fields()).is(303);
        assert_eq!(titles(&told, &bob), ["Bob's words"]);
        site.run(&["verify"]).ended(0);
    });
}

#[test]
fn what_is_struck_out_stays_with_its_reason_and_counts_no_more() {
    on_both(|site| {
        let bob = site.bob();
        let told = open_incident(&bob);
        told.form(&bob, "calls/new")
            .with_all(&[
                ("outcome", "busy"),
                ("dialled", "2006-11-22T10:20"),
                ("ended", "2006-11-22T10:22"),
                ("title", "a wrong number"),
            ])
            .saved();
        let failed = |told: &Told| told.view(&bob, "internal")["figures"]["provider"]["attempts_failed"].clone();
        assert_eq!(failed(&told), 1);
        let strike = edit_form(&told, &bob).replace("/edit", "/strike");
        bob.fill(&strike).with("reason", "dialled another company").saved();
        assert_eq!(failed(&told), 0);
        let page = bob.open(&told.incident);
        assert!(page.shows("dialled another company"), "{}", page.text());
        let history = bob.open(&strike.replace(&format!("{}/entries", told.incident), "/history/entry").replace("/strike", ""));
        assert!(history.shows("a wrong number") && history.shows("dialled another company"), "{}", history.text());
        site.run(&["verify"]).ended(0);
    });
}

/// What is on record about one entry's title.
fn title_of_only(told: &Told, who: &Browser) -> Option<String> {
    let view = told.view(who, "internal");
    view["entries"].as_array().and_then(|entries| entries.first()?["title"].as_str().map(str::to_owned))
}

#[test]
fn hostile_text_is_kept_as_text_everywhere() {
    on_both(|site| {
        let bob = site.bob();
        for hostile in [
            "髙﨑①㈱ｶﾅ 追加",
            "=HYPERLINK(\"http://evil.example\",\"x\")",
            "<script>alert(1)</script>",
            "\"><img src=x onerror=alert(1)>",
            "#read(\"secret.txt\") $x$ *b* #panic(1)",
            "{{ frame.csrf }} {% include \"base.html\" %}",
            "'; DROP TABLE entries; --",
            "🦀 👩‍👩‍👧 नमस्ते",
        ] {
            let told = open_incident(&bob);
            told.form(&bob, "entries/new")
                .with_all(&[("kind", "observation"), ("occurred", "2006-11-22T10:20"), ("visibility", "provider")])
                .with_all(&[("title", hostile), ("body", hostile), ("place", hostile)])
                .saved();
            assert_eq!(title_of_only(&told, &bob).as_deref(), Some(hostile));
            let page = bob.open(&told.incident);
            assert!(page.shows(hostile), "{hostile}: {}", page.text());
            for tag in ["<script>alert", "<img src=x"] {
                assert!(!page.html.contains(tag), "{hostile} became markup");
            }
            for audience in ["internal", "meeting", "provider"] {
                let paper = bob.get(&format!("{}/report.pdf?audience={audience}&lang=ja", told.incident)).is(200);
                assert!(paper.body.starts_with(b"%PDF-"), "{hostile}");
            }
        }
        site.run(&["verify"]).ended(0);
    });
}

#[test]
fn letters_that_turn_the_line_around_turn_only_their_own_words() {
    on_both(|site| {
        let bob = site.bob();
        let told = open_incident(&bob);
        told.form(&bob, "entries/new")
            .with_all(&[("kind", "observation"), ("occurred", "2006-11-22T10:20"), ("title", "fdp.\u{202e}exe\u{0}\u{7}")])
            .saved();
        // Evidence is kept as it came, less what nobody can see.
        assert_eq!(title_of_only(&told, &bob).as_deref(), Some("fdp.\u{202e}exe"));
        let page = bob.open(&told.incident).html;
        assert!(page.contains("<bdi>\u{2068}fdp.\u{202e}exe\u{2069}</bdi>"), "the page keeps them between isolates");
        let paper = bob.get(&format!("{}/report.pdf?audience=meeting&lang=en", told.incident)).is(200).body;
        assert!(!text_of_pdf(&paper).contains('\u{202e}'), "the paper leaves them out");
    });
}

#[test]
fn a_text_that_is_far_too_long_is_refused_at_its_field_and_not_lost() {
    on_both(|site| {
        let bob = site.bob();
        let told = open_incident(&bob);
        let long = "長".repeat(2 * 1024 * 1024 / 3);
        let filling =
            told.form(&bob, "entries/new").with_all(&[("kind", "note"), ("occurred", "2006-11-22T10:20"), ("body", &long)]);
        let answer = filling.send();
        match answer.status {
            422 => {
                assert!(answer.page().html.contains("id=\"body-problem\""), "the message stands at the field");
                assert!(answer.page().html.contains(&long), "what was typed is still there");
            }
            status => assert_eq!(status, 413, "{}", answer.page().text().chars().take(500).collect::<String>()),
        }
        assert_eq!(titles(&told, &bob), Vec::<String>::new());
    });
}

#[test]
fn half_a_character_breaks_nothing() {
    on_both(|site| {
        let bob = site.bob();
        let told = open_incident(&bob);
        let form = told
            .form(&bob, "entries/new")
            .with_all(&[("kind", "note"), ("occurred", "2006-11-22T10:20"), ("title", "HALF")])
            .form;
        let mut request = Request::new("POST", &form.action).header("sec-fetch-site", "same-origin").form(&form.fields());
        let body = String::from_utf8(request.body).expect("it was made of text").replace("HALF", "%E5%8A");
        request.body = body.into_bytes();
        let answer = bob.send(request);
        assert!([303, 400, 422].contains(&answer.status), "{}", answer.status);
        bob.open(&told.incident);
        site.run(&["verify"]).ended(0);
    });
}

#[test]
fn a_moment_told_in_words_is_shown_as_understood_before_it_is_saved() {
    on_both(|site| {
        let bob = site.bob();
        let told = open_incident(&bob);
        let filling = told.form(&bob, "entries/new").with_all(&[("kind", "observation"), ("title", "mail stopped")]);
        let answer = filling.with("occurred", "about ten last night").send().is(422);
        let page = answer.page();
        assert!(page.shows("21:30–22:30"), "it says how it was understood: {}", page.text());
        let form = page.form(&format!("{}/entries/new", told.incident)).expect("the form comes back");
        assert!(
            form.value("occurred").is_some_and(|typed| typed.contains("2006-11-23 21:30〜22:30")),
            "{:?}",
            form.value("occurred")
        );
        assert_eq!(form.value("title"), Some("mail stopped"), "nothing typed is lost");
        bob.post(&form.action, &form.fields()).is(303);
        let entry = told.view(&bob, "internal")["entries"][0].clone();
        assert_eq!(entry["occurred"]["words"], Value::from("about ten last night"));
        assert!(site_says(site, &told, "about ten last night"));
    });
}

fn site_says(site: &Site, told: &Told, words: &str) -> bool {
    site.mei().open(&told.incident).shows(words)
}

#[test]
fn what_was_said_is_corrected_and_weighed_and_keeps_what_it_was() {
    on_both(|site| {
        let bob = site.bob();
        let told = open_incident(&bob);
        told.form(&bob, "entries/new")
            .with_all(&[
                ("kind", "visit"),
                ("occurred", "2006-11-22T10:20"),
                ("s1_kind", "claim"),
                ("s1_words", "We sent an e-mail."),
            ])
            .choose("s1_company", "Provider P")
            .tick("s1_verbatim")
            .saved();
        let correction = bob.open(&told.incident).link(|link| link.contains("/statements/") && link.ends_with("/edit"));
        bob.fill(&correction).with_all(&[("words", "We sent an e-mail in July."), ("standing", "disputed")]).saved();

        let said = told.view(&bob, "internal")["entries"][0]["statements"][0].clone();
        assert_eq!((&said["words"], &said["standing"]), (&"We sent an e-mail in July.".into(), &"disputed".into()));
        assert_eq!(said["verbatim"], true, "what was not touched stays");
        let history = bob.open(&bob.open(&correction).link(|link| link.starts_with("/history/entry/")));
        assert!(history.shows("We sent an e-mail."), "{}", history.text());
        site.run(&["verify"]).ended(0);
    });
}

#[test]
fn two_of_the_phone_book_found_to_be_one_are_shown_as_one() {
    on_both(|site| {
        let bob = site.bob();
        let told = open_incident(&bob);
        let provider = &told.companies["P"];
        let desk = bob.open(provider).link(|link| link.contains("/contacts/") && link.ends_with("/edit"));
        let merger = bob.open(&desk).link(|link| link.ends_with("/merger"));
        let spelled = bob.fill(&desk).form.value("department").expect("a department").to_owned();
        bob.fill(&merger).choose("into", "desk 1").saved();

        assert_eq!(bob.get(&merger).status, 404, "merged once, it leads to one that is not");
        assert!(bob.open(provider).shows(&spelled), "both spellings are kept");
        let offered = told.form(&bob, "calls/new").form;
        assert!(!bob.open(&offered.action).shows(&spelled), "only the one is offered from now on");
        site.run(&["verify"]).ended(0);
    });
}

#[test]
fn who_may_read_an_entry_is_changed_by_one_tap_on_its_page() {
    on_both(|site| {
        let bob = site.bob();
        let told = open_incident(&bob);
        told.form(&bob, "entries/new")
            .with_all(&[("kind", "observation"), ("occurred", "2006-11-22T10:20"), ("title", "seen")])
            .saved();
        let form =
            bob.open(&told.incident).forms().into_iter().find(|form| form.action.ends_with("/visibility")).expect("the tap");
        let mut fields = form.fields();
        fields.push(("visibility".to_owned(), "provider".to_owned()));
        let entry = told.view(&bob, "internal")["entries"][0]["uid"].as_str().expect("a uid").to_owned();
        assert_eq!(bob.post(&form.action, &fields).is(303).location(), format!("{}#e-{entry}", told.incident));
        assert_eq!(told.view(&bob, "provider")["entries"][0]["title"], "seen");
        // A page that is still open elsewhere changes nothing unseen.
        bob.post(&form.action, &fields).is(409);
        site.run(&["verify"]).ended(0);
    });
}

#[test]
fn a_file_that_was_struck_out_is_shown_no_more_and_stays_in_the_history() {
    on_both(|site| {
        let bob = site.bob();
        let told = open_incident(&bob);
        told.form(&bob, "entries/new")
            .with_all(&[("kind", "observation"), ("occurred", "2006-11-22T10:20"), ("title", "seen")])
            .saved();
        for page in [&told.incident, &told.contract] {
            let upload = bob.open(page).link(|link| link.ends_with("/files/new"));
            bob.fill(&upload).upload("letter.txt", b"Dear customer").is(303);
            let (strike, history) = {
                let shown = bob.open(page);
                assert!(shown.shows("letter.txt"), "{}", shown.text());
                (
                    shown.link(|link| link.contains("/files/") && link.ends_with("/strike")),
                    shown.link(|link| link.starts_with("/history/attachment/")),
                )
            };
            assert!(bob.open(&strike).shows("letter.txt"), "it says what is struck out");
            bob.fill(&strike).with("reason", "the wrong letter").saved();
            assert!(!bob.open(page).shows("letter.txt"));
            assert!(bob.open(&history).shows("letter.txt"));
            assert_eq!(bob.get(&strike).status, 404);
        }
        site.run(&["verify"]).ended(0);
    });
}

/// What a link does to the place where one stands, a file to be saved, or somebody who is logged in.
fn leads_elsewhere(link: &str) -> bool {
    link.starts_with("/static/")
        || link.contains("report.pdf")
        || link.starts_with("http")
        || link.starts_with("mailto:")
        || link.starts_with("tel:")
}

#[test]
fn every_link_on_every_page_leads_to_a_page() {
    on_both(|site| {
        let alice = site.alice();
        let told = tell(&alice);
        let empty = alice.fill("/incidents/new").with("title", "nothing yet").choose("provider", "Provider P").saved();
        let (mut asked, mut open) = (BTreeSet::new(), vec!["/".to_owned(), told.incident.clone(), empty]);
        while let Some(path) = open.pop() {
            let path = path.split('#').next().unwrap_or_default().to_owned();
            // Of very many alike, such as the history of each entry, a few tell.
            let kind: String =
                path.split('/').map(|part| if part.len() == 36 { "*" } else { part }).collect::<Vec<_>>().join("/");
            if path.is_empty()
                || leads_elsewhere(&path)
                || asked.iter().filter(|(of, _)| *of == kind).count() >= 3
                || !asked.insert((kind, path.clone()))
            {
                continue;
            }
            let mut answer = alice.get(&path);
            if path == "/desk" {
                answer = alice.get(&answer.is(303).location());
            }
            assert_eq!(answer.status, 200, "{path}");
            if answer.header("content-type").is_some_and(|kind| kind.starts_with("text/html")) {
                open.extend(answer.page().links());
            }
        }
        assert!(asked.len() > 60, "only {} pages: {asked:?}", asked.len());
    });
}

#[test]
fn an_incident_may_begin_with_a_company_that_nobody_has_entered_and_gets_its_contract_later() {
    on_both(|site| {
        let alice = site.alice();
        let first = alice.get("/desk").is(303).location();
        assert_eq!(first, "/incidents/new");
        assert!(alice.open(&first).shows("no incident to record a call in"), "it is said why");
        let refused = alice.fill("/incidents/new").with("title", "No mail").send().is(422).page();
        assert!(refused.shows("Nothing is saved yet"), "{}", refused.text());
        let incident = alice.fill("/incidents/new").with_all(&[("title", "No mail"), ("new_company", "Provider P")]).saved();
        assert!(alice.open(&incident).shows("Provider P"));
        let company = alice.open("/providers").link(|link| link.starts_with("/providers/") && !link.ends_with("/new"));

        alice.fill(&format!("{company}/contracts/new")).with("title", "Business line").saved();
        let edit = format!("{incident}/edit");
        alice.fill(&edit).choose("contracts", "Business line · Provider P").saved();
        assert!(alice.open(&edit).forms().iter().any(|form| form.value("contracts").is_some()), "it is ticked");
    });
}

#[test]
fn a_name_that_the_phone_book_has_means_that_company_and_two_companies_are_not_taken_for_one() {
    on_both(|site| {
        let alice = site.alice();
        alice.fill("/incidents/new").with_all(&[("title", "No mail"), ("new_company", "Provider P")]).saved();
        alice.fill("/incidents/new").with_all(&[("title", "No fax"), ("new_company", "Provider P")]).saved();
        let companies = || alice.open("/providers").text().matches("Provider P").count();
        assert_eq!(companies(), 1, "{}", alice.open("/providers").text());

        let both = alice.fill("/incidents/new").choose("provider", "Provider P");
        let refused = both.with_all(&[("title", "No phone"), ("new_company", "Vendor V")]).send().is(422).page();
        assert!(refused.shows("not both"), "{}", refused.text());
        assert!(!alice.open("/providers").shows("Vendor V"));
    });
}

#[test]
fn what_was_typed_beside_an_empty_field_is_asked_about_and_not_lost() {
    let site = Site::open(Kind::Sqlite);
    let (bob, told) = (site.bob(), open_incident(&site.bob()));
    let form = told.form(&bob, "entries/new").with_all(&[("kind", "note"), ("occurred", "2006-11-22T10:20"), ("s1_who", "Sato")]);
    assert!(form.send().is(422).page().html.contains("Sato"));
}
