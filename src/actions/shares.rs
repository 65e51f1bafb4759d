//! Shares: made with their link and code at once, opened with the code, revoked.

use std::net::IpAddr;

use chrono::Duration;

use super::passwords::{HashError, Password};
use super::{Outcome, next_revision, sealing, secrets, sessions, strike, unfit};
use crate::domain::id::{Id, Uid};
use crate::domain::incident::Incident;
use crate::domain::moment::Stamp;
use crate::domain::party::Provider;
use crate::domain::share::{Digits, Given, Opening, Share, ShareState, Shown, Way};
use crate::store::keyring::Key;
use crate::store::permit::{Look, Permit, Writes};
use crate::store::shares::{self, Kept, Name};
use crate::store::{StoreError, Tx, openings};

/// Codes tried from one network within a quarter of an hour, at the most.
const PER_ADDRESS: i64 = 30;

/// How long whoever gave the code may go on reading.
pub const READING: Duration = Duration::hours(12);

/// The machine gives no secrets.
#[derive(Debug, thiserror::Error)]
pub enum NoSecrets {
    /// No randomness.
    #[error(transparent)]
    Random(#[from] StoreError),
    /// No hash.
    #[error(transparent)]
    Hash(#[from] HashError),
}

/// The secrets of a share about to be made.
#[derive(Clone, Debug)]
pub struct FreshSecrets {
    token: String,
    code: Digits,
    code_hash: String,
}

impl FreshSecrets {
    /// New ones. Hashing the code takes as long as hashing a password: not for a transaction.
    ///
    /// # Errors
    /// [`NoSecrets`].
    pub fn new() -> Result<Self, NoSecrets> {
        let code = random_digits()?;
        let code_hash = Password::attempt(code.as_str()).hash()?;
        Ok(Self { token: secrets::fresh()?, code, code_hash })
    }
}

fn random_digits() -> Result<Digits, StoreError> {
    // The remainder prefers no number by more than one in four hundred.
    let mut bytes = [0; 4];
    getrandom::fill(&mut bytes).map_err(StoreError::Random)?;
    Ok(Digits::from_seven(u32::from_be_bytes(bytes)))
}

/// What a new share shows, and how long.
#[derive(Clone, Debug)]
pub struct NewShare {
    /// For which company.
    pub provider: Id<Provider>,
    /// Whether with the names of their people.
    pub their_names: bool,
    /// Whether with the names of ours.
    pub our_names: bool,
    /// The other companies whose words are shown too.
    pub other_companies: Vec<Id<Provider>>,
    /// Whom they call where it is good no more.
    pub call: String,
    /// To whom it is given, in our words.
    pub note: String,
    /// How long it is good.
    pub good_for: Duration,
}

/// Makes a share with its link and its code: all of it, or nothing.
///
/// # Errors
/// [`super::Refused`].
pub fn make<'tx, D: Writes>(
    tx: &mut Tx<'tx>,
    permit: Permit<'tx, D, Incident>,
    new: NewShare,
    fresh: FreshSecrets,
    key: &Key,
) -> Outcome<(Share, Given)> {
    let mut other_companies: Vec<_> = new.other_companies.into_iter().filter(|company| *company != new.provider).collect();
    other_companies.sort_unstable();
    other_companies.dedup();
    let share = Share {
        id: tx.fresh_id()?,
        uid: tx.fresh_uid()?,
        revision: 0,
        incident: permit.id(),
        provider: new.provider,
        number: free_number(tx)?,
        their_names: new.their_names,
        our_names: new.our_names,
        other_companies,
        call: new.call,
        note: new.note,
        made_at: tx.now(),
        made_by: permit.actor().person(),
        expires_at: tx.now() + new.good_for,
        revoked: None,
    };
    shares::add(tx, &permit, "shares::make", &share)?;
    let kept = Kept {
        token_hash: secrets::hash_of(&fresh.token),
        code_hash: fresh.code_hash,
        sealed: sealing::seal(key, &share.uid.to_string(), &format!("{} {}", fresh.token, fresh.code))?,
    };
    shares::keep(tx, &permit, &share, kept)?;
    Ok((share, Given { token: fresh.token, code: fresh.code }))
}

/// A number that no share has had.
fn free_number(tx: &mut Tx<'_>) -> Outcome<Digits> {
    for _ in 0..20 {
        let number = random_digits()?;
        if !shares::is_taken(tx, &number)? {
            return Ok(number);
        }
    }
    unfit("", "problem-busy")
}

/// The secrets of a share, for who may share.
///
/// # Errors
/// [`super::Refused`].
pub fn show<'tx, D: Writes>(tx: &mut Tx<'tx>, permit: Permit<'tx, D, Incident>, share: &Share, key: &Key) -> Outcome<Shown> {
    let (sealed, [number_locked, link_locked]) = shares::sealed(tx, &permit, share)?;
    let plain = sealing::unseal(key, &share.uid.to_string(), &sealed);
    let given = plain.as_deref().and_then(|plain| plain.split_once(' ')).and_then(|(token, code)| {
        let code = code.parse().ok()?;
        Some(Given { token: token.to_owned(), code })
    });
    Ok(Shown { given, number_locked, link_locked })
}

