//! Tests of the whole: the real binary on a real port, on SQLite and on PostgreSQL.

mod harness;

mod commands;
mod headers;
mod login;
mod mail;
mod overview;
mod permissions;
mod search;
mod sharing;
mod story;
mod visibility;
mod writing;
