//! What can be chosen in the forms of an incident: its companies, people, entries, statements, clauses and agreements.

use crate::domain::contract::{Agreement, Clause};
use crate::domain::dossier::Dossier;
use crate::domain::entry::Entry;
use crate::domain::id::{Id, Uid};
use crate::domain::matter::Against;
use crate::domain::notice::Change;
use crate::domain::party::{Contact, Provider};
use crate::domain::statement::{Citation, Promise, Statement};
use crate::domain::text::beginning;
use crate::render::pages::noun_form::Choice;
use crate::render::words::Words;

/// How many characters of a text are shown in a list to choose from.
const SHOWN: usize = 48;

fn choice(uid: Uid, label: String) -> Choice {
    Choice { value: uid.to_string(), label }
}

/// The companies that the incident knows.
pub fn companies(desk: &Dossier) -> Vec<Choice> {
    desk.providers.iter().map(|company| choice(company.uid, company.name.clone())).collect()
}

/// The companies that play a part in the incident, the one answerable first.
pub fn parties(desk: &Dossier) -> Vec<Choice> {
    part_takers(desk).map(|company| choice(company.uid, company.name.clone())).collect()
}

/// The company with this uid, if it plays a part in the incident.
pub fn party(desk: &Dossier, uid: Uid) -> Option<Id<Provider>> {
    part_takers(desk).find(|company| company.uid == uid).map(|company| company.id)
}

fn part_takers(desk: &Dossier) -> impl Iterator<Item = &Provider> {
    let incident = &desk.incident;
    let others = incident.parties.iter().map(|party| party.provider).filter(|id| *id != incident.provider);
    std::iter::once(incident.provider).chain(others).filter_map(|id| desk.provider(id))
}

/// A company's uid, for a form.
pub fn company_uid(desk: &Dossier, id: Option<Id<Provider>>) -> String {
    id.and_then(|id| desk.provider(id)).map(|company| company.uid.to_string()).unwrap_or_default()
}

/// Their people, with their companies.
pub fn contacts(desk: &Dossier) -> Vec<Choice> {
    let living = desk.contacts.iter().filter(|contact| contact.merged_into.is_none());
    living.map(|contact| choice(contact.uid, contact_label(desk, contact))).collect()
}

fn contact_label(desk: &Dossier, contact: &Contact) -> String {
    format!("{} · {}", desk.name_of(contact.provider), person_label(contact))
}

/// One of a company's people in one line: the desk, and the name where it is known.
pub fn person_label(contact: &Contact) -> String {
    contact.known().join(" · ")
}

/// A person's uid, for a form.
pub fn contact_uid(desk: &Dossier, id: Option<Id<Contact>>) -> String {
    let found = id.and_then(|id| desk.contacts.iter().find(|contact| contact.id == id));
    found.map(|contact| contact.uid.to_string()).unwrap_or_default()
}

/// The entries, by time, with what they are.
pub fn entries(desk: &Dossier, words: Words) -> Vec<Choice> {
    let standing = desk.entries.iter().filter(|entry| entry.struck.is_none());
    standing.map(|entry| choice(entry.uid, entry_label(entry, words))).collect()
}

/// An entry in one line.
pub fn entry_label(entry: &Entry, words: Words) -> String {
    let when = entry.occurred.shown(words.locale(), entry.occurred.zone, None).text;
    let kind = words.get(&format!("entry-kind-{}", entry.kind));
    let told = [&entry.title, &entry.body].into_iter().find(|text| !text.is_empty());
    let reached = || entry.call.iter().flat_map(|call| &call.legs).map(|leg| leg.who.as_str()).find(|who| !who.is_empty());
    match told.map(String::as_str).or_else(reached) {
        Some(text) => format!("{when} · {kind} · {}", beginning(text, SHOWN)),
        None => format!("{when} · {kind}"),
    }
}

/// The entry with this uid.
pub fn entry(desk: &Dossier, uid: Uid) -> Option<Id<Entry>> {
    desk.entries.iter().find(|entry| entry.uid == uid).map(|entry| entry.id)
}

/// An entry's uid, for a form.
pub fn entry_uid(desk: &Dossier, id: Option<Id<Entry>>) -> String {
    let found = id.and_then(|id| desk.entries.iter().find(|entry| entry.id == id));
    found.map(|entry| entry.uid.to_string()).unwrap_or_default()
}

/// The statements, by time, with their words.
pub fn statements(desk: &Dossier, words: Words) -> Vec<Choice> {
    let standing = desk.entries.iter().filter(|entry| entry.struck.is_none());
    let said = standing.flat_map(|entry| entry.statements.iter().map(move |statement| (entry, statement)));
    said.map(|(entry, statement)| choice(statement.uid, statement_label(desk, entry, statement, words))).collect()
}

