//! A PDF as a person reads it.

use super::through::through;

/// What a PDF says, spaces drawn together.
pub fn text_of_pdf(pdf: &[u8]) -> String {
    read(pdf, "-layout")
}

/// The same in the order in which it was written: what stands in one cell of a table is not torn apart.
pub fn text_of_pdf_cell_by_cell(pdf: &[u8]) -> String {
    read(pdf, "-raw")
}

fn read(pdf: &[u8], how: &str) -> String {
    // It is Debian's poppler-utils.
    let text = through("pdftotext", &[how, "-", "-"], pdf);
    String::from_utf8_lossy(&text).split_whitespace().collect::<Vec<_>>().join(" ")
}
