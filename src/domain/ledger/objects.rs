//! The things that the ledger keeps.

use super::{Aggregate, ObjectKind};
use crate::domain::contract::{Agreement, Clause, Contract};
use crate::domain::credit_claim::CreditClaim;
use crate::domain::entry::Entry;
use crate::domain::erasure::Erasure;
use crate::domain::incident::Incident;
use crate::domain::matter::{Ask, Contradiction, RuledOut};
use crate::domain::notice::{Change, Notice};
use crate::domain::paper::Paper;
use crate::domain::party::{Attachment, Contact, Provider};
use crate::domain::person::{House, Person};
use crate::domain::share::{Opening, Share};
use crate::domain::statement::Promise;
use crate::domain::verdict::Verdict;

/// All are alike: a key and a revision. The type's name is the kind's.
macro_rules! aggregates {
    ($($thing:ident,)+) => {$(
        impl Aggregate for $thing {
            const KIND: ObjectKind = ObjectKind::$thing;
            fn id(&self) -> i64 {
                self.id.raw()
            }
            fn revision(&self) -> i64 {
                self.revision
            }
        }
    )+};
}

aggregates! {
    House,
    Person,
    Provider,
    Contact,
    Contract,
    Clause,
    Agreement,
    Incident,
    Entry,
    Promise,
    Ask,
    RuledOut,
    Contradiction,
    Change,
    Notice,
    Attachment,
    Share,
    Opening,
    Verdict,
    CreditClaim,
    Paper,
    Erasure,
}
