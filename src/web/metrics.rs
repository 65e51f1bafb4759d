//! What Prometheus may ask for, on an address of its own, and a line of the log for each answer. Routes are named by their patterns,
//! never by their paths: the link of a share is a secret, and a number of an incident would make a series of its own.

use std::io;
use std::net::SocketAddr;
use std::time::{Duration, Instant};

use actix_web::body::MessageBody;
use actix_web::dev::{Server, ServiceRequest, ServiceResponse};
use actix_web::http::Method;
use actix_web::http::header::{CONTENT_TYPE, HeaderName, HeaderValue};
use actix_web::middleware::Next;
use actix_web::rt::time::timeout;
use actix_web::web::{self, Data, block};
use actix_web::{HttpMessage as _, HttpResponse, HttpServer, Responder};
use prometheus_client::encoding::{EncodeLabelSet, text};
use prometheus_client::metrics::counter::Counter;
use prometheus_client::metrics::family::Family;
use prometheus_client::metrics::gauge::Gauge;
use prometheus_client::metrics::histogram::Histogram;
use prometheus_client::metrics::info::Info;
use prometheus_client::registry::{Registry, Unit};
use tracing_actix_web::RequestId;

use crate::app::App;
use crate::domain::moment::Stamp;
use crate::store::{StoreError, Tx, backups, outbox};

/// The header in which an answer says under which id it stands in the log.
const REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");

/// Upper ends of the classes into which durations fall, in seconds.
const CLASSES: [f64; 11] = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 5.0];

/// How long the database may take for what it is asked.
const PATIENCE: Duration = Duration::from_secs(5);

#[derive(Clone, Debug, PartialEq, Eq, Hash, EncodeLabelSet)]
struct Answered {
    method: &'static str,
    route: String,
    status: u16,
}

#[derive(Clone, Debug, PartialEq, Eq, Hash, EncodeLabelSet)]
struct Route {
    route: String,
}

/// What is counted.
pub struct Metrics {
    registry: Registry,
    requests: Family<Answered, Counter>,
    seconds: Family<Route, Histogram>,
    under_way: Gauge,
    database_up: Gauge,
    mails_waiting: Gauge,
    backup_age: Gauge,
    memory: Gauge,
}

impl Default for Metrics {
    /// Everything at nought.
    fn default() -> Self {
        let new = Self {
            registry: Registry::default(),
            requests: Family::default(),
            seconds: Family::new_with_constructor(|| Histogram::new(CLASSES)),
            under_way: Gauge::default(),
            database_up: Gauge::default(),
            mails_waiting: Gauge::default(),
            backup_age: Gauge::default(),
            memory: Gauge::default(),
        };
        new.registered()
    }
}

impl Metrics {
    fn registered(mut self) -> Self {
        let all = &mut self.registry;
        let version = Info::new(vec![("version", env!("CARGO_PKG_VERSION"))]);
        all.register("tellonce_build", "The version that runs", version);
        all.register("tellonce_http_requests", "Requests answered", self.requests.clone());
        let (name, help) = ("tellonce_http_request_duration", "From a request's head to the head of its answer");
        all.register_with_unit(name, help, Unit::Seconds, self.seconds.clone());
        all.register("tellonce_http_requests_under_way", "Requests not answered yet", self.under_way.clone());
        all.register("tellonce_database_up", "1 where the database answers", self.database_up.clone());
        all.register("tellonce_mails_waiting", "Mails in the outbox", self.mails_waiting.clone());
        let (name, help) = ("tellonce_backup_age", "Since the last good backup; -1 where there is none");
        all.register_with_unit(name, help, Unit::Seconds, self.backup_age.clone());
        let (name, help) = ("process_resident_memory", "Memory held; 0 where the system does not say");
        all.register_with_unit(name, help, Unit::Bytes, self.memory.clone());
        self
    }

    /// In the text format of OpenMetrics 1.0.
    fn written(&self) -> Result<String, std::fmt::Error> {
        let mut text = String::new();
        text::encode(&mut text, &self.registry)?;
        Ok(text)
    }

