//! Every write: one use case is one function, is one transaction, is rows, ledger and queued work together.
//!
//! A file per noun the user says; the functions' names are the ledger's action names (`people::add`). They take the [`Tx`] and
//! the [`Permit`] of the thing, never a pool, a request or a clock: the time is the transaction's.
//!
//! [`Tx`]: crate::store::Tx
//! [`Permit`]: crate::store::permit::Permit

pub mod house;
pub mod passwords;
pub mod people;
pub mod secrets;
pub mod sessions;
pub mod setup;
