//! A call while it happens 通話中: taps at the desk, each stamped, and the call that comes of them.
//!
//! Any taps in any order give a call, perhaps with time that nobody accounted for, never an error and never a lost stamp: a tap that
//! makes no sense where it stands changes nothing. `static/js/call.js` is this machine's twin in the browser; a test holds the two
//! against each other.
//!
//! | phase | dial, ring | answered | hold | transfer | back | an ending |
//! |---|---|---|---|---|---|---|
//! | idle | ringing | a person | hold | transfer | – | – |
//! | ringing | – | a person | hold (a machine took it) | transfer | – | over, not reached |
//! | talking | – | – | hold | transfer | – | over |
//! | on hold | – | the next person | – | transfer | the same person | over |
//! | being put through | – | the next person | hold | – | the same person | over |
//! | over | – | – | – | – | – | – |

mod tap;
#[cfg(test)]
mod tests;

use std::collections::HashSet;

use serde::Serialize;

pub use tap::{Act, Line, LiveCall, LiveState, Tap};

use super::{Call, CallWith, Direction, Leg, Outcome, Telling, Wait, WaitWhy};
use crate::domain::id::{Id, Uid};
use crate::domain::moment::Stamp;
use crate::domain::party::Contact;

/// Where a call stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "app", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Phase {
    /// Nothing was tapped.
    Idle,
    /// It rings, here or there.
    Ringing,
    /// Somebody speaks.
    Talking,
    /// On hold.
    Holding,
    /// Being put through.
    Transferring,
    /// Over.
    Over,
}

/// Somebody reached.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct LiveLeg {
    /// From when.
    #[serde(with = "chrono::serde::ts_milliseconds")]
    pub from: Stamp,
    /// Until when; none: still.
    #[serde(with = "chrono::serde::ts_milliseconds_option")]
    pub to: Option<Stamp>,
    /// When the story was told from the start; told in parts, from the first to the last.
    #[serde(with = "chrono::serde::ts_milliseconds_option")]
    pub told_from: Option<Stamp>,
    /// Until when; none: still, or never.
    #[serde(with = "chrono::serde::ts_milliseconds_option")]
    pub told_to: Option<Stamp>,
    /// Who, in the phone book.
    #[serde(skip)]
    pub contact: Option<Uid>,
    /// Who, as told.
    #[serde(skip)]
    pub who: String,
}

/// Waiting.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct LiveWait {
    /// What for.
    pub why: WaitWhy,
    /// From when.
    #[serde(with = "chrono::serde::ts_milliseconds")]
    pub from: Stamp,
    /// Until when; none: still.
    #[serde(with = "chrono::serde::ts_milliseconds_option")]
    pub to: Option<Stamp>,
}

/// A line with where it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LiveLine {
    /// The tap that brought it.
    pub uid: Uid,
    /// When it was said.
    pub at: Stamp,
    /// To whom, or by whom: which leg; none where nobody was on the line yet.
    pub leg: Option<usize>,
    /// What.
    pub line: Line,
}

/// A call as far as it has come.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Live {
    /// Where it stands.
    pub phase: Phase,
    /// Who called whom.
    pub direction: Direction,
    /// The number.
    #[serde(skip)]
    pub number: String,
    /// With whom: none, the company answerable; `Some(None)`, a colleague.
    #[serde(skip)]
    pub with: Option<Option<Uid>>,
    /// When it began.
    #[serde(with = "chrono::serde::ts_milliseconds_option")]
    pub dialled: Option<Stamp>,
    /// When somebody, or a machine, took it.
    #[serde(with = "chrono::serde::ts_milliseconds_option")]
    pub answered: Option<Stamp>,
    /// When it ended.
    #[serde(with = "chrono::serde::ts_milliseconds_option")]
    pub ended: Option<Stamp>,
    /// How it went; none while it goes on.
    pub outcome: Option<Outcome>,
    /// The people.
    pub legs: Vec<LiveLeg>,
    /// The waiting.
    pub waits: Vec<LiveWait>,
    /// What was said.
    #[serde(skip)]
    pub lines: Vec<LiveLine>,
}

