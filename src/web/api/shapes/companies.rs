//! The phone book and the contracts.

use std::collections::BTreeMap;

use chrono::{NaiveDate, Weekday};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use utoipa::ToSchema;

use super::Told;
use crate::domain::contract::{AgreementHow, NoticeForm, Standing};
use crate::domain::id::Uid;
use crate::domain::visibility::Visibility;
use crate::web::api::body::Shape;

/// Telephone numbers, each with what it is for before it, if anything.
const NUMBERS: &[&str] = &["numbers"];

/// A company.
#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct CompanyRecord {
    /// Its name.
    #[schema(min_length = 1, max_length = 300)]
    pub name: String,
    /// What it does.
    #[schema(max_length = 300)]
    pub trade: Option<String>,
    /// What else there is to know.
    pub note: Option<String>,
    /// Its numbers, each with what it is for before it, if anything: `Support: 03-0000-0000`.
    pub numbers: Option<Vec<String>>,
}

impl Shape for CompanyRecord {
    const LINES: &'static [&'static str] = NUMBERS;

    fn example() -> Self {
        Self {
            name: "Example Hosting".to_owned(),
            trade: Some("Mail and web hosting".to_owned()),
            note: None,
            numbers: Some(vec!["Support: 03-0000-0000".to_owned()]),
        }
    }
}

/// One of a company's people.
#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ContactRecord {
    /// Their name; none where only the desk is known.
    #[schema(max_length = 300)]
    pub name: Option<String>,
    /// Their department.
    #[schema(max_length = 300)]
    pub department: Option<String>,
    /// What they do there.
    #[schema(max_length = 300)]
    pub role: Option<String>,
    /// Their address.
    #[schema(max_length = 300)]
    pub email: Option<String>,
    /// What else there is to know.
    pub note: Option<String>,
    /// Their numbers.
    pub numbers: Option<Vec<String>>,
}

impl Shape for ContactRecord {
    const LINES: &'static [&'static str] = NUMBERS;

    fn example() -> Self {
        Self { name: None, department: Some("Technical desk".to_owned()), role: None, email: None, note: None, numbers: None }
    }
}

/// A contract.
#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ContractRecord {
    /// What it is called.
    #[schema(min_length = 1, max_length = 300)]
    pub title: String,
    /// Its number.
    #[schema(max_length = 300)]
    pub number: Option<String>,
    /// From when it runs.
    pub starts_on: Option<NaiveDate>,
    /// Until when.
    pub ends_on: Option<NaiveDate>,
    /// The monthly fee, in the smallest unit of its currency.
    pub monthly_fee: Option<i64>,
    /// The currency (ISO 4217).
    #[schema(max_length = 300)]
    pub currency: Option<String>,
    /// In which zone its days are counted, by its IANA name; Asia/Tokyo where nothing is said.
    pub zone: Option<String>,
    /// Where notices may be sent, by their form.
    #[schema(value_type = Option<BTreeMap<String, String>>)]
    pub addresses: Option<BTreeMap<NoticeForm, String>>,
    /// In which forms we take no notices.
    pub refused: Option<Vec<NoticeForm>>,
    /// On which days of the week its business is open; as is usual in Japan where nothing is said.
    pub business_days: Option<Vec<BusinessDay>>,
    /// From when, as `09:00`.
    #[schema(max_length = 300)]
    pub opens: Option<String>,
    /// Until when, as `17:30`, or `24:00`.
    #[schema(max_length = 300)]
    pub closes: Option<String>,
    /// Days on which it is shut, beside the national holidays.
    pub closed_days: Option<Vec<NaiveDate>>,
    /// What else there is to know.
    pub note: Option<String>,
}

impl Shape for ContractRecord {
    const PARTS: &'static [(&'static str, &'static str)] = &[("addresses", "address_"), ("refused", "refused_")];
    const LINES: &'static [&'static str] = &["closed_days"];

    fn example() -> Self {
        Self {
            title: "Hosting".to_owned(),
            number: Some("H-1234".to_owned()),
            starts_on: None,
            ends_on: None,
            monthly_fee: Some(52_500),
            currency: Some("JPY".to_owned()),
            zone: None,
            addresses: Some(BTreeMap::from([(NoticeForm::Email, "admin@example.jp".to_owned())])),
            refused: None,
            business_days: None,
            opens: Some("09:00".to_owned()),
            closes: Some("18:00".to_owned()),
            closed_days: None,
            note: None,
        }
    }
}

/// A day of the week.
#[derive(Clone, Copy, Debug, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "lowercase")]
pub enum BusinessDay {
    /// Monday.
    Mon,
    /// Tuesday.
    Tue,
    /// Wednesday.
    Wed,
    /// Thursday.
    Thu,
    /// Friday.
    Fri,
    /// Saturday.
    Sat,
    /// Sunday.
    Sun,
}

impl From<Weekday> for BusinessDay {
    fn from(day: Weekday) -> Self {
        match day {
            Weekday::Mon => Self::Mon,
            Weekday::Tue => Self::Tue,
            Weekday::Wed => Self::Wed,
            Weekday::Thu => Self::Thu,
            Weekday::Fri => Self::Fri,
            Weekday::Sat => Self::Sat,
            Weekday::Sun => Self::Sun,
        }
    }
}

/// A clause, word for word.
#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ClauseRecord {
    /// Its number as printed.
    #[schema(max_length = 300)]
    pub number: Option<String>,
    /// Its heading.
    #[schema(max_length = 300)]
    pub heading: Option<String>,
    /// Its words.
    #[schema(min_length = 1)]
    pub quote: String,
}

impl Shape for ClauseRecord {
    fn example() -> Self {
        Self {
            number: Some("12".to_owned()),
            heading: Some("Changes".to_owned()),
            quote: "The Provider gives notice of changes 14 days before, by e-mail.".to_owned(),
        }
    }
}

/// What was agreed beside the print.
#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct AgreementRecord {
    /// When it was made.
    pub made: Told,
    /// With whom, as told.
    #[schema(max_length = 300)]
    pub made_with: Option<String>,
    /// With whom, of the phone book.
    pub contact: Option<Uid>,
    /// How.
    pub how: AgreementHow,
    /// In which words.
    #[schema(min_length = 1)]
    pub words: String,
    /// Whether they are verbatim.
    pub verbatim: Option<bool>,
    /// What proof there is.
    pub evidence: Option<String>,
    /// How well it is proved.
    pub standing: Standing,
    /// The clause it comes before.
    pub before_clause: Option<Uid>,
    /// Who may read it.
    pub visibility: Option<Visibility>,
}

impl Shape for AgreementRecord {
    fn example() -> Self {
        Self {
            made: "2006-04".into(),
            made_with: Some("Their salesman".to_owned()),
            contact: None,
            how: AgreementHow::Spoken,
            words: "We telephone you before any change".to_owned(),
            verbatim: None,
            evidence: None,
            standing: Standing::Ours,
            before_clause: None,
            visibility: None,
        }
    }
}

/// A rule in a form that can be computed.
#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct TermRecord {
    /// The rule; none takes it away.
    #[schema(value_type = Option<Object>)]
    pub term: Option<Value>,
}

impl Shape for TermRecord {
    fn example() -> Self {
        let lead = json!({ "n": 14, "unit": "days" });
        Self { term: Some(json!({ "kind": "notice", "forms": ["email"], "lead": lead })) }
    }
}
