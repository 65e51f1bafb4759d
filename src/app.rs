//! What a running Tellonce is made of: store, clock, settings.

mod stopping;

use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use ipnet::IpNet;
use tokio::sync::Semaphore;
use url::Url;

use crate::clock::{self, Clock, ClockError};
use crate::config::{Backups, Config};
use crate::domain::locale::Locale;
use crate::domain::moment::Stamp;
use crate::store::bucket::{BadBucket, Bucket};
use crate::store::exports::ExportFolder;
use crate::store::files::{self, Files};
use crate::store::keyring::Keyring;
use crate::store::{BadDatabaseUrl, DatabaseUrl, Store, StoreError};

pub use stopping::Stopping;

/// How many papers are set at once: each takes a processor.
const PAPERS_AT_ONCE: usize = 2;

/// A running Tellonce. One for the process; commands have one too.
pub struct App {
    /// The database.
    pub store: Store,
    /// What time it is.
    pub clock: Clock,
    /// The folder of the database, the keys and the files.
    pub data: PathBuf,
    /// Where files are kept instead of in that folder, if anywhere.
    pub bucket: Option<Bucket>,
    /// The language where nobody has chosen one.
    pub locale: Locale,
    /// The address under which people reach it, if one was given.
    pub base_url: Option<Url>,
    /// The networks of the proxies that are believed when they say where a request comes from.
    pub proxies: Vec<IpNet>,
    /// The networks of ours into which webhooks may go.
    pub webhook_allow: Vec<IpNet>,
    /// Where and how often it is backed up, if it is.
    pub backups: Option<Backups>,
    /// Whether the record is sealed each day.
    pub seals: bool,
    /// Whether mail can be sent.
    pub mails: bool,
    /// Whether it was told to stop.
    pub stopping: Stopping,
    /// Holds back the hashing of passwords.
    pub hashing: Arc<Semaphore>,
    /// Holds back the hashing of the codes that strangers type: whoever floods with them keeps none of our people from logging in.
    pub knocking: Arc<Semaphore>,
    /// Holds back the setting of papers.
    pub printing: Arc<Semaphore>,
    /// Holds back pages: more at once than processors only take turns, and each holds its memory meanwhile.
    pub reading: Arc<Semaphore>,
}

