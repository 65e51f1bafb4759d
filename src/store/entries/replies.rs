//! A reply's rows.

use std::collections::HashMap;

use diesel::prelude::*;

use super::scoped;
use crate::domain::entry::Entry;
use crate::domain::id::Id;
use crate::domain::person::Person;
use crate::domain::reply::{Act, ActAbout, ActKind, Noted, Reply};
use crate::domain::share::{Opening, Share};
use crate::domain::statement::Statement;
use crate::store::dialect::AnyConnection;
use crate::store::rows::{Parts, Pick, broken, numbered, row, save_parts};
use crate::store::schema::{entries, replies, reply_acts};
use crate::store::types::{Micros, YesNo};
use crate::store::{Result, StoreError, Tx};

/// A row of `replies`: there is one for an entry, or none.
#[derive(Queryable, Selectable, Insertable)]
#[diesel(table_name = replies, treat_none_as_default_value = false)]
struct ReplyRow {
    entry_id: Id<Entry>,
    share_id: Id<Share>,
    opening_id: Id<Opening>,
    name: String,
    department: String,
    formal: YesNo,
    takes_over: YesNo,
    phone: String,
    noted_at: Option<Micros>,
    noted_by: Option<Id<Person>>,
}

row! {
    /// A row of `reply_acts`.
    ActRow in reply_acts of entry_id {
        entry_id: Id<Entry>,
        position: i64,
        kind: ActKind,
        about_kind: Option<String>,
        about_id: Option<i64>,
        statement_id: Option<Id<Statement>>,
    }
}

const STATEMENT: &str = "statement";
const ASK: &str = "ask";
const AGREEMENT: &str = "agreement";

impl ReplyRow {
    fn new(entry_id: Id<Entry>, reply: &Reply) -> Self {
        let Reply { share, opening, name, department, formal, takes_over, phone, acts: _, noted } = reply.clone();
        let (noted_at, noted_by) = noted.map_or((None, None), |noted| (Some(Micros(noted.at)), noted.by));
        Self {
            entry_id,
            share_id: share,
            opening_id: opening,
            name,
            department,
            formal: YesNo(formal),
            takes_over: YesNo(takes_over),
            phone,
            noted_at,
            noted_by,
        }
    }
}

impl ActRow {
    fn new(entry_id: Id<Entry>, position: i64, act: Act) -> Self {
        let Act { kind, about, statement } = act;
        let (about_kind, about_id) = match about {
            Some(ActAbout::Statement(id)) => (Some(STATEMENT), Some(id.raw())),
            Some(ActAbout::Ask(id)) => (Some(ASK), Some(id.raw())),
            Some(ActAbout::Agreement(id)) => (Some(AGREEMENT), Some(id.raw())),
            None => (None, None),
        };
        Self { entry_id, position, kind, about_kind: about_kind.map(str::to_owned), about_id, statement_id: statement }
    }
}

impl TryFrom<ActRow> for Act {
    type Error = StoreError;

    fn try_from(row: ActRow) -> Result<Self> {
        let about = match (row.about_kind.as_deref(), row.about_id) {
            (None, None) => None,
            (Some(STATEMENT), Some(id)) => Some(ActAbout::Statement(Id::new(id))),
            (Some(ASK), Some(id)) => Some(ActAbout::Ask(Id::new(id))),
            (Some(AGREEMENT), Some(id)) => Some(ActAbout::Agreement(Id::new(id))),
            _ => return Err(broken("reply_acts", row.entry_id.raw(), "it is about nothing we know")),
        };
        Ok(Self { kind: row.kind, about, statement: row.statement_id })
    }
}

/// Writes an entry's reply, if it has one, in the place of what was there.
pub(super) fn save(tx: &mut Tx<'_>, entry_id: Id<Entry>, reply: Option<&Reply>) -> Result<()> {
    let acts = reply.map_or(&[][..], |reply| &reply.acts);
    let acts = numbered(acts).map(|(position, act)| ActRow::new(entry_id, position, *act));
    save_parts!(tx, acts => reply_acts.entry_id = entry_id);
    let reply = reply.into_iter().map(|reply| ReplyRow::new(entry_id, reply));
    save_parts!(tx, reply => replies.entry_id = entry_id);
    Ok(())
}

/// Replies, by their entries.
pub(super) struct Replies {
    replies: HashMap<Id<Entry>, ReplyRow>,
    acts: Parts<ActRow>,
}

impl Replies {
    /// Loads the replies of many entries, in two queries.
    pub(super) fn load(conn: &mut AnyConnection, pick: Pick<'_>) -> Result<Self> {
        let rows: Vec<ReplyRow> =
            scoped!(replies::table.inner_join(entries::table).select(ReplyRow::as_select()), pick).load(conn)?;
        let acts = scoped!(reply_acts::table.inner_join(entries::table).select(ActRow::as_select()), pick);
        Ok(Self {
            replies: rows.into_iter().map(|row| (row.entry_id, row)).collect(),
            acts: Parts::new(acts.order((reply_acts::entry_id, reply_acts::position)).load(conn)?)?,
        })
    }

    /// The reply of one entry, if it is one.
    pub(super) fn take(&mut self, entry: Id<Entry>) -> Result<Option<Reply>> {
        let Some(row) = self.replies.remove(&entry) else { return Ok(None) };
        let noted = match (row.noted_at, row.noted_by) {
            (Some(at), by) => Some(Noted { at: at.0, by }),
            (None, None) => None,
            (None, Some(_)) => return Err(broken("replies", entry.raw(), "somebody looked at it at no time")),
        };
        Ok(Some(Reply {
            share: row.share_id,
            opening: row.opening_id,
            name: row.name,
            department: row.department,
            formal: row.formal.0,
            takes_over: row.takes_over.0,
            phone: row.phone,
            acts: self.acts.take(entry.raw()).into_iter().map(Act::try_from).collect::<Result<_>>()?,
            noted,
        }))
    }
}
