//! Shares: made with their link and code at once, chosen anew, paused, revoked.

mod door;

use chrono::Duration;

pub use door::{Admission, Door, READING, Read, Reading, Visitor, at_door, attempt, before, door, news, open, reading};

use super::passwords::{HashError, Password};
use super::{Outcome, next_revision, sealing, secrets, strike, unfit};
use crate::domain::entry::Entry;
use crate::domain::id::{Id, Uid};
use crate::domain::incident::Incident;
use crate::domain::locale::Locale;
use crate::domain::party::{Contact, Provider};
use crate::domain::share::{Digits, Given, Share, Shown};
use crate::store::keyring::Key;
use crate::store::permit::{Permit, Writes};
use crate::store::shares::{self, Kept};
use crate::store::{StoreError, Tx};

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
