//! Sessions: who is logged in. The browser holds a token, the database its hash.

use diesel::prelude::*;

use super::schema::{aux_sessions, people};
use super::types::Micros;
use super::{Result, Tx, people as people_store};
use crate::domain::account::Client;
use crate::domain::id::Id;
use crate::domain::moment::Stamp;
use crate::domain::person::Person;

/// A session as it is kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Session {
    /// SHA-256 of the token, in hex.
    pub token_hash: String,
    /// Whose it is.
    pub person: Id<Person>,
    /// What every form of this session must bring.
    pub csrf: String,
    /// When it began, by a login.
    pub created_at: Stamp,
    /// When it was last used; how exactly is the caller's choice.
    pub last_seen: Stamp,
    /// When it ends, used or not.
    pub expires_at: Stamp,
    /// From where it was begun.
    pub client: Client,
}

/// A row of `aux_sessions`.
#[derive(Queryable, Selectable, Insertable)]
#[diesel(table_name = aux_sessions)]
struct Row {
    token_hash: String,
    person_id: Id<Person>,
    csrf: String,
    created_at: Micros,
    last_seen: Micros,
    expires_at: Micros,
    address: String,
    agent: String,
}

impl From<Row> for Session {
    fn from(row: Row) -> Self {
        Self {
            token_hash: row.token_hash,
            person: row.person_id,
            csrf: row.csrf,
            created_at: row.created_at.0,
            last_seen: row.last_seen.0,
            expires_at: row.expires_at.0,
            client: Client { address: row.address, agent: row.agent },
        }
    }
}

/// Keeps a new session.
///
/// # Errors
/// [`super::StoreError::Database`].
pub fn start(tx: &mut Tx<'_>, session: &Session) -> Result<()> {
    let row = Row {
        token_hash: session.token_hash.clone(),
        person_id: session.person,
        csrf: session.csrf.clone(),
        created_at: Micros(session.created_at),
        last_seen: Micros(session.last_seen),
        expires_at: Micros(session.expires_at),
        address: session.client.address.clone(),
        agent: session.client.agent.clone(),
    };
    diesel::insert_into(aux_sessions::table).values(&row).execute(tx.conn())?;
    Ok(())
}

/// The session with that token, and its person, if it has not ended and was seen since `idle_since`, and the person is not shut out.
///
/// # Errors
/// [`super::StoreError::Database`].
pub fn find(tx: &mut Tx<'_>, token_hash: &str, idle_since: Stamp) -> Result<Option<(Session, Person)>> {
    let now = Micros(tx.now());
    let found: Option<(Row, people_store::Row)> = aux_sessions::table
        .inner_join(people::table)
        .filter(aux_sessions::token_hash.eq(token_hash))
        .filter(aux_sessions::expires_at.gt(now))
        .filter(aux_sessions::last_seen.ge(Micros(idle_since)))
        .filter(people::disabled_at.is_null())
        .select((Row::as_select(), people_store::Row::as_select()))
        .first(tx.conn())
        .optional()?;
    Ok(found.map(|(session, person)| (session.into(), person.into())))
}

/// Notes that the session was used now.
///
/// # Errors
/// [`super::StoreError::Database`].
pub fn touch(tx: &mut Tx<'_>, token_hash: &str) -> Result<()> {
    let now = Micros(tx.now());
    diesel::update(aux_sessions::table.find(token_hash)).set(aux_sessions::last_seen.eq(now)).execute(tx.conn())?;
    Ok(())
}

/// Ends one session.
///
/// # Errors
/// [`super::StoreError::Database`].
pub fn end(tx: &mut Tx<'_>, token_hash: &str) -> Result<()> {
    diesel::delete(aux_sessions::table.find(token_hash)).execute(tx.conn())?;
    Ok(())
}

/// The sessions of that person that have not ended and were seen since `idle_since`, the one used last first.
///
/// # Errors
/// [`super::StoreError::Database`].
pub fn all_of(tx: &mut Tx<'_>, person: Id<Person>, idle_since: Stamp) -> Result<Vec<Session>> {
    let live = aux_sessions::table
        .filter(aux_sessions::person_id.eq(person))
        .filter(aux_sessions::expires_at.gt(Micros(tx.now())))
        .filter(aux_sessions::last_seen.ge(Micros(idle_since)));
    let rows: Vec<Row> = live.order(aux_sessions::last_seen.desc()).select(Row::as_select()).load(tx.conn())?;
    Ok(rows.into_iter().map(Session::from).collect())
}

/// Ends every session of a person but, if given, the one they act in: after a new password, or when they are shut out.
///
/// # Errors
/// [`super::StoreError::Database`].
pub fn end_all_of(tx: &mut Tx<'_>, person: Id<Person>, but: Option<&str>) -> Result<()> {
    let theirs = aux_sessions::table
        .filter(aux_sessions::person_id.eq(person))
        .filter(aux_sessions::token_hash.ne(but.unwrap_or_default()));
    diesel::delete(theirs).execute(tx.conn())?;
    Ok(())
}

/// Forgets sessions that have ended.
///
/// # Errors
/// [`super::StoreError::Database`].
pub fn sweep(tx: &mut Tx<'_>) -> Result<()> {
    let now = Micros(tx.now());
    diesel::delete(aux_sessions::table.filter(aux_sessions::expires_at.le(now))).execute(tx.conn())?;
    Ok(())
}
