//! The catalogues: both languages have the same texts, every text is used, and every text that is asked for is there.

use std::collections::{BTreeMap, BTreeSet};

use super::require;
use super::source::{Rust, files, name, read};

/// The texts of one language: key, and what it puts in.
fn catalogue(locale: &str) -> BTreeMap<String, BTreeSet<String>> {
    let mut texts = BTreeMap::new();
    for path in files(&format!("templates/locales/{locale}"), &[".ftl"]) {
        let mut key = String::new();
        for line in read(&path).lines().filter(|line| !line.starts_with('#')) {
            if let Some((found, _)) = line.split_once('=').filter(|_| line.starts_with(|c: char| c.is_ascii_alphabetic())) {
                key = found.trim().to_owned();
                let before = texts.insert(key.clone(), BTreeSet::new());
                assert!(before.is_none(), "{}: the key {key} stands twice in the catalogue; take one away", name(&path));
            }
            if let Some(puts_in) = texts.get_mut(&key) {
                puts_in.extend(variables(line));
            }
        }
    }
    texts
}

/// The `$names` in a line.
fn variables(line: &str) -> impl Iterator<Item = String> {
    line.split('$').skip(1).map(|rest| rest.chars().take_while(|c| c.is_ascii_alphanumeric() || "_-".contains(*c)).collect())
}

#[test]
fn both_languages_have_the_same_texts_that_put_in_the_same() {
    let (ja, en) = (catalogue("ja"), catalogue("en"));
    let missing = |a: &BTreeMap<_, _>, b: &BTreeMap<String, BTreeSet<String>>, of: &str| -> Vec<String> {
        b.keys().filter(|key| !a.contains_key(*key)).map(|key| format!("{key} is missing in {of}")).collect()
    };
    let mut wrong = missing(&ja, &en, "ja");
    wrong.extend(missing(&en, &ja, "en"));
    for (key, puts_in) in &ja {
        // One language may say a number by its plural and the other not, but neither may put in what the other does not know.
        if en.get(key).is_some_and(|other| other != puts_in) {
            wrong.push(format!("{key} puts in {puts_in:?} in ja and {:?} in en", en[key]));
        }
    }
    require(&wrong, "Write the text in both templates/locales/ja and templates/locales/en.");
}

/// String literals of the code and the templates, each with where it stands.
fn literals() -> Vec<(String, String)> {
    let mut all = Vec::new();
    for file in Rust::sources().iter().filter(|file| !file.is_test) {
        for (line, literal) in file.literals.iter().filter(|(line, _)| !file.is_test_line(*line)) {
            all.push((format!("{}:{line}", file.name), literal.clone()));
        }
    }
    for path in files("templates", &[".html", ".txt", ".typ"]) {
        for (at, line) in read(&path).lines().enumerate() {
            // Quotes stand in quotes here (an attribute with `t(key="…")` in it): every piece counts.
            all.extend(line.split('"').map(|literal| (format!("{}:{}", name(&path), at + 1), literal.to_owned())));
        }
    }
    all
}

#[test]
fn every_text_is_used() {
    let literals = literals();
    let whole: BTreeSet<&str> = literals.iter().map(|(_, literal)| literal.as_str()).collect();
    // "role-" ~ role, format!("role-{role}"): every text that begins so may be meant.
    let beginnings: BTreeSet<&str> = whole.iter().filter_map(|literal| beginning(literal)).collect();
    let is_used = |key: &str| whole.contains(key) || beginnings.iter().any(|beginning| key.starts_with(beginning));
    let values = values_of_enumerations();
    // {enumeration}-{value}: a word for every value of every enumeration, whether a page shows it yet or not.
    let is_value = |key: &str| values.iter().any(|value| key.ends_with(&format!("-{value}")));
    let wrong: Vec<String> = catalogue("ja").into_keys().filter(|key| !is_used(key) && !is_value(key)).collect();
    require(&wrong, "Nothing asks for these texts: take them out of both catalogues.");
}

