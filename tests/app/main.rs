//! Tests of the whole: the real binary on a real port, on SQLite and on PostgreSQL.

mod harness;

mod headers;
mod login;
mod permissions;
