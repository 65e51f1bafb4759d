//! The two databases, a fresh one for each test.

use std::path::Path;
use std::time::Duration;

use diesel::Connection;
use diesel::connection::SimpleConnection;
use diesel::pg::PgConnection;
use diesel::sqlite::SqliteConnection;

/// Which database.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    Sqlite,
    Postgres,
}

/// The server of the tests, if there is one.
fn server() -> Option<String> {
    std::env::var("TELLONCE_TEST_POSTGRES").ok().filter(|url| !url.is_empty())
}

impl Kind {
    /// Those that there are here.
    pub fn here() -> Vec<Self> {
        if server().is_some() { vec![Self::Sqlite, Self::Postgres] } else { vec![Self::Sqlite] }
    }
}

/// A name that no other test has.
pub fn fresh_name() -> String {
    let folder = tempfile::Builder::new().prefix("").rand_bytes(12).tempdir_in(env!("CARGO_TARGET_TMPDIR")).expect("a folder");
    let name = folder.path().file_name().expect("it has a name").to_string_lossy().to_ascii_lowercase();
    format!("app_{}_{name}", std::process::id())
}

/// Makes a PostgreSQL database, a copy of `template` if one is given, and answers with its address.
pub fn make_postgres(name: &str, template: Option<&str>) -> String {
    let server = server().expect("asked for only where there is one");
    let of = template.map(|template| format!(" TEMPLATE {template}")).unwrap_or_default();
    let mut tries = 0;
    // The server that filled the template was killed; PostgreSQL takes a moment to notice.
    loop {
        let mut admin = PgConnection::establish(&server).expect("the tests' PostgreSQL answers");
        match admin.batch_execute(&format!("CREATE DATABASE {name}{of}")) {
            Ok(()) => break,
            Err(_) if tries < 100 => {
                tries += 1;
                std::thread::sleep(Duration::from_millis(100));
            }
            Err(error) => panic!("the database {name}{of}: {error}"),
        }
    }
    let mut url = url::Url::parse(&server).expect("TELLONCE_TEST_POSTGRES is an address");
    url.set_path(name);
    url.into()
}

/// Drops a PostgreSQL database, whoever is still connected to it.
pub fn drop_postgres(name: &str) {
    let Some(mut admin) = server().and_then(|server| PgConnection::establish(&server).ok()) else { return };
    if let Err(error) = admin.batch_execute(&format!("DROP DATABASE IF EXISTS {name} WITH (FORCE)")) {
        eprintln!("the database {name} stays: {error}");
    }
}

/// A site's SQLite file, opened as somebody at the database would. It waits for whoever writes: the connections of a
/// [`Store`](tellonce::store::Store) that was just dropped close a moment later, on threads of their own.
pub fn open_sqlite(data: &Path) -> SqliteConnection {
    let file = data.join("tellonce.db");
    let mut connection = SqliteConnection::establish(file.to_str().expect("a path")).expect("the database opens");
    connection.batch_execute("PRAGMA busy_timeout = 20000").expect("it can wait");
    connection
}
