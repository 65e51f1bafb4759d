//! Connections: who gets one, and in which order.

use std::sync::{Arc, Condvar, Mutex, PoisonError};
use std::time::Duration;

use diesel::prelude::*;
use diesel::r2d2::{ManageConnection, Pool, PooledConnection};
use scheduled_thread_pool::ScheduledThreadPool;

use super::dialect::{self, AnyConnection, Purpose};
use super::error::StoreError;
use super::replicas::Replicas;
use super::turnstile::Turnstile;
use super::url::DatabaseUrl;

/// How long a reader, or a writer to PostgreSQL, waits for a free connection.
const PATIENCE: Duration = Duration::from_secs(20);

/// How many connections a pool opens at most.
const POOL_SIZE: u32 = 8;

/// Connections that are opened when they are needed, and kept.
pub type Pooled = Pool<Opener>;

/// One of them, in use.
pub type Checked = PooledConnection<Opener>;

/// Opens connections for a pool.
#[derive(Debug)]
pub struct Opener {
    url: DatabaseUrl,
    purpose: Purpose,
}

impl ManageConnection for Opener {
    type Connection = AnyConnection;
    type Error = StoreError;

    fn connect(&self) -> Result<AnyConnection, StoreError> {
        dialect::connect(&self.url, self.purpose)
    }

    fn is_valid(&self, conn: &mut AnyConnection) -> Result<(), StoreError> {
        diesel::sql_query("SELECT 1").execute(conn)?;
        Ok(())
    }

    fn has_broken(&self, conn: &mut AnyConnection) -> bool {
        dialect::is_broken(conn)
    }
}

/// The one writer of this process, and its way to the pen that all processes share.
pub struct Writer {
    conn: AnyConnection,
    turnstile: Turnstile,
}

/// All connections to one database.
pub enum Connections {
    /// SQLite: many readers, and one writer whom all queue for.
    OneWriter {
        /// Readers.
        readers: Pooled,
        /// The writer.
        writer: Queue<Writer>,
        /// Where to open another one, should this one break.
        url: DatabaseUrl,
    },
    /// PostgreSQL: the server keeps writers apart; others may follow it and answer reads.
    Server {
        /// The server itself.
        server: Pooled,
        /// Those that follow it.
        replicas: Replicas,
        /// Where to open another connection.
        url: DatabaseUrl,
    },
}

impl Connections {
    /// Opens the database, and names those that follow it.
    ///
    /// # Errors
    /// [`StoreError::Open`].
    pub fn open(url: &DatabaseUrl, replicas: &[DatabaseUrl]) -> Result<Self, StoreError> {
        match url {
            DatabaseUrl::Sqlite(path) => {
                // The writer first: it makes the file.
                let conn = dialect::connect(url, Purpose::Write)?;
                let turnstile = Turnstile::of(path).map_err(|error| StoreError::Open(format!("{}: {error}", path.display())))?;
                let writer = Queue::new(Writer { conn, turnstile });
                Ok(Self::OneWriter { readers: pool(url, Purpose::Read, PATIENCE), writer, url: url.clone() })
            }
            DatabaseUrl::Postgres(_) => {
                let server = pool(url, Purpose::Write, PATIENCE);
                // Whether the server answers is found out now, and said in its words.
                drop(dialect::connect(url, Purpose::Write)?);
                Ok(Self::Server { server, replicas: Replicas::of(replicas), url: url.clone() })
            }
        }
    }

    /// Runs `f` with a connection for `purpose`.
    ///
    /// # Errors
    /// [`StoreError::Away`] where none is free in time, and what `f` returns.
    pub fn with<T, E: From<StoreError>>(
        &self,
        purpose: Purpose,
        f: impl FnOnce(&mut AnyConnection) -> Result<T, E>,
    ) -> Result<T, E> {
        match self {
            Self::OneWriter { writer, url, .. } if purpose == Purpose::Write => writer.wait(|Writer { conn, turnstile }| {
                let _turn = turnstile.wait()?;
                if dialect::is_broken(conn) {
                    *conn = dialect::connect(url, purpose)?;
                }
                f(conn)
            }),
            Self::Server { server, replicas, .. } if purpose == Purpose::Read && replicas.count() > 0 => replicas.read(server, f),
            Self::OneWriter { readers: pool, .. } | Self::Server { server: pool, .. } => f(&mut *Self::checkout(pool)?),
        }
    }