/// The words come first: a list is cut at its right edge.
fn statement_label(desk: &Dossier, entry: &Entry, statement: &Statement, words: Words) -> String {
    let company = statement.speaker.provider().map_or_else(|| words.get("form-ours"), |company| desk.name_of(company));
    let when = entry.occurred.shown(words.locale(), entry.occurred.zone, None).text;
    format!("{} · {company} · {when}", beginning(&statement.words, SHOWN))
}

/// A statement's uid, for a form.
pub fn statement_uid(desk: &Dossier, id: Option<Id<Statement>>) -> String {
    id.and_then(|id| desk.statement(id)).map(|(_, statement)| statement.uid.to_string()).unwrap_or_default()
}

/// The clauses and agreements of its contracts.
pub fn citations(desk: &Dossier, words: Words) -> Vec<Choice> {
    let agreements = desk.agreements.iter().filter(|agreement| agreement.struck.is_none());
    let agreements = agreements.map(|agreement| choice(agreement.uid, agreement_label(agreement, words)));
    let clauses = desk.clauses.iter().filter(|clause| clause.struck.is_none());
    agreements.chain(clauses.map(|clause| choice(clause.uid, clause_label(clause)))).collect()
}

fn agreement_label(agreement: &Agreement, words: Words) -> String {
    format!("{} · {}", words.get("object-agreement"), beginning(&agreement.words, SHOWN))
}

fn clause_label(clause: &Clause) -> String {
    format!("{} {}", clause.number, beginning(if clause.heading.is_empty() { &clause.quote } else { &clause.heading }, SHOWN))
}

/// The uid of a cited clause or agreement, for a form.
pub fn citation_uid(desk: &Dossier, cite: Citation) -> String {
    let found = match cite {
        Citation::Clause(id) => desk.clauses.iter().find(|clause| clause.id == id).map(|clause| clause.uid),
        Citation::Agreement(id) => desk.agreements.iter().find(|agreement| agreement.id == id).map(|found| found.uid),
    };
    found.map(|uid| uid.to_string()).unwrap_or_default()
}

/// All that a statement can be set against.
pub fn againsts(desk: &Dossier, words: Words) -> Vec<Choice> {
    let mut all = citations(desk, words);
    all.extend(entries(desk, words));
    all.extend(statements(desk, words));
    all
}

/// What a statement is set against, by its uid.
pub fn against(desk: &Dossier, uid: Uid) -> Option<Against> {
    desk.citation_called(uid)
        .map(|cite| match cite {
            Citation::Clause(id) => Against::Clause(id),
            Citation::Agreement(id) => Against::Agreement(id),
        })
        .or_else(|| entry(desk, uid).map(Against::Entry))
        .or_else(|| desk.statement_called(uid).map(Against::Statement))
}

/// Its uid, for a form.
pub fn against_uid(desk: &Dossier, against: Against) -> String {
    match against {
        Against::Clause(id) => citation_uid(desk, Citation::Clause(id)),
        Against::Agreement(id) => citation_uid(desk, Citation::Agreement(id)),
        Against::Entry(id) => entry_uid(desk, Some(id)),
        Against::Statement(id) => statement_uid(desk, Some(id)),
    }
}

/// The provider's changes.
pub fn changes(desk: &Dossier) -> Vec<Choice> {
    let standing = desk.changes.iter().filter(|change| change.struck.is_none());
    standing.map(|change| choice(change.uid, beginning(&change.what, SHOWN))).collect()
}

/// The change with this uid.
pub fn change(desk: &Dossier, uid: Uid) -> Option<Id<Change>> {
    desk.changes.iter().find(|change| change.uid == uid).map(|change| change.id)
}

/// A change's uid, for a form.
pub fn change_uid(desk: &Dossier, id: Option<Id<Change>>) -> String {
    let found = id.and_then(|id| desk.changes.iter().find(|change| change.id == id));
    found.map(|change| change.uid.to_string()).unwrap_or_default()
}

/// The promises given after `promise`, to which it can have been moved.
pub fn later_promises(desk: &Dossier, promise: &Promise, words: Words) -> Vec<Choice> {
    let later = desk.promises.iter().filter(|candidate| candidate.id > promise.id && candidate.struck.is_none());
    later
        .filter_map(|candidate| {
            let (entry, statement) = desk.statement(candidate.statement)?;
            Some(choice(candidate.uid, statement_label(desk, entry, statement, words)))
        })
        .collect()
}
