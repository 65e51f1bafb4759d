//! Verdicts as an audience sees them: our own people and the meeting with the working, the provider as questions.

use chrono::NaiveDate;
use serde::ser::SerializeStruct;
use serde::{Serialize, Serializer};

use super::{AgreementView, ClauseView};
use crate::domain::deadline::Deadline;
use crate::domain::id::Uid;
use crate::domain::moment::{Moment, Stamp};
use crate::domain::phrases::Phrase;
use crate::domain::term::Finding;
use crate::domain::term::credit::Bounds;
use crate::domain::term::reason::{Lack, Rule, Who};
use crate::domain::term::verdict::Side;

/// A clause and the agreement beside it, held against what is on record.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(feature = "app", derive(utoipa::ToSchema))]
pub struct VerdictView {
    /// Its history, once it was found.
    pub uid: Option<Uid>,
    /// The clause; none where an agreement stands beside no printed one.
    pub clause: Option<ClauseView>,
    /// The agreement beside it.
    pub agreement: Option<AgreementView>,
    /// The contract of both.
    pub contract: String,
    /// The change that it is about, and from when that works.
    pub change: Option<(String, Option<Moment>)>,
    /// What it comes to.
    pub finding: Finding,
    /// What the clause alone comes to.
    pub of_clause: Finding,
    /// What the agreement alone comes to.
    pub of_agreement: Option<Finding>,
    /// Whether the agreement is proved, and alone governs.
    pub agreement_governs: bool,
    /// Why, rule by rule.
    pub reasons: Vec<ReasonView>,
    /// What would settle it, each once.
    pub missing: Vec<MissingView>,
    /// Of a credit: what is due, in the smallest unit of `currency`.
    pub amount: Option<Bounds>,
    /// Until when it must be claimed.
    pub claim_by: Option<NaiveDate>,
    /// What day it is where the contract counts.
    #[serde(skip)]
    pub today: NaiveDate,
    /// Whether it is too late for that.
    pub lapsed: Option<bool>,
    /// Where the credit is claimed: the clause or agreement, as addresses name it; none where the verdict is about no credit.
    pub credit: Option<Uid>,
    /// By which claims it was asked for.
    pub claims: Vec<Uid>,
    /// The currency of the amount.
    pub currency: String,
    /// Since when it has come to that.
    #[cfg_attr(feature = "app", schema(value_type = Option<DateTime<Utc>>))]
    pub since: Option<Stamp>,
    /// The names of the facts that made it so, where it came to something else before.
    pub because: Vec<String>,
}

/// A deadline that a clause or agreement sets; in JSON what must be done, by whom, and by when.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DeadlineView(pub Deadline);

impl Serialize for DeadlineView {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let deadline = &self.0;
        let mut object = serializer.serialize_struct("Deadline", 7)?;
        object.serialize_field("uid", &deadline.uid)?;
        object.serialize_field("kind", &deadline.kind)?;
        object.serialize_field("side", &deadline.side)?;
        object.serialize_field("company", &deadline.company_name)?;
        object.serialize_field("about", &deadline.about)?;
        object.serialize_field("when", &deadline.when)?;
        object.serialize_field("days", &deadline.days)?;
        object.end()
    }
}

/// Why a rule comes to what it comes to.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(feature = "app", derive(utoipa::ToSchema))]
pub struct ReasonView {
    /// Of the clause, or of the agreement.
    pub of: Side,
    /// Which rule.
    pub rule: Rule,
    /// What it comes to.
    pub finding: Finding,
    /// How it was computed.
    pub working: Vec<Phrase>,
    /// The facts it rests on.
    pub facts: Vec<FactView>,
    /// What would settle it.
    pub missing: Vec<MissingView>,
}

/// A fact that a rule rests on, and where it stands.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "app", derive(utoipa::ToSchema))]
pub struct FactView {
    /// What it is, as a key of the catalogue.
    pub key: &'static str,
    /// Where it stands.
    pub place: FactPlace,
}

/// Where a fact stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "app", derive(utoipa::ToSchema))]
#[serde(tag = "kind", content = "uid", rename_all = "snake_case")]
pub enum FactPlace {
    /// In an entry.
    Entry(Uid),
    /// Among the changes and the notices of them.
    Changes,
    /// Among the incident's times and figures.
    Incident,
    /// In the contract.
    Contract(Uid),
    /// In a claim for the credit.
    CreditClaim(Uid),
}

/// What would settle a rule.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "app", derive(utoipa::ToSchema))]
pub struct MissingView {
    /// What.
    pub what: Lack,
    /// Who would have to show it.
    pub by: Who,
    /// What to ask of the provider; none where it cannot give it.
    pub question: Option<Phrase>,
    /// Whether that is asked already.
    pub asked: bool,
}
