//! What is given away: two shares, one of them revoked, and their openings; and that no share is ever made by half.

use chrono::Duration;
use diesel::prelude::*;

use super::samples::{self, Companies};
use super::timeline;
use crate::actions::Refused;
use crate::actions::shares::{Choices, FreshSecrets, NewShare, make as make_share};
use crate::domain::entry::{Entry, EntryKind, Struck};
use crate::domain::id::Id;
use crate::domain::incident::{Incident, IncidentNumber};
use crate::domain::locale::Locale;
use crate::domain::paper::{Paper, PaperForm};
use crate::domain::permit::Actor;
use crate::domain::reply::{Act, ActAbout, ActKind, Noted, Reply};
use crate::domain::share::{Digits, Opening, Share, Way};
use crate::domain::view::AudienceName;
use crate::domain::visibility::Visibility;
use crate::store::dialect::AnyConnection;
use crate::store::permit::{Edit, Permit};
use crate::store::testing::{Scene, acting, at, on_each};
use crate::store::{Result, StoreError, Tx, agreements, contracts, entries, incidents, openings, papers, shares};

/// Gives the permit's incident away, once it was decided to.
pub(super) fn away(tx: &mut Tx<'_>, permit: &Permit<'_, Edit, Incident>, companies: &Companies) -> Result<()> {
    let share = share(tx, permit, companies, 1)?;
    shares::add(tx, permit, "shares::make", &share)?;
    let mut other = self::share(tx, permit, companies, 2)?;
    (other.made_by, other.other_companies) = (None, Vec::new());
    shares::add(tx, permit, "shares::make", &other)?;
    (other.revision, other.revoked) = (1, Some(Struck { at: tx.now(), reason: "佐藤さんが担当を外れた".to_owned() }));
    shares::change(tx, permit, "shares::revoke", &other)?;
    let mut item = timeline::note(tx, permit.id(), None)?;
    (item.kind, item.looked_for) = (EntryKind::Agenda, Vec::new());
    entries::add(tx, permit, "entries::record", &item)?;
    let mut decision = timeline::note(tx, permit.id(), Some(permit.actor()))?;
    (decision.kind, decision.looked_for, decision.settles) = (EntryKind::Decision, Vec::new(), Some(item.id));
    entries::add(tx, permit, "decisions::record", &decision)?;
    for (share, way) in [(share.id, Way::Number), (other.id, Way::Link)] {
        let opening = opening(tx, permit, share, way)?;
        openings::add(tx, permit, "shares::open", &opening)?;
        replied(tx, permit, companies, &opening)?;
    }
    Ok(())
}

/// Freezes two finals, of which one is struck out again; answers with the other.
pub(super) fn finals(tx: &mut Tx<'_>, permit: &Permit<'_, Edit, Incident>) -> Result<Paper> {
    let mut wrong = paper(tx, permit)?;
    papers::freeze(tx, permit, "papers::freeze", &wrong)?;
    (wrong.revision, wrong.struck) = (1, Some(Struck { at: tx.now(), reason: "宛先を誤った 加".to_owned() }));
    papers::change(tx, permit, "papers::strike_out", &wrong)?;
    let right = Paper { made_by: None, audience: AudienceName::Provider, ..paper(tx, permit)? };
    papers::freeze(tx, permit, "papers::freeze", &right)?;
    Ok(right)
}

fn paper(tx: &mut Tx<'_>, permit: &Permit<'_, Edit, Incident>) -> Result<Paper> {
    let (head, number) = papers::next(tx, permit)?;
    Ok(Paper {
        id: tx.fresh_id()?,
        uid: tx.fresh_uid()?,
        revision: 0,
        incident: permit.id(),
        number,
        paper_form: PaperForm::OnePage,
        audience: AudienceName::Meeting,
        locale: Locale::Ja,
        as_of: tx.now(),
        made_by: permit.actor().person(),
        head_count: head.count,
        head_hash: head.hash,
        sha256: "0f".repeat(32),
        size: 312_456,
        note: "金曜の会議 加".to_owned(),
        struck: None,
    })
}

/// What somebody left who had opened a share. What came by its number was looked at, and accepted.
fn replied(tx: &mut Tx<'_>, permit: &Permit<'_, Edit, Incident>, companies: &Companies, opening: &Opening) -> Result<()> {
    let by_number = opening.way == Way::Number;
    let answer = timeline::said(tx, companies, "はい、そのとおり 加")?;
    let act = |kind, about, statement| Act { kind, about, statement };
    let acts = vec![
        act(ActKind::Confirms, Some(ActAbout::Agreement(companies.agreement.id)), Some(answer.id)),
        act(ActKind::Answers, Some(ActAbout::Ask(Id::new(1))), Some(answer.id)),
        act(ActKind::Corrects, Some(ActAbout::Statement(answer.id)), None),
        act(ActKind::Commits, None, None),
    ];
    let reply = Reply {
        share: opening.share,
        opening: opening.id,
        name: opening.name.clone(),
        department: opening.department.clone(),
        formal: by_number,
        takes_over: !by_number,
        phone: "03-5550-0199".to_owned(),
        acts,
        noted: by_number.then(|| Noted { at: tx.now(), by: permit.actor().person() }),
    };
    let entry = timeline::note(tx, permit.id(), None)?;
    let entry = Entry {
        kind: EntryKind::Reply,
        provider: Some(companies.provider.id),
        visibility: Visibility::Provider,
        reply: Some(reply),
        statements: vec![answer],
        ..entry
    };
    entries::add(tx, permit, "replies::leave", &entry)?;
    if by_number {
        let contract = contracts::for_edit(tx, permit.actor(), companies.contract.uid)?;
        let mut agreement = agreements::get(tx, &contract, companies.agreement.uid)?;
        (agreement.revision, agreement.confirmed_in) = (agreement.revision + 1, Some(entry.id));
        agreements::change(tx, &contract, "replies::accept_confirmation", &agreement)?;
    }
    Ok(())
}

