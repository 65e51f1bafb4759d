//! JSON with the path of every value, and with keys that stand twice not passed over.

use std::fmt;
use std::str::FromStr;

use serde::de::{Deserialize, Deserializer, MapAccess, SeqAccess, Visitor};
use serde_json::Number;

use super::{Problem, ReadError};
use crate::domain::text_enum::UnknownWord;

/// A JSON value as written.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Json {
    Null,
    Bool(bool),
    Number(Number),
    Text(String),
    List(Vec<Json>),
    Map(Vec<(String, Json)>),
}

impl<'de> Deserialize<'de> for Json {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Reader;
        impl<'de> Visitor<'de> for Reader {
            type Value = Json;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a value")
            }

            fn visit_unit<E>(self) -> Result<Json, E> {
                Ok(Json::Null)
            }

            fn visit_bool<E>(self, value: bool) -> Result<Json, E> {
                Ok(Json::Bool(value))
            }

            fn visit_i64<E>(self, value: i64) -> Result<Json, E> {
                Ok(Json::Number(value.into()))
            }

            fn visit_u64<E>(self, value: u64) -> Result<Json, E> {
                Ok(Json::Number(value.into()))
            }

            fn visit_f64<E: serde::de::Error>(self, value: f64) -> Result<Json, E> {
                Number::from_f64(value).map(Json::Number).ok_or_else(|| E::custom("a number that is not finite"))
            }

            fn visit_str<E>(self, value: &str) -> Result<Json, E> {
                Ok(Json::Text(value.to_owned()))
            }

            fn visit_string<E>(self, value: String) -> Result<Json, E> {
                Ok(Json::Text(value))
            }

            fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Json, A::Error> {
                let mut list = Vec::new();
                while let Some(value) = seq.next_element()? {
                    list.push(value);
                }
                Ok(Json::List(list))
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Json, A::Error> {
                let mut entries = Vec::new();
                while let Some(entry) = map.next_entry()? {
                    entries.push(entry);
                }
                Ok(Json::Map(entries))
            }
        }
        deserializer.deserialize_any(Reader)
    }
}

impl From<&serde_json::Value> for Json {
    fn from(value: &serde_json::Value) -> Self {
        match value {
            serde_json::Value::Null => Self::Null,
            serde_json::Value::Bool(value) => Self::Bool(*value),
            serde_json::Value::Number(number) => Self::Number(number.clone()),
            serde_json::Value::String(text) => Self::Text(text.clone()),
            serde_json::Value::Array(list) => Self::List(list.iter().map(Self::from).collect()),
            serde_json::Value::Object(map) => Self::Map(map.iter().map(|(key, value)| (key.clone(), value.into())).collect()),
        }
    }
}

/// A value and where it stands.
#[derive(Clone, Debug)]
pub(super) struct Node<'a> {
    json: &'a Json,
    path: String,
}

impl<'a> Node<'a> {
    /// The whole.
    pub fn root(json: &'a Json) -> Self {
        Self { json, path: String::new() }
    }

    /// That something is wrong with this value.
    pub fn error(&self, problem: Problem) -> ReadError {
        ReadError { path: self.path.clone(), problem }
    }

    fn wanted(&self, wanted: &'static str) -> ReadError {
        let found = match self.json {
            Json::Null => "null".to_owned(),
            Json::Bool(value) => value.to_string(),
            Json::Number(number) => number.to_string(),
            Json::Text(text) => format!("“{}”", text.chars().take(40).collect::<String>()),
            Json::List(_) => "a list".to_owned(),
            Json::Map(_) => "an object".to_owned(),
        };
        self.error(Problem::Wanted { wanted, found })
    }

    pub const fn is_null(&self) -> bool {
        matches!(self.json, Json::Null)
    }

    /// Anything but null.
    pub fn is_there(&self) -> Result<(), ReadError> {
        if self.is_null() { Err(self.error(Problem::Missing)) } else { Ok(()) }
    }

    pub const fn is_map(&self) -> bool {
        matches!(self.json, Json::Map(_))
    }

    pub const fn is_list(&self) -> bool {
        matches!(self.json, Json::List(_))
    }