    fn set(&self, found: Option<(i64, Option<Stamp>)>, now: Stamp) {
        self.database_up.set(i64::from(found.is_some()));
        if let Some((waiting, last_good)) = found {
            self.mails_waiting.set(waiting);
            self.backup_age.set(last_good.map_or(-1, |at| (now - at).num_seconds()));
        }
        self.memory.set(resident().unwrap_or_default());
    }
}

/// How much memory this process holds, in bytes (proc(5), `/proc/[pid]/status`).
fn resident() -> Option<i64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"))?;
    line.trim().strip_suffix("kB")?.trim().parse::<i64>().ok().map(|kib| kib * 1024)
}

fn look(tx: &mut Tx<'_>) -> Result<(i64, Option<Stamp>), StoreError> {
    Ok((outbox::waiting(tx)?, backups::last_good(tx)?))
}

/// A method under one of the names there are: whoever makes up others must not make a series with each.
fn named(method: &Method) -> &'static str {
    const ALL: [&str; 7] = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"];
    ALL.into_iter().find(|name| method.as_str() == *name).unwrap_or("other")
}

/// Counts a request, says under which id it is logged, and logs its answer.
///
/// # Errors
/// None of its own.
pub async fn measure<B: MessageBody + 'static>(
    req: ServiceRequest,
    next: Next<B>,
) -> Result<ServiceResponse<B>, actix_web::Error> {
    let metrics = req.app_data::<Data<Metrics>>().cloned();
    let route = req.match_pattern().unwrap_or_else(|| "none".to_owned());
    let (method, began) = (named(req.method()), Instant::now());
    let id = req.extensions().get::<RequestId>().map(ToString::to_string).unwrap_or_default();
    let _under_way = metrics.as_ref().map(|metrics| UnderWay::begin(&metrics.under_way));
    let mut answer = next.call(req).await?;
    let (status, took) = (answer.status().as_u16(), began.elapsed());
    if let Some(metrics) = metrics {
        metrics.seconds.get_or_create(&Route { route: route.clone() }).observe(took.as_secs_f64());
        metrics.requests.get_or_create(&Answered { method, route: route.clone(), status }).inc();
    }
    let milliseconds = took.as_micros() as f64 / 1000.0;
    tracing::info!(request_id = id, method, route, status, milliseconds, "answered");
    if let Ok(id) = HeaderValue::from_str(&id) {
        answer.headers_mut().insert(REQUEST_ID, id);
    }
    Ok(answer)
}

/// A request that is not answered yet; over when it is dropped, also where its client has left.
struct UnderWay(Gauge);

impl UnderWay {
    fn begin(gauge: &Gauge) -> Self {
        gauge.inc();
        Self(gauge.clone())
    }
}

impl Drop for UnderWay {
    fn drop(&mut self) {
        self.0.dec();
    }
}

/// Listens for Prometheus alone.
///
/// # Errors
/// Where the address cannot be listened on.
pub fn listen(app: Data<App>, metrics: Data<Metrics>, address: SocketAddr) -> io::Result<(Server, SocketAddr)> {
    let server = HttpServer::new(move || {
        actix_web::App::new().app_data(app.clone()).app_data(metrics.clone()).route("/metrics", web::get().to(show))
    });
    let server = server.workers(1).disable_signals().bind(address)?;
    let real = server.addrs().first().copied().unwrap_or(address);
    Ok((server.run(), real))
}

async fn show(app: Data<App>, metrics: Data<Metrics>) -> impl Responder {
    let (store, now) = (app.store.clone(), app.now());
    let found = timeout(PATIENCE, block(move || store.read(now, look))).await;
    metrics.set(found.ok().and_then(Result::ok).and_then(Result::ok), now);
    match metrics.written() {
        Ok(text) => HttpResponse::Ok()
            .insert_header((CONTENT_TYPE, "application/openmetrics-text; version=1.0.0; charset=utf-8"))
            .body(text),
        Err(error) => {
            tracing::error!(%error, "the metrics cannot be written");
            HttpResponse::InternalServerError().finish()
        }
    }
}
