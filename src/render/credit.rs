//! Credits and the claims for them in words: the same on page, paper and letter.

use chrono::NaiveDate;

use super::money::{amount, money};
use super::words::{Args, Words};
use crate::domain::credit_claim::{ClaimAnswer, Counted, Due};
use crate::domain::moment::Moment;
use crate::domain::phrases::Phrase;
use crate::domain::term::credit::Bounds;
use crate::domain::term::{PerBlock, Percent, Round};
use crate::domain::view::{CreditClaimView, CreditView};

/// How the outage was counted: what of the working speaks of lengths, not of money.
pub fn counting(credit: &CreditView) -> impl Iterator<Item = &Phrase> {
    let counts = |phrase: &&Phrase| phrase.key.starts_with("term-work-blocks") || phrase.key == "term-work-downtime";
    credit.counting.iter().filter(counts)
}

/// How the amount follows from that; empty where it cannot be computed.
pub fn calculation(credit: &CreditView, due: &Due, words: Words) -> String {
    let said = |value: i64| money(value, &credit.currency, words);
    let Some(total) = due.amount else { return String::new() };
    let args = Args::new().text("amount", amount(total, &credit.currency, words));
    let fee = || credit.monthly_fee.map(said).unwrap_or_default();
    match &due.counted {
        Counted::Blocks { blocks, per_block: PerBlock::Fixed { fixed }, .. } => {
            words.with("credit-worked-fixed", &args.text("fixed", said(*fixed)).text("count", count(*blocks, words)))
        }
        Counted::Blocks { blocks, per_block: PerBlock::Share { divided_by, .. }, round } => {
            let args = args.text("fee", fee()).number("divisor", i64::from(*divided_by)).text("count", count(*blocks, words));
            let worked = words.with("credit-worked-share", &args);
            if is_even(credit.monthly_fee, *blocks, i64::from(*divided_by)) {
                return worked;
            }
            let rounded = words.get(match round {
                Round::Down => "credit-rounded-down",
                Round::Up => "credit-rounded-up",
            });
            words.with("credit-worked-rounded", &Args::new().text("worked", worked).text("rounded", rounded))
        }
        Counted::Share { least, most } => {
            let percent = |percent: &Percent| format!("{}%", percent.number());
            let part = if least == most {
                percent(least)
            } else {
                words.with("from-to", &Args::new().text("from", percent(least)).text("to", percent(most)))
            };
            words.with("credit-worked-percent", &args.text("fee", fee()).text("percent", part))
        }
    }
}

/// Whether nothing is left to round.
fn is_even(fee: Option<i64>, blocks: Bounds, divisor: i64) -> bool {
    let even = |blocks: Option<i64>| {
        let over = fee.zip(blocks).and_then(|(fee, blocks)| fee.checked_mul(blocks));
        over.is_none_or(|over| over % divisor.max(1) == 0)
    };
    even(blocks.min) && even(blocks.max)
}

fn count(blocks: Bounds, words: Words) -> String {
    let said = |count: Option<i64>| count.unwrap_or_default().to_string();
    match (blocks.min, blocks.max) {
        (min, Some(max)) if min == Some(max) => max.to_string(),
        (min, Some(max)) => words.with("from-to", &Args::new().text("from", said(min)).text("to", max.to_string())),
        (min, None) => words.with("verdict-at-least", &Args::new().text("amount", said(min))),
    }
}

/// A claim, part by part.
pub struct ClaimWords {
    /// When, how, to whom and by whom it was sent.
    pub sent: String,
    /// What was asked, and by when an answer.
    pub asked: String,
    /// How it was answered, when, and how much.
    pub answer: String,
    /// That it came too late, or may have; may be empty.
    pub late: String,
}

impl ClaimWords {
    /// The words for `claim`; `told` and `day` say moments and days as their reader reads them.
    pub fn of(
        claim: &CreditClaimView,
        words: Words,
        told: impl Fn(&Moment) -> String,
        day: impl Fn(NaiveDate) -> String,
    ) -> Self {
        let put = |key: &str, name: &'static str, value: String| words.with(key, &Args::new().text(name, value));
        let line = |parts: Vec<String>| parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" · ");
        let said = |value: i64| money(value, &claim.currency, words);
        let to = if claim.address.is_empty() { String::new() } else { put("credit-claim-to", "address", claim.address.clone()) };
        let asked = claim
            .amount
            .map_or_else(|| words.get("credit-claim-no-amount"), |asked| put("credit-claim-asked", "amount", said(asked)));
        let granted = claim.granted.map(|granted| match claim.answer {
            ClaimAnswer::Paid => put("credit-claim-paid", "amount", said(granted)),
            _ => put("credit-claim-granted", "amount", said(granted)),
        });
        Self {
            sent: line(vec![
                put("credit-claim-sent", "at", told(&claim.sent)),
                words.get(&format!("claim-way-{}", claim.way)),
                to,
                claim.sent_by.clone().unwrap_or_default(),
            ]),
            asked: line(vec![asked, claim.answer_by.map(|by| put("credit-claim-answer-by", "day", day(by))).unwrap_or_default()]),
            answer: line(vec![
                words.get(&format!("claim-answer-{}", claim.answer)),
                claim.answered.as_ref().map(told).unwrap_or_default(),
                granted.unwrap_or_default(),
            ]),
            late: match claim.in_time {
                Some(false) => words.get("credit-claim-late"),
                Some(true) | None => String::new(),
            },
        }
    }
}
