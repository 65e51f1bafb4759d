//! Lists of incidents, and how many queries a dossier takes.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use diesel::connection::{Connection, InstrumentationEvent};

use super::samples::{self, Companies};
use super::timeline::{self, about, exact};
use crate::domain::entry::Entry;
use crate::domain::incident::{Incident, IncidentNumber, IncidentTime, Status, Which};
use crate::domain::moment::Moment;
use crate::domain::overview::{Order, Overview, OverviewQuery};
use crate::domain::party::Provider;
use crate::domain::permit::Actor;
use crate::domain::statement::{DueBy, Promise, PromiseState};
use crate::domain::visibility::Visibility;
use crate::store::testing::{Cast, Scene, acting, at, on_each};
use crate::store::{Result, StoreError, dossier, entries, incidents, overview, promises};

fn count_queries(scene: &Scene, actor: Actor, number: IncidentNumber) -> Result<(usize, usize)> {
    scene.store.read(at(1), |tx| {
        let permit = incidents::to_look(tx, actor, number)?;
        let queries = Arc::new(AtomicUsize::new(0));
        let counter = Arc::clone(&queries);
        tx.conn().set_instrumentation(move |event: InstrumentationEvent<'_>| {
            if matches!(event, InstrumentationEvent::StartQuery { .. }) {
                counter.fetch_add(1, Ordering::SeqCst);
            }
        });
        let entries = dossier::load(tx, &permit)?.entries.len();
        Ok((queries.load(Ordering::SeqCst), entries))
    })
}

#[test]
fn a_dossier_of_two_hundred_entries_takes_as_many_queries_as_one_of_two() -> Result<()> {
    on_each(|scene| {
        let cast = scene.with_cast()?;
        let bob = acting(&cast.bob);
        let log = |count: i64| {
            scene.store.write(at(0), |tx| {
                let companies = samples::companies(tx, bob)?;
                let (incident, permit) = timeline::incident(tx, bob, &companies)?;
                for minute in 0..count {
                    let call = timeline::call(tx, &incident, &companies)?;
                    let occurred = exact(count - minute);
                    entries::add(tx, &permit, "calls::log", &Entry { occurred, author: bob.person(), ..call })?;
                }
                Ok::<_, StoreError>(incident.number)
            })
        };
        let (few, many) = (log(2)?, log(200)?);
        let (of_few, of_many) = (count_queries(scene, bob, few)?, count_queries(scene, bob, many)?);
        assert_eq!((of_few.1, of_many.1), (2, 200));
        assert_eq!(of_few.0, of_many.0);
        assert!((10..50).contains(&of_many.0), "{} queries", of_many.0);
        Ok(())
    })
}

/// What one incident of a list is.
struct Case {
    title: &'static str,
    company: usize,
    times: Vec<(Which, Moment)>,
    promises: Vec<Option<Moment>>,
}

fn case(title: &'static str, company: usize, times: &[(Which, Moment)], promises: &[Option<Moment>]) -> Case {
    Case { title, company, times: times.to_vec(), promises: promises.to_vec() }
}

fn cases() -> Vec<Case> {
    use Which::{Closed, Mitigated, Restored, Started};
    vec![
        case("A 障害", 0, &[(Started, about(0)), (Mitigated, exact(90))], &[Some(exact(50)), Some(exact(200)), None]),
        case("B 100%_\\ Port 25", 1, &[(Started, exact(60))], &[None]),
        case("C", 1, &[], &[Some(exact(120))]),
        case("D PORT", 0, &[(Started, exact(-500)), (Restored, exact(-400)), (Closed, exact(-300))], &[]),
        case("E", 0, &[(Started, exact(10)), (Restored, exact(20))], &[]),
    ]
}

fn listed(scene: &Scene, cast: &Cast) -> Result<[Provider; 2]> {
    scene.store.write(at(0), |tx| {
        let bob = acting(&cast.bob);
        let companies = samples::companies(tx, bob)?;
        let providers = [companies.provider.clone(), companies.other.clone()];
        for case in cases() {
            let company = providers[case.company].clone();
            open(tx, bob, Companies { provider: company, ..companies.clone() }, case)?;
        }
        Ok(providers)
    })
}

fn open(tx: &mut crate::store::Tx<'_>, actor: Actor, companies: Companies, case: Case) -> Result<()> {
    let (incident, permit) = timeline::incident(tx, actor, &companies)?;
    let times = case.times.into_iter().map(|(which, at)| IncidentTime { which, at, by: None }).collect();
    let changed = Incident { revision: 1, title: case.title.to_owned(), times, ..incident };
    incidents::change(tx, &permit, "incidents::correct", &changed)?;
    for due in case.promises {
        let call = timeline::call(tx, &changed, &companies)?;
        entries::add(tx, &permit, "calls::log", &call)?;
        let promise = promise(tx, &call, due)?;
        promises::add(tx, &permit, "promises::put_down", &promise)?;
        // Neither one that is settled nor one in somebody else's note is to be seen.
        let kept = Promise { state: PromiseState::Kept, ..self::promise(tx, &call, Some(exact(-1000)))? };
        promises::add(tx, &permit, "promises::put_down", &kept)?;
        let hidden = timeline::call(tx, &changed, &companies)?;
        let hidden = Entry { visibility: Visibility::Private, author: actor.person(), ..hidden };
        entries::add(tx, &permit, "calls::log", &hidden)?;
        let promise = self::promise(tx, &hidden, Some(exact(-1000)))?;
        promises::add(tx, &permit, "promises::put_down", &promise)?;
    }
    Ok(())
}

