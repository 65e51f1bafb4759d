//! The records of files. Their bytes are kept by their hash, elsewhere.
//!
//! A file belongs to an entry, and is written under the incident's permit, or to a clause or an agreement, and is written under
//! the contract's.

use std::collections::HashMap;
use std::io::ErrorKind;

use diesel::prelude::*;

use super::dialect::{self, AnyConnection};
use super::evidence::Evidence;
use super::files::{FileError, Files};
use super::ledger::{self, Action};
use super::permit::{Allows, Permit, Writes};
use super::rows::{Fit, broken, row, struck, struck_columns};
use super::schema::{agreements, attachments, clauses, entries as entry_rows};
use super::types::{Micros, YesNo};
use super::verify::Checks;
use super::{Denied, Result, StoreError, Tx, entries, house};
use crate::domain::contract::Contract;
use crate::domain::entry::Entry;
use crate::domain::id::{Id, Uid};
use crate::domain::incident::Incident;
use crate::domain::ledger::{Chain, Difference, ObjectKind, Place, What};
use crate::domain::party::{Attachment, Owner};
use crate::domain::permit::Actor;
use crate::domain::person::Person;
use crate::domain::visibility::Visibility;

row! {
    /// A row of `attachments`.
    Row in attachments {
        id: Id<Attachment>,
        uid: Uid,
        revision: i64,
        owner_kind: String,
        owner_id: i64,
        name: String,
        media_type: String,
        size: i64,
        sha256: String,
        visibility: Visibility,
        added_at: Micros,
        added_by: Option<Id<Person>>,
        struck_at: Option<Micros>,
        struck_reason: Option<String>,
        held: YesNo,
    }
}

fn owner(kind: &str, id: i64) -> Fit<Owner> {
    match kind {
        ENTRY => Ok(Owner::Entry(Id::new(id))),
        CLAUSE => Ok(Owner::Clause(Id::new(id))),
        AGREEMENT => Ok(Owner::Agreement(Id::new(id))),
        _ => Err("it belongs to nothing we know"),
    }
}

fn owner_columns(owner: Owner) -> (&'static str, i64) {
    match owner {
        Owner::Entry(id) => (ENTRY, id.raw()),
        Owner::Clause(id) => (CLAUSE, id.raw()),
        Owner::Agreement(id) => (AGREEMENT, id.raw()),
    }
}

const ENTRY: &str = "entry";
const CLAUSE: &str = "clause";
const AGREEMENT: &str = "agreement";

impl TryFrom<Row> for Attachment {
    type Error = StoreError;

    fn try_from(row: Row) -> Result<Self> {
        let misfit = |what| broken("attachments", row.id.raw(), what);
        Ok(Self {
            id: row.id,
            uid: row.uid,
            revision: row.revision,
            owner: owner(&row.owner_kind, row.owner_id).map_err(misfit)?,
            name: row.name,
            media_type: row.media_type,
            size: row.size,
            sha256: row.sha256,
            visibility: row.visibility,
            added_at: row.added_at.0,
            added_by: row.added_by,
            struck: struck(row.struck_at, row.struck_reason).map_err(misfit)?,
            held: row.held.0,
        })
    }
}

impl From<&Attachment> for Row {
    fn from(file: &Attachment) -> Self {
        let Attachment { id, uid, revision, owner, name, media_type, size, sha256, visibility, added_at, added_by, struck, held } =
            file.clone();
        let (owner_kind, owner_id) = owner_columns(owner);
        let (struck_at, struck_reason) = struck_columns(struck.as_ref());
        Self {
            id,
            uid,
            revision,
            owner_kind: owner_kind.to_owned(),
            owner_id,
            name,
            media_type,
            size,
            sha256,
            visibility,
            added_at: Micros(added_at),
            added_by,
            struck_at,
            struck_reason,
            held: YesNo(held),
        }
    }
}

/// Something whose permit is good for the files of what belongs to it.
pub trait Keeps: Sized {
    /// In which of these a file's owner stands; none where it is the owner of no such thing, or is not there.
    ///
    /// # Errors
    /// [`StoreError::Database`].
    fn of(conn: &mut AnyConnection, owner: Owner) -> Result<Option<Id<Self>>>;
}

