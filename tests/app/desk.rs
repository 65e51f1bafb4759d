//! The desk: what is tapped is kept as it is made, once, whatever happens; and put on record when its author saves it.

use serde_json::{Value, json};

use crate::harness::desk::{Desk, Listening, uid};
use crate::harness::{Browser, Form, Site, Told, on_both, open_incident};

/// Milliseconds since 1970 of a time on the story's Friday, in Tokyo.
fn at(time: &str) -> i64 {
    let parts: Vec<i64> = time.split(':').map(|part| part.parse().expect("a time")).collect();
    1_164_294_000_000 + (parts[0] * 60 + parts[1]) * 60_000
}

fn tap(n: u64, time: &str, act: Value) -> Value {
    let mut tap = act;
    tap["uid"] = json!(uid(n));
    tap["at"] = json!(at(time));
    tap
}

fn does(n: u64, time: &str, act: &str) -> Value {
    tap(n, time, json!({ "do": act, "number": "" }))
}

fn line(n: u64, time: &str, kind: &str, words: &str) -> Value {
    tap(n, time, json!({ "do": "line", "kind": kind, "ours": false, "words": words, "verbatim": true, "due": "" }))
}

fn entries(told: &Told, who: &Browser) -> Vec<Value> {
    told.view(who, "internal")["entries"].as_array().expect("a list").clone()
}

/// A call of half an hour, with a person, a hold and a promise.
fn a_call() -> Vec<Value> {
    vec![
        does(1, "10:20", "dial"),
        does(2, "10:21", "answered"),
        tap(3, "10:21", json!({ "do": "who", "leg": 0, "contact": null, "who": "desk 1" })),
        line(4, "10:29", "claim", "No, we did notify you"),
        does(5, "10:38", "hold"),
        does(6, "10:44", "back"),
        line(7, "10:48", "promise", "Somebody who knows will call you at once"),
        does(8, "10:50", "end"),
    ]
}

#[test]
fn what_is_tapped_twice_counts_once_and_is_on_record_when_it_is_saved() {
    on_both(|site| {
        let bob = site.bob();
        let told = open_incident(&bob);
        let desk = Desk::of(&bob, &told);
        for taps in a_call().chunks(3) {
            desk.send(100, taps).is(200);
            desk.send(100, taps).is(200);
        }
        assert_eq!(desk.calls()[0]["taps"].as_array().map(Vec::len), Some(8));
        assert!(entries(&told, &bob).is_empty(), "nothing is on record before Bob says so");

        let review = bob.open(&desk.review(100));
        assert!(review.shows("desk 1") && review.shows("Somebody who knows"), "{}", review.text());
        let again = bob.fill(&desk.review(100));
        bob.fill(&desk.review(100))
            .with_all(&[("due0", "30 minutes later"), ("due_by0", "ours"), ("due_reason0", "at once")])
            .saved();
        again.send().is(303);
        assert!(bob.open(&desk.review(100)).shows("on record already"));
        let entries = entries(&told, &bob);
        assert_eq!(entries.len(), 1, "saved twice, it is there once");
        let call = &entries[0]["call"];
        assert_eq!((&call["legs"][0]["who"]["desk"], call["waits"].as_array().map(Vec::len)), (&json!("desk 1"), Some(1)));
        let promises = told.view(&bob, "internal")["promises"].clone();
        assert_eq!(promises[0]["due"]["from"], json!("2006-11-24T02:18:00Z"), "{promises}");
        assert!(desk.calls().is_empty());
        // A late resend, from a browser that did not hear the answer, adds nothing.
        let late = desk.send(100, &a_call()).is(200).json();
        assert_eq!(late["closed"], json!(true));
        assert_eq!(self::entries(&told, &bob).len(), 1);
        site.run(&["verify"]).ended(0);
    });
}

#[test]
fn a_promise_has_the_due_time_that_was_typed_behind_it() {
    on_both(|site| {
        let bob = site.bob();
        let told = open_incident(&bob);
        let desk = Desk::of(&bob, &told);
        let mut promise = line(3, "10:48", "promise", "We will call back");
        promise["due"] = json!("30m");
        desk.send(100, &[does(1, "10:20", "dial"), does(2, "10:21", "answered"), promise, does(4, "10:50", "end")]).is(200);
        bob.fill(&desk.review(100)).saved();
        let due = told.view(&bob, "internal")["promises"][0]["due"].clone();
        assert_eq!((&due["from"], &due["words"]), (&json!("2006-11-24T02:18:00Z"), &Value::Null));
    });
}

