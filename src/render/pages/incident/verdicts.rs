//! Verdicts on the incident's page: clause and agreement facing each other, the result, and the working behind a click.

use serde::Serialize;

use super::super::reader::Reader;
use crate::domain::id::Uid;
use crate::domain::term::Finding;
use crate::domain::term::verdict::Side;
use crate::domain::view::{CreditClaimView, FactPlace, Internal, MissingView, ReasonView, VerdictView, View};
use crate::render::credit::ClaimWords;
use crate::render::{money, say};

/// A verdict.
#[derive(Clone, Debug, Serialize)]
pub struct VerdictCard {
    /// Its history, once it was found.
    pub uid: Option<Uid>,
    /// What it is about: the clause's number, or the contract.
    pub title: String,
    /// The change that it is about; may be empty.
    pub change: String,
    /// What stands on each side: the clause, then the agreement.
    pub sides: Vec<SideCard>,
    /// What it comes to.
    pub finding: FindingTag,
    /// What it comes to under the agreement, where that is not proved.
    pub under_agreement: Option<FindingTag>,
    /// What it comes to under the clause alone, where an agreement stands beside it.
    pub under_clause: Option<FindingTag>,
    /// What would settle it.
    pub missing: Vec<MissingLine>,
    /// What is due, in words; may be empty.
    pub amount: String,
    /// Until when it must be claimed, in words; may be empty.
    pub claim: String,
    /// Whether it is too late for that.
    pub lapsed: bool,
    /// Where the credit is claimed; none where it is about no credit.
    pub credit: Option<Uid>,
    /// The claims for it.
    pub claims: Vec<ClaimLine>,
    /// Since when, and what made it so; may be empty.
    pub since: String,
    /// Rule by rule.
    pub reasons: Vec<ReasonLine>,
}

/// A claim for a credit.
#[derive(Clone, Debug, Serialize)]
pub struct ClaimLine {
    /// In URLs.
    pub uid: Uid,
    /// Under which clause, and of which company.
    pub of: String,
    /// When, how, to whom and by whom it was sent.
    pub sent: String,
    /// What was asked, and by when an answer.
    pub asked: String,
    /// How it was answered.
    pub answer: String,
    /// Whether that is overdue.
    pub overdue: bool,
    /// In their words; may be empty.
    pub words: String,
    /// The entry that tells of it.
    pub entry: Option<Uid>,
    /// That it came too late; may be empty.
    pub late: String,
    /// Who may read it, in words.
    pub visibility: String,
    /// Why it was struck out, if it was.
    pub struck: Option<String>,
}

impl ClaimLine {
    /// The line of a claim.
    pub fn of(claim: &CreditClaimView, reader: Reader) -> Self {
        let said = ClaimWords::of(claim, reader.words(), |moment| reader.told(moment), |day| reader.day(day));
        Self {
            uid: claim.uid,
            of: reader.line(&[claim.of.clone(), claim.company.clone()]),
            sent: said.sent,
            asked: said.asked,
            answer: said.answer,
            overdue: claim.overdue,
            words: claim.answer_words.clone(),
            entry: claim.entry,
            late: said.late,
            visibility: reader.value("visibility", claim.visibility),
            struck: claim.struck.clone(),
        }
    }
}

/// The claims that stand beside no verdict: those struck out, and those under a clause that is computed no more.
pub fn other_claims(view: &View<Internal>, reader: Reader) -> Vec<ClaimLine> {
    view.claims_beside_no_verdict().map(|claim| ClaimLine::of(claim, reader)).collect()
}

/// What stands on one side of a verdict.
#[derive(Clone, Debug, Serialize)]
pub struct SideCard {
    /// What it is.
    pub source: String,
    /// Its words.
    pub words: String,
    /// Whether they are quoted word for word.
    pub quoted: bool,
    /// How well it is proved; may be empty.
    pub standing: String,
}

/// A finding in words, and whether it is a bad one.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct FindingTag {
    /// In words.
    pub text: String,
    /// Whether it speaks against the provider.
    pub bad: bool,
    /// Whether it is open.
    pub open: bool,
}

