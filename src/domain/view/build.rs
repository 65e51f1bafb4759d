//! The one function that redacts. What an audience may not see does not enter the view; nothing is hidden later.

use std::collections::{HashMap, HashSet};
use std::marker::PhantomData;

mod credits;
mod matters;
mod news;
mod promises;
mod replies;
mod verdicts;

pub use credits::redact_credit;
pub use news::redact_news;

use crate::domain::call::Call;
use crate::domain::contract::{Agreement, Clause};
use crate::domain::dossier::Dossier;
use crate::domain::entry::{Entry, Struck};
use crate::domain::figures::Figures;
use crate::domain::id::Id;
use crate::domain::incident::{PartyRole, Status, Which};
use crate::domain::matter::{Against, Ask, Contradiction, RuledOut};
use crate::domain::moment::{Moment, Span, Stamp};
use crate::domain::party::{Attachment, Contact, Owner, Provider as Company};
use crate::domain::reply::{ActAbout, Reply};
use crate::domain::statement::{Citation, Speaker, Statement};

use super::{
    AgreementView, AskView, Audience, AudienceName, CallView, ClauseView, EntryView, FileView, LegView, PartyView, PersonReached,
    Quote, RuledOutView, StatementView, TimeView, View, WaitView, Who,
};

/// The dossier as `A` may see it, as of `now`.
pub fn redact<A: Audience>(dossier: &Dossier, reader: &A::Reader, now: Stamp) -> View<A> {
    let eye = Eye::<A>::new(dossier, reader);
    let incident = &dossier.incident;
    let outward = A::NAME == AudienceName::Provider && !incident.title_outward.is_empty();
    let (down, still_down) = eye.down(now);
    let found = eye.found(now);
    let cost = |text: &String| if A::SHOWS_COST { text.clone() } else { String::new() };
    let (promises, steps) = eye.promises(now);
    let (figures, counted) = A::SHOWS_COST.then(|| Figures::of(dossier)).unzip();
    View {
        audience: A::NAME,
        company: dossier.house.company.clone(),
        number: incident.number,
        kind: incident.kind,
        title: if outward { incident.title_outward.clone() } else { incident.title.clone() },
        status: incident.status(),
        restricted_to: if A::NAME == AudienceName::Internal { eye.restricted_to() } else { Vec::new() },
        severity: A::SHOWS_COST.then_some(incident.severity),
        provider: dossier.name_of(incident.provider),
        provider_uid: dossier
            .provider(incident.provider)
            .map(|company| company.uid)
            .filter(|_| A::NAME == AudienceName::Internal),
        reader: A::company(reader).map(|company| dossier.name_of(company)),
        parties: eye.parties(),
        times: eye.times(),
        down,
        downs: incident.downs(now),
        still_down,
        what: incident.what.clone(),
        affected: incident.affected.clone(),
        cause: cost(&incident.cause),
        figures,
        counted: counted.unwrap_or_default(),
        cost: incident
            .cost
            .as_ref()
            .filter(|cost| A::SHOWS_COST && A::sees(reader, cost.visibility, None))
            .and_then(|cost| cost.cost(down)),
        agreements: dossier.agreements.iter().filter_map(|agreement| eye.agreement(agreement)).collect(),
        clauses: eye.clauses(),
        ruled_out: eye.ruled_out(),
        asks: dossier.asks.iter().filter_map(|ask| eye.ask(ask)).collect(),
        promises,
        steps,
        contradictions: dossier.contradictions.iter().filter_map(|item| eye.contradiction(item)).collect(),
        verdicts: eye.verdicts(&found),
        deadlines: eye.deadlines(&found),
        credit_claims: eye.credit_claims(now),
        questions: eye.questions(&found),
        changes: dossier.changes.iter().filter_map(|change| eye.change(change)).collect(),
        entries: eye.entries().map(|entry| eye.entry(entry)).collect(),
        people: eye.people(),
        fingerprint: dossier.head.hash.fingerprint(),
        changes_recorded: dossier.head.count,
        ledger_hash: dossier.head.hash,
        as_of: now,
        _audience: PhantomData,
    }
}

