//! The only place that asks what time it is.
//!
//! A data folder may have a clock of its own (the demo lives in November 2006). It is kept in the folder as `clock.json`,
//! goes on after a restart, and every command on that folder uses it.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::str::FromStr;

use chrono::{DateTime, Duration, Utc};
use serde::{Deserialize, Serialize};

use crate::domain::moment::{Stamp, stamp};

/// Where a data folder keeps its clock, if it has one of its own.
const FILE: &str = "clock.json";

/// A clock. Cheap to clone; every clone shows the same time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Clock {
    /// The machine's clock.
    System,
    /// The machine's clock, moved: it shows the machine's time plus this.
    Moved(Duration),
    /// A clock that stands still, for tests.
    Fixed(Stamp),
}

impl Clock {
    /// The time, UTC, to the microsecond.
    #[expect(clippy::disallowed_methods, reason = "this is the one place that asks the machine")]
    pub fn now(self) -> Stamp {
        match self {
            Self::System => stamp(Utc::now()),
            Self::Moved(by) => stamp(Utc::now() + by),
            Self::Fixed(at) => at,
        }
    }

    /// Whether this is not the machine's own time, so that the page has to say so.
    pub const fn is_moved(self) -> bool {
        !matches!(self, Self::System)
    }
}

/// What `--clock` asks for: `2006-11-24T09:00:00+09:00` runs on from that time, `fixed:2006-11-24T09:00:00+09:00` stands still.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ClockSetting {
    /// A clock that shows this time now, and runs.
    Running(Stamp),
    /// A clock that shows this time and stands.
    Fixed(Stamp),
}

impl ClockSetting {
    /// The clock that was asked for, begun now.
    fn start(self) -> Clock {
        match self {
            Self::Running(at) => Clock::Moved(at - Clock::System.now()),
            Self::Fixed(at) => Clock::Fixed(at),
        }
    }
}

/// `--clock` is not a time that names its zone.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error(
    "“{0}” is not a time with its zone; write 2006-11-24T09:00:00+09:00, or fixed:2006-11-24T09:00:00+09:00 for a clock that stands"
)]
pub struct NotATime(String);

impl FromStr for ClockSetting {
    type Err = NotATime;

    fn from_str(text: &str) -> Result<Self, NotATime> {
        let (fixed, time) = match text.strip_prefix("fixed:") {
            Some(time) => (true, time),
            None => (false, text),
        };
        let at = DateTime::parse_from_rfc3339(time).map_err(|_| NotATime(text.to_owned()))?;
        let at = stamp(at.with_timezone(&Utc));
        Ok(if fixed { Self::Fixed(at) } else { Self::Running(at) })
    }
}

/// The folder's clock could not be read or kept.
#[derive(Debug, thiserror::Error)]
pub enum ClockError {
    /// The file is there, but cannot be read, or cannot be written.
    #[error("cannot read or write the clock of this data folder, {path}: {cause}")]
    File {
        /// Which file.
        path: PathBuf,
        /// What the system said.
        cause: io::Error,
    },
    /// The file is no clock.
    #[error("{path} is not a clock that Tellonce wrote ({cause}); take it away, or give --clock")]
    Damaged {
        /// Which file.
        path: PathBuf,
        /// What is wrong with it.
        cause: serde_json::Error,
    },
}

/// How the file spells a clock.
#[derive(Serialize, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
enum Kept {
    /// Microseconds between this clock and the machine's.
    MovedMicros(i64),
    /// The time it shows.
    Fixed(Stamp),
}

/// The clock of the data folder `data`: the one asked for (which is then kept there), else the one kept there, else the machine's.
///
/// # Errors
/// [`ClockError`] where the file cannot be read, written or understood.
pub fn for_folder(data: &Path, asked: Option<ClockSetting>) -> Result<Clock, ClockError> {
    match asked {
        Some(setting) => {
            let clock = setting.start();
            keep(data, clock)?;
            Ok(clock)
        }
        None => Ok(kept(data)?.unwrap_or(Clock::System)),
    }
}

