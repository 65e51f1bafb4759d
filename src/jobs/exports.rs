//! Making the exports that people ordered, one after the other: read in one transaction, made outside of any, and told of meanwhile.
//! What is made is what its person may see when it is made.

use std::cell::Cell;
use std::fs::File;
use std::io::Write;
use std::sync::Arc;
use std::time::{Duration, Instant};

use crate::actions::exports::{HOLD, take};
use crate::app::App;
use crate::domain::dossier::Dossier;
use crate::domain::export::{ExportForm, ExportOrder, ExportStage, ExportStep};
use crate::domain::moment::Stamp;
use crate::domain::paper::PaperForm;
use crate::domain::view::{Audience, Make, View};
use crate::error::AppError;
use crate::render::export::{Export, ExportError, archive};
use crate::render::words::Words;
use crate::store::{Denied, StoreError, Tx, dossier, exports, people};

/// How often it is noted how far an export has come: each time is a write.
const NOTE_EVERY: Duration = Duration::from_millis(700);

/// Makes all that wait.
///
/// # Errors
/// [`AppError`]; what was in hand is taken again once its hold has passed.
pub fn work_off(app: &App) -> Result<(), AppError> {
    while !app.stopping.is_told() && app.store.read(app.now(), exports::due)?.is_some() {
        let Some((order, held)) = app.store.write(app.now(), take)? else { return Ok(()) };
        make(app, &order, held)?;
    }
    Ok(())
}

/// Lets those go that are older than a day, and the files of all that nobody can fetch any more.
///
/// # Errors
/// [`AppError`].
pub fn sweep(app: &App) -> Result<(), AppError> {
    if app.store.read(app.now(), exports::any_old)? {
        app.store.write(app.now(), exports::sweep)?;
    }
    let fault = |error: std::io::Error| AppError::Fault(error.to_string());
    let folder = app.exports();
    // First the files, then the orders: an order is there before its file.
    let there = folder.there().map_err(fault)?;
    let ordered = app.store.read(app.now(), exports::all)?;
    there.into_iter().filter(|uid| !ordered.contains(uid)).try_for_each(|uid| folder.forget(uid)).map_err(fault)
}

/// What the order's person may see now; none where they may not know of the incident any more.
fn read(tx: &mut Tx<'_>, order: &ExportOrder) -> Result<Option<Arc<Dossier>>, StoreError> {
    let Some(person) = people::by_id(tx, order.person)?.filter(|person| person.disabled_at.is_none()) else { return Ok(None) };
    match exports::to_look(tx, person.actor(), order) {
        Err(StoreError::Denied(Denied::NotFound | Denied::Forbidden)) => Ok(None),
        permit => Ok(Some(dossier::kept(tx, &permit?)?)),
    }
}

/// Makes one that is held until then.
fn make(app: &App, order: &ExportOrder, held: Stamp) -> Result<(), AppError> {
    let now = app.now();
    let Some(dossier) = app.store.read(now, |tx| read(tx, order))? else {
        return Ok(app.store.write(now, |tx| exports::forget(tx, order.id))?);
    };
    let folder = app.exports();
    let held = Cell::new(held);
    let made = folder.begin(order.uid).map_err(ExportError::from).and_then(|(partial, file)| {
        let making = Making { app, order, held: &held, dossier: &dossier, now, file };
        let file = dossier.made_for(order.audience, Some(order.person), now, making)?;
        Ok(folder.finish(order.uid, &partial, &file)?)
    });
    match made {
        Ok(size) => {
            let size = i64::try_from(size).unwrap_or(i64::MAX);
            if !app.store.write(app.now(), |tx| exports::ready(tx, order.id, held.get(), now, size))? {
                sweep(app)?;
            }
        }
        Err(error) => {
            let (trouble, about) = error.trouble();
            tracing::warn!(export = %order.uid, %error, "an export cannot be made");
            // Whoever makes it instead may have begun already.
            let is_ours = app.store.write(app.now(), |tx| exports::failed(tx, order.id, held.get(), (trouble, about)))?;
            if is_ours && let Err(error) = folder.forget(order.uid) {
                tracing::warn!(export = %order.uid, %error, "what was made of it cannot be taken away");
            }
        }
    }
    Ok(())
}

/// An export being made.
struct Making<'a> {
    app: &'a App,
    order: &'a ExportOrder,
    /// Until when it is ours to make.
    held: &'a Cell<Stamp>,
    dossier: &'a Dossier,
    now: Stamp,
    file: File,
}

impl Making<'_> {
    /// Tells whoever waits. That they cannot be told is no reason to stop.
    fn note(&self, step: ExportStep) {
        let (id, now, held) = (self.order.id, self.app.now(), self.held.get());
        match self.app.store.write(now, |tx| exports::note(tx, id, step, (held, HOLD))) {
            Ok(until) => self.held.set(until.unwrap_or(held)),
            Err(error) => tracing::warn!(export = %self.order.uid, %error, "it cannot be noted how far an export has come"),
        }
    }
}

impl Make for Making<'_> {
    type Made = Result<File, ExportError>;

    fn of<A: Audience>(self, view: &View<A>) -> Self::Made {
        let (words, zone) = (Words::new(self.order.locale), self.dossier.house.zone);
        let mut out = self.file.try_clone()?;
        let mut told: Option<(Instant, ExportStage)> = None;
        let mut tell = |step: ExportStep| {
            if told.is_none_or(|(at, stage)| stage != step.stage || at.elapsed() >= NOTE_EVERY) {
                told = Some((Instant::now(), step.stage));
                self.note(step);
            }
        };
        let export = Export { view, words, zone, at: self.now };
        match self.order.form {
            ExportForm::Archive => {
                let files = self.app.files();
                out = archive::write(&export, out, &|sha256| files.open(sha256), &mut tell)?;
            }
            ExportForm::Report => {
                tell(ExportStep { stage: ExportStage::Paper, ..ExportStep::WAITING });
                let page = format!("{}/incidents/{}", self.order.site, self.dossier.incident.number);
                out.write_all(&export.paper(PaperForm::Report, Some(&page))?)?;
            }
        }
        Ok(out)
    }
}