/// The reader's eye on a dossier: every question of whether something may be seen is asked here.
struct Eye<'a, A: Audience> {
    dossier: &'a Dossier,
    reader: &'a A::Reader,
    /// The statements the reader sees, with their entries.
    statements: HashMap<Id<Statement>, (&'a Entry, &'a Statement)>,
    /// The clauses the reader has to be shown, since something they see points to them.
    cited: HashSet<Id<Clause>>,
    /// The replies the reader sees, with their entries.
    replied: Vec<(&'a Entry, &'a Reply)>,
}

impl<'a, A: Audience> Eye<'a, A> {
    fn new(dossier: &'a Dossier, reader: &'a A::Reader) -> Self {
        let mut eye = Self { dossier, reader, statements: HashMap::new(), cited: HashSet::new(), replied: Vec::new() };
        let mut statements = HashMap::new();
        for entry in eye.entries() {
            for statement in eye.statements_of(entry) {
                statements.insert(statement.id, (entry, statement));
            }
        }
        eye.statements = statements;
        eye.cited = eye.find_cited();
        eye.replied = eye.entries().filter_map(|entry| entry.reply.as_ref().map(|reply| (entry, reply))).collect();
        eye
    }

    fn shows(&self, struck: Option<&Struck>) -> bool {
        A::SHOWS_STRUCK || struck.is_none()
    }

    /// Whether the reader may see what a company said; what is ours they may.
    fn hears(&self, company: Option<Id<Company>>) -> bool {
        company.is_none_or(|company| A::hears(self.reader, company))
    }

    fn sees_entry(&self, entry: &Entry) -> bool {
        self.shows(entry.struck.as_ref()) && self.may_see_entry(entry)
    }

    /// Whether the reader may see it, were it not struck out.
    fn may_see_entry(&self, entry: &Entry) -> bool {
        A::sees_in(self.reader, entry.id, entry.visibility, entry.author) && self.hears(entry.provider)
    }

    fn entries(&self) -> impl Iterator<Item = &'a Entry> + '_ {
        self.dossier.entries.iter().filter(|entry| self.sees_entry(entry))
    }

    fn statements_of(&self, entry: &'a Entry) -> impl Iterator<Item = &'a Statement> + '_ {
        entry.statements.iter().filter(move |statement| {
            A::sees_in(self.reader, entry.id, statement.visibility, entry.author) && self.hears(statement.speaker.provider())
        })
    }

    fn find_cited(&self) -> HashSet<Id<Clause>> {
        let by_statements = self.statements.values().flat_map(|(_, statement)| &statement.cites);
        let by_statements = by_statements.filter_map(|cite| match cite {
            Citation::Clause(id) => Some(*id),
            Citation::Agreement(_) => None,
        });
        let seen = self.dossier.contradictions.iter().filter(|item| self.sees_contradiction(item));
        let by_contradictions = seen.filter_map(|item| match item.against {
            Against::Clause(id) => Some(id),
            Against::Statement(_) | Against::Agreement(_) | Against::Entry(_) => None,
        });
        let agreements = self.dossier.agreements.iter().filter(|agreement| self.sees_agreement(agreement));
        let by_agreements = agreements.filter_map(|agreement| agreement.before_clause);
        by_statements.chain(by_contradictions).chain(by_agreements).collect()
    }

    fn contract_heard(&self, contract: Id<crate::domain::contract::Contract>) -> bool {
        let found = self.dossier.contracts.iter().find(|candidate| candidate.id == contract);
        found.is_some_and(|contract| A::hears(self.reader, contract.provider))
    }

    fn contract_title(&self, id: Id<crate::domain::contract::Contract>) -> String {
        let found = self.dossier.contracts.iter().find(|contract| contract.id == id);
        found.map(|contract| contract.title.clone()).unwrap_or_default()
    }

    fn down(&self, now: Stamp) -> (Option<Span>, bool) {
        let incident = &self.dossier.incident;
        let Some(started) = incident.time(Which::Started) else { return (None, false) };
        let end = incident.time(Which::Mitigated).or_else(|| incident.time(Which::Restored));
        match end {
            Some(end) => (Some(started.at.until(&end.at)), false),
            // Closed without ever having worked again: it ended there for us.
            None => match incident.time(Which::Closed) {
                Some(closed) => (Some(started.at.until(&closed.at)), false),
                None => {
                    let until_now = started.at.until(&Moment::exact(now, started.at.zone));
                    (Some(until_now), incident.status() == Status::Open)
                }
            },
        }
    }

