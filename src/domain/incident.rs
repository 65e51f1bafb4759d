//! An incident 案件: one matter, with exactly one provider answerable for it.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use super::contract::Contract;
use super::cost::CostBasis;
use super::id::Id;
use super::moment::{Moment, Span, Stamp};
use super::party::Provider;
use super::person::Person;
use super::term::facts::Fault;
use super::text_enum::text_enum;

/// An incident as the ledger keeps it. What happened in it are entries, each a record of its own.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Incident {
    /// Key.
    pub id: Id<Incident>,
    /// What everybody calls it.
    pub number: IncidentNumber,
    /// How often the record was changed since it was opened.
    pub revision: i64,
    /// What kind of matter it is.
    pub kind: IncidentKind,
    /// What is wrong, in one line.
    pub title: String,
    /// The title for the provider's eyes, in courteous words; empty: the title itself.
    pub title_outward: String,
    /// The company answerable for it.
    pub provider: Id<Provider>,
    /// How grave it is.
    pub severity: Severity,
    /// What does not work, and what does.
    pub what: String,
    /// Whom it hurts, and how.
    pub affected: String,
    /// The cause, as far as known; empty while it is not.
    pub cause: String,
    /// Whether it was wholly unusable, or to an equal degree; none while that is not known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub total: Option<bool>,
    /// Whose fault it was; none while that is not known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub fault: Option<Fault>,
    /// Its times, at most one of each.
    pub times: Vec<IncidentTime>,
    /// Every company that plays a part, the answerable one included.
    pub parties: Vec<Party>,
    /// The contracts it touches.
    pub contracts: Vec<Id<Contract>>,
    /// What it cost is reckoned from; none where nobody has entered that.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cost: Option<CostBasis>,
    /// Where not empty, only these of our people (and admins) may know of it.
    pub restricted_to: Vec<Id<Person>>,
}

impl Incident {
    /// One of its times, if it is known.
    pub fn time(&self, which: Which) -> Option<&IncidentTime> {
        self.times.iter().find(|time| time.which == which)
    }

    /// How long it was down by every definition that the record allows: see [`downs`].
    pub fn downs(&self, now: Stamp) -> Vec<Downtime> {
        downs(&self.times, now)
    }

    /// Where the matter stands. Follows from the times alone.
    pub fn status(&self) -> Status {
        let known = |which| self.time(which).is_some();
        if known(Which::Closed) {
            Status::Closed
        } else if known(Which::Restored) {
            Status::Restored
        } else if known(Which::Mitigated) {
            Status::Mitigated
        } else {
            Status::Open
        }
    }
}

/// An incident's number, `INC-2026-0007`: the year it was opened in and a count from 1 in that year.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct IncidentNumber {
    /// Four digits.
    pub year: i32,
    /// From 1; printed with at least four digits.
    pub count: i64,
}

impl fmt::Display for IncidentNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "INC-{:04}-{:04}", self.year, self.count)
    }
}

/// The text is not an incident number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not an incident number (INC-2026-0007)")]
pub struct NotANumber;

impl FromStr for IncidentNumber {
    type Err = NotANumber;

    fn from_str(text: &str) -> Result<Self, NotANumber> {
        let (year, count) = text.strip_prefix("INC-").and_then(|rest| rest.split_once('-')).ok_or(NotANumber)?;
        let number = Self { year: year.parse().map_err(|_| NotANumber)?, count: count.parse().map_err(|_| NotANumber)? };
        // One spelling only: a number is a name, and a name that is written in two ways is two names.
        if number.to_string() == text && number.count > 0 { Ok(number) } else { Err(NotANumber) }
    }
}

impl Serialize for IncidentNumber {
    fn serialize<S: serde::Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
        s.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for IncidentNumber {
    fn deserialize<D: serde::Deserializer<'de>>(d: D) -> Result<Self, D::Error> {
        String::deserialize(d)?.parse().map_err(serde::de::Error::custom)
    }
}

text_enum! {
    /// 種別
    pub enum IncidentKind {
        /// 障害: something broke.
        Outage = "outage",
        /// 仕様変更・停止: something was changed or stopped.
        ChangeOrStop = "change_or_stop",
        /// 対応: how we were dealt with.
        Conduct = "conduct",
    }
}

text_enum! {
    /// 影響度
    pub enum Severity {
        /// The company stands still.
        S1 = "1",
        /// An important part does not work.
        S2 = "2",
        /// A nuisance.
        S3 = "3",
        /// To be noted.
        S4 = "4",
    }
}

text_enum! {
    /// The six times of an incident. None is derived from another.
    pub enum Which {
        /// 発生
        Started = "started",
        /// 気づいた日時
        Detected = "detected",
        /// 申告: the earliest moment at which we can *prove* that the provider knew.
        Reported = "reported",
        /// 応急対応で回復: works again by a makeshift; the cause stands.
        Mitigated = "mitigated",
        /// 復旧
        Restored = "restored",
        /// 完了
        Closed = "closed",
    }
}

