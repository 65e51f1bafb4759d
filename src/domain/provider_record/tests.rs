//! The record against a slow and obvious second count.

use chrono::{Datelike, Duration, NaiveDate, TimeZone, Utc};
use proptest::prelude::*;

use super::*;
use crate::domain::deadline::tests::{OVER, dossier, exact, promised};
use crate::domain::locale::DEFAULT_ZONE;
use crate::domain::visibility::Visibility;

fn now() -> Stamp {
    Utc.with_ymd_and_hms(2026, 6, 30, 12, 0, 0).single().expect("a time")
}

prop_compose! {
    fn share()(
        hours in 0i64..30_000,
        rough in 0i64..48,
        down in prop_oneof![Just(Down::Unknown), Just(Down::Still), (0i64..90_000, 0i64..9_000).prop_map(|(min, more)| Down::For(min, min + more))],
        calls in 0usize..9,
        (attempts, waiting, retold) in (0usize..20, 0i64..9_000, 0usize..5),
        (kept, kept_late, broken, open) in (0usize..4, 0usize..4, 0usize..4, 0usize..4),
        due in prop::collection::vec((prop::sample::select(vec!["JPY", "EUR"]), prop::option::of(0i64..5_000), 0i64..900, any::<bool>()), 0..3),
        claims in prop::collection::vec((prop::option::of(0i64..5_000), any::<bool>()), 0..3),
    ) -> Share {
        let from = now() - Duration::hours(hours);
        Share {
            title: String::new(),
            began: Moment::between(from - Duration::hours(rough), from, None, DEFAULT_ZONE).expect("in order"),
            began_by: None,
            down, calls, attempts, waiting, retold,
            promises: Promises { given: kept + kept_late + broken + open, kept, kept_late, broken, open, moved: 0 },
            notices: Notices { met: calls, breached: retold, undetermined: attempts },
            due: due.into_iter().map(|(currency, min, days, claimed)| DueCredit {
                currency: currency.to_owned(), min, max: min,
                last_day: now().date_naive().checked_sub_days(chrono::Days::new(u64::try_from(days).expect("not below zero") / 3)),
                claimed, too_late: false,
            }).collect(),
            claims: claims.into_iter().map(|(amount, paid)| SentClaim { currency: "JPY".to_owned(), amount, paid, granted: amount }).collect(),
        }
    }
}

proptest! {
    #[test]
    fn the_totals_are_what_one_counts_incident_by_incident(shares in prop::collection::vec(share(), 0..40), span in (0u64..1200, 0u64..1200)) {
        let today = now().date_naive();
        let day = |back| today.checked_sub_days(chrono::Days::new(back)).expect("a day");
        let period = Period::Between(day(span.0), day(span.1));
        let rows = (1..).zip(&shares).map(|(count, share)| Row { number: IncidentNumber { year: 2026, count }, share: share.clone(), computing: count % 3 == 0 });
        let record = ProviderRecord::new(String::new(), rows.collect(), 0, period, DEFAULT_ZONE, now());

        let (first, last) = (day(span.0.max(span.1)), day(span.0.min(span.1)));
        let tokyo = |share: &Share| (share.began.from + Duration::hours(9)).date_naive();
        let inside: Vec<&Share> = shares.iter().filter(|share| tokyo(share) >= first && tokyo(share) <= last).collect();
        prop_assert_eq!(record.totals.incidents, inside.len());
        let (mut least, mut most) = (0, 0);
        for share in &inside {
            match share.down {
                Down::Unknown => {}
                Down::For(min, max) => { least += min; most += max; }
                Down::Still => { least += (now() - share.began.to).num_seconds(); most += (now() - share.began.from).num_seconds(); }
            }
        }
        prop_assert_eq!((record.totals.down_min, record.totals.down_max), (least, most));
        prop_assert_eq!(record.totals.waiting, inside.iter().map(|share| share.waiting).sum::<i64>());
        prop_assert_eq!(record.totals.promises.kept_late, inside.iter().map(|share| share.promises.kept_late).sum::<usize>());
        prop_assert_eq!(record.totals.notices.breached, inside.iter().map(|share| share.retold).sum::<usize>());
        for currency in ["JPY", "EUR"] {
            let due: i64 = inside.iter().flat_map(|share| &share.due).filter(|due| due.currency == currency).filter_map(|due| due.min).sum();
            let gone: i64 = inside.iter().flat_map(|share| &share.due)
                .filter(|due| due.currency == currency && !due.claimed && due.last_day < Some(today)).filter_map(|due| due.min).sum();
            let credits = record.totals.credits.get(currency).copied().unwrap_or_default();
            prop_assert_eq!((credits.due.min, credits.lapsed.min), (due, gone));
        }
        for (quarter, totals) in &record.quarters {
            let of = |share: &&&Share| tokyo(share).year() == quarter.year && tokyo(share).month().div_ceil(3) == quarter.number;
            prop_assert_eq!(totals.incidents, inside.iter().filter(of).count());
            prop_assert_eq!(totals.attempts, inside.iter().filter(of).map(|share| share.attempts).sum::<usize>());
        }
        prop_assert_eq!(record.quarters.iter().map(|(_, totals)| totals.incidents).sum::<usize>(), inside.len());
        prop_assert!(record.rows.windows(2).all(|two| two[0].share.began.from >= two[1].share.began.from));
    }
}

