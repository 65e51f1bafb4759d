//! A credit: what is due, by when it must be claimed, what is missing, and the letter that asks for it.

use chrono::{Days, NaiveDate};
use serde::Serialize;

use super::incident::verdicts::{ClaimLine, FindingTag};
use super::noun_form::Link;
use super::reader::Reader;
use crate::domain::locale::{Locale, Zone};
use crate::domain::moment::Stamp;
use crate::domain::term::Finding;
use crate::domain::term::reason::FactName;
use crate::domain::view::{CreditView, Internal, View};
use crate::render::frame::Frame;
use crate::render::tera::Page;
use crate::render::{credit, money, say};

/// How many days the letter gives for an answer.
const ANSWER_DAYS: u64 = 14;

/// By the end of which day a letter of today asks for an answer.
pub fn answer_by(now: Stamp, zone: Zone) -> NaiveDate {
    let today = now.with_timezone(&zone).date_naive();
    today.checked_add_days(Days::new(ANSWER_DAYS)).unwrap_or(today)
}

/// The page of one credit.
#[derive(Clone, Debug, Serialize)]
pub struct CreditPage {
    /// The incident.
    pub back: Link,
    /// What the clause is called.
    pub title: String,
    /// The contract and the company.
    pub contract: Link,
    /// The same in words.
    pub company: String,
    /// The clause's words; may be empty.
    pub quote: String,
    /// The agreement's words, where that governs; may be empty.
    pub agreed: String,
    /// What it comes to.
    pub finding: FindingTag,
    /// Whether something surely is due.
    pub due: bool,
    /// How much; empty where that cannot be computed.
    pub amount: String,
    /// How that was computed, line by line.
    pub working: Vec<String>,
    /// Whether the monthly fee is wanting.
    pub lacks_fee: bool,
    /// The last day to claim; empty where there is none.
    pub last_day: String,
    /// The last day when read in another way; empty where all readings give one day.
    pub or_day: String,
    /// Whether the last day has passed, and nothing was claimed.
    pub passed: bool,
    /// How the last day was counted.
    pub counted: Vec<String>,
    /// What would settle it.
    pub missing: Vec<MissingLine>,
    /// The letters; none where nothing surely is due, or they may not be told of what it rests on.
    pub letters: Vec<Link>,
    /// Where to record that it was sent.
    pub record: String,
    /// The claims that were sent.
    pub claims: Vec<ClaimLine>,
    /// Whether the reader may write.
    pub may_edit: bool,
}

impl Page for CreditPage {
    const TEMPLATE: &'static str = "credits/page.html";
}

/// What would settle it, and where that is entered.
#[derive(Clone, Debug, Serialize)]
pub struct MissingLine {
    /// What, in words.
    pub text: String,
    /// Who would have to show it, in words.
    pub by: String,
    /// Where it is entered; empty where only time or the clause's words can tell.
    pub href: String,
}