#[test]
fn what_is_typed_after_hang_up_was_said_at_no_time_that_anybody_noted() {
    on_both(|site| {
        let bob = site.bob();
        let told = open_incident(&bob);
        let desk = Desk::of(&bob, &told);
        let during = line(3, "10:30", "claim", "during the call");
        let after = line(5, "11:05", "claim", "put down afterwards");
        desk.send(100, &[does(1, "10:20", "dial"), does(2, "10:21", "answered"), during, does(4, "10:50", "end"), after]).is(200);
        bob.fill(&desk.review(100)).saved();
        let said = entries(&told, &bob)[0]["statements"].clone();
        assert_eq!((&said[0]["said_at"], &said[1]["said_at"]), (&json!("2006-11-24T01:30:00Z"), &Value::Null), "{said}");
    });
}

#[test]
fn an_attempt_that_reached_nobody_is_on_record_as_soon_as_the_next_begins() {
    on_both(|site| {
        let bob = site.bob();
        let told = open_incident(&bob);
        let desk = Desk::of(&bob, &told);
        desk.send(100, &[does(1, "09:45", "dial"), does(2, "09:47", "no_answer")]).is(200);
        desk.send(101, &[does(3, "09:48", "dial")]).is(200);
        let entries = entries(&told, &bob);
        assert_eq!(entries.len(), 1);
        assert_eq!((&entries[0]["kind"], &entries[0]["call"]["outcome"]), (&json!("failed_attempt"), &json!("no_answer")));
        assert_eq!(desk.calls().len(), 1);
    });
}

#[test]
fn a_killed_server_loses_nothing_that_it_has_answered_for() {
    on_both(|site| {
        let told = open_incident(&site.bob());
        let bob = site.bob();
        Desk::of(&bob, &told).send(100, &a_call()[..5]).is(200);
        site.kill();
        site.start_again();
        let bob = site.bob();
        let desk = Desk::of(&bob, &told);
        assert_eq!(desk.calls()[0]["taps"].as_array().map(Vec::len), Some(5));
        desk.send(100, &a_call()[4..]).is(200);
        bob.fill(&desk.review(100)).saved();
        assert_eq!(entries(&told, &bob)[0]["statements"].as_array().map(Vec::len), Some(2));
    });
}

#[test]
fn a_call_begun_elsewhere_goes_on_here_and_is_nobody_elses() {
    on_both(|site| {
        let (bob, alice) = (site.bob(), site.alice());
        let told = open_incident(&bob);
        Desk::of(&bob, &told).send(100, &a_call()[..2]).is(200);
        let phone = site.bob();
        let there = Desk::of(&phone, &told);
        let answer = there.send(200, &[does(20, "10:30", "hold")]).is(200).json();
        assert_eq!(answer["another"], json!(uid(100)), "one call of a person at a time");
        there.send(100, &[does(20, "10:30", "hold")]).is(200);
        assert_eq!(there.calls().len(), 1);

        let hers = Desk::of(&alice, &told);
        assert_eq!(hers.calls()[0]["person"], json!("Bob"), "Alice sees what goes on");
        hers.send(100, &[does(30, "10:31", "end")]).is(403);
        alice.get(&hers.review(100)).is(404);
        hers.send(300, &[does(31, "10:31", "dial")]).is(200);
        assert_eq!(there.calls().len(), 2, "two people, two calls");
    });
}

#[test]
fn a_colleague_at_another_server_process_sees_the_lines_as_they_are_made() {
    on_both(|site| {
        let bob = site.bob();
        let told = open_incident(&bob);
        let desk = Desk::of(&bob, &told);
        desk.send(100, &a_call()[..4]).is(200);
        let second = site.second(&[]);
        let alice = Browser::with_cookies(second.address, site.alice().cookies());
        let hers = Desk { browser: &alice, url: desk.url.clone(), csrf: String::new() };
        let seen = hers.calls();
        assert_eq!(seen[0]["taps"][3]["words"], json!("No, we did notify you"));
        let reached = alice.get(&format!("{}/calls", desk.url)).json()["reached"].as_str().expect("how far").to_owned();
        assert_eq!(alice.get(&format!("{}/calls?since={reached}", desk.url)).status, 204, "nothing new");
        desk.send(100, &a_call()[4..5]).is(200);
        assert_eq!(alice.get(&format!("{}/calls?since={reached}", desk.url)).status, 200);
    });
}

