//! What was said of one point in time, slot by slot.

use super::words::{Part, Third};

/// What was said of one point, slot by slot, before any of it is looked up in a calendar.
#[derive(Clone, Debug, Default)]
pub(super) struct Point {
    /// The words it was made from, for messages.
    pub text: String,
    /// Days from today.
    pub offset: Option<i64>,
    /// Days that may be off on either side.
    pub give: i64,
    /// How its days, weeks or months were counted from now.
    pub counted: Option<Counted>,
    /// Weeks from this one.
    pub week: Option<i64>,
    /// A day of the week.
    pub weekday: Option<chrono::Weekday>,
    /// last, next: which of the days of that name, or of the months.
    pub which: Option<i64>,
    /// The year.
    pub year: Option<Ref<i32>>,
    /// The month.
    pub month: Option<Ref<u32>>,
    /// The day of the month.
    pub day: Option<u32>,
    /// The third of the month.
    pub third: Option<Third>,
    /// The part of the day.
    pub part: Option<Part>,
    /// The time of day.
    pub clock: Option<Clock>,
    /// A duration from now.
    pub distance: Option<Distance>,
    /// 頃, about.
    pub about: bool,
    /// at: a bare number is an hour.
    pub at: bool,
    /// Just after or just before.
    pub edge: Option<Edge>,
    /// まで, by.
    pub until: bool,
}

/// A year or a month by its number, or counted from this one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Ref<T> {
    /// By its number.
    Number(T),
    /// So many from this one.
    FromNow(i64),
}

/// How days, weeks or months are counted from now.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Counted {
    /// 前, 後: weeks and months roughly.
    Roughly,
    /// 以内, within: to the day.
    ToTheDay,
}

/// A time of day as it was written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Clock {
    pub hour: u32,
    /// None where only the hour was said.
    pub minute: Option<u32>,
    pub second: u32,
    /// A number alone: an hour only if something else says so.
    pub bare: bool,
    /// Minutes to add: half past, quarter to.
    pub shift: i32,
    /// "midnight": of which day, only "last night" and the like can say.
    pub midnight: bool,
}

/// A duration from now.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Distance {
    pub seconds: i64,
    pub way: Way,
}

/// To which side of now.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Way {
    Back,
    Ahead,
    /// A bare duration: only a due time can be meant.
    Unsaid,
}

/// On which side of the time it lies.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Edge {
    After,
    Before,
}

impl Point {
    /// Whether it names its day, month or year: without, it is looked up from now.
    pub fn is_dated(&self) -> bool {
        self.offset.is_some() || self.week.is_some() || self.weekday.is_some() || self.has_calendar()
    }

    /// Whether a year, a month or a day of the month was said.
    pub fn has_calendar(&self) -> bool {
        self.year.is_some() || self.month.is_some() || self.day.is_some() || self.third.is_some()
    }

    /// Whether what it says is counted from now.
    pub fn is_relative(&self) -> bool {
        self.offset.is_some()
            || self.week.is_some()
            || self.which.is_some()
            || self.distance.is_some()
            || matches!(self.year, Some(Ref::FromNow(_)))
            || matches!(self.month, Some(Ref::FromNow(_)))
            || (self.weekday.is_some() && !self.has_calendar())
    }
}

impl Clock {
    /// The hour, and the minute if it was said.
    pub const fn hour(hour: u32, minute: Option<u32>) -> Self {
        Self { hour, minute, second: 0, bare: false, shift: 0, midnight: false }
    }
}