/// What would settle a verdict.
#[derive(Clone, Debug, Serialize)]
pub struct MissingLine {
    /// What, in words.
    pub text: String,
    /// Who would have to show it, in words; empty where nobody can.
    pub by: String,
    /// What to ask; empty where the provider cannot give it.
    pub question: String,
    /// The question's name.
    pub name: String,
    /// Whether that is asked already.
    pub asked: bool,
}

/// A rule of a verdict.
#[derive(Clone, Debug, Serialize)]
pub struct ReasonLine {
    /// Of the clause, or of the agreement; empty where there is only one.
    pub of: String,
    /// Which rule.
    pub rule: String,
    /// What it comes to.
    pub finding: FindingTag,
    /// How it was computed.
    pub working: Vec<String>,
    /// What it rests on.
    pub facts: Vec<FactLink>,
    /// What would settle it.
    pub missing: Vec<String>,
}

/// A fact and where it stands.
#[derive(Clone, Debug, Serialize)]
pub struct FactLink {
    /// What it is.
    pub text: String,
    /// Where it stands.
    pub href: String,
}

/// All verdicts of an incident: what is open or bad first.
pub fn in_order(view: &View<Internal>) -> Vec<&VerdictView> {
    let mut verdicts: Vec<&VerdictView> = view.verdicts.iter().collect();
    verdicts.sort_by_key(|verdict| matches!(verdict.finding, Finding::Met | Finding::NotDue | Finding::NotComputable));
    verdicts
}

/// The cards of all verdicts of an incident.
pub fn cards(view: &View<Internal>, reader: Reader) -> Vec<VerdictCard> {
    in_order(view).into_iter().map(|verdict| card(view, verdict, reader)).collect()
}

/// What a verdict is about: the clause, or the contract.
pub fn title(verdict: &VerdictView) -> String {
    match &verdict.clause {
        Some(clause) => say::clause(&clause.number, &clause.heading),
        None => verdict.contract.clone(),
    }
}

/// What it comes to under the agreement, where that is not proved.
pub fn under_agreement(verdict: &VerdictView, reader: Reader) -> Option<FindingTag> {
    let unproved = verdict.agreement.is_some() && !verdict.agreement_governs;
    verdict.of_agreement.filter(|_| unproved).map(|finding| FindingTag::of(finding, reader))
}

impl FindingTag {
    /// A finding in the reader's words.
    pub fn of(finding: Finding, reader: Reader) -> Self {
        Self {
            text: reader.value("finding", finding),
            // What we are owed is good news.
            bad: finding == Finding::Breached,
            open: finding == Finding::CannotDetermine,
        }
    }
}

fn card(view: &View<Internal>, verdict: &VerdictView, reader: Reader) -> VerdictCard {
    let change = |(what, effective): &(String, Option<_>)| match effective {
        Some(effective) => reader.line(&[what.clone(), reader.told(effective)]),
        None => what.clone(),
    };
    VerdictCard {
        uid: verdict.uid,
        title: title(verdict),
        change: verdict.change.as_ref().map(change).unwrap_or_default(),
        sides: sides(verdict, reader),
        finding: FindingTag::of(verdict.finding, reader),
        under_agreement: under_agreement(verdict, reader),
        under_clause: (verdict.agreement.is_some() && verdict.clause.is_some())
            .then(|| FindingTag::of(verdict.of_clause, reader)),
        missing: verdict.missing.iter().map(|missing| missing_line(missing, reader)).collect(),
        amount: verdict.amount.map(|amount| money::amount(amount, &verdict.currency, reader.words())).unwrap_or_default(),
        claim: verdict.claim_by.map(|day| reader.with("verdict-claim-by", "day", reader.day(day))).unwrap_or_default(),
        lapsed: verdict.lapsed == Some(true),
        credit: verdict.credit,
        claims: view.claims_of(verdict).map(|claim| ClaimLine::of(claim, reader)).collect(),
        since: since(verdict, reader),
        reasons: verdict.reasons.iter().map(|reason| reason_line(verdict, reason, reader)).collect(),
    }
}

