//! Wall clocks: from a local time to the instants it can mean, and whole days to their bounds.
//!
//! Where clocks are put forward a local time does not exist, where they are put back it exists twice. Some zones do that
//! at midnight, and one has left out a whole day (Samoa, 30 December 2011).

use chrono::{Duration, MappedLocalTime, NaiveDate, NaiveDateTime, TimeZone, Utc};

use super::{Stamp, stamp};
use crate::domain::locale::Zone;

/// The shortest time we can tell apart.
pub(in crate::domain) const TICK: Duration = Duration::microseconds(1);

/// No zone changes its clock by more than a day.
const FARTHEST_OFFSET: Duration = Duration::hours(26);

/// The instants at which the clocks of `zone` show `local`: the same twice as a rule, two where the hour is repeated,
/// none where it is skipped.
pub(in crate::domain) fn instants(local: NaiveDateTime, zone: Zone) -> Option<(Stamp, Stamp)> {
    match zone.from_local_datetime(&local) {
        MappedLocalTime::Single(one) => Some((stamp(one.to_utc()), stamp(one.to_utc()))),
        MappedLocalTime::Ambiguous(one, other) => {
            let (one, other) = (stamp(one.to_utc()), stamp(other.to_utc()));
            Some((one.min(other), one.max(other)))
        }
        MappedLocalTime::None => None,
    }
}

/// The first and the last instant at which the clocks of `zone` show `local`; where it is skipped, the instant at which
/// the clocks jump over it.
pub(in crate::domain) fn instants_or_jump(local: NaiveDateTime, zone: Zone) -> (Stamp, Stamp) {
    instants(local, zone).unwrap_or_else(|| {
        let jump = first_showing(local, zone);
        (jump, jump)
    })
}

/// The first instant at which the clocks show `local` or later, found by halving: the zone data do not name their jumps.
fn first_showing(local: NaiveDateTime, zone: Zone) -> Stamp {
    let middle = Utc.from_utc_datetime(&local);
    let (mut before, mut after) = (middle - FARTHEST_OFFSET, middle + FARTHEST_OFFSET);
    while after - before > TICK {
        let half = stamp(before + (after - before) / 2);
        if half.with_timezone(&zone).naive_local() < local {
            before = half;
        } else {
            after = half;
        }
    }
    after
}

/// The bounds of the days from `first` to `last`: strictly between their midnights, so that a day alone is surely
/// before the deadline that ends it. None for a day that the zone has left out, or `last` before `first`.
pub(in crate::domain) fn days(first: NaiveDate, last: NaiveDate, zone: Zone) -> Option<(Stamp, Stamp)> {
    let start = midnight(first, zone);
    let end = midnight(last.succ_opt()?, zone);
    (start + TICK < end).then(|| (start + TICK, end - TICK))
}

/// The first instant of `day`; where the clocks jump over its midnight, the instant at which they do.
pub(in crate::domain) fn midnight(day: NaiveDate, zone: Zone) -> Stamp {
    instants_or_jump(day.and_time(chrono::NaiveTime::MIN), zone).0
}

/// The days of which `from` and `to` are the bounds as [`days`] makes them, if they are.
pub(super) fn as_days(from: Stamp, to: Stamp, zone: Zone) -> Option<(NaiveDate, NaiveDate)> {
    let first = from.with_timezone(&zone).date_naive();
    let last = to.with_timezone(&zone).date_naive();
    (days(first, last, zone) == Some((from, to))).then_some((first, last))
}

/// The last day of the month in which `day` lies; none at the end of the calendar.
pub(in crate::domain) fn month_end(day: NaiveDate) -> Option<NaiveDate> {
    use chrono::{Datelike, Months};
    day.with_day(1)?.checked_add_months(Months::new(1))?.pred_opt()
}
