//! `tellonce serve`

use std::net::SocketAddr;

use actix_web::web::Data;

use super::{CliError, open, say};
use crate::actions::setup;
use crate::app::App;
use crate::config::Config;
use crate::jobs::courier::{Courier, Reach};
use crate::jobs::{self, mail::Postman};
use crate::render::pages::login::LoginPage;
use crate::render::tera;
use crate::store;
use crate::web;

/// Runs Tellonce until it is told to stop.
pub fn run(config: &Config) -> Result<(), CliError> {
    let (app, words) = open(config)?;
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
    jobs::start_verdicts(app.clone().into_inner());
    jobs::start_exports(app.clone().into_inner());
    if app.backups.is_some() {
        jobs::start_backups(app.clone().into_inner());
    }
    if let Some(sealing) = config.sealing.clone() {
        jobs::start_seals(app.clone().into_inner(), sealing, Courier::new(Reach::everywhere()));
    }
    let courier = Courier::new(Reach::new(config.webhook_allow.clone()));
    jobs::start_webhooks(app.clone().into_inner(), courier);
    if let Some(postman) = postman {
        jobs::start(app.clone().into_inner(), postman);
    }
    actix_web::rt::System::new().block_on(async move {
        let (server, address) = web::listen(app.clone(), listen)
            .map_err(|error| CliError::No(format!("cannot listen on {listen}: {error}; name another address with --listen")))?;
        ready(&app, address);
        Ok(server.await?)
    })
}

/// The address under which people reach it, ending in a slash.
fn base(app: &App, address: SocketAddr) -> String {
    match &app.base_url {
        Some(url) => url.to_string(),
        None if address.ip().is_unspecified() => format!("http://127.0.0.1:{}/", address.port()),
        None => format!("http://{address}/"),
    }
}
