//! The phone book and the contracts, read.

use actix_web::HttpRequest;
use actix_web::web::Query;
use serde::Deserialize;

use super::extract::Visit;
use super::nouns::{CompanyPlace, ContractPlace, Place};
use super::visit::Answer;
use crate::domain::phone;
use crate::error::AppError;
use crate::render::pages::companies::{CompaniesPage, CompanyCard, CompanyPage, ContractPage};
use crate::render::words::Words;
use crate::store;

/// What a list of companies is asked for.
#[derive(Debug, Deserialize)]
pub struct Search {
    #[serde(default)]
    q: String,
}

/// All companies, or those that were searched for: by name or person, or by a number however it is written.
pub async fn list(visit: Visit, search: Query<Search>) -> Answer {
    let words = search.into_inner().q;
    visit
        .page(move |tx, me| {
            let house = store::house::to_look(tx, me.actor)?;
            let mut found = store::providers::list(tx, &house, &words)?;
            if found.is_empty() && words.chars().any(|c| c.is_numeric()) {
                found = store::providers::list(tx, &house, "")?;
                let people = store::contacts::all(tx, &house)?;
                found.retain(|company| {
                    let theirs = people.iter().filter(|person| person.provider == company.id).flat_map(|person| &person.numbers);
                    company.numbers.iter().chain(theirs).any(|number| phone::matches(&words, &number.digits))
                });
            }
            Ok(CompaniesPage { companies: found.iter().map(CompanyCard::of).collect(), words })
        })
        .await
}

/// One company.
pub async fn show(req: HttpRequest, visit: Visit) -> Answer {
    let at = CompanyPlace::read_at(req.match_info().get("at").unwrap_or_default()).ok_or(AppError::NotFound)?;
    visit
        .page(move |tx, me| {
            let permit = store::providers::to_look(tx, me.actor, at)?;
            let company = store::providers::get(tx, &permit)?;
            let contacts = store::contacts::of_provider(tx, &permit)?;
            let contracts = store::contracts::of_provider(tx, &permit)?;
            Ok(CompanyPage::new(&company, &contacts, &contracts))
        })
        .await
}

/// One contract.
pub async fn contract(req: HttpRequest, visit: Visit) -> Answer {
    let at = ContractPlace::read_at(req.match_info().get("at").unwrap_or_default()).ok_or(AppError::NotFound)?;
    visit
        .page(move |tx, me| {
            let permit = store::contracts::to_look(tx, me.actor, at)?;
            let contract = store::contracts::get(tx, &permit)?;
            let clauses = store::clauses::of_contract(tx, &permit)?;
            let agreements = store::agreements::of_contract(tx, &permit)?;
            let files = store::attachments::seen_beside(tx, &permit)?;
            let house = store::house::to_look(tx, me.actor)?;
            let companies = store::providers::list(tx, &house, "")?;
            let company = companies.iter().find(|company| company.id == contract.provider).ok_or(AppError::NotFound)?;
            let waiting = store::verdicts::waiting_for(tx, permit.id())?;
            let beside = (clauses.as_slice(), agreements.as_slice(), files.as_slice());
            let words = Words::new(me.locale());
            Ok(ContractPage::new(&contract, company, beside, words, tx.now()).while_computing(waiting, words))
        })
        .await
}
