//! A term read back as sentences, with an example, so that whoever chose it sees what it will compute.

use chrono::{Datelike, Months, NaiveDate};

use super::reason::{self, day_text, length};
use super::{
    Address, AvailabilityTerm, ClaimFrom, Counted, CreditTerm, DeadlineTerm, DeemedUnit, NoticeTerm, PerBlock, Percent, Since,
    Term,
};
use crate::domain::calendar::Calendar;
use crate::domain::calendar::count::{Clock, Period, Unit};
use crate::domain::moment::{Stamp, local};
use crate::domain::phrases::{Arg, Phrase, joined, notice_form};

impl Term {
    /// What it says, sentence by sentence.
    pub fn sentences(&self) -> Vec<Phrase> {
        match self {
            Self::Notice(term) => notice(term),
            Self::Response(term) => vec![deadline("term-say-response", term)],
            Self::Restore(term) => vec![deadline("term-say-restore", term)],
            Self::Credit(term) => credit(term),
            Self::Availability(term) => availability(term),
            Self::Plain => vec![Phrase::new("term-say-plain")],
        }
    }

    /// An example on the calendar, seen from `now`: by when a notice must come, until when a claim must be made.
    pub fn example(&self, calendar: &Calendar, now: Stamp) -> Option<Phrase> {
        match self {
            Self::Notice(term) => {
                let lead = if term.any_of.is_empty() { term.lead? } else { term.any_of.first()?.lead? };
                let day = first_of_a_month_ahead(calendar.day(now))?;
                let limits = calendar.at_least(local::midnight(day, calendar.zone), &lead.ahead).ok()?;
                Some(Phrase::new("term-example-lead").phrase("day", day_text(day)).phrase("limits", reason::limits(&limits)))
            }
            Self::Response(term) | Self::Restore(term) => example_within(&term.within, term.clock, calendar, now),
            Self::Credit(term) => example_within(&term.claim_within?.period, Clock::Always, calendar, now),
            Self::Availability(_) | Self::Plain => None,
        }
    }
}

fn example_within(period: &Period, clock: Clock, calendar: &Calendar, now: Stamp) -> Option<Phrase> {
    let limits = calendar.within(now, period, clock).ok()?;
    Some(Phrase::new("term-example-within").with("at", Arg::At(now)).phrase("limits", reason::limits(&limits)))
}

/// The first of the month after next: far enough for any usual lead.
fn first_of_a_month_ahead(day: NaiveDate) -> Option<NaiveDate> {
    day.with_day(1)?.checked_add_months(Months::new(2))
}

fn all(phrases: impl Iterator<Item = Phrase>) -> Option<Phrase> {
    joined(phrases, |before, next| Phrase::new("term-say-or").phrase("before", before).phrase("after", next))
}

fn notice(term: &NoticeTerm) -> Vec<Phrase> {
    if !term.any_of.is_empty() {
        let route = |(n, route): (i64, &NoticeTerm)| {
            std::iter::once(Phrase::new("term-say-route").with("n", Arg::Number(n))).chain(notice(route))
        };
        return (1..).zip(&term.any_of).flat_map(route).collect();
    }
    let forms = term.forms.as_ref().and_then(|forms| all(forms.iter().map(|form| Phrase::new(notice_form(*form)))));
    let mut said = vec![match forms {
        Some(forms) => Phrase::new("term-say-forms").phrase("forms", forms),
        None => Phrase::new("term-say-any-form"),
    }];
    if term.address == Address::Registered {
        said.push(Phrase::new("term-say-registered"));
    }
    if let Some(lead) = &term.lead {
        let key = match lead.counts() {
            Counted::Arrival => "term-say-lead-arrival",
            Counted::Dispatch => "term-say-lead-dispatch",
        };
        said.push(Phrase::new(key).phrase("ahead", reason::ahead(&lead.ahead)));
    }
    if let Some(deemed) = &term.deemed {
        let unit = match deemed.unit {
            DeemedUnit::Days => Unit::Days,
            DeemedUnit::BusinessDays => Unit::BusinessDays,
        };
        said.push(Phrase::new("term-say-deemed").phrase("length", length(deemed.n, unit)));
    }
    said.extend(term.unless.iter().map(|name| Phrase::new("term-say-unless").text("name", name)));
    said
}

fn since(since: Since) -> Phrase {
    Phrase::new(match since {
        Since::Started => "term-say-since-started",
        Since::Reported => "term-say-since-reported",
        Since::ProviderKnew => "term-say-since-provider-knew",
    })
}

/// What happens to a last day that is a holiday.
fn roll(period: &Period) -> Phrase {
    let moves = matches!(period.unit, Unit::Days | Unit::Weeks | Unit::Months);
    Phrase::new(match period.roll {
        _ if !moves => "term-say-roll-none",
        Some(true) => "term-say-roll-moved",
        Some(false) => "term-say-roll-stays",
        None => "term-say-roll-not-said",
    })
}

fn deadline(key: &'static str, term: &DeadlineTerm) -> Phrase {
    Phrase::new(key)
        .phrase("length", reason::within(&term.within, term.clock))
        .phrase("since", since(term.from))
        .phrase("roll", roll(&term.within))
}

fn credit(term: &CreditTerm) -> Vec<Phrase> {
    let amount = match term.per_block {
        PerBlock::Share { divided_by, .. } => Phrase::new("term-say-share").with("divisor", Arg::Number(i64::from(divided_by))),
        PerBlock::Fixed { fixed } => Phrase::new("term-say-fixed").with("fixed", Arg::Number(fixed)),
    };
    let mut said = vec![
        Phrase::new("term-say-credit")
            .phrase("since", since(term.from))
            .seconds("minimum", term.minimum.seconds)
            .seconds("block", term.block.seconds)
            .phrase("amount", amount),
    ];
    if term.requires_total {
        said.push(Phrase::new("term-say-total"));
    }
    if term.requires_fault.is_some() {
        said.push(Phrase::new("term-say-fault"));
    }
    if let Some(claim) = &term.claim_within {
        let from = match claim.from {
            ClaimFrom::Restored => "term-say-claim-restored",
            ClaimFrom::Claimable => "term-say-claim-claimable",
        };
        let length = length(claim.period.n, claim.period.unit);
        said.push(Phrase::new(from).phrase("length", length).phrase("roll", roll(&claim.period)));
    }
    said
}

fn availability(term: &AvailabilityTerm) -> Vec<Phrase> {
    let percent = |percent: Percent| percent.number().to_string();
    let mut said = vec![Phrase::new("term-say-availability").text("target", percent(term.target_percent))];
    let tiers = term.tiers.iter();
    said.extend(tiers.map(|tier| {
        Phrase::new("term-say-tier").text("below", percent(tier.below)).text("credit", percent(tier.credit_percent))
    }));
    if term.minimum_minutes > 0 {
        said.push(Phrase::new("term-say-minimum").phrase("length", length(term.minimum_minutes, Unit::Minutes)));
    }
    said
}