#[test]
fn a_desk_whose_session_has_ended_is_told_so_and_one_of_another_session_too() {
    on_both(|site| {
        let bob = site.bob();
        let told = open_incident(&bob);
        let desk = Desk::of(&bob, &told);
        let charlie = site.charlie();
        Desk { browser: &charlie, url: desk.url.clone(), csrf: desk.csrf.clone() }.send(100, &a_call()[..1]).is(401);
        let alice = site.alice();
        Desk { browser: &alice, url: desk.url.clone(), csrf: desk.csrf.clone() }.send(100, &a_call()[..1]).is(409);
        assert!(desk.calls().is_empty());
    });
}

#[test]
fn what_is_no_tap_is_refused_and_a_line_has_an_end() {
    on_both(|site: &Site| {
        let bob = site.bob();
        let told = open_incident(&bob);
        let desk = Desk::of(&bob, &told);
        desk.send(100, &[json!({ "do": "explode" })]).is(400);
        desk.send(100, &[line(1, "10:20", "claim", &"加".repeat(10_001))]).is(422);
        desk.send(100, &[line(2, "10:20", "claim", "<script>髙﨑①㈱ \u{202e}=HYPERLINK(1)")]).is(200);
        bob.fill(&desk.review(100)).send().is(422);
        desk.send(100, &[does(3, "10:21", "dial"), does(4, "10:22", "answered"), does(5, "10:23", "end")]).is(200);
        bob.fill(&desk.review(100)).saved();
        assert!(
            entries(&told, &bob)[0]["statements"][0]["words"].as_str().is_some_and(|words| words.contains("<script>髙﨑①㈱"))
        );
    });
}

#[test]
fn a_line_set_against_an_earlier_one_is_a_contradiction_and_an_answer_answers() {
    on_both(|site| {
        let bob = site.bob();
        let told = open_incident(&bob);
        told.form(&bob, "asks/new").with_all(&[("words", "Where was it sent?"), ("visibility", "provider")]).saved();
        let desk = Desk::of(&bob, &told);
        desk.send(100, &a_call()).is(200);
        bob.fill(&desk.review(100)).saved();
        let view = told.view(&bob, "internal");
        let (said, ask) = (view["entries"][0]["statements"][0]["uid"].clone(), view["asks"][0]["uid"].clone());
        let mut answer = line(42, "18:20", "admission", "It was sent to no address of yours");
        answer["against"] = said;
        answer["answers"] = ask;
        let taps = [does(40, "18:05", "ring"), does(41, "18:05", "answered"), answer, does(43, "18:40", "end")];
        desk.send(101, &taps).is(200);
        bob.fill(&desk.review(101)).saved();
        let view = told.view(&bob, "internal");
        assert_eq!(view["contradictions"].as_array().map(Vec::len), Some(1), "{}", view["contradictions"]);
        assert!(view["asks"][0]["answer"].is_object(), "{}", view["asks"]);
        site.run(&["verify"]).ended(0);
    });
}

#[test]
fn a_call_that_was_a_mistake_is_dropped_after_asking() {
    on_both(|site| {
        let bob = site.bob();
        let told = open_incident(&bob);
        let desk = Desk::of(&bob, &told);
        desk.send(100, &a_call()).is(200);
        bob.fill(&format!("{}/withdrawal", desk.review(100))).saved();
        assert!(desk.calls().is_empty() && entries(&told, &bob).is_empty());
    });
}

#[test]
fn desks_that_listen_to_either_of_two_processes_are_told_as_it_happens() {
    on_both(|site| {
        let (bob, alice) = (site.bob(), site.alice());
        let told = open_incident(&bob);
        let desk = Desk::of(&bob, &told);
        let second = site.second(&[]);
        let mut listening = [site.address(), second.address].map(|process| Listening::to(&desk, &alice, process));
        listening.iter_mut().for_each(|one| one.until("\"calls\":[]"));
        desk.send(100, &a_call()[..4]).is(200);
        listening.iter_mut().for_each(|one| one.until("No, we did notify you"));
        desk.send(100, &a_call()[4..5]).is(200);
        listening.iter_mut().for_each(|one| one.until(&uid(5)));
    });
}

#[test]
fn number_and_code_are_there_at_one_press_while_the_phone_is_at_the_ear() {
    on_both(|site| {
        let bob = site.bob();
        let told = open_incident(&bob);
        let desk = format!("{}/desk", told.incident);
        let makes = |form: &Form| form.action.ends_with("/shares/new");
        let form = bob.open(&desk).forms().into_iter().find(makes).expect("the button");
        assert_eq!(bob.post(&form.action, &form.fields()).is(303).location(), desk);
        let page = bob.open(&desk);
        assert!(page.shows("Number") && page.forms().iter().all(|form| !makes(form)), "{}", page.text());
    });
}
