//! A paper 経緯報告書: one incident as it is printed for one audience.

use super::text_enum::text_enum;

text_enum! {
    /// How much of it is printed.
    pub enum PaperForm {
        /// What one has to know, on one page.
        OnePage = "one-page",
        /// All that the audience may see.
        Report = "report",
    }
}
