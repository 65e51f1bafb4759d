//! What stands in each table. Rows of one table point to those of another by the ids that addresses have too.

use super::table::Column::{Inward, Moment as When, Plain, Who as Person};
use super::table::{Column, Pen, Row, Table, TableName};
use crate::domain::id::Uid;
use crate::domain::phrases::Teller;
use crate::domain::view::{AgainstView, Audience, CallView, EntryView, Quote, View};
use crate::render::say::Voice;

mod figures;
mod matters;

/// One table of what `view` shows.
pub fn of<A: Audience>(view: &View<A>, name: TableName, pen: Pen) -> Table {
    match name {
        TableName::Incident => incident(view, pen),
        TableName::Entries => entries(view, pen),
        TableName::Calls => calls(view, pen),
        TableName::Legs => legs(view, pen),
        TableName::Waits => waits(view, pen),
        TableName::Statements => statements(view, pen),
        TableName::Promises => promises(view, pen),
        TableName::Asks => matters::asks(view, pen),
        TableName::Agreements => matters::agreements(view, pen),
        TableName::Clauses => matters::clauses(view, pen),
        TableName::Notices => matters::notices(view, pen),
        TableName::Contradictions => contradictions(view, pen),
        TableName::RuledOut => matters::ruled_out(view, pen),
        TableName::CreditClaims => matters::credit_claims(view, pen),
        TableName::Files => matters::files(view, pen),
        TableName::Figures => figures::figures(view, pen),
    }
}

/// A thing a row: what it is, what is so, and when that was.
fn incident<A: Audience>(view: &View<A>, pen: Pen) -> Table {
    let row = |key: &'static str| pen.row().word(key);
    let typed = |key: &'static str, text: &str| row(key).text(text).moment(None);
    let mut rows = vec![
        row("field-number").shown(view.number).moment(None),
        typed("field-title", &view.title),
        row("field-kind").value("incident-kind", view.kind).moment(None),
        row("incidents-status").value("status", view.status).moment(None),
        typed("party-role-provider", &view.provider),
        typed("field-company", &view.company),
        typed("field-what", &view.what),
        typed("field-affected", &view.affected),
    ];
    rows.extend(view.severity.map(|severity| row("field-severity").value("severity", severity).moment(None)));
    rows.extend((!view.cause.is_empty()).then(|| typed("field-cause", &view.cause)));
    rows.extend(view.parties.iter().map(|party| pen.row().value("party-role", party.role).text(&party.name).moment(None)));
    rows.extend(
        (view.times.iter()).map(|time| pen.row().value("time", time.which).maybe(time.by.as_deref()).moment(Some(&time.at))),
    );
    if let Some(down) = view.down {
        rows.push(row("column-down-least").number(down.min.num_seconds()).moment(None));
        rows.push(row("column-down-most").number(down.max.num_seconds()).moment(None));
    }
    rows.push(row("column-audience").value("audience", view.audience).moment(None));
    rows.push(row("column-as-of").at(Some(view.as_of)).moment(None));
    rows.push(typed("column-fingerprint", &view.fingerprint));
    rows.push(row("column-changes").number(view.changes_recorded).moment(None));
    Table::new(pen, &[Plain("column-item"), Plain("column-value"), When("field-occurred")]).with(rows)
}

fn entries<A: Audience>(view: &View<A>, pen: Pen) -> Table {
    const COLUMNS: &[Column] = &[
        Plain("column-id"),
        Plain("field-kind"),
        When("field-occurred"),
        Plain("column-recorded-at"),
        Inward("column-recorded-late"),
        Plain("column-corrections"),
        Plain("column-author"),
        Plain("field-company"),
        Person("field-with"),
        Plain("field-title"),
        Plain("field-body"),
        Plain("field-place"),
        Plain("column-settles-id"),
        Plain("field-formal"),
        Plain("field-takes_over"),
        Inward("field-phone"),
        Inward("field-visibility"),
        Inward("field-struck"),
    ];
    let row = |entry: &EntryView| {
        let reply = entry.reply.as_ref();
        pen.row()
            .shown(entry.uid)
            .value("entry-kind", entry.kind)
            .moment(Some(&entry.occurred))
            .at(Some(entry.recorded_at))
            .inward(|row| row.yes(entry.recorded_late))
            .number(entry.revision)
            .maybe(entry.author.as_deref())
            .maybe(entry.company.as_deref())
            .who(entry.with.as_ref())
            .text(&entry.title)
            .text(&entry.body)
            .text(&entry.place)
            .maybe(entry.settles.map(|item| item.to_string()).as_deref())
            .maybe_yes(reply.map(|reply| reply.formal))
            .maybe_yes(reply.map(|reply| reply.takes_over))
            .inward(|row| row.maybe(reply.map(|reply| reply.phone.as_str())))
            .inward(|row| row.value("visibility", entry.visibility).maybe(entry.struck.as_deref()))
    };
    Table::new(pen, COLUMNS).with(view.entries.iter().map(row))
}

