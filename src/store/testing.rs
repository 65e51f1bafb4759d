//! Databases for tests: a file in a temporary folder, and, where TELLONCE_TEST_POSTGRES names a server, a database of its own
//! there for each test.

use chrono::{DateTime, Duration};
use diesel::connection::SimpleConnection;
use tempfile::TempDir;

use super::dialect::{self, Purpose};
use super::{DatabaseUrl, Result, Store, StoreError, Tx, house, people};
use crate::domain::locale::{DEFAULT_ZONE, Locale};
use crate::domain::moment::Stamp;
use crate::domain::permit::{Actor, Role};
use crate::domain::person::{House, Person};

/// A store of one test.
pub struct Scene {
    /// The store, its tables up to date.
    pub store: Store,
    /// Its address.
    pub url: DatabaseUrl,
    /// Removed when the test ends.
    _folder: TempDir,
}

/// Wednesday, 22 November 2006, 9:00 in Tokyo, and `minutes` after that.
pub fn at(minutes: i64) -> Stamp {
    DateTime::from_timestamp(1_164_153_600, 0).unwrap_or_default() + Duration::minutes(minutes)
}

/// Runs `test` on each database there is.
pub fn on_each(test: impl Fn(&Scene) -> Result<()>) -> Result<()> {
    for url in urls()? {
        let (url, folder) = url;
        let store = Store::open(&url)?;
        store.migrate()?;
        eprintln!("on {url:?}");
        test(&Scene { store, url, _folder: folder })?;
    }
    Ok(())
}

fn urls() -> Result<Vec<(DatabaseUrl, TempDir)>> {
    let folder = || tempfile::tempdir().map_err(|error| StoreError::Open(error.to_string()));
    let first = folder()?;
    let mut urls = vec![(DatabaseUrl::file(&first.path().join("tellonce.db")), first)];
    if let Ok(server) = std::env::var("TELLONCE_TEST_POSTGRES") {
        urls.push((DatabaseUrl::Postgres(own_database(&server)?), folder()?));
    }
    Ok(urls)
}

fn own_database(server: &str) -> Result<String> {
    let name = format!("t_{}", u64::from_be_bytes(super::random()?));
    let mut admin = dialect::connect(&server.parse()?, Purpose::Write)?;
    admin.batch_execute(&format!("CREATE DATABASE {name}"))?;
    let mut url = url::Url::parse(server).map_err(|error| StoreError::Open(error.to_string()))?;
    url.set_path(&name);
    Ok(url.into())
}

impl Scene {
    /// Sets up the house with Alice the admin, Bob the colleague and Mei the reader.
    pub fn with_cast(&self) -> Result<Cast> {
        self.store.write(at(-60), |tx| {
            let permit = house::to_manage(tx, Actor::House)?;
            let settings = House {
                id: house::HOUSE,
                revision: 0,
                company: "株式会社みなと".to_owned(),
                locale: Locale::Ja,
                zone: DEFAULT_ZONE,
            };
            house::put(tx, &permit, "setup::found", &settings)?;
            let mut add = |login: &str, name: &str, role| {
                let person = person(tx, login, name, role)?;
                people::add(tx, &permit, "people::add", &person)?;
                Ok::<_, StoreError>(person)
            };
            Ok(Cast {
                alice: add("alice", "Alice", Role::Admin)?,
                bob: add("bob", "Bob", Role::Member)?,
                mei: add("mei", "髙﨑 Mei 加", Role::Reader)?,
            })
        })
    }
}

/// The people of the tests.
pub struct Cast {
    /// The admin.
    pub alice: Person,
    /// The colleague, a member.
    pub bob: Person,
    /// The reader.
    pub mei: Person,
}

/// `person` as the one who acts.
pub fn acting(person: &Person) -> Actor {
    person.actor()
}

/// A person about to be added.
pub fn person(tx: &mut Tx<'_>, login: &str, name: &str, role: Role) -> Result<Person> {
    Ok(Person {
        id: tx.fresh_id()?,
        uid: tx.fresh_uid()?,
        revision: 0,
        login: login.to_owned(),
        name: name.to_owned(),
        role,
        locale: Locale::Ja,
        zone: DEFAULT_ZONE,
        disabled_at: None,
    })
}
