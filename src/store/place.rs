//! Where the record is: here, unless the place says that it has moved away, or that it is not whole yet.

use diesel::prelude::*;

use super::StoreError;
use super::dialect::{self, AnyConnection, both};
use super::schema::aux_place;
use super::types::Micros;
use super::url::DatabaseUrl;
use crate::domain::moment::Stamp;
use crate::domain::text_enum::text_enum;

text_enum! {
    /// Why nobody works here.
    pub enum State {
        /// It is being filled, and not whole yet.
        Filling = "filling",
        /// The record has moved away.
        Moved = "moved",
    }
}

/// The record is not here.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Elsewhere {
    /// Why.
    pub state: State,
    /// From where it is being filled, or whither it has moved. Without passwords.
    pub other: String,
    /// Since when.
    pub at: Stamp,
}

impl Elsewhere {
    /// Whether it has moved to that database.
    pub fn is_in(&self, url: &DatabaseUrl) -> bool {
        self.state == State::Moved && self.other == url.name()
    }
}

/// The only key there is.
const KEY: i64 = 1;

/// Whether the record is elsewhere. Asked of tables of any age.
pub(super) fn read(conn: &mut AnyConnection) -> Result<Option<Elsewhere>, StoreError> {
    let is_told = dialect::live_tables(conn)?.iter().any(|table| table == "aux_place");
    if is_told { elsewhere(conn) } else { Ok(None) }
}

fn elsewhere(conn: &mut AnyConnection) -> Result<Option<Elsewhere>, StoreError> {
    let columns = (aux_place::state, aux_place::other, aux_place::at);
    let row: Option<(State, String, Micros)> = aux_place::table.find(KEY).select(columns).first(conn).optional()?;
    Ok(row.map(|(state, other, at)| Elsewhere { state, other, at: at.0 }))
}

/// Says that the record is elsewhere.
pub(super) fn mark(conn: &mut AnyConnection, elsewhere: &Elsewhere) -> Result<(), StoreError> {
    let what =
        (aux_place::state.eq(elsewhere.state), aux_place::other.eq(&elsewhere.other), aux_place::at.eq(Micros(elsewhere.at)));
    let row = (aux_place::id.eq(KEY), what);
    both!(conn, |c| {
        diesel::insert_into(aux_place::table).values(row).on_conflict(aux_place::id).do_update().set(what).execute(c)
    })?;
    Ok(())
}

/// The same where there may be no tables yet, in a transaction: half of it would be taken for tables of somebody else.
pub(super) fn lay(conn: &mut AnyConnection, elsewhere: &Elsewhere) -> Result<(), StoreError> {
    dialect::make_place(conn)?;
    mark(conn, elsewhere)
}

/// The record is here.
pub(super) fn unmark(conn: &mut AnyConnection) -> Result<(), StoreError> {
    diesel::delete(aux_place::table).execute(conn)?;
    Ok(())
}

/// Refuses to work where the record is not.
///
/// # Errors
/// [`StoreError::Moved`] and [`StoreError::Unfinished`].
pub(super) fn is_here(conn: &mut AnyConnection) -> Result<(), StoreError> {
    match read(conn)? {
        None => Ok(()),
        Some(elsewhere) => Err(elsewhere.into()),
    }
}

/// The same within a transaction of up-to-date tables, where it is asked before each.
pub(super) fn is_still_here(conn: &mut AnyConnection) -> Result<(), StoreError> {
    elsewhere(conn)?.map_or(Ok(()), |elsewhere| Err(elsewhere.into()))
}

impl From<Elsewhere> for StoreError {
    fn from(elsewhere: Elsewhere) -> Self {
        match elsewhere.state {
            State::Filling => Self::Unfinished(elsewhere.other),
            State::Moved => Self::Moved(elsewhere.other),
        }
    }
}
