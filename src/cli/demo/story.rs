//! The story's incident, step by step, each at the time at which the admin would have written it down.

use std::collections::HashMap;

use crate::actions::asks::{self, AskInput};
use crate::actions::calls::{self, NewCall};
use crate::actions::changes::{self, ChangeInput, NoticeInput};
use crate::actions::contradictions::{self, ContradictionInput};
use crate::actions::entries::{self, NewEntry};
use crate::actions::incidents::{self, IncidentInput};
use crate::actions::promises::{self, Settlement};
use crate::actions::ruled_out::{self, RuledOutInput};
use crate::actions::statements::{Due, NewStatement};
use crate::domain::call::{Call, CallWith, Leg, Outcome, Telling, Wait};
use crate::domain::entry::{Entry, EntryKind};
use crate::domain::id::Id;
use crate::domain::incident::{IncidentNumber, IncidentTime, Party, Which};
use crate::domain::locale::DEFAULT_ZONE;
use crate::domain::matter::Against;
use crate::domain::moment::{Moment, Stamp};
use crate::domain::notice::Change;
use crate::domain::party::Provider;
use crate::domain::phrases::Phrase;
use crate::domain::statement::{Citation, DueBy, PromiseState, Speaker, Statement, StatementKind};
use crate::domain::visibility::Visibility;
use crate::store;

use super::ground::Ground;
use super::words::{
    AskWords, Between, CallWords, ContradictionWords, Data, DemoData, EntryWords, NoticeWords, RuledOutWords, SaidWords,
    StoryCall, tokyo, wednesday,
};
use super::{DemoError, Scribe};

