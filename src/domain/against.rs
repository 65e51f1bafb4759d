//! A print held against the record of today: what was added, changed or struck out since it was made.
//!
//! Both sides are views in JSON, made for the same reader and as of the same time: what still differs, was written since, or is
//! not the print that we made.

use std::collections::BTreeMap;

use serde_json::{Map, Value};

use super::incident::IncidentNumber;
use super::ledger::Digest;
use super::moment::Stamp;
use super::phrases::{Arg, Phrase};
use super::text::is_direction;
use super::view::AudienceName;

/// What says nothing of the matter itself: where the ledger stood, which is compared apart, and which entries the figures count,
/// which is told by the entries.
const BESIDE: [&str; 4] = ["fingerprint", "changes_recorded", "ledger_hash", "counted"];

/// Fields that are no matter of a print: that a thing was changed is told by what was changed, and where that is not in the print,
/// it does not belong there; that it is late follows from fields that are compared themselves.
const FOLLOWS: [&str; 3] = ["revision", "overdue", "late_seconds"];

/// Longer values are cut where a difference is told, in characters.
const LONGEST: usize = 300;

/// A view that was printed or exported.
#[derive(Clone, Debug, PartialEq)]
pub struct Printed {
    /// Of which incident.
    pub number: IncidentNumber,
    /// For whom.
    pub audience: AudienceName,
    /// As of when.
    pub as_of: Stamp,
    /// How many changes the incident's chain held.
    pub count: i64,
    /// The hash of the last of them.
    pub hash: Digest,
    /// All of it.
    pub view: Value,
}

impl Printed {
    /// Reads a view; none where it is no view of ours.
    pub fn read(view: Value) -> Option<Self> {
        let text = |name: &str| view.get(name).and_then(Value::as_str);
        Some(Self {
            number: text("number")?.parse().ok()?,
            audience: text("audience")?.parse().ok()?,
            as_of: text("as_of")?.parse().ok()?,
            count: view.get("changes_recorded")?.as_i64()?,
            hash: text("ledger_hash")?.parse().ok()?,
            view,
        })
    }

    /// Whether a private note stands in it, so that it was made for its author.
    pub fn has_private_notes(&self) -> bool {
        let entries = self.view.get("entries").and_then(Value::as_array);
        entries.is_some_and(|entries| entries.iter().any(|entry| entry.get("visibility").is_some_and(|seen| seen == "private")))
    }
}

/// What is told of, as it stands in a view.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Thing {
    /// The list it stands in, such as `entries`; `incident` for the view itself.
    pub kind: String,
    /// Its name in URLs; empty for the view itself.
    pub uid: String,
}

/// One thing that the print and the record do not say alike.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Since {
    /// What.
    pub thing: Thing,
    /// A line by which it is known.
    pub words: String,
    /// How.
    pub how: How,
}

/// What became of a thing since the print.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum How {
    /// It was not there.
    Added,
    /// It is not there any more for whom the print was made.
    Gone,
    /// It was struck out, for this reason.
    Struck(String),
    /// A field says something else.
    Changed {
        /// Which, as the JSON names it.
        field: String,
        /// What it said.
        was: String,
        /// What it says now.
        now: String,
    },
}

impl Since {
    /// As a sentence.
    pub fn phrase(&self) -> Phrase {
        let of = |key| Phrase::new(key).phrase("thing", self.thing.phrase(&self.words));
        match &self.how {
            How::Added => of("against-added"),
            How::Gone => of("against-gone"),
            How::Struck(reason) => of("against-struck").text("reason", reason),
            How::Changed { field, was, now } => of("against-changed").text("field", field).text("was", was).text("now", now),
        }
    }
}

/// What the record of today says of a print.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Held {
    /// What it does not say alike.
    pub since: Vec<Since>,
    /// Whether the chain goes through the row that was its last when the print was made.
    pub on_chain: bool,
    /// How many rows were written since.
    pub rows_since: i64,
}

impl Held {
    /// Whether today's record still says what `print` says.
    pub fn agrees(&self) -> bool {
        self.on_chain && self.since.is_empty()
    }

    /// That as a sentence.
    pub fn phrase(&self, print: &Printed) -> Phrase {
        let key = match self {
            Self { on_chain: false, .. } => "against-other-chain",
            Self { since, .. } if since.is_empty() => "against-agrees",
            Self { rows_since: 0, .. } => "against-differs-at-head",
            Self { .. } => "against-differs",
        };
        let name = Phrase::new("against-print")
            .text("number", print.number.to_string())
            .text("audience", print.audience.as_str())
            .with("at", Arg::At(print.as_of));
        Phrase::new(key).phrase("print", name).with("n", Arg::Number(self.rows_since))
    }

    /// What it does not say alike, a sentence each; nothing where the print is of another record.
    pub fn lines(&self) -> Vec<Phrase> {
        if self.on_chain { self.since.iter().map(Since::phrase).collect() } else { Vec::new() }
    }
}

impl Thing {
    fn phrase(&self, words: &str) -> Phrase {
        Phrase::new("against-thing").text("kind", &self.kind).text("words", words)
    }
}

