//! Papers made and read back.

use std::sync::LazyLock;

use serde_json::Value;

use crate::domain::dossier::Dossier;
use crate::domain::entry::{EntryKind, Struck};
use crate::domain::id::Id;
use crate::domain::locale::{DEFAULT_ZONE, Locale};
use crate::domain::paper::PaperForm;
use crate::domain::view::{Audience, Internal, Meeting, Outward, Provider};
use crate::domain::visibility::Visibility;
use crate::render::sample::{friday, long_story, story, with_credit};
use crate::render::words::{MISSING, Words};

use super::glyphs::{Substitutions, clean_all};
use super::report::{one_page, sheet};
use super::world::pages_of;
use super::{PdfError, Print, Template, compile, paper};

fn print(dossier: &Dossier) -> Print<'static> {
    Print::alone(Words::new(dossier.house.locale), DEFAULT_ZONE, friday())
}

fn for_meeting(dossier: &Dossier) -> Result<Vec<u8>, PdfError> {
    paper(&dossier.view::<Meeting>(&(), friday()), PaperForm::Report, print(dossier))
}

fn on_one_page(dossier: &Dossier) -> Result<Vec<u8>, PdfError> {
    let print = Print { page: Some("https://tellonce.minato.example/incidents/INC-2006-0012"), ..print(dossier) };
    paper(&dossier.view::<Meeting>(&(), friday()), PaperForm::OnePage, print)
}

fn for_provider(dossier: &Dossier) -> Result<Vec<u8>, PdfError> {
    let view = dossier.view::<Provider>(&Outward::plain(Id::new(1)), friday());
    paper(&view, PaperForm::Report, print(dossier))
}

fn meeting_data(dossier: &Dossier) -> Value {
    let view = dossier.view::<Meeting>(&(), friday());
    serde_json::to_value(sheet(&view, print(dossier))).expect("a sheet is JSON")
}

fn provider_data(dossier: &Dossier) -> Value {
    let view = dossier.view::<Provider>(&Outward::plain(Id::new(1)), friday());
    serde_json::to_value(sheet(&view, print(dossier))).expect("a sheet is JSON")
}

/// The text of the meeting's paper, without the line breaks that setting it brings.
fn meeting_pages(dossier: &Dossier) -> Vec<String> {
    pages_of(Template::Report, &meeting_data(dossier)).expect("the sample is set")
}

/// Writes the papers where they can be looked at: `TELLONCE_PAPERS=/tmp cargo test --lib papers_to_look_at -- --ignored`.
#[test]
#[ignore = "for the eye"]
fn papers_to_look_at() {
    let folder = std::env::var("TELLONCE_PAPERS").expect("TELLONCE_PAPERS names a folder");
    for locale in [Locale::Ja, Locale::En] {
        let papers = [
            ("meeting", for_meeting(&story(locale))),
            ("provider", for_provider(&story(locale))),
            ("one-page", on_one_page(&story(locale))),
            ("one-page-long", on_one_page(&long_story(locale, 200))),
            ("one-page-hostile", on_one_page(&hostile(locale))),
            ("long", for_meeting(&long_story(locale, 200))),
            ("hostile", for_meeting(&hostile(locale))),
        ];
        for (name, bytes) in papers {
            std::fs::write(format!("{folder}/{name}-{locale}.pdf"), bytes.expect("the sample prints"))
                .expect("the folder can be written to");
        }
    }
}

const HOSTILE: &str =
    "#read(\"secret.txt\") $x$ *b* #panic(1) <script> 髙﨑①㈱ｶﾅ邉葛噓塡 𠮷野家 😀 a\u{202E}b\u{0}c \\u{1} `x` @ref <l> // /* ]";

/// The week with hostile text in every place where people type.
fn hostile(locale: Locale) -> Dossier {
    let mut dossier = story(locale);
    let bad = || HOSTILE.to_owned();
    dossier.house.company = bad();
    dossier.incident.title = bad();
    dossier.incident.what = format!("{HOSTILE}\n{HOSTILE}");
    dossier.incident.cause = bad();
    for provider in &mut dossier.providers {
        provider.name = bad();
    }
    for entry in &mut dossier.entries {
        entry.title = bad();
        entry.body = bad();
        entry.occurred.words = entry.occurred.words.as_ref().map(|_| bad());
        for statement in &mut entry.statements {
            statement.words = bad();
        }
    }
    dossier.clauses[0].quote = bad();
    dossier.agreements[0].words = bad();
    dossier.asks[0].words = bad();
    dossier.ruled_out[0].why = bad();
    dossier.ruled_out[1].what = format!("https://example.test/{}", "a".repeat(300));
    dossier.entries[4].place.clone_from(&dossier.ruled_out[1].what);
    dossier
}

