//! The few words that dates and durations are made of, a table for each language.
//!
//! They stand in code, not in the catalogues: a date is a format with rules of its own (what is repeated, what is left
//! out), which no sentence can carry; and CSV, PDF and speech need it without any catalogue.

use crate::domain::locale::Locale;

/// The words of one language.
pub(super) struct Names {
    /// From Monday.
    pub weekdays: [&'static str; 7],
    /// From January. Japanese numbers them.
    pub months: [&'static str; 12],
    /// Days, hours, minutes, seconds, as durations.
    pub units: [&'static str; 4],
    /// Between a number and its unit.
    pub before_unit: &'static str,
    /// Between two numbers with their units.
    pub between_units: &'static str,
    /// Between two ends that are single numbers.
    pub to: &'static str,
    /// Between two ends that have spaces in them.
    pub to_spaced: &'static str,
    /// Around the words in which something was told.
    pub quotes: (&'static str, &'static str),
}

/// The words of `locale`.
pub(super) const fn names(locale: Locale) -> &'static Names {
    match locale {
        Locale::Ja => &JAPANESE,
        Locale::En => &ENGLISH,
    }
}

static JAPANESE: Names = Names {
    weekdays: ["月", "火", "水", "木", "金", "土", "日"],
    months: ["1月", "2月", "3月", "4月", "5月", "6月", "7月", "8月", "9月", "10月", "11月", "12月"],
    units: ["日", "時間", "分", "秒"],
    before_unit: "",
    between_units: "",
    to: "〜",
    to_spaced: "〜",
    quotes: ("「", "」"),
};

static ENGLISH: Names = Names {
    weekdays: ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"],
    months: [
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ],
    units: ["d", "h", "min", "s"],
    before_unit: " ",
    between_units: " ",
    to: "–",
    to_spaced: " – ",
    quotes: (" (“", "”)"),
};