/// What `now` says otherwise than `print`. Where a thing is gone from `now` and `whole`, which shows what was struck out, holds
/// the reason, that is told.
pub fn compare(print: &Value, now: &Value, whole: &Value) -> Vec<Since> {
    let (then, now, whole) = (things_of(print), things_of(now), things_of(whole));
    let mut since = Vec::new();
    for (thing, was) in &then {
        let how = match now.get(thing) {
            Some(is) => changes(was, is),
            None => vec![whole.get(thing).and_then(struck).map_or(How::Gone, How::Struck)],
        };
        since.extend(how.into_iter().map(|how| Since { thing: thing.clone(), words: known_by(was), how }));
    }
    let added = now.iter().filter(|(thing, _)| !then.contains_key(thing));
    since.extend(added.map(|(thing, is)| Since { thing: thing.clone(), words: known_by(is), how: How::Added }));
    since
}

fn struck(fields: &Map<String, Value>) -> Option<String> {
    fields.get("struck").and_then(Value::as_str).map(str::to_owned)
}

fn changes(was: &Map<String, Value>, is: &Map<String, Value>) -> Vec<How> {
    if let (None, Some(reason)) = (struck(was), struck(is)) {
        return vec![How::Struck(reason)];
    }
    let mut changed = Vec::new();
    let fields = was.keys().chain(is.keys().filter(|field| !was.contains_key(*field)));
    let fields = fields.filter(|field| !FOLLOWS.contains(&field.as_str()));
    for field in fields {
        differ(field, was.get(field), is.get(field), &mut changed);
    }
    changed
}

/// Adds the deepest fields in which the two differ.
fn differ(field: &str, was: Option<&Value>, now: Option<&Value>, changed: &mut Vec<How>) {
    let null = Value::Null;
    let (was, now) = (was.unwrap_or(&null), now.unwrap_or(&null));
    match (was, now) {
        _ if was == now => {}
        (Value::Object(then), Value::Object(is)) => {
            for name in then.keys().chain(is.keys().filter(|name| !then.contains_key(*name))) {
                differ(&format!("{field}.{name}"), then.get(name), is.get(name), changed);
            }
        }
        (Value::Array(then), Value::Array(is)) if then.len() == is.len() => {
            for (n, (was, now)) in then.iter().zip(is).enumerate() {
                differ(&format!("{field}.{n}"), Some(was), Some(now), changed);
            }
        }
        _ => changed.push(How::Changed { field: field.to_owned(), was: told(was), now: told(now) }),
    }
}

/// A value on one line.
fn told(value: &Value) -> String {
    let whole = match value {
        Value::Null => String::new(),
        Value::String(text) => text.clone(),
        other => other.to_string(),
    };
    cut(&whole)
}

fn cut(text: &str) -> String {
    // A line is a line of the answer: nobody's words may make two of it, steer a terminal, or turn the rest round.
    let shown = text.chars().filter(|c| !is_direction(*c)).map(|c| if c.is_control() { ' ' } else { c });
    let mut line: String = shown.clone().take(LONGEST).collect();
    if shown.count() > LONGEST {
        line.push('…');
    }
    line
}

/// The line by which a thing is known.
fn known_by(fields: &Map<String, Value>) -> String {
    let text = |name: &&str| fields.get(*name).and_then(Value::as_str).filter(|text| !text.is_empty());
    cut(["title", "words", "what", "quote.words", "said.words", "name", "number", "uid"]
        .iter()
        .find_map(text)
        .unwrap_or_default())
}

/// Everything of a view that has a name of its own, each with its own fields.
fn things_of(view: &Value) -> BTreeMap<Thing, Map<String, Value>> {
    let mut things = BTreeMap::new();
    if let Value::Object(fields) = view {
        let fields = fields.iter().filter(|(name, _)| !BESIDE.contains(&name.as_str()));
        let own = own_fields(fields, &mut things);
        things.insert(Thing { kind: "incident".to_owned(), uid: String::new() }, own);
    }
    things
}

fn own_fields<'a>(
    fields: impl Iterator<Item = (&'a String, &'a Value)>,
    things: &mut BTreeMap<Thing, Map<String, Value>>,
) -> Map<String, Value> {
    let mut own = Map::new();
    for (name, value) in fields {
        match value {
            Value::Array(items) if !items.is_empty() && items.iter().all(|item| uid_of(item).is_some()) => {
                for item in items {
                    let Value::Object(fields) = item else { continue };
                    let below = own_fields(fields.iter(), things);
                    let uid = uid_of(item).unwrap_or_default().to_owned();
                    things.insert(Thing { kind: name.clone(), uid }, below);
                }
            }
            // A list of things that are told one by one says nothing itself.
            Value::Array(items) if items.is_empty() => {}
            // Quoted words stand where they were said, and are told there.
            Value::Object(quote) if quote.contains_key("entry") && uid_of(value).is_some() => {
                own.insert(name.clone(), quote.get("uid").cloned().unwrap_or_default());
                own.insert(format!("{name}.words"), quote.get("words").cloned().unwrap_or_default());
            }
            _ => {
                own.insert(name.clone(), value.clone());
            }
        }
    }
    own
}

fn uid_of(value: &Value) -> Option<&str> {
    value.get("uid").and_then(Value::as_str)
}

#[cfg(test)]
mod tests;
