//! The only Diesel calls. SQLite and PostgreSQL behind one enum; `dialect` holds every difference between them.
//!
//! - All reading and writing happens in a [`Tx`], which [`Store::read`] and [`Store::write`] give.
//! - Who may do something to a thing is asked by the scoped look-ups (`for_edit`, `to_look`, …); their answer is a
//!   [`permit::Permit`], and the functions that read and write take it.
//! - **Every table is evidence unless it is named `aux_…`** (sessions, counters, drafts: what may be lost or rebuilt). Evidence
//!   is written as aggregates, by one function per noun, which writes the ledger row too; there is no other way.
//! - Keys of evidence come from one sequence ([`Tx::fresh_id`]), so that a key alone names a thing.
//!
//! The store never reads a clock: `now` is given when a transaction begins.

pub mod against;
pub mod agreements;
pub mod api_tokens;
pub mod asks;
pub mod attachments;
pub mod backups;
pub mod bucket;
pub mod changes;
pub mod clauses;
pub mod condition;
pub mod contacts;
pub mod contracts;
pub mod contradictions;
pub mod credit_claims;
pub mod deadlines;
pub mod dialect;
pub mod dossier;
pub mod entries;
mod error;
mod evidence;
pub mod exports;
pub mod feeds;
pub mod files;
pub mod history;
pub mod house;
pub mod idempotency;
pub mod incidents;
pub mod keyring;
pub mod ledger;
pub mod live;
pub mod mail_files;
pub mod morning;
pub mod news;
pub mod notices;
pub mod openings;
pub mod outbox;
pub mod overview;
pub mod papers;
pub mod people;
pub mod permit;
mod place;
mod pool;
pub mod promises;
pub mod provider_records;
pub mod providers;
pub mod reminders;
mod replicas;
pub mod replies;
mod rows;
pub mod ruled_out;
mod schema;
pub mod seals;
pub mod search;
pub mod second_factors;
pub mod security;
pub mod sessions;
pub mod setup;
pub mod shares;
mod standing;
pub mod statements;
#[cfg(test)]
mod testing;
#[cfg(test)]
mod tests;
pub mod throttle;
pub mod tickets;
pub mod transfer;
mod turnstile;
mod types;
mod url;
pub mod verdicts;
pub mod verify;
pub mod webhook_deliveries;
pub mod webhooks;

use std::collections::BTreeSet;
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::sync::Arc;

pub use error::{Denied, StoreError};
pub use url::{BadDatabaseUrl, DatabaseUrl};

use crate::domain::id::{Id, Uid};
use crate::domain::incident::Incident;
use crate::domain::moment::Stamp;
use dialect::{AnyConnection, Purpose};
use pool::Connections;

/// The answer of the store.
pub type Result<T> = std::result::Result<T, StoreError>;

/// The database. Cheap to clone; every call blocks, so it belongs on a blocking thread.
#[derive(Clone)]
pub struct Store(Arc<Shared>);

/// What all clones of a store have in common.
struct Shared {
    connections: Connections,
    kept: dossier::Kept,
    news: news::News,
}

impl Store {
    /// Opens the database; SQLite's file is made if it is not there. The tables are as they are: see [`Store::migrate`].
    ///
    /// # Errors
    /// [`StoreError::Open`].
    pub fn open(url: &DatabaseUrl) -> Result<Self> {
        Self::open_with(url, &[])
    }

    /// The same, with servers that follow it and answer reads.
    ///
    /// # Errors
    /// [`StoreError::Open`].
    pub fn open_with(url: &DatabaseUrl, replicas: &[DatabaseUrl]) -> Result<Self> {
        let connections = Connections::open(url, replicas)?;
        Ok(Self(Arc::new(Shared { connections, kept: dossier::Kept::default(), news: news::News::default() })))
    }

    /// Brings the tables up to date.
    ///
    /// # Errors
    /// [`StoreError::Migrate`]; [`StoreError::Moved`] and [`StoreError::Unfinished`] where the record is not here.
    pub fn migrate(&self) -> Result<()> {
        let is_empty = self.0.connections.with(Purpose::Write, |conn| {
            place::is_here(conn)?;
            dialect::migrate(conn)?;
            search::is_empty(conn)
        })?;
        // What is derived is written at no time of its own.
        if is_empty { self.write(Stamp::UNIX_EPOCH, search::make_if_empty) } else { Ok(()) }
    }

