//! The search.

use actix_web::web::Query;
use serde::Deserialize;

use super::extract::Visit;
use super::visit::Answer;
use crate::domain::ledger::ObjectKind;
use crate::domain::permit::Actor;
use crate::domain::phone;
use crate::domain::search::Question;
use crate::render::pages::search::{HitLine, Piece, SearchPage, shortened};
use crate::render::words::Words;
use crate::store::history::Home;
use crate::store::search::{self, Hit, MOST};
use crate::store::{self, Tx};

/// What is searched for.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Asked {
    q: String,
}

/// The most characters of a question.
const LONGEST: usize = 200;

/// `GET /search?q=…`
pub async fn show(visit: Visit, asked: Query<Asked>) -> Answer {
    let typed: String = asked.into_inner().q.chars().take(LONGEST).collect();
    visit
        .page(move |tx, me| {
            let (question, hits) = found(tx, me.actor, &typed)?;
            let words = Words::new(me.locale());
            Ok(SearchPage {
                any: !question.is_empty(),
                more: hits.len() >= MOST,
                hits: hits.iter().map(|hit| line(hit, &question, words)).collect(),
                asked: typed,
            })
        })
        .await
}

/// What is found by what was typed, and as which question it was found.
///
/// # Errors
/// [`store::StoreError`].
pub(super) fn found(tx: &mut Tx<'_>, actor: Actor, typed: &str) -> store::Result<(Question, Vec<Hit>)> {
    let question = Question::typed(typed);
    let hits = search::find(tx, actor, &question)?;
    match phone::digits(typed).filter(|_| hits.is_empty()) {
        // A number may stand there written otherwise than it was typed.
        Some(number) => {
            let question = Question::typed(&number);
            Ok((question.clone(), search::find(tx, actor, &question)?))
        }
        None => Ok((question, hits)),
    }
}

fn line(hit: &Hit, question: &Question, words: Words) -> HitLine {
    let page = match hit.home {
        Home::House => "/".to_owned(),
        Home::Provider(uid) => format!("/providers/{uid}"),
        Home::Contract(uid) => format!("/contracts/{uid}"),
        Home::Incident(number) => format!("/incidents/{number}"),
    };
    let kind = words.get(&format!("object-{}", hit.kind));
    let part = match hit.kind {
        ObjectKind::Entry => format!("#e-{}", hit.anchor),
        ObjectKind::Ask => "#asks".to_owned(),
        ObjectKind::Change | ObjectKind::Notice => "#changes".to_owned(),
        _ => String::new(),
    };
    // By its canonical spelling a number is found; it is read as somebody wrote it.
    let stands_otherwise = |spelling: &str| {
        hit.words.lines().any(|line| line != spelling && phone::digits(line).is_some_and(|digits| digits == spelling))
    };
    let is_spelling = |line: &&str| line.starts_with('+') && stands_otherwise(line);
    let words: Vec<&str> = hit.words.lines().filter(|line| !is_spelling(line)).collect();
    let pieces: Vec<Piece> = shortened(question.marked(&words.join("\n")));
    HitLine { href: page + &part, kind, place: hit.place.clone(), pieces }
}