fn promise(tx: &mut crate::store::Tx<'_>, call: &Entry, due: Option<Moment>) -> Result<Promise> {
    Ok(Promise {
        id: tx.fresh_id()?,
        uid: tx.fresh_uid()?,
        revision: 0,
        incident: call.incident,
        entry: call.id,
        statement: call.statements[0].id,
        due,
        due_by: DueBy::Theirs,
        due_reason: String::new(),
        state: PromiseState::Open,
        settled: None,
        settled_by: None,
        moved_to: None,
        struck: None,
    })
}

fn list(scene: &Scene, actor: Actor, query: &OverviewQuery) -> Result<Overview> {
    scene.store.read(at(100), |tx| overview::list(tx, actor, query, at(100)))
}

/// The first letters of the titles, in order.
fn letters(overview: &Overview) -> String {
    overview.rows.iter().filter_map(|row| row.title.chars().next()).collect()
}

#[test]
fn a_list_has_one_order_on_both_databases_and_says_what_the_incidents_say() -> Result<()> {
    on_each(|scene| {
        let cast = scene.with_cast()?;
        listed(scene, &cast)?;
        let mei = acting(&cast.mei);
        let expected = [
            (Order::Started, "BEADC"),
            (Order::Duration, "ADBEC"),
            (Order::Promise, "ACBED"),
            (Order::Provider, "CBEDA"),
            (Order::Status, "CBAED"),
        ];
        for (order, letters) in expected {
            let listed = list(scene, mei, &OverviewQuery { order, ..OverviewQuery::default() })?;
            assert_eq!(self::letters(&listed), letters, "{order}");
            assert_eq!((listed.total, listed.page, listed.pages()), (5, 1, 1));
        }
        let listed = list(scene, mei, &OverviewQuery::default())?;
        let row = |letter: &str| listed.rows.iter().find(|row| row.title.starts_with(letter)).cloned();
        let a = row("A").ok_or(StoreError::Stale)?;
        assert_eq!((a.status, a.started, a.ended, a.overdue), (Status::Mitigated, Some(about(0)), Some(exact(90)), 1));
        assert_eq!(a.next_promise.and_then(|next| next.due), Some(exact(50)));
        let d = row("D").ok_or(StoreError::Stale)?;
        assert_eq!((d.status, d.ended, d.next_promise.is_none()), (Status::Closed, Some(exact(-400)), true));
        let b = row("B").ok_or(StoreError::Stale)?;
        assert_eq!((b.status, b.next_promise.map(|next| next.due), b.overdue), (Status::Open, Some(None), 0));
        // The author of a private note is reminded of what was promised in it.
        let own = list(scene, acting(&cast.bob), &OverviewQuery::default())?;
        let a = own.rows.iter().find(|row| row.title.starts_with('A'));
        assert_eq!(a.map(|row| row.overdue), Some(4));
        Ok(())
    })
}

#[test]
fn a_list_is_narrowed_by_status_company_and_words_each_sign_standing_for_itself() -> Result<()> {
    on_each(|scene| {
        let cast = scene.with_cast()?;
        let providers = listed(scene, &cast)?;
        let found = |query: OverviewQuery| list(scene, acting(&cast.mei), &query).map(|listed| letters(&listed));
        let default = OverviewQuery::default;
        assert_eq!(found(OverviewQuery { status: vec![Status::Open, Status::Closed], ..default() })?, "BDC");
        assert_eq!(found(OverviewQuery { provider: Some(providers[1].uid), ..default() })?, "BC");
        let expected = [
            ("障害", "A"),
            ("port", "BD"),
            ("100%_\\", "B"),
            ("%", "B"),
            ("_", "B"),
            ("\\", "B"),
            ("0%", "B"),
            ("' OR 1", ""),
            (" E ", "E"),
        ];
        for (words, letters) in expected {
            assert_eq!(found(OverviewQuery { words: words.to_owned(), ..default() })?, letters, "{words}");
        }
        for words in ["INC-2006-0004", "inc-2006-0004", "0004"] {
            assert_eq!(found(OverviewQuery { words: words.to_owned(), ..default() })?, "D", "{words}");
        }
        Ok(())
    })
}

#[test]
fn a_list_is_cut_into_pages_and_leaves_out_what_is_restricted() -> Result<()> {
    on_each(|scene| {
        let cast = scene.with_cast()?;
        let bob = acting(&cast.bob);
        scene.store.write(at(0), |tx| {
            let companies = samples::companies(tx, bob)?;
            for number in 0..104 {
                let (incident, permit) = timeline::incident(tx, bob, &companies)?;
                if number % 2 == 1 {
                    let restricted_to = if number == 1 { vec![cast.mei.id] } else { vec![cast.bob.id] };
                    let restricted = Incident { revision: 1, restricted_to, ..incident };
                    incidents::change(tx, &permit, "incidents::restrict", &restricted)?;
                }
            }
            Ok::<_, StoreError>(())
        })?;
        let seen = |actor, page| list(scene, actor, &OverviewQuery { page, ..OverviewQuery::default() });
        let shape = |listed: &Overview| (listed.total, listed.page, listed.pages(), listed.rows.len());
        let mei = acting(&cast.mei);
        assert_eq!(shape(&seen(mei, 1)?), (53, 1, 2, 50));
        assert_eq!(shape(&seen(mei, 2)?), (53, 2, 2, 3));
        assert_eq!(shape(&seen(mei, 99)?), (53, 2, 2, 3));
        assert_eq!(shape(&seen(acting(&cast.alice), -1)?), (104, 1, 3, 50));
        let numbers = |page| Ok::<_, StoreError>(seen(mei, page)?.rows.iter().map(|row| row.number.count).collect::<Vec<_>>());
        let all = [numbers(1)?, numbers(2)?].concat();
        assert!(all.is_sorted_by(|a, b| a > b), "{all:?}");
        assert!(all.contains(&2) && !all.contains(&4));
        Ok(())
    })
}
