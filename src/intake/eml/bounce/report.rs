//! Reports that machines write for machines: delivery status (RFC 3464, RFC 6533), feedback (RFC 5965), and the same facts as
//! JSON, as notification services send them.

use super::address::{first_in, is_one};
use super::{Kind, Original, status};
use crate::intake::eml::date;
use crate::intake::eml::header::Fields;
use crate::intake::eml::part::{Content, Part};

/// Groups of fields that are read; there is one for each recipient.
const MAX_GROUPS: usize = 200;

/// Characters of a diagnosis that are kept.
const MAX_DIAGNOSIS: usize = 1_000;

/// What a report says of one recipient, or of none that it names.
#[derive(Debug, Default, Clone)]
pub struct Entry {
    /// What became of the mail.
    pub kind: Option<Kind>,
    /// The address that the report is about.
    pub recipient: Option<String>,
    /// The address that the sender had written.
    pub written_to: Option<String>,
    /// The status code (RFC 3463).
    pub status: Option<String>,
    /// What the refusing server said.
    pub diagnostic: Option<String>,
}

/// Whether a part is a report for machines, by its type.
pub fn is_status(part: &Part) -> bool {
    matches!(part.kind.as_str(), "message/delivery-status" | "message/global-delivery-status" | "message/feedback-report")
}

/// The entries of the report that this part is, or of the fields of one that stand in its text.
pub fn entries(part: &Part) -> Vec<Entry> {
    let is_text = part.kind.starts_with("text/") || part.kind.starts_with("application/octet");
    let Some(text) = part.text().filter(|_| is_status(part) || is_text && matches!(part.content, Content::Bytes(_))) else {
        return Vec::new();
    };
    if !is_status(part) {
        let lower = text.to_ascii_lowercase();
        let has = |field: &str| lower.starts_with(field) || lower.contains(&format!("\n{field}"));
        if !has("final-recipient:") && !has("feedback-type:") {
            return Vec::new();
        }
    }
    let mut found = Vec::new();
    for group in groups(&text) {
        if group.raw("feedback-type").is_some() {
            return complaint(&text);
        }
        found.extend(entry(&group));
    }
    found
}

/// The groups of fields, between blank lines.
fn groups(text: &str) -> Vec<Fields> {
    let blocks = text.split("\n\n").filter(|block| !block.trim().is_empty()).take(MAX_GROUPS);
    blocks.map(|block| Fields::read(block.trim_start_matches('\n').as_bytes()).0).collect()
}

/// What a group says of a recipient; none where it is about the whole mail.
fn entry(group: &Fields) -> Option<Entry> {
    let address = |names: &[&str]| names.iter().find_map(|name| group.text(name)).as_deref().and_then(recipient);
    let last = address(&["final-recipient", "x-actual-recipient", "x-failed-recipients"]);
    let first = address(&["original-recipient"]);
    let recipient = last.clone().or_else(|| first.clone());
    let names_one = ["final-recipient", "original-recipient", "action"].iter().any(|name| group.raw(name).is_some());
    if !names_one {
        return None;
    }
    let status = group.text("status").and_then(|text| status::first_in(&text));
    let action = group.text("action").unwrap_or_default().to_ascii_lowercase();
    let kind = match action.as_str() {
        action if action.starts_with("delay") => Kind::Delay,
        action if ["deliver", "relay", "expand"].iter().any(|word| action.starts_with(word)) => Kind::Other,
        _ if action.is_empty() && status.as_deref().is_some_and(|status| status.starts_with('2')) => Kind::Other,
        _ => Kind::Failure,
    };
    let written_to = first.filter(|first| recipient.as_ref().is_some_and(|last| !first.eq_ignore_ascii_case(last)));
    let diagnostic = ["diagnostic-code", "x-display-name", "x-notes"].iter().find_map(|name| group.text(name)).map(diagnosis);
    let status = specific(status, diagnostic.as_deref());
    // "X-Unix; 77" is a number that nobody reads.
    let diagnostic = diagnostic.filter(|text| text.chars().any(char::is_alphabetic));
    Some(Entry { kind: Some(kind), recipient, written_to, status, diagnostic })
}

/// A status that says no more than its class (`5.0.0`) gives way to one of that class in the diagnosis.
fn specific(status: Option<String>, diagnostic: Option<&str>) -> Option<String> {
    let said = diagnostic.and_then(status::first_in);
    let is_vague = |status: &String| status.ends_with(".0.0") && said.as_ref().is_some_and(|said| said[..1] == status[..1]);
    if status.as_ref().is_none_or(is_vague) { said.or(status) } else { status }
}

