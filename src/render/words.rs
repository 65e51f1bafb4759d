//! The catalogue: every text of the screens, in both languages, from `templates/locales/{ja,en}/*.ftl`.
//!
//! The files are part of the binary. A key that is in no catalogue shows as `⟦key⟧` and is logged; `tests/tidy.rs` and the
//! rendering of every template with samples keep that from happening.

use std::borrow::Cow;
use std::collections::HashMap;
use std::fmt::Display;

use fluent_templates::fluent_bundle::FluentValue;
use fluent_templates::{LanguageIdentifier, Loader, static_loader};

use crate::domain::locale::Locale;
use crate::domain::text::isolated;

static_loader! {
    static CATALOGUE = {
        locales: "./templates/locales",
        fallback_language: "ja",
        // No invisible marks around what is put in: they would end up in papers and files.
        customise: |bundle| bundle.set_use_isolating(false),
    };
}

/// What stands before and after a key that no catalogue has; the tests look for it.
pub const MISSING: (char, char) = ('⟦', '⟧');

/// What is put into a text: name and value. Numbers choose plural forms.
#[derive(Clone, Debug, Default)]
pub struct Args(HashMap<Cow<'static, str>, FluentValue<'static>>);

impl Args {
    /// Nothing to put in yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// With `value` for `$name`, which turns the direction of nothing beside it.
    #[must_use]
    pub fn text(mut self, name: impl Into<Cow<'static, str>>, value: impl Into<String>) -> Self {
        self.0.insert(name.into(), FluentValue::from(isolated(value.into())));
        self
    }

    /// With the number `value` for `$name`.
    #[must_use]
    pub fn number(mut self, name: impl Into<Cow<'static, str>>, value: i64) -> Self {
        self.0.insert(name.into(), FluentValue::from(value));
        self
    }
}

/// The texts of one language.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Words {
    locale: Locale,
}

impl Words {
    /// The texts of `locale`.
    pub const fn new(locale: Locale) -> Self {
        Self { locale }
    }

    /// Their language.
    pub const fn locale(self) -> Locale {
        self.locale
    }

    /// The text of `key`, which puts nothing in.
    pub fn get(self, key: &str) -> String {
        self.found(key, None)
    }

    /// The text of `key`, with `args` put in.
    pub fn with(self, key: &str, args: &Args) -> String {
        self.found(key, Some(&args.0))
    }

    /// A value of an enumeration in words, `{kind}-{value}`; outward in a calmer tone where it has one.
    pub fn value(self, kind: &str, value: impl Display, outward: bool) -> String {
        let calmer = format!("paper-{kind}-{value}-outward");
        if outward && self.has(&calmer) { self.get(&calmer) } else { self.get(&format!("{kind}-{value}")) }
    }

    /// Whether there is such a text.
    pub fn has(self, key: &str) -> bool {
        CATALOGUE.try_lookup(self.language(), key).is_some()
    }

    fn found(self, key: &str, args: Option<&HashMap<Cow<'static, str>, FluentValue<'static>>>) -> String {
        CATALOGUE.try_lookup_complete(self.language(), key, args).unwrap_or_else(|| {
            tracing::error!(key, locale = self.locale.as_str(), "no such text, or a value that it puts in is missing");
            format!("{}{key}{}", MISSING.0, MISSING.1)
        })
    }

    const fn language(self) -> &'static LanguageIdentifier {
        match self.locale {
            Locale::Ja => &JA,
            Locale::En => &EN,
        }
    }
}

static JA: LanguageIdentifier = fluent_templates::langid!("ja");
static EN: LanguageIdentifier = fluent_templates::langid!("en");

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_found_in_both_languages() {
        assert_ne!(Words::new(Locale::Ja).get("login-title"), Words::new(Locale::En).get("login-title"));
    }

    #[test]
    fn a_text_puts_in_what_it_is_given_and_nothing_invisible() {
        let text = Words::new(Locale::En).with("cli-made-up-password", &Args::new().text("password", "加"));
        assert_eq!(text, "Password: 加");
    }

    #[test]
    fn a_missing_text_shows_its_key() {
        assert_eq!(Words::new(Locale::Ja).get("no-such-key"), "⟦no-such-key⟧");
        assert!(!Words::new(Locale::Ja).has("no-such-key"));
    }
}
