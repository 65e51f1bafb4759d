//! The way from page to page of a long list.

use serde::Serialize;

use crate::render::words::{Args, Words};

/// Where one is in a list of several pages; all empty where there is one. Stands in the page that has the list as if it were its own
/// (`#[serde(flatten)]`), for `components/pager.html`.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Pager {
    /// Which page of how many, in words; empty where there is only one.
    pub place: String,
    /// The page before; empty where there is none.
    pub before: String,
    /// The page after; empty where there is none.
    pub after: String,
}

impl Pager {
    /// At `page` of so many; `address` says where a page is.
    pub fn new(words: Words, (page, pages): (i64, i64), address: impl Fn(i64) -> String) -> Self {
        let at = |page: i64| if (1..=pages).contains(&page) { address(page) } else { String::new() };
        let args = Args::new().number("page", page).number("pages", pages);
        Self {
            place: if pages > 1 { words.with("incidents-place", &args) } else { String::new() },
            before: at(page - 1),
            after: at(page + 1),
        }
    }
}

/// How many pages so many lines fill.
pub const fn pages(lines: i64, a_page: i64) -> i64 {
    (lines + a_page - 1) / a_page
}
