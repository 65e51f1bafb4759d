//! Whether a change was announced as the clause wants it: one notice on one route that meets every rule suffices.
//!
//! What counts is arrival (Civil Code, article 97 (1)), which is for the sender to show, unless the clause says dispatch.

use super::facts::{Exception, Fact, Facts, NoticeFact, Word};
use super::reason::{self, FactName, Lack, Reason, Rule};
use super::{Address, Counted, DeemedUnit, Finding, Lead, NoticeTerm};
use crate::domain::calendar::count::{Clock, Limits, Period, Unit};
use crate::domain::calendar::{Calendar, CountError};
use crate::domain::contract::Standing;
use crate::domain::moment::Stamp;
use crate::domain::phrases::{Arg, Phrase};

/// Rule by rule, for each notice on each route: what each pair comes to. With no notice on record, for none on each route.
pub(super) fn pairs(term: &NoticeTerm, facts: &Facts, calendar: &Calendar, now: Stamp) -> Vec<Vec<Reason>> {
    let mut routes = Vec::new();
    flatten(term, &mut routes);
    let several = (routes.len() > 1, facts.notices.len() > 1);
    let mut pairs = Vec::new();
    for (at, route) in routes.into_iter().enumerate() {
        let court = Court { term: route, facts, calendar, now };
        let judged: Vec<Vec<Reason>> = if facts.notices.is_empty() {
            vec![court.without_notice()]
        } else {
            (0..facts.notices.len()).map(|notice| court.with_notice(notice)).collect()
        };
        for (notice, reasons) in judged.into_iter().enumerate() {
            pairs.push(
                court
                    .lift(reasons)
                    .into_iter()
                    .map(|reason| Reason { notice: several.1.then_some(notice), route: several.0.then_some(at), ..reason })
                    .collect(),
            );
        }
    }
    pairs
}

fn flatten<'a>(term: &'a NoticeTerm, routes: &mut Vec<&'a NoticeTerm>) {
    if term.any_of.is_empty() {
        routes.push(term);
    }
    for route in &term.any_of {
        flatten(route, routes);
    }
}

/// What is known of the time that counts: no earlier than, no later than, on whose word, and by which fact.
struct Known {
    from: Option<Stamp>,
    to: Option<Stamp>,
    word: Word,
    fact: FactName,
}

/// How a notice came to us, as far as is known.
enum Arrival {
    /// On record.
    Received(Fact),
    /// Nothing is on record, and it is deemed to have arrived `by` then; `at` is when it can have.
    Deemed { by: Stamp, at: Fact },
    /// It is deemed to have arrived, on a day that cannot be counted.
    Uncounted(CountError),
    /// Nothing is on record, and somebody looked.
    Looked,
    /// Nothing is known.
    Unknown,
}

/// One route, and what it is held against.
struct Court<'a> {
    term: &'a NoticeTerm,
    facts: &'a Facts,
    calendar: &'a Calendar,
    now: Stamp,
}

