//! The report, and its limit: Typst on the same words with no template to speak of.

use std::fs;
use std::sync::LazyLock;

use tellonce::domain::dossier::Dossier;
use tellonce::domain::locale::{DEFAULT_ZONE, Locale};
use tellonce::domain::moment::Stamp;
use tellonce::domain::paper::PaperForm;
use tellonce::domain::view::Meeting;
use tellonce::render::pdf::{self, Print};
use tellonce::render::words::Words;
use typst::diag::{FileError, FileResult};
use typst::foundations::{Bytes, Datetime, Duration};
use typst::syntax::{FileId, RootedPath, Source, VirtualPath, VirtualRoot};
use typst::text::{Font, FontBook};
use typst::utils::LazyHash;
use typst::{Library, LibraryExt, World};
use typst_layout::PagedDocument;

/// The paper for the meeting.
pub fn report(dossier: &Dossier, now: Stamp) -> Vec<u8> {
    let print = Print::alone(Words::new(Locale::Ja), DEFAULT_ZONE, now);
    pdf::paper(&dossier.view::<Meeting>(&(), now), PaperForm::Report, print).expect("the report prints")
}

/// The same words, one paragraph after the other.
pub fn bare(words: &str) -> Vec<u8> {
    let text = serde_json::to_vec(words).expect("JSON");
    let main = "#set text(font: \"BIZ UDGothic\", size: 9.5pt)\n#json(\"text.json\")\n";
    let desk = Desk { source: Source::new(file_id("main.typ"), main.to_owned()), text: Bytes::new(text) };
    let document = typst::compile::<PagedDocument>(&desk).output.expect("plain text can be set");
    let made = typst_pdf::pdf(&document, &typst_pdf::PdfOptions::default()).expect("and written");
    typst::comemo::evict(0);
    made
}

static LIBRARY: LazyLock<LazyHash<Library>> = LazyLock::new(|| LazyHash::new(Library::default()));

static FONTS: LazyLock<(LazyHash<FontBook>, Vec<Font>)> = LazyLock::new(|| {
    let read = |name: &str| fs::read(format!("{}/static/fonts/{name}", env!("CARGO_MANIFEST_DIR"))).expect("our own fonts");
    let files = ["BIZUDGothic-Regular.ttf", "BIZUDGothic-Bold.ttf"].map(read);
    let fonts: Vec<Font> = files.into_iter().flat_map(|bytes| Font::iter(Bytes::new(bytes))).collect();
    (LazyHash::new(FontBook::from_fonts(&fonts)), fonts)
});

fn file_id(name: &str) -> FileId {
    RootedPath::new(VirtualRoot::Project, VirtualPath::new(name).expect("a plain name")).intern()
}

struct Desk {
    source: Source,
    text: Bytes,
}

impl World for Desk {
    fn library(&self) -> &LazyHash<Library> {
        &LIBRARY
    }

    fn book(&self) -> &LazyHash<FontBook> {
        &FONTS.0
    }

    fn main(&self) -> FileId {
        self.source.id()
    }

    fn source(&self, id: FileId) -> FileResult<Source> {
        if id == self.source.id() { Ok(self.source.clone()) } else { Err(FileError::AccessDenied) }
    }

    fn file(&self, id: FileId) -> FileResult<Bytes> {
        if id == file_id("text.json") { Ok(self.text.clone()) } else { Err(FileError::AccessDenied) }
    }

    fn font(&self, index: usize) -> Option<Font> {
        FONTS.1.get(index).cloned()
    }

    fn today(&self, _offset: Option<Duration>) -> Option<Datetime> {
        None
    }
}