/// How long it was down by one definition.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "app", derive(utoipa::ToSchema))]
pub struct Downtime {
    /// From which of its times.
    pub from: Which,
    /// To which; none where it goes on.
    pub to: Option<Which>,
    /// How long.
    #[serde(serialize_with = "super::figures::seconds_of")]
    #[cfg_attr(feature = "app", schema(value_type = Span))]
    pub span: Span,
}

impl Downtime {
    /// How long, as it is told: in whole minutes while it goes on.
    pub fn told(&self) -> Span {
        if self.to.is_none() { self.span.in_minutes() } else { self.span }
    }
}

/// How long it was down by every definition that `times` allow: from when it started, was noticed, or was reported (from when we can
/// prove that the provider knew), to the makeshift and to the restoration; where there is neither, to its end, or to `now`.
pub fn downs(times: &[IncidentTime], now: Stamp) -> Vec<Downtime> {
    let known = |wanted: &[Which]| -> Vec<&IncidentTime> {
        wanted.iter().filter_map(|which| times.iter().find(|time| time.which == *which)).collect()
    };
    let mut ends = known(&[Which::Mitigated, Which::Restored]);
    if ends.is_empty() {
        ends = known(&[Which::Closed]);
    }
    let from_one = |from: &IncidentTime| -> Vec<Downtime> {
        let to = |to, at: &Moment| Downtime { from: from.which, to, span: from.at.until(at) };
        match &ends[..] {
            [] => vec![to(None, &Moment::exact(now, from.at.zone))],
            ends => ends.iter().map(|end| to(Some(end.which), &end.at)).collect(),
        }
    };
    known(&[Which::Started, Which::Detected, Which::Reported]).into_iter().flat_map(from_one).collect()
}

/// One of the six times, as it is known.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct IncidentTime {
    /// Which.
    pub which: Which,
    /// When.
    pub at: Moment,
    /// Who brought it about: for a mitigation or restoration the company whose doing it was.
    pub by: Option<Id<Provider>>,
}

text_enum! {
    /// Where an incident stands.
    pub enum Status {
        /// It does not work.
        Open = "open",
        /// A makeshift helps; the cause stands.
        Mitigated = "mitigated",
        /// It works again.
        Restored = "restored",
        /// The matter is at an end.
        Closed = "closed",
    }
}

/// A company's part in an incident.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Party {
    /// The company.
    pub provider: Id<Provider>,
    /// Its part.
    pub role: PartyRole,
    /// A short sign for tables and figures ("P", "M"); empty: its name.
    pub sign: String,
}

text_enum! {
    /// What a company has to do with an incident.
    pub enum PartyRole {
        /// Answerable for it.
        Provider = "provider",
        /// Did work for us or for the provider.
        Contractor = "contractor",
        /// Stands behind the provider.
        Upstream = "upstream",
        /// Sold us the provider's service.
        Reseller = "reseller",
        /// Helped, though it need not have.
        Rescuer = "rescuer",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_has_one_spelling() {
        let number = IncidentNumber { year: 2006, count: 1 };
        assert_eq!(number.to_string(), "INC-2006-0001");
        assert_eq!("INC-2006-0001".parse(), Ok(number));
        for wrong in ["INC-2006-1", "INC-2006-0000", "inc-2006-0001", "INC-2006-0001 ", "INC-2006-00001", "INC-2006--001", ""] {
            assert_eq!(wrong.parse::<IncidentNumber>(), Err(NotANumber), "{wrong}");
        }
        assert_eq!("INC-2006-12345".parse::<IncidentNumber>().map(|n| n.count), Ok(12345));
    }

    #[test]
    fn how_long_it_was_down_is_told_by_every_definition_there_is() {
        let at = |minute: i64| Stamp::UNIX_EPOCH + chrono::Duration::minutes(minute);
        let exact = |minute| Moment::exact(at(minute), chrono_tz::UTC);
        let time = |which, moment| IncidentTime { which, at: moment, by: None };
        let rough = Moment { from: at(0), to: at(120), ..exact(0) };
        let mut times = vec![time(Which::Started, rough), time(Which::Reported, exact(200))];
        let told = |times: &[IncidentTime]| -> Vec<(Which, Option<Which>, i64, i64)> {
            let minutes = |down: Downtime| (down.from, down.to, down.span.min.num_minutes(), down.span.max.num_minutes());
            downs(times, at(1_000)).into_iter().map(minutes).collect()
        };
        assert_eq!(told(&times), [(Which::Started, None, 880, 1_000), (Which::Reported, None, 800, 800)]);
        times.push(time(Which::Closed, exact(900)));
        assert_eq!(told(&times)[1], (Which::Reported, Some(Which::Closed), 700, 700));
        times.extend([time(Which::Mitigated, exact(300)), time(Which::Restored, exact(600))]);
        let (mitigated, restored) = (Some(Which::Mitigated), Some(Which::Restored));
        let all = [
            (Which::Started, mitigated, 180, 300),
            (Which::Started, restored, 480, 600),
            (Which::Reported, mitigated, 100, 100),
            (Which::Reported, restored, 400, 400),
        ];
        assert_eq!(told(&times), all);
        assert_eq!(told(&times[2..]), [], "nobody knows since when");
    }
}
