//! What an incident cost, as it is read: the sum, and what it is reckoned from.

use super::money::{amount, money};
use super::words::{Args, Words};
use crate::domain::cost::{Amounts, Cost};
use crate::domain::moment::show::{seconds_text, span_text};
use crate::domain::term::credit::Bounds;

/// `724,500円〜934,500円`
pub fn total(cost: &Cost, words: Words) -> String {
    between(cost.total, &cost.basis.currency, words)
}

/// The reckoning: `40人 × 50% × 1時間3,000円 × 12時間〜15時間30分 = 720,000円〜930,000円、対応した時間 1時間30分 = 4,500円`
pub fn reckoning(cost: &Cost, words: Words) -> String {
    let currency = &cost.basis.currency;
    let time = span_text(cost.minutes.into(), words.locale());
    let lost = Args::new()
        .number("people", cost.basis.people)
        .number("percent", cost.basis.percent)
        .text("rate", money(cost.basis.rate, currency, words))
        .text("time", time)
        .text("amount", between(cost.lost, currency, words));
    let own = Args::new()
        .text("time", seconds_text(cost.basis.own.saturating_mul(60), words.locale()))
        .text("amount", money(cost.own, currency, words));
    let lost = words.with("cost-lost", &lost);
    if cost.basis.own == 0 {
        lost
    } else {
        words.with("cost-and", &Args::new().text("lost", lost).text("own", words.with("cost-ours", &own)))
    }
}

fn between(amounts: Amounts, currency: &str, words: Words) -> String {
    amount(Bounds { min: Some(amounts.min), max: Some(amounts.max) }, currency, words)
}
