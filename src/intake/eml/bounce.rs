//! Reports that a mail was sent and did not arrive, and what else machines answer.
//!
//! First what machines say to machines is read (RFC 3464, RFC 5965, `X-Failed-Recipients:`), then what they say to people.
//! There are as many forms of that as there were makers of servers, and most of them have no successor; so the rules are
//! those by which a person would know a report: who sends it, what the subject says, which address stands alone on its line.

mod address;
mod phrases;
mod report;
mod status;
mod story;

use std::collections::HashSet;

use chrono::{DateTime, Utc};

use super::header::Fields;
use super::part::{Content, Part};
use report::Entry;
use story::{Story, Told};

/// What a machine's answer says of a mail.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// It did not arrive, and nobody will try again.
    Failure,
    /// It has not arrived yet.
    Delay,
    /// It arrived, and the recipient complains about it (RFC 5965).
    Complaint,
    /// Neither: the recipient is away (RFC 3834), or the mail was delivered.
    Other,
}

/// A machine's answer to a mail. Of [`Kind::Failure`], it means: sent, not arrived.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Bounce {
    /// What it says.
    pub kind: Kind,
    /// The addresses that it is about, as it names them, each once. Empty where it names none.
    pub recipients: Vec<String>,
    /// The addresses that the sender had written, where the report names these besides those that failed
    /// (`Original-Recipient:`): the mail was passed on and failed there.
    pub written_to: Vec<String>,
    /// The first status code (RFC 3463), such as `5.1.1`.
    pub status: Option<String>,
    /// What the refusing server said, in its own words.
    pub diagnostic: Option<String>,
    /// What it says of the mail that it answers.
    pub original: Option<Original>,
}

/// The mail that a report is about.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Original {
    /// Its subject.
    pub subject: Option<String>,
    /// When it was written (`Date:`).
    pub date: Option<DateTime<Utc>>,
    /// Its id without the brackets.
    pub message_id: Option<String>,
}

/// What the mail reports, if it is a report. `body` is what there is to read in it.
pub fn recognise(mail: &Part, body: &str) -> Option<Bounce> {
    let all = mail.every();
    // That a mail was read is no word about its arrival that the sender had not asked for (RFC 8098).
    if all.iter().any(|part| part.kind == "message/disposition-notification") {
        return None;
    }
    if let Some((entries, original)) = report::json(body) {
        return Some(of_entries(entries, Some(original)));
    }
    let story = Story::read(body);
    let fields = original_fields(&all).or_else(|| story.original.clone());
    let entries = all.iter().map(|part| report::entries(part)).find(|entries| !entries.is_empty()).unwrap_or_default();
    let mut bounce = if entries.is_empty() { of_words(mail, &story, fields.as_ref())? } else { of_entries(entries, None) };
    complete(&mut bounce, mail, &story, fields.as_ref());
    let original = fields.map(|fields| Original {
        subject: fields.text("subject"),
        date: fields.date("date").map(|written| written.at),
        message_id: fields.message_id(),
    });
    bounce.original = original.filter(|original| *original != Original::default());
    Some(bounce)
}

/// The header of the mail that a report returns: of the part beside the report, else of any.
fn original_fields(all: &[&Part]) -> Option<Fields> {
    let beside =
        all.iter().copied().find(|part| matches!(&part.content, Content::Parts(parts) if parts.iter().any(report::is_status)));
    let within = beside.map(Part::every).unwrap_or_default();
    let headers = within.iter().chain(all).find_map(|part| match &part.content {
        Content::Letter(letter, _) => Some(letter.fields.clone()),
        Content::Bytes(bytes) if part.kind.ends_with("rfc822-headers") || part.kind == "message/global-headers" => {
            Some(Fields::read(bytes).0)
        }
        Content::Bytes(_) | Content::Parts(_) => None,
    });
    // Some attach it as a text.
    let texts = || all.iter().skip(1).filter(|part| part.kind == "text/plain").find_map(|part| story::header(&part.text()?));
    headers.filter(|fields| !fields.is_empty()).or_else(texts)
}

