//! A credit that is due: the letter that asks for it, the record that it was sent, and how it was answered.

use diesel::connection::SimpleConnection;

use crate::harness::{Browser, Kind, PASSWORD, Site, Told, on_both, open_incident, open_sqlite, text_of_pdf};

const CREDIT: &str = r#"{"kind": "credit", "from": "reported", "minimum_hours": 24, "block_hours": 24, "requires_total": true,
    "per_block": {"of": "monthly_fee", "divided_by": 30}, "claim_within": {"n": 3, "unit": "months", "from": "restored"}}"#;

/// A clause on credits; restored on Friday morning, so that the last day to claim is a Saturday, or moves to Monday.
fn put_credit(who: &Browser, told: &Told) {
    who.fill(&format!("{}/clauses/new", told.contract))
        .with_all(&[("number", "Article 27"), ("heading", "Credits 加"), ("quote", "Whole days of twenty-four hours.")])
        .saved();
    let page = who.open(&told.contract);
    let link = page.links().into_iter().rfind(|link| link.contains("/clauses/") && link.ends_with("/term")).expect("its term");
    who.fill(&link).with("term_json", CREDIT).saved();
    told.form(who, "times").with_all(&[("reported", "2006-11-22T06:20"), ("restored", "2006-11-24T08:00")]).saved();
}

/// The same, where it is known that the line was wholly unusable; the page of the credit, by its one link from the verdict.
pub fn with_due_credit(who: &Browser, told: &Told) -> String {
    put_credit(who, told);
    told.form(who, "edit").choose("total", "Yes").saved();
    credit_page(told, who)
}

fn credit_page(told: &Told, who: &Browser) -> String {
    who.open(&told.incident).link(|link| link.contains("/credits/"))
}

fn letter(who: &Browser, credit: &str, lang: &str) -> String {
    let answer = who.get(&format!("{credit}/letter.pdf?lang={lang}")).is(200);
    assert_eq!(answer.header("content-type"), Some("application/pdf"));
    text_of_pdf(&answer.body)
}

/// Somebody records that Alice sent the letter, from the link on the page.
pub fn sent(who: &Browser, credit: &str) -> String {
    let record = who.open(credit).link(|link| link.contains("/credit-claims/new?"));
    who.fill(&record)
        .with_all(&[("sent", "2006-11-24T08:30"), ("way", "registered_letter"), ("address", "Billing desk 髙﨑")])
        .choose("sent_by", "Alice")
        .saved()
}

fn claim_link(told: &Told, who: &Browser, last: &str) -> String {
    who.open(&told.incident).link(|link| link.contains("/credit-claims/") && link.ends_with(last))
}

#[test]
fn a_credit_is_asked_for_by_letter_recorded_as_sent_and_answered_in_part() {
    on_both(|site| {
        let alice = site.alice();
        let told = open_incident(&alice);
        let credit = with_due_credit(&alice, &told);
        site.verdicts_found();
        assert!(alice.open("/deadlines").links().contains(&credit), "the deadline leads to the same page");

        let page = alice.open(&credit);
        assert!(page.shows("JPY 3,500"), "{}", page.text());
        for says in
            ["Sat 24 Feb 2007", "Read another way", "Mon 26 Feb 2007", "The earlier day counts", "JPY 52,500 a month ÷ 30"]
        {
            assert!(page.shows(says), "{says}: {}", page.text());
        }
        let (ja, en) = (letter(&alice, &credit, "ja"), letter(&alice, &credit, "en"));
        for part in [
            "御中",
            "拝啓",
            "敬具",
            "以上",
            "3,500円",
            "Article 27",
            "Whole days of twenty-four hours.",
            "2006年12月8日",
            told.number(),
        ] {
            assert!(ja.contains(part), "{part}: {ja}");
        }
        for part in ["Dear Sir or Madam", "Provider P", "JPY 3,500", "Article 27", "8 December 2006", told.number()] {
            assert!(en.contains(part), "{part}: {en}");
        }

        assert!(sent(&alice, &credit).contains("#claim-"));
        site.verdicts_found();
        assert!(!alice.open("/deadlines").shows("Claim the credit"), "what was claimed is no deadline any more");
        let page = alice.open(&told.incident);
        for says in
            ["It has been claimed.", "by registered letter", "to Billing desk 髙﨑", "JPY 3,500 asked for", "no answer yet"]
        {
            assert!(page.shows(says), "{says}: {}", page.text());
        }

        let answer = claim_link(&told, &alice, "/answer");
        alice
            .fill(&answer)
            .with_all(&[("answer", "partly_granted"), ("answered", "2006-11-24T08:50"), ("granted", "1,000")])
            .with("answer_words", "We grant a part of it. 加")
            .saved();
        let page = alice.open(&told.incident);
        for says in ["granted in part", "JPY 1,000 granted", "We grant a part of it. 加"] {
            assert!(page.shows(says), "{says}: {}", page.text());
        }
        let history = alice.open(&page.link(|link| link.starts_with("/history/credit_claim/")));
        for says in [
            "Sending recorded",
            "Answer recorded",
            "no answer yet",
            "granted in part",
            "by registered letter",
            "Alice",
            "Article 27",
        ] {
            assert!(history.shows(says), "{says}: {}", history.text());
        }
        let paper = text_of_pdf(&alice.get(&format!("{}/report.pdf?audience=meeting&lang=en", told.incident)).is(200).body);
        assert!(paper.contains("Credit claim") && paper.contains("JPY 1,000 granted"), "{paper}");
        site.run(&["verify"]).ended(0);
    });
}

