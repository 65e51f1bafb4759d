//! The door of shares: who knocks, who is let in, and what they have not seen yet.

use std::net::IpAddr;

use chrono::Duration;

use crate::actions::{secrets, sessions};
use crate::domain::dossier::Dossier;
use crate::domain::incident::Incident;
use crate::domain::ledger::{Chain, ObjectKind};
use crate::domain::moment::Stamp;
use crate::domain::share::{Digits, Opening, Share, ShareState, Way};
use crate::domain::view::{NewsItem, Provider, redact_news};
use crate::store::permit::{Allows, Look, Permit};
use crate::store::shares::{self, Name};
use crate::store::{StoreError, Tx, ledger, openings};

/// Codes tried from one network within a quarter of an hour, at the most.
const PER_ADDRESS: i64 = 30;

/// How long whoever gave the code may go on reading.
pub const READING: Duration = Duration::hours(12);

/// What there is at the end of a link or of a number.
#[derive(Clone, Debug)]
pub enum Door {
    /// Nothing that we know of.
    Unknown,
    /// A share, and where it stands.
    Share(Box<Share>, ShareState),
}

/// What that name leads to. Asking changes nothing.
///
/// # Errors
/// [`StoreError`].
pub fn door(tx: &mut Tx<'_>, name: &Name) -> Result<Door, StoreError> {
    let Some(share) = shares::named(tx, name)? else { return Ok(Door::Unknown) };
    let state = at_door(tx, &share)?;
    Ok(Door::Share(Box::new(share), state))
}

/// Where a share stands for whoever is about to open it.
///
/// # Errors
/// [`StoreError`].
pub fn at_door(tx: &mut Tx<'_>, share: &Share) -> Result<ShareState, StoreError> {
    let times = match share.most_openings {
        Some(_) => openings::count(tx, share.id)?,
        None => 0,
    };
    Ok(share.state_at_door(tx.now(), times))
}

/// Whether a code may be tried.
#[derive(Clone, Debug)]
pub enum Admission {
    /// It may, against this hash; it counts as wrong until [`open`] forgets it. Without a share there is nothing to hold it
    /// against, and hashing it takes as long.
    Try(Option<(Box<Share>, String)>),
    /// Too many were wrong, at a link. Who has the link has it from us, and is told whom to call.
    Locked(Box<Share>),
    /// Too many were wrong, at a number: whether it is one of ours is not told.
    NumberLocked,
    /// Too many came from there; it may be tried again then.
    Throttled(Stamp),
}

/// Counts a code *before* it is looked at, for the share and for the network it comes from (who tries many numbers would lock
/// them all). A number that no share has is locked as those of shares are, so that ten tries do not tell which is which. A code
/// whose check digit does not fit never comes here: it was misheard or mistyped, and guesses nothing.
///
/// # Errors
/// [`StoreError`].
pub fn attempt(tx: &mut Tx<'_>, name: &Name, address: IpAddr) -> Result<Admission, StoreError> {
    if let Some(until) = sessions::count_from(tx, "share-address", address, PER_ADDRESS)? {
        return Ok(Admission::Throttled(until));
    }
    let Some(share) = shares::named(tx, name)? else {
        return Ok(match name {
            Name::Number(number) if !shares::count_unknown(tx, number)? => Admission::NumberLocked,
            _ => Admission::Try(None),
        });
    };
    Ok(match (shares::count_try(tx, share.id, name.way())?, name.way()) {
        (Some(hash), _) => Admission::Try(Some((Box::new(share), hash))),
        (None, Way::Link) => Admission::Locked(Box::new(share)),
        (None, Way::Number) => Admission::NumberLocked,
    })
}

/// Who opens a share, by their own word.
#[derive(Clone, Debug)]
pub struct Visitor {
    /// Their name.
    pub name: String,
    /// Their department.
    pub department: String,
    /// The network address they come from.
    pub address: String,
}