/// The clock kept in the folder, if it has one of its own.
///
/// # Errors
/// [`ClockError`] where there is one that cannot be read or understood.
pub fn kept(data: &Path) -> Result<Option<Clock>, ClockError> {
    let path = data.join(FILE);
    let text = match fs::read_to_string(&path) {
        Ok(text) => text,
        Err(cause) if cause.kind() == io::ErrorKind::NotFound => return Ok(None),
        Err(cause) => return Err(ClockError::File { path, cause }),
    };
    match serde_json::from_str(&text) {
        Ok(Kept::MovedMicros(by)) => Ok(Some(Clock::Moved(Duration::microseconds(by)))),
        Ok(Kept::Fixed(at)) => Ok(Some(Clock::Fixed(at))),
        Err(cause) => Err(ClockError::Damaged { path, cause }),
    }
}

/// The file of the folder's clock as it lies there, if it has a clock of its own.
///
/// # Errors
/// [`io::Error`].
pub fn file_of(data: &Path) -> io::Result<Option<Vec<u8>>> {
    match fs::read(data.join(FILE)) {
        Ok(bytes) => Ok(Some(bytes)),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(error),
    }
}

/// Lays the file of another folder's clock there.
///
/// # Errors
/// [`io::Error`].
pub fn put_file(data: &Path, bytes: &[u8]) -> io::Result<()> {
    fs::write(data.join(FILE), bytes)
}

/// Writes the clock into the folder.
fn keep(data: &Path, clock: Clock) -> Result<(), ClockError> {
    let kept = match clock {
        Clock::System => return Ok(()),
        Clock::Moved(by) => Kept::MovedMicros(by.num_microseconds().unwrap_or(i64::MAX)),
        Clock::Fixed(at) => Kept::Fixed(at),
    };
    let path = data.join(FILE);
    let text = serde_json::to_string(&kept).map_err(|cause| ClockError::Damaged { path: path.clone(), cause })?;
    fs::write(&path, text).map_err(|cause| ClockError::File { path, cause })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// An empty folder that goes away with the test.
    struct Folder(PathBuf);

    impl Folder {
        fn new(name: &str) -> Self {
            let path = std::env::temp_dir().join(format!("tellonce-clock-{name}-{}", std::process::id()));
            fs::create_dir_all(&path).expect("a temporary folder");
            Self(path)
        }
    }

    impl Drop for Folder {
        fn drop(&mut self) {
            fs::remove_dir_all(&self.0).expect("the temporary folder goes away");
        }
    }

    fn setting(text: &str) -> ClockSetting {
        text.parse().expect("a clock setting")
    }

    #[test]
    fn a_running_clock_goes_on_after_a_restart() {
        let folder = Folder::new("running");
        let first = for_folder(&folder.0, Some(setting("2006-11-24T09:00:00+09:00"))).expect("begun").now();
        let again = for_folder(&folder.0, None).expect("kept").now();
        assert!(again >= first, "the clock went back: {first} then {again}");
        assert!(again - first < Duration::minutes(1), "the clock jumped: {first} then {again}");
    }

    #[test]
    fn a_fixed_clock_stands() {
        let folder = Folder::new("fixed");
        let clock = for_folder(&folder.0, Some(setting("fixed:2006-11-24T09:00:00+09:00"))).expect("begun");
        assert_eq!(clock.now().to_rfc3339(), "2006-11-24T00:00:00+00:00");
        assert_eq!(for_folder(&folder.0, None).expect("kept"), clock);
    }

    #[test]
    fn a_folder_without_a_clock_uses_the_machines() {
        let folder = Folder::new("none");
        assert_eq!(for_folder(&folder.0, None).expect("the machine's"), Clock::System);
    }

    #[test]
    fn a_time_without_a_zone_is_refused() {
        assert!("2006-11-24T09:00:00".parse::<ClockSetting>().is_err());
        assert!("fixed:yesterday".parse::<ClockSetting>().is_err());
    }
}
