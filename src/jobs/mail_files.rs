//! Letting mails go that were sent in as files, once nobody has looked them over for a day.

use crate::app::App;
use crate::error::AppError;
use crate::store::mail_files;

/// Lets those go that have waited too long, with their bytes.
///
/// # Errors
/// [`AppError`].
pub fn sweep(app: &App) -> Result<(), AppError> {
    if app.store.read(app.now(), mail_files::any_old)? {
        app.store.write(app.now(), |tx| mail_files::sweep(tx, &app.files()))?;
    }
    Ok(())
}
