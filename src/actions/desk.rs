//! The desk: a call while it happens. What is tapped is appended; what it came to is put on record when its author saves it, and an
//! attempt that reached nobody as soon as the next one begins.

use crate::domain::call::live::{Line, Live, LiveCall, LiveLine, LiveState, Tap};
use crate::domain::dossier::Dossier;
use crate::domain::entry::Entry;
use crate::domain::id::{Id, Uid};
use crate::domain::incident::Incident;
use crate::domain::locale::Zone;
use crate::domain::matter::Against;
use crate::domain::moment::parse::{Lean, MomentError, parse};
use crate::domain::moment::{Moment, Stamp};
use crate::domain::party::Provider;
use crate::domain::person::Person;
use crate::domain::statement::{DueBy, Speaker, Statement, StatementKind};
use crate::domain::visibility::Visibility;
use crate::store::permit::{Permit, Writes};
use crate::store::{Denied, StoreError, Tx, dossier, live};

use super::asks::{self, AskInput};
use super::calls::{self, NewCall};
use super::contradictions::{self, ContradictionInput};
use super::statements::{Due, NewStatement};
use super::{Outcome, unfit};

/// The most that one call holds: who comes near it has a machine that taps.
const MOST_TAPS: usize = 5_000;

/// What became of what a desk sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Appended {
    /// It is kept.
    Kept,
    /// The call is saved or dropped already: nothing is added to it.
    Closed,
    /// Another call of this desk goes on, begun elsewhere: it goes on there.
    Another(Uid),
}

/// Appends taps to a call of the permit's person, and begins it where these are its first. Sent again, they change nothing.
///
/// # Errors
/// [`super::Refused::Unfit`] where they are more than a call has.
pub fn append<'tx, D: Writes>(
    tx: &mut Tx<'tx>,
    permit: Permit<'tx, D, Incident>,
    call: Uid,
    taps: Vec<Tap>,
    zone: Zone,
) -> Outcome<Appended> {
    let me = permit.actor().person().ok_or(StoreError::from(Denied::Forbidden))?;
    let mut call = match live::find(tx, &permit, call)? {
        Some(found) if found.person != me => return Err(StoreError::from(Denied::Forbidden).into()),
        Some(found) if matches!(found.state, LiveState::Saved | LiveState::Dropped) => return Ok(Appended::Closed),
        Some(found) => found,
        None => {
            let mine = live::unsaved(tx, &permit)?.into_iter().filter(|open| open.person == me);
            for mut open in mine {
                match Live::of(&open.taps) {
                    done if done.failed() => save(tx, permit, &mut open, Extras::default(), zone)?,
                    idle if idle.dialled.is_none() && idle.lines.is_empty() => {
                        live::turn(tx, &mut open, LiveState::Dropped, None)?
                    }
                    _ if open.state == LiveState::Running => return Ok(Appended::Another(open.uid)),
                    _ => {}
                }
            }
            live::begin(tx, &permit, call)?
        }
    };
    if call.taps.len() + taps.len() > MOST_TAPS {
        return unfit("taps", "desk-too-many");
    }
    live::append(tx, &mut call, taps)?;
    let state = if Live::of(&call.taps).ended.is_some() { LiveState::Over } else { LiveState::Running };
    if state != call.state {
        live::turn(tx, &mut call, state, None)?;
    }
    Ok(Appended::Kept)
}

/// What is added to a call when it is saved.
#[derive(Clone, Debug, Default)]
pub struct Extras {
    /// What it was about, in one line.
    pub title: String,
    /// What else there is to know.
    pub body: String,
    /// Who may read it; none: as for its kind.
    pub visibility: Option<Visibility>,
    /// Whether the provider learned of the matter in this call.
    pub reports: bool,
    /// When its promises fall due, where that was asked after hang-up: each with the line that holds it.
    pub dues: Vec<(Uid, Due)>,
}

/// When a promise falls due that was given at `said`, as typed: "30m", "17:00"; none where nothing was typed.
///
/// # Errors
/// [`MomentError`] where it is not understood.
pub fn due_at(typed: &str, said: Stamp, zone: Zone) -> Result<Option<Moment>, MomentError> {
    if typed.trim().is_empty() {
        return Ok(None);
    }
    let mut at = parse(typed, said, zone, Lean::Future)?;
    // "30m" is a way of typing; only what is roughly known keeps its words.
    if at.from == at.to {
        at.words = None;
    }
    Ok(Some(at))
}

/// Puts a call of the permit's person on record. Saved twice, it is saved once.
///
/// # Errors
/// [`super::Refused`].
pub fn put_on_record<'tx, D: Writes>(
    tx: &mut Tx<'tx>,
    permit: Permit<'tx, D, Incident>,
    call: Uid,
    extras: Extras,
    zone: Zone,
) -> Outcome<()> {
    let mut call = live::own(tx, &permit, call)?;
    match call.state {
        LiveState::Saved => Ok(()),
        LiveState::Dropped => unfit("", "desk-dropped"),
        LiveState::Running | LiveState::Over => save(tx, permit, &mut call, extras, zone),
    }
}