/// The calls, each with its entry.
fn with_calls<A: Audience>(view: &View<A>) -> impl Iterator<Item = (&EntryView, &CallView)> {
    view.entries.iter().filter_map(|entry| Some((entry, entry.call.as_ref()?)))
}

fn calls<A: Audience>(view: &View<A>, pen: Pen) -> Table {
    const COLUMNS: &[Column] = &[
        Plain("column-entry"),
        When("field-occurred"),
        Plain("field-direction"),
        Plain("field-company"),
        Person("field-with"),
        Plain("column-colleague"),
        Inward("field-number"),
        Plain("field-outcome"),
        Plain("field-dialled"),
        Plain("field-answered"),
        Plain("field-ended"),
        Plain("column-length"),
        Plain("column-before-answer"),
        Plain("column-waited"),
        Plain("column-legs"),
        Inward("column-told"),
    ];
    let row = |(entry, call): (&EntryView, &CallView)| {
        pen.row()
            .shown(entry.uid)
            .moment(Some(&entry.occurred))
            .value("direction", call.direction)
            .maybe(entry.company.as_deref())
            .who(entry.with.as_ref())
            .yes(call.own_colleague)
            .inward(|row| row.text(&call.number))
            .value("outcome", call.outcome)
            .at(Some(call.dialled))
            .at(call.answered)
            .at(call.ended)
            .maybe_number(call.length_seconds)
            .number(call.before_answer_seconds)
            .number(call.waits.iter().map(|wait| wait.seconds).sum())
            .count(call.legs.len())
            .inward(|row| row.count(call.legs.iter().filter(|leg| leg.told_from_start).count()))
    };
    Table::new(pen, COLUMNS).with(with_calls(view).map(row))
}

fn legs<A: Audience>(view: &View<A>, pen: Pen) -> Table {
    const COLUMNS: &[Column] = &[
        Plain("column-entry"),
        Plain("column-place"),
        Person("field-who"),
        Plain("field-from"),
        Plain("field-to"),
        Inward("field-told_from_start"),
        Inward("column-telling"),
    ];
    let rows = with_calls(view).flat_map(|(entry, call)| {
        call.legs.iter().enumerate().map(|(n, leg)| {
            pen.row().shown(entry.uid).count(n + 1).who(Some(&leg.who)).at(leg.from).at(leg.to).inward(|row| {
                let telling = leg.telling_seconds;
                row.yes(leg.told_from_start).maybe_number(telling)
            })
        })
    });
    Table::new(pen, COLUMNS).with(rows)
}

fn waits<A: Audience>(view: &View<A>, pen: Pen) -> Table {
    const COLUMNS: &[Column] =
        &[Plain("column-entry"), Plain("column-place"), Plain("label-wait_why"), Plain("field-from"), Plain("column-length")];
    let rows = with_calls(view).flat_map(|(entry, call)| {
        call.waits.iter().enumerate().map(|(n, wait)| {
            pen.row().shown(entry.uid).count(n + 1).value("wait", wait.why).at(Some(wait.from)).number(wait.seconds)
        })
    });
    Table::new(pen, COLUMNS).with(rows)
}

/// Several in one cell.
fn together<T: ToString>(all: &[T]) -> String {
    all.iter().map(ToString::to_string).collect::<Vec<_>>().join(" / ")
}