    /// A connection of its own, for what lasts.
    ///
    /// # Errors
    /// [`StoreError::Open`].
    pub fn another(&self, purpose: Purpose) -> Result<AnyConnection, StoreError> {
        let (Self::OneWriter { url, .. } | Self::Server { url, .. }) = self;
        dialect::connect(url, purpose)
    }

    /// A connection of that pool; it is waited for where all are in use.
    ///
    /// # Errors
    /// [`StoreError::Away`].
    pub fn checkout(pool: &Pooled) -> Result<Checked, StoreError> {
        pool.get().map_err(|error| StoreError::Away(error.to_string()))
    }
}

/// Connections to that database. A free one is waited for so long.
pub fn pool(url: &DatabaseUrl, purpose: Purpose, patience: Duration) -> Pooled {
    let remote = matches!(url, DatabaseUrl::Postgres(_));
    // Nothing is opened before it is needed, so that the start is quick.
    Pool::builder()
        .max_size(POOL_SIZE)
        .min_idle(Some(0))
        // One thread opens them, since each has memory of its own.
        .thread_pool(Arc::new(ScheduledThreadPool::new(1)))
        .connection_timeout(patience)
        .test_on_check_out(remote)
        .build_unchecked(Opener { url: url.clone(), purpose })
}

/// One thing for which all queue, served in the order in which they came. A plain lock, or the database's own waiting, lets
/// an unlucky writer starve for seconds.
pub struct Queue<T> {
    tickets: Mutex<Tickets>,
    moved_on: Condvar,
    thing: Mutex<T>,
}

#[derive(Default)]
struct Tickets {
    next: u64,
    serving: u64,
}

impl<T> Queue<T> {
    /// A queue for `thing`.
    pub fn new(thing: T) -> Self {
        Self { tickets: Mutex::default(), moved_on: Condvar::new(), thing: Mutex::new(thing) }
    }

    /// Runs `f` with the thing when it is one's turn.
    pub fn wait<R>(&self, f: impl FnOnce(&mut T) -> R) -> R {
        let _turn = self.turn();
        // A poisoned lock only says that somebody panicked; the transaction was rolled back then, and the next may go on.
        f(&mut self.thing.lock().unwrap_or_else(PoisonError::into_inner))
    }

    fn turn(&self) -> Turn<'_, T> {
        let mut tickets = self.tickets.lock().unwrap_or_else(PoisonError::into_inner);
        let mine = tickets.next;
        tickets.next += 1;
        while tickets.serving != mine {
            tickets = self.moved_on.wait(tickets).unwrap_or_else(PoisonError::into_inner);
        }
        Turn(self)
    }
}

/// One's turn; the next is served when it is dropped, also by a panic.
struct Turn<'q, T>(&'q Queue<T>);

impl<T> Drop for Turn<'_, T> {
    fn drop(&mut self) {
        self.0.tickets.lock().unwrap_or_else(PoisonError::into_inner).serving += 1;
        self.0.moved_on.notify_all();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_are_served_in_the_order_in_which_they_came() {
        let queue = Queue::new(Vec::new());
        std::thread::scope(|scope| {
            let first = queue.turn();
            for number in 0..20_u64 {
                let queue = &queue;
                scope.spawn(move || queue.wait(|served| served.push(number)));
                // The next comes only when this one stands in the queue.
                while queue.tickets.lock().unwrap_or_else(PoisonError::into_inner).next < number + 2 {
                    std::thread::yield_now();
                }
            }
            drop(first);
        });
        assert_eq!(queue.wait(|served| served.clone()), (0..20).collect::<Vec<_>>());
    }

    #[test]
    fn a_panic_lets_the_next_go_on() {
        let queue = Queue::new(1);
        let panicked = std::thread::scope(|scope| scope.spawn(|| queue.wait(|_| panic!("on purpose"))).join().is_err());
        assert!(panicked);
        assert_eq!(queue.wait(|thing| *thing), 1);
    }
}
