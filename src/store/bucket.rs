//! A bucket of an S3-compatible store, in which several machines keep the files that one keeps in its data folder.
//!
//! `object_store` (Apache Arrow) speaks the protocol and signs the requests; our own client carries them. The store is blocking code on
//! a blocking thread, so each request runs to its end where it was made.

mod carrier;

use std::fmt;
use std::fs::File;
use std::future::Future;
use std::io::{self, Read, Write};
use std::str::FromStr;
use std::sync::Arc;
use std::time::Duration;

use futures_util::TryStreamExt;
use object_store::aws::{AmazonS3, AmazonS3Builder, AmazonS3ConfigKey as Key};
use object_store::path::Path;
use object_store::{BackoffConfig, ObjectStore, ObjectStoreExt, PutPayload, RetryConfig};
use url::Url;

use carrier::Carrier;

/// How much is sent, or asked for, at once of what is too long to be held in memory. S3 takes no smaller pieces than 5 MiB but for the
/// last one (Amazon S3, "Multipart upload limits").
const PIECE: u64 = 8 * 1024 * 1024;

/// How often a request is tried again that the store did not answer well: somebody waits.
const TRIES: usize = 3;

/// How long all tries of a request may take.
const PATIENCE: Duration = Duration::from_secs(20);

/// Where files are kept by several machines.
#[derive(Clone)]
pub struct Bucket {
    store: Arc<AmazonS3>,
    /// What all names in it begin with.
    prefix: Path,
    name: String,
}

/// Why the address of a bucket cannot be used.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum BadBucket {
    /// It is in no shape that we know.
    #[error("write s3://BUCKET/FOLDER, or s3://KEY:SECRET@BUCKET/FOLDER?endpoint=https://HOST&region=REGION")]
    Shape,
    /// It says what we do not know.
    #[error("“{0}” is not known there: endpoint and region are")]
    Unknown(String),
    /// It cannot be reached by what is known.
    #[error("{0}")]
    Settings(String),
}

impl FromStr for Bucket {
    type Err = BadBucket;

    /// What the address does not say is taken from the environment, as the tools of Amazon read it (`AWS_ACCESS_KEY_ID`,
    /// `AWS_SECRET_ACCESS_KEY`, `AWS_REGION`, `AWS_ENDPOINT_URL`).
    fn from_str(text: &str) -> Result<Self, BadBucket> {
        let url = Url::parse(text).ok().filter(|url| url.scheme() == "s3").ok_or(BadBucket::Shape)?;
        let bucket = url.host_str().filter(|host| !host.is_empty()).ok_or(BadBucket::Shape)?;
        let plain = |text: &str| percent(text).ok_or(BadBucket::Shape);
        let mut builder = AmazonS3Builder::from_env().with_bucket_name(bucket);
        if let Some(secret) = url.password() {
            builder = builder.with_access_key_id(plain(url.username())?).with_secret_access_key(plain(secret)?);
        }
        for (name, value) in url.query_pairs() {
            builder = match &*name {
                "endpoint" => builder.with_endpoint(&*value),
                "region" => builder.with_region(&*value),
                _ => return Err(BadBucket::Unknown(name.into_owned())),
            };
        }
        // Unencrypted only where whoever started the server said so, by the endpoint itself.
        let is_plain = builder.get_config_value(&Key::Endpoint).is_some_and(|endpoint| endpoint.starts_with("http://"));
        let retry = RetryConfig { backoff: BackoffConfig::default(), max_retries: TRIES, retry_timeout: PATIENCE };
        let builder = builder.with_allow_http(is_plain).with_retry(retry).with_http_connector(Carrier::new());
        let store = builder.build().map_err(|error| BadBucket::Settings(error.to_string()))?;
        let prefix = Path::from(url.path());
        let name = format!("s3://{bucket}/{prefix}");
        Ok(Self { store: Arc::new(store), prefix, name })
    }
}

/// What stands for those bytes in an address (RFC 3986, 2.1).
fn percent(text: &str) -> Option<String> {
    let pair = format!("x={}", text.replace('+', "%2B").replace('&', "%26"));
    url::form_urlencoded::parse(pair.as_bytes()).next().map(|(_, text)| text.into_owned())
}

impl fmt::Debug for Bucket {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.name)
    }
}

impl Bucket {
    /// What it is called, for people: without secrets.
    pub fn name(&self) -> &str {
        &self.name
    }

    fn path(&self, name: &str) -> Path {
        name.split('/').fold(self.prefix.clone(), |path, part| path.join(part))
    }