impl CreditPage {
    /// The page of `credit` in the incident of `view`; `told` is what its company may be told of it.
    pub fn new(view: &View<Internal>, credit: &CreditView, told: Option<&CreditView>, frame: &Frame, may_edit: bool) -> Self {
        let reader = Reader::new(frame, view.as_of);
        let incident = format!("/incidents/{}", view.number);
        let (href, claims_url) = (format!("{incident}/credits/{}", credit.uid), format!("{incident}/credit-claims"));
        let today = reader.date(view.as_of);
        let due = credit.due.as_ref();
        let amount = due.and_then(|due| due.amount);
        let counting = credit::counting(credit).map(|phrase| reader.say(phrase));
        let calculation = due.map(|due| credit::calculation(credit, due, reader.words()));
        let (first, last) = credit.last_days.unzip();
        let may_be_told = told.is_some_and(|told| told.due.is_some());
        let letter =
            |lang: &Locale| Link { href: format!("{href}/letter.pdf?lang={lang}"), text: reader.value("credit-letter", lang) };
        let governing = credit.agreement.as_ref().filter(|_| credit.agreement_governs || credit.clause.is_none());
        let claims =
            view.verdicts.iter().filter(|verdict| verdict.credit == Some(credit.uid)).flat_map(|verdict| view.claims_of(verdict));
        let mut lines: Vec<ClaimLine> = Vec::new();
        for claim in claims {
            if !lines.iter().any(|line| line.uid == claim.uid) {
                lines.push(ClaimLine::of(claim, reader));
            }
        }
        Self {
            back: Link { href: incident.clone(), text: format!("{} {}", view.number, view.title) },
            title: match &credit.clause {
                Some(clause) => say::clause(&clause.number, &clause.heading),
                None => credit.contract_title.clone(),
            },
            contract: Link { href: format!("/contracts/{}", credit.contract), text: credit.contract_title.clone() },
            company: credit.company.clone(),
            quote: credit.clause.as_ref().map(|clause| clause.quote.clone()).unwrap_or_default(),
            agreed: governing.map(|agreement| agreement.words.clone()).unwrap_or_default(),
            finding: FindingTag::of(credit.finding, reader),
            due: due.is_some(),
            amount: amount.map(|amount| money::amount(amount, &credit.currency, reader.words())).unwrap_or_default(),
            working: counting.chain(calculation.filter(|line| !line.is_empty())).collect(),
            lacks_fee: due.is_some() && credit.lacks_fee,
            last_day: first.map(|day| reader.day(day)).unwrap_or_default(),
            or_day: last.filter(|last| Some(*last) != first).map(|day| reader.day(day)).unwrap_or_default(),
            passed: !credit.claimed && first.is_some_and(|day| day < today),
            counted: credit.claim_counting.iter().map(|phrase| reader.say(phrase)).collect(),
            missing: missing(credit, &incident, reader),
            letters: if may_be_told { Locale::ALL.iter().map(letter).collect() } else { Vec::new() },
            record: record(credit, &claims_url, answer_by(view.as_of, frame.zone)),
            claims: lines,
            may_edit,
        }
    }
}

/// The form that records the sending, with what the letter of today says, where there is one.
fn record(credit: &CreditView, claims_url: &str, answer_by: NaiveDate) -> String {
    let form = format!("{claims_url}/new?of={}", credit.uid);
    let Some(due) = &credit.due else { return form };
    let amount = due.amount.and_then(|amount| amount.min).map(|amount| format!("&amount={amount}")).unwrap_or_default();
    format!("{form}{amount}&answer_by={answer_by}")
}

fn missing(credit: &CreditView, incident: &str, reader: Reader) -> Vec<MissingLine> {
    let place = |fact: &FactName| match fact {
        FactName::Started | FactName::Reported | FactName::ProviderKnew | FactName::Restored | FactName::Month => {
            format!("{incident}/times")
        }
        FactName::Downtime(_) => format!("{incident}/times"),
        FactName::Total | FactName::Fault => format!("{incident}/edit"),
        FactName::Agreement | FactName::Clause | FactName::MonthlyFee => format!("/contracts/{}", credit.contract),
        _ => String::new(),
    };
    let mut lines: Vec<MissingLine> = Vec::new();
    for (fact, missing) in credit.missing.iter().filter(|_| credit.finding == Finding::CannotDetermine) {
        let text = reader.get(missing.what.key());
        if !lines.iter().any(|line| line.text == text) {
            lines.push(MissingLine { text, by: reader.value("term-by", missing.by), href: place(fact) });
        }
    }
    lines
}

#[cfg(test)]
mod samples {
    use super::*;
    use crate::domain::locale::Locale;
    use crate::render::sample;
    use crate::render::tera::Sampled;

    impl Sampled for CreditPage {
        fn samples() -> Vec<Self> {
            let frame = Frame::anonymous(Locale::Ja);
            let page = |dossier: &crate::domain::dossier::Dossier| {
                let credit = dossier.credit::<Internal>(&None, sample::friday(), sample::credit_uid()).expect("a credit");
                let told = dossier.credit_outward(sample::friday(), sample::credit_uid());
                Self::new(&dossier.view::<Internal>(&None, sample::friday()), &credit, told.as_ref(), &frame, true)
            };
            let mut open = sample::with_credit(Locale::Ja);
            open.incident.fault = None;
            let mut without_fee = sample::with_credit(Locale::Ja);
            without_fee.contracts[0].monthly_fee = None;
            without_fee.credit_claims.clear();
            vec![page(&sample::with_credit(Locale::Ja)), page(&open), page(&without_fee)]
        }
    }
}
