//! A contract's text becomes its clauses.

use crate::harness::{Answer, Browser, on_both, open_incident};

const TEXT: &str = "サービス契約約款\n\n第1条（目的）\nこの約款は、回線の提供について定めます。\n\n\
    第12条（通知）\n当社は、書面により通知します。\n2 前項にかかわらず、急を要するときは電話によります。\n\n\
    第12条の2（変更）\n当社は、30日前までに通知します。\n";

fn import(contract: &str) -> String {
    format!("{contract}/import")
}

/// The answer to a pasted text.
fn paste(who: &Browser, contract: &str, text: &str) -> Answer {
    who.fill(&import(contract)).with("text", text).send()
}

/// The form on the page of what was found, filled in.
fn found(answer: &Answer, contract: &str, typed: &[(&str, &str)]) -> Vec<(String, String)> {
    let page = answer.page();
    let mut form = page.form(&format!("{}/clauses", import(contract))).unwrap_or_else(|| panic!("{}", page.problems()));
    for (name, value) in typed {
        form.set(name, value);
    }
    form.fields()
}

#[test]
fn the_clauses_of_a_pasted_text_are_confirmed_and_quoted_word_for_word() {
    on_both(|site| {
        let bob = site.bob();
        let contract = open_incident(&bob).contract;
        let there = format!("{}/clauses", import(&contract));
        assert!(bob.open(&contract).links().contains(&import(&contract)));
        let answer = paste(&bob, &contract, TEXT).is(200);
        let page = answer.page();
        assert!(page.shows("第12条 通知") && page.shows("第12条の2 変更"), "{}", page.text());
        assert!(!bob.open(&contract).shows("書面により"), "nothing is saved before it is confirmed");
        // What stands before the first clause is left out, and one quotation is corrected.
        let fields = found(&answer, &contract, &[("c1_take", ""), ("c3_heading", "通知の方法")]);
        assert_eq!(bob.post(&there, &fields).is(303).location(), contract);
        assert_eq!(bob.post(&there, &fields).is(303).location(), contract, "sent twice, it is done once");
        let shown = bob.open(&contract);
        for words in ["第1条 目的", "第12条 通知の方法", "2 前項にかかわらず、急を要するときは電話によります。", "第12条の2 変更"]
        {
            assert_eq!(shown.text().matches(words).count(), 1, "{words}: {}", shown.text());
        }
        assert!(!shown.shows("サービス契約約款"));
        site.run(&["verify"]).ended(0);
    });
}

#[test]
fn a_number_that_is_on_record_is_marked_and_not_ticked() {
    on_both(|site| {
        let bob = site.bob();
        let contract = open_incident(&bob).contract;
        let text = "Article 5 Fees\nFees are due at the end of the month.\n\nARTICLE 12 Notice\nNotice is given in writing.\n";
        let file = bob.fill(&import(&contract)).upload("contract.txt", text.as_bytes()).is(200);
        assert!(file.page().shows("Number already on record"), "{}", file.page().text());
        let fields = found(&file, &contract, &[]);
        let ticked: Vec<_> = fields.iter().filter(|(name, _)| name.ends_with("_take")).map(|(name, _)| name.as_str()).collect();
        assert_eq!(ticked, ["c1_take"]);
        bob.post(&format!("{}/clauses", import(&contract)), &fields).is(303);
        let shown = bob.open(&contract);
        assert!(shown.shows("Article 5 Fees") && !shown.shows("Notice is given in writing.\n"), "{}", shown.text());
        site.run(&["verify"]).ended(0);
    });
}

#[test]
fn what_cannot_be_taken_is_refused_with_what_to_do() {
    on_both(|site| {
        let bob = site.bob();
        let contract = open_incident(&bob).contract;
        let upload = |name: &str, bytes: &[u8]| bob.fill(&import(&contract)).upload(name, bytes).is(422).page().problems();
        assert!(upload("contract.pdf", b"%PDF-1.7 \xe2\xe3\xcf\xd3").contains("This is a PDF"));
        assert!(upload("contract.docx", b"PK\x03\x04\x14\0\x06\0").contains("word processor"));
        assert!(upload("empty.txt", b" ").contains("no text in this file"));
        assert!(upload("large.txt", &vec![b'a'; 26 * 1024 * 1024]).contains("longer than 25 MB"));
        assert!(paste(&bob, &contract, " \n").is(422).page().problems().contains("No clause was found"));
        // Nothing ticked, and a quotation that was emptied: the page comes back with what was typed.
        let answer = paste(&bob, &contract, TEXT);
        let there = format!("{}/clauses", import(&contract));
        let none = [1, 2, 3, 4].map(|n| format!("c{n}_take"));
        let none: Vec<_> = none.iter().map(|name| (name.as_str(), "")).collect();
        let back = bob.post(&there, &found(&answer, &contract, &none)).is(422).page();
        assert!(back.problems().contains("No clause is ticked") && back.shows("第12条の2 変更"), "{}", back.text());
        let answer = paste(&bob, &contract, TEXT);
        bob.post(&there, &found(&answer, &contract, &[("c2_quote", "")])).is(422);
        assert!(!bob.open(&contract).shows("第1条"), "all or none");
    });
}

#[test]
fn two_megabytes_are_taken_five_hundred_clauses_at_a_time() {
    on_both(|site| {
        let bob = site.bob();
        let contract = open_incident(&bob).contract;
        let line = "当社は、この条に定めるところにより通知します。";
        let clause = |n: usize| format!("第{n}条（見出し）\n{}\n", format!("{line}\n").repeat(40));
        let mut text: String = (1..=700).map(clause).collect();
        assert!(text.len() > 1_900_000, "{}", text.len());
        text.truncate(text.floor_char_boundary(2 * 1024 * 1024));
        let answer = bob.fill(&import(&contract)).upload("contract.txt", text.as_bytes()).is(200);
        assert!(answer.page().shows("only the first 500 are shown"), "{}", &answer.page().text()[..400]);
        let page = answer.page();
        let form = page.form(&format!("{}/clauses", import(&contract))).expect("the form");
        let saved = bob.filling(form).send_parts().is(303);
        assert_eq!(saved.location(), contract);
        let shown = bob.open(&contract);
        assert!(shown.shows("第500条 見出し") && !shown.shows("第501条"));
        site.run(&["verify"]).ended(0);
    });
}
