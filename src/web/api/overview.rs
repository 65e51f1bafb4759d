//! What belongs to no single incident: who one is, what wants to be done, and the search.

use actix_web::HttpResponse;
use actix_web::web::Query;
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::BASE;
use super::caller::{Caller, Me};
use super::resource::{Answer, looked_for};
use crate::domain::api_token::Scope;
use crate::domain::ledger::ObjectKind;
use crate::domain::permit::Role;
use crate::store::history::Home;
use crate::store::search::{Hit, MOST};
use crate::store::{self, Tx};
use crate::web::incidents::end_of_day;
use crate::web::search::found;

/// As whom a token lets in, and how far.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct TokenInfo {
    /// The person's name.
    pub name: String,
    /// What they log in with.
    pub login: String,
    /// What they may do.
    pub role: Role,
    /// In which zone times without an offset are told.
    pub zone: String,
    /// What the token is for.
    pub purpose: String,
    /// What it allows.
    pub scopes: Vec<Scope>,
    /// When it ends.
    pub expires_at: DateTime<Utc>,
}

/// `GET /token`
pub async fn token(caller: Caller) -> Answer {
    let read = |_: &mut Tx<'_>, me: &Me| {
        Ok(TokenInfo {
            name: me.person.name.clone(),
            login: me.person.login.clone(),
            role: me.person.role,
            zone: me.zone().name().to_owned(),
            purpose: me.token.purpose.clone(),
            scopes: me.token.scopes.clone(),
            expires_at: me.token.expires_at,
        })
    };
    Ok(HttpResponse::Ok().json(caller.read(read).await?))
}

/// `GET /overview`
pub async fn overview(caller: Caller) -> Answer {
    let read = |tx: &mut Tx<'_>, me: &Me| {
        let tonight = end_of_day(tx.now(), me.zone());
        Ok(store::morning::of(tx, me.actor, tonight)?)
    };
    Ok(HttpResponse::Ok().json(caller.read(read).await?))
}

/// The most characters of what is searched for.
const MOST_WORDS: usize = 200;

/// What is searched for.
#[derive(Clone, Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub struct SearchQuery {
    /// The words; all must be there.
    #[param(min_length = 1, max_length = 200)]
    q: String,
}

/// What was found, the latest first.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Found {
    /// The things found.
    pub items: Vec<FoundThing>,
    /// Whether there may be more than these.
    pub more: bool,
}

/// Something found.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct FoundThing {
    /// What it is.
    pub kind: ObjectKind,
    /// By which uid its list has it.
    pub uid: String,
    /// In what it stands.
    pub place: String,
    /// Where that stands in this API.
    pub place_url: String,
    /// Its words.
    pub words: String,
}

impl From<Hit> for FoundThing {
    fn from(hit: Hit) -> Self {
        let place_url = match hit.home {
            Home::House => format!("{BASE}/overview"),
            Home::Provider(uid) => format!("{BASE}/providers/{uid}"),
            Home::Contract(uid) => format!("{BASE}/contracts/{uid}"),
            Home::Incident(number) => format!("{BASE}/incidents/{number}"),
        };
        Self { kind: hit.kind, uid: hit.anchor, place: hit.place, place_url, words: hit.words }
    }
}

/// `GET /search?q=…`
pub async fn find(caller: Caller, query: Query<SearchQuery>) -> Answer {
    let read = move |tx: &mut Tx<'_>, me: &Me| {
        looked_for(&query.q, 1..=MOST_WORDS)?;
        let (_, hits) = found(tx, me.actor, &query.q)?;
        Ok(Found { more: hits.len() >= MOST, items: hits.into_iter().map(FoundThing::from).collect() })
    };
    Ok(HttpResponse::Ok().json(caller.read(read).await?))
}
