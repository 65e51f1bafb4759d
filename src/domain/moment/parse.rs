//! What was typed → a [`Moment`]: `昨夜10時頃`, `about ten last night`, `11/22 10:20`, `10分前`, `between 9 and 10`.
//!
//! Four steps, a file each: the text is cut into [`tokens`] by the table of [`words`]; the [`grammar`] fills the slots of
//! one point, or two; [`place`] finds the day that was meant and computes the ends. What cannot be understood is an error
//! that names the piece; nothing is guessed in silence, and the form shows the answer before it is saved.
//!
//! | typed | understood |
//! |---|---|
//! | a time of day alone | the last one that is not after now (five minutes' grace, clocks differ), or the next one with [`Lean::Future`] |
//! | no year, no month | the nearest in that direction |
//! | hours to 12 without a part of day | as on a 24-hour clock: "ten" is 10:00 |
//! | about, 頃 | a whole hour ± 30 min, with minutes ± 15 min; a day ± 1 day; minutes ago ± 5 min |
//! | 10時過ぎ, just after ten; 10時前 | the 30 min (15 with minutes) after or before it |
//! | 夜, noon, evening … | the window of the table in [`words`] |
//! | a day, a month, a week, 下旬 | strictly between its midnights; weeks begin on Monday (ISO 8601) |
//! | weeks and months ago or later; within so many | roughly; to the day of that name |
//! | 2、3日前 | from three days ago to two |
//! | a local time that exists twice | the interval of both; one that does not exist is an error |

use super::{Moment, Stamp, typed};
use crate::domain::locale::Zone;

mod calendar;
mod grammar;
mod place;
mod point;
mod range;
#[cfg(test)]
mod tests;
mod tokens;
mod words;

/// Where to look for a time that was said without its day: what happened lies behind us, what was promised before us.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lean {
    /// What happened: the last such time.
    Past,
    /// What is due: the next such time. A bare duration ("30m") counts from now, and 「17時まで」 is allowed.
    Future,
}

/// Why a typed moment is refused. [`MomentError::key`] is its sentence in the catalogues, [`MomentError::piece`] the
/// piece of the text it is about.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum MomentError {
    /// Nothing was typed.
    #[error("no moment was given")]
    Empty,
    /// Longer than anything that can be a moment.
    #[error("too long for a moment")]
    TooLong,
    /// A piece that is not a word of the table, or stands where it means nothing.
    #[error("“{0}” was not understood")]
    NotUnderstood(String),
    /// A number that may be an hour, a day or a duration.
    #[error("“{0}” may be an hour, a day or a duration")]
    BareNumber(String),
    /// Two readings are equally good.
    #[error("“{0}” can be read in two ways")]
    TwoReadings(String),
    /// Not a day of the calendar, such as 31 June, or a year that is not within 1900–2199.
    #[error("“{0}” is not a day of the calendar")]
    NoSuchDate(String),
    /// Not a time of day, such as 10:75, or not one of that part of the day, such as 朝15時.
    #[error("“{0}” is not a time of day")]
    NoSuchTime(String),
    /// The clocks were put forward over this local time.
    #[error("the clocks were put forward over {0}")]
    Skipped(String),
    /// The day does not fall on the weekday that stands beside it.
    #[error("{0} falls on another weekday")]
    WrongWeekday(String),
    /// The end lies before the beginning.
    #[error("the end lies before the beginning")]
    EndsSwapped,
}

impl MomentError {
    /// The key of its sentence in the catalogues.
    pub const fn key(&self) -> &'static str {
        match self {
            Self::Empty => "moment-error-empty",
            Self::TooLong => "moment-error-too-long",
            Self::NotUnderstood(_) => "moment-error-not-understood",
            Self::BareNumber(_) => "moment-error-bare-number",
            Self::TwoReadings(_) => "moment-error-two-readings",
            Self::NoSuchDate(_) => "moment-error-no-such-date",
            Self::NoSuchTime(_) => "moment-error-no-such-time",
            Self::Skipped(_) => "moment-error-skipped",
            Self::WrongWeekday(_) => "moment-error-wrong-weekday",
            Self::EndsSwapped => "moment-error-ends-swapped",
        }
    }

    /// The piece of the text it is about: the sentence's argument `piece`.
    pub fn piece(&self) -> Option<&str> {
        match self {
            Self::Empty | Self::TooLong | Self::EndsSwapped => None,
            Self::NotUnderstood(piece)
            | Self::BareNumber(piece)
            | Self::TwoReadings(piece)
            | Self::NoSuchDate(piece)
            | Self::NoSuchTime(piece)
            | Self::Skipped(piece)
            | Self::WrongWeekday(piece) => Some(piece),
        }
    }
}

/// No moment is told in more characters than this; the words that stand beside its ends may have as many again, so that
/// [`Moment::typed_with_words`] of such a one still fits.
const LONGEST: usize = 400;

/// The moment that `text` tells, seen from `now` in `zone`.
///
/// For what was said in a call, `now` is the time of that call. The words are kept where the moment is rough or was told
/// relative to now; the machine form ([`Moment::typed`]) and plain exact numbers keep none.
///
/// # Errors
/// [`MomentError`], naming the piece that was not understood.
pub fn parse(text: &str, now: Stamp, zone: Zone, lean: Lean) -> Result<Moment, MomentError> {
    let text = text.trim();
    if text.is_empty() {
        return Err(MomentError::Empty);
    }
    let is_long = |text: &str| text.chars().count() > LONGEST;
    let (ends, words) = typed::split_words(text);
    if is_long(ends) || words.as_deref().is_some_and(is_long) {
        return Err(MomentError::TooLong);
    }
    let moment = match typed::read(text, zone) {
        Some(read) => read?,
        None if is_long(text) => return Err(MomentError::TooLong),
        None => told(text, &place::Seen::new(now, zone, lean))?,
    };
    for end in [moment.from, moment.to] {
        calendar::year_in_range(end.with_timezone(&zone).date_naive(), text)?;
    }
    Ok(moment)
}

/// What is told in words and numbers, not in the machine form.
fn told(text: &str, seen: &place::Seen) -> Result<Moment, MomentError> {
    let said = range::said(&tokens::tokens(text)?)?;
    let placed = place::place(&said, seen)?;
    let words = (placed.relative || placed.from != placed.to).then(|| text.to_owned());
    Moment::between(placed.from, placed.to, words, seen.zone).map_err(|_| MomentError::EndsSwapped)
}
