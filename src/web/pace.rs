//! How fast a body must come. A deadline alone either cuts off a phone on a bad line or leaves whoever sends a byte a second holding a
//! connection for as long; so what comes is counted, and after a while of grace it must come faster than any line that is alive.

use std::cell::Cell;
use std::future::Future;
use std::pin::{Pin, pin};
use std::rc::Rc;
use std::task::{Context, Poll};
use std::time::Duration;

use actix_web::error::PayloadError;
use actix_web::rt::time::interval;
use actix_web::web::Bytes;
use futures_util::Stream;
use futures_util::future::{Either, select};

use crate::error::AppError;

/// For how long a body may come as slowly as it likes, in seconds.
const GRACE: usize = 15;
/// How many bytes must have come for each second after that: a tenth of what the slowest telephone line carried.
const PER_SECOND: usize = 600;

/// A body on its way, whose bytes are counted.
pub struct Paced<S> {
    payload: S,
    arrived: Rc<Cell<usize>>,
}

impl<S: Stream<Item = Result<Bytes, PayloadError>> + Unpin> Stream for Paced<S> {
    type Item = S::Item;

    fn poll_next(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<S::Item>> {
        let next = Pin::new(&mut self.payload).poll_next(cx);
        if let Poll::Ready(Some(Ok(chunk))) = &next {
            self.arrived.set(self.arrived.get() + chunk.len());
        }
        next
    }
}

/// Reads a body by `read`, which may take `at_most` so long, and not that long where nearly nothing comes.
///
/// # Errors
/// [`AppError::TooSlow`], and what `read` returns.
pub async fn in_time<S, T, F>(payload: S, at_most: Duration, read: impl FnOnce(Paced<S>) -> F) -> Result<T, AppError>
where
    F: Future<Output = Result<T, AppError>>,
{
    let arrived = Rc::new(Cell::new(0));
    let reading = pin!(read(Paced { payload, arrived: arrived.clone() }));
    let mut seconds = 0;
    let mut clock = interval(Duration::from_secs(1));
    let watching = pin!(async {
        while Duration::from_secs(seconds as u64) <= at_most && arrived.get() >= due(seconds) {
            clock.tick().await;
            seconds += 1;
        }
    });
    match select(reading, watching).await {
        Either::Left((read, _)) => read,
        Either::Right(_) => Err(AppError::TooSlow),
    }
}

/// How many bytes must have come after so many seconds.
const fn due(seconds: usize) -> usize {
    seconds.saturating_sub(GRACE) * PER_SECOND
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_byte_a_second_is_cut_off_soon_and_a_bad_line_never() {
        let cut_off = |per_second: usize| (0..300).find(|seconds| seconds * per_second < due(*seconds));
        assert_eq!(cut_off(1), Some(GRACE + 1));
        assert_eq!(cut_off(PER_SECOND), None);
    }
}
