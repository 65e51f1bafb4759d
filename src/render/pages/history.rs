//! The history of any noun: who changed it, when, by which use case, and what each revision changed. Read from the ledger.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use serde::Serialize;
use serde_json::Value;

use super::noun_form::Link;
use crate::domain::locale::Zone;
use crate::domain::moment::{Moment, Stamp, show};
use crate::render::tera::Page;
use crate::render::words::Words;

/// The history of one thing.
#[derive(Clone, Debug, Serialize)]
pub struct HistoryPage {
    /// What kind of thing it is.
    pub kind: String,
    /// Where it stands.
    pub back: Link,
    /// Its revisions, the latest first.
    pub revisions: Vec<RevisionLine>,
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

/// In whose language, zone and day it is said.
#[derive(Clone, Copy)]
pub struct Eyes {
    /// The language.
    pub words: Words,
    /// The zone.
    pub zone: Zone,
    /// Today, so that this year's dates need no year.
    pub today: NaiveDate,
}

impl HistoryPage {
    /// The history of a thing from its revisions, the first one first.
    pub fn new(kind: String, back: Link, made: &[Made], eyes: Eyes) -> Self {
        let mut before = BTreeMap::new();
        let mut revisions: Vec<RevisionLine> = Vec::new();
        for revision in made {
            let after = revision.payload.as_ref().map(|payload| flat(payload, eyes));
            let changes = after.as_ref().map(|after| changes(&before, after, eyes.words)).unwrap_or_default();
            revisions.push(RevisionLine {
                number: revision.number,
                at: show::at(revision.at, eyes.words.locale(), eyes.zone, Some(eyes.today)),
                who: revision.who.clone(),
                action: revision.action.clone(),
                changes,
                is_erased: after.is_none(),
            });
            before = after.unwrap_or(before);
        }
        revisions.reverse();
        Self { kind, back, revisions }
    }
}

/// Fields that say nothing to a reader: keys, and what the revision's own line says.
const UNTOLD: &[&str] = &["id", "uid", "revision", "incident", "recorded_at", "added_at", "author", "added_by"];

/// The fields of a payload by their path, in words.
fn flat(payload: &Value, eyes: Eyes) -> BTreeMap<String, String> {
    let mut fields = BTreeMap::new();
    spread("", payload, eyes, &mut fields);
    fields
}

fn spread(path: &str, value: &Value, eyes: Eyes, into: &mut BTreeMap<String, String>) {
    let below = |name: &str| if path.is_empty() { name.to_owned() } else { format!("{path}.{name}") };
    match value {
        Value::Null => {}
        Value::Object(fields) => match serde_json::from_value::<Moment>(value.clone()) {
            Ok(moment) => {
                let shown = moment.shown(eyes.words.locale(), eyes.zone, Some(eyes.today));
                into.insert(path.to_owned(), shown.line(eyes.words.locale()));
            }
            Err(_) => {
                for (name, field) in fields.iter().filter(|(name, _)| !UNTOLD.contains(&name.as_str())) {
                    spread(&below(name), field, eyes, into);
                }
            }
        },
        Value::Array(all) => {
            for (index, item) in all.iter().enumerate() {
                spread(&below(&(index + 1).to_string()), item, eyes, into);
            }
        }
        Value::String(text) => {
            if !text.is_empty() {
                into.insert(path.to_owned(), told(path, text, eyes));
            }
        }
        Value::Bool(_) | Value::Number(_) => {
            into.insert(path.to_owned(), value.to_string());
        }
    }
}

/// A text as it is read: times in the reader's zone, values of enumerations in words.
fn told(path: &str, text: &str, eyes: Eyes) -> String {
    if let Ok(at) = chrono::DateTime::parse_from_rfc3339(text) {
        return show::at(at.to_utc(), eyes.words.locale(), eyes.zone, Some(eyes.today));
    }
    let name = path.rsplit('.').next().unwrap_or_default();
    let prefixes = [name, "entry-kind", "statement-kind", "incident-kind", "status", "outcome", "direction", "promise-state", "standing", "notice-form", "time", "party-role"];
    let is_word = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'_');
    let known = prefixes.iter().filter(|_| is_word).map(|prefix| format!("{prefix}-{text}")).find(|key| eyes.words.has(key));
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

/// A path in words, part by part, as far as the catalogue knows them.
fn label(path: &str, words: Words) -> String {
    let part = |part: &str| {
        let key = format!("label-{}", part.replace('_', "-"));
        let own = format!("label-{part}");
        [own, key].iter().find(|key| words.has(key)).map_or_else(|| part.to_owned(), |key| words.get(key))
    };
    path.split('.').map(part).collect::<Vec<_>>().join(" › ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::locale::{DEFAULT_ZONE, Locale};

    #[test]
    fn a_correction_shows_what_was_and_what_is() {
        let at = chrono::DateTime::UNIX_EPOCH;
        let eyes = Eyes { words: Words::new(Locale::En), zone: DEFAULT_ZONE, today: at.date_naive() };
        let made = |number, body: &str| Made {
            at,
            who: "Alice".to_owned(),
            action: "entries::correct".to_owned(),
            number,
            payload: Some(serde_json::json!({ "id": 7, "revision": number, "title": "The same", "body": body })),
        };
        let back = Link { href: "/".to_owned(), text: String::new() };
        let page = HistoryPage::new(String::new(), back, &[made(0, "before"), made(1, "after")], eyes);
        let [latest, first] = &page.revisions[..] else { panic!("two revisions") };
        let change = ChangeLine { field: "Details".to_owned(), before: "before".to_owned(), after: "after".to_owned() };
        assert_eq!(latest.changes, [change]);
        assert_eq!(first.changes.len(), 2);
    }
}
