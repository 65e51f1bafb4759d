//! From what was said to the ends of the moment: which day was meant, seen from now, and what the clocks say there.

use chrono::{Datelike, Duration, NaiveDate, NaiveDateTime, NaiveTime, Timelike};

use super::calendar::{self, Days};
use super::point::{Clock, Distance, Edge, Point, Way};
use super::range::Said;
use super::words::{Part, Twelve};
use super::{Lean, MomentError};
use crate::domain::locale::Zone;
use crate::domain::moment::{Stamp, local};

/// From where we look.
#[derive(Clone, Copy, Debug)]
pub(super) struct Seen {
    now: Stamp,
    /// The zone in which it is told.
    pub zone: Zone,
    local_now: NaiveDateTime,
    /// The day today, in the zone.
    pub today: NaiveDate,
    /// Where we look.
    pub lean: Lean,
    /// From which day on what has no year or month is looked for: today, or the other end.
    pub anchor: NaiveDate,
}

impl Seen {
    /// At `now` in `zone`, towards `lean`.
    pub fn new(now: Stamp, zone: Zone, lean: Lean) -> Self {
        let local_now = now.with_timezone(&zone).naive_local();
        Self { now, zone, local_now, today: local_now.date(), lean, anchor: local_now.date() }
    }
}

/// A moment that has found its place.
#[derive(Clone, Copy, Debug)]
pub(super) struct Placed {
    pub from: Stamp,
    pub to: Stamp,
    /// Whether it was told relative to now.
    pub relative: bool,
}

/// Whose clock is ahead by less than this may say what happened "now" and be right.
const GRACE: Duration = Duration::minutes(5);

/// Two dates without their years lie within this, or stand in the wrong order.
const HALF_A_YEAR: Duration = Duration::days(183);

/// Finds the place of what was said.
///
/// # Errors
/// What cannot be placed, and why.
pub(super) fn place(said: &Said, seen: &Seen) -> Result<Placed, MomentError> {
    match said {
        Said::One(point) => {
            if point.until && seen.lean == Lean::Past {
                return Err(MomentError::NotUnderstood(point.text.clone()));
            }
            let (from, to) = one(point, seen)?;
            Ok(Placed { from, to, relative: point.is_relative() })
        }
        Said::Two(first, second) => {
            let (from, to) = two(first, second, seen)?;
            Ok(Placed { from, to, relative: first.is_relative() || second.is_relative() })
        }
    }
}

fn one(point: &Point, seen: &Seen) -> Result<(Stamp, Stamp), MomentError> {
    if let Some(distance) = point.distance {
        return from_now(point, distance, seen);
    }
    let (place, _) = first_fit(point, seen, |days| {
        let place = Place::of(point, days, Reading::Plain)?;
        Ok((place, place))
    })?;
    place.stamps(seen.zone)
}

/// Two ends. One that names no day is on the day of the other, or the next (before) where the order asks for it.
fn two(first: &Point, second: &Point, seen: &Seen) -> Result<(Stamp, Stamp), MomentError> {
    let both = |said: fn(&Point) -> bool| said(first) && said(second);
    let are_counted = both(|point| point.distance.is_some()) || both(|point| point.counted.is_some());
    if are_counted || first.distance.is_some() || second.distance.is_some() {
        let (a, b) = (one(first, seen)?, one(second, seen)?);
        // 「10〜20分前」 counts away from now: its second end is the earlier one.
        return Ok(if are_counted { (a.0.min(b.0), a.1.max(b.1)) } else { (a.0, b.1) });
    }
    let (start, end) = if !first.is_dated() && second.is_dated() {
        first_fit(second, seen, |days| {
            let end = Place::of(second, days, Reading::Plain)?;
            Ok((before(first, second, end, days)?, end))
        })?
    } else {
        first_fit(first, seen, |days| {
            let plain = if second.is_dated() { Reading::Plain } else { same_part(first, second, days)? };
            let start = Place::of(first, days, plain)?;
            Ok((start, after(first, second, start, days, seen)?))
        })?
    };
    let years_said = first.year.is_some() || second.year.is_some();
    let wraps = start.starts().year() < end.starts().year() && end.starts() - start.starts() > HALF_A_YEAR;
    // 「12/30〜1/3」 goes over the new year; 「11/23〜11/21」 is a slip, not 363 days.
    if first.month.is_some() && !years_said && wraps {
        return Err(MomentError::EndsSwapped);
    }
    Ok((start.stamps(seen.zone)?.0, end.stamps(seen.zone)?.1))
}

