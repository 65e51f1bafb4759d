//! Webhooks: made, changed, paused and taken away by an admin; and what a job notes of what became of their messages.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use chrono::Duration;
use serde::{Deserialize, Serialize};

use super::people::note;
use super::{Outcome, sealing, secrets, unfit};
use crate::domain::account::{Client, SecurityKind};
use crate::domain::id::{Id, Uid};
use crate::domain::locale::Locale;
use crate::domain::moment::Stamp;
use crate::domain::person::{House, Person};
use crate::domain::text::Line;
use crate::domain::webhook::{Delivery, Event, MOST, Pause, Shape, Webhook, wait_after};
use crate::store::keyring::Key;
use crate::store::permit::{Edit, Manage, Permit};
use crate::store::webhook_deliveries::{self as deliveries, Missed};
use crate::store::{StoreError, Tx, webhooks};

/// What every secret begins with (Standard Webhooks, "Symmetric signatures").
pub const PREFIX: &str = "whsec_";

/// How long the secret before is signed with too, after there is a new one: as long as its owner may take to put the new one in.
const BOTH: Duration = Duration::hours(24);

/// How long one process may have a message in hand: longer than the slowest answer is waited for, on every stretch of the way.
const HOLD: Duration = Duration::minutes(3);

/// The most characters of what was said that are kept.
const WORDS: usize = 200;

/// What only the sender and the receiver know.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Secrets {
    /// The address.
    pub url: String,
    /// The token by which a chat lets us in; empty where it needs none.
    pub token: String,
    /// What is signed with: `whsec_` and 32 bytes in base64.
    pub secret: String,
    /// What was signed with before, and until when it still is.
    pub before: Option<(String, Stamp)>,
}

impl Secrets {
    /// With what is signed now, the newest first: 32 bytes each.
    pub fn keys(&self, now: Stamp) -> Vec<Vec<u8>> {
        let before = self.before.iter().filter(|(_, until)| *until > now).map(|(secret, _)| secret);
        let of = |secret: &String| STANDARD.decode(secret.strip_prefix(PREFIX)?).ok();
        std::iter::once(&self.secret).chain(before).filter_map(of).collect()
    }
}

/// What an admin says of a webhook.
#[derive(Clone, Debug)]
pub struct Wish {
    /// What it is called.
    pub name: Line,
    /// How it is spoken to.
    pub shape: Shape,
    /// Its address, and the beginning of it that may be shown; none where the one that stands is kept.
    pub address: Option<(String, String)>,
    /// The token of a chat; empty where the one that stands is kept, or none is needed.
    pub token: String,
    /// Of what it is told.
    pub events: Vec<Event>,
    /// In which language.
    pub locale: Locale,
    /// Where people reach us.
    pub site: String,
}

/// Who does it, and where from: it stands among what happened to their account.
#[derive(Clone, Copy)]
pub struct By<'a, 'tx> {
    /// The permit for their own account.
    pub person: &'a Permit<'tx, Edit, Person>,
    /// Where from.
    pub client: &'a Client,
}

/// A fresh secret.
fn fresh_secret() -> Result<String, StoreError> {
    Ok(format!("{PREFIX}{}", STANDARD.encode(secrets::bytes()?)))
}

/// About what its secrets are sealed.
fn matter(uid: Uid) -> String {
    format!("webhook {uid}")
}

/// What was sealed; none where it was under another key.
pub fn unsealed(webhook: &Webhook, key: &Key) -> Option<Secrets> {
    let plain = sealing::unseal(key, &matter(webhook.uid), &webhook.sealed)?;
    serde_json::from_str(&plain).ok()
}

fn sealed(uid: Uid, secrets: &Secrets, key: &Key) -> Result<String, StoreError> {
    sealing::seal(key, &matter(uid), &serde_json::to_string(secrets)?)
}

/// What does not depend on what stands.
fn check(wish: &Wish) -> Outcome<()> {
    if wish.events.is_empty() {
        return unfit("events", "webhook-needs-event");
    }
    Ok(())
}

