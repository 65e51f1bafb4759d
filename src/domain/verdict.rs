//! The verdicts 照合結果 on an incident: each clause and agreement that can be computed, held against what is on record.

use std::collections::{BTreeMap, BTreeSet};
use std::mem::discriminant;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::call::{CallWith, Direction, Outcome};
use super::contract::{Agreement, Clause, Contract, Standing};
use super::credit_claim::CreditClaim;
use super::dossier::Dossier;
use super::entry::{Entry, EntryKind};
use super::id::{Id, Uid};
use super::incident::{Incident, Status, Which};
use super::moment::{Moment, Stamp};
use super::notice::{Change, Notice};
use super::party::Provider;
use super::statement::Citation;
use super::term::facts::{Fact, Facts, Looked, NoticeFact, Outage};
use super::term::reason::FactName;
use super::term::verdict::{Agreed, Case, Judgement};
use super::term::{Finding, Term};
use super::visibility::Visibility;

/// What a clause came to, as the ledger keeps it: each time it came to something else is a revision.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Verdict {
    /// Key.
    pub id: Id<Verdict>,
    /// In URLs.
    pub uid: Uid,
    /// How often it came to something else since it was first found.
    pub revision: i64,
    /// In which incident.
    pub incident: Id<Incident>,
    /// On which clause; none where an agreement stands beside no printed one.
    pub clause: Option<Id<Clause>>,
    /// On which agreement beside it.
    pub agreement: Option<Id<Agreement>>,
    /// Of which change, where it is about a notice.
    pub change: Option<Id<Change>>,
    /// What it comes to.
    pub finding: Finding,
    /// What the clause alone comes to.
    pub of_clause: Finding,
    /// What the agreement alone comes to.
    pub of_agreement: Option<Finding>,
    /// When it was found.
    pub found_at: Stamp,
    /// The facts it rests on, by name.
    pub facts: BTreeMap<String, String>,
    /// Which of them are other than before; at first, none.
    pub because: Vec<String>,
}

/// A clause and what it comes to now.
#[derive(Clone, Debug)]
pub struct Found<'a> {
    /// The clause; none where an agreement stands beside no printed one.
    pub clause: Option<&'a Clause>,
    /// The agreement beside it.
    pub agreement: Option<&'a Agreement>,
    /// The contract of both.
    pub contract: &'a Contract,
    /// The change that it is about.
    pub change: Option<&'a Change>,
    /// The notices, in the order of the case's.
    pub notices: Vec<&'a Notice>,
    /// The entries in which somebody looked and found nothing.
    pub looked: Vec<&'a Entry>,
    /// The entries that tell whether they responded.
    pub answered: Vec<&'a Entry>,
    /// By which claims the credit was asked for.
    pub claims: Vec<&'a CreditClaim>,
    /// What was computed.
    pub case: Case,
    /// What it comes to.
    pub judgement: Judgement,
}

