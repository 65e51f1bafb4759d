//! Reading a noun's form into domain types. What cannot be read stays in its field, with a message beside it.

use std::str::FromStr;

use chrono::NaiveDate;

use crate::domain::id::Uid;
use crate::domain::locale::Zone;
use crate::domain::moment::parse::{Lean, parse};
use crate::domain::moment::{Moment, Stamp};
use crate::domain::text::{Line, Prose, TextError};
use crate::error::{AppError, FieldError};
use crate::render::form::{FormView, Problem};
use crate::render::words::Words;
use crate::web::forms::text_problem;

/// The most rows that a list has.
const MOST_ROWS: usize = 200;

/// Reads a form, field by field; the problems gather in it.
pub struct Reader {
    form: FormView,
    now: Stamp,
    zone: Zone,
    words: Words,
    confirms: bool,
}

impl Reader {
    /// A reader of `form`, for somebody in `zone` who reads `words`.
    pub fn new(form: FormView, now: Stamp, zone: Zone, words: Words) -> Self {
        Self { form, now, zone, words, confirms: true }
    }

    /// The same for who cannot be asked back: moments told in words are taken as they are understood, and the answer says how.
    #[must_use]
    pub fn unasked(self) -> Self {
        Self { confirms: false, ..self }
    }

    /// How many rows of a list the form has: the highest `n` of a field called `{prefix}{n}_…`, or `room`, which are there always.
    pub fn rows(&self, prefix: &str, room: usize) -> usize {
        let row = |name: &String| name.strip_prefix(prefix)?.split_once('_')?.0.parse().ok();
        self.form.values.keys().filter_map(row).filter(|n| *n <= MOST_ROWS).max().unwrap_or(0).max(room)
    }

    /// The zone in which its times are told.
    pub const fn zone(&self) -> Zone {
        self.zone
    }

    /// When it is read.
    pub const fn now(&self) -> Stamp {
        self.now
    }

    /// The form with what was typed and what is wrong with it.
    pub fn into_form(self) -> FormView {
        self.form
    }

    /// What is wrong, as the answer of the use case.
    pub fn refusal(self) -> AppError {
        let problems = self.form.problems.into_iter();
        AppError::Refused(problems.map(|(field, problem)| FieldError { field, problem }).collect())
    }

    /// Whether anything is wrong.
    pub fn is_refused(&self) -> bool {
        self.form.is_refused()
    }

    /// Says that something is wrong with a field.
    pub fn refuse(&mut self, name: &str, problem: Problem) {
        // The first thing that is wrong with a field is the one to mend first.
        self.form.problems.entry(name.to_owned()).or_insert(problem);
    }

    /// What was typed in a field, as it came.
    pub fn raw(&self, name: &str) -> &str {
        self.form.values.get(name).and_then(|all| all.first()).map_or("", String::as_str)
    }

    /// All that was typed or chosen in a field.
    pub fn all_raw(&self, name: &str) -> impl Iterator<Item = &str> {
        self.form.values.get(name).into_iter().flatten().map(String::as_str).filter(|value| !value.is_empty())
    }

    /// Whether a field was left empty.
    pub fn is_blank(&self, name: &str) -> bool {
        self.raw(name).trim().is_empty()
    }

    fn text<T>(&mut self, name: &str, read: impl Fn(&str) -> Result<T, TextError>) -> Option<T> {
        let read = read(self.raw(name));
        match read {
            Ok(text) => Some(text),
            Err(error) => {
                self.refuse(name, text_problem(error));
                None
            }
        }
    }

    /// A line; empty where it was left so.
    pub fn line(&mut self, name: &str) -> String {
        self.text(name, Line::parse).map(|line| line.to_string()).unwrap_or_default()
    }

    /// A line that must not be empty.
    pub fn required_line(&mut self, name: &str) -> String {
        self.text(name, Line::required).map(|line| line.to_string()).unwrap_or_default()
    }

    /// Several lines; empty where they were left so.
    pub fn prose(&mut self, name: &str) -> String {
        self.text(name, Prose::parse).map(|prose| prose.to_string()).unwrap_or_default()
    }

    /// Several lines, at least one.
    pub fn required_prose(&mut self, name: &str) -> String {
        self.text(name, Prose::required).map(|prose| prose.to_string()).unwrap_or_default()
    }

    /// One of an enumeration's words.
    pub fn word<T: FromStr>(&mut self, name: &str) -> Option<T> {
        let word = self.raw(name).parse().ok();
        if word.is_none() {
            self.refuse(name, Problem::new("problem-choice"));
        }
        word
    }

    /// One of an enumeration's words, or none where it was left open.
    pub fn optional_word<T: FromStr>(&mut self, name: &str) -> Option<T> {
        if self.is_blank(name) { None } else { self.word(name) }
    }

    /// Any of an enumeration's words.
    pub fn several_words<T: FromStr>(&mut self, name: &str) -> Vec<T> {
        let typed = self.form.values.get(name).cloned().unwrap_or_default();
        let words: Vec<T> = typed.iter().filter(|word| !word.is_empty()).filter_map(|word| word.parse().ok()).collect();
        if words.len() != typed.iter().filter(|word| !word.is_empty()).count() {
            self.refuse(name, Problem::new("problem-choice"));
        }
        words
    }

