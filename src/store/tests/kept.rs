//! Dossiers that are kept: given again while nothing has changed, and never when something has.

use std::sync::Arc;

use super::{samples, timeline};
use crate::domain::contract::{Agreement, Clause, Contract};
use crate::domain::dossier::Dossier;
use crate::domain::entry::Entry;
use crate::domain::party::{Attachment, Contact, Provider};
use crate::domain::permit::Actor;
use crate::domain::person::{House, Person};
use crate::store::testing::{Cast, Scene, acting, at, on_each};
use crate::store::{
    Result, StoreError, Tx, agreements, attachments, clauses, contacts, contracts, dossier, entries, house, incidents, people,
    providers,
};

/// The record of the tests.
struct Record {
    bob: Actor,
    person: Person,
    companies: samples::Companies,
    told: timeline::Everything,
}

/// A change of something that an incident's page shows.
type Touch = (&'static str, fn(&mut Tx<'_>, &Record) -> Result<()>);

/// One change in every chain, of every noun that stands in another chain than the incident's.
const CHANGES: &[Touch] = &[
    ("an entry is written", |tx, record| {
        let permit = incidents::for_edit(tx, record.bob, record.told.incident.number)?;
        let note = timeline::note(tx, record.told.incident.id, Some(record.bob))?;
        entries::add(tx, &permit, "entries::note", &note)
    }),
    ("an entry is corrected", |tx, record| {
        let permit = incidents::for_edit(tx, record.bob, record.told.incident.number)?;
        let title = "another title".to_owned();
        entries::change(tx, &permit, "entries::correct", &Entry { revision: 2, title, ..record.told.call.clone() })
    }),
    ("a file is struck out", |tx, record| {
        let permit = incidents::for_edit(tx, record.bob, record.told.incident.number)?;
        let name = "other.txt".to_owned();
        attachments::change(tx, &permit, "attachments::strike_out", &Attachment { revision: 2, name, ..record.told.file.clone() })
    }),
    ("a company is renamed", |tx, record| {
        let permit = providers::for_edit(tx, record.bob, record.companies.provider.uid)?;
        let name = "Renamed".to_owned();
        providers::change(tx, &permit, "companies::correct", &Provider { revision: 1, name, ..record.companies.provider.clone() })
    }),
    ("one of its people is renamed", |tx, record| {
        let permit = providers::for_edit(tx, record.bob, record.companies.provider.uid)?;
        let name = Some("佐藤 一郎".to_owned());
        contacts::change(
            tx,
            &permit,
            "companies::correct_contact",
            &Contact { revision: 1, name, ..record.companies.sato.clone() },
        )
    }),
    ("a contract is corrected", |tx, record| {
        let permit = contracts::for_edit(tx, record.bob, record.companies.contract.uid)?;
        let number = "N-0043".to_owned();
        contracts::change(
            tx,
            &permit,
            "contracts::correct",
            &Contract { revision: 2, number, ..record.companies.contract.clone() },
        )
    }),
    ("a clause is corrected", |tx, record| {
        let permit = contracts::for_edit(tx, record.bob, record.companies.contract.uid)?;
        let quote = "通知は電磁的方法による。".to_owned();
        clauses::change(
            tx,
            &permit,
            "contracts::correct_clause",
            &Clause { revision: 1, quote, ..record.companies.clause.clone() },
        )
    }),
    ("an agreement is corrected", |tx, record| {
        let permit = contracts::for_edit(tx, record.bob, record.companies.contract.uid)?;
        let evidence = "メモ".to_owned();
        let corrected = Agreement { revision: 2, evidence, ..record.companies.agreement.clone() };
        agreements::change(tx, &permit, "contracts::correct_agreement", &corrected)
    }),
    ("one of us is renamed", |tx, record| {
        let permit = people::for_manage(tx, Actor::House, record.person.uid)?;
        let name = "Robert".to_owned();
        people::change(tx, &permit, "people::change", &Person { revision: 1, name, ..record.person.clone() })
    }),
    ("the house is renamed", |tx, _| {
        let permit = house::to_manage(tx, Actor::House)?;
        let standing = house::get(tx, &permit)?;
        let company = "株式会社みさき".to_owned();
        house::put(tx, &permit, "house::change", &House { revision: standing.revision + 1, company, ..standing })
    }),
];

fn record(scene: &Scene, cast: &Cast) -> Result<Record> {
    let bob = acting(&cast.bob);
    scene.store.write(at(0), |tx| {
        let companies = samples::companies(tx, bob)?;
        let told = timeline::everything(tx, bob, &companies)?;
        Ok(Record { bob, person: cast.bob.clone(), companies, told })
    })
}

/// The dossier as it is kept, and as it is read anew in the same transaction.
fn both(scene: &Scene, record: &Record) -> Result<(Arc<Dossier>, Dossier)> {
    scene.store.read(at(1), |tx| {
        let permit = incidents::to_look(tx, record.bob, record.told.incident.number)?;
        Ok((dossier::kept(tx, &permit)?, dossier::load(tx, &permit)?))
    })
}

#[test]
fn a_kept_dossier_is_given_again_until_anything_it_shows_has_changed() -> Result<()> {
    on_each(|scene| {
        let cast = scene.with_cast()?;
        let record = record(scene, &cast)?;
        let (mut last, _) = both(scene, &record)?;
        for (what, change) in CHANGES {
            assert!(Arc::ptr_eq(&last, &both(scene, &record)?.0), "read again before {what}");
            scene.store.write(at(2), |tx| change(tx, &record))?;
            let (kept, read) = both(scene, &record)?;
            assert!(!Arc::ptr_eq(&last, &kept), "not read again after {what}");
            assert_eq!(format!("{kept:?}"), format!("{read:?}"), "after {what}");
            last = kept;
        }
        Ok(())
    })
}

#[test]
fn what_was_rolled_back_was_never_kept() -> Result<()> {
    on_each(|scene| {
        let cast = scene.with_cast()?;
        let record = record(scene, &cast)?;
        let (before, _) = both(scene, &record)?;
        let undone: Result<()> = scene.store.write(at(2), |tx| {
            let (_, change) = CHANGES[0];
            change(tx, &record)?;
            let permit = incidents::to_look(tx, record.bob, record.told.incident.number)?;
            assert_eq!(dossier::kept(tx, &permit)?.entries.len(), before.entries.len() + 1, "it sees what it wrote itself");
            Err(StoreError::Stale)
        });
        assert!(undone.is_err());
        assert!(Arc::ptr_eq(&before, &both(scene, &record)?.0));
        Ok(())
    })
}