impl Found<'_> {
    /// The terms that may govern, with what each comes to: where an agreement is not proved, the clause's as well.
    pub fn terms(&self) -> Vec<(&Term, Finding)> {
        let agreed = self.case.agreement.as_ref().zip(self.judgement.agreement.as_ref());
        let replaced =
            agreed.is_some_and(|(agreed, of)| of.governs && discriminant(&agreed.term) == discriminant(&self.case.term));
        let clause = (!replaced).then_some((&self.case.term, self.judgement.clause.finding));
        agreed.map(|(agreed, of)| (&agreed.term, of.outcome.finding)).into_iter().chain(clause).collect()
    }

    /// Whether `stored` is the verdict on the same.
    pub fn is(&self, stored: &Verdict) -> bool {
        stored.clause == self.clause.map(|clause| clause.id)
            && stored.agreement == self.agreement.map(|agreement| agreement.id)
            && stored.change == self.change.map(|change| change.id)
    }

    /// What the clause alone comes to, and the agreement.
    pub fn findings(&self) -> (Finding, Finding, Option<Finding>) {
        let agreement = self.judgement.agreement.as_ref().map(|agreement| agreement.outcome.finding);
        (self.judgement.finding, self.judgement.clause.finding, agreement)
    }

    /// The facts by name, as a verdict keeps them: notices by their uid, so that a name stays the same.
    pub fn facts(&self) -> BTreeMap<String, String> {
        let facts = &self.case.facts;
        let mut named = BTreeMap::new();
        let mut put = |name: FactName, value: Option<String>| {
            if let Some(value) = value {
                named.insert(name.to_string(), value);
            }
        };
        put(FactName::Clause, serde_json::to_string(&self.case.term).ok());
        if let Some(agreed) = &self.case.agreement {
            put(FactName::Agreement, serde_json::to_string(&agreed.term).ok().map(|term| format!("{} {term}", agreed.standing)));
        }
        let terms = [Some(&self.case.term), self.case.agreement.as_ref().map(|agreed| &agreed.term)];
        let about = |kind: fn(&Term) -> bool| terms.into_iter().flatten().any(kind);
        if about(|term| matches!(term, Term::Notice(_))) {
            put(FactName::Effective, facts.effective.as_ref().map(fact_text));
            put(FactName::NoneReceived, looked_text(&facts.none_received));
        }
        if about(|term| matches!(term, Term::Response(_))) {
            let perhaps = || facts.perhaps_responded.as_ref().map(|wrote| format!("{} perhaps", fact_text(wrote)));
            put(FactName::Responded, facts.responded.as_ref().map(fact_text).or_else(perhaps));
        }
        if about(|term| matches!(term, Term::Credit(_))) {
            put(FactName::Total, facts.total.map(|total| total.to_string()));
            put(FactName::Fault, facts.fault.map(|fault| fault.to_string()));
            put(FactName::MonthlyFee, facts.monthly_fee.map(|fee| fee.to_string()));
            put(FactName::ClaimedOn, facts.claimed_on.as_ref().map(fact_text));
        }
        if about(|term| matches!(term, Term::Availability(_))) {
            for (at, outage) in facts.downtime.iter().enumerate() {
                put(FactName::Downtime(at), Some(outage_text(outage)));
            }
        }
        if about(|term| !matches!(term, Term::Notice(_) | Term::Plain)) {
            self.put_times(&mut named);
        }
        if about(|term| matches!(term, Term::Notice(_))) {
            self.put_notices(&mut named);
        }
        let hours = serde_json::to_string(&self.contract.hours).unwrap_or_default();
        named.insert("calendar".to_owned(), format!("{} {hours}", self.contract.zone.name()));
        named
    }

    fn put_times(&self, named: &mut BTreeMap<String, String>) {
        let facts = &self.case.facts;
        let times =
            [(FactName::Started, &facts.started), (FactName::Reported, &facts.reported), (FactName::Restored, &facts.restored)];
        for (name, time) in times {
            named.extend(time.as_ref().map(|time| (name.to_string(), fact_text(time))));
        }
        if facts.open {
            named.insert(FactName::Open.to_string(), "true".to_owned());
        }
    }

    fn put_notices(&self, named: &mut BTreeMap<String, String>) {
        for (fact, notice) in self.case.facts.notices.iter().zip(&self.notices) {
            let times = [&fact.sent, &fact.received].map(|time| time.as_ref().map(fact_text).unwrap_or_default());
            let to_registered = fact.to_registered.map(|yes| yes.to_string()).unwrap_or_default();
            let value = format!("{} {} {} {} {to_registered}", fact.form, fact.standing, times[0], times[1]);
            named.insert(format!("notice {}", notice.uid), value);
        }
    }
}

/// The names of the facts that are other than before.
pub fn changed(before: &BTreeMap<String, String>, now: &BTreeMap<String, String>) -> Vec<String> {
    let names: BTreeSet<&String> = before.keys().chain(now.keys()).collect();
    names.into_iter().filter(|name| before.get(*name) != now.get(*name)).cloned().collect()
}

fn fact_text(fact: &Fact) -> String {
    format!("{}/{} {}", fact.from.to_rfc3339(), fact.to.to_rfc3339(), fact.standing)
}

fn outage_text(outage: &Outage) -> String {
    let between = |(from, to): (Stamp, Stamp)| format!("{}/{}", from.to_rfc3339(), to.to_rfc3339());
    format!("{} {} {}", between(outage.from), outage.to.map(between).unwrap_or_default(), outage.standing)
}

fn looked_text(looked: &Looked) -> Option<String> {
    match looked {
        Looked::Nowhere => None,
        Looked::For(forms) => Some(forms.iter().map(ToString::to_string).collect::<Vec<_>>().join(" ")),
        Looked::Everywhere => Some("all".to_owned()),
    }
}

