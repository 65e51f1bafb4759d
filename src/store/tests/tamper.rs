//! Somebody with the database's password changes something. `verify` must find it, whatever it is.

use std::collections::BTreeSet;

use diesel::connection::SimpleConnection;
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Text};
use serde_json::{Map, Value};

use super::{samples, timeline};
use crate::domain::ledger::{Difference, ObjectKind, Place, Report, Seal, What};
use crate::domain::moment::Stamp;
use crate::domain::permit::Actor;
use crate::store::dialect::{self, AnyConnection, Purpose};
use crate::store::testing::{Cast, Scene, acting, at, on_each};
use crate::store::verify::{Beside, verify};
use crate::store::{Result, StoreError, history, people};

/// A connection that heeds no foreign key.
struct Intruder {
    conn: AnyConnection,
}

#[derive(QueryableByName)]
struct Json {
    #[diesel(sql_type = Text)]
    row: String,
}

/// A column of a live table.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, QueryableByName)]
pub(super) struct Column {
    #[diesel(sql_type = Text)]
    pub name: String,
    #[diesel(sql_type = BigInt)]
    pub not_null: i64,
    /// Whether it belongs to the primary key.
    #[diesel(sql_type = BigInt)]
    pub key: i64,
}

pub(super) fn columns(conn: &mut AnyConnection, table: &str) -> Result<Vec<Column>> {
    Ok(match conn {
        AnyConnection::Sqlite(c) => diesel::sql_query(format!(
            "SELECT name, \"notnull\" AS not_null, min(pk, 1) AS key FROM pragma_table_info('{table}') ORDER BY name"
        ))
        .load(c)?,
        AnyConnection::Postgres(c) => diesel::sql_query(format!(
            "SELECT a.attname::text AS name, a.attnotnull::int::bigint AS not_null, (i.indrelid IS NOT NULL)::int::bigint AS key \
             FROM pg_attribute a LEFT JOIN pg_index i ON i.indrelid = a.attrelid AND i.indisprimary AND a.attnum = ANY (i.indkey) \
             WHERE a.attrelid = '{table}'::regclass AND a.attnum > 0 AND NOT a.attisdropped ORDER BY a.attname COLLATE \"C\""
        ))
        .load(c)?,
    })
}

impl Intruder {
    fn new(scene: &Scene) -> Result<Self> {
        let mut conn = dialect::connect(&scene.url, Purpose::Write)?;
        conn.batch_execute(match conn {
            AnyConnection::Sqlite(_) => "PRAGMA foreign_keys = OFF",
            AnyConnection::Postgres(_) => "SET session_replication_role = replica",
        })?;
        Ok(Self { conn })
    }

    fn rows(&mut self, table: &str) -> Result<Vec<Map<String, Value>>> {
        let columns = columns(&mut self.conn, table)?;
        let pairs: Vec<_> = columns.iter().map(|column| format!("'{0}', \"{0}\"", column.name)).collect();
        let object = match self.conn {
            AnyConnection::Sqlite(_) => "json_object",
            AnyConnection::Postgres(_) => "json_build_object",
        };
        let sql = format!("SELECT CAST({object}({}) AS text) AS row FROM {table}", pairs.join(", "));
        let rows: Vec<Json> = diesel::sql_query(sql).load(&mut self.conn)?;
        let mut rows: Vec<Map<String, Value>> = rows.iter().filter_map(|json| serde_json::from_str(&json.row).ok()).collect();
        rows.sort_by_key(|row| Value::from(row.clone()).to_string());
        Ok(rows)
    }

    /// Whether the database let it happen.
    fn tries(&mut self, sql: &str) -> bool {
        self.conn.batch_execute(&format!("BEGIN; {sql}; COMMIT")).is_ok() || {
            // The refused transaction is closed; if there is none, there is nothing to close.
            drop(self.conn.batch_execute("ROLLBACK"));
            false
        }
    }

    fn replace(&mut self, table: &str, old: &[&Map<String, Value>], new: &[&Map<String, Value>]) -> bool {
        let deletes = old.iter().map(|row| format!("DELETE FROM {table} WHERE {}", condition(row)));
        let inserts = new.iter().map(|row| insertion(table, row));
        self.tries(&deletes.chain(inserts).collect::<Vec<_>>().join("; "))
    }
}

fn literal(value: &Value) -> String {
    match value {
        Value::String(text) => format!("'{}'", text.replace('\'', "''")),
        Value::Null => "NULL".to_owned(),
        other => other.to_string(),
    }
}

