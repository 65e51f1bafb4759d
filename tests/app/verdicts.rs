//! Verdicts: on the command line, on the pages, and how they came to be.

use diesel::connection::SimpleConnection;
use serde_json::Value;

use crate::harness::{Browser, Kind, Site, Told, on_both, open_incident, open_sqlite, run_alone, until};

const CASES: &str = include_str!("../fixtures/terms.json");

fn folder() -> tempfile::TempDir {
    tempfile::tempdir_in(env!("CARGO_TARGET_TMPDIR")).expect("a folder")
}

/// The same outcome without its reasons.
fn bare(outcome: &Value) -> Value {
    let mut outcome = outcome.clone();
    let reasons = outcome.as_object_mut().expect("an object").remove("reasons").expect("its reasons");
    assert!(!reasons.as_array().expect("a list").is_empty());
    outcome
}

#[test]
fn the_command_answers_a_list_in_order_and_one_case_with_one_outcome() {
    let folder = folder();
    let file = folder.path().join("cases.json");
    std::fs::write(&file, CASES).expect("it is written");
    let cases: Vec<Value> = serde_json::from_str(CASES).expect("cases");
    for lang in ["ja", "en"] {
        let out = run_alone(folder.path(), &["verdict", file.to_str().expect("a path"), "--lang", lang]).ended(0).text();
        assert!(!out.contains('⟦') && !out.contains("{ $"), "{out}");
        let outcomes: Vec<Value> = serde_json::from_str(&out).expect("outcomes");
        assert_eq!(outcomes.len(), cases.len());
        for (outcome, case) in outcomes.iter().zip(&cases) {
            assert_eq!(bare(outcome), case["expect"], "{}", case["name"]);
        }
    }
    std::fs::write(&file, cases[0].to_string()).expect("it is written");
    let out = run_alone(folder.path(), &["verdict", file.to_str().expect("a path")]).ended(0).text();
    assert_eq!(bare(&serde_json::from_str(&out).expect("one outcome")), cases[0]["expect"]);
}

#[test]
fn the_command_reads_what_it_is_given_and_names_the_path_of_what_is_wrong() {
    on_both(|site| {
        let said = site.run_with(&["verdict", "-"], "[]").ended(0);
        assert_eq!(said.text().trim(), "[]");
        let wrong = CASES.replacen("\"standing\": \"theirs\"", "\"standing\": \"hers\"", 1);
        let said = site.run_with(&["verdict", "-"], &wrong).ended(2);
        assert!(said.err.contains("[0].facts.notices[0].standing") && said.out.is_empty(), "{}", said.err);
        let said = site.run(&["verdict", "/no/such/file.json"]).ended(2);
        assert!(said.err.contains("/no/such/file.json"), "{}", said.err);
    });
}

/// The clause and the agreement of the story, with their rules, and the change with what they say of their notice.
pub fn with_terms(told: &Told, who: &Browser) {
    let contract = who.open(&told.contract);
    let term = |of: &str| contract.link(|link| link.contains(of) && link.ends_with("/term"));
    let (clause, agreement) = (term("/clauses/"), term("/agreements/"));
    let clause = who.fill(&clause).with("kind", "notice");
    clause.choose("forms", "Letter").choose("forms", "E-mail").choose("forms", "website").saved();
    who.fill(&agreement).with("kind", "notice").choose("forms", "Letter").saved();
    told.form(who, "changes/new")
        .with("what", "Port 25 blocked")
        .with("effective", "2006-11-21T21:00/2006-11-21T23:00 「about ten last night」")
        .saved();
    told.form(who, "notices/new")
        .choose("change", "Port 25")
        .with_all(&[("form", "email"), ("sent", "2006-07-01/2006-11-21"), ("to_registered", "no"), ("standing", "theirs")])
        .saved();
    told.form(who, "entries/new")
        .with_all(&[
            ("kind", "observation"),
            ("occurred", "2006-11-22T11:10"),
            ("title", "No letter came"),
            ("visibility", "provider"),
        ])
        .choose("change", "Port 25")
        .choose("looked_for", "Letter")
        .saved();
}

