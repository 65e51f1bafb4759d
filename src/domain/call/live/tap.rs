//! Taps: what is done at a desk, as the browser sends it and the server keeps it.

use serde::{Deserialize, Serialize};

use crate::domain::entry::Entry;
use crate::domain::id::{Id, Uid};
use crate::domain::incident::Incident;
use crate::domain::moment::Stamp;
use crate::domain::person::Person;
use crate::domain::statement::StatementKind;
use crate::domain::text::{self, TextError};
use crate::domain::text_enum::text_enum;

/// The longest line, in characters.
pub const LONGEST_LINE: usize = 10_000;

/// Something done at the desk. Made by the browser, appended, never changed: what is taken back is taken back by another.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tap {
    /// Its own key: sent twice, it counts once.
    pub uid: Uid,
    /// When, by the server's clock as the browser knows it. Milliseconds since 1970.
    #[serde(with = "chrono::serde::ts_milliseconds")]
    pub at: Stamp,
    /// What.
    #[serde(flatten)]
    pub act: Act,
}

/// What is done at the desk.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "do", rename_all = "snake_case")]
pub enum Act {
    /// We dial; the number as written, empty if not known.
    Dial { number: String },
    /// It rings; the number shown.
    Ring { number: String },
    /// A person answers, or the next one takes over.
    Answered,
    /// We are put on hold.
    Hold,
    /// The same person is back.
    Back,
    /// We are being put through.
    Transfer,
    /// It ends: nobody answered.
    NoAnswer,
    /// It ends: busy.
    Busy,
    /// It ends: a machine takes a message.
    Voicemail,
    /// It ends: they would not take the call.
    Refused,
    /// It ends: cut off.
    CutOff,
    /// It ends as calls do.
    End,
    /// The story from the start begins, or is told.
    Tell,
    /// The last stamp was a mistake.
    Undo,
    /// That stamp was at another time.
    Move {
        /// The tap.
        of: Uid,
        /// When it was.
        #[serde(with = "chrono::serde::ts_milliseconds")]
        to: Stamp,
    },
    /// With whom we speak: a company, or, without one, a colleague.
    With { company: Option<Uid> },
    /// Who the person of that leg is: of the phone book, or as told.
    Who { leg: usize, contact: Option<Uid>, who: String },
    /// Something is said.
    Line(Line),
    /// What was said, corrected.
    Reline {
        /// The line.
        of: Uid,
        /// As it should stand.
        line: Line,
    },
    /// That line was a mistake.
    Unline { of: Uid },
}

/// Something said, as it is typed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Line {
    /// What kind of assertion.
    pub kind: StatementKind,
    /// Whether it is we who said it.
    pub ours: bool,
    /// The words.
    pub words: String,
    /// Whether they are verbatim.
    pub verbatim: bool,
    /// When a promise falls due, as typed ("30分後"); empty where nothing was said.
    #[serde(default)]
    pub due: String,
    /// The clause or agreement it is about.
    #[serde(default)]
    pub cites: Option<Uid>,
    /// The statement it is set against.
    #[serde(default)]
    pub against: Option<Uid>,
    /// The ask it answers.
    #[serde(default)]
    pub answers: Option<Uid>,
}

text_enum! {
    /// What becomes of a call that was begun at a desk.
    pub enum LiveState {
        /// It goes on.
        Running = "running",
        /// It is over and waits to be saved.
        Over = "over",
        /// It is on record.
        Saved = "saved",
        /// It was dropped.
        Dropped = "dropped",
    }
}

/// A call of a desk, with its taps in the order in which they came.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LiveCall {
    /// Key.
    pub id: Id<LiveCall>,
    /// In URLs; made by the browser.
    pub uid: Uid,
    /// About which incident.
    pub incident: Id<Incident>,
    /// Whose desk.
    pub person: Id<Person>,
    /// When its first tap came.
    pub began_at: Stamp,
    /// What became of it.
    pub state: LiveState,
    /// The entry that it became.
    pub entry: Option<Id<Entry>>,
    /// What was tapped and typed; none any more once it is saved or dropped.
    pub taps: Vec<Tap>,
}

impl Tap {
    /// The same with its texts made sound, as those of forms are.
    ///
    /// # Errors
    /// [`TextError::TooLong`]: a number or a name has at most [`text::Line::LIMIT`] characters, a line [`LONGEST_LINE`].
    pub fn sound(mut self) -> Result<Self, TextError> {
        match &mut self.act {
            Act::Dial { number: text } | Act::Ring { number: text } | Act::Who { who: text, .. } => {
                *text = text::Line::parse(text)?.to_string();
            }
            Act::Line(line) | Act::Reline { line, .. } => {
                line.due = text::Line::parse(&line.due)?.to_string();
                line.words = text::Prose::parse(&line.words)?.to_string();
                let given = line.words.chars().count();
                if given > LONGEST_LINE {
                    return Err(TextError::TooLong { limit: LONGEST_LINE, given });
                }
            }
            _ => {}
        }
        Ok(self)
    }
}

impl Act {
    /// Whether it is a stamp of the call, which the next *undo* takes back.
    pub const fn is_stamp(&self) -> bool {
        use Act::{Answered, Back, Busy, CutOff, Dial, End, Hold, NoAnswer, Refused, Ring, Tell, Transfer, Voicemail};
        matches!(
            self,
            Dial { .. }
                | Ring { .. }
                | Answered
                | Hold
                | Back
                | Transfer
                | NoAnswer
                | Busy
                | Voicemail
                | Refused
                | CutOff
                | End
                | Tell
        )
    }
}
