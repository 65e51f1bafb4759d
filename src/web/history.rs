//! The history of any noun, by one click.

use actix_web::HttpRequest;

use super::extract::Visit;
use super::visit::{Answer, Me};
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
    visit.page(move |tx, me| {
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

fn page(
    tx: &mut Tx<'_>,
    me: &Me,
    kind: ObjectKind,
    revisions: Vec<Revision>,
    home: Home,
) -> Result<HistoryPage, AppError> {
    let words = Words::new(me.locale());
    let house = store::house::to_look(tx, me.actor)?;
    let people = store::people::all(tx, &house)?;
    let who = |author: Author| match author {
        Author::House => words.get("history-by-house"),
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
    let eyes = Eyes { words, zone: me.zone(), today };
    Ok(HistoryPage::new(words.get(&format!("object-{kind}")), back(home, words), &made, eyes))
}

fn back(home: Home, words: Words) -> Link {
    match home {
        Home::House => Link { href: "/house".to_owned(), text: words.get("object-house") },
        Home::Provider(uid) => Link { href: format!("/providers/{uid}"), text: words.get("object-provider") },
        Home::Contract(uid) => Link { href: format!("/contracts/{uid}"), text: words.get("object-contract") },
        Home::Incident(number) => Link { href: format!("/incidents/{number}"), text: number.to_string() },
    }
}
