//! Forms that bring a file, or more text than the URL encoding carries.

use actix_multipart::Multipart;
use actix_web::dev::Payload;
use actix_web::http::header::{CONTENT_DISPOSITION, CONTENT_TYPE, HeaderMap, HeaderValue};
use actix_web::{FromRequest, HttpRequest};
use futures_util::future::LocalBoxFuture;
use futures_util::{StreamExt, TryStreamExt};
use sha2::{Digest, Sha256};

use super::extract::{FORM_DEADLINE, FORM_LIMIT, Posted};
use super::forms::Fields;
use super::pace::in_time;
use super::visit::Failure;
use crate::error::AppError;
use crate::intake::files::MAX_BYTES;

/// A file as it came.
pub struct Received {
    /// Its name as the browser says it.
    pub name: String,
    /// Its bytes.
    pub bytes: Vec<u8>,
}

/// A form with at most one file. Without one it may come in the URL encoding too, as it does after it has waited for a login.
pub struct Upload {
    /// The form.
    pub posted: Posted,
    /// The file, if one was chosen.
    pub file: Option<Received>,
    /// Whether a file was longer than [`MAX_BYTES`]: of that one, nothing was kept.
    pub is_too_large: bool,
}

impl FromRequest for Upload {
    type Error = Failure;
    type Future = LocalBoxFuture<'static, Result<Self, Failure>>;

    fn from_request(req: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let content_type = req.headers().get(CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
        if content_type.trim_start().to_ascii_lowercase().starts_with("multipart/") {
            let (headers, payload) = (with_heads_as_they_come(req.headers(), content_type), payload.take());
            let receive = move |payload| receive(Multipart::new(&headers, payload));
            return Box::pin(async move { Ok(in_time(payload, FORM_DEADLINE * 5, receive).await?) });
        }
        let posted = Posted::from_request(req, payload);
        Box::pin(async move { Ok(Self { posted: posted.await?, file: None, is_too_large: false }) })
    }
}

/// The headers by which the parts are told apart, as of parts in general. Of `form-data` the framework reads the head of each part
/// itself, and reads a backslash in a file's name as the beginning of something else, up to refusing the whole form; browsers mean
/// the backslash.
fn with_heads_as_they_come(headers: &HeaderMap, content_type: &str) -> HeaderMap {
    let mut headers = headers.clone();
    let general = content_type.trim_start().split_once(';').map(|(_, edge)| format!("multipart/mixed;{edge}"));
    if let Some(general) = general.and_then(|general| HeaderValue::from_str(&general).ok()) {
        headers.insert(CONTENT_TYPE, general);
    }
    headers
}

/// What the head of a part says: the field's name, and the file's where it is one. As browsers write it (HTML, 4.10.21.8): quotation
/// marks and line ends within a name come as `%22`, `%0D`, `%0A`, everything else as it is, in UTF-8.
fn named(head: &HeaderValue) -> Option<(String, Option<String>)> {
    let head = String::from_utf8_lossy(head.as_bytes());
    let (kind, mut rest) = head.split_once(';')?;
    if !kind.trim().eq_ignore_ascii_case("form-data") {
        return None;
    }
    let (mut field, mut file) = (None, None);
    while let Some((key, value)) = rest.split_once('=') {
        let value = value.trim_start();
        let (value, after) = match value.strip_prefix('"') {
            Some(quoted) => quoted.split_once('"')?,
            None => value.split_at(value.find(';').unwrap_or(value.len())),
        };
        match key.trim() {
            key if key.eq_ignore_ascii_case("name") => field = Some(value.trim().to_owned()),
            key if key.eq_ignore_ascii_case("filename") => file = Some(value.to_owned()),
            _ => {}
        }
        rest = after.trim_start().trim_start_matches(';');
    }
    Some((field?, file))
}

async fn receive(mut parts: Multipart) -> Result<Upload, AppError> {
    let unreadable = |error: actix_multipart::MultipartError| AppError::Unreadable(error.to_string());
    let (mut fields, mut typed) = (Vec::new(), 0);
    let (mut file, mut is_too_large) = (None, false);
    while let Some(mut field) = parts.try_next().await.map_err(unreadable)? {
        let head = field.headers().get(CONTENT_DISPOSITION).and_then(named);
        let (name, file_name) = head.ok_or_else(|| AppError::Unreadable("a part without a name".to_owned()))?;
        let limit = if file_name.is_some() { MAX_BYTES } else { FORM_LIMIT.saturating_sub(typed) };
        let mut bytes = Vec::new();
        let mut is_over = false;
        while let Some(chunk) = field.next().await {
            let chunk = chunk.map_err(unreadable)?;
            // The rest is read but not kept: a browser shows no answer while it is still sending.
            is_over |= bytes.len() + chunk.len() > limit;
            if !is_over {
                bytes.extend_from_slice(&chunk);
            }
        }
        match file_name {
            _ if is_over && file_name.is_none() => return Err(AppError::TooLarge),
            Some(_) if is_over => is_too_large = true,
            // What a browser sends where no file was chosen.
            Some(file_name) if file_name.is_empty() && bytes.is_empty() => {}
            Some(file_name) => {
                // Among the fields, so that the form's key is bound to this very file: sent again with another one, it is refused.
                fields.push((name, format!("{file_name} {:x}", Sha256::digest(&bytes))));
                file = Some(Received { name: file_name, bytes });
            }
            None => {
                typed += bytes.len();
                fields.push((name, String::from_utf8_lossy(&bytes).into_owned()));
            }
        }
    }
    Ok(Upload { posted: Posted::new(Fields::new(fields)), file, is_too_large })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_part_is_named_as_browsers_name_it() {
        let of = |head: &'static [u8]| named(&HeaderValue::from_bytes(head).expect("a header"));
        let is = |field: &str, file: &str| Some((field.to_owned(), Some(file.to_owned())));
        assert_eq!(of(b"form-data; name=\"message\""), Some(("message".to_owned(), None)));
        assert_eq!(of(b"form-data; name=\"file\"; filename=\"\""), is("file", ""));
        assert_eq!(of(b"form-data; name=\"file\"; filename=\"C:\\scan\\a;b=c.pdf\""), is("file", "C:\\scan\\a;b=c.pdf"));
        assert_eq!(of(b"Form-Data; filename=\"ends in\\\"; name=\"file\""), is("file", "ends in\\"));
        assert_eq!(of(b"form-data; name=file; filename=\xe5\x8a\xa0.pdf"), is("file", "加.pdf"));
        assert_eq!(of(b"form-data; name=\"file\"; filename=\"half \xe5\x8a\""), is("file", "half \u{fffd}"));
        for broken in ["", "form-data", "form-data; name=\"open", "attachment; name=\"file\"", "form-data; filename=\"a\""] {
            assert_eq!(named(&HeaderValue::from_static(broken)), None, "{broken}");
        }
    }
}
