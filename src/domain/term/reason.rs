//! Why a verdict is as it is: rule by rule, as data. What is missing is what to ask next.

use std::fmt;

use chrono::NaiveDate;

use super::Finding;
use super::facts::Fact;
use crate::domain::calendar::count::{Ahead, Clock, Limit, Limits, Period, Reading, Unit};
use crate::domain::calendar::{Calendar, CountError};
use crate::domain::phrases::{Arg, Phrase, joined};
use crate::domain::text_enum::text_enum;

/// Why one rule comes to what it comes to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reason {
    /// Which rule.
    pub rule: Rule,
    /// What it comes to.
    pub finding: Finding,
    /// Which of several notices it is about, counted from 0.
    pub notice: Option<usize>,
    /// On which of several routes, counted from 0.
    pub route: Option<usize>,
    /// The facts it rests on.
    pub facts: Vec<FactName>,
    /// How it was computed, step by step.
    pub working: Vec<Phrase>,
    /// What would settle it.
    pub missing: Vec<Missing>,
}

impl Reason {
    /// Nothing computed yet.
    pub(super) const fn new(rule: Rule) -> Self {
        Self {
            rule,
            finding: Finding::CannotDetermine,
            notice: None,
            route: None,
            facts: Vec::new(),
            working: Vec::new(),
            missing: Vec::new(),
        }
    }

    #[must_use]
    pub(super) const fn found(mut self, finding: Finding) -> Self {
        self.finding = finding;
        self
    }

    #[must_use]
    pub(super) fn on(mut self, facts: impl IntoIterator<Item = FactName>) -> Self {
        for fact in facts {
            if !self.facts.contains(&fact) {
                self.facts.push(fact);
            }
        }
        self
    }

    #[must_use]
    pub(super) fn work(mut self, working: Phrase) -> Self {
        self.working.push(working);
        self
    }

    #[must_use]
    pub(super) fn lacks(mut self, what: Lack, fact: FactName) -> Self {
        let missing = Missing { what, fact, by: what.by() };
        if !self.missing.contains(&missing) {
            self.missing.push(missing);
        }
        self
    }

    /// That a day had to be asked about for which nobody has holiday data, or the calendar ends.
    #[must_use]
    pub(super) fn uncounted(self, error: CountError, fact: FactName) -> Self {
        let working = match error {
            CountError::NoHolidayData(day) => Phrase::new("term-work-no-holidays").with("day", Arg::Day(day)),
            CountError::Beyond => Phrase::new("term-work-beyond"),
        };
        self.work(working).lacks(Lack::Holidays, fact)
    }
}

text_enum! {
    /// A rule of a term.
    pub enum Rule {
        /// A notice came, or was sent.
        Given = "given",
        /// In a form that the clause allows.
        Form = "form",
        /// To the address that the clause wants.
        Address = "address",
        /// Long enough ahead.
        Lead = "lead",
        /// They responded, or restored, in time.
        Deadline = "deadline",
        /// Whether a credit is due.
        Credit = "credit",
        /// Until when it must be claimed.
        Claim = "claim",
        /// For which part of the month it was up.
        Availability = "availability",
        /// Which of two, clause or agreement, governs.
        Agreement = "agreement",
        /// It cannot be computed.
        Plain = "plain",
    }
}

/// A fact by its name: its path in the file that holds a case, and a link on the page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FactName {
    /// From when the change works.
    Effective,
    /// A notice as a whole.
    Notice(usize),
    /// When it was sent.
    Sent(usize),
    /// When it arrived.
    Received(usize),
    /// Whether it went to a registered address.
    ToRegistered(usize),
    /// Where somebody looked.
    NoneReceived,
    /// An exception.
    Exception(String),
    /// The beginning.
    Started,
    /// Our report.
    Reported,
    /// When they knew.
    ProviderKnew,
    /// Their response.
    Responded,
    /// The restoration.
    Restored,
    /// That it has not happened yet.
    Open,
    /// Whether it was total.
    Total,
    /// Whose fault.
    Fault,
    /// The fee.
    MonthlyFee,
    /// The claim.
    ClaimedOn,
    /// The month.
    Month,
    /// A time it was down.
    Downtime(usize),
    /// A time it was allowed to be.
    Excluded(usize),
    /// The time of asking.
    Now,
    /// The agreement beside the clause.
    Agreement,
    /// The clause's own words.
    Clause,
}

