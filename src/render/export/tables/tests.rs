use std::collections::BTreeSet;

use super::*;
use crate::domain::cost::CostBasis;
use crate::domain::dossier::Dossier;
use crate::domain::locale::{DEFAULT_ZONE, Locale};
use crate::domain::view::{Internal, Meeting, Outward, Provider, Who};
use crate::domain::visibility::Visibility;
use crate::render::export::table::defused;
use crate::render::sample;
use crate::render::words::{MISSING, Words};

/// The cells of a table as somebody else reads them, its head first.
fn cells<A: Audience>(view: &View<A>, name: TableName, locale: Locale) -> Vec<Vec<String>> {
    let csv = of(view, name, Pen::new::<A>(Words::new(locale), DEFAULT_ZONE)).csv().expect("CSV");
    let text = csv.strip_prefix("\u{feff}".as_bytes()).expect("a mark");
    assert!(text.ends_with(b"\r\n"));
    let mut reader = csv::ReaderBuilder::new().has_headers(false).from_reader(text);
    reader.records().map(|row| row.expect("as many cells as the head").iter().map(str::to_owned).collect()).collect()
}

/// The cells of one column, below its head.
fn column(table: &[Vec<String>], head: &str) -> Vec<String> {
    let at = table[0].iter().position(|cell| cell == head).unwrap_or_else(|| panic!("no {head} in {:?}", table[0]));
    table[1..].iter().map(|row| row[at].clone()).collect()
}

fn week(locale: Locale) -> Dossier {
    let mut dossier = sample::with_credit(locale);
    let replied = sample::replied(locale);
    dossier.entries.extend(replied.entries.into_iter().filter(|entry| entry.reply.is_some()));
    dossier
}

#[test]
fn every_table_says_the_same_as_the_json_in_both_languages_and_to_all_three() {
    for locale in [Locale::Ja, Locale::En] {
        let dossier = week(locale);
        let outward = Outward::plain(dossier.incident.provider);
        agree(&dossier.view::<Internal>(&None, sample::friday()), locale);
        agree(&dossier.view::<Meeting>(&(), sample::friday()), locale);
        agree(&dossier.view::<Provider>(&outward, sample::friday()), locale);
    }
}

fn agree<A: Audience>(view: &View<A>, locale: Locale) {
    let json = serde_json::to_value(view).expect("JSON");
    let words = Words::new(locale);
    let listed = |key: &str| json[key].as_array().expect("a list").clone();
    let nested =
        |of: &str, key: &str| listed(of).iter().flat_map(|one| one[key].as_array().expect("a list").clone()).collect::<Vec<_>>();
    let typed = |all: &[serde_json::Value], key: &str| {
        all.iter().map(|one| defused(one[key].as_str().expect("a text")).into_owned()).collect::<Vec<_>>()
    };
    let heads = |name, key: &str| column(&cells(view, name, locale), &words.get(key));
    assert_eq!(heads(TableName::Entries, "field-body"), typed(&listed("entries"), "body"));
    assert_eq!(heads(TableName::Statements, "field-words"), typed(&nested("entries", "statements"), "words"));
    let promised: Vec<serde_json::Value> = listed("promises").iter().map(|promise| promise["quote"].clone()).collect();
    assert_eq!(heads(TableName::Promises, "field-words"), typed(&promised, "words"));
    assert_eq!(heads(TableName::Asks, "label-ask-words"), typed(&listed("asks"), "words"));
    assert_eq!(heads(TableName::Agreements, "field-words"), typed(&listed("agreements"), "words"));
    assert_eq!(heads(TableName::Clauses, "field-quote"), typed(&listed("clauses"), "quote"));
    assert_eq!(heads(TableName::RuledOut, "field-what"), typed(&listed("ruled_out"), "what"));
    assert_eq!(heads(TableName::CreditClaims, "field-of"), typed(&listed("credit_claims"), "of"));
    let files = [nested("entries", "files"), nested("agreements", "files")].concat();
    assert_eq!(heads(TableName::Files, "field-sha256"), typed(&files, "sha256"));
    let said: Vec<serde_json::Value> = listed("contradictions").iter().map(|item| item["said"].clone()).collect();
    assert_eq!(heads(TableName::Contradictions, "field-words"), typed(&said, "words"));
    let calls: Vec<serde_json::Value> = listed("entries").iter().filter(|entry| !entry["call"].is_null()).cloned().collect();
    assert_eq!(heads(TableName::Calls, "field-outcome").len(), calls.len());
    let parts = |key: &str| calls.iter().map(|entry| entry["call"][key].as_array().expect("a list").len()).sum::<usize>();
    assert_eq!(heads(TableName::Legs, "column-place").len(), parts("legs"));
    assert_eq!(heads(TableName::Waits, "column-place").len(), parts("waits"));
}

