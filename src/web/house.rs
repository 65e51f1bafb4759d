//! The settings of the house.

use super::extract::{Posted, Visit};
use super::forms::Reader;
use super::visit::{Answer, Done, Me};
use crate::actions::house as actions;
use crate::error::AppError;
use crate::render::form::FormView;
use crate::render::pages::Choices;
use crate::render::pages::house::HousePage;
use crate::store::{Tx, house};

/// `GET /house`
pub async fn show(visit: Visit) -> Answer {
    visit
        .page(|tx, me| {
            let permit = house::to_look(tx, me.actor)?;
            let settings = house::get(tx, &permit)?;
            let form = FormView::new()
                .with("company", settings.company)
                .with("locale", settings.locale.as_str())
                .with("zone", settings.zone.name());
            Ok(page(form.with("revision", settings.revision.to_string())))
        })
        .await
}

/// `POST /house`
pub async fn change(visit: Visit, posted: Posted) -> Answer {
    visit.submit(posted, save, again).await
}

fn save(tx: &mut Tx<'_>, me: &Me, form: &mut Reader<'_>) -> Result<Done, AppError> {
    let revision = form.revision()?;
    let (Some(company), Some(locale), Some(zone)) = (form.line("company"), form.choice("locale"), form.zone("zone")) else {
        return Err(form.refusal());
    };
    let permit = house::to_manage(tx, me.actor)?;
    actions::change(tx, &permit, actions::Change { revision, company, locale, zone })?;
    Ok(Done::to("/house").saying("flash-saved"))
}

/// What was typed; a stale form is to be saved over what is there now.
fn again(tx: &mut Tx<'_>, me: &Me, form: FormView) -> Result<HousePage, AppError> {
    let permit = house::to_look(tx, me.actor)?;
    let revision = house::get(tx, &permit)?.revision;
    Ok(page(form.at_revision(revision)))
}

fn page(form: FormView) -> HousePage {
    HousePage { form, choices: Choices::all() }
}
