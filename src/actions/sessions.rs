//! Logging in and out. A session is a secret in a cookie, of which the database keeps the hash.

use std::net::IpAddr;

use chrono::Duration;

use super::secrets;
use crate::domain::moment::Stamp;
use crate::domain::person::{Login, Person};
use crate::store::sessions::{self, Session};
use crate::store::{StoreError, Tx, people, throttle};

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
    /// They may; it is counted as a failure until [`log_in`] forgets it.
    Try(Attempt),
    /// Too many failures of this account or from this address; it may be tried again then.
    Locked(Stamp),
}

/// Counts an attempt *before* the password is looked at, so that many at once do not all slip through. Known and unknown
/// logins are counted alike.
///
/// # Errors
/// [`StoreError`].
pub fn attempt(tx: &mut Tx<'_>, login: Option<&Login>, address: IpAddr) -> Result<Admission, StoreError> {
    for (key, limit) in keys(login, address) {
        if let Some(until) = count_one(tx, &key, limit)? {
            return Ok(Admission::Locked(until));
        }
    }
    let found = match login {
        Some(login) => people::by_login(tx, login.as_str())?,
        None => None,
    };
    let hash = found.filter(|(person, _)| person.disabled_at.is_none()).and_then(|(_, hash)| hash);
    Ok(Admission::Try(Attempt { hash }))
}

fn keys(login: Option<&Login>, address: IpAddr) -> Vec<(String, i64)> {
    let account = login.map(|login| (format!("login-account:{}", login.as_str()), PER_ACCOUNT));
    let address = (format!("login-address:{}", network(address)), PER_ADDRESS);
    account.into_iter().chain([address]).collect()
}

/// Forgets the failures of the account and the address: after the right password.
///
/// # Errors
/// [`StoreError`].
pub fn forgive(tx: &mut Tx<'_>, login: &Login, address: IpAddr) -> Result<(), StoreError> {
    keys(Some(login), address).iter().try_for_each(|(key, _)| throttle::forget(tx, key))
}

/// Counts one more attempt of a kind from a network; until when it has to wait, if there were `most` in this window before.
///
/// # Errors
/// [`StoreError`].
pub(super) fn count_from(tx: &mut Tx<'_>, kind: &str, address: IpAddr, most: i64) -> Result<Option<Stamp>, StoreError> {
    count_one(tx, &format!("{kind}:{}", network(address)), most)
}

fn count_one(tx: &mut Tx<'_>, key: &str, most: i64) -> Result<Option<Stamp>, StoreError> {
    let now = tx.now();
    let locked = throttle::get(tx, key)?.and_then(|count| count.locked_until).filter(|until| *until > now);
    if locked.is_none() && throttle::count(tx, key, WINDOW)? >= most {
        throttle::lock(tx, key, now + WINDOW)?;
    }
    Ok(locked)
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

/// Begins a session after the right password of an attempt; none where the account was shut out or its password changed meanwhile.
///
/// # Errors
/// [`StoreError`].
pub fn log_in(
    tx: &mut Tx<'_>,
    attempt: &Attempt,
    login: &Login,
    address: IpAddr,
    old: Option<&str>,
) -> Result<Option<(Person, Begun)>, StoreError> {
    match people::by_login(tx, login.as_str())? {
        Some((person, hash)) if person.disabled_at.is_none() && hash.is_some() && hash == attempt.hash => {
            forgive(tx, login, address)?;
            let begun = begin(tx, &person, old)?;
            Ok(Some((person, begun)))
        }
        _ => Ok(None),
    }
}

/// Begins a session, always with a new token; `old` (a token) ends.
///
/// # Errors
/// [`StoreError`].
pub fn begin(tx: &mut Tx<'_>, person: &Person, old: Option<&str>) -> Result<Begun, StoreError> {
    if let Some(old) = old {
        sessions::end(tx, &secrets::hash_of(old))?;
    }
    sessions::sweep(tx)?;
    let now = tx.now();
    throttle::sweep(tx, now - WINDOW)?;
    let token = secrets::fresh()?;
    let session = Session {
        token_hash: secrets::hash_of(&token),
        person: person.id,
        csrf: secrets::fresh()?,
        created_at: now,
        last_seen: now,
        expires_at: now + ABSOLUTE,
    };
    sessions::start(tx, &session)?;
    Ok(Begun { token, session })
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
