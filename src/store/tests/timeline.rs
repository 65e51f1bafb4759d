//! An incident in which every table has rows, every column that may be empty is so once and is not once.

use chrono::NaiveDate;

use super::samples::Companies;
use crate::domain::call::{Call, CallWith, Direction, Leg, Outcome, Telling, Wait, WaitWhy};
use crate::domain::contract::{NoticeForm, Standing};
use crate::domain::credit_claim::{ClaimAnswer, ClaimWay, CreditClaim};
use crate::domain::entry::{Entry, EntryKind, Struck};
use crate::domain::id::Id;
use crate::domain::incident::{Incident, IncidentKind, IncidentTime, Party, PartyRole, Severity, Which};
use crate::domain::locale::DEFAULT_ZONE;
use crate::domain::matter::{Against, Ask, Contradiction, RuledOut, RuledOutKind};
use crate::domain::moment::Moment;
use crate::domain::notice::{Change, Notice};
use crate::domain::paper::Paper;
use crate::domain::party::{Attachment, Owner};
use crate::domain::permit::Actor;
use crate::domain::statement::{Citation, DueBy, Promise, PromiseState, Speaker, Statement, StatementKind, StatementStanding};
use crate::domain::term::Finding;
use crate::domain::term::facts::Fault;
use crate::domain::verdict::Verdict;
use crate::domain::visibility::Visibility;
use crate::store::permit::{Edit, Permit};
use crate::store::testing::at;
use crate::store::{
    Result, Tx, asks, attachments, changes, contradictions, credit_claims as claims, entries, incidents, notices, promises,
    ruled_out, verdicts,
};

/// What [`everything`] wrote.
pub(super) struct Everything {
    pub incident: Incident,
    pub call: Entry,
    pub promise: Promise,
    pub ask: Ask,
    pub ruled_out: RuledOut,
    pub contradiction: Contradiction,
    pub change: Change,
    pub notice: Notice,
    pub credit_claim: CreditClaim,
    pub file: Attachment,
    pub paper: Paper,
}

/// A moment told in words.
pub(super) fn about(minutes: i64) -> Moment {
    Moment { from: at(minutes - 15), to: at(minutes + 15), words: Some("９時頃 加".to_owned()), zone: DEFAULT_ZONE }
}

pub(super) fn exact(minutes: i64) -> Moment {
    Moment::exact(at(minutes), chrono_tz::UTC)
}

fn struck(tx: &Tx<'_>) -> Option<Struck> {
    Some(Struck { at: tx.now(), reason: "取り違え 加".to_owned() })
}

/// Opens an incident with the companies' provider.
pub(super) fn incident<'tx>(
    tx: &mut Tx<'tx>,
    actor: Actor,
    companies: &Companies,
) -> Result<(Incident, Permit<'tx, Edit, Incident>)> {
    let house = incidents::for_open(tx, actor)?;
    let incident = Incident {
        id: tx.fresh_id()?,
        number: incidents::next_number(tx, 2006)?,
        revision: 0,
        kind: IncidentKind::Outage,
        title: "メールが送れない (Port 25)".to_owned(),
        title_outward: String::new(),
        provider: companies.provider.id,
        severity: Severity::S1,
        what: "送信できない".to_owned(),
        affected: String::new(),
        cause: String::new(),
        total: Some(true),
        fault: Some(Fault::Provider),
        times: vec![IncidentTime { which: Which::Started, at: about(0), by: None }],
        parties: vec![Party { provider: companies.provider.id, role: PartyRole::Provider, sign: "P".to_owned() }],
        contracts: vec![companies.contract.id],
        restricted_to: Vec::new(),
        cost: None,
    };
    let permit = incidents::open(tx, &house, "incidents::open", &incident)?;
    Ok((incident, permit))
}

