//! Tokens by which machines come in as one of our people.

use chrono::Duration;

use super::people::note;
use super::{Outcome, secrets, unfit};
use crate::domain::account::{Client, SecurityKind};
use crate::domain::api_token::{ApiToken, MOST, PREFIX, Scope};
use crate::domain::id::Uid;
use crate::domain::moment::Stamp;
use crate::domain::person::Person;
use crate::store::permit::{Edit, Permit};
use crate::store::{StoreError, Tx, api_tokens};

/// How exactly it is kept when a token was last used.
const USED_EVERY: Duration = Duration::minutes(1);

/// What a token is asked for.
#[derive(Clone, Debug)]
pub struct NewToken {
    /// What it is for.
    pub purpose: String,
    /// What may be done with it; one at the least.
    pub scopes: Vec<Scope>,
    /// How long it is good.
    pub good_for: Duration,
}

/// Makes a token of the permit's person, and answers with its secret, which is shown once.
///
/// # Errors
/// [`super::Refused`].
pub fn make(tx: &mut Tx<'_>, permit: &Permit<'_, Edit, Person>, new: NewToken, client: &Client) -> Outcome<String> {
    if new.purpose.is_empty() {
        return unfit("purpose", "text-error-empty");
    }
    if new.scopes.is_empty() {
        return unfit("scopes", "token-needs-scope");
    }
    let live = api_tokens::all_of(tx, permit)?.into_iter().filter(|token| token.expires_at > tx.now()).count();
    if live >= MOST {
        return unfit("", "token-too-many");
    }
    let secret = format!("{PREFIX}{}", secrets::fresh()?);
    let token = ApiToken {
        uid: tx.fresh_uid()?,
        person: permit.id(),
        purpose: new.purpose,
        scopes: new.scopes,
        made_at: tx.now(),
        expires_at: tx.now() + new.good_for,
        used_at: None,
    };
    api_tokens::put(tx, permit, &secrets::hash_of(&secret), &token)?;
    note(tx, permit, SecurityKind::TokenMade, client)?;
    Ok(secret)
}

/// Takes a token of the permit's person away.
///
/// # Errors
/// [`crate::store::Denied::NotFound`] where they have no such token.
pub fn revoke(tx: &mut Tx<'_>, permit: &Permit<'_, Edit, Person>, token: Uid, client: &Client) -> Result<(), StoreError> {
    api_tokens::remove(tx, permit, token)?;
    note(tx, permit, SecurityKind::TokenRevoked, client)
}

/// The token with that secret and as whom it lets in, if it is good now.
///
/// # Errors
/// [`StoreError`].
pub fn find(tx: &mut Tx<'_>, secret: &str) -> Result<Option<(ApiToken, Person)>, StoreError> {
    api_tokens::find(tx, &secrets::hash_of(secret))
}

/// Whether it should be noted that the token is in use.
pub fn wants_touch(token: &ApiToken, now: Stamp) -> bool {
    token.used_at.is_none_or(|used| now - used >= USED_EVERY)
}
