//! Logging in and out. A session is a secret in a cookie, of which the database keeps the hash.

use std::net::IpAddr;

use chrono::Duration;

use super::second_step::{self, By, StepError};
use super::secrets;
use crate::domain::account::{Client, OpenSession, SecondStep, SecurityKind, TicketKind};
use crate::domain::moment::Stamp;
use crate::domain::person::{Login, Person};
use crate::store::keyring::Keyring;
use crate::store::security::{self, Whose};
use crate::store::sessions::{self, Session};
use crate::store::{StoreError, Tx, idempotency, people, second_factors, throttle, tickets};

/// A session ends when it was not used for this long.
pub const IDLE: Duration = Duration::hours(12);
/// A session ends after this long, used or not.
pub const ABSOLUTE: Duration = Duration::days(14);
/// How exactly it is kept when a session was last used: a page read within this writes nothing.
const SEEN_EVERY: Duration = Duration::minutes(1);

/// Within this window failures are counted, and for this long a key is locked.
const WINDOW: Duration = Duration::minutes(15);
/// Failures of one account that lock it.
const PER_ACCOUNT: i64 = 10;
/// Failures from one address that lock it: an office behind one address has many people.
const PER_ADDRESS: i64 = 50;
/// Wrong codes of one account that lock its second step: of a million codes three are good at a time.
const PER_STEP: i64 = 10;
/// For how long a form that was sent twice is known again.
const KEYS_KEPT: Duration = Duration::days(30);
/// How long one may look for the app, once the password was right.
const CODE_WITHIN: Duration = Duration::minutes(10);

/// The session of this token and its person, if it is good now.
///
/// # Errors
/// [`StoreError`].
pub fn find(tx: &mut Tx<'_>, token: &str) -> Result<Option<(Session, Person)>, StoreError> {
    let idle_since = tx.now() - IDLE;
    sessions::find(tx, &secrets::hash_of(token), idle_since)
}

/// Whether it should be noted that the session is in use.
pub fn wants_touch(session: &Session, now: Stamp) -> bool {
    now - session.last_seen >= SEEN_EVERY
}

/// Notes that the session is in use.
///
/// # Errors
/// [`StoreError`].
pub fn touch(tx: &mut Tx<'_>, session: &Session) -> Result<(), StoreError> {
    sessions::touch(tx, &session.token_hash)
}

/// What a password that was typed is to be held against.
#[derive(Clone, Debug)]
pub struct Attempt {
    /// The hash of the password; none where nobody with this login may log in.
    pub hash: Option<String>,
}

/// Whether somebody may try.
#[derive(Clone, Debug)]
pub enum Admission {
    /// They may; it is counted as a failure until [`log_in`] takes it back.
    Try(Attempt),
    /// Too many failures of this account or from this address; it may be tried again then.
    Locked(Stamp),
}

/// Counts an attempt *before* the password is looked at, so that many at once do not all slip through. Known and unknown
/// logins are counted alike.
///
/// # Errors
/// [`StoreError`].
pub fn attempt(tx: &mut Tx<'_>, login: Option<&Login>, address: IpAddr, client: &Client) -> Result<Admission, StoreError> {
    let found = known(tx, login)?;
    if let Some(until) = count_all(tx, &keys(login, address), whose(found.as_ref()), client)? {
        return Ok(Admission::Locked(until));
    }
    let hash = found.filter(|(person, _)| person.disabled_at.is_none()).and_then(|(_, hash)| hash);
    Ok(Admission::Try(Attempt { hash }))
}

/// Who has that login, with the hash of their password.
type Known = (Person, Option<String>);

fn known(tx: &mut Tx<'_>, login: Option<&Login>) -> Result<Option<Known>, StoreError> {
    match login {
        Some(login) => people::by_login(tx, login.as_str()),
        None => Ok(None),
    }
}

fn whose(found: Option<&Known>) -> Whose {
    found.map_or(Whose::Nobodys, |(person, _)| Whose::Own(person.id))
}

/// Counts one more attempt of each key; until when it has to wait, if one was locked before. Whoever locks one now is told of.
fn count_all(tx: &mut Tx<'_>, keys: &[(String, i64)], whose: Whose, client: &Client) -> Result<Option<Stamp>, StoreError> {
    for (key, most) in keys {
        let locked = count_one(tx, key, *most)?;
        if locked.has_just {
            security::note(tx, SecurityKind::Locked, whose.clone(), client)?;
        }
        if locked.until.is_some() {
            return Ok(locked.until);
        }
    }
    Ok(None)
}

/// Notes that a password was wrong. For a login that nobody has the same work is done.
///
/// # Errors
/// [`StoreError`].
pub fn note_wrong(tx: &mut Tx<'_>, login: Option<&Login>, client: &Client) -> Result<(), StoreError> {
    let found = known(tx, login)?;
    security::note(tx, SecurityKind::WrongPassword, whose(found.as_ref()), client)
}

