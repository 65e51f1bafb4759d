//! Where the database is.

use std::fmt;
use std::net::IpAddr;
use std::path::{Path, PathBuf};
use std::str::FromStr;

/// The address of a database.
#[derive(Clone, PartialEq, Eq)]
pub enum DatabaseUrl {
    /// A file of the embedded database.
    Sqlite(PathBuf),
    /// A PostgreSQL server: on this machine, or elsewhere by TLS.
    Postgres(String),
}

impl DatabaseUrl {
    /// The embedded database in that file.
    pub fn file(path: &Path) -> Self {
        Self::Sqlite(path.to_path_buf())
    }
}

impl DatabaseUrl {
    /// What it is called, for people and to be known again: without password.
    pub fn name(&self) -> String {
        match self {
            Self::Sqlite(path) => {
                let path = std::path::absolute(path).unwrap_or_else(|_| path.clone());
                format!("sqlite:{}", path.display())
            }
            Self::Postgres(text) => {
                url::Url::parse(text).ok().and_then(without_secrets).unwrap_or_else(|| "postgres://…".to_owned())
            }
        }
    }
}

/// An address without what a query may hold that is nobody's business.
fn without_secrets(mut url: url::Url) -> Option<String> {
    if url.password().is_some() {
        url.set_password(None).ok()?;
    }
    let kept: Vec<(String, String)> =
        url.query_pairs().filter(|(name, _)| !name.contains("pass")).map(|(n, v)| (n.into_owned(), v.into_owned())).collect();
    if kept.is_empty() {
        url.set_query(None);
    } else {
        url.query_pairs_mut().clear().extend_pairs(kept);
    }
    Some(url.to_string())
}

impl fmt::Debug for DatabaseUrl {
    /// Without the user and password that an address may hold.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Sqlite(path) => write!(f, "sqlite:{}", path.display()),
            Self::Postgres(_) => f.write_str("postgres://…"),
        }
    }
}

/// Why an address cannot be used.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum BadDatabaseUrl {
    /// Nothing, or a database in memory: a record that is gone with the process is none.
    #[error("a file is needed: sqlite:PATH")]
    NoFile,
    /// Neither of our two databases.
    #[error("“{0}:” is not supported: use sqlite:PATH or postgres://…")]
    Scheme(String),
    /// Not an address at all.
    #[error("this is not an address of a PostgreSQL database: {0}")]
    Malformed(String),
    /// The server is not named.
    #[error("name the server: postgres://localhost/NAME, or postgres:///NAME?host=/run/postgresql")]
    NoHost,
    /// The server is elsewhere, and its address says that it may be reached without TLS.
    #[error("{0} is not this machine: use sslmode=verify-full, verify-ca or require")]
    Plain(String),
    /// The server is elsewhere, and we have no TLS to reach it by.
    #[error("{0} is not this machine: a remote PostgreSQL needs TLS, which this build has not (feature postgres-tls)")]
    Remote(String),
    /// TLS is asked for, which we have not.
    #[error("sslmode={0} needs TLS, which this build has not (feature postgres-tls)")]
    Tls(String),
}

impl FromStr for DatabaseUrl {
    type Err = BadDatabaseUrl;

    fn from_str(text: &str) -> Result<Self, BadDatabaseUrl> {
        match scheme(text) {
            Some("sqlite") => file(text["sqlite:".len()..].trim_start_matches("//")),
            Some("postgres" | "postgresql") => postgres(text),
            Some(other) => Err(BadDatabaseUrl::Scheme(other.to_owned())),
            None => file(text),
        }
    }
}

/// What stands before the first colon, if it is a scheme (RFC 3986, section 3.1).
fn scheme(text: &str) -> Option<&str> {
    let (scheme, _) = text.split_once(':')?;
    let mut letters = scheme.chars();
    let starts = letters.next().is_some_and(|c| c.is_ascii_alphabetic());
    (starts && letters.all(|c| c.is_ascii_alphanumeric() || "+-.".contains(c))).then_some(scheme)
}

fn file(path: &str) -> Result<DatabaseUrl, BadDatabaseUrl> {
    // SQLite itself would read "file:…" as an address with switches, and ":memory:" or nothing as no file at all.
    let refused = path.is_empty() || path.contains(":memory:") || path.contains("mode=memory") || path.starts_with("file:");
    if refused { Err(BadDatabaseUrl::NoFile) } else { Ok(DatabaseUrl::Sqlite(PathBuf::from(path))) }
}

/// Whether this build can reach a server by TLS.
const HAS_TLS: bool = cfg!(feature = "postgres-tls");

