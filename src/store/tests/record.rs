//! Incidents, entries, and what stands beside the timeline.

use serde_json::to_value;

use super::{samples, timeline};
use crate::domain::entry::Entry;
use crate::domain::id::Uid;
use crate::domain::incident::Incident;
use crate::domain::ledger::ObjectKind;
use crate::domain::matter::Ask;
use crate::domain::party::Owner;
use crate::domain::permit::Actor;
use crate::domain::visibility::Visibility;
use crate::store::history::{self, Home};
use crate::store::testing::{Cast, Scene, acting, at, on_each};
use crate::store::verify::{Beside, verify};
use crate::store::{
    Denied, Result, StoreError, Tx, asks, attachments, changes, contradictions, credit_claims, dossier, entries, incidents,
    ledger, notices, papers, promises, ruled_out, statements,
};

fn everything(scene: &Scene, cast: &Cast) -> Result<timeline::Everything> {
    scene.store.write(at(0), |tx| {
        let companies = samples::companies(tx, acting(&cast.bob))?;
        timeline::everything(tx, acting(&cast.bob), &companies)
    })
}

/// An incident that everybody knows, without entries.
fn plain(scene: &Scene, cast: &Cast) -> Result<(Incident, samples::Companies)> {
    scene.store.write(at(0), |tx| {
        let companies = samples::companies(tx, acting(&cast.bob))?;
        Ok((timeline::incident(tx, acting(&cast.bob), &companies)?.0, companies))
    })
}

#[track_caller]
fn assert_good(scene: &Scene) -> Result<()> {
    let report = verify(&scene.store, at(99), Beside::default())?.0;
    assert_eq!(report.first_difference, None);
    Ok(())
}

fn is_not_found<T>(result: &Result<T>) -> bool {
    matches!(result, Err(StoreError::Denied(Denied::NotFound)))
}

#[test]
fn what_goes_in_comes_out_equal() -> Result<()> {
    on_each(|scene| {
        let cast = scene.with_cast()?;
        let written = everything(scene, &cast)?;
        scene.store.read(at(1), |tx| {
            let permit = incidents::to_look(tx, acting(&cast.alice), written.incident.number)?;
            assert_eq!(to_value(incidents::get(tx, &permit)?)?, to_value(&written.incident)?);
            assert_eq!(to_value(entries::get(tx, &permit, written.call.uid)?)?, to_value(&written.call)?);
            assert_eq!(promises::get(tx, &permit, written.promise.uid)?, written.promise);
            assert_eq!(promises::of_statement(tx, &permit, written.promise.statement)?.len(), 2);
            assert_eq!(asks::get(tx, &permit, written.ask.uid)?, written.ask);
            assert_eq!(ruled_out::get(tx, &permit, written.ruled_out.uid)?, written.ruled_out);
            assert_eq!(contradictions::get(tx, &permit, written.contradiction.uid)?, written.contradiction);
            assert_eq!(changes::get(tx, &permit, written.change.uid)?, written.change);
            assert_eq!(notices::get(tx, &permit, written.notice.uid)?, written.notice);
            assert_eq!(credit_claims::get(tx, &permit, written.credit_claim.uid)?, written.credit_claim);
            assert_eq!(attachments::get(tx, &permit, written.file.uid)?, written.file);
            assert_eq!(papers::get(tx, &permit, written.paper.uid)?, written.paper);
            let (entry, statement) = statements::locate(tx, &permit, written.call.statements[1].uid)?;
            assert_eq!((entry.id, statement), (written.call.id, written.call.statements[1].id));
            let history = ledger::history(tx, &permit, ObjectKind::Entry, written.call.id.raw())?;
            assert_eq!(history.last().and_then(|revision| revision.payload.clone()), Some(to_value(&written.call)?));
            Ok::<_, StoreError>(())
        })?;
        assert_good(scene)
    })
}

#[test]
fn a_stale_revision_is_refused_and_so_is_another_incidents_entry() -> Result<()> {
    on_each(|scene| {
        let cast = scene.with_cast()?;
        let (incident, companies) = plain(scene, &cast)?;
        let bob = acting(&cast.bob);
        let (entry, other) = scene.store.write(at(1), |tx| {
            let permit = incidents::for_edit(tx, bob, incident.number)?;
            let entry = timeline::call(tx, &incident, &companies)?;
            entries::add(tx, &permit, "calls::log", &entry)?;
            Ok::<_, StoreError>((entry, timeline::incident(tx, bob, &companies)?.0))
        })?;
        let change = |revision, number| {
            scene.store.write(at(2), |tx| {
                let permit = incidents::for_edit(tx, bob, number)?;
                entries::change(tx, &permit, "entries::correct", &Entry { revision, ..entry.clone() })
            })
        };
        for stale in [0, 2, -1] {
            assert!(matches!(change(stale, incident.number), Err(StoreError::Stale)), "{stale}");
        }
        assert!(matches!(change(1, other.number), Err(StoreError::Denied(Denied::Forbidden))));
        change(1, incident.number)?;
        assert!(matches!(change(1, incident.number), Err(StoreError::Stale)));
        scene.store.read(at(3), |tx| {
            let permit = incidents::to_look(tx, bob, other.number)?;
            assert!(is_not_found(&entries::get(tx, &permit, entry.uid)));
            assert!(is_not_found(&statements::locate(tx, &permit, entry.statements[0].uid)));
            Ok::<_, StoreError>(())
        })?;
        assert_eq!((incident.number.to_string().as_str(), other.number.count), ("INC-2006-0001", 2));
        assert_good(scene)
    })
}

