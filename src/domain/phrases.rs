//! Phrases: what is said about an entry, a promise, a quotation, as keys of the catalogues with their arguments.
//!
//! Made here once for page, paper, mail and speech alike, so that they say the same thing in the same words; `render`
//! resolves them in a language and a zone. A phrase may hold phrases: an argument is resolved before what it stands in.

use super::moment::{Moment, Span, Stamp};

mod teller;
#[cfg(test)]
mod tests;

pub use teller::{Headline, Teller};

/// A text of the catalogues, with what is put in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Phrase {
    /// Its key.
    pub key: &'static str,
    /// What is put in, by name.
    pub args: Vec<(&'static str, Arg)>,
}

/// What can be put into a text. Each is written as its language writes it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Arg {
    /// What somebody typed; never taken for anything but text.
    Text(String),
    /// A count; it chooses plural forms.
    Number(i64),
    /// A time as it is known, with its day.
    Moment(Moment),
    /// A point in time, with its day.
    At(Stamp),
    /// A duration in seconds.
    Seconds(i64),
    /// A duration as it is known.
    Span(Span),
    /// Another phrase.
    Phrase(Box<Phrase>),
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

/// All of `phrases` in one, joined by `join`; none where there are none.
pub fn joined(phrases: impl IntoIterator<Item = Phrase>, join: fn(Phrase, Phrase) -> Phrase) -> Option<Phrase> {
    phrases.into_iter().reduce(join)
}
