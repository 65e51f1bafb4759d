//! Slow work in its turn: on threads of its own, few at once.

use std::sync::Arc;

use tokio::sync::{Semaphore, oneshot};

use super::answer::fault;
use crate::app::stand_back;
use crate::error::AppError;

/// Runs `f` when there is a place for it, which it holds until it is done, on a thread that stands back for all others.
///
/// # Errors
/// [`AppError::Fault`].
pub(super) async fn aside<T: Send + 'static>(
    places: Arc<Semaphore>,
    f: impl FnOnce() -> T + Send + 'static,
) -> Result<T, AppError> {
    let place = places.acquire_owned().await.map_err(fault)?;
    let (tell, told) = oneshot::channel();
    let knock = move || {
        stand_back();
        let made = f();
        drop(place);
        // Whoever asked may have left.
        drop(tell.send(made));
    };
    std::thread::Builder::new().name("knock".to_owned()).spawn(knock).map_err(fault)?;
    told.await.map_err(fault)
}

/// Runs `f` on a blocking thread when there is a place for it, which it holds until it is done.
pub(super) async fn in_turn<T: Send + 'static>(
    places: Arc<Semaphore>,
    f: impl FnOnce() -> T + Send + 'static,
) -> Result<T, AppError> {
    let place = places.acquire_owned().await.map_err(|error| AppError::Fault(error.to_string()))?;
    blocking(move || {
        let made = f();
        drop(place);
        made
    })
    .await
}

/// Runs `f` on a blocking thread; it goes on to its end even if nobody waits for it any more.
pub(super) async fn blocking<T: Send + 'static>(f: impl FnOnce() -> T + Send + 'static) -> Result<T, AppError> {
    actix_web::web::block(f).await.map_err(|_| AppError::Fault("a use case ended in a panic".to_owned()))
}