#[test]
fn a_restricted_incident_is_there_for_the_named_and_the_admin_alone() -> Result<()> {
    on_each(|scene| {
        let cast = scene.with_cast()?;
        let written = everything(scene, &cast)?;
        let number = written.incident.number;
        scene.store.read(at(1), |tx| {
            for knowing in [acting(&cast.alice), acting(&cast.bob), Actor::House] {
                incidents::to_look(tx, knowing, number)?;
                assert_eq!(attachments::find(tx, knowing, written.file.uid)?, written.file);
                assert!(history::find(tx, knowing, ObjectKind::Ask, &written.ask.uid.to_string()).is_ok());
            }
            let mei = acting(&cast.mei);
            assert!(is_not_found(&incidents::to_look(tx, mei, number)));
            assert!(is_not_found(&attachments::find(tx, mei, written.file.uid)));
            for (kind, uid) in uids(&written) {
                assert!(is_not_found(&history::find(tx, mei, kind, &uid.to_string())), "{kind}");
            }
            Ok::<_, StoreError>(())
        })?;
        // Restricted or not is asked before what the actor may do to it.
        let refused = |actor| scene.store.write(at(1), |tx| incidents::for_edit(tx, actor, number).map(drop));
        assert!(is_not_found(&refused(acting(&cast.mei))));
        scene.store.write(at(2), |tx| {
            let permit = incidents::for_manage(tx, acting(&cast.alice), number)?;
            let open = Incident { revision: 2, restricted_to: Vec::new(), ..written.incident.clone() };
            incidents::change(tx, &permit, "incidents::open_up", &open)
        })?;
        assert!(matches!(refused(acting(&cast.mei)), Err(StoreError::Denied(Denied::Forbidden))));
        scene.store.read(at(3), |tx| incidents::to_look(tx, acting(&cast.mei), number).map(drop))
    })
}

fn uids(written: &timeline::Everything) -> [(ObjectKind, Uid); 10] {
    [
        (ObjectKind::Entry, written.call.uid),
        (ObjectKind::Promise, written.promise.uid),
        (ObjectKind::Ask, written.ask.uid),
        (ObjectKind::RuledOut, written.ruled_out.uid),
        (ObjectKind::Contradiction, written.contradiction.uid),
        (ObjectKind::Change, written.change.uid),
        (ObjectKind::Notice, written.notice.uid),
        (ObjectKind::CreditClaim, written.credit_claim.uid),
        (ObjectKind::Attachment, written.file.uid),
        (ObjectKind::Paper, written.paper.uid),
    ]
}

#[test]
fn the_history_of_anything_is_found_by_its_name() -> Result<()> {
    on_each(|scene| {
        let cast = scene.with_cast()?;
        let (written, companies) = scene.store.write(at(0), |tx| {
            let companies = samples::companies(tx, acting(&cast.bob))?;
            Ok::<_, StoreError>((timeline::everything(tx, acting(&cast.bob), &companies)?, companies))
        })?;
        scene.store.read(at(1), |tx| {
            let bob = acting(&cast.bob);
            for (kind, uid) in uids(&written) {
                let history::Told { revisions, home, .. } = history::find(tx, bob, kind, &uid.to_string())?;
                assert_eq!(home, Home::Incident(written.incident.number));
                assert!(revisions.iter().all(|revision| revision.payload.is_some()) && !revisions.is_empty(), "{kind}");
            }
            assert_eq!(history::find(tx, bob, ObjectKind::Incident, &written.incident.number.to_string())?.revisions.len(), 2);
            let company = Home::Provider(companies.provider.uid);
            assert_eq!(history::find(tx, bob, ObjectKind::Provider, &companies.provider.uid.to_string())?.home, company);
            assert_eq!(history::find(tx, bob, ObjectKind::Contact, &companies.sato.uid.to_string())?.home, company);
            let contract = Home::Contract(companies.contract.uid);
            assert_eq!(history::find(tx, bob, ObjectKind::Contract, &companies.contract.uid.to_string())?.revisions.len(), 2);
            assert_eq!(history::find(tx, bob, ObjectKind::Clause, &companies.clause.uid.to_string())?.home, contract);
            assert_eq!(history::find(tx, bob, ObjectKind::Agreement, &companies.agreement.uid.to_string())?.home, contract);
            assert_eq!(history::find(tx, bob, ObjectKind::Person, &cast.bob.uid.to_string())?.revisions.len(), 1);
            let refused = history::find(tx, bob, ObjectKind::Person, &cast.alice.uid.to_string());
            assert!(matches!(refused, Err(StoreError::Denied(Denied::Forbidden))));
            assert!(is_not_found(&history::find(tx, bob, ObjectKind::Entry, &written.ask.uid.to_string())));
            Ok(())
        })
    })
}

