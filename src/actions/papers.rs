//! Finals: papers that are frozen. They are printed before the transaction, since that takes a processor for as long as the record is.

use crate::domain::id::Uid;
use crate::domain::incident::Incident;
use crate::domain::ledger::Digest;
use crate::domain::locale::Locale;
use crate::domain::moment::Stamp;
use crate::domain::paper::{Paper, PaperForm};
use crate::domain::view::AudienceName;
use crate::store::permit::{Permit, Writes};
use crate::store::{StoreError, Tx, papers};

use super::{Outcome, strikes, unfit};

/// A paper as it was printed; its bytes are kept already.
#[derive(Clone, Debug)]
pub struct PrintedPaper {
    /// How much of it is printed.
    pub form: PaperForm,
    /// For whom.
    pub audience: AudienceName,
    /// In which language.
    pub locale: Locale,
    /// As of when.
    pub as_of: Stamp,
    /// The number that it bears.
    pub number: i64,
    /// How many changes the incident's chain held.
    pub head_count: i64,
    /// The hash of the last of them.
    pub head_hash: Digest,
    /// What its bytes hash to.
    pub sha256: String,
    /// How many there are.
    pub size: i64,
}

/// Freezes a paper.
///
/// # Errors
/// [`super::Refused::Unfit`] where something was written since it was printed.
pub fn freeze<'tx, D: Writes>(
    tx: &mut Tx<'tx>,
    permit: Permit<'tx, D, Incident>,
    printed: PrintedPaper,
    note: String,
) -> Outcome<Paper> {
    let paper = Paper {
        id: tx.fresh_id()?,
        uid: tx.fresh_uid()?,
        revision: 0,
        incident: permit.id(),
        number: printed.number,
        paper_form: printed.form,
        audience: printed.audience,
        locale: printed.locale,
        as_of: printed.as_of,
        made_by: permit.actor().person(),
        head_count: printed.head_count,
        head_hash: printed.head_hash,
        sha256: printed.sha256,
        size: printed.size,
        note,
        struck: None,
    };
    match papers::freeze(tx, &permit, "papers::freeze", &paper) {
        Err(StoreError::Stale) => unfit("form", "paper-overtaken"),
        frozen => Ok(frozen.map(|()| paper)?),
    }
}

strikes! {
    /// Strikes a final out, with a reason: it does not stand for us any more. Whoever holds it can still hold it against the record.
    strike_out: Paper of Incident in papers, "papers::strike_out"
}