impl fmt::Display for FactName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Effective => f.write_str("facts.effective"),
            Self::Notice(at) => write!(f, "facts.notices[{at}]"),
            Self::Sent(at) => write!(f, "facts.notices[{at}].sent"),
            Self::Received(at) => write!(f, "facts.notices[{at}].received"),
            Self::ToRegistered(at) => write!(f, "facts.notices[{at}].to_registered"),
            Self::NoneReceived => f.write_str("facts.none_received"),
            Self::Exception(name) => write!(f, "facts.exceptions.{name}"),
            Self::Started => f.write_str("facts.started"),
            Self::Reported => f.write_str("facts.reported"),
            Self::ProviderKnew => f.write_str("facts.provider_knew"),
            Self::Responded => f.write_str("facts.responded"),
            Self::Restored => f.write_str("facts.restored"),
            Self::Open => f.write_str("facts.open"),
            Self::Total => f.write_str("facts.total"),
            Self::Fault => f.write_str("facts.fault"),
            Self::MonthlyFee => f.write_str("facts.monthly_fee"),
            Self::ClaimedOn => f.write_str("facts.claimed_on"),
            Self::Month => f.write_str("facts.month"),
            Self::Downtime(at) => write!(f, "facts.downtime[{at}]"),
            Self::Excluded(at) => write!(f, "facts.excluded[{at}]"),
            Self::Now => f.write_str("now"),
            Self::Agreement => f.write_str("agreement"),
            Self::Clause => f.write_str("term"),
        }
    }
}

/// What would settle a rule.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Missing {
    /// What.
    pub what: Lack,
    /// About which fact.
    pub fact: FactName,
    /// Who would have to show it.
    pub by: Who,
}

text_enum! {
    /// Who would have to show something.
    pub enum Who {
        /// The provider.
        Provider = "provider",
        /// We.
        Us = "us",
        /// Either side.
        Either = "either",
        /// Nobody: time, or the clause's own words.
        Nobody = "nobody",
    }
}

text_enum! {
    /// What can be missing.
    pub enum Lack {
        /// That it arrived, and when: for the sender to show.
        Arrival = "arrival",
        /// That it was sent, and when.
        Dispatch = "dispatch",
        /// To which address it went.
        AddressUsed = "address_used",
        /// From when the change works.
        Effective = "effective",
        /// That somebody looks whether anything came.
        Looking = "looking",
        /// Proof of what only they say.
        TheirProof = "their_proof",
        /// Proof of what only we say, or that they admit it.
        OurProof = "our_proof",
        /// That the exception holds.
        ExceptionProof = "exception_proof",
        /// Proof of the agreement.
        AgreementProof = "agreement_proof",
        /// A time known more exactly.
        ExactTime = "exact_time",
        /// From when the time runs.
        Beginning = "beginning",
        /// Whether and when it happened.
        Happening = "happening",
        /// Whether it was wholly unusable, or to an equal degree.
        WhetherTotal = "whether_total",
        /// Whose fault it was.
        WhoseFault = "whose_fault",
        /// How the clause is to be read.
        WayToRead = "way_to_read",
        /// That time passes.
        Time = "time",
        /// Which days are holidays.
        Holidays = "holidays",
    }
}

impl Lack {
    /// Who would have to show it.
    pub const fn by(self) -> Who {
        match self {
            Self::Arrival | Self::Dispatch | Self::AddressUsed | Self::Effective | Self::TheirProof | Self::ExceptionProof => {
                Who::Provider
            }
            Self::Looking | Self::OurProof | Self::AgreementProof | Self::WhetherTotal | Self::Holidays => Who::Us,
            Self::ExactTime | Self::Beginning | Self::Happening | Self::WhoseFault | Self::WayToRead => Who::Either,
            Self::Time => Who::Nobody,
        }
    }

