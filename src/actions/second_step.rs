//! The second step of a login: a code of an authenticator app (TOTP, RFC 6238), or a recovery code.

use std::io;

use totp_rs::{Builder, Secret, Totp};

use super::{Outcome, sealing, secrets, unfit};
use crate::domain::account::{Client, Enrolment, SecondStep, SecurityKind};
use crate::domain::id::Id;
use crate::domain::person::Person;
use crate::store::keyring::{Key, Keyring};
use crate::store::permit::{Edit, Permit, Writes};
use crate::store::second_factors::{self, Factor};
use crate::store::security::{self, Whose};
use crate::store::{StoreError, Tx};

/// How long a secret is: what RFC 4226 recommends (section 4, R6).
const SECRET_BYTES: usize = 20;

/// How many recovery codes there are.
const RECOVERY_CODES: usize = 10;

/// How long a recovery code is, in hex: 80 random bits, so that its plain hash gives nothing away.
const RECOVERY_DIGITS: usize = 20;

/// A second step cannot be asked for or made: a fault of ours.
#[derive(Debug, thiserror::Error)]
pub enum StepError {
    /// The key in the data folder cannot be read.
    #[error("the key in the data folder: {0}")]
    Key(#[from] io::Error),
    /// The secret cannot be unsealed: it was sealed under another key.
    #[error("the secret of a second step was sealed under another key; `tellonce user password --without-second-step` helps")]
    OtherKey,
    /// The secret is none that authenticators understand.
    #[error("the secret of a second step is of no use: {0}")]
    Unfit(String),
    /// The store could not.
    #[error(transparent)]
    Store(#[from] StoreError),
}

fn about(person: Id<Person>) -> String {
    format!("second step {}", person.raw())
}

fn totp(secret: Vec<u8>, login: &str) -> Result<Totp, StepError> {
    let builder = Builder::new().with_secret(Secret::from(secret)).with_issuer(Some("Tellonce")).with_account_name(login);
    builder.build().map_err(|error| StepError::Unfit(error.to_string()))
}

fn of_factor(factor: &Factor, key: &Key, login: &str) -> Result<Totp, StepError> {
    let secret = sealing::unseal(key, &about(factor.person), &factor.sealed).and_then(|hex| secrets::unhex(&hex));
    totp(secret.ok_or(StepError::OtherKey)?, login)
}

/// Makes a secret for the permit's person. It does not count before [`confirm`]. Who has a second step keeps it: it has to be ended
/// first, so that no login is without one unawares.
///
/// # Errors
/// [`StepError`].
pub fn begin(tx: &mut Tx<'_>, permit: &Permit<'_, Edit, Person>, keyring: &Keyring) -> Result<(), StepError> {
    if matches!(second_factors::step_of(tx, permit.id())?, SecondStep::On { .. }) {
        return Ok(());
    }
    let mut secret = [0; SECRET_BYTES];
    getrandom::fill(&mut secret).map_err(StoreError::Random)?;
    let sealed = sealing::seal(&keyring.key()?, &about(permit.id()), &secrets::hex(&secret))?;
    Ok(second_factors::begin(tx, permit, &sealed)?)
}

/// What the person's app has to be told; none where their secret counts already, or there is none.
///
/// # Errors
/// [`StepError`].
pub fn enrolment(tx: &mut Tx<'_>, person: &Person, keyring: &Keyring) -> Result<Option<Enrolment>, StepError> {
    let Some(factor) = second_factors::of(tx, person.id)?.filter(|factor| factor.confirmed_at.is_none()) else { return Ok(None) };
    let totp = of_factor(&factor, &keyring.key()?, &person.login)?;
    let url = totp.to_url().map_err(|error| StepError::Unfit(error.to_string()))?;
    Ok(Some(Enrolment { url, secret: totp.secret().to_base32() }))
}

/// By what somebody was let in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum By {
    /// A code of the app.
    App,
    /// A recovery code, which is good no more.
    Recovery,
}

/// Whether that is a code of the person that is good now; if it is, it is taken, and good no more.
///
/// # Errors
/// [`StepError`].
pub fn take(tx: &mut Tx<'_>, person: &Person, keyring: &Keyring, typed: &str) -> Result<Option<By>, StepError> {
    let Some(factor) = second_factors::of(tx, person.id)? else { return Ok(None) };
    // As apps and papers show them: in groups, with blanks or strokes between.
    let typed: String = typed.chars().filter(char::is_ascii_alphanumeric).map(|c| c.to_ascii_lowercase()).collect();
    if typed.len() == RECOVERY_DIGITS {
        let is_good = second_factors::take_code(tx, person.id, &secrets::hash_of(&typed))?;
        return Ok(is_good.then_some(By::Recovery));
    }
    let totp = of_factor(&factor, &keyring.key()?, &person.login)?;
    let now = u64::try_from(tx.now().timestamp()).unwrap_or_default();
    let Some(step) = totp.check(&typed, now).and_then(|step| i64::try_from(step).ok()) else { return Ok(None) };
    // RFC 6238, 5.2: a code that was accepted once is not accepted again.
    Ok(second_factors::take_step(tx, person.id, step)?.then_some(By::App))
}

/// From now on the login needs a code, if this is one of the app. Answers with recovery codes, which are shown once.
///
/// # Errors
/// [`super::Refused::Unfit`] where it is none; else [`StepError`] within.
pub fn confirm(
    tx: &mut Tx<'_>,
    permit: &Permit<'_, Edit, Person>,
    person: &Person,
    keyring: &Keyring,
    typed: &str,
    client: &Client,
) -> Result<Outcome<Vec<String>>, StepError> {
    if second_factors::step_of(tx, person.id)? != SecondStep::Begun || take(tx, person, keyring, typed)? != Some(By::App) {
        return Ok(unfit("code", "step-wrong-code"));
    }
    second_factors::confirm(tx, permit)?;
    security::note(tx, SecurityKind::FactorOn, Whose::Own(person.id), client)?;
    Ok(Ok(fresh_codes(tx, permit)?))
}

/// New recovery codes, which are shown once; those before are good no more.
///
/// # Errors
/// [`StoreError`].
pub fn renew_codes(tx: &mut Tx<'_>, permit: &Permit<'_, Edit, Person>, client: &Client) -> Result<Vec<String>, StoreError> {
    security::note(tx, SecurityKind::CodesRenewed, Whose::Own(permit.id()), client)?;
    fresh_codes(tx, permit)
}

fn fresh_codes(tx: &mut Tx<'_>, permit: &Permit<'_, Edit, Person>) -> Result<Vec<String>, StoreError> {
    let codes: Vec<String> =
        (0..RECOVERY_CODES).map(|_| Ok(secrets::fresh()?[..RECOVERY_DIGITS].to_owned())).collect::<Result<_, StoreError>>()?;
    let hashes: Vec<String> = codes.iter().map(secrets::hash_of).collect();
    second_factors::renew_codes(tx, permit, &hashes)?;
    Ok(codes)
}

/// From now on the permit's person needs no code: by their own wish, or by another's hand where they have lost app and recovery codes.
///
/// # Errors
/// [`StoreError`].
pub fn end<D: Writes>(tx: &mut Tx<'_>, permit: &Permit<'_, D, Person>, client: &Client) -> Result<(), StoreError> {
    if matches!(second_factors::step_of(tx, permit.id())?, SecondStep::On { .. }) {
        security::note(tx, SecurityKind::FactorOff, Whose::By(permit.id(), permit.actor().person()), client)?;
    }
    second_factors::remove(tx, permit)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// RFC 6238, appendix B, the rows of SHA-1, of which an app of six digits shows the last six.
    #[test]
    fn codes_are_those_of_the_rfc() {
        let totp = totp(b"12345678901234567890".to_vec(), "alice").expect("a secret of 20 bytes");
        for (time, code) in [
            (59, "287082"),
            (1_111_111_109, "081804"),
            (1_111_111_111, "050471"),
            (1_234_567_890, "005924"),
            (2_000_000_000, "279037"),
            (20_000_000_000, "353130"),
        ] {
            assert_eq!(totp.check(code, time), Some(time / 30), "at {time}");
        }
    }

    #[test]
    fn a_code_is_good_for_the_stretch_before_and_after_and_no_longer() {
        let totp = totp(b"12345678901234567890".to_vec(), "alice").expect("a secret of 20 bytes");
        let good: Vec<u64> = (0..10).filter(|step| totp.check("081804", 1_111_111_109 + 30 * step - 150).is_some()).collect();
        assert_eq!(good, [4, 5, 6]);
    }
}
