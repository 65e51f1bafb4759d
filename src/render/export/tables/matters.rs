//! What stands beside a timeline.

use super::super::table::Column::{Inward, Moment as When, Plain, Who as Person};
use super::super::table::{Column, Pen, Row, Table};
use crate::domain::id::Uid;
use crate::domain::view::{Audience, ChangeView, FileView, NoticeView, View};

pub(super) fn asks<A: Audience>(view: &View<A>, pen: Pen) -> Table {
    const COLUMNS: &[Column] = &[
        Plain("column-id"),
        Plain("field-company"),
        Plain("label-ask-words"),
        Plain("column-times-asked"),
        Plain("column-answer"),
        Person("column-answer-by"),
        When("column-answer-at"),
        Plain("column-answer-statement"),
        Inward("field-visibility"),
        Inward("field-struck"),
    ];
    let rows = view.asks.iter().map(|ask| {
        let answer = ask.answer.as_ref();
        pen.row()
            .shown(ask.uid)
            .text(&ask.company)
            .text(&ask.words)
            .count(ask.times_asked)
            .maybe(answer.map(|answer| answer.words.as_str()))
            .who(answer.map(|answer| &answer.who))
            .moment(answer.map(|answer| &answer.at))
            .maybe_shown(answer.map(|answer| answer.uid))
            .inward(|row| row.value("visibility", ask.visibility).maybe(ask.struck.as_deref()))
    });
    Table::new(pen, COLUMNS).with(rows)
}

pub(super) fn agreements<A: Audience>(view: &View<A>, pen: Pen) -> Table {
    const COLUMNS: &[Column] = &[
        Plain("column-id"),
        Plain("field-contract"),
        When("column-made"),
        Plain("field-made_with"),
        Plain("field-how"),
        Plain("field-words"),
        Plain("field-verbatim"),
        Inward("field-evidence"),
        Plain("field-standing"),
        Plain("field-before_clause"),
        Inward("field-struck"),
    ];
    let rows = view.agreements.iter().map(|agreement| {
        pen.row()
            .shown(agreement.uid)
            .text(&agreement.contract)
            .moment(Some(&agreement.made))
            .text(&agreement.made_with)
            .value("agreement-how", agreement.how)
            .text(&agreement.words)
            .yes(agreement.verbatim)
            .inward(|row| row.text(&agreement.evidence))
            .value("standing", agreement.standing)
            .maybe(agreement.before_clause.as_deref())
            .inward(|row| row.maybe(agreement.struck.as_deref()))
    });
    Table::new(pen, COLUMNS).with(rows)
}

pub(super) fn clauses<A: Audience>(view: &View<A>, pen: Pen) -> Table {
    const COLUMNS: &[Column] =
        &[Plain("column-id"), Plain("field-contract"), Plain("field-number"), Plain("field-heading"), Plain("field-quote")];
    let rows = view.clauses.iter().map(|clause| {
        let row = pen.row().shown(clause.uid).text(&clause.contract);
        row.text(&clause.number).text(&clause.heading).text(&clause.quote)
    });
    Table::new(pen, COLUMNS).with(rows)
}

/// A row for each notice; a change without any has one too.
pub(super) fn notices<A: Audience>(view: &View<A>, pen: Pen) -> Table {
    const COLUMNS: &[Column] = &[
        Plain("column-change"),
        Plain("field-company"),
        Plain("label-change-what"),
        When("column-effective"),
        Plain("column-id"),
        Plain("field-form"),
        When("field-sent"),
        When("field-received"),
        Plain("field-address"),
        Plain("field-to_registered"),
        Plain("field-standing"),
        Plain("field-note"),
        Inward("field-struck"),
    ];
    let rows = view.changes.iter().flat_map(|change| {
        let none = change.notices.is_empty().then_some(None);
        none.into_iter().chain(change.notices.iter().map(Some)).map(|notice| of_change(pen, change, notice))
    });
    Table::new(pen, COLUMNS).with(rows)
}

