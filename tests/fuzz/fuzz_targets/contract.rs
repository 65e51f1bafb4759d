//! Whatever a contract's file holds, it is text or it is refused, and of any text every clause that is found stands in it.

#![no_main]

use libfuzzer_sys::fuzz_target;
use tellonce::intake::contract_text::{clauses, text_of_upload};

fuzz_target!(|bytes: &[u8]| {
    match text_of_upload(bytes) {
        Ok(text) => drop(clauses(&text)),
        Err(error) => drop(format!("{error:?}")),
    }
});