    /// By name, those of our people to whom the incident is restricted.
    fn restricted_to(&self) -> Vec<String> {
        let named = |person| self.dossier.people.iter().find(|known| known.id == person).map(|known| known.name.clone());
        self.dossier.incident.restricted_to.iter().filter_map(|person| named(*person)).collect()
    }

    fn parties(&self) -> Vec<PartyView> {
        let incident = &self.dossier.incident;
        let others = incident.parties.iter().filter(|party| party.role != PartyRole::Provider);
        others
            .filter(|party| A::hears(self.reader, party.provider))
            .map(|party| PartyView { name: self.dossier.name_of(party.provider), role: party.role, sign: party.sign.clone() })
            .collect()
    }

    fn times(&self) -> Vec<TimeView> {
        let by = |company: Id<Company>| A::hears(self.reader, company).then(|| self.dossier.name_of(company));
        let mut times: Vec<TimeView> = (self.dossier.incident.times.iter())
            .map(|time| TimeView { which: time.which, at: time.at.clone(), by: time.by.and_then(by) })
            .collect();
        times.sort_by_key(|time| time.which);
        times
    }

    fn sees_agreement(&self, agreement: &Agreement) -> bool {
        self.shows(agreement.struck.as_ref()) && self.may_see_agreement(agreement)
    }

    /// Whether the reader may see it, were it not struck out.
    fn may_see_agreement(&self, agreement: &Agreement) -> bool {
        A::sees(self.reader, agreement.visibility, None) && self.contract_heard(agreement.contract)
    }

    fn agreement(&self, agreement: &Agreement) -> Option<AgreementView> {
        let clause = |id: Id<Clause>| self.dossier.clauses.iter().find(|clause| clause.id == id);
        self.sees_agreement(agreement).then(|| AgreementView {
            uid: agreement.uid,
            made: agreement.made.clone(),
            made_with: if A::their_names(self.reader) { agreement.made_with.clone() } else { String::new() },
            how: agreement.how,
            words: agreement.words.clone(),
            verbatim: agreement.verbatim,
            evidence: if A::SHOWS_COST { agreement.evidence.clone() } else { String::new() },
            standing: agreement.standing,
            replies: self.replies_about(ActAbout::Agreement(agreement.id)),
            before_clause: agreement.before_clause.and_then(clause).map(|clause| clause.number.clone()),
            contract: self.contract_title(agreement.contract),
            files: self.files(Owner::Agreement(agreement.id)),
            struck: reason(agreement.struck.as_ref()),
        })
    }

    fn clauses(&self) -> Vec<ClauseView> {
        let shown = self.dossier.clauses.iter().filter(|clause| self.cited.contains(&clause.id));
        shown.filter(|clause| self.contract_heard(clause.contract)).map(|clause| self.clause_view(clause)).collect()
    }

    fn clause_view(&self, clause: &Clause) -> ClauseView {
        ClauseView {
            uid: clause.uid,
            contract: self.contract_title(clause.contract),
            number: clause.number.clone(),
            heading: clause.heading.clone(),
            quote: clause.quote.clone(),
        }
    }

    /// Whether the reader may see it, were it not struck out.
    fn may_see_ruled_out(&self, item: &RuledOut) -> bool {
        A::sees(self.reader, item.visibility, None)
    }

    fn ruled_out(&self) -> Vec<RuledOutView> {
        let all = self.dossier.ruled_out.iter();
        let seen = all.filter(|item| self.shows(item.struck.as_ref()) && self.may_see_ruled_out(item));
        seen.map(|item| RuledOutView {
            uid: item.uid,
            kind: item.kind,
            what: item.what.clone(),
            why: item.why.clone(),
            visibility: item.visibility,
            struck: reason(item.struck.as_ref()),
        })
        .collect()
    }