fn of_change(pen: Pen, change: &ChangeView, notice: Option<&NoticeView>) -> Row {
    let row = pen.row().shown(change.uid).text(&change.company).text(&change.what).moment(change.effective.as_ref());
    let struck = notice.and_then(|notice| notice.struck.as_deref()).or(change.struck.as_deref());
    row.maybe_shown(notice.map(|notice| notice.uid))
        .maybe_value("notice-form", notice.map(|notice| notice.form))
        .moment(notice.and_then(|notice| notice.sent.as_ref()))
        .moment(notice.and_then(|notice| notice.received.as_ref()))
        .maybe(notice.map(|notice| notice.address.as_str()))
        .maybe_yes(notice.and_then(|notice| notice.to_registered))
        .maybe_value("standing", notice.map(|notice| notice.standing))
        .maybe(notice.map(|notice| notice.note.as_str()))
        .inward(|row| row.maybe(struck))
}

pub(super) fn ruled_out<A: Audience>(view: &View<A>, pen: Pen) -> Table {
    const COLUMNS: &[Column] = &[
        Plain("column-id"),
        Plain("field-kind"),
        Plain("field-what"),
        Plain("field-why"),
        Inward("field-visibility"),
        Inward("field-struck"),
    ];
    let rows = view.ruled_out.iter().map(|item| {
        let row = pen.row().shown(item.uid).value("ruled-out-kind", item.kind).text(&item.what).text(&item.why);
        row.inward(|row| row.value("visibility", item.visibility).maybe(item.struck.as_deref()))
    });
    Table::new(pen, COLUMNS).with(rows)
}

pub(super) fn credit_claims<A: Audience>(view: &View<A>, pen: Pen) -> Table {
    const COLUMNS: &[Column] = &[
        Plain("column-id"),
        Plain("field-of"),
        Plain("field-company"),
        When("field-sent"),
        Plain("field-way"),
        Plain("field-address"),
        Plain("field-sent_by"),
        Plain("field-amount"),
        Plain("field-currency"),
        Plain("field-answer_by"),
        Plain("field-answer"),
        When("column-answer-at"),
        Plain("field-granted"),
        Plain("field-answer_words"),
        Inward("field-visibility"),
        Inward("field-struck"),
    ];
    let rows = view.credit_claims.iter().map(|claim| {
        pen.row()
            .shown(claim.uid)
            .text(&claim.of)
            .text(&claim.company)
            .moment(Some(&claim.sent))
            .value("claim-way", claim.way)
            .text(&claim.address)
            .maybe(claim.sent_by.as_deref())
            .maybe_number(claim.amount)
            .text(&claim.currency)
            .day(claim.answer_by)
            .value("claim-answer", claim.answer)
            .moment(claim.answered.as_ref())
            .maybe_number(claim.granted)
            .text(&claim.answer_words)
            .inward(|row| row.value("visibility", claim.visibility).maybe(claim.struck.as_deref()))
    });
    Table::new(pen, COLUMNS).with(rows)
}

/// The files, each with the entry or agreement it belongs to.
pub(super) fn files<A: Audience>(view: &View<A>, pen: Pen) -> Table {
    const COLUMNS: &[Column] = &[
        Plain("column-id"),
        Plain("field-owner"),
        Plain("column-owner"),
        Plain("field-name"),
        Plain("field-media_type"),
        Plain("field-size"),
        Plain("field-sha256"),
    ];
    let row = |owner: &'static str, of: Uid, file: &FileView| {
        let row = pen.row().shown(file.uid).word(owner).shown(of).text(&file.name).text(&file.media_type);
        row.number(file.size).text(&file.sha256)
    };
    let of_entries =
        view.entries.iter().flat_map(|entry| entry.files.iter().map(move |file| row("object-entry", entry.uid, file)));
    let of_agreements = (view.agreements.iter())
        .flat_map(|agreement| agreement.files.iter().map(move |file| row("object-agreement", agreement.uid, file)));
    Table::new(pen, COLUMNS).with(of_entries.chain(of_agreements))
}
