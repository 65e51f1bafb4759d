//! What one audience may see of a dossier: the only thing that goes out, to page, PDF, JSON and mail.

mod build;
mod credits;
mod news;
mod parts;
mod replies;
mod timeline;
mod verdicts;

use std::marker::PhantomData;

use serde::Serialize;

pub use build::{redact, redact_credit, redact_news};
pub use credits::*;
pub use news::*;
pub use parts::*;
pub use replies::*;
pub use timeline::{Attempts, TimelineItem};
pub use verdicts::*;

use super::cost::Cost;
use super::entry::{Entry, EntryKind};
use super::figures::{Counts, Figures};
use super::id::{Id, Uid};
use super::incident::{Downtime, IncidentKind, IncidentNumber, Severity, Status};
use super::ledger::Digest;
use super::moment::{Span, Stamp};
use super::party::Provider as Company;
use super::person::Person;
use super::phrases::Phrase;
use super::text_enum::text_enum;
use super::visibility::Visibility;

text_enum! {
    /// For whom something is made.
    pub enum AudienceName {
        /// Our own people.
        Internal = "internal",
        /// The meeting.
        Meeting = "meeting",
        /// The provider.
        Provider = "provider",
    }
}

/// For whom a view is made. Sealed: there are three.
pub trait Audience: sealed::Sealed + 'static {
    /// What it is called.
    const NAME: AudienceName;
    /// What has to be known of the reader to redact for them.
    type Reader;

    /// Whether the reader may see a thing of `visibility`, written by `author`.
    fn sees(reader: &Self::Reader, visibility: Visibility, author: Option<Id<Person>>) -> bool;

    /// Whether the reader may see an entry of `visibility`, written by `author`, or what in it has a visibility of its own.
    fn sees_in(reader: &Self::Reader, _entry: Id<Entry>, visibility: Visibility, author: Option<Id<Person>>) -> bool {
        Self::sees(reader, visibility, author)
    }

    /// Whether the reader is shown files.
    fn files(_reader: &Self::Reader) -> bool {
        true
    }

    /// The company for whose people it is made; none for our own.
    fn company(_reader: &Self::Reader) -> Option<Id<Company>> {
        None
    }

    /// Whether the reader may see what `company` said.
    fn hears(_reader: &Self::Reader, _company: Id<Company>) -> bool {
        true
    }

    /// Whether the reader is told the names of their people.
    fn their_names(_reader: &Self::Reader) -> bool {
        true
    }

    /// Whether the reader is told the names of ours.
    fn our_names(_reader: &Self::Reader) -> bool {
        true
    }

    /// Whether what was struck out is shown, struck out.
    const SHOWS_STRUCK: bool = false;

    /// Whether the reader is shown what the matter cost us, how grave we think it and what we take for its cause.
    const SHOWS_COST: bool = true;
}

/// What is made of a view, whichever audience it is for. See [`Dossier::made_for`](super::dossier::Dossier::made_for).
pub trait Make {
    /// What is made.
    type Made;

    /// Makes it of what that audience is shown.
    fn of<A: Audience>(self, view: &View<A>) -> Self::Made;
}

mod sealed {
    pub trait Sealed {}
    impl Sealed for super::Internal {}
    impl Sealed for super::Meeting {}
    impl Sealed for super::Provider {}
}

/// Our own people; the reader is one of them (none for a command at the machine, which sees no private notes).
#[derive(Clone, Copy, Debug)]
pub enum Internal {}

impl Audience for Internal {
    const NAME: AudienceName = AudienceName::Internal;
    type Reader = Option<Id<Person>>;
    const SHOWS_STRUCK: bool = true;

    fn sees(reader: &Self::Reader, visibility: Visibility, author: Option<Id<Person>>) -> bool {
        visibility != Visibility::Private || (reader.is_some() && *reader == author)
    }
}