    pub fn text(&self) -> Result<&'a str, ReadError> {
        match self.json {
            Json::Text(text) => Ok(text),
            _ => Err(self.wanted("a text")),
        }
    }

    pub fn flag(&self) -> Result<bool, ReadError> {
        match self.json {
            Json::Bool(value) => Ok(*value),
            _ => Err(self.wanted("true or false")),
        }
    }

    pub fn number(&self) -> Result<&'a Number, ReadError> {
        match self.json {
            Json::Number(number) => Ok(number),
            _ => Err(self.wanted("a number")),
        }
    }

    /// A number that may have a fraction: as one, or as the text that the ledger has of it.
    pub fn fraction(&self) -> Result<Number, ReadError> {
        let text = match self.json {
            Json::Text(text) => text,
            _ => return self.number().cloned(),
        };
        // `inf`, `1e9` and the like are words, not figures.
        let figures = !text.is_empty() && text.chars().all(|c| c.is_ascii_digit() || c == '.');
        let number = text.parse().ok().filter(|_| figures).and_then(Number::from_f64);
        number.ok_or_else(|| self.wanted("a number"))
    }

    /// A whole number from `from` to `to`. 30.0 is one too.
    pub fn whole(&self, from: i64, to: i64) -> Result<i64, ReadError> {
        let number = self.number()?;
        // Below 2^53 every whole number is exact as a double; one that no i64 holds becomes the nearest that there is, which is
        // out of every range that is asked for.
        #[expect(clippy::cast_possible_truncation, reason = "checked")]
        let value = match (number.as_i64(), number.as_f64()) {
            (Some(value), _) => value,
            (None, Some(value)) if value.fract() == 0.0 => value as i64,
            _ => return Err(self.error(Problem::NotWhole(number.clone()))),
        };
        if (from..=to).contains(&value) {
            return Ok(value);
        }
        Err(self.error(Problem::OutOfRange { number: number.clone(), from, to }))
    }

    /// One of the words of an enumeration.
    pub fn word<T: FromStr<Err = UnknownWord>>(&self) -> Result<T, ReadError> {
        self.text()?.parse().map_err(|UnknownWord { word, known }| self.error(Problem::UnknownWord { word, known }))
    }

    /// The values of a list.
    pub fn items(&self) -> Result<impl Iterator<Item = Self>, ReadError> {
        let Json::List(list) = self.json else { return Err(self.wanted("a list")) };
        let path = self.path.clone();
        Ok(list.iter().enumerate().map(move |(at, json)| Node { json, path: format!("{path}[{at}]") }))
    }

    /// The values of a list that says something.
    pub fn some_items(&self) -> Result<impl Iterator<Item = Self>, ReadError> {
        let mut items = self.items()?.peekable();
        if items.peek().is_none() { Err(self.error(Problem::Empty)) } else { Ok(items) }
    }

    /// An object that may have only these keys.
    pub fn map(&self, known: &[&str]) -> Result<Keys<'a>, ReadError> {
        let keys = self.any_keys()?;
        for (key, _) in keys.entries {
            if !known.contains(&key.as_str()) {
                return Err(keys
                    .at(key)
                    .map_or_else(|| self.error(Problem::Missing), |node| node.error(Problem::UnknownKey(known.join(", ")))));
            }
        }
        Ok(keys)
    }

    /// An object whose keys are names.
    pub fn any_keys(&self) -> Result<Keys<'a>, ReadError> {
        let Json::Map(entries) = self.json else { return Err(self.wanted("an object")) };
        let keys = Keys { entries, path: self.path.clone() };
        for (at, (key, _)) in entries.iter().enumerate() {
            if entries[..at].iter().any(|(other, _)| other == key) {
                return Err(ReadError { path: keys.path_of(key), problem: Problem::Twice });
            }
        }
        Ok(keys)
    }
}

/// The keys of an object, each once.
#[derive(Debug)]
pub(super) struct Keys<'a> {
    entries: &'a [(String, Json)],
    path: String,
}

impl<'a> Keys<'a> {
    fn path_of(&self, key: &str) -> String {
        if self.path.is_empty() { key.to_owned() } else { format!("{}.{key}", self.path) }
    }

    fn at(&self, key: &str) -> Option<Node<'a>> {
        let (_, json) = self.entries.iter().find(|(other, _)| other == key)?;
        Some(Node { json, path: self.path_of(key) })
    }

    /// The value of `key`; none where it is not there, or null.
    pub fn get(&self, key: &str) -> Option<Node<'a>> {
        self.at(key).filter(|node| !node.is_null())
    }

    /// The value of `key`, which must be there.
    pub fn required(&self, key: &str) -> Result<Node<'a>, ReadError> {
        self.at(key).ok_or_else(|| ReadError { path: self.path_of(key), problem: Problem::Missing })
    }

    /// All keys and their values.
    pub fn each(&self) -> impl Iterator<Item = (&'a str, Node<'a>)> {
        self.entries.iter().map(|(key, json)| (key.as_str(), Node { json, path: self.path_of(key) }))
    }
}
