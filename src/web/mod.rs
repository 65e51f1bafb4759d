//! HTTP: who comes in, what they ask for, what they are shown.
//!
//! # To add a page
//!
//! 1. Write its struct in [`crate::render::pages`] and its template; give it samples.
//! 2. Add a line to [`routes::table`]: method, path, who may come that way, handler.
//! 3. Write the handler in the file of its noun:
//!
//! ```text
//! pub async fn show(visit: Visit, path: web::Path<Uid>) -> Answer {
//!     let uid = path.into_inner();
//!     visit.page(move |tx, me| thing_page(tx, me, uid, FormView::new())).await
//! }
//!
//! pub async fn change(visit: Visit, posted: Posted, path: web::Path<Uid>) -> Answer {
//!     let uid = path.into_inner();
//!     let save = move |tx: &mut Tx<'_>, me: &Me, form: &mut Reader<'_>| {
//!         let (Some(name), revision) = (form.line("name"), form.revision()?) else { return Err(form.refusal()) };
//!         let permit = things::for_edit(tx, me.actor, uid)?;
//!         actions::things::change(tx, &permit, revision, name)?;
//!         Ok(Done::to(format!("/things/{uid}")).saying("flash-saved"))
//!     };
//!     visit.submit(posted, save, move |tx, me, form| thing_page(tx, me, uid, form)).await
//! }
//! ```
//!
//! Machines come in by [`api`], with tokens; its operations are listed there.
//!
//! `page` and `submit` run on a blocking thread in one transaction, ask who is there and whether the route lets them in, and answer
//! every failure with its page. A refused form comes back with its values (`form`), a stale one with `form.stale`; one that was
//! sent when its session had ended waits on the login page. Sending a form twice does it once.

pub mod extract;
pub mod forms;
pub mod routes;
pub mod visit;
mod webhooks;

mod account;
mod answer;
pub mod api;
mod attachments;
mod backups;
mod calendar;
mod clause_import;
mod companies;
mod compression;
mod conditional;
mod credits;
mod csrf;
mod deadlines;
mod desk;
mod door;
mod events;
mod exports;
mod files;
pub mod health;
mod history;
mod house;
mod incidents;
mod login;
mod mail_files;
mod mails;
mod meeting;
pub mod metrics;
mod moments;
mod nouns;
mod pace;
mod papers;
mod people;
mod provider_record;
mod reminders;
mod replies;
mod reset;
mod reveal;
mod seals;
mod search;
mod second_step;
mod security;
mod session;
mod setup;
mod share;
mod shares;
mod taken;
mod tokens;
mod turns;
mod upload;

use std::io;
use std::net::SocketAddr;
use std::time::Duration;

use actix_web::dev::{Server, ServiceRequest, ServiceResponse};
use actix_web::middleware::from_fn;
use actix_web::web::Data;
use actix_web::{HttpMessage as _, HttpRequest, HttpServer, web as actix};
use tracing_actix_web::{DefaultRootSpanBuilder, RequestId, RootSpanBuilder, TracingLogger};

use crate::app::App;
use extract::Visit;
use metrics::Metrics;
use visit::Failure;

/// How long what is under way may take when Tellonce is asked to stop, in seconds.
const STOP_WITHIN: u64 = 30;
/// How long a connection may wait for its next request.
const KEEP_ALIVE: Duration = Duration::from_secs(75);

/// Listens on `address`; answers with the server, to be awaited, and the address it really has. What is answered is counted, where
/// there is something to count it.
///
/// # Errors
/// Where the address cannot be listened on.
pub fn listen(app: Data<App>, metrics: Option<Data<Metrics>>, address: SocketAddr) -> io::Result<(Server, SocketAddr)> {
    let book = Data::new(routes::Book::new());
    let server = HttpServer::new(move || {
        let counted = metrics.clone();
        actix_web::App::new()
            .configure(|all| {
                if let Some(metrics) = counted {
                    all.app_data(metrics);
                }
            })
            .app_data(app.clone())
            .app_data(book.clone())
            .configure(routes::register)
            .default_service(actix::to(nowhere))
            .wrap(from_fn(conditional::if_changed))
            .wrap(from_fn(compression::compress))
            .wrap(from_fn(security::fence))
            .wrap(from_fn(metrics::measure))
            .wrap(TracingLogger::<Discreet>::new())
    })
    .keep_alive(KEEP_ALIVE)
    .shutdown_timeout(STOP_WITHIN)
    // They are heard by `cli::serve`, which has more to do then.
    .disable_signals()
    .bind(address)?;
    let real = server.addrs().first().copied().unwrap_or(address);
    Ok((server.run(), real))
}

/// Where no route leads: said in the frame of whoever is logged in.
async fn nowhere(req: HttpRequest) -> Result<&'static str, Failure> {
    Err(Visit::astray(&req)?.lost().await)
}

/// Logs requests by their route, never by their path: the link of a set-up, or of a share, is a secret.
struct Discreet;

impl RootSpanBuilder for Discreet {
    fn on_request_start(request: &ServiceRequest) -> tracing::Span {
        let route = request.match_pattern().unwrap_or_else(|| "none".to_owned());
        let id = request.extensions().get::<RequestId>().map(ToString::to_string).unwrap_or_default();
        tracing::info_span!("request", id, method = %request.method(), route, status = tracing::field::Empty)
    }

    fn on_request_end<B: actix_web::body::MessageBody>(
        span: tracing::Span,
        outcome: &Result<ServiceResponse<B>, actix_web::Error>,
    ) {
        DefaultRootSpanBuilder::on_request_end(span.clone(), outcome);
        if let Ok(answer) = outcome {
            span.record("status", answer.status().as_u16());
        }
    }
}