/// They admit in a later call what was agreed: it is proved.
fn admitted(told: &Told, who: &Browser) {
    told.form(who, "calls/new")
        .with_all(&[
            ("direction", "in"),
            ("dialled", "2006-11-23T10:00"),
            ("answered", "2006-11-23T10:00"),
            ("ended", "2006-11-23T10:10"),
        ])
        .choose("company", "Provider P")
        .with_all(&[("leg1_who", "customer desk"), ("s1_kind", "admission"), ("s1_words", "Yes, it was to come in writing")])
        .saved();
    let agreement = who.open(&told.contract).link(|link| link.contains("/agreements/") && link.ends_with("/edit"));
    who.fill(&agreement).with("standing", "established").saved();
}

#[test]
fn the_storys_verdict_is_open_until_the_agreement_is_admitted_and_its_history_says_why() {
    on_both(|site| {
        let alice = site.alice();
        let told = open_incident(&alice);
        with_terms(&told, &alice);
        site.verdicts_found();

        let page = alice.open(&told.incident);
        for says in
            ["cannot be determined", "Under the agreement: not as the clause says", "proof of the agreement", "no legal opinion"]
        {
            assert!(page.shows(says), "{says}: {}", page.text());
        }
        let contract = alice.open(&told.contract);
        assert!(contract.shows("Notice by Letter or E-mail or Posted on a website."), "{}", contract.text());

        // One click asks the provider to confirm it; the page then says that it is asked.
        let asks = format!("{}/asks/new", told.incident);
        let ask = page.forms().into_iter().find(|form| form.action == asks).expect("a form that asks");
        assert!(ask.value("words").is_some_and(|words| words.contains("we use no e-mail address of yours")));
        assert_eq!(alice.post(&ask.action, &ask.fields()).status, 303);
        let page = alice.open(&told.incident);
        assert!(page.shows("asked already") && page.shows("Please confirm from your records"), "{}", page.text());

        admitted(&told, &alice);
        site.verdicts_found();
        let page = alice.open(&told.incident);
        assert!(page.shows("Held against the record: not as the clause says"), "{}", page.text());
        assert!(page.shows("changed by Agreement"), "{}", page.text());
        let history = alice.open(&page.link(|link| link.starts_with("/history/verdict/")));
        assert!(history.shows("cannot be determined") && history.shows("not as the clause says"), "{}", history.text());
        site.run(&["verify"]).ended(0);
    });
}

#[test]
fn the_provider_is_asked_and_not_told_a_result() {
    on_both(|site| {
        let alice = site.alice();
        let told = open_incident(&alice);
        with_terms(&told, &alice);
        let view = told.view(&alice, "provider");
        assert_eq!(view["verdicts"], Value::Array(Vec::new()));
        let questions = view["questions"].as_array().expect("questions");
        assert!(questions.iter().any(|question| question["key"] == "term-ask-agreement"), "{view}");
        let meeting = told.view(&alice, "meeting");
        assert_eq!(meeting["verdicts"][0]["finding"], "cannot_determine");
        assert_eq!(meeting["verdicts"][0]["of_agreement"], "breached");
    });
}

