//! Forms, parsed at the edge into domain types.
//!
//! ```text
//! let mut form = Reader::new(&posted);
//! let name = form.line("name");                               // required; Option<Line>
//! let zone = form.parse("zone", "problem-zone");              // anything that is FromStr
//! let (Some(name), Some(zone)) = (name, zone) else { return Err(form.refusal()) };
//! ```
//!
//! Every field is read before any refusal is answered, so that the person sees all that is wrong at once; what they typed goes
//! back to them as it was (see [`crate::render::form::FormView`]).

use std::str::FromStr;

use crate::actions::passwords::Password;
use crate::domain::locale::Zone;
use crate::domain::text::{Line, Prose, TextError};
use crate::error::{AppError, FieldError};
use crate::render::form::{FormView, Problem};

/// What is never sent back to the browser, nor kept while somebody logs in again.
pub const SECRET_FIELDS: &[&str] = &["password", "current", "chat_token"];

/// What belongs to the sending and not to what was typed.
pub const OWN_FIELDS: &[&str] = &["csrf", "key"];

/// The fields of a form as they were sent, in order.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Fields(Vec<(String, String)>);

impl Fields {
    /// These fields.
    pub const fn new(fields: Vec<(String, String)>) -> Self {
        Self(fields)
    }

    /// The first value of the field `name`.
    pub fn get(&self, name: &str) -> Option<&str> {
        self.iter().find(|(field, _)| *field == name).map(|(_, value)| value)
    }

    /// Every value of the field `name`.
    pub fn all(&self, name: &str) -> Vec<&str> {
        self.iter().filter(|(field, _)| *field == name).map(|(_, value)| value).collect()
    }

    /// Every field with its value, in order.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &str)> {
        self.0.iter().map(|(name, value)| (name.as_str(), value.as_str()))
    }

    /// What was typed, but for secrets, to stand in the fields again.
    pub fn view(&self) -> FormView {
        let typed = self.iter().filter(|(name, _)| !OWN_FIELDS.contains(name) && !SECRET_FIELDS.contains(name));
        typed.fold(FormView::new(), |form, (name, value)| form.with(name, value))
    }
}

/// Reads fields into domain types and collects what is wrong with them.
#[derive(Debug)]
pub struct Reader<'a> {
    fields: &'a Fields,
    errors: Vec<FieldError>,
}

impl<'a> Reader<'a> {
    /// Reads these fields.
    pub const fn new(fields: &'a Fields) -> Self {
        Self { fields, errors: Vec::new() }
    }

