//! Links for the provider.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::domain::id::Uid;
use crate::domain::locale::Locale;
use crate::web::api::body::Shape;

/// A link to be made, or what it shows chosen anew.
#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewShare {
    /// For which company; the one answerable where nothing is said. It stays what it was when the link was made.
    pub company: Option<Uid>,
    /// For how many days from now: 7, 30, 90 or 365; 30 where nothing is said of a new one.
    pub days: Option<i64>,
    /// Whom of us to call, and where; as for the last link where nothing is said.
    #[schema(max_length = 300)]
    pub call: Option<String>,
    /// To whom of theirs it is given.
    pub contact: Option<Uid>,
    /// In which language it is shown; as the reader's browser asks where nothing is said.
    pub locale: Option<Locale>,
    /// When we can be reached.
    #[schema(max_length = 300)]
    pub reach: Option<String>,
    /// When we cannot.
    #[schema(max_length = 300)]
    pub holiday: Option<String>,
    /// Whether files are shown.
    pub files: Option<bool>,
    /// Whether the names of their people are shown.
    pub their_names: Option<bool>,
    /// Whether the names of ours are shown.
    pub our_names: Option<bool>,
    /// What other companies said is shown, of these.
    pub others: Option<Vec<Uid>>,
    /// How often it can be opened at the most.
    #[schema(minimum = 1, maximum = 1000)]
    pub most_openings: Option<i64>,
    /// What we want to remember of it.
    #[schema(max_length = 300)]
    pub note: Option<String>,
    /// Entries that are not shown, though they are for the provider.
    pub left_out: Option<Vec<Uid>>,
    /// Entries that are shown, though they are for the meeting.
    pub let_in: Option<Vec<Uid>>,
}

impl Shape for NewShare {
    fn example() -> Self {
        Self {
            company: None,
            days: Some(30),
            call: Some("Alice, 03-0000-0001".to_owned()),
            contact: None,
            locale: None,
            reach: None,
            holiday: None,
            files: Some(true),
            their_names: None,
            our_names: None,
            others: None,
            most_openings: None,
            note: None,
            left_out: None,
            let_in: None,
        }
    }
}
