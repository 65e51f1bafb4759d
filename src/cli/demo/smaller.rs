//! The smaller incidents: opened, one or a few calls, and how they ended.

use crate::actions::calls::{self, NewCall};
use crate::actions::incidents::{self, IncidentInput};
use crate::actions::promises::{self, Settlement};
use crate::actions::statements::{Due, NewStatement};
use crate::domain::call::{Call, CallWith, Outcome};
use crate::domain::id::Id;
use crate::domain::incident::{IncidentNumber, IncidentTime, Which};
use crate::domain::locale::{DEFAULT_ZONE, Locale};
use crate::domain::moment::{Moment, Stamp};
use crate::domain::party::Provider;
use crate::domain::statement::{DueBy, PromiseState, Speaker};
use crate::store;

use super::ground::Ground;
use super::words::{DemoData, SmallCall, SmallSaid, Smaller, tokyo};
use super::{DemoError, Scribe, start};

impl Smaller {
    /// When it was put on record: ten minutes after it was noticed.
    pub fn opened(&self) -> Result<Stamp, DemoData> {
        let noticed = self.time(Which::Detected).ok_or_else(|| DemoData::Name("detected".to_owned()))?;
        Ok(noticed.moment(Locale::En)?.to + chrono::Duration::minutes(10))
    }

    fn known(&self, all: &[Which], locale: Locale) -> Result<Vec<IncidentTime>, DemoData> {
        let known = all.iter().filter_map(|which| self.time(*which).map(|when| (*which, when)));
        known.map(|(which, when)| Ok(IncidentTime { which, at: when.moment(locale)?, by: None })).collect()
    }
}

pub fn tell(scribe: &Scribe<'_>, ground: &Ground, words: &Smaller) -> Result<(), DemoError> {
    let company = ground.company(&words.company)?;
    let opened = words.opened()?;
    let at_first = words.known(&[Which::Started, Which::Detected, Which::Reported], scribe.locale)?;
    let new = IncidentInput {
        kind: words.kind,
        title: words.title.get(scribe.locale),
        title_outward: String::new(),
        provider: company,
        severity: words.severity,
        what: words.what.get(scribe.locale),
        affected: words.affected.get(scribe.locale),
        cause: String::new(),
        total: None,
        fault: None,
        parties: Vec::new(),
        contracts: Vec::new(),
    };
    let number = scribe.at(opened, |tx, actor| {
        let house = store::house::to_edit(tx, actor)?;
        Ok(incidents::open(tx, house, new, at_first)?.0.number)
    })?;
    for call in &words.calls {
        tell_call(scribe, number, company, words, call)?;
    }
    end(scribe, number, words)
}

fn end(scribe: &Scribe<'_>, number: IncidentNumber, words: &Smaller) -> Result<(), DemoError> {
    let times = words.known(Which::ALL, scribe.locale)?;
    let Some(last) = times.iter().filter(|time| time.which >= Which::Mitigated).map(|time| time.at.to).max() else {
        return Ok(());
    };
    scribe.at(last, |tx, actor| {
        let permit = store::incidents::for_edit(tx, actor, number)?;
        let seen = store::incidents::get(tx, &permit)?.revision;
        incidents::set_times(tx, permit, seen, times)
    })?;
    Ok(())
}

fn tell_call(
    scribe: &Scribe<'_>,
    number: IncidentNumber,
    company: Id<Provider>,
    words: &Smaller,
    call: &SmallCall,
) -> Result<(), DemoError> {
    let ended = tokyo(&call.ended)?;
    let said = call.said.iter().map(|said| statement(company, said, scribe.locale)).collect::<Result<_, _>>()?;
    let new = NewCall {
        call: Call {
            direction: call.direction,
            with: CallWith::Company,
            number: String::new(),
            dialled: tokyo(&call.dialled)?,
            answered: call.answered.as_deref().map(tokyo).transpose()?,
            ended: Some(ended),
            outcome: call.outcome.unwrap_or(Outcome::Answered),
            legs: Vec::new(),
            waits: Vec::new(),
        },
        zone: DEFAULT_ZONE,
        occurred: None,
        provider: Some(company),
        title: words.title.get(scribe.locale),
        body: String::new(),
        visibility: None,
        statements: said,
        reports: false,
    };
    let entry = scribe.at(ended, |tx, actor| {
        let permit = store::incidents::for_edit(tx, actor, number)?;
        calls::log(tx, permit, new)
    })?;
    for (said, statement) in call.said.iter().zip(&entry.statements) {
        let Some(state) = said.state.filter(|state| *state != PromiseState::Open) else { continue };
        let settled = said.settled.as_deref().map(tokyo).transpose()?;
        let known = match settled {
            Some(at) => at,
            // Never kept: said so on the evening of the day it was due.
            None => tokyo(said.due.as_deref().unwrap_or(&call.ended))? + chrono::Duration::hours(3),
        };
        let settlement = Settlement { state, at: settled.map(|at| Moment::exact(at, DEFAULT_ZONE)), shown_by: None };
        scribe.at(known.min(start()?), |tx, actor| {
            let permit = store::incidents::for_edit(tx, actor, number)?;
            let given = store::promises::of_statement(tx, &permit, statement.id)?;
            given
                .into_iter()
                .try_for_each(|promise| promises::settle(tx, permit, promise.uid, promise.revision, settlement.clone()).map(drop))
        })?;
    }
    Ok(())
}

fn statement(company: Id<Provider>, said: &SmallSaid, locale: Locale) -> Result<NewStatement, DemoData> {
    let speaker = Speaker::Theirs { provider: company, contact: None, who: String::new() };
    let due = said.due.as_deref().map(tokyo).transpose()?;
    Ok(NewStatement {
        due: due.map(|at| Due { at: Some(Moment::exact(at, DEFAULT_ZONE)), by: DueBy::Theirs, reason: String::new() }),
        ..NewStatement::new(said.kind, speaker, said.words.get(locale), true)
    })
}
