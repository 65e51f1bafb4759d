//! The cases of `tests/fixtures/terms.json`, and what must hold of every case.

use serde_json::Value;

use super::read::{self, Cases};
use super::verdict::Case;
use super::write;
use crate::domain::moment::Stamp;
use crate::domain::phrases::{Arg, Phrase};

mod answer;
mod credits;
mod edges;
mod made_up;
mod notices;
mod outages;
mod properties;
mod say;
mod working;

/// The cases that the file of the story's terms holds, each with what it must come to.
const CASES: &str = include_str!("../../../../tests/fixtures/terms.json");

/// The case that a JSON text holds.
pub(super) fn case(json: &str) -> Case {
    match read::cases(json.as_bytes()) {
        Ok(Cases::One(case)) => *case,
        other => panic!("one case: {other:?}"),
    }
}

/// The outcome, without its reasons.
pub(super) fn outcome(case: &Case) -> Value {
    let mut json = write::json(&case.verdict(), &|phrase| phrase.key.to_owned());
    json.as_object_mut().expect("an object").remove("reasons");
    json
}

/// A phrase in short, the same in every language: its key and what is put in, times as the clocks of Tokyo show them.
fn told(phrase: &Phrase) -> String {
    let time = |at: &Stamp| at.with_timezone(&chrono_tz::Asia::Tokyo).format("%Y-%m-%dT%H:%M").to_string();
    let put_in = phrase.args.iter().map(|(name, arg)| {
        let arg = match arg {
            Arg::Text(text) => text.clone(),
            Arg::Number(number) => number.to_string(),
            Arg::Moment(moment) if moment.is_exact() => time(&moment.from),
            Arg::Moment(moment) => format!("{} to {}", time(&moment.from), time(&moment.to)),
            Arg::At(at) => time(at),
            Arg::Day(day) => day.to_string(),
            Arg::Seconds(seconds) => format!("{seconds} s"),
            Arg::Span(span) => format!("{} to {} s", span.min.num_seconds(), span.max.num_seconds()),
            Arg::Phrase(phrase) => told(phrase),
        };
        format!("{name}: {arg}")
    });
    let put_in: Vec<String> = put_in.collect();
    if put_in.is_empty() { phrase.key.to_owned() } else { format!("{}({})", phrase.key, put_in.join(", ")) }
}

#[test]
fn every_case_comes_to_what_it_must() {
    let expected: Vec<Value> = serde_json::from_str(CASES).expect("JSON");
    let Ok(Cases::List(cases)) = read::cases(CASES.as_bytes()) else { panic!("a list of cases") };
    assert_eq!(cases.len(), expected.len());
    for (case, written) in cases.iter().zip(&expected) {
        assert_eq!(outcome(case), written["expect"], "{}", written["name"]);
    }
}

#[test]
fn a_term_is_written_as_it_is_read() {
    let written: Vec<Value> = serde_json::from_str(CASES).expect("JSON");
    let made_up = (0..500).map(|seed| made_up::case(seed).term);
    let read_here = written.iter().map(|case| read::term(&case["term"]).expect("a term"));
    for term in read_here.chain(made_up) {
        let json = serde_json::to_value(&term).expect("it is written");
        assert_eq!(read::term(&json), Ok(term), "{json}");
    }
}

#[test]
fn a_term_is_written_as_short_as_it_was_given_and_a_fraction_as_the_ledger_has_it() {
    let json = r#"{"kind":"credit","from":"reported","minimum_hours":0,"block_hours":"0.5","per_block":{"fixed":7},"round":"up","requires_total":false}"#;
    let term = read::term(&serde_json::from_str(json).expect("JSON")).expect("a term");
    assert_eq!(serde_json::to_string(&term).expect("it is written"), json);
    let json = r#"{"kind":"availability","period":"month","target_percent":"99.95","tiers":[{"below":99,"credit_percent":10}]}"#;
    let term = read::term(&serde_json::from_str(json).expect("JSON")).expect("a term");
    assert_eq!(serde_json::to_string(&term).expect("it is written"), json);
}