/// Makes a webhook, and answers with what it signs with, which is shown once.
///
/// # Errors
/// [`super::Refused`].
pub fn make(tx: &mut Tx<'_>, permit: &Permit<'_, Manage, House>, wish: Wish, key: &Key, by: By<'_, '_>) -> Outcome<String> {
    check(&wish)?;
    let Some((url, host)) = wish.address else { return unfit("address", "text-error-empty") };
    if wish.shape == Shape::Chatwork && wish.token.is_empty() {
        return unfit("chat_token", "text-error-empty");
    }
    if webhooks::all(tx, permit)?.len() >= MOST {
        return unfit("", "webhook-too-many");
    }
    let uid = tx.fresh_uid()?;
    let secrets = Secrets { url, token: wish.token, secret: fresh_secret()?, before: None };
    let webhook = Webhook {
        id: tx.fresh_id()?,
        uid,
        name: wish.name.into(),
        shape: wish.shape,
        events: wish.events,
        locale: wish.locale,
        host,
        site: wish.site,
        sealed: sealed(uid, &secrets, key)?,
        made_at: tx.now(),
        paused: None,
    };
    webhooks::put(tx, permit, &webhook)?;
    note(tx, by.person, SecurityKind::WebhookMade, by.client)?;
    Ok(secrets.secret)
}

/// Changes one: what waits goes to the new address. Its shape stays what it is.
///
/// # Errors
/// [`super::Refused`].
pub fn change(
    tx: &mut Tx<'_>,
    permit: &Permit<'_, Manage, House>,
    before: Webhook,
    wish: Wish,
    key: &Key,
    by: By<'_, '_>,
) -> Outcome<()> {
    check(&wish)?;
    let mut webhook = Webhook { name: wish.name.into(), events: wish.events, locale: wish.locale, site: wish.site, ..before };
    if wish.address.is_some() || !wish.token.is_empty() {
        let Some(mut secrets) = unsealed(&webhook, key) else { return unfit("", "webhook-sealed") };
        if let Some((url, host)) = wish.address {
            (secrets.url, webhook.host) = (url, host);
        }
        if !wish.token.is_empty() {
            secrets.token = wish.token;
        }
        webhook.sealed = sealed(webhook.uid, &secrets, key)?;
    }
    webhooks::keep(tx, permit, &webhook)?;
    note(tx, by.person, SecurityKind::WebhookChanged, by.client)?;
    Ok(())
}

/// Gives it a new secret to sign with, and answers with it; for a day it is signed with the one before too.
///
/// # Errors
/// [`super::Refused`].
pub fn renew(
    tx: &mut Tx<'_>,
    permit: &Permit<'_, Manage, House>,
    webhook: Webhook,
    key: &Key,
    by: By<'_, '_>,
) -> Outcome<String> {
    let Some(stands) = unsealed(&webhook, key) else { return unfit("", "webhook-sealed") };
    let secrets = Secrets { secret: fresh_secret()?, before: Some((stands.secret, tx.now() + BOTH)), ..stands };
    let renewed = Webhook { sealed: sealed(webhook.uid, &secrets, key)?, ..webhook };
    webhooks::keep(tx, permit, &renewed)?;
    note(tx, by.person, SecurityKind::WebhookChanged, by.client)?;
    Ok(secrets.secret)
}

/// Sends nothing more to it; what waits is given up.
///
/// # Errors
/// [`StoreError`].
pub fn pause(tx: &mut Tx<'_>, permit: &Permit<'_, Manage, House>, webhook: Webhook) -> Result<(), StoreError> {
    deliveries::drop_waiting(tx, webhook.id)?;
    let paused = Some(webhook.paused.unwrap_or((Pause::ByHand, tx.now())));
    webhooks::keep(tx, permit, &Webhook { paused, ..webhook })
}

/// Sends to it again, what happens from now on.
///
/// # Errors
/// [`StoreError`].
pub fn resume(tx: &mut Tx<'_>, permit: &Permit<'_, Manage, House>, webhook: Webhook) -> Result<(), StoreError> {
    webhooks::keep(tx, permit, &Webhook { paused: None, ..webhook })
}

