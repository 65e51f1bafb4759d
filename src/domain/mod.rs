//! The nouns of Tellonce and their rules. Pure: no I/O, no clock (`now` is always an argument), no Diesel, no actix.
//! Builds and tests alone: `cargo test --no-default-features --lib`.

pub mod id;
pub mod locale;
pub mod moment;
pub mod permit;
pub mod person;
pub mod text_enum;
pub mod visibility;