fn share(tx: &mut Tx<'_>, permit: &Permit<'_, Edit, Incident>, companies: &Companies, n: u32) -> Result<Share> {
    let mut others = vec![companies.provider.id, companies.other.id];
    others.sort_unstable();
    let id: Id<Share> = tx.fresh_id()?;
    Ok(Share {
        id,
        uid: tx.fresh_uid()?,
        revision: 0,
        incident: permit.id(),
        provider: companies.provider.id,
        number: Digits::from_seven(u32::try_from(id.raw() % 1_000_000).unwrap_or(0) * 10 + n),
        their_names: n == 1,
        our_names: n != 1,
        other_companies: others,
        without_files: n == 1,
        left_out: vec![Id::new(1), Id::new(i64::from(n) + 1)],
        let_in: vec![Id::new(i64::from(n) + 3)],
        contact: (n == 1).then_some(companies.sato.id),
        locale: (n == 1).then_some(Locale::En),
        reach: format!("平日 9-1{n}時 加"),
        holiday: format!("当番 080-0000-000{n} 加"),
        most_openings: (n == 1).then_some(5),
        paused: (n != 1).then(|| tx.now()),
        call: "総務 03-5550-0100".to_owned(),
        note: format!("{n}人目の担当 加"),
        made_at: tx.now(),
        made_by: permit.actor().person(),
        expires_at: tx.now() + Duration::days(30),
        revoked: None,
    })
}

fn opening(tx: &mut Tx<'_>, permit: &Permit<'_, Edit, Incident>, share: Id<Share>, way: Way) -> Result<Opening> {
    Ok(Opening {
        id: tx.fresh_id()?,
        uid: tx.fresh_uid()?,
        revision: 0,
        incident: permit.id(),
        share,
        at: tx.now(),
        way,
        name: "佐藤".to_owned(),
        department: "技術窓口 加".to_owned(),
        address: format!("2001:db8::{way}"),
        version: (way == Way::Link).then_some(3),
        fingerprint: if way == Way::Link { "7f3a-09c1-e4".to_owned() } else { String::new() },
    })
}

/// The tables that making a share writes to.
const WRITTEN: [&str; 4] = ["shares", "aux_share_secrets", "ledger", "ledger_heads"];

fn rows(scene: &Scene) -> Result<Vec<i64>> {
    scene.store.read(at(1), |tx| WRITTEN.iter().map(|table| super::count(tx.conn(), table)).collect())
}

/// Makes a share by a connection on which writing to `broken` fails.
fn make(scene: &Scene, record: &(IncidentNumber, Companies), broken: Option<&str>) -> std::result::Result<(), Refused> {
    let fresh = FreshSecrets::new().map_err(|error| StoreError::Open(error.to_string()))?;
    let new = NewShare {
        provider: record.1.provider.id,
        choices: Choices { call: "総務".to_owned(), ..Choices::default() },
        good_for: Duration::days(30),
    };
    scene.store.write(at(2), |tx| {
        if let Some(table) = broken {
            break_table(tx, table)?;
        }
        let permit = incidents::for_edit(tx, Actor::House, record.0)?;
        make_share(tx, permit, new, fresh, &[7; 32]).map(drop)
    })
}

/// From here to the end of the transaction, which undoes this too, nothing can be written to that table.
fn break_table(tx: &mut Tx<'_>, table: &str) -> Result<()> {
    let sql = match tx.conn() {
        AnyConnection::Sqlite(_) => ["INSERT", "UPDATE"]
            .map(|deed| format!("CREATE TRIGGER fault_{deed} BEFORE {deed} ON {table} BEGIN SELECT RAISE(ABORT, 'fault'); END"))
            .to_vec(),
        AnyConnection::Postgres(_) => vec![
            "CREATE FUNCTION fault() RETURNS trigger AS $$ BEGIN RAISE EXCEPTION 'fault'; END $$ LANGUAGE plpgsql".to_owned(),
            format!("CREATE TRIGGER fault BEFORE INSERT OR UPDATE ON {table} FOR EACH ROW EXECUTE FUNCTION fault()"),
        ],
    };
    for statement in sql {
        diesel::sql_query(statement).execute(tx.conn())?;
    }
    Ok(())
}

#[test]
fn a_share_is_made_whole_or_not_at_all_whatever_fails() -> Result<()> {
    on_each(|scene| {
        let cast = scene.with_cast()?;
        let record = scene.store.write(at(0), |tx| {
            let companies = samples::companies(tx, acting(&cast.bob))?;
            Ok::<_, StoreError>((timeline::incident(tx, acting(&cast.bob), &companies)?.0.number, companies))
        })?;
        let before = rows(scene)?;
        for table in WRITTEN {
            assert!(make(scene, &record, Some(table)).is_err(), "{table} did not fail");
            assert_eq!(rows(scene)?, before, "something stays when {table} fails");
        }
        make(scene, &record, None).map_err(|error| StoreError::Open(error.to_string()))?;
        let grown: Vec<i64> = rows(scene)?.iter().zip(&before).map(|(now, then)| now - then).collect();
        assert_eq!(grown, [1, 1, 1, 0]);
        Ok(())
    })
}