/// What the entries say that weigh most: where one recipient failed, those that were only late are not named.
fn of_entries(entries: Vec<Entry>, original: Option<Original>) -> Bounce {
    let kind = entries.iter().filter_map(|entry| entry.kind).min().unwrap_or(Kind::Failure);
    let chosen: Vec<&Entry> = entries.iter().filter(|entry| entry.kind == Some(kind)).collect();
    Bounce {
        kind,
        recipients: once(chosen.iter().filter_map(|entry| entry.recipient.clone())),
        written_to: once(chosen.iter().filter_map(|entry| entry.written_to.clone())),
        status: chosen.iter().find_map(|entry| entry.status.clone()),
        diagnostic: chosen.iter().find_map(|entry| entry.diagnostic.clone()),
        original,
    }
}

/// A report that no part says for machines: known by its sender, its subject and its words.
fn of_words(mail: &Part, story: &Story<'_>, original: Option<&Fields>) -> Option<Bounce> {
    let subject = mail.fields.text("subject").unwrap_or_default();
    let named = named_failures(&mail.fields);
    let kind = if !named.is_empty() || is_failure(mail, &subject, story, original.is_some()) {
        let late = phrases::is_delay(&subject) || !phrases::is_failure_subject(&subject) && phrases::is_delay(&story.words());
        if late { Kind::Delay } else { Kind::Failure }
    } else if phrases::is_complaint_subject(&subject) && original.is_some() {
        Kind::Complaint
    } else if is_automatic(&mail.fields) || is_absence(&mail.fields, &subject) {
        Kind::Other
    } else {
        return None;
    };
    Some(Bounce { kind, recipients: named, written_to: Vec::new(), status: None, diagnostic: None, original: None })
}

/// The addresses of `X-Failed-Recipients:`, as Exim and Google write it.
fn named_failures(fields: &Fields) -> Vec<String> {
    let lines = ["x-failed-recipients", "x-failed-recipient"].map(|name| fields.every(name).collect::<Vec<_>>());
    let lines = lines.iter().flatten().map(|raw| String::from_utf8_lossy(raw).into_owned()).collect::<Vec<_>>();
    once(lines.iter().flat_map(|line| address::all_in(line)).map(|found| found.address))
}

/// Whether a mail without a part for machines reports a failure: a reporter sends it (or its return path is empty, which RFC
/// 5321, 4.5.5, has for reports), and subject or words say so. Of a postmaster, who may be a person, and of machines that also
/// send other mail more is asked.
fn is_failure(mail: &Part, subject: &str, story: &Story<'_>, returns_mail: bool) -> bool {
    let senders = mail.fields.mailboxes("from");
    let is = |test: fn(&str) -> bool| senders.iter().any(|one| test(&one.address) || one.name.as_deref().is_some_and(test));
    let return_path = mail.fields.text("return-path").unwrap_or_default();
    let reports = is(phrases::is_daemon) || is_null(&return_path) || phrases::is_daemon(&return_path);
    let (by_subject, by_words) = (phrases::is_failure_subject(subject), story.tells_failure());
    let is_proven = returns_mail || story.quotes_refusal();
    let says = by_subject || by_words;
    let is_machine =
        is(phrases::is_machine) || is_automatic(&mail.fields) || senders.iter().all(|one| !one.address.contains('@'));
    let names_somebody = || story.told(&own_addresses(&mail.fields), &HashSet::new()).certain;
    reports && (says || is_proven && !is_absence(&mail.fields, subject))
        || is(phrases::is_postmaster) && (says && is_proven || by_subject && by_words && names_somebody())
        || is_machine && says && returns_mail
}

/// Whether a return path is that of reports: `<>`.
fn is_null(return_path: &str) -> bool {
    !return_path.is_empty() && return_path.chars().all(|c| "<> ".contains(c))
}