impl Court<'_> {
    fn counts(&self) -> Counted {
        self.term.lead.map_or(Counted::Arrival, |lead| lead.counts())
    }

    fn without_notice(&self) -> Vec<Reason> {
        let counts = self.counts();
        let looked = counts == Counted::Arrival && self.facts.none_received.covers_all(self.term.forms.as_deref());
        let given = Reason::new(Rule::Given).work(Phrase::new("term-work-no-notice"));
        let given = match (counts, looked) {
            (Counted::Arrival, true) => self.never_came(given),
            (Counted::Arrival, false) => given.lacks(Lack::Looking, FactName::NoneReceived),
            (Counted::Dispatch, _) => given.lacks(Lack::Dispatch, FactName::Effective),
        };
        let lead = self.term.lead.filter(|_| counts == Counted::Arrival).map(|lead| {
            let arrival = if looked { Arrival::Looked } else { Arrival::Unknown };
            self.lead(&lead, None, &arrival)
        });
        std::iter::once(given).chain(lead).collect()
    }

    fn with_notice(&self, at: usize) -> Vec<Reason> {
        let notice = &self.facts.notices[at];
        let arrival = self.arrival(notice);
        let given = match self.counts() {
            Counted::Arrival => self.given(at, notice, &arrival),
            Counted::Dispatch => Self::dispatched(at, notice, self.calendar),
        };
        let mut reasons = vec![given];
        if let Some(forms) = &self.term.forms {
            let reason = Reason::new(Rule::Form).work(Phrase::new("term-work-form"));
            reasons.push(settled(reason, Some(forms.contains(&notice.form)), notice.standing, FactName::Notice(at)));
        }
        if self.term.address == Address::Registered {
            let reason = Reason::new(Rule::Address).work(Phrase::new("term-work-address"));
            reasons.push(settled(reason, notice.to_registered, notice.standing, FactName::ToRegistered(at)));
        }
        if let Some(lead) = &self.term.lead {
            reasons.push(self.lead(lead, Some(at), &arrival));
        }
        reasons
    }

    /// A receipt on record goes before a deemed arrival; one that only they claim does not count where somebody looked and found
    /// nothing. A deemed arrival stands against that, also one at a time that nobody knows; a later day that they themselves
    /// name is then possible as well.
    fn arrival(&self, notice: &NoticeFact) -> Arrival {
        let looked = self.facts.none_received.covers(notice.form);
        let claimed = match notice.received {
            Some(received) if looked && received.standing == Standing::Theirs => Some(received),
            Some(received) => return Arrival::Received(received),
            None => None,
        };
        let Some(deemed) = self.term.deemed else { return if looked { Arrival::Looked } else { Arrival::Unknown } };
        let Some(sent) = notice.sent else { return Arrival::Unknown };
        let unit = match deemed.unit {
            DeemedUnit::Days => Unit::Days,
            DeemedUnit::BusinessDays => Unit::BusinessDays,
        };
        let period = Period { n: deemed.n, unit, roll: Some(false) };
        match self.calendar.within(sent.to, &period, Clock::Always) {
            Ok(limits) => {
                let by = limits.latest().at;
                let (from, to) = claimed.map_or((sent.from, by), |claimed| (sent.from.min(claimed.from), by.max(claimed.to)));
                Arrival::Deemed { by, at: Fact { from, to, standing: sent.standing } }
            }
            Err(error) => Arrival::Uncounted(error),
        }
    }

    /// *Given*, where arrival counts.
    fn given(&self, at: usize, notice: &NoticeFact, arrival: &Arrival) -> Reason {
        let reason = Reason::new(Rule::Given).on([FactName::Notice(at)]);
        match arrival {
            Arrival::Received(received) => {
                let working = Phrase::new("term-work-arrived").with("arrived", reason::time(received, self.calendar));
                self.came(reason.on([FactName::Received(at)]).work(working), received, FactName::Received(at))
            }
            Arrival::Deemed { by, at: possible } => {
                let working = Phrase::new("term-work-deemed").with("by", Arg::At(*by));
                self.came(reason.on([FactName::Sent(at)]).work(working), possible, FactName::Sent(at))
            }
            Arrival::Uncounted(error) => reason.uncounted(*error, FactName::Sent(at)),
            Arrival::Looked => self.never_came(reason),
            Arrival::Unknown => {
                let reason = reason.work(Phrase::new("term-work-no-receipt"));
                let reason = if notice.received.is_some() { reason.on([FactName::Received(at)]) } else { reason };
                reason.lacks(Lack::Arrival, FactName::Received(at))
            }
        }
    }

    /// It came at that time. A clause without a lead does not say when: then it must surely have come before the change.
    fn came(&self, reason: Reason, came: &Fact, fact: FactName) -> Reason {
        if came.standing == Standing::Theirs {
            return reason.work(Phrase::new("term-work-their-word")).lacks(Lack::TheirProof, fact);
        }
        if self.term.lead.is_some() {
            return reason.found(Finding::Met);
        }
        let Some(effective) = self.facts.effective else {
            return reason.lacks(Lack::Effective, FactName::Effective);
        };
        let working = Phrase::new("term-work-no-lead").with("effective", reason::time(&effective, self.calendar));
        let reason = reason.on([FactName::Effective]).work(working);
        if came.to > effective.from {
            reason.lacks(Lack::WayToRead, FactName::Clause)
        } else if effective.standing == Standing::Theirs {
            reason.work(Phrase::new("term-work-their-word")).lacks(Lack::TheirProof, FactName::Effective)
        } else {
            reason.found(Finding::Met)
        }
    }

    /// Somebody looked and found nothing: broken once the change surely works; before that, one may still come.
    fn never_came(&self, reason: Reason) -> Reason {
        let reason = reason.on([FactName::NoneReceived]).work(Phrase::new("term-work-looked"));
        let Some(effective) = self.facts.effective else {
            return reason.lacks(Lack::Effective, FactName::Effective);
        };
        let reason = reason
            .on([FactName::Effective])
            .work(Phrase::new("term-work-effective").with("effective", reason::time(&effective, self.calendar)));
        if self.now <= effective.to {
            reason.work(Phrase::new("term-work-may-come")).lacks(Lack::Time, FactName::Now)
        } else if effective.standing == Standing::Ours {
            reason.work(Phrase::new("term-work-our-word")).lacks(Lack::OurProof, FactName::Effective)
        } else {
            reason.found(Finding::Breached)
        }
    }

    /// *Given*, where dispatch counts: that nothing came says nothing about it.
    fn dispatched(at: usize, notice: &NoticeFact, calendar: &Calendar) -> Reason {
        let mut reason = Reason::new(Rule::Given).on([FactName::Notice(at)]);
        let known = [
            (notice.sent, FactName::Sent(at), "term-work-sent"),
            (notice.received, FactName::Received(at), "term-work-arrived-so-sent"),
        ];
        for (fact, name, key) in known.into_iter().filter_map(|(fact, name, key)| Some((fact?, name, key))) {
            let name_of_time = if key == "term-work-sent" { "sent" } else { "arrived" };
            reason = reason.on([name.clone()]).work(Phrase::new(key).with(name_of_time, reason::time(&fact, calendar)));
            if fact.standing != Standing::Theirs {
                return Reason { missing: Vec::new(), ..reason }.found(Finding::Met);
            }
            reason = reason.lacks(Lack::TheirProof, name);
        }
        if reason.missing.is_empty() { reason.lacks(Lack::Dispatch, FactName::Sent(at)) } else { reason }
    }

    /// *Lead*: the last good day of every reading, against the earliest and latest that it can have come, or been sent.
    fn lead(&self, lead: &Lead, at: Option<usize>, arrival: &Arrival) -> Reason {
        let reason = Reason::new(Rule::Lead);
        let Some(effective) = self.facts.effective else {
            return reason.lacks(Lack::Effective, FactName::Effective);
        };
        let reason = reason.on([FactName::Effective]);
        let ends = self.calendar.at_least(effective.from, &lead.ahead).and_then(|first| {
            let last = self.calendar.at_least(effective.to, &lead.ahead)?;
            Ok((first, last))
        });
        let (first, last) = match ends {
            Ok(ends) => ends,
            Err(error) => return reason.uncounted(error, FactName::Effective),
        };
        let reason = reason.work(self.last_good(lead, &effective, &first, &last));
        let known = at.and_then(|at| self.known(lead.counts(), at, arrival));
        let mut reason = reason.on(known.iter().map(|known| known.fact.clone()));
        for working in self.when(lead.counts(), at, arrival) {
            reason = reason.work(working);
        }
        let change = Word::from(effective.standing);
        let never = lead.counts() == Counted::Arrival && matches!(arrival, Arrival::Looked);
        if never && self.now > last.latest().at {
            let reason = reason.on([FactName::NoneReceived]);
            return if change.ours {
                reason.work(Phrase::new("term-work-our-word")).lacks(Lack::OurProof, FactName::Effective)
            } else {
                reason.found(Finding::Breached)
            };
        }
        let Some(known) = known else { return self.lead_lacks(reason, lead, at, arrival, &first) };
        let word = known.word.and(change);
        let in_time = known.to.is_some_and(|to| to <= first.earliest().at);
        let too_late = known.from.is_some_and(|from| from > last.latest().at);
        let blames = |of: fn(Word) -> bool| if of(known.word) { known.fact.clone() } else { FactName::Effective };
        match (in_time, too_late) {
            (true, _) if word.theirs => {
                reason.work(Phrase::new("term-work-their-word")).lacks(Lack::TheirProof, blames(|word| word.theirs))
            }
            (_, true) if word.ours => {
                reason.work(Phrase::new("term-work-our-word")).lacks(Lack::OurProof, blames(|word| word.ours))
            }
            (true, _) => reason.found(Finding::Met),
            (_, true) => reason.found(Finding::Breached),
            _ => self.lead_lacks(reason, lead, at, arrival, &first),
        }
    }

    fn last_good(&self, lead: &Lead, effective: &Fact, first: &Limits, last: &Limits) -> Phrase {
        let phrase = Phrase::new(if first == last { "term-work-lead" } else { "term-work-lead-rough" })
            .phrase("ahead", reason::ahead(&lead.ahead))
            .with("effective", reason::time(effective, self.calendar))
            .phrase("limits", reason::limits(first));
        if first == last { phrase } else { phrase.phrase("latest", reason::limits(last)) }
    }

    /// What is known of the time that counts. Where only the other is: it arrived no earlier than it was sent, and was sent no
    /// later than it arrived.
    fn known(&self, counted: Counted, at: usize, arrival: &Arrival) -> Option<Known> {
        let notice = &self.facts.notices[at];
        let known = |from, to, fact: Fact, name| Some(Known { from, to, word: fact.standing.into(), fact: name });
        match (counted, arrival, notice.sent, notice.received) {
            (Counted::Dispatch, _, Some(sent), _) => known(Some(sent.from), Some(sent.to), sent, FactName::Sent(at)),
            (Counted::Dispatch, _, None, Some(received)) => known(None, Some(received.to), received, FactName::Received(at)),
            (Counted::Dispatch, _, None, None) => None,
            (Counted::Arrival, Arrival::Received(received), ..) => {
                known(Some(received.from), Some(received.to), *received, FactName::Received(at))
            }
            (Counted::Arrival, Arrival::Deemed { at: possible, .. }, ..) => {
                known(Some(possible.from), Some(possible.to), *possible, FactName::Sent(at))
            }
            (Counted::Arrival, _, Some(sent), _) => known(Some(sent.from), None, sent, FactName::Sent(at)),
            (Counted::Arrival, _, None, _) => None,
        }
    }

    /// When it came, or was sent, in words.
    fn when(&self, counted: Counted, at: Option<usize>, arrival: &Arrival) -> Vec<Phrase> {
        let mut said = Vec::new();
        let notice = at.map(|at| &self.facts.notices[at]);
        if let Some(sent) = notice.and_then(|notice| notice.sent) {
            said.push(Phrase::new("term-work-sent").with("sent", reason::time(&sent, self.calendar)));
        }
        match (counted, arrival) {
            (Counted::Arrival, Arrival::Deemed { by, .. }) => {
                said.push(Phrase::new("term-work-deemed").with("by", Arg::At(*by)));
            }
            (Counted::Arrival, Arrival::Looked) => said.push(Phrase::new("term-work-looked")),
            _ => {
                if let Some(received) = notice.and_then(|notice| notice.received) {
                    said.push(Phrase::new("term-work-arrived").with("arrived", reason::time(&received, self.calendar)));
                }
            }
        }
        said
    }

    /// What would settle a lead that the times do not. Whether the clause has several readings shows at any of its limits.
    fn lead_lacks(&self, reason: Reason, lead: &Lead, at: Option<usize>, arrival: &Arrival, limits: &Limits) -> Reason {
        match (lead.counts(), at, arrival) {
            (Counted::Arrival, None, Arrival::Unknown) => reason.lacks(Lack::Looking, FactName::NoneReceived),
            (Counted::Arrival, Some(at), Arrival::Unknown) => reason.lacks(Lack::Arrival, FactName::Received(at)),
            (Counted::Arrival, _, Arrival::Looked) => reason.lacks(Lack::Time, FactName::Now),
            (Counted::Arrival, Some(at), Arrival::Uncounted(error)) => reason.uncounted(*error, FactName::Sent(at)),
            (Counted::Dispatch, Some(at), _) if self.facts.notices[at].sent.is_none() => {
                reason.lacks(Lack::Dispatch, FactName::Sent(at))
            }
            _ => {
                let fact = at.map_or(FactName::Effective, |at| match lead.counts() {
                    Counted::Arrival => FactName::Received(at),
                    Counted::Dispatch => FactName::Sent(at),
                });
                let reason = if limits.earliest() == limits.latest() {
                    reason
                } else {
                    reason.work(Phrase::new("term-work-not-said")).lacks(Lack::WayToRead, FactName::Clause)
                };
                if reason.missing.is_empty() { reason.lacks(Lack::ExactTime, fact) } else { reason }
            }
        }
    }

    /// What an exception that the clause names does to every rule.
    fn lift(&self, reasons: Vec<Reason>) -> Vec<Reason> {
        let invoked = |wanted: &[Exception]| {
            self.term.unless.iter().find(|name| self.facts.exceptions.get(*name).is_some_and(|stands| wanted.contains(stands)))
        };
        if let Some(name) = invoked(&[Exception::Established]) {
            let working = Phrase::new("term-work-excepted").text("name", name);
            let lifted = |reason: Reason| {
                let reason = Reason { missing: Vec::new(), ..reason }.on([FactName::Exception(name.clone())]);
                reason.work(working.clone()).found(Finding::Met)
            };
            return reasons.into_iter().map(lifted).collect();
        }
        // Of one that only one side speaks of nobody knows whether it holds: nothing that it would lift is broken.
        let Some(name) = invoked(&[Exception::Theirs, Exception::Ours]) else { return reasons };
        let fact = || FactName::Exception(name.clone());
        let doubted = |reason: Reason| {
            if reason.finding != Finding::Breached {
                return reason;
            }
            let working = Phrase::new("term-work-exception-invoked").text("name", name);
            let reason = reason.on([fact()]).work(working).lacks(Lack::ExceptionProof, fact());
            reason.found(Finding::CannotDetermine)
        };
        reasons.into_iter().map(doubted).collect()
    }
}

/// What a plain yes or no comes to on the word of those who stand behind it.
fn settled(reason: Reason, holds: Option<bool>, standing: Standing, fact: FactName) -> Reason {
    let reason = reason.on([fact.clone()]);
    match (holds, standing) {
        (None, _) => reason.lacks(Lack::AddressUsed, fact),
        (Some(true), Standing::Theirs) => reason.work(Phrase::new("term-work-their-word")).lacks(Lack::TheirProof, fact),
        (Some(false), Standing::Ours) => reason.work(Phrase::new("term-work-our-word")).lacks(Lack::OurProof, fact),
        (Some(true), _) => reason.found(Finding::Met),
        (Some(false), _) => reason.found(Finding::Breached),
    }
}
