//! Every difference between the two databases. Elsewhere in the store a query is built once and runs on both.

pub mod bulk;

use std::path::Path;

use diesel::backend::Backend;
use diesel::connection::{AnsiTransactionManager, SimpleConnection, TransactionManager};
use diesel::migration::{MigrationSource, MigrationVersion};
use diesel::pg::PgConnection;
use diesel::prelude::*;
use diesel::result::{DatabaseErrorKind, QueryResult};
use diesel::sql_types::{BigInt, Text};
use diesel::sqlite::SqliteConnection;
use diesel_migrations::{EmbeddedMigrations, MigrationHarness, embed_migrations};

use super::error::StoreError;
use super::schema::ledger_heads;
use super::url::DatabaseUrl;
use crate::domain::ledger::{Chain, Digest};

const SQLITE_MIGRATIONS: EmbeddedMigrations = embed_migrations!("migrations/sqlite");
const POSTGRES_MIGRATIONS: EmbeddedMigrations = embed_migrations!("migrations/postgres");

/// A connection to either database.
#[derive(diesel::MultiConnection)]
pub enum AnyConnection {
    /// The embedded database.
    Sqlite(SqliteConnection),
    /// A server.
    Postgres(PgConnection),
}

/// Compiles the same words once for each database: for what cannot be said on the enum (`on_conflict`, batch inserts).
macro_rules! both {
    ($conn:expr, |$c:ident| $body:expr) => {
        match $conn {
            $crate::store::dialect::AnyConnection::Sqlite($c) => $body,
            $crate::store::dialect::AnyConnection::Postgres($c) => $body,
        }
    };
}
pub(super) use both;

/// What a connection is opened for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Purpose {
    /// Reading; SQLite then refuses every write.
    Read,
    /// Reading and writing.
    Write,
}

/// Opens one connection and sets what every connection needs.
///
/// # Errors
/// [`StoreError::Open`].
pub fn connect(url: &DatabaseUrl, purpose: Purpose) -> Result<AnyConnection, StoreError> {
    match url {
        DatabaseUrl::Sqlite(path) => connect_sqlite(path, purpose).map(AnyConnection::Sqlite),
        DatabaseUrl::Postgres(url) => connect_postgres(url).map(AnyConnection::Postgres),
    }
}

fn connect_sqlite(path: &Path, purpose: Purpose) -> Result<SqliteConnection, StoreError> {
    let open = |error: &dyn std::fmt::Display| StoreError::Open(format!("{}: {error}", path.display()));
    let name = path.to_str().ok_or_else(|| open(&"the path is not UTF-8"))?;
    if purpose == Purpose::Write {
        make_for_our_eyes(path).map_err(|error| open(&error))?;
    }
    let mut conn = SqliteConnection::establish(name).map_err(|error| open(&error))?;
    // FULL: what was acknowledged survives a loss of power, not only of the process.
    conn.batch_execute("PRAGMA busy_timeout = 10000; PRAGMA foreign_keys = ON; PRAGMA synchronous = FULL;")
        .and_then(|()| match purpose {
            Purpose::Write => conn.batch_execute("PRAGMA journal_mode = WAL;"),
            Purpose::Read => conn.batch_execute("PRAGMA query_only = ON;"),
        })
        .map_err(|error| open(&error))?;
    Ok(conn)
}

/// Makes the file so that nobody else may read it, where it is not there: SQLite gives those beside it the same permissions (SQLite
/// source, `findCreateFileMode`).
fn make_for_our_eyes(path: &Path) -> std::io::Result<()> {
    let mut options = std::fs::File::options();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    match options.open(path) {
        Err(error) if error.kind() != std::io::ErrorKind::AlreadyExists => Err(error),
        _ => Ok(()),
    }
}

fn connect_postgres(url: &str) -> Result<PgConnection, StoreError> {
    let open = |error: &dyn std::fmt::Display| StoreError::Open(error.to_string());
    let mut conn = PgConnection::establish(url).map_err(|error| open(&error))?;
    conn.batch_execute(
        "SET client_min_messages = warning; SET lock_timeout = '20s'; SET idle_in_transaction_session_timeout = '60s';",
    )
    .map_err(|error| open(&error))?;
    // Some errors are known by their words alone. Where the role may not choose the language, the server's stays.
    let in_english =
        "DO $$ BEGIN PERFORM set_config('lc_messages', 'C', false); EXCEPTION WHEN insufficient_privilege THEN NULL; END $$";
    if let Err(error) = conn.batch_execute(in_english) {
        tracing::debug!(%error, "the server's messages stay in its language");
    }
    Ok(conn)
}