/// Drops a call of the permit's person that was never saved: a try-out, a mistake.
///
/// # Errors
/// [`super::Refused::Store`].
pub fn drop_call<'tx, D: Writes>(tx: &mut Tx<'tx>, permit: Permit<'tx, D, Incident>, call: Uid) -> Outcome<()> {
    let mut call = live::own(tx, &permit, call)?;
    if call.state != LiveState::Saved {
        live::turn(tx, &mut call, LiveState::Dropped, None)?;
    }
    Ok(())
}

fn save<'tx, D: Writes>(
    tx: &mut Tx<'tx>,
    permit: Permit<'tx, D, Incident>,
    call: &mut LiveCall,
    extras: Extras,
    zone: Zone,
) -> Outcome<()> {
    let dossier = dossier::to_write_with(tx, &permit)?;
    let done = Live::of(&call.taps);
    let Some(of_call) = done.call(|uid| dossier.contact_called(uid)) else { return unfit("", "desk-nothing-tapped") };
    let provider = match done.with {
        Some(company) => company.and_then(|uid| dossier.company_called(uid)),
        None => Some(dossier.incident.provider),
    };
    let told = Told { dossier: &dossier, call: &done, provider, me: permit.actor().person(), zone };
    let statements = done.lines.iter().map(|line| told.statement(line, &extras)).collect();
    let entry = calls::log(
        tx,
        permit,
        NewCall {
            call: of_call,
            zone,
            occurred: None,
            provider,
            title: extras.title,
            body: extras.body,
            visibility: extras.visibility,
            statements,
            reports: extras.reports,
        },
    )?;
    for (line, statement) in done.lines.iter().zip(&entry.statements) {
        tie(tx, permit, &dossier, &line.line, (statement, &entry))?;
    }
    live::turn(tx, call, LiveState::Saved, Some(entry.id))?;
    Ok(())
}

/// A call that is put on record, as far as its statements rest on it.
struct Told<'a> {
    dossier: &'a Dossier,
    call: &'a Live,
    provider: Option<Id<Provider>>,
    me: Option<Id<Person>>,
    zone: Zone,
}

impl Told<'_> {
    fn statement(&self, said: &LiveLine, extras: &Extras) -> NewStatement {
        let leg = said.leg.and_then(|leg| self.call.legs.get(leg));
        let speaker = match self.provider {
            Some(provider) if !said.line.ours => Speaker::Theirs {
                provider,
                contact: leg.and_then(|leg| leg.contact).and_then(|uid| self.dossier.contact_called(uid)),
                who: leg.map(|leg| leg.who.clone()).unwrap_or_default(),
            },
            _ => Speaker::Ours { person: self.me.filter(|_| said.line.ours) },
        };
        let asked_later = || extras.dues.iter().find(|(line, _)| *line == said.uid).map(|(_, due)| due.clone());
        let nothing_said = Due { at: None, by: DueBy::Theirs, reason: String::new() };
        let typed = due_at(&said.line.due, said.at, self.zone).ok().flatten();
        let as_typed = || typed.map(|at| Due { at: Some(at), ..nothing_said.clone() });
        let due =
            (said.line.kind == StatementKind::Promise).then(|| asked_later().or_else(as_typed).unwrap_or(nothing_said.clone()));
        NewStatement {
            said_at: within(self.call, said.at),
            cites: said.line.cites.and_then(|uid| self.dossier.citation_called(uid)).into_iter().collect(),
            due,
            ..NewStatement::new(said.line.kind, speaker, said.line.words.clone(), said.line.verbatim)
        }
    }
}

/// What a line was tied to at the desk: an earlier statement that it does not fit with, an ask that it answers.
fn tie<'tx, D: Writes>(
    tx: &mut Tx<'tx>,
    permit: Permit<'tx, D, Incident>,
    dossier: &Dossier,
    line: &Line,
    (statement, entry): (&Statement, &Entry),
) -> Outcome<()> {
    if let Some(earlier) = line.against.and_then(|uid| dossier.statement_called(uid)) {
        let visibility = if entry.visibility == Visibility::Private { Visibility::Internal } else { entry.visibility };
        let new =
            ContradictionInput { statement: statement.id, against: Against::Statement(earlier), note: String::new(), visibility };
        contradictions::set_against(tx, permit, new)?;
    }
    if let Some(ask) = line.answers.and_then(|uid| dossier.asks.iter().find(|ask| ask.uid == uid)) {
        let answered = AskInput {
            provider: ask.provider,
            words: ask.words.clone(),
            about: ask.about.clone(),
            asked_in: ask.asked_in.iter().copied().chain([entry.id]).collect(),
            answered_by: Some(statement.id),
            visibility: ask.visibility,
        };
        asks::correct(tx, permit, ask.uid, ask.revision, answered)?;
    }
    Ok(())
}

/// When a line was said: as it was typed, while the call went on. What was typed in haste after hang-up, or before the answer, was
/// said at no time that anybody noted.
fn within(call: &Live, at: Stamp) -> Option<Stamp> {
    let begun = call.answered.or(call.dialled).is_none_or(|begun| at >= begun);
    Some(at).filter(|at| begun && call.ended.is_none_or(|ended| *at <= ended))
}