/// "9:00 to 10:30 pm": the first end is in the half of the day in which it comes last before the second.
fn same_part(first: &Point, second: &Point, days: Days) -> Result<Reading, MomentError> {
    if second.part.is_none() || first.part.is_some() || second.clock.is_none() {
        return Ok(Reading::Plain);
    }
    Ok(Reading::NotAfter(Place::of(second, days, Reading::Plain)?.starts()))
}

/// The second end, seen from the first.
fn after(first: &Point, second: &Point, start: Place, days: Days, seen: &Seen) -> Result<Place, MomentError> {
    if second.is_dated() {
        let ahead = Seen { lean: Lean::Future, anchor: days.first, ..*seen };
        let fits = |place: &Place| place.ends() >= start.starts();
        return fit(second, &ahead, |days| Place::of(second, days, Reading::Plain), fits);
    }
    let reading = if first.part.is_some() && second.part.is_none() { Reading::NotBefore(start.starts()) } else { Reading::Plain };
    let place = Place::of(second, days, reading)?;
    if place.ends() >= start.starts() {
        return Ok(place);
    }
    let next = Place::of(second, days.next_day()?, Reading::Plain)?;
    // What happened lies behind us: 「10時〜9時」 at eleven is a slip, not the time until tomorrow.
    let latest = seen.local_now + GRACE;
    if seen.lean == Lean::Past && start.starts() <= latest && next.starts() > latest {
        return Err(MomentError::EndsSwapped);
    }
    Ok(next)
}

/// The first end, seen from a second that names its day.
fn before(first: &Point, second: &Point, end: Place, days: Days) -> Result<Place, MomentError> {
    let reading = if second.part.is_some() && first.part.is_none() { Reading::NotAfter(end.starts()) } else { Reading::Plain };
    let place = Place::of(first, days, reading)?;
    if place.starts() <= end.ends() {
        return Ok(place);
    }
    Place::of(first, days.previous_day()?, Reading::Plain)
}

/// The first of the days that `dated` can mean on which what is placed lies where we look.
fn first_fit(
    dated: &Point,
    seen: &Seen,
    place: impl Fn(Days) -> Result<(Place, Place), MomentError>,
) -> Result<(Place, Place), MomentError> {
    fit(dated, seen, place, |(start, end)| match seen.lean {
        Lean::Past => start.starts() <= seen.local_now + GRACE,
        Lean::Future => end.ends() >= seen.local_now,
    })
}

/// The first of the days that `dated` can mean on which what is placed fits; the only one, if there is one only.
fn fit<T>(
    dated: &Point,
    seen: &Seen,
    place: impl Fn(Days) -> Result<T, MomentError>,
    fits: impl Fn(&T) -> bool,
) -> Result<T, MomentError> {
    let candidates = calendar::days(dated, seen)?;
    let only = candidates.len() == 1;
    for days in candidates {
        let placed = place(days)?;
        if only || fits(&placed) {
            calendar::check_weekday(days, dated)?;
            return Ok(placed);
        }
    }
    Err(MomentError::NoSuchDate(dated.text.clone()))
}