fn keys(login: Option<&Login>, address: IpAddr) -> Vec<(String, i64)> {
    let account = login.map(|login| (key_of_account(login), PER_ACCOUNT));
    account.into_iter().chain([key_of_address(address)]).collect()
}

fn key_of_account(login: &Login) -> String {
    format!("login-account:{}", login.as_str())
}

fn key_of_address(address: IpAddr) -> (String, i64) {
    (format!("login-address:{}", network(address)), PER_ADDRESS)
}

/// After the right password: forgets the failures of the account, and takes back what it counted for at the address. What others fail
/// at from there stays counted; else whoever has an account could go on guessing at theirs for ever.
///
/// # Errors
/// [`StoreError`].
pub fn forgive(tx: &mut Tx<'_>, login: &Login, address: IpAddr) -> Result<(), StoreError> {
    throttle::forget(tx, &key_of_account(login))?;
    take_back(tx, address)
}

/// Takes back what an attempt counted for at the address.
fn take_back(tx: &mut Tx<'_>, address: IpAddr) -> Result<(), StoreError> {
    let (key, most) = key_of_address(address);
    throttle::take_back(tx, &key, most)
}

/// Counts one more attempt of a kind from a network; until when it has to wait, if there were `most` in this window before.
///
/// # Errors
/// [`StoreError`].
pub(super) fn count_from(tx: &mut Tx<'_>, kind: &str, address: IpAddr, most: i64) -> Result<Option<Stamp>, StoreError> {
    Ok(count_one(tx, &format!("{kind}:{}", network(address)), most)?.until)
}

/// Whether a key is locked.
struct Locked {
    /// Until when it was before this attempt, if it was.
    until: Option<Stamp>,
    /// Whether this attempt has locked it for the next.
    has_just: bool,
}

fn count_one(tx: &mut Tx<'_>, key: &str, most: i64) -> Result<Locked, StoreError> {
    let mut until = locked_until(tx, key)?;
    let is_full = until.is_none() && throttle::count(tx, key, WINDOW)? >= most;
    if is_full {
        // Of several at once each counts when the one before it is done, which may have locked the key meanwhile.
        until = locked_until(tx, key)?;
    }
    let has_just = is_full && until.is_none();
    if has_just {
        let now = tx.now();
        throttle::lock(tx, key, now + WINDOW)?;
    }
    Ok(Locked { until, has_just })
}

/// Until when a key is locked, if it is.
fn locked_until(tx: &mut Tx<'_>, key: &str) -> Result<Option<Stamp>, StoreError> {
    let now = tx.now();
    Ok(throttle::get(tx, key)?.and_then(|count| count.locked_until).filter(|until| *until > now))
}

/// The address as one customer has it: of IPv6 the first 64 bits (RFC 6177).
fn network(address: IpAddr) -> String {
    match address.to_canonical() {
        IpAddr::V4(v4) => v4.to_string(),
        IpAddr::V6(v6) => {
            let [a, b, c, d, ..] = v6.segments();
            format!("{a:x}:{b:x}:{c:x}:{d:x}::/64")
        }
    }
}

/// A session that has begun: the secret for the cookie.
#[derive(Clone, Debug)]
pub struct Begun {
    /// The token.
    pub token: String,
    /// The session as it is kept.
    pub session: Session,
}

/// How far the right password leads.
#[derive(Clone, Debug)]
pub enum LoggedIn {
    /// In.
    Whole(Begun),
    /// To the second step, with the token of a ticket.
    Half(String),
}

/// Where a login comes from.
#[derive(Clone, Copy, Debug)]
pub struct Origin<'a> {
    /// The network address, by which failures are counted.
    pub address: IpAddr,
    /// The same for people to read, with the browser.
    pub client: &'a Client,
    /// The token of the session that was open in this browser, which ends.
    pub old: Option<&'a str>,
}

/// Goes on after the right password of an attempt; none where the account was shut out or its password changed meanwhile.
///
/// # Errors
/// [`StoreError`].
pub fn log_in(tx: &mut Tx<'_>, attempt: &Attempt, login: &Login, from: Origin<'_>) -> Result<Option<LoggedIn>, StoreError> {
    let person = match people::by_login(tx, login.as_str())? {
        Some((person, hash)) if person.disabled_at.is_none() && hash.is_some() && hash == attempt.hash => person,
        _ => return Ok(None),
    };
    forgive(tx, login, from.address)?;
    if matches!(second_factors::step_of(tx, person.id)?, SecondStep::On { .. }) {
        let token = secrets::fresh()?;
        tickets::put(tx, person.id, TicketKind::Code, &[], &secrets::hash_of(&token))?;
        return Ok(Some(LoggedIn::Half(token)));
    }
    security::note(tx, SecurityKind::LoggedIn, Whose::Own(person.id), from.client)?;
    begin(tx, &person, from).map(|begun| Some(LoggedIn::Whole(begun)))
}

