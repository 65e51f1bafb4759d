//! `verify`: the record against its ledger, a seal, or a print. Whoever may run it may read the database.

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};

use base64::Engine;
use base64::prelude::BASE64_STANDARD;

use crate::app::App;
use crate::config::Config;
use crate::domain::against::Printed;
use crate::domain::locale::DEFAULT_ZONE;
use crate::domain::permit::Actor;
use crate::domain::sealing::SealFile;
use crate::intake;
use crate::render::say::Voice;
use crate::render::words::{Args, Words};
use crate::store::verify::Beside;
use crate::store::{self, StoreError};

use super::output::ProgressLine;
use super::{CliError, open, say};

/// `verify`.
#[derive(Debug, clap::Args)]
pub struct VerifyArgs {
    /// Compare with a seal made earlier by --seal, or with a print: a report as PDF, or an incident exported as JSON or zip
    #[arg(long, value_name = "FILE")]
    against: Option<PathBuf>,
    /// Where all is as it was written, seal the record as it now stands: keep the file where nobody who could change the record can
    #[arg(long, value_name = "FILE")]
    seal: Option<PathBuf>,
}

/// What the record is compared with.
enum Earlier {
    Seal(Box<SealFile>),
    Print(Box<Printed>),
}

pub fn verify(config: &Config, args: &VerifyArgs) -> Result<(), CliError> {
    let (app, words) = open(config)?;
    let unusable = |key, file: &Path| CliError::Input(say(words, key, "file", &file.display().to_string()));
    let earlier = args.against.as_deref().map(|file| {
        let bytes = fs::read(file).map_err(CliError::read(file))?;
        read(bytes).ok_or_else(|| unusable("cli-against-unreadable", file))
    });
    let earlier = earlier.transpose()?;
    if let Some(file) = args.seal.as_deref().filter(|file| file.exists()) {
        return Err(unusable("cli-seal-exists", file));
    }
    let earlier_seal = match &earlier {
        Some(Earlier::Seal(file)) => Some(&file.seal),
        _ => None,
    };
    let files = app.files();
    let beside = Beside { files: Some(&|sha256| files.read(sha256).map(drop)), seal: earlier_seal };
    let mut line = ProgressLine::default();
    let mut tell = |done, whole| {
        let args = Args::new().number("done", done).number("whole", whole);
        line.show(done == whole, || words.with("cli-verify-progress", &args));
    };
    let (report, seal) = store::verify::verify_telling(&app.store, app.now(), beside, &mut tell)?;
    let said = Voice::new(words, DEFAULT_ZONE, None).say(&report.phrase());
    let Some(seal) = seal else { return Err(CliError::No(said)) };
    println!("{said}");
    if let Some(file) = &args.seal {
        let mut json = serde_json::to_vec_pretty(&seal)?;
        json.push(b'\n');
        fs::File::create_new(file).and_then(|mut seal| seal.write_all(&json)).map_err(CliError::write(file))?;
        println!("{}", say(words, "cli-sealed", "file", &file.display().to_string()));
    }
    match earlier {
        Some(Earlier::Print(printed)) => hold_against(&app, words, &printed),
        Some(Earlier::Seal(file)) => stamped(words, &file),
        None => Ok(()),
    }
}

/// Says when an authority saw the seal, where it has a stamp; one over something else is a no.
fn stamped(words: Words, file: &SealFile) -> Result<(), CliError> {
    let Some(stamp) = &file.time_stamp else { return Ok(()) };
    let answer = BASE64_STANDARD.decode(&stamp.answer).unwrap_or_default();
    let at = intake::timestamp::read(&answer, &file.seal.digest.bytes(), None)
        .map_err(|error| CliError::No(say(words, "cli-stamp-differs", "why", &error.to_string())))?;
    println!("{}", say(words, "cli-stamped", "at", &at.to_rfc3339()));
    Ok(())
}

fn read(bytes: Vec<u8>) -> Option<Earlier> {
    if let Ok(seal) = serde_json::from_slice(&bytes) {
        return Some(Earlier::Seal(Box::new(seal)));
    }
    intake::print::read(bytes).map(|printed| Earlier::Print(Box::new(printed)))
}

fn hold_against(app: &App, words: Words, printed: &Printed) -> Result<(), CliError> {
    let read = app.store.read(app.now(), |tx| {
        let house = store::house::to_look(tx, Actor::House)?;
        let people = store::people::all(tx, &house)?;
        // A private note is seen by its author alone: the print was made for one of them.
        let readers: Vec<_> = people.iter().map(|person| person.id).collect();
        let zone = store::house::get(tx, &house)?.zone;
        Ok::<_, StoreError>((store::against::held(tx, Actor::House, printed, &readers)?, zone))
    });
    let (held, zone) = match read {
        Err(StoreError::Denied(_)) => {
            return Err(CliError::No(say(words, "cli-incident-unknown", "number", &printed.number.to_string())));
        }
        read => read?,
    };
    let voice = Voice::new(words, zone, None);
    let lines = std::iter::once(held.phrase(printed)).chain(held.lines()).map(|line| voice.say(&line));
    let said = lines.collect::<Vec<_>>().join("\n");
    if !held.agrees() {
        return Err(CliError::No(said));
    }
    println!("{said}");
    println!("{}", words.get("cli-against-view-only"));
    Ok(())
}
