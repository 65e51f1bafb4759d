//! Whether they responded, or restored, within the time that the clause gives them.
//!
//! What counts as a response (called back, on site) belongs to the clause; who asks gives the event that answers it.

use super::facts::{Fact, Facts, Word};
use super::reason::{self, FactName, Lack, Reason, Rule};
use super::{DeadlineTerm, Finding, Since};
use crate::domain::calendar::Calendar;
use crate::domain::calendar::count::{Limit, Limits};
use crate::domain::moment::Stamp;
use crate::domain::phrases::Phrase;

/// What is waited for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Awaited {
    /// That they respond.
    Response,
    /// That they restore.
    Restoration,
}

/// From when a time runs: each end with the fact that gives it.
pub(super) struct Beginning {
    /// The earliest; none where it may be any time before `to`.
    pub from: Option<End>,
    /// The latest.
    pub to: End,
}

/// One end of a beginning.
#[derive(Clone)]
pub(super) struct End {
    /// When.
    pub at: Stamp,
    /// On whose word.
    pub word: Word,
    /// By which fact.
    pub fact: FactName,
}

impl Beginning {
    /// From when `since` says, as far as the facts tell. They knew at the latest when we reported it, and at the earliest when it
    /// began.
    pub fn of(since: Since, facts: &Facts) -> Option<Self> {
        let known = |fact: Option<Fact>, name: FactName| {
            let fact = fact?;
            let end = |at| End { at, word: fact.standing.into(), fact: name.clone() };
            Some(Self { from: Some(end(fact.from)), to: end(fact.to) })
        };
        match since {
            Since::Started => known(facts.started, FactName::Started),
            Since::Reported => known(facts.reported, FactName::Reported),
            Since::ProviderKnew => known(facts.provider_knew, FactName::ProviderKnew).or_else(|| {
                let reported = facts.reported?;
                let to = End { at: reported.to, word: reported.standing.into(), fact: FactName::Reported };
                // A report of what began only later contradicts itself: then the report's own time is all that is known.
                let from = facts.started.map(|started| End {
                    at: if started.from > reported.to { reported.from } else { started.from },
                    // That they knew no earlier than it began says nothing unless they knew at all.
                    word: Word::from(started.standing).and(reported.standing.into()),
                    fact: FactName::Started,
                });
                Some(Self { from, to })
            }),
        }
    }

    /// The facts that it rests on.
    pub fn facts(&self) -> impl Iterator<Item = FactName> {
        self.from.iter().map(|end| end.fact.clone()).chain([self.to.fact.clone()])
    }
}

/// By when it must have happened: the earliest end under every reading of the times and the clause, and the latest. None where it
/// cannot be counted.
pub fn limits(term: &DeadlineTerm, facts: &Facts, calendar: &Calendar) -> Option<(Limit, Limit)> {
    let begins = Beginning::of(term.from, facts)?;
    let count = |end: &End| calendar.within(end.at, &term.within, term.clock).ok();
    let last = count(&begins.to)?;
    let first = begins.from.as_ref().map_or_else(|| Some(last.clone()), count)?;
    Some((first.earliest(), last.latest()))
}

