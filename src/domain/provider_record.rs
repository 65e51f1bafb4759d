//! A provider's record: what all incidents with one company came to, for the yearly talk with it.
//!
//! Each incident adds a [`Share`], made of what the meeting may see ([`Share::of`]) or of what the company may see
//! ([`Share::outward`]). Calls and waiting are those of [`super::figures`], the time down is that of the view, promises are those
//! that the company itself gave. An incident stands where it began: by the earliest that moment can have been, in the house's zone.

use std::collections::{BTreeMap, HashSet};

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::credit_claim::ClaimAnswer;
use super::dossier::Dossier;
use super::figures::PromiseFigures;
use super::id::{Id, Uid};
use super::incident::{IncidentNumber, Which};
use super::locale::Zone;
use super::moment::{Moment, Span, Stamp};
use super::party::Provider;
use super::statement::{Promise, PromiseState, Speaker};
use super::term::Finding;
use super::view::{Audience, Meeting, Outward, Provider as Outside, View};

pub mod period;
#[cfg(test)]
mod tests;

use period::{Period, Quarter};

/// What one incident adds to the record, as one audience may see it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Share {
    /// What was wrong.
    pub title: String,
    /// When it began: started, else noticed, else recorded.
    pub began: Moment,
    /// Which of them that is; none where it is when it was recorded.
    pub began_by: Option<Which>,
    /// How long it was down.
    pub down: Down,
    /// Calls with the company in which somebody was on the line.
    pub calls: usize,
    /// Attempts to reach it in which nobody was.
    pub attempts: usize,
    /// All waiting with it, in seconds.
    pub waiting: i64,
    /// How often the whole story was told to it again.
    pub retold: usize,
    /// What it promised.
    pub promises: Promises,
    /// Its notices, held against what was agreed.
    pub notices: Notices,
    /// The credits that are due from it.
    pub due: Vec<DueCredit>,
    /// The claims for credits that were sent to it.
    pub claims: Vec<SentClaim>,
}

/// How long it was down: to the makeshift, else the restoration.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Down {
    /// It is not known when it started or ended.
    Unknown,
    /// Since it began, and still.
    Still,
    /// So many seconds, at the least and at the most.
    For(i64, i64),
}

/// The company's promises by what became of them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Promises {
    /// All of them.
    pub given: usize,
    /// Kept, and not surely late.
    pub kept: usize,
    /// Kept, but surely after they fell due.
    pub kept_late: usize,
    /// Not kept.
    pub broken: usize,
    /// Not settled.
    pub open: usize,
    /// Put off to another one, or taken back.
    pub moved: usize,
}

/// Notices by what they came to.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Notices {
    /// As agreed.
    pub met: usize,
    /// Not as agreed.
    pub breached: usize,
    /// It cannot be determined.
    pub undetermined: usize,
}

/// A credit that surely is due.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DueCredit {
    /// ISO 4217.
    pub currency: String,
    /// At the least, in the currency's smallest unit; none where the amount cannot be computed.
    pub min: Option<i64>,
    /// At the most.
    pub max: Option<i64>,
    /// The last day to claim, under the latest reading; none where there is none.
    pub last_day: Option<NaiveDate>,
    /// Whether a claim was sent.
    pub claimed: bool,
    /// Whether it is too late under every reading, as last found.
    pub too_late: bool,
}

/// A claim that was sent.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SentClaim {
    /// ISO 4217.
    pub currency: String,
    /// How much was asked.
    pub amount: Option<i64>,
    /// Whether it was paid.
    pub paid: bool,
    /// How much.
    pub granted: Option<i64>,
}

impl Share {
    /// As the meeting may see it; `recorded` is when the incident was.
    pub fn of(dossier: &Dossier, now: Stamp, recorded: Stamp) -> Self {
        let view = dossier.view::<Meeting>(&(), now);
        let mut share = Self::seen(dossier, &view, recorded);
        if let Some(figures) = &view.figures {
            share.calls = figures.provider.calls_connected;
            share.attempts = figures.provider.attempts_failed;
            share.waiting = figures.provider.waiting_seconds;
            share.retold = figures.provider.retold;
        }
        for verdict in view.verdicts.iter().filter(|verdict| verdict.change.is_some()) {
            match verdict.finding {
                Finding::Met => share.notices.met += 1,
                Finding::Breached => share.notices.breached += 1,
                Finding::CannotDetermine => share.notices.undetermined += 1,
                Finding::Due | Finding::NotDue | Finding::NotComputable => {}
            }
        }
        let mut named = HashSet::new();
        for verdict in &view.verdicts {
            let Some(uid) = verdict.credit.filter(|uid| named.insert(*uid)) else { continue };
            let Some(credit) = dossier.credit::<Meeting>(&(), now, uid) else { continue };
            if let Some(due) = credit.due.filter(|_| credit.company_key == dossier.incident.provider) {
                share.due.push(DueCredit {
                    currency: credit.currency,
                    min: due.amount.and_then(|amount| amount.min),
                    max: due.amount.and_then(|amount| amount.max),
                    last_day: credit.last_days.map(|(_, last)| last),
                    claimed: credit.claimed,
                    too_late: verdict.lapsed == Some(true),
                });
            }
        }
        share
    }