impl Keeps for Incident {
    fn of(conn: &mut AnyConnection, owner: Owner) -> Result<Option<Id<Self>>> {
        let Owner::Entry(id) = owner else { return Ok(None) };
        Ok(entry_rows::table.find(id).select(entry_rows::incident_id).first(conn).optional()?)
    }
}

impl Keeps for Contract {
    fn of(conn: &mut AnyConnection, owner: Owner) -> Result<Option<Id<Self>>> {
        match owner {
            Owner::Entry(_) => Ok(None),
            Owner::Clause(id) => Ok(clauses::table.find(id).select(clauses::contract_id).first(conn).optional()?),
            Owner::Agreement(id) => Ok(agreements::table.find(id).select(agreements::contract_id).first(conn).optional()?),
        }
    }
}

fn belongs<D, T: Keeps>(tx: &mut Tx<'_>, permit: &Permit<'_, D, T>, file: &Attachment) -> Result<()> {
    if T::of(tx.conn(), file.owner)? == Some(permit.id()) { Ok(()) } else { Err(Denied::Forbidden.into()) }
}

/// Adds the record of a file of an entry of the permit's incident, or of a clause or an agreement of the permit's contract.
///
/// # Errors
/// [`Denied::Forbidden`] where it belongs to something else.
pub fn add<D: Writes, T: Keeps>(tx: &mut Tx<'_>, permit: &Permit<'_, D, T>, action: Action, file: &Attachment) -> Result<()> {
    belongs(tx, permit, file)?;
    diesel::insert_into(attachments::table).values(&Row::from(file)).execute(tx.conn())?;
    ledger::append(tx, permit, action, file)
}

/// The record of the file called `uid` of the permit's incident or contract.
///
/// # Errors
/// [`Denied::NotFound`], also where it belongs to something else or is somebody else's private one.
pub fn get<D: Allows, T: Keeps>(tx: &mut Tx<'_>, permit: &Permit<'_, D, T>, uid: Uid) -> Result<Attachment> {
    let file = named(tx, uid)?;
    if is_known_to(permit.actor(), &file) && T::of(tx.conn(), file.owner)? == Some(permit.id()) {
        Ok(file)
    } else {
        Err(Denied::NotFound.into())
    }
}

/// Changes the record of a file, not its bytes; the revision follows the one before.
///
/// # Errors
/// [`StoreError::Stale`] where it does not; [`Denied::Forbidden`] where it belongs to something else.
pub fn change<D: Writes, T: Keeps>(tx: &mut Tx<'_>, permit: &Permit<'_, D, T>, action: Action, file: &Attachment) -> Result<()> {
    belongs(tx, permit, file)?;
    let (owner_kind, owner_id) = owner_columns(file.owner);
    let before = attachments::table
        .find(file.id)
        .filter(attachments::owner_kind.eq(owner_kind))
        .filter(attachments::owner_id.eq(owner_id))
        .filter(attachments::revision.eq(file.revision - 1));
    super::one_row(diesel::update(before).set(&Row::from(file)).execute(tx.conn())?)?;
    ledger::append(tx, permit, action, file)
}

/// The record of the file called `uid`, wherever it belongs, if `actor` may see it.
///
/// # Errors
/// [`Denied::NotFound`], also where it stands in an incident that is restricted to others or is somebody else's private one;
/// [`Denied::Forbidden`].
pub fn find(tx: &mut Tx<'_>, actor: Actor, uid: Uid) -> Result<Attachment> {
    let file = named(tx, uid)?;
    if !is_known_to(actor, &file) {
        return Err(Denied::NotFound.into());
    }
    match file.owner {
        Owner::Entry(entry) => entries::to_look(tx, actor, entry).map(drop)?,
        Owner::Clause(_) | Owner::Agreement(_) => house::to_look(tx, actor).map(drop)?,
    }
    Ok(file)
}

fn named(tx: &mut Tx<'_>, uid: Uid) -> Result<Attachment> {
    let row: Option<Row> =
        attachments::table.filter(attachments::uid.eq(uid)).select(Row::as_select()).first(tx.conn()).optional()?;
    row.ok_or(Denied::NotFound)?.try_into()
}

