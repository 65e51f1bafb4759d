//! The settings of the house.

use crate::domain::locale::{Locale, Zone};
use crate::domain::person::House;
use crate::domain::text::Line;
use crate::store::permit::{Manage, Permit};
use crate::store::{StoreError, Tx, house};

/// What an admin changes of the house.
#[derive(Clone, Debug)]
pub struct Change {
    /// The revision that the admin had before them.
    pub revision: i64,
    /// The company's name.
    pub company: Line,
    /// The language of what is made for nobody in particular.
    pub locale: Locale,
    /// The company's zone.
    pub zone: Zone,
}

/// Changes the settings.
///
/// # Errors
/// [`StoreError::Stale`] where somebody else changed them meanwhile.
pub fn change(tx: &mut Tx<'_>, permit: &Permit<'_, Manage, House>, change: Change) -> Result<(), StoreError> {
    let before = house::get(tx, permit)?;
    if before.revision != change.revision {
        return Err(StoreError::Stale);
    }
    let after = House {
        revision: before.revision + 1,
        company: change.company.into(),
        locale: change.locale,
        zone: change.zone,
        ..before
    };
    house::put(tx, permit, "house::change", &after)
}
