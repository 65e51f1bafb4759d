//! Verdicts: computed again where what they rest on has changed, and kept where they come to something else.

use crate::domain::deadline;
use crate::domain::id::Id;
use crate::domain::incident::Incident;
use crate::domain::verdict::{Verdict, changed};
use crate::store::{Result, Tx, deadlines, dossier, provider_records, verdicts};

/// Computes what the clauses of an incident come to and what must be done by when, keeps what it adds to its company's record, takes
/// it off the queue, and answers with how many came to something else. In one transaction, so that what is found was so when it is written.
///
/// # Errors
/// [`crate::store::StoreError`].
pub fn find(tx: &mut Tx<'_>, incident: Id<Incident>) -> Result<usize> {
    let Some(permit) = verdicts::take(tx, incident)? else { return Ok(0) };
    let dossier = dossier::load(tx, &permit)?;
    let now = tx.now();
    let all = dossier.verdicts(now);
    deadlines::replace(tx, &permit, &deadline::deadlines(&dossier, &all))?;
    provider_records::keep(tx, &permit, &dossier)?;
    let mut changes = 0;
    for found in all {
        let (finding, of_clause, of_agreement) = found.findings();
        let facts = found.facts();
        let before = dossier.verdicts.iter().find(|stored| found.is(stored));
        if before.is_some_and(|before| (before.finding, before.of_clause, before.of_agreement) == found.findings()) {
            continue;
        }
        changes += 1;
        let verdict = Verdict {
            id: before.map_or_else(|| tx.fresh_id(), |before| Ok(before.id))?,
            uid: before.map_or_else(|| tx.fresh_uid(), |before| Ok(before.uid))?,
            revision: before.map_or(0, |before| before.revision + 1),
            incident,
            clause: found.clause.map(|clause| clause.id),
            agreement: found.agreement.map(|agreement| agreement.id),
            change: found.change.map(|change| change.id),
            finding,
            of_clause,
            of_agreement,
            found_at: now,
            because: before.map_or_else(Vec::new, |before| changed(&before.facts, &facts)),
            facts,
        };
        if before.is_none() {
            verdicts::add(tx, &permit, "verdicts::find", &verdict)?;
        } else {
            verdicts::change(tx, &permit, "verdicts::find", &verdict)?;
        }
    }
    Ok(changes)
}
