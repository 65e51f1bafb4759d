//! Backups バックアップ: which were made, and which are kept.

use std::str::FromStr;

use chrono::{Datelike, Duration, NaiveDate};

use super::id::Id;
use super::locale::Zone;
use super::moment::Stamp;
use super::text_enum::text_enum;

text_enum! {
    /// Why a backup is no good.
    pub enum BackupTrouble {
        /// The folder could not be written, or has no room.
        Disk = "disk",
        /// The database did not answer.
        Database = "database",
        /// What was written could not be restored when it was tried.
        Damaged = "damaged",
        /// It was written as the record is, and the record is not as it was written.
        Record = "record",
        /// Whoever made it did not come to the end.
        Interrupted = "interrupted",
    }
}

/// A backup, as the list of backups has it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BackupRun {
    /// Key.
    pub id: Id<BackupRun>,
    /// When it was begun.
    pub began_at: Stamp,
    /// When it was done, or given up; none while it is made.
    pub ended_at: Option<Stamp>,
    /// Whether the plan asked for it; else somebody by the command.
    pub by_plan: bool,
    /// Where it lies.
    pub file: String,
    /// Whether the key is in it.
    pub with_key: bool,
    /// Its length in bytes.
    pub size: Option<i64>,
    /// How many changes of the ledger are in it.
    pub changes: Option<i64>,
    /// How many files of the record are in it.
    pub files: Option<i64>,
    /// Why it is no good, if it is not.
    pub trouble: Option<BackupTrouble>,
    /// When it was taken away, since newer ones stand for it.
    pub gone_at: Option<Stamp>,
}

impl BackupRun {
    /// Whether it was written, tried and found whole.
    pub const fn is_good(&self) -> bool {
        self.ended_at.is_some() && self.trouble.is_none()
    }
}

/// How many backups a page of the list shows.
pub const RUNS_PER_PAGE: i64 = 50;

/// After how long a house without a plan is told that it has no backup.
const UNPLANNED: Duration = Duration::days(7);

/// How well the record is looked after.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Care {
    /// How often it is to be backed up, if that was planned.
    pub plan: Option<Plan>,
    /// When the last good backup was begun.
    pub last_good: Option<Stamp>,
    /// Since when there is a record; none before set-up.
    pub recorded_since: Option<Stamp>,
}

impl Care {
    /// Whether somebody should look: the plan is not kept, or there is neither plan nor backup. What is younger than a backup could
    /// be is not missed yet.
    pub fn is_neglected(&self, now: Stamp) -> bool {
        let Some(since) = self.recorded_since else { return false };
        let last = self.last_good.unwrap_or(since);
        match self.plan {
            Some(plan) => plan.is_late(last, now),
            None => now >= last + UNPLANNED,
        }
    }
}

/// How often it is backed up, and which backups are kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Plan {
    /// How many hours after one the next is made.
    pub every: u32,
    /// Which are kept.
    pub keep: Keep,
}

impl Plan {
    /// Whether a backup is due after the last one. One that came to nothing is tried again after an hour.
    pub fn is_due(self, last: Option<&BackupRun>, now: Stamp) -> bool {
        let wait = |last: &BackupRun| if last.is_good() { self.interval() } else { self.interval().min(Duration::hours(1)) };
        last.is_none_or(|last| now >= last.began_at + wait(last))
    }

    /// Whether the last good backup is so old that somebody should look: two should have been made since, and none was.
    fn is_late(self, last_good: Stamp, now: Stamp) -> bool {
        now >= last_good + self.interval() * 2
    }

    fn interval(self) -> Duration {
        Duration::hours(i64::from(self.every))
    }
}

/// Of how many days, weeks and months the last backup is kept. The newest one always is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Keep {
    /// Of how many days.
    pub days: usize,
    /// Of how many weeks (ISO 8601: from Monday).
    pub weeks: usize,
    /// Of how many months.
    pub months: usize,
}

impl Default for Keep {
    fn default() -> Self {
        Self { days: 7, weeks: 5, months: 12 }
    }
}

/// Not three numbers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("write three numbers: of how many days, weeks and months a backup is kept, such as 7,5,12")]
pub struct NotKept;

impl FromStr for Keep {
    type Err = NotKept;

    fn from_str(text: &str) -> Result<Self, NotKept> {
        let numbers: Result<Vec<usize>, _> = text.split(',').map(|number| number.trim().parse()).collect();
        match numbers.as_deref() {
            Ok(&[days, weeks, months]) => Ok(Self { days, weeks, months }),
            _ => Err(NotKept),
        }
    }
}

impl Keep {
    /// Which of the backups made at these times go. Days, weeks and months are those of `zone`; only such count of which there is a
    /// backup, so that those of a house that slept for a year are not all gone at the first after it.
    pub fn too_many(self, times: &[Stamp], zone: Zone) -> Vec<Stamp> {
        let mut newest_first = times.to_vec();
        newest_first.sort_unstable_by(|one, other| other.cmp(one));
        newest_first.dedup();
        let mut kept: Vec<Stamp> = newest_first.first().copied().into_iter().collect();
        kept.extend(last_of(&newest_first, self.days, |at| local_day(at, zone)));
        kept.extend(last_of(&newest_first, self.weeks, |at| local_day(at, zone).iso_week()));
        kept.extend(last_of(&newest_first, self.months, |at| {
            let day = local_day(at, zone);
            (day.year(), day.month())
        }));
        newest_first.retain(|at| !kept.contains(at));
        newest_first
    }
}

