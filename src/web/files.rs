//! Styles, scripts and icons.

use actix_web::http::header::{CACHE_CONTROL, CONTENT_TYPE};
use actix_web::{HttpResponse, web};

use super::visit::Answer;
use crate::error::AppError;
use crate::render::assets;

/// `GET /static/{version}/{path}`
pub async fn asset(path: web::Path<(String, String)>) -> Answer {
    let (version, path) = path.into_inner();
    let asset = assets::find(&version, &path).ok_or(AppError::NotFound)?;
    let kept = if asset.immutable { "public, max-age=31536000, immutable" } else { "no-cache" };
    Ok(HttpResponse::Ok()
        .insert_header((CONTENT_TYPE, asset.mime))
        .insert_header((CACHE_CONTROL, kept))
        .body(asset.bytes.into_owned()))
}

/// `GET /robots.txt`: nothing here is for search engines.
pub async fn robots() -> Answer {
    let asset = assets::find("", "robots.txt").ok_or(AppError::NotFound)?;
    Ok(HttpResponse::Ok().insert_header((CONTENT_TYPE, asset.mime)).body(asset.bytes.into_owned()))
}
