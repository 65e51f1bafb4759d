//! Carries the requests of `object_store` with the client that carries all of ours.

use std::time::Duration;

use async_trait::async_trait;
use http_body_util::BodyExt as _;
use object_store::ClientOptions;
use object_store::client::{HttpClient, HttpConnector, HttpError, HttpErrorKind, HttpRequest, HttpResponse, HttpService};
use ureq::http::request::Parts;
use ureq::http::{Request, Response};
use ureq::{Agent, Body, Error};

/// How long a connection is waited for.
const CONNECTS_WITHIN: Duration = Duration::from_secs(5);
/// How long an answer is waited for once everything is sent.
const ANSWERS_WITHIN: Duration = Duration::from_secs(30);
/// How long a body may take, either way.
const BODY_WITHIN: Duration = Duration::from_secs(120);
/// The longest answer, in bytes: longer than any file or piece of one.
const LONGEST: u64 = 64 * 1024 * 1024;

/// See the module.
#[derive(Clone, Debug)]
pub struct Carrier(Agent);

impl Carrier {
    /// Follows no redirection, and takes an answer of any status.
    pub fn new() -> Self {
        let config = Agent::config_builder()
            .max_redirects(0)
            .max_redirects_will_error(false)
            .http_status_as_error(false)
            .timeout_connect(Some(CONNECTS_WITHIN))
            .timeout_send_body(Some(BODY_WITHIN))
            .timeout_recv_response(Some(ANSWERS_WITHIN))
            .timeout_recv_body(Some(BODY_WITHIN))
            .user_agent(concat!("Tellonce/", env!("CARGO_PKG_VERSION")))
            .build();
        Self(config.into())
    }

    fn send(&self, parts: Parts, bytes: &[u8]) -> Result<Response<Body>, HttpError> {
        // What has no body must not be told to have one (RFC 9110, 8.6); an empty one is sent as such.
        let answer = if bytes.is_empty() && !matches!(parts.method.as_str(), "POST" | "PUT") {
            self.0.run(Request::from_parts(parts, ()))
        } else {
            self.0.run(Request::from_parts(parts, bytes))
        };
        answer.map_err(failed)
    }
}

impl HttpConnector for Carrier {
    fn connect(&self, _: &ClientOptions) -> object_store::Result<HttpClient> {
        Ok(HttpClient::new(self.clone()))
    }
}

#[async_trait]
impl HttpService for Carrier {
    /// Blocks: nothing else runs on the thread that waits for it.
    async fn call(&self, request: HttpRequest) -> Result<HttpResponse, HttpError> {
        let (parts, body) = request.into_parts();
        let sent = body.collect().await?.to_bytes();
        let (parts, mut body) = self.send(parts, &sent)?.into_parts();
        let bytes = body.with_config().limit(LONGEST).read_to_vec().map_err(failed)?;
        Ok(HttpResponse::from_parts(parts, bytes.into()))
    }
}

/// The kinds decide whether it is tried again.
fn failed(error: Error) -> HttpError {
    let kind = match &error {
        Error::Timeout(_) => HttpErrorKind::Timeout,
        Error::HostNotFound | Error::ConnectionFailed => HttpErrorKind::Connect,
        Error::Io(_) => HttpErrorKind::Interrupted,
        _ => HttpErrorKind::Unknown,
    };
    HttpError::new(kind, error)
}