#[test]
fn without_the_fee_the_letter_names_no_amount_and_what_is_not_certain_has_no_letter() {
    on_both(|site| {
        let alice = site.alice();
        let told = open_incident(&alice);
        put_credit(&alice, &told);
        let credit = credit_page(&told, &alice);
        let page = alice.open(&credit);
        assert!(page.shows("whether it was wholly unusable") && page.shows("there is no letter"), "{}", page.text());
        assert!(page.links().contains(&format!("{}/edit", told.incident)), "it says where that is entered");
        alice.get(&format!("{credit}/letter.pdf?lang=ja")).is(404);

        told.form(&alice, "edit").choose("total", "Yes").saved();
        alice.fill(&format!("{}/edit", told.contract)).with("monthly_fee", "").saved();
        let page = alice.open(&credit);
        assert!(page.shows("The monthly fee is not on record"), "{}", page.text());
        assert!(page.links().contains(&format!("{}/edit", told.contract)), "it says where that is entered");
        let en = letter(&alice, &credit, "en");
        assert!(en.contains("the credit under Article 27") && !en.contains("JPY"), "{en}");
        assert!(letter(&alice, &credit, "ja").contains("Article 27に基づく料金の減額をご請求"));
    });
}

#[test]
fn who_reads_may_print_the_letter_and_only_who_writes_may_record() {
    on_both(|site| {
        let (alice, mei, charlie) = (site.alice(), site.mei(), site.charlie());
        let told = open_incident(&alice);
        let credit = with_due_credit(&alice, &told);
        let record = alice.open(&credit).link(|link| link.contains("/credit-claims/new?"));
        assert!(mei.open(&credit).shows("JPY 3,500"));
        assert!(!mei.open(&credit).links().iter().any(|link| link.contains("/credit-claims/")), "she is not offered it");
        letter(&mei, &credit, "en");
        mei.get(&record).is(403);
        charlie.get(&credit).is(303);
        charlie.get(&format!("{credit}/letter.pdf")).is(303);

        alice.fill(&format!("{}/restriction", told.incident)).choose("people", "Alice").saved();
        mei.get(&credit).is(404);
        mei.get(&format!("{credit}/letter.pdf")).is(404);
        site.bob().get(&record).is(404);
    });
}