/// Revokes a share, with a reason that its readers are not shown. What was read was read.
///
/// # Errors
/// [`super::Refused::Stale`] where `seen` is not the revision that stands.
pub fn revoke<'tx, D: Writes>(
    tx: &mut Tx<'tx>,
    permit: Permit<'tx, D, Incident>,
    uid: Uid,
    seen: i64,
    reason: String,
) -> Outcome<Share> {
    let mut share = shares::get(tx, &permit, uid)?;
    share.revision = next_revision(seen, share.revision)?;
    share.revoked = Some(strike(tx.now(), reason, share.revoked.as_ref())?);
    shares::change(tx, &permit, "shares::revoke", &share)?;
    Ok(share)
}

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
    let now = tx.now();
    let found = shares::named(tx, name)?;
    Ok(found.map_or(Door::Unknown, |share| {
        let state = share.state(now);
        Door::Share(Box::new(share), state)
    }))
}

/// Whether a code may be tried.
#[derive(Clone, Debug)]
pub enum Admission {
    /// It may, against this hash; it counts as wrong until [`open`] forgets it. Without a share there is nothing to hold it
    /// against, and hashing it takes as long.
    Try(Option<(Box<Share>, String)>),
    /// Too many were wrong.
    Locked(Box<Share>),
    /// Too many came from there; it may be tried again then.
    Throttled(Stamp),
}

/// Counts a code *before* it is looked at, for the share and for the network it comes from (who tries many numbers would lock
/// them all). A code whose check digit does not fit never comes here: it was misheard or mistyped, and guesses nothing.
///
/// # Errors
/// [`StoreError`].
pub fn attempt(tx: &mut Tx<'_>, name: &Name, address: IpAddr) -> Result<Admission, StoreError> {
    if let Some(until) = sessions::count_from(tx, "share-address", address, PER_ADDRESS)? {
        return Ok(Admission::Throttled(until));
    }
    let Some(share) = shares::named(tx, name)? else { return Ok(Admission::Try(None)) };
    Ok(match shares::count_try(tx, share.id, name.way())? {
        Some(hash) => Admission::Try(Some((Box::new(share), hash))),
        None => Admission::Locked(Box::new(share)),
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

/// Opens a share to whoever gave the right code: leaves word of that on the incident, and answers with the secret for their
/// cookie. Nothing where it was revoked, or its time passed, meanwhile.
///
/// # Errors
/// [`StoreError`].
pub fn open(tx: &mut Tx<'_>, share: &Share, way: Way, visitor: Visitor) -> Result<Option<String>, StoreError> {
    let permit = shares::for_reader(tx, share)?;
    let now = tx.now();
    let standing = shares::get(tx, &permit, share.uid)?;
    if standing.state(now) != ShareState::Live {
        return Ok(None);
    }
    shares::forgive(tx, share.id, way)?;
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
    };
    openings::add(tx, &permit, "shares::open", &opening)?;
    let token = secrets::fresh()?;
    shares::begin_reading(tx, &opening, &secrets::hash_of(&token), now + READING)?;
    Ok(Some(token))
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