    /// As the company may see it: no calls counted, no result of ours, nothing that nobody has asked of it yet.
    pub fn outward(dossier: &Dossier, now: Stamp, recorded: Stamp) -> Self {
        let view = dossier.view::<Outside>(&Outward::plain(dossier.incident.provider), now);
        Self::seen(dossier, &view, recorded)
    }

    /// What a view of any audience says.
    fn seen<A: Audience>(dossier: &Dossier, view: &View<A>, recorded: Stamp) -> Self {
        let time = |which| view.times.iter().find(|time| time.which == which).map(|time| (time.at.clone(), Some(which)));
        let (began, began_by) =
            time(Which::Started).or_else(|| time(Which::Detected)).unwrap_or((Moment::exact(recorded, dossier.house.zone), None));
        let down = match view.down {
            Some(_) if view.still_down => Down::Still,
            Some(Span { min, max }) => Down::For(min.num_seconds(), max.num_seconds()),
            None => Down::Unknown,
        };
        Self {
            title: view.title.clone(),
            began,
            began_by,
            down,
            calls: 0,
            attempts: 0,
            waiting: 0,
            retold: 0,
            promises: Promises::of(dossier, view),
            notices: Notices::default(),
            due: Vec::new(),
            claims: claims(dossier, view),
        }
    }

    /// How long it was down by `now`, in seconds at both readings; none where that is not known.
    pub fn down_by(&self, now: Stamp) -> Option<(i64, i64)> {
        match self.down {
            Down::Unknown => None,
            Down::For(min, max) => Some((min, max)),
            Down::Still => {
                let span = self.began.until(&Moment::exact(now, self.began.zone));
                Some((span.min.num_seconds(), span.max.num_seconds()))
            }
        }
    }

    /// The day on which it began, at the earliest.
    pub fn day(&self, zone: Zone) -> NaiveDate {
        self.began.from.with_timezone(&zone).date_naive()
    }
}

fn claims<A: Audience>(dossier: &Dossier, view: &View<A>) -> Vec<SentClaim> {
    let own: HashSet<Uid> =
        dossier.credit_claims.iter().filter(|claim| claim.provider == dossier.incident.provider).map(|claim| claim.uid).collect();
    let seen = view.credit_claims.iter().filter(|claim| claim.struck.is_none() && own.contains(&claim.uid));
    seen.map(|claim| SentClaim {
        currency: claim.currency.clone(),
        amount: claim.amount,
        paid: claim.answer == ClaimAnswer::Paid,
        granted: claim.granted,
    })
    .collect()
}

impl Promises {
    fn of<A: Audience>(dossier: &Dossier, view: &View<A>) -> Self {
        let seen: HashSet<Uid> = view.promises.iter().map(|promise| promise.uid).collect();
        let own =
            |promise: &Promise| seen.contains(&promise.uid) && given_by(dossier, promise) == Some(dossier.incident.provider);
        // The view of the company does not say what is late.
        let late = |promise: &Promise| promise.state == PromiseState::Kept && promise.late_seconds(view.as_of).is_some();
        let figures = PromiseFigures::counted(dossier, own);
        let kept_late = PromiseFigures::counted(dossier, |promise| own(promise) && late(promise)).given;
        Self {
            given: figures.given,
            kept: figures.kept - kept_late,
            kept_late,
            broken: figures.broken,
            open: figures.open,
            moved: figures.moved + figures.withdrawn,
        }
    }
}

/// The company whose word it is; none where it is ours.
fn given_by(dossier: &Dossier, promise: &Promise) -> Option<Id<Provider>> {
    match dossier.statement(promise.statement)?.1.speaker {
        Speaker::Theirs { provider, .. } => Some(provider),
        Speaker::Ours { .. } => None,
    }
}

/// What is kept of one incident, for each of the two audiences.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Shares {
    /// For the meeting.
    pub inward: Share,
    /// For the company.
    pub outward: Share,
}

/// An incident with what it adds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// Its number.
    pub number: IncidentNumber,
    /// What it adds.
    pub share: Share,
    /// Whether that is being computed again, so that this is as before.
    pub computing: bool,
}

