//! How a typed moment is understood, said while it is typed.

use actix_web::HttpResponse;
use actix_web::web::Query;
use serde::{Deserialize, Serialize};

use super::extract::Visit;
use super::visit::Answer;
use crate::domain::moment::parse::{Lean, parse};
use crate::render::words::{Args, Words};

/// What was typed.
#[derive(Debug, Deserialize)]
pub struct Typed {
    text: String,
    #[serde(default)]
    future: bool,
}

/// How it is understood.
#[derive(Serialize)]
struct Understood {
    /// A sentence for the person who types.
    says: String,
    /// The spelling that the form takes without asking again; none where it was not understood.
    spelled: Option<String>,
}

/// Says how a typed moment is understood.
pub async fn understand(visit: Visit, typed: Query<Typed>) -> Answer {
    let typed = typed.into_inner();
    let understood = visit
        .read(move |tx, me| {
            let words = Words::new(me.locale());
            let lean = if typed.future { Lean::Future } else { Lean::Past };
            Ok(match parse(&typed.text, tx.now(), me.zone(), lean) {
                Ok(moment) => {
                    let today = tx.now().with_timezone(&me.zone()).date_naive();
                    let shown = moment.shown(me.locale(), me.zone(), Some(today));
                    Understood {
                        says: words.with("moment-understood", &Args::new().text("moment", shown.text)),
                        spelled: Some(moment.typed_with_words()),
                    }
                }
                Err(error) => {
                    let args = Args::new().text("piece", error.piece().unwrap_or_default());
                    Understood { says: words.with(error.key(), &args), spelled: None }
                }
            })
        })
        .await?;
    Ok(HttpResponse::Ok().json(understood))
}
