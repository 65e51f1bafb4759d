//! The world in which Typst works: our templates, our fonts, one file of data, one to be attached, and nothing else.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::LazyLock;

use chrono::{DateTime, Datelike, Timelike, Utc};
use serde_json::Value;
use typst::diag::{FileError, FileResult, SourceDiagnostic, Warned};
use typst::foundations::{Bytes, Datetime, Duration, Smart};
use typst::syntax::{FileId, RootedPath, Source, VirtualPath, VirtualRoot};
use typst::text::{Font, FontBook};
use typst::utils::LazyHash;
use typst::{Library, LibraryExt, World, WorldExt};
use typst_layout::PagedDocument;
use typst_pdf::{PdfOptions, PdfStandard, PdfStandards, Timestamp};

use super::glyphs::{Substitutions, clean_all};

/// A paper could not be made.
#[derive(Debug, thiserror::Error)]
pub enum PdfError {
    /// The values to print cannot be written as JSON.
    #[error("the data of the paper: {0}")]
    Data(#[from] serde_json::Error),
    /// Typst refused the template with this data.
    #[error("the paper cannot be set: {0}")]
    Set(String),
    /// The set pages cannot be written as PDF/A.
    #[error("the paper cannot be written: {0}")]
    Write(String),
    /// Typst panicked.
    #[error("the typesetter broke down: {0}")]
    Panic(String),
}

/// A kind of paper.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Template {
    /// The whole record of one incident.
    Report,
    /// The same on one page.
    OnePage,
    /// The first minute of it, to be faxed with a share's number.
    Fax,
    /// The letter that asks for a credit.
    ClaimLetter,
    /// The record of one company over a period.
    Record,
}

impl Template {
    const fn file(self) -> &'static str {
        match self {
            Self::Report => "report.typ",
            Self::OnePage => "one-page.typ",
            Self::Fax => "fax.typ",
            Self::ClaimLetter => "claim-letter.typ",
            Self::Record => "record.typ",
        }
    }
}

/// Every Typst source there is, by its name.
const SOURCES: [(&str, &str); 7] = [
    ("claim-letter.typ", include_str!("../../../templates/pdf/claim-letter.typ")),
    ("fax.typ", include_str!("../../../templates/pdf/fax.typ")),
    ("one-page.typ", include_str!("../../../templates/pdf/one-page.typ")),
    ("paper.typ", include_str!("../../../templates/pdf/paper.typ")),
    ("parts.typ", include_str!("../../../templates/pdf/parts.typ")),
    ("record.typ", include_str!("../../../templates/pdf/record.typ")),
    ("report.typ", include_str!("../../../templates/pdf/report.typ")),
];

/// What is to be printed.
const DATA: &str = "data.json";

/// What a paper was made from, attached to it.
pub const ATTACHED: &str = "view.json";

/// The embedded fonts and what they are called; read once.
static FONTS: LazyLock<(LazyHash<FontBook>, Vec<Font>)> = LazyLock::new(|| {
    let files: [&'static [u8]; 4] = [
        include_bytes!("../../../static/fonts/BIZUDGothic-Regular.ttf"),
        include_bytes!("../../../static/fonts/BIZUDGothic-Bold.ttf"),
        include_bytes!("../../../static/fonts/TellonceLatin-Regular.ttf"),
        include_bytes!("../../../static/fonts/TellonceLatin-Bold.ttf"),
    ];
    let fonts: Vec<Font> = files.into_iter().flat_map(|bytes| Font::iter(Bytes::new(bytes))).collect();
    (LazyHash::new(FontBook::from_fonts(&fonts)), fonts)
});

static LIBRARY: LazyLock<LazyHash<Library>> = LazyLock::new(|| LazyHash::new(Library::default()));

/// Whether both weights of the Japanese face, which the paper falls back to for everything, hold a glyph for `c`.
pub fn covers(c: char) -> bool {
    FONTS.1.iter().take(2).all(|font| font.info().coverage.contains(u32::from(c)))
}

/// Sets `data` in `template` and gives the bytes of a PDF/A-3a that is also PDF/UA-1.
///
/// `stamp` is the document's date and the only time in it: the same template, data and stamp give the same bytes. Every
/// string is cleaned first ([`super::glyphs`]); what had to be replaced stands in the data as `substitutions`. `attached`
/// goes with the paper as [`ATTACHED`], byte for byte, where the template attaches it.
///
/// # Errors
/// [`PdfError`]; also where Typst panics.
pub fn compile(template: Template, data: &Value, attached: Option<Vec<u8>>, stamp: DateTime<Utc>) -> Result<Vec<u8>, PdfError> {
    let desk = Desk::with(template, data, attached)?;
    // Nothing of the desk outlives the panic, and Typst's caches are made to be dropped at any time.
    let made = catch_unwind(AssertUnwindSafe(|| print(&desk, stamp)));
    // Without this the caches keep every document ever printed.
    typst::comemo::evict(0);
    made.unwrap_or_else(|panic| Err(PdfError::Panic(panic_words(panic.as_ref()))))
}

