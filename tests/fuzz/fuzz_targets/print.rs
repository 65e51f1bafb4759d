//! Whatever file is held against the record (a paper, a JSON, a zip), reading it ends in a print or in nothing; and what it is taken
//! for, and called, can be stored.

#![no_main]

use libfuzzer_sys::fuzz_target;
use tellonce::intake::{files, print};

fuzz_target!(|bytes: &[u8]| {
    drop(print::read(bytes.to_vec()));
    assert!(!files::media_type(bytes).is_empty());
    let name = files::safe_name(&String::from_utf8_lossy(bytes));
    assert!(!name.contains(['/', '\\', '\0']) && name != "." && name != "..", "{name:?}");
});