#[test]
fn a_changed_calendar_computes_again_what_rests_on_it_and_the_ledger_says_so() {
    on_both(|site: &Site| {
        let alice = site.alice();
        let told = open_incident(&alice);
        let contract = &told.contract;
        alice
            .fill(&format!("{contract}/clauses/new"))
            .with_all(&[("number", "Article 20"), ("quote", "We answer within two business days.")])
            .saved();
        let term = alice.open(contract).links().into_iter().rfind(|link| link.contains("/clauses/") && link.ends_with("/term"));
        let term = term.expect("the clause's rule");
        alice
            .fill(&term)
            .with_all(&[("kind", "response"), ("within_n", "1"), ("within_unit", "business_days"), ("deadline_from", "reported")])
            .saved();
        told.form(&alice, "times").with("reported", "2006-11-20T10:00").saved();
        told.form(&alice, "calls/new")
            .with_all(&[
                ("direction", "in"),
                ("dialled", "2006-11-22T16:00"),
                ("answered", "2006-11-22T16:00"),
                ("ended", "2006-11-22T16:10"),
            ])
            .choose("company", "Provider P")
            .with("leg1_who", "desk")
            .saved();
        site.verdicts_found();
        let page = alice.open(&told.incident);
        assert!(page.shows("Held against the record: not as the clause says"), "{}", page.text());

        alice.fill(&format!("{contract}/edit")).with("closed_days", "2006-11-21").saved();
        site.verdicts_found();
        let page = alice.open(&told.incident);
        assert!(page.shows("changed by the calendar"), "{}", page.text());
        assert!(page.shows("Held against the record: as the clause says"), "{}", page.text());
        site.run(&["verify"]).ended(0);
    });
}

#[test]
fn an_incident_that_cannot_be_read_holds_no_other_up() {
    on_both(|site: &Site| {
        if site.kind != Kind::Sqlite {
            return;
        }
        let alice = site.alice();
        let sound = open_incident(&alice);
        with_terms(&sound, &alice);
        open_incident(&alice);
        site.verdicts_found();
        site.kill();
        let mut connection = open_sqlite(&site.data());
        let second = "(SELECT max(id) FROM incidents)";
        let severity = format!("UPDATE incidents SET severity = 'none' WHERE id = {second}");
        connection.batch_execute(&severity).expect("the second cannot be read any more");
        drop(connection);
        site.start_again();
        // What is queued half an hour later stands behind what cannot be computed.
        until("the second waits", || site.a_verdict_waits());
        site.at("2006-11-24T09:30:00+09:00");

        let alice = site.alice();
        let agreement = alice.open(&sound.contract).link(|link| link.contains("/agreements/") && link.ends_with("/edit"));
        alice.fill(&agreement).with("standing", "established").saved();
        until("the sound one is computed", || alice.open(&sound.incident).shows("changed by Agreement"));
    });
}

#[test]
fn every_starting_point_is_kept_as_it_stands_there_also_those_with_a_fraction() {
    on_both(|site: &Site| {
        let alice = site.alice();
        let told = open_incident(&alice);
        let clause = |number: &str| {
            let form = alice.fill(&format!("{}/clauses/new", told.contract));
            form.with_all(&[("number", number), ("quote", "As printed.")]).saved();
            let mut links = alice.open(&told.contract).links().into_iter();
            links.rfind(|link| link.contains("/clauses/") && link.ends_with("/term")).expect("the clause's rule")
        };
        let starts = alice.open(&clause("Article 30")).links().into_iter().filter(|link| link.contains("?start="));
        let starts: Vec<String> = starts.map(|link| link.split_once('?').expect("a question").1.to_owned()).collect();
        assert!(starts.len() >= 10, "{starts:?}");
        for (n, start) in (31..).zip(&starts) {
            let term = clause(&format!("Article {n}"));
            alice.fill(&format!("{term}?{start}")).saved();
        }
        let half = clause("Article 60");
        let json = r#"{"kind": "credit", "from": "reported", "block_hours": 0.5, "per_block": {"fixed": 100}}"#;
        alice.fill(&half).with("term_json", json).saved();
        let monthly = alice.open(&told.contract);
        assert!(monthly.shows("99.9"), "{}", monthly.text());
        assert_eq!(alice.open(&half).form(&half).expect("its form").value("block_hours"), Some("0.5"));
        site.run(&["verify"]).ended(0);
    });
}
