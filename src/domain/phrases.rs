//! Phrases: what is said about an entry, a promise, a quotation, as keys of the catalogues with their arguments.
//!
//! Made here once for page, paper, mail and speech alike, so that they say the same thing in the same words; `render`
//! resolves them in a language and a zone. A phrase may hold phrases: an argument is resolved before what it stands in.

use chrono::NaiveDate;
use serde::{Serialize, Serializer};

use super::contract::NoticeForm;
use super::moment::{Moment, Span, Stamp};

mod teller;
#[cfg(test)]
mod tests;

pub use teller::{Headline, Teller};

/// A text of the catalogues, with what is put in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Phrase {
    /// Its key.
    pub key: &'static str,
    /// What is put in, by name.
    #[serde(serialize_with = "by_name")]
    pub args: Vec<(&'static str, Arg)>,
}

/// What can be put into a text. Each is written as its language writes it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Arg {
    /// What somebody typed; never taken for anything but text.
    Text(String),
    /// A count; it chooses plural forms.
    Number(i64),
    /// A time as it is known, with its day.
    Moment(Moment),
    /// A point in time, with its day.
    At(Stamp),
    /// A day, with its year.
    Day(NaiveDate),
    /// A duration in seconds.
    Seconds(i64),
    /// A duration as it is known; in JSON in seconds.
    #[serde(serialize_with = "in_seconds")]
    Span(Span),
    /// Another phrase.
    Phrase(Box<Phrase>),
}

fn by_name<S: Serializer>(args: &[(&'static str, Arg)], serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_map(args.iter().map(|(name, arg)| (name, arg)))
}

fn in_seconds<S: Serializer>(span: &Span, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_map([("min", span.min.num_seconds()), ("max", span.max.num_seconds())])
}

impl Phrase {
    /// The text of `key`, nothing put in yet.
    pub const fn new(key: &'static str) -> Self {
        Self { key, args: Vec::new() }
    }

    /// A text that somebody typed, as it is.
    pub fn typed(text: impl Into<String>) -> Self {
        Self::new("phrase-typed").text("text", text)
    }

    /// With `arg` for `$name`.
    #[must_use]
    pub fn with(mut self, name: &'static str, arg: Arg) -> Self {
        self.args.push((name, arg));
        self
    }

    /// With a text for `$name`.
    #[must_use]
    pub fn text(self, name: &'static str, text: impl Into<String>) -> Self {
        self.with(name, Arg::Text(text.into()))
    }

    /// With a count for `$name`.
    #[must_use]
    pub fn count(self, name: &'static str, count: usize) -> Self {
        self.with(name, Arg::Number(i64::try_from(count).unwrap_or(i64::MAX)))
    }

    /// With a duration for `$name`.
    #[must_use]
    pub fn seconds(self, name: &'static str, seconds: i64) -> Self {
        self.with(name, Arg::Seconds(seconds))
    }

    /// With a duration as it is known for `$name`.
    #[must_use]
    pub fn span(self, name: &'static str, span: Span) -> Self {
        self.with(name, Arg::Span(span))
    }

    /// With a moment for `$name`.
    #[must_use]
    pub fn moment(self, name: &'static str, moment: &Moment) -> Self {
        self.with(name, Arg::Moment(moment.clone()))
    }

    /// With another phrase for `$name`.
    #[must_use]
    pub fn phrase(self, name: &'static str, phrase: Self) -> Self {
        self.with(name, Arg::Phrase(Box::new(phrase)))
    }

    /// What it says, the same in every language: its key, and the texts and phrases put in.
    pub fn name(&self) -> String {
        let put_in = self.args.iter().filter_map(|(_, arg)| match arg {
            Arg::Phrase(phrase) => Some(phrase.name()),
            Arg::Text(text) => Some(text.clone()),
            Arg::Number(_) | Arg::Moment(_) | Arg::At(_) | Arg::Day(_) | Arg::Seconds(_) | Arg::Span(_) => None,
        });
        std::iter::once(self.key.to_owned()).chain(put_in).collect::<Vec<_>>().join(" ")
    }

    /// This, then `next`: an arrow between them.
    #[must_use]
    pub fn then(self, next: Self) -> Self {
        Self::new("phrase-then").phrase("before", self).phrase("after", next)
    }

    /// This, and `next` beside it: a dot between them.
    #[must_use]
    pub fn beside(self, next: Self) -> Self {
        Self::new("phrase-beside").phrase("before", self).phrase("after", next)
    }

    /// This, and `next` right after it.
    #[must_use]
    pub fn followed(self, next: Self) -> Self {
        Self::new("phrase-followed").phrase("before", self).phrase("after", next)
    }
}

/// The key of a form of notice.
pub const fn notice_form(form: NoticeForm) -> &'static str {
    match form {
        NoticeForm::Letter => "notice-form-letter",
        NoticeForm::RegisteredLetter => "notice-form-registered_letter",
        NoticeForm::Fax => "notice-form-fax",
        NoticeForm::Email => "notice-form-email",
        NoticeForm::Portal => "notice-form-portal",
        NoticeForm::Website => "notice-form-website",
        NoticeForm::Sms => "notice-form-sms",
        NoticeForm::Phone => "notice-form-phone",
        NoticeForm::Visit => "notice-form-visit",
    }
}

/// All of `phrases` in one, joined by `join`; none where there are none.
pub fn joined(phrases: impl IntoIterator<Item = Phrase>, join: fn(Phrase, Phrase) -> Phrase) -> Option<Phrase> {
    phrases.into_iter().reduce(join)
}
