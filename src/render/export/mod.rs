//! One incident, taken out: JSON, the paper, tables for a spreadsheet, a calendar, or all of it in one zip with its files.
//!
//! Everything is made from a [`View`] and from nothing else, so that no export tells more than the page for the same audience.
//!
//! - [`tables`]: a table per kind of thing, CSV; [`table`] writes the cells and takes formulas their power.
//! - [`calendar`]: what falls on a day or a time.
//! - [`archive`]: the zip; [`names`]: under which names files stand in it.

pub mod archive;
pub mod calendar;
pub mod names;
pub mod table;
pub mod tables;

use std::io;

use zip::result::ZipError;

use self::table::{Pen, Table, TableName};
use super::pdf::{self, PdfError, Print};
use super::tera::RenderError;
use super::words::Words;
use crate::domain::export::ExportTrouble;
use crate::domain::locale::Zone;
use crate::domain::moment::Stamp;
use crate::domain::paper::PaperForm;
use crate::domain::view::{Audience, AudienceName, View};

/// An incident to be taken out: what is shown of it, in which language and zone, and when that was. The same four make the same bytes.
#[derive(Clone, Copy, Debug)]
pub struct Export<'a, A: Audience> {
    /// What is shown.
    pub view: &'a View<A>,
    /// In which language.
    pub words: Words,
    /// In which zone times are told.
    pub zone: Zone,
    /// When it is taken out.
    pub at: Stamp,
}

/// An incident cannot be taken out.
#[derive(Debug, thiserror::Error)]
pub enum ExportError {
    /// The paper cannot be set.
    #[error(transparent)]
    Pdf(#[from] PdfError),
    /// The page cannot be made.
    #[error(transparent)]
    Page(#[from] RenderError),
    /// It cannot be written as JSON.
    #[error(transparent)]
    Json(#[from] serde_json::Error),
    /// A table cannot be written.
    #[error(transparent)]
    Csv(#[from] csv::Error),
    /// The zip cannot be written.
    #[error(transparent)]
    Zip(#[from] ZipError),
    /// Reading or writing failed.
    #[error(transparent)]
    Io(#[from] io::Error),
    /// A file of the record is not there.
    #[error("the file {name} is missing (SHA-256 {sha256}); `tellonce verify` says more")]
    Missing {
        /// What it is called.
        name: String,
        /// What its bytes should hash to.
        sha256: String,
    },
    /// A file of the record has other bytes than were put on record.
    #[error("the file {name} has been altered since it was put on record (SHA-256 {sha256}); `tellonce verify` says more")]
    Altered {
        /// What it is called.
        name: String,
        /// What its bytes should hash to.
        sha256: String,
    },
}

impl ExportError {
    /// What it comes to for whoever waits for the export, and the name of the file that it is about.
    pub fn trouble(&self) -> (ExportTrouble, &str) {
        match self {
            Self::Missing { name, .. } => (ExportTrouble::Missing, name),
            Self::Altered { name, .. } => (ExportTrouble::Altered, name),
            Self::Io(error) | Self::Zip(ZipError::Io(error)) if is_full(error) => (ExportTrouble::DiskFull, ""),
            _ => (ExportTrouble::Fault, ""),
        }
    }
}

fn is_full(error: &io::Error) -> bool {
    matches!(error.kind(), io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded)
}

impl<A: Audience> Export<'_, A> {
    /// The view as JSON, a line's end behind it.
    ///
    /// # Errors
    /// [`ExportError::Json`].
    pub fn json(&self) -> Result<Vec<u8>, ExportError> {
        let mut json = serde_json::to_vec_pretty(self.view)?;
        json.push(b'\n');
        Ok(json)
    }

    /// The paper in that form as PDF/A, a draft, leading our own people to `page`, the incident's, where it has an address. The provider's
    /// people have no account, and no page without a share.
    ///
    /// # Errors
    /// [`ExportError::Pdf`].
    pub fn paper(&self, form: PaperForm, page: Option<&str>) -> Result<Vec<u8>, ExportError> {
        let page = page.filter(|_| A::NAME != AudienceName::Provider);
        Ok(pdf::paper(self.view, form, Print { page, ..Print::alone(self.words, self.zone, self.at) })?)
    }

    /// One table.
    pub fn table(&self, name: TableName) -> Table {
        tables::of(self.view, name, Pen::new::<A>(self.words, self.zone))
    }

    /// The calendar.
    pub fn calendar(&self) -> String {
        calendar::of(self)
    }
}