/// Setting a paper is slow without optimisation: the hostile one is set once.
static HOSTILE_PAGES: LazyLock<Vec<String>> = LazyLock::new(|| meeting_pages(&hostile(Locale::Ja)));

#[test]
fn the_same_view_and_time_give_the_same_bytes() {
    let first = for_meeting(&story(Locale::Ja)).expect("the sample prints");
    assert!(first.starts_with(b"%PDF-1.7"));
    assert_eq!(first, for_meeting(&story(Locale::Ja)).expect("the sample prints"));
}

#[test]
fn both_papers_print_in_both_languages_with_no_word_missing() {
    for locale in [Locale::Ja, Locale::En] {
        for data in [meeting_data(&story(locale)), provider_data(&story(locale))] {
            assert!(!data.to_string().contains(MISSING.0), "{data:#}");
        }
        for_meeting(&story(locale)).expect("the meeting's paper prints");
        for_provider(&story(locale)).expect("the provider's paper prints");
    }
}

#[test]
fn what_people_typed_is_printed_literally_and_never_run() {
    let pages = HOSTILE_PAGES.concat();
    for literal in
        ["#read(\"secret.txt\")", "$x$", "*b*", "#panic(1)", "<script>", "髙﨑①㈱ｶﾅ邉葛噓塡", "〓野家 〓 abc", "@ref", "// /* ]"]
    {
        // It stands in so many places that in one of them it is not broken over two lines.
        assert!(pages.contains(literal), "{literal}");
    }
    for_meeting(&hostile(Locale::En)).expect("hostile text prints");
}

#[test]
fn what_could_not_be_printed_is_listed_at_the_end() {
    let last = HOSTILE_PAGES.last().expect("there are pages");
    for code in ["U+1F600", "U+20BB7", "U+202E", "U+0000"] {
        assert!(last.contains(code), "{code} in {last}");
    }
    let mut met = Substitutions::default();
    clean_all(&meeting_data(&story(Locale::Ja)), &mut met);
    assert_eq!(met.list(), [], "the story itself can be printed as it is");
}

#[test]
fn every_page_says_which_it_is_of_how_many() {
    let pages = meeting_pages(&long_story(Locale::En, 40));
    assert!(pages.len() > 3);
    for (page, n) in pages.iter().zip(1..) {
        assert!(page.contains(&format!("{n} / {}", pages.len())), "page {n}");
        assert!(page.contains("7f3a-09c1-e4"), "page {n} bears the fingerprint");
    }
}

fn internal_data(dossier: &Dossier) -> Value {
    let view = dossier.view::<Internal>(&None, friday());
    serde_json::to_value(sheet(&view, print(dossier))).expect("a sheet is JSON")
}

#[test]
fn what_was_struck_out_stands_in_no_section_of_our_own_paper() {
    let mut dossier = with_credit(Locale::En);
    let mut later = dossier.changes[0].clone();
    later.id = Id::new(2);
    later.what = "Mail is to be filtered".to_owned();
    dossier.changes.push(later);
    let stands = [
        ("promises", "We'll be there in two hours."),
        ("contradictions", "No, we did notify you."),
        ("asks", "One person to speak to."),
        ("agreements", "We use none of the e-mail addresses"),
        ("changes", "Mail is to be filtered"),
        ("changes", "They say it was sent"),
        ("ruled_out", "Modem and router"),
        ("verdicts", "We grant one day"),
    ];
    let data = internal_data(&dossier);
    for (section, words) in stands {
        assert!(data[section].to_string().contains(words), "{section}: {words}");
    }
    let struck = Some(Struck { at: friday(), reason: "a mistake".to_owned() });
    dossier.promises[0].struck.clone_from(&struck);
    dossier.contradictions[0].struck.clone_from(&struck);
    dossier.asks[2].struck.clone_from(&struck);
    dossier.agreements[0].struck.clone_from(&struck);
    dossier.changes[1].struck.clone_from(&struck);
    dossier.notices[0].struck.clone_from(&struck);
    dossier.ruled_out[0].struck.clone_from(&struck);
    dossier.credit_claims[0].struck.clone_from(&struck);
    let data = internal_data(&dossier);
    for (section, words) in stands {
        assert!(!data[section].to_string().contains(words), "{section}: {words}");
    }
    // What stands keeps its number.
    assert_eq!(data["promises"]["items"][0]["n"], 2);
    assert_eq!(data["contradictions"]["items"][0]["n"], 2);
}

fn one_page_data<A: Audience>(dossier: &Dossier, reader: &A::Reader) -> Value {
    serde_json::to_value(one_page::sheet(&dossier.view::<A>(reader, friday()), print(dossier))).expect("a sheet is JSON")
}