/// Bob's private note in an incident that everybody knows.
fn private_note(scene: &Scene, cast: &Cast, incident: &Incident) -> Result<Entry> {
    scene.store.write(at(1), |tx| {
        let bob = acting(&cast.bob);
        let permit = incidents::for_edit(tx, bob, incident.number)?;
        let body = "MARKER".to_owned();
        let mut note = Entry { visibility: Visibility::Private, body, ..timeline::note(tx, incident.id, Some(bob))? };
        entries::add(tx, &permit, "entries::note", &note)?;
        let file = timeline::file(tx, Owner::Entry(note.id), bob)?;
        attachments::add(tx, &permit, "files::attach", &file)?;
        note.revision = 1;
        entries::change(tx, &permit, "entries::correct", &note)?;
        Ok(note)
    })
}

#[test]
fn a_private_note_is_there_for_its_author_alone() -> Result<()> {
    on_each(|scene| {
        let cast = scene.with_cast()?;
        let (incident, _) = plain(scene, &cast)?;
        let note = private_note(scene, &cast, &incident)?;
        let seen = |tx: &mut Tx<'_>, actor| -> Result<Entry> {
            let permit = incidents::to_look(tx, actor, incident.number)?;
            history::find(tx, actor, ObjectKind::Entry, &note.uid.to_string())?;
            entries::get(tx, &permit, note.uid)
        };
        scene.store.read(at(2), |tx| {
            assert_eq!(seen(tx, acting(&cast.bob))?, note);
            for other in [acting(&cast.alice), acting(&cast.mei), Actor::House] {
                assert!(is_not_found(&seen(tx, other)), "{other:?}");
            }
            Ok::<_, StoreError>(())
        })?;
        // What was private stays so in its history, though the note is opened to others.
        scene.store.write(at(3), |tx| {
            let permit = incidents::for_edit(tx, acting(&cast.bob), incident.number)?;
            let opened = Entry { revision: 2, visibility: Visibility::Internal, body: "for all".to_owned(), ..note.clone() };
            entries::change(tx, &permit, "entries::open_to", &opened)
        })?;
        scene.store.read(at(4), |tx| {
            let told = |tx: &mut Tx<'_>, actor| {
                Ok::<_, StoreError>(history::find(tx, actor, ObjectKind::Entry, &note.uid.to_string())?.revisions.len())
            };
            assert_eq!((told(tx, acting(&cast.bob))?, told(tx, acting(&cast.alice))?), (3, 1));
            Ok(())
        })
    })
}

#[test]
fn ones_own_private_note_can_be_taken_away_and_the_chain_stays_whole() -> Result<()> {
    on_each(|scene| {
        let cast = scene.with_cast()?;
        let (incident, _) = plain(scene, &cast)?;
        let note = private_note(scene, &cast, &incident)?;
        let erase = |actor| {
            scene.store.write(at(2), |tx| {
                let permit = incidents::for_edit(tx, actor, incident.number)?;
                entries::erase_private(tx, &permit, "entries::erase", note.uid)
            })
        };
        assert!(is_not_found(&erase(acting(&cast.alice))));
        assert!(is_not_found(&erase(Actor::House)));
        assert_eq!(erase(acting(&cast.bob))?.len(), 1);
        assert!(is_not_found(&erase(acting(&cast.bob))));
        scene.store.read(at(3), |tx| {
            let permit = incidents::to_look(tx, acting(&cast.bob), incident.number)?;
            assert!(is_not_found(&entries::get(tx, &permit, note.uid)));
            let history = ledger::history(tx, &permit, ObjectKind::Entry, note.id.raw())?;
            let told: Vec<_> = history.iter().map(|revision| (revision.revision, revision.payload.is_none())).collect();
            assert_eq!(told, [(0, true), (1, true), (2, true)]);
            assert!(dossier::load(tx, &permit)?.entries.is_empty());
            Ok::<_, StoreError>(())
        })?;
        assert_good(scene)
    })
}

