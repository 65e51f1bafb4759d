//! Incidents.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::Told;
use crate::domain::id::Uid;
use crate::domain::incident::{IncidentKind, PartyRole, Severity};
use crate::domain::term::facts::Fault;
use crate::web::api::body::Shape;

/// Another company that plays a part.
#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct OtherParty {
    /// The company.
    pub company: Uid,
    /// Its part.
    pub role: PartyRole,
    /// Its short sign.
    #[schema(max_length = 300)]
    pub sign: Option<String>,
}

/// An incident to be opened.
#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewIncident {
    /// What is wrong, in a line.
    #[schema(min_length = 1, max_length = 300)]
    pub title: String,
    /// The same as the provider may read it, where it is another.
    #[schema(max_length = 300)]
    pub title_outward: Option<String>,
    /// The company answerable for it.
    pub provider: Uid,
    /// What kind of matter it is; an outage where nothing is said.
    pub kind: Option<IncidentKind>,
    /// How grave it is; 2 where nothing is said.
    pub severity: Option<Severity>,
    /// What does not work, and what does.
    pub what: Option<String>,
    /// Whom it hurts.
    pub affected: Option<String>,
    /// The cause, as far as known.
    pub cause: Option<String>,
    /// Whether nothing at all worked.
    pub total: Option<bool>,
    /// Whose fault it was.
    pub fault: Option<Fault>,
    /// The contracts it is about.
    pub contracts: Option<Vec<Uid>>,
    /// The short sign of the company answerable.
    #[schema(max_length = 300)]
    pub sign: Option<String>,
    /// The other companies.
    #[schema(max_items = 200)]
    pub parties: Option<Vec<OtherParty>>,
    /// When it started.
    pub started: Option<Told>,
    /// When it was noticed.
    pub detected: Option<Told>,
}

const PARTIES: &[(&str, &str)] = &[("parties", "party")];

impl Shape for NewIncident {
    const LISTS: &'static [(&'static str, &'static str)] = PARTIES;

    fn example() -> Self {
        Self {
            title: "No mail from outside arrives".to_owned(),
            title_outward: None,
            provider: Uid::NIL,
            kind: Some(IncidentKind::Outage),
            severity: Some(Severity::S2),
            what: Some("Receiving fails; sending and the web work".to_owned()),
            affected: Some("All 40 mailboxes".to_owned()),
            cause: None,
            total: Some(false),
            fault: None,
            contracts: None,
            sign: None,
            parties: None,
            started: Some("2006-11-21T21:30/2006-11-21T22:30".into()),
            detected: Some("2006-11-22T08:40:00+09:00".into()),
        }
    }
}

/// What an incident is.
#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Description {
    /// What is wrong, in a line.
    #[schema(min_length = 1, max_length = 300)]
    pub title: String,
    /// The same as the provider may read it, where it is another.
    #[schema(max_length = 300)]
    pub title_outward: Option<String>,
    /// The company answerable for it.
    pub provider: Uid,
    /// What kind of matter it is.
    pub kind: IncidentKind,
    /// How grave it is.
    pub severity: Severity,
    /// What does not work, and what does.
    pub what: Option<String>,
    /// Whom it hurts.
    pub affected: Option<String>,
    /// The cause, as far as known.
    pub cause: Option<String>,
    /// Whether nothing at all worked.
    pub total: Option<bool>,
    /// Whose fault it was.
    pub fault: Option<Fault>,
    /// The contracts it is about.
    pub contracts: Option<Vec<Uid>>,
    /// The short sign of the company answerable.
    #[schema(max_length = 300)]
    pub sign: Option<String>,
    /// The other companies.
    #[schema(max_items = 200)]
    pub parties: Option<Vec<OtherParty>>,
}

impl Shape for Description {
    const LISTS: &'static [(&'static str, &'static str)] = PARTIES;

    fn example() -> Self {
        Self {
            title: "No mail from outside arrives".to_owned(),
            title_outward: None,
            provider: Uid::NIL,
            kind: IncidentKind::Outage,
            severity: Severity::S1,
            what: Some("Receiving fails; sending and the web work".to_owned()),
            affected: Some("All 40 mailboxes".to_owned()),
            cause: None,
            total: None,
            fault: None,
            contracts: None,
            sign: None,
            parties: None,
        }
    }
}

/// The times of an incident.
#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Times {
    /// When it started.
    pub started: Option<Told>,
    /// When it was noticed.
    pub detected: Option<Told>,
    /// The earliest moment at which we can prove that the provider knew.
    pub reported: Option<Told>,
    /// When a makeshift made it work again.
    pub mitigated: Option<Told>,
    /// By whom.
    pub mitigated_by: Option<Uid>,
    /// When it was restored.
    pub restored: Option<Told>,
    /// By whom.
    pub restored_by: Option<Uid>,
}

impl Shape for Times {
    fn example() -> Self {
        Self {
            started: None,
            detected: None,
            reported: Some("2006-11-22T10:21:00+09:00".into()),
            mitigated: Some("2006-11-22T13:00:00+09:00".into()),
            mitigated_by: None,
            restored: None,
            restored_by: None,
        }
    }
}

/// When an incident was closed.
#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Closing {
    /// When.
    pub at: Told,
}

impl Shape for Closing {
    fn example() -> Self {
        Self { at: "2006-11-30T17:00:00+09:00".into() }
    }
}