/// The week in which nobody stops talking.
fn endless(locale: Locale) -> Dossier {
    let mut dossier = long_story(locale, 60);
    let long = || "終わりのない話です。Words without an end. ".repeat(30);
    dossier.incident.title = long();
    dossier.incident.what = long();
    dossier.incident.affected = long();
    dossier.incident.cause = long();
    let texts = dossier.entries.iter_mut().flat_map(|entry| &mut entry.statements).map(|statement| &mut statement.words);
    for words in texts.chain(dossier.asks.iter_mut().map(|ask| &mut ask.words)) {
        *words = long();
    }
    for promise in &mut dossier.promises {
        promise.due_reason = long();
    }
    dossier
}

#[test]
fn one_page_is_one_page_however_much_there_is_and_says_where_the_rest_stands() {
    for locale in [Locale::Ja, Locale::En] {
        let cut = Words::new(locale).get("paper-one-page-cut").replace(' ', "");
        for dossier in [story(locale), long_story(locale, 200), hostile(locale), endless(locale)] {
            let meeting = one_page_data::<Meeting>(&dossier, &());
            let provider = one_page_data::<Provider>(&dossier, &Outward::plain(Id::new(1)));
            for data in [meeting, provider] {
                assert!(!data.to_string().contains(MISSING.0), "{data:#}");
                let pages = pages_of(Template::OnePage, &data).expect("it is set");
                assert_eq!(pages.len(), 1, "{pages:#?}");
                assert!(pages[0].contains("1 / 1"));
            }
        }
        let whole = |dossier: &Dossier| pages_of(Template::OnePage, &one_page_data::<Meeting>(dossier, &())).expect("it is set");
        assert!(whole(&endless(locale))[0].replace(' ', "").contains(&cut));
        assert!(!whole(&story(locale))[0].replace(' ', "").contains(&cut), "the story has room");
    }
}

#[test]
fn one_page_has_what_the_meeting_is_to_decide_and_else_what_is_asked() {
    let mut dossier = story(Locale::En);
    let words = dossier.asks[0].words.clone();
    let decide = |dossier: &Dossier| one_page_data::<Meeting>(dossier, &())["decide"].clone();
    assert_eq!(decide(&dossier)["items"][0], words);
    let item = dossier.entries.iter_mut().find(|entry| entry.visibility == Visibility::Meeting).expect("one for the meeting");
    item.kind = EntryKind::Agenda;
    item.title = "Leave them at the end of the term?".to_owned();
    assert_eq!(decide(&dossier)["heading"], "What we want decided");
    assert_eq!(decide(&dossier)["items"][0], "Leave them at the end of the term?");
    let theirs = one_page_data::<Provider>(&dossier, &Outward::plain(Id::new(1)));
    assert!(!theirs.to_string().contains("Leave them"));
}

#[test]
fn one_page_with_more_asks_than_it_takes_says_where_the_rest_stands() {
    for locale in [Locale::Ja, Locale::En] {
        let mut dossier = story(locale);
        assert_eq!(one_page_data::<Meeting>(&dossier, &())["more"], false);
        dossier.asks = dossier.asks.iter().cycle().take(9).cloned().collect();
        let data = one_page_data::<Meeting>(&dossier, &());
        assert_eq!(data["decide"]["items"].as_array().map(Vec::len), Some(8));
        assert_eq!(data["more"], true);
        let page = pages_of(Template::OnePage, &data).expect("it is set").concat().replace(' ', "");
        assert!(page.contains(&Words::new(locale).get("paper-one-page-cut").replace(' ', "")), "{page}");
    }
}

#[test]
fn one_page_names_the_character_that_it_could_not_print() {
    let mut dossier = story(Locale::En);
    dossier.incident.title = "No mail goes out 😀".to_owned();
    let pages = pages_of(Template::OnePage, &one_page_data::<Meeting>(&dossier, &())).expect("it is set");
    assert!(pages[0].contains("No mail goes out 〓") && pages[0].contains("U+1F600"), "{}", pages[0]);
}

#[test]
fn the_providers_paper_keeps_to_itself_what_is_ours() {
    for locale in [Locale::Ja, Locale::En] {
        let data = provider_data(&story(locale)).to_string();
        let words = Words::new(locale);
        for inner in
            ["paper-contradictions", "paper-figures", "paper-figure-told", "statement-kind-refusal", "promise-state-broken"]
        {
            assert!(!data.contains(&words.get(inner)), "{inner}: {}", words.get(inner));
        }
        assert!(data.contains(&words.get("paper-name-outward")));
    }
}

#[test]
fn a_template_that_fails_is_an_error_and_not_a_panic() {
    let failed = compile(Template::Report, &serde_json::json!({"title": "x"}), None, friday());
    assert!(matches!(failed, Err(PdfError::Set(_))), "{failed:?}");
}
