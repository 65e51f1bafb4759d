//! Tokens of the API: a machine holds one, the database its hash.

use diesel::prelude::*;

use super::people as people_store;
use super::permit::{Allows, Permit, Writes};
use super::schema::{aux_api_tokens, people};
use super::types::Micros;
use super::{Denied, Result, Tx, one_row};
use crate::domain::api_token::{ApiToken, Scope};
use crate::domain::id::{Id, Uid};
use crate::domain::person::{House, Person};

/// A row of `aux_api_tokens`.
#[derive(Queryable, Selectable, Insertable)]
#[diesel(table_name = aux_api_tokens)]
struct Row {
    token_hash: String,
    uid: Uid,
    person_id: Id<Person>,
    purpose: String,
    scopes: String,
    made_at: Micros,
    expires_at: Micros,
    used_at: Option<Micros>,
}

impl From<Row> for ApiToken {
    fn from(row: Row) -> Self {
        Self {
            uid: row.uid,
            person: row.person_id,
            purpose: row.purpose,
            // A word that is no scope (any more) allows nothing.
            scopes: row.scopes.split(' ').filter_map(|scope| scope.parse().ok()).collect(),
            made_at: row.made_at.0,
            expires_at: row.expires_at.0,
            used_at: row.used_at.map(|at| at.0),
        }
    }
}

/// Keeps a new token of the permit's person.
///
/// # Errors
/// [`super::StoreError::Database`].
pub fn put<D: Writes>(tx: &mut Tx<'_>, permit: &Permit<'_, D, Person>, token_hash: &str, token: &ApiToken) -> Result<()> {
    let scopes: Vec<&str> = token.scopes.iter().copied().map(Scope::as_str).collect();
    let row = Row {
        token_hash: token_hash.to_owned(),
        uid: token.uid,
        person_id: permit.id(),
        purpose: token.purpose.clone(),
        scopes: scopes.join(" "),
        made_at: Micros(token.made_at),
        expires_at: Micros(token.expires_at),
        used_at: token.used_at.map(Micros),
    };
    diesel::insert_into(aux_api_tokens::table).values(&row).execute(tx.conn())?;
    Ok(())
}

/// The token with that hash and its person, if it has not ended and the person is not shut out.
///
/// # Errors
/// [`super::StoreError::Database`].
pub fn find(tx: &mut Tx<'_>, token_hash: &str) -> Result<Option<(ApiToken, Person)>> {
    let found: Option<(Row, people_store::Row)> = aux_api_tokens::table
        .inner_join(people::table)
        .filter(aux_api_tokens::token_hash.eq(token_hash))
        .filter(aux_api_tokens::expires_at.gt(Micros(tx.now())))
        .filter(people::disabled_at.is_null())
        .select((Row::as_select(), people_store::Row::as_select()))
        .first(tx.conn())
        .optional()?;
    Ok(found.map(|(token, person)| (token.into(), person.into())))
}

/// Notes that the token was used now.
///
/// # Errors
/// [`super::StoreError::Database`].
pub fn touch(tx: &mut Tx<'_>, token: Uid) -> Result<()> {
    let now = Some(Micros(tx.now()));
    diesel::update(aux_api_tokens::table.filter(aux_api_tokens::uid.eq(token)))
        .set(aux_api_tokens::used_at.eq(now))
        .execute(tx.conn())?;
    Ok(())
}

/// The tokens of the permit's person, the one made last first; those that have ended among them.
///
/// # Errors
/// [`super::StoreError::Database`].
pub fn all_of<D: Allows>(tx: &mut Tx<'_>, permit: &Permit<'_, D, Person>) -> Result<Vec<ApiToken>> {
    let theirs = aux_api_tokens::table.filter(aux_api_tokens::person_id.eq(permit.id()));
    let rows: Vec<Row> = theirs.order(aux_api_tokens::made_at.desc()).select(Row::as_select()).load(tx.conn())?;
    Ok(rows.into_iter().map(ApiToken::from).collect())
}

/// Everybody's, likewise.
///
/// # Errors
/// [`super::StoreError::Database`].
pub fn of_house<D: Allows>(tx: &mut Tx<'_>, _permit: &Permit<'_, D, House>) -> Result<Vec<ApiToken>> {
    let rows: Vec<Row> = aux_api_tokens::table.order(aux_api_tokens::made_at.desc()).select(Row::as_select()).load(tx.conn())?;
    Ok(rows.into_iter().map(ApiToken::from).collect())
}

/// Takes a token of the permit's person away: it lets nobody in any more.
///
/// # Errors
/// [`Denied::NotFound`] where they have no such token.
pub fn remove<D: Writes>(tx: &mut Tx<'_>, permit: &Permit<'_, D, Person>, token: Uid) -> Result<()> {
    let it = aux_api_tokens::table.filter(aux_api_tokens::person_id.eq(permit.id())).filter(aux_api_tokens::uid.eq(token));
    let removed = diesel::delete(it).execute(tx.conn())?;
    if removed == 0 { Err(Denied::NotFound.into()) } else { one_row(removed) }
}
