//! Requests on a condition: whoever has an answer already is told that it still stands, instead of being sent it again.

use actix_web::body::{BoxBody, MessageBody};
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::error::BlockingError;
use actix_web::http::header::{CONTENT_TYPE, ETAG, HeaderValue, IF_NONE_MATCH};
use actix_web::http::{Method, StatusCode};
use actix_web::middleware::Next;
use actix_web::web::{Bytes, block};

use crate::store::files::Files;

/// The kinds that programs ask for again and again: a calendar each hour, a record to be compared.
const ASKED_AGAIN: [&str; 4] = ["application/json", "application/pdf", "text/calendar", "text/plain"];

/// From how many bytes on the tag is reckoned on a blocking thread: nobody else's request waits for it.
const LONG: usize = 256 * 1024;

/// Gives an answer a tag of its own bytes, and leaves the bytes away where whoever asks has them (RFC 9110, 13.1.2). Packed or
/// not, it is the same to whoever has it: the tag is a weak one. An answer that comes with a tag goes out whole: that one names
/// the revision which a change is meant for, and what is shown of a revision also goes by the time and by what stands around
/// it.
///
/// # Errors
/// None of its own.
pub async fn if_changed<B: MessageBody + 'static>(
    req: ServiceRequest,
    next: Next<B>,
) -> Result<ServiceResponse<BoxBody>, actix_web::Error> {
    let answer = next.call(req).await?.map_into_boxed_body();
    let kind = answer.headers().get(CONTENT_TYPE).and_then(|kind| kind.to_str().ok()).unwrap_or_default();
    let is_asked_again = ASKED_AGAIN.iter().any(|known| kind.starts_with(known));
    let has_tag = answer.headers().contains_key(ETAG);
    if answer.status() != StatusCode::OK || answer.request().method() != Method::GET || !is_asked_again || has_tag {
        return Ok(answer);
    }
    let (request, response) = answer.into_parts();
    let (mut head, body) = response.into_parts();
    let bytes = match body.try_into_bytes() {
        Ok(bytes) => bytes,
        // It goes out piece by piece.
        Err(body) => return Ok(ServiceResponse::new(request, head.set_body(body))),
    };
    if let Ok(tag) = HeaderValue::from_str(&format!("W/\"{:.32}\"", name_of(&bytes).await?)) {
        head.headers_mut().insert(ETAG, tag);
    }
    let known = request.headers().get(IF_NONE_MATCH).and_then(|known| known.to_str().ok()).unwrap_or_default();
    let is_known = head.headers().get(ETAG).and_then(|tag| tag.to_str().ok()).is_some_and(|tag| is_among(tag, known));
    if is_known {
        *head.status_mut() = StatusCode::NOT_MODIFIED;
        return Ok(ServiceResponse::new(request, head.set_body(BoxBody::new(()))));
    }
    Ok(ServiceResponse::new(request, head.set_body(BoxBody::new(bytes))))
}

async fn name_of(bytes: &Bytes) -> Result<String, BlockingError> {
    if bytes.len() < LONG {
        return Ok(Files::name_of(bytes));
    }
    let bytes = bytes.clone();
    block(move || Files::name_of(&bytes)).await
}

/// Whether a tag is in such a list, weak or not (RFC 9110, 8.8.3.2).
fn is_among(tag: &str, list: &str) -> bool {
    let bare = |tag: &str| tag.trim().trim_start_matches("W/").to_owned();
    list.trim() == "*" || list.split(',').any(|known| bare(known) == bare(tag))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_tag_is_known_weak_or_strong_alone_or_among_others() {
        for list in ["\"a\"", "W/\"a\"", "\"b\", W/\"a\"", "*"] {
            assert!(is_among("W/\"a\"", list), "{list}");
        }
        for list in ["", "\"b\"", "a"] {
            assert!(!is_among("\"a\"", list), "{list}");
        }
    }
}
