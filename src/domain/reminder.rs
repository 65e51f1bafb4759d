//! Reminders 期限のお知らせ: a mail a day to whoever wants one, on the days on which a deadline calls for it. Whoever wants a mail when
//! somebody replies through a share chooses it beside them.

use std::cmp::Reverse;

use chrono::{Duration, NaiveDate, NaiveTime};

use super::deadline::{Deadline, DeadlineKind, Side};
use super::locale::Zone;
use super::moment::Stamp;
use super::text_enum::text_enum;

#[cfg(test)]
mod tests;

/// For how many days somebody is reminded of what has passed; afterwards it stands in the list of deadlines only.
pub const PAST_DAYS: i64 = 30;

/// How many days ahead a reminder looks.
pub const AHEAD_DAYS: i64 = 7;

/// How many days ahead it looks for a credit that we must claim.
pub const CLAIM_AHEAD_DAYS: i64 = 14;

/// How many days before the last day to claim a credit there is a mail, whatever else is due.
const CLAIM_WARNINGS: [i64; 3] = [14, 3, 0];

/// When a mail goes out where nobody has chosen another time.
pub const USUAL_TIME: NaiveTime = match NaiveTime::from_hms_opt(8, 0, 0) {
    Some(time) => time,
    None => NaiveTime::MIN,
};

/// What somebody chose.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reminder {
    /// To which address (RFC 5321, 4.1.2).
    pub address: String,
    /// From which time of their day on.
    pub at: NaiveTime,
    /// Under which address they reached us, for the links.
    pub site: String,
    /// Whether they want to be reminded of deadlines.
    pub is_on: bool,
    /// Whether they want to be told at once when somebody replies through a share.
    pub replies: bool,
    /// The last day for which it was decided whether there is a mail.
    pub looked_on: Option<NaiveDate>,
}

impl Reminder {
    /// The day for which it is to be decided at `now`, if it is: once a day, and none again where a clock was set back.
    pub fn due_day(&self, now: Stamp, zone: Zone) -> Option<NaiveDate> {
        let local = now.with_timezone(&zone).naive_local();
        let is_due = self.is_on && local.time() >= self.at && self.looked_on.is_none_or(|last| last < local.date());
        is_due.then(|| local.date())
    }
}

text_enum! {
    /// How near a deadline is.
    pub enum Nearness {
        /// It has passed under every reading.
        Overdue = "overdue",
        /// It falls on today.
        Today = "today",
        /// It comes.
        Coming = "coming",
    }
}

/// A deadline in a reminder.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Item {
    /// The deadline.
    pub deadline: Deadline,
    /// How near it is.
    pub nearness: Nearness,
    /// How many days there are until its day.
    pub days: i64,
}

impl Item {
    fn new(deadline: Deadline, now: Stamp, zone: Zone) -> Self {
        let today = now.with_timezone(&zone).date_naive();
        let day = deadline.day().unwrap_or_else(|| deadline.at.with_timezone(&zone).date_naive());
        let nearness = match () {
            () if deadline.is_passed(now) => Nearness::Overdue,
            () if day <= today => Nearness::Today,
            () => Nearness::Coming,
        };
        Self { deadline, nearness, days: (day - today).num_days() }
    }

    fn is_near(&self) -> bool {
        let ahead = if self.deadline.kind == DeadlineKind::Claim { CLAIM_AHEAD_DAYS } else { AHEAD_DAYS };
        self.days <= ahead
    }

    /// Whether there is a mail because of it.
    fn calls(&self) -> bool {
        let warns = self.deadline.kind == DeadlineKind::Claim && CLAIM_WARNINGS.contains(&self.days);
        warns || self.nearness != Nearness::Coming
    }

    /// How urgent it is, the most urgent first: what we can still do today, before what can only be asked for.
    fn rank(&self) -> u8 {
        match (self.nearness, self.deadline.side) {
            (Nearness::Today, Side::Us) => 0,
            (Nearness::Overdue, _) => 1,
            (Nearness::Today, Side::Company) => 2,
            (Nearness::Coming, _) if self.calls() => 3,
            (Nearness::Coming, _) => 4,
        }
    }
}

/// What a reminder says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Digest {
    /// What is overdue, due today and coming; of each ours first; what has just passed before what passed long ago.
    pub items: Vec<Item>,
}

impl Digest {
    /// Made of `deadlines`, as it is read in `zone` at `now`.
    pub fn of(deadlines: Vec<Deadline>, now: Stamp, zone: Zone) -> Self {
        let items = deadlines.into_iter().map(|deadline| Item::new(deadline, now, zone));
        let mut items: Vec<Item> = items.filter(Item::is_near).collect();
        items.sort_by_cached_key(|item| {
            let is_overdue = item.nearness == Nearness::Overdue;
            let (passed, comes) = if is_overdue { (Some(item.deadline.when.to), None) } else { (None, Some(item.deadline.at)) };
            (item.nearness, item.deadline.side, Reverse(passed), comes, item.deadline.uid.clone())
        });
        Self { items }
    }

    /// From when to when the deadlines lie that it may be made of.
    pub fn span(now: Stamp) -> (Stamp, Stamp) {
        // The last day of a zone may end after ours.
        (now - Duration::days(PAST_DAYS), now + Duration::days(CLAIM_AHEAD_DAYS + 2))
    }

    /// Whether there is a mail: where something is overdue, due today, or a credit's last day comes near.
    pub fn calls(&self) -> bool {
        self.items.iter().any(Item::calls)
    }

    /// What is most urgent.
    pub fn first(&self) -> Option<&Item> {
        self.items.iter().min_by_key(|item| item.rank())
    }
}
