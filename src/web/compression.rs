//! Answers are compressed where whoever asks can read them so (RFC 9110, 8.4 and 12.5.3): over a phone's weak link the bytes are
//! what one waits for. Actix's own middleware knows but the quickest level, of which a long page is half as heavy again.

use std::io::Write as _;

use actix_web::body::{BoxBody, EitherBody, MessageBody};
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::http::header::{
    ACCEPT_ENCODING, AcceptEncoding, CONTENT_ENCODING, CONTENT_TYPE, ContentEncoding, Encoding, HeaderMap, HeaderValue, VARY,
};
use actix_web::middleware::Next;
use actix_web::web::{Bytes, block};
use flate2::Compression;
use flate2::write::GzEncoder;

/// What gains by it: text, and papers, which lose a third. Pictures and archives are packed in themselves.
const GAINING: [&str; 6] =
    ["text/", "application/json", "application/problem+json", "application/manifest+json", "application/pdf", "image/svg+xml"];

/// Below this, an answer fits into one packet anyway.
const SHORT: usize = 1024;

/// Compresses what gains by it and is known as a whole. What goes out piece by piece, such as the desk's events, is left: compressed,
/// a piece would be held back until enough have come together.
///
/// # Errors
/// None of its own.
pub async fn compress<B: MessageBody + 'static>(
    req: ServiceRequest,
    next: Next<B>,
) -> Result<ServiceResponse<EitherBody<BoxBody, B>>, actix_web::Error> {
    let is_read = reads_gzip(&req);
    let answer = next.call(req).await?;
    if answer.headers().contains_key(CONTENT_ENCODING) || !gains(answer.headers()) {
        return Ok(answer.map_into_right_body());
    }
    let (request, response) = answer.into_parts();
    let (mut head, body) = response.into_parts();
    // Whatever lies between keeps each for whom it is.
    head.headers_mut().append(VARY, HeaderValue::from_name(ACCEPT_ENCODING));
    if !is_read {
        return Ok(ServiceResponse::new(request, head.set_body(EitherBody::right(body))));
    }
    let body = match body.try_into_bytes() {
        Ok(bytes) if bytes.len() < SHORT => BoxBody::new(bytes),
        Ok(bytes) => {
            head.headers_mut().insert(CONTENT_ENCODING, ContentEncoding::Gzip.to_header_value());
            // Not where other requests wait for it.
            BoxBody::new(block(move || gzip(&bytes)).await??)
        }
        Err(body) => return Ok(ServiceResponse::new(request, head.set_body(EitherBody::right(body)))),
    };
    Ok(ServiceResponse::new(request, head.set_body(EitherBody::left(body))))
}

fn reads_gzip(req: &ServiceRequest) -> bool {
    use actix_web::http::header::Header as _;
    AcceptEncoding::parse(req)
        .ok()
        .and_then(|accepted| accepted.negotiate([Encoding::gzip(), Encoding::identity()].iter()))
        .is_some_and(|chosen| chosen == Encoding::gzip())
}

fn gains(headers: &HeaderMap) -> bool {
    let kind = headers.get(CONTENT_TYPE).and_then(|kind| kind.to_str().ok()).unwrap_or_default();
    GAINING.iter().any(|known| kind.starts_with(known))
}

/// The level is zlib's usual one: the next ones take as much longer again and gain one byte in five hundred.
fn gzip(bytes: &Bytes) -> std::io::Result<Bytes> {
    let mut encoder = GzEncoder::new(Vec::with_capacity(bytes.len() / 4), Compression::default());
    encoder.write_all(bytes)?;
    Ok(encoder.finish()?.into())
}