    /// Whether a tick is set.
    pub fn tick(&self, name: &str) -> bool {
        self.raw(name) == "yes"
    }

    /// Yes, no, or not known.
    pub fn yes_no(&mut self, name: &str) -> Option<bool> {
        match self.raw(name) {
            "yes" => Some(true),
            "no" => Some(false),
            _ => None,
        }
    }

    /// A uid that was chosen; none where nothing was.
    pub fn uid(&mut self, name: &str) -> Option<Uid> {
        self.optional_word(name)
    }

    /// A thing that was chosen by its uid, looked up in what the form offered.
    pub fn chosen<T>(&mut self, name: &str, find: impl FnOnce(Uid) -> Option<T>) -> Option<T> {
        let found = find(self.uid(name)?);
        if found.is_none() {
            self.refuse(name, Problem::new("problem-choice"));
        }
        found
    }

    /// As [`Self::chosen`], where something must be.
    pub fn required_chosen<T>(&mut self, name: &str, find: impl FnOnce(Uid) -> Option<T>) -> Option<T> {
        if self.is_blank(name) {
            self.refuse(name, Problem::new("problem-choice"));
        }
        self.chosen(name, find)
    }

    /// All that were chosen.
    pub fn all_chosen<T>(&mut self, name: &str, find: impl Fn(Uid) -> Option<T>) -> Vec<T> {
        let typed = self.form.values.get(name).cloned().unwrap_or_default();
        let typed: Vec<String> = typed.into_iter().filter(|value| !value.is_empty()).collect();
        let found: Vec<T> = typed.iter().filter_map(|text| find(text.parse().ok()?)).collect();
        if found.len() != typed.len() {
            self.refuse(name, Problem::new("problem-choice"));
        }
        found
    }

    /// A whole number, as people write it: 52,500 and 52500 alike; none where it was left empty.
    pub fn amount(&mut self, name: &str) -> Option<i64> {
        if self.is_blank(name) {
            return None;
        }
        let digits: String = self.raw(name).trim().chars().filter(|c| !matches!(c, ',' | '\u{ff0c}')).collect();
        let amount = digits.parse().ok();
        if amount.is_none() {
            self.refuse(name, Problem::new("amount-number"));
        }
        amount
    }

    /// As [`Self::amount`], where there must be one.
    pub fn required_amount(&mut self, name: &str) -> Option<i64> {
        if self.is_blank(name) {
            self.refuse(name, Problem::new("amount-number"));
        }
        self.amount(name)
    }

    /// A day of the calendar; none where it was left empty.
    pub fn day(&mut self, name: &str) -> Option<NaiveDate> {
        if self.is_blank(name) {
            return None;
        }
        let day = self.raw(name).trim().parse().ok();
        if day.is_none() {
            self.refuse(name, Problem::new("moment-error-no-such-date").with("piece", self.raw(name)));
        }
        day
    }

    /// A moment; none where it was left empty.
    ///
    /// Where it was told in words, how it was understood is shown before it is saved: the form comes back once, with the
    /// understood spelling in the field. What comes in that spelling is taken.
    pub fn moment(&mut self, name: &str, lean: Lean) -> Option<Moment> {
        if self.is_blank(name) {
            return None;
        }
        let moment = self.understood(name, self.now, lean)?;
        if self.confirms && moment.words.is_some() && !moment.is_spelled_by(self.raw(name).trim()) {
            let spelled = moment.typed_with_words();
            let day = self.now.with_timezone(&self.zone).date_naive();
            let shown = moment.shown(self.words.locale(), self.zone, Some(day));
            self.refuse(name, Problem::new("confirm-moment").with("moment", shown.text).with("spelled", spelled));
        }
        Some(moment)
    }

    /// A moment that must be told.
    pub fn required_moment(&mut self, name: &str, lean: Lean) -> Option<Moment> {
        if self.is_blank(name) {
            self.refuse(name, Problem::new("moment-error-empty"));
        }
        self.moment(name, lean)
    }

    /// A time to the minute, as a call's stamps are; none where it was left empty. A bare time of day is the last one that is
    /// not after `reference`.
    pub fn time(&mut self, name: &str, reference: Stamp) -> Option<Stamp> {
        if self.is_blank(name) {
            return None;
        }
        let moment = self.understood(name, reference, Lean::Past)?;
        if !moment.is_exact() {
            self.refuse(name, Problem::new("call-time-exact"));
        }
        Some(moment.from)
    }

    fn understood(&mut self, name: &str, seen_from: Stamp, lean: Lean) -> Option<Moment> {
        match parse(self.raw(name), seen_from, self.zone, lean) {
            Ok(moment) => Some(moment),
            Err(error) => {
                let problem = Problem::new(error.key());
                self.refuse(
                    name,
                    match error.piece() {
                        Some(piece) => problem.with("piece", piece),
                        None => problem,
                    },
                );
                None
            }
        }
    }
}
