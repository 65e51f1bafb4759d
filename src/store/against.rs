//! A print held against the record of today.

use super::{Result, Tx, dossier, incidents, ledger, shares};
use crate::domain::against::{Held, Printed, Since, compare};
use crate::domain::dossier::Dossier;
use crate::domain::id::Id;
use crate::domain::permit::Actor;
use crate::domain::person::Person;
use crate::domain::share::Share;
use crate::domain::view::{Audience, AudienceName, Internal, Meeting, Outward, Provider};

/// What the record says of `printed` today. Where private notes stand in it, it may have been made for any of `readers`.
///
/// # Errors
/// [`super::Denied`] where `actor` may not look at that incident.
pub fn held(tx: &mut Tx<'_>, actor: Actor, printed: &Printed, readers: &[Id<Person>]) -> Result<Held> {
    let permit = incidents::to_look(tx, actor, printed.number)?;
    let dossier = dossier::load(tx, &permit)?;
    let at_count = ledger::hash_at(tx, &permit, printed.count)?;
    let since = match printed.audience {
        AudienceName::Internal => {
            let authors = readers.iter().filter(|_| printed.has_private_notes()).map(|person| Some(*person));
            closest::<Internal>(&dossier, printed, std::iter::once(None).chain(authors))?
        }
        AudienceName::Meeting => closest::<Meeting>(&dossier, printed, std::iter::once(()))?,
        AudienceName::Provider => {
            let shares = shares::of_incident(tx, &permit)?;
            let plain = Outward::plain(dossier.incident.provider);
            closest::<Provider>(&dossier, printed, std::iter::once(plain).chain(shares.iter().map(Share::outward)))?
        }
    };
    let rows_since = ledger::changes_since(tx, &permit, printed.count)?;
    Ok(Held { since, on_chain: at_count == Some(printed.hash), rows_since })
}

/// What differs from the print where it was made for the one of `readers` who sees today what is most like it. The print does not
/// say for whom of them it was.
fn closest<A: Audience>(dossier: &Dossier, printed: &Printed, readers: impl Iterator<Item = A::Reader>) -> Result<Vec<Since>> {
    let whole = serde_json::to_value(dossier.view::<Internal>(&None, printed.as_of))?;
    let mut found: Option<Vec<Since>> = None;
    for reader in readers {
        let now = serde_json::to_value(dossier.view::<A>(&reader, printed.as_of))?;
        let since = compare(&printed.view, &now, &whole);
        if found.as_ref().is_none_or(|least| since.len() < least.len()) {
            found = Some(since);
        }
    }
    Ok(found.unwrap_or_default())
}