#[test]
fn what_others_may_read_or_point_to_cannot_be_taken_away() -> Result<()> {
    on_each(|scene| {
        let cast = scene.with_cast()?;
        let written = everything(scene, &cast)?;
        let bob = acting(&cast.bob);
        scene.store.write(at(2), |tx| {
            let permit = incidents::for_edit(tx, bob, written.incident.number)?;
            let open = timeline::note(tx, written.incident.id, Some(bob))?;
            entries::add(tx, &permit, "entries::note", &open)?;
            let refused = entries::erase_private(tx, &permit, "entries::erase", open.uid);
            assert!(matches!(refused, Err(StoreError::Denied(Denied::Forbidden))));
            // What others could read before stays, whoever hides it now.
            let hidden = Entry { revision: 1, visibility: Visibility::Private, ..open };
            entries::change(tx, &permit, "entries::show_to", &hidden)?;
            let refused = entries::erase_private(tx, &permit, "entries::erase", hidden.uid);
            assert!(matches!(refused, Err(StoreError::Denied(Denied::Forbidden))));
            let own = Entry { visibility: Visibility::Private, ..timeline::note(tx, written.incident.id, Some(bob))? };
            entries::add(tx, &permit, "entries::note", &own)?;
            let ask = Ask { revision: 2, asked_in: vec![own.id], ..written.ask.clone() };
            asks::change(tx, &permit, "asks::ask_again", &ask)?;
            let refused = entries::erase_private(tx, &permit, "entries::erase", own.uid);
            assert!(matches!(refused, Err(StoreError::InUse)));
            let private = Entry { revision: 2, visibility: Visibility::Private, author: bob.person(), ..written.call.clone() };
            entries::change(tx, &permit, "entries::correct", &private)?;
            Ok::<_, StoreError>(())
        })?;
        // What stands in a private entry is there for its author alone.
        scene.store.read(at(3), |tx| {
            let permit = incidents::to_look(tx, bob, written.incident.number)?;
            assert_eq!(promises::get(tx, &permit, written.promise.uid)?, written.promise);
            let permit = incidents::to_look(tx, acting(&cast.alice), written.incident.number)?;
            assert!(is_not_found(&promises::get(tx, &permit, written.promise.uid)));
            assert!(is_not_found(&contradictions::get(tx, &permit, written.contradiction.uid)));
            Ok(())
        })
    })
}

#[test]
fn a_dossier_holds_everything_and_names_everybody() -> Result<()> {
    on_each(|scene| {
        let cast = scene.with_cast()?;
        let written = everything(scene, &cast)?;
        scene.store.read(at(1), |tx| {
            let permit = incidents::to_look(tx, acting(&cast.bob), written.incident.number)?;
            let dossier = dossier::load(tx, &permit)?;
            assert_eq!(dossier.incident, written.incident);
            let order: Vec<_> = dossier.entries.iter().map(|entry| (entry.occurred.from, entry.recorded_at, entry.id)).collect();
            assert!(order.is_sorted() && order.len() == 8);
            assert!(dossier.entries.contains(&written.call) && dossier.promises.contains(&written.promise));
            let counts = [
                dossier.promises.len(),
                dossier.asks.len(),
                dossier.ruled_out.len(),
                dossier.contradictions.len(),
                dossier.changes.len(),
                dossier.notices.len(),
                dossier.credit_claims.len(),
                dossier.attachments.len(),
            ];
            assert_eq!(counts, [2, 2, 2, 4, 2, 2, 2, 2]);
            assert_eq!((dossier.contracts.len(), dossier.clauses.len(), dossier.agreements.len()), (2, 2, 2));
            assert_eq!((dossier.providers.len(), dossier.contacts.len()), (2, 1));
            assert_eq!(dossier.people.iter().map(|person| person.name.as_str()).collect::<Vec<_>>(), ["Bob"]);
            let head = ledger::head(tx, &permit)?.map(|head| (head.count, head.hash));
            assert_eq!(head, Some((dossier.head.count, dossier.head.hash)));
            Ok(())
        })
    })
}

#[test]
fn a_call_is_logged_with_all_that_it_may_name_and_nothing_of_the_timeline() -> Result<()> {
    on_each(|scene| {
        let cast = scene.with_cast()?;
        let written = everything(scene, &cast)?;
        scene.store.read(at(1), |tx| {
            let permit = incidents::to_look(tx, acting(&cast.bob), written.incident.number)?;
            let (all, call) = (dossier::to_write_with(tx, &permit)?, dossier::to_call_with(tx, &permit)?);
            assert_eq!((call.incident, call.contracts), (all.incident, all.contracts));
            assert_eq!((call.clauses, call.agreements), (all.clauses, all.agreements));
            assert_eq!((call.providers, call.contacts), (all.providers, all.contacts));
            assert!(call.entries.is_empty() && call.promises.is_empty() && call.attachments.is_empty());
            Ok(())
        })
    })
}
