//! Papers made and read back.

use chrono::{DateTime, Utc};
use serde_json::json;

use super::{Template, compile};
use crate::render::sample::friday;

fn stamp() -> DateTime<Utc> {
    friday()
}

#[test]
fn the_same_data_and_stamp_give_the_same_bytes() {
    let data = json!({"title": "髙﨑①㈱", "lang": "ja"});
    let first = compile(Template::Report, &data, stamp()).expect("a paper");
    let second = compile(Template::Report, &data, stamp()).expect("a paper");
    assert!(first.starts_with(b"%PDF-1.7"));
    assert_eq!(first, second);
}