/// Whether a mail says that a machine wrote it in answer to another (RFC 3834).
fn is_automatic(fields: &Fields) -> bool {
    let submitted = fields.text("auto-submitted").unwrap_or_default().to_ascii_lowercase();
    submitted.starts_with("auto-replied")
}

fn is_absence(fields: &Fields, subject: &str) -> bool {
    let says = ["x-autoreply", "x-autorespond", "x-auto-response-suppress", "x-apple-action"];
    let is_answer = fields.raw("in-reply-to").is_some() || fields.raw("auto-submitted").is_some();
    phrases::is_absence_subject(subject) && (is_answer || says.iter().any(|name| fields.raw(name).is_some()))
}

/// What is missing is taken from the words, then from the mail that is returned: a mail to one address failed at that one.
fn complete(bounce: &mut Bounce, mail: &Part, story: &Story<'_>, original: Option<&Fields>) {
    let written_to = original.map(recipients).unwrap_or_default();
    if bounce.kind == Kind::Other {
        if bounce.recipients.is_empty() {
            bounce.recipients =
                once(mail.fields.mailboxes("from").into_iter().map(|one| one.address).filter(|one| one.contains('@')));
        }
        return;
    }
    let told = story.told(&own_addresses(&mail.fields), &written_to.iter().map(|one| one.to_ascii_lowercase()).collect());
    if bounce.recipients.is_empty() {
        bounce.recipients = choose(bounce.kind, &told, written_to);
    }
    if bounce.kind == Kind::Complaint {
        return;
    }
    bounce.status = bounce.status.take().or_else(|| {
        let said = bounce.diagnostic.as_deref().or(told.diagnostic.as_deref()).unwrap_or_default();
        status::refusal_in(said).or_else(|| status::refusal_in(&story.words()))
    });
    bounce.diagnostic = bounce.diagnostic.take().or(told.diagnostic);
}

fn choose(kind: Kind, told: &Told, written_to: Vec<String>) -> Vec<String> {
    if kind == Kind::Complaint {
        return once(written_to.into_iter());
    }
    let only = written_to.len() == 1;
    match (told.certain, only) {
        (false, true) => written_to,
        (true, _) => once(told.recipients.iter().cloned()),
        (false, false) if told.recipients.len() == 1 => told.recipients.clone(),
        (false, false) => Vec::new(),
    }
}

/// Whom a mail was written to: its own fields, else whom its first server took it for.
fn recipients(fields: &Fields) -> Vec<String> {
    let of = |names: &[&str]| {
        once(names.iter().flat_map(|name| fields.mailboxes(name)).map(|one| one.address).filter(|one| one.contains('@')))
    };
    let written = of(&["to", "cc", "bcc"]);
    if !written.is_empty() {
        return written;
    }
    let delivered = of(&["x-original-to", "delivered-to", "envelope-to", "apparently-to", "x-rcpt-to", "original-recipient"]);
    if !delivered.is_empty() {
        return delivered;
    }
    let taken = fields.every("received").filter_map(|raw| {
        let line = String::from_utf8_lossy(raw).into_owned();
        line.split_once(" for ").or_else(|| line.split_once("\tfor ")).and_then(|(_, rest)| address::first_in(rest))
    });
    once(taken.take(1))
}

/// The addresses of a report's own header, in lower case: who sent it and who got it.
fn own_addresses(fields: &Fields) -> HashSet<String> {
    let names = ["from", "to", "cc", "reply-to", "sender", "return-path", "delivered-to", "x-original-to"];
    names.iter().flat_map(|name| fields.mailboxes(name)).map(|one| one.address.to_ascii_lowercase()).collect()
}

/// Each address once, in the order and spelling of its first mention.
fn once(addresses: impl Iterator<Item = String>) -> Vec<String> {
    let mut seen = HashSet::new();
    addresses.filter(|one| seen.insert(one.to_ascii_lowercase())).collect()
}
