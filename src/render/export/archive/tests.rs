use std::collections::BTreeMap;
use std::io::Cursor;

use serde_json::Value;
use zip::ZipArchive;

use super::*;
use crate::domain::id::Uid;
use crate::domain::locale::DEFAULT_ZONE;
use crate::domain::view::{Internal, Meeting, View};
use crate::render::sample;
use crate::render::words::Words;

/// What the files of the sample hold.
const BYTES: &[u8] = b"Dear customer";

fn week<A: Audience>(reader: &A::Reader) -> View<A> {
    sample::story(Locale::En).view(reader, sample::friday())
}

/// Gives an entry a file of that name.
fn put<A: Audience>(view: &mut View<A>, n: u64, name: &str, held: Option<i64>) {
    let sha256 = format!("{:x}", Sha256::digest(BYTES));
    let uid = Uid::from_parts(n, [0; 10]);
    let file = FileView { uid, name: name.to_owned(), media_type: "text/plain".to_owned(), size: 13, sha256, held };
    view.entries[0].files.push(file);
}

fn written<A: Audience>(view: &View<A>) -> Result<Vec<u8>, ExportError> {
    let export = Export { view, words: Words::new(Locale::En), zone: DEFAULT_ZONE, at: sample::friday() };
    let open = |_: &str| -> io::Result<Box<dyn Read>> { Ok(Box::new(Cursor::new(BYTES))) };
    Ok(write(&export, Cursor::new(Vec::new()), &open, &mut |_| ())?.into_inner())
}

/// The files of a zip, as it was unpacked.
fn unpacked(bytes: Vec<u8>) -> BTreeMap<String, Vec<u8>> {
    let mut zip = ZipArchive::new(Cursor::new(bytes)).expect("a zip");
    let count = zip.len();
    let one = |n| {
        let mut file = zip.by_index(n).expect("a file");
        let name = file.name().expect("UTF-8").into_owned();
        assert!(file.enclosed_name().is_some_and(|path| path.to_string_lossy() == name), "{name} leads elsewhere");
        let mut bytes = Vec::new();
        file.read_to_end(&mut bytes).expect("its bytes");
        (name, bytes)
    };
    (0..count).map(one).collect()
}

#[test]
fn the_list_names_every_file_with_its_size_and_hash() {
    let mut view = week::<Internal>(&None);
    view.entries[0].files.clear();
    for (n, name) in ["letter.txt", "LETTER.txt", "../../etc/passwd", "manifest.json", "髙﨑①㈱.pdf"].iter().enumerate() {
        put(&mut view, n as u64, name, None);
    }
    let files = unpacked(written(&view).expect("a zip"));
    let list: Value = serde_json::from_slice(&files[LIST]).expect("JSON");
    let listed = list["files"].as_array().expect("files");
    assert_eq!(listed.len() + 1, files.len(), "all but the list itself");
    for file in listed {
        let bytes = &files[file["path"].as_str().expect("a path")];
        assert_eq!(file["size"], bytes.len(), "{file}");
        assert_eq!(file["sha256"], format!("{:x}", Sha256::digest(bytes)), "{file}");
    }
    for name in ["letter.txt", "LETTER (2).txt", "passwd", "manifest (2).json", "髙﨑①㈱.pdf"] {
        assert_eq!(files[&format!("files/{name}")], BYTES, "{name}");
    }
    assert_eq!(list["fingerprint"], view.fingerprint);
}

#[test]
fn the_same_export_makes_the_same_bytes() {
    let view = week::<Meeting>(&());
    assert!(written(&view).expect("a zip") == written(&view).expect("a zip"));
}

#[test]
fn what_nobody_has_looked_at_is_left_out_and_named() {
    let mut view = week::<Internal>(&None);
    put(&mut view, 7, "invoice <b>.exe", Some(1));
    let files = unpacked(written(&view).expect("a zip"));
    assert!(!files.keys().any(|path| path.contains("invoice")), "{:?}", files.keys());
    let list: Value = serde_json::from_slice(&files[LIST]).expect("JSON");
    assert_eq!(list["left_out"], serde_json::json!(["invoice <b>.exe"]));
    assert!(String::from_utf8_lossy(&files[PAGE]).contains("invoice &lt;b&gt;.exe"));
}

#[test]
fn a_file_that_was_altered_goes_out_under_nobodys_name() {
    let mut view = week::<Internal>(&None);
    put(&mut view, 7, "letter.txt", None);
    for file in view.entries.iter_mut().flat_map(|entry| &mut entry.files) {
        file.sha256 = "0123456789abcdef".repeat(4);
    }
    let error = written(&view).expect_err("it is altered").to_string();
    assert!(error.contains("altered") && error.contains("0123456789abcdef"), "{error}");
}

#[test]
fn the_page_holds_its_own_hash_and_the_list_but_for_its_own_line() {
    let files = unpacked(written(&week::<Meeting>(&())).expect("a zip"));
    let page = String::from_utf8(files[PAGE].clone()).expect("UTF-8");
    let own = page.split("data-self=\"").nth(1).and_then(|rest| rest.get(..64)).expect("its hash");
    assert_ne!(own, NO_HASH);
    assert_eq!(format!("{:x}", Sha256::digest(page.replacen(own, NO_HASH, 1))), own);
    let list = String::from_utf8(files[LIST].clone()).expect("UTF-8");
    let hash = format!("{:x}", Sha256::digest(&files[PAGE]));
    let before = list.split(&format!("\"size\": {}", page.len())).next().expect("its beginning");
    assert!(list.contains(&hash) && page.contains(&before.replace('"', "&quot;")), "{before}");
}
