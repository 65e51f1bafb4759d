//! The two languages, and the zones in which times are shown.

use super::text_enum::text_enum;

text_enum! {
    /// A language of the screens, papers and mails.
    pub enum Locale {
        /// 日本語
        Ja = "ja",
        /// English
        En = "en",
    }
}

/// A time zone by its IANA name, such as `Asia/Tokyo`.
pub type Zone = chrono_tz::Tz;

/// The zone of a company that has said nothing else.
pub const DEFAULT_ZONE: Zone = chrono_tz::Asia::Tokyo;