/// Why it cannot begin. Says what to do.
#[derive(Debug, thiserror::Error)]
pub enum StartError {
    /// The data folder cannot be made.
    #[error("the data folder {path} cannot be made: {cause}; name another with --data")]
    Folder {
        /// Which folder.
        path: PathBuf,
        /// What the system said.
        cause: io::Error,
    },
    /// The data folder's clock cannot be used.
    #[error(transparent)]
    Clock(#[from] ClockError),
    /// The database's address cannot be used.
    #[error("--database: {0}")]
    Database(#[from] BadDatabaseUrl),
    /// A replica's address cannot be used.
    #[error("--database-replica: {0}")]
    Replica(BadDatabaseUrl),
    /// The address of the bucket cannot be used.
    #[error("--files: {0}")]
    Files(#[from] BadBucket),
    /// There is no record where one is asked for.
    #[error("there is no record of Tellonce in {0}; check --data (or TELLONCE_DATA) and --database; nothing was made")]
    NoRecord(String),
    /// The data folder was begun to be restored into, and that did not end.
    #[error("the data folder {0} is not whole: a restore into it was broken off; run it again to its end")]
    Unfinished(PathBuf),
    /// The database cannot be used.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl App {
    /// As [`App::open`], but only where a record lies: whoever mistypes a folder must not be told that all is well in it.
    ///
    /// # Errors
    /// [`StartError`].
    pub fn open_existing(config: &Config) -> Result<Self, StartError> {
        is_whole(config)?;
        is_there(config, &database(config)?)?;
        Self::open(config)
    }

    /// Opens the data folder (making it if need be) and the database, and brings its tables up to date.
    ///
    /// # Errors
    /// [`StartError`].
    pub fn open(config: &Config) -> Result<Self, StartError> {
        let url = database(config)?;
        make_folder(&config.data).map_err(|cause| StartError::Folder { path: config.data.clone(), cause })?;
        is_whole(config)?;
        let clock = clock::for_folder(&config.data, config.clock)?;
        let replicas = config.replicas.iter().map(|url| url.parse()).collect::<Result<Vec<DatabaseUrl>, _>>();
        let store = Store::open_with(&url, &replicas.map_err(StartError::Replica)?)?;
        store.migrate()?;
        Ok(Self {
            store,
            clock,
            data: config.data.clone(),
            bucket: bucket(config)?,
            locale: config.locale,
            base_url: config.base_url.clone(),
            proxies: config.proxies.clone(),
            webhook_allow: config.webhook_allow.clone(),
            backups: config.backups.clone(),
            seals: config.sealing.is_some(),
            mails: config.smtp.is_some(),
            stopping: Stopping::default(),
            hashing: Arc::new(Semaphore::new(hashes_at_once())),
            knocking: Arc::new(Semaphore::new(hashes_at_once())),
            printing: Arc::new(Semaphore::new(PAPERS_AT_ONCE)),
            reading: Arc::new(Semaphore::new(pages_at_once())),
        })
    }

    /// What time it is.
    pub fn now(&self) -> Stamp {
        self.clock.now()
    }

    /// The files of the record.
    pub fn files(&self) -> Files {
        files_of(&self.data, self.bucket.clone())
    }

    /// The exports that were ordered.
    pub fn exports(&self) -> ExportFolder {
        ExportFolder::new(self.data.join("exports"), self.bucket.clone())
    }

    /// The address under which people reach it, as it was configured, without a slash at its end.
    pub fn site(&self) -> Option<String> {
        self.base_url.as_ref().map(|url| url.as_str().trim_end_matches('/').to_owned())
    }

    /// A file without a name, for what is too long to be held in memory until it is handed on. It is gone once it is closed.
    ///
    /// # Errors
    /// [`io::Error`] where the data folder cannot be written.
    pub fn scratch(&self) -> io::Result<fs::File> {
        files::scratch(&self.data)
    }

    /// The key under which secrets are kept that must be shown again.
    pub fn keyring(&self) -> Keyring {
        Keyring::new(&self.data)
    }

    /// Whether people reach it by https.
    pub fn is_https(&self) -> bool {
        self.base_url.as_ref().is_some_and(|url| url.scheme() == "https")
    }
}

/// The file that says of a data folder that it is not whole; what it is being filled from stands in it.
pub const UNFINISHED: &str = "unfinished-restore";

/// Whether something lies where the settings look for a record; nothing is made.
///
/// # Errors
/// [`StartError::NoRecord`].
pub fn is_there(config: &Config, url: &DatabaseUrl) -> Result<(), StartError> {
    let place = match url {
        DatabaseUrl::Sqlite(path) => path,
        DatabaseUrl::Postgres(_) => &config.data,
    };
    if place.exists() { Ok(()) } else { Err(StartError::NoRecord(place.display().to_string())) }
}

fn is_whole(config: &Config) -> Result<(), StartError> {
    if config.data.join(UNFINISHED).exists() { Err(StartError::Unfinished(config.data.clone())) } else { Ok(()) }
}

/// The address of the database that the settings name.
///
/// # Errors
/// [`BadDatabaseUrl`].
pub fn database(config: &Config) -> Result<DatabaseUrl, BadDatabaseUrl> {
    match &config.database {
        Some(url) => url.parse(),
        None => Ok(DatabaseUrl::file(&config.data.join("tellonce.db"))),
    }
}

/// The bucket that the settings name, if they name one.
///
/// # Errors
/// [`BadBucket`].
pub fn bucket(config: &Config) -> Result<Option<Bucket>, BadBucket> {
    config.files.as_deref().map(str::parse).transpose()
}

/// The files of the record: in the bucket, or else in that data folder.
pub fn files_of(data: &Path, bucket: Option<Bucket>) -> Files {
    bucket.map_or_else(|| Files::Folder(data.join("files")), Files::Bucket)
}

/// Lets the calling thread wait for those that are not as patient. On Linux each thread has a niceness of its own (setpriority(2), "C
/// library/kernel differences"); elsewhere it would be the whole server's, and nothing is done.
pub fn stand_back() {
    #[cfg(target_os = "linux")]
    if let Err(error) = rustix::process::nice(PATIENCE) {
        tracing::debug!(%error, "a thread cannot stand back");
    }
}

/// How far: at 10 it gets about a tenth of what another gets that wants the same processor (sched(7)).
#[cfg(target_os = "linux")]
const PATIENCE: i32 = 10;

/// How many pages are read and rendered at once: one at work and one waiting for the database, for each processor.
fn pages_at_once() -> usize {
    std::thread::available_parallelism().map_or(4, |processors| processors.get() * 2).max(4)
}

/// How many passwords and codes are hashed at once: each takes 19 MiB and a processor. Half of the processors at the most, so that
/// whoever guesses, from however many networks, leaves the other half to the pages.
fn hashes_at_once() -> usize {
    std::thread::available_parallelism().map_or(1, |processors| processors.get() / 2).clamp(1, 4)
}

/// Makes the folder for our own eyes only, where it is not there.
///
/// # Errors
/// [`io::Error`].
pub fn make_folder(path: &Path) -> io::Result<()> {
    let mut builder = fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(path)
}