    fn ask(&self, ask: &Ask) -> Option<AskView> {
        let visible: HashSet<Id<Entry>> = self.entries().map(|entry| entry.id).collect();
        self.sees_ask(ask).then(|| AskView {
            uid: ask.uid,
            company: self.dossier.name_of(ask.provider),
            words: ask.words.clone(),
            times_asked: ask.asked_in.iter().filter(|entry| visible.contains(entry)).count(),
            answer: ask.answered_by.and_then(|statement| self.quote(statement)),
            agreement: self.asked_agreement(ask).map(|agreement| agreement.uid),
            replies: self.replies_about(ActAbout::Ask(ask.id)),
            visibility: ask.visibility,
            struck: reason(ask.struck.as_ref()),
        })
    }

    fn quote(&self, id: Id<Statement>) -> Option<Quote> {
        let (entry, statement) = self.statements.get(&id)?;
        let said_at = statement.said_at.map(|at| Moment::exact(at, entry.occurred.zone));
        Some(Quote {
            uid: statement.uid,
            entry: entry.uid,
            who: self.speaker(&statement.speaker),
            at: said_at.unwrap_or_else(|| entry.occurred.clone()),
            words: statement.words.clone(),
            verbatim: statement.verbatim,
        })
    }

    fn entry(&self, entry: &'a Entry) -> EntryView {
        let author = entry.author.filter(|_| A::our_names(self.reader));
        let with = entry.provider.zip(entry.contact).map(|(company, contact)| self.their_person(company, Some(contact), ""));
        let with = entry.reply.as_ref().map(|reply| self.replier(entry, reply)).or(with);
        EntryView {
            uid: entry.uid,
            kind: entry.kind,
            occurred: entry.occurred.clone(),
            recorded_at: entry.recorded_at,
            recorded_late: entry.recorded_late(),
            revision: entry.revision,
            author: author.and_then(|id| self.dossier.person(id)).map(str::to_owned),
            company: entry.provider.map(|company| self.dossier.name_of(company)),
            with,
            title: entry.title.clone(),
            body: entry.body.clone(),
            place: entry.place.clone(),
            settles: entry.settles.and_then(|item| self.entries().find(|seen| seen.id == item)).map(|item| item.uid),
            visibility: entry.visibility,
            struck: reason(entry.struck.as_ref()),
            call: entry.call.as_ref().map(|call| self.call(entry, call)),
            reply: self.reply(entry),
            statements: self.statements_of(entry).map(|statement| self.statement(statement)).collect(),
            files: self.files(Owner::Entry(entry.id)),
        }
    }

    fn call(&self, entry: &Entry, call: &Call) -> CallView {
        let length = if call.failed() { call.ended.map(|end| end - call.dialled) } else { call.length() };
        CallView {
            direction: call.direction,
            own_colleague: call.with == crate::domain::call::CallWith::OwnColleague,
            number: if A::SHOWS_COST { call.number.clone() } else { String::new() },
            outcome: call.outcome,
            dialled: call.dialled,
            answered: call.answered,
            ended: call.ended,
            length_seconds: length.map(|length| length.num_seconds()),
            before_answer_seconds: call.before_answer().num_seconds(),
            legs: call.legs.iter().map(|leg| self.leg(entry, leg)).collect(),
            waits: (call.waits.iter())
                .map(|wait| WaitView { why: wait.why, from: wait.from, seconds: (wait.to - wait.from).num_seconds() })
                .collect(),
        }
    }

    fn leg(&self, entry: &Entry, leg: &crate::domain::call::Leg) -> LegView {
        // How often we had to tell it again is ours to know, not theirs to be reproached with.
        let telling = leg.told_from_start.filter(|_| A::SHOWS_COST);
        LegView {
            who: match entry.provider {
                Some(company) => self.their_person(company, leg.contact, &leg.who),
                None => Who::Ours { name: Some(leg.who.clone()).filter(|who| !who.is_empty() && A::our_names(self.reader)) },
            },
            from: leg.from,
            to: leg.to,
            told_from_start: telling.is_some(),
            telling_seconds: telling.and_then(|telling| telling.length()).map(|length| length.num_seconds()),
        }
    }