/// Whether `actor` may know of a file: a private one is there for nobody but who added it.
fn is_known_to(actor: Actor, file: &Attachment) -> bool {
    file.visibility != Visibility::Private || file.added_by == actor.person()
}

/// The files of all entries of the permit's incident, in the order in which they were added.
///
/// # Errors
/// [`StoreError::Broken`] where one is not as we write it.
pub fn of_incident<D: Allows>(tx: &mut Tx<'_>, permit: &Permit<'_, D, Incident>) -> Result<Vec<Attachment>> {
    let theirs = entry_rows::table.filter(entry_rows::incident_id.eq(permit.id())).select(entry_rows::id);
    let files = attachments::table.filter(attachments::owner_kind.eq(ENTRY)).filter(attachments::owner_id.eq_any(theirs));
    let rows: Vec<Row> = files.order(attachments::id).select(Row::as_select()).load(tx.conn())?;
    rows.into_iter().map(Attachment::try_from).collect()
}

/// Those files of the clauses and agreements of the permit's contract that stand, and of which whoever asks may know.
///
/// # Errors
/// [`StoreError::Broken`] where one is not as we write it.
pub fn seen_beside<D: Allows>(tx: &mut Tx<'_>, permit: &Permit<'_, D, Contract>) -> Result<Vec<Attachment>> {
    let mut files = of_contract(tx.conn(), permit.id())?;
    files.retain(|file| file.struck.is_none() && is_known_to(permit.actor(), file));
    Ok(files)
}

/// The files of a contract's clauses, then those of its agreements, each in the order in which they were added.
pub(super) fn of_contract(conn: &mut AnyConnection, contract: Id<Contract>) -> Result<Vec<Attachment>> {
    let in_print = clauses::table.filter(clauses::contract_id.eq(contract)).select(clauses::id);
    let files = attachments::table.filter(attachments::owner_kind.eq(CLAUSE)).filter(attachments::owner_id.eq_any(in_print));
    let mut rows: Vec<Row> = files.order(attachments::id).select(Row::as_select()).load(conn)?;
    let beside_it = agreements::table.filter(agreements::contract_id.eq(contract)).select(agreements::id);
    let files = attachments::table.filter(attachments::owner_kind.eq(AGREEMENT)).filter(attachments::owner_id.eq_any(beside_it));
    rows.extend(files.order(attachments::id).select(Row::as_select()).load::<Row>(conn)?);
    rows.into_iter().map(Attachment::try_from).collect()
}

/// The files of one entry.
pub(super) fn of_entry(conn: &mut AnyConnection, entry: Id<Entry>) -> Result<Vec<Attachment>> {
    let rows: Vec<Row> = attachments::table
        .filter(attachments::owner_kind.eq(ENTRY))
        .filter(attachments::owner_id.eq(entry.raw()))
        .order(attachments::id)
        .select(Row::as_select())
        .load(conn)?;
    rows.into_iter().map(Attachment::try_from).collect()
}

/// Takes the rows of these files away.
pub(super) fn erase(conn: &mut AnyConnection, files: &[Attachment]) -> Result<()> {
    let keys: Vec<_> = files.iter().map(|file| file.id).collect();
    diesel::delete(attachments::table.filter(attachments::id.eq_any(keys))).execute(conn)?;
    Ok(())
}

/// Takes away those of the bytes `sha256s` that no record names any more. Nobody else adds a record meanwhile.
///
/// # Errors
/// [`StoreError::Files`] where the disk refuses.
pub fn forget(tx: &mut Tx<'_>, files: &Files, sha256s: &[String]) -> Result<()> {
    dialect::write_alone(tx.conn(), "attachments")?;
    dialect::write_alone(tx.conn(), "aux_mail_files")?;
    dialect::write_alone(tx.conn(), "papers")?;
    let mut named: Vec<String> =
        attachments::table.filter(attachments::sha256.eq_any(sha256s)).select(attachments::sha256).load(tx.conn())?;
    named.extend(super::mail_files::named(tx, sha256s)?);
    named.extend(super::papers::naming(tx, sha256s)?);
    for sha256 in sha256s.iter().filter(|sha256| !named.contains(sha256)) {
        files.forget(sha256)?;
    }
    Ok(())
}

