//! The rows of an entry's statements.

use diesel::prelude::*;

use super::scoped;
use crate::domain::entry::Entry;
use crate::domain::id::{Id, Uid};
use crate::domain::notice::Change;
use crate::domain::party::{Contact, Provider};
use crate::domain::person::Person;
use crate::domain::statement::{Citation, Speaker, Statement, StatementKind, StatementStanding};
use crate::domain::visibility::Visibility;
use crate::store::dialect::AnyConnection;
use crate::store::rows::{Fit, Parts, Pick, broken, numbered, row, save_parts};
use crate::store::schema::{entries, statement_cites, statements};
use crate::store::types::{Micros, YesNo};
use crate::store::{Result, StoreError, Tx};

row! {
    /// A row of `statements`.
    Row in statements of entry_id {
        id: Id<Statement>,
        uid: Uid,
        entry_id: Id<Entry>,
        position: i64,
        kind: StatementKind,
        side: String,
        provider_id: Option<Id<Provider>>,
        contact_id: Option<Id<Contact>>,
        who: Option<String>,
        person_id: Option<Id<Person>>,
        words: String,
        verbatim: YesNo,
        said_at: Option<Micros>,
        standing: StatementStanding,
        change_id: Option<Id<Change>>,
        visibility: Visibility,
    }
}

row! {
    /// A row of `statement_cites`.
    CiteRow in statement_cites of statement_id {
        statement_id: Id<Statement>,
        position: i64,
        cited_kind: String,
        cited_id: i64,
    }
}

/// The columns of a speaker: side, company, contact, who, person.
type SpeakerColumns = (String, Option<Id<Provider>>, Option<Id<Contact>>, Option<String>, Option<Id<Person>>);

fn speaker_columns(speaker: Speaker) -> SpeakerColumns {
    match speaker {
        Speaker::Theirs { provider, contact, who } => ("theirs".to_owned(), Some(provider), contact, Some(who), None),
        Speaker::Ours { person } => ("ours".to_owned(), None, None, None, person),
    }
}

fn speaker(columns: SpeakerColumns) -> Fit<Speaker> {
    match (columns.0.as_str(), columns.1, columns.2, columns.3, columns.4) {
        ("theirs", Some(provider), contact, Some(who), None) => Ok(Speaker::Theirs { provider, contact, who }),
        ("ours", None, None, None, person) => Ok(Speaker::Ours { person }),
        _ => Err("its speaker is neither of theirs nor of ours"),
    }
}

impl Row {
    fn new(entry_id: Id<Entry>, position: i64, statement: &Statement) -> Self {
        let Statement { id, uid, kind, speaker, words, verbatim, said_at, standing, cites: _, change, visibility } =
            statement.clone();
        let (side, provider_id, contact_id, who, person_id) = speaker_columns(speaker);
        Self {
            id,
            uid,
            entry_id,
            position,
            kind,
            side,
            provider_id,
            contact_id,
            who,
            person_id,
            words,
            verbatim: YesNo(verbatim),
            said_at: said_at.map(Micros),
            standing,
            change_id: change,
            visibility,
        }
    }

    fn with(self, cites: Vec<CiteRow>) -> Result<Statement> {
        let columns = (self.side, self.provider_id, self.contact_id, self.who, self.person_id);
        Ok(Statement {
            id: self.id,
            uid: self.uid,
            kind: self.kind,
            speaker: speaker(columns).map_err(|what| broken("statements", self.id.raw(), what))?,
            words: self.words,
            verbatim: self.verbatim.0,
            said_at: self.said_at.map(|at| at.0),
            standing: self.standing,
            cites: cites.into_iter().map(Citation::try_from).collect::<Result<_>>()?,
            change: self.change_id,
            visibility: self.visibility,
        })
    }
}

impl CiteRow {
    fn new(statement_id: Id<Statement>, position: i64, citation: Citation) -> Self {
        let (cited_kind, cited_id) = match citation {
            Citation::Clause(id) => ("clause", id.raw()),
            Citation::Agreement(id) => ("agreement", id.raw()),
        };
        Self { statement_id, position, cited_kind: cited_kind.to_owned(), cited_id }
    }
}

impl TryFrom<CiteRow> for Citation {
    type Error = StoreError;

    fn try_from(row: CiteRow) -> Result<Self> {
        let CiteRow { statement_id, position: _, cited_kind, cited_id } = row;
        match cited_kind.as_str() {
            "clause" => Ok(Self::Clause(Id::new(cited_id))),
            "agreement" => Ok(Self::Agreement(Id::new(cited_id))),
            _ => Err(broken("statement_cites", statement_id.raw(), "it cites neither clause nor agreement")),
        }
    }
}

/// Writes an entry's statements in the place of those that were there. Promises and others may go on pointing to one that is
/// written again: keys are checked when the transaction ends.
pub(super) fn save(tx: &mut Tx<'_>, entry: Id<Entry>, all: &[Statement]) -> Result<()> {
    let theirs = statements::table.filter(statements::entry_id.eq(entry)).select(statements::id);
    diesel::delete(statement_cites::table.filter(statement_cites::statement_id.eq_any(theirs))).execute(tx.conn())?;
    let rows = numbered(all).map(|(position, statement)| Row::new(entry, position, statement));
    save_parts!(tx, rows => statements.entry_id = entry);
    for statement in all {
        let cites = numbered(&statement.cites).map(|(position, citation)| CiteRow::new(statement.id, position, *citation));
        save_parts!(tx, cites => statement_cites.statement_id = statement.id);
    }
    Ok(())
}

/// Statements, by their entries.
pub(super) struct Statements {
    statements: Parts<Row>,
    cites: Parts<CiteRow>,
}

impl Statements {
    /// Loads the statements of many entries, in two queries.
    pub(super) fn load(conn: &mut AnyConnection, pick: Pick<'_>) -> Result<Self> {
        let rows = scoped!(statements::table.inner_join(entries::table).select(Row::as_select()), pick);
        let cites = statement_cites::table.inner_join(statements::table.inner_join(entries::table)).select(CiteRow::as_select());
        let cites = scoped!(cites, pick);
        Ok(Self {
            statements: Parts::new(rows.order((statements::entry_id, statements::position)).load(conn)?)?,
            cites: Parts::new(cites.order((statement_cites::statement_id, statement_cites::position)).load(conn)?)?,
        })
    }

    /// The statements of one entry, in order.
    pub(super) fn take(&mut self, entry: Id<Entry>) -> Result<Vec<Statement>> {
        let rows = self.statements.take(entry.raw());
        rows.into_iter()
            .map(|row| {
                let cites = self.cites.take(row.id.raw());
                row.with(cites)
            })
            .collect()
    }
}
