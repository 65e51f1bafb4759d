//! Terms 契約条件: a clause's rule in a form that can be computed, and the verdict 照合結果 that follows from the facts.
//!
//! A verdict is never a guess. Every time is an interval, and a result holds only if it holds at both ends; every fact has a
//! standing, and what rests on one side's word alone does not count in that side's favour; where the words allow two readings,
//! both are computed. What cannot be determined says what is missing, and who would have to show it.
//!
//! | file | what it judges |
//! |---|---|
//! | [`notice`] | whether a change was announced as the clause wants it |
//! | [`deadline`] | whether they responded, or restored, in time |
//! | [`credit`] | whether a part of the fee is due back |
//! | [`availability`] | whether it was up for as much of a month as promised |
//! | [`verdict`] | a clause, and the agreement beside it |
//! | [`read`], [`write`] | the file that holds a case, and its answer |
//!
//! A verdict is our record held against the words, no legal opinion.

use serde::{Deserialize, Serialize};

use super::calendar::count::{Ahead, Clock, Period};
use super::contract::NoticeForm;
use super::text_enum::text_enum;

pub mod availability;
pub mod credit;
pub mod deadline;
pub mod facts;
pub mod notice;
pub mod read;
pub mod reason;
pub mod say;
pub mod verdict;
pub mod write;

#[cfg(test)]
mod tests;

/// What a clause says, in a form that can be computed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Term {
    /// A change must be announced.
    Notice(NoticeTerm),
    /// They must respond within a time.
    Response(DeadlineTerm),
    /// They must restore within a time.
    Restore(DeadlineTerm),
    /// A part of the fee is due back 料金の減額.
    Credit(CreditTerm),
    /// It must be up for a part of each month.
    Availability(AvailabilityTerm),
    /// It cannot be computed: a mere target 努力目標, say. It can be cited.
    Plain,
}

/// How a change must be announced.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct NoticeTerm {
    /// In one of these forms; none: in any.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub forms: Option<Vec<NoticeForm>>,
    /// To which address.
    #[serde(skip_serializing_if = "Address::is_any")]
    pub address: Address,
    /// How long ahead; none where the clause does not say when.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub lead: Option<Lead>,
    /// When it is deemed to have arrived みなし到達, at the latest; none where nothing is deemed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub deemed: Option<Deemed>,
    /// Exceptions, by name, that lift the whole.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub unless: Vec<String>,
    /// Routes of which one suffices; if there are any, nothing else is set.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub any_of: Vec<NoticeTerm>,
}

impl<'de> Deserialize<'de> for Term {
    /// As [`read::term`] reads it: what is on record was written from a value that it made.
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let value = serde_json::Value::deserialize(deserializer)?;
        read::term(&value).map_err(serde::de::Error::custom)
    }
}

text_enum! {
    /// Where a notice must go.
    #[derive(Default)]
    pub enum Address {
        /// Anywhere.
        #[default]
        Any = "any",
        /// To an address that we registered with them for that form.
        Registered = "registered",
    }
}

impl Address {
    const fn is_any(&self) -> bool {
        matches!(self, Self::Any)
    }
}

/// How long ahead a notice must come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Lead {
    /// At least so long before the change.
    pub ahead: Ahead,
    /// From what it is counted; none where the clause does not say, which is arrival (Civil Code, article 97 (1)).
    pub counted: Option<Counted>,
}

impl Lead {
    /// What must happen in time.
    pub fn counts(&self) -> Counted {
        self.counted.unwrap_or(Counted::Arrival)
    }
}

impl Serialize for Lead {
    fn serialize<S: serde::Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
        use serde::ser::SerializeMap;
        let mut map = s.serialize_map(None)?;
        map.serialize_entry("n", &self.ahead.n)?;
        map.serialize_entry("unit", &self.ahead.unit)?;
        if let Some(counted) = self.counted {
            map.serialize_entry("counted", &counted)?;
        }
        if let Some(clear) = self.ahead.clear {
            map.serialize_entry("rule", if clear { "clear" } else { "not_clear" })?;
        }
        map.end()
    }
}

text_enum! {
    /// What must happen in time.
    pub enum Counted {
        /// That it arrives.
        Arrival = "arrival",
        /// That it is sent; of a website, that it is posted.
        Dispatch = "dispatch",
    }
}

/// When a notice is deemed to have arrived: at the latest at the end of the n-th day after its dispatch. Never moved by holidays.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Deemed {
    /// How many.
    pub n: u32,
    /// Days, or business days.
    pub unit: DeemedUnit,
}

text_enum! {
    /// In what a deemed arrival is counted.
    pub enum DeemedUnit {
        /// Days of the calendar.
        Days = "days",
        /// Days on which business is open.
        BusinessDays = "business_days",
    }
}

/// Within which time they must respond, or restore.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct DeadlineTerm {
    /// How long they have.
    pub within: Period,
    /// From when.
    pub from: Since,
    /// Whether the clock runs always.
    pub clock: Clock,
}

text_enum! {
    /// From when a time runs.
    pub enum Since {
        /// From the beginning of the outage.
        Started = "started",
        /// From our report.
        Reported = "reported",
        /// From when the provider knew; where that is not known, at the latest from our report.
        ProviderKnew = "provider_knew",
    }
}

/// When a part of the fee is due back.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct CreditTerm {
    /// From when the outage counts.
    pub from: Since,
    /// An outage shorter than this counts nothing.
    #[serde(rename = "minimum_hours")]
    pub minimum: Hours,
    /// What is given back is counted in whole blocks of this length; never none.
    #[serde(rename = "block_hours")]
    pub block: Hours,
    /// What a block gives.
    pub per_block: PerBlock,
    /// How the amount is rounded, once, at the end.
    pub round: Round,
    /// Whether it must have been wholly unusable, or to an equal degree.
    pub requires_total: bool,
    /// Whether it must be the provider's fault.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub requires_fault: Option<RequiredFault>,
    /// Until when it must be claimed; none where the clause does not say.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub claim_within: Option<ClaimWithin>,
}

