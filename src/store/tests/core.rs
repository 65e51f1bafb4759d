use std::sync::atomic::{AtomicUsize, Ordering};

use chrono::Duration;
use diesel::connection::SimpleConnection;
use diesel::result::DatabaseErrorKind;

use crate::domain::account::Client;
use crate::domain::ledger::ObjectKind;
use crate::domain::permit::{Actor, Role};
use crate::store::idempotency::{self, Claim};
use crate::store::sessions::{self, Session};
use crate::store::testing::{acting, at, on_each, person};
use crate::store::{Denied, Result, StoreError, dialect, house, ledger, people, setup, throttle};

#[test]
fn the_house_and_its_people_are_written_changed_and_remembered() -> Result<()> {
    on_each(|scene| {
        let cast = scene.with_cast()?;
        let alice = acting(&cast.alice);
        scene.store.write(at(0), |tx| {
            let permit = people::for_edit(tx, alice, cast.bob.uid)?;
            let mut bob = people::get(tx, &permit)?;
            bob.revision += 1;
            bob.name = "Bob 加".to_owned();
            bob.disabled_at = Some(at(0));
            people::change(tx, &permit, "people::disable", &bob)
        })?;
        scene.store.read(at(1), |tx| {
            let house = house::to_look(tx, alice)?;
            assert_eq!(house::get(tx, &house)?.company, "株式会社みなと");
            let names: Vec<String> = people::all(tx, &house)?.into_iter().map(|person| person.name).collect();
            assert_eq!(names, ["Alice", "Bob 加", "髙﨑 Mei 加"]);
            let history = ledger::history(tx, &house, ObjectKind::Person, cast.bob.id.raw())?;
            let shown: Vec<_> = history.iter().map(|revision| (revision.revision, revision.action.as_str())).collect();
            assert_eq!(shown, [(0, "people::add"), (1, "people::disable")]);
            assert_eq!(history[1].author.to_string(), format!("person:{}", cast.alice.id.raw()));
            assert_eq!(history[1].payload.as_ref().map(|payload| &payload["name"]), Some(&"Bob 加".into()));
            assert_eq!(ledger::head(tx, &house)?.map(|head| head.count), Some(5));
            assert_eq!(ledger::deeds(tx, &house, Some(5), 2)?.iter().map(|deed| deed.seq).collect::<Vec<_>>(), [4, 3]);
            Ok(())
        })
    })
}

#[test]
fn who_may_look_but_not_touch_is_told_so_and_a_stale_revision_is_refused() -> Result<()> {
    on_each(|scene| {
        let cast = scene.with_cast()?;
        let refused = |actor| scene.store.write(at(0), |tx| people::for_edit(tx, actor, cast.alice.uid).map(drop));
        assert!(matches!(refused(acting(&cast.bob)), Err(StoreError::Denied(Denied::Forbidden))));
        assert!(matches!(refused(acting(&cast.mei)), Err(StoreError::Denied(Denied::Forbidden))));
        let stale = scene.store.write(at(0), |tx| {
            // Everybody may change their own record, readers too.
            let permit = people::for_edit(tx, acting(&cast.mei), cast.mei.uid)?;
            let mei = people::get(tx, &permit)?;
            people::change(tx, &permit, "people::change", &mei)
        });
        assert!(matches!(stale, Err(StoreError::Stale)));
        Ok(())
    })
}

#[test]
fn a_refused_use_case_leaves_no_trace_and_a_reader_cannot_write() -> Result<()> {
    on_each(|scene| {
        scene.with_cast()?;
        let add = |tx: &mut crate::store::Tx<'_>, login: &str| {
            let permit = house::to_manage(tx, Actor::House)?;
            let added = person(tx, login, "Charlie", Role::Member)?;
            people::add(tx, &permit, "people::add", &added)
        };
        let refused = scene.store.write(at(0), |tx| {
            add(tx, "charlie")?;
            Err::<(), _>(StoreError::Stale)
        });
        assert!(matches!(refused, Err(StoreError::Stale)));
        assert!(matches!(scene.store.write(at(0), |tx| add(tx, "bob")), Err(StoreError::Taken(_))));
        assert!(scene.store.read(at(0), |tx| add(tx, "charlie")).is_err());
        let panicked = std::thread::scope(|scope| {
            scope
                .spawn(|| {
                    scene.store.write(at(0), |tx| {
                        add(tx, "charlie")?;
                        if tx.now() == at(0) { panic!("on purpose") } else { Ok::<(), StoreError>(()) }
                    })
                })
                .join()
                .is_err()
        });
        assert!(panicked);
        scene.store.read(at(0), |tx| {
            let house = house::to_look(tx, Actor::House)?;
            assert_eq!(people::count(tx)?, 3);
            assert_eq!(ledger::head(tx, &house)?.map(|head| head.count), Some(4));
            Ok(())
        })
    })
}

