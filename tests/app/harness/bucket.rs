//! An S3-compatible store on this machine: moto's, where TELLONCE_TEST_PYPI says that it is installed.

use std::io::{BufRead, BufReader};
use std::process::{Child, Command, Stdio};

/// A store with one bucket, which is forgotten with it.
pub struct Bucket {
    child: Child,
    /// Its address, for `--files`.
    pub url: String,
}

impl Bucket {
    /// One, where there can be.
    pub fn open() -> Option<Self> {
        let packages = std::env::var_os("TELLONCE_TEST_PYPI")?;
        let mut command = Command::new(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/support/bucket"));
        command.env("PYTHONPATH", packages).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null());
        let mut child = command.spawn().expect("tests/support/bucket starts");
        let mut port = String::new();
        BufReader::new(child.stdout.take().expect("its output is ours")).read_line(&mut port).expect("it prints its port");
        let port: u16 = port.trim().parse().expect("a port");
        Some(Self {
            child,
            url: format!("s3://key:secret@records/tellonce?endpoint=http://127.0.0.1:{port}&region=ap-northeast-1"),
        })
    }
}

impl Drop for Bucket {
    fn drop(&mut self) {
        if let Err(error) = self.child.kill().and_then(|()| self.child.wait().map(drop)) {
            eprintln!("a store was gone already: {error}");
        }
    }
}
