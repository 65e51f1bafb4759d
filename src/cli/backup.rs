//! `backup`, `restore`, `move`: the whole record into a file, out of it, and into another database.

use std::fs;
use std::path::PathBuf;

use super::output::ProgressLine;
use super::{CliError, open, say};
use crate::app::{StartError, bucket, database, files_of, is_there, make_folder};
use crate::clock;
use crate::config::Config;
use crate::domain::ledger::Report;
use crate::domain::locale::DEFAULT_ZONE;
use crate::domain::moment::Stamp;
use crate::jobs::backups::{self, BackupError, RestoreError};
use crate::render::pages::incident::entry::size;
use crate::render::say::Voice;
use crate::render::words::{Args, Words};
use crate::store::transfer::{Progress, TransferError, relocate};
use crate::store::{DatabaseUrl, Store, StoreError};

/// `backup`.
#[derive(Debug, clap::Args)]
pub struct BackupArgs {
    /// The file to be written, such as tellonce.zip; it must not be there
    file: PathBuf,
    /// Leave the key out: what it hides (codes of shared links, second steps, secrets of webhooks) can then not be read from the backup
    #[arg(long)]
    without_key: bool,
}

/// `restore`.
#[derive(Debug, clap::Args)]
pub struct RestoreArgs {
    /// The file that backup wrote
    file: PathBuf,
    /// The key (secret.key of the data folder), where the backup was made without it
    #[arg(long, value_name = "FILE")]
    key: Option<PathBuf>,
}

/// `move`.
#[derive(Debug, clap::Args)]
pub struct MoveArgs {
    /// The database to move to: postgres://USER@HOST/NAME or sqlite:FILE
    #[arg(long, value_name = "URL")]
    to: String,
}

pub fn backup(config: &Config, args: &BackupArgs) -> Result<(), CliError> {
    let (app, words) = open(config)?;
    let file = args.file.display().to_string();
    let manifest = backups::make(&app, &args.file, !args.without_key, &mut rows_gone(words)).map_err(|error| match error {
        BackupError::NoFolder(folder) => {
            CliError::Input(say(words, "cli-backup-folder", "folder", &folder.display().to_string()))
        }
        BackupError::Exists(_) => CliError::Input(say(words, "cli-backup-exists", "file", &file)),
        BackupError::Transfer(error) => refused(words, &error, "cli-backup-failed", &file),
        BackupError::Trial(error) => CliError::No(said(words, "cli-backup-damaged", &file, &error.to_string())),
        BackupError::Record(report) => CliError::No(said(words, "cli-backup-of-altered", &file, &spoken(words, &report))),
    })?;
    let length = i64::try_from(fs::metadata(&args.file)?.len()).unwrap_or(i64::MAX);
    let counted = Args::new().text("file", &file).number("changes", manifest.changes()).number("files", manifest.files);
    println!("{}", words.with("cli-backed-up", &counted.text("size", size(length))));
    let key = app.data.join("secret.key");
    let about_key = if manifest.with_key {
        words.get("cli-backup-with-key")
    } else if key.exists() {
        say(words, "cli-backup-without-key", "key", &key.display().to_string())
    } else {
        words.get("cli-backup-no-key-yet")
    };
    println!("{about_key}");
    Ok(())
}

pub fn restore(config: &Config, args: &RestoreArgs) -> Result<(), CliError> {
    let words = Words::new(config.locale);
    let url = database(config).map_err(StartError::from)?;
    let file = args.file.display().to_string();
    fs::File::open(&args.file).map_err(CliError::read(&args.file))?;
    let key = args.key.as_deref().map(|key| fs::read(key).map_err(CliError::read(key))).transpose()?;
    let files = files_of(&config.data, bucket(config).map_err(StartError::from)?);
    let restored = backups::restore(&args.file, (&config.data, &url, &files), key.as_deref(), &mut rows_gone(words));
    let restored = restored.map_err(|error| match error {
        RestoreError::FolderInUse(folder) => {
            CliError::Input(say(words, "cli-restore-folder", "folder", &folder.display().to_string()))
        }
        RestoreError::Key => CliError::Input(words.get("cli-restore-key")),
        RestoreError::Transfer(TransferError::Damaged(why)) => CliError::Input(said(words, "cli-restore-damaged", &file, &why)),
        RestoreError::Transfer(error) => refused(words, &error, "cli-restore-failed", &file),
        RestoreError::Differs(report) => CliError::No(said(words, "cli-restore-differs", &file, &spoken(words, &report))),
    })?;
    let counted = Args::new()
        .text("folder", config.data.display().to_string())
        .text("database", url.name())
        .number("changes", restored.report.rows)
        .number("chains", restored.report.chains)
        .number("files", restored.manifest.files);
    println!("{}", words.with("cli-restored", &counted.text("made", moment(restored.manifest.made_at))));
    if restored.held_back > 0 {
        let held = i64::try_from(restored.held_back).unwrap_or(i64::MAX);
        println!("{}", words.with("cli-restored-mail", &Args::new().number("count", held)));
    }
    if !restored.has_key {
        println!("{}", words.get("cli-restored-without-key"));
    }
    println!("{}", say(words, "cli-restored-next", "folder", &config.data.display().to_string()));
    Ok(())
}

