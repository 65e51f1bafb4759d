//! A PDF as a person reads it.

use std::io::Write;
use std::process::{Command, Stdio};

/// What a PDF says, spaces drawn together.
pub fn text_of_pdf(pdf: &[u8]) -> String {
    read(pdf, "-layout")
}

/// The same in the order in which it was written: what stands in one cell of a table is not torn apart.
pub fn text_of_pdf_cell_by_cell(pdf: &[u8]) -> String {
    read(pdf, "-raw")
}

fn read(pdf: &[u8], how: &str) -> String {
    let mut child = Command::new("pdftotext")
        .args([how, "-", "-"])
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
