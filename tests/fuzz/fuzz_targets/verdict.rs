//! Whatever a file holds, reading it ends in cases or in an error with a path, and every case that is read has a verdict.
//!
//! `RUSTC_BOOTSTRAP=1 cargo fuzz run --fuzz-dir tests/fuzz --sanitizer none verdict -- -max_total_time=600`

#![no_main]

use libfuzzer_sys::fuzz_target;
use tellonce::domain::term::read::{self, Cases};

fuzz_target!(|bytes: &[u8]| {
    match read::cases(bytes) {
        Ok(Cases::One(case)) => drop(case.verdict()),
        Ok(Cases::List(cases)) => cases.iter().for_each(|case| drop(case.verdict())),
        Err(error) => drop(error.to_string()),
    }
});
