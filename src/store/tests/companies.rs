//! Companies, their people, contracts and what belongs to them.

use super::samples;
use crate::domain::id::Uid;
use crate::domain::ledger::ObjectKind;
use crate::domain::permit::Actor;
use crate::store::testing::{acting, at, on_each};
use crate::store::{Denied, Result, StoreError, agreements, clauses, contacts, contracts, house, ledger, providers};

#[test]
fn what_was_written_comes_back_whole() -> Result<()> {
    on_each(|scene| {
        let cast = scene.with_cast()?;
        let written = scene.store.write(at(0), |tx| samples::companies(tx, acting(&cast.bob)))?;
        scene.store.read(at(1), |tx| {
            let mei = acting(&cast.mei);
            let company = providers::to_look(tx, mei, written.provider.uid)?;
            assert_eq!(providers::get(tx, &company)?, written.provider);
            assert_eq!(contacts::get(tx, &company, written.sato.uid)?, written.sato);
            assert_eq!(contacts::of_provider(tx, &company)?.len(), 2);
            assert_eq!(contracts::of_provider(tx, &company)?[0], written.contract);
            let contract = contracts::to_look(tx, mei, written.contract.uid)?;
            assert_eq!(clauses::get(tx, &contract, written.clause.uid)?, written.clause);
            assert_eq!(agreements::of_contract(tx, &contract)?[0], written.agreement);
            let history = ledger::history(tx, &contract, ObjectKind::Contract, written.contract.id.raw())?;
            assert_eq!(history.len(), 2);
            assert_eq!(ledger::head(tx, &contract)?.map(|head| head.count), Some(6));
            Ok(())
        })
    })
}

#[test]
fn the_phone_book_finds_a_company_and_its_people_by_number_and_by_name() -> Result<()> {
    on_each(|scene| {
        let cast = scene.with_cast()?;
        scene.store.write(at(0), |tx| samples::companies(tx, acting(&cast.bob)).map(drop))?;
        scene.store.read(at(1), |tx| {
            let house = house::to_look(tx, acting(&cast.mei))?;
            let found = providers::by_number(tx, &house, "+81355500100")?;
            assert_eq!(found.iter().filter(|(_, contact)| contact.is_none()).count(), 2);
            let found = providers::by_number(tx, &house, "+81355500101")?;
            assert!(found.iter().any(|(company, contact)| {
                company.name == "㈱髙﨑ネット①" && contact.as_ref().is_some_and(|contact| contact.name.as_deref() == Some("佐藤"))
            }));
            assert!(providers::by_number(tx, &house, "+81")?.is_empty());
            let named =
                |words: &str, tx: &mut crate::store::Tx<'_>| Ok::<_, StoreError>(providers::list(tx, &house, words)?.len());
            assert_eq!((named("", tx)?, named("CONTRACTOR", tx)?, named("佐藤 髙﨑", tx)?, named("鈴木", tx)?), (2, 1, 1, 0));
            Ok(())
        })
    })
}

#[test]
fn a_reader_may_not_write_and_a_permit_is_for_one_thing_alone() -> Result<()> {
    on_each(|scene| {
        let cast = scene.with_cast()?;
        let written = scene.store.write(at(0), |tx| samples::companies(tx, acting(&cast.bob)))?;
        let uid = written.provider.uid;
        let refused = scene.store.write(at(0), |tx| providers::for_edit(tx, acting(&cast.mei), uid).map(drop));
        assert!(matches!(refused, Err(StoreError::Denied(Denied::Forbidden))));
        let nowhere = scene.store.read(at(0), |tx| providers::to_look(tx, Actor::House, Uid::from_parts(0, [0; 10])).map(drop));
        assert!(matches!(nowhere, Err(StoreError::Denied(Denied::NotFound))));
        let smuggled = scene.store.write(at(0), |tx| {
            let house = house::to_edit(tx, acting(&cast.bob))?;
            let other = samples::provider(tx, "Other")?;
            let permit = providers::add(tx, &house, "companies::put_down", &other)?;
            let mut sato = written.sato.clone();
            (sato.revision, sato.provider) = (1, other.id);
            contacts::change(tx, &permit, "companies::correct_contact", &sato)
        });
        assert!(matches!(smuggled, Err(StoreError::Stale)), "a contact must not move to another company's chain");
        let stale = scene.store.write(at(0), |tx| {
            let permit = providers::for_edit(tx, acting(&cast.bob), uid)?;
            contacts::change(tx, &permit, "companies::correct_contact", &written.sato)
        });
        assert!(matches!(stale, Err(StoreError::Stale)));
        Ok(())
    })
}
