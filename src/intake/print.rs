//! A print of ours, read again: the view that is attached to a PDF, or that is the file itself.

use hayro_syntax::Pdf;
use hayro_syntax::object::{Dict, Object, Stream, String as Text};
use serde_json::Value;

use crate::domain::against::Printed;

/// How the view is called among the files attached to a PDF.
const VIEW: &[u8] = b"view.json";

/// The view in `bytes`, a PDF or JSON; none where there is none of ours.
pub fn read(bytes: Vec<u8>) -> Option<Printed> {
    let view: Value = if bytes.starts_with(b"%PDF-") { attached(bytes)? } else { serde_json::from_slice(&bytes).ok()? };
    Printed::read(view)
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
    serde_json::from_slice(&file.decoded().ok()?).ok()
}
