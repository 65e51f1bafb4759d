//! The shapes of bodies: what they may hold, and how that is documented.
//!
//! Moments are texts, read as those of forms are: RFC 3339 (`2006-11-22T10:20:00+09:00`), a day, an interval of two, or words
//! (`about 10:20`); the answer shows how each was understood. Where a text is empty or `null`, nothing is said.

pub mod companies;
pub mod entries;
pub mod incidents;
pub mod matters;
pub mod shares;

use serde::{Deserialize, Serialize};
use utoipa::openapi::schema::{ObjectBuilder, Type};
use utoipa::openapi::{RefOr, Schema};
use utoipa::{PartialSchema, ToSchema};

/// A moment as it is told.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Told(String);

impl From<&str> for Told {
    fn from(text: &str) -> Self {
        Self(text.to_owned())
    }
}

impl PartialSchema for Told {
    fn schema() -> RefOr<Schema> {
        let examples = ["2006-11-22T10:20:00+09:00", "2006-11-22", "2006-11-21T21:30/2006-11-21T22:30", "about 10:20"];
        ObjectBuilder::new()
            .schema_type(Type::String)
            .description(Some(
                "A moment: RFC 3339, a day, an interval of two, or words. Times without an offset are in your zone.",
            ))
            .max_length(Some(200))
            .examples(examples)
            .into()
    }
}

impl ToSchema for Told {}