/// The files that any record names, each once, by their SHA-256.
pub(super) fn named_anywhere(tx: &mut Tx<'_>) -> Result<Vec<String>> {
    let mut named: Vec<String> = attachments::table.select(attachments::sha256).load(tx.conn())?;
    named.extend(super::papers::hashes(tx)?.into_iter().map(|(_, sha256)| sha256));
    named.extend(super::mail_files::hashes(tx)?);
    named.sort_unstable();
    named.dedup();
    Ok(named)
}

/// The first file or final whose bytes are gone, or are not those that were kept.
///
/// # Errors
/// [`StoreError`] where the database does not answer; [`StoreError::Files`] where a file is there and the disk does not give it.
pub(super) fn first_altered(tx: &mut Tx<'_>, check: Checks<'_>) -> Result<Option<Difference>> {
    let all: Vec<(Id<Attachment>, String)> =
        attachments::table.order(attachments::id).select((attachments::id, attachments::sha256)).load(tx.conn())?;
    let all = all.into_iter().map(|(id, sha256)| (ObjectKind::Attachment, id.raw(), sha256));
    let finals = super::papers::hashes(tx)?.into_iter().map(|(id, sha256)| (ObjectKind::Paper, id.raw(), sha256));
    for (kind, id, sha256) in all.chain(finals) {
        let what = match check(&sha256) {
            Ok(()) => continue,
            Err(FileError::Altered { .. } | FileError::BadName(_)) => What::FileAltered,
            Err(FileError::Disk { source, .. }) if source.kind() == ErrorKind::NotFound => What::FileMissing,
            Err(unreadable) => return Err(unreadable.into()),
        };
        return Ok(Some(Difference { place: Place::Thing { kind, id }, what }));
    }
    Ok(None)
}

impl Evidence for Attachment {
    const TABLES: &'static [&'static str] = &["attachments"];

    fn load(conn: &mut AnyConnection, keys: &[i64]) -> Result<Vec<(Chain, Self)>> {
        let rows: Vec<Row> = attachments::table.filter(attachments::id.eq_any(keys)).select(Row::as_select()).load(conn)?;
        let files = rows.into_iter().map(Attachment::try_from).collect::<Result<Vec<_>>>()?;
        let chains = chains(conn, &files)?;
        let chained = files.into_iter().map(|file| {
            let chain = chains.get(&owner_columns(file.owner)).copied();
            Ok((chain.ok_or_else(|| broken("attachments", file.id.raw(), "what it belongs to is not there"))?, file))
        });
        chained.collect()
    }
}

/// The chains in which the owners of these files are ledgered.
fn chains(conn: &mut AnyConnection, files: &[Attachment]) -> Result<HashMap<(&'static str, i64), Chain>> {
    let keys: Vec<i64> = files.iter().map(|file| owner_columns(file.owner).1).collect();
    let of_entries: Vec<(i64, Id<Incident>)> =
        entry_rows::table.filter(entry_rows::id.eq_any(&keys)).select((entry_rows::id, entry_rows::incident_id)).load(conn)?;
    let of_clauses: Vec<(i64, Id<Contract>)> =
        clauses::table.filter(clauses::id.eq_any(&keys)).select((clauses::id, clauses::contract_id)).load(conn)?;
    let of_agreements: Vec<(i64, Id<Contract>)> =
        agreements::table.filter(agreements::id.eq_any(&keys)).select((agreements::id, agreements::contract_id)).load(conn)?;
    let of_entries = of_entries.into_iter().map(|(id, incident)| ((ENTRY, id), Chain::Incident(incident)));
    let of_clauses = of_clauses.into_iter().map(|(id, contract)| ((CLAUSE, id), Chain::Contract(contract)));
    let of_agreements = of_agreements.into_iter().map(|(id, contract)| ((AGREEMENT, id), Chain::Contract(contract)));
    Ok(of_entries.chain(of_clauses).chain(of_agreements).collect())
}