/// Begins a transaction. A write in SQLite takes the write lock at once: a transaction that reads first and writes later fails
/// under concurrency. A read in PostgreSQL sees one state of everything.
pub fn begin(conn: &mut AnyConnection, purpose: Purpose) -> QueryResult<()> {
    match (conn, purpose) {
        (AnyConnection::Sqlite(c), Purpose::Write) => AnsiTransactionManager::begin_transaction_sql(c, "BEGIN IMMEDIATE"),
        (AnyConnection::Sqlite(c), Purpose::Read) => AnsiTransactionManager::begin_transaction_sql(c, "BEGIN"),
        // With a lock that all writers share, so that one can keep all others away: see `write_alone_everywhere`.
        (AnyConnection::Postgres(c), Purpose::Write) => AnsiTransactionManager::begin_transaction_sql(
            c,
            "BEGIN ISOLATION LEVEL READ COMMITTED READ WRITE; SELECT pg_advisory_xact_lock_shared(826452)",
        ),
        (AnyConnection::Postgres(c), Purpose::Read) => {
            AnsiTransactionManager::begin_transaction_sql(c, "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY")
        }
    }
}

/// Makes the transaction last.
pub fn commit(conn: &mut AnyConnection) -> QueryResult<()> {
    <AnyConnection as TransactionManager<AnyConnection>>::commit_transaction(conn)
}

/// Undoes the transaction, if one is open.
pub fn rollback(conn: &mut AnyConnection) -> QueryResult<()> {
    match <AnyConnection as TransactionManager<AnyConnection>>::rollback_transaction(conn) {
        Err(diesel::result::Error::NotInTransaction) => Ok(()),
        other => other,
    }
}

/// Whether the connection must not be used again.
pub fn is_broken(conn: &mut AnyConnection) -> bool {
    <AnyConnection as TransactionManager<AnyConnection>>::is_broken_transaction_manager(conn)
}

/// What says that somebody else was in the way: SQLITE_BUSY and SQLITE_LOCKED, then PostgreSQL's 55P03 and 40P01, of which its driver
/// gives only the words: in English, and in Japanese as far as "lock timeout" and "deadlock detected" (PostgreSQL source,
/// `src/backend/po/ja.po`), for servers that do not let us choose the language.
const IN_THE_WAY: [&str; 6] = [
    "database is locked",
    "database table is locked",
    "lock timeout",
    "deadlock detected",
    "\u{30ed}\u{30c3}\u{30af}\u{306e}\u{30bf}\u{30a4}\u{30e0}\u{30a2}\u{30a6}\u{30c8}",
    "\u{30c7}\u{30c3}\u{30c9}\u{30ed}\u{30c3}\u{30af}\u{3092}\u{691c}\u{51fa}",
];

/// Whether the database refused because somebody else was in the way: it may be tried again.
pub fn is_contention(kind: &DatabaseErrorKind, message: &str) -> bool {
    match kind {
        DatabaseErrorKind::SerializationFailure => true,
        // Neither database's driver names these.
        DatabaseErrorKind::Unknown => IN_THE_WAY.iter().any(|known| message.contains(known)),
        _ => false,
    }
}

/// Whether the connection is gone, so that nothing can be asked by it any more.
pub fn is_away(kind: &DatabaseErrorKind, message: &str) -> bool {
    // The driver names these two; what else libpq says, or a server that goes down, is known by its words alone.
    matches!(kind, DatabaseErrorKind::ClosedConnection | DatabaseErrorKind::UnableToSendCommand)
        || ["terminating connection", "server closed the connection", "no connection to the server", "could not receive data"]
            .iter()
            .any(|known| message.contains(known))
}

/// Brings the tables up to date; two processes that start at once do it one after the other.
///
/// # Errors
/// [`StoreError::Migrate`]; [`StoreError::Newer`] where a later version of Tellonce has been here.
pub fn migrate(conn: &mut AnyConnection) -> Result<(), StoreError> {
    match conn {
        AnyConnection::Sqlite(c) => run_migrations(c, SQLITE_MIGRATIONS),
        AnyConnection::Postgres(c) => {
            let failed = |error: diesel::result::Error| StoreError::Migrate(error.to_string());
            c.batch_execute("SELECT pg_advisory_lock(826451)").map_err(failed)?;
            let migrated = run_migrations(c, POSTGRES_MIGRATIONS);
            c.batch_execute("SELECT pg_advisory_unlock(826451)").map_err(failed)?;
            migrated
        }
    }
}