#[test]
fn the_provider_reads_of_a_claim_once_it_was_sent_and_nothing_of_ours() {
    on_both(|site| {
        let alice = site.alice();
        let told = open_incident(&alice);
        let credit = with_due_credit(&alice, &told);
        told.form(&alice, "edit")
            .with_all(&[("cause", "Our secret guess"), ("title_outward", "Mail that cannot be sent")])
            .saved();
        for lang in ["ja", "en"] {
            let letter = letter(&alice, &credit, lang);
            assert!(!letter.contains("secret guess") && !letter.contains("Alice"), "{letter}");
            assert!(letter.contains("Mail that cannot be sent"), "{letter}");
        }
        assert_eq!(told.view(&alice, "provider")["credit_claims"], serde_json::json!([]), "nothing is known before it is sent");

        sent(&alice, &credit);
        let view = told.view(&alice, "provider");
        assert_eq!(view["credit_claims"][0]["amount"], 3_500);
        assert!(view["credit_claims"][0]["sent_by"].is_null(), "names of ours are told only where that is chosen");
        assert!(!view.to_string().contains("Alice") && view["verdicts"] == serde_json::json!([]), "{view}");

        let edit = claim_link(&told, &alice, "/edit");
        alice.fill(&edit).with("visibility", "internal").saved();
        assert_eq!(told.view(&alice, "provider")["credit_claims"], serde_json::json!([]));
        assert_eq!(told.view(&alice, "meeting")["credit_claims"], serde_json::json!([]));
    });
}

#[test]
fn a_claim_is_corrected_struck_out_with_a_reason_and_never_overwritten_by_a_stale_form() {
    on_both(|site| {
        let alice = site.alice();
        let told = open_incident(&alice);
        let credit = with_due_credit(&alice, &told);
        let record = alice.open(&credit).link(|link| link.contains("/credit-claims/new?"));
        let early = alice.fill(&record).with_all(&[("sent", "2006-11-27T09:00"), ("way", "fax")]);
        assert!(early.send().is(422).page().shows("Record it once it is sent"), "what is planned is no evidence");
        let filling = alice.fill(&record).with_all(&[("sent", "2006-11-24T08:30"), ("way", "fax")]);
        assert_eq!(filling.send().is(303).location(), filling.send().is(303).location(), "sent twice, it is one claim");
        assert_eq!(told.view(&alice, "internal")["credit_claims"].as_array().map(Vec::len), Some(1));

        let (edit, answer) = (claim_link(&told, &alice, "/edit"), claim_link(&told, &alice, "/answer"));
        let stale = alice.fill(&answer).with("answer", "refused");
        alice.fill(&edit).with("way", "handed_over").saved();
        let again = stale.send().is(409).page();
        assert!(again.shows("refused"), "{}", again.text());
        alice.fill(&edit.replace("/edit", "/strike")).with("reason", "It never left the house").saved();
        site.verdicts_found();
        let page = alice.open(&told.incident);
        assert!(page.shows("It never left the house") && page.shows("handed over"), "{}", page.text());
        assert!(alice.open("/deadlines").shows("Claim the credit"), "it is a deadline again");
        site.run(&["verify"]).ended(0);
    });
}

#[test]
fn an_answer_that_is_overdue_stands_in_the_brief() {
    on_both(|site| {
        let alice = site.alice();
        let told = open_incident(&alice);
        sent(&alice, &with_due_credit(&alice, &told));
        let overdue = "No answer by";
        assert!(!alice.open(&told.incident).shows(overdue));
        site.at("2006-12-09T00:00:00+09:00");
        let alice = site.charlie();
        alice.fill("/login").with_all(&[("login", "alice"), ("password", PASSWORD)]).saved();
        let page = alice.open(&told.incident);
        assert!(page.shows(overdue) && page.shows("Article 27"), "{}", page.text());
    });
}

#[test]
fn a_claim_that_was_tampered_with_is_found() {
    on_both(|site: &Site| {
        if site.kind != Kind::Sqlite {
            return;
        }
        let alice = site.alice();
        let told = open_incident(&alice);
        sent(&alice, &with_due_credit(&alice, &told));
        site.verdicts_found();
        site.run(&["verify"]).ended(0);
        site.kill();
        let mut connection = open_sqlite(&site.data());
        connection.batch_execute("UPDATE credit_claims SET amount = amount + 1").expect("it is changed");
        drop(connection);
        let said = site.run(&["verify", "--lang", "en"]).ended(1);
        let said = format!("{}{}", said.text(), said.err);
        assert!(said.contains("Credit claim") && said.contains("amount"), "{said}");
    });
}