/// What several incidents come to. Durations in seconds.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Totals {
    /// How many.
    pub incidents: usize,
    /// How long they were down, at the least.
    pub down_min: i64,
    /// At the most.
    pub down_max: i64,
    /// Of how many that is not known.
    pub down_unknown: usize,
    /// How many are down still.
    pub still_down: usize,
    /// Calls in which somebody was on the line.
    pub calls: usize,
    /// Attempts in which nobody was.
    pub attempts: usize,
    /// Waiting.
    pub waiting: i64,
    /// How often the whole story was told again.
    pub retold: usize,
    /// Promises.
    pub promises: Promises,
    /// Notices.
    pub notices: Notices,
    /// Credits, by currency.
    pub credits: BTreeMap<String, Credits>,
}

/// Credits in one currency.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Credits {
    /// Due.
    pub due: Sum,
    /// Claimed.
    pub claimed: Sum,
    /// Paid.
    pub paid: Sum,
    /// Due, and no longer to be claimed.
    pub lapsed: Sum,
}

/// Amounts as they are known, in the currency's smallest unit.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Sum {
    /// How many.
    pub count: usize,
    /// At the least.
    pub min: i64,
    /// At the most, of those of which that is known.
    pub max: i64,
    /// Of how many the most, or any amount, is not known.
    pub unknown: usize,
}

impl Sum {
    fn add(&mut self, min: Option<i64>, max: Option<i64>) {
        self.count += 1;
        self.min += min.unwrap_or(0);
        self.max += max.or(min).unwrap_or(0);
        self.unknown += usize::from(min.is_none() || max.is_none());
    }
}

impl DueCredit {
    /// Whether it can no longer be claimed, on `today`.
    pub fn has_lapsed(&self, today: NaiveDate) -> bool {
        self.too_late || (!self.claimed && self.last_day.is_some_and(|last| last < today))
    }
}

impl Totals {
    /// With one more incident, by `now`.
    pub fn add(&mut self, share: &Share, now: Stamp, zone: Zone) {
        self.incidents += 1;
        match share.down_by(now) {
            Some((min, max)) => {
                self.down_min += min;
                self.down_max += max;
            }
            None => self.down_unknown += 1,
        }
        self.still_down += usize::from(share.down == Down::Still);
        self.calls += share.calls;
        self.attempts += share.attempts;
        self.waiting += share.waiting;
        self.retold += share.retold;
        let (all, one) = (&mut self.promises, share.promises);
        all.given += one.given;
        all.kept += one.kept;
        all.kept_late += one.kept_late;
        all.broken += one.broken;
        all.open += one.open;
        all.moved += one.moved;
        self.notices.met += share.notices.met;
        self.notices.breached += share.notices.breached;
        self.notices.undetermined += share.notices.undetermined;
        let today = now.with_timezone(&zone).date_naive();
        for due in &share.due {
            let credits = self.credits.entry(due.currency.clone()).or_default();
            credits.due.add(due.min, due.max);
            if due.has_lapsed(today) {
                credits.lapsed.add(due.min, due.max);
            }
        }
        for claim in &share.claims {
            let credits = self.credits.entry(claim.currency.clone()).or_default();
            credits.claimed.add(claim.amount, claim.amount);
            if claim.paid {
                credits.paid.add(claim.granted, claim.granted);
            }
        }
    }
}

/// The record of one company over a period.
#[derive(Clone, Debug)]
pub struct ProviderRecord {
    /// The company's name.
    pub company: String,
    /// The period that was asked for.
    pub period: Period,
    /// Its first and last day.
    pub days: (NaiveDate, NaiveDate),
    /// The incidents that began in it, the latest first.
    pub rows: Vec<Row>,
    /// What they come to.
    pub totals: Totals,
    /// The same by quarter, the earliest first; those without any incident too.
    pub quarters: Vec<(Quarter, Totals)>,
    /// How many of them are being computed again.
    pub computing: usize,
    /// How many of the company's incidents have never been computed, so that nobody knows yet whether they belong here.
    pub not_yet: usize,
    /// As of when.
    pub as_of: Stamp,
}

impl ProviderRecord {
    /// Of those of `rows` that began in `period`.
    pub fn new(company: String, rows: Vec<Row>, not_yet: usize, period: Period, zone: Zone, now: Stamp) -> Self {
        let days = period.days(now.with_timezone(&zone).date_naive());
        let mut rows: Vec<Row> = rows.into_iter().filter(|row| (days.0..=days.1).contains(&row.share.day(zone))).collect();
        rows.sort_by_key(|row| std::cmp::Reverse((row.share.began.from, row.number)));
        let mut quarters: BTreeMap<Quarter, Totals> =
            Quarter::between(days.0, days.1).into_iter().map(|quarter| (quarter, Totals::default())).collect();
        let mut totals = Totals::default();
        for row in &rows {
            totals.add(&row.share, now, zone);
            quarters.entry(Quarter::of(row.share.day(zone))).or_default().add(&row.share, now, zone);
        }
        Self {
            company,
            period,
            days,
            totals,
            quarters: quarters.into_iter().collect(),
            computing: rows.iter().filter(|row| row.computing).count(),
            not_yet,
            rows,
            as_of: now,
        }
    }
}
