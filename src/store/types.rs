//! How the domain's values stand in columns. Each has one spelling; what has another is refused when it is read, so that a
//! changed column is either another value or an error, never the same value.

use std::collections::BTreeMap;
use std::fmt;
use std::str::FromStr;

use chrono::{DateTime, NaiveDate};
use diesel::backend::Backend;
use diesel::deserialize::{self, FromSql, FromSqlRow};
use diesel::expression::AsExpression;
use diesel::pg::Pg;
use diesel::serialize::{self, IsNull, Output, ToSql};
use diesel::sql_types::{BigInt, Text};
use diesel::sqlite::Sqlite;
use serde::Serialize;
use serde::de::DeserializeOwned;

use super::dialect::MultiBackend;
use super::place::State;
use crate::domain::account::{SecurityKind, TicketKind};
use crate::domain::backup::BackupTrouble;
use crate::domain::call::live::LiveState;
use crate::domain::call::{CallWith, Direction, Outcome, WaitWhy};
use crate::domain::contract::{AgreementHow, Hours, NoticeForm, Standing};
use crate::domain::credit_claim::{ClaimAnswer, ClaimWay};
use crate::domain::deadline::{DeadlineKind, Side};
use crate::domain::entry::EntryKind;
use crate::domain::export::{ExportForm, ExportStage, ExportTrouble};
use crate::domain::id::{Id, Uid};
use crate::domain::incident::{IncidentKind, PartyRole, Severity, Status, Which};
use crate::domain::ledger::{Author, Chain, Digest, ObjectKind, Salt};
use crate::domain::locale::{Locale, Zone};
use crate::domain::matter::RuledOutKind;
use crate::domain::moment::Stamp;
use crate::domain::outbox::Trouble;
use crate::domain::paper::PaperForm;
use crate::domain::permit::Role;
use crate::domain::reply::ActKind;
use crate::domain::sealing::SealTrouble;
use crate::domain::share::{Digits, Way};
use crate::domain::statement::{DueBy, PromiseState, StatementKind, StatementStanding};
use crate::domain::term::facts::Fault;
use crate::domain::term::{Finding, Term};
use crate::domain::view::AudienceName;
use crate::domain::visibility::Visibility;
use crate::domain::webhook::{Event, Miss, Pause, Shape};

/// A time in a `BigInt` column: microseconds since 1970 UTC.
#[derive(Clone, Copy, Debug, PartialEq, Eq, AsExpression, FromSqlRow)]
#[diesel(sql_type = BigInt)]
pub struct Micros(pub Stamp);

impl Micros {
    /// A value with more than a microsecond's precision would come back as another one, and is refused.
    fn whole(self) -> Result<i64, Box<dyn std::error::Error + Send + Sync>> {
        let micros = self.0.timestamp_micros();
        match DateTime::from_timestamp_micros(micros) {
            Some(kept) if kept == self.0 => Ok(micros),
            _ => Err(format!("{} is not a whole number of microseconds", self.0).into()),
        }
    }
}

impl ToSql<BigInt, Sqlite> for Micros {
    fn to_sql<'b>(&'b self, out: &mut Output<'b, '_, Sqlite>) -> serialize::Result {
        out.set_value(self.whole()?);
        Ok(IsNull::No)
    }
}

impl ToSql<BigInt, Pg> for Micros {
    fn to_sql<'b>(&'b self, out: &mut Output<'b, '_, Pg>) -> serialize::Result {
        ToSql::<BigInt, Pg>::to_sql(&self.whole()?, &mut out.reborrow())
    }
}

impl ToSql<BigInt, MultiBackend> for Micros {
    fn to_sql<'b>(&'b self, out: &mut Output<'b, '_, MultiBackend>) -> serialize::Result {
        out.set_value((BigInt, self));
        Ok(IsNull::No)
    }
}

impl<DB: Backend> FromSql<BigInt, DB> for Micros
where
    i64: FromSql<BigInt, DB>,
{
    fn from_sql(value: DB::RawValue<'_>) -> deserialize::Result<Self> {
        let micros = i64::from_sql(value)?;
        DateTime::from_timestamp_micros(micros).map(Self).ok_or_else(|| format!("{micros} is no time").into())
    }
}

/// A time zone in a `Text` column, by its IANA name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, AsExpression, FromSqlRow)]
#[diesel(sql_type = Text)]
pub struct ZoneName(pub Zone);

impl<DB: Backend> ToSql<Text, DB> for ZoneName
where
    str: ToSql<Text, DB>,
{
    fn to_sql<'b>(&'b self, out: &mut Output<'b, '_, DB>) -> serialize::Result {
        ToSql::<Text, DB>::to_sql(self.0.name(), out)
    }
}

