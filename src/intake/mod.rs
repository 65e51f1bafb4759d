//! Bytes and typed text from outside → facts. Pure: nothing here reads or writes a file.

pub mod addresses;
pub mod files;
