//! Where one is logged in, and what happened to accounts.

use actix_web::web::Query;
use serde::Deserialize;

use super::extract::{Posted, Visit};
use super::forms::Reader;
use super::incidents::eyes;
use super::visit::{Answer, Done, Me};
use crate::actions::sessions as actions;
use crate::error::AppError;
use crate::render::pages::events::{EventsPage, SessionsPage};
use crate::render::pages::reader::Reader as Voice;
use crate::store::{self, Tx, people, security};

/// Which page of a list.
#[derive(Clone, Copy, Debug, Default, Deserialize)]
#[serde(default)]
pub struct PageQuery {
    page: i64,
}

impl PageQuery {
    /// Its number, from 1.
    pub fn page(self) -> i64 {
        self.page.max(1)
    }
}

/// `GET /account/sessions`
pub async fn sessions(visit: Visit) -> Answer {
    visit.page(sessions_page).await
}

fn sessions_page(tx: &mut Tx<'_>, me: &Me) -> Result<SessionsPage, AppError> {
    let sessions = actions::open_beside(tx, &me.session)?;
    Ok(SessionsPage::new(&sessions, Voice::new(&eyes(me), tx.now())))
}

/// `POST /account/sessions/end`
pub async fn end_sessions(visit: Visit, posted: Posted) -> Answer {
    let client = visit.client.clone();
    let save = move |tx: &mut Tx<'_>, me: &Me, form: &mut Reader<'_>| {
        let mark = Some(form.raw("mark")).filter(|mark| !mark.is_empty());
        actions::end_others(tx, &me.session, mark, &client)?;
        Ok::<_, AppError>(Done::to("/account/sessions").saying("flash-sessions-ended"))
    };
    visit.submit(posted, save, |tx, me, _| sessions_page(tx, me)).await
}

/// `GET /account/security`
pub async fn own(visit: Visit, query: Query<PageQuery>) -> Answer {
    let page = query.page();
    visit
        .page(move |tx, me| {
            let permit = people::to_look(tx, me.actor, me.person.uid)?;
            let events = security::of_person(tx, &permit, page)?;
            let everybody = people::all(tx, &store::house::to_look(tx, me.actor)?)?;
            Ok(EventsPage::own(&events, page, &everybody, Voice::new(&eyes(me), tx.now())))
        })
        .await
}

/// `GET /house/security`
pub async fn house(visit: Visit, query: Query<PageQuery>) -> Answer {
    let page = query.page();
    visit
        .page(move |tx, me| {
            let permit = store::house::to_look(tx, me.actor)?;
            let events = security::of_house(tx, &permit, page)?;
            let everybody = people::all(tx, &permit)?;
            Ok(EventsPage::of_house(&events, page, &everybody, Voice::new(&eyes(me), tx.now())))
        })
        .await
}
