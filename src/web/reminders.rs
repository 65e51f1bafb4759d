//! What mail a person wants, reminders of deadlines and word of replies: chosen and stopped on their account's page.

use actix_web::HttpRequest;
use chrono::NaiveTime;

use super::account::{self, Forms};
use super::extract::{Posted, Visit};
use super::forms::Reader;
use super::shares::site;
use super::visit::{Answer, Done, Me};
use crate::actions::reminders as actions;
use crate::error::AppError;
use crate::intake::addresses::mail_address;
use crate::render::form::FormView;
use crate::store::{Tx, people};

/// `POST /account/reminders`
pub async fn choose(req: HttpRequest, visit: Visit, posted: Posted) -> Answer {
    let (site, mails) = (site(&req, &visit.app), visit.app.mails);
    let save = move |tx: &mut Tx<'_>, me: &Me, form: &mut Reader<'_>| {
        let address = mail_address(form.raw("address"));
        if address.is_none() {
            form.refuse("address", "mail-bad-address");
        }
        let (deadlines, replies) = (form.ticked("deadlines"), form.ticked("replies"));
        let at: Option<NaiveTime> = if deadlines { form.parse("at", "problem-time") } else { None };
        if !deadlines && !replies {
            form.refuse("deadlines", "account-reminders-neither");
        }
        if !mails {
            form.refuse("", "account-reminders-no-server");
        }
        let (Some(address), false) = (address, form.is_refused()) else { return Err(form.refusal()) };
        let permit = people::for_edit(tx, me.actor, me.person.uid)?;
        actions::choose(tx, &permit, actions::Wish { address, deadlines, at, replies, site })?;
        Ok(Done::to("/account").saying("flash-reminders-chosen"))
    };
    visit.submit(posted, save, move |tx, me, form| account::page(tx, me, mails, refused(form))).await
}

/// `POST /account/reminders/cancellation`
pub async fn cancel(visit: Visit, posted: Posted) -> Answer {
    let mails = visit.app.mails;
    let save = |tx: &mut Tx<'_>, me: &Me, _: &mut Reader<'_>| -> Result<Done, AppError> {
        let permit = people::for_edit(tx, me.actor, me.person.uid)?;
        actions::stop(tx, &permit)?;
        Ok(Done::to("/account").saying("flash-reminders-stopped"))
    };
    visit.submit(posted, save, move |tx, me, _| account::page(tx, me, mails, Forms::default())).await
}

fn refused(form: FormView) -> Forms {
    Forms { reminders: Some(form), ..Forms::default() }
}