fn postgres(text: &str) -> Result<DatabaseUrl, BadDatabaseUrl> {
    let mut url = url::Url::parse(text).map_err(|error| BadDatabaseUrl::Malformed(error.to_string()))?;
    let mut hosts: Vec<String> = url.host_str().filter(|host| !host.is_empty()).map(str::to_owned).into_iter().collect();
    let (mut mode, mut has_root) = (None, false);
    for (name, value) in url.query_pairs() {
        match &*name {
            "host" | "hostaddr" => hosts.push(value.into_owned()),
            "sslmode" => mode = Some(value.into_owned()),
            "sslrootcert" => has_root = true,
            // A service file could name any server.
            "service" => return Err(BadDatabaseUrl::NoHost),
            _ => {}
        }
    }
    if hosts.is_empty() {
        return Err(BadDatabaseUrl::NoHost);
    }
    let elsewhere = hosts.iter().flat_map(|hosts| hosts.split(',')).find(|host| !is_local(host)).map(str::to_owned);
    let is_plain = |mode: &str| matches!(mode, "disable" | "allow" | "prefer");
    match (elsewhere, mode.as_deref()) {
        (None, Some(mode)) if !HAS_TLS && !is_plain(mode) => return Err(BadDatabaseUrl::Tls(mode.to_owned())),
        (None, _) => return Ok(DatabaseUrl::Postgres(text.to_owned())),
        (Some(host), _) if !HAS_TLS => return Err(BadDatabaseUrl::Remote(host)),
        (Some(host), Some(mode)) if is_plain(mode) => return Err(BadDatabaseUrl::Plain(host)),
        (Some(_), _) => {}
    }
    // Without a word on it the server must show who it is, to those whom the system trusts (PostgreSQL documentation, "SSL Support").
    if mode.is_none() {
        url.query_pairs_mut().append_pair("sslmode", "verify-full");
    }
    if !has_root && mode.is_none_or(|mode| mode == "verify-full") {
        url.query_pairs_mut().append_pair("sslrootcert", "system");
    }
    Ok(DatabaseUrl::Postgres(url.into()))
}

/// Whether `host` is a socket's folder or this machine.
fn is_local(host: &str) -> bool {
    let address = host.trim_start_matches('[').trim_end_matches(']');
    host.starts_with('/')
        || host.to_ascii_lowercase().starts_with("%2f")
        || host == "localhost"
        || address.parse().is_ok_and(|address: IpAddr| address.is_loopback())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_named_with_and_without_its_scheme() {
        for text in
            ["sqlite:/var/lib/tellonce/tellonce.db", "sqlite:///var/lib/tellonce/tellonce.db", "/var/lib/tellonce/tellonce.db"]
        {
            assert_eq!(text.parse(), Ok(DatabaseUrl::Sqlite("/var/lib/tellonce/tellonce.db".into())), "{text}");
        }
        assert_eq!("data/t.db".parse(), Ok(DatabaseUrl::Sqlite("data/t.db".into())));
        assert_eq!("sqlite:data/t.db".parse(), Ok(DatabaseUrl::Sqlite("data/t.db".into())));
    }

    #[test]
    fn what_would_be_gone_with_the_process_is_refused() {
        for text in ["", "sqlite:", "sqlite::memory:", ":memory:", "sqlite://:memory:", "sqlite:file:x?mode=memory"] {
            assert_eq!(text.parse::<DatabaseUrl>(), Err(BadDatabaseUrl::NoFile), "{text}");
        }
    }

    #[test]
    fn other_schemes_are_refused_by_name() {
        for (text, scheme) in [("mysql://localhost/x", "mysql"), ("file:x", "file"), ("https://example.org", "https")] {
            assert_eq!(text.parse::<DatabaseUrl>(), Err(BadDatabaseUrl::Scheme(scheme.to_owned())));
        }
    }

    #[test]
    fn a_postgres_on_this_machine_is_reached_as_it_is() {
        for text in [
            "postgres://localhost/tellonce",
            "postgresql://user:secret@127.0.0.1:5433/tellonce?sslmode=disable",
            "postgres://[::1]/tellonce",
            "postgres:///tellonce?host=/run/postgresql",
            "postgres://%2Frun%2Fpostgresql/tellonce",
        ] {
            assert_eq!(text.parse(), Ok(DatabaseUrl::Postgres(text.to_owned())));
        }
        assert_eq!("postgres:///tellonce".parse::<DatabaseUrl>(), Err(BadDatabaseUrl::NoHost));
    }

    /// Addresses of servers elsewhere, which say nothing of TLS.
    const ELSEWHERE: [&str; 4] = [
        "postgres://db.example.org/tellonce",
        "postgres://localhost/tellonce?host=db.example.org",
        "postgres://localhost/tellonce?hostaddr=192.0.2.1",
        "postgres:///tellonce?host=localhost,db.example.org",
    ];

    #[test]
    #[cfg(not(feature = "postgres-tls"))]
    fn a_postgres_elsewhere_needs_a_build_with_tls() {
        for text in ELSEWHERE {
            assert!(matches!(text.parse::<DatabaseUrl>(), Err(BadDatabaseUrl::Remote(_))), "{text}");
        }
        assert!(matches!("postgres://localhost/x?sslmode=require".parse::<DatabaseUrl>(), Err(BadDatabaseUrl::Tls(_))));
    }

    #[test]
    #[cfg(feature = "postgres-tls")]
    fn a_postgres_elsewhere_must_show_who_it_is() {
        let parsed = |text: &str| match text.parse() {
            Ok(DatabaseUrl::Postgres(url)) => url,
            other => panic!("{text}: {other:?}"),
        };
        for text in ELSEWHERE {
            assert!(parsed(text).ends_with("sslmode=verify-full&sslrootcert=system"), "{text}");
            for mode in ["disable", "allow", "prefer"] {
                let plain = format!("{text}{}sslmode={mode}", if text.contains('?') { '&' } else { '?' });
                assert!(matches!(plain.parse::<DatabaseUrl>(), Err(BadDatabaseUrl::Plain(_))), "{plain}");
            }
        }
        assert!(parsed("postgres://db.example.org/x?sslmode=verify-full").ends_with("sslrootcert=system"));
        for own in ["postgres://db.example.org/x?sslmode=require", "postgres://localhost/x?sslmode=require"] {
            assert_eq!(parsed(own), own);
        }
    }

    #[test]
    fn a_password_is_not_printed() {
        let url: Result<DatabaseUrl, _> = "postgres://user:secret@localhost/tellonce".parse();
        assert!(!format!("{url:?}").contains("secret"));
    }
}
