//! `tellonce serve`

use std::net::SocketAddr;
use std::pin::pin;
use std::time::Duration;

use actix_web::dev::ServerHandle;
use actix_web::rt::time::sleep;
use actix_web::web::Data;
use futures_util::future::{Either, select};

use super::{CliError, open_or_make, say};
use crate::actions::setup::{self, KeyError};
use crate::app::{App, database};
use crate::config::Config;
use crate::jobs::courier::{Courier, Reach};
use crate::jobs::{Jobs, mail::Postman};
use crate::render::pages::login::LoginPage;
use crate::render::tera;
use crate::render::words::Words;
use crate::store::{self, DatabaseUrl, files, keyring};
use crate::web::{self, metrics::Metrics};

/// What `serve` is told beside the settings.
#[derive(Debug, clap::Args)]
pub struct ServeArgs {
    /// Go on with the key in this data folder though the database was used with another one that is lost: what was kept under that
    /// (codes of shared links, second steps) can then not be read any more
    #[arg(long)]
    new_key: bool,
}

/// Runs Tellonce until it is told to stop.
pub fn run(config: &Config, args: &ServeArgs) -> Result<(), CliError> {
    let (app, words) = open_or_make(config)?;
    check(config, words)?;
    if matches!(database(config), Ok(DatabaseUrl::Postgres(_))) {
        agree_on_key(&app, words, args.new_key)?;
    }
    read_ahead(&app);
    let invitation = app.store.write(app.now(), setup::invite)?;
    run_app(app, config, |app, address| {
        println!("listening on http://{address}");
        if let Some(token) = invitation {
            let link = format!("{}setup/{token}", base(app, address));
            println!("{}", say(words, "cli-setup-link", "link", &link));
        }
    })
}

/// What would go wrong only later, and then unseen.
fn check(config: &Config, words: Words) -> Result<(), CliError> {
    if config.smtp.is_none() && config.sealing.as_ref().is_some_and(|sealing| sealing.mail.is_some()) {
        return Err(CliError::Input(words.get("cli-seal-mail-needs-smtp")));
    }
    match &config.backups {
        Some(backups) if !backups.folder.is_dir() => {
            Err(CliError::Input(say(words, "cli-backup-folder", "folder", &backups.folder.display().to_string())))
        }
        Some(backups) => files::scratch(&backups.folder).map(drop).map_err(CliError::write(&backups.folder)),
        None => Ok(()),
    }
}

/// Several machines may serve one database; what one keeps secret in it another must be able to read.
fn agree_on_key(app: &App, words: Words, anew: bool) -> Result<(), CliError> {
    let known = app.store.read(app.now(), keyring::noted)?;
    let kept = app.keyring().kept()?;
    // One that knows of another's key must not make its own.
    let key = if known.is_none() || anew { Some(app.keyring().key()?) } else { kept };
    let agreed = key.map_or(Err(KeyError::Other), |key| app.store.write(app.now(), |tx| setup::agree_on_key(tx, &key, anew)));
    match agreed {
        Ok(()) => Ok(()),
        Err(KeyError::Other) => Err(CliError::No(say(words, "cli-other-key", "folder", &app.data.display().to_string()))),
        Err(KeyError::Store(error)) => Err(error.into()),
    }
}

/// Reads, while Tellonce begins to listen, what the first page will ask for: the house, by a connection that waits for the
/// visitor, and the login page's templates in its language. What cannot be read is said by the page that needs it.
fn read_ahead(app: &App) {
    let (store, now, usual) = (app.store.clone(), app.now(), app.locale);
    std::thread::spawn(move || {
        let house = store.read(now, store::house::front).unwrap_or_default();
        tera::read_ahead::<LoginPage>(house.map_or(usual, |house| house.locale));
    });
}

/// Listens, lets `ready` say so, and serves until told to stop.
pub(super) fn run_app(app: App, config: &Config, ready: impl FnOnce(&App, SocketAddr)) -> Result<(), CliError> {
    let postman = config.smtp.as_deref().map(|url| Postman::new(url, &config.mail_from)).transpose();
    let postman = postman.map_err(|error| CliError::Input(error.to_string()))?;
    let (app, listen) = (Data::new(app), config.listen);
    let mut jobs = Jobs::new(app.clone().into_inner());
    jobs.start_news();
    jobs.start_verdicts();
    jobs.start_exports();
    if app.backups.is_some() {
        jobs.start_backups();
    }
    if let Some(sealing) = config.sealing.clone() {
        jobs.start_seals(sealing, Courier::new(Reach::everywhere()));
    }
    jobs.start_webhooks(Courier::new(Reach::new(config.webhook_allow.clone())));
    if let Some(postman) = postman {
        jobs.start_mail(postman);
    }
    let served: Result<(), CliError> = actix_web::rt::System::new().block_on(async {
        let cannot = |at: SocketAddr, flag, why| CliError::Listen { at, flag, why };
        let metrics = config.metrics.map(|_| Data::new(Metrics::default()));
        let (server, address) =
            web::listen(app.clone(), metrics.clone(), listen).map_err(|error| cannot(listen, "--listen", error))?;
        if let (Some(at), Some(metrics)) = (config.metrics, metrics) {
            let (counting, at) =
                web::metrics::listen(app.clone(), metrics, at).map_err(|error| cannot(at, "--metrics", error))?;
            tracing::info!(%at, "metrics");
            actix_web::rt::spawn(counting);
        }
        actix_web::rt::spawn(stop_when_told(app.clone(), server.handle(), config.drain));
        ready(&app, address);
        Ok(server.await?)
    });
    app.stopping.tell();
    jobs.finish(STOP_WITHIN);
    served
}

/// How long what is in hand may take when Tellonce stops.
const STOP_WITHIN: Duration = Duration::from_secs(30);

/// Ends the server when the system says so (SIGTERM, or SIGINT from a keyboard): first it says that it is not ready any more and goes on
/// for `drain`, so that whoever spreads requests over several machines has turned to the others; then it takes no new connections, and
/// ends what is under way. Told once more, it goes on to the next of these at once, and at last breaks off what is under way.
async fn stop_when_told(app: Data<App>, server: ServerHandle, drain: Duration) {
    told().await;
    tracing::info!(drain = drain.as_secs(), "told to stop");
    app.stopping.tell();
    if !drain.is_zero() {
        select(pin!(sleep(drain)), pin!(told())).await;
    }
    if let Either::Right(_) = select(pin!(server.stop(true)), pin!(told())).await {
        tracing::warn!("told to stop once more: what is under way is broken off");
        std::process::exit(1);
    }
}

#[cfg(unix)]
async fn told() {
    use actix_web::rt::signal::unix::{SignalKind, signal};
    match (signal(SignalKind::terminate()), signal(SignalKind::interrupt())) {
        (Ok(mut terminate), Ok(mut interrupt)) => {
            select(pin!(terminate.recv()), pin!(interrupt.recv())).await;
        }
        (Err(error), _) | (_, Err(error)) => {
            tracing::error!(%error, "it is not heard when the system says to stop");
            std::future::pending().await
        }
    }
}

#[cfg(not(unix))]
async fn told() {
    if let Err(error) = actix_web::rt::signal::ctrl_c().await {
        tracing::error!(%error, "it is not heard when the system says to stop");
        std::future::pending().await
    }
}

/// The address under which people reach it, ending in a slash.
fn base(app: &App, address: SocketAddr) -> String {
    match &app.base_url {
        Some(url) => url.to_string(),
        None if address.ip().is_unspecified() => format!("http://127.0.0.1:{}/", address.port()),
        None => format!("http://{address}/"),
    }
}
