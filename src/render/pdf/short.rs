//! Papers of one page: what is too long for them is cut, and the cut shows; and the code that leads to the rest.

use qrcode::render::svg::Color;
use qrcode::{EcLevel, QrCode};

use super::sheet::{Fact, Line};

/// A QR code (ISO/IEC 18004) of the text as SVG, with a quarter of it to spare for what a fax line or a copier spoils.
pub fn qr(text: &str) -> Option<String> {
    let code = QrCode::with_error_correction_level(text, EcLevel::Q).ok()?;
    Some(code.render::<Color<'_>>().min_dimensions(220, 220).build())
}

/// Whether a fact has more than that many characters, or a part of it more than half as many.
pub fn is_long(fact: &Fact, most: usize) -> bool {
    fact.lines.iter().map(Line::chars).sum::<usize>() > most || fact.parts.iter().any(|part| is_long(part, most / 2))
}

/// A fact of at most that many characters, its parts of half as many.
pub fn short_fact(fact: Fact, most: usize) -> Fact {
    let mut left = most;
    let mut lines = Vec::new();
    for line in fact.lines {
        if left == 0 {
            break;
        }
        let kept = line.cut_to(left);
        left = left.saturating_sub(kept.chars());
        lines.push(kept);
    }
    Fact { label: fact.label, lines, parts: fact.parts.into_iter().map(|part| short_fact(part, most / 2)).collect() }
}

/// At most that many characters, on one line; what was cut shows.
pub fn shorter(text: &str, most: usize) -> String {
    let one_line: String = text.split_whitespace().collect::<Vec<_>>().join(" ");
    match one_line.char_indices().nth(most) {
        Some((end, _)) => format!("{}…", &one_line[..end]),
        None => one_line,
    }
}
