//! A place where there is no record yet.

use std::path::{Path, PathBuf};

use tempfile::TempDir;

use super::databases::{Kind, drop_postgres, fresh_name, make_postgres};
use super::site::{Ran, run_alone};

/// A place where there is nothing yet.
pub struct Place {
    folder: TempDir,
    database: Option<(String, String)>,
}

impl Place {
    /// A place for that database.
    pub fn empty(kind: Kind) -> Self {
        let folder = tempfile::tempdir_in(env!("CARGO_TARGET_TMPDIR")).expect("a folder");
        let database = (kind == Kind::Postgres).then(fresh_name).map(|name| {
            let url = make_postgres(&name, None);
            (name, url)
        });
        Self { folder, database }
    }

    /// A folder in which nothing is but the data folder, once it is made.
    pub fn folder(&self) -> &Path {
        self.folder.path()
    }

    /// Its data folder, which is not there yet.
    pub fn data(&self) -> PathBuf {
        self.folder.path().join("data")
    }

    /// Where its database is.
    pub fn url(&self) -> String {
        match &self.database {
            Some((_, url)) => url.clone(),
            None => format!("sqlite:{}", self.data().join("tellonce.db").display()),
        }
    }

    /// Runs a command on it.
    pub fn run(&self, arguments: &[&str]) -> Ran {
        run_alone(&self.data(), &[arguments, &["--database", &self.url()]].concat())
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        if let Some((name, _)) = &self.database {
            drop_postgres(name);
        }
    }
}
