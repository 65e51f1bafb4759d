//! Whatever somebody types for a time, a number, an address or a search, it is understood or refused.

#![no_main]

use chrono::DateTime;
use libfuzzer_sys::fuzz_target;
use tellonce::domain::locale::DEFAULT_ZONE;
use tellonce::domain::moment::parse::{Lean, parse};
use tellonce::domain::search::Question;
use tellonce::domain::{phone, search};
use tellonce::intake::addresses;

fuzz_target!(|typed: &str| {
    let now = DateTime::from_timestamp(1_164_326_400, 0).expect("the story's Friday");
    if let Ok(moment) = parse(typed, now, DEFAULT_ZONE, Lean::Past) {
        assert!(moment.from <= moment.to, "{moment:?}");
    }
    drop((phone::digits(typed), phone::labelled(typed)));
    drop((addresses::mail_address(typed), addresses::web_address(typed, true), addresses::chatwork_room(typed)));
    drop((search::tokens(typed), Question::typed(typed)));
});
