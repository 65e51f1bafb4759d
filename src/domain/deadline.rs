//! Deadlines 期限 of an incident that is not closed: the last day to claim a credit, the times by which a company must respond or
//! restore, and its promises.
//!
//! A deadline is earlier under one reading of times or words than under another: the earliest counts, both are kept, and it has passed
//! only when it has under every reading.

use std::collections::BTreeMap;

use chrono::{Days, NaiveDate};

use super::calendar::count::Limit;
use super::dossier::Dossier;
use super::id::{Id, Uid};
use super::incident::{IncidentNumber, Status};
use super::moment::{Moment, Stamp, local};
use super::party::Provider;
use super::person::Person;
use super::phrases::{Arg, Phrase};
use super::statement::{Promise, PromiseState};
use super::term::{Finding, Term, credit, deadline};
use super::text_enum::text_enum;
use super::verdict::Found;
use super::visibility::Visibility;

#[cfg(test)]
pub mod tests;

text_enum! {
    /// What must be done by a deadline.
    pub enum DeadlineKind {
        /// 減額の請求: a credit must be claimed.
        Claim = "claim",
        /// They must respond.
        Response = "response",
        /// They must restore.
        Restoration = "restoration",
        /// A promise falls due.
        Promise = "promise",
    }
}

text_enum! {
    /// Who must act.
    pub enum Side {
        /// We.
        Us = "us",
        /// The company.
        Company = "company",
    }
}

/// A deadline.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Deadline {
    /// The same for as long as the same clause or promise gives it.
    pub uid: String,
    /// In which incident.
    pub incident: IncidentNumber,
    /// What is wrong there.
    pub title: String,
    /// What must be done.
    pub kind: DeadlineKind,
    /// Who must do it.
    pub side: Side,
    /// The company that is bound by it, or that it protects.
    pub company: Id<Provider>,
    /// What the company is called.
    pub company_name: String,
    /// The clause's number and heading, or the words of the promise or agreement.
    pub about: String,
    /// The last instant that is in time; of several readings the earliest.
    pub at: Stamp,
    /// The last instants under all readings; of a promise, its due moment in its own words.
    pub when: Moment,
    /// The last day that is in time, under the earliest and the latest reading, where whole days count.
    pub days: Option<(NaiveDate, NaiveDate)>,
    /// The only one who may know of it: a private note's author.
    pub only_for: Option<Id<Person>>,
}

impl Deadline {
    /// The last day that is in time, where whole days count.
    pub fn day(&self) -> Option<NaiveDate> {
        self.days.map(|(day, _)| day)
    }

    /// The clause, agreement or promise that gives it, as addresses name it.
    pub fn of(&self) -> Option<Uid> {
        let of = self.uid.strip_prefix(&format!("{}-", self.kind))?;
        of.strip_suffix(&format!("-{}", self.incident))?.parse().ok()
    }

    /// Whether it has passed under every reading.
    pub fn is_passed(&self, now: Stamp) -> bool {
        self.when.to < now
    }

    /// What must be done, in a few words.
    pub fn what(&self) -> Phrase {
        let key = match (self.kind, self.side) {
            (DeadlineKind::Claim, _) => "deadline-what-claim",
            (DeadlineKind::Response, _) => "deadline-what-response",
            (DeadlineKind::Restoration, _) => "deadline-what-restoration",
            (DeadlineKind::Promise, Side::Company) => "deadline-what-promise",
            (DeadlineKind::Promise, Side::Us) => "deadline-what-promise-ours",
        };
        Phrase::new(key).text("about", self.about.clone()).text("company", self.company_name.clone())
    }

    /// By when, in a few words.
    pub fn by(&self) -> Phrase {
        let day = |day| Phrase::new("phrase-day").with("day", Arg::Day(day));
        let at = |at| Phrase::new("phrase-at").with("at", Arg::At(at));
        let (first, last) = match self.days {
            _ if self.kind == DeadlineKind::Promise => return Phrase::new("deadline-due").moment("at", &self.when),
            Some((first, last)) => (day(first), day(last)),
            None => (at(self.when.from), at(self.when.to)),
        };
        if first == last { first } else { Phrase::new("deadline-or-later").phrase("first", first).phrase("last", last) }
    }

    /// The same deadline as another reading of the same clause gives it: the earliest counts.
    fn or(self, other: Self) -> Self {
        let (first, second) = if self.at <= other.at { (self, other) } else { (other, self) };
        let days = first.days.zip(second.days).map(|(one, other)| (one.0, one.1.max(other.1)));
        let when = Moment { to: first.when.to.max(second.when.to), ..first.when };
        Self { when, days, ..first }
    }
}

/// A deadline as it was found last, with what became of it.
#[derive(Clone, Debug)]
pub struct Kept {
    /// The deadline.
    pub deadline: Deadline,
    /// How often it was changed.
    pub sequence: i64,
    /// When it was found, or changed.
    pub changed_at: Stamp,
    /// Whether it is none any more.
    pub is_gone: bool,
}

