//! Replicas: servers that follow the one that takes our writes, and answer reads for it, never from before what was acknowledged.
//!
//! Before each read the server is asked how far its log has been written; a replica that has taken over that much may answer, since it
//! knows then of every write that anybody was told of, in whichever process. One that has not, after a moment, is passed over. Where the
//! server itself does not answer, a replica does as far as it knows: reading goes on, and writing is refused as ever.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use super::dialect::{self, AnyConnection, Purpose};
use super::error::StoreError;
use super::pool::{self, Checked};
use super::url::DatabaseUrl;

/// How long a replica may still take to catch up.
const CATCHES_UP_WITHIN: Duration = Duration::from_millis(10);
/// How long it rests between two looks whether it has.
const LOOK_EVERY: Duration = Duration::from_millis(1);
/// How long a server that does not answer is left alone.
const LEFT_ALONE: Duration = Duration::from_secs(5);
/// How long a connection is waited for.
const PATIENCE: Duration = Duration::from_secs(2);

/// The servers that follow one.
#[derive(Default)]
pub struct Replicas {
    all: Vec<Replica>,
    /// Whose turn it is.
    turn: AtomicUsize,
    /// Of the server itself.
    silence: Silence,
}

struct Replica {
    name: String,
    pool: pool::Pooled,
    silence: Silence,
}

/// Until when a server that did not answer is left alone.
#[derive(Default)]
struct Silence(Mutex<Option<Instant>>);

impl Silence {
    fn lasts(&self) -> bool {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).is_some_and(|until| until > Instant::now())
    }

    fn begin(&self, name: &str, error: &dyn std::fmt::Display) {
        tracing::warn!(server = name, %error, "it does not answer; others do for a while");
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = Some(Instant::now() + LEFT_ALONE);
    }
}

impl Replica {
    /// A connection to it, if it answers.
    fn connection(&self) -> Option<Checked> {
        if self.silence.lasts() {
            return None;
        }
        self.pool.get().inspect_err(|error| self.silence.begin(&self.name, error)).ok()
    }

    /// A connection to it, if it knows what was written up to there.
    fn that_knows(&self, position: &str) -> Option<Checked> {
        let mut conn = self.connection()?;
        let until = Instant::now() + CATCHES_UP_WITHIN;
        loop {
            match dialect::has_reached(&mut conn, position) {
                Ok(true) => return Some(conn),
                Ok(false) if Instant::now() < until => std::thread::sleep(LOOK_EVERY),
                Ok(false) => return None,
                Err(error) => {
                    self.silence.begin(&self.name, &error);
                    return None;
                }
            }
        }
    }
}

impl Replicas {
    /// Those at these addresses. None of them need answer yet.
    pub fn of(urls: &[DatabaseUrl]) -> Self {
        let replica = |url| Replica {
            name: DatabaseUrl::name(url),
            pool: pool::pool(url, Purpose::Read, PATIENCE),
            silence: Silence::default(),
        };
        Self { all: urls.iter().map(replica).collect(), turn: AtomicUsize::new(0), silence: Silence::default() }
    }

    /// How many there are.
    pub const fn count(&self) -> usize {
        self.all.len()
    }

    /// One that may answer a read, beginning with the one whose turn it is. `position` is up to where it must know; none: nobody can
    /// say, and any is better than none.
    fn answering(&self, position: Option<&str>) -> Option<Checked> {
        let first = self.turn.fetch_add(1, Ordering::Relaxed);
        let in_turn = (0..self.all.len()).filter_map(|n| self.all.get((first + n) % self.all.len()));
        in_turn.into_iter().find_map(|replica| position.map_or_else(|| replica.connection(), |at| replica.that_knows(at)))
    }

    /// Runs `f` with a connection for reading: to a replica where one knows enough, else to the server itself.
    ///
    /// # Errors
    /// [`StoreError::Away`] where nobody answers, and what `f` returns.
    pub fn read<T, E: From<StoreError>>(
        &self,
        server: &pool::Pooled,
        f: impl FnOnce(&mut AnyConnection) -> Result<T, E>,
    ) -> Result<T, E> {
        match self.where_it_stands(server) {
            Ok((mut conn, position)) => match self.answering(Some(&position)) {
                Some(mut replica) => {
                    drop(conn);
                    f(&mut replica)
                }
                None => f(&mut conn),
            },
            Err(error) => match self.answering(None) {
                Some(mut replica) => f(&mut replica),
                None => Err(error.into()),
            },
        }
    }

    /// A connection to the server itself, and how far its log has been written.
    fn where_it_stands(&self, server: &pool::Pooled) -> Result<(Checked, String), StoreError> {
        let away = |error: &dyn std::fmt::Display| StoreError::Away(error.to_string());
        if self.silence.lasts() {
            return Err(away(&"it did not a moment ago"));
        }
        let mut conn = server.get_timeout(PATIENCE).map_err(|error| {
            self.silence.begin("the server itself", &error);
            away(&error)
        })?;
        let position = dialect::written_to(&mut conn)?;
        Ok((conn, position))
    }
}
