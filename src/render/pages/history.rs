//! The history of any noun: who changed it, when, by which use case, and what each revision changed. Read from the ledger.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use serde::Serialize;
use serde_json::Value;

use super::incident::verdicts::fact_key;
use super::noun_form::Link;
use crate::domain::locale::Zone;
use crate::domain::moment::{Moment, Stamp, show};
use crate::render::form::FormView;
use crate::render::tera::Page;
use crate::render::words::{Args, Words};

/// The history of one thing.
#[derive(Clone, Debug, Serialize)]
pub struct HistoryPage {
    /// What kind of thing it is.
    pub kind: String,
    /// Where it stands.
    pub back: Link,
    /// Its revisions, the latest first.
    pub revisions: Vec<RevisionLine>,
    /// That contents were taken out, as sentences, the latest first.
    pub erasures: Vec<String>,
    /// Where earlier contents are taken out; empty for those who may not.
    pub erasure: String,
}

impl Page for HistoryPage {
    const TEMPLATE: &'static str = "history/page.html";
}

/// One revision.
#[derive(Clone, Debug, Serialize)]
pub struct RevisionLine {
    /// Its number, from 0.
    pub number: i64,
    /// When it was made.
    pub at: String,
    /// Who made it.
    pub who: String,
    /// By which use case.
    pub action: String,
    /// What it changed; for the first one, what it said.
    pub changes: Vec<ChangeLine>,
    /// Whether its content was erased.
    pub is_erased: bool,
}

/// What became of one field.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ChangeLine {
    /// The field.
    pub field: String,
    /// What it said; empty where it said nothing.
    pub before: String,
    /// What it says; empty where it says nothing.
    pub after: String,
}

/// A revision as the ledger has it.
#[derive(Clone, Debug)]
pub struct Made {
    /// When.
    pub at: Stamp,
    /// Who.
    pub who: String,
    /// By which use case.
    pub action: String,
    /// Its number.
    pub number: i64,
    /// The thing as it then was; none where it was erased.
    pub payload: Option<Value>,
}

/// That contents were taken out.
#[derive(Clone, Debug)]
pub struct Erased {
    /// When.
    pub at: Stamp,
    /// By whom.
    pub who: String,
    /// Why.
    pub reason: String,
}

/// Whether earlier contents are really to be taken out.
#[derive(Clone, Debug, Serialize)]
pub struct ErasurePage {
    /// Field `reason`.
    pub form: FormView,
    /// What kind of thing it is.
    pub kind: String,
    /// Its history.
    pub back: Link,
    /// How many contents go, as a sentence.
    pub count: String,
}

impl Page for ErasurePage {
    const TEMPLATE: &'static str = "history/erasure.html";
}

impl ErasurePage {
    /// Of a thing with so many earlier contents.
    pub fn new(form: FormView, kind: String, back: Link, earlier: usize, words: Words) -> Self {
        let count = words.with("erasure-count", &Args::new().number("count", super::reader::number(earlier)));
        Self { form, kind, back, count }
    }
}

/// In whose language, zone and day it is said, and what things are called that are known only by their keys.
#[derive(Clone, Copy)]
pub struct Eyes<'a> {
    /// The language.
    pub words: Words,
    /// The zone.
    pub zone: Zone,
    /// Today, so that this year's dates need no year.
    pub today: NaiveDate,
    /// Names by key: a key alone names a thing, whatever its kind.
    pub names: &'a BTreeMap<i64, String>,
}

impl HistoryPage {
    /// The history of a thing from its revisions, the first one first.
    pub fn new(kind: String, back: Link, (made, erased): (&[Made], &[Erased]), erasure: String, eyes: Eyes<'_>) -> Self {
        let mut before = BTreeMap::new();
        let mut revisions: Vec<RevisionLine> = Vec::new();
        for revision in made {
            let after = revision.payload.as_ref().map(|payload| flat(payload, eyes));
            let changes = after.as_ref().map(|after| changes(&before, after, eyes.words)).unwrap_or_default();
            revisions.push(RevisionLine {
                number: revision.number,
                at: show::at(revision.at, eyes.words.locale(), eyes.zone, Some(eyes.today)),
                who: revision.who.clone(),
                action: deed(&revision.action, eyes.words),
                changes,
                is_erased: after.is_none(),
            });
            before = after.unwrap_or(before);
        }
        revisions.reverse();
        let erasures = erased.iter().rev().map(|erased| {
            let at = show::at(erased.at, eyes.words.locale(), eyes.zone, Some(eyes.today));
            let args = Args::new().text("at", at).text("who", &*erased.who).text("reason", &*erased.reason);
            eyes.words.with("history-erased-by", &args)
        });
        Self { kind, back, revisions, erasures: erasures.collect(), erasure }
    }
}