/// One page of deadlines.
#[derive(Clone, Debug)]
pub struct DeadlineList {
    /// The deadlines, the earliest first.
    pub rows: Vec<Deadline>,
    /// Which page, from 1.
    pub page: i64,
    /// How many pages there are; one at the least.
    pub pages: i64,
}

/// The deadlines of an incident whose clauses come to what was `found`, the earliest first. None of one that is closed.
pub fn deadlines(dossier: &Dossier, found: &[Found<'_>]) -> Vec<Deadline> {
    if dossier.incident.status() == Status::Closed {
        return Vec::new();
    }
    let mut all: BTreeMap<String, Deadline> = BTreeMap::new();
    for found in found {
        for deadline in of_clause(dossier, found) {
            let deadline = match all.remove(&deadline.uid) {
                Some(other) => deadline.or(other),
                None => deadline,
            };
            all.insert(deadline.uid.clone(), deadline);
        }
    }
    let mut all: Vec<Deadline> = all.into_values().collect();
    all.extend(dossier.promises.iter().filter_map(|promise| of_promise(dossier, promise)));
    all.sort_by(|a, b| (a.at, &a.uid).cmp(&(b.at, &b.uid)));
    all
}

fn of_clause(dossier: &Dossier, found: &Found<'_>) -> Vec<Deadline> {
    let subject = found.clause.map(|clause| (clause.uid, format!("{} {}", clause.number, clause.heading).trim().to_owned()));
    let subject = subject.or_else(|| found.agreement.map(|agreement| (agreement.uid, agreement.words.clone())));
    let Some((uid, about)) = subject else { return Vec::new() };
    let (facts, calendar) = (&found.case.facts, &found.case.calendar);
    let limits = |term: &Term, finding| match term {
        Term::Credit(term) if finding != Finding::NotDue => {
            Some((DeadlineKind::Claim, credit::last_days(term, facts, calendar)?))
        }
        Term::Response(term) if facts.open && facts.responded.is_none() => {
            Some((DeadlineKind::Response, deadline::limits(term, facts, calendar)?))
        }
        Term::Restore(term) if facts.open => Some((DeadlineKind::Restoration, deadline::limits(term, facts, calendar)?)),
        _ => None,
    };
    let one = |(kind, (first, last)): (DeadlineKind, (Limit, Limit))| Deadline {
        uid: name(kind, uid, dossier.incident.number),
        incident: dossier.incident.number,
        title: dossier.incident.title.clone(),
        kind,
        side: if kind == DeadlineKind::Claim { Side::Us } else { Side::Company },
        company: found.contract.provider,
        company_name: dossier.name_of(found.contract.provider),
        about: about.clone(),
        at: first.at,
        when: Moment { from: first.at, to: last.at.max(first.at), words: None, zone: found.case.calendar.zone },
        days: first.day.zip(last.day),
        only_for: None,
    };
    found.terms().into_iter().filter_map(|(term, finding)| limits(term, finding)).map(one).collect()
}

fn of_promise(dossier: &Dossier, promise: &Promise) -> Option<Deadline> {
    let due = promise.due.clone().filter(|_| promise.state == PromiseState::Open && promise.struck.is_none())?;
    let (entry, statement) = dossier.statement(promise.statement).filter(|(entry, _)| entry.struck.is_none())?;
    let is_private = entry.visibility == Visibility::Private || statement.visibility == Visibility::Private;
    if is_private && entry.author.is_none() {
        return None;
    }
    let company = statement.speaker.provider();
    let of = company.unwrap_or(dossier.incident.provider);
    Some(Deadline {
        uid: name(DeadlineKind::Promise, promise.uid, dossier.incident.number),
        incident: dossier.incident.number,
        title: dossier.incident.title.clone(),
        kind: DeadlineKind::Promise,
        side: if company.is_some() { Side::Company } else { Side::Us },
        company: of,
        company_name: dossier.name_of(of),
        about: statement.words.clone(),
        at: due.to,
        days: whole_days(&due).map(|last| (last, last)),
        when: due,
        only_for: entry.author.filter(|_| is_private),
    })
}

/// The last of the whole days that a moment is, where it is nothing but days.
pub fn whole_days(due: &Moment) -> Option<NaiveDate> {
    let day = |at: Stamp| at.with_timezone(&due.zone).date_naive();
    let (first, last) = (day(due.from), day(due.to));
    let begins = local::midnight(first, due.zone) + local::TICK >= due.from;
    let ends = due.to + local::TICK >= local::midnight(last.checked_add_days(Days::new(1))?, due.zone);
    (begins && ends).then_some(last)
}

fn name(kind: DeadlineKind, of: Uid, incident: IncidentNumber) -> String {
    format!("{kind}-{of}-{incident}")
}