#[test]
fn of_fifty_posts_with_one_key_one_is_done_and_all_have_its_result() -> Result<()> {
    on_each(|scene| {
        let cast = scene.with_cast()?;
        let done = AtomicUsize::new(0);
        let post = |number: i64| {
            scene.store.write(at(number), |tx| {
                let claim = idempotency::claim(tx, "one key", cast.bob.id, "calls")?;
                if let Claim::Done(result) = claim {
                    return Ok(result);
                }
                let permit = house::to_manage(tx, acting(&cast.alice))?;
                let added = person(tx, "charlie", "Charlie", Role::Member)?;
                people::add(tx, &permit, "people::add", &added)?;
                done.fetch_add(1, Ordering::SeqCst);
                let result = format!("/people/{}", added.uid);
                idempotency::finish(tx, "one key", cast.bob.id, &result)?;
                Ok::<_, StoreError>(result)
            })
        };
        let results: Vec<Result<String>> = std::thread::scope(|scope| {
            let posts: Vec<_> = (0..50).map(|number| scope.spawn(move || post(number))).collect();
            posts.into_iter().map(|post| post.join().unwrap_or(Err(StoreError::Stale))).collect()
        });
        let mut results: Vec<String> = results.into_iter().collect::<Result<_>>()?;
        results.dedup();
        assert_eq!((done.load(Ordering::SeqCst), results.len()), (1, 1));
        let reused = scene.store.write(at(0), |tx| idempotency::claim(tx, "one key", cast.bob.id, "people"));
        assert!(matches!(reused, Err(StoreError::KeyReused)));
        Ok(())
    })
}

#[test]
fn writers_to_one_chain_come_one_after_the_other() -> Result<()> {
    on_each(|scene| {
        let cast = scene.with_cast()?;
        let rename = || {
            scene.store.write(at(0), |tx| {
                let permit = people::for_edit(tx, acting(&cast.alice), cast.bob.uid)?;
                let mut bob = people::get(tx, &permit)?;
                bob.revision += 1;
                people::change(tx, &permit, "people::change", &bob)
            })
        };
        std::thread::scope(|scope| {
            let writers: Vec<_> = (0..8).map(|_| scope.spawn(|| (0..10).try_for_each(|_| rename()))).collect();
            writers.into_iter().try_for_each(|writer| writer.join().unwrap_or(Err(StoreError::Stale)))
        })?;
        scene.store.read(at(1), |tx| {
            let house = house::to_look(tx, Actor::House)?;
            assert_eq!(ledger::head(tx, &house)?.map(|head| head.count), Some(84));
            assert_eq!(people::by_id(tx, cast.bob.id)?.map(|bob| bob.revision), Some(80));
            Ok(())
        })
    })
}

#[test]
fn passwords_and_sessions_live_and_end() -> Result<()> {
    on_each(|scene| {
        let cast = scene.with_cast()?;
        let session = |token: &str| Session {
            token_hash: token.to_owned(),
            person: cast.bob.id,
            csrf: "c".to_owned(),
            created_at: at(0),
            last_seen: at(0),
            client: Client::default(),
            expires_at: at(600),
        };
        scene.store.write(at(0), |tx| {
            let bob = people::for_edit(tx, acting(&cast.bob), cast.bob.uid)?;
            assert_eq!(people::by_login(tx, "bob")?, Some((cast.bob.clone(), None)));
            people::set_password(tx, &bob, "first")?;
            people::set_password(tx, &bob, "second")?;
            assert_eq!(people::by_login(tx, "bob")?.and_then(|(_, hash)| hash).as_deref(), Some("second"));
            assert_eq!(people::password(tx, &bob)?.as_deref(), Some("second"));
            for token in ["a", "b", "c"] {
                sessions::start(tx, &session(token))?;
            }
            sessions::end(tx, "c")
        })?;
        let found = |now, token: &str| {
            scene.store.read(now, |tx| Ok::<_, StoreError>(sessions::find(tx, token, now - Duration::minutes(30))?.is_some()))
        };
        assert!(found(at(1), "a")? && !found(at(1), "c")? && !found(at(31), "a")?);
        scene.store.write(at(29), |tx| sessions::touch(tx, "a"))?;
        assert!(found(at(31), "a")?);
        scene.store.write(at(32), |tx| sessions::end_all_of(tx, cast.bob.id, Some("a")))?;
        assert!(found(at(32), "a")? && !found(at(1), "b")?);
        scene.store.write(at(599), |tx| sessions::touch(tx, "a"))?;
        assert!(!found(at(600), "a")?);
        scene.store.write(at(601), sessions::sweep)
    })
}

