//! The dossier 経緯報告書: everything about one incident as one value. Every page, PDF, export and answer about an incident
//! is made from it.
//!
//! It is not `Serialize`. Only a [`View`] is, so that nothing can go out past the one function that redacts.

use std::collections::HashSet;

use super::contract::{Agreement, Clause, Contract};
use super::credit_claim::CreditClaim;
use super::entry::{Entry, EntryKind};
use super::id::{Id, Uid};
use super::incident::{Incident, Party};
use super::ledger::Digest;
use super::matter::{Ask, Contradiction, RuledOut};
use super::moment::Stamp;
use super::notice::{Change, Notice};
use super::party::{Attachment, Contact, Provider};
use super::person::{House, Person};
use super::statement::{Citation, Promise, Speaker, Statement, StatementKind};
use super::verdict::Verdict;
use super::view::{Audience, AudienceName, CreditView, Internal, Make, Meeting, Outward, Provider as Outside, View};
use super::visibility::Visibility;

/// Everything about one incident, as read in one transaction.
#[derive(Clone, Debug)]
pub struct Dossier {
    /// Whose record it is.
    pub house: House,
    /// The incident.
    pub incident: Incident,
    /// Every company that the incident or its entries name.
    pub providers: Vec<Provider>,
    /// Their people.
    pub contacts: Vec<Contact>,
    /// Our own people whom the incident names.
    pub people: Vec<Person>,
    /// The contracts it touches.
    pub contracts: Vec<Contract>,
    /// Their clauses.
    pub clauses: Vec<Clause>,
    /// The agreements beside them.
    pub agreements: Vec<Agreement>,
    /// The timeline, by `occurred.from`, then `recorded_at`, then key.
    pub entries: Vec<Entry>,
    /// The promises.
    pub promises: Vec<Promise>,
    /// The asks.
    pub asks: Vec<Ask>,
    /// What was ruled out.
    pub ruled_out: Vec<RuledOut>,
    /// The contradictions.
    pub contradictions: Vec<Contradiction>,
    /// The provider's changes.
    pub changes: Vec<Change>,
    /// The notices of them.
    pub notices: Vec<Notice>,
    /// The claims for credits that were sent.
    pub credit_claims: Vec<CreditClaim>,
    /// What the clauses came to, as last found.
    pub verdicts: Vec<Verdict>,
    /// The files of the entries, clauses and agreements.
    pub attachments: Vec<Attachment>,
    /// Where the incident's chain of the ledger stood.
    pub head: Head,
}

/// Where a chain of the ledger stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Head {
    /// How many rows the chain has.
    pub count: i64,
    /// The hash of the last one.
    pub hash: Digest,
}

impl Dossier {
    /// An incident with nothing beside it yet.
    pub const fn bare(house: House, incident: Incident, head: Head) -> Self {
        Self {
            house,
            incident,
            providers: Vec::new(),
            contacts: Vec::new(),
            people: Vec::new(),
            contracts: Vec::new(),
            clauses: Vec::new(),
            agreements: Vec::new(),
            entries: Vec::new(),
            promises: Vec::new(),
            asks: Vec::new(),
            ruled_out: Vec::new(),
            contradictions: Vec::new(),
            changes: Vec::new(),
            notices: Vec::new(),
            credit_claims: Vec::new(),
            verdicts: Vec::new(),
            attachments: Vec::new(),
            head,
        }
    }

    /// The credit under the clause or agreement called `of`, as `A` may see it; none where it may not, or there is none.
    pub fn credit<A: Audience>(&self, reader: &A::Reader, now: Stamp, of: Uid) -> Option<CreditView> {
        super::view::redact_credit::<A>(self, reader, now, of)
    }

    /// The same as the company may see it that gives the credit.
    pub fn credit_outward(&self, now: Stamp, of: Uid) -> Option<CreditView> {
        let clause = self.clauses.iter().find(|clause| clause.uid == of).map(|clause| clause.contract);
        let agreement = || self.agreements.iter().find(|agreement| agreement.uid == of).map(|agreement| agreement.contract);
        let contract = clause.or_else(agreement)?;
        let company = self.contracts.iter().find(|known| known.id == contract)?.provider;
        self.credit::<Outside>(&Outward::plain(company), now, of)
    }

    /// The dossier as `A` may see it: the one function that redacts.
    pub fn view<A: Audience>(&self, reader: &A::Reader, now: Stamp) -> View<A> {
        super::view::redact::<A>(self, reader, now)
    }

