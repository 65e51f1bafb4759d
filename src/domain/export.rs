//! Exports that take longer than one waits for a page: ordered by a person, made by a job, and kept for a day.

use chrono::Duration;

use super::id::{Id, Uid};
use super::incident::Incident;
use super::locale::Locale;
use super::moment::Stamp;
use super::person::Person;
use super::text_enum::text_enum;
use super::view::{Audience, AudienceName, View};

/// How long an export is kept, from when it was asked for. It is a copy as of then; a later one is made anew.
pub const KEPT: Duration = Duration::hours(24);

/// From how many entries on an incident is long: its paper then takes half a second and more.
const LONG_ENTRIES: usize = 600;

/// From how many bytes of files on it is: to pack them takes some seconds.
const LONG_FILES: i64 = 50 * 1024 * 1024;

/// Whether taking out what is shown takes longer than one waits for a page.
pub fn is_long<A: Audience>(view: &View<A>) -> bool {
    view.entries.len() >= LONG_ENTRIES || view.files().map(|file| file.size).sum::<i64>() >= LONG_FILES
}

text_enum! {
    /// What is taken out.
    pub enum ExportForm {
        /// Everything in one zip.
        Archive = "archive",
        /// The report as PDF.
        Report = "report",
    }
}

text_enum! {
    /// Where the making of an export stands.
    pub enum ExportStage {
        /// It has not begun.
        Waiting = "waiting",
        /// The paper is set.
        Paper = "paper",
        /// View, calendar and tables are written.
        Tables = "tables",
        /// The files of the record are packed.
        Files = "files",
        /// The page that shows it without a network is written.
        Page = "page",
        /// It can be fetched.
        Ready = "ready",
        /// It cannot be made.
        Failed = "failed",
    }
}

impl ExportStage {
    /// The stages after which nothing more comes.
    pub const OVER: [Self; 2] = [Self::Ready, Self::Failed];

    /// Whether nothing more will come of it.
    pub fn is_over(self) -> bool {
        Self::OVER.contains(&self)
    }
}

text_enum! {
    /// Why an export cannot be made.
    pub enum ExportTrouble {
        /// There is no room on the disk.
        DiskFull = "disk-full",
        /// A file of the record is not what was put on record.
        Altered = "altered",
        /// A file of the record is not there.
        Missing = "missing",
        /// Something of ours is wrong; the log says what.
        Fault = "fault",
    }
}

/// How far the making of an export has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ExportStep {
    /// What is made now.
    pub stage: ExportStage,
    /// How many units of work are done: about as many as bytes of a file are packed in the same time.
    pub done: i64,
    /// How many there are in all.
    pub whole: i64,
}

impl ExportStep {
    /// The first of all.
    pub const WAITING: Self = Self { stage: ExportStage::Waiting, done: 0, whole: 0 };

    /// How much is done, in percent, rounded down; none before anything is known.
    pub fn percent(self) -> Option<i64> {
        (self.whole > 0).then(|| self.done.clamp(0, self.whole).saturating_mul(100) / self.whole)
    }
}

/// An export that was ordered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ExportOrder {
    /// Key.
    pub id: Id<ExportOrder>,
    /// In URLs.
    pub uid: Uid,
    /// Of which incident.
    pub incident: Id<Incident>,
    /// By whom; nobody else reaches it.
    pub person: Id<Person>,
    /// What is taken out.
    pub form: ExportForm,
    /// For whom.
    pub audience: AudienceName,
    /// In which language.
    pub locale: Locale,
    /// The address under which they reach Tellonce, without a slash at its end.
    pub site: String,
    /// When it was asked for.
    pub asked_at: Stamp,
    /// How far it has come.
    pub step: ExportStep,
    /// As of when it is, once it is made.
    pub made_at: Option<Stamp>,
    /// How long it is then, in bytes.
    pub size: i64,
    /// Why it cannot be made, and the name of the file that it is about.
    pub trouble: Option<(ExportTrouble, String)>,
}