/// Queues a trial.
///
/// # Errors
/// [`super::Refused`] while it is paused.
pub fn try_out(tx: &mut Tx<'_>, permit: &Permit<'_, Manage, House>, webhook: &Webhook) -> Outcome<()> {
    check_live(webhook)?;
    Ok(deliveries::queue_trial(tx, permit, webhook.id)?)
}

/// Sends a message once more.
///
/// # Errors
/// [`super::Refused`] while it is paused, or where it has no such message.
pub fn send_again(tx: &mut Tx<'_>, permit: &Permit<'_, Manage, House>, webhook: &Webhook, message: Uid) -> Outcome<()> {
    check_live(webhook)?;
    Ok(deliveries::again(tx, permit, webhook.id, message)?)
}

fn check_live(webhook: &Webhook) -> Outcome<()> {
    if webhook.paused.is_some() { unfit("", "webhook-is-paused") } else { Ok(()) }
}

/// Takes one away, with its log.
///
/// # Errors
/// [`StoreError`].
pub fn remove(
    tx: &mut Tx<'_>,
    permit: &Permit<'_, Manage, House>,
    webhook: Id<Webhook>,
    by: By<'_, '_>,
) -> Result<(), StoreError> {
    webhooks::remove(tx, permit, webhook)?;
    note(tx, by.person, SecurityKind::WebhookRemoved, by.client)
}

/// Takes the next message that is due in hand, with whom it is for. Those whose webhook was paused meanwhile wait no more.
///
/// # Errors
/// [`StoreError`].
pub fn take(tx: &mut Tx<'_>) -> Result<Option<(Delivery, Webhook)>, StoreError> {
    while let Some(id) = deliveries::due(tx)? {
        let Some(delivery) = deliveries::claim(tx, id, HOLD)? else { return Ok(None) };
        match webhooks::by_id(tx, delivery.webhook)? {
            Some(webhook) if webhook.paused.is_none() => return Ok(Some((delivery, webhook))),
            _ => deliveries::drop_waiting(tx, delivery.webhook)?,
        }
    }
    Ok(None)
}

/// 410 (RFC 9110, 15.5.11): whoever answers so wants no more.
const GONE: i64 = 410;

/// Notes what came of it: the status of the answer, or why there was no good one. Where a message was tried for days, or the address
/// is gone, nothing more is sent there until an admin says so.
///
/// # Errors
/// [`StoreError`].
pub fn note_outcome(tx: &mut Tx<'_>, delivery: &Delivery, outcome: Result<i64, Missed>) -> Result<(), StoreError> {
    let missed = match outcome {
        Ok(status) => return deliveries::arrived(tx, delivery.id, status),
        Err(missed) => missed,
    };
    let words: String = missed.words.chars().filter(|c| !c.is_control()).take(WORDS).collect();
    let missed = Missed { words, ..missed };
    let over = match (missed.status, wait_after(delivery.attempts)) {
        (Some(GONE), _) => Some(Pause::Gone),
        (_, None) => Some(Pause::GivenUp),
        _ => None,
    };
    // A trial is answered for now: whoever asked for it looks.
    let wait = if over.is_some() || delivery.event.is_none() { None } else { wait_after(delivery.attempts) };
    deliveries::missed(tx, delivery, &missed, wait.map(|wait| tx.now() + wait))?;
    if let Some(why) = over {
        webhooks::pause(tx, delivery.webhook, why)?;
        deliveries::drop_waiting(tx, delivery.webhook)?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_new_secret_is_signed_with_beside_the_old_one_for_a_day() {
        let now = Stamp::from_timestamp(1_164_000_000, 0).expect("a time");
        let secret = |byte: u8| format!("{PREFIX}{}", STANDARD.encode([byte; 32]));
        let secrets = Secrets {
            url: String::new(),
            token: String::new(),
            secret: secret(2),
            before: Some((secret(1), now + Duration::seconds(1))),
        };
        assert_eq!(secrets.keys(now), [vec![2; 32], vec![1; 32]]);
        assert_eq!(secrets.keys(now + Duration::seconds(1)), [vec![2; 32]]);
    }
}