    /// What is missing, in words.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Arrival => "term-lack-arrival",
            Self::Dispatch => "term-lack-dispatch",
            Self::AddressUsed => "term-lack-address-used",
            Self::Effective => "term-lack-effective",
            Self::Looking => "term-lack-looking",
            Self::TheirProof => "term-lack-their-proof",
            Self::OurProof => "term-lack-our-proof",
            Self::ExceptionProof => "term-lack-exception-proof",
            Self::AgreementProof => "term-lack-agreement-proof",
            Self::ExactTime => "term-lack-exact-time",
            Self::Beginning => "term-lack-beginning",
            Self::Happening => "term-lack-happening",
            Self::WhetherTotal => "term-lack-whether-total",
            Self::WhoseFault => "term-lack-whose-fault",
            Self::WayToRead => "term-lack-way-to-read",
            Self::Time => "term-lack-time",
            Self::Holidays => "term-lack-holidays",
        }
    }
}

/// The key of a length: `{ $n } days`.
pub(super) fn length(n: u32, unit: Unit) -> Phrase {
    let key = match unit {
        Unit::Minutes => "term-length-minutes",
        Unit::Hours => "term-length-hours",
        Unit::Days => "term-length-days",
        Unit::Weeks => "term-length-weeks",
        Unit::Months => "term-length-months",
        Unit::BusinessDays => "term-length-business-days",
        Unit::DayOfNextMonth => "term-length-day-of-next-month",
    };
    Phrase::new(key).with("n", Arg::Number(i64::from(n)))
}

/// "at least 30 days, whole days between".
pub(super) fn ahead(ahead: &Ahead) -> Phrase {
    let length = length(ahead.n, ahead.unit);
    let key = match (ahead.unit, ahead.clear) {
        (Unit::Minutes | Unit::Hours, _) => return length,
        (_, Some(true)) => "term-ahead-clear",
        (_, Some(false)) => "term-ahead-not-clear",
        (_, None) => "term-ahead-not-said",
    };
    Phrase::new(key).phrase("length", length)
}

/// "within 4 hours, in business hours", "within 3 days".
pub(super) fn within(period: &Period, clock: Clock) -> Phrase {
    let length = length(period.n, period.unit);
    match (period.unit, clock) {
        (Unit::Minutes | Unit::Hours, Clock::Business) => Phrase::new("term-within-business").phrase("length", length),
        _ => length,
    }
}

/// Each last day or instant of `limits` with the reading it belongs to.
pub(super) fn limits(limits: &Limits) -> Phrase {
    let mut differ: Vec<Limit> = Vec::new();
    for limit in limits.all() {
        if !differ.iter().any(|known| known.at == limit.at) {
            differ.push(limit);
        }
    }
    // Readings that come to the same need no telling apart.
    if let [only] = differ[..] {
        return limit_text(only);
    }
    let said = differ.into_iter().map(|limit| reading(limit, limit_text(limit)));
    joined(said, |before, next| Phrase::new("term-limits-or").phrase("before", before).phrase("after", next))
        .unwrap_or_else(|| limit_text(limits.earliest()))
}

fn reading(limit: Limit, said: Phrase) -> Phrase {
    let key = match limit.reading {
        Reading::Only => return said,
        Reading::Unmoved => "term-reading-unmoved",
        Reading::OverSundays => "term-reading-over-sundays",
        Reading::OverSaturdays => "term-reading-over-saturdays",
        Reading::Clear => "term-reading-clear",
        Reading::NotClear => "term-reading-not-clear",
    };
    Phrase::new(key).phrase("limit", said)
}

/// A last day, or a last instant.
pub(super) fn limit_text(limit: Limit) -> Phrase {
    match limit.day {
        Some(day) => day_text(day),
        None => Phrase::new("phrase-at").with("at", Arg::At(limit.at)),
    }
}

/// A day.
pub(super) fn day_text(day: NaiveDate) -> Phrase {
    Phrase::new("phrase-day").with("day", Arg::Day(day))
}

/// An instant.
pub(super) fn instant(at: crate::domain::moment::Stamp) -> Arg {
    Arg::At(at)
}

/// A fact's time as it is shown.
pub(super) fn time(fact: &Fact, calendar: &Calendar) -> Arg {
    Arg::Moment(fact.moment(calendar))
}