/// One thing to write down.
enum Step<'a> {
    Call(usize, &'a StoryCall),
    Entry(&'a EntryWords),
    Tone,
    RuledOut(&'a RuledOutWords),
    Change,
    Notice(&'a NoticeWords),
    Mitigated,
    Late(usize),
    Asks,
    Contradictions,
}

/// What has been written so far, by the names that the files use.
struct Told<'a> {
    scribe: &'a Scribe<'a>,
    ground: &'a Ground,
    data: &'a Data,
    number: IncidentNumber,
    calls: HashMap<usize, Entry>,
    entries: HashMap<String, Id<Entry>>,
    statements: HashMap<String, Id<Statement>>,
    change: Option<Id<Change>>,
}

/// The call in which a promise was given that was broken, and the one that came instead.
const PROMISED_IN: usize = 11;
const CAME_INSTEAD: usize = 13;

pub fn tell(scribe: &Scribe<'_>, ground: &Ground, data: &Data) -> Result<(), DemoError> {
    let number = open(scribe, ground, data)?;
    let mut told = Told {
        scribe,
        ground,
        data,
        number,
        calls: HashMap::new(),
        entries: HashMap::new(),
        statements: HashMap::new(),
        change: None,
    };
    for (at, step) in steps(data)? {
        told.write_down(at, &step)?;
    }
    Ok(())
}

fn open(scribe: &Scribe<'_>, ground: &Ground, data: &Data) -> Result<IncidentNumber, DemoError> {
    let (words, locale) = (&data.words.incident, scribe.locale);
    let parties =
        data.words.parties.iter().map(|(key, role)| Ok(Party { provider: ground.company(key)?, role: *role, sign: key.clone() }));
    let new = IncidentInput {
        kind: data.story.kind,
        title: words.title.get(locale),
        title_outward: words.title_outward.get(locale),
        provider: ground.company("P")?,
        severity: words.severity,
        what: words.what.get(locale),
        affected: words.affected.get(locale),
        cause: words.cause.get(locale),
        total: None,
        fault: None,
        parties: parties.collect::<Result<_, DemoData>>()?,
        contracts: vec![ground.contract("line")?],
    };
    let times = vec![
        IncidentTime { which: Which::Started, at: data.story.started.moment(locale)?, by: None },
        IncidentTime { which: Which::Detected, at: data.story.detected.moment(locale)?, by: None },
    ];
    scribe.at(tokyo(&words.opened)?, |tx, actor| {
        let house = store::house::to_edit(tx, actor)?;
        Ok(incidents::open(tx, house, new, times)?.0.number)
    })
}

/// Everything to write down, in the order in which it was.
fn steps(data: &Data) -> Result<Vec<(Stamp, Step<'_>)>, DemoData> {
    let words = &data.words;
    let opened = tokyo(&words.incident.opened)?;
    let mut steps = Vec::new();
    for (index, call) in data.story.calls.iter().enumerate() {
        // The colleague's call came before there was an incident to put it in.
        steps.push((tokyo(&call.ended)?.max(opened), Step::Call(index, call)));
    }
    for entry in &words.entries {
        steps.push((tokyo(&entry.recorded)?, Step::Entry(entry)));
    }
    for item in &words.ruled_out {
        steps.push((tokyo(&item.put_down)?, Step::RuledOut(item)));
    }
    for notice in &words.notices {
        steps.push((tokyo(&notice.put_down)?, Step::Notice(notice)));
    }
    let last_call = data.story.calls.last().map(|call| tokyo(&call.ended)).transpose()?.unwrap_or(opened);
    let instead = data.story.calls.get(CAME_INSTEAD).map(|call| tokyo(&call.ended)).transpose()?.unwrap_or(opened);
    steps.push((wednesday(&words.tone.at)?, Step::Tone));
    steps.push((tokyo(&words.change.put_down)?, Step::Change));
    steps.push((wednesday("12:41")?, Step::Mitigated));
    steps.push((instead + chrono::Duration::minutes(1), Step::Late(PROMISED_IN)));
    steps.push((last_call + chrono::Duration::minutes(10), Step::Asks));
    steps.push((last_call + chrono::Duration::minutes(15), Step::Contradictions));
    steps.sort_by_key(|(at, _)| *at);
    Ok(steps)
}

impl Told<'_> {
    fn write_down(&mut self, at: Stamp, step: &Step<'_>) -> Result<(), DemoError> {
        match step {
            Step::Call(index, call) => self.call(at, *index, call),
            Step::Entry(words) => self.entry(at, words),
            Step::Tone => self.tone(at),
            Step::RuledOut(words) => self.ruled_out(at, words),
            Step::Change => self.change(at),
            Step::Notice(words) => self.notice(at, words),
            Step::Mitigated => self.mitigated(at),
            Step::Late(index) => self.late(at, *index),
            Step::Asks => self.data.words.asks.iter().try_for_each(|words| self.ask(at, words)),
            Step::Contradictions => self.data.words.contradictions.iter().try_for_each(|words| self.contradiction(at, words)),
        }
    }

    fn call(&mut self, at: Stamp, index: usize, call: &StoryCall) -> Result<(), DemoError> {
        let words = self.data.words.calls.iter().find(|words| words.call == index);
        let provider = if call.with == "own colleague" { None } else { Some(self.ground.company(&call.with)?) };
        let legs = self.legs(call, words)?;
        let new = NewCall {
            zone: DEFAULT_ZONE,
            occurred: None,
            provider,
            title: words.map_or(&self.data.words.failed_title, |words| &words.title).get(self.scribe.locale),
            body: words.map(|words| words.body.get(self.scribe.locale)).unwrap_or_default(),
            visibility: None,
            statements: self.said(provider, call, words, &legs)?,
            reports: words.is_some_and(|words| words.reports),
            call: story_call(call, provider, legs)?,
        };
        let number = self.number;
        let entry = self.scribe.at(at, |tx, actor| {
            let permit = store::incidents::for_edit(tx, actor, number)?;
            calls::log(tx, permit, new)
        })?;
        let said = words.map(|words| words.said.as_slice()).unwrap_or_default();
        for (said, statement) in said.iter().zip(&entry.statements) {
            if let Some(key) = &said.key {
                self.statements.insert(key.clone(), statement.id);
            }
        }
        self.calls.insert(index, entry);
        Ok(())
    }

    fn legs(&self, call: &StoryCall, words: Option<&CallWords>) -> Result<Vec<Leg>, DemoData> {
        let names = words.map(|words| words.legs.as_slice()).unwrap_or_default();
        let mut legs = Vec::new();
        for (index, name) in names.iter().enumerate() {
            let timed = call.legs.get(index);
            let told = timed.and_then(|leg| leg.told_from_start.as_ref());
            let telling =
                |span: &Between| Ok::<_, DemoData>(Telling { from: Some(tokyo(&span.from)?), to: Some(tokyo(&span.to)?) });
            let told = told.map(telling);
            legs.push(Leg {
                contact: Some(self.ground.contact(name)?),
                who: String::new(),
                from: timed.and_then(|leg| leg.from.as_deref()).map(tokyo).transpose()?,
                to: timed.and_then(|leg| leg.to.as_deref()).map(tokyo).transpose()?,
                told_from_start: told.transpose()?,
            });
        }
        Ok(legs)
    }

    fn said(
        &self,
        provider: Option<Id<Provider>>,
        call: &StoryCall,
        words: Option<&CallWords>,
        legs: &[Leg],
    ) -> Result<Vec<NewStatement>, DemoData> {
        let (Some(words), Some(provider)) = (words, provider) else { return Ok(Vec::new()) };
        let contact = legs.last().and_then(|leg| leg.contact);
        let theirs = Speaker::Theirs { provider, contact, who: String::new() };
        let mut said = words.said.iter().map(|said| self.statement(said, &theirs)).collect::<Result<Vec<_>, _>>()?;
        for (promise, words_of_it) in call.promises.iter().zip(&words.promises) {
            let at = Some(Moment::exact(tokyo(&promise.due)?, DEFAULT_ZONE));
            let due = match promise.due_is_ours {
                Some(_) => Due { at, by: DueBy::Ours, reason: words.due_reason.get(self.scribe.locale) },
                None => Due { at, by: DueBy::Theirs, reason: String::new() },
            };
            said.push(NewStatement {
                said_at: words.promised_at.as_deref().map(wednesday).transpose()?,
                due: Some(due),
                ..NewStatement::new(StatementKind::Promise, theirs.clone(), words_of_it.get(self.scribe.locale), true)
            });
        }
        Ok(said)
    }

    fn statement(&self, said: &SaidWords, theirs: &Speaker) -> Result<NewStatement, DemoData> {
        let ours = Speaker::Ours { person: self.scribe.actor.person() };
        let speaker = if said.ours { ours } else { theirs.clone() };
        let cites = said.cites.as_deref().map(|name| self.ground.agreement(name)).transpose()?;
        Ok(NewStatement {
            said_at: Some(wednesday(&said.at)?),
            cites: cites.into_iter().map(Citation::Agreement).collect(),
            // Heard on the telephone, no recording: theirs as heard, ours in our own words.
            ..NewStatement::new(said.kind, speaker, said.words.get(self.scribe.locale), !said.ours)
        })
    }

    fn entry(&mut self, at: Stamp, words: &EntryWords) -> Result<(), DemoError> {
        let locale = self.scribe.locale;
        let new = NewEntry {
            provider: words.company.as_deref().map(|name| self.ground.company(name)).transpose()?,
            title: words.title.get(locale),
            body: words.body.get(locale),
            place: words.place.get(locale),
            looked_for: words.looked_for.clone(),
            change: self.change.filter(|_| words.change),
            visibility: words.visibility,
            ..NewEntry::new(words.kind, words.at.moment(locale)?)
        };
        let entry = self.record(at, new)?;
        self.entries.insert(words.key.clone(), entry.id);
        Ok(())
    }

    fn tone(&mut self, at: Stamp) -> Result<(), DemoError> {
        let body = self.data.words.tone.body.get(self.scribe.locale);
        let new = NewEntry { body, ..NewEntry::new(EntryKind::Note, Moment::exact(at, DEFAULT_ZONE)) };
        self.record(at, new).map(drop)
    }

    fn record(&self, at: Stamp, new: NewEntry) -> Result<Entry, DemoError> {
        let number = self.number;
        self.scribe.at(at, |tx, actor| {
            let permit = store::incidents::for_edit(tx, actor, number)?;
            entries::record(tx, permit, new)
        })
    }

    fn ruled_out(&self, at: Stamp, words: &RuledOutWords) -> Result<(), DemoError> {
        let (number, locale) = (self.number, self.scribe.locale);
        let new = RuledOutInput {
            kind: words.kind,
            what: words.what.get(locale),
            why: words.why.get(locale),
            visibility: Visibility::Provider,
        };
        self.scribe.at(at, |tx, actor| {
            let permit = store::incidents::for_edit(tx, actor, number)?;
            ruled_out::put_down(tx, permit, new).map(drop)
        })
    }

    fn change(&mut self, at: Stamp) -> Result<(), DemoError> {
        let (number, locale) = (self.number, self.scribe.locale);
        let new = ChangeInput {
            provider: self.ground.company("P")?,
            what: self.data.words.change.what.get(locale),
            effective: Some(self.data.story.started.moment(locale)?),
            visibility: Visibility::Provider,
        };
        let change = self.scribe.at(at, |tx, actor| {
            let permit = store::incidents::for_edit(tx, actor, number)?;
            changes::put_down(tx, permit, new)
        })?;
        self.change = Some(change.id);
        Ok(())
    }

    fn notice(&self, at: Stamp, words: &NoticeWords) -> Result<(), DemoError> {
        let (number, locale) = (self.number, self.scribe.locale);
        let new = NoticeInput {
            change: self.change.ok_or_else(|| DemoData::Name("change".to_owned()))?,
            provider: self.ground.company(&words.company)?,
            form: words.form,
            sent: Some(words.sent.moment(locale)?),
            received: None,
            address: words.address.get(locale),
            to_registered: words.to_registered,
            standing: words.standing,
            entry: None,
            note: words.note.get(locale),
            visibility: Visibility::Provider,
        };
        self.scribe.at(at, |tx, actor| {
            let permit = store::incidents::for_edit(tx, actor, number)?;
            changes::put_down_notice(tx, permit, new).map(drop)
        })
    }

    fn mitigated(&self, at: Stamp) -> Result<(), DemoError> {
        let number = self.number;
        let mitigated = IncidentTime {
            which: Which::Mitigated,
            at: self.data.story.mitigated.moment(self.scribe.locale)?,
            by: Some(self.ground.company("M")?),
        };
        self.scribe.at(at, |tx, actor| {
            let permit = store::incidents::for_edit(tx, actor, number)?;
            let incident = store::incidents::get(tx, &permit)?;
            let times = incident.times.into_iter().chain([mitigated]).collect();
            incidents::set_times(tx, permit, incident.revision, times).map(drop)
        })
    }

    /// The promise of the call `index` was broken; the call that came instead shows it.
    fn late(&self, at: Stamp, index: usize) -> Result<(), DemoError> {
        let number = self.number;
        let told = |index: usize| self.calls.get(&index).ok_or_else(|| DemoData::Name(index.to_string()));
        let promised = told(index)?.statements.iter().find(|statement| statement.kind == StatementKind::Promise);
        let promised = promised.ok_or_else(|| DemoData::Name("promise".to_owned()))?.id;
        let instead = told(CAME_INSTEAD)?;
        let settlement =
            Settlement { state: PromiseState::Broken, at: Some(instead.occurred.clone()), shown_by: Some(instead.id) };
        self.scribe.at(at, |tx, actor| {
            let permit = store::incidents::for_edit(tx, actor, number)?;
            let given = store::promises::of_statement(tx, &permit, promised)?;
            given
                .into_iter()
                .try_for_each(|promise| promises::settle(tx, permit, promise.uid, promise.revision, settlement.clone()).map(drop))
        })
    }

    /// The question of the verdict that an ask was made of.
    fn confirming(&self, words: &AskWords) -> Option<String> {
        let key = words.confirms.as_ref()?;
        let agreed = self.data.words.contracts.iter().flat_map(|contract| &contract.agreements);
        let agreement = agreed.into_iter().find(|agreement| agreement.key == *key)?;
        Some(Phrase::new("term-ask-agreement").text("words", agreement.words.get(self.scribe.locale)).name())
    }

    fn ask(&self, at: Stamp, words: &AskWords) -> Result<(), DemoError> {
        let number = self.number;
        let new = AskInput {
            provider: self.ground.company("P")?,
            words: words.words.get(self.scribe.locale),
            about: self.confirming(words),
            asked_in: words.asked_in.iter().filter_map(|index| self.calls.get(index)).map(|entry| entry.id).collect(),
            answered_by: None,
            visibility: Visibility::Provider,
        };
        self.scribe.at(at, |tx, actor| {
            let permit = store::incidents::for_edit(tx, actor, number)?;
            asks::put_down(tx, permit, new).map(drop)
        })
    }

    fn contradiction(&self, at: Stamp, words: &ContradictionWords) -> Result<(), DemoError> {
        let number = self.number;
        let missing = |name: &str| DemoData::Name(name.to_owned());
        let against = match (&words.entry, &words.agreement) {
            (Some(entry), _) => Against::Entry(*self.entries.get(entry).ok_or_else(|| missing(entry))?),
            (None, Some(agreement)) => Against::Agreement(self.ground.agreement(agreement)?),
            (None, None) => return Err(missing("against").into()),
        };
        let new = ContradictionInput {
            statement: *self.statements.get(&words.said).ok_or_else(|| missing(&words.said))?,
            against,
            note: words.note.get(self.scribe.locale),
            visibility: Visibility::Provider,
        };
        self.scribe.at(at, |tx, actor| {
            let permit = store::incidents::for_edit(tx, actor, number)?;
            contradictions::set_against(tx, permit, new).map(drop)
        })
    }
}

fn story_call(call: &StoryCall, provider: Option<Id<Provider>>, legs: Vec<Leg>) -> Result<Call, DemoData> {
    let waits = call.waiting.iter().map(|wait| Ok(Wait { why: wait.why, from: tokyo(&wait.from)?, to: tokyo(&wait.to)? }));
    Ok(Call {
        direction: call.direction,
        with: if provider.is_some() { CallWith::Company } else { CallWith::OwnColleague },
        number: String::new(),
        dialled: tokyo(&call.at)?,
        answered: call.answered.as_deref().map(tokyo).transpose()?,
        ended: Some(tokyo(&call.ended)?),
        outcome: call.outcome.unwrap_or(Outcome::Answered),
        legs,
        waits: waits.collect::<Result<_, DemoData>>()?,
    })
}
