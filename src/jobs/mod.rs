//! What goes out on its own, what time brings, and what takes long: mail from the outbox; what webhooks are told; verdicts computed again,
//! and reminders; exports; backups; seals. A thread each, which takes one thing at a time; several processes on one database share the work, since each
//! takes by a conditional update.
//!
//! A thing that fails stays queued with the reason and the time of the next try, where people see it. A process that dies with
//! something in hand leaves it to be taken again once its hold has passed.

pub mod backups;
pub mod courier;
pub mod exports;
pub mod mail;
pub mod reminders;
pub mod replies;
pub mod seals;
pub mod verdicts;
pub mod webhooks;

use std::sync::Arc;
use std::time::Duration;

use crate::actions::outbox;
use crate::app::{App, stand_back};
use crate::domain::outbox::Queued;
use crate::domain::sealing::Sealing;
use crate::error::AppError;
use crate::store;
use courier::Courier;
use mail::Postman;

/// How often it is looked whether something is due.
const LOOK_EVERY: Duration = Duration::from_millis(500);

/// After how many looks time may have changed what a clause comes to: a quarter of an hour.
const TIME_TELLS_EVERY: u32 = 1800;

/// After how many looks somebody may have to be reminded: a minute.
const REMINDS_EVERY: u32 = 120;

/// Starts to compute verdicts, and to remind people of the deadlines among them, on a thread of its own; it ends with the process.
pub fn start_verdicts(app: Arc<App>) {
    std::thread::spawn(move || {
        let mut looks = 0;
        loop {
            let told = if looks % TIME_TELLS_EVERY == 0 { verdicts::let_time_tell(&app) } else { Ok(()) };
            if let Err(error) = told.and_then(|()| verdicts::work_off(&app)) {
                tracing::warn!(%error, "verdicts cannot be computed; it is tried again");
            }
            if looks % REMINDS_EVERY == 0
                && let Err(error) = reminders::work_off(&app)
            {
                tracing::warn!(%error, "it cannot be read who is to be reminded; it is tried again");
            }
            looks = looks.wrapping_add(1);
            std::thread::sleep(LOOK_EVERY);
        }
    });
}

/// After how many looks webhooks may have to be told what time has brought: ten seconds.
const TELLS_EVERY: u32 = 20;

/// After how many looks what is too old goes: a minute.
const SWEEPS_EVERY: u32 = 120;

/// Starts to make the exports that people order, on a thread of its own, which stands back for those that answer them; it ends with
/// the process.
pub fn start_exports(app: Arc<App>) {
    std::thread::spawn(move || {
        stand_back();
        let mut looks = 0;
        loop {
            if let Err(error) = exports::work_off(&app) {
                tracing::warn!(%error, "exports cannot be made; it is tried again");
            }
            if looks % SWEEPS_EVERY == 0
                && let Err(error) = exports::sweep(&app)
            {
                tracing::warn!(%error, "exports that are too old cannot be taken away; it is tried again");
            }
            looks = looks.wrapping_add(1);
            std::thread::sleep(LOOK_EVERY);
        }
    });
}

/// Starts to tell webhooks what happened, on a thread of its own: an address that does not answer holds up no mail. It ends with the
/// process.
pub fn start_webhooks(app: Arc<App>, courier: Courier) {
    std::thread::spawn(move || {
        let mut looks = 0;
        loop {
            // Those who wait for the first page come first.
            std::thread::sleep(LOOK_EVERY);
            let told = if looks % TELLS_EVERY == 0 { webhooks::let_time_tell(&app) } else { Ok(()) };
            if let Err(error) = told.and_then(|()| webhooks::work_off(&app, &courier)) {
                tracing::warn!(%error, "webhooks cannot be told; it is tried again");
            }
            if looks % SWEEPS_EVERY == 0
                && let Err(error) = webhooks::sweep(&app)
            {
                tracing::warn!(%error, "what webhooks were told long ago cannot be forgotten; it is tried again");
            }
            looks = looks.wrapping_add(1);
        }
    });
}

/// Starts to seal the record each day for those who keep the seals, on a thread of its own; it ends with the process.
pub fn start_seals(app: Arc<App>, sealing: Sealing, courier: Courier) {
    std::thread::spawn(move || {
        loop {
            // Those who wait for the first page come first.
            std::thread::sleep(LOOK_EVERY);
            if let Err(error) = seals::work_off(&app, &sealing, &courier) {
                tracing::warn!(%error, "the record cannot be sealed; it is tried again");
            }
        }
    });
}

/// Starts to back everything up as the plan says, on a thread of its own, which stands back for those that answer people; it ends with
/// the process.
pub fn start_backups(app: Arc<App>) {
    std::thread::spawn(move || {
        stand_back();
        loop {
            // Those who wait for the first page come first.
            std::thread::sleep(LOOK_EVERY);
            if let Err(error) = backups::work_off(&app) {
                tracing::warn!(%error, "it cannot be seen whether a backup is due; it is tried again");
            }
        }
    });
}

/// Starts to send mail, on a thread of its own; it ends with the process.
pub fn start(app: Arc<App>, postman: Postman) {
    std::thread::spawn(move || {
        loop {
            match work_off(&app, &postman) {
                Ok(()) => {}
                Err(error) => tracing::warn!(%error, "the outbox cannot be read; it is tried again"),
            }
            std::thread::sleep(LOOK_EVERY);
        }
    });
}

/// A mail in hand with its text, if it has one still.
fn written(app: &App, queued: Queued) -> Result<Option<Queued>, AppError> {
    match (queued.reminds, queued.reply) {
        (Some(person), None) => reminders::write(app, queued, person),
        (Some(person), Some(reply)) => replies::write(app, queued, person, reply),
        (None, _) => Ok(Some(queued)),
    }
}

/// Does all that is due.
///
/// # Errors
/// [`AppError`].
pub fn work_off(app: &App, postman: &Postman) -> Result<(), AppError> {
    while app.store.read(app.now(), outbox::is_due)? {
        let Some(taken) = app.store.write(app.now(), outbox::take)? else { return Ok(()) };
        let id = taken.id;
        let Some(queued) = written(app, taken)? else {
            app.store.write(app.now(), |tx| store::outbox::drop_mail(tx, id))?;
            continue;
        };
        let outcome = postman.deliver(&queued);
        if let Err((trouble, words)) = &outcome {
            tracing::warn!(mail = %queued.uid, %trouble, words, "a mail did not go out");
        }
        app.store.write(app.now(), |tx| outbox::note(tx, &queued, outcome))?;
    }
    Ok(())
}