/// A use case in words: `incidents::set_times` is the text `deed-incidents-set_times`.
fn deed(action: &str, words: Words) -> String {
    let key = format!("deed-{}", action.replace("::", "-"));
    if words.has(&key) { words.get(&key) } else { action.to_owned() }
}

/// Fields that say nothing to a reader: keys, and what the revision's own line says.
/// A verdict's facts are told by those that made it other than before.
const UNTOLD: &[&str] = &[
    "id",
    "uid",
    "revision",
    "incident",
    "recorded_at",
    "added_at",
    "author",
    "added_by",
    "digits",
    "facts",
    "found_at",
    "share",
    "opening",
    "confirmed_in",
];

/// Fields that hold the key of another thing.
const REFERENCES: &[&str] = &[
    "agreement",
    "answered_by",
    "asked_in",
    "before_clause",
    "by",
    "change",
    "clause",
    "contact",
    "contract",
    "contracts",
    "entry",
    "merged_into",
    "moved_to",
    "person",
    "provider",
    "restricted_to",
    "sent_by",
    "settled_by",
    "statement",
];

/// The fields of a payload by their path, in words.
fn flat(payload: &Value, eyes: Eyes<'_>) -> BTreeMap<String, String> {
    let mut fields = BTreeMap::new();
    let Value::Object(object) = payload else { return fields };
    for (name, value) in object.iter().filter(|(name, _)| !UNTOLD.contains(&name.as_str())) {
        match value {
            // Parts stand one below the other: each time, party, leg or statement is a line of its own.
            Value::Array(parts) if parts.iter().any(Value::is_object) => {
                for (place, part) in (1..).zip(parts) {
                    fields.insert(format!("{name}.{place:03}"), line(name, part, eyes));
                }
            }
            Value::Object(inner) if !is_moment(value) && !is_pointer(value) => {
                for (inner_name, value) in inner.iter().filter(|(name, _)| !UNTOLD.contains(&name.as_str())) {
                    fields.insert(format!("{name}.{inner_name}"), line(inner_name, value, eyes));
                }
            }
            value => {
                fields.insert(name.clone(), line(name, value, eyes));
            }
        }
    }
    fields.retain(|_, text| !text.is_empty());
    fields
}

fn is_moment(value: &Value) -> bool {
    serde_json::from_value::<Moment>(value.clone()).is_ok()
}

/// `{kind, id}`: which thing of which kind.
fn is_pointer(value: &Value) -> bool {
    value.as_object().is_some_and(|object| object.len() == 2 && object.contains_key("kind") && object.contains_key("id"))
}

/// A value of the field `name` in one line.
fn line(name: &str, value: &Value, eyes: Eyes<'_>) -> String {
    match value {
        Value::Null => String::new(),
        Value::Bool(yes) => eyes.words.get(if *yes { "form-yes" } else { "form-no" }),
        Value::Number(number) => {
            let named = number.as_i64().filter(|_| REFERENCES.contains(&name)).and_then(|key| eyes.names.get(&key));
            named.map_or_else(|| number.to_string(), Clone::clone)
        }
        Value::String(text) => told(name, text, eyes),
        Value::Array(all) => join(all.iter().map(|item| line(name, item, eyes))),
        Value::Object(fields) if is_pointer(value) => {
            fields.get("id").and_then(Value::as_i64).and_then(|key| eyes.names.get(&key)).cloned().unwrap_or_default()
        }
        Value::Object(fields) => match serde_json::from_value::<Moment>(value.clone()) {
            Ok(moment) => moment.shown(eyes.words.locale(), eyes.zone, Some(eyes.today)).line(eyes.words.locale()),
            Err(_) => {
                let mut told: Vec<_> = fields.iter().filter(|(name, _)| !UNTOLD.contains(&name.as_str())).collect();
                // What it is comes before what there is to say of it.
                told.sort_by_key(|(name, _)| !speaks_for_itself(name));
                join(told.into_iter().map(|(name, value)| part(name, value, eyes)))
            }
        },
    }
}

