//! The form of a term: what a clause or an agreement says, chosen instead of written, and read back as sentences.

mod fields;
mod starts;

use serde_json::{Map, Value, json};

use crate::actions::Outcome;
use crate::actions::contracts;
use crate::domain::contract::{Agreement, Clause, Contract};
use crate::domain::id::Uid;
use crate::domain::ledger::ObjectKind;
use crate::domain::term::Term;
use crate::domain::term::read::{self, Problem as Wrong, ReadError};
use crate::render::form::{FormView, Problem};
use crate::render::pages::noun_form::Section;
use crate::render::words::Words;

use super::places::ContractDesk;
use super::read::Reader;
use super::{ContractPlace, DeskOf, GoTo, Noun, Writing};

/// The term of a clause.
pub enum ClauseTermNoun {}
/// The term of an agreement.
pub enum AgreementTermNoun {}

/// Both are the same form, of different things.
macro_rules! term_noun {
    ($noun:ident of $thing:ident in $all:ident, $kind:ident, $slug:literal, $words:ident, $set:path) => {
        impl Noun for $noun {
            type Place = ContractPlace;
            type Stored = $thing;
            type Input = Option<Term>;
            const SLUG: &'static str = $slug;
            const KIND: ObjectKind = ObjectKind::$kind;

            fn find(desk: &ContractDesk, uid: Uid) -> Option<&$thing> {
                desk.$all.iter().find(|thing| thing.uid == uid)
            }

            fn revision(_desk: &DeskOf<Self>, thing: &$thing) -> i64 {
                thing.revision
            }

            fn lead(_desk: &ContractDesk, _words: Words, stored: Option<&$thing>) -> String {
                stored.map(|thing| thing.$words.clone()).unwrap_or_default()
            }

            fn fields(_desk: &ContractDesk, words: Words, _stored: Option<&$thing>) -> Vec<Section> {
                fields::sections(words)
            }

            fn ways(_desk: &ContractDesk, _stored: &$thing) -> &'static [(&'static str, &'static str)] {
                &[]
            }

            fn starts(words: Words) -> Vec<(String, String)> {
                starts::links(words)
            }

            fn blank(_desk: &ContractDesk, form: FormView) -> FormView {
                form
            }

            fn filled(_desk: &ContractDesk, thing: &$thing) -> FormView {
                filled(thing.term.as_ref())
            }

            fn begun(form: FormView, asked: &FormView) -> FormView {
                let start = asked.values.get("start").and_then(|all| all.first());
                start.and_then(|start| starts::term(start)).map_or(form, |term| filled(Some(&term)))
            }

            fn read(_desk: &ContractDesk, form: &mut Reader, stored: Option<&$thing>) -> Option<Option<Term>> {
                read_term(form, stored.is_some_and(|thing| thing.term.is_some()))
            }

            fn change(writing: Writing<'_, '_, Contract>, uid: Uid, seen: i64, term: Option<Term>) -> Outcome<GoTo> {
                $set(writing.tx, writing.permit, uid, seen, term).map(|_| None)
            }
        }
    };
}

term_noun!(ClauseTermNoun of Clause in clauses, Clause, "clause-term", quote, contracts::set_term);
term_noun!(AgreementTermNoun of Agreement in agreements, Agreement, "agreement-term", words, contracts::set_agreement_term);

/// Where each field of the form stands in a term: its path there.
const PATHS: &[(&str, &str)] = &[
    ("kind", "kind"),
    ("forms", "forms"),
    ("address", "address"),
    ("lead_n", "lead.n"),
    ("lead_unit", "lead.unit"),
    ("lead_counted", "lead.counted"),
    ("lead_rule", "lead.rule"),
    ("deemed_n", "deemed.n"),
    ("deemed_unit", "deemed.unit"),
    ("within_n", "within.n"),
    ("within_unit", "within.unit"),
    ("within_roll", "within.roll"),
    ("deadline_from", "from"),
    ("clock", "clock"),
    ("credit_from", "from"),
    ("minimum_hours", "minimum_hours"),
    ("block_hours", "block_hours"),
    ("divided_by", "per_block.divided_by"),
    ("fixed", "per_block.fixed"),
    ("round", "round"),
    ("requires_total", "requires_total"),
    ("requires_fault", "requires_fault"),
    ("claim_n", "claim_within.n"),
    ("claim_unit", "claim_within.unit"),
    ("claim_roll", "claim_within.roll"),
    ("claim_from", "claim_within.from"),
    ("target_percent", "target_percent"),
    ("minimum_minutes", "minimum_minutes"),
];

