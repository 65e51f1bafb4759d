//! The history of any noun, by one click.

use std::collections::BTreeMap;

use actix_web::HttpRequest;

use super::extract::{Posted, Visit};
use super::forms::Reader;
use super::nouns::{HousePlace, IncidentPlace, Place};
use super::visit::{Answer, Done, Me};
use crate::actions::history as actions;
use crate::domain::dossier::Dossier;
use crate::domain::ledger::{Author, ObjectKind};
use crate::domain::moment::show;
use crate::domain::permit::Deed;
use crate::domain::person::Person;
use crate::error::AppError;
use crate::render::form::FormView;
use crate::render::pages::history::{Erased, ErasurePage, Eyes, HistoryPage, Made};
use crate::render::pages::noun_form::Link;
use crate::render::words::{Args, Words};
use crate::store::history::{Home, Told};
use crate::store::ledger::Revision;
use crate::store::{self, Denied, StoreError, Tx};

/// What a history is asked of: a kind, and a name.
fn asked(req: &HttpRequest) -> Result<(ObjectKind, String), AppError> {
    let named = |name: &str| req.match_info().get(name).unwrap_or_default().to_owned();
    Ok((named("kind").parse().map_err(|_| AppError::NotFound)?, named("uid")))
}

/// `GET /history/{kind}/{uid}`; an incident is called by its number.
pub async fn show(req: HttpRequest, visit: Visit) -> Answer {
    let (kind, name) = asked(&req)?;
    visit
        .page(move |tx, me| {
            let told = store::history::find(tx, me.actor, kind, &name)?;
            page(tx, me, (kind, &name), told)
        })
        .await
}

/// `GET /history/{kind}/{uid}/erasure`
pub async fn ask_to_erase(req: HttpRequest, visit: Visit) -> Answer {
    let (kind, name) = asked(&req)?;
    visit.page(move |tx, me| erasure_page(tx, me, (kind, &name), FormView::new())).await
}

/// `POST /history/{kind}/{uid}/erasure`
pub async fn erase(req: HttpRequest, visit: Visit, posted: Posted) -> Answer {
    let (kind, name) = asked(&req)?;
    let again = name.clone();
    let save = move |tx: &mut Tx<'_>, me: &Me, form: &mut Reader<'_>| {
        let Some(reason) = form.line("reason") else { return Err(form.refusal()) };
        actions::erase(tx, me.actor, (kind, &name), &reason)?;
        Ok(Done::to(format!("/history/{kind}/{name}")).saying("flash-erased"))
    };
    visit.submit(posted, save, move |tx, me, form| erasure_page(tx, me, (kind, &again), form)).await
}

fn erasure_page(tx: &mut Tx<'_>, me: &Me, (kind, name): (ObjectKind, &str), form: FormView) -> Result<ErasurePage, AppError> {
    let told = store::history::find(tx, me.actor, kind, name)?;
    let earlier = told.earlier();
    if earlier == 0 {
        return Err(AppError::NotFound);
    }
    let words = Words::new(me.locale());
    let back = Link { href: format!("/history/{kind}/{name}"), text: words.get("history-title") };
    Ok(ErasurePage::new(form, words.get(&format!("object-{kind}")), back, earlier, words))
}

fn page(tx: &mut Tx<'_>, me: &Me, (kind, name): (ObjectKind, &str), told: Told) -> Result<HistoryPage, AppError> {
    let words = Words::new(me.locale());
    let people = people(tx, me)?;
    let may_erase = me.actor.may(Deed::Manage) && told.earlier() > 0;
    let who = |author: Author| called(author, &people, words);
    let made = |revision: Revision| Made {
        at: revision.at,
        who: who(revision.author),
        action: revision.action,
        number: revision.revision,
        payload: revision.payload,
    };
    let erased: Vec<Erased> = told
        .erasures
        .into_iter()
        .map(|(revision, erasure)| Erased { at: revision.at, who: who(revision.author), reason: erasure.reason })
        .collect();
    let made: Vec<Made> = told.revisions.into_iter().map(made).collect();
    let today = tx.now().with_timezone(&me.zone()).date_naive();
    let mut names = names_of_the_house(tx, me)?;
    names.extend(people.iter().map(|person| (person.id.raw(), person.name.clone())));
    if let Home::Incident(number) = told.home {
        names.extend(names_on_the_timeline(&IncidentPlace::desk(tx, me.actor, &number)?));
    }
    let eyes = Eyes { words, zone: me.zone(), today, names: &names };
    let erasure = if may_erase { format!("/history/{kind}/{name}/erasure") } else { String::new() };
    Ok(HistoryPage::new(words.get(&format!("object-{kind}")), back(told.home, words), (&made, &erased), erasure, eyes))
}

