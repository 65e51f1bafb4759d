//! Whatever a saved mail holds, reading it ends in a letter or in an error.

#![no_main]

use libfuzzer_sys::fuzz_target;
use tellonce::intake::eml;

fuzz_target!(|bytes: &[u8]| {
    if let Err(error) = eml::read(bytes) {
        drop(error.to_string());
    }
});
