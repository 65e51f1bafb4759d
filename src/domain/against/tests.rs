//! A print against a record that went on.

use serde_json::json;

use super::*;

fn view() -> Value {
    json!({
        "number": "INC-2006-0012", "title": "Port 25", "fingerprint": "a", "changes_recorded": 1, "ledger_hash": "b",
        "figures": { "calls": 1 },
        "entries": [
            { "uid": "e1", "title": "a call", "struck": null, "statements": [{ "uid": "s1", "words": "We call back" }] },
            { "uid": "e2", "title": "a note", "struck": null, "statements": [] },
        ],
    })
}

fn since(now: &Value, whole: &Value) -> Vec<(String, How)> {
    compare(&view(), now, whole).into_iter().map(|since| (since.thing.uid, since.how)).collect()
}

#[test]
fn where_the_ledger_stands_is_no_difference() {
    let mut now = view();
    now["fingerprint"] = json!("c");
    now["changes_recorded"] = json!(9);
    now["ledger_hash"] = json!("d");
    assert_eq!(since(&now, &now), []);
}

#[test]
fn what_follows_from_fields_that_agree_is_no_difference() {
    let mut print = view();
    print["promises"] = json!([{ "uid": "p1", "state": "open", "overdue": true, "late_seconds": 60 }]);
    let mut now = print.clone();
    now["promises"] = json!([{ "uid": "p1", "state": "open", "overdue": false, "late_seconds": null }]);
    assert_eq!(compare(&print, &now, &now), []);
}

#[test]
fn what_was_said_and_what_is_said_now_is_told_once_and_where_it_stands() {
    let mut now = view();
    now["entries"][0]["statements"][0]["words"] = json!("We \u{202e}may\ncall\u{1b}back");
    let changed = How::Changed { field: "words".to_owned(), was: "We call back".to_owned(), now: "We may call back".to_owned() };
    assert_eq!(since(&now, &now), [("s1".to_owned(), changed)]);
}

#[test]
fn what_was_added_moves_nothing_else() {
    let mut now = view();
    let entries = now["entries"].as_array_mut().expect("a list");
    entries.insert(0, json!({ "uid": "e0", "title": "earlier", "statements": [] }));
    assert_eq!(since(&now, &now), [("e0".to_owned(), How::Added)]);
}

#[test]
fn which_entries_a_figure_counts_is_told_by_the_entries_and_not_again() {
    let mut print = view();
    print["counted"] = json!({ "calls": ["e1"] });
    let mut now = print.clone();
    now["counted"] = json!({ "calls": ["e1", "e3"], "told": ["e3"] });
    now["entries"].as_array_mut().expect("a list").push(json!({ "uid": "e3", "title": "another call", "statements": [] }));
    let added: Vec<_> = compare(&print, &now, &now).into_iter().map(|since| (since.thing.uid, since.how)).collect();
    assert_eq!(added, [("e3".to_owned(), How::Added)]);
}

#[test]
fn what_was_struck_out_is_told_with_its_reason_even_where_it_is_not_shown_any_more() {
    let mut whole = view();
    whole["entries"][1]["struck"] = json!("twice");
    let struck = [("e2".to_owned(), How::Struck("twice".to_owned()))];
    assert_eq!(since(&whole, &whole), struck);
    let mut now = whole.clone();
    now["entries"].as_array_mut().expect("a list").remove(1);
    assert_eq!(since(&now, &whole), struck);
    assert_eq!(since(&now, &now), [("e2".to_owned(), How::Gone)]);
}

#[test]
fn a_figure_is_told_by_its_name() {
    let mut now = view();
    now["figures"]["calls"] = json!(2);
    let changed = How::Changed { field: "figures.calls".to_owned(), was: "1".to_owned(), now: "2".to_owned() };
    assert_eq!(since(&now, &now), [(String::new(), changed)]);
}

#[test]
fn what_is_no_view_of_ours_is_not_read() {
    for other in [json!(null), json!([]), json!({}), view()] {
        assert_eq!(Printed::read(other), None);
    }
}