/// "10 minutes ago", "in 2 hours".
fn from_now(point: &Point, distance: Distance, seen: &Seen) -> Result<(Stamp, Stamp), MomentError> {
    let nothing_else = !point.is_dated() && point.part.is_none() && point.clock.is_none() && point.edge.is_none();
    if !nothing_else || point.which.is_some() {
        return Err(MomentError::NotUnderstood(point.text.clone()));
    }
    let seconds = match (distance.way, seen.lean) {
        (Way::Back, _) => -distance.seconds,
        (Way::Ahead, _) | (Way::Unsaid, Lean::Future) => distance.seconds,
        (Way::Unsaid, Lean::Past) => return Err(MomentError::BareNumber(point.text.clone())),
    };
    let too_far = || MomentError::NoSuchDate(point.text.clone());
    let at = Duration::try_seconds(seconds).and_then(|d| seen.now.checked_add_signed(d)).ok_or_else(too_far)?;
    // Who says "ten minutes ago" does not mean the second.
    let second = if seconds == 0 || seconds % 60 != 0 { at.second() } else { 0 };
    let at = at.with_second(second).and_then(|at| at.with_nanosecond(0)).ok_or_else(too_far)?;
    let give = if point.about { distance_give(distance.seconds) } else { Duration::zero() };
    Ok((at - give, at + give))
}

/// How far "about so long ago" may be off: half an hour for whole hours, a quarter for other hours, five minutes below.
fn distance_give(seconds: i64) -> Duration {
    match seconds {
        ..3600 => Duration::minutes(5).min(Duration::seconds(seconds)),
        _ if seconds % 3600 == 0 => Duration::minutes(30),
        _ => Duration::minutes(15),
    }
}

/// Which of the readings of an hour to 12 is meant.
#[derive(Clone, Copy, Debug)]
enum Reading {
    /// As the part of the day says; without one, as on a 24-hour clock.
    Plain,
    /// The first that is not before the other end.
    NotBefore(NaiveDateTime),
    /// The last that is not after the other end.
    NotAfter(NaiveDateTime),
}

/// A place on the local clocks.
#[derive(Clone, Copy, Debug)]
enum Place {
    /// A time of day, and how much earlier or later it may have been.
    Clock { local: NaiveDateTime, earlier: Duration, later: Duration },
    /// A part of a day.
    Window(NaiveDateTime, NaiveDateTime),
    /// Whole days.
    Days(Days),
}

impl Place {
    /// Where `point` lies on `days`.
    fn of(point: &Point, days: Days, reading: Reading) -> Result<Self, MomentError> {
        let not_understood = || MomentError::NotUnderstood(point.text.clone());
        if point.clock.is_none() && point.edge.is_some() {
            return Err(not_understood());
        }
        match (point.clock, point.part) {
            (None, None) if !point.is_dated() => Err(not_understood()),
            (None, None) => Ok(Self::Days(if point.about { days.about(&point.text)? } else { days })),
            _ if !days.is_one() => Err(not_understood()),
            (None, Some(part)) => {
                one_night(point, part, None)?;
                let hour = |hour| midnight(days.first) + Duration::hours(hour);
                Ok(Self::Window(hour(part.window.0), hour(part.window.1)))
            }
            (Some(clock), _) => Self::clock(point, clock, days, reading),
        }
    }