    fn statement(&self, statement: &Statement) -> StatementView {
        let promise = self.dossier.promises.iter().find(|promise| promise.statement == statement.id);
        let contradicts =
            |item: &&Contradiction| item.statement == statement.id || item.against == Against::Statement(statement.id);
        let seen = self.dossier.contradictions.iter().filter(|item| self.sees_contradiction(item));
        StatementView {
            uid: statement.uid,
            kind: A::SHOWS_COST.then_some(statement.kind),
            who: self.speaker(&statement.speaker),
            words: statement.words.clone(),
            verbatim: statement.verbatim,
            said_at: statement.said_at,
            standing: A::SHOWS_COST.then_some(statement.standing),
            promise: promise.map(|promise| promise.uid),
            contradictions: seen.filter(contradicts).map(|item| item.uid).collect(),
            cites: statement.cites.iter().filter_map(|cite| self.cite(*cite)).collect(),
            replies: self.replies_to(statement.id),
            visibility: statement.visibility,
        }
    }

    fn cite(&self, cite: Citation) -> Option<String> {
        match cite {
            Citation::Clause(id) => {
                let clause = self.dossier.clauses.iter().find(|clause| clause.id == id)?;
                self.contract_heard(clause.contract).then(|| clause.number.clone())
            }
            Citation::Agreement(id) => {
                let agreement = self.dossier.agreements.iter().find(|agreement| agreement.id == id)?;
                self.sees_agreement(agreement).then(|| agreement.words.clone())
            }
        }
    }

    fn speaker(&self, speaker: &Speaker) -> Who {
        match speaker {
            Speaker::Theirs { provider, contact, who } => self.their_person(*provider, *contact, who),
            Speaker::Ours { person } => {
                let person = person.filter(|_| A::our_names(self.reader));
                Who::Ours { name: person.and_then(|id| self.dossier.person(id)).map(str::to_owned) }
            }
        }
    }

    fn their_person(&self, company: Id<Company>, contact: Option<Id<Contact>>, as_told: &str) -> Who {
        let contact = contact.and_then(|id| self.dossier.contact(id));
        let known = contact.map(|contact| [contact.department.as_str(), contact.role.as_str()]);
        let desk = [as_told].into_iter().chain(known.into_iter().flatten()).find(|text| !text.is_empty());
        Who::Theirs {
            company: self.dossier.name_of(company),
            desk: desk.unwrap_or_default().to_owned(),
            name: contact.and_then(|contact| contact.name.clone()).filter(|_| A::their_names(self.reader)),
        }
    }

    fn files(&self, owner: Owner) -> Vec<FileView> {
        let may_see = |file: &Attachment| match owner {
            Owner::Entry(entry) => A::sees_in(self.reader, entry, file.visibility, file.added_by),
            _ => A::sees(self.reader, file.visibility, file.added_by),
        };
        let seen = self.dossier.attachments.iter().filter(|file| {
            A::files(self.reader)
                && file.owner == owner
                && file.struck.is_none()
                && may_see(file)
                && (!file.held || A::NAME == AudienceName::Internal)
        });
        seen.map(file_view).collect()
    }

    fn people(&self) -> Vec<PersonReached> {
        let mut order = Vec::new();
        let mut people: HashMap<Who, PersonReached> = HashMap::new();
        for entry in self.entries().filter(|entry| entry.provider.is_some() && entry.struck.is_none()) {
            for leg in entry.call.iter().flat_map(|call| &call.legs) {
                let leg = self.leg(entry, leg);
                let person = people.entry(leg.who.clone()).or_insert_with(|| {
                    order.push(leg.who.clone());
                    PersonReached { who: leg.who.clone(), calls: 0, told_from_start: 0 }
                });
                person.calls += 1;
                person.told_from_start += usize::from(leg.told_from_start);
            }
        }
        order.iter().filter_map(|who| people.remove(who)).collect()
    }
}

fn reason(struck: Option<&Struck>) -> Option<String> {
    struck.map(|struck| struck.reason.clone())
}

fn file_view(file: &Attachment) -> FileView {
    FileView {
        uid: file.uid,
        name: file.name.clone(),
        media_type: file.media_type.clone(),
        size: file.size,
        sha256: file.sha256.clone(),
        held: file.held.then_some(file.revision),
    }
}
