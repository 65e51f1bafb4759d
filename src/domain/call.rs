//! A call 通話: its stamps, the people reached in it, the waiting, and how often it was told from the start.

pub mod live;

use chrono::Duration;
use serde::{Deserialize, Serialize};

use super::id::Id;
use super::moment::Stamp;
use super::party::Contact;
use super::text_enum::text_enum;

/// A call, or an attempt at one.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Call {
    /// Who called whom.
    pub direction: Direction,
    /// What kind of line it was: with a company, or among ourselves.
    pub with: CallWith,
    /// The number dialled or shown, as written; empty if not known.
    pub number: String,
    /// When we dialled, or when it rang.
    pub dialled: Stamp,
    /// When it was answered; none where it never was, or nobody noted it.
    pub answered: Option<Stamp>,
    /// When it ended; none where nobody noted it.
    pub ended: Option<Stamp>,
    /// How it went.
    pub outcome: Outcome,
    /// Each person reached, in order.
    pub legs: Vec<Leg>,
    /// Each time of waiting within the call, in order.
    pub waits: Vec<Wait>,
}

text_enum! {
    /// Who called whom.
    pub enum Direction {
        /// They called us, 着信.
        In = "in",
        /// We called them, 発信.
        Out = "out",
    }
}

text_enum! {
    /// Whose voice is at the other end.
    pub enum CallWith {
        /// A company's: the entry's `provider`.
        Company = "company",
        /// A colleague's.
        OwnColleague = "own_colleague",
    }
}

text_enum! {
    /// How a call went.
    pub enum Outcome {
        /// Somebody answered.
        Answered = "answered",
        /// It rang, nobody answered.
        NoAnswer = "no_answer",
        /// Busy.
        Busy = "busy",
        /// Answered, then cut off.
        CutOff = "cut_off",
        /// A machine took a message.
        Voicemail = "voicemail",
        /// They would not take the call.
        Refused = "refused",
    }
}

impl Outcome {
    /// Whether somebody was on the line.
    pub const fn connected(self) -> bool {
        matches!(self, Self::Answered | Self::CutOff)
    }
}

/// One person, or desk, reached in a call.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Leg {
    /// Who, in the phone book.
    pub contact: Option<Id<Contact>>,
    /// Who, as told ("a department, name unknown"); empty where the phone book says it.
    pub who: String,
    /// From when they spoke; none: not noted, the call's own beginning.
    pub from: Option<Stamp>,
    /// Until when; none: not noted.
    pub to: Option<Stamp>,
    /// Told from the start 一からの説明: the whole story was told to this person.
    pub told_from_start: Option<Telling>,
}

/// The whole story told once more.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Telling {
    /// From when; none: not noted.
    pub from: Option<Stamp>,
    /// Until when; none: not noted.
    pub to: Option<Stamp>,
}

impl Telling {
    /// How long it took, where both ends were noted.
    pub fn length(self) -> Option<Duration> {
        Some(self.to? - self.from?)
    }
}

/// Waiting within a call.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Wait {
    /// What for.
    pub why: WaitWhy,
    /// From when.
    pub from: Stamp,
    /// Until when.
    pub to: Stamp,
}

text_enum! {
    /// What one waits for within a call.
    pub enum WaitWhy {
        /// Being put through, 取次ぎ.
        Transfer = "transfer",
        /// On hold, 保留.
        Hold = "hold",
    }
}

impl Call {
    /// Whether it is a failed attempt: nobody was reached.
    pub fn failed(&self) -> bool {
        !self.outcome.connected()
    }

    /// All waiting of one kind within the call.
    pub fn waited(&self, why: WaitWhy) -> Duration {
        self.waits.iter().filter(|wait| wait.why == why).map(|wait| wait.to - wait.from).sum()
    }

    /// From dialling to the answer: waiting, where it is we who called and it was answered. Zero otherwise.
    pub fn before_answer(&self) -> Duration {
        match (self.direction, self.answered) {
            (Direction::Out, Some(answered)) if self.outcome.connected() => answered - self.dialled,
            _ => Duration::zero(),
        }
    }

    /// From dialling to giving up, for a failed attempt of ours. Zero otherwise.
    pub fn attempted_for(&self) -> Duration {
        match (self.direction, self.ended) {
            (Direction::Out, Some(ended)) if self.failed() => ended - self.dialled,
            _ => Duration::zero(),
        }
    }

    /// From the answer to the end, less transfers and holds. Zero where it did not connect or an end is not known.
    pub fn talked(&self) -> Duration {
        match (self.answered, self.ended) {
            (Some(answered), Some(ended)) if self.outcome.connected() => {
                ended - answered - self.waited(WaitWhy::Transfer) - self.waited(WaitWhy::Hold)
            }
            _ => Duration::zero(),
        }
    }

    /// From the answer to the end, where both are known.
    pub fn length(&self) -> Option<Duration> {
        Some(self.ended? - self.answered?)
    }

    /// What does not fit in the stamps, if anything: the first rule broken, as a catalogue key.
    ///
    /// Stamps must follow one another (dialled, answered, ended), and each leg, wait and telling must lie within the call.
    /// Waits must not overlap, or a minute of waiting would be counted twice.
    pub fn misfit(&self) -> Option<&'static str> {
        let begins = self.answered.unwrap_or(self.dialled);
        let within = |from: Option<Stamp>, to: Option<Stamp>| {
            let after_start = from.is_none_or(|at| at >= begins);
            let before_end = self.ended.is_none_or(|end| to.is_none_or(|at| at <= end) && from.is_none_or(|at| at <= end));
            after_start && before_end && from.zip(to).is_none_or(|(from, to)| from <= to)
        };
        if self.answered.is_some_and(|at| at < self.dialled) {
            return Some("call-misfit-answered");
        }
        if self.ended.is_some_and(|at| at < begins) {
            return Some("call-misfit-ended");
        }
        if self.outcome == Outcome::Answered && self.answered.is_none() {
            return Some("call-misfit-outcome");
        }
        if !self.legs.iter().all(|leg| within(leg.from, leg.to)) {
            return Some("call-misfit-leg");
        }
        let tellings = self.legs.iter().filter_map(|leg| leg.told_from_start);
        if !tellings.into_iter().all(|telling| within(telling.from, telling.to)) {
            return Some("call-misfit-telling");
        }
        if !self.waits.iter().all(|wait| within(Some(wait.from), Some(wait.to))) {
            return Some("call-misfit-wait");
        }
        let mut waits: Vec<&Wait> = self.waits.iter().collect();
        waits.sort_by_key(|wait| wait.from);
        waits.windows(2).any(|pair| pair[1].from < pair[0].to).then_some("call-misfit-waits-overlap")
    }
}
