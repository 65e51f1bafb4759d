//! Being told to stop, and what has to know of it.

use std::sync::{Condvar, Mutex, PoisonError};
use std::time::Duration;

use tokio::sync::watch;

/// Whether Tellonce was told to stop. Whoever goes on for long asks it between two things; whoever waits is woken by it.
pub struct Stopping {
    tells: watch::Sender<bool>,
    /// Held between asking whether it was told and going to rest, so that nobody misses being woken.
    asking: Mutex<()>,
    wakes: Condvar,
}

impl Default for Stopping {
    fn default() -> Self {
        Self { tells: watch::Sender::new(false), asking: Mutex::default(), wakes: Condvar::new() }
    }
}

impl Stopping {
    /// Tells it to all.
    pub fn tell(&self) {
        self.tells.send_replace(true);
        drop(self.asking.lock().unwrap_or_else(PoisonError::into_inner));
        self.wakes.notify_all();
    }

    /// Whether it was told.
    pub fn is_told(&self) -> bool {
        *self.tells.borrow()
    }

    /// Blocks for that long, or until it is told. Answers whether it is.
    pub fn rest(&self, long: Duration) -> bool {
        let asking = self.asking.lock().unwrap_or_else(PoisonError::into_inner);
        drop(self.wakes.wait_timeout_while(asking, long, |()| !self.is_told()));
        self.is_told()
    }

    /// Waits until it is told.
    pub async fn until_told(&self) {
        // Its other end is ours: it closes with us, when nobody waits any more.
        drop(self.tells.subscribe().wait_for(|told| *told).await);
    }
}

#[cfg(test)]
mod tests {
    use std::time::Instant;

    use super::*;

    #[test]
    fn whoever_rests_is_woken_when_it_is_told() {
        let stopping = Stopping::default();
        assert!(!stopping.rest(Duration::ZERO));
        std::thread::scope(|scope| {
            let resting = scope.spawn(|| {
                let began = Instant::now();
                stopping.rest(Duration::from_secs(600)) && began.elapsed() < Duration::from_secs(300)
            });
            stopping.tell();
            assert!(resting.join().expect("it does not panic"));
        });
        assert!(stopping.is_told());
    }
}
