//! Exports that take long: ordered here, made by `jobs`.

use chrono::Duration;

use super::{Outcome, unfit};
use crate::domain::export::ExportOrder;
use crate::domain::incident::Incident;
use crate::domain::moment::Stamp;
use crate::store::exports::{self, NewExport};
use crate::store::permit::{Allows, Permit};
use crate::store::{Denied, StoreError, Tx};

/// For how many exports one person may wait at a time: each takes a processor and room on the disk.
const WAITED_FOR: i64 = 3;

/// How long a process may be silent about an export that it has in hand: longer than the paper of the longest incident takes.
pub const HOLD: Duration = Duration::minutes(3);

/// Orders an export; the same one that is waited for already is not made twice.
///
/// # Errors
/// [`super::Refused::Unfit`] where the person waits for too many.
pub fn order<'tx, D: Allows>(tx: &mut Tx<'tx>, permit: Permit<'tx, D, Incident>, new: NewExport) -> Outcome<ExportOrder> {
    let person = permit.actor().person().ok_or(StoreError::Denied(Denied::Forbidden))?;
    let same = |order: &ExportOrder| {
        !order.step.stage.is_over() && (order.form, order.audience, order.locale) == (new.form, new.audience, new.locale)
    };
    if let Some(order) = exports::own(tx, &permit)?.into_iter().find(same) {
        return Ok(order);
    }
    if exports::waited_for(tx, person)? >= WAITED_FOR {
        return unfit("", "export-too-many");
    }
    Ok(exports::add(tx, &permit, new)?)
}

/// Takes the next export in hand, if one waits, and says until when.
///
/// # Errors
/// [`StoreError`].
pub fn take(tx: &mut Tx<'_>) -> Result<Option<(ExportOrder, Stamp)>, StoreError> {
    match exports::due(tx)? {
        Some(id) => exports::claim(tx, id, HOLD),
        None => Ok(None),
    }
}
