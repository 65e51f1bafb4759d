//! The API for machines, `/api/v1`: the same actions, permits and refusals as the pages, in JSON.
//!
//! - Who comes in brings a token (`Authorization: Bearer tellonce_…`, RFC 6750), never a cookie; see [`caller`].
//! - Each body has a type ([`shapes`]), which documents it and refuses what it does not know; then it is read as the form of its noun is
//!   ([`body`]), so that page and API cannot come to take different things.
//! - What is written comes back as it stands, under the `ETag` that the next change must name in `If-Match` ([`resource`]).
//! - What is refused says where ([`problem`], RFC 9457).
//!
//! To add an operation, add a line to [`table`]: route, scope, handler and documentation in one.

mod body;
pub mod caller;
mod companies;
mod desk;
mod document;
mod exports;
mod incidents;
mod lengths;
mod overview;
pub mod problem;
mod reference;
mod resource;
mod shapes;
mod shares;
pub mod table;

pub use document::show as openapi;
pub use reference::show as reference;

/// Where the API stands.
pub const BASE: &str = "/api/v1";