    /// Makes something of what that audience may see: our own people's with the private notes of `reader`, the provider's as a share
    /// without options shows it.
    pub fn made_for<M: Make>(&self, audience: AudienceName, reader: Option<Id<Person>>, now: Stamp, make: M) -> M::Made {
        match audience {
            AudienceName::Internal => make.of(&self.view::<Internal>(&reader, now)),
            AudienceName::Meeting => make.of(&self.view::<Meeting>(&(), now)),
            AudienceName::Provider => make.of(&self.view::<Outside>(&Outward::plain(self.incident.provider), now)),
        }
    }

    /// Takes out what is private to others than `person`: their notes, with what was said in them and the files beside.
    pub fn keep_private_only_of(&mut self, person: Option<Id<Person>>) {
        let hidden = |visibility: Visibility, author: Option<Id<Person>>| {
            visibility == Visibility::Private && (author.is_none() || author != person)
        };
        self.entries.retain(|entry| !hidden(entry.visibility, entry.author));
        for entry in &mut self.entries {
            let author = entry.author;
            entry.statements.retain(|statement| !hidden(statement.visibility, author));
        }
        self.attachments.retain(|file| !hidden(file.visibility, file.added_by));
    }

    /// The company with this uid.
    pub fn company_called(&self, uid: Uid) -> Option<Id<Provider>> {
        self.providers.iter().find(|company| company.uid == uid).map(|company| company.id)
    }

    /// The person with this uid.
    pub fn contact_called(&self, uid: Uid) -> Option<Id<Contact>> {
        self.contacts.iter().find(|contact| contact.uid == uid).map(|contact| contact.id)
    }

    /// The statement with this uid.
    pub fn statement_called(&self, uid: Uid) -> Option<Id<Statement>> {
        self.entries.iter().flat_map(|entry| &entry.statements).find(|statement| statement.uid == uid).map(|found| found.id)
    }

    /// The clause or agreement with this uid.
    pub fn citation_called(&self, uid: Uid) -> Option<Citation> {
        let agreement = self.agreements.iter().find(|agreement| agreement.uid == uid);
        let clause = self.clauses.iter().find(|clause| clause.uid == uid);
        agreement.map(|agreement| Citation::Agreement(agreement.id)).or_else(|| clause.map(|clause| Citation::Clause(clause.id)))
    }

    /// A company of this incident.
    pub fn provider(&self, id: Id<Provider>) -> Option<&Provider> {
        self.providers.iter().find(|provider| provider.id == id)
    }

    /// A company's name; empty where the dossier does not hold it.
    pub fn name_of(&self, id: Id<Provider>) -> String {
        self.provider(id).map(|provider| provider.name.clone()).unwrap_or_default()
    }

    /// A company's short sign in this incident, else its name.
    pub fn sign_of(&self, id: Id<Provider>) -> String {
        let sign = |party: &&Party| party.provider == id && !party.sign.is_empty();
        self.incident.parties.iter().find(sign).map_or_else(|| self.name_of(id), |party| party.sign.clone())
    }

    /// One of their people. A merged contact is found as the one they were found to be.
    pub fn contact(&self, id: Id<Contact>) -> Option<&Contact> {
        let found = self.contacts.iter().find(|contact| contact.id == id)?;
        // One step only: merging always points at a contact that is not merged itself.
        found.merged_into.and_then(|into| self.contacts.iter().find(|contact| contact.id == into)).or(Some(found))
    }

    /// One of our people's names; none where the dossier does not hold them.
    pub fn person(&self, id: Id<Person>) -> Option<&str> {
        self.people.iter().find(|person| person.id == id).map(|person| person.name.as_str())
    }

    /// The next steps: the promises in which one of us took something on in a decision. They are promised to nobody.
    pub fn steps(&self) -> HashSet<Id<Statement>> {
        let decisions = self.entries.iter().filter(|entry| entry.kind == EntryKind::Decision);
        let ours = |said: &&Statement| said.kind == StatementKind::Promise && matches!(said.speaker, Speaker::Ours { .. });
        decisions.flat_map(|entry| &entry.statements).filter(ours).map(|said| said.id).collect()
    }

    /// A statement with the entry it stands in.
    pub fn statement(&self, id: Id<Statement>) -> Option<(&Entry, &Statement)> {
        self.entries
            .iter()
            .find_map(|entry| entry.statements.iter().find(|statement| statement.id == id).map(|statement| (entry, statement)))
    }
}
