//! The pasted text of a contract → its clauses, word for word.
//!
//! A clause begins where its number stands at the beginning of a line: 第n条 (第１２条, 第十二条, 第12条の2), 附則, `12.2` and
//! `12.2.1`, `Article 5`, `Section 5`, `Clause 5`, `§ 5`. What stands below it belongs to it: paragraphs (2, 第2項) and items
//! ((1), ①, a). A number that a sentence refers to is no beginning, also where the sentence was broken before it.

mod mark;
mod upload;

pub use upload::{UploadError, text_of_upload};

use mark::{Line, Mark};

/// The longest text that is taken apart, in bytes; what is beyond it is left out.
pub const MAX_TEXT: usize = 2 * 1024 * 1024;

/// How many clauses are told apart; what follows the last one stays in it.
pub const MAX_CLAUSES: usize = 5_000;

/// Lines of titles without words in a row from which on they are a table of contents.
const CONTENTS: usize = 3;

/// A clause as it was found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found {
    /// Its number as printed (「第12条の2」, "12.2", "Article 5"), without outer blanks. Empty for what stands before the first
    /// clause, and for a text that has none.
    pub number: String,
    /// Its heading as printed, without its brackets; empty where it has none.
    pub heading: String,
    /// Its words exactly as written, without number and heading. Line breaks are kept, as `\n`; outer blank lines are not.
    pub quote: String,
}

/// A clause that is being read: its lines are from `begin` to `end`.
struct Open {
    mark: Option<Mark>,
    /// What stands beside the number, if that is part of the quote.
    first: String,
    begin: usize,
    end: usize,
    /// Whether it is a title that may stand in a table of contents.
    is_title: bool,
}

/// The clauses of a text, in order. What stands before the first is one without a number; titles of chapters (第2章) and a
/// table of contents are none. A text in which no number is found is one clause. A text without words has none.
///
/// The work grows with the text's length alone; [`MAX_TEXT`] and [`MAX_CLAUSES`] bound it.
pub fn clauses(text: &str) -> Vec<Found> {
    let text = &text[..text.floor_char_boundary(MAX_TEXT)];
    let text = text.replace("\r\n", "\n").replace('\r', "\n");
    let lines: Vec<&str> = text.strip_prefix('\u{feff}').unwrap_or(&text).split('\n').collect();
    let open = split(&lines);
    let is_contents = contents(&open, &lines);
    let mut found = Vec::new();
    for (clause, _) in open.iter().zip(is_contents).filter(|(_, is_contents)| !is_contents) {
        let below = lines[clause.begin..clause.end].iter().copied();
        let first = Some(clause.first.as_str()).filter(|first| !first.is_empty());
        let quote = without_blank_lines(&first.into_iter().chain(below).collect::<Vec<_>>());
        if !quote.is_empty() {
            let (number, heading) =
                clause.mark.as_ref().map(|mark| (mark.number.clone(), mark.heading.clone())).unwrap_or_default();
            found.push(Found { number, heading, quote });
        }
    }
    found
}

/// The text cut at the lines that begin a clause or end one.
fn split(lines: &[&str]) -> Vec<Open> {
    let mut open = vec![Open { mark: None, first: String::new(), begin: 0, end: 0, is_title: false }];
    let mut marks = 0;
    let mut at = 0;
    while at < lines.len() {
        let kind = if marks < MAX_CLAUSES { mark::line(lines, at) } else { Line::Words };
        match kind {
            Line::Words => at += 1,
            // Titles of chapters and lines of a table of contents belong to no clause, neither to the one before.
            Line::Between => {
                close(&mut open, at);
                at += 1;
                open.push(Open { mark: None, first: String::new(), begin: at, end: at, is_title: false });
            }
            Line::Clause { mark, first, above, is_title } => {
                close(&mut open, above);
                marks += 1;
                at += 1;
                open.push(Open { mark: Some(mark), first, begin: at, end: at, is_title });
            }
        }
    }
    close(&mut open, lines.len());
    open
}

fn close(open: &mut [Open], at: usize) {
    if let Some(last) = open.last_mut() {
        last.end = at.max(last.begin);
    }
}

/// Which of the clauses are lines of a table of contents without dots: titles in a row without words below them, whose numbers
/// come again, or beside which there is nothing else.
fn contents(open: &[Open], lines: &[&str]) -> Vec<bool> {
    let is_bare = |clause: &Open| clause.is_title && lines[clause.begin..clause.end].iter().all(|line| line.trim().is_empty());
    let numbers = || {
        open.iter().filter(|clause| !is_bare(clause)).filter_map(|clause| clause.mark.as_ref()).map(|mark| mark.number.as_str())
    };
    let with_words: std::collections::HashSet<&str> = numbers().collect();
    let mut is_contents = vec![false; open.len()];
    let mut begin = 0;
    for at in 0..=open.len() {
        if open.get(at).is_some_and(&is_bare) {
            continue;
        }
        let again = |clause: &Open| clause.mark.as_ref().is_some_and(|mark| with_words.contains(mark.number.as_str()));
        let row = &open[begin..at];
        if row.len() >= CONTENTS && (with_words.is_empty() || row.iter().any(again)) {
            is_contents[begin..at].fill(true);
        }
        begin = at + 1;
    }
    is_contents
}

/// The lines as they are, without blank ones at the beginning and the end.
fn without_blank_lines(lines: &[&str]) -> String {
    let is_blank = |line: &&str| line.trim().is_empty();
    let begin = lines.iter().take_while(|line| is_blank(line)).count();
    let end = lines.len() - lines[begin..].iter().rev().take_while(|line| is_blank(line)).count();
    lines[begin..end].join("\n")
}

#[cfg(test)]
mod tests;
