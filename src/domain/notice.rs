//! Changes 変更 by a provider, and the notices 通知 of them that it sent, or says it sent.

use serde::{Deserialize, Serialize};

use super::contract::{NoticeForm, Standing};
use super::entry::{Entry, Struck};
use super::id::{Id, Uid};
use super::incident::Incident;
use super::moment::Moment;
use super::party::Provider;
use super::visibility::Visibility;

/// What a provider does, from when.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Change {
    /// Key.
    pub id: Id<Change>,
    /// In URLs.
    pub uid: Uid,
    /// How often the record was changed since it was made.
    pub revision: i64,
    /// In which incident.
    pub incident: Id<Incident>,
    /// Whose change it is.
    pub provider: Id<Provider>,
    /// What changes.
    pub what: String,
    /// From when it works; none while that is not known.
    pub effective: Option<Moment>,
    /// Who may read it.
    pub visibility: Visibility,
    /// Struck out, with the reason, if it is.
    pub struck: Option<Struck>,
}

/// A notice of a change, as sent or as claimed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Notice {
    /// Key.
    pub id: Id<Notice>,
    /// In URLs.
    pub uid: Uid,
    /// How often the record was changed since it was made.
    pub revision: i64,
    /// In which incident.
    pub incident: Id<Incident>,
    /// Of which change.
    pub change: Id<Change>,
    /// Who sent it, or says so.
    pub provider: Id<Provider>,
    /// How.
    pub form: NoticeForm,
    /// When it was sent, as far as known.
    pub sent: Option<Moment>,
    /// When it arrived; none where it did not, or nobody knows.
    pub received: Option<Moment>,
    /// Where it was sent to, or where it stands; empty if not known.
    pub address: String,
    /// Whether that is an address we registered; none if not known.
    pub to_registered: Option<bool>,
    /// Who stands behind the sending.
    pub standing: Standing,
    /// The entry that tells of it.
    pub entry: Option<Id<Entry>>,
    /// What it says, or what else is to be known.
    pub note: String,
    /// Who may read it.
    pub visibility: Visibility,
    /// Struck out, with the reason, if it is.
    pub struck: Option<Struck>,
}
