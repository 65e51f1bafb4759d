//! What it cost, a figure a row: its name in the JSON, which holds the unit, then what it counts.

use super::super::table::Column::Plain;
use super::super::table::{Pen, Row, Table};
use crate::domain::cost::Cost;
use crate::domain::figures::Figures;
use crate::domain::incident::Downtime;
use crate::domain::view::{Audience, View};

/// Empty for the provider, who is shown none.
pub(super) fn figures<A: Audience>(view: &View<A>, pen: Pen) -> Table {
    let table = Table::new(pen, &[Plain("column-figure"), Plain("column-item"), Plain("column-value")]);
    match &view.figures {
        Some(figures) => {
            let money = view.cost.iter().flat_map(|found| cost(found, pen));
            table.with(rows(figures, pen).into_iter().chain(downs(&view.downs, pen)).chain(money))
        }
        None => table,
    }
}

/// What it cost us, and what that is reckoned from; amounts in the smallest unit of the currency.
fn cost(cost: &Cost, pen: Pen) -> [Row; 8] {
    let basis = &cost.basis;
    let row = |name: &str, key: &str| pen.row().text(name).word(key);
    [
        row("cost.basis.people", "label-cost-people").number(basis.people),
        row("cost.basis.percent", "label-cost-percent").number(basis.percent),
        row("cost.basis.rate", "label-cost-rate").number(basis.rate),
        row("cost.basis.own", "label-cost-own").number(basis.own),
        row("cost.basis.currency", "field-currency").text(&basis.currency),
        row("cost.own", "column-cost-own").number(cost.own),
        row("cost.total.min", "column-cost-least").number(cost.total.min),
        row("cost.total.max", "column-cost-most").number(cost.total.max),
    ]
}

/// How long it was down by each definition, in seconds.
fn downs(downs: &[Downtime], pen: Pen) -> Vec<Row> {
    let row = |down: &Downtime, end: &str, key: &str, seconds: i64| {
        let to = down.to.map_or("now", |which| which.as_str());
        pen.row().text(&format!("downs.{}.{to}.{end}", down.from)).word(key).number(seconds)
    };
    let both = |down: &Downtime| {
        let span = down.span;
        [
            row(down, "min", "column-seconds-least", span.min.num_seconds()),
            row(down, "max", "column-seconds-most", span.max.num_seconds()),
        ]
    };
    downs.iter().flat_map(both).collect()
}

fn rows(figures: &Figures, pen: Pen) -> Vec<Row> {
    let (calls, waits, promises) = (&figures.provider, &figures.provider.waiting_of_which, &figures.promises);
    let seconds = |name: &str, key: &str, seconds: i64| pen.row().text(name).word(key).number(seconds);
    let count = |name: &str, key: &str, count: usize| pen.row().text(name).word(key).count(count);
    let mut rows = vec![
        count("provider.calls_connected", "figure-calls", calls.calls_connected),
        count("provider.attempts_failed", "figure-attempts", calls.attempts_failed),
        seconds("provider.waiting_seconds", "figure-waiting", calls.waiting_seconds),
        seconds("provider.waiting_of_which.failed_attempts", "waiting-failed", waits.failed_attempts),
        seconds("provider.waiting_of_which.before_answer", "waiting-answer", waits.before_answer),
        seconds("provider.waiting_of_which.transfer", "waiting-transfer", waits.transfer),
        seconds("provider.waiting_of_which.hold", "waiting-hold", waits.hold),
        seconds("provider.talking_seconds", "figure-talking", calls.talking_seconds),
        count("provider.people_reached", "figure-people", calls.people_reached),
        count("provider.told_from_start", "figure-told", calls.told_from_start),
        seconds("provider.telling_seconds", "column-telling", calls.telling_seconds),
        count("provider.retold", "figure-retold", calls.retold),
        seconds("provider.retelling_seconds", "column-retelling", calls.retelling_seconds),
        count("others.calls_connected", "figure-others", figures.others.calls_connected),
        count("others.own_colleagues", "figure-own", figures.others.own_colleagues),
        count("promises.given", "promises", promises.given),
        count("promises.kept", "promise-state-kept", promises.kept),
        count("promises.broken", "promise-state-broken", promises.broken),
        count("promises.open", "promise-state-open", promises.open),
        count("promises.moved", "promise-state-moved", promises.moved),
        count("promises.withdrawn", "promise-state-withdrawn", promises.withdrawn),
        count("contradictions", "contradictions", figures.contradictions),
    ];
    if let Some(down) = figures.down_until_mitigated_minutes {
        rows.push(seconds("down_until_mitigated_minutes.min", "column-minutes-least", down.min));
        rows.push(seconds("down_until_mitigated_minutes.max", "column-minutes-most", down.max));
    }
    let whose = [
        ("mitigated_by", "label-mitigated_by", &figures.mitigated_by),
        ("restored_by", "label-restored_by", &figures.restored_by),
    ];
    rows.extend(whose.into_iter().filter_map(|(name, key, by)| Some(pen.row().text(name).word(key).text(by.as_deref()?))));
    rows
}
