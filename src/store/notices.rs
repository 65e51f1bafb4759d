//! Notices of changes, as sent or as claimed.

use diesel::prelude::*;

use super::rows::{broken, maybe_moment, moment_columns, noun_of, row, struck, struck_columns};
use super::schema::notices;
use super::types::{Micros, YesNo, ZoneName};
use super::{Result, StoreError};
use crate::domain::contract::{NoticeForm, Standing};
use crate::domain::entry::Entry;
use crate::domain::id::{Id, Uid};
use crate::domain::incident::Incident;
use crate::domain::notice::{Change, Notice};
use crate::domain::party::Provider;
use crate::domain::visibility::Visibility;

row! {
    /// A row of `notices`.
    Row in notices {
        id: Id<Notice>,
        uid: Uid,
        revision: i64,
        incident_id: Id<Incident>,
        change_id: Id<Change>,
        provider_id: Id<Provider>,
        form: NoticeForm,
        sent_from: Option<Micros>,
        sent_to: Option<Micros>,
        sent_words: Option<String>,
        sent_zone: Option<ZoneName>,
        received_from: Option<Micros>,
        received_to: Option<Micros>,
        received_words: Option<String>,
        received_zone: Option<ZoneName>,
        address: String,
        to_registered: Option<YesNo>,
        standing: Standing,
        entry_id: Option<Id<Entry>>,
        note: String,
        visibility: Visibility,
        struck_at: Option<Micros>,
        struck_reason: Option<String>,
    }
}

impl TryFrom<Row> for Notice {
    type Error = StoreError;

    fn try_from(row: Row) -> Result<Self> {
        let misfit = |what| broken("notices", row.id.raw(), what);
        let received = (row.received_from, row.received_to, row.received_words, row.received_zone);
        Ok(Self {
            id: row.id,
            uid: row.uid,
            revision: row.revision,
            incident: row.incident_id,
            change: row.change_id,
            provider: row.provider_id,
            form: row.form,
            sent: maybe_moment((row.sent_from, row.sent_to, row.sent_words, row.sent_zone)).map_err(misfit)?,
            received: maybe_moment(received).map_err(misfit)?,
            address: row.address,
            to_registered: row.to_registered.map(|known| known.0),
            standing: row.standing,
            entry: row.entry_id,
            note: row.note,
            visibility: row.visibility,
            struck: struck(row.struck_at, row.struck_reason).map_err(misfit)?,
        })
    }
}

impl From<&Notice> for Row {
    fn from(notice: &Notice) -> Self {
        let Notice {
            id,
            uid,
            revision,
            incident,
            change,
            provider,
            form,
            sent,
            received,
            address,
            to_registered,
            standing,
            entry,
            note,
            visibility,
            struck,
        } = notice.clone();
        let (sent_from, sent_to, sent_words, sent_zone) = moment_columns(sent.as_ref());
        let (received_from, received_to, received_words, received_zone) = moment_columns(received.as_ref());
        let (struck_at, struck_reason) = struck_columns(struck.as_ref());
        Self {
            id,
            uid,
            revision,
            incident_id: incident,
            change_id: change,
            provider_id: provider,
            form,
            sent_from,
            sent_to,
            sent_words,
            sent_zone,
            received_from,
            received_to,
            received_words,
            received_zone,
            address,
            to_registered: to_registered.map(YesNo),
            standing,
            entry_id: entry,
            note,
            visibility,
            struck_at,
            struck_reason,
        }
    }
}

noun_of!(Incident, Notice in notices by incident_id, its incident, of_incident);
