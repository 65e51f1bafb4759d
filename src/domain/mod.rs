//! The nouns of Tellonce and their rules. Pure: no I/O, no clock (`now` is always an argument), no Diesel, no actix.
//! Builds and tests alone: `cargo test --no-default-features --lib`.

pub mod against;
pub mod calendar;
pub mod call;
pub mod contract;
pub mod credit_claim;
pub mod deadline;
pub mod dossier;
pub mod entry;
pub mod figures;
pub mod id;
pub mod incident;
pub mod ledger;
pub mod locale;
pub mod matter;
pub mod moment;
pub mod notice;
pub mod outbox;
pub mod overview;
pub mod party;
pub mod permit;
pub mod person;
pub mod phone;
pub mod phrases;
pub mod reminder;
pub mod reply;
pub mod search;
pub mod share;
pub mod spoken;
pub mod statement;
pub mod term;
pub mod text;
pub mod text_enum;
pub mod verdict;
pub mod view;
pub mod visibility;