fn sides(verdict: &VerdictView, reader: Reader) -> Vec<SideCard> {
    let clause = verdict.clause.iter().map(|clause| SideCard {
        source: reader.line(&[reader.get("object-clause"), clause.number.clone(), clause.contract.clone()]),
        words: clause.quote.clone(),
        quoted: true,
        standing: String::new(),
    });
    let agreement = verdict.agreement.iter().map(|agreement| SideCard {
        source: reader.line(&[
            reader.get("object-agreement"),
            reader.told(&agreement.made),
            reader.value("agreement-how", agreement.how),
        ]),
        words: agreement.words.clone(),
        quoted: agreement.verbatim,
        standing: reader.value("standing", agreement.standing),
    });
    clause.chain(agreement).collect()
}

fn missing_line(missing: &MissingView, reader: Reader) -> MissingLine {
    let by = reader.value("term-by", missing.by);
    MissingLine {
        text: reader.get(missing.what.key()),
        by,
        question: missing.question.as_ref().map(|question| reader.say(question)).unwrap_or_default(),
        name: missing.question.as_ref().map(|question| question.name()).unwrap_or_default(),
        asked: missing.asked,
    }
}

fn since(verdict: &VerdictView, reader: Reader) -> String {
    let Some(since) = verdict.since else { return String::new() };
    let at = reader.at(since);
    if verdict.because.is_empty() {
        return reader.with("verdict-since", "at", at);
    }
    let names: Vec<String> = verdict.because.iter().map(|name| reader.get(fact_key(name))).collect();
    let args = crate::render::words::Args::new().text("at", at).text("facts", reader.line(&names));
    reader.with_args("verdict-since-because", &args)
}

/// The key of a fact's name, as a verdict keeps it.
pub fn fact_key(name: &str) -> &'static str {
    match name.split([' ', '[']).next().unwrap_or_default() {
        "agreement" => "object-agreement",
        "term" => "object-clause",
        "notice" => "fact-notice",
        "calendar" => "fact-calendar",
        "facts.effective" => "fact-effective",
        "facts.none_received" => "fact-none-received",
        "facts.started" => "time-started",
        "facts.reported" => "time-reported",
        "facts.responded" => "fact-responded",
        "facts.restored" => "time-restored",
        "facts.open" => "fact-open",
        "facts.total" => "fact-total",
        "facts.fault" => "fact-fault",
        "facts.monthly_fee" => "fact-fee",
        "facts.claimed_on" => "fact-claimed",
        "facts.downtime" => "fact-downtime",
        _ => "fact-other",
    }
}

fn reason_line(verdict: &VerdictView, reason: &ReasonView, reader: Reader) -> ReasonLine {
    let of = match reason.of {
        Side::Clause if verdict.agreement.is_some() => reader.get("object-clause"),
        Side::Agreement => reader.get("object-agreement"),
        Side::Clause | Side::Both => String::new(),
    };
    let href = |place: FactPlace| match place {
        FactPlace::Entry(uid) => format!("#e-{uid}"),
        FactPlace::Changes => "#changes".to_owned(),
        FactPlace::Incident => "#brief".to_owned(),
        FactPlace::Contract(uid) => format!("/contracts/{uid}"),
        FactPlace::CreditClaim(uid) => format!("#claim-{uid}"),
    };
    let mut facts: Vec<FactLink> = Vec::new();
    for fact in &reason.facts {
        let text = reader.get(fact.key);
        if !facts.iter().any(|known| known.text == text) {
            facts.push(FactLink { text, href: href(fact.place) });
        }
    }
    ReasonLine {
        of,
        rule: reader.value("rule", reason.rule),
        finding: FindingTag::of(reason.finding, reader),
        working: reason.working.iter().map(|working| reader.say(working)).collect(),
        facts,
        missing: reason.missing.iter().map(|missing| reader.get(missing.what.key())).collect(),
    }
}