fn condition(row: &Map<String, Value>) -> String {
    let conditions = row.iter().map(|(name, value)| format!("\"{name}\" IS NOT DISTINCT FROM {}", literal(value)));
    conditions.collect::<Vec<_>>().join(" AND ")
}

fn insertion(table: &str, row: &Map<String, Value>) -> String {
    let names: Vec<_> = row.keys().map(|name| format!("\"{name}\"")).collect();
    let values: Vec<_> = row.values().map(literal).collect();
    format!("INSERT INTO {table} ({}) VALUES ({})", names.join(", "), values.join(", "))
}

/// Other values of the same column: a neighbour, a misspelling, nothing at all.
fn others(value: &Value) -> Vec<Value> {
    match value {
        Value::String(text) => {
            let turned = if text.starts_with('0') { "1" } else { "0" };
            let rest: String = text.chars().skip(1).collect();
            vec![format!("{text}x").into(), format!("{turned}{rest}").into(), text.to_uppercase().into(), Value::Null]
        }
        Value::Number(number) => {
            let number = number.as_i64().unwrap_or_default();
            vec![(number + 1).into(), (number - 1_000_000).into(), (-number).into(), Value::Null]
        }
        _ => vec!["x".into(), "1".into()],
    }
}

/// A record in which every evidence table has rows.
fn recorded(scene: &Scene) -> Result<Cast> {
    let cast = scene.with_cast()?;
    scene.store.write(at(0), |tx| {
        let permit = people::for_edit(tx, acting(&cast.alice), cast.bob.uid)?;
        let mut bob = people::get(tx, &permit)?;
        bob.revision += 1;
        bob.disabled_at = Some(at(0));
        people::change(tx, &permit, "people::disable", &bob)
    })?;
    scene.store.write(at(1), |tx| {
        let companies = samples::companies(tx, acting(&cast.alice))?;
        timeline::everything(tx, acting(&cast.alice), &companies).map(drop)
    })?;
    Ok(cast)
}

fn evidence_tables(intruder: &mut Intruder) -> Result<Vec<String>> {
    Ok(dialect::live_tables(&mut intruder.conn)?.into_iter().filter(|table| !table.starts_with("aux_")).collect())
}

fn report(scene: &Scene) -> Result<Report> {
    Ok(verify(&scene.store, at(99), Beside::default())?.0)
}

#[track_caller]
fn assert_found(scene: &Scene, what: &str) -> Result<()> {
    let report = report(scene)?;
    assert!(report.first_difference.is_some(), "not found: {what}");
    Ok(())
}

#[track_caller]
fn assert_good(scene: &Scene, when: &str) -> Result<()> {
    let report = report(scene)?;
    assert_eq!(report.first_difference, None, "{when}");
    Ok(())
}

#[test]
fn an_untouched_record_is_good_and_every_evidence_table_has_rows_here() -> Result<()> {
    on_each(|scene| {
        assert_good(scene, "empty")?;
        recorded(scene)?;
        assert_good(scene, "untouched")?;
        assert!(report(scene)?.things >= 4);
        let mut intruder = Intruder::new(scene)?;
        for table in evidence_tables(&mut intruder)? {
            assert!(!intruder.rows(&table)?.is_empty(), "{table} has no row: add one to the record of this test");
        }
        Ok(())
    })
}

#[test]
fn any_column_of_any_evidence_table_flipped_is_found() -> Result<()> {
    on_each(|scene| {
        recorded(scene)?;
        let mut intruder = Intruder::new(scene)?;
        let mut flipped = 0;
        for table in evidence_tables(&mut intruder)? {
            let columns = columns(&mut intruder.conn, &table)?;
            for (number, row) in some_rows(&mut intruder, &table)?.into_iter().enumerate() {
                for (index, column) in columns.iter().enumerate() {
                    flip(scene, &mut intruder, &table, &row, column, number + index)?;
                    flipped += 1;
                }
            }
        }
        assert!(flipped > 500);
        assert_good(scene, "all put back")
    })
}

/// Every row, but for the ledger, whose rows are all alike.
fn some_rows(intruder: &mut Intruder, table: &str) -> Result<Vec<Map<String, Value>>> {
    let step = if table == "ledger" { 17 } else { 1 };
    Ok(intruder.rows(table)?.into_iter().step_by(step).collect())
}

