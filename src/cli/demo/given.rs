//! The demo's share: made once, its number and code printed at every start.

use chrono::Duration;

use super::words::Data;
use super::{CliError, DemoError};
use crate::actions::Refused;
use crate::actions::shares::{self, Choices, FreshSecrets, NewShare};
use crate::app::App;
use crate::domain::incident::IncidentNumber;
use crate::domain::locale::Locale;
use crate::domain::overview::OverviewQuery;
use crate::domain::permit::Actor;
use crate::domain::share::{Digits, Given};
use crate::store::keyring::Key;
use crate::store::{self, StoreError, Tx};

/// The number and the code of the story's share; none where its data have been changed beyond recognition.
pub fn away(app: &App) -> Result<Option<(Digits, Given)>, CliError> {
    let data = Data::read().map_err(DemoError::from)?;
    let titles: Vec<String> = Locale::ALL.iter().map(|locale| data.words.incident.title.get(*locale)).collect();
    let Some(number) = app.store.read(app.now(), |tx| story(tx, &titles))? else { return Ok(None) };
    let key = app.keyring().key()?;
    let standing = app.store.read(app.now(), |tx| standing(tx, number, &key)).map_err(DemoError::from)?;
    if standing.is_some() {
        return Ok(standing);
    }
    let fresh = FreshSecrets::new().map_err(|error| CliError::No(error.to_string()))?;
    let call = data.words.call.get(app.locale);
    let made = app.store.write(app.now(), |tx| make(tx, number, call, fresh, &key)).map_err(DemoError::from)?;
    Ok(Some(made))
}

fn story(tx: &mut Tx<'_>, titles: &[String]) -> Result<Option<IncidentNumber>, StoreError> {
    for title in titles {
        let query = OverviewQuery { words: title.clone(), page: 1, ..OverviewQuery::default() };
        let now = tx.now();
        if let Some(row) = store::overview::list(tx, Actor::House, &query, now)?.rows.first() {
            return Ok(Some(row.number));
        }
    }
    Ok(None)
}

fn standing(tx: &mut Tx<'_>, number: IncidentNumber, key: &Key) -> Result<Option<(Digits, Given)>, Refused> {
    let permit = store::incidents::to_show(tx, Actor::House, number)?;
    let now = tx.now();
    let live =
        store::shares::of_incident(tx, &permit)?.into_iter().find(|share| share.revoked.is_none() && now < share.expires_at);
    let Some(share) = live else { return Ok(None) };
    Ok(shares::show(tx, permit, &share, key)?.given.map(|given| (share.number, given)))
}

fn make(tx: &mut Tx<'_>, at: IncidentNumber, call: String, fresh: FreshSecrets, key: &Key) -> Result<(Digits, Given), Refused> {
    let permit = store::incidents::for_edit(tx, Actor::House, at)?;
    let incident = store::incidents::get(tx, &permit)?;
    let new =
        NewShare { provider: incident.provider, choices: Choices { call, ..Choices::default() }, good_for: Duration::days(30) };
    let (share, given) = shares::make(tx, permit, new, fresh, key)?;
    Ok((share.number, given))
}
