//! Where a command writes: a file that is either not there or whole, or standard output; and how far it has come.

use std::fs::{self, File};
use std::io::{self, IsTerminal, Seek, Write};
use std::path::Path;
use std::time::{Duration, Instant};

use super::CliError;
use crate::app::App;

/// Writes by `write` to `output`, where `-` is standard output. A file is written under another name beside it and renamed when it is
/// whole, so that what was there before stays until then.
///
/// # Errors
/// What `write` answers; [`CliError::Io`].
pub fn write_whole(app: &App, output: &Path, write: impl FnOnce(File) -> Result<File, CliError>) -> Result<(), CliError> {
    // What is no file (a pipe, a terminal) must stay what it is.
    let is_file = output.as_os_str() != "-" && fs::metadata(output).map_or(true, |there| there.is_file());
    if !is_file {
        let mut whole = write(app.scratch()?)?;
        whole.rewind()?;
        if output.as_os_str() == "-" {
            io::copy(&mut whole, &mut io::stdout().lock())?;
        } else {
            io::copy(&mut whole, &mut File::options().write(true).open(output)?)?;
        }
        return Ok(());
    }
    let output = fs::canonicalize(output).unwrap_or_else(|_| output.to_owned());
    let mut partial = output.clone().into_os_string();
    partial.push(format!(".{}.partial", std::process::id()));
    let written =
        File::create_new(&partial).map_err(CliError::write(&output)).and_then(write).and_then(|file| Ok(file.sync_all()?));
    let renamed = written.and_then(|()| Ok(fs::rename(&partial, &output)?));
    if renamed.is_err()
        && let Err(error) = fs::remove_file(&partial)
    {
        tracing::debug!(%error, "half a file is left, or none was begun");
    }
    renamed
}

/// How often the line is written anew.
const LINE_EVERY: Duration = Duration::from_millis(200);

/// A line on the terminal that says how far something has come, and is written anew. Where nobody looks, nothing is said.
#[derive(Debug, Default)]
pub struct ProgressLine(Option<Instant>);

impl ProgressLine {
    /// Shows what `said` says, if it is time for it; `is_whole` at the end.
    pub fn show(&mut self, is_whole: bool, said: impl FnOnce() -> String) {
        if !io::stderr().is_terminal() || (!is_whole && self.0.is_some_and(|last| last.elapsed() < LINE_EVERY)) {
            return;
        }
        self.0 = Some(Instant::now());
        let end = if is_whole { "\n" } else { "" };
        // Nobody misses a line that could not be shown.
        if let Err(error) = io::stderr().write_all(format!("\r\x1b[K{}{end}", said()).as_bytes()) {
            tracing::debug!(%error, "the progress cannot be shown");
        }
    }
}