fn print(desk: &Desk, stamp: DateTime<Utc>) -> Result<Vec<u8>, PdfError> {
    let document = set(desk)?;
    let standards = PdfStandards::new(&[PdfStandard::A_3a, PdfStandard::Ua_1])
        .map_err(|error| PdfError::Write(error.message().to_string()))?;
    let options = PdfOptions {
        creator: Smart::Custom(Some("Tellonce".to_owned())),
        timestamp: datetime(stamp).map(Timestamp::new_utc),
        standards,
        ..PdfOptions::default()
    };
    typst_pdf::pdf(&document, &options).map_err(|errors| PdfError::Write(first_words(desk, &errors)))
}

fn set(desk: &Desk) -> Result<PagedDocument, PdfError> {
    let Warned { output, warnings } = typst::compile::<PagedDocument>(desk);
    for warning in &warnings {
        tracing::warn!(message = %warning.message, "typst");
    }
    output.map_err(|errors| PdfError::Set(first_words(desk, &errors)))
}

fn datetime(stamp: DateTime<Utc>) -> Option<Datetime> {
    let small = |n: u32| u8::try_from(n).ok();
    Datetime::from_ymd_hms(
        stamp.year(),
        small(stamp.month())?,
        small(stamp.day())?,
        small(stamp.hour())?,
        small(stamp.minute())?,
        small(stamp.second())?,
    )
}

/// The first error, and the line of the template that it comes from where that is known.
fn first_words(desk: &Desk, errors: &[SourceDiagnostic]) -> String {
    let Some(error) = errors.first() else { return String::new() };
    let line = error.span.id().zip(desk.range(error.span)).and_then(|(file, range)| {
        let source = desk.source(file).ok()?;
        let line = source.lines().byte_to_line(range.start)?;
        Some(format!(" ({}:{})", file.get().vpath().get_without_slash(), line + 1))
    });
    format!("{}{}", error.message, line.unwrap_or_default())
}

fn panic_words(panic: &(dyn std::any::Any + Send)) -> String {
    let literal = panic.downcast_ref::<&str>().map(|words| (*words).to_owned());
    literal.or_else(|| panic.downcast_ref::<String>().cloned()).unwrap_or_default()
}

/// The name of a file on the desk. Names are ours and few: Typst never forgets one.
fn file_id(name: &str) -> FileId {
    let path = VirtualPath::new(name).unwrap_or_else(|_| unreachable!("{name} is a plain file name"));
    RootedPath::new(VirtualRoot::Project, path).intern()
}

/// One document being made.
struct Desk {
    main: FileId,
    data: Bytes,
    attached: Option<Bytes>,
}

impl Desk {
    fn with(template: Template, data: &Value, attached: Option<Vec<u8>>) -> Result<Self, PdfError> {
        let mut met = Substitutions::default();
        let mut data = clean_all(data, &mut met);
        if let Value::Object(fields) = &mut data {
            fields.insert("substitutions".to_owned(), serde_json::to_value(met.list())?);
            fields.insert("attached".to_owned(), attached.as_ref().map(|_| ATTACHED).into());
        }
        Ok(Self {
            main: file_id(template.file()),
            data: Bytes::new(serde_json::to_vec(&data)?),
            attached: attached.map(Bytes::new),
        })
    }
}

impl World for Desk {
    fn library(&self) -> &LazyHash<Library> {
        &LIBRARY
    }

    fn book(&self) -> &LazyHash<FontBook> {
        &FONTS.0
    }

    fn main(&self) -> FileId {
        self.main
    }

    fn source(&self, id: FileId) -> FileResult<Source> {
        let found = SOURCES.iter().find(|(name, _)| file_id(name) == id);
        found.map(|(_, text)| Source::new(id, (*text).to_owned())).ok_or(FileError::AccessDenied)
    }

    fn file(&self, id: FileId) -> FileResult<Bytes> {
        let attached = self.attached.as_ref().filter(|_| id == file_id(ATTACHED));
        let found = attached.or_else(|| (id == file_id(DATA)).then_some(&self.data));
        found.cloned().ok_or(FileError::AccessDenied)
    }

    fn font(&self, index: usize) -> Option<Font> {
        FONTS.1.get(index).cloned()
    }

    fn today(&self, _offset: Option<Duration>) -> Option<Datetime> {
        // The only time on the paper is the one it was given.
        None
    }
}

/// The text of every page of a paper, in the order in which it is set.
#[cfg(test)]
pub fn pages_of(template: Template, data: &Value) -> Result<Vec<String>, PdfError> {
    use typst::layout::{Frame, FrameItem};

    fn read(frame: &Frame, page: &mut String) {
        for (_, item) in frame.items() {
            match item {
                FrameItem::Group(group) => read(&group.frame, page),
                FrameItem::Text(text) => page.push_str(&text.text),
                _ => {}
            }
        }
    }
    let document = set(&Desk::with(template, data, None)?)?;
    let read_page = |frame: &Frame| {
        let mut page = String::new();
        read(frame, &mut page);
        page
    };
    Ok(document.pages().iter().map(|page| read_page(&page.frame)).collect())
}