impl Live {
    /// What these taps come to, in the order in which they were appended.
    pub fn of(taps: &[Tap]) -> Self {
        let mut live = Self {
            phase: Phase::Idle,
            direction: Direction::Out,
            number: String::new(),
            with: None,
            dialled: None,
            answered: None,
            ended: None,
            outcome: None,
            legs: Vec::new(),
            waits: Vec::new(),
            lines: Vec::new(),
        };
        // A clock may be set back: no stamp is earlier than the one before it.
        let mut latest: Option<Stamp> = None;
        for (tap, at) in standing(taps) {
            let at = if tap.act.is_stamp() {
                latest = latest.max(Some(at));
                latest.unwrap_or(at)
            } else {
                at
            };
            live.take(tap, at);
        }
        live
    }

    fn take(&mut self, tap: &Tap, at: Stamp) {
        match &tap.act {
            Act::Dial { number } => self.begin(Direction::Out, number, at),
            Act::Ring { number } => self.begin(Direction::In, number, at),
            Act::Answered => self.answered(at),
            Act::Hold => self.wait(WaitWhy::Hold, at),
            Act::Transfer => self.wait(WaitWhy::Transfer, at),
            Act::Back => self.back(at),
            Act::NoAnswer => self.end(Outcome::NoAnswer, at),
            Act::Busy => self.end(Outcome::Busy, at),
            Act::Voicemail => self.end(Outcome::Voicemail, at),
            Act::Refused => self.end(Outcome::Refused, at),
            Act::CutOff => self.end(Outcome::CutOff, at),
            Act::End => self.end(Outcome::Answered, at),
            Act::Tell => self.tell(at),
            Act::With { company } => self.with = Some(*company),
            Act::Who { leg, contact, who } => {
                if let Some(leg) = self.legs.get_mut(*leg) {
                    (leg.contact, leg.who) = (*contact, who.clone());
                }
            }
            Act::Line(line) => {
                let leg = self.legs.len().checked_sub(1);
                self.lines.push(LiveLine { uid: tap.uid, at, leg, line: line.clone() });
            }
            Act::Reline { of, line } => {
                if let Some(found) = self.lines.iter_mut().find(|found| found.uid == *of) {
                    found.line = line.clone();
                }
            }
            Act::Unline { of } => self.lines.retain(|line| line.uid != *of),
            Act::Undo | Act::Move { .. } => {}
        }
    }

    fn begin(&mut self, direction: Direction, number: &str, at: Stamp) {
        if self.phase == Phase::Idle {
            (self.phase, self.direction, self.dialled) = (Phase::Ringing, direction, Some(at));
            number.clone_into(&mut self.number);
        }
    }

    /// Somebody, or a machine, takes the call, if nobody had. What was answered before it was said to ring came in.
    fn taken(&mut self, at: Stamp) {
        if self.phase == Phase::Idle {
            self.begin(Direction::In, "", at);
        }
        if self.phase == Phase::Ringing {
            self.answered = Some(at);
        }
    }

    fn answered(&mut self, at: Stamp) {
        if matches!(self.phase, Phase::Talking | Phase::Over) {
            return;
        }
        self.taken(at);
        self.close_wait(at);
        self.close_leg(at);
        self.open_leg(None, String::new(), at);
    }

    fn wait(&mut self, why: WaitWhy, at: Stamp) {
        let phase = if why == WaitWhy::Hold { Phase::Holding } else { Phase::Transferring };
        if self.phase == phase || self.phase == Phase::Over {
            return;
        }
        self.taken(at);
        self.close_wait(at);
        // Who puts us through is gone; who puts us on hold comes back.
        if why == WaitWhy::Transfer {
            self.close_leg(at);
        }
        self.waits.push(LiveWait { why, from: at, to: None });
        self.phase = phase;
    }

    fn back(&mut self, at: Stamp) {
        if !matches!(self.phase, Phase::Holding | Phase::Transferring) {
            return;
        }
        self.close_wait(at);
        match self.legs.last() {
            Some(leg) if leg.to.is_none() => self.phase = Phase::Talking,
            Some(leg) => self.open_leg(leg.contact, leg.who.clone(), at),
            None => self.open_leg(None, String::new(), at),
        }
    }

