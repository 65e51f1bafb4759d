//! A moment 日時(おおよそ): a time as it is known.
//!
//! "About ten" is not 22:00. A moment is the interval in which the time surely lies, both ends possible, with the words in
//! which it was told. It is shown in its words and computed at both ends; it is never silently made exact.

use chrono::{DateTime, Duration, DurationRound, Utc};
use serde::{Deserialize, Serialize};

use super::locale::Zone;

pub(in crate::domain) mod local;
pub mod parse;
pub mod show;
mod typed;

/// A point in time, UTC, to the microsecond: what both databases can keep. [`stamp`] makes one.
pub type Stamp = DateTime<Utc>;

/// `time`, truncated to the microsecond.
pub fn stamp(time: DateTime<Utc>) -> Stamp {
    // Only a time hundreds of thousands of years away cannot be truncated; it stands as it is.
    time.duration_trunc(Duration::microseconds(1)).unwrap_or(time)
}

/// A time as it is known: somewhere from `from` to `to`, both ends possible.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "app", derive(utoipa::ToSchema))]
pub struct Moment {
    /// The earliest time it can have been.
    #[cfg_attr(feature = "app", schema(value_type = DateTime<Utc>))]
    pub from: Stamp,
    /// The latest time it can have been; never before `from`.
    #[cfg_attr(feature = "app", schema(value_type = DateTime<Utc>))]
    pub to: Stamp,
    /// How it was told ("昨夜10時頃"); none where it was given as plain numbers.
    pub words: Option<String>,
    /// The zone in which it was told.
    #[cfg_attr(feature = "app", schema(value_type = String))]
    pub zone: Zone,
}

/// The ends of a moment are the wrong way round.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the end lies before the beginning")]
pub struct EndsSwapped;

impl Moment {
    /// A time known exactly.
    pub fn exact(at: Stamp, zone: Zone) -> Self {
        Self { from: at, to: at, words: None, zone }
    }

    /// A time known to lie from `from` to `to`.
    ///
    /// # Errors
    /// [`EndsSwapped`] where `to` lies before `from`.
    pub fn between(from: Stamp, to: Stamp, words: Option<String>, zone: Zone) -> Result<Self, EndsSwapped> {
        if to < from { Err(EndsSwapped) } else { Ok(Self { from, to, words, zone }) }
    }

    /// Whether it is known to the microsecond.
    pub fn is_exact(&self) -> bool {
        self.from == self.to
    }

    /// Whether it lies wholly before `other`, at every reading of both.
    pub fn surely_before(&self, other: &Self) -> bool {
        self.to < other.from
    }

    /// How long from this moment to `end`, at both readings; never below zero.
    pub fn until(&self, end: &Self) -> Span {
        let nothing = Duration::zero();
        Span { min: (end.from - self.to).max(nothing), max: (end.to - self.from).max(nothing) }
    }
}

/// A duration as it is known: at least `min`, at most `max`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Span {
    /// The shortest it can have been.
    pub min: Duration,
    /// The longest it can have been.
    pub max: Duration,
}

impl Span {
    /// Whether both ends are the same.
    pub fn is_exact(&self) -> bool {
        self.min == self.max
    }

    /// In whole minutes: nobody counts in seconds what is not over.
    #[must_use]
    pub fn in_minutes(&self) -> Self {
        let whole = |length: Duration| Duration::minutes(length.num_minutes());
        // Whole days end a tick beside it.
        Self { min: whole(self.min), max: whole(self.max + Duration::milliseconds(1)) }
    }
}
