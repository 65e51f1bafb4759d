//! The fields of a term's form, a group for each kind.

use crate::domain::calendar::count::{Clock, Unit};
use crate::domain::contract::NoticeForm;
use crate::domain::term::{Address, ClaimFrom, Counted, DeemedUnit, Round, Since};
use crate::render::pages::noun_form::{FieldKind, Fields, Section};
use crate::render::words::Words;

use super::super::named;

/// The kinds of terms.
const KINDS: &[&str] = &["notice", "response", "restore", "credit", "availability", "plain"];
/// In what a lead is counted.
const LEADS: &[Unit] = &[Unit::Days, Unit::BusinessDays, Unit::Weeks, Unit::Months, Unit::Hours, Unit::Minutes];

pub fn sections(words: Words) -> Vec<Section> {
    let choose = |prefix: &str, values: &[&str]| named(words, prefix, values);
    let line = |fields: Fields, name: &str| fields.field(name, name, FieldKind::Line, false);
    let fields = Fields::new(words).choice("kind", "term-kind", false, choose("term-kind-", KINDS));

    let fields = fields
        .section("term-kind-notice", true)
        .several("forms", "term-forms", named(words, "notice-form-", NoticeForm::ALL))
        .choice("address", "term-address", false, named(words, "term-address-", Address::ALL));
    let fields = line(fields, "lead_n")
        .choice("lead_unit", "unit", false, named(words, "unit-", LEADS))
        .choice("lead_counted", "lead_counted", false, named(words, "term-counted-", Counted::ALL))
        .choice("lead_rule", "lead_rule", false, choose("term-rule-", &["clear", "not_clear"]));
    let fields = line(fields, "deemed_n").choice("deemed_unit", "unit", false, named(words, "unit-", DeemedUnit::ALL));
    let fields = line(fields, "unless");

    let fields = line(fields.section("term-kind-deadline", true), "within_n")
        .choice("within_unit", "unit", false, named(words, "unit-", Unit::ALL))
        .choice("within_roll", "roll", false, choose("term-roll-", &["yes", "no"]))
        .choice("deadline_from", "term-since", false, named(words, "term-since-", Since::ALL))
        .choice("clock", "clock", false, named(words, "term-clock-", Clock::ALL));

    let fields = fields.section("term-kind-credit", true).choice(
        "credit_from",
        "term-since",
        false,
        named(words, "term-since-", Since::ALL),
    );
    let fields = line(line(line(line(fields, "minimum_hours"), "block_hours"), "divided_by"), "fixed")
        .choice("round", "round", false, named(words, "term-round-", Round::ALL))
        .tick("requires_total")
        .tick("requires_fault");
    let fields = line(fields, "claim_n")
        .choice("claim_unit", "unit", false, named(words, "unit-", Unit::ALL))
        .choice("claim_roll", "roll", false, choose("term-roll-", &["yes", "no"]))
        .choice("claim_from", "claim_from", false, named(words, "term-claim-", ClaimFrom::ALL));

    let fields = line(line(fields.section("term-kind-availability", true), "target_percent"), "minimum_minutes");
    let fields = fields.area("tiers", false);
    fields.section("term-as-written", true).area("term_json", false).done()
}