/// What came of a code.
#[derive(Clone, Debug)]
pub enum Stepped {
    /// It was good.
    In(Begun),
    /// It was wrong, or used before.
    Wrong,
    /// There were too many wrong ones; it may be tried again then.
    Locked(Stamp),
    /// The ticket is good no more: the password has to be typed again.
    Gone,
}

/// Ends a login by the code of the second step. As with passwords, an attempt is counted before the code is looked at.
///
/// # Errors
/// [`StepError`].
pub fn step_in(tx: &mut Tx<'_>, ticket: &str, typed: &str, keyring: &Keyring, from: Origin<'_>) -> Result<Stepped, StepError> {
    let (hash, since) = (secrets::hash_of(ticket), tx.now() - CODE_WITHIN);
    let Some((person, TicketKind::Code)) = tickets::find(tx, &hash, since)? else { return Ok(Stepped::Gone) };
    let own = format!("login-step:{}", person.id.raw());
    let keys = [(own.clone(), PER_STEP), key_of_address(from.address)];
    if let Some(until) = count_all(tx, &keys, Whose::Own(person.id), from.client)? {
        return Ok(Stepped::Locked(until));
    }
    let Some(by) = second_step::take(tx, &person, keyring, typed)? else {
        security::note(tx, SecurityKind::WrongCode, Whose::Own(person.id), from.client)?;
        return Ok(Stepped::Wrong);
    };
    if !tickets::take(tx, &hash)? {
        return Ok(Stepped::Gone);
    }
    throttle::forget(tx, &own)?;
    take_back(tx, from.address)?;
    let kind = if by == By::Recovery { SecurityKind::Recovered } else { SecurityKind::LoggedIn };
    security::note(tx, kind, Whose::Own(person.id), from.client)?;
    Ok(Stepped::In(begin(tx, &person, from)?))
}

/// Begins a session, always with a new token; the old one ends.
///
/// # Errors
/// [`StoreError`].
pub fn begin(tx: &mut Tx<'_>, person: &Person, from: Origin<'_>) -> Result<Begun, StoreError> {
    if let Some(old) = from.old {
        sessions::end(tx, &secrets::hash_of(old))?;
    }
    let now = tx.now();
    sessions::sweep(tx)?;
    throttle::sweep(tx, now - WINDOW)?;
    idempotency::sweep(tx, now - KEYS_KEPT)?;
    tickets::sweep(tx, now - super::reset::GOOD_FOR)?;
    let token = secrets::fresh()?;
    let session = Session {
        token_hash: secrets::hash_of(&token),
        person: person.id,
        csrf: secrets::fresh()?,
        created_at: now,
        last_seen: now,
        expires_at: now + ABSOLUTE,
        client: from.client.clone(),
    };
    sessions::start(tx, &session)?;
    Ok(Begun { token, session })
}

/// The sessions of whoever looks in `own`, the one used last first.
///
/// # Errors
/// [`StoreError`].
pub fn open_beside(tx: &mut Tx<'_>, own: &Session) -> Result<Vec<OpenSession>, StoreError> {
    let open = all_beside(tx, own)?.into_iter().map(|session| OpenSession {
        mark: mark(&session).to_owned(),
        is_own: session.token_hash == own.token_hash,
        client: session.client,
        since: session.created_at,
        seen: session.last_seen,
    });
    Ok(open.collect())
}

fn all_beside(tx: &mut Tx<'_>, own: &Session) -> Result<Vec<Session>, StoreError> {
    let idle_since = tx.now() - IDLE;
    sessions::all_of(tx, own.person, idle_since)
}

/// By what a session is told apart: the beginning of its token's hash.
fn mark(session: &Session) -> &str {
    session.token_hash.get(..16).unwrap_or_default()
}

/// Ends the session of the same person that bears this mark, or all but `own` where none is named; that one ends by logging out.
///
/// # Errors
/// [`StoreError`].
pub fn end_others(tx: &mut Tx<'_>, own: &Session, named: Option<&str>, client: &Client) -> Result<(), StoreError> {
    match named {
        None => sessions::end_all_of(tx, own.person, Some(&own.token_hash))?,
        Some(named) => {
            let marked = |session: &Session| session.token_hash != own.token_hash && mark(session) == named;
            let Some(other) = all_beside(tx, own)?.into_iter().find(marked) else { return Ok(()) };
            sessions::end(tx, &other.token_hash)?;
        }
    }
    security::note(tx, SecurityKind::SessionsEnded, Whose::Own(own.person), client)
}

/// Ends the session.
///
/// # Errors
/// [`StoreError`].
pub fn end(tx: &mut Tx<'_>, session: &Session) -> Result<(), StoreError> {
    sessions::end(tx, &session.token_hash)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_of_ipv6_is_counted_by_its_network() {
        let of = |text: &str| network(text.parse().expect("an address"));
        assert_eq!(of("2001:db8:1:2:3:4:5:6"), of("2001:db8:1:2::1"));
        assert_ne!(of("2001:db8:1:2::1"), of("2001:db8:1:3::1"));
        assert_eq!(of("::ffff:192.0.2.1"), "192.0.2.1");
    }
}
