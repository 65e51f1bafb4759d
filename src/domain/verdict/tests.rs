//! What is taken for an answer of theirs and who may know of it, what stands apart from what, and which facts are named.

use super::*;
use crate::domain::contract::AgreementHow;
use crate::domain::deadline::tests::{OVER, at, clause, dossier, exact};
use crate::domain::incident::IncidentTime;
use crate::domain::statement::{Speaker, Statement, StatementKind, StatementStanding};
use crate::domain::view::{Internal, Meeting};

const RESPONSE: &str = r#"{"kind": "response", "within": {"n": 4, "unit": "hours"}, "from": "reported"}"#;
const CREDIT: &str = r#"{"kind": "credit", "from": "reported", "minimum_hours": 24, "block_hours": 24,
    "per_block": {"of": "monthly_fee", "divided_by": 30}}"#;
const UPTIME: &str = r#"{"kind": "availability", "period": "month", "target_percent": 99.9, "tiers": []}"#;

fn now() -> Stamp {
    at("2006-11-24T13:00")
}

/// Reported at 10:20, and down still; they had until 14:20 to respond.
fn down(entries: Vec<Entry>) -> Dossier {
    let times = [(Which::Started, "2006-11-22T09:00"), (Which::Reported, "2006-11-22T10:20")];
    Dossier { entries, ..dossier(&times, vec![clause(2, RESPONSE)]) }
}

/// That they said something, or we.
pub(in crate::domain) fn said(is_theirs: bool) -> Statement {
    let theirs = Speaker::Theirs { provider: Id::new(1), contact: None, who: String::new() };
    Statement {
        id: Id::new(1),
        uid: Uid::from_parts(1, [1; 10]),
        kind: StatementKind::Claim,
        speaker: if is_theirs { theirs } else { Speaker::Ours { person: None } },
        words: String::new(),
        verbatim: false,
        said_at: None,
        standing: StatementStanding::Open,
        cites: Vec::new(),
        change: None,
        visibility: Visibility::Provider,
    }
}

fn entry(kind: EntryKind, occurred: &str, statements: Vec<Statement>) -> Entry {
    Entry {
        id: Id::new(1),
        uid: Uid::from_parts(1, [1; 10]),
        revision: 0,
        incident: Id::new(1),
        kind,
        occurred: exact(occurred),
        recorded_at: at(occurred),
        author: None,
        provider: Some(Id::new(1)),
        contact: None,
        title: String::new(),
        body: String::new(),
        place: String::new(),
        looked_for: Vec::new(),
        change: None,
        settles: None,
        visibility: Visibility::Provider,
        struck: None,
        call: None,
        reply: None,
        statements,
    }
}

/// An agreement that a letter announces what changes, written before the clause with key 2.
pub(in crate::domain) fn agreement() -> Agreement {
    Agreement {
        id: Id::new(3),
        uid: Uid::from_parts(1, [3; 10]),
        revision: 0,
        contract: Id::new(1),
        made: exact("2005-03-01T10:00"),
        made_with: String::new(),
        contact: None,
        how: AgreementHow::Spoken,
        words: String::new(),
        verbatim: false,
        evidence: String::new(),
        standing: Standing::Established,
        confirmed_in: None,
        before_clause: Some(Id::new(2)),
        term: serde_json::from_str(r#"{"kind": "notice", "forms": ["letter"]}"#).expect("a term"),
        visibility: Visibility::Provider,
        struck: None,
    }
}

fn change(n: u8) -> Change {
    Change {
        id: Id::new(n.into()),
        uid: Uid::from_parts(1, [n; 10]),
        revision: 0,
        incident: Id::new(1),
        provider: Id::new(1),
        what: String::new(),
        effective: None,
        visibility: Visibility::Provider,
        struck: None,
    }
}

#[test]
fn what_we_wrote_is_no_answer_of_theirs_and_what_nobody_knows_whose_it_is_may_be_one() {
    let of = |entries: Vec<Entry>| down(entries).verdicts(now())[0].judgement.finding;
    let mail = |occurred: &str, theirs: &[bool]| {
        entry(EntryKind::Email, occurred, theirs.iter().map(|is_theirs| said(*is_theirs)).collect())
    };
    let (early, late) = ("2006-11-22T12:00", "2006-11-22T20:00");
    let came = || entry(EntryKind::Visit, late, Vec::new());
    assert_eq!(of(vec![mail(early, &[false])]), Finding::Breached, "only we wrote");
    assert_eq!(of(vec![mail(early, &[false, true])]), Finding::Met);
    assert_eq!(of(vec![entry(EntryKind::Reply, early, Vec::new())]), Finding::Met, "left through a share, it is theirs");
    assert_eq!(of(vec![mail(early, &[])]), Finding::CannotDetermine);
    assert_eq!(of(vec![mail(late, &[])]), Finding::Breached, "too late, whoever wrote it");
    assert_eq!(of(vec![came()]), Finding::Breached);
    assert_eq!(of(vec![mail(early, &[false]), came()]), Finding::Breached);
    assert_eq!(of(vec![mail(early, &[]), came()]), Finding::CannotDetermine);
}

#[test]
fn an_answer_of_which_only_our_own_people_may_read_makes_no_verdict_for_the_meeting() {
    let seen = |dossier: &Dossier| {
        let inside = dossier.view::<Internal>(&None, now()).verdicts.len();
        (inside, dossier.view::<Meeting>(&(), now()).verdicts.len())
    };
    let mut came = entry(EntryKind::Visit, "2006-11-22T12:00", Vec::new());
    assert_eq!(seen(&down(vec![came.clone()])), (1, 1));
    came.visibility = Visibility::Internal;
    assert_eq!(seen(&down(vec![came])), (1, 0));
}

#[test]
fn a_credit_is_judged_once_though_an_agreement_on_notice_stands_before_its_clause() {
    let changes = [change(1), change(2)];
    for n in 0..=changes.len() {
        let mut dossier = dossier(&OVER, vec![clause(2, CREDIT)]);
        dossier.agreements.push(agreement());
        dossier.changes = changes[..n].to_vec();
        let found = dossier.verdicts(now());
        let credits = found.iter().filter(|found| found.due().is_some()).count();
        assert_eq!((credits, found.len()), (1, 1 + n), "with {n} changes");
    }
}

#[test]
fn a_makeshift_that_ends_a_downtime_is_named_among_the_facts() {
    let mut dossier = dossier(&[(Which::Started, "2006-11-22T09:00")], vec![clause(2, UPTIME)]);
    let before = dossier.verdicts(now())[0].facts();
    dossier.incident.times.push(IncidentTime { which: Which::Mitigated, at: exact("2006-11-22T11:00"), by: None });
    let after = dossier.verdicts(now())[0].facts();
    assert_eq!(changed(&before, &after), ["facts.downtime[0]"]);
}
