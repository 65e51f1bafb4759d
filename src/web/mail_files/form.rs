//! The form of a mail that is looked over: what it is filled with, and what is read from it.

use chrono::{DateTime, Utc};

use crate::actions::changes::NoticeInput;
use crate::actions::entries::{NewEntry, default_visibility};
use crate::actions::mail_files::MailRecord;
use crate::domain::contract::{NoticeForm, Standing};
use crate::domain::dossier::Dossier;
use crate::domain::entry::EntryKind;
use crate::domain::id::Id;
use crate::domain::locale::Zone;
use crate::domain::moment::parse::Lean;
use crate::domain::moment::{Moment, stamp};
use crate::domain::party::Provider;
use crate::domain::text::{Line, Prose};
use crate::domain::visibility::Visibility;
use crate::intake::eml::{Bounce, Kind, Letter};
use crate::render::form::FormView;
use crate::render::pages::noun_form::{Choice, Fields, Section};
use crate::render::words::{Args, Words};
use crate::web::nouns::{OPEN_VISIBILITIES, Reader, how_it_came, moment_value, options};

/// How much of the text goes into the entry, in bytes; the whole of it stands in the file.
const BODY: usize = 100_000;

/// What the mail is put on record as: `notice` or `entry`.
const RECORDS: [&str; 2] = ["notice", "entry"];

/// The fields. Where the incident has no change, the mail can be no notice of one.
pub fn fields(desk: &Dossier, words: Words) -> Vec<Section> {
    let changes = options::changes(desk);
    let is_notice = !changes.is_empty();
    let record = RECORDS.map(|value| Choice { value: value.to_owned(), label: words.get(&format!("mail-file-as-{value}")) });
    let fields = Fields::new(words);
    let fields = if is_notice { fields.choice("record", "mail-record", true, record.to_vec()) } else { fields };
    let fields = fields
        .choice("company", "company", false, options::companies(desk))
        .moment("occurred", true)
        .words("visibility", "visibility", "visibility", OPEN_VISIBILITIES)
        .line("title", false);
    if !is_notice {
        return fields.done();
    }
    let fields = fields.section("mail-file-notice", false).choice("change", "change", false, changes);
    how_it_came(fields, words).area("note", false).done()
}

/// The report that the mail it is about has not arrived, or not yet.
fn not_arrived(letter: &Letter) -> Option<&Bounce> {
    letter.bounce.as_ref().filter(|bounce| matches!(bounce.kind, Kind::Failure | Kind::Delay))
}

/// What stands in the fields at first. `change` is the one that was chosen when the mail was sent in.
pub fn filled(desk: &Dossier, zone: Zone, letter: &Letter, change: &str) -> FormView {
    let company = company(desk, letter).unwrap_or(desk.incident.provider);
    let visibility = default_visibility(EntryKind::Email, Some(company), &desk.incident);
    let bounce = not_arrived(letter);
    let (sent, received) = match bounce {
        Some(bounce) => (bounce.original.as_ref().and_then(|original| original.date), None),
        None => (letter.date, letter.received),
    };
    let addresses = addresses(letter);
    let to_registered = match to_registered(desk, company, &addresses) {
        None => "",
        Some(true) => "yes",
        Some(false) => "no",
    };
    let is_at_hand = letter.received.is_some() || bounce.is_some();
    let standing = if is_at_hand { Standing::Established } else { Standing::Theirs };
    let moment = |at: Option<DateTime<Utc>>| moment_value(at.map(|at| Moment::exact(stamp(at), zone)).as_ref());
    let subject = line(&letter.subject);
    FormView::new()
        .with("record", if change.is_empty() { "entry" } else { "notice" })
        .with("company", options::company_uid(desk, Some(company)))
        .with("occurred", moment(letter.received.or(letter.date)))
        .with("visibility", visibility.as_str())
        .with("title", &*subject)
        .with("change", change)
        .with("form", NoticeForm::Email.as_str())
        .with("sent", moment(sent))
        .with("received", moment(received))
        .with("address", line(&addresses.join(", ")))
        .with("to_registered", to_registered)
        .with("standing", standing.as_str())
        .with("note", subject)
}

/// As much of a text as a line holds.
fn line(text: &str) -> String {
    text.chars().take(Line::LIMIT).collect()
}

