//! Reports that machines write for people: whom the mail did not reach and why, read from sentences and their order.

use std::collections::HashSet;

use super::{address, phrases, status};
use crate::intake::eml::header::{Fields, KNOWN};

/// Lines of a report that are read, before the mail that it returns.
const MAX_LINES: usize = 500;

/// Bytes of a line that are read.
const MAX_LINE: usize = 1_000;

/// How often the returned mail is looked for, at lines that may begin its header.
const MAX_LOOKS: usize = 60;

/// Bytes of the returned mail's header that are read.
const MAX_HEADER: usize = 64 * 1024;

/// Addresses that a report may name.
const MAX_ADDRESSES: usize = 100;

/// Lines after an announcement ("the following addresses failed") in which addresses are the announced ones.
const ANNOUNCED: usize = 8;

/// Lines and characters of a diagnosis that are kept.
const MAX_DIAGNOSIS: (usize, usize) = (8, 1_000);

/// A weight from which on an address is one that failed, and not merely one that is mentioned.
const CERTAIN: i32 = 3;

/// A report in words.
pub struct Story<'a> {
    lines: Vec<&'a str>,
    /// The header of the mail that is returned in the text, if one is.
    pub original: Option<Fields>,
}

/// An address and how much speaks for its having failed.
struct Candidate {
    address: String,
    weight: i32,
    line: usize,
}

/// Whom a mail did not reach, and what the report says of it.
#[derive(Debug, Default)]
pub struct Told {
    /// The addresses.
    pub recipients: Vec<String>,
    /// Whether the report says so of them, and does not merely mention them.
    pub certain: bool,
    /// What was said.
    pub diagnostic: Option<String>,
}

impl<'a> Story<'a> {
    /// The report that `text` begins with, and the header of the mail that follows it.
    pub fn read(text: &'a str) -> Self {
        let mut lines = Vec::new();
        let (mut at, mut looks) = (0, 0);
        for line in text.split_inclusive('\n').take(MAX_LINES) {
            let looks_on = looks < MAX_LOOKS && begins_header(line);
            looks += usize::from(looks_on);
            if let Some(fields) = looks_on.then(|| header(&text[at..])).flatten() {
                return Self { lines, original: Some(fields) };
            }
            lines.push(line[..line.floor_char_boundary(MAX_LINE)].trim());
            at += line.len();
        }
        Self { lines, original: None }
    }

    /// Whether a line says that a mail did not arrive.
    pub fn tells_failure(&self) -> bool {
        self.lines.iter().any(|line| phrases::is_failure(line))
    }

    /// Whether a server's refusal is quoted.
    pub fn quotes_refusal(&self) -> bool {
        self.lines.iter().any(|line| status::has_reply(line))
    }

    /// The report's words alone.
    pub fn words(&self) -> String {
        self.lines.join("\n")
    }

    /// The addresses that failed. `own` are those of the report itself, of who sent it and who got it; `original` are those
    /// that the returned mail was written to. Both in lower case.
    pub fn told(&self, own: &HashSet<String>, original: &HashSet<String>) -> Told {
        let candidates = self.candidates(own, original);
        let most = candidates.iter().map(|candidate| candidate.weight).max().unwrap_or(0);
        let least = if most >= CERTAIN { CERTAIN } else { most.max(1) };
        let chosen: Vec<&Candidate> = candidates.iter().filter(|candidate| candidate.weight >= least).collect();
        let first = chosen.iter().max_by_key(|candidate| (candidate.weight, std::cmp::Reverse(candidate.line)));
        let diagnostic = self.diagnosis(first.map(|candidate| (candidate.line, candidate.address.as_str())));
        let recipients = chosen.iter().map(|candidate| candidate.address.clone()).collect();
        Told { recipients, certain: most >= CERTAIN, diagnostic }
    }

