//! The history of any noun, by one click.

use std::collections::BTreeMap;

use actix_web::HttpRequest;

use super::extract::Visit;
use super::nouns::{HousePlace, IncidentPlace, Place};
use super::visit::{Answer, Me};
use crate::domain::dossier::Dossier;
use crate::domain::ledger::{Author, ObjectKind};
use crate::error::AppError;
use crate::render::pages::history::{Eyes, HistoryPage, Made};
use crate::render::pages::noun_form::Link;
use crate::render::words::Words;
use crate::store::history::Home;
use crate::store::ledger::Revision;
use crate::store::{self, Tx};

/// `/history/{kind}/{uid}`; an incident is called by its number.
pub async fn show(req: HttpRequest, visit: Visit) -> Answer {
    let named = |name: &str| req.match_info().get(name).unwrap_or_default().to_owned();
    let kind: ObjectKind = named("kind").parse().map_err(|_| AppError::NotFound)?;
    let name = named("uid");
    visit
        .page(move |tx, me| {
            let (revisions, home) = if kind == ObjectKind::Incident {
                let number = name.parse().map_err(|_| AppError::NotFound)?;
                (store::history::of_incident(tx, me.actor, number)?, Home::Incident(number))
            } else {
                let uid = name.parse().map_err(|_| AppError::NotFound)?;
                store::history::find(tx, me.actor, kind, uid)?
            };
            page(tx, me, kind, revisions, home)
        })
        .await
}

fn page(tx: &mut Tx<'_>, me: &Me, kind: ObjectKind, revisions: Vec<Revision>, home: Home) -> Result<HistoryPage, AppError> {
    let words = Words::new(me.locale());
    let house = store::house::to_look(tx, me.actor)?;
    let people = store::people::all(tx, &house)?;
    let who = |author: Author| match author {
        Author::House => words.get("history-by-house"),
        Author::Share(_) => words.get("history-by-reader"),
        Author::Person(id) => people.iter().find(|person| person.id == id).map(|person| person.name.clone()).unwrap_or_default(),
    };
    let made: Vec<Made> = revisions
        .into_iter()
        .map(|revision| Made {
            at: revision.at,
            who: who(revision.author),
            action: revision.action,
            number: revision.revision,
            payload: revision.payload,
        })
        .collect();
    let today = tx.now().with_timezone(&me.zone()).date_naive();
    let mut names = names_of_the_house(tx, me)?;
    names.extend(people.iter().map(|person| (person.id.raw(), person.name.clone())));
    if let Home::Incident(number) = home {
        names.extend(names_on_the_timeline(&IncidentPlace::desk(tx, me.actor, &number)?));
    }
    let eyes = Eyes { words, zone: me.zone(), today, names: &names };
    Ok(HistoryPage::new(words.get(&format!("object-{kind}")), back(home, words), &made, eyes))
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