fn run_migrations<DB: Backend>(conn: &mut impl MigrationHarness<DB>, known: EmbeddedMigrations) -> Result<(), StoreError> {
    let failed = |error: Box<dyn std::error::Error + Send + Sync>| StoreError::Migrate(error.to_string());
    let applied = conn.applied_migrations().map_err(failed)?;
    let ours = MigrationSource::<DB>::migrations(&known).map_err(failed)?;
    let is_ours = |version: &MigrationVersion<'_>| ours.iter().any(|migration| migration.name().version() == *version);
    if let Some(theirs) = applied.iter().find(|version| !is_ours(version)) {
        return Err(StoreError::Newer(theirs.to_string()));
    }
    conn.run_pending_migrations(known).map(drop).map_err(failed)
}

/// How many steps the tables have not taken yet; all of them where there are no tables.
///
/// # Errors
/// [`StoreError::Newer`] where a later version of Tellonce has been here.
pub fn steps_to_take(conn: &mut AnyConnection) -> Result<usize, StoreError> {
    let is_begun = live_tables(conn)?.iter().any(|table| table == "ledger_heads");
    let taken = if is_begun { steps_taken(conn)? } else { Vec::new() };
    let all: Vec<String> = both!(conn, |c| c.steps())?;
    match taken.iter().find(|step| !all.contains(step)) {
        Some(theirs) => Err(StoreError::Newer(theirs.clone())),
        None => Ok(all.len() - taken.len()),
    }
}

/// Which program the database is, how it has been told to keep what it acknowledges, and what time it is there, in microseconds since
/// 1970. Of a server that follows another: that it does.
pub fn condition(conn: &mut AnyConnection) -> QueryResult<(String, bool, bool, i64)> {
    #[derive(QueryableByName)]
    struct Row {
        #[diesel(sql_type = Text)]
        program: String,
        #[diesel(sql_type = BigInt)]
        keeps: i64,
        #[diesel(sql_type = BigInt)]
        follows: i64,
        #[diesel(sql_type = BigInt)]
        micros: i64,
    }
    let sql = match conn {
        // What is acknowledged there is kept by the settings of each of our connections.
        AnyConnection::Sqlite(_) => {
            "SELECT 'SQLite ' || sqlite_version() AS program, 1 AS keeps, 0 AS follows, \
             CAST((julianday('now') - 2440587.5) * 86400000000 AS INTEGER) AS micros"
        }
        AnyConnection::Postgres(_) => {
            "SELECT 'PostgreSQL ' || current_setting('server_version') AS program, \
             (CASE WHEN current_setting('fsync') = 'on' AND current_setting('full_page_writes') = 'on' \
             AND current_setting('synchronous_commit') <> 'off' THEN 1 ELSE 0 END)::bigint AS keeps, \
             (CASE WHEN pg_is_in_recovery() THEN 1 ELSE 0 END)::bigint AS follows, \
             (extract(epoch FROM clock_timestamp()) * 1000000)::bigint AS micros"
        }
    };
    let row: Row = diesel::sql_query(sql).get_result(conn)?;
    Ok((row.program, row.keeps == 1, row.follows == 1, row.micros))
}

/// Brings the tables to where those of another place are that has taken these steps, and no further.
///
/// # Errors
/// [`StoreError::Migrate`]; [`StoreError::Newer`] where one of the steps is of a later version of Tellonce.
pub fn migrate_to(conn: &mut AnyConnection, steps: &[String]) -> Result<(), StoreError> {
    both!(conn, |c| run_some(c, steps))
}

fn run_some<DB: Backend>(conn: &mut impl Ours<DB>, steps: &[String]) -> Result<(), StoreError> {
    let failed = |error: Box<dyn std::error::Error + Send + Sync>| StoreError::Migrate(error.to_string());
    let ours = MigrationSource::<DB>::migrations(&conn.ours()).map_err(failed)?;
    let applied: Vec<String> = conn.applied_migrations().map_err(failed)?.iter().map(ToString::to_string).collect();
    for step in steps {
        let Some(migration) = ours.iter().find(|migration| migration.name().version().to_string() == *step) else {
            return Err(StoreError::Newer(step.clone()));
        };
        if !applied.contains(step) {
            conn.run_migration(migration).map_err(failed)?;
        }
    }
    Ok(())
}

/// A connection that knows the steps of its tables' history.
trait Ours<DB: Backend>: MigrationHarness<DB> {
    fn ours(&self) -> EmbeddedMigrations;