#[test]
fn somebody_else_in_the_way_is_known_in_english_and_in_japanese() {
    let is_known = |words| dialect::is_contention(&DatabaseErrorKind::Unknown, words);
    assert!(is_known("canceling statement due to lock timeout") && is_known("deadlock detected"));
    assert!(is_known("ロックのタイムアウトのためステートメントをキャンセルしています"));
    assert!(is_known("デッドロックを検出しました") && !is_known("構文エラー"));
}

#[test]
fn failures_are_counted_in_a_window_and_locked() -> Result<()> {
    on_each(|scene| {
        let count = |minute| scene.store.write(at(minute), |tx| throttle::count(tx, "login:bob", Duration::minutes(15)));
        assert_eq!((count(0)?, count(1)?, count(15)?, count(16)?), (1, 2, 3, 1));
        scene.store.write(at(16), |tx| throttle::lock(tx, "login:bob", at(20)))?;
        let known = || scene.store.read(at(17), |tx| throttle::get(tx, "login:bob"));
        assert_eq!(known()?.and_then(|known| known.locked_until), Some(at(20)));
        scene.store.write(at(18), |tx| throttle::sweep(tx, at(17)))?;
        assert!(known()?.is_some());
        scene.store.write(at(18), |tx| throttle::forget(tx, "login:bob"))?;
        assert_eq!(known()?, None);
        Ok(())
    })
}

#[test]
fn what_was_no_failure_is_taken_back_with_the_lock_that_it_brought() -> Result<()> {
    on_each(|scene| {
        scene.store.write(at(0), |tx| {
            for count in 1..=3 {
                assert_eq!(throttle::count(tx, "login:bob", Duration::minutes(15))?, count);
            }
            throttle::lock(tx, "login:bob", at(15))?;
            throttle::take_back(tx, "login:bob", 2)?;
            assert!(throttle::get(tx, "login:bob")?.is_some_and(|known| known.count == 2 && known.locked_until.is_some()));
            throttle::take_back(tx, "login:bob", 2)?;
            assert!(throttle::get(tx, "login:bob")?.is_some_and(|known| known.count == 1 && known.locked_until.is_none()));
            throttle::take_back(tx, "login:mei", 2)
        })
    })
}

#[test]
fn an_invitation_is_good_once_and_not_for_ever() -> Result<()> {
    on_each(|scene| {
        let redeem = |token: &str, not_before| scene.store.write(at(5), |tx| setup::redeem(tx, token, not_before).map(drop));
        scene.store.write(at(0), |tx| setup::invite(tx, "old"))?;
        scene.store.write(at(1), |tx| setup::invite(tx, "new"))?;
        for (token, not_before) in [("old", at(0)), ("new", at(2)), ("none", at(0))] {
            assert!(matches!(redeem(token, not_before), Err(StoreError::Denied(Denied::NotFound))));
        }
        redeem("new", at(0))?;
        assert!(redeem("new", at(0)).is_err());
        scene.store.write(at(2), |tx| setup::invite(tx, "newer"))?;
        scene.with_cast()?;
        assert!(redeem("newer", at(0)).is_err());
        Ok(())
    })
}

#[test]
fn a_connection_that_breaks_in_a_write_is_replaced_for_the_next() -> Result<()> {
    on_each(|scene| {
        let cast = scene.with_cast()?;
        let broken = scene.store.write(at(0), |tx| {
            let permit = people::for_edit(tx, acting(&cast.bob), cast.bob.uid)?;
            people::set_password(tx, &permit, "lost")?;
            // As the database itself does when the disk is full.
            Ok::<_, StoreError>(tx.conn().batch_execute("ROLLBACK")?)
        });
        assert!(
            broken.is_err() || scene.store.read(at(0), |tx| people::by_login(tx, "bob"))?.is_some_and(|(_, hash)| hash.is_none())
        );
        scene.store.write(at(1), |tx| {
            let permit = people::for_edit(tx, acting(&cast.bob), cast.bob.uid)?;
            people::set_password(tx, &permit, "kept")
        })?;
        let kept = scene.store.read(at(2), |tx| people::by_login(tx, "bob"))?;
        assert_eq!(kept.and_then(|(_, hash)| hash).as_deref(), Some("kept"));
        Ok(())
    })
}
