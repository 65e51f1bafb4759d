//! What goes out on its own: mail from the outbox. One thread, which takes one thing at a time; several processes on one database
//! share the work, since each takes by a conditional update.
//!
//! A thing that fails stays queued with the reason and the time of the next try, where people see it. A process that dies with
//! something in hand leaves it to be taken again once its hold has passed.

pub mod mail;

use std::sync::Arc;
use std::time::Duration;

use crate::actions::outbox;
use crate::app::App;
use crate::store::StoreError;
use mail::Postman;

/// How often it is looked whether something is due.
const LOOK_EVERY: Duration = Duration::from_millis(500);

/// Starts the work on a thread of its own; it ends with the process.
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

/// Does all that is due.
///
/// # Errors
/// [`StoreError`].
pub fn work_off(app: &App, postman: &Postman) -> Result<(), StoreError> {
    while app.store.read(app.now(), outbox::is_due)? {
        let Some(queued) = app.store.write(app.now(), outbox::take)? else { return Ok(()) };
        let outcome = postman.deliver(&queued);
        if let Err((trouble, words)) = &outcome {
            tracing::warn!(mail = %queued.uid, %trouble, words, "a mail did not go out");
        }
        app.store.write(app.now(), |tx| outbox::note(tx, &queued, outcome))?;
    }
    Ok(())
}
