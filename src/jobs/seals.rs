//! The day's seal: made, mailed, posted, stamped. Who does not answer holds nothing up; it is tried again.

use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use serde_json::json;
use url::Url;

use super::courier::{Courier, Parcel};
use crate::actions::seals as actions;
use crate::app::App;
use crate::domain::ledger::Seal;
use crate::domain::outbox::Mail;
use crate::domain::sealing::{DailySeal, SealTrouble, Sealing, TimeStamp};
use crate::error::AppError;
use crate::intake::timestamp;
use crate::render::words::{Args, Words};
use crate::store::house;
use crate::store::seals::Keepers;
use crate::store::{self};

/// How long the answer of an authority may be, in bytes: a stamp with a chain of certificates has a few thousand.
const ANSWER: u64 = 256 * 1024;

/// The most characters of what was said that are kept.
const WORDS: usize = 200;

/// Makes the day's seal, and does what is due.
///
/// # Errors
/// [`AppError`].
pub fn work_off(app: &App, sealing: &Sealing, courier: &Courier) -> Result<(), AppError> {
    if app.store.read(app.now(), actions::is_due)? {
        let house = app.store.read(app.now(), house::front)?;
        // A house that nobody has set up yet has nothing to seal.
        if let Some(house) = house {
            let words = Words::new(house.locale);
            let keepers = Keepers { post: sealing.post.clone(), stamp: sealing.authority.clone() };
            let mail = |seal: &Seal| sealing.mail.clone().map(|to| mail_of(to, seal, &house.company, words));
            app.store.write(app.now(), |tx| actions::make(tx, keepers, mail))?;
        }
    }
    while !app.stopping.is_told() && app.store.read(app.now(), store::seals::due)?.is_some() {
        let Some(mut seal) = app.store.write(app.now(), actions::take)? else { return Ok(()) };
        let mut trouble = None;
        if seal.waits_for_post() {
            match post(courier, &seal) {
                Ok(()) => seal.posted_at = Some(app.now()),
                Err(words) => trouble = Some((SealTrouble::Post, words)),
            }
        }
        if seal.waits_for_stamp() {
            match stamp(courier, &seal) {
                Ok(stamp) => seal.stamp = Some(stamp),
                Err(error) => trouble = Some(error),
            }
        }
        if let Some((trouble, words)) = &trouble {
            tracing::warn!(seal = %seal.seal.digest, %trouble, words, "a seal has not reached everybody; it is tried again");
        }
        let trouble = trouble.map(|(trouble, words)| (trouble, words.chars().take(WORDS).collect()));
        app.store.write(app.now(), |tx| actions::note(tx, seal, trouble))?;
    }
    Ok(())
}

/// The mail that carries the seal: whoever has it can show, much later, what the record was.
fn mail_of(to: String, seal: &Seal, company: &str, words: Words) -> Mail {
    let day = seal.at.format("%Y-%m-%d").to_string();
    let args = Args::new().text("company", company).text("day", day).text("digest", seal.digest.to_string());
    // What has no spelling as JSON could not be sealed.
    let json = serde_json::to_string_pretty(seal).unwrap_or_default();
    Mail {
        to,
        subject: words.with("seal-mail-subject", &args),
        body: format!("{}\n\n{json}\n", words.with("seal-mail-body", &args)),
    }
}

fn post(courier: &Courier, seal: &DailySeal) -> Result<(), String> {
    let url = Url::parse(&seal.to_post).map_err(|error| error.to_string())?;
    let headers = vec![("content-type", "application/json".to_owned())];
    let body = json!(seal.seal).to_string().into_bytes();
    courier.deliver(&Parcel { url, headers, body }).map(drop).map_err(|missed| format!("{}: {}", missed.miss, missed.words))
}

fn stamp(courier: &Courier, seal: &DailySeal) -> Result<TimeStamp, (SealTrouble, String)> {
    let authority = |words: String| (SealTrouble::Authority, words);
    let answered = |error: timestamp::NoStamp| (SealTrouble::Answer, error.to_string());
    let url = Url::parse(&seal.to_stamp).map_err(|error| authority(error.to_string()))?;
    let mut nonce = [0; 8];
    getrandom::fill(&mut nonce).map_err(|error| authority(error.to_string()))?;
    let nonce = u64::from_be_bytes(nonce);
    let digest = seal.seal.digest.bytes();
    let headers = vec![("content-type", "application/timestamp-query".to_owned())];
    let body = timestamp::query(&digest, nonce).map_err(answered)?;
    let fetched = courier.fetch(&Parcel { url, headers, body }, ANSWER);
    let answer = fetched.map_err(|missed| authority(format!("{}: {}", missed.miss, missed.words)))?;
    let at = timestamp::read(&answer, &digest, Some(nonce)).map_err(answered)?;
    Ok(TimeStamp { at, answer: BASE64_STANDARD.encode(answer) })
}