    /// What was sent in the field, or nothing.
    pub fn raw(&self, field: &str) -> &'a str {
        self.fields.get(field).unwrap_or_default()
    }

    /// Every value that was sent in the field.
    pub fn raw_all(&self, field: &str) -> Vec<&'a str> {
        self.fields.all(field)
    }

    /// One line that must be there.
    pub fn line(&mut self, field: &str) -> Option<Line> {
        self.text(field, Line::required)
    }

    /// One line, or nothing.
    pub fn optional_line(&mut self, field: &str) -> Option<Option<Line>> {
        self.text(field, Line::parse).map(|line| Some(line).filter(|line| !line.as_str().is_empty()))
    }

    /// Text that must be there.
    pub fn prose(&mut self, field: &str) -> Option<Prose> {
        self.text(field, Prose::required)
    }

    /// Text, or nothing.
    pub fn optional_prose(&mut self, field: &str) -> Option<Option<Prose>> {
        self.text(field, Prose::parse).map(|text| Some(text).filter(|text| !text.as_str().is_empty()))
    }

    fn text<T>(&mut self, field: &str, parse: fn(&str) -> Result<T, TextError>) -> Option<T> {
        match parse(self.raw(field)) {
            Ok(text) => Some(text),
            Err(error) => {
                self.problem(field, text_problem(error));
                None
            }
        }
    }

    /// A value of any type with one spelling (a `text_enum!`, a number, a [`crate::domain::person::Login`]) that must be there;
    /// `key` says what is wrong.
    pub fn parse<T: FromStr>(&mut self, field: &str, key: &str) -> Option<T> {
        let typed = self.raw(field).trim();
        if typed.is_empty() {
            self.refuse(field, TextError::Empty.key());
            return None;
        }
        let parsed = typed.parse().ok();
        if parsed.is_none() {
            self.refuse(field, key);
        }
        parsed
    }

    /// The same, or nothing.
    pub fn optional<T: FromStr>(&mut self, field: &str, key: &str) -> Option<Option<T>> {
        if self.raw(field).trim().is_empty() { Some(None) } else { self.parse(field, key).map(Some) }
    }

    /// One of what a select or radio buttons offer.
    pub fn choice<T: FromStr>(&mut self, field: &str) -> Option<T> {
        self.parse(field, "problem-choice")
    }

    /// A time zone by its IANA name.
    pub fn zone(&mut self, field: &str) -> Option<Zone> {
        self.parse(field, "problem-zone")
    }

    /// Whether a box is ticked.
    pub fn ticked(&self, field: &str) -> bool {
        self.raw(field) == "yes"
    }

    /// A password to be set.
    pub fn password(&mut self, field: &str) -> Option<Password> {
        match Password::new(self.raw(field)) {
            Ok(password) => Some(password),
            Err(bad) => {
                self.refuse(field, bad.key());
                None
            }
        }
    }

    /// The revision that the form was made from: a hidden field. Without it the form is as good as stale.
    ///
    /// # Errors
    /// [`AppError::Stale`].
    pub fn revision(&self) -> Result<i64, AppError> {
        self.raw("revision").parse().map_err(|_| AppError::Stale)
    }

    /// Notes that something is wrong with a field; the empty name is the whole form.
    pub fn refuse(&mut self, field: &str, key: &str) {
        self.problem(field, Problem::new(key));
    }

    /// The same with a text that puts something in.
    pub fn problem(&mut self, field: &str, problem: Problem) {
        self.errors.push(FieldError { field: field.to_owned(), problem });
    }

    /// Whether anything is wrong so far.
    pub fn is_refused(&self) -> bool {
        !self.errors.is_empty()
    }

    /// What is wrong, as the answer of the use case.
    pub fn refusal(&mut self) -> AppError {
        AppError::Refused(std::mem::take(&mut self.errors))
    }

    /// What is wrong, for a page that shows it by itself.
    pub fn problems(self) -> Vec<FieldError> {
        self.errors
    }
}

/// What is wrong with a text.
pub(super) fn text_problem(error: TextError) -> Problem {
    let problem = Problem::new(error.key());
    match error {
        TextError::Empty => problem,
        TextError::TooLong { limit, given } => problem.with("limit", limit.to_string()).with("given", given.to_string()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::permit::Role;

    fn fields(all: &[(&str, &str)]) -> Fields {
        Fields::new(all.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect())
    }

    #[test]
    fn everything_that_is_wrong_is_said_at_once() {
        let fields = fields(&[("name", "\u{3000}"), ("role", "emperor"), ("zone", "Asia/Atlantis"), ("password", "short")]);
        let mut form = Reader::new(&fields);
        assert!(form.line("name").is_none());
        assert!(form.choice::<Role>("role").is_none());
        assert!(form.zone("zone").is_none());
        assert!(form.password("password").is_none());
        let AppError::Refused(errors) = form.refusal() else { panic!("not refused") };
        let said: Vec<_> = errors.iter().map(|error| (error.field.as_str(), error.problem.key.as_str())).collect();
        assert_eq!(
            said,
            [
                ("name", "text-error-empty"),
                ("role", "problem-choice"),
                ("zone", "problem-zone"),
                ("password", "problem-password-short"),
            ]
        );
    }

    #[test]
    fn what_was_typed_goes_back_but_secrets_do_not() {
        let view = fields(&[
            ("csrf", "t"),
            ("key", "k"),
            ("name", "追加"),
            ("tag", "a"),
            ("tag", "b"),
            ("password", "p"),
            ("current", "c"),
        ])
        .view();
        assert_eq!(view, FormView::new().with("name", "追加").with("tag", "a").with("tag", "b"));
    }

    #[test]
    fn nothing_typed_is_nothing_where_that_is_allowed() {
        let fields = fields(&[("note", " "), ("role", "")]);
        let mut form = Reader::new(&fields);
        assert_eq!(form.optional_line("note"), Some(None));
        assert_eq!(form.optional::<Role>("role", "problem-choice"), Some(None));
        assert!(!form.is_refused());
    }
}
