//! Mails that were sent in as files and wait, a day at most, until whoever sent them has looked them over: a row for each. Nobody
//! else reaches them. Their bytes stand among the files.

use chrono::Duration;
use diesel::prelude::*;

use super::files::Files;
use super::permit::{Allows, Permit, Writes};
use super::schema::aux_mail_files;
use super::types::Micros;
use super::{Denied, Result, Tx, attachments, dialect};
use crate::domain::id::{Id, Uid};
use crate::domain::incident::Incident;
use crate::domain::moment::Stamp;
use crate::domain::person::Person;

/// How long one waits.
const WAITS: Duration = Duration::hours(24);

/// A mail that waits.
#[derive(Clone, Debug, Queryable, Selectable, Insertable)]
#[diesel(table_name = aux_mail_files)]
pub struct MailFile {
    id: Id<MailFile>,
    /// In URLs.
    pub uid: Uid,
    incident_id: Id<Incident>,
    person_id: Id<Person>,
    /// The file's name, made safe.
    pub name: String,
    /// What its bytes hash to.
    pub sha256: String,
    at: Micros,
}

/// Notes that a mail waits for the permit's person. Its bytes must be kept after this and before the transaction ends, so that
/// whoever takes the same bytes away meanwhile is done with it.
///
/// # Errors
/// [`Denied::Forbidden`] where the actor is no person.
pub fn add<D: Writes>(tx: &mut Tx<'_>, permit: &Permit<'_, D, Incident>, name: String, sha256: String) -> Result<MailFile> {
    let person_id = permit.actor().person().ok_or(Denied::Forbidden)?;
    let file = MailFile {
        id: tx.fresh_id()?,
        uid: tx.fresh_uid()?,
        incident_id: permit.id(),
        person_id,
        name,
        sha256,
        at: Micros(tx.now()),
    };
    diesel::insert_into(aux_mail_files::table).values(&file).execute(tx.conn())?;
    Ok(file)
}

/// The mail of that uid, if it waits for the permit's person and is about the permit's incident.
///
/// # Errors
/// [`super::StoreError::Database`].
pub fn find<D: Allows>(tx: &mut Tx<'_>, permit: &Permit<'_, D, Incident>, uid: Uid) -> Result<Option<MailFile>> {
    let Some(person) = permit.actor().person() else { return Ok(None) };
    let own = aux_mail_files::table
        .filter(aux_mail_files::uid.eq(uid))
        .filter(aux_mail_files::incident_id.eq(permit.id()))
        .filter(aux_mail_files::person_id.eq(person))
        .filter(aux_mail_files::at.gt(Micros(oldest(tx.now()))));
    Ok(own.select(MailFile::as_select()).first(tx.conn()).optional()?)
}

fn oldest(now: Stamp) -> Stamp {
    now - WAITS
}

/// Takes the row of a mail away; its bytes stay for the record that names them.
///
/// # Errors
/// [`super::StoreError::Database`].
pub fn done<D: Writes>(tx: &mut Tx<'_>, _permit: &Permit<'_, D, Incident>, file: &MailFile) -> Result<()> {
    super::one_row(diesel::delete(aux_mail_files::table.find(file.id)).execute(tx.conn())?)
}

/// Whether any has waited for a day. Asking writes nothing.
///
/// # Errors
/// [`super::StoreError::Database`].
pub fn any_old(tx: &mut Tx<'_>) -> Result<bool> {
    let old = aux_mail_files::table.filter(aux_mail_files::at.le(Micros(oldest(tx.now()))));
    Ok(diesel::select(diesel::dsl::exists(old)).get_result(tx.conn())?)
}

/// Lets those go that have waited for a day, with their bytes where no record names them.
///
/// # Errors
/// [`super::StoreError::Files`] where the disk refuses.
pub fn sweep(tx: &mut Tx<'_>, files: &Files) -> Result<()> {
    let before = Micros(oldest(tx.now()));
    let old = aux_mail_files::table.filter(aux_mail_files::at.le(before));
    let sha256s: Vec<String> = old.select(aux_mail_files::sha256).distinct().load(tx.conn())?;
    if sha256s.is_empty() {
        return Ok(());
    }
    // Both in the order in which whoever puts a mail on record takes them.
    dialect::write_alone(tx.conn(), "attachments")?;
    dialect::write_alone(tx.conn(), "aux_mail_files")?;
    diesel::delete(aux_mail_files::table.filter(aux_mail_files::at.le(before))).execute(tx.conn())?;
    attachments::forget(tx, files, &sha256s)
}

/// The bytes of all mail files, by their SHA-256.
pub(super) fn hashes(tx: &mut Tx<'_>) -> Result<Vec<String>> {
    Ok(aux_mail_files::table.select(aux_mail_files::sha256).load(tx.conn())?)
}

/// Those of the bytes that a waiting mail names.
pub(super) fn named(tx: &mut Tx<'_>, sha256s: &[String]) -> Result<Vec<String>> {
    let named = aux_mail_files::table.filter(aux_mail_files::sha256.eq_any(sha256s));
    Ok(named.select(aux_mail_files::sha256).load(tx.conn())?)
}
