//! Promises, and next steps: what became of each.

use super::{Eye, reason};
use crate::domain::moment::Stamp;
use crate::domain::statement::Promise;
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
        // That it is late is ours to say, not theirs to be reproached with.
        let inward = A::SHOWS_COST;
        Some(PromiseView {
            uid: promise.uid,
            quote,
            due: promise.due.clone(),
            due_by: promise.due_by,
            due_reason: promise.due_reason.clone(),
            state: promise.state,
            overdue: inward && promise.overdue(now),
            settled: promise.settled.clone(),
            late_seconds: promise.late_seconds(now).filter(|_| inward),
            struck: reason(promise.struck.as_ref()),
        })
    }
}