/// The meeting, on paper or on a screen.
#[derive(Clone, Copy, Debug)]
pub enum Meeting {}

impl Audience for Meeting {
    const NAME: AudienceName = AudienceName::Meeting;
    type Reader = ();

    fn sees((): &(), visibility: Visibility, _author: Option<Id<Person>>) -> bool {
        visibility >= Visibility::Meeting
    }
}

/// The provider's people.
#[derive(Clone, Copy, Debug)]
pub enum Provider {}

/// One company, and what it is told beyond the default.
#[derive(Clone, Debug)]
pub struct Outward {
    /// The company for whose people it is made.
    pub company: Id<Company>,
    /// Also the names of their people; else department and time.
    pub their_names: bool,
    /// Also the names of ours.
    pub our_names: bool,
    /// Also what these other companies said.
    pub other_companies: Vec<Id<Company>>,
    /// Also the files.
    pub files: bool,
    /// But not these entries.
    pub left_out: Vec<Id<Entry>>,
    /// And these entries, though they are for the meeting.
    pub let_in: Vec<Id<Entry>>,
}

impl Outward {
    /// What `company` is told where nobody chose more.
    pub fn plain(company: Id<Company>) -> Self {
        Self {
            company,
            their_names: false,
            our_names: false,
            other_companies: Vec::new(),
            files: true,
            left_out: Vec::new(),
            let_in: Vec::new(),
        }
    }
}

impl Audience for Provider {
    const NAME: AudienceName = AudienceName::Provider;
    type Reader = Outward;
    const SHOWS_COST: bool = false;

    fn sees(_reader: &Outward, visibility: Visibility, _author: Option<Id<Person>>) -> bool {
        visibility == Visibility::Provider
    }

    fn sees_in(reader: &Outward, entry: Id<Entry>, visibility: Visibility, author: Option<Id<Person>>) -> bool {
        let is_let_in = visibility == Visibility::Meeting && reader.let_in.contains(&entry);
        !reader.left_out.contains(&entry) && (is_let_in || Self::sees(reader, visibility, author))
    }

    fn files(reader: &Outward) -> bool {
        reader.files
    }

    fn company(reader: &Outward) -> Option<Id<Company>> {
        Some(reader.company)
    }

    fn hears(reader: &Outward, company: Id<Company>) -> bool {
        reader.company == company || reader.other_companies.contains(&company)
    }

    fn their_names(reader: &Outward) -> bool {
        reader.their_names
    }

    fn our_names(reader: &Outward) -> bool {
        reader.our_names
    }
}

/// For whom a view is made, as a type alone.
type Marker<A> = PhantomData<fn() -> A>;

