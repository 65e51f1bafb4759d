//! Visibility 公開範囲: who may read a thing.

use super::text_enum::text_enum;

text_enum! {
    /// Who may read a thing, from the narrowest to the widest; each includes those before it.
    pub enum Visibility {
        /// Only the person who wrote it.
        Private = "private",
        /// Our own people: remarks, tone, guesses.
        Internal = "internal",
        /// Also the paper for the meeting.
        Meeting = "meeting",
        /// Also the provider's people.
        Provider = "provider",
    }
}