    fn clock(point: &Point, clock: Clock, days: Days, reading: Reading) -> Result<Self, MomentError> {
        let an_hour = point.at || point.about || point.edge.is_some() || point.part.is_some() || point.is_dated();
        if clock.bare && !an_hour {
            return Err(MomentError::BareNumber(point.text.clone()));
        }
        // Broadcasters and night shifts count on to 29 o'clock.
        if clock.hour > 29 || clock.minute.unwrap_or(0) > 59 || clock.second > 59 {
            return Err(MomentError::NoSuchTime(point.text.clone()));
        }
        let at = |hour: i64| {
            let minutes = hour * 60 + i64::from(clock.minute.unwrap_or(0)) + i64::from(clock.shift);
            midnight(days.first) + Duration::seconds(minutes * 60 + i64::from(clock.second))
        };
        let readings = readings(clock.hour).into_iter().map(at);
        let told = match reading {
            Reading::NotBefore(other) => readings.into_iter().find(|local| *local >= other),
            Reading::NotAfter(other) => readings.into_iter().rev().find(|local| *local <= other),
            Reading::Plain => None,
        };
        let local = match told {
            Some(local) => local,
            None => at(hour(point, clock)?),
        };
        let whole_hour = clock.minute.unwrap_or(0) == 0 && clock.second == 0 && clock.shift == 0;
        let give = Duration::minutes(if whole_hour { 30 } else { 15 });
        let none = Duration::zero();
        let (earlier, later) = match (point.about, point.edge) {
            (true, _) => (give, give),
            (false, Some(Edge::Before)) => (give, none),
            (false, Some(Edge::After)) => (none, give),
            (false, None) => (none, none),
        };
        Ok(Self::Clock { local, earlier, later })
    }

    fn starts(self) -> NaiveDateTime {
        match self {
            Self::Clock { local, earlier, .. } => local - earlier,
            Self::Window(from, _) => from,
            Self::Days(days) => midnight(days.first),
        }
    }

    fn ends(self) -> NaiveDateTime {
        match self {
            Self::Clock { local, later, .. } => local + later,
            Self::Window(_, to) => to,
            Self::Days(days) => midnight(days.last) + Duration::days(1),
        }
    }

    fn stamps(self, zone: Zone) -> Result<(Stamp, Stamp), MomentError> {
        match self {
            Self::Clock { local, earlier, later } => {
                let skipped = || MomentError::Skipped(local.format("%Y-%m-%d %H:%M").to_string());
                let (first, last) = local::instants(local, zone).ok_or_else(skipped)?;
                Ok((first - earlier, last + later))
            }
            Self::Window(from, to) => Ok((local::instants_or_jump(from, zone).0, local::instants_or_jump(to, zone).1)),
            Self::Days(days) => {
                local::days(days.first, days.last, zone).ok_or_else(|| MomentError::Skipped(days.first.to_string()))
            }
        }
    }
}

fn midnight(day: NaiveDate) -> NaiveDateTime {
    day.and_time(NaiveTime::MIN)
}

/// The hours that a number can mean, to the morning after: 10 may be 10, 22 or 34 o'clock, 17 only itself.
fn readings(hour: u32) -> Vec<i64> {
    let hour = i64::from(hour);
    if hour <= 12 { vec![hour, hour + 12, hour + 24] } else { vec![hour] }
}

/// The hour, from the midnight of its day, in the part of the day that was said.
fn hour(point: &Point, clock: Clock) -> Result<i64, MomentError> {
    let no_such_time = || MomentError::NoSuchTime(point.text.clone());
    let two_readings = || MomentError::TwoReadings(point.text.clone());
    let Some(part) = point.part else {
        return if clock.midnight && point.is_dated() { Err(two_readings()) } else { Ok(i64::from(clock.hour)) };
    };
    let hour = match (part.twelve, clock.hour) {
        (Twelve::Refused, 12) => return Err(two_readings()),
        (Twelve::English, 12) if part.hours.0 == 0 => 0,
        (_, hour) => hour,
    };
    let within = |hour: &i64| (part.hours.0..part.hours.1).contains(hour);
    let hour = readings(hour).into_iter().find(within).ok_or_else(no_such_time)?;
    one_night(point, part, Some(hour))?;
    Ok(hour)
}

/// 「昨日の深夜1時」 is the night to yesterday or the night from it: we ask.
fn one_night(point: &Point, part: Part, hour: Option<i64>) -> Result<(), MomentError> {
    if part.two_nights && point.is_dated() && hour.is_none_or(|hour| hour >= 24) {
        return Err(MomentError::TwoReadings(point.text.clone()));
    }
    Ok(())
}
