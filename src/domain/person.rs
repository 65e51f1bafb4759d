//! Our own people.

use serde::{Deserialize, Serialize};

use super::id::{Id, Uid};
use super::locale::{Locale, Zone};
use super::moment::Stamp;
use super::permit::Role;

/// One of our people, as the ledger keeps them. The password's hash stands apart, in `aux_credentials`: no payload holds it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Person {
    /// Key.
    pub id: Id<Person>,
    /// In URLs.
    pub uid: Uid,
    /// How often this person's record was changed since it was made.
    pub revision: i64,
    /// What they type to log in: NFKC, lower case, unique.
    pub login: String,
    /// Their name as shown and printed.
    pub name: String,
    /// What they may do.
    pub role: Role,
    /// The language of their screens.
    pub locale: Locale,
    /// The zone in which times are shown to them.
    pub zone: Zone,
    /// When they were shut out, if they are.
    pub disabled_at: Option<Stamp>,
}

/// The house itself: the one row of settings.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct House {
    /// Key.
    pub id: Id<House>,
    /// How often the settings were changed since they were made.
    pub revision: i64,
    /// The company's name, as printed.
    pub company: String,
    /// The language of what is made for nobody in particular.
    pub locale: Locale,
    /// The company's zone.
    pub zone: Zone,
}