/// Gives one column of one row another value, looks whether that is found, and puts it back. Which other value is tried first
/// changes with `turn`.
fn flip(
    scene: &Scene,
    intruder: &mut Intruder,
    table: &str,
    row: &Map<String, Value>,
    Column { name, not_null, .. }: &Column,
    turn: usize,
) -> Result<()> {
    let mut others: Vec<Value> = others(&row[name]).into_iter().filter(|value| *value != row[name]).collect();
    others.retain(|value| !value.is_null() || *not_null == 0);
    let first = turn % others.len();
    others.rotate_left(first);
    for value in others {
        let mut changed = row.clone();
        changed[name] = value;
        if intruder.replace(table, &[row], &[&changed]) {
            assert_found(scene, &format!("{table}.{name}: {} → {}", row[name], changed[name]))?;
            assert!(intruder.replace(table, &[&changed], &[row]), "{table}.{name} put back: {row:?}");
            return Ok(());
        }
    }
    panic!("{table}.{name}: no other value was let in");
}

#[test]
fn any_row_deleted_or_swapped_with_another_is_found() -> Result<()> {
    on_each(|scene| {
        recorded(scene)?;
        let mut intruder = Intruder::new(scene)?;
        for table in evidence_tables(&mut intruder)? {
            let keys: Vec<_> = columns(&mut intruder.conn, &table)?.into_iter().filter(|column| column.key == 1).collect();
            let rows = some_rows(&mut intruder, &table)?;
            for (index, row) in rows.iter().enumerate() {
                assert!(intruder.replace(&table, &[row], &[]));
                assert_found(scene, &format!("{table} without {row:?}"))?;
                assert!(intruder.replace(&table, &[], &[row]));
                for other in rows[index + 1..].iter().take(1) {
                    let (mut first, mut second) = (row.clone(), other.clone());
                    for Column { name, .. } in &keys {
                        std::mem::swap(&mut first[name], &mut second[name]);
                    }
                    if first == *other && second == *row {
                        // But for their places they are the same.
                        continue;
                    }
                    assert!(intruder.replace(&table, &[row, other], &[&first, &second]));
                    assert_found(scene, &format!("{table}: {row:?} swapped with {other:?}"))?;
                    assert!(intruder.replace(&table, &[&first, &second], &[row, other]));
                }
            }
        }
        assert_good(scene, "all put back")
    })
}

#[test]
fn a_cut_tail_and_a_dropped_chain_are_found_even_with_the_head_made_to_fit() -> Result<()> {
    on_each(|scene| {
        recorded(scene)?;
        let mut intruder = Intruder::new(scene)?;
        let chains: Vec<String> =
            intruder.rows("ledger_heads")?.iter().filter_map(|head| head["chain"].as_str().map(str::to_owned)).collect();
        for chain in chains {
            let mine = |row: &&Map<String, Value>| row["chain"] == chain.as_str();
            let (ledger, heads) = (intruder.rows("ledger")?, intruder.rows("ledger_heads")?);
            let mut rows: Vec<_> = ledger.iter().filter(mine).collect();
            rows.sort_by_key(|row| row["seq"].as_i64());
            let Some(head) = heads.iter().find(mine) else { continue };
            assert!(intruder.replace("ledger", &rows, &[]));
            assert_found(scene, &format!("the rows of {chain} gone"))?;
            assert!(intruder.replace("ledger_heads", &[head], &[]));
            assert_found(scene, &format!("{chain} gone with its head"))?;
            assert!(intruder.replace("ledger", &[], &rows));
            assert_found(scene, &format!("the head of {chain} gone"))?;
            assert!(intruder.replace("ledger_heads", &[], &[head]));
            for kept in BTreeSet::from([0, rows.len() / 2, rows.len() - 1]) {
                let (stay, cut) = rows.split_at(kept);
                assert!(intruder.replace("ledger", cut, &[]));
                assert_found(scene, &format!("{chain} cut after {kept}"))?;
                let mut fitting = head.clone();
                fitting["count"] = kept.into();
                fitting["head"] = stay.last().map_or_else(|| "0".repeat(64).into(), |row| row["hash"].clone());
                assert!(intruder.replace("ledger_heads", &[head], &[&fitting]));
                assert_found(scene, &format!("{chain} cut after {kept}, its head made to fit"))?;
                assert!(intruder.replace("ledger_heads", &[&fitting], &[head]) && intruder.replace("ledger", &[], cut));
            }
        }
        assert_good(scene, "all put back")
    })
}

