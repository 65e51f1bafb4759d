//! Computing verdicts again, incident by incident, each in a transaction of its own.

use crate::actions::verdicts;
use crate::app::App;
use crate::store::{self, StoreError};

/// Computes all that wait. One that cannot be computed goes behind the others, so that it holds nobody up, and is tried again at the
/// next look.
///
/// # Errors
/// [`StoreError`].
pub fn work_off(app: &App) -> Result<(), StoreError> {
    while !app.stopping.is_told()
        && let Some(incident) = app.store.read(app.now(), store::verdicts::waiting)?
    {
        if let Err(error) = app.store.write(app.now(), |tx| verdicts::find(tx, incident)) {
            app.store.write(app.now(), |tx| store::verdicts::put_back(tx, incident))?;
            return Err(error);
        }
    }
    Ok(())
}

/// Lets time tell: every open incident is computed again.
///
/// # Errors
/// [`StoreError`].
pub fn let_time_tell(app: &App) -> Result<(), StoreError> {
    app.store.write(app.now(), store::verdicts::queue_open)
}