/// A call in which somebody of theirs says two things, and one of us another.
pub(super) fn call(tx: &mut Tx<'_>, incident: &Incident, companies: &Companies) -> Result<Entry> {
    let (provider, contact) = (companies.provider.id, Some(companies.sato.id));
    let theirs = Speaker::Theirs { provider, contact, who: "窓口の方".to_owned() };
    let unknown = Speaker::Theirs { provider, contact: None, who: String::new() };
    let cites = vec![Citation::Clause(companies.clause.id), Citation::Agreement(companies.agreement.id)];
    let told = Telling { from: Some(at(2)), to: Some(at(5)) };
    let leg = |contact, told_from_start| Leg { contact, who: "技術".to_owned(), from: Some(at(2)), to: None, told_from_start };
    Ok(Entry {
        kind: EntryKind::Call,
        provider: Some(provider),
        contact,
        call: Some(Call {
            direction: Direction::Out,
            with: CallWith::Company,
            number: "03/5550-0100".to_owned(),
            dialled: at(0),
            answered: Some(at(1)),
            ended: Some(at(9)),
            outcome: Outcome::Answered,
            legs: vec![leg(contact, Some(told)), leg(None, Some(Telling { from: None, to: None })), leg(None, None)],
            waits: vec![
                Wait { why: WaitWhy::Transfer, from: at(1), to: at(2) },
                Wait { why: WaitWhy::Hold, from: at(6), to: at(8) },
            ],
        }),
        statements: vec![
            statement(tx, theirs, cites)?,
            statement(tx, unknown, vec![Citation::Clause(companies.clause.id)])?,
            statement(tx, Speaker::Ours { person: None }, Vec::new())?,
        ],
        ..note(tx, incident.id, None)?
    })
}

/// Somebody of the provider says something.
pub(super) fn said(tx: &mut Tx<'_>, companies: &Companies, words: &str) -> Result<Statement> {
    let speaker = Speaker::Theirs { provider: companies.provider.id, contact: None, who: "技術".to_owned() };
    Ok(Statement { words: words.to_owned(), ..statement(tx, speaker, Vec::new())? })
}

fn statement(tx: &mut Tx<'_>, speaker: Speaker, cites: Vec<Citation>) -> Result<Statement> {
    Ok(Statement {
        id: tx.fresh_id()?,
        uid: tx.fresh_uid()?,
        kind: StatementKind::Claim,
        speaker,
        words: "「通知しました」😀".to_owned(),
        verbatim: true,
        said_at: None,
        standing: StatementStanding::Disputed,
        cites,
        change: None,
        visibility: Visibility::Provider,
    })
}

/// A note of ours.
pub(super) fn note(tx: &mut Tx<'_>, incident: Id<Incident>, author: Option<Actor>) -> Result<Entry> {
    Ok(Entry {
        id: tx.fresh_id()?,
        uid: tx.fresh_uid()?,
        revision: 0,
        incident,
        kind: EntryKind::Note,
        occurred: exact(30),
        recorded_at: tx.now(),
        author: author.and_then(Actor::person),
        provider: None,
        contact: None,
        title: String::new(),
        body: "覚え書き\n加".to_owned(),
        place: "本館".to_owned(),
        looked_for: vec![NoticeForm::Letter, NoticeForm::Fax],
        settles: None,
        change: None,
        visibility: Visibility::Meeting,
        struck: None,
        call: None,
        reply: None,
        statements: Vec::new(),
    })
}