pub fn relocation(config: &Config, args: &MoveArgs) -> Result<(), CliError> {
    let words = Words::new(config.locale);
    let from = database(config).map_err(StartError::from)?;
    // A bare word would be taken for a file, and a whole record would go there.
    if !args.to.contains(':') {
        return Err(CliError::Input(words.get("cli-move-whither")));
    }
    let to: DatabaseUrl = args.to.parse().map_err(|error| CliError::Input(format!("--to: {error}")))?;
    is_there(config, &from)?;
    if from.name() == to.name() {
        return Err(CliError::Input(words.get("cli-move-nowhere")));
    }
    make_folder(&config.data)?;
    let now = clock::for_folder(&config.data, config.clock).map_err(StartError::from)?.now();
    let store = Store::open(&from)?;
    match store.migrate() {
        // It has moved there already, and perhaps did not come to the end.
        Err(StoreError::Moved(there)) if there == to.name() => {}
        migrated => migrated?,
    }
    let files = files_of(&config.data, bucket(config).map_err(StartError::from)?);
    let check = |sha256: &str| files.read(sha256).map(drop);
    let name = to.name();
    let moved = relocate(&store, (&from, &to), now, &check, &mut rows_gone(words));
    let (poured, report) = moved.map_err(|error| refused(words, &error, "cli-move-failed", &name))?;
    if report.first_difference.is_some() {
        return Err(CliError::No(said(words, "cli-move-differs", &name, &spoken(words, &report))));
    }
    match poured {
        Some(poured) => {
            let counted = Args::new().text("to", &name).number("rows", poured.rows).number("written", poured.written);
            let counted = counted.number("changes", report.rows).number("chains", report.chains);
            println!("{}", words.with("cli-moved", &counted));
        }
        None => println!("{}", say(words, "cli-moved-already", "to", &name)),
    }
    println!("{}", say(words, "cli-moved-next", "to", &name));
    Ok(())
}

fn moment(at: Stamp) -> String {
    at.with_timezone(&DEFAULT_ZONE).format("%Y-%m-%d %H:%M %Z").to_string()
}

/// What went wrong on the way, where it can be said; what else the system said, beside the sentence `otherwise`.
fn refused(words: Words, error: &TransferError, otherwise: &str, thing: &str) -> CliError {
    match error {
        TransferError::Occupied => CliError::Input(words.get("cli-transfer-occupied")),
        TransferError::FillingFrom(other) => CliError::Input(say(words, "cli-transfer-filling", "other", other)),
        TransferError::Ahead => CliError::Input(words.get("cli-transfer-ahead")),
        TransferError::Store(StoreError::Newer(_)) => CliError::Input(words.get("cli-transfer-newer")),
        other => CliError::No(said(words, otherwise, thing, &other.to_string())),
    }
}

fn said(words: Words, key: &str, thing: &str, why: &str) -> String {
    words.with(key, &Args::new().text("thing", thing).text("why", why))
}

fn spoken(words: Words, report: &Report) -> String {
    Voice::new(words, DEFAULT_ZONE, None).say(&report.phrase())
}

/// Says on a terminal how far it has come.
fn rows_gone(words: Words) -> impl FnMut(Progress<'_>) {
    let mut line = ProgressLine::default();
    move |progress| {
        let args = Args::new().text("table", progress.table).number("done", progress.done).number("whole", progress.whole);
        line.show(progress.done == progress.whole, || words.with("cli-progress", &args));
    }
}
