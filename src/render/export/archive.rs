//! All of an incident in one zip: paper, view, tables, calendar and files, a list of them with their hashes, and a page that shows the
//! record without any network and checks the files against that list.
//!
//! The list (`manifest.json`) names every file but itself. The page holds the list as it was written, and its own hash, taken with
//! zeros in the hash's place: so it finds whatever was changed afterwards, in the list and in itself too. What it cannot find is a
//! change by somebody who makes list and page anew; for that there is the fingerprint of the ledger, on the paper too, and `verify`.

use std::io::{self, Read, Seek, Write};

use chrono::{Datelike, Timelike};
use serde::Serialize;
use sha2::{Digest, Sha256};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

use super::names::Names;
use super::table::TableName;
use super::{Export, ExportError};
use crate::domain::export::{ExportStage, ExportStep};
use crate::domain::incident::IncidentNumber;
use crate::domain::locale::Locale;
use crate::domain::moment::Stamp;
use crate::domain::paper::PaperForm;
use crate::domain::view::{Audience, AudienceName, FileView};
use crate::render::frame::Frame;
use crate::render::pages::offline::{Archived, OfflinePage};
use crate::render::tera::render;

const PAPER: &str = "report.pdf";
const VIEW: &str = "view.json";
const CALENDAR: &str = "calendar.ics";
const PAGE: &str = "index.html";
const LIST: &str = "manifest.json";

/// What stands in the place of the page's own hash while it is taken.
const NO_HASH: &str = "0000000000000000000000000000000000000000000000000000000000000000";

/// How much of a file is in memory at once.
const PIECE: usize = 64 * 1024;

/// How much work each entry makes for the paper, for view, calendar and tables, and for the page: about so many bytes of a file are
/// packed in the same time. It moves a bar evenly, no more.
const PAPER_WORK: i64 = 8 * 1024;
const TABLES_WORK: i64 = 2 * 1024;
const PAGE_WORK: i64 = 2 * 1024;

/// Who is told how far it has come.
pub type Tell<'a> = &'a mut dyn FnMut(ExportStep);

/// How the bytes of a file of the record are read, by their SHA-256.
pub type Open<'a> = &'a dyn Fn(&str) -> io::Result<Box<dyn Read>>;

/// What stands in the zip.
#[derive(Clone, Debug, Serialize)]
struct Manifest {
    incident: IncidentNumber,
    audience: AudienceName,
    language: Locale,
    as_of: Stamp,
    fingerprint: String,
    changes_recorded: i64,
    files: Vec<Listed>,
    /// Files of the record that nobody of us has looked at yet; they came from outside, and stay there.
    left_out: Vec<String>,
}

/// A file in the zip.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Listed {
    /// Where it stands in the zip.
    pub path: String,
    /// Its length in bytes.
    pub size: u64,
    /// SHA-256 of its bytes.
    pub sha256: String,
    /// What it is called on record, where it is a file of the record.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
}

/// Writes the zip, telling how far it has come. The files of the record are copied piece by piece, and checked meanwhile. The same
/// export makes the same bytes.
///
/// # Errors
/// [`ExportError`]; what was written until then is of no use.
pub fn write<A: Audience, W: Write + Seek>(
    export: &Export<'_, A>,
    out: W,
    open: Open<'_>,
    tell: Tell<'_>,
) -> Result<W, ExportError> {
    let (held, kept): (Vec<&FileView>, Vec<&FileView>) = export.view.files().partition(|file| file.held.is_some());
    let entries = i64::try_from(export.view.entries.len()).unwrap_or(i64::MAX);
    let bytes: i64 = kept.iter().map(|file| file.size).sum();
    let work = Work::begin(tell, entries.saturating_mul(PAPER_WORK + TABLES_WORK + PAGE_WORK).saturating_add(bytes));
    let mut pack = Pack::new(export, out, work);
    pack.work.go_on(ExportStage::Paper);
    pack.add(PAPER, &export.paper(PaperForm::Report, None)?)?;
    pack.work.did(entries.saturating_mul(PAPER_WORK));
    pack.work.go_on(ExportStage::Tables);
    pack.add(VIEW, &export.json()?)?;
    pack.add(CALENDAR, export.calendar().as_bytes())?;
    pack.add_tables(export, "tables/")?;
    pack.work.did(entries.saturating_mul(TABLES_WORK));
    pack.work.go_on(ExportStage::Files);
    let mut names = Names::beside([PAPER, VIEW, CALENDAR, PAGE, LIST].into_iter().chain(table_files(A::NAME)));
    for file in kept {
        pack.copy(&format!("files/{}", names.give(&file.name)), file, open)?;
    }
    let view = export.view;
    let mut manifest = Manifest {
        incident: view.number,
        audience: view.audience,
        language: export.words.locale(),
        as_of: view.as_of,
        fingerprint: view.fingerprint.clone(),
        changes_recorded: view.changes_recorded,
        files: pack.listed.clone(),
        left_out: held.iter().map(|file| file.name.clone()).collect(),
    };
    pack.work.go_on(ExportStage::Page);
    let of_page = |size, sha256: &str| Listed { path: PAGE.to_owned(), size, sha256: sha256.to_owned(), name: None };
    manifest.files.push(of_page(0, NO_HASH));
    let page = page(export, &manifest)?;
    pack.add(PAGE, &page)?;
    manifest.files.pop();
    manifest.files.extend(pack.listed.last().cloned());
    pack.add(LIST, &text_of(&manifest)?)?;
    Ok(pack.zip.finish()?)
}