fn statements<A: Audience>(view: &View<A>, pen: Pen) -> Table {
    const COLUMNS: &[Column] = &[
        Plain("column-id"),
        Plain("column-entry"),
        Plain("field-said_at"),
        Person("field-speaker"),
        Inward("label-statement-kind"),
        Plain("field-words"),
        Plain("field-verbatim"),
        Inward("field-standing"),
        Plain("column-promise"),
        Inward("column-contradiction"),
        Plain("field-cites"),
        Inward("field-visibility"),
    ];
    let rows = view.entries.iter().flat_map(|entry| {
        entry.statements.iter().map(|said| {
            pen.row()
                .shown(said.uid)
                .shown(entry.uid)
                .at(said.said_at)
                .who(Some(&said.who))
                .inward(|row| row.maybe_value("statement-kind", said.kind))
                .text(&said.words)
                .yes(said.verbatim)
                .inward(|row| row.maybe_value("statement-standing", said.standing))
                .maybe_shown(said.promise)
                .inward(|row| row.text(&together::<Uid>(&said.contradictions)))
                .text(&together(&said.cites))
                .inward(|row| row.value("visibility", said.visibility))
        })
    });
    Table::new(pen, COLUMNS).with(rows)
}

fn promises<A: Audience>(view: &View<A>, pen: Pen) -> Table {
    const COLUMNS: &[Column] = &[
        Plain("column-id"),
        Plain("column-statement"),
        Plain("column-entry"),
        Person("field-speaker"),
        When("column-given"),
        Plain("field-words"),
        Plain("field-verbatim"),
        When("field-due"),
        Plain("field-due_by"),
        Plain("field-due_reason"),
        Plain("field-state"),
        When("column-settled"),
        Inward("column-overdue"),
        Inward("column-late"),
        Inward("field-struck"),
    ];
    let (teller, voice) = (Teller::of(view), Voice::new(pen.words(), pen.zone(), None));
    let rows = view.promises.iter().chain(&view.steps).map(|promise| {
        // What became of it is said as on the page: to the provider nothing is called broken.
        let state = voice.say(&teller.state(promise));
        quoted(pen.row().shown(promise.uid), &promise.quote)
            .moment(promise.due.as_ref())
            .value("due-by", promise.due_by)
            .text(&promise.due_reason)
            .text(&state)
            .moment(promise.settled.as_ref())
            .inward(|row| row.yes(promise.overdue).maybe_number(promise.late_seconds).maybe(promise.struck.as_deref()))
    });
    Table::new(pen, COLUMNS).with(rows)
}

/// A statement as it is cited: its id and its entry's, who, when, the words.
fn quoted(row: Row, quote: &Quote) -> Row {
    let row = row.shown(quote.uid).shown(quote.entry).who(Some(&quote.who)).moment(Some(&quote.at));
    row.text(&quote.words).yes(quote.verbatim)
}

fn contradictions<A: Audience>(view: &View<A>, pen: Pen) -> Table {
    const COLUMNS: &[Column] = &[
        Plain("column-id"),
        Plain("column-statement"),
        Plain("column-entry"),
        Person("field-speaker"),
        When("column-given"),
        Plain("field-words"),
        Plain("field-verbatim"),
        Plain("column-against"),
        Plain("column-against-id"),
        Person("column-against-who"),
        When("column-against-when"),
        Plain("column-against-words"),
        Inward("field-note"),
        Inward("field-struck"),
    ];
    let rows = view.contradictions.iter().map(|item| {
        against(quoted(pen.row().shown(item.uid), &item.said), &item.against)
            .inward(|row| row.text(&item.note).maybe(item.struck.as_deref()))
    });
    Table::new(pen, COLUMNS).with(rows)
}

/// The other side: what it is, its id, whose words, from when, and the words.
fn against(row: Row, other: &AgainstView) -> Row {
    match other {
        AgainstView::Statement { quote } => {
            let row = row.word("field-statement").shown(quote.uid).who(Some(&quote.who));
            row.moment(Some(&quote.at)).text(&quote.words)
        }
        AgainstView::Clause { number, quote } => row.word("object-clause").text(number).who(None).moment(None).text(quote),
        AgainstView::Agreement { made, words, .. } => {
            row.word("object-agreement").text("").who(None).moment(Some(made)).text(words)
        }
        AgainstView::Entry { uid, entry_kind, at, text } => {
            row.value("entry-kind", entry_kind).shown(uid).who(None).moment(Some(at)).text(text)
        }
    }
}

#[cfg(test)]
mod tests;
