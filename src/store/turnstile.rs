//! Whose turn it is to write to a SQLite file, among processes. SQLite itself lets those who wait ask again and again, so that a process
//! whose writers follow one another without a pause keeps every other one out for as long as it likes.
//!
//! Two files beside the database are locked, one after the other: whoever holds the first is next, whoever holds the second writes.
//! Only who is next asks for the second, so that nobody overtakes; a process that comes back for its next write finds another one next.
//! The locks go with the process that holds them, and a tool that does not know them is held off by SQLite's own lock as ever.

use std::fs::{File, TryLockError};
use std::io;
use std::path::Path;
use std::time::{Duration, Instant};

use super::error::StoreError;

/// How long a writer waits for its turn.
const PATIENCE: Duration = Duration::from_secs(20);

/// How long it waits until it asks again.
const PAUSE: Duration = Duration::from_micros(500);

/// The way to the one pen of a database, for one writer of this process at a time.
#[derive(Debug)]
pub struct Turnstile {
    next: File,
    pen: File,
}

impl Turnstile {
    /// Of the database in that file.
    ///
    /// # Errors
    /// [`io::Error`] where nothing can be written beside it.
    pub fn of(database: &Path) -> io::Result<Self> {
        let open = |end: &str| {
            let mut path = database.as_os_str().to_owned();
            path.push(end);
            File::options().create(true).truncate(false).write(true).open(path)
        };
        Ok(Self { next: open("-next")?, pen: open("-pen")? })
    }

    /// Waits for its turn; it ends when the answer is dropped.
    ///
    /// # Errors
    /// [`StoreError::Busy`] where others take too long.
    pub fn wait(&self) -> Result<Turn<'_>, StoreError> {
        let until = Instant::now() + PATIENCE;
        lock(&self.next, until)?;
        let locked = lock(&self.pen, until);
        release(&self.next);
        locked.map(|()| Turn(&self.pen))
    }
}

/// One's turn to write.
#[derive(Debug)]
pub struct Turn<'a>(&'a File);

impl Drop for Turn<'_> {
    fn drop(&mut self) {
        release(self.0);
    }
}

fn lock(file: &File, until: Instant) -> Result<(), StoreError> {
    loop {
        match file.try_lock() {
            Ok(()) => return Ok(()),
            Err(TryLockError::WouldBlock) if Instant::now() < until => std::thread::sleep(PAUSE),
            Err(TryLockError::WouldBlock) => return Err(StoreError::Busy("another process writes".to_owned())),
            Err(TryLockError::Error(error)) => return Err(StoreError::Open(error.to_string())),
        }
    }
}

fn release(file: &File) {
    if let Err(error) = file.unlock() {
        tracing::error!(%error, "a lock beside the database cannot be let go");
    }
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};

    use super::*;

    #[test]
    fn who_comes_second_is_served_though_the_first_writes_without_a_pause() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("tellonce.db");
        let (one, other) = (Turnstile::of(&path).expect("locks"), Turnstile::of(&path).expect("locks"));
        let (stop, written) = (AtomicBool::new(false), AtomicUsize::new(0));
        std::thread::scope(|scope| {
            scope.spawn(|| {
                while !stop.load(Ordering::Relaxed) {
                    let _turn = one.wait().expect("its turn");
                    std::thread::sleep(Duration::from_millis(2));
                    written.fetch_add(1, Ordering::Relaxed);
                }
            });
            while written.load(Ordering::Relaxed) < 3 {
                std::thread::yield_now();
            }
            for _ in 0..20 {
                let before = written.load(Ordering::Relaxed);
                drop(other.wait().expect("its turn"));
                let overtaken = written.load(Ordering::Relaxed) - before;
                assert!(overtaken <= 2, "{overtaken} came before it");
            }
            stop.store(true, Ordering::Relaxed);
        });
    }

    #[test]
    fn one_writes_at_a_time() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("tellonce.db");
        let writing = AtomicUsize::new(0);
        std::thread::scope(|scope| {
            for _ in 0..4 {
                scope.spawn(|| {
                    let turnstile = Turnstile::of(&path).expect("locks");
                    for _ in 0..50 {
                        let _turn = turnstile.wait().expect("its turn");
                        assert_eq!(writing.fetch_add(1, Ordering::SeqCst), 0, "two write");
                        writing.fetch_sub(1, Ordering::SeqCst);
                    }
                });
            }
        });
    }
}