/// The address of a recipient's field: `rfc822; <a@b.example>`.
fn recipient(value: &str) -> Option<String> {
    let value = value.rsplit(';').next().unwrap_or(value);
    let inside = value.split_once('<').and_then(|(_, rest)| rest.split_once('>')).map_or(value, |(inside, _)| inside).trim();
    // RFC 6533, 3: an address may have letters of every script. And a local name is an address too, where a machine reports to
    // its own users.
    let has_both = inside.split_once('@').is_some_and(|(local, domain)| !local.is_empty() && !domain.is_empty());
    let is_whole = has_both && !inside.contains(char::is_whitespace) && inside.len() <= 320;
    first_in(inside).filter(|_| inside.is_ascii()).or_else(|| (is_whole || is_one(inside)).then(|| inside.to_owned()))
}

/// A diagnosis without the type that it begins with (`smtp; 550 …`).
fn diagnosis(text: String) -> String {
    let without = match text.split_once(';') {
        Some((kind, rest)) if kind.len() < 20 && !kind.trim().contains(' ') => rest.trim().to_owned(),
        _ => text,
    };
    without.chars().take(MAX_DIAGNOSIS).collect()
}

/// A report of feedback names the addresses that complained, if it does, among other things (RFC 5965, 3.2).
fn complaint(text: &str) -> Vec<Entry> {
    let all = groups(text);
    let of = |name: &str| {
        all.iter()
            .flat_map(|group| group.every(name).map(|raw| String::from_utf8_lossy(raw).into_owned()).collect::<Vec<_>>())
            .collect::<Vec<_>>()
    };
    let named = ["original-rcpt-to", "removal-recipient", "redacted-address"].map(of);
    let addresses: Vec<String> = named.iter().flatten().filter_map(|value| first_in(value)).collect();
    let kind = all.iter().find_map(|group| group.text("feedback-type"));
    let agent = all.iter().find_map(|group| group.text("user-agent"));
    let diagnostic = kind.map(|kind| [Some(kind), agent].into_iter().flatten().collect::<Vec<_>>().join(", "));
    let entry = Entry { kind: Some(Kind::Complaint), diagnostic, ..Entry::default() };
    if addresses.is_empty() {
        return vec![entry];
    }
    addresses.into_iter().map(|address| Entry { recipient: Some(address), ..entry.clone() }).collect()
}

/// The entries of a notification in JSON that a body begins with, and what it says of the mail.
pub fn json(body: &str) -> Option<(Vec<Entry>, Original)> {
    let begin = body.trim_start().strip_prefix('{').map(|rest| format!("{{{rest}"))?;
    // Sendmail breaks lines that are too long for SMTP with an exclamation mark.
    let whole = begin.replace("!\n ", "");
    let value = serde_json::Deserializer::from_str(&whole).into_iter::<serde_json::Value>().next()?.ok()?;
    let word = ["notificationType", "eventType"].iter().find_map(|key| value.get(key)?.as_str())?.to_ascii_lowercase();
    let kind = match word.as_str() {
        "bounce" | "reject" | "rendering failure" => Kind::Failure,
        "complaint" => Kind::Complaint,
        "deliverydelay" => Kind::Delay,
        _ => Kind::Other,
    };
    let about = value.as_object()?.iter().filter(|(key, _)| *key != "mail").map(|(_, about)| about);
    let lists =
        about.filter_map(|about| about.as_object()).flatten().filter(|(key, _)| key.to_ascii_lowercase().ends_with("recipients"));
    let entries: Vec<Entry> = lists
        .filter_map(|(_, list)| list.as_array())
        .flatten()
        .filter_map(|one| json_entry(one, kind))
        .take(MAX_GROUPS)
        .collect();
    let headers = value.get("mail").and_then(|mail| mail.get("commonHeaders"));
    let text = |key: &str| headers.and_then(|headers| headers.get(key)?.as_str()).map(str::to_owned);
    let date = text("date").and_then(|text| date::last(&text)).map(|written| written.at);
    let message_id = text("messageId").map(|id| id.trim_matches(['<', '>']).to_owned());
    (!entries.is_empty()).then(|| (entries, Original { subject: text("subject"), date, message_id }))
}

fn json_entry(value: &serde_json::Value, kind: Kind) -> Option<Entry> {
    let text = |key: &str| value.get(key).and_then(serde_json::Value::as_str).map(str::to_owned);
    let address = value.as_str().map(str::to_owned).or_else(|| text("emailAddress"))?;
    Some(Entry {
        kind: Some(kind),
        recipient: Some(first_in(&address)?),
        written_to: None,
        status: text("status").and_then(|status| status::first_in(&status)),
        diagnostic: text("diagnosticCode").map(diagnosis),
    })
}
