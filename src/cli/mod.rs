//! The commands. Each is an interface: names and flags are kept.
//!
//! Exit status: 0 good, 1 the answer is no, 2 wrong input. Results go to standard output, everything else to standard error.

mod backup;
mod demo;
mod doctor;
mod output;
mod record;
mod serve;
mod user;
mod verdict;
mod verify;

use std::io::{self, IsTerminal};
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::{ArgMatches, CommandFactory, FromArgMatches, Parser, Subcommand};
use tracing_subscriber::EnvFilter;

use crate::actions::people::PeopleError;
use crate::app::{App, StartError};
use crate::config::{Config, ConfigError, Flags, LogForm};
use crate::domain::locale::Locale;
use crate::render::export::ExportError;
use crate::render::words::{Args, Words};
use crate::store::StoreError;

/// The record of an outage caused by a provider, told once.
#[derive(Debug, Parser)]
#[command(name = "tellonce", version, about)]
struct Cli {
    #[command(flatten)]
    flags: Flags,
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Run Tellonce; the first run without people prints a one-time link to set it up
    Serve(serve::ServeArgs),
    /// Show the story running, with data of its own, on this machine only
    Demo,
    /// List the incidents
    Incidents(record::ListArgs),
    /// Write one incident to a file
    Export(record::ExportArgs),
    /// Check the whole record against its ledger
    Verify(verify::VerifyArgs),
    /// Write the whole record with its files into one file, while others go on, and try it by restoring it
    Backup(backup::BackupArgs),
    /// Restore a backup into an empty data folder (and an empty database), and check the whole of it
    Restore(backup::RestoreArgs),
    /// Move the record to another database: SQLite to PostgreSQL, or back
    Move(backup::MoveArgs),
    /// Say what a clause comes to, from a file that holds a case (see `tests/fixtures/terms.json`)
    Verdict(verdict::VerdictArgs),
    /// Look at all that Tellonce stands on: settings and where they came from, database, files, key, mail, clock, disk, backups, the
    /// address under which people reach it
    Doctor,
    /// Manage the people who can log in
    #[command(subcommand)]
    User(user::Command),
}

