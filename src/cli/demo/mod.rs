//! The demo's data: the story's incident and a dozen smaller ones, written through the same actions as everything else, each
//! at the time at which somebody would have recorded it.

mod given;
mod ground;
mod smaller;
mod story;
mod words;

use std::path::PathBuf;

use crate::actions::Refused;
use crate::actions::passwords::Password;
use crate::app::{self, App, StartError};
use crate::clock::{self, ClockSetting};
use crate::config::Config;
use crate::domain::locale::Locale;
use crate::domain::moment::Stamp;
use crate::domain::permit::{Actor, Role};
use crate::render::words::Words;
use crate::store::{DatabaseUrl, Store, StoreError, Tx, condition, people};

use super::{CliError, say, serve};
use words::{Data, DemoData};

/// When the demo's clock starts: the story's Friday, 24 November 2006, 9:00 in Tokyo.
pub const START: &str = "2006-11-24T09:00";

/// The demo could not be made.
#[derive(Debug, thiserror::Error)]
pub enum DemoError {
    /// Its data are not what they should be.
    #[error(transparent)]
    Data(#[from] DemoData),
    /// A use case refused them.
    #[error(transparent)]
    Refused(#[from] Refused),
    /// The store could not keep them.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// The time at which the demo's clock starts.
///
/// # Errors
/// None that the demo's own data can cause.
pub fn start() -> Result<Stamp, DemoData> {
    words::tokyo(START)
}

/// The password of everybody in the demo. It guards nothing: the demo listens on this machine only.
const PASSWORD: &str = "tell-it-once-demo";

/// Which settings were given, rather than filled in.
#[derive(Clone, Copy, Debug)]
pub struct Given {
    /// `--data`
    pub data: bool,
    /// `--listen`
    pub listen: bool,
}

/// `demo`: fills a data folder with the story, unless that is done already, and serves it on this machine only.
pub fn run(mut config: Config, given: Given) -> Result<(), CliError> {
    let address = config.listen.ip();
    if !address.is_loopback() {
        return Err(CliError::Input(format!(
            "the demo has no secrets and listens on this machine only; {address} is no loopback address"
        )));
    }
    if config.database.is_some() && !given.data {
        return Err(CliError::Input("a demo in a database of its own needs a folder for its clock: give --data".to_owned()));
    }
    if !given.data {
        config.data = fresh_folder()?;
    }
    if !given.listen {
        // Any free port: the usual one may be taken by the real thing.
        config.listen.set_port(0);
    }
    if config.clock.is_none() && clock::kept(&config.data).map_err(StartError::from)?.is_none() {
        let from = start().map_err(DemoError::from)?;
        refuse_a_record(&config, from)?;
        config.clock = Some(ClockSetting::Running(from));
    }
    let app = App::open(&config)?;
    if app.store.read(app.now(), people::count)? == 0 {
        let hash = Password::attempt(PASSWORD).hash().map_err(|error| CliError::No(error.to_string()))?;
        fill(&app.store, config.locale, &hash)?;
    }
    let share = given::away(&app)?;
    serve::run_app(app, &config, |_, address| {
        println!("listening on http://{address}");
        for (login, role) in [("alice", Role::Admin), ("bob", Role::Member), ("mei", Role::Reader)] {
            println!("login {login}  password {PASSWORD}  ({role})");
        }
        if let Some((number, given)) = share {
            println!("share number {}  code {}  at http://{address}/s", number.shown(), given.code.shown());
        }
        println!("data in {}", config.data.display());
    })
}

/// Refuses to turn back the clock of what is no demo; nothing is made where it looks.
fn refuse_a_record(config: &Config, now: Stamp) -> Result<(), CliError> {
    let url = app::database(config).map_err(StartError::from)?;
    let is_taken = match &url {
        DatabaseUrl::Sqlite(_) => app::is_there(config, &url).is_ok(),
        DatabaseUrl::Postgres(_) => match (condition::of(&url)?, Store::open(&url)?.read(now, people::count)) {
            (_, Ok(people)) => people > 0,
            // It has no tables yet.
            (Some(found), Err(_)) if found.steps_to_take > 0 => false,
            (_, Err(error)) => return Err(error.into()),
        },
    };
    if is_taken { Err(CliError::Input(say(Words::new(config.locale), "cli-demo-taken", "place", &url.name()))) } else { Ok(()) }
}

fn fresh_folder() -> Result<PathBuf, CliError> {
    let mut random = [0; 6];
    getrandom::fill(&mut random).map_err(|error| CliError::No(error.to_string()))?;
    let name: String = random.iter().map(|byte| format!("{byte:02x}")).collect();
    Ok(std::env::temp_dir().join(format!("tellonce-demo-{name}")))
}

/// Writes the demo's people (with `password_hash`), companies, contract and incidents in one language into an empty store.
///
/// # Errors
/// [`DemoError`]; what was written until then stays, and the folder has to be thrown away.
pub fn fill(store: &Store, locale: Locale, password_hash: &str) -> Result<(), DemoError> {
    let data = Data::read()?;
    let ground = ground::lay(store, &data, locale, password_hash)?;
    let scribe = Scribe { store, actor: ground.alice, locale };
    let opened = words::tokyo(&data.words.incident.opened)?;
    let earlier = |incident: &&words::Smaller| incident.opened().is_ok_and(|at| at < opened);
    for incident in data.smaller.iter().filter(earlier) {
        smaller::tell(&scribe, &ground, incident)?;
    }
    story::tell(&scribe, &ground, &data)?;
    for incident in data.smaller.iter().filter(|incident| !earlier(incident)) {
        smaller::tell(&scribe, &ground, incident)?;
    }
    Ok(())
}

/// Who writes the demo, where and in which language.
struct Scribe<'a> {
    store: &'a Store,
    actor: Actor,
    locale: Locale,
}

impl Scribe<'_> {
    /// One use case, at its time.
    fn at<T>(&self, at: Stamp, f: impl for<'tx> FnOnce(&mut Tx<'tx>, Actor) -> Result<T, Refused>) -> Result<T, DemoError> {
        Ok(self.store.write(at, |tx| f(tx, self.actor))?)
    }
}