#[test]
fn the_figures_stand_under_their_names_in_the_json() {
    let mut dossier = week(Locale::En);
    dossier.incident.cost = Some(CostBasis {
        people: 40,
        percent: 50,
        rate: 3_000,
        currency: "JPY".to_owned(),
        working: None,
        own: 90,
        visibility: Visibility::Meeting,
    });
    let view = dossier.view::<Meeting>(&(), sample::friday());
    let json = serde_json::to_value(&view.figures).expect("JSON");
    let table = cells(&view, TableName::Figures, Locale::En);
    let (beside, table): (Vec<_>, Vec<_>) =
        table.into_iter().partition(|row| row[0].starts_with("downs.") || row[0].starts_with("cost."));
    let money = serde_json::json!({ "cost": view.cost });
    for row in beside.iter().filter(|row| row[0].starts_with("cost.")) {
        let value = row[0].split('.').fold(&money, |value, key| &value[key]);
        assert_eq!(row[2], value.as_str().map_or_else(|| value.to_string(), str::to_owned), "{row:?}");
    }
    let downs = beside.iter().filter(|row| row[0].starts_with("downs.")).map(|row| row[2].clone());
    let spans = view.downs.iter().flat_map(|down| [down.span.min, down.span.max]).map(|span| span.num_seconds().to_string());
    assert_eq!(downs.collect::<Vec<_>>(), spans.collect::<Vec<_>>());
    assert!(view.downs.len() > 1 && view.cost.is_some());
    for row in &table[1..] {
        let value = row[0].split('.').fold(&json, |value, key| &value[key]);
        // What is not there is left out of the JSON.
        let value = if value.is_null() { &serde_json::json!(0) } else { value };
        let shown = value.as_str().map_or_else(|| value.to_string(), str::to_owned);
        assert_eq!(row[2], shown, "{row:?}");
    }
    let counted = table[1..].iter().map(|row| row[0].split('.').next().expect("a name")).collect::<BTreeSet<_>>();
    let known = json.as_object().expect("an object").iter().filter(|(_, value)| !value.is_null());
    assert_eq!(counted, known.map(|(key, _)| key.as_str()).collect(), "none is left out");
}

#[test]
fn headings_and_words_are_there_in_both_languages_and_the_provider_reads_no_reproach() {
    for locale in [Locale::Ja, Locale::En] {
        let dossier = week(locale);
        let provider = dossier.view::<Provider>(&Outward::plain(dossier.incident.provider), sample::friday());
        let internal = dossier.view::<Internal>(&None, sample::friday());
        let blaming: &[&str] = match locale {
            Locale::Ja => &["一から", "繰り返し", "食い違い", "推測", "笑い", "期限経過", "未履行"],
            Locale::En => &["from the start", "not fit", "guess", "laugh", "broken", "overdue", "Late"],
        };
        for name in TableName::ALL {
            let told = cells(&provider, *name, locale);
            for cell in told.iter().chain(&cells(&internal, *name, locale)).flatten() {
                assert!(!cell.contains(MISSING.0) && !cell.contains("{ $"), "{name}: {cell}");
            }
            for word in blaming {
                let said = told.iter().flatten().find(|cell| cell.contains(word));
                assert_eq!(said, None, "{name} says “{word}” to the provider");
            }
        }
    }
}