    fn end(&mut self, said: Outcome, at: Stamp) {
        if matches!(self.phase, Phase::Idle | Phase::Over) {
            return;
        }
        self.close_wait(at);
        self.close_leg(at);
        self.outcome = Some(match said {
            // Somebody was reached, whatever came of it in the end.
            Outcome::CutOff if !self.legs.is_empty() => Outcome::CutOff,
            _ if !self.legs.is_empty() => Outcome::Answered,
            Outcome::Busy | Outcome::Voicemail | Outcome::Refused => said,
            _ => Outcome::NoAnswer,
        });
        self.ended = Some(at);
        self.phase = Phase::Over;
    }

    fn tell(&mut self, at: Stamp) {
        let Some(leg) = self.legs.last_mut().filter(|leg| leg.to.is_none()) else { return };
        if leg.told_from.is_some() && leg.told_to.is_none() {
            leg.told_to = Some(at);
        } else {
            leg.told_from = leg.told_from.or(Some(at));
            leg.told_to = None;
        }
    }

    fn open_leg(&mut self, contact: Option<Uid>, who: String, at: Stamp) {
        self.legs.push(LiveLeg { from: at, to: None, told_from: None, told_to: None, contact, who });
        self.phase = Phase::Talking;
    }

    fn close_leg(&mut self, at: Stamp) {
        if let Some(leg) = self.legs.last_mut().filter(|leg| leg.to.is_none()) {
            leg.to = Some(at);
            if leg.told_from.is_some() {
                leg.told_to = leg.told_to.or(Some(at));
            }
        }
    }

    fn close_wait(&mut self, at: Stamp) {
        if let Some(wait) = self.waits.last_mut().filter(|wait| wait.to.is_none()) {
            wait.to = Some(at);
        }
    }

    /// Whether it is over and nobody was reached.
    pub fn failed(&self) -> bool {
        self.outcome.is_some_and(|outcome| !outcome.connected())
    }

    /// The call, for the record; none where it never began. `contact` finds who is meant in the phone book.
    pub fn call(&self, contact: impl Fn(Uid) -> Option<Id<Contact>>) -> Option<Call> {
        let dialled = self.dialled?;
        // Who only ever waited for somebody has failed to reach anybody, machine or not: all of it was waiting.
        let reached = !self.legs.is_empty();
        let legs = self.legs.iter().map(|leg| Leg {
            contact: leg.contact.and_then(&contact),
            who: leg.who.clone(),
            from: Some(leg.from),
            to: leg.to,
            told_from_start: leg.told_from.map(|from| Telling { from: Some(from), to: leg.told_to }),
        });
        let waits = self.waits.iter().filter(|_| reached);
        Some(Call {
            direction: self.direction,
            with: if self.with == Some(None) { CallWith::OwnColleague } else { CallWith::Company },
            number: self.number.clone(),
            dialled,
            answered: self.answered.filter(|_| reached),
            ended: self.ended,
            outcome: self.outcome.unwrap_or(if reached { Outcome::Answered } else { Outcome::NoAnswer }),
            legs: legs.collect(),
            waits: waits.filter_map(|wait| Some(Wait { why: wait.why, from: wait.from, to: wait.to? })).collect(),
        })
    }
}

/// The taps that stand, each with its time: what was undone is gone, what was moved is where it belongs, what came twice is there once.
fn standing(taps: &[Tap]) -> Vec<(&Tap, Stamp)> {
    let mut seen = HashSet::new();
    let mut standing: Vec<(&Tap, Stamp)> = Vec::new();
    for tap in taps.iter().filter(|tap| seen.insert(tap.uid)) {
        match &tap.act {
            Act::Undo => {
                if let Some(last) = standing.iter().rposition(|(tap, _)| tap.act.is_stamp()) {
                    standing.remove(last);
                }
            }
            Act::Move { of, to } => {
                if let Some((_, at)) = standing.iter_mut().find(|(tap, _)| tap.uid == *of) {
                    *at = *to;
                }
            }
            _ => standing.push((tap, tap.at)),
        }
    }
    standing
}