/// A length in hours, to the second.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Hours {
    /// In seconds.
    pub seconds: i64,
}

/// As a whole number, or else as a text that is one: the ledger's canonical JSON has no fractions (see `domain::ledger::jcs`).
impl Serialize for Hours {
    fn serialize<S: serde::Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
        if self.seconds % 3600 == 0 {
            return s.serialize_i64(self.seconds / 3600);
        }
        // At most 36 million: exact as a double.
        #[expect(clippy::cast_precision_loss)]
        s.collect_str(&(self.seconds as f64 / 3600.0))
    }
}

/// What a block of an outage gives back, in the smallest unit of the contract's currency.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(untagged)]
pub enum PerBlock {
    /// A part of the monthly fee.
    Share {
        /// Of what: always the monthly fee.
        of: ShareOf,
        /// Which part of it.
        divided_by: u32,
    },
    /// A fixed amount.
    Fixed {
        /// How much.
        fixed: i64,
    },
}

text_enum! {
    /// Of what a block gives a part.
    pub enum ShareOf {
        /// The monthly fee.
        MonthlyFee = "monthly_fee",
    }
}

text_enum! {
    /// How an amount is rounded to the smallest unit of the currency.
    pub enum Round {
        /// Fractions are dropped 切り捨て.
        Down = "down",
        /// Fractions count whole 切り上げ.
        Up = "up",
    }
}

text_enum! {
    /// Whose fault a credit asks for.
    pub enum RequiredFault {
        /// The provider's.
        Provider = "provider",
    }
}

/// Until when a credit must be claimed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ClaimWithin {
    /// How long we have.
    pub period: Period,
    /// From when.
    pub from: ClaimFrom,
}

impl Serialize for ClaimWithin {
    fn serialize<S: serde::Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
        use serde::ser::SerializeMap;
        let mut map = s.serialize_map(None)?;
        map.serialize_entry("n", &self.period.n)?;
        map.serialize_entry("unit", &self.period.unit)?;
        map.serialize_entry("roll", &self.period.roll)?;
        map.serialize_entry("from", &self.from)?;
        map.end()
    }
}

text_enum! {
    /// From when a claim's time runs.
    pub enum ClaimFrom {
        /// From the restoration.
        Restored = "restored",
        /// From when it could first be claimed: between the shortest outage that counts and the restoration.
        Claimable = "claimable",
    }
}

/// For which part of a month it must be up.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct AvailabilityTerm {
    /// The period that is measured.
    pub period: MeasuredPeriod,
    /// For at least this part.
    pub target_percent: Percent,
    /// What is given back below which part.
    pub tiers: Vec<Tier>,
    /// An outage shorter than this does not count, in minutes.
    #[serde(skip_serializing_if = "is_zero")]
    pub minimum_minutes: u32,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde passes a reference")]
const fn is_zero(minutes: &u32) -> bool {
    *minutes == 0
}

text_enum! {
    /// Over what an availability is measured.
    pub enum MeasuredPeriod {
        /// A month of the calendar, in the contract's zone.
        Month = "month",
    }
}

/// What is given back below a part.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Tier {
    /// Where it was up for less than this.
    pub below: Percent,
    /// This part of the fee.
    pub credit_percent: Percent,
}

/// A part of a hundred, exact: 99.9 % is 99,900,000,000.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Percent {
    /// In billionths of one percent, 0 to a hundred percent.
    pub billionths: u64,
}

impl Percent {
    /// How many billionths one percent has.
    pub const ONE: u64 = 1_000_000_000;

    /// As a number: exact enough to be written and read back.
    #[expect(clippy::cast_precision_loss, reason = "at most 10^11: exact as a double")]
    pub fn number(self) -> f64 {
        self.billionths as f64 / Self::ONE as f64
    }
}

/// As a whole number, or else as a text that is one: the ledger's canonical JSON has no fractions (see `domain::ledger::jcs`).
impl Serialize for Percent {
    fn serialize<S: serde::Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
        if self.billionths.is_multiple_of(Self::ONE) {
            s.serialize_u64(self.billionths / Self::ONE)
        } else {
            s.collect_str(&self.number())
        }
    }
}

text_enum! {
    /// What a term, or one of its rules, comes to.
    pub enum Finding {
        /// As the clause wants it 条項どおり.
        Met = "met",
        /// Not as the clause wants it 条項に合わない.
        Breached = "breached",
        /// It cannot be determined 判断できない: what is missing is said.
        CannotDetermine = "cannot_determine",
        /// A credit is due.
        Due = "due",
        /// No credit is due.
        NotDue = "not_due",
        /// The clause cannot be computed.
        NotComputable = "not_computable",
    }
}

impl Finding {
    /// Of several that must all hold: breached if one is, met if all are.
    pub(crate) fn all(findings: impl Iterator<Item = Self> + Clone) -> Self {
        if findings.clone().any(|finding| finding == Self::Breached) {
            return Self::Breached;
        }
        if findings.clone().all(|finding| finding == Self::Met) { Self::Met } else { Self::CannotDetermine }
    }

    /// Of several of which one suffices: met if one is, breached if all are.
    pub(crate) fn any(findings: impl Iterator<Item = Self> + Clone) -> Self {
        if findings.clone().any(|finding| finding == Self::Met) {
            return Self::Met;
        }
        if findings.clone().all(|finding| finding == Self::Breached) { Self::Breached } else { Self::CannotDetermine }
    }
}
