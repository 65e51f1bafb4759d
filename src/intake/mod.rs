//! Bytes and typed text from outside → facts. Pure: nothing here reads or writes a file.

pub mod addresses;
mod charset;
pub mod contract_text;
pub mod eml;
pub mod files;
pub mod print;
pub mod timestamp;
