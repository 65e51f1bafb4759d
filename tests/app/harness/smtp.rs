//! A mail server that behaves as it is told: `tests/support/smtp`, where TELLONCE_TEST_SMTP says that aiosmtpd is installed.

use std::io::{BufRead, BufReader};
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use tempfile::TempDir;

/// A mail server.
pub struct Smtp {
    child: Child,
    folder: TempDir,
    /// Its address, for `--smtp`.
    pub url: String,
}

impl Smtp {
    /// Whether there can be one here.
    pub fn is_here() -> bool {
        std::env::var_os("TELLONCE_TEST_SMTP").is_some()
    }

    /// One that will `take`, `refuse`, `defer` or `stall`.
    pub fn that_will(behave: &str) -> Self {
        let folder = tempfile::tempdir_in(env!("CARGO_TARGET_TMPDIR")).expect("a folder");
        let mut command = Command::new(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/support/smtp"));
        command.arg(behave).arg(folder.path()).stdin(Stdio::piped()).stdout(Stdio::piped());
        let mut child = command.spawn().expect("tests/support/smtp starts");
        let mut port = String::new();
        BufReader::new(child.stdout.take().expect("its output is ours")).read_line(&mut port).expect("it prints its port");
        Self { child, folder, url: format!("smtp://127.0.0.1:{}", port.trim()) }
    }

    /// What it has taken, as it came.
    pub fn taken(&self) -> Vec<String> {
        let files = std::fs::read_dir(self.folder.path()).expect("a folder").map(|entry| entry.expect("a file").path());
        let mut files: Vec<_> = files.filter(|path| path.extension().is_some_and(|end| end == "eml")).collect();
        files.sort();
        files.iter().map(|path| std::fs::read_to_string(path).expect("a message")).collect()
    }
}

impl Drop for Smtp {
    fn drop(&mut self) {
        if let Err(error) = self.child.kill().and_then(|()| self.child.wait().map(drop)) {
            eprintln!("a mail server was gone already: {error}");
        }
    }
}

/// Waits until that is so; what happens on its own is given half a minute.
pub fn until(what: &str, mut is_so: impl FnMut() -> bool) {
    for _ in 0..300 {
        if is_so() {
            return;
        }
        std::thread::sleep(Duration::from_millis(100));
    }
    panic!("not within half a minute: {what}");
}