/// The fields of each kind, beside `kind` itself.
fn belongs(kind: &str, field: &str) -> bool {
    match field {
        "forms" | "address" | "lead_n" | "lead_unit" | "lead_counted" | "lead_rule" | "deemed_n" | "deemed_unit" => {
            kind == "notice"
        }
        "within_n" | "within_unit" | "within_roll" | "deadline_from" | "clock" => matches!(kind, "response" | "restore"),
        "target_percent" | "minimum_minutes" => kind == "availability",
        "kind" => true,
        _ => kind == "credit",
    }
}

/// What stands in the form of a term.
fn filled(term: Option<&Term>) -> FormView {
    let Some(json) = term.and_then(|term| serde_json::to_value(term).ok()) else { return FormView::new() };
    let kind = json["kind"].as_str().unwrap_or_default().to_owned();
    let mut form = FormView::new();
    for (field, path) in PATHS.iter().filter(|(field, _)| belongs(&kind, field)) {
        match path.split('.').try_fold(&json, |value, key| value.get(key)) {
            None | Some(Value::Null) => {}
            // Whose fault it must be is a tick: there is one answer.
            Some(_) if *field == "requires_fault" => form = form.with(*field, "yes"),
            Some(Value::Array(all)) => form = form.with_all(field, all.iter().map(plain)),
            Some(value) => form = form.with(*field, plain(value)),
        }
    }
    let names = json["unless"].as_array().map(|names| names.iter().map(plain).collect::<Vec<_>>().join(", "));
    let tier = |tier: &Value| format!("{}: {}", plain(&tier["below"]), plain(&tier["credit_percent"]));
    let tiers = json["tiers"].as_array().map(|tiers| tiers.iter().map(tier).collect::<Vec<_>>().join("\n"));
    form = form.with("unless", names.unwrap_or_default()).with("tiers", tiers.unwrap_or_default());
    // More routes than one have no fields: they are shown as they are written.
    if json.get("any_of").is_some() { form.with("term_json", json.to_string()) } else { form }
}

fn plain(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        Value::Bool(true) => "yes".to_owned(),
        Value::Bool(false) => "no".to_owned(),
        other => other.to_string(),
    }
}

/// What the form says: none where no kind is chosen, which takes back one that `is_set`.
#[expect(clippy::option_option, reason = "a form that cannot be read, and a term that is taken back, are two things")]
fn read_term(form: &mut Reader, is_set: bool) -> Option<Option<Term>> {
    let written = form.raw("term_json").trim().to_owned();
    if !written.is_empty() {
        let term = serde_json::from_str(&written).map_err(|error| error.to_string());
        return match term.and_then(|json| read::term(&json).map_err(|error| error.to_string())) {
            Ok(term) => Some(Some(term)),
            Err(error) => {
                form.refuse("term_json", Problem::new("term-wrong-json").with("error", error));
                None
            }
        };
    }
    let kind = form.raw("kind").to_owned();
    if kind.is_empty() {
        let says = |field: &str| form.all_raw(field).any(|value| !value.trim().is_empty());
        let all = PATHS.iter().map(|(field, _)| *field).chain(["unless", "tiers"]);
        // What was chosen must not be gone without a word.
        if !is_set && all.into_iter().any(says) {
            form.refuse("kind", Problem::new("term-wrong-no-kind"));
            return None;
        }
        return Some(None);
    }
    match read::term(&json_of(form, &kind)) {
        Ok(term) => Some(Some(term)),
        Err(error) => {
            let (field, problem) = told(&error, &kind);
            form.refuse(field, problem);
            None
        }
    }
}

/// The term that the form's fields make, as JSON.
fn json_of(form: &Reader, kind: &str) -> Value {
    let mut json = Map::new();
    for (field, path) in PATHS.iter().filter(|(field, _)| belongs(kind, field)) {
        let raw = form.raw(field).trim();
        let value = match *field {
            "forms" => {
                let all: Vec<&str> = form.all_raw("forms").collect();
                if all.is_empty() { continue } else { json!(all) }
            }
            "requires_total" => json!(raw == "yes"),
            "requires_fault" if raw == "yes" => json!("provider"),
            _ if raw.is_empty() || *field == "requires_fault" => continue,
            "within_roll" | "claim_roll" => json!(raw == "yes"),
            _ => number(raw).unwrap_or_else(|| json!(raw)),
        };
        put(&mut json, path, value);
    }
    if let Some(Value::Object(share)) = json.get_mut("per_block").filter(|share| share.get("divided_by").is_some()) {
        share.insert("of".to_owned(), json!("monthly_fee"));
    }
    let split = |text: &str| text.split([',', '\u{3001}', '\n']).map(str::trim).map(str::to_owned).collect::<Vec<_>>();
    let names: Vec<String> = split(form.raw("unless")).into_iter().filter(|name| !name.is_empty()).collect();
    if kind == "notice" && !names.is_empty() {
        json.insert("unless".to_owned(), json!(names));
    }
    if kind == "availability" {
        let tiers = form.raw("tiers").lines().filter(|line| !line.trim().is_empty()).map(|line| {
            let (below, credit) = line.split_once([':', '\u{ff1a}']).unwrap_or((line, ""));
            let value = |text: &str| number(text.trim()).unwrap_or_else(|| json!(text.trim()));
            json!({"below": value(below), "credit_percent": value(credit)})
        });
        json.insert("tiers".to_owned(), tiers.collect());
    }
    json.into()
}

