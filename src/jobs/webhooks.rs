//! Telling webhooks what happened. What is told is what our own people may see when it is sent: of an incident that is restricted to
//! some of them, and of a private note, nobody is told.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use hmac::{Hmac, Mac as _};
use sha2::Sha256;
use url::Url;

use super::courier::{Courier, Parcel};
use crate::actions::webhooks::{self, Secrets};
use crate::app::App;
use crate::domain::moment::Stamp;
use crate::domain::view::Internal;
use crate::domain::webhook::{Delivery, Miss, Shape, Webhook};
use crate::error::AppError;
use crate::render::webhook::Message;
use crate::store::webhook_deliveries::{self as deliveries, Missed};
use crate::store::{Denied, StoreError, Tx, dossier, house, people};

/// Tells all that is due.
///
/// # Errors
/// [`AppError`]; what was in hand is taken again once its hold has passed.
pub fn work_off(app: &App, courier: &Courier) -> Result<(), AppError> {
    while !app.stopping.is_told() && app.store.read(app.now(), deliveries::due)?.is_some() {
        let Some((delivery, webhook)) = app.store.write(app.now(), webhooks::take)? else { return Ok(()) };
        let Some(message) = app.store.read(app.now(), |tx| written(tx, &delivery, &webhook))? else {
            app.store.write(app.now(), |tx| deliveries::forget(tx, delivery.id))?;
            continue;
        };
        let outcome = hand_over(app, courier, &message, &delivery, &webhook)?;
        if let Err(missed) = &outcome {
            tracing::warn!(message = %delivery.uid, webhook = %webhook.uid, miss = %missed.miss, "a webhook was not told");
        }
        app.store.write(app.now(), |tx| webhooks::note_outcome(tx, &delivery, outcome))?;
    }
    Ok(())
}

/// Queues what time brings: promises that were not kept.
///
/// # Errors
/// [`AppError`].
pub fn let_time_tell(app: &App) -> Result<(), AppError> {
    if !app.store.read(app.now(), deliveries::overdue)?.is_empty() {
        app.store.write(app.now(), deliveries::queue_overdue)?;
    }
    Ok(())
}

/// Forgets what was told long ago.
///
/// # Errors
/// [`AppError`].
pub fn sweep(app: &App) -> Result<(), AppError> {
    if app.store.read(app.now(), deliveries::any_old)? {
        app.store.write(app.now(), deliveries::sweep)?;
    }
    Ok(())
}

/// What is to be said now; none where nobody may be told of it.
fn written(tx: &mut Tx<'_>, delivery: &Delivery, webhook: &Webhook) -> Result<Option<Message>, StoreError> {
    let Some((event, about)) = delivery.event.zip(delivery.about.as_ref()) else {
        let house = house::front(tx)?;
        return Ok(house.map(|house| Message::trial(webhook, delivery.at, house.zone)));
    };
    let permit = match deliveries::to_tell(tx, about) {
        Err(StoreError::Denied(Denied::NotFound | Denied::Forbidden)) => return Ok(None),
        permit => permit?,
    };
    let dossier = dossier::kept(tx, &permit)?;
    if !dossier.incident.restricted_to.is_empty() {
        return Ok(None);
    }
    let by = about.by.map(|by| people::by_id(tx, by)).transpose()?.flatten();
    let view = dossier.view::<Internal>(&None, tx.now());
    let by = by.as_ref().map(|by| by.name.as_str());
    Ok(Message::of(webhook, delivery, (event, about), &view, by, dossier.house.zone))
}

fn hand_over(
    app: &App,
    courier: &Courier,
    message: &Message,
    delivery: &Delivery,
    webhook: &Webhook,
) -> Result<Result<i64, Missed>, AppError> {
    let key = app.keyring().key().map_err(|error| AppError::Fault(error.to_string()))?;
    let secrets = webhooks::unsealed(webhook, &key);
    let addressed = secrets.and_then(|secrets| Some((Url::parse(&secrets.url).ok()?, secrets)));
    let Some((url, secrets)) = addressed else {
        return Ok(Err(Missed { miss: Miss::Sealed, words: String::new(), status: None }));
    };
    let body = message.body(webhook.shape);
    let mut headers = vec![("content-type", body.media.to_owned())];
    match webhook.shape {
        Shape::Standard => headers.extend(signed(&format!("msg_{}", delivery.uid), app.now(), &body.text, &secrets)),
        Shape::Chatwork => headers.push(("x-chatworktoken", secrets.token)),
        Shape::Slack | Shape::Teams => {}
    }
    Ok(courier.deliver(&Parcel { url, headers, body: body.text.into_bytes() }))
}

/// The headers by which a receiver knows that it was us, that nothing was changed, and that it is not an old message (Standard
/// Webhooks, "Webhook headers" and "Signature scheme"): HMAC-SHA-256 over id, time and body, by each secret that is good.
fn signed(id: &str, now: Stamp, body: &str, secrets: &Secrets) -> Vec<(&'static str, String)> {
    let time = now.timestamp().to_string();
    let signature = |key: Vec<u8>| {
        let mut mac = Hmac::<Sha256>::new_from_slice(&key).ok()?;
        mac.update(format!("{id}.{time}.{body}").as_bytes());
        Some(format!("v1,{}", STANDARD.encode(mac.finalize().into_bytes())))
    };
    let signatures: Vec<String> = secrets.keys(now).into_iter().filter_map(signature).collect();
    vec![("webhook-id", id.to_owned()), ("webhook-timestamp", time), ("webhook-signature", signatures.join(" "))]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_signature_is_as_the_specification_has_it() {
        // The example of the reference libraries.
        let secrets = Secrets {
            url: String::new(),
            token: String::new(),
            secret: "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw".to_owned(),
            before: None,
        };
        let now = Stamp::from_timestamp(1_614_265_330, 0).expect("a time");
        let headers = signed("msg_p5jXN8AQM9LWM0D4loKWxJek", now, r#"{"test": 2432232314}"#, &secrets);
        let signature = headers.iter().find(|(name, _)| *name == "webhook-signature").expect("a signature");
        assert_eq!(signature.1, "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=");
    }
}
