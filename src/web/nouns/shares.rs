//! The form of a share, and the one that revokes it.

use chrono::Duration;

use crate::actions::Outcome;
use crate::actions::shares::{self, Choices, NewShare};
use crate::domain::dossier::Dossier;
use crate::domain::entry::Entry;
use crate::domain::id::{Id, Uid};
use crate::domain::incident::IncidentNumber;
use crate::domain::ledger::ObjectKind;
use crate::domain::locale::Locale;
use crate::domain::party::Provider;
use crate::domain::permit::Actor;
use crate::domain::share::{Share, USUAL_DAYS};
use crate::domain::visibility::Visibility;
use crate::render::form::{FormView, Problem};
use crate::render::pages::noun_form::{Choice, FieldKind, Fields, Section};
use crate::render::words::{Args, Words};
use crate::store::{self, Tx};

use super::places::{IncidentDesk, IncidentWith};
use super::read::Reader;
use super::{DeskOf, GoTo, Noun, Place, Writing, named, options};

/// An incident with its shares.
pub type SharesPlace = IncidentWith<SharesDesk>;

/// What the form offers: the incident, and the shares there are.
pub struct SharesDesk {
    /// The incident.
    pub dossier: Dossier,
    /// Its shares.
    pub shares: Vec<Share>,
}

impl IncidentDesk for SharesDesk {
    const PAGE: &'static str = "/shares";

    fn laid(tx: &mut Tx<'_>, actor: Actor, at: IncidentNumber) -> store::Result<Self> {
        let permit = store::incidents::to_look(tx, actor, at)?;
        Ok(Self { shares: store::shares::of_incident(tx, &permit)?, dossier: Dossier::laid(tx, actor, at)? })
    }

    fn dossier(&self) -> &Dossier {
        &self.dossier
    }
}

/// How many days a share may be good.
const DAYS: [i64; 4] = [7, 30, 90, 365];

/// The most openings that a share can be limited to.
const MOST_OPENINGS: i64 = 1000;

/// What the form of a share says.
pub struct ShareInput {
    /// For which company.
    pub provider: Id<Provider>,
    /// What it shows, to whom, and how.
    pub choices: Choices,
    /// How long it is good from now; none where that stays as it is.
    pub good_for: Option<Duration>,
}

impl ShareInput {
    /// A new share; none where it is not said how long it is good.
    pub fn made(self) -> Option<NewShare> {
        Some(NewShare { provider: self.provider, choices: self.choices, good_for: self.good_for? })
    }
}

/// The entries of that visibility, to choose from.
fn entries_of(dossier: &Dossier, words: Words, visibility: Visibility) -> Vec<Choice> {
    let wanted = |uid: &str| dossier.entries.iter().any(|entry| entry.uid.to_string() == uid && entry.visibility == visibility);
    options::entries(dossier, words).into_iter().filter(|choice| wanted(&choice.value)).collect()
}

/// A share.
pub enum ShareNoun {}

impl Noun for ShareNoun {
    type Place = SharesPlace;
    type Stored = Share;
    type Input = ShareInput;
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