/// A number as people write it; none where the text is no number.
fn number(text: &str) -> Option<Value> {
    let plain: String = text.chars().filter(|c| !matches!(c, ',' | '%')).collect();
    let starts_so = plain.starts_with(|c: char| c.is_ascii_digit() || c == '-');
    starts_so.then(|| serde_json::from_str(&plain).ok()).flatten().filter(Value::is_number)
}

fn put(json: &mut Map<String, Value>, path: &str, value: Value) {
    match path.split_once('.') {
        None => {
            json.insert(path.to_owned(), value);
        }
        Some((whole, part)) => {
            if let Value::Object(inner) = json.entry(whole).or_insert_with(|| json!({})) {
                inner.insert(part.to_owned(), value);
            }
        }
    }
}

/// At which field a term is wrong, and what is wrong with it.
fn told(error: &ReadError, kind: &str) -> (&'static str, Problem) {
    let own = |path: &str| PATHS.iter().find(|(field, own)| belongs(kind, field) && *own == path).map(|(field, _)| *field);
    let whole = error.path.split('[').next().unwrap_or_default();
    let field = own(whole).or_else(|| own(&format!("{whole}.n"))).unwrap_or(match whole {
        "tiers" => "tiers",
        "unless" => "unless",
        "per_block" => "divided_by",
        _ => "kind",
    });
    let problem = match &error.problem {
        Wrong::OutOfRange { from, to, .. } => {
            Problem::new("problem-number-range").with("from", from.to_string()).with("to", to.to_string())
        }
        Wrong::NotWhole(_) | Wrong::Wanted { .. } => Problem::new("problem-number"),
        Wrong::Missing => Problem::new("problem-needed"),
        Wrong::Contradicts(_) => Problem::new("term-wrong-both"),
        _ => Problem::new("problem-choice"),
    };
    (field, problem)
}

#[cfg(test)]
mod tests {
    use chrono::DateTime;

    use super::*;
    use crate::domain::locale::{DEFAULT_ZONE, Locale};

    fn reader(form: FormView) -> Reader {
        Reader::new(form, DateTime::UNIX_EPOCH, DEFAULT_ZONE, Words::new(Locale::En))
    }

    #[test]
    fn a_form_that_is_saved_as_it_opened_changes_no_term() {
        let cases: Vec<Value> = serde_json::from_str(include_str!("../../../tests/fixtures/terms.json")).expect("JSON");
        let of_cases = cases.iter().map(|case| read::term(&case["term"]).expect("a term"));
        let started = starts::links(Words::new(Locale::En)).into_iter();
        let started = started.filter_map(|(query, _)| starts::term(query.trim_start_matches("start=")));
        for term in of_cases.chain(started) {
            let mut form = reader(filled(Some(&term)));
            let read = read_term(&mut form, true);
            assert_eq!(read, Some(Some(term)), "{:?}", form.into_form());
        }
    }

    #[test]
    fn what_was_chosen_without_a_kind_is_not_lost_and_a_term_can_still_be_taken_back() {
        let chosen = || reader(FormView::new().with("forms", "letter"));
        let mut form = chosen();
        assert_eq!(read_term(&mut form, false), None);
        assert!(form.into_form().problems.contains_key("kind"));
        assert_eq!(read_term(&mut chosen(), true), Some(None), "the form of a term that stands comes filled in");
        assert_eq!(read_term(&mut reader(FormView::new()), false), Some(None));
    }

    #[test]
    fn a_unit_without_its_number_is_asked_about_and_not_passed_over() {
        for (kind, unit, number) in
            [("notice", "lead_unit", "lead_n"), ("notice", "deemed_unit", "deemed_n"), ("credit", "claim_unit", "claim_n")]
        {
            let form = FormView::new().with("kind", kind).with(unit, "days").with("claim_from", "restored");
            let form = form.with("credit_from", "reported").with("block_hours", "24").with("fixed", "1");
            let mut form = reader(form);
            assert_eq!(read_term(&mut form, false), None);
            assert!(form.into_form().problems.contains_key(number), "{number}");
        }
    }
}