    fn steps(&self) -> Result<Vec<String>, StoreError> {
        let ours = MigrationSource::<DB>::migrations(&self.ours()).map_err(|error| StoreError::Migrate(error.to_string()))?;
        Ok(ours.iter().map(|migration| migration.name().version().to_string()).collect())
    }
}

impl Ours<diesel::sqlite::Sqlite> for SqliteConnection {
    fn ours(&self) -> EmbeddedMigrations {
        SQLITE_MIGRATIONS
    }
}

impl Ours<diesel::pg::Pg> for PgConnection {
    fn ours(&self) -> EmbeddedMigrations {
        POSTGRES_MIGRATIONS
    }
}

/// The steps that the tables have taken, oldest first.
pub fn steps_taken(conn: &mut AnyConnection) -> QueryResult<Vec<String>> {
    let steps: Vec<Name> =
        diesel::sql_query("SELECT version AS name FROM __diesel_schema_migrations ORDER BY version").load(conn)?;
    Ok(steps.into_iter().map(|step| step.name).collect())
}

/// The last key that was given.
pub fn last_id(conn: &mut AnyConnection) -> QueryResult<i64> {
    let sql = match conn {
        AnyConnection::Sqlite(_) => "SELECT last AS next FROM aux_ids WHERE name = 'evidence'",
        AnyConnection::Postgres(_) => "SELECT CASE WHEN is_called THEN last_value ELSE last_value - 1 END AS next FROM aux_ids",
    };
    Ok(diesel::sql_query(sql).get_result::<Next>(conn)?.next)
}

/// Lets the next key be the one after `last`.
pub fn set_last_id(conn: &mut AnyConnection, last: i64) -> QueryResult<()> {
    let sql = match conn {
        AnyConnection::Sqlite(_) => "UPDATE aux_ids SET last = $1 WHERE name = 'evidence'",
        AnyConnection::Postgres(_) => "SELECT setval('aux_ids', $1 + 1, false)",
    };
    diesel::sql_query(sql).bind::<BigInt, _>(last).execute(conn).map(drop)
}

/// Counts what the tables hold, so that PostgreSQL plans its queries by it, and puts into the search's index what waits beside it. It
/// does so by itself only a minute or more after many rows came at once (PostgreSQL documentation, "Populating a Database", "GIN Fast
/// Update Technique"); until then what is asked of them takes many times as long.
pub fn take_stock(conn: &mut AnyConnection) -> QueryResult<()> {
    if matches!(conn, AnyConnection::Sqlite(_)) {
        return Ok(());
    }
    let tables = live_tables(conn)?.join(", ");
    conn.batch_execute(&format!("VACUUM (ANALYZE) {tables}"))
}

#[derive(QueryableByName)]
struct Next {
    #[diesel(sql_type = BigInt)]
    next: i64,
}

/// The next key. It is never given twice, even if this transaction is rolled back in PostgreSQL.
pub fn next_id(conn: &mut AnyConnection) -> QueryResult<i64> {
    let next: Next = match conn {
        AnyConnection::Sqlite(c) => {
            diesel::sql_query("UPDATE aux_ids SET last = last + 1 WHERE name = 'evidence' RETURNING last AS next")
                .get_result(c)?
        }
        AnyConnection::Postgres(c) => diesel::sql_query("SELECT nextval('aux_ids') AS next").get_result(c)?,
    };
    Ok(next.next)
}

/// Count and hash of a chain's head. Until this transaction ends no other writer gets past here for the same chain: SQLite has
/// one writer anyway, PostgreSQL locks the row.
pub fn lock_head(conn: &mut AnyConnection, chain: Chain) -> QueryResult<Option<(i64, Digest)>> {
    let head = ledger_heads::table.find(chain).select((ledger_heads::count, ledger_heads::head));
    match conn {
        AnyConnection::Sqlite(c) => head.first(c).optional(),
        AnyConnection::Postgres(c) => head.for_update().first(c).optional(),
    }
}

#[derive(QueryableByName)]
struct Name {
    #[diesel(sql_type = Text)]
    name: String,
}

/// The tables there are, less the databases' own and the list of migrations.
pub fn live_tables(conn: &mut AnyConnection) -> QueryResult<Vec<String>> {
    let names: Vec<Name> = match conn {
        AnyConnection::Sqlite(c) => diesel::sql_query(
            "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\' ORDER BY name",
        )
        .load(c)?,
        AnyConnection::Postgres(c) => diesel::sql_query(
            "SELECT table_name::text AS name FROM information_schema.tables \
             WHERE table_schema = current_schema() AND table_type = 'BASE TABLE' ORDER BY 1",
        )
        .load(c)?,
    };
    Ok(names.into_iter().map(|table| table.name).filter(|name| name != "__diesel_schema_migrations").collect())
}