impl<DB: Backend> FromSql<Text, DB> for ZoneName
where
    String: FromSql<Text, DB>,
{
    fn from_sql(value: DB::RawValue<'_>) -> deserialize::Result<Self> {
        let name = <String as FromSql<Text, DB>>::from_sql(value)?;
        let zone: Zone = name.parse()?;
        if zone.name() == name {
            Ok(Self(zone))
        } else {
            Err(format!("“{name}” is another spelling of {}", zone.name()).into())
        }
    }
}

/// A yes or a no in a `Text` column.
#[derive(Clone, Copy, Debug, PartialEq, Eq, AsExpression, FromSqlRow)]
#[diesel(sql_type = Text)]
pub struct YesNo(pub bool);

impl<DB: Backend> ToSql<Text, DB> for YesNo
where
    str: ToSql<Text, DB>,
{
    fn to_sql<'b>(&'b self, out: &mut Output<'b, '_, DB>) -> serialize::Result {
        ToSql::<Text, DB>::to_sql(if self.0 { "yes" } else { "no" }, out)
    }
}

impl<DB: Backend> FromSql<Text, DB> for YesNo
where
    String: FromSql<Text, DB>,
{
    fn from_sql(value: DB::RawValue<'_>) -> deserialize::Result<Self> {
        match <String as FromSql<Text, DB>>::from_sql(value)?.as_str() {
            "yes" => Ok(Self(true)),
            "no" => Ok(Self(false)),
            other => Err(format!("“{other}” is neither yes nor no").into()),
        }
    }
}

/// Keys in ascending order in a `Text` column, a blank between them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeyList(pub Vec<i64>);

impl fmt::Display for KeyList {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0.iter().map(i64::to_string).collect::<Vec<_>>().join(" "))
    }
}

impl FromStr for KeyList {
    type Err = &'static str;

    fn from_str(text: &str) -> Result<Self, &'static str> {
        let keys = text.split(' ').filter(|key| !key.is_empty()).map(str::parse).collect::<Result<Vec<i64>, _>>();
        let list = Self(keys.map_err(|_| "no key")?);
        let one_spelling = list.to_string() == text && list.0.is_sorted_by(|a, b| a < b);
        if one_spelling { Ok(list) } else { Err("not keys in ascending order") }
    }
}

/// A value as JSON in a `Text` column, in the one spelling in which it is written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct JsonText<T>(pub T);

impl<T: Serialize> fmt::Display for JsonText<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&serde_json::to_string(&self.0).map_err(|_| fmt::Error)?)
    }
}

impl<T: Serialize + DeserializeOwned> FromStr for JsonText<T> {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let value = Self(serde_json::from_str(text).map_err(|error| error.to_string())?);
        if value.to_string() == text { Ok(value) } else { Err("another spelling".to_owned()) }
    }
}

/// A term in a column.
pub type TermText = JsonText<Term>;
/// When a contract's business is open, in a column.
pub type HoursText = JsonText<Hours>;
/// The forms of notice for which somebody looked, in a column.
pub type FormsText = JsonText<Vec<NoticeForm>>;
/// The facts of a verdict, in a column.
pub type FactsText = JsonText<BTreeMap<String, String>>;
/// The names of facts, in a column.
pub type NamesText = JsonText<Vec<String>>;

/// A day of the calendar in a `Text` column: `2006-11-22`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Day(pub NaiveDate);

impl fmt::Display for Day {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.0.format("%Y-%m-%d"))
    }
}

impl FromStr for Day {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let day = Self(text.parse().map_err(|error| format!("{error}"))?);
        if day.to_string() == text { Ok(day) } else { Err("another spelling of a day".to_owned()) }
    }
}

/// A key in a `BigInt` column.
#[derive(AsExpression, FromSqlRow)]
#[diesel(foreign_derive, sql_type = BigInt)]
#[expect(dead_code, reason = "only its type is read, by the derives")]
struct IdProxy<T: 'static>(Id<T>);

impl<T: 'static> ToSql<BigInt, Sqlite> for Id<T> {
    fn to_sql<'b>(&'b self, out: &mut Output<'b, '_, Sqlite>) -> serialize::Result {
        out.set_value(self.raw());
        Ok(IsNull::No)
    }
}

impl<T: 'static> ToSql<BigInt, Pg> for Id<T> {
    fn to_sql<'b>(&'b self, out: &mut Output<'b, '_, Pg>) -> serialize::Result {
        ToSql::<BigInt, Pg>::to_sql(&self.raw(), &mut out.reborrow())
    }
}

impl<T: 'static> ToSql<BigInt, MultiBackend> for Id<T> {
    fn to_sql<'b>(&'b self, out: &mut Output<'b, '_, MultiBackend>) -> serialize::Result {
        out.set_value((BigInt, self));
        Ok(IsNull::No)
    }
}

impl<T: 'static, DB: Backend> FromSql<BigInt, DB> for Id<T>
where
    i64: FromSql<BigInt, DB>,
{
    fn from_sql(value: DB::RawValue<'_>) -> deserialize::Result<Self> {
        i64::from_sql(value).map(Self::new)
    }
}

