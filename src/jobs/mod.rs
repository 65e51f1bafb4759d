//! What goes out on its own, what time brings, and what takes long: mail from the outbox; what webhooks are told; verdicts computed again,
//! and reminders; exports; backups; seals; what other processes write. A thread each, which takes one thing at a time; several processes on one
//! database share the work, since each takes by a conditional update.
//!
//! A thing that fails stays queued with the reason and the time of the next try, where people see it. A process that dies with
//! something in hand leaves it to be taken again once its hold has passed.

pub mod backups;
pub mod courier;
pub mod exports;
pub mod mail;
pub mod mail_files;
pub mod reminders;
pub mod replies;
pub mod seals;
pub mod verdicts;
pub mod webhooks;

use std::fmt::Display;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::thread::{JoinHandle, spawn};
use std::time::{Duration, Instant};

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

/// After how many looks webhooks may have to be told what time has brought: ten seconds.
const TELLS_EVERY: u32 = 20;

/// After how many looks what is too old goes: a minute.
const SWEEPS_EVERY: u32 = 120;

/// The threads on which the jobs of this process run, until Tellonce is told to stop.
pub struct Jobs {
    app: Arc<App>,
    threads: Vec<JoinHandle<()>>,
}

impl Jobs {
    /// None yet.
    pub const fn new(app: Arc<App>) -> Self {
        Self { app, threads: Vec::new() }
    }

    /// Looks again and again whether something is to be done, and is told how often it has looked before. The log calls it `job`.
    fn look(&mut self, job: &'static str, mut look: impl FnMut(&App, u32) -> Result<(), AppError> + Send + 'static) {
        let app = self.app.clone();
        self.threads.push(spawn(move || {
            let mut looks = 0_u32;
            // Those who wait for the first page come first.
            while !app.stopping.rest(LOOK_EVERY) {
                safely(job, || look(&app, looks));
                looks = looks.wrapping_add(1);
            }
        }));
    }

    /// The same, standing back for those that answer people.
    fn look_patiently(&mut self, job: &'static str, mut look: impl FnMut(&App, u32) -> Result<(), AppError> + Send + 'static) {
        let mut stands_back = false;
        self.look(job, move |app, looks| {
            if !std::mem::replace(&mut stands_back, true) {
                stand_back();
            }
            look(app, looks)
        });
    }

    /// Begins to pass on what other processes on the same database write.
    pub fn start_news(&mut self) {
        let app = self.app.clone();
        self.threads.push(spawn(move || {
            // Those who wait for the first page come first.
            while !app.stopping.rest(LOOK_EVERY) {
                safely("news", || app.store.pass_on_news(|long| app.stopping.rest(long)));
            }
        }));
    }

    /// Begins to compute verdicts, and to remind people of the deadlines among them.
    pub fn start_verdicts(&mut self) {
        self.look("verdicts and reminders", |app, looks| {
            if looks % TIME_TELLS_EVERY == 0 {
                verdicts::let_time_tell(app)?;
            }
            let found = verdicts::work_off(app);
            if looks % REMINDS_EVERY == 0 {
                reminders::work_off(app)?;
            }
            Ok(found?)
        });
    }

    /// Begins to make the exports that people order, and to let go what waited in vain to be fetched or looked over.
    pub fn start_exports(&mut self) {
        self.look_patiently("exports", |app, looks| {
            let made = exports::work_off(app);
            if looks % SWEEPS_EVERY == 0 {
                exports::sweep(app)?;
                mail_files::sweep(app)?;
            }
            made
        });
    }

    /// Begins to tell webhooks what happened: an address that does not answer holds up no mail.
    pub fn start_webhooks(&mut self, courier: Courier) {
        self.look("webhooks", move |app, looks| {
            if looks % TELLS_EVERY == 0 {
                webhooks::let_time_tell(app)?;
            }
            let told = webhooks::work_off(app, &courier);
            if looks % SWEEPS_EVERY == 0 {
                webhooks::sweep(app)?;
            }
            told
        });
    }

    /// Begins to seal the record each day for those who keep the seals.
    pub fn start_seals(&mut self, sealing: Sealing, courier: Courier) {
        self.look("seals", move |app, _| seals::work_off(app, &sealing, &courier));
    }

    /// Begins to back everything up as the plan says.
    pub fn start_backups(&mut self) {
        self.look_patiently("backups", |app, _| backups::work_off(app));
    }

    /// Begins to send mail.
    pub fn start_mail(&mut self, postman: Postman) {
        self.look("mail", move |app, _| work_off(app, &postman));
    }

    /// Waits, once Tellonce is told to stop, until what is in hand is done, but no longer than that: what is not done then is taken
    /// again, by another process or the next time. A mail that was handed over but not noted would go out twice.
    pub fn finish(self, at_most: Duration) {
        let until = Instant::now() + at_most;
        while Instant::now() < until && self.threads.iter().any(|thread| !thread.is_finished()) {
            std::thread::sleep(Duration::from_millis(20));
        }
    }
}

/// Looks once. A fault of ours in it ends this look, and not the job for as long as the process lives.
fn safely<E: Display>(job: &'static str, look: impl FnOnce() -> Result<(), E>) {
    // What is shared is the store, whose transactions are undone and whose locks are taken in spite of a panic.
    match catch_unwind(AssertUnwindSafe(look)) {
        Ok(Ok(())) => {}
        Ok(Err(error)) => tracing::warn!(job, %error, "a job cannot be done; it is tried again"),
        Err(_) => tracing::error!(job, "a job broke off by a fault of Tellonce's own; it is tried again"),
    }
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
    while !app.stopping.is_told() && app.store.read(app.now(), outbox::is_due)? {
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_look_that_breaks_off_ends_itself_alone() {
        let mut looks = 0;
        for _ in 0..2 {
            safely("a job", || -> Result<(), AppError> {
                looks += 1;
                panic!("a fault of ours")
            });
        }
        assert_eq!(looks, 2);
    }
}