/// One of everything, and another of each that is as empty as it may be.
pub(super) fn everything(tx: &mut Tx<'_>, actor: Actor, companies: &Companies) -> Result<Everything> {
    let (mut incident, permit) = incident(tx, actor, companies)?;
    let (change, unknown_change) = (a_change(tx, &incident)?, a_change(tx, &incident)?);
    changes::add(tx, &permit, "changes::put_down", &change)?;
    let unknown_change = Change { effective: None, struck: struck(tx), ..unknown_change };
    changes::add(tx, &permit, "changes::put_down", &unknown_change)?;
    let mut call = call(tx, &incident, companies)?;
    entries::add(tx, &permit, "calls::log", &call)?;
    let note = Entry { struck: struck(tx), change: Some(change.id), occurred: about(30), ..note(tx, incident.id, Some(actor))? };
    entries::add(tx, &permit, "entries::note", &note)?;
    let attempt = attempt(tx, &incident, companies)?;
    entries::add(tx, &permit, "calls::log", &attempt)?;

    (call.revision, call.statements[1].said_at, call.statements[1].change) = (1, Some(at(4)), Some(change.id));
    call.statements[2].speaker = Speaker::Ours { person: actor.person() };
    entries::change(tx, &permit, "entries::correct", &call)?;
    let (at_mitigated, at_closed) = (exact(90), about(600));
    incident.times.push(IncidentTime { which: Which::Mitigated, at: at_mitigated, by: Some(companies.other.id) });
    incident.times.push(IncidentTime { which: Which::Closed, at: at_closed, by: None });
    incident.parties.push(Party { provider: companies.other.id, role: PartyRole::Rescuer, sign: String::new() });
    incident.contracts.push(companies.bare.id);
    incident.restricted_to = actor.person().into_iter().collect();
    incident.revision = 1;
    incidents::change(tx, &permit, "incidents::correct", &incident)?;

    let promise = promises(tx, &permit, &call)?;
    let ask = asks(tx, &permit, &call, companies)?;
    let ruled_out = things_ruled_out(tx, &permit)?;
    let contradiction = contradictions(tx, &permit, &call, companies)?;
    let notice = notices(tx, &permit, &change, &call)?;
    verdict(tx, &permit, &change, companies)?;
    let credit_claim = credit_claims(tx, &permit, &call, companies)?;
    let file = files(tx, &permit, &call, actor)?;
    super::given::away(tx, &permit, companies)?;
    let paper = super::given::finals(tx, &permit)?;
    Ok(Everything { incident, call, promise, ask, ruled_out, contradiction, change, notice, credit_claim, file, paper })
}

fn attempt(tx: &mut Tx<'_>, incident: &Incident, companies: &Companies) -> Result<Entry> {
    let call = Call {
        direction: Direction::In,
        with: CallWith::OwnColleague,
        number: String::new(),
        dialled: at(20),
        answered: None,
        ended: None,
        outcome: Outcome::NoAnswer,
        legs: Vec::new(),
        waits: Vec::new(),
    };
    let provider = Some(companies.provider.id);
    Ok(Entry { kind: EntryKind::FailedAttempt, provider, call: Some(call), ..note(tx, incident.id, None)? })
}

fn a_change(tx: &mut Tx<'_>, incident: &Incident) -> Result<Change> {
    Ok(Change {
        id: tx.fresh_id()?,
        uid: tx.fresh_uid()?,
        revision: 0,
        incident: incident.id,
        provider: incident.provider,
        what: "25番ポートを閉じる".to_owned(),
        effective: Some(about(-100)),
        visibility: Visibility::Provider,
        struck: None,
    })
}

fn promises(tx: &mut Tx<'_>, permit: &Permit<'_, Edit, Incident>, call: &Entry) -> Result<Promise> {
    let mut promise = Promise {
        id: tx.fresh_id()?,
        uid: tx.fresh_uid()?,
        revision: 0,
        incident: call.incident,
        entry: call.id,
        statement: call.statements[0].id,
        due: Some(about(60)),
        due_by: DueBy::Ours,
        due_reason: "「すぐ」を30分とした".to_owned(),
        state: PromiseState::Open,
        settled: None,
        settled_by: None,
        moved_to: None,
        struck: None,
    };
    promises::add(tx, permit, "promises::put_down", &promise)?;
    let bare = Promise { id: tx.fresh_id()?, uid: tx.fresh_uid()?, due: None, struck: struck(tx), ..promise.clone() };
    promises::add(tx, permit, "promises::put_down", &bare)?;
    (promise.revision, promise.state, promise.moved_to) = (1, PromiseState::Moved, Some(bare.id));
    (promise.settled, promise.settled_by) = (Some(exact(61)), Some(call.id));
    promises::change(tx, permit, "promises::move_on", &promise)?;
    Ok(promise)
}