    /// Whether something is kept under that name.
    ///
    /// # Errors
    /// [`io::Error`] where the store does not answer well.
    pub fn has(&self, name: &str) -> io::Result<bool> {
        match wait(self.store.head(&self.path(name))) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(false),
            found => found.map(|_| true),
        }
    }

    /// Keeps `bytes` under that name; they are there as a whole or not at all.
    ///
    /// # Errors
    /// [`io::Error`] where the store does not answer well.
    pub fn put(&self, name: &str, bytes: &[u8]) -> io::Result<()> {
        wait(self.store.put(&self.path(name), PutPayload::from(bytes.to_vec()))).map(drop)
    }

    /// What is kept under that name.
    ///
    /// # Errors
    /// [`io::Error`] where it is not there, or the store does not answer well.
    pub fn get(&self, name: &str) -> io::Result<Vec<u8>> {
        wait(async { self.store.get(&self.path(name)).await?.bytes().await }).map(|bytes| bytes.to_vec())
    }

    /// Takes away what is kept under that name, if anything is.
    ///
    /// # Errors
    /// [`io::Error`] where the store does not answer well.
    pub fn forget(&self, name: &str) -> io::Result<()> {
        match wait(self.store.delete(&self.path(name))) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(()),
            done => done,
        }
    }

    /// The names in that folder of it.
    ///
    /// # Errors
    /// [`io::Error`] where the store does not answer well.
    pub fn list(&self, folder: &str) -> io::Result<Vec<String>> {
        let all: Vec<_> = wait(self.store.list(Some(&self.path(folder))).try_collect())?;
        Ok(all.iter().filter_map(|found| found.location.filename().map(str::to_owned)).collect())
    }

    /// Keeps what stands in `file` from where it is read on, piece by piece.
    ///
    /// # Errors
    /// [`io::Error`] where it cannot be read, or the store does not answer well; then nothing is kept.
    pub fn put_file(&self, name: &str, file: &mut File) -> io::Result<()> {
        let mut piece = next_piece(file)?;
        if (piece.len() as u64) < PIECE {
            return self.put(name, &piece);
        }
        let mut upload = wait(self.store.put_multipart(&self.path(name)))?;
        let sent = (|| {
            while !piece.is_empty() {
                wait(upload.put_part(PutPayload::from(std::mem::take(&mut piece))))?;
                piece = next_piece(file)?;
            }
            wait(upload.complete()).map(drop)
        })();
        if sent.is_err()
            && let Err(error) = wait(upload.abort())
        {
            tracing::warn!(%error, name, "pieces of a file stay in the bucket");
        }
        sent
    }

    /// Writes what is kept under that name to `file`, piece by piece.
    ///
    /// # Errors
    /// [`io::Error`] where it is not there, the store does not answer well, or the file cannot be written.
    pub fn get_file(&self, name: &str, file: &mut File) -> io::Result<()> {
        let path = self.path(name);
        let size = wait(self.store.head(&path))?.size;
        for start in (0..size).step_by(PIECE as usize) {
            let piece = wait(self.store.get_range(&path, start..(start + PIECE).min(size)))?;
            file.write_all(&piece)?;
        }
        Ok(())
    }
}

fn next_piece(file: &mut File) -> io::Result<Vec<u8>> {
    let mut piece = Vec::new();
    file.take(PIECE).read_to_end(&mut piece)?;
    Ok(piece)
}

/// Runs it to its end on this thread.
fn wait<T>(work: impl Future<Output = Result<T, object_store::Error>>) -> io::Result<T> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_time().build()?;
    runtime.block_on(work).map_err(|error| match error {
        object_store::Error::NotFound { .. } => io::Error::new(io::ErrorKind::NotFound, error),
        error => io::Error::other(error),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_names_the_bucket_the_folder_and_where_it_is() {
        let bucket: Bucket = "s3://key:se%2Fcret@records/tellonce/files?endpoint=http://127.0.0.1:9000&region=ap-northeast-1"
            .parse()
            .expect("an address");
        assert_eq!(bucket.name(), "s3://records/tellonce/files");
        assert!(!format!("{bucket:?}").contains("cret"));
        assert_eq!(bucket.path("ab/abcd").as_ref(), "tellonce/files/ab/abcd");
    }

    #[test]
    fn what_is_no_address_of_a_bucket_is_refused() {
        for text in ["", "files", "https://records.example.jp", "s3:", "s3:///folder"] {
            assert_eq!(text.parse::<Bucket>().map(drop), Err(BadBucket::Shape), "{text}");
        }
        let unknown = "s3://records?key=1".parse::<Bucket>().map(drop);
        assert_eq!(unknown, Err(BadBucket::Unknown("key".to_owned())));
    }
}