fn local_day(at: Stamp, zone: Zone) -> NaiveDate {
    at.with_timezone(&zone).date_naive()
}

/// The newest of each of the last `count` spans.
fn last_of<T: PartialEq>(newest_first: &[Stamp], count: usize, span: impl Fn(Stamp) -> T) -> Vec<Stamp> {
    let mut seen: Vec<T> = Vec::new();
    let mut kept = Vec::new();
    for at in newest_first {
        let this = span(*at);
        if seen.last() == Some(&this) {
            continue;
        }
        if seen.len() == count {
            break;
        }
        seen.push(this);
        kept.push(*at);
    }
    kept
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::domain::locale::DEFAULT_ZONE;

    fn at(text: &str) -> Stamp {
        text.parse().expect("a time")
    }

    fn begun(began_at: Stamp, trouble: Option<BackupTrouble>) -> BackupRun {
        BackupRun {
            id: Id::new(1),
            began_at,
            ended_at: Some(began_at),
            by_plan: true,
            file: "tellonce.zip".to_owned(),
            with_key: true,
            size: None,
            changes: None,
            files: None,
            trouble,
            gone_at: None,
        }
    }

    fn nights(count: i64) -> Vec<Stamp> {
        (0..count).map(|night| at("2006-11-24T18:00:00Z") - Duration::days(night)).collect()
    }

    #[test]
    fn after_a_year_of_nights_a_week_five_weeks_and_twelve_months_are_kept() {
        let all = nights(400);
        let gone = Keep::default().too_many(&all, DEFAULT_ZONE);
        // Seven days; the weeks ending on 19 November (the seven days hold its Sunday), 12, 5 November and 29 October; the ends of
        // eleven months before this one, of which October's is 31 October.
        assert_eq!(all.len() - gone.len(), 7 + 3 + 11);
        assert!(!gone.contains(&all[0]));
    }

    #[test]
    fn the_newest_is_kept_whatever_is_asked() {
        let none = Keep { days: 0, weeks: 0, months: 0 };
        assert_eq!(none.too_many(&nights(3), DEFAULT_ZONE).len(), 2);
        assert!(none.too_many(&[], DEFAULT_ZONE).is_empty());
    }

    #[test]
    fn three_numbers_say_what_is_kept() {
        assert_eq!("7,5,12".parse(), Ok(Keep::default()));
        assert_eq!("1, 0, 0".parse(), Ok(Keep { days: 1, weeks: 0, months: 0 }));
        for text in ["", "7", "7,5", "7,5,12,1", "-1,0,0", "a,b,c"] {
            assert_eq!(text.parse::<Keep>(), Err(NotKept), "{text}");
        }
    }

    #[test]
    fn a_backup_is_due_after_its_hours_and_missed_after_twice_as_many() {
        let plan = Plan { every: 24, keep: Keep::default() };
        let last = at("2006-11-23T18:00:00Z");
        assert!(plan.is_due(None, last));
        let good = begun(last, None);
        assert!(!plan.is_due(Some(&good), at("2006-11-24T17:59:59Z")) && plan.is_due(Some(&good), at("2006-11-24T18:00:00Z")));
        let failed = begun(last, Some(BackupTrouble::Disk));
        assert!(
            !plan.is_due(Some(&failed), at("2006-11-23T18:59:59Z")) && plan.is_due(Some(&failed), at("2006-11-23T19:00:00Z"))
        );
        let care = Care { plan: Some(plan), last_good: Some(last), recorded_since: Some(at("2006-01-01T00:00:00Z")) };
        assert!(!care.is_neglected(at("2006-11-25T17:59:59Z")) && care.is_neglected(at("2006-11-25T18:00:00Z")));
        let young = Care { last_good: None, recorded_since: Some(last), ..care };
        assert!(!young.is_neglected(at("2006-11-25T17:59:59Z")) && young.is_neglected(at("2006-11-25T18:00:00Z")));
    }

    #[test]
    fn a_house_without_a_plan_is_told_after_a_week_without_a_backup() {
        let since = at("2006-11-01T00:00:00Z");
        let none = Care { plan: None, last_good: None, recorded_since: Some(since) };
        assert!(!none.is_neglected(at("2006-11-07T23:59:59Z")) && none.is_neglected(at("2006-11-08T00:00:00Z")));
        let by_hand = Care { last_good: Some(at("2006-11-20T00:00:00Z")), ..none };
        assert!(!by_hand.is_neglected(at("2006-11-24T00:00:00Z")) && by_hand.is_neglected(at("2006-11-27T00:00:00Z")));
        assert!(!Care { recorded_since: None, ..none }.is_neglected(at("2006-11-24T00:00:00Z")));
    }

    proptest! {
        #[test]
        fn what_was_taken_away_once_changes_nothing_of_what_is_kept(hours in prop::collection::vec(0_i64..20_000, 0..120)) {
            let all: Vec<Stamp> = hours.iter().map(|hour| at("2006-01-01T00:00:00Z") + Duration::hours(*hour)).collect();
            let gone = Keep::default().too_many(&all, DEFAULT_ZONE);
            let left: Vec<Stamp> = all.iter().copied().filter(|at| !gone.contains(at)).collect();
            prop_assert!(Keep::default().too_many(&left, DEFAULT_ZONE).is_empty());
            prop_assert!(left.len() <= 7 + 5 + 12 + all.len() - all.iter().collect::<std::collections::BTreeSet<_>>().len());
        }
    }
}