impl Dossier {
    /// What each clause and agreement that can be computed comes to, as of `now`. Nobody's private notes are among the facts.
    pub fn verdicts(&self, now: Stamp) -> Vec<Found<'_>> {
        let clauses = self.clauses.iter().filter(|clause| clause.struck.is_none());
        let agreements = || self.agreements.iter().filter(|agreement| agreement.struck.is_none() && agreement.term.is_some());
        let mut subjects = Vec::new();
        for clause in clauses {
            let mut beside = agreements().filter(|agreement| takes_the_place_of(agreement, clause)).peekable();
            if beside.peek().is_none() && clause.term.is_some() {
                subjects.push((Some(clause), None));
            }
            subjects.extend(beside.map(|agreement| (Some(clause), Some(agreement))));
        }
        let printed = || self.clauses.iter().filter(|clause| clause.struck.is_none());
        let alone = agreements().filter(|agreement| !printed().any(|clause| takes_the_place_of(agreement, clause)));
        subjects.extend(alone.map(|agreement| (None, Some(agreement))));
        subjects.into_iter().flat_map(|(clause, agreement)| self.verdicts_on(clause, agreement, now)).collect()
    }

    /// About a notice, one verdict for each change of the contract's company; else one.
    fn verdicts_on<'a>(&'a self, clause: Option<&'a Clause>, agreement: Option<&'a Agreement>, now: Stamp) -> Vec<Found<'a>> {
        let of = clause.map(|clause| clause.contract).or(agreement.map(|agreement| agreement.contract));
        let Some(contract) = self.contracts.iter().find(|contract| Some(contract.id) == of) else { return Vec::new() };
        let term = clause.and_then(|clause| clause.term.clone()).unwrap_or(Term::Plain);
        let agreed = agreement.and_then(|agreement| Some(Agreed { term: agreement.term.clone()?, standing: agreement.standing }));
        let terms = [Some(&term), agreed.as_ref().map(|agreed| &agreed.term)];
        let about = |kind: fn(&Term) -> bool| terms.into_iter().flatten().any(kind);
        let (about_notice, about_response) =
            (about(|term| matches!(term, Term::Notice(_))), about(|term| matches!(term, Term::Response(_))));
        let changes: Vec<Option<&Change>> = if about_notice {
            let own = self.changes.iter().filter(|change| change.struck.is_none() && change.provider == contract.provider);
            own.map(Some).collect()
        } else {
            vec![None]
        };
        let found = |change: Option<&'a Change>| {
            let (notices, looked) = (self.notices_of(change, contract), self.looked_for(change));
            let answer = if about_response { self.answer(contract) } else { Answer::default() };
            let mut facts = self.facts_of(contract, now);
            (facts.responded, facts.perhaps_responded) = (answer.surely, answer.perhaps);
            facts.effective = change.and_then(|change| change.effective.as_ref()).map(established);
            facts.notices = notices.iter().map(|notice| notice_fact(notice)).collect();
            facts.none_received = none_received(&looked);
            let claims = self.claims_of(clause, agreement);
            // The first one that was sent is what keeps the day.
            facts.claimed_on = claims.iter().map(|claim| established(&claim.sent)).min_by_key(|sent| sent.to);
            let case = Case { calendar: contract.calendar(), term: term.clone(), agreement: agreed.clone(), facts, now };
            let judgement = case.verdict();
            let answered = answer.told_in;
            Found { clause, agreement, contract, change, notices, looked, answered, claims, case, judgement }
        };
        changes.into_iter().map(found).collect()
    }

    /// What the contract's own company sent, or says it sent: what another company published is no notice of theirs.
    fn notices_of(&self, change: Option<&Change>, contract: &Contract) -> Vec<&Notice> {
        let Some(change) = change else { return Vec::new() };
        let own = self.notices.iter().filter(|notice| notice.change == change.id && notice.provider == contract.provider);
        own.filter(|notice| notice.struck.is_none()).collect()
    }

    /// The claims that were sent for a credit under the clause or the agreement.
    fn claims_of(&self, clause: Option<&Clause>, agreement: Option<&Agreement>) -> Vec<&CreditClaim> {
        let asked = |claim: &&CreditClaim| match claim.of {
            Citation::Clause(id) => clause.is_some_and(|clause| clause.id == id),
            Citation::Agreement(id) => agreement.is_some_and(|agreement| agreement.id == id),
        };
        self.credit_claims.iter().filter(|claim| claim.struck.is_none()).filter(asked).collect()
    }

    /// The observations that somebody looked for a notice of the change and found nothing.
    fn looked_for(&self, change: Option<&Change>) -> Vec<&Entry> {
        let Some(change) = change else { return Vec::new() };
        let looked = self.entries.iter().filter(|entry| entry.struck.is_none() && !entry.looked_for.is_empty());
        looked.filter(|entry| entry.change == Some(change.id) && entry.visibility != Visibility::Private).collect()
    }

    /// What the incident's own times and figures say.
    fn facts_of(&self, contract: &Contract, now: Stamp) -> Facts {
        let incident = &self.incident;
        let time = |which| incident.time(which).map(|time| established(&time.at));
        let restored = time(Which::Restored);
        let works = time(Which::Mitigated).into_iter().chain(restored).min_by_key(|fact| fact.from);
        let down = incident.time(Which::Started).map(|started| Outage {
            from: (started.at.from, started.at.to),
            to: works.map(|works| (works.from.max(started.at.from), works.to.max(started.at.to))),
            standing: Standing::Established,
        });
        Facts {
            started: time(Which::Started),
            reported: time(Which::Reported),
            restored,
            open: restored.is_none() && matches!(incident.status(), Status::Open | Status::Mitigated),
            total: incident.total,
            fault: incident.fault,
            monthly_fee: contract.monthly_fee,
            month: incident.time(Which::Started).and_then(|started| month_of(started.at.from, contract)),
            downtime: if incident.time(Which::Started).is_some_and(|started| started.at.from <= now) {
                Vec::from_iter(down)
            } else {
                Vec::new()
            },
            ..Facts::default()
        }
    }

    /// Their first answer to our report: that they called, wrote, or came. Where something was written and nobody noted by whom, it
    /// may have been that answer.
    fn answer(&self, contract: &Contract) -> Answer<'_> {
        let Some(reported) = self.incident.time(Which::Reported) else { return Answer::default() };
        let after = self.entries.iter().filter(|entry| {
            entry.struck.is_none()
                && entry.visibility != Visibility::Private
                && entry.provider == Some(contract.provider)
                && entry.occurred.from >= reported.at.from
        });
        let after: Vec<&Entry> = after.collect();
        let first = |wanted: Option<bool>| {
            let found = after.iter().copied().filter(|entry| is_answer(entry, contract.provider) == wanted);
            found.min_by_key(|entry| entry.occurred.from)
        };
        let surely = first(Some(true));
        let perhaps = first(None).filter(|entry| surely.is_none_or(|surely| entry.occurred.from < surely.occurred.from));
        let told_in = surely.into_iter().chain(perhaps).collect();
        let fact = |entry: &Entry| established(&entry.occurred);
        match (surely.map(fact), perhaps.map(fact)) {
            (Some(surely), Some(perhaps)) => {
                Answer { surely: Some(Fact { from: perhaps.from, ..surely }), perhaps: None, told_in }
            }
            (surely, perhaps) => Answer { surely, perhaps, told_in },
        }
    }
}

