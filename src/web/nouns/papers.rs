//! The forms of finals: one is frozen, one is struck out.

use crate::actions::{Outcome, papers};
use crate::domain::dossier::Dossier;
use crate::domain::id::Uid;
use crate::domain::incident::IncidentNumber;
use crate::domain::ledger::ObjectKind;
use crate::domain::locale::Locale;
use crate::domain::paper::{Paper, PaperForm};
use crate::domain::permit::Actor;
use crate::domain::view::AudienceName;
use crate::render::form::FormView;
use crate::render::pages::noun_form::{FieldKind, Fields, Section};
use crate::render::words::{Args, Words};
use crate::store::{self, Tx};

use super::places::{IncidentDesk, IncidentWith};
use super::read::Reader;
use super::{DeskOf, GoTo, Noun, Writing};

/// An incident with its finals.
pub type PapersPlace = IncidentWith<PapersDesk>;

/// The incident, and the finals there are.
pub struct PapersDesk {
    dossier: Dossier,
    finals: Vec<Paper>,
}

impl IncidentDesk for PapersDesk {
    const PAGE: &'static str = "/papers";

    fn laid(tx: &mut Tx<'_>, actor: Actor, at: IncidentNumber) -> store::Result<Self> {
        let permit = store::incidents::to_look(tx, actor, at)?;
        Ok(Self { finals: store::papers::of_incident(tx, &permit)?, dossier: Dossier::laid(tx, actor, at)? })
    }

    fn dossier(&self) -> &Dossier {
        &self.dossier
    }
}

/// What the form of a final says, beside what was printed for it.
pub struct PaperInput {
    /// What it is made for.
    pub note: String,
}

/// A final.
pub enum PaperNoun {}

impl Noun for PaperNoun {
    type Place = PapersPlace;
    type Stored = Paper;
    type Input = PaperInput;
    const SLUG: &'static str = "papers";
    const SUBMIT: Option<&'static str> = Some("paper-freeze");
    const KIND: ObjectKind = ObjectKind::Paper;

    fn find(desk: &PapersDesk, uid: Uid) -> Option<&Paper> {
        desk.finals.iter().find(|paper| paper.uid == uid)
    }

    fn revision(_desk: &DeskOf<Self>, paper: &Paper) -> i64 {
        paper.revision
    }

    fn lead(_desk: &PapersDesk, words: Words, stored: Option<&Paper>) -> String {
        match stored {
            None => words.get("papers-lead"),
            Some(paper) => words.with("paper-final", &Args::new().number("n", paper.number)),
        }
    }

    fn fields(_desk: &PapersDesk, words: Words, _stored: Option<&Paper>) -> Vec<Section> {
        Fields::new(words)
            .words("form", "paper-form", "paper-form", PaperForm::ALL)
            .words("audience", "paper-audience", "audience", AudienceName::ALL)
            .words("lang", "paper-lang", "locale", Locale::ALL)
            .field("note", "paper-note", FieldKind::Line, false)
            .done()
    }

    fn blank(desk: &PapersDesk, form: FormView) -> FormView {
        let with =
            |form: FormView, name: &str, value: &str| if form.values.contains_key(name) { form } else { form.with(name, value) };
        let form = with(form, "form", PaperForm::Report.as_str());
        let form = with(form, "audience", AudienceName::Meeting.as_str());
        with(form, "lang", desk.dossier.house.locale.as_str())
    }

    fn filled(_desk: &PapersDesk, _paper: &Paper) -> FormView {
        FormView::new()
    }

    fn read(_desk: &PapersDesk, form: &mut Reader, _stored: Option<&Paper>) -> Option<PaperInput> {
        let (_, _, _): (Option<PaperForm>, Option<AudienceName>, Option<Locale>) =
            (form.word("form"), form.word("audience"), form.word("lang"));
        Some(PaperInput { note: form.line("note") })
    }

    fn strike(writing: Writing<'_, '_>, uid: Uid, seen: i64, reason: String) -> Outcome<GoTo> {
        let struck = papers::strike_out(writing.tx, writing.permit, uid, seen, reason)?;
        Ok(Some(format!("#paper-{}", struck.number)))
    }
}