    fn candidates(&self, own: &HashSet<String>, original: &HashSet<String>) -> Vec<Candidate> {
        let mut all: Vec<Candidate> = Vec::new();
        let mut announced = 0;
        for (at, line) in self.lines.iter().enumerate().filter(|(_, line)| !line.is_empty()) {
            let fails = phrases::is_failure(line);
            for found in address::all_in(line) {
                let lower = found.address.to_ascii_lowercase();
                let is_original = original.contains(&lower);
                let mut weight = weigh(line, &found, fails, announced > 0);
                weight += if is_original { 2 } else { 0 };
                weight -= if weight < 4 && is_contact(&lower) { 3 } else { 0 };
                if is_message_id(line) || own.contains(&lower) && !(is_original && weight > CERTAIN) {
                    continue;
                }
                match all.iter().position(|candidate| candidate.address.eq_ignore_ascii_case(&found.address)) {
                    Some(known) if all[known].weight < weight => {
                        all[known].weight = weight;
                        all[known].line = at;
                    }
                    None if all.len() < MAX_ADDRESSES => all.push(Candidate { address: found.address, weight, line: at }),
                    _ => {}
                }
            }
            announced = if fails { ANNOUNCED } else { usize::saturating_sub(announced, 1) };
        }
        all
    }

    /// What was said about the address on a line: what follows it up to a blank line; where that is nothing, the first line
    /// that quotes a refusal, else the first that tells of a failure.
    fn diagnosis(&self, about: Option<(usize, &str)>) -> Option<String> {
        let after = about.map(|(line, address)| {
            let rest = self.lines[line].split_once(address).map_or("", |(_, rest)| rest);
            let rest = rest.trim_start_matches(|c: char| c.is_whitespace() || ">:,;.)'\"".contains(c));
            let next = self.lines[line + 1..].iter().take_while(|line| !line.is_empty());
            std::iter::once(rest).chain(next.copied()).take(MAX_DIAGNOSIS.0).collect::<Vec<_>>().join(" ")
        });
        let is_telling =
            |text: &String| status::has_reply(text) || status::refusal_in(text).is_some() || phrases::is_failure(text);
        let own = || {
            about
                .filter(|(line, address)| is_sentence(&self.lines[*line].replace(address, "")))
                .map(|(line, _)| self.lines[line].to_owned())
        };
        let next = || {
            let gap = self.lines[about?.0..].iter().position(|line| line.is_empty())?;
            self.paragraph(about?.0 + gap).filter(|text| is_sentence(text))
        };
        let first = |is: &dyn Fn(&str) -> bool| self.paragraph(self.lines.iter().position(|line| is(line))?);
        let text = after
            .clone()
            .filter(is_telling)
            .or_else(|| first(&status::has_reply))
            .or_else(|| first(&|line| status::refusal_in(line).is_some()))
            .or_else(|| after.filter(|text| is_sentence(text)))
            .or_else(own)
            .or_else(next)
            .or_else(|| first(&phrases::is_failure))?;
        let text: String = text.trim().chars().take(MAX_DIAGNOSIS.1).collect();
        (!text.is_empty()).then_some(text)
    }

    /// The lines from this one, or from the first after it that says something, up to a blank one; where they end with a colon,
    /// up to the next but one.
    fn paragraph(&self, at: usize) -> Option<String> {
        let says = |line: &&str| line.chars().any(char::is_alphanumeric) && !is_rule(line);
        let begin = at + self.lines[at..].iter().position(says)?;
        let mut said: Vec<&str> = Vec::new();
        for line in &self.lines[begin..] {
            let goes_on = said.last().is_some_and(|last| last.ends_with(':'));
            if said.len() == MAX_DIAGNOSIS.0 || line.is_empty() && !goes_on {
                break;
            }
            said.extend(Some(*line).filter(|line| !line.is_empty()));
        }
        Some(said.join(" "))
    }
}

