//! Forms that bring a file, or more text than the URL encoding carries.

use actix_multipart::Multipart;
use actix_web::dev::Payload;
use actix_web::http::header::{CONTENT_DISPOSITION, CONTENT_TYPE, HeaderMap, HeaderValue};
use actix_web::{FromRequest, HttpRequest};
use futures_util::future::LocalBoxFuture;
use futures_util::{StreamExt, TryStreamExt};
use sha2::{Digest, Sha256};

use super::extract::{FORM_DEADLINE, FORM_LIMIT, Posted, Visit};
use super::forms::Fields;
use super::pace::in_time;
use super::visit::Failure;
use crate::error::AppError;
use crate::intake::files::MAX_BYTES;

/// What a part counts for beside its bytes and its names: it is held, however short.
const PART: usize = 64;

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

    /// No file is held for a stranger, or for one who may not come this way; what was typed is, so that it can wait for a login.
    fn from_request(req: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let visit = Visit::from_request(req, payload);
        let (req, mut payload) = (req.clone(), payload.take());
        Box::pin(async move {
            if multipart(&req).is_none() {
                return Self::typed(&req, &mut payload).await;
            }
            let may = visit.await?.is_let_in().await;
            let upload = Self::receive(&req, &mut payload, matches!(may, Ok(true))).await?;
            may.map(|_| upload)
        })
    }
}

impl Upload {
    /// Reads the form of somebody who is known to be let in.
    ///
    /// # Errors
    /// Where it cannot be read, comes too slowly, or has more typed in it than is taken.
    pub async fn whole(req: &HttpRequest, payload: &mut Payload) -> Result<Self, Failure> {
        Self::receive(req, payload, true).await
    }

    /// Reads what was typed in it alone.
    ///
    /// # Errors
    /// As for [`Upload::whole`].
    pub async fn typed(req: &HttpRequest, payload: &mut Payload) -> Result<Self, Failure> {
        Self::receive(req, payload, false).await
    }

    async fn receive(req: &HttpRequest, payload: &mut Payload, keeps_file: bool) -> Result<Self, Failure> {
        let Some(content_type) = multipart(req) else {
            return Ok(Self { posted: Posted::from_request(req, payload).await?, file: None, is_too_large: false });
        };
        let headers = with_heads_as_they_come(req.headers(), content_type);
        let receive = move |payload| receive(Multipart::new(&headers, payload), keeps_file);
        Ok(in_time(payload.take(), FORM_DEADLINE * 5, receive).await?)
    }
}

/// How the parts of a form are told apart, where it comes in parts.
fn multipart(req: &HttpRequest) -> Option<&str> {
    let content_type = req.headers().get(CONTENT_TYPE)?.to_str().ok()?;
    content_type.trim_start().to_ascii_lowercase().starts_with("multipart/").then_some(content_type)
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

async fn receive(mut parts: Multipart, keeps_file: bool) -> Result<Upload, AppError> {
    let unreadable = |error: actix_multipart::MultipartError| AppError::Unreadable(error.to_string());
    let (mut fields, mut typed) = (Vec::new(), 0);
    let (mut file, mut is_too_large) = (None, false);
    while let Some(mut field) = parts.try_next().await.map_err(unreadable)? {
        let head = field.headers().get(CONTENT_DISPOSITION).and_then(named);
        let (name, file_name) = head.ok_or_else(|| AppError::Unreadable("a part without a name".to_owned()))?;
        typed += name.len() + file_name.as_ref().map_or(0, String::len) + PART;
        if typed > FORM_LIMIT {
            return Err(AppError::TooLarge);
        }
        let is_dropped = file_name.is_some() && !keeps_file;
        let limit = if file_name.is_some() { MAX_BYTES } else { FORM_LIMIT - typed };
        let mut bytes = Vec::new();
        let mut is_over = is_dropped;
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
            Some(_) if is_over => is_too_large |= !is_dropped,
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
    use actix_web::error::PayloadError;
    use actix_web::web::Bytes;
    use futures_util::stream;

    use super::*;

    fn part(name: &str, file: Option<&str>, body: &str) -> String {
        let file = file.map(|file| format!("; filename=\"{file}\"")).unwrap_or_default();
        format!("--edge\r\ncontent-disposition: form-data; name=\"{name}\"{file}\r\n\r\n{body}\r\n")
    }

    fn received(parts: &str, keeps_file: bool) -> Result<Upload, AppError> {
        let mut headers = HeaderMap::new();
        headers.insert(CONTENT_TYPE, HeaderValue::from_static("multipart/mixed; boundary=edge"));
        let body = Bytes::from(format!("{parts}--edge--\r\n"));
        let body = stream::iter([Ok::<_, PayloadError>(body)]);
        actix_web::rt::System::new().block_on(receive(Multipart::new(&headers, body), keeps_file))
    }

    #[test]
    fn of_a_stranger_only_what_was_typed_is_kept() {
        let parts = part("text", None, "typed") + &part("file", Some("a.txt"), "bytes");
        let known = received(&parts, true).expect("it is read");
        assert!(known.file.is_some_and(|file| file.bytes == b"bytes"));
        let strange = received(&parts, false).expect("it is read");
        assert!(strange.file.is_none() && !strange.is_too_large);
        assert_eq!(strange.posted.fields, Fields::new(vec![("text".to_owned(), "typed".to_owned())]));
    }

    #[test]
    fn what_the_parts_are_called_counts() {
        let name = "a".repeat(1_000);
        let parts: String = (0..FORM_LIMIT / 1_000).map(|_| part("file", Some(&name), "")).collect();
        assert!(matches!(received(&parts, true), Err(AppError::TooLarge)));
    }

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
