//! Exports that were ordered: a row for each, for a day, and the folder in which they are made. Nobody but whoever ordered one reaches
//! it. They are no evidence: what they say is on record.

mod folder;

use chrono::Duration;
use diesel::prelude::*;

use super::permit::{Allows, Look, Permit};
use super::schema::aux_exports;
use super::types::Micros;
use super::{Denied, Result, Tx, incidents};
use crate::domain::export::{ExportForm, ExportOrder, ExportStage, ExportStep, ExportTrouble, KEPT};
use crate::domain::id::{Id, Uid};
use crate::domain::incident::Incident;
use crate::domain::locale::Locale;
use crate::domain::moment::Stamp;
use crate::domain::permit::Actor;
use crate::domain::person::Person;
use crate::domain::view::AudienceName;

pub use folder::{ExportFolder, Partial};

/// A row of `aux_exports`.
#[derive(Queryable, Selectable, Insertable)]
#[diesel(table_name = aux_exports)]
struct Row {
    id: Id<ExportOrder>,
    uid: Uid,
    incident_id: Id<Incident>,
    person_id: Id<Person>,
    export_form: ExportForm,
    audience: AudienceName,
    locale: Locale,
    site: String,
    asked_at: Micros,
    held_until: Option<Micros>,
    stage: ExportStage,
    done: i64,
    whole: i64,
    made_at: Option<Micros>,
    size: i64,
    trouble: Option<ExportTrouble>,
    about: String,
}

impl From<Row> for ExportOrder {
    fn from(row: Row) -> Self {
        Self {
            id: row.id,
            uid: row.uid,
            incident: row.incident_id,
            person: row.person_id,
            form: row.export_form,
            audience: row.audience,
            locale: row.locale,
            site: row.site,
            asked_at: row.asked_at.0,
            step: ExportStep { stage: row.stage, done: row.done, whole: row.whole },
            made_at: row.made_at.map(|made_at| made_at.0),
            size: row.size,
            trouble: row.trouble.map(|trouble| (trouble, row.about)),
        }
    }
}

/// What is ordered.
#[derive(Clone, Debug)]
pub struct NewExport {
    /// What is taken out.
    pub form: ExportForm,
    /// For whom.
    pub audience: AudienceName,
    /// In which language.
    pub locale: Locale,
    /// The address under which the person reaches Tellonce, without a slash at its end.
    pub site: String,
}

/// Orders an export for the permit's person. Whoever may look may take out what they see.
///
/// # Errors
/// [`Denied::Forbidden`] where the actor is no person.
pub fn add<D: Allows>(tx: &mut Tx<'_>, permit: &Permit<'_, D, Incident>, new: NewExport) -> Result<ExportOrder> {
    let person_id = permit.actor().person().ok_or(Denied::Forbidden)?;
    let row = Row {
        id: tx.fresh_id()?,
        uid: tx.fresh_uid()?,
        incident_id: permit.id(),
        person_id,
        export_form: new.form,
        audience: new.audience,
        locale: new.locale,
        site: new.site,
        asked_at: Micros(tx.now()),
        held_until: None,
        stage: ExportStage::Waiting,
        done: 0,
        whole: 0,
        made_at: None,
        size: 0,
        trouble: None,
        about: String::new(),
    };
    diesel::insert_into(aux_exports::table).values(&row).execute(tx.conn())?;
    Ok(row.into())
}

/// What the permit's person ordered of the permit's incident, the latest first.
///
/// # Errors
/// [`super::StoreError::Database`].
pub fn own<D: Allows>(tx: &mut Tx<'_>, permit: &Permit<'_, D, Incident>) -> Result<Vec<ExportOrder>> {
    let Some(person) = permit.actor().person() else { return Ok(Vec::new()) };
    let own = aux_exports::table
        .filter(aux_exports::person_id.eq(person))
        .filter(aux_exports::incident_id.eq(permit.id()))
        .filter(aux_exports::asked_at.gt(Micros(oldest(tx.now()))));
    let rows: Vec<Row> = own.order(aux_exports::id.desc()).select(Row::as_select()).load(tx.conn())?;
    Ok(rows.into_iter().map(ExportOrder::from).collect())
}

/// How many exports that person waits for, of whatever incident.
///
/// # Errors
/// [`super::StoreError::Database`].
pub fn waited_for(tx: &mut Tx<'_>, person: Id<Person>) -> Result<i64> {
    let open = aux_exports::table.filter(aux_exports::person_id.eq(person)).filter(aux_exports::stage.ne_all(ExportStage::OVER));
    Ok(open.count().get_result(tx.conn())?)
}

/// Forgets what that person ordered of the permit's incident: something in it is to be nowhere any more.
///
/// # Errors
/// [`super::StoreError::Database`].
pub fn forget_own<D: Allows>(tx: &mut Tx<'_>, permit: &Permit<'_, D, Incident>) -> Result<()> {
    let Some(person) = permit.actor().person() else { return Ok(()) };
    let own = aux_exports::table.filter(aux_exports::person_id.eq(person)).filter(aux_exports::incident_id.eq(permit.id()));
    diesel::delete(own).execute(tx.conn())?;
    Ok(())
}

fn oldest(now: Stamp) -> Stamp {
    now - KEPT
}