/// How much speaks for an address: 4 where it stands as the address that something is said about, 3 where the line or those
/// above say that it failed, 2 beside a server's refusal, 1 where it is mentioned.
fn weigh(line: &str, found: &address::Found, fails: bool, announced: bool) -> i32 {
    let is_sign = |c: char| c.is_whitespace() || !c.is_alphanumeric();
    let before = line[..found.begin].trim_end_matches(is_sign);
    let after = line[found.end..].trim_start_matches(['>', ')', '\'', '"', ']']);
    let replies = status::has_reply(line);
    if before.is_empty() {
        let is_whole = after.trim().is_empty() || after.starts_with([':', ';', ',', '.', '(', '[', '\u{ff1a}']);
        return match (is_whole, fails || announced || replies) {
            (true, _) => 4,
            (false, true) => 3,
            (false, false) => 1,
        };
    }
    let lower = before.to_lowercase();
    let is_key = |key: &str| {
        let rest = lower.strip_suffix(key);
        rest.is_some_and(|rest| !key.is_ascii() || rest.chars().next_back().is_none_or(|c| !c.is_alphanumeric()))
    };
    if phrases::OTHERS.iter().any(|key| is_key(key)) {
        return 0;
    }
    match phrases::KEYS.iter().find(|key| is_key(key)) {
        // A summary of the mail ("To: … Subject: …") says whom it was written to.
        Some(&"to") if !fails && !announced => 2,
        Some(key) if lower.trim_start_matches(is_sign) == *key || fails || *key == "rcpt to" => 4,
        Some(_) if announced || replies => 3,
        _ if fails || announced => 3,
        _ if replies => 2,
        _ => 1,
    }
}

/// Whether a line parts what stands above it from what stands below, with or without a title.
fn is_rule(line: &str) -> bool {
    ["---", "===", "***", "___"].iter().any(|rule| line.contains(rule))
}

/// Whether a text says something, and is not a number or a title.
fn is_sentence(text: &str) -> bool {
    text.chars().filter(|c| c.is_alphabetic()).count() >= 6 && !is_rule(text)
}

/// Whether an address is one to turn to, and rarely one that fails.
fn is_contact(address: &str) -> bool {
    let local = address.split('@').next().unwrap_or_default();
    ["postmaster", "abuse", "support", "help", "helpdesk", "mailer-daemon", "noreply", "no-reply"].contains(&local)
}

/// Whether the line names a mail and not an address.
fn is_message_id(line: &str) -> bool {
    let lower = line.to_ascii_lowercase();
    ["message-id", "message id", "messageid", "envelope-from", "mail from:"].iter().any(|word| lower.contains(word))
}

/// Whether a line may be the first of a mail's header.
fn begins_header(line: &str) -> bool {
    let name = line.split_once(':').map_or("", |(name, _)| name.trim());
    KNOWN.iter().any(|known| known.eq_ignore_ascii_case(name)) || (name.starts_with("X-") && !name.contains(' '))
}

/// The header of a mail that `text` begins with: one that names how it travelled, or from whom to whom; a report's summary of
/// a mail ("To: … Subject: …") is none. Where the first line is indented, the header's lines are.
pub fn header(text: &str) -> Option<Fields> {
    let text = &text[..text.floor_char_boundary(MAX_HEADER)];
    let indent = &text[..text.len() - text.trim_start_matches([' ', '\t']).len()];
    let lines = text.split_inclusive('\n').map_while(|line| line.strip_prefix(indent));
    let (fields, _) = Fields::read(lines.collect::<String>().as_bytes());
    let has = |name: &str| fields.raw(name).is_some();
    let known = KNOWN.iter().filter(|name| has(name)).count();
    let is_travelled = ["received", "message-id", "return-path", "mime-version", "dkim-signature"].iter().any(|name| has(name));
    let is_whole = has("from") && has("to") && (has("subject") || has("date"));
    (is_travelled && known >= 2 || is_whole).then_some(fields)
}