fn people(tx: &mut Tx<'_>, me: &Me) -> Result<Vec<Person>, AppError> {
    let house = store::house::to_look(tx, me.actor)?;
    Ok(store::people::all(tx, &house)?)
}

/// What the author of a change is called.
fn called(author: Author, people: &[Person], words: Words) -> String {
    match author {
        Author::House => words.get("history-by-house"),
        Author::Share(_) => words.get("history-by-reader"),
        Author::Person(id) => people.iter().find(|person| person.id == id).map(|person| person.name.clone()).unwrap_or_default(),
    }
}

/// Who changed the thing of that kind called `name` last, and when, in one sentence; empty where it has no history of its own.
///
/// # Errors
/// As the store's look-ups.
pub(super) fn last_change(tx: &mut Tx<'_>, me: &Me, kind: ObjectKind, name: &str) -> Result<String, AppError> {
    let told = match store::history::find(tx, me.actor, kind, name) {
        Err(StoreError::Denied(Denied::NotFound)) => return Ok(String::new()),
        told => told?,
    };
    let Some(last) = told.revisions.last() else { return Ok(String::new()) };
    let words = Words::new(me.locale());
    let today = tx.now().with_timezone(&me.zone()).date_naive();
    let at = show::at(last.at, words.locale(), me.zone(), Some(today));
    let who = called(last.author, &people(tx, me)?, words);
    Ok(words.with("stale-who", &Args::new().text("who", who).text("at", at)))
}

/// What companies, their people and the contracts are called.
fn names_of_the_house(tx: &mut Tx<'_>, me: &Me) -> Result<BTreeMap<i64, String>, AppError> {
    let desk = HousePlace::desk(tx, me.actor, &())?;
    let house = store::house::to_look(tx, me.actor)?;
    let mut names: BTreeMap<i64, String> = desk.companies.into_iter().map(|company| (company.id.raw(), company.name)).collect();
    names.extend(desk.contracts.into_iter().map(|contract| (contract.id.raw(), contract.title)));
    for contact in store::contacts::all(tx, &house)? {
        let name = [Some(contact.department), contact.name].into_iter().flatten().filter(|part| !part.is_empty());
        names.insert(contact.id.raw(), name.collect::<Vec<_>>().join(" "));
    }
    Ok(names)
}

/// What stands on an incident's timeline, by its own words, as far as the reader may see it.
fn names_on_the_timeline(desk: &Dossier) -> Vec<(i64, String)> {
    let entries =
        desk.entries.iter().map(|entry| (entry.id.raw(), if entry.title.is_empty() { &entry.body } else { &entry.title }));
    let said = desk.entries.iter().flat_map(|entry| &entry.statements).map(|statement| (statement.id.raw(), &statement.words));
    let promised =
        desk.promises.iter().filter_map(|promise| Some((promise.id.raw(), &desk.statement(promise.statement)?.1.words)));
    let changes = desk.changes.iter().map(|change| (change.id.raw(), &change.what));
    let clauses = desk.clauses.iter().map(|clause| (clause.id.raw(), &clause.number));
    let agreements = desk.agreements.iter().map(|agreement| (agreement.id.raw(), &agreement.words));
    let all = entries.chain(said).chain(promised).chain(changes).chain(clauses).chain(agreements);
    all.map(|(key, name)| (key, name.clone())).collect()
}

fn back(home: Home, words: Words) -> Link {
    match home {
        Home::House => Link { href: "/house".to_owned(), text: words.get("object-house") },
        Home::Provider(uid) => Link { href: format!("/providers/{uid}"), text: words.get("object-provider") },
        Home::Contract(uid) => Link { href: format!("/contracts/{uid}"), text: words.get("object-contract") },
        Home::Incident(number) => Link { href: format!("/incidents/{number}"), text: number.to_string() },
    }
}
