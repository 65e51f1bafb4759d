//! What a mail is, in words.

use crate::domain::moment::stamp;
use crate::intake::eml::{Attachment, Bounce, Kind, Letter, Mailbox};
use crate::render::pages::incident::entry::size;
use crate::render::pages::mail_files::{Fact, Report};
use crate::render::pages::reader::Reader as Eyes;
use crate::render::words::Args;

/// How much of the text is shown before it is put on record: lines and characters.
const SHOWN: (usize, usize) = (24, 1_500);

/// The beginning of a text, and whether it goes on.
pub fn beginning(text: &str) -> (String, bool) {
    let text = text.trim();
    let lines: Vec<&str> = text.lines().take(SHOWN.0).collect();
    let shown: String = lines.join("\n").chars().take(SHOWN.1).collect();
    let is_cut = shown.len() < text.len();
    (shown, is_cut)
}

/// Who wrote it to whom, when, and what came with it.
pub fn facts(letter: &Letter, eyes: Eyes) -> Vec<Fact> {
    let unknown = || eyes.get("mail-file-unknown");
    let fact = |key: &str, text: String| Fact { label: eyes.get(key), text };
    let to: Vec<String> = letter.to.iter().map(mailbox).collect();
    let mut facts = vec![
        fact("mail-file-from", letter.from.as_ref().map_or_else(unknown, mailbox)),
        fact("mail-to", if to.is_empty() { unknown() } else { to.join(", ") }),
        fact("mail-subject", if letter.subject.is_empty() { eyes.get("mail-file-no-subject") } else { letter.subject.clone() }),
        fact("mail-file-date", letter.date.map_or_else(unknown, |at| eyes.at(stamp(at)))),
        fact("mail-file-received", letter.received.map_or_else(unknown, |at| eyes.at(stamp(at)))),
    ];
    let files: Vec<String> = letter.attachments.iter().map(|file| attachment(file, eyes)).collect();
    if !files.is_empty() {
        facts.push(fact("mail-file-attachments", files.join(", ")));
    }
    facts
}

fn mailbox(mailbox: &Mailbox) -> String {
    match &mailbox.name {
        Some(name) if mailbox.address.is_empty() => name.clone(),
        Some(name) => format!("{name} <{}>", mailbox.address),
        None => mailbox.address.clone(),
    }
}

fn attachment(file: &Attachment, eyes: Eyes) -> String {
    let name = file.name.clone().unwrap_or_else(|| file.media_type.clone());
    let bytes = i64::try_from(file.bytes).unwrap_or(i64::MAX);
    eyes.with_args("mail-file-attachment", &Args::new().text("name", name).text("size", size(bytes)))
}

/// What it reports of another mail, if it does.
pub fn report(letter: &Letter, eyes: Eyes) -> Option<Report> {
    let bounce = letter.bounce.as_ref()?;
    let (title, lead) = match bounce.kind {
        Kind::Failure => ("mail-file-failure", "mail-file-failure-what"),
        Kind::Delay => ("mail-file-delay", "mail-file-delay-what"),
        Kind::Complaint => ("mail-file-complaint", "mail-file-complaint-what"),
        Kind::Other => ("mail-file-other", "mail-file-other-what"),
    };
    Some(Report { title: eyes.get(title), lead: eyes.get(lead), facts: of_bounce(bounce, eyes) })
}

fn of_bounce(bounce: &Bounce, eyes: Eyes) -> Vec<Fact> {
    let original = bounce.original.as_ref();
    let told = [
        ("mail-file-failed", Some(bounce.recipients.join(", "))),
        ("mail-file-written-to", Some(bounce.written_to.join(", "))),
        ("mail-file-status", bounce.status.clone()),
        ("mail-file-diagnostic", bounce.diagnostic.clone()),
        ("mail-file-original-subject", original.and_then(|original| original.subject.clone())),
        ("mail-file-original-date", original.and_then(|original| original.date).map(|at| eyes.at(stamp(at)))),
    ];
    let told = told.into_iter().filter_map(|(key, text)| Some((key, text.filter(|text| !text.is_empty())?)));
    told.map(|(key, text)| Fact { label: eyes.get(key), text }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_text_is_shown_as_far_as_a_screen() {
        assert_eq!(beginning("\nお知らせ\n"), ("お知らせ".to_owned(), false));
        let (shown, is_cut) = beginning(&"行\n".repeat(100));
        assert_eq!((shown.lines().count(), is_cut), (SHOWN.0, true));
        let (shown, is_cut) = beginning(&"字".repeat(5_000));
        assert_eq!((shown.chars().count(), is_cut), (SHOWN.1, true));
    }
}
