//! A PDF as a person reads it.

use std::io::Write;
use std::process::{Command, Stdio};

/// What a PDF says, spaces drawn together.
pub fn text_of_pdf(pdf: &[u8]) -> String {
    let mut child = Command::new("pdftotext")
        .args(["-layout", "-", "-"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("pdftotext is installed (poppler-utils)");
    let mut stdin = child.stdin.take().expect("its input is ours");
    let pdf = pdf.to_vec();
    let writer = std::thread::spawn(move || stdin.write_all(&pdf));
    let output = child.wait_with_output().expect("pdftotext ends");
    writer.join().expect("no panic").expect("pdftotext reads its input");
    String::from_utf8_lossy(&output.stdout).split_whitespace().collect::<Vec<_>>().join(" ")
}