/// Lets nobody else write to a table until the transaction ends; SQLite has one writer anyway.
pub fn write_alone(conn: &mut AnyConnection, table: &'static str) -> QueryResult<()> {
    match conn {
        AnyConnection::Sqlite(_) => Ok(()),
        AnyConnection::Postgres(c) => c.batch_execute(&format!("LOCK TABLE {table} IN SHARE ROW EXCLUSIVE MODE")),
    }
}

/// Makes the table in which a place says where the record is, in tables of any age.
pub fn make_place(conn: &mut AnyConnection) -> QueryResult<()> {
    match conn {
        AnyConnection::Sqlite(c) => c.batch_execute(
            "CREATE TABLE IF NOT EXISTS aux_place (id INTEGER NOT NULL PRIMARY KEY CHECK (id = 1), state TEXT NOT NULL, \
             other TEXT NOT NULL, at INTEGER NOT NULL) STRICT",
        ),
        AnyConnection::Postgres(c) => c.batch_execute(
            "CREATE TABLE IF NOT EXISTS aux_place (id BIGINT NOT NULL PRIMARY KEY CHECK (id = 1), state TEXT NOT NULL, \
             other TEXT NOT NULL, at BIGINT NOT NULL)",
        ),
    }
}

/// Lets nobody else write anywhere until the transaction ends; SQLite has one writer anyway. The transaction may now take its time.
pub fn write_alone_everywhere(conn: &mut AnyConnection) -> QueryResult<()> {
    match conn {
        AnyConnection::Sqlite(_) => Ok(()),
        AnyConnection::Postgres(c) => {
            c.batch_execute("SELECT pg_advisory_xact_lock(826452); SET LOCAL idle_in_transaction_session_timeout = 0")
        }
    }
}

/// The channel on which PostgreSQL passes on about which incident's desks something was written.
pub const DESKS: &str = "tellonce_desks";

/// Listens, where the database passes something on.
pub fn listen(conn: &mut AnyConnection) -> QueryResult<()> {
    match conn {
        AnyConnection::Sqlite(_) => Ok(()),
        // One that is quiet for long must not be closed for that.
        AnyConnection::Postgres(c) => c.batch_execute(&format!("SET idle_session_timeout = 0; LISTEN {DESKS}")),
    }
}

/// What PostgreSQL has passed on since it was last asked. Does not wait.
pub fn heard(conn: &mut AnyConnection, keys: &mut Vec<i64>) -> QueryResult<()> {
    let AnyConnection::Postgres(c) = conn else { return Ok(()) };
    for told in c.notifications_iter() {
        keys.extend(told?.payload.parse::<i64>());
    }
    Ok(())
}

/// A number that changes when another connection has written to SQLite's file (SQLite documentation, "PRAGMA data_version").
pub fn data_version(conn: &mut AnyConnection) -> QueryResult<i64> {
    let AnyConnection::Sqlite(c) = conn else { return Ok(0) };
    Ok(diesel::sql_query("SELECT data_version AS next FROM pragma_data_version").get_result::<Next>(c)?.next)
}

/// How far the log of the server has been written that takes our writes: whatever was acknowledged lies before it (PostgreSQL
/// documentation, "System Administration Functions").
pub fn written_to(conn: &mut AnyConnection) -> QueryResult<String> {
    let sql = "SELECT pg_current_wal_flush_lsn()::text AS name";
    Ok(diesel::sql_query(sql).get_result::<Name>(conn)?.name)
}

/// Whether a replica has taken over what was written up to there. A server that is no replica says no.
pub fn has_reached(conn: &mut AnyConnection, position: &str) -> QueryResult<bool> {
    let sql = "SELECT (CASE WHEN pg_last_wal_replay_lsn() >= $1::pg_lsn THEN 1 ELSE 0 END)::bigint AS next";
    Ok(diesel::sql_query(sql).bind::<Text, _>(position).get_result::<Next>(conn)?.next == 1)
}

/// Compares texts byte by byte, whatever the language of the database: the same order and the same `lower` everywhere.
pub const fn bytewise(conn: &AnyConnection) -> &'static str {
    match conn {
        AnyConnection::Sqlite(_) => "COLLATE BINARY",
        AnyConnection::Postgres(_) => "COLLATE \"C\"",
    }
}
