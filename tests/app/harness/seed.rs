//! A house that is set up, with the cast in it: made once for each database, through the pages, and copied for every test.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::sync::OnceLock;

use tempfile::TempDir;

use super::client::Browser;
use super::databases::{Kind, fresh_name, make_postgres};
use super::site::{NOW, PASSWORD, Running};

/// The cookies of somebody who is logged in.
pub type Session = BTreeMap<String, String>;

/// A house to copy.
pub struct Seed {
    pub folder: TempDir,
    /// The PostgreSQL database's name, if it stands in one.
    pub database: Option<String>,
    pub alice: Session,
    pub bob: Session,
    pub mei: Session,
}

/// The seed for a database.
pub fn of(kind: Kind) -> &'static Seed {
    static SQLITE: OnceLock<Seed> = OnceLock::new();
    static POSTGRES: OnceLock<Seed> = OnceLock::new();
    match kind {
        Kind::Sqlite => SQLITE.get_or_init(|| sow(kind)),
        Kind::Postgres => POSTGRES.get_or_init(|| sow(kind)),
    }
}

fn sow(kind: Kind) -> Seed {
    let folder = tempfile::tempdir_in(env!("CARGO_TARGET_TMPDIR")).expect("a folder for the seed");
    let database = (kind == Kind::Postgres).then(fresh_name);
    let url = database.as_ref().map(|name| make_postgres(name, None));
    let running = Running::start(folder.path(), url.as_deref(), &["--clock", &format!("fixed:{NOW}")]);
    let alice = set_up(&running);
    let bob = add(&running, &alice, "Bob", "bob", "member");
    let mei = add(&running, &alice, "髙﨑 Mei 加", "mei", "reader");
    let alice = alice.cookies();
    running.kill();
    Seed { folder, database, alice, bob, mei }
}

/// Alice follows the one-time link.
pub fn set_up(running: &Running) -> Browser {
    let link = running.setup_link();
    let alice = Browser::new(running.address);
    alice
        .fill(&link)
        .with_all(&[("company", "株式会社みなと"), ("locale", "en"), ("zone", "Asia/Tokyo")])
        .with_all(&[("name", "Alice"), ("login", "alice"), ("password", PASSWORD)])
        .saved();
    alice
}

/// Alice adds somebody, who then logs in.
fn add(running: &Running, alice: &Browser, name: &str, login: &str, role: &str) -> Session {
    alice
        .fill("/people/new")
        .with_all(&[("name", name), ("login", login), ("role", role)])
        .with_all(&[("password", PASSWORD), ("locale", "en"), ("zone", "Asia/Tokyo")])
        .saved();
    let browser = Browser::new(running.address);
    browser.fill("/login").with_all(&[("login", login), ("password", PASSWORD)]).saved();
    browser.cookies()
}

/// Copies a data folder.
pub fn copy_folder(from: &Path, to: &Path) {
    fs::create_dir_all(to).expect("a folder to copy to");
    for entry in fs::read_dir(from).expect("a folder to copy") {
        let entry = entry.expect("what is in it");
        let target = to.join(entry.file_name());
        if entry.path().is_dir() {
            copy_folder(&entry.path(), &target);
        } else {
            fs::copy(entry.path(), &target).expect("a file is copied");
        }
    }
}
