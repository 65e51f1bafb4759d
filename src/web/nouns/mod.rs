//! The forms of the nouns: each is written down new, corrected and struck out by the same few handlers.
//!
//! A [`Noun`] says which fields its form has, how they are filled from what stands on record, how they are read back, and
//! which use case takes them. A [`Place`] is where it stands: an incident's timeline, a company, a contract, the house; it
//! says how the permit is asked for and what the form can offer to choose from.

mod calls;
mod changes;
mod companies;
mod contracts;
mod costs;
mod credit_claims;
mod decisions;
mod entries;
mod files;
mod handlers;
mod hours;
mod incidents;
mod matters;
pub(super) mod options;
mod papers;
mod places;
mod promises;
mod read;
mod restriction;
mod said;
mod shares;
mod statements;
mod terms;

use crate::actions::{Outcome, Refused};
use crate::domain::id::Uid;
use crate::domain::incident::Incident;
use crate::domain::ledger::ObjectKind;
use crate::domain::moment::Moment;
use crate::domain::permit::Actor;
use crate::domain::visibility::Visibility;
use crate::render::form::FormView;
use crate::render::pages::noun_form::{Choice, Section};
use crate::render::words::Words;
use crate::store::permit::{Edit, Permit, Writes};
use crate::store::{self, Tx};

pub use calls::CallNoun;
pub(in crate::web) use changes::how_it_came;
pub use changes::{ChangeNoun, NoticeNoun};
pub use companies::{CompanyNoun, CompanyRecordNoun, ContactNoun, MergerNoun};
pub use contracts::{AgreementNoun, ClauseNoun, ContractNoun, ContractRecordNoun};
pub use costs::CostNoun;
pub use credit_claims::{ClaimAnswerNoun, CreditClaimNoun};
pub use decisions::DecisionNoun;
pub use entries::{EntryNoun, ErasureNoun, ReadersNoun, SayNoun};
pub use files::FileNoun;
pub use handlers::{as_understood, ask_edit, ask_new, ask_strike, read_with, save_edit, save_new, save_new_by, save_strike};
pub use incidents::{ClosureNoun, DescriptionNoun, IncidentNoun, TimesNoun};
pub use matters::{AskNoun, ContradictionNoun, RuledOutNoun};
pub use papers::PaperNoun;
pub use places::{
    CallDesk, CallsPlace, CompanyDesk, CompanyPlace, ContractDesk, ContractPlace, HousePlace, IncidentPlace, PeopleDesk,
    PeoplePlace,
};
pub use promises::SettlementNoun;
pub use read::Reader;
pub use restriction::RestrictionNoun;
pub use shares::{ShareNoun, SharesPlace};
pub use statements::StatementNoun;
pub use terms::{AgreementTermNoun, ClauseTermNoun};

/// Where nouns stand.
pub trait Place: 'static {
    /// What tells one from another, in the URL.
    type At: Clone + Send + 'static;
    /// What the permit is for.
    type Thing: 'static;
    /// What the permit allows.
    type Deed: Writes;
    /// What its forms offer to choose from.
    type Desk;

    /// Reads it from the URL; none where there can be no such place.
    fn read_at(segment: &str) -> Option<Self::At>;

    /// The permit to write there.
    ///
    /// # Errors
    /// As the store's scoped look-up.
    fn for_edit<'tx>(tx: &mut Tx<'tx>, actor: Actor, at: &Self::At) -> store::Result<Permit<'tx, Self::Deed, Self::Thing>>;

    /// What its forms offer.
    ///
    /// # Errors
    /// As the store's scoped look-up.
    fn desk(tx: &mut Tx<'_>, actor: Actor, at: &Self::At) -> store::Result<Self::Desk>;

    /// Its own page.
    fn url(at: &Self::At) -> String;

    /// What it is called, for the way back.
    fn name(desk: &Self::Desk, words: Words) -> String;
}

/// What a noun's form offers.
pub type DeskOf<N> = <<N as Noun>::Place as Place>::Desk;

/// A transaction with the permit to write in a place.
pub struct Writing<'a, 'tx, T = Incident, D = Edit> {
    /// The transaction.
    pub tx: &'a mut Tx<'tx>,
    /// The permit.
    pub permit: Permit<'tx, D, T>,
}

/// The transaction in which a noun is written.
pub type WritingOf<'a, 'tx, N> = Writing<'a, 'tx, <<N as Noun>::Place as Place>::Thing, <<N as Noun>::Place as Place>::Deed>;

/// Where one goes once it is written: a path, or a part of the place's own page (`#…`); that page where nothing is said.
pub type GoTo = Option<String>;

/// Something that was written down new.
#[derive(Clone, Debug)]
pub struct Added {
    /// Its uid.
    pub uid: Uid,
    /// Where one goes from there.
    pub goto: GoTo,
}

impl Added {
    /// Under this uid; one goes to the place's own page.
    pub const fn at(uid: Uid) -> Self {
        Self { uid, goto: None }
    }

