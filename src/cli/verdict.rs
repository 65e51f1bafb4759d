//! `verdict`: what a clause comes to, from a file that holds a case. Needs no record.

use std::fs;
use std::io::{self, Read, Write};
use std::path::PathBuf;

use serde_json::Value;

use crate::config::Config;
use crate::domain::term::read::{self, Cases};
use crate::domain::term::verdict::Case;
use crate::domain::term::write;
use crate::render::say::Voice;
use crate::render::words::Words;

use super::CliError;

/// `verdict`.
#[derive(Debug, clap::Args)]
pub struct VerdictArgs {
    /// The file that holds a case, or a list of them; - for standard input
    case: PathBuf,
}

pub fn verdict(config: &Config, args: &VerdictArgs) -> Result<(), CliError> {
    let bytes = if args.case.as_os_str() == "-" {
        let mut bytes = Vec::new();
        io::stdin().lock().read_to_end(&mut bytes)?;
        bytes
    } else {
        fs::read(&args.case).map_err(|error| CliError::Input(format!("{}: {error}", args.case.display())))?
    };
    let cases = read::cases(&bytes).map_err(|error| CliError::Input(error.to_string()))?;
    let words = Words::new(config.locale);
    let answer = match &cases {
        Cases::One(case) => judged(case, words),
        Cases::List(list) => list.iter().map(|case| judged(case, words)).collect(),
    };
    let answer = serde_json::to_string_pretty(&answer)?;
    writeln!(io::stdout().lock(), "{answer}")?;
    Ok(())
}

fn judged(case: &Case, words: Words) -> Value {
    let voice = Voice::new(words, case.calendar.zone, None);
    write::json(&case.verdict(), &|phrase| voice.say(phrase))
}
