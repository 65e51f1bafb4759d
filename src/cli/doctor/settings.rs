//! Which settings there are, and where each came from.

use clap::parser::ValueSource;
use clap::{Arg, ArgMatches, CommandFactory as _};

use crate::cli::Cli;
use crate::render::words::{Args, Words};

/// A line for each setting: its name, what it is set to, and by what. What may hold a secret is not shown.
pub fn all(matches: &ArgMatches, words: Words) -> Vec<String> {
    let command = Cli::command();
    let settings: Vec<&Arg> = command.get_arguments().filter(|arg| arg.get_env().is_some() && !arg.is_hide_set()).collect();
    let width = settings.iter().filter_map(|arg| arg.get_long()).map(str::len).max().unwrap_or_default();
    settings.into_iter().map(|arg| line(arg, matches, words, width)).collect()
}

fn line(arg: &Arg, matches: &ArgMatches, words: Words, width: usize) -> String {
    let (long, variable) = (arg.get_long().unwrap_or_default(), arg.get_env().and_then(|name| name.to_str()).unwrap_or_default());
    let file = format!("{variable}_FILE");
    let by = match matches.value_source(arg.get_id().as_str()) {
        Some(ValueSource::CommandLine) => Some(format!("--{long}")),
        Some(ValueSource::EnvVariable) => Some(variable.to_owned()),
        _ if arg.is_hide_env_values_set() && std::env::var_os(&file).is_some() => Some(file),
        _ => None,
    };
    let Some(by) = by else {
        let help = arg.get_help().map(ToString::to_string).unwrap_or_default();
        let usual = help.split_once("[default: ").and_then(|(_, rest)| rest.strip_suffix(']')).unwrap_or("–");
        return format!("{long:width$}  {}", words.with("doctor-by-default", &Args::new().text("value", usual)));
    };
    let typed = matches.get_raw(arg.get_id().as_str()).into_iter().flatten().map(|value| value.to_string_lossy());
    let typed: Vec<String> = typed.map(String::from).collect();
    let value = if arg.is_hide_env_values_set() { words.get("doctor-secret") } else { typed.join(" ") };
    format!("{long:width$}  {}", words.with("doctor-by", &Args::new().text("value", value).text("by", by)))
}
