//! Slow work in its turn: few at once, and nobody waits for long. Where more is asked for than can be done, those who come last are told
//! so (503, with the time after which to come again), instead of all of them waiting ever longer.

use std::sync::{Arc, LazyLock};
use std::time::Duration;

use tokio::sync::{OwnedSemaphorePermit, Semaphore, oneshot};
use tokio::time::timeout;

use super::answer::fault;
use crate::app::stand_back;
use crate::error::AppError;

/// How long anybody waits for their turn.
const PATIENCE: Duration = Duration::from_secs(10);

/// How many reads, and how many writes, are under way at once: each holds a thread and what it has read. Writers who queue for the
/// database keep no reader waiting.
const READS: usize = 128;
const WRITES: usize = 64;

static READING: LazyLock<Arc<Semaphore>> = LazyLock::new(|| Arc::new(Semaphore::new(READS)));
static WRITING: LazyLock<Arc<Semaphore>> = LazyLock::new(|| Arc::new(Semaphore::new(WRITES)));

/// A place among few.
///
/// # Errors
/// [`AppError::Busy`] where there is none in time.
async fn place(among: &Arc<Semaphore>) -> Result<OwnedSemaphorePermit, AppError> {
    match timeout(PATIENCE, among.clone().acquire_owned()).await {
        Ok(place) => place.map_err(fault),
        Err(_) => Err(AppError::Busy("too many wait already".to_owned())),
    }
}

/// Runs `f` when there is a place for it, which it holds until it is done, on a thread that stands back for all others.
///
/// # Errors
/// [`AppError::Busy`] where there is none in time.
pub(super) async fn aside<T: Send + 'static>(
    places: Arc<Semaphore>,
    f: impl FnOnce() -> T + Send + 'static,
) -> Result<T, AppError> {
    let place = place(&places).await?;
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

/// Runs `f` on a blocking thread when there is a place for it, which it holds until it is done. It goes on to its end even if nobody
/// waits for it any more.
///
/// # Errors
/// [`AppError::Busy`] where there is none in time.
pub(super) async fn in_turn<T: Send + 'static>(
    places: Arc<Semaphore>,
    f: impl FnOnce() -> T + Send + 'static,
) -> Result<T, AppError> {
    let place = place(&places).await?;
    let work = move || {
        let made = f();
        drop(place);
        made
    };
    actix_web::web::block(work).await.map_err(|_| AppError::Fault("a use case ended in a panic".to_owned()))
}

/// Runs what reads, or reckons, on a blocking thread.
///
/// # Errors
/// As for [`in_turn`].
pub(super) async fn blocking<T: Send + 'static>(f: impl FnOnce() -> T + Send + 'static) -> Result<T, AppError> {
    in_turn(READING.clone(), f).await
}

/// Runs what writes on a blocking thread.
///
/// # Errors
/// As for [`in_turn`].
pub(super) async fn writing<T: Send + 'static>(f: impl FnOnce() -> T + Send + 'static) -> Result<T, AppError> {
    in_turn(WRITING.clone(), f).await
}
