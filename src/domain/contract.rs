//! Contracts, their clauses word for word, and the agreements beside them.

use std::collections::BTreeSet;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::calendar::{BusinessHours, Calendar, Holidays};
use super::entry::{Entry, Struck};
use super::id::{Id, Uid};
use super::locale::Zone;
use super::moment::Moment;
use super::party::{Contact, Provider};
use super::term::Term;
use super::text_enum::text_enum;
use super::visibility::Visibility;

/// A contract 契約 with one provider.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Contract {
    /// Key.
    pub id: Id<Contract>,
    /// In URLs.
    pub uid: Uid,
    /// How often the record was changed since it was made.
    pub revision: i64,
    /// With whom.
    pub provider: Id<Provider>,
    /// What it is called ("internet line, head office").
    pub title: String,
    /// The contract's or customer's number; empty if none is known.
    pub number: String,
    /// First day of the contract.
    pub starts_on: Option<NaiveDate>,
    /// Last day; none while it runs on.
    pub ends_on: Option<NaiveDate>,
    /// The fee, a whole number of `currency`'s smallest unit, per month.
    pub monthly_fee: Option<i64>,
    /// ISO 4217 code of the fee's currency.
    pub currency: String,
    /// The zone in which the contract's days and hours are counted.
    pub zone: Zone,
    /// Our addresses registered with the provider for notices.
    pub addresses: Vec<NoticeAddress>,
    /// Anything else worth knowing; ours alone.
    pub note: String,
    /// When its business is open, and when it is shut beside the holidays; none: as is usual in Japan.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub hours: Option<Hours>,
}

impl Contract {
    /// The calendar by which it counts.
    pub fn calendar(&self) -> Calendar {
        let hours = self.hours.clone().unwrap_or_default();
        Calendar { zone: self.zone, holidays: Holidays { national: true, own: hours.closed }, business: hours.open }
    }
}

/// When a business is open, and on which days it is not.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Hours {
    /// On which days of the week, from when to when.
    pub open: BusinessHours,
    /// Days on which it is shut, beside the national holidays: a summer shutdown.
    pub closed: BTreeSet<NaiveDate>,
}

/// An address we registered with a provider for one form of notice.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct NoticeAddress {
    /// The form of notice it is for.
    pub form: NoticeForm,
    /// The address. Empty where we told them expressly that this form is not to be used.
    pub address: String,
}

text_enum! {
    /// How a notice is given.
    pub enum NoticeForm {
        /// By ordinary post.
        Letter = "letter",
        /// By registered post.
        RegisteredLetter = "registered_letter",
        /// By fax.
        Fax = "fax",
        /// By e-mail.
        Email = "email",
        /// In the provider's customer portal.
        Portal = "portal",
        /// Posted on a website.
        Website = "website",
        /// By short message.
        Sms = "sms",
        /// By telephone.
        Phone = "phone",
        /// In person.
        Visit = "visit",
    }
}

/// A clause 条項, quoted word for word.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Clause {
    /// Key.
    pub id: Id<Clause>,
    /// In URLs.
    pub uid: Uid,
    /// How often the record was changed since it was made.
    pub revision: i64,
    /// Of which contract.
    pub contract: Id<Contract>,
    /// Its number as printed ("第12条第2項", "12.2").
    pub number: String,
    /// Its heading, if it has one.
    pub heading: String,
    /// Its words, exactly.
    pub quote: String,
    /// The same rule in a form that can be computed; none while nobody has given it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub term: Option<Term>,
    /// Struck out, with the reason, if it is.
    pub struck: Option<Struck>,
}

/// An agreement 特約: what was promised beside the print.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Agreement {
    /// Key.
    pub id: Id<Agreement>,
    /// In URLs.
    pub uid: Uid,
    /// How often the record was changed since it was made.
    pub revision: i64,
    /// Beside which contract.
    pub contract: Id<Contract>,
    /// When it was made.
    pub made: Moment,
    /// Who of theirs made it, as far as known ("the salesperson").
    pub made_with: String,
    /// The same person in the phone book, if there.
    pub contact: Option<Id<Contact>>,
    /// How it was made.
    pub how: AgreementHow,
    /// In which words, or as near as we remember.
    pub words: String,
    /// Whether `words` is verbatim.
    pub verbatim: bool,
    /// What proof there is ("the returned form for the mail password").
    pub evidence: String,
    /// How well it is proved.
    pub standing: Standing,
    /// The reply in which they confirmed it, once one of us has accepted that.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub confirmed_in: Option<Id<Entry>>,
    /// The clause it comes before, if one is printed.
    pub before_clause: Option<Id<Clause>>,
    /// The same rule in a form that can be computed; none while nobody has given it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub term: Option<Term>,
    /// Who may read it.
    pub visibility: Visibility,
    /// Struck out, with the reason, if it is.
    pub struck: Option<Struck>,
}

text_enum! {
    /// How an agreement was made.
    pub enum AgreementHow {
        /// By word of mouth.
        Spoken = "spoken",
        /// By e-mail.
        Email = "email",
        /// On paper.
        Paper = "paper",
    }
}

text_enum! {
    /// Who stands behind a fact.
    pub enum Standing {
        /// Both say so, or it is documented, or the side it hurts admitted it.
        Established = "established",
        /// Only the provider says so.
        Theirs = "theirs",
        /// Only we say so; they dispute it or have not answered.
        Ours = "ours",
    }
}
