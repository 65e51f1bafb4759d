//! Statements are written with their entry; here one is found by its own name.

use diesel::prelude::*;

use super::permit::{Allows, Permit};
use super::schema::statements;
use super::{Denied, Result, Tx, entries};
use crate::domain::entry::Entry;
use crate::domain::id::{Id, Uid};
use crate::domain::incident::Incident;
use crate::domain::statement::Statement;

/// The statement called `uid`: the entry it stands in, and its key there.
///
/// # Errors
/// [`Denied::NotFound`], also where its entry is another incident's, or somebody else's private one.
pub fn locate<D: Allows>(tx: &mut Tx<'_>, permit: &Permit<'_, D, Incident>, uid: Uid) -> Result<(Entry, Id<Statement>)> {
    let found: Option<(Id<Entry>, Id<Statement>)> = statements::table
        .filter(statements::uid.eq(uid))
        .select((statements::entry_id, statements::id))
        .first(tx.conn())
        .optional()?;
    let (entry, statement) = found.ok_or(Denied::NotFound)?;
    Ok((entries::by_id(tx, permit, entry)?, statement))
}