/// Where the mail went, or, where it did not arrive, the one that failed.
fn addresses(letter: &Letter) -> Vec<String> {
    match not_arrived(letter) {
        Some(bounce) if !bounce.written_to.is_empty() => bounce.written_to.clone(),
        Some(bounce) => bounce.recipients.clone(),
        None => letter.to.iter().map(|to| to.address.clone()).filter(|address| !address.is_empty()).collect(),
    }
}

/// The company of whose people one wrote it, or was written to.
fn company(desk: &Dossier, letter: &Letter) -> Option<Id<Provider>> {
    let from = letter.from.iter().chain(&letter.to).map(|mailbox| mailbox.address.as_str());
    let failed = letter.bounce.iter().flat_map(|bounce| &bounce.recipients).map(String::as_str);
    from.chain(failed)
        .filter(|address| !address.is_empty())
        .find_map(|address| desk.contacts.iter().find(|contact| is_same(&contact.email, address)).map(|contact| contact.provider))
}

fn is_same(one: &str, other: &str) -> bool {
    one.trim().to_lowercase() == other.trim().to_lowercase()
}

/// Whether we registered one of the addresses with the company: by its contracts, which may also say that we want no mail.
fn to_registered(desk: &Dossier, company: Id<Provider>, addresses: &[String]) -> Option<bool> {
    let contracts = desk.contracts.iter().filter(|contract| contract.provider == company);
    let registered = contracts.flat_map(|contract| &contract.addresses).filter(|address| address.form == NoticeForm::Email);
    let registered: Vec<&str> = registered.map(|address| address.address.trim()).collect();
    let is_refused = !registered.is_empty() && registered.iter().all(|address| address.is_empty());
    match () {
        () if registered.is_empty() => None,
        () if is_refused => Some(false),
        () if addresses.is_empty() => None,
        () => Some(addresses.iter().any(|address| registered.iter().any(|own| !own.is_empty() && is_same(own, address)))),
    }
}

/// What the form says; none, or a refused form, where it cannot be read.
pub fn read(desk: &Dossier, form: &mut Reader, letter: &Letter, words: Words) -> Option<MailRecord> {
    let is_notice = form.raw("record") == "notice";
    let company = form.chosen("company", |uid| desk.company_called(uid));
    let occurred = form.required_moment("occurred", Lean::Past);
    let visibility = form.word::<Visibility>("visibility");
    let title = form.line("title");
    let change = form.chosen("change", |uid| options::change(desk, uid));
    let notice = if is_notice { read_notice(desk, form, visibility) } else { None };
    if is_notice && notice.is_none() {
        return None;
    }
    let entry = NewEntry {
        provider: company,
        title: if title.is_empty() { words.get("mail-file-no-subject") } else { title },
        body: body(&letter.body, words),
        change,
        visibility: Some(visibility?),
        ..NewEntry::new(EntryKind::Email, occurred?)
    };
    Some(MailRecord { entry, notice })
}

fn read_notice(desk: &Dossier, form: &mut Reader, visibility: Option<Visibility>) -> Option<NoticeInput> {
    let change = form.required_chosen("change", |uid| options::change(desk, uid));
    let provider = form.required_chosen("company", |uid| desk.company_called(uid));
    Some(NoticeInput {
        sent: form.moment("sent", Lean::Past),
        received: form.moment("received", Lean::Past),
        address: form.line("address"),
        to_registered: form.yes_no("to_registered"),
        entry: None,
        note: form.prose("note"),
        form: form.word("form")?,
        standing: form.word("standing")?,
        visibility: visibility?,
        change: change?,
        provider: provider?,
    })
}

/// The mail's text as the entry holds it, with a line that says where it was cut.
fn body(text: &str, words: Words) -> String {
    let kept = &text[..text.floor_char_boundary(BODY)];
    let sound = Prose::parse(kept).map(String::from).unwrap_or_default();
    if kept.len() == text.len() {
        return sound;
    }
    let cut = words.with("mail-file-cut", &Args::new().number("kilobytes", i64::try_from(BODY / 1000).unwrap_or_default()));
    format!("{sound}\n\n{cut}")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::locale::Locale;

    #[test]
    fn a_long_text_says_where_it_was_cut() {
        let words = Words::new(Locale::Ja);
        assert_eq!(body("お知らせ\u{0}\r\n終わり\n", words), "お知らせ\n終わり");
        let long = body(&"あ".repeat(50_000), words);
        assert!(long.len() < BODY + 300 && long.starts_with("ああ") && !long.ends_with('あ'));
    }
}