/// What the term comes to.
pub(super) fn judge(term: &DeadlineTerm, awaited: Awaited, facts: &Facts, calendar: &Calendar, now: Stamp) -> Reason {
    let reason = Reason::new(Rule::Deadline);
    let (event, name) = match awaited {
        Awaited::Response => (facts.responded, FactName::Responded),
        Awaited::Restoration => (facts.restored, FactName::Restored),
    };
    let Some(begins) = Beginning::of(term.from, facts) else {
        return reason.lacks(Lack::Beginning, fact_of(term.from));
    };
    let reason = reason.on(begins.facts());
    let count = |end: &End| calendar.within(end.at, &term.within, term.clock);
    let (first, last) = match (begins.from.as_ref().map(count).transpose(), count(&begins.to)) {
        (Ok(first), Ok(last)) => (first, last),
        (Err(error), _) | (_, Err(error)) => return reason.uncounted(error, begins.to.fact),
    };
    let reason = reason.work(worked(term, &begins, first.as_ref(), &last, calendar));
    let Some(event) = event else { return waiting(reason, facts, name, &begins, &last, now) };
    let key = if awaited == Awaited::Response { "term-work-responded" } else { "term-work-restored" };
    let reason = reason.on([name.clone()]).work(Phrase::new(key).with("at", reason::time(&event, calendar)));
    let in_time = first.as_ref().zip(begins.from.as_ref()).filter(|(first, _)| event.to <= first.earliest().at);
    if let Some((_, from)) = in_time {
        let word = from.word.and(event.standing.into());
        if word.theirs {
            let fact = if from.word.theirs { from.fact.clone() } else { name };
            return reason.work(Phrase::new("term-work-their-word")).lacks(Lack::TheirProof, fact);
        }
        return reason.found(Finding::Met);
    }
    if event.from > last.latest().at {
        let word = begins.to.word.and(event.standing.into());
        if word.ours {
            let fact = if begins.to.word.ours { begins.to.fact } else { name };
            return reason.work(Phrase::new("term-work-our-word")).lacks(Lack::OurProof, fact);
        }
        return reason.found(Finding::Breached);
    }
    undecided(reason, name, &begins, first.as_ref(), &last)
}

fn fact_of(since: Since) -> FactName {
    match since {
        Since::Started => FactName::Started,
        Since::Reported => FactName::Reported,
        Since::ProviderKnew => FactName::ProviderKnew,
    }
}

/// It has not happened, as far as is known.
fn waiting(reason: Reason, facts: &Facts, name: FactName, begins: &Beginning, last: &Limits, now: Stamp) -> Reason {
    // What may be their answer, and came in time if it is, settles nothing.
    let may_have_come = facts.perhaps_responded.is_some_and(|wrote| wrote.from <= last.latest().at);
    if name == FactName::Responded && may_have_come {
        return reason.on([name.clone()]).lacks(Lack::Happening, name);
    }
    if !facts.open {
        return reason.lacks(Lack::Happening, name);
    }
    let reason = reason.on([FactName::Open]).work(Phrase::new("term-work-open"));
    if now <= last.latest().at {
        reason.lacks(Lack::Time, FactName::Now)
    } else if begins.to.word.ours {
        reason.work(Phrase::new("term-work-our-word")).lacks(Lack::OurProof, begins.to.fact.clone())
    } else {
        reason.found(Finding::Breached)
    }
}

/// In time under one reading of times or clause, too late under another.
fn undecided(reason: Reason, name: FactName, begins: &Beginning, first: Option<&Limits>, last: &Limits) -> Reason {
    let several = |limits: &Limits| limits.earliest().at != limits.latest().at;
    let reason = if several(last) || first.is_some_and(several) {
        reason.work(Phrase::new("term-work-not-said")).lacks(Lack::WayToRead, FactName::Clause)
    } else {
        reason
    };
    match &begins.from {
        None => reason.lacks(Lack::Beginning, FactName::ProviderKnew),
        Some(from) if from.fact != begins.to.fact => reason.lacks(Lack::Beginning, FactName::ProviderKnew),
        Some(_) if reason.missing.is_empty() => reason.lacks(Lack::ExactTime, name),
        Some(_) => reason,
    }
}

fn worked(term: &DeadlineTerm, begins: &Beginning, first: Option<&Limits>, last: &Limits, calendar: &Calendar) -> Phrase {
    let within = reason::within(&term.within, term.clock);
    let from = begins.from.as_ref().map_or(begins.to.at, |end| end.at);
    let begins = Fact { from, to: begins.to.at, standing: crate::domain::contract::Standing::Established };
    let phrase = |key| Phrase::new(key).phrase("within", within).with("from", reason::time(&begins, calendar));
    match first {
        Some(first) if first == last => phrase("term-work-within").phrase("limits", reason::limits(last)),
        Some(first) => {
            phrase("term-work-within-rough").phrase("limits", reason::limits(first)).phrase("latest", reason::limits(last))
        }
        None => phrase("term-work-within-latest").phrase("latest", reason::limits(last)),
    }
}
