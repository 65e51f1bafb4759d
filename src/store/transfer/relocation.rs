//! From one database into the other.

use super::{Extent, Filling, Live, Poured, Tell, TransferError};
use crate::domain::ledger::Report;
use crate::domain::moment::Stamp;
use crate::store::place::{self, Elsewhere, State};
use crate::store::verify::{Beside, Checks, seal, unsealed, verify};
use crate::store::{DatabaseUrl, Store, dialect};

/// Moves the record to another database: same numbers, keys and chains. Nobody can write here meanwhile, nor afterwards; reading goes
/// on. What was broken off goes on where it ended. A place from which the record moved away earlier takes it back, unless it has
/// what the record has not. What has moved there already, to the end, is only gone through: nothing is poured.
///
/// # Errors
/// [`TransferError`]; the record is then where it was.
pub fn relocate(
    store: &Store,
    (from, to): (&DatabaseUrl, &DatabaseUrl),
    now: Stamp,
    files: Checks<'_>,
    tell: Tell<'_>,
) -> Result<(Option<Poured>, Report), TransferError> {
    if has_moved(store, to, now)? && !Filling::is_going_on(to)? {
        let (report, _) = verify(&Store::open(to)?, now, Beside { files: Some(files), seal: None })?;
        return Ok((None, report));
    }
    let (filling, poured, report) = store.write_even_elsewhere(now, |tx| {
        dialect::write_alone_everywhere(tx.conn())?;
        if let Some(elsewhere) = place::read(tx.conn())?.filter(|elsewhere| !elsewhere.is_in(to)) {
            return Err(TransferError::from(crate::store::StoreError::from(elsewhere)));
        }
        let sealed = seal(tx)?;
        let mut origin = Live::new(tx, Extent::Everything, from.name())?;
        let steps = origin.steps_taken();
        let overtaken = |theirs: &_| Ok(unsealed(origin.tx(), theirs)?.is_none());
        let mut filling = Filling::begin_where(to, from.name(), &steps, now, overtaken)?;
        let poured = filling.pour(&mut origin, tell)?;
        filling.bring_up_to_date()?;
        let again = filling.pour(&mut origin, &mut |_| ())?;
        if again.written + again.taken > 0 {
            return Err(TransferError::Differs(format!("{} rows differ", again.written + again.taken)));
        }
        let beside = Beside { files: Some(files), seal: Some(&sealed) };
        let (report, theirs) = verify(&Store::open(to)?, now, beside)?;
        if let Some(theirs) = theirs {
            // Said before the place there is opened: the record must never be in both.
            if theirs.heads != sealed.heads {
                return Err(TransferError::Differs("its chains do not end where they should".to_owned()));
            }
            place::mark(tx.conn(), &Elsewhere { state: State::Moved, other: to.name(), at: now })?;
        }
        Ok((filling, poured, report))
    })?;
    if report.first_difference.is_none() {
        filling.end()?;
    }
    Ok((Some(poured), report))
}

fn has_moved(store: &Store, to: &DatabaseUrl, now: Stamp) -> Result<bool, TransferError> {
    store.read(now, |tx| Ok(place::read(tx.conn())?.is_some_and(|elsewhere| elsewhere.is_in(to))))
}