/// A part's field: by its name, unless the value alone says what it is.
fn part(name: &str, value: &Value, eyes: Eyes<'_>) -> String {
    let said = line(name, value, eyes);
    let bare = said.is_empty() || speaks_for_itself(name) || is_moment(value);
    if bare { said } else { format!("{} {said}", label(name, eyes.words)) }
}

fn speaks_for_itself(name: &str) -> bool {
    matches!(name, "which" | "kind" | "role" | "why" | "provider" | "who" | "contact" | "words" | "side" | "about")
}

fn join(parts: impl Iterator<Item = String>) -> String {
    parts.filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" · ")
}

/// A text as it is read: times in the reader's zone, values of enumerations in words.
fn told(name: &str, text: &str, eyes: Eyes<'_>) -> String {
    if let Ok(at) = chrono::DateTime::parse_from_rfc3339(text) {
        return show::at(at.to_utc(), eyes.words.locale(), eyes.zone, Some(eyes.today));
    }
    if name == "because" {
        return eyes.words.get(fact_key(text));
    }
    let prefixes: &[&str] = match name {
        "kind" => &["act-kind", "term-kind", "incident-kind", "entry-kind", "statement-kind", "ruled-out-kind"],
        "state" => &["promise-state"],
        "standing" => &["statement-standing", "standing"],
        "why" => &["wait"],
        "which" => &["time"],
        "form" => &["notice-form"],
        "way" => &["claim-way"],
        "answer" => &["claim-answer"],
        "how" => &["agreement-how"],
        "due_by" => &["due-by"],
        "severity" => &["severity-short"],
        "role" => &["party-role", "role"],
        "with" => &["call-with"],
        "finding" | "of_clause" | "of_agreement" => &["finding"],
        "looked_for" => &["notice-form"],
        "paper_form" => &["paper-form"],
        "fault" => &["fault"],
        "visibility" | "audience" | "locale" | "outcome" | "direction" | "side" => &[name],
        _ => &[],
    };
    let known = prefixes.iter().map(|prefix| format!("{prefix}-{text}")).find(|key| eyes.words.has(key));
    known.map_or_else(|| text.to_owned(), |key| eyes.words.get(&key))
}

fn changes(before: &BTreeMap<String, String>, after: &BTreeMap<String, String>, words: Words) -> Vec<ChangeLine> {
    let mut paths: Vec<&String> = before.keys().chain(after.keys()).collect();
    paths.sort();
    paths.dedup();
    let of = |fields: &BTreeMap<String, String>, path: &str| fields.get(path).cloned().unwrap_or_default();
    paths
        .into_iter()
        .map(|path| ChangeLine { field: label(path, words), before: of(before, path), after: of(after, path) })
        .filter(|change| change.before != change.after)
        .collect()
}

/// A path in words, part by part, as far as the catalogue knows them; a part's place as a number.
fn label(path: &str, words: Words) -> String {
    let part = |part: &str| match part.parse::<usize>() {
        Ok(place) => place.to_string(),
        Err(_) => {
            let key = format!("field-{part}");
            if words.has(&key) { words.get(&key) } else { part.to_owned() }
        }
    };
    path.split('.').map(part).collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::locale::{DEFAULT_ZONE, Locale};

    #[test]
    fn a_correction_shows_what_was_and_what_is() {
        let at = chrono::DateTime::UNIX_EPOCH;
        let names = BTreeMap::from([(4, "Provider P".to_owned())]);
        let eyes = Eyes { words: Words::new(Locale::En), zone: DEFAULT_ZONE, today: at.date_naive(), names: &names };
        let made = |number, body: &str| Made {
            at,
            who: "Alice".to_owned(),
            action: "entries::correct".to_owned(),
            number,
            payload: Some(serde_json::json!({ "id": 7, "revision": number, "title": "The same", "body": body, "provider": 4 })),
        };
        let back = Link { href: "/".to_owned(), text: String::new() };
        let page = HistoryPage::new(String::new(), back, (&[made(0, "before"), made(1, "after")], &[]), String::new(), eyes);
        let [latest, first] = &page.revisions[..] else { panic!("two revisions") };
        let change = ChangeLine { field: "Details".to_owned(), before: "before".to_owned(), after: "after".to_owned() };
        assert_eq!(latest.changes, [change]);
        assert_eq!(first.changes.len(), 3);
        assert!(first.changes.iter().any(|change| change.after == "Provider P"), "a key is told by its name: {first:?}");
        assert_eq!(latest.action, "Corrected");
    }
}