/// Every text that somebody may have typed, in what our own people are shown.
fn typed(view: &mut View<Internal>) -> Vec<&mut String> {
    let mut all =
        vec![&mut view.title, &mut view.company, &mut view.provider, &mut view.what, &mut view.affected, &mut view.cause];
    all.extend(view.parties.iter_mut().map(|party| &mut party.name));
    for entry in &mut view.entries {
        all.extend([&mut entry.title, &mut entry.body, &mut entry.place]);
        all.extend([&mut entry.author, &mut entry.company, &mut entry.struck, &mut entry.occurred.words].into_iter().flatten());
        all.extend(entry.with.iter_mut().flat_map(parts));
        all.extend(entry.reply.iter_mut().map(|reply| &mut reply.phone));
        all.extend(entry.files.iter_mut().map(|file| &mut file.name));
        for said in &mut entry.statements {
            all.push(&mut said.words);
            all.extend(parts(&mut said.who));
            all.extend(&mut said.cites);
        }
        if let Some(call) = &mut entry.call {
            all.push(&mut call.number);
            all.extend(call.legs.iter_mut().flat_map(|leg| parts(&mut leg.who)));
        }
    }
    for promise in &mut view.promises {
        all.extend([&mut promise.quote.words, &mut promise.due_reason]);
        all.extend(parts(&mut promise.quote.who));
    }
    all.extend(view.asks.iter_mut().flat_map(|ask| [&mut ask.company, &mut ask.words]));
    for agreement in &mut view.agreements {
        all.extend([&mut agreement.made_with, &mut agreement.words, &mut agreement.evidence, &mut agreement.contract]);
    }
    for clause in &mut view.clauses {
        all.extend([&mut clause.contract, &mut clause.number, &mut clause.heading, &mut clause.quote]);
    }
    all.extend(view.ruled_out.iter_mut().flat_map(|item| [&mut item.what, &mut item.why]));
    for change in &mut view.changes {
        all.extend([&mut change.company, &mut change.what]);
        all.extend(change.notices.iter_mut().flat_map(|notice| [&mut notice.address, &mut notice.note]));
    }
    all.extend(view.contradictions.iter_mut().flat_map(|item| [&mut item.said.words, &mut item.note]));
    for claim in &mut view.credit_claims {
        all.extend([&mut claim.of, &mut claim.company, &mut claim.address, &mut claim.answer_words]);
    }
    all
}

/// What is told of somebody.
fn parts(who: &mut Who) -> Vec<&mut String> {
    match who {
        Who::Ours { name } => name.iter_mut().collect(),
        Who::Theirs { company, desk, name } => [company, desk].into_iter().chain(name).collect(),
    }
}

#[test]
fn whatever_anybody_types_anywhere_no_cell_of_it_is_a_formula() {
    let corpus = include_str!("../../../../tests/fixtures/hostile.txt").lines().filter(|line| !line.starts_with('#'));
    let corpus: Vec<String> = corpus.map(|line| serde_json::from_str(line).expect("JSON")).collect();
    let dossier = week(Locale::En);
    let mut view = dossier.view::<Internal>(&None, sample::friday());
    for text in corpus.iter().map(String::as_str).chain(["=1+1", "\t=1", " @SUM(A1)", "+81 3 5550 0100", "-2", "\u{ff1d}1"]) {
        typed(&mut view).into_iter().for_each(|field| text.clone_into(field));
        for name in TableName::ALL.iter().filter(|name| **name != TableName::Figures) {
            let table = cells(&view, *name, Locale::En);
            for cell in table[1..].iter().flatten() {
                assert!(defused(cell) == *cell, "{name}: {cell:?}");
            }
            let shows = table[1..].iter().flatten().any(|cell| cell.contains(text));
            let has_text = !matches!(name, TableName::Waits) && table.len() > 1 && !text.is_empty();
            assert!(!has_text || shows, "{name} does not show {text:?}");
        }
    }
}
