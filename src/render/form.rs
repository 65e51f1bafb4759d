//! A form as it goes (back) to the person who fills it in: what is typed, what is wrong with it and where.
//!
//! In a template, `{{ form | value(name="login") }}` is what was typed in a field and `{{ form | problem(name="login") }}` what is
//! wrong with it, in the page's language; both are empty where there is nothing. The components of `components/form.html` do this.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

/// What is wrong, as a key of the catalogue and what is put into it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Problem {
    /// The key of the text.
    pub key: String,
    /// Name and value of what is put in.
    pub args: BTreeMap<String, String>,
}

impl Problem {
    /// A text that puts nothing in.
    pub fn new(key: impl Into<String>) -> Self {
        Self { key: key.into(), args: BTreeMap::new() }
    }

    /// With `value` for `$name`.
    #[must_use]
    pub fn with(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.args.insert(name.into(), value.into());
        self
    }
}

/// A form as a template shows it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct FormView {
    /// What stands in the fields, by name; a field may occur several times.
    pub values: BTreeMap<String, Vec<String>>,
    /// What is wrong, by field; what concerns no single field stands under the empty name.
    pub problems: BTreeMap<String, Problem>,
    /// Whether somebody else changed the thing meanwhile.
    pub stale: bool,
}

impl FormView {
    /// An empty form.
    pub fn new() -> Self {
        Self::default()
    }

    /// A form with what the address already says: `?kind=observation`. What cannot be read says nothing.
    pub fn from_query(query: &str) -> Self {
        let fields: Vec<(String, String)> = serde_urlencoded::from_str(query).unwrap_or_default();
        fields.into_iter().fold(Self::new(), |form, (name, value)| form.with(name, value))
    }

    /// With `value` standing in the field `name`.
    #[must_use]
    pub fn with(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.values.entry(name.into()).or_default().push(value.into());
        self
    }

    /// With each of `values` standing in the field `name`.
    #[must_use]
    pub fn with_all(self, name: &str, values: impl IntoIterator<Item = String>) -> Self {
        values.into_iter().fold(self, |form, value| form.with(name, value))
    }

    /// With `problem` at the field `name`; the empty name is the whole form.
    #[must_use]
    pub fn with_problem(mut self, name: impl Into<String>, problem: Problem) -> Self {
        self.problems.insert(name.into(), problem);
        self
    }

    /// With `value` in place of whatever stands in the field `name`.
    #[must_use]
    pub fn instead(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.values.insert(name.into(), vec![value.into()]);
        self
    }

    /// A form that is to be saved over `revision`, the one that is there now: its sender has been told that it changed.
    #[must_use]
    pub fn at_revision(self, revision: i64) -> Self {
        if self.stale { self.instead("revision", revision.to_string()) } else { self }
    }

    /// Whether anything is wrong.
    pub fn is_refused(&self) -> bool {
        !self.problems.is_empty()
    }
}
