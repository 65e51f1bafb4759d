//! Shares: made with their link and code at once, opened with the code, revoked.

use std::net::IpAddr;

use chrono::Duration;

use super::passwords::{HashError, Password};
use super::{Outcome, next_revision, sealing, secrets, sessions, strike, unfit};
use crate::domain::dossier::Dossier;
use crate::domain::entry::Entry;
use crate::domain::id::{Id, Uid};
use crate::domain::incident::Incident;
use crate::domain::ledger::{Chain, ObjectKind};
use crate::domain::locale::Locale;
use crate::domain::moment::Stamp;
use crate::domain::party::{Contact, Provider};
use crate::domain::share::{Digits, Given, Opening, Share, ShareState, Shown, Way};
use crate::domain::view::{NewsItem, Provider as Provided, redact_news};
use crate::store::keyring::Key;
use crate::store::permit::{Allows, Look, Permit, Writes};
use crate::store::shares::{self, Kept, Name};
use crate::store::{StoreError, Tx, ledger, openings};

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

/// What a share shows, to whom, and how: chosen when it is made, and again whenever one of us likes.
#[derive(Clone, Debug, Default)]
pub struct Choices {
    /// Whether with the names of their people.
    pub their_names: bool,
    /// Whether with the names of ours.
    pub our_names: bool,
    /// The other companies whose words are shown too.
    pub other_companies: Vec<Id<Provider>>,
    /// Whether without files.
    pub without_files: bool,
    /// Entries left out though the company may see them.
    pub left_out: Vec<Id<Entry>>,
    /// Entries for the meeting, let in all the same.
    pub let_in: Vec<Id<Entry>>,
    /// For whom of the company's people it is.
    pub contact: Option<Id<Contact>>,
    /// In which language it is read where its reader does not choose.
    pub locale: Option<Locale>,
    /// When we can be reached.
    pub reach: String,
    /// Whom they call on a holiday.
    pub holiday: String,
    /// How often it may be opened.
    pub most_openings: Option<i64>,
    /// Whom they call where it is good no more.
    pub call: String,
    /// To whom it is given, in our words.
    pub note: String,
}

fn in_order<T>(mut ids: Vec<Id<T>>) -> Vec<Id<T>> {
    ids.sort_unstable();
    ids.dedup();
    ids
}

impl Choices {
    fn put_into(self, share: &mut Share) {
        let company = share.provider;
        share.their_names = self.their_names;
        share.our_names = self.our_names;
        share.other_companies = in_order(self.other_companies.into_iter().filter(|other| *other != company).collect());
        share.without_files = self.without_files;
        share.left_out = in_order(self.left_out);
        share.let_in = in_order(self.let_in);
        share.contact = self.contact;
        share.locale = self.locale;
        share.reach = self.reach;
        share.holiday = self.holiday;
        share.most_openings = self.most_openings;
        share.call = self.call;
        share.note = self.note;
    }
}

/// A share to be made.
#[derive(Clone, Debug)]
pub struct NewShare {
    /// For which company.
    pub provider: Id<Provider>,
    /// What it shows, to whom, and how.
    pub choices: Choices,
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
    let mut share = Share {
        id: tx.fresh_id()?,
        uid: tx.fresh_uid()?,
        revision: 0,
        incident: permit.id(),
        provider: new.provider,
        number: free_number(tx)?,
        their_names: false,
        our_names: false,
        other_companies: Vec::new(),
        without_files: false,
        left_out: Vec::new(),
        let_in: Vec::new(),
        contact: None,
        locale: None,
        reach: String::new(),
        holiday: String::new(),
        most_openings: None,
        paused: None,
        call: String::new(),
        note: String::new(),
        made_at: tx.now(),
        made_by: permit.actor().person(),
        expires_at: tx.now() + new.good_for,
        revoked: None,
    };
    new.choices.put_into(&mut share);
    shares::add(tx, &permit, "shares::make", &share)?;
    let kept = Kept {
        token_hash: secrets::hash_of(&fresh.token),
        code_hash: fresh.code_hash,
        sealed: sealing::seal(key, &share.uid.to_string(), &format!("{} {}", fresh.token, fresh.code))?,
    };
    shares::keep(tx, &permit, &share, kept)?;
    Ok((share, Given { token: fresh.token, code: fresh.code }))
}

/// Chooses anew what a share shows; number, code and link stay as they were given. `good_for` counts from now; where it is none,
/// the share is good as long as it was.
///
/// # Errors
/// [`super::Refused::Stale`] where `seen` is not the revision that stands.
pub fn choose<'tx, D: Writes>(
    tx: &mut Tx<'tx>,
    permit: Permit<'tx, D, Incident>,
    uid: Uid,
    seen: i64,
    choices: Choices,
    good_for: Option<Duration>,
) -> Outcome<Share> {
    let mut share = standing(tx, &permit, uid, seen)?;
    choices.put_into(&mut share);
    if let Some(good_for) = good_for {
        share.expires_at = tx.now() + good_for;
    }
    shares::change(tx, &permit, "shares::choose", &share)?;
    Ok(share)
}

/// The share on which `seen` stands, with its next revision; none that was revoked.
fn standing<D: Writes>(tx: &mut Tx<'_>, permit: &Permit<'_, D, Incident>, uid: Uid, seen: i64) -> Outcome<Share> {
    let mut share = shares::get(tx, permit, uid)?;
    share.revision = next_revision(seen, share.revision)?;
    if share.revoked.is_some() { unfit("", "share-is-revoked") } else { Ok(share) }
}

/// Closes a share until it is opened again: also for whoever has it open now.
///
/// # Errors
/// [`super::Refused::Stale`] where `seen` is not the revision that stands.
pub fn pause<'tx, D: Writes>(tx: &mut Tx<'tx>, permit: Permit<'tx, D, Incident>, uid: Uid, seen: i64) -> Outcome<()> {
    let mut share = standing(tx, &permit, uid, seen)?;
    share.paused = Some(share.paused.unwrap_or(tx.now()));
    Ok(shares::change(tx, &permit, "shares::pause", &share)?)
}

/// Opens a paused share again.
///
/// # Errors
/// [`super::Refused::Stale`] where `seen` is not the revision that stands.
pub fn resume<'tx, D: Writes>(tx: &mut Tx<'tx>, permit: Permit<'tx, D, Incident>, uid: Uid, seen: i64) -> Outcome<()> {
    let mut share = standing(tx, &permit, uid, seen)?;
    share.paused = None;
    Ok(shares::change(tx, &permit, "shares::resume", &share)?)
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
    Ok(redact_news::<Provided>(dossier, &share.outward(), &touched))
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