    fn ways(_desk: &SharesDesk, _share: &Share) -> &'static [(&'static str, &'static str)] {
        &[("strike", "share-revoke")]
    }

    fn fields(desk: &SharesDesk, words: Words, stored: Option<&Share>) -> Vec<Section> {
        let days = DAYS
            .map(|days| Choice { value: days.to_string(), label: words.with("share-days", &Args::new().number("days", days)) });
        let dossier = &desk.dossier;
        let parties = options::parties(dossier);
        let fields = Fields::new(words);
        let fields = match stored {
            // To whom number and code were given does not change.
            Some(_) => fields.choice("days", "share-days-anew", false, days.to_vec()),
            None => {
                fields.choice("company", "share-company", true, parties.clone()).choice("days", "share-days", true, days.to_vec())
            }
        };
        fields
            .choice("contact", "share-contact", false, options::contacts(dossier))
            .choice("locale", "share-locale", false, named(words, "locale-", Locale::ALL))
            .line("call", true)
            .section("label-share-more", true)
            .field("reach", "share-reach", FieldKind::Line, false)
            .field("holiday", "share-holiday", FieldKind::Line, false)
            .tick("files")
            .tick("their_names")
            .tick("our_names")
            .several("others", "share-others", parties)
            .field("most_openings", "share-most-openings", FieldKind::Line, false)
            .field("note", "share-note", FieldKind::Line, false)
            .section("label-share-entries", true)
            .several("left_out", "share-left-out", entries_of(dossier, words, Visibility::Provider))
            .several("let_in", "share-let-in", entries_of(dossier, words, Visibility::Meeting))
            .done()
    }

    /// Whom to call, and when, was said for the last share of this incident: it is offered again.
    fn blank(desk: &SharesDesk, form: FormView) -> FormView {
        let last = desk.shares.last();
        let call = last.map_or_else(|| desk.dossier.house.company.clone(), |share| share.call.clone());
        form.with("company", options::company_uid(&desk.dossier, Some(desk.dossier.incident.provider)))
            .with("days", USUAL_DAYS.to_string())
            .with("call", call)
            .with("reach", last.map(|share| share.reach.clone()).unwrap_or_default())
            .with("holiday", last.map(|share| share.holiday.clone()).unwrap_or_default())
            .with("files", "yes")
    }

    fn filled(desk: &SharesDesk, share: &Share) -> FormView {
        let dossier = &desk.dossier;
        let ticked = |is: bool| if is { "yes" } else { "" };
        let uids = |ids: &[Id<Entry>]| {
            let of = |id: &Id<Entry>| dossier.entries.iter().find(|entry| entry.id == *id).map(|entry| entry.uid.to_string());
            ids.iter().filter_map(of).collect::<Vec<_>>()
        };
        let others = share.other_companies.iter().map(|id| options::company_uid(dossier, Some(*id)));
        FormView::new()
            .with("contact", options::contact_uid(dossier, share.contact))
            .with("locale", share.locale.map(|locale| locale.to_string()).unwrap_or_default())
            .with("call", share.call.clone())
            .with("reach", share.reach.clone())
            .with("holiday", share.holiday.clone())
            .with("files", ticked(!share.without_files))
            .with("their_names", ticked(share.their_names))
            .with("our_names", ticked(share.our_names))
            .with_all("others", others.collect::<Vec<_>>())
            .with("most_openings", share.most_openings.map(|most| most.to_string()).unwrap_or_default())
            .with("note", share.note.clone())
            .with_all("left_out", uids(&share.left_out))
            .with_all("let_in", uids(&share.let_in))
    }

    fn read(desk: &SharesDesk, form: &mut Reader, stored: Option<&Share>) -> Option<ShareInput> {
        let dossier = &desk.dossier;
        let good_for = match stored {
            Some(_) => form.optional_word::<i64>("days"),
            None => form.word::<i64>("days"),
        };
        if good_for.is_some_and(|days| !DAYS.contains(&days)) {
            form.refuse("days", Problem::new("problem-choice"));
        }
        let good_for = good_for.map(Duration::days);
        let party = |uid: Uid| options::party(dossier, uid);
        let entry = |uid: Uid| dossier.entries.iter().find(|entry| entry.uid == uid).map(|entry| entry.id);
        let provider = match stored {
            Some(share) => share.provider,
            None => form.required_chosen("company", party)?,
        };
        let most_openings = form.optional_word::<i64>("most_openings");
        if most_openings.is_some_and(|most| !(1..=MOST_OPENINGS).contains(&most)) {
            form.refuse("most_openings", Problem::new("share-openings-range"));
        }
        let choices = Choices {
            their_names: form.tick("their_names"),
            our_names: form.tick("our_names"),
            other_companies: form.all_chosen("others", party),
            without_files: !form.tick("files"),
            left_out: form.all_chosen("left_out", entry),
            let_in: form.all_chosen("let_in", entry),
            contact: form.chosen("contact", |uid| dossier.contact_called(uid)),
            locale: form.optional_word("locale"),
            reach: form.line("reach"),
            holiday: form.line("holiday"),
            most_openings,
            call: form.required_line("call"),
            note: form.line("note"),
        };
        if stored.is_none() && good_for.is_none() {
            return None;
        }
        Some(ShareInput { provider, choices, good_for })
    }

    fn change(writing: Writing<'_, '_>, uid: Uid, seen: i64, input: ShareInput) -> Outcome<GoTo> {
        let at = store::incidents::get(writing.tx, &writing.permit)?.number;
        shares::choose(writing.tx, writing.permit, uid, seen, input.choices, input.good_for)?;
        Ok(Some(format!("{}/{uid}", SharesPlace::url(&at))))
    }

    fn strike(writing: Writing<'_, '_>, uid: Uid, seen: i64, reason: String) -> Outcome<GoTo> {
        shares::revoke(writing.tx, writing.permit, uid, seen, reason).map(|_| None)
    }
}