/// One incident as one audience may see it. What is not for them is not in it.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(feature = "app", derive(utoipa::ToSchema), schema(as = Dossier, bound = ""))]
pub struct View<A: Audience> {
    /// For whom.
    pub audience: AudienceName,
    /// Whose record it is: our company's name.
    pub company: String,
    /// The incident's number.
    pub number: IncidentNumber,
    /// What kind of matter it is.
    pub kind: IncidentKind,
    /// What is wrong, in one line.
    pub title: String,
    /// Where it stands.
    pub status: Status,
    /// The names of those of our people who alone may know of it, where it is restricted; for our own people only.
    pub restricted_to: Vec<String>,
    /// How grave it is; not for the provider.
    pub severity: Option<Severity>,
    /// The company answerable for it.
    pub provider: String,
    /// The same, as our own forms name it; for our own people only.
    #[serde(skip)]
    pub provider_uid: Option<Uid>,
    /// The company for whose people it is made, whose own words these are then; none for our own people.
    #[serde(skip)]
    pub reader: Option<String>,
    /// The other companies that play a part.
    pub parties: Vec<PartyView>,
    /// Its times, in the order of the Words table.
    pub times: Vec<TimeView>,
    /// How long it was, or has been, down: to the makeshift, else the restoration, else now.
    #[serde(serialize_with = "super::figures::span_seconds")]
    #[cfg_attr(feature = "app", schema(value_type = Option<Span>))]
    pub down: Option<Span>,
    /// The same by every other definition that the record allows, and that one too.
    pub downs: Vec<Downtime>,
    /// Whether it is down still, so that `down` goes on growing.
    pub still_down: bool,
    /// What does not work, and what does.
    pub what: String,
    /// Whom it hurts.
    pub affected: String,
    /// The cause as far as known; not for the provider.
    pub cause: String,
    /// The figures; not for the provider.
    pub figures: Option<Figures>,
    /// Which entries each figure counts; not for the provider.
    #[serde(skip_serializing_if = "Counts::is_empty")]
    #[cfg_attr(feature = "app", schema(value_type = BTreeMap<String, Vec<Uid>>))]
    pub counted: Counts,
    /// What it cost, where somebody entered what that is reckoned from and these eyes may see it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cost: Option<Cost>,
    /// What was agreed beside the print.
    pub agreements: Vec<AgreementView>,
    /// The clauses that statements and contradictions point to, and those an agreement comes before.
    pub clauses: Vec<ClauseView>,
    /// What was checked already, and what cannot be done.
    pub ruled_out: Vec<RuledOutView>,
    /// What we ask.
    pub asks: Vec<AskView>,
    /// The promises, by when they were given.
    pub promises: Vec<PromiseView>,
    /// The next steps: what one of us took on in a decision, by when it was decided.
    pub steps: Vec<PromiseView>,
    /// What does not fit together.
    pub contradictions: Vec<ContradictionView>,
    /// What the clauses come to, held against what is on record; not for the provider.
    pub verdicts: Vec<VerdictView>,
    /// By when something must be done under them, the earliest first; not for the provider.
    pub deadlines: Vec<DeadlineView>,
    /// The claims for credits that were sent.
    pub credit_claims: Vec<CreditClaimView>,
    /// What the provider is asked to confirm, so that a clause can be judged; for the provider only.
    pub questions: Vec<Phrase>,
    /// The provider's changes, with the notices of them.
    pub changes: Vec<ChangeView>,
    /// The timeline, entry by entry.
    pub entries: Vec<EntryView>,
    /// The people reached.
    pub people: Vec<PersonReached>,
    /// Where the incident's ledger stands.
    pub fingerprint: String,
    /// How many changes the incident's chain of the ledger holds.
    pub changes_recorded: i64,
    /// The hash of the last of them, of which the fingerprint is the beginning.
    pub ledger_hash: Digest,
    /// As of when.
    #[cfg_attr(feature = "app", schema(value_type = DateTime<Utc>))]
    pub as_of: Stamp,
    #[serde(skip)]
    #[cfg_attr(feature = "app", schema(ignore))]
    _audience: Marker<A>,
}

impl<A: Audience> View<A> {
    /// The promise or next step called `uid`.
    pub fn promise(&self, uid: Uid) -> Option<&PromiseView> {
        self.promises.iter().chain(&self.steps).find(|promise| promise.uid == uid)
    }

    /// What the meeting is to decide, each with whether it has.
    pub fn agenda(&self) -> impl Iterator<Item = (&EntryView, bool)> {
        let stands = |entry: &&EntryView| entry.struck.is_none();
        let items = self.entries.iter().filter(|entry| entry.kind == EntryKind::Agenda).filter(stands);
        items.map(move |item| {
            let settled = self.entries.iter().filter(stands).any(|entry| entry.settles == Some(item.uid));
            (item, settled)
        })
    }

    /// The files that are shown, those of the timeline first.
    pub fn files(&self) -> impl Iterator<Item = &FileView> {
        let of_entries = self.entries.iter().flat_map(|entry| &entry.files);
        of_entries.chain(self.agreements.iter().flat_map(|agreement| &agreement.files))
    }
}