fn asks(tx: &mut Tx<'_>, permit: &Permit<'_, Edit, Incident>, call: &Entry, companies: &Companies) -> Result<Ask> {
    let mut ask = Ask {
        id: tx.fresh_id()?,
        uid: tx.fresh_uid()?,
        revision: 0,
        incident: call.incident,
        provider: companies.provider.id,
        words: "通知はいつ、どこへ？".to_owned(),
        about: Some("term-ask-dispatch".to_owned()),
        asked_in: vec![call.id],
        answered_by: None,
        visibility: Visibility::Provider,
        struck: None,
    };
    asks::add(tx, permit, "asks::put_down", &ask)?;
    let bare = Ask { id: tx.fresh_id()?, uid: tx.fresh_uid()?, asked_in: Vec::new(), struck: struck(tx), ..ask.clone() };
    asks::add(tx, permit, "asks::put_down", &bare)?;
    let again = note(tx, call.incident, None)?;
    entries::add(tx, permit, "entries::note", &again)?;
    (ask.revision, ask.answered_by) = (1, Some(call.statements[1].id));
    ask.asked_in.insert(0, again.id);
    asks::change(tx, permit, "asks::answer", &ask)?;
    Ok(ask)
}

fn things_ruled_out(tx: &mut Tx<'_>, permit: &Permit<'_, Edit, Incident>) -> Result<RuledOut> {
    let item = RuledOut {
        id: tx.fresh_id()?,
        uid: tx.fresh_uid()?,
        revision: 0,
        incident: permit.id(),
        kind: RuledOutKind::Checked,
        what: "モデム".to_owned(),
        why: "ほかは使える".to_owned(),
        visibility: Visibility::Provider,
        struck: None,
    };
    ruled_out::add(tx, permit, "ruled_out::put_down", &item)?;
    let struck = struck(tx);
    let other = RuledOut { id: tx.fresh_id()?, uid: tx.fresh_uid()?, kind: RuledOutKind::Remedy, struck, ..item.clone() };
    ruled_out::add(tx, permit, "ruled_out::put_down", &other)?;
    Ok(item)
}

fn contradictions(
    tx: &mut Tx<'_>,
    permit: &Permit<'_, Edit, Incident>,
    call: &Entry,
    companies: &Companies,
) -> Result<Contradiction> {
    let all = [
        Against::Agreement(companies.agreement.id),
        Against::Clause(companies.clause.id),
        Against::Statement(call.statements[1].id),
        Against::Entry(call.id),
    ];
    let mut first = None;
    for against in all {
        let item = Contradiction {
            id: tx.fresh_id()?,
            uid: tx.fresh_uid()?,
            revision: 0,
            incident: permit.id(),
            statement: call.statements[0].id,
            against,
            note: String::new(),
            visibility: Visibility::Meeting,
            struck: if first.is_some() { struck(tx) } else { None },
        };
        contradictions::add(tx, permit, "contradictions::set_against", &item)?;
        first.get_or_insert(item);
    }
    first.ok_or(crate::store::StoreError::Stale)
}

fn verdict(tx: &mut Tx<'_>, permit: &Permit<'_, Edit, Incident>, change: &Change, companies: &Companies) -> Result<()> {
    let mut verdict = Verdict {
        id: tx.fresh_id()?,
        uid: tx.fresh_uid()?,
        revision: 0,
        incident: permit.id(),
        clause: None,
        agreement: None,
        change: None,
        finding: Finding::CannotDetermine,
        of_clause: Finding::CannotDetermine,
        of_agreement: None,
        found_at: tx.now(),
        facts: [("term".to_owned(), "加".to_owned())].into(),
        because: Vec::new(),
    };
    verdicts::add(tx, permit, "verdicts::find", &verdict)?;
    verdict.revision = 1;
    verdict.clause = Some(companies.clause.id);
    verdict.agreement = Some(companies.agreement.id);
    verdict.change = Some(change.id);
    verdict.finding = Finding::Breached;
    verdict.of_agreement = Some(Finding::Breached);
    verdict.because = vec!["agreement".to_owned()];
    verdicts::change(tx, permit, "verdicts::find", &verdict)
}

