//! `doctor`: looks at all that Tellonce stands on, and says what is well, what to mind, and what is wrong and what to do. Changes
//! nothing, but for a file that is made and taken away again where it is tried whether one can be.

mod outside;
mod settings;
mod stock;

use clap::ArgMatches;

use super::CliError;
use crate::config::Config;
use crate::render::words::{Args, Words};

/// How something is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum State {
    Good,
    /// It works, but somebody should look at it.
    Mind,
    Bad,
}

impl State {
    const fn key(self) -> &'static str {
        match self {
            Self::Good => "doctor-good",
            Self::Mind => "doctor-mind",
            Self::Bad => "doctor-bad",
        }
    }
}

/// What was found about one thing.
struct Finding {
    state: State,
    /// The key of its name.
    what: &'static str,
    /// In a sentence.
    says: String,
}

/// What is looked at, and in which words it is told.
struct Look<'a> {
    config: &'a Config,
    words: Words,
    found: Vec<Finding>,
}

impl Look<'_> {
    fn note(&mut self, state: State, what: &'static str, key: &str, args: &Args) {
        self.found.push(Finding { state, what, says: self.words.with(key, args) });
    }

    fn good(&mut self, what: &'static str, key: &str, args: &Args) {
        self.note(State::Good, what, key, args);
    }

    fn mind(&mut self, what: &'static str, key: &str, args: &Args) {
        self.note(State::Mind, what, key, args);
    }

    fn bad(&mut self, what: &'static str, key: &str, args: &Args) {
        self.note(State::Bad, what, key, args);
    }
}

/// Prints the settings with where each came from, and what was found.
pub fn doctor(config: &Config, matches: &ArgMatches) -> Result<(), CliError> {
    let words = Words::new(config.locale);
    println!("{}", words.get("doctor-settings"));
    settings::all(matches, words).iter().for_each(|line| println!("  {line}"));
    let mut look = Look { config, words, found: Vec::new() };
    stock::look(&mut look);
    outside::look(&mut look);
    println!("\n{}", words.get("doctor-findings"));
    for finding in &look.found {
        println!("  [{}] {}: {}", words.get(finding.state.key()), words.get(finding.what), finding.says);
    }
    let count = |state| i64::try_from(look.found.iter().filter(|finding| finding.state == state).count()).unwrap_or(i64::MAX);
    let counted = Args::new().number("bad", count(State::Bad)).number("mind", count(State::Mind));
    match count(State::Bad) {
        0 => {
            println!("\n{}", words.with("doctor-well", &counted));
            Ok(())
        }
        _ => Err(CliError::No(words.with("doctor-ill", &counted))),
    }
}