/// Lets types stand in `Text` columns, each read by its `FromStr`.
macro_rules! read_text {
    ($($proxy:ident($value:ty),)+) => {$(
        #[doc = concat!("A `", stringify!($value), "` in a `Text` column.")]
        #[derive(AsExpression, FromSqlRow)]
        #[diesel(foreign_derive, sql_type = Text)]
        #[expect(dead_code, reason = "only its type is read, by the derives")]
        struct $proxy($value);

        impl<DB: Backend> FromSql<Text, DB> for $value
        where
            String: FromSql<Text, DB>,
        {
            fn from_sql(value: DB::RawValue<'_>) -> deserialize::Result<Self> {
                let text = <String as FromSql<Text, DB>>::from_sql(value)?;
                text.parse().map_err(|error| format!("“{text}”: {error}").into())
            }
        }
    )+};
}

/// Types whose values are fixed words, in `Text` columns.
macro_rules! word_columns {
    ($($proxy:ident($value:ty),)+) => {
        read_text! { $($proxy($value),)+ }
        $(impl<DB: Backend> ToSql<Text, DB> for $value
        where
            str: ToSql<Text, DB>,
        {
            fn to_sql<'b>(&'b self, out: &mut Output<'b, '_, DB>) -> serialize::Result {
                ToSql::<Text, DB>::to_sql(self.as_str(), out)
            }
        })+
    };
}

/// Types that are spelled by their `Display`, in `Text` columns.
macro_rules! display_columns {
    ($($proxy:ident($value:ty),)+) => {
        read_text! { $($proxy($value),)+ }
        $(
            impl ToSql<Text, Sqlite> for $value {
                fn to_sql<'b>(&'b self, out: &mut Output<'b, '_, Sqlite>) -> serialize::Result {
                    out.set_value(self.to_string());
                    Ok(IsNull::No)
                }
            }

            impl ToSql<Text, Pg> for $value {
                fn to_sql<'b>(&'b self, out: &mut Output<'b, '_, Pg>) -> serialize::Result {
                    ToSql::<Text, Pg>::to_sql(&self.to_string(), &mut out.reborrow())
                }
            }

            impl ToSql<Text, MultiBackend> for $value {
                fn to_sql<'b>(&'b self, out: &mut Output<'b, '_, MultiBackend>) -> serialize::Result {
                    out.set_value((Text, self));
                    Ok(IsNull::No)
                }
            }
        )+
    };
}

word_columns! {
    AgreementHowProxy(AgreementHow),
    AudienceNameProxy(AudienceName),
    CallWithProxy(CallWith),
    DeadlineKindProxy(DeadlineKind),
    DirectionProxy(Direction),
    DueByProxy(DueBy),
    EntryKindProxy(EntryKind),
    ExportFormProxy(ExportForm),
    ExportStageProxy(ExportStage),
    ExportTroubleProxy(ExportTrouble),
    EventProxy(Event),
    FaultProxy(Fault),
    FindingProxy(Finding),
    ClaimAnswerProxy(ClaimAnswer),
    ClaimWayProxy(ClaimWay),
    IncidentKindProxy(IncidentKind),
    LocaleProxy(Locale),
    LiveStateProxy(LiveState),
    NoticeFormProxy(NoticeForm),
    MissProxy(Miss),
    ObjectKindProxy(ObjectKind),
    OutcomeProxy(Outcome),
    PaperFormProxy(PaperForm),
    PauseProxy(Pause),
    PartyRoleProxy(PartyRole),
    PromiseStateProxy(PromiseState),
    RoleProxy(Role),
    RuledOutKindProxy(RuledOutKind),
    ActKindProxy(ActKind),
    SecurityKindProxy(SecurityKind),
    SeverityProxy(Severity),
    ShapeProxy(Shape),
    StateProxy(State),
    BackupTroubleProxy(BackupTrouble),
    SealTroubleProxy(SealTrouble),
    SideProxy(Side),
    StandingProxy(Standing),
    StatementKindProxy(StatementKind),
    StatementStandingProxy(StatementStanding),
    StatusProxy(Status),
    TicketKindProxy(TicketKind),
    TroubleProxy(Trouble),
    VisibilityProxy(Visibility),
    WaitWhyProxy(WaitWhy),
    WayProxy(Way),
    WhichProxy(Which),
}

display_columns! {
    AuthorProxy(Author),
    ChainProxy(Chain),
    DayProxy(Day),
    DigestProxy(Digest),
    DigitsProxy(Digits),
    FactsTextProxy(FactsText),
    FormsTextProxy(FormsText),
    HoursTextProxy(HoursText),
    KeyListProxy(KeyList),
    NamesTextProxy(NamesText),
    SaltProxy(Salt),
    TermTextProxy(TermText),
    UidProxy(Uid),
}