/// Opens a share to whoever gave the right code: leaves word of that on the incident, with what they are shown, and answers with
/// the secret for their cookie; or with where the share stands, where that lets nobody in.
///
/// # Errors
/// [`StoreError`].
pub fn open(tx: &mut Tx<'_>, share: &Share, way: Way, visitor: Visitor) -> Result<Result<String, ShareState>, StoreError> {
    let permit = shares::for_reader(tx, share)?;
    let now = tx.now();
    let standing = shares::get(tx, &permit, share.uid)?;
    let state = at_door(tx, &standing)?;
    if state != ShareState::Live {
        return Ok(Err(state));
    }
    shares::forgive(tx, share.id, way)?;
    let head = ledger::head(tx, &permit)?;
    let opening = Opening {
        id: tx.fresh_id()?,
        uid: tx.fresh_uid()?,
        revision: 0,
        incident: share.incident,
        share: share.id,
        at: now,
        way,
        name: visitor.name,
        department: visitor.department,
        address: visitor.address,
        version: head.map(|head| head.count),
        fingerprint: head.map(|head| head.hash.fingerprint()).unwrap_or_default(),
    };
    openings::add(tx, &permit, "shares::open", &opening)?;
    let token = secrets::fresh()?;
    shares::begin_reading(tx, &opening, &secrets::hash_of(&token), now + READING)?;
    Ok(Ok(token))
}

/// The share of that number that somebody has open by the secret of their cookie.
///
/// # Errors
/// [`StoreError`].
pub fn reading<'tx>(tx: &mut Tx<'tx>, token: &str, number: &Digits) -> Result<Reading<'tx>, StoreError> {
    let now = tx.now();
    Ok(match shares::open_by(tx, &secrets::hash_of(token))? {
        Some((share, opening, permit)) if share.number == *number => match share.state(now) {
            ShareState::Live => Reading::Open(Box::new(Read { share, opening }), permit),
            state => Reading::Gone(Box::new(share), state),
        },
        _ => Reading::Closed,
    })
}

/// The last time that the same reader opened it before, by their own word; none where this is the first.
///
/// # Errors
/// [`StoreError`].
pub fn before<D: Allows>(
    tx: &mut Tx<'_>,
    permit: &Permit<'_, D, Incident>,
    opening: &Opening,
) -> Result<Option<Opening>, StoreError> {
    let all = openings::of_incident(tx, permit)?;
    let earlier = all.into_iter().take_while(|other| other.id != opening.id);
    Ok(earlier.filter(|other| other.is_by_same(opening)).last())
}

/// What is not as it was when somebody opened the share, of what its reader may see; but what they left there themselves.
///
/// # Errors
/// [`StoreError`].
pub fn news<D: Allows>(
    tx: &mut Tx<'_>,
    permit: &Permit<'_, D, Incident>,
    dossier: &Dossier,
    share: &Share,
    since: &Opening,
) -> Result<Vec<NewsItem>, StoreError> {
    let contracts = dossier.contracts.iter().map(|contract| Chain::Contract(contract.id));
    let mut touched = ledger::touched(tx, permit, (since.version, since.at), contracts)?;
    let theirs = |id: i64| {
        let entry = dossier.entries.iter().find(|entry| entry.id.raw() == id);
        entry.and_then(|entry| entry.reply.as_ref()).is_some_and(|reply| reply.share == share.id && reply.name == since.name)
    };
    touched.retain(|thing| thing.kind != ObjectKind::Entry || !theirs(thing.id));
    Ok(redact_news::<Provider>(dossier, &share.outward(), &touched))
}

/// What somebody has open.
#[derive(Clone, Debug)]
pub struct Read {
    /// The share.
    pub share: Share,
    /// The opening by which they came.
    pub opening: Opening,
}

/// Whether somebody may go on reading.
#[derive(Debug)]
pub enum Reading<'tx> {
    /// They may, with this permit to look.
    Open(Box<Read>, Permit<'tx, Look, Incident>),
    /// It was revoked, or its time has passed, since they gave the code.
    Gone(Box<Share>, ShareState),
    /// They have not given the code of this share, or long ago.
    Closed,
}