fn notices(tx: &mut Tx<'_>, permit: &Permit<'_, Edit, Incident>, change: &Change, call: &Entry) -> Result<Notice> {
    let notice = Notice {
        id: tx.fresh_id()?,
        uid: tx.fresh_uid()?,
        revision: 0,
        incident: permit.id(),
        change: change.id,
        provider: change.provider,
        form: NoticeForm::Email,
        sent: Some(about(-5000)),
        received: Some(exact(-4990)),
        address: "info@example.jp".to_owned(),
        to_registered: Some(false),
        standing: Standing::Theirs,
        entry: Some(call.id),
        note: String::new(),
        visibility: Visibility::Provider,
        struck: None,
    };
    notices::add(tx, permit, "notices::put_down", &notice)?;
    let bare = Notice {
        id: tx.fresh_id()?,
        uid: tx.fresh_uid()?,
        sent: None,
        received: None,
        to_registered: None,
        entry: None,
        struck: struck(tx),
        ..notice.clone()
    };
    notices::add(tx, permit, "notices::put_down", &bare)?;
    Ok(notice)
}

fn credit_claims(
    tx: &mut Tx<'_>,
    permit: &Permit<'_, Edit, Incident>,
    call: &Entry,
    companies: &Companies,
) -> Result<CreditClaim> {
    let mut claim = CreditClaim {
        id: tx.fresh_id()?,
        uid: tx.fresh_uid()?,
        revision: 0,
        incident: permit.id(),
        of: Citation::Clause(companies.clause.id),
        provider: companies.provider.id,
        sent: about(700),
        way: ClaimWay::RegisteredLetter,
        address: "料金窓口 加".to_owned(),
        sent_by: permit.actor().person(),
        amount: Some(17_500),
        currency: "JPY".to_owned(),
        answer_by: NaiveDate::from_ymd_opt(2006, 12, 8),
        answer: ClaimAnswer::Open,
        answered: None,
        granted: None,
        answer_words: String::new(),
        entry: None,
        visibility: Visibility::Provider,
        struck: None,
    };
    claims::add(tx, permit, "credit_claims::record_sent", &claim)?;
    let bare = CreditClaim {
        id: tx.fresh_id()?,
        uid: tx.fresh_uid()?,
        of: Citation::Agreement(companies.agreement.id),
        sent: exact(701),
        sent_by: None,
        amount: None,
        answer_by: None,
        struck: struck(tx),
        ..claim.clone()
    };
    claims::add(tx, permit, "credit_claims::record_sent", &bare)?;
    (claim.revision, claim.answer, claim.answered) = (1, ClaimAnswer::PartlyGranted, Some(about(900)));
    (claim.granted, claim.entry) = (Some(1_750), Some(call.id));
    claim.answer_words = "一日分に限り減額します".to_owned();
    claims::change(tx, permit, "credit_claims::record_answer", &claim)?;
    Ok(claim)
}

/// A file of an owner, about to be added.
pub(super) fn file(tx: &mut Tx<'_>, owner: Owner, actor: Actor) -> Result<Attachment> {
    Ok(Attachment {
        id: tx.fresh_id()?,
        uid: tx.fresh_uid()?,
        revision: 0,
        owner,
        name: "画面①.png".to_owned(),
        media_type: "image/png".to_owned(),
        size: 4096,
        sha256: "0".repeat(64),
        visibility: Visibility::Meeting,
        added_at: tx.now(),
        added_by: actor.person(),
        struck: None,
        held: true,
    })
}

fn files(tx: &mut Tx<'_>, permit: &Permit<'_, Edit, Incident>, call: &Entry, actor: Actor) -> Result<Attachment> {
    let mut shot = file(tx, Owner::Entry(call.id), actor)?;
    attachments::add(tx, permit, "files::attach", &shot)?;
    let bare = Attachment { added_by: None, struck: struck(tx), ..file(tx, Owner::Entry(call.id), actor)? };
    attachments::add(tx, permit, "files::attach", &bare)?;
    (shot.revision, shot.visibility) = (1, Visibility::Provider);
    attachments::change(tx, permit, "files::open_to", &shot)?;
    Ok(shot)
}