#[test]
fn a_table_of_somebody_elses_is_found_unless_it_is_auxiliary() -> Result<()> {
    on_each(|scene| {
        recorded(scene)?;
        let mut intruder = Intruder::new(scene)?;
        assert!(intruder.tries("CREATE TABLE aux_more (id BIGINT)"));
        assert_good(scene, "an auxiliary table")?;
        assert!(intruder.tries("CREATE TABLE more (id BIGINT)"));
        let table = |name: &str, what| Some(Difference { place: Place::Table(name.to_owned()), what });
        assert_eq!(report(scene)?.first_difference, table("more", What::UnknownTable));
        assert!(intruder.tries("DROP TABLE more") && intruder.tries("ALTER TABLE people RENAME TO aux_people"));
        assert_eq!(report(scene)?.first_difference, table("people", What::NoTable));
        Ok(())
    })
}

#[test]
fn a_payload_that_was_erased_by_law_leaves_the_chain_whole_but_not_the_last_state_of_a_thing() -> Result<()> {
    on_each(|scene| {
        let cast = recorded(scene)?;
        let bob = cast.bob.uid.to_string();
        scene.store.write(at(2), |tx| {
            history::erase_earlier(tx, acting(&cast.alice), "history::erase", (ObjectKind::Person, &bob), "by law").map(drop)
        })?;
        assert_good(scene, "an earlier revision erased")?;
        assert_eq!(report(scene)?.erased, 1);
        let mut intruder = Intruder::new(scene)?;
        assert!(intruder.tries(&format!("{ERASE} revision = 1")));
        assert_found(scene, "the last revision erased")
    })
}

#[test]
fn a_payload_that_was_taken_out_without_a_word_is_found() -> Result<()> {
    on_each(|scene| {
        recorded(scene)?;
        let mut intruder = Intruder::new(scene)?;
        let of_bob = "(SELECT object_id FROM ledger WHERE object_kind = 'person' AND revision = 1)";
        assert!(intruder.tries(&format!("{ERASE} revision = 0 AND object_id = {of_bob}")));
        let difference = report(scene)?.first_difference.expect("it is found");
        assert_eq!(difference.what, What::TakenOut);
        Ok(())
    })
}

/// Takes contents of our people out.
const ERASE: &str = "UPDATE ledger SET payload = NULL, salt = NULL WHERE object_kind = 'person' AND";

#[test]
fn the_difference_says_where_it_is() -> Result<()> {
    on_each(|scene| {
        let mei = recorded(scene)?.mei;
        let mut intruder = Intruder::new(scene)?;
        assert!(intruder.tries("UPDATE people SET name = 'Mallory' WHERE login = 'mei'"));
        let place = Place::Thing { kind: ObjectKind::Person, id: mei.id.raw() };
        let what = What::Field("name".to_owned());
        assert_eq!(report(scene)?.first_difference, Some(Difference { place, what }));
        assert!(intruder.tries("UPDATE ledger SET actor = 'house' WHERE chain = 'house' AND seq = 5"));
        let place = Place::LedgerRow { chain: "house".to_owned(), seq: 5 };
        assert_eq!(report(scene)?.first_difference, Some(Difference { place, what: What::Hash }));
        Ok(())
    })
}

/// The first thing in which the record differs from itself or from a seal of it.
fn against(scene: &Scene, now: Stamp, seal: &Seal) -> Result<Option<Difference>> {
    Ok(verify(&scene.store, now, Beside { seal: Some(seal), files: None })?.0.first_difference)
}

#[test]
fn a_seal_shows_even_a_record_that_was_rewritten_whole() -> Result<()> {
    let seals = std::sync::Mutex::new(Vec::new());
    on_each(|scene| {
        recorded(scene)?;
        let seal = verify(&scene.store, at(2), Beside::default())?.1.ok_or(StoreError::Stale)?;
        assert_eq!(against(scene, at(3), &seal)?, None);
        scene.store.write(at(3), |tx| samples::companies(tx, Actor::House).map(drop))?;
        assert_eq!(against(scene, at(4), &seal)?, None, "it has only grown");
        let mut written_in = seal.clone();
        written_in.heads[0].count -= 1;
        let found = against(scene, at(4), &written_in)?;
        assert_eq!(found.map(|found| found.what), Some(What::SealBroken));
        seals.lock().map_err(|error| StoreError::Open(error.to_string()))?.push(seal);
        Ok(())
    })?;
    let seal = seals.into_inner().map_err(|error| StoreError::Open(error.to_string()))?.remove(0);
    on_each(|scene| {
        // The same week written again: every chain is good in itself, but no hash is the same.
        recorded(scene)?;
        let found = against(scene, at(4), &seal)?;
        assert_eq!(found.map(|found| found.what), Some(What::NotAsSealed));
        Ok(())
    })
}