/// Why a command did not succeed. Says what to do.
#[derive(Debug, thiserror::Error)]
pub enum CliError {
    /// The answer is no.
    #[error("{0}")]
    No(String),
    /// What was given cannot be used.
    #[error("{0}")]
    Input(String),
    /// A setting cannot be used.
    #[error(transparent)]
    Config(#[from] ConfigError),
    /// Tellonce cannot begin.
    #[error(transparent)]
    Start(#[from] StartError),
    /// The store did not do it.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The demo could not be made.
    #[error(transparent)]
    Demo(#[from] demo::DemoError),
    /// The incident could not be taken out.
    #[error(transparent)]
    Export(#[from] ExportError),
    /// A value could not be written as JSON.
    #[error(transparent)]
    Json(#[from] serde_json::Error),
    /// It cannot be listened there.
    #[error("cannot listen on {at}: {why}; name another address with {flag}")]
    Listen {
        /// Where.
        at: SocketAddr,
        /// By which flag that was said.
        flag: &'static str,
        /// What the system said.
        why: io::Error,
    },
    /// A file could not be read.
    #[error("cannot read {path}: {why}")]
    Read {
        /// Which.
        path: PathBuf,
        /// What the system said.
        why: io::Error,
    },
    /// A file could not be written.
    #[error("cannot write {path}: {why}")]
    Write {
        /// Which.
        path: PathBuf,
        /// What the system said.
        why: io::Error,
    },
    /// Reading or writing failed.
    #[error(transparent)]
    Io(#[from] io::Error),
}

impl CliError {
    fn exit(&self) -> ExitCode {
        match self {
            Self::Input(_)
            | Self::Config(_)
            | Self::Read { .. }
            | Self::Start(StartError::Database(_) | StartError::Replica(_) | StartError::Files(_) | StartError::NoRecord(_)) => {
                ExitCode::from(2)
            }
            Self::No(_)
            | Self::Start(_)
            | Self::Store(_)
            | Self::Demo(_)
            | Self::Export(_)
            | Self::Json(_)
            | Self::Listen { .. }
            | Self::Write { .. }
            | Self::Io(_) => ExitCode::from(1),
        }
    }

    fn read(path: &Path) -> impl FnOnce(io::Error) -> Self {
        move |why| Self::Read { path: path.to_owned(), why }
    }

    fn write(path: &Path) -> impl FnOnce(io::Error) -> Self {
        move |why| Self::Write { path: path.to_owned(), why }
    }

    /// What is said about it, in the command's language as far as it is ours to say.
    fn said(&self, words: Words) -> String {
        let with = |key: &str, thing: String, why: String| words.with(key, &Args::new().text("thing", thing).text("why", why));
        match self {
            Self::Listen { at, flag, why } => {
                let args = Args::new().text("at", at.to_string()).text("flag", *flag).text("why", why.to_string());
                words.with("cli-cannot-listen", &args)
            }
            Self::Read { path, why } => with("cli-cannot-read", path.display().to_string(), why.to_string()),
            Self::Write { path, why } => with("cli-cannot-write", path.display().to_string(), why.to_string()),
            Self::Start(StartError::Folder { path, cause }) => {
                with("cli-folder-unusable", path.display().to_string(), cause.to_string())
            }
            Self::Start(StartError::NoRecord(place)) => say(words, "cli-no-record", "place", place),
            Self::Start(StartError::Unfinished(path)) => {
                say(words, "cli-folder-unfinished", "folder", &path.display().to_string())
            }
            Self::Start(StartError::Store(error)) | Self::Store(error) => match error {
                StoreError::Open(why) | StoreError::Away(why) => say(words, "cli-database-away", "why", why),
                StoreError::Newer(_) => words.get("cli-transfer-newer"),
                StoreError::Moved(there) => say(words, "cli-record-moved", "there", there),
                StoreError::Unfinished(from) => say(words, "cli-transfer-filling", "other", from),
                other => other.to_string(),
            },
            other => other.to_string(),
        }
    }

    /// What the people's rules refuse, in the command's language.
    fn from_people(error: PeopleError, words: Words) -> Self {
        match error {
            PeopleError::LoginTaken => Self::No(words.get("problem-login-taken")),
            PeopleError::LastAdmin => Self::No(words.get("problem-last-admin")),
            PeopleError::Oneself => Self::No(words.get("problem-self")),
            PeopleError::Store(error) => error.into(),
        }
    }
}

/// Runs the command that was typed.
pub fn run() -> ExitCode {
    let matches = Cli::command().get_matches();
    let Cli { flags, command } = match Cli::from_arg_matches(&matches) {
        Ok(cli) => cli,
        Err(error) => error.exit(),
    };
    log_to_stderr(matches!(command, Command::Serve(_) | Command::Demo), flags.log.unwrap_or_default());
    let words = Words::new(flags.lang.unwrap_or(Locale::Ja));
    let given = demo::Given { data: flags.data.is_some(), listen: flags.listen.is_some() };
    match Config::from_flags(flags).map_err(CliError::from).and_then(|config| dispatch(command, &config, given, &matches)) {
        Ok(()) => ExitCode::SUCCESS,
        // Whoever reads what we print (`head`) has what they wanted.
        Err(CliError::Io(gone)) if gone.kind() == io::ErrorKind::BrokenPipe => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("tellonce: {}", error.said(words));
            error.exit()
        }
    }
}

fn dispatch(command: Command, config: &Config, given: demo::Given, matches: &ArgMatches) -> Result<(), CliError> {
    match command {
        Command::Serve(args) => serve::run(config, &args),
        Command::Demo => demo::run(config.clone(), given),
        Command::Incidents(args) => record::list(config, &args),
        Command::Export(args) => record::export(config, &args),
        Command::Verify(args) => verify::verify(config, &args),
        Command::Backup(args) => backup::backup(config, &args),
        Command::Restore(args) => backup::restore(config, &args),
        Command::Move(args) => backup::relocation(config, &args),
        Command::Verdict(args) => verdict::verdict(config, &args),
        Command::Doctor => doctor::doctor(config, matches),
        Command::User(command) => user::run(command, config),
    }
}

/// Logs to standard error: what a server does, of a command only what is wrong; `RUST_LOG` says otherwise.
fn log_to_stderr(serves: bool, form: LogForm) {
    let usual = match (serves, form) {
        (false, _) => "warn",
        // Who reads along wants to see what is wrong, not every page.
        (true, LogForm::Text) => "info,tellonce=info,tellonce::web::metrics=warn,actix_server=warn",
        (true, LogForm::Json) => "info,tellonce=info,actix_server=warn",
    };
    let asked = std::env::var(EnvFilter::DEFAULT_ENV).ok().filter(|asked| !asked.trim().is_empty());
    let (filter, unread) = match asked.map(|asked| asked.parse::<EnvFilter>()) {
        Some(Ok(filter)) => (filter, None),
        Some(Err(error)) => (EnvFilter::new(usual), Some(error)),
        None => (EnvFilter::new(usual), None),
    };
    let log = tracing_subscriber::fmt().with_env_filter(filter).with_writer(io::stderr).with_ansi(io::stderr().is_terminal());
    match form {
        LogForm::Text => log.init(),
        LogForm::Json => log.json().flatten_event(true).with_span_list(false).init(),
    }
    if let Some(error) = unread {
        tracing::warn!(%error, "RUST_LOG cannot be read, so it is logged as usual");
    }
}

/// A text of the catalogue in the command's language, with one value put in.
fn say(words: Words, key: &str, name: &'static str, value: &str) -> String {
    words.with(key, &Args::new().text(name, value))
}

/// The folder and database of a command, where they are, and the words in which it speaks.
fn open(config: &Config) -> Result<(App, Words), CliError> {
    Ok((App::open_existing(config)?, Words::new(config.locale)))
}

/// The same, made where they are not there.
fn open_or_make(config: &Config) -> Result<(App, Words), CliError> {
    Ok((App::open(config)?, Words::new(config.locale)))
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    use super::*;

    #[test]
    fn the_commands_are_well_formed() {
        Cli::command().debug_assert();
    }
}