/// The spellings of every `text_enum!` of the domain.
fn values_of_enumerations() -> BTreeSet<String> {
    let mut values = BTreeSet::new();
    for path in files("src/domain", &[".rs"]) {
        let text = read(&path);
        for block in text.split("text_enum! {").skip(1) {
            let block = block.split("\n}").next().unwrap_or_default();
            values.extend(block.lines().filter_map(|line| line.split_once(" = \"")?.1.strip_suffix("\",")).map(str::to_owned));
        }
    }
    values
}

/// The beginning of a key that is put together: up to and with a dash.
fn beginning(literal: &str) -> Option<&str> {
    let fixed = literal.split('{').next().unwrap_or_default();
    let is_key = !fixed.is_empty() && fixed.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || "-_".contains(c));
    (is_key && fixed.ends_with('-') && fixed.len() > 1).then_some(fixed)
}

/// What a template asks for: `t(key="…")`, and a key put together, `t(key="role-" ~ role)`.
#[test]
fn every_text_that_a_template_asks_for_is_there() {
    let texts = catalogue("ja");
    let mut wrong = Vec::new();
    for path in files("templates", &[".html", ".txt"]) {
        for (at, line) in read(&path).lines().enumerate() {
            for asked in line.split("t(key=\"").skip(1) {
                let (key, rest) = asked.split_once('"').unwrap_or((asked, ""));
                let is_whole = !rest.trim_start().starts_with('~');
                let is_there = if is_whole { texts.contains_key(key) } else { texts.keys().any(|text| text.starts_with(key)) };
                if !is_there {
                    wrong.push(format!("{}:{}: {key}", name(&path), at + 1));
                }
            }
        }
    }
    require(&wrong, "Write these texts into both catalogues, or correct the key.");
}

/// What the code asks for: literals that stand where a key is asked for, or that look like a key of a kind there is.
#[test]
fn every_text_that_the_code_asks_for_is_there() {
    const KINDS: &[&str] =
        &["problem-", "flash-", "text-error-", "moment-error-", "phone-error-", "cli-", "login-again", "login-wrong"];
    const ASKED: &[&str] = &[
        "words.get(\"",
        "words.with(\"",
        "reader.get(\"",
        "reader.with(\"",
        "reader.with_args(\"",
        "reader.count(\"",
        "Phrase::new(\"",
        "Problem::new(\"",
    ];
    let texts = catalogue("ja");
    let mut wrong = Vec::new();
    for path in files("src", &[".rs"]) {
        for (at, line) in read(&path).lines().enumerate() {
            let asked = ASKED.iter().flat_map(|asked| line.split(asked).skip(1)).filter_map(|rest| rest.split('"').next());
            let missing = asked.filter(|key| !key.is_empty() && beginning(key).is_none() && !texts.contains_key(*key));
            wrong.extend(missing.map(|key| format!("{}:{}: {key}", name(&path), at + 1)));
        }
    }
    for (place, literal) in literals() {
        let is_key = KINDS.iter().any(|kind| literal.starts_with(kind)) && !literal.contains(['{', ' ', ':', '.']);
        if is_key && beginning(&literal).is_none() && !texts.contains_key(&literal) {
            wrong.push(format!("{place}: {literal}"));
        }
    }
    require(&wrong, "Write these texts into both catalogues, or correct the key.");
}

/// A use case as the ledger names it, `calls::log`, is told in histories by the text `deed-calls-log`.
#[test]
fn every_use_case_of_the_ledger_has_words_for_its_history() {
    let texts = catalogue("ja");
    let is_word = |word: &str| !word.is_empty() && word.chars().all(|c| c.is_ascii_lowercase() || c == '_');
    let mut wrong = Vec::new();
    for (place, literal) in literals().into_iter().filter(|(place, _)| !place.starts_with("src/store/testing")) {
        let named = literal.split_once("::").filter(|(noun, verb)| is_word(noun) && is_word(verb));
        let key = named.map(|(noun, verb)| format!("deed-{noun}-{verb}"));
        wrong.extend(key.filter(|key| !texts.contains_key(key)).map(|key| format!("{place}: {key}")));
    }
    require(&wrong, "Write these texts into both catalogues: a history must not show the name of a function.");
}