/// Whether a company answered.
#[derive(Default)]
struct Answer<'a> {
    /// When it did.
    surely: Option<Fact>,
    /// When it did, if what was written then was theirs; none where it surely did.
    perhaps: Option<Fact>,
    /// The entries that tell of it.
    told_in: Vec<&'a Entry>,
}

/// Whether an entry with the company is an answer of theirs; none where something was written and nobody noted by whom.
fn is_answer(entry: &Entry, company: Id<Provider>) -> Option<bool> {
    match entry.kind {
        EntryKind::Visit | EntryKind::Reply => Some(true),
        EntryKind::Email | EntryKind::Letter | EntryKind::PortalMessage => {
            let mut said = entry.statements.iter().filter(|statement| statement.visibility != Visibility::Private).peekable();
            said.peek()?;
            Some(said.any(|statement| statement.speaker.provider() == Some(company)))
        }
        _ => Some(entry.call.as_ref().is_some_and(|call| {
            call.direction == Direction::In && call.outcome == Outcome::Answered && call.with == CallWith::Company
        })),
    }
}

/// Whether an agreement stands where the clause would. What is told of each change and what is told of the incident do not stand in
/// each other's place, though the one is written before the other.
fn takes_the_place_of(agreement: &Agreement, clause: &Clause) -> bool {
    let is_notice = |term: &Term| matches!(term, Term::Notice(_));
    let same = match (&clause.term, &agreement.term) {
        (None | Some(Term::Plain), _) | (_, None | Some(Term::Plain)) => true,
        (Some(printed), Some(agreed)) => is_notice(printed) == is_notice(agreed),
    };
    agreement.before_clause == Some(clause.id) && same
}

fn established(moment: &Moment) -> Fact {
    Fact { from: moment.from, to: moment.to, standing: Standing::Established }
}

fn notice_fact(notice: &Notice) -> NoticeFact {
    let fact = |moment: &Option<Moment>| {
        moment.as_ref().map(|moment| Fact { from: moment.from, to: moment.to, standing: notice.standing })
    };
    NoticeFact {
        form: notice.form,
        standing: notice.standing,
        sent: fact(&notice.sent),
        received: fact(&notice.received),
        to_registered: notice.to_registered,
    }
}

fn none_received(looked: &[&Entry]) -> Looked {
    let forms: BTreeSet<_> = looked.iter().flat_map(|entry| entry.looked_for.iter().copied()).collect();
    if forms.is_empty() { Looked::Nowhere } else { Looked::For(forms.into_iter().collect()) }
}

/// The first day of the month in which the time lies, in the contract's zone.
fn month_of(at: Stamp, contract: &Contract) -> Option<NaiveDate> {
    use chrono::Datelike;
    at.with_timezone(&contract.zone).date_naive().with_day(1)
}

#[cfg(test)]
pub mod tests;
