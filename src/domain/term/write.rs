//! The answer of `tellonce verdict`: an outcome as JSON, with its reasons in words.

use serde_json::{Map, Value, json};

use super::reason::Reason;
use super::verdict::{Judgement, Outcome, Side};
use super::{Finding, Percent};
use crate::domain::phrases::Phrase;

/// The verdict as JSON; `say` puts a phrase into words.
pub fn json(verdict: &Judgement, say: &dyn Fn(&Phrase) -> String) -> Value {
    let mut map = match &verdict.agreement {
        None => outcome(&verdict.clause),
        Some(agreement) => {
            let mut map = Map::new();
            map.insert("governs".to_owned(), if agreement.governs { json!("agreement") } else { Value::Null });
            map.insert("clause".to_owned(), outcome(&verdict.clause).into());
            map.insert("agreement".to_owned(), outcome(&agreement.outcome).into());
            map
        }
    };
    map.insert("result".to_owned(), json!(verdict.finding));
    map.insert("reasons".to_owned(), verdict.reasons().map(|(side, reason)| self::reason(side, reason, say)).collect());
    map.into()
}

fn outcome(outcome: &Outcome) -> Map<String, Value> {
    let mut map = Map::new();
    map.insert("result".to_owned(), json!(outcome.finding));
    if !outcome.rules.is_empty() {
        let rules: Map<String, Value> =
            outcome.rules.iter().map(|(rule, finding)| (rule.as_str().to_owned(), json!(finding))).collect();
        map.insert("rules".to_owned(), rules.into());
    }
    if let Some(blocks) = outcome.credit.blocks {
        map.insert("blocks".to_owned(), json!(blocks));
    }
    if let Some(amount) = outcome.credit.amount {
        map.insert("amount".to_owned(), json!(amount));
    }
    if let Some(claim) = outcome.credit.claim {
        map.insert("claim_by".to_owned(), json!(claim.by));
        map.insert("lapsed".to_owned(), json!(claim.lapsed));
    }
    if let Some(availability) = outcome.availability {
        // Four decimals of at most 100: a double holds them.
        #[expect(clippy::cast_precision_loss, reason = "at most a million")]
        let percent = |ten_thousandths: i64| ten_thousandths as f64 / 10_000.0;
        let (worst, best) = availability.percent;
        map.insert("percent".to_owned(), json!({"min": percent(worst), "max": percent(best)}));
        let (least, most) = availability.credit;
        map.insert("credit_percent".to_owned(), json!({"min": number(least), "max": number(most)}));
    }
    map
}

/// A part of a hundred as a number: who reads the answer computes with it.
fn number(percent: Percent) -> Value {
    if percent.billionths.is_multiple_of(Percent::ONE) {
        json!(percent.billionths / Percent::ONE)
    } else {
        json!(percent.number())
    }
}

fn reason(side: Side, reason: &Reason, say: &dyn Fn(&Phrase) -> String) -> Value {
    let missing = reason.missing.iter().map(|missing| {
        json!({
            "what": missing.what,
            "fact": missing.fact.to_string(),
            "by": missing.by,
            "text": say(&Phrase::new(missing.what.key())),
        })
    });
    let mut map = Map::new();
    map.insert("rule".to_owned(), json!(reason.rule));
    // A claim's time is no result of the clause: it says whether the claim is still in time.
    map.insert("result".to_owned(), json!(reason.finding));
    let of = match side {
        Side::Clause => "clause",
        Side::Agreement => "agreement",
        Side::Both => "both",
    };
    map.insert("of".to_owned(), json!(of));
    for (key, at) in [("notice", reason.notice), ("route", reason.route)] {
        if let Some(at) = at {
            map.insert(key.to_owned(), json!(at));
        }
    }
    map.insert("facts".to_owned(), reason.facts.iter().map(ToString::to_string).collect());
    map.insert("working".to_owned(), reason.working.iter().map(say).collect());
    if reason.finding == Finding::CannotDetermine || !reason.missing.is_empty() {
        map.insert("missing".to_owned(), missing.collect());
    }
    map.into()
}
