//! Promises, and next steps: what became of each.

use super::{Eye, reason};
use crate::domain::moment::Stamp;
use crate::domain::statement::{Promise, PromiseState};
use crate::domain::view::{Audience, PromiseView};

impl<A: Audience> Eye<'_, A> {
    /// The promises, and apart from them the next steps.
    pub(super) fn promises(&self, now: Stamp) -> (Vec<PromiseView>, Vec<PromiseView>) {
        let taken_on = self.dossier.steps();
        let (steps, promises): (Vec<&Promise>, Vec<&Promise>) =
            self.dossier.promises.iter().partition(|promise| taken_on.contains(&promise.statement));
        let seen = |all: Vec<&Promise>| {
            let mut seen: Vec<PromiseView> = all.into_iter().filter_map(|promise| self.promise(promise, now)).collect();
            seen.sort_by_key(|promise| promise.quote.at.from);
            seen
        };
        (seen(promises), seen(steps))
    }

    fn promise(&self, promise: &Promise, now: Stamp) -> Option<PromiseView> {
        let quote = self.shows(promise.struck.as_ref()).then(|| self.quote(promise.statement)).flatten()?;
        Some(PromiseView {
            uid: promise.uid,
            quote,
            due: promise.due.clone(),
            due_by: promise.due_by,
            due_reason: promise.due_reason.clone(),
            state: promise.state,
            overdue: promise.overdue(now),
            settled: promise.settled.clone(),
            late_seconds: late_seconds(promise, now),
            struck: reason(promise.struck.as_ref()),
        })
    }
}

/// How late a promise was settled, or is by now; none where it is not late. At the least: from the latest the due moment
/// can have been to the earliest the settling can have been.
fn late_seconds(promise: &Promise, now: Stamp) -> Option<i64> {
    let due = promise.due.as_ref()?;
    let until = match (&promise.settled, promise.state) {
        (_, PromiseState::Moved | PromiseState::Withdrawn) => return None,
        (Some(settled), _) => settled.from,
        (None, PromiseState::Open | PromiseState::Broken) => now,
        (None, PromiseState::Kept) => return None,
    };
    Some((until - due.to).num_seconds()).filter(|seconds| *seconds > 0)
}