#[test]
fn a_period_is_read_as_it_is_written_and_has_the_days_that_people_expect() {
    let day = |text: &str| text.parse::<NaiveDate>().expect("a day");
    for (text, from, to) in [
        ("last", "2025-07-01", "2026-06-30"),
        ("2026", "2026-01-01", "2026-12-31"),
        ("fy2025", "2025-04-01", "2026-03-31"),
        ("2024q1", "2024-01-01", "2024-03-31"),
        ("2026q4", "2026-10-01", "2026-12-31"),
        ("2026-01-05..2026-02-06", "2026-01-05", "2026-02-06"),
    ] {
        let period: Period = text.parse().expect("a period");
        assert_eq!(period.to_string(), text);
        assert_eq!(period.days(day("2026-06-30")), (day(from), day(to)), "{text}");
    }
    for wrong in ["", "2026q5", "fy", "99999", "q1", "2026-02-30..2026-03-01", "fy-1"] {
        assert!(wrong.parse::<Period>().is_err(), "{wrong}");
    }
    assert_eq!(Period::offered(day("2026-03-31"))[1], Period::Fiscal(2025));
    assert_eq!(Period::offered(day("2026-04-01"))[1], Period::Fiscal(2026));
}

#[test]
fn a_promise_kept_late_counts_as_such_though_the_companys_own_view_does_not_say_so() {
    let due = exact("2006-11-22T11:00");
    let mut dossier = promised(dossier(&OVER, Vec::new()), due, Visibility::Provider);
    (dossier.promises[0].state, dossier.promises[0].settled) = (PromiseState::Kept, Some(exact("2006-11-22T12:00")));
    let outward = dossier.view::<Outside>(&Outward::plain(dossier.incident.provider), now());
    assert_eq!((outward.promises.len(), outward.promises[0].late_seconds), (1, None));
    assert_eq!(dossier.view::<Meeting>(&(), now()).promises[0].late_seconds, Some(3600));
    let share = Share::outward(&dossier, now(), now());
    assert_eq!((share.promises.kept, share.promises.kept_late), (0, 1));
}

#[test]
fn an_incident_on_new_years_morning_in_tokyo_belongs_to_the_new_quarter() {
    let began = Utc.with_ymd_and_hms(2025, 12, 31, 15, 0, 0).single().expect("a time");
    let quarter = |at: Stamp| Quarter::of(at.with_timezone(&DEFAULT_ZONE).date_naive());
    assert_eq!(quarter(began), Quarter { year: 2026, number: 1 });
    assert_eq!(quarter(began - Duration::microseconds(1)), Quarter { year: 2025, number: 4 });
}
