//! Forms that bring a file, or more text than the URL encoding carries.

use actix_multipart::Multipart;
use actix_web::dev::Payload;
use actix_web::http::header::CONTENT_TYPE;
use actix_web::{FromRequest, HttpRequest};
use futures_util::future::LocalBoxFuture;
use futures_util::{StreamExt, TryStreamExt};
use sha2::{Digest, Sha256};

use super::extract::{FORM_DEADLINE, FORM_LIMIT, Posted};
use super::forms::Fields;
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
            let parts = Multipart::new(req.headers(), payload.take());
            return Box::pin(async move {
                let received = actix_web::rt::time::timeout(FORM_DEADLINE * 5, receive(parts)).await;
                Ok(received.map_err(|_| AppError::TooSlow)??)
            });
        }
        let posted = Posted::from_request(req, payload);
        Box::pin(async move { Ok(Self { posted: posted.await?, file: None, is_too_large: false }) })
    }
}

async fn receive(mut parts: Multipart) -> Result<Upload, AppError> {
    let unreadable = |error: actix_multipart::MultipartError| AppError::Unreadable(error.to_string());
    let (mut fields, mut typed) = (Vec::new(), 0);
    let (mut file, mut is_too_large) = (None, false);
    while let Some(mut field) = parts.try_next().await.map_err(unreadable)? {
        let name = field.name().unwrap_or_default().to_owned();
        let file_name = field.content_disposition().and_then(|disposition| disposition.get_filename()).map(str::to_owned);
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