/// The key of the export that has waited longest and that nobody has in hand.
///
/// # Errors
/// [`super::StoreError::Database`].
pub fn due(tx: &mut Tx<'_>) -> Result<Option<Id<ExportOrder>>> {
    let free = aux_exports::held_until.is_null().or(aux_exports::held_until.le(Micros(tx.now())));
    let due = aux_exports::table.filter(aux_exports::stage.ne_all(ExportStage::OVER)).filter(free).order(aux_exports::id);
    Ok(due.select(aux_exports::id).first(tx.conn()).optional()?)
}

/// Takes that export in hand for so long, and answers until when; none where somebody else was faster.
///
/// # Errors
/// [`super::StoreError::Database`].
pub fn claim(tx: &mut Tx<'_>, id: Id<ExportOrder>, hold: Duration) -> Result<Option<(ExportOrder, Stamp)>> {
    let (now, until) = (tx.now(), tx.now() + hold);
    let free = aux_exports::held_until.is_null().or(aux_exports::held_until.le(Micros(now)));
    let mine = aux_exports::table.find(id).filter(aux_exports::stage.ne_all(ExportStage::OVER)).filter(free);
    let held = diesel::update(mine).set(aux_exports::held_until.eq(Some(Micros(until)))).execute(tx.conn())?;
    if held == 0 {
        return Ok(None);
    }
    let row: Row = aux_exports::table.find(id).select(Row::as_select()).first(tx.conn())?;
    Ok(Some((row.into(), until)))
}

/// That order while it is held until then: by whoever was told so, and nobody else.
#[diesel::dsl::auto_type(no_type_alias)]
fn held_by(id: Id<ExportOrder>, held: Stamp) -> _ {
    let until: Micros = Micros(held);
    aux_exports::table.filter(aux_exports::id.eq(id)).filter(aux_exports::held_until.eq(until))
}

/// Notes how far it has come, holds it for so long again, and answers until when; none where it is held no more until `held`: then
/// somebody else makes it, or nobody wants it.
///
/// # Errors
/// [`super::StoreError::Database`].
pub fn note(tx: &mut Tx<'_>, id: Id<ExportOrder>, step: ExportStep, (held, hold): (Stamp, Duration)) -> Result<Option<Stamp>> {
    let until = tx.now() + hold;
    let far = (
        aux_exports::stage.eq(step.stage),
        aux_exports::done.eq(step.done),
        aux_exports::whole.eq(step.whole),
        aux_exports::held_until.eq(Some(Micros(until))),
    );
    let noted = diesel::update(held_by(id, held)).set(far).execute(tx.conn())?;
    Ok((noted == 1).then_some(until))
}

/// May `actor` look at the incident of that order?
///
/// # Errors
/// [`Denied`].
pub fn to_look<'tx>(tx: &mut Tx<'tx>, actor: Actor, order: &ExportOrder) -> Result<Permit<'tx, Look, Incident>> {
    incidents::to_look_by_id(tx, actor, order.incident)
}

/// Notes that it is made, as of `as_of`, and how long it is. Answers whether anybody wants it still, and nobody else makes it.
///
/// # Errors
/// [`super::StoreError::Database`].
pub fn ready(tx: &mut Tx<'_>, id: Id<ExportOrder>, held: Stamp, as_of: Stamp, size: i64) -> Result<bool> {
    let made = (
        aux_exports::stage.eq(ExportStage::Ready),
        aux_exports::made_at.eq(Some(Micros(as_of))),
        aux_exports::size.eq(size),
        aux_exports::held_until.eq(None::<Micros>),
    );
    Ok(diesel::update(held_by(id, held)).set(made).execute(tx.conn())? == 1)
}

/// Notes that it cannot be made, why, and which file that is about. Answers as [`ready`] does.
///
/// # Errors
/// [`super::StoreError::Database`].
pub fn failed(tx: &mut Tx<'_>, id: Id<ExportOrder>, held: Stamp, (trouble, about): (ExportTrouble, &str)) -> Result<bool> {
    let failed = (
        aux_exports::stage.eq(ExportStage::Failed),
        aux_exports::trouble.eq(Some(trouble)),
        aux_exports::about.eq(about),
        aux_exports::held_until.eq(None::<Micros>),
    );
    Ok(diesel::update(held_by(id, held)).set(failed).execute(tx.conn())? == 1)
}

/// Forgets that one.
///
/// # Errors
/// [`super::StoreError::Database`].
pub fn forget(tx: &mut Tx<'_>, id: Id<ExportOrder>) -> Result<()> {
    diesel::delete(aux_exports::table.find(id)).execute(tx.conn())?;
    Ok(())
}

/// Whether one is older than a day. Asking writes nothing.
///
/// # Errors
/// [`super::StoreError::Database`].
pub fn any_old(tx: &mut Tx<'_>) -> Result<bool> {
    let old = aux_exports::table.filter(aux_exports::asked_at.le(Micros(oldest(tx.now()))));
    Ok(diesel::select(diesel::dsl::exists(old)).get_result(tx.conn())?)
}

/// Forgets those that are older than a day.
///
/// # Errors
/// [`super::StoreError::Database`].
pub fn sweep(tx: &mut Tx<'_>) -> Result<()> {
    diesel::delete(aux_exports::table.filter(aux_exports::asked_at.le(Micros(oldest(tx.now()))))).execute(tx.conn())?;
    Ok(())
}

/// The uids of all there are: the folder holds no other's file.
///
/// # Errors
/// [`super::StoreError::Database`].
pub fn all(tx: &mut Tx<'_>) -> Result<Vec<Uid>> {
    Ok(aux_exports::table.select(aux_exports::uid).load(tx.conn())?)
}
