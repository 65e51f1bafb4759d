//! Contracts, their clauses word for word, and the agreements beside them.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::entry::Struck;
use super::id::{Id, Uid};
use super::locale::Zone;
use super::moment::Moment;
use super::party::{Contact, Provider};
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
    /// The clause it comes before, if one is printed.
    pub before_clause: Option<Id<Clause>>,
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
