//! Amounts of money, kept in a currency's smallest unit, as they are read.

use super::words::{Args, Words};
use crate::domain::locale::Locale;
use crate::domain::term::credit::Bounds;

/// The currencies (ISO 4217) whose smallest unit is the whole one.
const WHOLE: &[&str] =
    &["BIF", "CLP", "DJF", "GNF", "ISK", "JPY", "KMF", "KRW", "PYG", "RWF", "UGX", "UYI", "VND", "VUV", "XAF", "XOF", "XPF"];
/// The currencies whose smallest unit is a thousandth.
const THOUSANDTHS: &[&str] = &["BHD", "IQD", "JOD", "KWD", "LYD", "OMR", "TND"];

/// `JPY 17,500`, `USD 17.50`.
pub fn money(amount: i64, currency: &str, words: Words) -> String {
    let places = if WHOLE.contains(&currency) {
        0
    } else if THOUSANDTHS.contains(&currency) {
        3
    } else {
        2
    };
    let digits = format!("{:0>width$}", amount.unsigned_abs(), width = places + 1);
    let (whole, part) = digits.split_at(digits.len() - places);
    let groups: Vec<&str> = whole.as_bytes().rchunks(3).rev().filter_map(|group| std::str::from_utf8(group).ok()).collect();
    let sign = if amount < 0 { "-" } else { "" };
    let point = if part.is_empty() { "" } else { "." };
    let number = format!("{sign}{}{point}{part}", groups.join(","));
    match (words.locale(), currency) {
        (Locale::Ja, "JPY") => words.with("money-yen", &Args::new().text("number", number)),
        _ => format!("{currency} {number}"),
    }
}

/// An amount as it is known: one, from one to another, or at least one; empty where it is not known.
pub fn amount(amount: Bounds, currency: &str, words: Words) -> String {
    let said = |amount| money(amount, currency, words);
    match (amount.min, amount.max) {
        (Some(min), Some(max)) if min == max => said(min),
        (Some(min), Some(max)) => words.with("from-to", &Args::new().text("from", said(min)).text("to", said(max))),
        (Some(min), None) => words.with("verdict-at-least", &Args::new().text("amount", said(min))),
        (None, _) => String::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_amount_is_read_in_its_currencys_own_unit() {
        let said = |amount, currency, locale| money(amount, currency, Words::new(locale));
        assert_eq!(said(17_500, "JPY", Locale::En), "JPY 17,500");
        assert_eq!(said(17_500, "JPY", Locale::Ja), "17,500円");
        assert_eq!(said(5, "USD", Locale::Ja), "USD 0.05");
        assert_eq!(said(123_456_789, "EUR", Locale::En), "EUR 1,234,567.89");
        assert_eq!(said(1_500, "KWD", Locale::En), "KWD 1.500");
    }

    #[test]
    fn what_is_not_known_exactly_is_said_so() {
        let said = |min, max| amount(Bounds { min, max }, "JPY", Words::new(Locale::En));
        assert_eq!(said(Some(1_750), Some(1_750)), "JPY 1,750");
        assert_eq!(said(Some(1_750), None), "JPY 1,750 or more");
        assert!(said(Some(1_750), Some(3_500)).contains("3,500"));
        assert_eq!(said(None, None), "");
    }
}