/// Writes a zip of the tables alone.
///
/// # Errors
/// [`ExportError`].
pub fn write_tables<A: Audience, W: Write + Seek>(export: &Export<'_, A>, out: W) -> Result<W, ExportError> {
    let mut unheard = |_| ();
    let mut pack = Pack::new(export, out, Work::begin(&mut unheard, 0));
    pack.add_tables(export, "")?;
    Ok(pack.zip.finish()?)
}

fn table_files(audience: AudienceName) -> impl Iterator<Item = &'static str> {
    TableName::ALL.iter().map(move |table| table.file(audience))
}

/// As it stands in the zip, which is as `JSON.stringify(…, null, 2)` writes it.
fn text_of(manifest: &Manifest) -> serde_json::Result<Vec<u8>> {
    let mut text = serde_json::to_vec_pretty(manifest)?;
    text.push(b'\n');
    Ok(text)
}

/// The page, with its own hash in it.
fn page<A: Audience>(export: &Export<'_, A>, manifest: &Manifest) -> Result<Vec<u8>, ExportError> {
    let list = String::from_utf8_lossy(&text_of(manifest)?).into_owned();
    let archived = Archived::new(&manifest.files, &manifest.left_out, list, NO_HASH);
    let page = OfflinePage::in_archive(export.view, export.words, export.zone, export.at, archived);
    let blank = render(&page, &Frame::anonymous(export.words.locale()))?;
    let own = format!("{:x}", Sha256::digest(&blank));
    Ok(blank.replacen(NO_HASH, &own, 1).into_bytes())
}

/// How much work there is, what of it is done, and who is told.
struct Work<'a> {
    tell: Tell<'a>,
    step: ExportStep,
}

impl<'a> Work<'a> {
    const fn begin(tell: Tell<'a>, whole: i64) -> Self {
        Self { tell, step: ExportStep { whole, ..ExportStep::WAITING } }
    }

    fn go_on(&mut self, stage: ExportStage) {
        self.step.stage = stage;
        (self.tell)(self.step);
    }

    fn did(&mut self, units: i64) {
        self.step.done = self.step.done.saturating_add(units);
        (self.tell)(self.step);
    }
}

/// A zip in the making.
struct Pack<'a, W: Write + Seek> {
    zip: ZipWriter<W>,
    options: SimpleFileOptions,
    listed: Vec<Listed>,
    work: Work<'a>,
}

impl<'a, W: Write + Seek> Pack<'a, W> {
    fn new<A: Audience>(export: &Export<'_, A>, out: W, work: Work<'a>) -> Self {
        let options = SimpleFileOptions::default().unix_permissions(0o644).last_modified_time(clock(export));
        Self { zip: ZipWriter::new(out), options, listed: Vec::new(), work }
    }

    fn add(&mut self, path: &str, bytes: &[u8]) -> Result<(), ExportError> {
        self.zip.start_file(path, self.options.compression_method(method(path)))?;
        self.zip.write_all(bytes)?;
        let sha256 = format!("{:x}", Sha256::digest(bytes));
        self.listed.push(Listed { path: path.to_owned(), size: bytes.len() as u64, sha256, name: None });
        Ok(())
    }

    fn add_tables<A: Audience>(&mut self, export: &Export<'_, A>, folder: &str) -> Result<(), ExportError> {
        for table in TableName::ALL {
            self.add(&format!("{folder}{}", table.file(A::NAME)), &export.table(*table).csv()?)?;
        }
        Ok(())
    }

    /// A file of the record.
    fn copy(&mut self, path: &str, file: &FileView, open: Open<'_>) -> Result<(), ExportError> {
        self.zip.start_file(path, self.options.compression_method(method(path)))?;
        let mut from = open(&file.sha256).map_err(|error| match error.kind() {
            io::ErrorKind::NotFound => ExportError::Missing { name: file.name.clone(), sha256: file.sha256.clone() },
            _ => error.into(),
        })?;
        let (mut hash, mut size, mut piece) = (Sha256::new(), 0, vec![0; PIECE]);
        loop {
            let read = from.read(&mut piece)?;
            let Some(read) = piece.get(..read).filter(|read| !read.is_empty()) else { break };
            hash.update(read);
            size += read.len() as u64;
            self.zip.write_all(read)?;
            self.work.did(i64::try_from(read.len()).unwrap_or(i64::MAX));
        }
        let sha256 = format!("{:x}", hash.finalize());
        if sha256 != file.sha256 {
            return Err(ExportError::Altered { name: file.name.clone(), sha256: file.sha256.clone() });
        }
        self.listed.push(Listed { path: path.to_owned(), size, sha256, name: Some(file.name.clone()) });
        Ok(())
    }
}

/// What is packed already does not become smaller.
fn method(path: &str) -> CompressionMethod {
    const PACKED: [&str; 16] =
        ["pdf", "png", "jpg", "jpeg", "gif", "webp", "heic", "mp3", "m4a", "ogg", "mp4", "mov", "zip", "docx", "xlsx", "gz"];
    let end = path.rsplit('.').next().unwrap_or_default();
    if PACKED.iter().any(|packed| packed.eq_ignore_ascii_case(end)) {
        CompressionMethod::Stored
    } else {
        CompressionMethod::Deflated
    }
}

/// The time that stands at every file: that of the export, on the house's clocks. A zip knows none before 1980.
fn clock<A: Audience>(export: &Export<'_, A>) -> zip::DateTime {
    let at = export.at.with_timezone(&export.zone).naive_local();
    let small = |number: u32| u8::try_from(number).unwrap_or_default();
    let year = u16::try_from(at.year()).unwrap_or_default();
    let (month, day) = (small(at.month()), small(at.day()));
    let time = zip::DateTime::from_date_and_time(year, month, day, small(at.hour()), small(at.minute()), small(at.second()));
    time.unwrap_or_default()
}

#[cfg(test)]
mod tests;