    /// One goes there instead.
    #[must_use]
    pub fn going(self, to: impl Into<String>) -> Self {
        Self { goto: Some(to.into()), ..self }
    }
}

/// Something that has a form.
pub trait Noun: 'static {
    /// Where it stands.
    type Place: Place;
    /// What stands on record.
    type Stored;
    /// What its form says.
    type Input: Send + 'static;
    /// Its part of the URL and of the catalogue's keys (`new-…`, `edit-…`).
    const SLUG: &'static str;
    /// Where it is listed and the key of that page's name, where that is not its place's own page.
    const LISTED: Option<(&'static str, &'static str)> = None;
    /// What the button of its form says, where that is more than "save": a key of the catalogue.
    const SUBMIT: Option<&'static str> = None;
    /// Whose history is shown beside it.
    const KIND: ObjectKind;

    /// What stands on record under this uid ([`Uid::NIL`] where the place's own record is meant).
    fn find(desk: &DeskOf<Self>, uid: Uid) -> Option<&Self::Stored>;
    /// The revision on which a form is made: its own, or that of what it is a part of.
    fn revision(desk: &DeskOf<Self>, stored: &Self::Stored) -> i64;
    /// What the form of one on record is called, where that is not `edit-…`: a key of the catalogue.
    fn edited_as(_desk: &DeskOf<Self>, _stored: &Self::Stored) -> Option<&'static str> {
        None
    }
    /// What the form is about, where its fields do not say so; empty for most.
    fn lead(_desk: &DeskOf<Self>, _words: Words, _stored: Option<&Self::Stored>) -> String {
        String::new()
    }
    /// The fields of its form.
    fn fields(desk: &DeskOf<Self>, words: Words, stored: Option<&Self::Stored>) -> Vec<Section>;
    /// The thing whose history is shown beside it: itself, unless it is ledgered as a part of another.
    fn ledgered_as(_desk: &DeskOf<Self>, uid: Uid) -> Uid {
        uid
    }
    /// What else can be done with one on record: the last part of the path, and the key of what the link says.
    fn ways(_desk: &DeskOf<Self>, _stored: &Self::Stored) -> &'static [(&'static str, &'static str)] {
        &[("strike", "form-strike")]
    }
    /// Starting points for its form: what each asks for in the address, which [`Noun::begun`] fills in, and what it says.
    fn starts(_words: Words) -> Vec<(String, String)> {
        Vec::new()
    }
    /// The form of one on record, begun as the address asks.
    fn begun(filled: FormView, _asked: &FormView) -> FormView {
        filled
    }
    /// What stands in the form of a new one.
    fn blank(desk: &DeskOf<Self>, form: FormView) -> FormView;
    /// What stands in the form of one on record.
    fn filled(desk: &DeskOf<Self>, stored: &Self::Stored) -> FormView;
    /// What the form says; none, or a refused form, where it cannot be read.
    fn read(desk: &DeskOf<Self>, form: &mut Reader, stored: Option<&Self::Stored>) -> Option<Self::Input>;
    /// Writes a new one down. A noun of which no new one is written has no route that leads here.
    ///
    /// # Errors
    /// As the use case.
    fn add(_writing: WritingOf<'_, '_, Self>, _input: Self::Input) -> Outcome<Added> {
        not_offered()
    }
    /// Corrects the one under `uid`, seen at revision `seen`; see [`Noun::add`] for nouns that are not corrected so.
    ///
    /// # Errors
    /// As the use case.
    fn change(_writing: WritingOf<'_, '_, Self>, _uid: Uid, _seen: i64, _input: Self::Input) -> Outcome<GoTo> {
        not_offered()
    }
    /// Strikes the one under `uid` out; see [`Noun::add`] for nouns that are not struck out so.
    ///
    /// # Errors
    /// As the use case.
    fn strike(_writing: WritingOf<'_, '_, Self>, _uid: Uid, _seen: i64, _reason: String) -> Outcome<GoTo> {
        not_offered()
    }
}

/// The answer of a use case that a noun does not have: should a route ever lead there by mistake, nothing is taken as done.
const fn not_offered<T>() -> Outcome<T> {
    Err(Refused::Unfit { field: "", key: "problem-choice" })
}

/// Who may read something that is not for one pair of eyes.
pub(super) const OPEN_VISIBILITIES: &[Visibility] = &[Visibility::Internal, Visibility::Meeting, Visibility::Provider];

/// All visibilities, to choose from.
fn visibilities(words: Words) -> Vec<Choice> {
    named(words, "visibility-", Visibility::ALL)
}

/// Some values, whose words are the prefix (with its dash) and the value, to choose from.
fn named<T: AsRef<str>>(words: Words, prefix: &str, values: &[T]) -> Vec<Choice> {
    let choice = |value: &T| {
        let value = value.as_ref();
        Choice { value: value.to_owned(), label: words.get(&format!("{prefix}{value}")) }
    };
    values.iter().map(choice).collect()
}

/// A moment as a form's field holds it.
pub(super) fn moment_value(moment: Option<&Moment>) -> String {
    moment.map(Moment::typed_with_words).unwrap_or_default()
}
