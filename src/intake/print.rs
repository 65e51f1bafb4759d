//! A print of ours, read again: the view that is attached to a PDF, that stands in a zip, or that is the file itself.

use std::io::{Cursor, Read};

use hayro_syntax::Pdf;
use hayro_syntax::object::{Dict, Object, Stream, String as Text};
use serde_json::Value;

use crate::domain::against::Printed;

/// How the view is called among the files attached to a PDF.
const VIEW: &[u8] = b"view.json";

/// The most that a view is, so that a small file cannot fill the memory: an incident of 5,000 entries has 12 MB.
const LONGEST: u64 = 64 * 1024 * 1024;

/// The view in `bytes`, a PDF, a zip or JSON; none where there is none of ours.
pub fn read(bytes: Vec<u8>) -> Option<Printed> {
    let view: Value = match bytes.get(..4)? {
        b"%PDF" => attached(bytes)?,
        b"PK\x03\x04" => packed(bytes)?,
        _ => serde_json::from_slice(&bytes).ok()?,
    };
    Printed::read(view)
}

fn packed(bytes: Vec<u8>) -> Option<Value> {
    let mut zip = zip::ZipArchive::new(Cursor::new(bytes)).ok()?;
    let view = zip.by_name(std::str::from_utf8(VIEW).ok()?).ok()?;
    let mut json = Vec::new();
    view.take(LONGEST + 1).read_to_end(&mut json).ok()?;
    if json.len() as u64 > LONGEST { None } else { serde_json::from_slice(&json).ok() }
}

fn attached(bytes: Vec<u8>) -> Option<Value> {
    let pdf = Pdf::new(bytes).ok()?;
    let mut views = pdf.objects().into_iter().filter_map(|object| match object {
        Object::Dict(dict) => view_of(&dict),
        _ => None,
    });
    let view = views.next()?;
    // With two of them nobody could say which was printed.
    if views.next().is_some() { None } else { Some(view) }
}

/// The JSON of a file specification that names the view.
fn view_of(dict: &Dict<'_>) -> Option<Value> {
    let name = dict.get::<Text<'_>>("F")?;
    if name.as_bytes() != VIEW {
        return None;
    }
    let file = dict.get::<Dict<'_>>("EF")?.get::<Stream<'_>>("F")?;
    // One encoding unpacks a thousandfold at the most; a second one would do so with what the first has unpacked. We use one.
    if file.filters().len() > 1 {
        return None;
    }
    let json = file.decoded().ok()?;
    if json.len() as u64 > LONGEST { None } else { serde_json::from_slice(&json).ok() }
}
