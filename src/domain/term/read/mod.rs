//! The file that holds a case → [`Case`]: what cannot be used is an error that names its path, and nothing is computed.

use std::fmt;

use serde_json::Number;

use super::verdict::{Agreed, Case};

mod facts;
mod json;
mod term;
#[cfg(test)]
mod tests;
mod time;

pub use term::term;

use json::{Json, Node};

/// What is wrong with a file, and where.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub struct ReadError {
    /// Where: `facts.notices[0].sent`; empty for the whole.
    pub path: String,
    /// What.
    pub problem: Problem,
}

impl fmt::Display for ReadError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.path.is_empty() { write!(f, "{}", self.problem) } else { write!(f, "{}: {}", self.path, self.problem) }
    }
}

/// What is wrong with a value.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Problem {
    /// The file is no JSON.
    #[error("not JSON: {0}")]
    NotJson(String),
    /// Something else is wanted here.
    #[error("{found} stands where {wanted} is wanted")]
    Wanted {
        /// What is wanted.
        wanted: &'static str,
        /// What stands there.
        found: String,
    },
    /// A key that is not known.
    #[error("unknown key; known are: {0}")]
    UnknownKey(String),
    /// A key stands twice.
    #[error("stands twice")]
    Twice,
    /// A key that is required is not there.
    #[error("is missing")]
    Missing,
    /// A word that is not known.
    #[error("“{word}” is not one of: {known}")]
    UnknownWord {
        /// What was read.
        word: String,
        /// What is known.
        known: String,
    },
    /// A number out of its range.
    #[error("{number} is not from {from} to {to}")]
    OutOfRange {
        /// What was read.
        number: Number,
        /// The least.
        from: i64,
        /// The most.
        to: i64,
    },
    /// Not a whole number.
    #[error("{0} is not a whole number")]
    NotWhole(Number),
    /// Not a date of the calendar.
    #[error("“{0}” is not a date of the calendar, such as 2006-11-22")]
    NoDate(String),
    /// Not a time.
    #[error("“{0}” is not a time, such as 2006-11-22T10:20 or 2006-11-22T10:20+09:00")]
    NoTime(String),
    /// The clocks of the zone were put forward over it.
    #[error("{0} does not exist: the clocks were put forward over it")]
    Skipped(String),
    /// The end lies before the beginning.
    #[error("the end lies before the beginning")]
    EndsSwapped,
    /// Two things that cannot both be.
    #[error("contradicts {0}")]
    Contradicts(&'static str),
    /// An empty list.
    #[error("an empty list says nothing")]
    Empty,
}

/// The most bytes that are read of a file.
const LARGEST: usize = 64 * 1024 * 1024;

/// One case, or a list of them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Cases {
    /// The file holds one.
    One(Box<Case>),
    /// The file holds a list.
    List(Vec<Case>),
}

/// What a file holds.
///
/// # Errors
/// [`ReadError`] with the path of the first value that cannot be used.
pub fn cases(bytes: &[u8]) -> Result<Cases, ReadError> {
    let whole = |problem| ReadError { path: String::new(), problem };
    if bytes.len() > LARGEST {
        return Err(whole(Problem::NotJson(format!("more than {LARGEST} bytes"))));
    }
    // Some editors begin a file with the mark of its encoding.
    let bytes = bytes.strip_prefix("\u{feff}".as_bytes()).unwrap_or(bytes);
    let json: Json = serde_json::from_slice(bytes).map_err(|error| whole(Problem::NotJson(error.to_string())))?;
    let root = Node::root(&json);
    match &json {
        Json::List(_) => Ok(Cases::List(root.items()?.map(case).collect::<Result<_, _>>()?)),
        _ => Ok(Cases::One(Box::new(case(root)?))),
    }
}

fn case(node: Node<'_>) -> Result<Case, ReadError> {
    let map = node.map(&["name", "calendar", "term", "agreement", "facts", "now", "expect"])?;
    if let Some(name) = map.get("name") {
        name.text()?;
    }
    let calendar = map.get("calendar").map(time::calendar).transpose()?.unwrap_or_default();
    let term = term::term_at(map.required("term")?)?;
    let agreement = map.get("agreement").map(agreed).transpose()?;
    let terms: Vec<_> = std::iter::once(&term).chain(agreement.as_ref().map(|agreed| &agreed.term)).collect();
    let facts = facts::facts(map.required("facts")?, &terms, calendar.zone)?;
    let now = time::fact(map.required("now")?, calendar.zone)?.from;
    Ok(Case { term, agreement, facts, now, calendar })
}

fn agreed(node: Node<'_>) -> Result<Agreed, ReadError> {
    let map = node.map(&["term", "standing"])?;
    Ok(Agreed { term: term::term_at(map.required("term")?)?, standing: map.required("standing")?.word()? })
}