    /// Runs `f` in a transaction that may write, at the time `now`. It lasts if `f` returns `Ok`, and leaves no trace if not.
    /// Transactions never nest.
    ///
    /// # Errors
    /// What `f` returns, and [`StoreError`] where the transaction cannot begin or end.
    pub fn write<T, E: From<StoreError>>(
        &self,
        now: Stamp,
        f: impl for<'tx> FnOnce(&mut Tx<'tx>) -> std::result::Result<T, E>,
    ) -> std::result::Result<T, E> {
        self.write_even_elsewhere(now, |tx| {
            // Asked each time: a server that goes on while the record moves away must not take what nobody would find.
            place::is_still_here(tx.conn())?;
            f(tx)
        })
    }

    /// The same, also where the record is not here.
    fn write_even_elsewhere<T, E: From<StoreError>>(
        &self,
        now: Stamp,
        f: impl for<'tx> FnOnce(&mut Tx<'tx>) -> std::result::Result<T, E>,
    ) -> std::result::Result<T, E> {
        self.0.connections.with(Purpose::Write, |conn| transact(conn, Purpose::Write, (now, None), f))
    }

    /// Whether it would answer, and take what is written: the record must not have moved away.
    ///
    /// # Errors
    /// [`StoreError::Moved`], [`StoreError::Unfinished`], and as for [`Store::read`].
    pub fn ready(&self, now: Stamp) -> Result<()> {
        self.read(now, |tx| place::is_still_here(tx.conn()))
    }

    /// Runs `f` in a transaction that sees one state of everything and can write nothing, at the time `now`.
    ///
    /// # Errors
    /// As for [`Store::write`].
    pub fn read<T, E: From<StoreError>>(
        &self,
        now: Stamp,
        f: impl for<'tx> FnOnce(&mut Tx<'tx>) -> std::result::Result<T, E>,
    ) -> std::result::Result<T, E> {
        self.0.connections.with(Purpose::Read, |conn| transact(conn, Purpose::Read, (now, Some(&self.0.kept)), f))
    }
}

fn transact<T, E: From<StoreError>>(
    conn: &mut AnyConnection,
    purpose: Purpose,
    (now, kept): (Stamp, Option<&dossier::Kept>),
    f: impl for<'tx> FnOnce(&mut Tx<'tx>) -> std::result::Result<T, E>,
) -> std::result::Result<T, E> {
    dialect::begin(conn, purpose).map_err(StoreError::from)?;
    let outcome = catch_unwind(AssertUnwindSafe(|| {
        let mut tx = Tx { conn: &mut *conn, now, kept, touched: BTreeSet::new(), brand: std::marker::PhantomData };
        let value = f(&mut tx)?;
        let touched = std::mem::take(&mut tx.touched);
        touched.into_iter().try_for_each(|incident| standing::refresh(tx.conn, incident))?;
        Ok(value)
    }));
    match outcome {
        Ok(Ok(value)) => {
            let committed = dialect::commit(conn);
            if committed.is_err() {
                undo(conn);
            }
            committed.map_err(StoreError::from)?;
            Ok(value)
        }
        Ok(Err(refused)) => {
            undo(conn);
            Err(refused)
        }
        Err(panic) => {
            undo(conn);
            resume_unwind(panic)
        }
    }
}

/// Rolls back. Where that fails the connection is broken, and with it the transaction is gone; another one is opened for the next.
/// What the caller has to know is why it came to that.
fn undo(conn: &mut AnyConnection) {
    if let Err(error) = dialect::rollback(conn) {
        tracing::error!(%error, "a transaction could not be rolled back; its connection is given up");
    }
}

/// One transaction. Its lifetime is its own: what carries it (a [`permit::Permit`]) cannot leave.
pub struct Tx<'tx> {
    conn: &'tx mut AnyConnection,
    now: Stamp,
    kept: Option<&'tx dossier::Kept>,
    /// The incidents to whose chains it has written.
    touched: BTreeSet<Id<Incident>>,
    brand: permit::Brand<'tx>,
}

impl<'tx> Tx<'tx> {
    /// The dossiers read before; none where this transaction may write.
    const fn kept(&self) -> Option<&'tx dossier::Kept> {
        self.kept
    }

    /// When this transaction happens.
    pub const fn now(&self) -> Stamp {
        self.now
    }

    /// A key for a thing about to be written, given to nothing else ever.
    ///
    /// # Errors
    /// [`StoreError::Database`].
    pub fn fresh_id<T>(&mut self) -> Result<Id<T>> {
        Ok(Id::new(dialect::next_id(self.conn)?))
    }

    /// A uid for a thing about to be written.
    ///
    /// # Errors
    /// [`StoreError::Random`].
    pub fn fresh_uid(&mut self) -> Result<Uid> {
        let millis = u64::try_from(self.now.timestamp_millis()).unwrap_or(0);
        Ok(Uid::from_parts(millis, random()?))
    }

    /// Something is written to that incident's chain.
    fn touch(&mut self, incident: Id<Incident>) {
        self.touched.insert(incident);
    }

    fn conn(&mut self) -> &mut AnyConnection {
        self.conn
    }
}

/// Random bytes from the operating system.
fn random<const N: usize>() -> Result<[u8; N]> {
    let mut bytes = [0; N];
    getrandom::fill(&mut bytes).map_err(StoreError::Random)?;
    Ok(bytes)
}

/// A change of a revision must have found the one before it.
fn one_row(changed: usize) -> Result<()> {
    if changed == 1 { Ok(()) } else { Err(StoreError::Stale) }
}

/// A permit is for one thing and its parts; what is written under it must be of that thing.
fn same<T>(permitted: Id<T>, written: Id<T>) -> Result<()> {
    if permitted == written { Ok(()) } else { Err(Denied::Forbidden.into()) }
}
