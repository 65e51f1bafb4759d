//! The form of a share, and the one that revokes it.

use chrono::Duration;

use crate::actions::Outcome;
use crate::actions::shares::{self, NewShare};
use crate::domain::dossier::Dossier;
use crate::domain::id::Uid;
use crate::domain::incident::{Incident, IncidentNumber};
use crate::domain::ledger::ObjectKind;
use crate::domain::permit::Actor;
use crate::domain::share::Share;
use crate::render::form::FormView;
use crate::render::pages::noun_form::{Choice, FieldKind, Fields, Section};
use crate::render::words::{Args, Words};
use crate::store::permit::{Edit, Permit};
use crate::store::{self, Tx};

use super::read::Reader;
use super::{DeskOf, GoTo, IncidentPlace, Noun, Place, Writing, options};

/// An incident with its shares.
pub enum SharesPlace {}

/// What the form offers: the incident, and the shares there are.
pub struct SharesDesk {
    /// The incident.
    pub dossier: Dossier,
    /// Its shares.
    pub shares: Vec<Share>,
}

impl Place for SharesPlace {
    type At = IncidentNumber;
    type Thing = Incident;
    type Deed = Edit;
    type Desk = SharesDesk;

    fn read_at(segment: &str) -> Option<IncidentNumber> {
        IncidentPlace::read_at(segment)
    }

    fn for_edit<'tx>(tx: &mut Tx<'tx>, actor: Actor, at: &IncidentNumber) -> store::Result<Permit<'tx, Edit, Incident>> {
        IncidentPlace::for_edit(tx, actor, at)
    }

    fn desk(tx: &mut Tx<'_>, actor: Actor, at: &IncidentNumber) -> store::Result<SharesDesk> {
        let permit = store::incidents::to_look(tx, actor, *at)?;
        Ok(SharesDesk { shares: store::shares::of_incident(tx, &permit)?, dossier: IncidentPlace::desk(tx, actor, at)? })
    }

    fn url(at: &IncidentNumber) -> String {
        format!("/incidents/{at}/shares")
    }

    fn name(desk: &SharesDesk, words: Words) -> String {
        IncidentPlace::name(&desk.dossier, words)
    }
}

/// How many days a share may be good.
const DAYS: [i64; 4] = [7, 30, 90, 365];

/// How many it is where nobody chooses: the matter of a month, and the bill after it.
const USUAL_DAYS: i64 = 30;

/// A share.
pub enum ShareNoun {}

impl Noun for ShareNoun {
    type Place = SharesPlace;
    type Stored = Share;
    type Input = NewShare;
    const SLUG: &'static str = "shares";
    const KIND: ObjectKind = ObjectKind::Share;

    fn find(desk: &SharesDesk, uid: Uid) -> Option<&Share> {
        desk.shares.iter().find(|share| share.uid == uid && share.revoked.is_none())
    }

    fn revision(_desk: &DeskOf<Self>, share: &Share) -> i64 {
        share.revision
    }

    fn lead(desk: &SharesDesk, words: Words, stored: Option<&Share>) -> String {
        match stored {
            Some(share) => format!("{} · {}", desk.dossier.name_of(share.provider), share.number.shown()),
            None => words.get("new-shares-lead"),
        }
    }

    fn fields(desk: &SharesDesk, words: Words, _stored: Option<&Share>) -> Vec<Section> {
        let days = DAYS
            .map(|days| Choice { value: days.to_string(), label: words.with("share-days", &Args::new().number("days", days)) });
        let parties = options::parties(&desk.dossier);
        Fields::new(words)
            .choice("company", "share-company", true, parties.clone())
            .choice("days", "share-days", true, days.to_vec())
            .line("call", true)
            .section("label-share-more", false)
            .tick("their_names")
            .tick("our_names")
            .several("others", "share-others", parties)
            .field("note", "share-note", FieldKind::Line, false)
            .done()
    }

    fn blank(desk: &SharesDesk, form: FormView) -> FormView {
        form.with("company", options::company_uid(&desk.dossier, Some(desk.dossier.incident.provider)))
            .with("days", USUAL_DAYS.to_string())
            .with("call", desk.dossier.house.company.clone())
    }

    fn filled(_desk: &SharesDesk, _share: &Share) -> FormView {
        FormView::new()
    }

    fn read(desk: &SharesDesk, form: &mut Reader, _stored: Option<&Share>) -> Option<NewShare> {
        let days = form.word::<i64>("days").filter(|days| DAYS.contains(days));
        let party = |uid: Uid| options::party(&desk.dossier, uid);
        Some(NewShare {
            provider: form.required_chosen("company", party)?,
            their_names: form.tick("their_names"),
            our_names: form.tick("our_names"),
            other_companies: form.all_chosen("others", party),
            call: form.required_line("call"),
            note: form.line("note"),
            good_for: Duration::days(days?),
        })
    }

    fn strike(writing: Writing<'_, '_>, uid: Uid, seen: i64, reason: String) -> Outcome<GoTo> {
        shares::revoke(writing.tx, writing.permit, uid, seen, reason).map(|_| None)
    }
}
